// Measures a page in Chromium. `crates/import8-bench` starts this program with a task as JSON, and reads from its output
// a line of JSON for each message: `{"ready": true}` when data may change, and at the end `{"figures": […]}`.

import { batch } from "./batch.mjs";
import { open } from "./browser.mjs";
import { scan, search } from "./search.mjs";
import { session } from "./session.mjs";
import { visit } from "./visit.mjs";

const measurements = { batch, scan, search, session, visit };

const task = JSON.parse(process.argv[2]);
const say = (message) => console.log(JSON.stringify(message));
const context = await open(task);
try {
    const figures = await measurements[task.measurement](context, task, () => say({ ready: true }));
    say({ figures: figures.map((figure) => ({ ...figure, value: Math.max(0, Math.round(figure.value)) })) });
} finally {
    await context.close();
}
