//! Tests of classifying one product, from the form to its code.

use serde_json::json;

use crate::scene::{HOLDS, Scene};
use crate::service::Service;

#[tokio::test]
async fn a_steel_bottle_from_china_gets_its_code_and_the_reason() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.click("nav a[href='/classify']").await;
    scene.fill("#description", "Stainless steel water bottle, 750 ml, double wall").await;
    scene.fill("#origin_country", "China").await;
    scene.sees(".submit", "29 credits left after this").await;
    scene.click("form button[type=submit]").await;
    scene.sees(".code-hero", "7323").await;
    scene.sees("h1", "Stainless steel water bottle").await;
    // A double wall alone makes no vacuum flask: the reasons name the boundary.
    scene.sees("#reasoning", "9617").await;
    scene.sees("#path", "Heading 7323").await;
    scene.appears("#alternatives li").await;
    scene.sees("#credits", "29 credits").await;
    let path = scene.path().await;
    assert!(path.starts_with("/classifications/"), "{path}");
    scene.browser.refresh().await.expect("reloaded");
    scene.sees(".code-hero", "7323").await;
    // Another product starts from it, and where it cannot be looked up, the form does not stay empty without a word.
    let lose = "window.real = window.fetch; window.lost = 0;
        window.fetch = () => { window.lost++; return Promise.reject(new TypeError('lost')) }";
    scene.run(lose, vec![]).await;
    scene.click("main a[href^='/classify?like=']").await;
    scene.sees("#like-another", "could not be looked up").await;
    assert!(scene.run("return window.lost", vec![]).await.as_u64() > Some(0), "the fault has fired");
    assert_eq!(scene.value("#description").await, json!(""));
    scene.run("window.fetch = window.real", vec![]).await;
    scene.click("#like-another button").await;
    scene.vanishes("#like-another button").await;
    scene.has_value("#description", "Stainless steel water bottle, 750 ml, double wall").await;
    // A reload fills nothing again.
    scene.is_at("/classify").await;
    scene.click("nav a[href='/classifications']").await;
    scene.sees(".rows", "Stainless steel water bottle").await;
    scene.close().await;
}

#[tokio::test]
async fn a_pending_result_waits_survives_a_reload_and_completes() {
    let mut scene = Scene::open_with(&HOLDS, "en-GB").await;
    scene.sign_in().await;
    scene.send("leather wallet").await;
    scene.sees("#pending", "Being classified").await;
    scene.browser.refresh().await.expect("reloaded");
    scene.sees("#pending", "so far").await;
    scene.release().await;
    scene.sees(".code-hero", "4202").await;
    scene.close().await;
}

#[tokio::test]
async fn what_is_wrong_is_named_and_what_was_typed_is_kept() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.click("nav a[href='/classify']").await;
    scene.click("#costs summary").await;
    scene.fill("#goods_value", "ten").await;
    scene.fill("#quantity", "0").await;
    scene.click("form button[type=submit]").await;
    scene.sees("#problems", "Describe the product in words.").await;
    scene.focuses("problems").await;
    scene.sees("#description-problem", "Describe the product in words.").await;
    scene.sees("#goods_value-problem", "Enter an amount such as").await;
    scene.sees("#quantity-problem", "whole number").await;
    scene.click("#problems li:nth-child(2) a").await;
    scene.focuses("goods_value").await;
    // Visiting another screen, or changing the language, loses nothing.
    scene.fill("#description", "leather wallet").await;
    scene.click("nav a[href='/classifications']").await;
    scene.sees("h1", "History").await;
    scene.click("nav a[href='/classify']").await;
    scene.click(".switch button[lang=nl]").await;
    scene.sees("h1", "Een product indelen").await;
    assert_eq!(scene.value("#description").await, json!("leather wallet"));
    assert_eq!(scene.value("#goods_value").await, json!("ten"));
    scene.close().await;
}

#[tokio::test]
async fn a_product_that_no_word_leads_to_fails_with_its_reason_and_its_credit_back() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.send("xqzzv qqwfp").await;
    scene.sees("#failed", "The credit was given back").await;
    scene.sees("#credits", "30 credits").await;
    scene.close().await;
}

/// Script: a clock that stands still. `window.advance` runs all waiting timers and returns their number; `window.asked`
/// counts the requests for a classification.
const STAND_STILL: &str = "const start = window.setTimeout, end = window.clearTimeout, ask = window.fetch;
    const due = new Map(); let last = 0; window.asked = 0;
    window.setTimeout = (run, wait, ...more) => {
        if (!(wait >= 500)) return start(run, wait, ...more);
        due.set(--last, run); return last };
    window.clearTimeout = id => due.delete(id) || end(id);
    window.advance = async () => {
        const now = [...due.values()]; due.clear(); now.forEach(run => run());
        await new Promise(go => start(go, 0));
        return now.length };
    window.fetch = (...a) => { window.asked += /classifications.one$/.test(a[0].url); return ask(...a) }";

#[tokio::test]
async fn nobody_asks_while_nobody_looks() {
    let service = Service::start();
    let is = |fields: &str| format!(r#"{{"success": true, "data": {{"id": "one", {fields}}}}}"#);
    let (pending, completed) = (
        is(r#""status": "pending", "hs_code": null"#),
        is(r#""status": "completed", "hs_code": {"code_6": "4202.31"}"#),
    );
    service.answers_by(move |_, _| (200, String::new(), pending.clone()));
    let scene = service.scene("en-GB", "Overview").await;
    scene.go("/classifications/one").await;
    scene.appears("#pending").await;
    scene.run(STAND_STILL, vec![]).await;
    let asked = async || scene.run("return window.asked", vec![]).await.as_u64().expect("a count");
    let advance = async || {
        let done = "const done = arguments[0]; window.advance().then(done)";
        scene.browser.execute_async(done, vec![]).await.expect(done).json().as_u64().expect("a count")
    };
    // Visible: it polls, now and when the interval is over.
    for times in 1..=2 {
        let asks_again = async || {
            advance().await;
            asked().await >= times
        };
        scene.until("it asks again", asks_again).await;
    }
    // Hidden: requests in flight are answered, and no other is sent, however long it takes.
    let look = "const hide = arguments[0]; Object.defineProperty(document, 'hidden', {configurable: true, get: () => hide});
        dispatchEvent(new Event('visibilitychange'))";
    scene.run(look, vec![json!(true)]).await;
    let hidden = asked().await;
    for _ in 0..20 {
        advance().await;
    }
    assert_eq!(asked().await, hidden);
    // Visible again: it continues, and gets the result.
    service.answers_by(move |_, _| (200, String::new(), completed.clone()));
    scene.run(look, vec![json!(false)]).await;
    let has_ended = async || {
        advance().await;
        !scene.all(".code-hero").await.is_empty()
    };
    scene.until("the result is found", has_ended).await;
    scene.sees(".code-hero", "4202").await;
    scene.close().await;
}
