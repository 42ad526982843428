// A Vite plugin: names and compresses the files as our server serves the dashboard's. It keeps a file with 16 hexadecimal
// digits in its name for ever in the browser's cache, and sends the brotli file beside it.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const NAME = "assets/[name]-[hash:16]";

export const served = () => ({
    name: "served",
    config: () => ({
        build: {
            rolldownOptions: {
                output: {
                    hashCharacters: "hex",
                    entryFileNames: `${NAME}.js`,
                    chunkFileNames: `${NAME}.js`,
                    assetFileNames: `${NAME}[extname]`,
                },
            },
        },
    }),
    async writeBundle({ dir }, bundle) {
        for (const name of Object.keys(bundle)) {
            const content = await readFile(join(dir, name));
            const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
            await writeFile(join(dir, `${name}.br`), brotliCompressSync(content, options));
        }
    },
});
