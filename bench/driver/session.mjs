// The memory of a tab after an hour of work, as fast as the pages come.

import { Tab, figure } from "./browser.mjs";

/** Two screens a minute. */
const NAVIGATIONS = 120;
/** The time without a request after which a screen is there, in milliseconds. */
const SETTLED = 100;

export async function session(context, task) {
    const tab = await Tab.open(context, task);
    await tab.go("/");
    await tab.firstRow();
    await tab.quiet();
    const screens = await tab.page.evaluate(() => document.querySelector("nav").querySelectorAll("a").length);
    // Once through all of them: what is loaded only once does not grow.
    await walk(tab, screens);
    const before = await tab.memory();
    await walk(tab, NAVIGATIONS);
    const after = await tab.memory();
    return [
        figure("screens in the navigation", "", screens),
        figure("JavaScript heap at first", "B", before.heap),
        figure(`JavaScript heap after ${NAVIGATIONS} screens`, "B", after.heap),
        figure("WebAssembly memory at first", "B", before.wasm),
        figure(`WebAssembly memory after ${NAVIGATIONS} screens`, "B", after.wasm),
        figure("nodes at first", "", before.nodes),
        figure(`nodes after ${NAVIGATIONS} screens`, "", after.nodes),
    ];
}

/** Follows the links of the navigation in turns. */
async function walk(tab, count) {
    for (let at = 0; at < count; at += 1) {
        await tab.page.evaluate((at) => {
            const links = document.querySelector("nav").querySelectorAll("a");
            links[at % links.length].click();
            return bench.nextPaint();
        }, at);
        await tab.quiet(SETTLED);
    }
}
