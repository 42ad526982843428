import { Form, Link, useLoaderData, useSubmit } from "react-router";

import { count } from "../../shared/format.js";
import { Rows } from "./Rows.jsx";

export function History() {
    const { q, list } = useLoaderData();
    const submit = useSubmit();
    return (
        <>
            <h1>History</h1>
            <Form role="search">
                <input
                    type="search"
                    name="q"
                    defaultValue={q}
                    aria-label="Search"
                    onChange={(event) => submit(event.currentTarget.form, { replace: true })}
                />
            </Form>
            <p>{count(list.total)} classifications</p>
            <Rows rows={list.rows} pickable />
            <Pages q={q} page={list.page} pages={list.pages} />
        </>
    );
}

function Pages({ q, page, pages }) {
    const to = (page) => `/classifications?${new URLSearchParams({ q, page })}`;
    return (
        <nav>
            Page {count(page)} of {count(pages)} {page > 1 && <Link to={to(page - 1)}>Previous</Link>}{" "}
            {page < pages && <Link to={to(page + 1)}>Next</Link>}
        </nav>
    );
}
