import { A, createAsync, query } from "@solidjs/router";
import { Show } from "solid-js";

import * as api from "../../shared/api.js";
import { count, date, month } from "../../shared/format.js";
import { Rows } from "./Rows.jsx";

const getOverview = query(api.overview, "overview");

export const preloadOverview = () => getOverview();

export function Overview() {
    const overview = createAsync(() => getOverview());
    return (
        <>
            <h1>Overview</h1>
            <Show when={overview()}>
                {(shown) => (
                    <>
                        <div class="figures">
                            <Credits credits={shown().credits} />
                            <Plan usage={shown().usage} />
                            <Rate rate={shown().rate} />
                        </div>
                        <section>
                            <h2>To review</h2>
                            <p>
                                {count(shown().waiting.unsure)} with weak confidence,{" "}
                                {count(shown().waiting.failed)} without a code
                            </p>
                            <Show when={shown().toReview.length > 0}>
                                <Rows rows={shown().toReview} />
                            </Show>
                        </section>
                        <section>
                            <h2>Recent</h2>
                            <A href="/classifications">All classifications</A>
                            <Rows rows={shown().recent} />
                        </section>
                    </>
                )}
            </Show>
        </>
    );
}

function Credits(props) {
    return (
        <section class="figure">
            <p class="number">{count(props.credits.remaining)}</p>
            <h2>credits left</h2>
            <meter min="0" max={props.credits.total_purchased} value={props.credits.remaining} />
            <p>
                {count(props.credits.total_used)} of {count(props.credits.total_purchased)} credits used
            </p>
            <p>The first expire on {date(props.credits.earliest_expiry)}</p>
        </section>
    );
}

function Plan(props) {
    const used = () => props.usage.classifications;
    return (
        <section class="figure">
            <h2>{props.usage.plan.display_name} plan</h2>
            <p>
                {count(used().current)} of {count(used().limit)} classifications
            </p>
            <meter min="0" max={used().limit} value={Math.min(used().current, used().limit)} />
            <p>In {month(props.usage.period)}. Separate from your credits.</p>
        </section>
    );
}

function Rate(props) {
    return (
        <section class="figure">
            <h2>Requests this minute</h2>
            <p>
                {count(props.rate.left)} of {count(props.rate.limit)} left
            </p>
            <meter min="0" max={props.rate.limit} value={props.rate.left} />
            <p>The limit of this key; it resets every minute.</p>
        </section>
    );
}
