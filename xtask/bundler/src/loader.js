// Loads the parts of the program. A file that has failed is asked for again with the next part that needs it.
const loads = {};
const instantiate = (file) => WebAssembly.instantiateStreaming(
    fetch(new URL(file, import.meta.url)),
    { __wasm_split: initSync() },
);
const load = (file) => loads[file] ??= instantiate(file).catch((error) => {
    delete loads[file];
    throw error;
});
const part = (...files) => async (callback, data) => {
    let isLoaded = true;
    try {
        await Promise.all(files.map(load));
    } catch (error) {
        console.error(error);
        isLoaded = false;
    }
    initSync().__indirect_function_table.get(callback)(data, isLoaded);
};
