//! Tests of the owner of stored data: nothing that a person has given is lost or shown to another organisation when
//! the owner gets another name or another key is in use.

use any_spawner::Executor;
use import8_api::{Account, ClassifyRequest, Feedback, FeedbackStatus};
use import8_dashboard::api::ApiKey;
use import8_dashboard::browser::database::{self, Store};
use import8_dashboard::browser::storage;
use import8_dashboard::outbox::reviews::Reviews;
use import8_dashboard::outbox::submissions::Submissions;
use import8_dashboard::queries::rate_limit::RateLimitGate;
use import8_dashboard::session::Session;
use import8_dashboard::session::keyring::Keyring;
use import8_dashboard::session::left_behind::LeftBehind;
use import8_dashboard::session::owner::find_owner;
use js_sys::{Function, Reflect, global};
use leptos::prelude::{Owner, untrack};
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

const OWN: &str = "c8_0123456789abcdefa1b2";
const OTHER: &str = "c8_zzzz456789abcdefa1b2";

fn key(text: &str) -> ApiKey {
    ApiKey::new(text).expect("a key")
}

/// The account of an organisation with this identifier.
fn account(id: &str) -> Account {
    let account = json!({
        "organization": { "id": id, "name": "Harbour Imports" },
        "credits": { "remaining": 30 },
        "limits": { "rate_limit_per_minute": 60 },
    });
    serde_json::from_value(account).expect("an account")
}

/// What a tab with these keys follows. Its requests get no answer.
async fn tab(keys: Keyring) -> (Session, Reviews, Submissions) {
    #[expect(
        clippy::let_underscore_must_use,
        reason = "it fails in all tests but the first, whose executor stays"
    )]
    let _ = Executor::init_wasm_bindgen();
    let never = Function::new_no_args("return new Promise(() => {})");
    Reflect::set(&global(), &"fetch".into(), &never).expect("a fetch");
    let owner = Owner::new();
    owner.set();
    // Verdicts are looked after until none waits, so the signals outlive the test.
    std::mem::forget(owner);
    let session = Session::new(keys);
    let (reviews, submissions) =
        (Reviews::new(session, RateLimitGate::new(session)), Submissions::new(session));
    reviews.follow();
    submissions.follow();
    LeftBehind::new(session).follow();
    rest().await;
    (session, reviews, submissions)
}

/// Lets effects run, and waits until the database has done what they have requested.
async fn rest() {
    for _ in 0..8 {
        Executor::tick().await;
        database::contents().await.expect("a database");
    }
}

fn confirm(reviews: Reviews, id: &str) {
    let confirmed = Feedback { status: FeedbackStatus::Confirmed, corrected_code: None };
    reviews.give(id, "Leather wallet", (None, None), confirmed);
}

fn waiting(reviews: Reviews) -> Vec<(String, String)> {
    untrack(|| reviews.waiting()).into_iter().map(|given| (given.id, given.organization)).collect()
}

#[wasm_bindgen_test]
async fn what_is_given_before_the_account_is_known_is_not_lost() {
    // As an earlier version stored it: without an owner.
    storage::set(storage::session(), "import8.key", Some(OWN));
    let (session, reviews, submissions) = tab(Keyring::restore().await).await;
    assert!(untrack(|| session.organization()).starts_with("key:"), "it needs no answer of the service");
    confirm(reviews, "7");
    let (client, product) = (session.client("en"), Some("Steel bottle".to_owned()));
    wasm_bindgen_futures::spawn_local(async move {
        let request = ClassifyRequest { description: product, ..ClassifyRequest::default() };
        drop(submissions.send(&client, request).await);
    });
    rest().await;
    session.set_account(&session.client("en"), account("7"));
    rest().await;
    assert_eq!(untrack(|| session.organization()), "id:7");
    let verdicts: Vec<Value> = database::all(Store::Verdicts).await.expect("verdicts");
    let products: Vec<Value> = database::all(Store::Submissions).await.expect("products");
    let owners: Vec<_> = verdicts.iter().chain(&products).map(|kept| kept["organization"].clone()).collect();
    assert_eq!(owners, ["id:7", "id:7"]);
    assert_eq!(waiting(reviews), [("7".to_owned(), "id:7".to_owned())]);
    assert_eq!(untrack(|| submissions.all()).len(), 1);
    assert!(
        untrack(|| reviews.waiting_of("7")).is_some_and(|given| given.can_be_undone(u64::MAX)),
        "it is own"
    );
    reviews.undo("7");
    session.sign_out();
    rest().await;
    assert_eq!(database::all::<Value>(Store::Verdicts).await, Ok(Vec::new()));
}

#[wasm_bindgen_test]
async fn what_is_given_after_signing_in_waits_for_that_organisation() {
    let (session, reviews, _) = tab(Keyring::default()).await;
    let owner = find_owner(&key(OWN), &account("71").organization).await;
    session.sign_in(key(OWN), account("71"), &owner);
    // At once, before any effect has run.
    confirm(reviews, "8");
    session.hold_key(key(OTHER), String::new(), "id:72");
    session.use_key(key(OTHER));
    rest().await;
    assert_eq!(waiting(reviews), []);
    session.use_key(key(OWN));
    rest().await;
    let expected = [("8".to_owned(), "id:71".to_owned())];
    assert_eq!(waiting(reviews), expected);
    session.sign_out();
    rest().await;
    assert_eq!(waiting(reviews), []);
    session.sign_in(key(OWN), account("71"), &owner);
    rest().await;
    assert_eq!(waiting(reviews), expected);
    reviews.undo("8");
    session.sign_out();
    rest().await;
}
