//! Tests of the settings and of the data stored in the browser.

use serde_json::{Value, json};

use crate::files::give;
use crate::scene::{HOLDS, Scene};

async fn root(scene: &Scene, name: &str) -> Value {
    scene.run("return document.documentElement.getAttribute(arguments[0])", vec![json!(name)]).await
}

/// Clicks an option of a choice.
async fn choose(scene: &Scene, name: &str, option: &str) {
    let press = "const group = [...document.querySelectorAll('.setting .switch')].find(group => group.ariaLabel === arguments[0]);
        [...group.children].find(button => button.innerText === arguments[1]).click()";
    scene.run(press, vec![json!(name), json!(option)]).await;
}

#[tokio::test]
async fn colours_and_room_hold_after_a_reload_and_in_other_tabs() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.click("nav a[href='/settings']").await;
    scene.appears(".setting").await;
    let background = "return getComputedStyle(document.documentElement).backgroundColor";
    let light = scene.run(background, vec![]).await;
    choose(&scene, "Theme", "Dark").await;
    choose(&scene, "Row height", "Compact").await;
    assert_eq!(
        (root(&scene, "data-theme").await, root(&scene, "data-density").await),
        (json!("dark"), json!("compact"))
    );
    assert_ne!(scene.run(background, vec![]).await, light);
    let first = scene.browser.window().await.expect("a tab");
    let second = scene.browser.new_tab().await.expect("another tab");
    scene.browser.switch_to_window(second.clone()).await.expect("there");
    scene.go("/").await;
    scene.sees("h1", "Sign in").await;
    assert_eq!(root(&scene, "data-theme").await, json!("dark"));
    scene.browser.switch_to_window(first).await.expect("back");
    choose(&scene, "Theme", "Light").await;
    scene.browser.switch_to_window(second).await.expect("there");
    let is_light = async || root(&scene, "data-theme").await == json!("light");
    scene.until("what another tab chooses holds here too", is_light).await;
    scene.browser.refresh().await.expect("reloaded");
    scene.sees("h1", "Sign in").await;
    assert_eq!(root(&scene, "data-density").await, json!("compact"));
    scene.close().await;
}

#[tokio::test]
async fn numbers_are_written_and_typed_as_chosen() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.click("nav a[href='/settings']").await;
    scene.appears(".setting").await;
    choose(&scene, "Numbers", "1.234,56").await;
    scene.sees("#appearance", "For example 1.234,56").await;
    scene.click("nav a[href='/landed-cost']").await;
    scene.fill("#code", "8518300090").await;
    scene.choose_country("#origin", "China").await;
    scene.fill("#value", "1.234,50").await;
    scene.sees(".total .number", "1.493,75").await;
    scene.close().await;
}

#[tokio::test]
async fn bands_are_what_the_person_says() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.classify("stainless steel vacuum bottle").await;
    scene.appears(".confidence").await;
    let word = scene.all(".confidence").await.remove(0);
    let percent: u8 = word.rsplit(' ').next().and_then(|percent| percent.parse().ok()).expect("a percentage");
    assert!((2..100).contains(&percent), "{word}");
    scene.click("nav a[href='/settings']").await;
    scene.fill("#strong-from", "30").await;
    scene.fill("#fair-from", "60").await;
    scene.sees("#bands-problem", "with strong above fair").await;
    scene.click("h1").await;
    let kept = "return localStorage.getItem('import8.bands')";
    assert_eq!(scene.run(kept, vec![]).await, Value::Null, "what has no order is not kept");
    scene.fill("#strong-from", &(percent + 1).to_string()).await;
    scene.fill("#fair-from", &percent.to_string()).await;
    scene.sees("#bands", &format!("strong from {}", percent + 1)).await;
    scene.click("h1").await;
    scene.click("nav a[href='/classifications']").await;
    scene.sees(".confidence", &format!("Fair · {percent}")).await;
    scene.browser.refresh().await.expect("reloaded");
    scene.sees(".confidence", &format!("Fair · {percent}")).await;
    scene.close().await;
}

#[tokio::test]
async fn everything_is_wiped_and_counted_again() {
    let scene = Scene::open_with(&HOLDS, "en-GB").await;
    scene.sign_in().await;
    scene.go("/batches/new").await;
    give(&scene, "two.csv", "description\nSteel bottle\nLeather wallet\n").await;
    scene.appears("#cost").await;
    scene.click("#start:not([disabled])").await;
    scene.sees(".how-far", "In progress 2").await;
    // Another tab of this browser, with a half-filled form.
    let first = scene.browser.window().await.expect("a tab");
    let second = scene.browser.new_tab().await.expect("another tab");
    scene.browser.switch_to_window(second.clone()).await.expect("there");
    scene.go("/classify").await;
    scene.enter_key(&scene.key).await;
    scene.fill("#description", "a product that is being described").await;
    scene.browser.switch_to_window(first).await.expect("back");
    scene.click("nav a[href='/settings']").await;
    scene.sees(".kept", "Catalogues, their files and batches").await;
    scene.click("#wipe").await;
    scene.sees("#data .confirm", "catalogues with their files and records of what was sent").await;
    scene.click("#data .confirm .danger").await;
    scene.sees("#wiped", "Everything was deleted").await;
    scene.sees("#wiped", "0 database entries, 0 settings, 0 keys").await;
    let kept = "return sessionStorage.length + localStorage.length";
    assert_eq!(scene.run(kept, vec![]).await, json!(0));
    scene.browser.switch_to_window(second).await.expect("there");
    scene.sees("h1", "Sign in").await;
    assert_eq!(scene.run(kept, vec![]).await, json!(0));
    scene.browser.refresh().await.expect("reloaded");
    scene.enter_key(&scene.key).await;
    scene.click("nav a[href='/batches']").await;
    scene.sees("main", "A catalogue in one go").await;
    scene.click("nav a[href='/classify']").await;
    scene.appears("#description").await;
    assert!(scene.all("#unfinished").await.is_empty(), "a draft has come back");
    scene.close().await;
}

#[tokio::test]
async fn the_choices_are_there_in_dutch() {
    let scene = Scene::open_with(&[], "nl-NL").await;
    scene.go("/settings").await;
    scene.enter_key(&scene.key).await;
    scene.sees("h1", "Instellingen").await;
    scene.sees("#lock", "Vergrendelen na inactiviteit").await;
    scene.sees("#data", "Gegevens in deze browser").await;
    choose(&scene, "Taal", "English").await;
    scene.sees("h1", "Settings").await;
    scene.close().await;
}
