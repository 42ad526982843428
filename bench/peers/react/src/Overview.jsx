import { Link, useLoaderData } from "react-router";

import { count, date, month } from "../../shared/format.js";
import { Rows } from "./Rows.jsx";

export function Overview() {
    const { credits, rate, usage, waiting, toReview, recent } = useLoaderData();
    return (
        <>
            <h1>Overview</h1>
            <div className="figures">
                <Credits credits={credits} />
                <Plan usage={usage} />
                <section className="figure">
                    <h2>Requests this minute</h2>
                    <p>
                        {count(rate.left)} of {count(rate.limit)} left
                    </p>
                    <meter min="0" max={rate.limit} value={rate.left} />
                    <p>The limit of this key; it resets every minute.</p>
                </section>
            </div>
            <section>
                <h2>To review</h2>
                <p>
                    {count(waiting.unsure)} with weak confidence, {count(waiting.failed)} without a code
                </p>
                {toReview.length > 0 && <Rows rows={toReview} />}
            </section>
            <section>
                <h2>Recent</h2>
                <Link to="/classifications">All classifications</Link>
                <Rows rows={recent} />
            </section>
        </>
    );
}

function Credits({ credits }) {
    const { remaining, total_used: used, total_purchased: bought, earliest_expiry: expiry } = credits;
    return (
        <section className="figure">
            <p className="number">{count(remaining)}</p>
            <h2>credits left</h2>
            <meter min="0" max={bought} value={remaining} />
            <p>
                {count(used)} of {count(bought)} credits used
            </p>
            <p>The first expire on {date(expiry)}</p>
        </section>
    );
}

function Plan({ usage }) {
    const { current, limit } = usage.classifications;
    return (
        <section className="figure">
            <h2>{usage.plan.display_name} plan</h2>
            <p>
                {count(current)} of {count(limit)} classifications
            </p>
            <meter min="0" max={limit} value={Math.min(current, limit)} />
            <p>In {month(usage.period)}. Separate from your credits.</p>
        </section>
    );
}
