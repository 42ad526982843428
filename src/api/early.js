// A part of `index.html`. While the program is on its way, this asks the API for what the screen of the address asks
// for first, with the same requests; `src/api/early.rs` takes the answers over. No request changes anything or costs a
// credit. The key stays in session storage.
(() => {
    try {
        const local = (name) => localStorage.getItem("import8." + name);
        const key = () => sessionStorage.getItem("import8.key") ?? "";
        const isLocked = /^(5|15|60|240)$/.test(local("lock")) && local("seen")
            && Date.now() - local("seen") >= local("lock") * 60000;
        if (!/^[!-~]{1,200}$/.test(key()) || isLocked) return;
        document.documentElement.setAttribute("data-shell", "frame");
        if (!navigator.onLine) return;
        const list = (page = 1, rows = 20) => `/v1/classifications?per_page=${rows}&page=${page}`;
        const one = (id) => "/v1/classifications/" + id;
        const none = () => [];
        // The screens of `src/app.rs`: the requests that follow from the address, and the one that follows from an
        // account with certain extensions. A browser has six connections to a server; the program needs two of them.
        const screens = [
            [/^(?:\/sign-in)?(?:\?|$)/, () => ["/v1/usage", list()]],
            [/^\/classifications(?:\?(?:page=([1-9]\d{0,8})(?:&|$))?(?:per_page=(20|50|100))?)?$/,
                (page, rows) => [list(page, rows)]],
            [/^\/classifications\/([\w.~-]+)(?:\?|$)/, (id) => [one(id)]],
            [/^\/duty-rates\?code=(\d{10})$/, (code) => [`/v1/duty-rates/${code}?destination=NL`]],
            [/^\/evidence\?ids=([\w.~,-]+)(?:&|$)/,
                (ids) => [...new Set(ids.split(","))].filter((id) => /\w/.test(id)).slice(0, 3).map(one)],
            [/^\/review$/, none, ["filters", "review"], list() + "&sort=confidence&status=completed&reviewed=false"],
            [/^\/keys(?:\?|$)/, none, ["api_keys"], "/v1/api-keys"],
            [/^\/usage(?:\?|$)/, none, ["usage_days"], "/v1/usage?days=true"],
            [/^\/webhook(?:\?|$)/, none, ["webhook"], "/v1/webhook"],
            [/^\/(?:batches(?:\/[^/?]+)?|classifications|classify|duty-rates|evidence|landed-cost|requests|review|settings|tariff(?:\/changes)?)(?:\?|$)/,
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
                    Authorization: "Bearer " + key(),
                },
                signal: AbortSignal.timeout(30000),
            });
            // A failure is handed over too. One that nobody catches would count as a program that cannot start.
            const timed = (outcome) => [outcome, Date.now() - at];
            early.push([language + path, at, answer.then(timed, timed)]);
            return answer;
        };
        const [account] = ["/v1/me", ...first(...pattern.exec(address).slice(1))].map(ask);
        // A program that has started has emptied the list, and asks for itself.
        if (next) account.then((answer) => early.length && answer.clone().json())
            .then(({ data }) => early.length && extensions.every((name) => data.extensions.includes(name)) && ask(next))
            .catch(() => {});
    } catch {
        // Storage is forbidden, or the browser is too old for the program as well.
    }
})();
