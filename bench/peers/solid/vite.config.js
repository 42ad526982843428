import { defineConfig } from "vite";
import solid from "vite-plugin-solid";

import { served } from "../shared/served.js";

export default defineConfig({ plugins: [solid(), served()] });
