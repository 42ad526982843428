import { A, createAsync, query, useSearchParams } from "@solidjs/router";
import { Show } from "solid-js";

import * as api from "../../shared/api.js";
import { count } from "../../shared/format.js";
import { Rows } from "./Rows.jsx";

const getHistory = query(api.history, "history");

export const preloadHistory = ({ location }) => getHistory(location.query.page ?? 1, location.query.q ?? "");

export function History() {
    const [asked, ask] = useSearchParams();
    const list = createAsync(() => getHistory(asked.page ?? 1, asked.q ?? ""));
    return (
        <>
            <h1>History</h1>
            <form role="search" onSubmit={(event) => event.preventDefault()}>
                <input
                    type="search"
                    value={asked.q ?? ""}
                    aria-label="Search"
                    onInput={(event) => ask({ q: event.currentTarget.value, page: null }, { replace: true })}
                />
            </form>
            <Show when={list()}>
                <p>{count(list().total)} classifications</p>
                <Rows rows={list().rows} pickable />
                <Pages q={asked.q ?? ""} page={list().page} pages={list().pages} />
            </Show>
        </>
    );
}

function Pages(props) {
    const to = (page) => `/classifications?${new URLSearchParams({ q: props.q, page })}`;
    return (
        <nav>
            Page {count(props.page)} of {count(props.pages)}{" "}
            <Show when={props.page > 1}>
                <A href={to(props.page - 1)}>Previous</A>
            </Show>{" "}
            <Show when={props.page < props.pages}>
                <A href={to(props.page + 1)}>Next</A>
            </Show>
        </nav>
    );
}
