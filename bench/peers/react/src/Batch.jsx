import { useEffect } from "react";
import { Link, useLoaderData, useRevalidator } from "react-router";

import { code, count, status } from "../../shared/format.js";

export function Batch() {
    const { total, pending, classifications } = useLoaderData();
    const { revalidate } = useRevalidator();
    const isOpen = pending > 0;
    useEffect(() => {
        if (!isOpen) return;
        const timer = setInterval(revalidate, 1000);
        return () => clearInterval(timer);
    }, [isOpen, revalidate]);
    return (
        <>
            <h1>Batch</h1>
            <p className="number">
                {count(total - pending)} of {count(total)}
            </p>
            <progress max={total} value={total - pending} />
            <table>
                <thead>
                    <tr>
                        <th>Product</th>
                        <th>Code</th>
                        <th>Status</th>
                    </tr>
                </thead>
                <tbody>
                    {classifications.map((item, at) => (
                        <Item key={item.id} item={item} number={at + 1} />
                    ))}
                </tbody>
            </table>
        </>
    );
}

function Item({ item, number }) {
    return (
        <tr>
            <td>
                <Link to={`/classifications/${item.id}`}>Product {number}</Link> <span>{item.id}</span>
            </td>
            <td>{code(item)}</td>
            <td data-status={item.status}>{status(item.status)}</td>
        </tr>
    );
}
