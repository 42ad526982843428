// A visit of one screen: with an empty cache, and again when the browser has the files.

import { Tab, figure } from "./browser.mjs";

export async function visit(context, task) {
    const cold = await measure(context, task, "cold");
    // A browser keeps compiled code when it has seen a file twice.
    await measure(context, task, "second");
    return [...cold, ...(await measure(context, task, "warm"))];
}

async function measure(context, task, name) {
    const tab = await Tab.open(context, task);
    await tab.go(task.path);
    const firstRow = await tab.firstRow();
    await tab.quiet();
    const { start, firstPaint, blocked } = await tab.page.evaluate(() => ({
        start: performance.timeOrigin,
        firstPaint: bench.firstPaint(),
        blocked: bench.blockedFor(),
    }));
    const [then, end] = [tab.traffic.until(start + firstRow), tab.traffic.until(Infinity)];
    const { heap, wasm } = await tab.memory();
    await tab.close();
    return [
        figure(`${name}: first paint`, "ms", firstPaint),
        figure(`${name}: first data`, "ms", firstRow),
        figure(`${name}: bytes by first data`, "B", then.bytes),
        figure(`${name}: requests by first data`, "", then.requests),
        figure(`${name}: bytes in all`, "B", end.bytes),
        figure(`${name}: requests in all`, "", end.requests),
        figure(`${name}: total blocking time`, "ms", blocked),
        figure(`${name}: JavaScript heap`, "B", heap),
        figure(`${name}: WebAssembly memory`, "B", wasm),
    ];
}
