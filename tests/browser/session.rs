//! Tests of signing in and out.

use serde_json::json;

use crate::scene::Scene;

#[tokio::test]
async fn a_wrong_key_is_refused_and_a_right_one_opens() {
    let scene = Scene::open().await;
    scene.go("/").await;
    scene.sees("h1", "Sign in").await;
    scene.click("form button[type=submit]").await;
    scene.sees("#problem", "Paste your API key").await;
    scene.enter_key("c8_wrong_wrong_wrong").await;
    scene.sees("#problem", "does not accept this key").await;
    scene.focuses("problem").await;
    assert_eq!(scene.value("#key").await, json!("c8_wrong_wrong_wrong"));
    assert_eq!(scene.run("return sessionStorage.length", vec![]).await, json!(0));
    scene.enter_key(&scene.key).await;
    scene.sees("h1", "Overview").await;
    scene.sees("#credits", "30 credits").await;
    scene.sees(".organization", "Harbour Imports").await;
    scene.sees(".health", "API operational").await;
    scene.close().await;
}

#[tokio::test]
async fn a_reload_keeps_the_session_and_signing_out_ends_it() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.browser.refresh().await.expect("reloaded");
    scene.sees("h1", "Overview").await;
    scene.sees("#credits", "30 credits").await;
    scene.click("nav a[href='/classify']").await;
    scene.fill("#description", "leather wallet").await;
    scene.click("#sign-out").await;
    scene.sees("h1", "Sign in").await;
    assert_eq!(scene.run("return sessionStorage.length", vec![]).await, json!(0));
    scene.enter_key(&scene.key).await;
    scene.click("nav a[href='/classify']").await;
    scene.appears("#description").await;
    let typed = scene.value("#description").await;
    assert_eq!(typed, "", "what the last person typed is not the next one's");
    scene.click("#sign-out").await;
    scene.sees("h1", "Sign in").await;
    scene.browser.refresh().await.expect("reloaded");
    scene.sees("h1", "Sign in").await;
    scene.close().await;
}

#[tokio::test]
async fn a_deep_link_waits_for_the_key() {
    let scene = Scene::open().await;
    scene.go("/classifications").await;
    scene.enter_key(&scene.key).await;
    scene.sees("h1", "History").await;
    assert_eq!(scene.path().await, "/classifications");
    scene.close().await;
}

#[tokio::test]
async fn the_key_is_in_session_storage_and_nowhere_else() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.classify("leather wallet").await;
    let kept = scene.run("return JSON.stringify(sessionStorage)", vec![]).await.to_string();
    assert!(kept.contains(&scene.key), "the search itself works");
    let elsewhere = "return [location.href, document.title, document.cookie, JSON.stringify(localStorage), \
                     document.documentElement.outerHTML, performance.getEntries().map(e => e.name).join()].join()";
    let elsewhere = scene.run(elsewhere, vec![]).await.to_string();
    assert!(!elsewhere.contains(&scene.key));
    scene.close().await;
}
