//! Tests of lost answers: a request that may have been paid for is not paid for again, however its repetition is
//! answered.

use serde_json::json;

use crate::batches::draft;
use crate::drafts::answers_may_come_later;
use crate::scene::{Scene, Server};

/// Script: the first answer to a batch is lost, and every repetition is refused as `window.refusal` says.
const LOSE_AND_REFUSE: &str = "const real = window.fetch; const lost = new Set();
    window.lost = 0; window.refused = 0; window.loses = true;
    window.fetch = async (...a) => {
        const key = a[0].headers?.get('idempotency-key');
        if (!key || !a[0].url.endsWith('/v1/classify/batch')) return real(...a);
        if (lost.has(key)) { window.refused++; return new Response(window.refusal[1], { status: window.refusal[0] }) }
        const answer = await real(...a);
        if (!window.loses) return answer;
        window.loses = false; window.lost++; lost.add(key); throw new TypeError('lost') }";

/// However the repetition of a lost batch is answered, its products are found in the history and get no new keys.
#[tokio::test]
async fn a_lost_batch_whose_repetition_is_refused_is_paid_once() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.run(LOSE_AND_REFUSE, vec![]).await;
    let refusals = [
        (422, r#"{"success": false, "message": "items[1].description: is required"}"#),
        (413, "<html>Request Entity Too Large</html>"),
    ];
    for (times, (status, body)) in (1_u64..).zip(refusals) {
        scene.run("window.loses = true; window.refusal = arguments", vec![json!(status), json!(body)]).await;
        let rows: String = (0..2).map(|row| format!("Steel bottle {times}{row} litres\n")).collect();
        draft(&scene, "two.csv", &format!("description\n{rows}")).await;
        scene.click("#start").await;
        scene.sees(".how-far .number", "2 of 2").await;
        assert_eq!(scene.run("return window.lost", vec![]).await, json!(times), "the fault has fired");
        assert!(scene.run("return window.refused", vec![]).await.as_u64() >= Some(times), "and this one");
        assert_eq!(scene.credits().await, 30 - 2 * times, "{status} {body}");
    }
    let listed = scene.ask(&scene.key, "GET", "/v1/classifications?per_page=1", None).await;
    assert_eq!(listed["meta"]["total"], json!(4));
    scene.close().await;
}

/// A product that may have been accepted stays uncertain when its repetition is refused. No tab offers it while it
/// is in flight again.
#[tokio::test]
async fn a_lost_product_that_is_refused_when_it_is_sent_again_stays_uncertain() {
    let scene = Scene::with_server(Server::start(&[]), "en-GB").await;
    scene.sign_in().await;
    scene.click("nav a[href='/classify']").await;
    // `window.answer` is the network's response to a product: none, a refusal, or an endless wait.
    let faults = "const real = window.fetch; window.sent = 0; window.fetch = async (...a) => {
        if (!a[0].url?.endsWith('/v1/classify')) return real(...a);
        window.sent++;
        if (window.answer === 'never') return new Promise(() => {});
        if (window.answer) return new Response(window.answer, { status: 422 });
        throw new TypeError('lost') }";
    scene.run(faults, vec![]).await;
    scene.fill("#description", "leather wallet").await;
    scene.click("#classify button[type=submit]").await;
    scene.sees("#lost", "no credit was used").await;
    let refusal = json!(r#"{"success": false, "message": "description: is required"}"#);
    scene.run("window.answer = arguments[0]", vec![refusal]).await;
    scene.click("#lost .actions button").await;
    scene.sees("#lost", "It is not known whether “leather wallet” was accepted").await;
    scene.sees("#lost .actions", "Send again").await;
    assert_eq!(scene.run("return window.sent", vec![]).await, json!(2));
    answers_may_come_later(&scene).await;
    scene.run("window.answer = 'never'", vec![]).await;
    scene.click("#lost .actions button").await;
    scene.vanishes("#lost section").await;
    let tab = scene.browser.new_tab().await.expect("a tab");
    scene.browser.switch_to_window(tab).await.expect("there");
    scene.sign_in().await;
    scene.click("nav a[href='/classify']").await;
    scene.sees("#lost", "may still arrive").await;
    assert!(scene.all("#lost .actions").await.is_empty(), "it is not offered meanwhile");
    scene.close().await;
}

#[tokio::test]
async fn what_cannot_be_written_down_is_not_sent() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.click("nav a[href='/classify']").await;
    let full = "const real = IDBObjectStore.prototype.put; window.full = 0;
        window.make_room = () => { IDBObjectStore.prototype.put = real };
        IDBObjectStore.prototype.put = () => { window.full++; throw new DOMException('full', 'QuotaExceededError') }";
    scene.run(full, vec![]).await;
    scene.fill("#description", "leather wallet").await;
    scene.click("#classify button[type=submit]").await;
    scene.sees("#not-sent", "This browser cannot record what is sent").await;
    assert!(scene.run("return window.full", vec![]).await.as_u64() > Some(0), "the fault has fired");
    scene.sees("#credits", "30 credits").await;
    let typed = scene.value("#description").await;
    assert_eq!(typed, json!("leather wallet"));
    scene.run("window.make_room()", vec![]).await;
    scene.click("#classify button[type=submit]").await;
    scene.sees(".code-hero", "4202").await;
    scene.sees("#credits", "29 credits").await;
    scene.close().await;
}
