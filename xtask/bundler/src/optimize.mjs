// Optimizes WebAssembly files for size, in place: node optimize.mjs BINARYEN THREADS FILE...
//
// One process for all files, because Binaryen on npm is WebAssembly itself: a process for each file would
// compile it again each time, which takes three times as long.
import { readFileSync, writeFileSync } from "node:fs";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

if (isMainThread) {
    const [binaryen, threads, ...files] = process.argv.slice(2);
    for (let i = 0; i < Math.min(Number(threads), files.length); i++) {
        const worker = new Worker(new URL(import.meta.url), { workerData: binaryen });
        worker.on("message", () => worker.postMessage(files.shift()));
        // An error ends the process with all its workers.
        worker.on("error", (error) => { throw error; });
    }
} else {
    const { default: binaryen } = await import(workerData);
    const { MutableGlobals, NontrappingFPToInt, SignExt, BulkMemory, BulkMemoryOpt, ReferenceTypes, Multivalue } =
        binaryen.Features;
    // Features of all supported browsers. A part does not declare them itself, as the main file does.
    const features =
        MutableGlobals | NontrappingFPToInt | SignExt | BulkMemory | BulkMemoryOpt | ReferenceTypes | Multivalue;
    // The levels of `wasm-opt -Oz`.
    binaryen.setOptimizeLevel(2);
    binaryen.setShrinkLevel(2);
    parentPort.on("message", (file) => {
        if (file === undefined) return parentPort.close();
        const module = binaryen.readBinary(readFileSync(file));
        module.setFeatures(module.getFeatures() | features);
        module.optimize();
        writeFileSync(file, module.emitBinary());
        module.dispose();
        parentPort.postMessage(file);
    });
    parentPort.postMessage("ready");
}
