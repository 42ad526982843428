//! Classifying one product, from the form to its code.

use serde_json::json;

use crate::scene::Scene;

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
    // A double wall alone makes no vacuum flask: the boundary is part of the reasons.
    scene.sees("#reasoning", "9617").await;
    scene.sees("#path", "Heading 7323").await;
    scene.appears("#alternatives li").await;
    scene.sees("#credits", "29 credits").await;
    let path = scene.path().await;
    assert!(path.starts_with("/classifications/"), "{path}");
    scene.browser.refresh().await.expect("reloaded");
    scene.sees(".code-hero", "7323").await;
    scene.click("nav a[href='/classifications']").await;
    scene.sees(".rows", "Stainless steel water bottle").await;
    scene.close().await;
}

#[tokio::test]
async fn a_pending_result_waits_survives_a_reload_and_completes() {
    let scene = Scene::open_with(&["--classify-delay", "6000"], "en-GB").await;
    scene.sign_in().await;
    scene.click("nav a[href='/classify']").await;
    scene.fill("#description", "leather wallet").await;
    scene.click("form button[type=submit]").await;
    scene.sees("#pending", "Being classified").await;
    scene.browser.refresh().await.expect("reloaded");
    scene.sees("#pending", "so far").await;
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
    assert_eq!(scene.run("return document.activeElement.id", vec![]).await, json!("problems"));
    scene.sees("#description-problem", "Describe the product in words.").await;
    scene.sees("#goods_value-problem", "Enter an amount such as").await;
    scene.sees("#quantity-problem", "whole number").await;
    scene.click("#problems li:nth-child(2) a").await;
    assert_eq!(scene.run("return document.activeElement.id", vec![]).await, json!("goods_value"));
    // Looking elsewhere, or in another language, loses nothing.
    scene.fill("#description", "leather wallet").await;
    scene.click("nav a[href='/classifications']").await;
    scene.sees("h1", "History").await;
    scene.click("nav a[href='/classify']").await;
    scene.click(".switch button[lang=nl]").await;
    scene.sees("h1", "Een product indelen").await;
    assert_eq!(
        scene.run("return document.querySelector('#description').value", vec![]).await,
        json!("leather wallet")
    );
    assert_eq!(scene.run("return document.querySelector('#goods_value').value", vec![]).await, json!("ten"));
    scene.close().await;
}

#[tokio::test]
async fn a_product_that_no_word_leads_to_fails_with_its_reason_and_its_credit_back() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.click("nav a[href='/classify']").await;
    scene.fill("#description", "xqzzv qqwfp").await;
    scene.click("form button[type=submit]").await;
    scene.sees("#failed", "The credit was given back").await;
    scene.sees("#credits", "30 credits").await;
    scene.close().await;
}

#[tokio::test]
async fn nobody_asks_while_nobody_looks() {
    let scene = Scene::open_with(&["--classify-delay", "15000"], "en-GB").await;
    scene.sign_in().await;
    scene.click("nav a[href='/classify']").await;
    scene.fill("#description", "leather wallet").await;
    scene.click("form button[type=submit]").await;
    scene.appears("#pending").await;
    let look = "const hide = arguments[0]; Object.defineProperty(document, 'hidden', {configurable: true, get: () => hide}); \
                dispatchEvent(new Event('visibilitychange'))";
    let asked = async || {
        let count = "return performance.getEntriesByType('resource').filter(e => /classifications.[0-9a-f-]{36}/.test(e.name)).length";
        scene.run(count, vec![]).await.as_u64().expect("a count")
    };
    let wait = async |seconds| tokio::time::sleep(std::time::Duration::from_secs(seconds)).await;
    // Seen: it asks.
    let first = asked().await;
    while asked().await <= first {
        wait(1).await;
    }
    // Hidden: what is on its way arrives, and then nothing more is asked.
    scene.run(look, vec![json!(true)]).await;
    wait(1).await;
    let hidden = asked().await;
    wait(6).await;
    assert_eq!(asked().await, hidden);
    // Seen again: it goes on, and finds the result.
    scene.run(look, vec![json!(false)]).await;
    scene.sees(".code-hero", "4202").await;
    scene.close().await;
}
