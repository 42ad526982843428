import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter } from "react-router";
import { RouterProvider } from "react-router/dom";

import * as api from "../../shared/api.js";
import "../../shared/style.css";
import { Batch } from "./Batch.jsx";
import { Frame } from "./Frame.jsx";
import { History } from "./History.jsx";
import { Overview } from "./Overview.jsx";

async function history({ request }) {
    const { searchParams } = new URL(request.url);
    const q = searchParams.get("q") ?? "";
    return { q, list: await api.history(searchParams.get("page") ?? 1, q) };
}

const router = createBrowserRouter([
    {
        Component: Frame,
        HydrateFallback: () => <p>Loading…</p>,
        children: [
            { path: "/", Component: Overview, loader: api.overview },
            { path: "/classifications", Component: History, loader: history },
            { path: "/batches/:id", Component: Batch, loader: ({ params }) => api.batch(params.id) },
        ],
    },
]);

createRoot(document.getElementById("root")).render(
    <StrictMode>
        <RouterProvider router={router} />
    </StrictMode>,
);
