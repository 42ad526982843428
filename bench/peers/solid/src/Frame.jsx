import { A } from "@solidjs/router";
import { Suspense } from "solid-js";

export function Frame(props) {
    return (
        <div class="frame">
            <nav class="side">
                <A href="/" end>
                    Overview
                </A>
                <A href="/classifications">History</A>
            </nav>
            <main>
                <Suspense fallback={<p>Loading…</p>}>{props.children}</Suspense>
            </main>
        </div>
    );
}
