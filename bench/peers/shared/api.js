// The API, as both pages ask it. The key is where the dashboard keeps it: in the tab's session storage.

async function get(path) {
    const key = sessionStorage.getItem("import8.key");
    const answer = await fetch(`/api/v1/${path}`, { headers: { Authorization: `Bearer ${key}` } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    const limit = (name) => Number(answer.headers.get(`x-ratelimit-${name}`));
    return { ...(await answer.json()), rate: { left: limit("remaining"), limit: limit("limit") } };
}

/** What the overview shows: the account, the plan, what waits for review, and the newest rows. */
export async function overview() {
    const list = "classifications?per_page=20&page=1";
    const [account, usage, recent, unsure, failed] = await Promise.all([
        get("me"),
        get("usage"),
        get(list),
        get(`${list}&sort=confidence&status=completed&max_confidence=44&reviewed=false`),
        get(`${list}&status=failed&reviewed=false`),
    ]);
    return {
        credits: account.data.credits,
        rate: account.rate,
        usage: usage.data,
        waiting: { unsure: unsure.meta.total, failed: failed.meta.total },
        toReview: [...unsure.data, ...failed.data].slice(0, 5),
        recent: recent.data.slice(0, 5),
    };
}

/** A page of the history. `q` is searched for, unless it is empty. */
export async function history(page, q) {
    const words = q ? `&q=${encodeURIComponent(q)}` : "";
    const { data, meta } = await get(`classifications?per_page=20&page=${page}${words}`);
    return { rows: data, page: meta.current_page, pages: meta.last_page, total: meta.total };
}

/** A batch with all its products. */
export async function batch(id) {
    return (await get(`classify/batch/${encodeURIComponent(id)}`)).data;
}
