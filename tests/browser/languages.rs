//! Tests of English and Dutch.

use serde_json::json;

use crate::scene::Scene;

#[tokio::test]
async fn a_dutch_browser_gets_a_dutch_dashboard_and_dutch_reasons() {
    let scene = Scene::open_with(&[], "nl-NL").await;
    scene.go("/").await;
    scene.sees("h1", "Aanmelden").await;
    scene.enter_key(&scene.key).await;
    scene.sees("h1", "Overzicht").await;
    scene.classify("katoenen T-shirt, heren, ronde hals").await;
    scene.sees(".code-hero", "6109").await;
    scene.sees("#reasoning", "wijzen op").await;
    assert_eq!(scene.run("return document.documentElement.lang", vec![]).await, json!("nl"));
    scene.close().await;
}

#[tokio::test]
async fn the_choice_of_language_is_kept() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.click(".switch button[lang=nl]").await;
    scene.sees("h1", "Overzicht").await;
    scene.browser.refresh().await.expect("reloaded");
    scene.sees("h1", "Overzicht").await;
    assert_eq!(scene.run("return document.title", vec![]).await, json!("Overzicht · Import8"));
    scene.close().await;
}
