// A batch of 1,000 products: shown, and shown again when 100 of them have got their codes.

import { Tab, figure } from "./browser.mjs";

const ANSWER = "/classify/batch/";

export async function batch(context, task, ready) {
    const tab = await Tab.open(context, task);
    await tab.go("/");
    await tab.firstRow();
    await tab.quiet();
    const shown = await tab.page.evaluate(
        async ({ path, answer }) => {
            const isFirst = () => document.querySelector("tbody tr")?.textContent.includes("Product 1");
            const painted = bench.painted(isFirst);
            history.pushState(null, "", path);
            dispatchEvent(new PopStateEvent("popstate"));
            const at = await painted;
            return { took: at - bench.answered(answer), rows: document.querySelectorAll("tbody tr").length };
        },
        { path: task.path, answer: ANSWER },
    );
    const changed = tab.page.evaluate(async (answer) => {
        const first = () => document.querySelector("tbody tr")?.textContent;
        const before = first();
        const at = await bench.painted(() => first() && first() !== before);
        return at - bench.answered(answer);
    }, ANSWER);
    ready();
    return [
        figure("1,000 rows shown after the answer", "ms", shown.took),
        figure("rows in the document", "", shown.rows),
        figure("100 of 1,000 rows updated after the answer", "ms", await changed),
    ];
}
