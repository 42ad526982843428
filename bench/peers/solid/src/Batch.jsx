import { A, createAsyncStore, query, revalidate } from "@solidjs/router";
import { For, Show, createEffect, onCleanup } from "solid-js";

import * as api from "../../shared/api.js";
import { code, count, status } from "../../shared/format.js";

const getBatch = query(api.batch, "batch");

export const preloadBatch = ({ params }) => getBatch(params.id);

export function Batch(props) {
    const batch = createAsyncStore(() => getBatch(props.params.id));
    createEffect(() => {
        if (!batch()?.pending) return;
        const timer = setInterval(() => revalidate(getBatch.keyFor(props.params.id)), 1000);
        onCleanup(() => clearInterval(timer));
    });
    return (
        <>
            <h1>Batch</h1>
            <Show when={batch()}>
                <p class="number">
                    {count(batch().total - batch().pending)} of {count(batch().total)}
                </p>
                <progress max={batch().total} value={batch().total - batch().pending} />
                <table>
                    <thead>
                        <tr>
                            <th>Product</th>
                            <th>Code</th>
                            <th>Status</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each={batch().classifications}>{(item, at) => <Item item={item} number={at() + 1} />}</For>
                    </tbody>
                </table>
            </Show>
        </>
    );
}

function Item(props) {
    return (
        <tr>
            <td>
                <A href={`/classifications/${props.item.id}`}>Product {props.number}</A> <span>{props.item.id}</span>
            </td>
            <td>{code(props.item)}</td>
            <td data-status={props.item.status}>{status(props.item.status)}</td>
        </tr>
    );
}
