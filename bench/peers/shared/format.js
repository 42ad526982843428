// Figures, dates, codes and words, as the dashboard writes them in English.

const numbers = new Intl.NumberFormat("en-GB");
const times = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
const dates = new Intl.DateTimeFormat("en-GB", { dateStyle: "long" });
const months = new Intl.DateTimeFormat("en-GB", { year: "numeric", month: "long" });
const words = { pending: "Pending", completed: "Completed", failed: "Failed" };

export const count = (number) => numbers.format(number);
export const time = (text) => times.format(new Date(text));
export const date = (text) => dates.format(new Date(text));
export const month = ({ year, month }) => months.format(new Date(year, month - 1, 15));
export const status = (word) => words[word] ?? word;

/** The code that counts for a row, its parts separated by spaces. */
export const code = (row) => (row.decided?.code ?? row.hs_code ?? "").replaceAll(".", " ");

export const band = (percent) => (percent >= 75 ? "strong" : percent >= 45 ? "fair" : "weak");

/** A confidence such as `Strong · 92`. */
export function confidence(percent) {
    if (percent == null) return "";
    const word = band(percent);
    return `${word[0].toUpperCase()}${word.slice(1)} · ${percent}`;
}
