// Optimizes WebAssembly files for size, in place: node optimize.mjs BINARYEN THREADS FILE...
//
// One process for all files: Binaryen on npm is WebAssembly itself, and a process for each file would
// compile it anew each time, which takes three times as long.
import { readFileSync, writeFileSync } from "node:fs";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

if (isMainThread) {
    const [binaryen, threads, ...files] = process.argv.slice(2);
    for (let i = 0; i < Math.min(Number(threads), files.length); i++) {
        const worker = new Worker(new URL(import.meta.url), { workerData: binaryen });
        worker.on("message", () => worker.postMessage(files.shift()));
        // An error ends the process, and with it the others.
        worker.on("error", (error) => { throw error; });
    }
} else {
    const { default: binaryen } = await import(workerData);
    const { MutableGlobals, NontrappingFPToInt, SignExt, BulkMemory, BulkMemoryOpt, ReferenceTypes, Multivalue } =
        binaryen.Features;
    // What every browser has that runs the dashboard; a part does not say it of itself, as the main file does.
    const features =
        MutableGlobals | NontrappingFPToInt | SignExt | BulkMemory | BulkMemoryOpt | ReferenceTypes | Multivalue;
    // As `wasm-opt -Oz` has them.
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
