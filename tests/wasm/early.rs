//! The requests that the page makes while the program is on its way: they are the program's own, and the client takes
//! their answers over.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;
use std::time::Duration;

use gloo_timers::future::sleep;
use import8_api::{Country, Feedback, FeedbackStatus};
use import8_dashboard::api::listing::{Listing, queue};
use import8_dashboard::api::{ApiError, ApiKey, Client, ClientEvent, RequestLogEntry, TIMEOUT, early};
use import8_dashboard::app::ROUTES;
use import8_dashboard::browser::storage;
use import8_dashboard::i18n::Language;
use import8_dashboard::i18n::format;
use import8_dashboard::i18n::preferences::{LOCK_MINUTES, Preferences};
use import8_dashboard::session::Session;
use import8_dashboard::session::keyring::Keyring;
use js_sys::{Array, Function};
use leptos::prelude::{Owner, untrack};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

const SCRIPT: &str = include_str!("../../src/api/early.js");

/// A browser that is online.
const ONLINE: &str = "{ onLine: true, languages: ['fr-FR', 'en-GB', 'nl-NL'] }";

const ME: &str = r#"{"success": true, "data": {"organization": {"name": "Vendor"}, "credits": {"remaining": 5}, "limits": {"rate_limit_per_minute": 20}}}"#;

fn key(text: &str) -> ApiKey {
    ApiKey::new(text).expect("a key")
}

fn own() -> ApiKey {
    key("c8_0123456789abcdefa1b2")
}

fn run(script: &str) -> JsValue {
    Function::new_no_args(script).call0(&JsValue::NULL).expect(script)
}

/// Replaces `fetch`: every request from now on is noted and gets this response, written as JavaScript. The client's
/// library ends each query with an empty parameter, which is left out here.
fn answers(response: &str) {
    run(&format!(
        "globalThis.asked = [];
        globalThis.fetch = (what, how) => {{
            const {{ method, url, headers }} = new Request(what, how);
            asked.push([method, url.replace(/&$/, ''), ...headers].flat().join(' '));
            return {response};
        }}"
    ));
}

/// The response of the API with this status, headers and body.
fn response(status: u16, headers: &str, body: &str) -> String {
    format!("Promise.resolve(new Response({body:?}, {{ status: {status}, headers: {headers} }}))")
}

/// The requests since the last call, each with its method, address and headers.
fn asked() -> Vec<String> {
    let asked: Array = run("return asked.splice(0)").unchecked_into();
    asked.iter().filter_map(|asked| asked.as_string()).collect()
}

/// Signs in as the session does.
fn keep(key: Option<ApiKey>) {
    let mut keys = Keyring::default();
    key.into_iter().for_each(|key| {
        keys.hold(key.clone(), "id:7");
        keys.use_key(key);
    });
    keys.keep();
}

/// Runs the script as in a page at `address`. Returns what it has marked the page with, and its requests.
fn open(address: &str, navigator: &str) -> (String, Vec<String>) {
    let page = format!(
        "delete window.early;
        const location = new URL({address:?}, window.location), navigator = {navigator};
        const marks = {{}};
        const document = {{ documentElement: {{ setAttribute: (name, to) => marks[name] = to }} }};
        {SCRIPT}
        return marks['data-shell'] ?? ''"
    );
    let mark = run(&page).as_string().expect("a text");
    let kept = run("return JSON.stringify(window.early ?? [])").as_string().expect("a text");
    assert!(!kept.contains(own().secret()), "the page keeps the key");
    let asked = asked();
    asked.iter().for_each(|request| check_key(request));
    (mark, asked)
}

/// Checks that a request changes nothing, and has the key in its header and nowhere else.
fn check_key(request: &str) {
    assert!(request.starts_with("GET "), "{request}");
    let parts: Vec<_> = request.split(own().secret()).collect();
    assert!(matches!(parts[..], [before, _] if before.ends_with(" authorization Bearer ")), "{request}");
}

/// A client, and the events of its requests.
fn client(key: ApiKey, pause: Option<u32>) -> (Client, Rc<RefCell<Vec<ClientEvent>>>) {
    let events = Rc::new(RefCell::new(Vec::new()));
    let heard = Rc::clone(&events);
    (Client::new(Some(key), "en", move |_| pause, move |event| heard.borrow_mut().push(event)), events)
}

/// The request of a call.
async fn request<T>(call: impl Future<Output = T>) -> String {
    call.await;
    asked().pop().expect("a request")
}

#[wasm_bindgen_test]
async fn the_page_asks_what_the_program_asks() {
    answers(&response(200, "{}", ME));
    early::forget();
    keep(Some(own()));
    let (client, _) = client(own(), None);
    let list = async |page, per_page| {
        request(client.classifications(&Listing { page, per_page, ..Listing::default() })).await
    };
    let one = async |id: &str| request(client.classification(id)).await;
    let me = request(client.account()).await;
    let overview = vec![me.clone(), request(client.usage(false)).await, list(1, 20).await];
    let code = "8518300090".parse().expect("a code");
    let rates = request(client.duty_rates(code, None, Some(Country::NL), None)).await;
    for (address, expected) in [
        ("/", overview.clone()),
        ("/?from=mail#content", overview.clone()),
        ("/sign-in?wiped", overview),
        ("/classifications", vec![me.clone(), list(1, 20).await]),
        ("/classifications/?page=3", vec![me.clone(), list(3, 20).await]),
        ("/classifications?per_page=100", vec![me.clone(), list(1, 100).await]),
        ("/classifications?page=3&per_page=50", vec![me.clone(), list(3, 50).await]),
        // What is asked depends on what the account can do.
        ("/classifications?q=pan", vec![me.clone()]),
        ("/classifications?page=0", vec![me.clone()]),
        ("/classifications?page=2per_page=50", vec![me.clone()]),
        ("/classifications/a-7", vec![me.clone(), one("a-7").await]),
        ("/classifications/a-7/?code=1", vec![me.clone(), one("a-7").await]),
        ("/duty-rates?code=8518300090", vec![me.clone(), rates]),
        ("/duty-rates?code=8518300090&origin=XX", vec![me.clone()]),
        (
            "/evidence?ids=1,2,1,3&language=nl",
            vec![me.clone(), one("1").await, one("2").await, one("3").await],
        ),
        // No more at once than a browser has connections for.
        ("/evidence?ids=,..,1,2,3,4", vec![me.clone(), one("1").await, one("2").await, one("3").await]),
        ("/evidence", vec![me.clone()]),
        ("/nowhere", vec![]),
        ("/classifications/a%2Fb", vec![]),
        ("/classifications/7/8", vec![]),
        ("/settings//", vec![]),
    ] {
        assert_eq!(open(address, ONLINE), ("frame".to_owned(), expected), "{address}");
    }
    for (pattern, _) in ROUTES {
        let (_, asked) = open(&pattern.replace(":id", "7"), ONLINE);
        assert_eq!(asked.first(), Some(&me), "{pattern} is not known to the page");
    }
    Language::Nl.choose();
    assert_eq!(open("/settings", ONLINE).1, [me.replace("accept-language en", "accept-language nl")]);
    storage::set(storage::local(), "import8.language", None);
    for (languages, code) in [("'nl-BE', 'en'", "nl"), ("'fr'", "en"), ("", "en"), ("'EN'", "en")] {
        let asked = open("/settings", &format!("{{ onLine: true, languages: [{languages}] }}")).1;
        assert_eq!(asked, [me.replace("accept-language en", &format!("accept-language {code}"))]);
    }
    keep(None);
}

/// The body of an account with these extensions, as JSON.
fn account(extensions: &str) -> String {
    ME.replace(r#""limits""#, &format!(r#""extensions": {extensions}, "limits""#))
}

#[wasm_bindgen_test]
async fn the_page_asks_what_the_account_can_do() {
    answers(&response(200, "{}", ME));
    early::forget();
    keep(Some(own()));
    let (client, _) = client(own(), None);
    for (address, extensions, expected) in [
        (
            "/review",
            r#"["review", "filters"]"#,
            request(client.classifications(&queue::listing(|_| None))).await,
        ),
        ("/keys", r#"["api_keys"]"#, request(client.api_keys()).await),
        ("/usage", r#"["usage_days"]"#, request(client.usage(true)).await),
        ("/webhook", r#"["webhook"]"#, request(client.webhook()).await),
    ] {
        // Not of an account that cannot, not of one that is not told, and not when the program has started.
        for body in [account(r#"["review"]"#).as_str(), account("[]").as_str(), ME, "<html>", ""] {
            answers(&response(200, "{}", body));
            assert_eq!(open(address, ONLINE).1.len(), 1);
        }
        answers(&response(200, "{}", &account(extensions)));
        assert_eq!(open(address, ONLINE).1.len(), 1);
        early::adopt(Some(&own()));
        assert_eq!(open(address, ONLINE).1.len(), 1);
        let mut next = asked();
        while next.is_empty() {
            sleep(Duration::ZERO).await;
            next = asked();
        }
        next.iter().for_each(|request| check_key(request));
        assert_eq!(next, [expected], "{address}");
        early::forget();
    }
    assert!(asked().is_empty());
    keep(None);
}

#[wasm_bindgen_test]
fn nothing_is_asked_for_whoever_is_not_there() {
    answers(&response(200, "{}", ME));
    let (nothing, frame) = ((String::new(), vec![]), "frame".to_owned());
    keep(None);
    assert_eq!(open("/", ONLINE), nothing);
    for text in ["", " ", "c8 x", "c8_\u{e9}", &"c".repeat(201)] {
        storage::set(storage::session(), "import8.key", Some(text));
        assert_eq!(open("/", ONLINE), nothing, "{text:?}");
    }
    keep(Some(own()));
    assert_eq!(open("/", "{ onLine: false, languages: ['en'] }"), (frame.clone(), vec![]));
    // The program locks the session before it draws anything.
    let owner = Owner::new();
    owner.set();
    let preferences = Preferences::restore();
    for minutes in LOCK_MINUTES {
        preferences.choose(|choices| choices.lock_minutes = Some(minutes));
        let seen = |seconds_ago: u64| {
            let time = (format::now() - seconds_ago * 1_000).to_string();
            storage::set(storage::local(), "import8.seen", Some(&time));
            open("/settings", ONLINE)
        };
        assert_eq!(seen(u64::from(minutes) * 60), nothing);
        assert_eq!(seen(u64::from(minutes) * 60 - 60).0, frame);
        storage::set(storage::local(), "import8.seen", None);
        assert_eq!(open("/settings", ONLINE).1.len(), 1);
    }
    preferences.choose(|choices| choices.lock_minutes = None);
    keep(None);
}

/// A page with early requests that got `response`, and a client of the program that has started in it.
fn started(response: &str) -> (Client, Rc<RefCell<Vec<ClientEvent>>>) {
    answers(response);
    keep(Some(own()));
    assert_eq!(open("/settings", ONLINE).1.len(), 1);
    keep(None);
    early::adopt(Some(&own()));
    client(own(), None)
}

/// Whether the next request for the account is sent; the page has asked for it already.
async fn is_sent(client: &Client) -> bool {
    answers(&response(200, "{}", ME));
    assert!(client.account().await.is_ok());
    !asked().is_empty()
}

/// The entries of the log among some events.
fn logged(events: &RefCell<Vec<ClientEvent>>) -> Vec<RequestLogEntry> {
    let events = events.borrow();
    let entry = |event: &ClientEvent| match event {
        ClientEvent::RequestLogEntry(entry) => Some(RequestLogEntry::clone(entry)),
        _ => None,
    };
    events.iter().filter_map(entry).collect()
}

#[wasm_bindgen_test]
async fn an_early_answer_counts_as_the_clients_own() {
    let headers = "{ 'x-request-id': 'r-1', 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '41', \
                   'x-ratelimit-reset': '1700000000' }";
    let before = format::now();
    let (client, events) = started(&response(200, headers, ME));
    assert!(!is_sent(&client).await);
    let entry = logged(&events).pop().expect("an entry");
    assert_eq!((entry.method.as_str(), entry.path.as_str(), entry.status), ("GET", "/v1/me", Some(200)));
    assert_eq!((entry.request_id.as_deref(), entry.rate.map(|rate| rate.remaining)), (Some("r-1"), Some(41)));
    assert!((before..=format::now()).contains(&entry.at) && entry.milliseconds <= format::now() - before);
    assert!(matches!(events.borrow().as_slice(), [ClientEvent::Answer, ClientEvent::RateLimit { .. }, _]));
    assert!(is_sent(&client).await, "it is taken once");
}

/// The result of a request for the account, and what was told about it, without times.
async fn told(client: (Client, Rc<RefCell<Vec<ClientEvent>>>)) -> (Option<ApiError>, Vec<String>) {
    let (client, events) = client;
    let error = client.account().await.err();
    let tell = |event: &ClientEvent| match event {
        ClientEvent::RequestLogEntry(entry) => {
            format!("{} {:?} {:?} {:?}", entry.path, entry.status, entry.error, entry.rate)
        }
        ClientEvent::Paused { .. } => "paused".to_owned(),
        event => format!("{event:?}"),
    };
    let told = events.borrow().iter().map(tell).collect();
    (error, told)
}

#[wasm_bindgen_test]
async fn an_early_failure_counts_as_the_clients_own() {
    assert!(SCRIPT.contains(&format!("timeout({TIMEOUT})")));
    let refusal = r#"{"success": false, "message": "No."}"#;
    let rejected = |error: &str| format!("Promise.reject({error})");
    for (answer, expected) in [
        (response(401, "{}", refusal), ApiError::Unauthorized),
        (response(429, "{ 'retry-after': '7' }", refusal), ApiError::RateLimited { seconds: 7 }),
        (rejected("new TypeError('lost')"), ApiError::Unreachable),
        (rejected("'no error'"), ApiError::Unreachable),
        (rejected("new DOMException('late', 'TimeoutError')"), ApiError::Timeout),
    ] {
        let (error, events) = told(started(&answer)).await;
        assert_eq!(error, Some(expected), "{answer}");
        assert!(asked().is_empty(), "{answer} is asked for again");
        if !answer.contains("no error") {
            assert_eq!((error, events), told(client(own(), None)).await, "{answer}");
        }
    }
    for answer in [response(500, "{}", refusal), response(502, "{}", "<html>"), response(200, "{}", "<html>")]
    {
        let early = told(started(&answer)).await;
        assert!(asked().is_empty(), "{answer} is asked for again");
        assert!(early.0.is_some(), "{answer}");
        assert_eq!(early, told(client(own(), None)).await, "{answer}");
    }
}

/// The session of a page whose early requests got `response`, and of which nothing but the key is known.
async fn session(response: &str) -> (Owner, Session) {
    let owner = Owner::new();
    owner.set();
    answers(response);
    keep(Some(own()));
    assert_eq!(open("/", ONLINE).1.len(), 3);
    let keys = Keyring::restore().await;
    early::adopt(keys.in_use());
    (owner, Session::new(keys))
}

#[wasm_bindgen_test]
async fn an_early_refusal_for_the_rate_limit_holds_the_other_requests() {
    let refusal = response(429, "{ 'retry-after': '7' }", r#"{"success": false, "message": "Slow down."}"#);
    let (_owner, session) = session(&refusal).await;
    let client = session.client("en");
    assert_eq!(client.account().await, Err(ApiError::RateLimited { seconds: 7 }));
    answers(&response(200, "{}", ME));
    for outcome in [client.usage(false).await.err(), client.webhook().await.err()] {
        assert!(matches!(outcome, Some(ApiError::RateLimited { .. })), "{outcome:?}");
    }
    assert!(asked().is_empty());
    let paths: Vec<_> = untrack(|| session.log()).into_iter().map(|entry| entry.path).collect();
    assert_eq!(paths, ["/v1/me"], "what was not sent is not in the log");
    session.sign_out();
}

#[wasm_bindgen_test]
async fn the_answers_go_with_the_key() {
    let (_owner, session) = session(&response(200, "{}", ME)).await;
    session.sign_out();
    assert!(is_sent(&client(own(), None).0).await);
}

#[wasm_bindgen_test]
async fn an_answer_from_before_a_change_is_not_taken_after_it() {
    let (client, _) = started(&response(200, "{}", ME));
    answers(&response(200, "{}", "{}"));
    let verdict = Feedback { status: FeedbackStatus::Confirmed, corrected_code: None };
    assert_eq!(client.review("7", &verdict).await, Ok(None));
    assert_eq!(asked().len(), 1);
    assert!(is_sent(&client).await);
}

#[wasm_bindgen_test]
async fn an_early_answer_is_nobody_elses() {
    let answered = response(200, "{}", ME);
    started(&answered);
    assert!(is_sent(&client(key("c8_that_is_tried"), None).0).await);
    let dutch = Client::new(Some(own()), "nl", |_| None, |_| {});
    assert!(is_sent(&dutch).await);
    assert!(is_sent(&Client::new(None, "en", |_| None, |_| {})).await);
    // During a pause nothing is asked, and nothing is lost.
    let (paused, _) = client(own(), Some(5));
    assert_eq!(paused.account().await, Err(ApiError::RateLimited { seconds: 5 }));
    assert!(!is_sent(&client(own(), None).0).await);
    // The session forgets what another key was answered, and a page without a key has asked nothing.
    let (after, _) = started(&answered);
    early::forget();
    assert!(is_sent(&after).await);
    let (after, _) = started(&answered);
    early::adopt(None);
    assert!(is_sent(&after).await);
}
