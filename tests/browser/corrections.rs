//! Tests of corrections: in the filled file of a batch, and to codes that the service's tariff does not contain.

use serde_json::{Value, json};

use crate::batches::draft;
use crate::files::{text_file, watch_files};
use crate::history::classified;
use crate::scene::Scene;

/// A product that gets a code, and one that gets none.
const SHOP: &str = "\
Artikelnr;Omschrijving;Land van oorsprong;Stukprijs;Aantal
001;Drinkfles roestvrij staal 750 ml;China;25,00;100
002;xqzzv qqwfp;China;25,00;100
";

#[tokio::test]
async fn a_file_has_the_codes_that_were_given_after_it_was_classified() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    draft(&scene, "shop.csv", SHOP).await;
    scene.click("#start").await;
    scene.sees(".how-far", "No code 1").await;
    scene.appears("#retry-failed").await;
    // By another client, while this page is open.
    let rows = scene.ask(&scene.key, "GET", "/v1/classifications", None).await;
    for (row, code) in [("xqzzv", "8518300090"), ("Drinkfles", "9617000000")] {
        let all = rows["data"].as_array().expect("rows");
        let row =
            all.iter().find(|one| one["product_summary"].as_str().is_some_and(|name| name.contains(row)));
        let path =
            format!("/v1/classifications/{}/feedback", row.expect("a row")["id"].as_str().expect("an id"));
        let verdict = json!({"status": "corrected", "corrected_code": code});
        scene.ask(&scene.key, "POST", &path, Some(verdict)).await;
    }
    watch_files(&scene).await;
    scene.click("#get-file").await;
    let tick = "[...document.querySelectorAll('#fill label')].find(one => one.innerText.trim() === arguments[0]).click()";
    for column in ["Proposed code", "Decided by"] {
        scene.sees("#fill label", column).await;
        scene.run(tick, vec![json!(column)]).await;
    }
    scene.click("#download").await;
    scene.sees("#fill-outcome", "Saved as shop-classified.csv").await;
    let filled = text_file(&scene).await;
    let titles: Vec<_> = filled.lines().next().expect("titles").split(';').collect();
    let cell = |begin: &str, title: &str| {
        let at = titles.iter().position(|own| *own == title).unwrap_or_else(|| panic!("{title}: {filled}"));
        let row = filled.lines().find(|line| line.starts_with(begin)).expect(begin);
        row.split(';').nth(at).expect(title).trim_matches('\'').to_owned()
    };
    assert_eq!(cell("001", "TARIC code, 10 digits"), "9617.00.00.00");
    assert_eq!(cell("001", "CN code, digits only"), "96170000");
    assert_eq!(cell("001", "Proposed code"), "7323.93.00");
    assert_eq!(
        (cell("001", "Decided by"), cell("001", "Code description")),
        ("a person".to_owned(), String::new())
    );
    assert_eq!(cell("002", "TARIC code, 10 digits"), "8518.30.00.90");
    assert_eq!((cell("002", "Result"), cell("002", "Proposed code")), ("Done".to_owned(), String::new()));
    // Its landed cost is that under the corrected code.
    let asked = json!({"hs_code": "9617000000", "origin_country": "CN", "destination_country": "NL", "value": 2500, "currency": "EUR"});
    let cost = scene.ask(&scene.key, "POST", "/v1/landed-cost", Some(asked)).await;
    let total: f64 = cell("001", "Landed cost").replace(',', ".").parse().expect("a number");
    assert_eq!(cost["data"]["total_landed_cost"].as_f64(), Some(total), "{cost}");
    // The screen shows the same, and nothing is left to be retried.
    scene.sees("#products .code", "9617 00 00 00").await;
    scene.sees("#products s", "7323 93 00").await;
    scene.sees(".how-far .legend", "Ready 2").await;
    scene.vanishes("#retry-failed").await;
    scene.close().await;
}

#[tokio::test]
async fn a_code_that_the_service_does_not_know_can_be_given_unchecked() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    let id = classified(&scene, &["leather wallet"]).await.remove(0);
    scene.go(&format!("/classifications/{id}")).await;
    scene.click("#correct").await;
    let field = "#right-code";
    scene.fill(field, "0101 22 00 00").await;
    scene.click(".right-code button").await;
    scene.sees("#right-code-problem", "0101 22 00 00 is not in this service's tariff.").await;
    scene.sees("#right-code-problem", "The code could not be checked").await;
    // Another code is checked again.
    scene.fill(field, "0101 22").await;
    scene.sees(".right-code button", "Use this code").await;
    scene.click(".right-code button").await;
    scene.sees("#right-code-problem", "0101 22 is not in this service's tariff").await;
    scene.sees(".right-code button", "Use without checking").await;
    scene.click(".right-code button").await;
    scene.sees("#review .said", "Corrected to 0101 22").await;
    scene.run("const now = Date.now() + 10000; Date.now = () => now", vec![]).await;
    scene.sees("#review .said", "Corrected to 0101 22 on").await;
    let result = scene.call("GET", &format!("/v1/classifications/{id}"), Value::Null).await;
    assert_eq!(result["data"]["decided"]["code"], json!("0101.22"));
    scene.close().await;
}
