import { Link } from "react-router";

import { band, code, confidence, status, time } from "../../shared/format.js";

/** A table of classifications. `pickable` rows have a checkbox. */
export function Rows({ rows, pickable = false }) {
    return (
        <table>
            <thead>
                <tr>
                    {pickable && (
                        <th>
                            <input type="checkbox" aria-label="Select all on this page" />
                        </th>
                    )}
                    <th>Product</th>
                    <th>Code</th>
                    <th>Confidence</th>
                    <th>Status</th>
                    <th>Date</th>
                </tr>
            </thead>
            <tbody>
                {rows.map((row) => (
                    <Row key={row.id} row={row} pickable={pickable} />
                ))}
            </tbody>
        </table>
    );
}

function Row({ row, pickable }) {
    return (
        <tr>
            {pickable && (
                <td>
                    <input type="checkbox" aria-label={`Select: ${row.product_summary}`} />
                </td>
            )}
            <td>
                <Link to={`/classifications/${row.id}`}>{row.product_summary}</Link>
            </td>
            <td>{code(row)}</td>
            <td data-band={band(row.confidence)}>{confidence(row.confidence)}</td>
            <td data-status={row.status}>
                {status(row.status)} {row.feedback}
            </td>
            <td>{time(row.created_at)}</td>
        </tr>
    );
}
