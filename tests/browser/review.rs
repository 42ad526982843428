//! Tests of reviews: confirming and correcting by key and mouse, undoing, and sending after failures.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::history::classified;
use crate::scene::{PATIENCE, Scene};
use crate::service::Service;

/// Stops the page's clock: timers wait until [`pass`].
pub(crate) async fn stop_clock(scene: &Scene) {
    scene.run("const now = Date.now(); Date.now = () => now", vec![]).await;
}

/// Advances the stopped clock beyond the time to undo.
pub(crate) async fn pass(scene: &Scene) {
    scene.run("const now = Date.now() + 10000; Date.now = () => now", vec![]).await;
}

/// Presses keys at the focused element.
pub(crate) async fn press(scene: &Scene, keys: impl Into<TypingData>) {
    scene.browser.action_chain().send_keys(keys).perform().await.expect("keys");
    // Their effect is drawn by then.
    let drawn = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))";
    scene.browser.execute_async(drawn, vec![]).await.expect("drawn");
}

/// Waits until a verdict can be given, for which the account must be known.
pub(crate) async fn may_judge(scene: &Scene) {
    scene.appears("#correct:not([disabled])").await;
}

/// The verdict at the service.
pub(crate) async fn verdict(scene: &Scene, id: &str) -> Value {
    scene.call("GET", &format!("/v1/classifications/{id}"), Value::Null).await["data"]["feedback"].clone()
}

/// Waits until the service has a verdict, and returns its status and code.
pub(crate) async fn recorded(scene: &Scene, id: &str) -> (String, Value) {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let verdict = verdict(scene, id).await;
        if let Some(status) = verdict["status"].as_str() {
            return (status.to_owned(), verdict["corrected_code"].clone());
        }
        assert!(Instant::now() < deadline, "no verdict has come");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// A signed-in person and classified products.
pub(crate) async fn with(products: &[&str]) -> (Scene, Vec<String>) {
    let scene = Scene::open().await;
    scene.sign_in().await;
    let ids = classified(&scene, products).await;
    (scene, ids)
}

/// A person at a result, and its identifier.
async fn at_result(product: &str) -> (Scene, String) {
    let (scene, ids) = with(&[product]).await;
    let id = ids[0].clone();
    scene.go(&format!("/classifications/{id}")).await;
    may_judge(&scene).await;
    (scene, id)
}

#[tokio::test]
async fn a_verdict_is_given_by_key_and_taken_back() {
    let (scene, id) = at_result("leather wallet").await;
    stop_clock(&scene).await;
    // The message that a verdict was undone stays, which would otherwise go away by itself.
    let stay = "const start = window.setTimeout;
        window.setTimeout = (run, wait, ...more) => wait === 4000 ? 0 : start(run, wait, ...more)";
    scene.run(stay, vec![]).await;
    for undo in ["z".into(), Key::Control + "z"] {
        press(&scene, "c").await;
        scene.sees("#review .said", "Confirmed").await;
        scene.sees("#undo-bar [role=status]", "4202 31 00 confirmed").await;
        scene.sees("#undo-bar .undo", "6 s").await;
        let focused = scene.run("return document.activeElement.tagName", vec![]).await;
        assert_eq!(focused, json!("H1"), "the bar takes no focus");
        press(&scene, undo).await;
        scene.sees("#confirm", "Confirm").await;
        scene.sees("#undo-bar [role=status]", "Undone").await;
    }
    scene.click("#confirm").await;
    scene.sees("#review .said", "Confirmed").await;
    scene.click("#review .undo").await;
    scene.appears("#confirm").await;
    // Only the last verdict is sent. That it was sent shows that there was time for the others.
    press(&scene, "c").await;
    assert_eq!(verdict(&scene, &id).await, Value::Null);
    pass(&scene).await;
    assert_eq!(recorded(&scene, &id).await.0, "confirmed");
    scene.close().await;
}

#[tokio::test]
async fn what_was_taken_back_is_not_sent() {
    let (scene, ids) = with(&["leather wallet", "katoenen T-shirt, heren, ronde hals"]).await;
    for id in &ids {
        scene.go(&format!("/classifications/{id}")).await;
        may_judge(&scene).await;
        stop_clock(&scene).await;
        press(&scene, "c").await;
        scene.appears("#review .undo").await;
        if id == &ids[0] {
            press(&scene, "z").await;
            scene.appears("#confirm").await;
        }
        pass(&scene).await;
    }
    recorded(&scene, &ids[1]).await;
    assert_eq!(verdict(&scene, &ids[0]).await, Value::Null);
    scene.close().await;
}

#[tokio::test]
async fn single_keys_do_nothing_while_typing_and_when_they_are_off() {
    let (scene, _) = at_result("leather wallet").await;
    stop_clock(&scene).await;
    press(&scene, "x").await;
    scene.sees("#review", "Which code is right?").await;
    scene.click("#right-code").await;
    press(&scene, "cxz1").await;
    let typed = scene.value("#right-code").await;
    assert_eq!(typed, json!("cxz1"));
    press(&scene, Key::Escape).await;
    // The focus returns to where it was.
    scene.sees("#review", "Is this the right code?").await;
    scene.focuses("correct").await;
    scene.click("#shortcuts").await;
    press(&scene, "c").await;
    press(&scene, "x").await;
    scene.sees("#review", "Is this the right code?").await;
    assert!(scene.all(".shortcut").await.is_empty());
    scene.browser.refresh().await.expect("reloaded");
    may_judge(&scene).await;
    press(&scene, "c").await;
    assert_eq!(scene.all("#review .said").await.len(), 0, "the choice is kept");
    scene.click("#shortcuts").await;
    press(&scene, "c").await;
    scene.sees("#review .said", "Confirmed").await;
    scene.close().await;
}

#[tokio::test]
async fn a_confirmation_is_shown_at_once_and_is_at_the_server() {
    let (scene, id) = at_result("leather wallet").await;
    stop_clock(&scene).await;
    scene.click("#confirm").await;
    scene.click("nav a[href='/classifications']").await;
    scene.sees(".verdict-word", "confirmed").await;
    pass(&scene).await;
    assert_eq!(recorded(&scene, &id).await, ("confirmed".to_owned(), Value::Null));
    scene.go(&format!("/classifications/{id}")).await;
    scene.sees("#review .said", "Confirmed on ").await;
    // The verdict can be changed.
    scene.click("#change").await;
    scene.click("#review .actions .link").await;
    scene.sees("#review .said", "Confirmed on ").await;
    scene.click("#change").await;
    scene.click("#correct").await;
    scene.click("#correction .picks button").await;
    scene.sees("#review .said", "Corrected to").await;
    scene.close().await;
}

#[tokio::test]
async fn choosing_ten_digits_and_confirming_them_is_one_act() {
    let (scene, id) = at_result("led lamp").await;
    scene.sees("#review h2", "Which of these codes applies?").await;
    scene.sees("#confirm", "Confirm as 9405 21").await;
    stop_clock(&scene).await;
    let counts = async |code: &str| scene.appears(&format!(".segments[data-code='{code}']")).await;
    for undo in [true, false] {
        // A choice is a preview, by mouse and by key, until the button decides on it.
        scene.click(".option:nth-child(2) input").await;
        scene.sees("#confirm", "Confirm as 9405 21 50 00").await;
        press(&scene, Key::Down).await;
        scene.sees("#looked-at", "for 9405 21 90 00, as a preview").await;
        scene.sees("#looked-at", "The code of this product is 9405 21.").await;
        press(&scene, Key::Up).await;
        scene.sees("#looked-at", "for 9405 21 50 00, as a preview").await;
        counts("940521").await;
        press(&scene, "c").await;
        counts("9405215000").await;
        scene.sees("#review .said", "Confirmed as 9405 21 50 00").await;
        scene.vanishes("#looked-at, #ten-digits").await;
        scene.focuses("review-title").await;
        scene.sees("#duty", "Duty on 9405 21 50 00").await;
        if undo {
            press(&scene, "z").await;
            counts("940521").await;
            scene.appears("#ten-digits").await;
        }
    }
    assert_eq!(scene.path().await, format!("/classifications/{id}"), "nothing is left in the address");
    pass(&scene).await;
    assert_eq!(recorded(&scene, &id).await, ("corrected".to_owned(), json!("9405.21.50.00")));
    scene.browser.refresh().await.expect("reloaded");
    counts("9405215000").await;
    scene.sees("#decided", "Decided by a person on ").await;
    scene.sees("#review .said", "Confirmed as 9405 21 50 00 on ").await;
    assert!(scene.all("#ten-digits, #was").await.is_empty(), "nothing is open or wrong");
    // Another choice begins with it.
    scene.click("#change").await;
    scene.sees(".option:has(:checked)", "9405 21 50 00").await;
    scene.sees(".option:has(:checked)", "decided").await;
    scene.sees("#confirm", "Confirm as 9405 21 50 00").await;
    scene.click(".option:nth-child(3) input").await;
    scene.sees("#looked-at", "The code of this product is 9405 21 50 00.").await;
    scene.click("#clear").await;
    scene.vanishes("#looked-at").await;
    scene.close().await;
}

#[tokio::test]
async fn an_alternative_is_picked_by_key() {
    let (scene, id) = at_result("leather wallet").await;
    press(&scene, "x").await;
    let codes =
        "return [...document.querySelectorAll('#correction .picks .code')].map(code => code.innerText)";
    let codes = scene.run(codes, vec![]).await;
    let second = codes[1].as_str().expect("an alternative");
    stop_clock(&scene).await;
    press(&scene, Key::Up).await;
    for _ in 2..codes.as_array().expect("alternatives").len() {
        press(&scene, Key::Up).await;
    }
    press(&scene, Key::Enter).await;
    scene.sees("#review .said", &format!("Corrected to {second}")).await;
    scene.sees("#undo-bar", &format!("4202 31 00 corrected to {second}")).await;
    pass(&scene).await;
    assert_eq!(recorded(&scene, &id).await, ("corrected".to_owned(), json!(second.replace(' ', "."))));
    scene.close().await;
}

#[tokio::test]
async fn the_tariff_is_searched_and_gone_down_by_key() {
    let (scene, id) = at_result("leather wallet").await;
    press(&scene, "x").await;
    scene.fill("#right-code", "xqzv").await;
    scene.sees("#tariff-status", "Nothing in the tariff matches “xqzv”").await;
    // At once: what a part of the word leads to would be replaced under the focus.
    scene.paste("#right-code", "headphones").await;
    scene.sees("#tariff-rows", "8518 30").await;
    press(&scene, Key::Down).await;
    let focused = "return document.activeElement.innerText";
    assert!(scene.run(focused, vec![]).await.as_str().is_some_and(|text| text.contains("8518 30")));
    press(&scene, Key::Right).await;
    scene.sees(".way", "85 › 8518").await;
    scene.sees("#tariff-rows", "8518 30 00").await;
    // The focus moves to the row that was opened.
    let is_kept =
        async || scene.run(focused, vec![]).await.as_str().is_some_and(|text| text.contains("8518 30"));
    scene.until("the focus is on the row that was opened", is_kept).await;
    press(&scene, Key::Down).await;
    press(&scene, Key::Right).await;
    scene.sees("#tariff-rows", "8518 30 00 90").await;
    scene.click("#tariff-rows li:last-child .pick").await;
    scene.sees("#review .said", "Corrected to 8518 30 00 90").await;
    assert_eq!(recorded(&scene, &id).await, ("corrected".to_owned(), json!("8518.30.00.90")));
    scene.close().await;
}

#[tokio::test]
async fn a_typed_code_is_checked_and_a_wrong_one_is_refused() {
    let (scene, id) = at_result("zqx wvk").await;
    assert!(scene.all("#confirm").await.is_empty(), "there is no code to confirm");
    scene.click("#correct").await;
    let attempt = async |typed: &str, sentence: &str| {
        scene.fill("#right-code", typed).await;
        press(&scene, Key::Enter).await;
        scene.sees("#right-code-problem", sentence).await;
    };
    attempt("8518", "A code has 6, 8 or 10 digits").await;
    attempt("8518.3", "A code has 6, 8 or 10 digits").await;
    attempt("9999.99", "9999 99 is not in this service's tariff.").await;
    let typed = scene.value("#right-code").await;
    assert_eq!(typed, json!("9999.99"), "what was typed stays");
    stop_clock(&scene).await;
    scene.fill("#right-code", "8518 30 00").await;
    press(&scene, Key::Enter).await;
    scene.sees("#undo-bar", "Code given: 8518 30 00").await;
    // It is a code like any other, and its detail shows who gave it.
    scene.appears(".segments[data-code='85183000']").await;
    scene.sees("#decided", "Decided by a person; no code was proposed.").await;
    scene.sees(".covers", "eadphones").await;
    scene.sees("#reasoning h2", "Why no code was found").await;
    scene.appears(".to-calculator a[href*='code=85183000']").await;
    assert!(scene.all("#failed").await.is_empty());
    pass(&scene).await;
    assert_eq!(recorded(&scene, &id).await, ("corrected".to_owned(), json!("8518.30.00")));
    scene.close().await;
}

#[tokio::test]
async fn a_reload_inside_the_undo_window_loses_nothing() {
    let (scene, id) = at_result("leather wallet").await;
    stop_clock(&scene).await;
    press(&scene, "c").await;
    scene.appears("#review .undo").await;
    scene.keeps("verdicts", &id, true).await;
    scene.browser.refresh().await.expect("reloaded");
    assert_eq!(recorded(&scene, &id).await.0, "confirmed");
    scene.close().await;
}

#[tokio::test]
async fn a_verdict_waits_for_the_connection() {
    let (mut scene, id) = at_result("leather wallet").await;
    scene.server.kill();
    scene.run("dispatchEvent(new Event('offline'))", vec![]).await;
    scene.appears("#offline").await;
    press(&scene, "c").await;
    scene.sees("#undo-bar", "Not sent yet: no connection").await;
    // It was never sent, so it can still be undone.
    scene.appears("#undo-bar .undo").await;
    scene.server.restart(&[]);
    scene.vanishes("#undo-bar.shown").await;
    assert_eq!(recorded(&scene, &id).await.0, "confirmed");
    scene.sees("#review .said", "Confirmed on ").await;
    scene.close().await;
}

#[tokio::test]
async fn another_tab_shows_a_verdict_and_can_take_it_back() {
    let (scene, id) = at_result("leather wallet").await;
    let first = scene.browser.window().await.expect("a tab");
    // An hour ahead, so that the other tab finds the verdict within its time to undo.
    scene.run("const now = Date.now() + 3600000; Date.now = () => now", vec![]).await;
    press(&scene, "c").await;
    scene.appears("#review .undo").await;
    let tab = scene.browser.new_tab().await.expect("a tab");
    scene.browser.switch_to_window(tab.clone()).await.expect("there");
    scene.sign_in().await;
    scene.go(&format!("/classifications/{id}")).await;
    scene.sees("#review .said", "Confirmed").await;
    press(&scene, "z").await;
    scene.appears("#confirm").await;
    scene.browser.switch_to_window(first).await.expect("back");
    pass(&scene).await;
    scene.appears("#confirm").await;
    scene.browser.switch_to_window(tab).await.expect("there");
    assert_eq!(verdict(&scene, &id).await, Value::Null);
    scene.close().await;
}

#[tokio::test]
async fn a_verdict_is_not_sent_with_the_key_of_another() {
    let (scene, id) = at_result("leather wallet").await;
    stop_clock(&scene).await;
    press(&scene, "c").await;
    scene.appears("#review .undo").await;
    scene.click("#sign-out").await;
    let other = scene.server.key_of("Quay Traders", &["--rate-limit", "10000"]);
    scene.enter_key(&other).await;
    scene.sees(".organization", "Quay Traders").await;
    pass(&scene).await;
    // The other tab's own verdict was sent, so there was time for this one.
    let theirs = classified(&scene, &["leather wallet"]).await.remove(0);
    scene.go(&format!("/classifications/{theirs}")).await;
    may_judge(&scene).await;
    press(&scene, "c").await;
    recorded(&scene, &theirs).await;
    scene.click("#sign-out").await;
    scene.enter_key(&scene.key).await;
    scene.sees(".organization", "Harbour Imports").await;
    assert_eq!(recorded(&scene, &id).await.0, "confirmed");
    scene.close().await;
}

#[tokio::test]
async fn a_refused_request_is_sent_when_the_service_says() {
    let service = Service::start();
    let (refuses, tries) = (Arc::new(AtomicBool::new(true)), Arc::new(AtomicU64::new(0)));
    let (is_refused, count) = (Arc::clone(&refuses), Arc::clone(&tries));
    service.answers_by(move |method, _| {
        if method == "POST" {
            count.fetch_add(1, Ordering::SeqCst);
            if is_refused.load(Ordering::SeqCst) {
                let body = json!({"success": false, "message": "Wait."}).to_string();
                return (429, "retry-after: 2\r\n".to_owned(), body);
            }
            return (200, String::new(), "{}".to_owned());
        }
        let body = json!({"success": true, "data": {"id": "1", "status": "completed",
            "hs_code": {"code_6": "7323.93", "code_8": "7323.93.00"}}});
        (200, String::new(), body.to_string())
    });
    let scene = service.scene("en-GB", "Overview").await;
    scene.go("/classifications/1").await;
    may_judge(&scene).await;
    press(&scene, "c").await;
    scene.sees("#undo-bar", "Not sent yet").await;
    refuses.store(false, Ordering::SeqCst);
    scene.vanishes("#undo-bar.shown").await;
    assert!(tries.load(Ordering::SeqCst) > 1);
    scene.sees("#review .said", "Confirmed").await;
    scene.close().await;
}
