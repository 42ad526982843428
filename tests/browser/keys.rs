//! Tests of API keys: several in a tab, creating and revoking, auto-lock, and the search for leaks.

use serde_json::json;

use crate::scene::Scene;
use crate::service::Service;

/// Script: collects everything that leaves the page: console, other tabs, clipboard, files, and the network except
/// the `Authorization` header.
const SPY: &str = r"
    window.said = [];
    window.keysSent = new Set();
    const say = (where, what) => window.said.push(where + ': ' + what);
    for (const name of ['log', 'info', 'warn', 'error', 'debug']) {
        const own = console[name];
        console[name] = (...words) => { say('console', words.map(String).join(' ')); own.apply(console, words); };
    }
    const fetch = window.fetch;
    window.plainFetch = fetch.bind(window);
    window.fetch = (request, options) => {
        // A part of the program is requested by its address alone.
        say('address', String(request.url ?? request));
        if (!(request instanceof Request)) return fetch.call(window, request, options);
        for (const [name, value] of request.headers) {
            if (name === 'authorization') window.keysSent.add(value); else say('header', name + ' ' + value);
        }
        if (request.method !== 'GET') request.clone().text().then((body) => say('body', body));
        return fetch.call(window, request, options);
    };
    navigator.clipboard.writeText = (text) => { say('clipboard', text); return Promise.resolve(); };
    const createObjectURL = URL.createObjectURL;
    URL.createObjectURL = (blob) => { blob.text().then((text) => say('file', text)); return createObjectURL.call(URL, blob); };
    const postMessage = BroadcastChannel.prototype.postMessage;
    BroadcastChannel.prototype.postMessage = function (message) { say('tabs', JSON.stringify(message)); return postMessage.call(this, message); };
    const setItem = Storage.prototype.setItem;
    Storage.prototype.setItem = function (name, value) { if (this === localStorage) say('storage', name + value); return setItem.call(this, name, value); };
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value, name) { say('database', JSON.stringify([name, value])); return put.call(this, value, name); };
    addEventListener('popstate', () => say('address', location.href));";

/// Everything that the page shows, stores or has sent, except session storage.
const SEEN: &str = "return [location.href, document.title, document.cookie, JSON.stringify(localStorage), window.name,
    document.documentElement.outerHTML, [...document.querySelectorAll('input, textarea')].map(field => field.value).join(),
    JSON.stringify(history.state), performance.getEntries().map(entry => entry.name).join(), ...window.said].join('\\n')";

#[tokio::test]
async fn a_key_is_shown_once_and_can_be_revoked() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.click("nav a[href='/keys']").await;
    scene.sees("#issued", "1 of 3 in use").await;
    scene.sees("#issued .name", "this key").await;
    scene.click(".make-key button").await;
    scene.sees("#key-name-problem", "Enter what the key is for").await;
    scene.fill("#key-name", "Web shop").await;
    scene.click(".make-key button").await;
    scene.sees(".made-key", "It is shown only this once").await;
    let secret = scene.all("#secret").await.remove(0);
    assert!(secret.starts_with("c8_") && secret.len() > 20, "{secret}");
    scene.sees("#issued tbody tr:nth-child(2)", "never").await;
    let kept = "return JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + location.href + document.title";
    assert!(
        !scene.run(kept, vec![]).await.to_string().contains(&secret),
        "it is on the screen and nowhere else"
    );
    scene.click("#secret-saved").await;
    scene.vanishes(".made-key").await;
    let page = scene.run("return document.documentElement.outerHTML", vec![]).await.to_string();
    assert!(!page.contains(&secret));
    scene.browser.refresh().await.expect("reloaded");
    scene.sees("#issued", "2 of 3 in use").await;
    scene.fill("#key-name", "Broker").await;
    scene.click(".make-key button").await;
    scene.appears("#secret").await;
    scene.sees("#issued", "You have 3 keys, the maximum").await;
    scene.click("#issued tbody tr:nth-child(2) .row-action button").await;
    scene.sees("#issued .confirm", "Revoke Web shop?").await;
    scene.sees("#issued .confirm", "It was never used").await;
    scene.click("#issued .confirm .danger").await;
    scene.sees("#issued", "2 of 3 in use").await;
    assert_eq!(scene.all("#issued tbody tr").await.len(), 2);
    let status = "return fetch('/api/v1/me', {headers: {authorization: 'Bearer ' + arguments[0]}}).then(answer => answer.status)";
    assert_eq!(scene.run(status, vec![json!(secret)]).await, json!(401));
    scene.close().await;
}

#[tokio::test]
async fn several_keys_are_held_named_switched_and_forgotten() {
    let scene = Scene::open().await;
    let other = scene.server.key_of("Zuid Handel", &["--credits", "7"]);
    scene.sign_in().await;
    scene.classify("leather wallet").await;
    scene.click("nav a[href='/classify']").await;
    scene.fill("#description", "a product of Harbour's").await;
    scene.click("nav a[href='/keys']").await;
    scene.fill("#held .quiet-input", "Our own").await;
    scene.click("#add-key summary").await;
    scene.enter_key("c8_wrong_wrong_wrong").await;
    scene.sees("#problem", "does not accept this key").await;
    scene.enter_key(&other).await;
    scene.sees(".organization", "Zuid Handel").await;
    scene.sees("#credits", "7 credits").await;
    scene.sees("#held tbody tr:nth-child(2)", "In use").await;
    // Data of one organisation is not shown to another.
    scene.click("nav a[href='/classifications']").await;
    scene.sees("main", "Nothing classified yet").await;
    scene.click("nav a[href='/classify']").await;
    let typed = "return document.querySelector('#description').value";
    scene.appears("#description").await;
    assert_eq!(scene.run(typed, vec![]).await, "");
    scene.browser.refresh().await.expect("reloaded");
    scene.sees(".organization", "Zuid Handel").await;
    scene.click("nav a[href='/keys']").await;
    scene.appears("#held tbody tr:nth-child(2)").await;
    assert_eq!(scene.value("#held .quiet-input").await, "Our own");
    scene.click("#held tbody tr:first-child .row-action button").await;
    scene.sees(".organization", "Harbour Imports").await;
    scene.sees("#credits", "29 credits").await;
    scene.click("nav a[href='/classify']").await;
    scene.sees("main", "a product of Harbour's").await;
    scene.click("nav a[href='/keys']").await;
    scene.click("#held tbody tr:first-child .row-action button").await;
    scene.sees(".organization", "Zuid Handel").await;
    scene.vanishes("#held tbody tr:nth-child(2)").await;
    scene.click("#forget-all").await;
    scene.sees("#held .confirm", "Remove all keys from this tab?").await;
    scene.click("#held .confirm .danger").await;
    scene.sees("h1", "Sign in").await;
    assert_eq!(scene.run("return sessionStorage.length", vec![]).await, json!(0));
    scene.close().await;
}

#[tokio::test]
async fn two_tabs_with_keys_of_two_organisations_never_mix() {
    let scene = Scene::open().await;
    let other = scene.server.key_of("Zuid Handel", &["--credits", "7"]);
    scene.sign_in().await;
    scene.click("nav a[href='/classify']").await;
    scene.fill("#description", "a draft of Harbour's").await;
    let first = scene.browser.window().await.expect("a tab");
    let second = scene.browser.new_tab().await.expect("another tab");
    scene.browser.switch_to_window(second.clone()).await.expect("there");
    scene.go("/classify").await;
    scene.enter_key(&other).await;
    scene.sees(".organization", "Zuid Handel").await;
    scene.classify("steel vacuum bottle").await;
    scene.browser.switch_to_window(first).await.expect("back");
    scene.sees(".organization", "Harbour Imports").await;
    scene.fill("#description", "leather wallet").await;
    scene.click("form button[type=submit]").await;
    scene.sees(".code-hero", "").await;
    scene.sees("#credits", "29 credits").await;
    scene.click("nav a[href='/classifications']").await;
    scene.sees("main", "leather wallet").await;
    assert!(!scene.all("main").await[0].contains("steel"));
    scene.browser.refresh().await.expect("reloaded");
    scene.sees(".organization", "Harbour Imports").await;
    scene.browser.switch_to_window(second).await.expect("there");
    scene.browser.refresh().await.expect("reloaded");
    scene.sees(".organization", "Zuid Handel").await;
    scene.sees("#credits", "6 credits").await;
    scene.click("nav a[href='/classifications']").await;
    scene.sees("main", "steel vacuum bottle").await;
    assert!(!scene.all("main").await[0].contains("leather"));
    scene.click("nav a[href='/classify']").await;
    scene.appears("#description").await;
    assert!(
        !scene.all("main").await[0].contains("leather"),
        "what one organisation has sent is no start for the other"
    );
    scene.close().await;
}

#[tokio::test]
async fn a_key_revoked_in_the_middle_of_work_loses_nothing() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.click("nav a[href='/keys']").await;
    scene.fill("#key-name", "Next").await;
    scene.click(".make-key button").await;
    scene.appears("#secret").await;
    scene.click(".made-key .actions button:nth-child(3)").await;
    scene.appears("#held tbody tr:nth-child(2)").await;
    let name = "return document.querySelector('#held tr:nth-child(2) .quiet-input').value";
    assert_eq!(scene.run(name, vec![]).await, "Next");
    scene.click("nav a[href='/classify']").await;
    scene.fill("#description", "stainless steel vacuum bottle").await;
    // Somebody else revokes the key meanwhile.
    let revoke = "const ask = (path, method) => fetch('/api/v1/api-keys' + path, {method, headers: {authorization: 'Bearer ' + arguments[0]}});
        return ask('', 'GET').then(answer => answer.json()).then(keys => ask('/' + keys.data.find(key => key.current).id + '?confirm=true', 'DELETE')).then(answer => answer.status)";
    assert_eq!(scene.run(revoke, vec![json!(scene.key)]).await, json!(200));
    scene.click("form button[type=submit]").await;
    scene.sees(".failure, .summary", "key").await;
    let typed = "return document.querySelector('#description').value";
    assert_eq!(scene.run(typed, vec![]).await, "stainless steel vacuum bottle");
    scene.click("nav a[href='/keys']").await;
    scene.click("#held tbody tr:nth-child(2) .row-action button").await;
    scene.sees("#held tbody tr:nth-child(2)", "In use").await;
    scene.click("nav a[href='/classify']").await;
    scene.appears("#description").await;
    assert_eq!(scene.run(typed, vec![]).await, "stainless steel vacuum bottle");
    scene.click("form button[type=submit]").await;
    scene.sees(".code-hero", "").await;
    scene.sees("#credits", "29 credits").await;
    scene.close().await;
}

#[tokio::test]
async fn the_key_in_use_can_be_revoked_and_the_next_one_goes_on() {
    let scene = Scene::open_with(&[], "nl-NL").await;
    scene.go("/keys").await;
    scene.enter_key(&scene.key).await;
    scene.sees("h1", "API-sleutels").await;
    scene.click("#issued tbody tr .row-action button").await;
    scene.sees("#issued .confirm", "U gebruikt deze sleutel").await;
    scene.click("#issued .confirm .danger").await;
    scene.sees("h1", "Aanmelden").await;
    assert_eq!(scene.run("return sessionStorage.length", vec![]).await, json!(0));
    scene.close().await;
}

#[tokio::test]
async fn where_the_service_makes_no_keys_it_says_where_they_are_made() {
    let service = Service::start();
    let scene = service.scene("en-GB", "Overview").await;
    scene.click("nav a[href='/keys']").await;
    scene.sees("#made-elsewhere", "creates and revokes keys on its own account pages").await;
    assert!(scene.all("#issued").await.is_empty());
    scene.sees("#held", "In use").await;
    scene.close().await;
}

#[tokio::test]
async fn a_key_whose_answer_is_lost_is_on_the_list_to_be_revoked() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.click("nav a[href='/keys']").await;
    scene.sees("#issued", "1 of 3 in use").await;
    let lose =
        "const own = window.fetch; window.fetch = (request) => own.call(window, request).then((answer) => {
        if (request.method === 'POST') throw new TypeError('the connection was reset'); return answer })";
    scene.run(lose, vec![]).await;
    scene.fill("#key-name", "Web shop").await;
    scene.click(".make-key button").await;
    scene.sees("#key-name-problem", "may have been created").await;
    scene.sees("#issued tbody tr:nth-child(2)", "Web shop").await;
    scene.sees("#issued", "2 of 3 in use").await;
    assert_eq!(scene.value("#key-name").await, "Web shop");
    scene.close().await;
}

#[tokio::test]
async fn keys_are_forgotten_when_nobody_is_there() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.click("nav a[href='/settings']").await;
    scene.sees("#lock", "Auto-lock after inactivity").await;
    scene.click("#lock .switch button:nth-child(2)").await;
    scene.click("nav a[href='/classify']").await;
    scene.fill("#description", "stainless steel vacuum bottle").await;
    scene.keeps("drafts", "stainless steel vacuum bottle", true).await;
    let minutes = |minutes: u64| {
        format!(
            "const own = Date.now.bind(Date); Date.now = () => own() + {minutes} * 60000; window.dispatchEvent(new Event('focus'))"
        )
    };
    scene.run(&minutes(4), vec![]).await;
    scene.appears("#description").await;
    scene.run(&minutes(2), vec![]).await;
    scene.sees("#locked", "Locked after inactivity").await;
    assert_eq!(scene.run("return sessionStorage.length", vec![]).await, json!(0));
    assert_eq!(scene.path().await, "/classify");
    scene.browser.refresh().await.expect("reloaded");
    scene.enter_key(&scene.key).await;
    scene.sees("main", "stainless steel vacuum bottle").await;
    // The page was closed in the meantime.
    scene.go("/icon.svg").await;
    scene.run("localStorage.setItem('import8.seen', Date.now() - 3600000)", vec![]).await;
    scene.go("/classify").await;
    scene.sees("#locked", "Locked after inactivity").await;
    scene.close().await;
}

#[tokio::test]
async fn a_key_is_nowhere_but_where_it_belongs() {
    let scene = Scene::open().await;
    scene.go("/").await;
    scene.run(SPY, vec![]).await;
    scene.enter_key(&scene.key).await;
    scene.sees("h1", "Overview").await;
    scene.classify("stainless steel vacuum bottle").await;
    scene.click("#samples summary").await;
    let copy_all = "document.querySelectorAll('main button').forEach(button => { if (/copy/i.test(button.innerText)) button.click() })";
    scene.run(copy_all, vec![]).await;
    for path in [
        "/classifications",
        "/review",
        "/batches",
        "/duty-rates",
        "/tariff",
        "/tariff/changes",
        "/landed-cost",
        "/usage",
        "/keys",
        "/webhook",
        "/settings",
    ] {
        scene.click(&format!("nav a[href='{path}']")).await;
        scene.appears("h1").await;
    }
    scene.click("nav a[href='/requests']").await;
    scene.appears(".log tbody").await;
    for request in 1..=3 {
        scene.click(&format!(".log tbody:nth-of-type({request}) .link")).await;
        scene.run(copy_all, vec![]).await;
    }
    scene.click("#export-log").await;
    // An error mentions the key without showing it.
    let revoke = "const ask = (path, method) => window.plainFetch('/api/v1/api-keys' + path, {method, headers: {authorization: 'Bearer ' + arguments[0]}});
        return ask('', 'GET').then(answer => answer.json()).then(keys => ask('/' + keys.data[0].id + '?confirm=true', 'DELETE')).then(answer => answer.status)";
    assert_eq!(scene.run(revoke, vec![json!(scene.key)]).await, json!(200));
    scene.click("nav a[href='/classifications']").await;
    scene.sees(".failure", "key").await;
    let seen = scene.run(SEEN, vec![]).await;
    let seen = seen.as_str().expect("text");
    for told in ["address: ", "header: ", "body: ", "clipboard: ", "file: ", "database: "] {
        assert!(seen.contains(told), "the search itself works: {told}");
    }
    let sent = scene.run("return [...window.keysSent].join()", vec![]).await;
    assert_eq!(sent, json!(format!("Bearer {}", scene.key)), "the key was used");
    let found: Vec<_> = seen.lines().filter(|line| line.contains(&scene.key)).collect();
    assert!(found.is_empty(), "{found:?}");
    let kept = scene.run("return JSON.stringify(sessionStorage)", vec![]).await.to_string();
    assert!(kept.contains(&scene.key));
    scene.close().await;
}
