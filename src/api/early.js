// A part of `index.html`. While the program is on its way, this asks the API for what the screen of the address asks
// for first, with the same requests; `src/api/early.rs` takes the answers over. No request changes anything or costs a
// credit. The key stays in session storage.
(() => {
    try {
        const local = (name) => localStorage.getItem("import8." + name);
        const isLocked = /^(5|15|60|240)$/.test(local("lock")) && local("seen")
            && Date.now() - local("seen") >= local("lock") * 60000;
        if (!/^[!-~]{1,200}$/.test(sessionStorage.getItem("import8.key") ?? "") || isLocked) return;
        document.documentElement.dataset.shell = "frame";
        if (!navigator.onLine) return;
        const list = (page = 1, rows = 20) => [`/v1/classifications?per_page=${rows}&page=${page}`];
        const one = (id) => `/v1/classifications/${id}`;
        const none = () => [];
        // The screens of `src/app.rs`: the requests that follow from the address, and the one that follows from an
        // account with certain extensions.
        const screens = [
            [/^(?:\/sign-in)?(?:\?|$)/, () => ["/v1/usage", ...list()]],
            [/^\/classifications(?:\?(?:page=([1-9]\d{0,8})(?:&|$))?(?:per_page=(20|50|100))?)?$/, list],
            [/^\/classifications\/([\w.~-]+)(?:\?|$)/, (id) => [one(id)]],
            [/^\/duty-rates\?code=(\d{10})$/, (code) => [`/v1/duty-rates/${code}?destination=NL`]],
            [/^\/evidence\?ids=([\w.~,-]+)(?:&|$)/,
                (ids) => [...new Set(ids.split(",").filter(Boolean))].slice(0, 4).map(one)],
            [/^\/review$/, none, ["filters", "review"], list() + "&sort=confidence&status=completed&reviewed=false"],
            [/^\/keys(?:\?|$)/, none, ["api_keys"], "/v1/api-keys"],
            [/^\/usage(?:\?|$)/, none, ["usage_days"], "/v1/usage?days=true"],
            [/^\/webhook(?:\?|$)/, none, ["webhook"], "/v1/webhook"],
            [/^\/(?:batches(?:\/[^/?]+)?|classifications|classify|duty-rates|evidence|landed-cost|requests|review|settings)(?:\?|$)/,
                none],
        ];
        const address = location.pathname.replace(/\/$/, "") + location.search;
        const [pattern, first, extensions, next] = screens.find(([pattern]) => pattern.test(address)) ?? [];
        if (!pattern) return;
        const language = [local("language"), ...navigator.languages]
            .map((code) => String(code).split("-")[0].toLowerCase())
            .find((code) => /^(en|nl)$/.test(code)) ?? "en";
        const early = window.early = [];
        const ask = (path) => {
            const at = Date.now();
            const answer = fetch("/api" + path, {
                headers: {
                    Accept: "application/json",
                    "Accept-Language": language,
                    Authorization: "Bearer " + sessionStorage.getItem("import8.key"),
                },
                signal: AbortSignal.timeout(30000),
            });
            // A failure is no answer. It is caught, because the page takes an uncaught one for the program's.
            early.push([language + path, at, answer.then((response) => [response, Date.now() - at], () => {})]);
            return answer;
        };
        const [account] = ["/v1/me", ...first(...pattern.exec(address).slice(1))].map(ask);
        // A program that has started has emptied the list, and asks for itself.
        if (next) account.then((answer) => early.length && answer.clone().json())
            .then(({ data }) => early.length && extensions.every((one) => data.extensions.includes(one)) && ask(next))
            .catch(() => {});
    } catch {
        // Storage is forbidden, or the browser is too old for the program as well.
    }
})();
