// Typing into the search of a history of 100,000 products.

import { Tab, figure } from "./browser.mjs";

/** The number of a product: its last digit leaves one row. */
const WORD = "54321";
const FIELD = "input[type=search]";
/** The time between two keys of somebody who types quickly, in milliseconds. */
const BETWEEN_KEYS = 150;
/** The longest time in which 100,000 rows are read. */
const READING = 400_000;

/** The search as each page has it: the service looks. */
export async function search(context, task) {
    const tab = await Tab.open(context, task);
    await tab.go("/classifications");
    await tab.firstRow();
    await tab.quiet();
    return type(tab);
}

/** The search of a service that has none: the dashboard reads all rows and looks itself. */
export async function scan(context, task) {
    const tab = await Tab.open(context, task);
    await tab.page.route("**/api/v1/me", async (route) => {
        const answer = await route.fetch();
        const account = await answer.json();
        account.data.extensions = [];
        await route.fulfill({ response: answer, json: account });
    });
    await tab.go("/classifications?q=article");
    await tab.firstRow();
    await tab.quiet(undefined, READING);
    const longest = await tab.page.evaluate(() => bench.longestTask());
    const { heap, wasm } = await tab.memory();
    return [
        figure("longest task while 100,000 rows are read", "ms", longest),
        ...(await type(tab)),
        figure("JavaScript heap with 100,000 rows", "B", heap),
        figure("WebAssembly memory with 100,000 rows", "B", wasm),
    ];
}

async function type(tab) {
    await tab.page.locator(FIELD).selectText();
    const found = tab.page.evaluate(async (word) => {
        const keys = [];
        const note = async ({ timeStamp }) => keys.push({ at: timeStamp, took: (await bench.nextPaint()) - timeStamp });
        addEventListener("keydown", note, true);
        const painted = await bench.painted(() => {
            const rows = [...document.querySelectorAll("tbody tr")];
            return rows.length > 0 && rows.every((row) => row.textContent.includes(`article ${word}`));
        });
        const last = Math.max(...keys.map(({ at }) => at));
        return { slowest: Math.max(...keys.map(({ took }) => took)), after: painted - last };
    }, WORD);
    await tab.page.keyboard.type(WORD, { delay: BETWEEN_KEYS });
    const { slowest, after } = await found;
    return [
        figure("slowest key, until it is painted", "ms", slowest),
        figure("last key, until its rows are painted", "ms", after),
    ];
}
