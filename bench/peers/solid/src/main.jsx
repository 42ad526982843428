import { Route, Router } from "@solidjs/router";
import { render } from "solid-js/web";

import "../../shared/style.css";
import { Batch, preloadBatch } from "./Batch.jsx";
import { Frame } from "./Frame.jsx";
import { History, preloadHistory } from "./History.jsx";
import { Overview, preloadOverview } from "./Overview.jsx";

render(
    () => (
        <Router root={Frame}>
            <Route path="/" component={Overview} preload={preloadOverview} />
            <Route path="/classifications" component={History} preload={preloadHistory} />
            <Route path="/batches/:id" component={Batch} preload={preloadBatch} />
        </Router>
    ),
    document.getElementById("root"),
);
