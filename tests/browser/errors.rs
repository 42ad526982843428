//! Tests of errors of a service: each has its own sentence.

use crate::scene::Scene;
use crate::service::{Answer, SILENCE, Service};

async fn scene(service: &Service) -> Scene {
    service.scene("en-GB", "Overview").await
}

#[tokio::test]
async fn each_refusal_has_its_own_sentence() {
    let service = Service::start();
    let scene = scene(&service).await;
    let check = async |answer: Answer, sentences: &[&str]| {
        service.answers(answer);
        scene.go("/classifications/550e8400-e29b-41d4-a716-446655440000").await;
        for sentence in sentences {
            scene.sees(".failure", sentence).await;
        }
    };
    let message = r#"{"success": false, "message": "Something."}"#;
    check((401, "", message), &["The key is no longer accepted", "Sign out", "Try again"]).await;
    check((404, "", message), &["Your organisation has nothing at this address", "History", "Try again"])
        .await;
    check((422, "", message), &["The input was refused", "Something."]).await;
    check((429, "retry-after: 40\r\n", message), &["Too many requests", "You can try again in 3"]).await;
    check((429, "", message), &["Too many requests", "You can try again in"]).await;
    let spent = r#"{"success": false, "message": "No credits remaining."}"#;
    check((429, "", spent), &["No credits left"]).await;
    check((500, "", message), &["API error", "(500)"]).await;
    check((418, "", message), &["Status 418"]).await;
    // Something between the server and the service answers with a page, which our server does not pass on.
    check((200, "", "<html>"), &["API error", "(502)"]).await;
    check((200, "", r#"{"success": true, "data": {"id": 7}}"#), &["Unreadable answer", "data.id"]).await;
    // The client's timeout of half a minute is over in a second.
    let hasten = "const real = AbortSignal.timeout; window.limits = [];
        AbortSignal.timeout = limit => { window.limits.push(limit); return real.call(AbortSignal, limit / 30) };
        history.pushState(null, '', '/classifications/1'); dispatchEvent(new PopStateEvent('popstate'))";
    service.answers(SILENCE);
    scene.run(hasten, vec![]).await;
    scene.sees(".failure", "No answer in time").await;
    scene.sees(".failure", "longer than 30 seconds").await;
    let limits = scene.run("return window.limits", vec![]).await;
    let limits = limits.as_array().expect("limits");
    assert!(!limits.is_empty() && limits.iter().all(|limit| *limit == 30_000), "{limits:?}");
    scene.close().await;
}

#[tokio::test]
async fn a_rate_limit_counts_down_and_goes_on_by_itself() {
    let service = Service::start();
    let scene = scene(&service).await;
    service.answers((429, "retry-after: 2\r\n", r#"{"success": false, "message": "Wait."}"#));
    scene.go("/classifications").await;
    scene.sees(".failure", "Too many requests").await;
    service.answers((
        200,
        "",
        r#"{"success": true, "data": [], "meta": {"current_page": 1, "per_page": 20, "total": 0, "last_page": 1}}"#,
    ));
    scene.sees(".empty", "Nothing classified yet").await;
    scene.vanishes(".failure").await;
    scene.close().await;
}

#[tokio::test]
async fn a_refused_product_keeps_what_was_typed_and_is_sent_once() {
    let service = Service::start();
    let scene = scene(&service).await;
    scene.click("nav a[href='/classify']").await;
    let send = async |product: &str, answer: Answer, sentences: &[(&str, &str)]| {
        service.answers(answer);
        scene.fill("#description", product).await;
        scene.click("form button[type=submit]").await;
        for (css, sentence) in sentences {
            scene.sees(css, sentence).await;
        }
        let typed = scene.value("#description").await;
        assert_eq!(typed, product);
    };
    let refused = r#"{"success": false, "message": "description: too vague"}"#;
    let not_charged = ("#not-sent", "no credit was used");
    send("wallet", (422, "", refused), &[("#not-sent", "description: too vague"), not_charged]).await;
    let spent = r#"{"success": false, "message": "No credits remaining."}"#;
    send("wallet", (429, "", spent), &[("#not-sent", "No credits left"), not_charged]).await;
    assert_eq!(scene.all("#lost section").await.len(), 0, "what was refused is not lost");
    let lost = |product: &str| format!("It is not known whether “{product}” was accepted");
    let (wallet, belt) = (lost("wallet"), lost("belt"));
    send("wallet", (500, "", refused), &[("#not-sent", "API error"), ("#lost", &wallet)]).await;
    send("belt", (202, "", "{}"), &[("#not-sent", "Unreadable answer"), ("#lost", &belt)]).await;
    assert_eq!(*service.posts.lock().expect("a count"), 4, "each press sends once");
    scene.close().await;
}

#[tokio::test]
async fn documented_quirks_are_shown_as_what_they_are() {
    let service = Service::start();
    let scene = scene(&service).await;
    let check = async |body: &'static str, css: &str, text: &str| {
        service.answers((200, "", body));
        scene.go("/classifications/1").await;
        scene.sees(css, text).await;
    };
    check(
        r#"{"success": true, "data": {"id": "1", "status": "completed", "hs_code": {"code_6": "0101.21", "code_8": "0101.21.00"}}}"#,
        ".verdict .confidence",
        "not given",
    )
    .await;
    scene.sees(".code-hero", "0101").await;
    check(
        r#"{"success": true, "data": {"id": "1", "status": "on_hold", "hs_code": null, "queue_position": 7}}"#,
        ".notice",
        "on_hold",
    )
    .await;
    scene.click("#raw summary").await;
    scene.sees("#raw pre", r#""queue_position": 7"#).await;
    check(
        r#"{"success": true, "data": {"id": "1", "status": "completed", "hs_code": null, "landed_cost": {"cif_value": 2662.50, "duty": {"rate": "12.8 % + 303.4 EUR/100 kg", "amount": 0, "type": "mfn"}, "vat": {"rate": "21.00%", "amount": 559.13}, "total_landed_cost": 3221.63, "currency": "EUR"}}}"#,
        "#landed-cost",
        "€3,221.63",
    )
    .await;
    scene.sees("#landed-cost", "12.8\u{a0}% + 303.4 EUR/100 kg").await;
    // It is not claimed that a service that ignores `page` has turned the page.
    service.answers((
        200,
        "",
        r#"{"success": true, "data": [{"id": "1", "status": "completed", "hs_code": "8518.30.00", "created_at": "2026-03-03T12:00:00+00:00"}], "meta": {"current_page": 1, "per_page": 20, "total": 42, "last_page": 3}}"#,
    ));
    scene.go("/classifications").await;
    scene.sees(".pages", "Page 1 of 3").await;
    scene.click(".pages a[rel=next]").await;
    scene.sees(".notice", "you asked for page 2 and got page 1").await;
    scene.close().await;
}
