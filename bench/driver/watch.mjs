// What runs in a page before its own scripts: it signs in, and notes what happens in `window.bench`.

export function watch({ key }) {
    if (!location.protocol.startsWith("http")) return;
    sessionStorage.setItem("import8.key", key);

    const tasks = [];
    const memories = new Set();
    new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ type: "longtask" });

    for (const name of ["instantiate", "instantiateStreaming"]) {
        const own = WebAssembly[name];
        WebAssembly[name] = async (...given) => {
            const made = await own.apply(WebAssembly, given);
            const { memory } = (made.instance ?? made).exports;
            if (memory) memories.add(memory);
            return made;
        };
    }

    /** Resolves when the next frame is on the screen, with the time. */
    const nextPaint = () =>
        new Promise((resolve) =>
            requestAnimationFrame(() => {
                const { port1, port2 } = new MessageChannel();
                port1.onmessage = () => resolve(performance.now());
                port2.postMessage(null);
            }),
        );

    /** Resolves when a document for which `holds` is true has been painted, with the time. */
    const painted = (holds) =>
        new Promise((resolve) => {
            const look = () => {
                if (!holds()) return false;
                resolve(nextPaint());
                return true;
            };
            if (look()) return;
            const observer = new MutationObserver(() => {
                if (look()) observer.disconnect();
            });
            observer.observe(document, { childList: true, subtree: true, characterData: true });
        });

    window.bench = {
        nextPaint,
        painted,
        // The benchmark numbers its products.
        firstRow: painted(() => document.querySelector("tbody tr")?.textContent.includes(", article ")),
        /** How long tasks blocked the page after its first paint: of each what is over 50 ms. */
        blockedFor: () => {
            const paint = bench.firstPaint();
            const late = tasks.filter(({ startTime, duration }) => startTime + duration > paint);
            return late.reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0);
        },
        firstPaint: () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
        longestTask: () => Math.max(0, ...tasks.map(({ duration }) => duration)),
        wasmBytes: () => [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
        /** When the last answer came whose address contains this. */
        answered: (part) => {
            const answers = performance.getEntriesByType("resource").filter(({ name }) => name.includes(part));
            return Math.max(...answers.map(({ responseEnd }) => responseEnd));
        },
    };
}
