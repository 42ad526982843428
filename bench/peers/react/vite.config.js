import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

import { served } from "../shared/served.js";

export default defineConfig({ plugins: [react(), served()] });
