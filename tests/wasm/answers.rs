//! Tests of the responses that count as answers of the API, and of those from something between it and the browser.

use import8_api::{ClassifyRequest, Feedback, FeedbackStatus};
use import8_dashboard::api::{ApiError, Client};
use js_sys::{Function, Reflect, global};
use wasm_bindgen_test::wasm_bindgen_test;

/// Replaces `fetch`: every request from now on gets this response.
fn answers(status: u16, body: &str) {
    let text = format!("return Promise.resolve(new Response({body:?}, {{ status: {status} }}))");
    Reflect::set(&global(), &"fetch".into(), &Function::new_no_args(&text)).expect("a fetch");
}

/// The result of each kind of call that changes something.
async fn outcomes() -> [(&'static str, Result<(), ApiError>); 4] {
    let client = Client::new(None, "en", |_| None, |_| {});
    let verdict = Feedback { status: FeedbackStatus::Confirmed, corrected_code: None };
    [
        ("a verdict", client.review("7", &verdict).await.map(drop)),
        ("a removal", client.remove_webhook().await),
        ("a revocation", client.revoke_api_key("7").await),
        ("a product", client.classify(&ClassifyRequest::default(), Some("key")).await.map(drop)),
    ]
}

#[wasm_bindgen_test]
async fn what_is_no_answer_of_the_api_is_not_known() {
    let check = async |status: u16, body: &str, is_uncertain: bool| {
        answers(status, body);
        for (what, outcome) in outcomes().await {
            let error = outcome.expect_err(what);
            assert_eq!(error.is_uncertain(), is_uncertain, "{what}: {status} {body:?} is {error:?}");
        }
    };
    for foreign in ["", "<!DOCTYPE html><title>Sign in</title>", "null", "[true]", r#"{"success": false}"#] {
        check(200, foreign, true).await;
        check(202, foreign, true).await;
    }
    for status in [401, 404, 422] {
        check(status, "<html>Blocked</html>", true).await;
        check(status, "", true).await;
        check(status, r#"{"success": false, "message": "No."}"#, false).await;
    }
    check(302, "", true).await;
    check(502, "<html>Bad gateway</html>", true).await;
}

#[wasm_bindgen_test]
async fn what_the_api_has_done_is_done() {
    answers(200, r#"{"success": true, "message": "Done."}"#);
    let [verdict, removal, revocation, product] = outcomes().await;
    assert_eq!([verdict.1, removal.1, revocation.1], [Ok(()), Ok(()), Ok(())]);
    assert!(matches!(product.1, Err(ApiError::Unreadable(_))), "it has no identifier");
    // The response body of a verdict is not documented.
    answers(200, "{}");
    let [verdict, removal, ..] = outcomes().await;
    assert_eq!(verdict.1, Ok(()));
    assert!(removal.1.is_err_and(|error| error.is_uncertain()));
}
