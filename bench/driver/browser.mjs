// Chromium with a profile of its own, and a tab in it whose traffic and tasks are counted.

import { setTimeout as sleep } from "node:timers/promises";

import { chromium } from "playwright-core";

import { Traffic } from "./traffic.mjs";
import { watch } from "./watch.mjs";

/** A slow phone's line: 1.6 Mbit/s down, 750 kbit/s up, 150 ms. */
const SLOW_LINE = {
    offline: false,
    latency: 150,
    downloadThroughput: 1_600_000 / 8,
    uploadThroughput: 750_000 / 8,
};
/** How many times slower a phone's processor is. */
const PHONE_CPU = 4;

/** The time after which a line without requests is idle, in milliseconds. Longer than any page waits to fetch more. */
const IDLE = 2_500;

/** Opens the browser with an empty profile. Each of its pages is signed in with the task's key. */
export async function open({ chrome, profile, phone, key }) {
    const context = await chromium.launchPersistentContext(profile, {
        executablePath: chrome,
        args: ["--disable-dev-shm-usage"],
        // Solid writes its templates as markup, which the server's policy forbids. So no page is under the policy.
        bypassCSP: true,
        locale: "en-GB",
        viewport: phone ? { width: 412, height: 823 } : { width: 1440, height: 900 },
    });
    await context.addInitScript(watch, { key });
    // The start of the browser itself is not measured.
    await sleep(500);
    return context;
}

export const figure = (name, unit, value) => ({ name, unit, value });

/** A tab. `slow` says what is throttled in it: `cpu`, `line`, both or nothing. */
export class Tab {
    static async open(context, { address, slow = [] }) {
        const page = await context.newPage();
        const cdp = await context.newCDPSession(page);
        const tab = new Tab(page, cdp, address);
        for (const domain of ["Network", "HeapProfiler"]) await cdp.send(`${domain}.enable`);
        if (slow.includes("line")) await cdp.send("Network.emulateNetworkConditions", SLOW_LINE);
        if (slow.includes("cpu")) await cdp.send("Emulation.setCPUThrottlingRate", { rate: PHONE_CPU });
        return tab;
    }

    constructor(page, cdp, address) {
        Object.assign(this, { page, cdp, address, traffic: new Traffic(cdp) });
    }

    async go(path) {
        await this.page.goto(this.address + path, { waitUntil: "commit" });
    }

    /** The time at which the first row of a table was painted, in milliseconds since the navigation. */
    firstRow() {
        return this.page.evaluate(() => bench.firstRow);
    }

    /** Waits until no request has been open for some time. */
    async quiet(milliseconds = IDLE, atMost = 120_000) {
        const end = Date.now() + atMost;
        while (this.traffic.quietFor() < milliseconds) {
            if (Date.now() > end) throw new Error(`the line of ${this.page.url()} does not become idle`);
            await sleep(20);
        }
    }

    /** What the page keeps in memory: its heap and its WebAssembly in bytes, and the nodes of its documents. */
    async memory() {
        await this.cdp.send("HeapProfiler.collectGarbage");
        const { usedSize: heap } = await this.cdp.send("Runtime.getHeapUsage");
        const { nodes } = await this.cdp.send("Memory.getDOMCounters");
        const wasm = await this.page.evaluate(() => bench.wasmBytes());
        return { heap, wasm, nodes };
    }

    close() {
        return this.page.close();
    }
}
