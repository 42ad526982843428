//! Tests of the form fields: hints on the description, and the search for a country.

use serde_json::{Value, json};
use thirtyfour::Key;
use thirtyfour::prelude::*;

use crate::scene::Scene;

async fn press(scene: &Scene, css: &str, key: Key) {
    scene.browser.find(By::Css(css)).await.expect(css).send_keys(key + "").await.expect("a key");
}

#[tokio::test]
async fn the_hint_follows_the_words_and_forbids_nothing() {
    let scene = Scene::at_the_form("en-GB").await;
    let said = async || scene.all(".says [data-said=true]").await;
    assert!(said().await.is_empty());
    assert_eq!(scene.all("#description-lacks").await, [""]);
    scene.fill("#description", "spare parts").await;
    scene.sees("#description-lacks", "This could be anything.").await;
    scene.fill("#description", "shirt").await;
    scene.sees("#description-lacks", "Say what it is made of.").await;
    scene.fill("#description", "cotton shirt").await;
    scene.sees("#description-lacks", "Give the share of each fibre").await;
    // The description is examined at each key press; the text for screen readers changes only with its content.
    let watch = "window.changes = 0; new MutationObserver(list => window.changes += list.length).observe(
        document.querySelector('#description-lacks'), { childList: true, characterData: true, subtree: true })";
    scene.run(watch, vec![]).await;
    scene.fill("#description", "knitted cotton shirt for men, blue").await;
    scene.sees("#description-lacks", "Give the share of each fibre").await;
    let field = scene.browser.find(By::Css("#description")).await.expect("a field");
    scene.run("window.changes = 0", vec![]).await;
    field.send_keys(" and green").await.expect("keys");
    assert_eq!(scene.run("return window.changes", vec![]).await, json!(0));
    field.send_keys(", 100% cotton").await.expect("keys");
    scene.sees("#description-lacks", "").await;
    assert_eq!(said().await.len(), 4);
    assert!(scene.run("return window.changes", vec![]).await.as_u64() > Some(0), "the control saw nothing");
    // The hint does not block: a vague description can be sent.
    scene.fill("#description", "sample").await;
    scene.sees("#description-lacks", "This could be anything.").await;
    scene.click("form button[type=submit]").await;
    scene.appears("#pending, .code-hero, #failed").await;
    scene.close().await;
}

#[tokio::test]
async fn a_country_is_typed_by_its_name_its_code_or_its_beginning() {
    let scene = Scene::at_the_form("nl-NL").await;
    assert_eq!(scene.value("#destination_country").await, "Nederland (NL)");
    for (typed, shown) in [
        ("duitsl", "Duitsland (DE)"),
        ("cn", "China (CN)"),
        ("Germany", "Duitsland (DE)"),
        ("uk", "Verenigd Koninkrijk (GB)"),
    ] {
        scene.fill("#origin_country", typed).await;
        press(&scene, "#origin_country", Key::Tab).await;
        assert_eq!(scene.value("#origin_country").await, shown, "{typed}");
        assert!(scene.all("#origin_country-problem").await.iter().all(String::is_empty), "{typed}");
    }
    // A text that is no country is kept, and keeps the form from being sent.
    scene.fill("#description", "leren portemonnee").await;
    scene.fill("#origin_country", "Atlantis").await;
    press(&scene, "#origin_country", Key::Tab).await;
    scene.sees("#origin_country-problem", "Kies een land uit de lijst.").await;
    scene.click("form button[type=submit]").await;
    scene.sees("#problems", "Kies een land uit de lijst.").await;
    assert_eq!(scene.value("#origin_country").await, "Atlantis");
    scene.close().await;
}

#[tokio::test]
async fn an_origin_may_be_unknown_and_a_destination_may_not() {
    let scene = Scene::at_the_form("en-GB").await;
    scene.fill("#description", "leather wallet").await;
    for field in ["#origin_country", "#destination_country"] {
        scene.fill(field, "China").await;
        press(&scene, field, Key::Tab).await;
        assert_eq!(scene.value(field).await, "China (CN)");
        scene.fill(field, "").await;
        press(&scene, field, Key::Tab).await;
    }
    scene.sees("#destination_country-problem", "Choose a country from the list.").await;
    assert_eq!(scene.all("#origin_country-problem").await, [""]);
    // Ctrl + Enter takes the typed text before it sends.
    scene.fill("#destination_country", "Belg").await;
    let field = scene.browser.find(By::Css("#destination_country")).await.expect("a field");
    field.send_keys(Key::Control + Key::Enter).await.expect("keys");
    scene.sees(".code-hero", "4202").await;
    let asked = "const done = arguments[0], key = sessionStorage.getItem('import8.key'), id = location.pathname.split('/').pop();
        fetch(`/api/v1/classifications/${id}`, { headers: { authorization: `Bearer ${key}` } })
            .then(answer => answer.json()).then(answer => done(answer.data.input))";
    let input = scene.browser.execute_async(asked, vec![]).await.expect("an answer").json().clone();
    assert_eq!((&input["origin_country"], &input["destination_country"]), (&Value::Null, &json!("BE")));
    scene.close().await;
}
