//! Tests of the tariff to browse and search, with the built-in tariff.

use serde_json::json;

use crate::scene::{Scene, Screen, Server};

/// The rows that are open, as the person sees them.
const OPEN: &str = "return [...document.querySelectorAll('#tree [aria-expanded=true]')]
    .map(button => button.closest('li').id)";

/// The row that has the focus.
const FOCUSED: &str = "return document.activeElement.closest('li')?.id ?? null";

/// Presses a key where the focus is.
async fn press(scene: &Scene, key: &str) {
    let script = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown',
        { key: arguments[0], bubbles: true, cancelable: true }))";
    scene.run(script, vec![json!(key)]).await;
}

#[tokio::test]
async fn the_tree_opens_level_by_level_and_the_address_keeps_the_row() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.click("nav a[href='/tariff']").await;
    scene.sees("h1", "Tariff").await;
    scene.sees("#row-XVI", "XVI").await;
    assert_eq!(scene.all("#tree > ul > li").await.len(), 21);
    scene.click("#row-XVI > .branch button").await;
    scene.click("#row-85 > .branch button").await;
    scene.click("#row-8518 > .branch button").await;
    scene.sees("#row-851830", "8518 30").await;
    assert_eq!(scene.run("return location.search", vec![]).await, json!("?code=8518"));
    // A link to a row opens all rows above it, with those beside them.
    scene.go("/tariff?code=8518.30.00").await;
    scene.appears("#row-85183000 > .branch[aria-current]").await;
    scene.sees("#row-8518300090", "declarable").await;
    assert_eq!(
        scene.run(OPEN, vec![]).await,
        json!(["row-XVI", "row-85", "row-8518", "row-851830", "row-85183000"])
    );
    scene.appears("#row-8501").await;
    // Each code leads to its page, which leads back.
    scene.click("#row-8518300090 a").await;
    scene.sees("#mfn .number", "0\u{a0}%").await;
    scene.click("#to-tree").await;
    scene.appears("#row-8518300090 > .branch[aria-current]").await;
    // The address is written with the code that the tariff lacks.
    scene.go("/tariff?code=8599").await;
    scene.sees("#no-row", "8599").await;
    scene.appears("#row-I").await;
    scene.close().await;
}

#[tokio::test]
async fn arrow_keys_move_over_the_rows_and_open_them() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.go("/tariff?code=85").await;
    scene.appears("#row-8518").await;
    scene.run("document.querySelector('#row-8517 .stop').focus()", vec![]).await;
    for (key, row) in [("ArrowDown", "row-8518"), ("ArrowRight", "row-8518")] {
        press(&scene, key).await;
        assert_eq!(scene.run(FOCUSED, vec![]).await, json!(row), "{key}");
    }
    scene.appears("#row-851810").await;
    for (key, row) in [
        ("ArrowRight", "row-851810"),
        ("ArrowUp", "row-8518"),
        ("ArrowDown", "row-851810"),
        ("ArrowLeft", "row-8518"),
        ("ArrowLeft", "row-8518"),
        ("ArrowLeft", "row-85"),
    ] {
        press(&scene, key).await;
        assert_eq!(scene.run(FOCUSED, vec![]).await, json!(row), "{key}");
    }
    scene.vanishes("#row-851810").await;
    scene.close().await;
}

#[tokio::test]
async fn a_search_finds_rows_of_every_level_and_leads_into_the_tree() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.go("/tariff").await;
    scene.fill("#seek", "headphones").await;
    scene.sees("#tariff-rows li:first-child", "8518 30").await;
    // The rows above it tell where it stands.
    scene.sees("#tariff-rows li:first-child small", "›").await;
    scene.click("#tariff-rows li:first-child button").await;
    scene.appears("#row-851830 > .branch[aria-current]").await;
    assert_eq!(scene.run("return location.search", vec![]).await, json!("?code=851830"));
    assert_eq!(scene.run("return document.querySelector('#seek').value", vec![]).await, json!(""));
    scene.fill("#seek", "851").await;
    scene.sees("#tariff-rows li:first-child", "8510").await;
    scene.fill("#seek", "xqzzv").await;
    scene.sees("#seek-status", "xqzzv").await;
    scene.close().await;
}

#[tokio::test]
async fn it_fits_a_phone_in_the_dark() {
    let scene = Scene::on(Screen::DarkPhone, Server::start(&[]), "nl-NL").await;
    scene.go("/").await;
    scene.enter_key(&scene.key).await;
    scene.sees("h1", "Overzicht").await;
    scene.go("/tariff?code=0201300000").await;
    scene.sees("h1", "Tarief").await;
    scene.appears("#row-0201300000 > .branch[aria-current]").await;
    scene.fits().await;
    scene.close().await;
}
