//! Tests of the command palette and the keyboard shortcuts.

use serde_json::json;
use thirtyfour::{Key, TypingData};

use crate::history::classified;
use crate::scene::Scene;

/// Presses keys at the focused element.
async fn press(scene: &Scene, keys: impl Into<TypingData>) {
    scene.browser.action_chain().send_keys(keys).perform().await.expect("keys");
}

/// Presses Control and K.
async fn summon(scene: &Scene) {
    let keys = scene.browser.action_chain().key_down(Key::Control).send_keys("k").key_up(Key::Control);
    keys.perform().await.expect("keys");
}

async fn open(scene: &Scene) {
    summon(scene).await;
    scene.appears("#palette:focus").await;
}

#[tokio::test]
async fn it_leads_to_pages_products_and_codes() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    let ids = classified(&scene, &["stainless steel vacuum bottle", "leather wallet"]).await;
    scene.browser.refresh().await.expect("a reload");
    scene.sees("h1", "Overview").await;
    open(&scene).await;
    // Before anything is typed: recent products, and every page.
    scene.sees("[aria-selected=true]", "leather wallet").await;
    scene.sees("[role=listbox]", "Settings").await;
    // A synonym in the other language.
    press(&scene, "sleutel").await;
    scene.sees("[aria-selected=true]", "API keys").await;
    press(&scene, Key::Enter + "").await;
    scene.sees("h1", "API keys").await;
    assert!(scene.all("dialog").await.is_empty());
    open(&scene).await;
    press(&scene, "vacuum").await;
    scene.sees("[aria-selected=true]", "stainless steel vacuum bottle").await;
    press(&scene, Key::Enter + "").await;
    scene.sees("h1", "stainless steel vacuum bottle").await;
    assert_eq!(scene.path().await, format!("/classifications/{}", ids[0]));
    // A code in any notation; then the second of two entries, with wrap-around.
    open(&scene).await;
    press(&scene, "9617.00.00.00").await;
    scene.sees("[aria-selected=true]", "Duty rates of 9617 00 00 00").await;
    press(&scene, Key::Down + "").await;
    scene.sees("[aria-selected=true]", "Landed cost of").await;
    press(&scene, Key::Down + "").await;
    scene.sees("[aria-selected=true]", "stainless steel vacuum bottle").await;
    press(&scene, Key::Down + "").await;
    scene.sees("[aria-selected=true]", "Products under 9617").await;
    press(&scene, Key::Down + "").await;
    scene.sees("[aria-selected=true]", "Search the history").await;
    press(&scene, Key::Down + "").await;
    scene.sees("[aria-selected=true]", "Duty rates of").await;
    press(&scene, Key::Enter + "").await;
    scene.sees("h1", "Duty rates").await;
    scene.sees("main", "9617 00 00 00").await;
    // Words of the tariff.
    open(&scene).await;
    press(&scene, "vacuum flasks").await;
    scene.sees("[role=option] .detail", "9617").await;
    press(&scene, "zzqx").await;
    scene.sees("[role=listbox]", "Search the history for “vacuum flaskszzqx”").await;
    press(&scene, Key::Enter + "").await;
    scene.sees("h1", "History").await;
    assert_eq!(
        scene.run("return new URLSearchParams(location.search).get('q')", vec![]).await,
        "vacuum flaskszzqx"
    );
    scene.close().await;
}

#[tokio::test]
async fn it_acts_at_once_and_gives_the_focus_back() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.click("nav a[href='/classify']").await;
    scene.fill("#description", "half a word").await;
    // It opens from within a field; Escape returns to the field with its text.
    open(&scene).await;
    press(&scene, Key::Escape + "").await;
    scene.vanishes("dialog").await;
    scene.focuses("description").await;
    let typed = scene.run("return document.activeElement.value", vec![]).await;
    assert_eq!(typed, json!("half a word"));
    open(&scene).await;
    press(&scene, "dark theme").await;
    press(&scene, Key::Enter + "").await;
    scene.vanishes("dialog").await;
    assert_eq!(scene.run("return document.documentElement.dataset.theme", vec![]).await, "dark");
    // The typed text survives a change of language.
    open(&scene).await;
    press(&scene, "nederlands").await;
    press(&scene, Key::Enter + "").await;
    scene.sees("nav", "Geschiedenis").await;
    assert_eq!(scene.value("#description").await, json!("half a word"));
    scene.click("#open-palette").await;
    scene.appears("#palette:focus").await;
    press(&scene, "afmelden").await;
    press(&scene, Key::Enter + "").await;
    scene.appears("#key").await;
    // Without a key there is no page to go to.
    summon(&scene).await;
    assert!(scene.all("dialog").await.is_empty());
    assert_eq!(scene.run("return [sessionStorage['import8.key']]", vec![]).await, json!([null]));
    scene.close().await;
}

#[tokio::test]
async fn the_keys_are_shown_and_switched_off() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.sees("h1", "Overview").await;
    press(&scene, "?").await;
    scene.sees("dialog h2", "Keyboard shortcuts").await;
    scene.sees("dialog", "Undo the last review").await;
    // Keys do nothing on the screen below.
    press(&scene, "/").await;
    assert!(scene.all("#palette").await.is_empty());
    scene.click("dialog .switch button:nth-child(2)").await;
    scene.appears("dialog [data-off=true]").await;
    press(&scene, Key::Escape + "").await;
    scene.vanishes("dialog").await;
    press(&scene, "?").await;
    // A key with Control is no single-key shortcut.
    open(&scene).await;
    press(&scene, "shortcuts").await;
    scene.sees("[aria-selected=true]", "Keyboard shortcuts").await;
    press(&scene, Key::Enter + "").await;
    scene.sees("dialog h2", "Keyboard shortcuts").await;
    scene.click("dialog .switch button:nth-child(1)").await;
    scene.vanishes("dialog [data-off=true]").await;
    scene.click("dialog .block-head button").await;
    scene.vanishes("dialog").await;
    // On a screen with a search field, the slash focuses that field.
    scene.click("nav a[href='/classifications']").await;
    scene.sees("h1", "History").await;
    scene.appears("main [data-search]").await;
    scene.run("document.activeElement.blur()", vec![]).await;
    press(&scene, "/").await;
    scene.appears("main [data-search]:focus").await;
    assert!(scene.all("dialog").await.is_empty());
    scene.click("nav a[href='/settings']").await;
    scene.sees("h1", "Settings").await;
    press(&scene, "/").await;
    scene.appears("#palette:focus").await;
    scene.close().await;
}

#[tokio::test]
async fn it_says_what_it_could_not_ask() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    let lose = "const own = window.fetch; window.fetch = (request) => String(request.url ?? request).includes('/v1/') ? Promise.reject(new TypeError('gone')) : own.call(window, request)";
    scene.run(lose, vec![]).await;
    open(&scene).await;
    scene.sees(".palette-note", "Products and codes could not be searched just now").await;
    press(&scene, "hist").await;
    scene.sees("[aria-selected=true]", "History").await;
    press(&scene, "xq").await;
    scene.sees(".commands", "Search the history for “histxq”").await;
    scene.close().await;
}
