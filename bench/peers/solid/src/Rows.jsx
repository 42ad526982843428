import { A } from "@solidjs/router";
import { For, Show } from "solid-js";

import { band, code, confidence, status, time } from "../../shared/format.js";

/** A table of classifications. `pickable` rows have a checkbox. */
export function Rows(props) {
    return (
        <table>
            <thead>
                <tr>
                    <Show when={props.pickable}>
                        <th>
                            <input type="checkbox" aria-label="Select all on this page" />
                        </th>
                    </Show>
                    <th>Product</th>
                    <th>Code</th>
                    <th>Confidence</th>
                    <th>Status</th>
                    <th>Date</th>
                </tr>
            </thead>
            <tbody>
                <For each={props.rows}>{(row) => <Row row={row} pickable={props.pickable} />}</For>
            </tbody>
        </table>
    );
}

function Row(props) {
    return (
        <tr>
            <Show when={props.pickable}>
                <td>
                    <input type="checkbox" aria-label={`Select: ${props.row.product_summary}`} />
                </td>
            </Show>
            <td>
                <A href={`/classifications/${props.row.id}`}>{props.row.product_summary}</A>
            </td>
            <td>{code(props.row)}</td>
            <td data-band={band(props.row.confidence)}>{confidence(props.row.confidence)}</td>
            <td data-status={props.row.status}>
                {status(props.row.status)} {props.row.feedback}
            </td>
            <td>{time(props.row.created_at)}</td>
        </tr>
    );
}
