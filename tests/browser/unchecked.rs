//! A correction to a code that the service's tariff does not have: the person may know better.

use serde_json::{Value, json};

use crate::history::{call, classified};
use crate::scene::Scene;

#[tokio::test]
async fn a_code_that_the_service_does_not_know_can_be_given_unchecked() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    let id = classified(&scene, &["leather wallet"]).await.remove(0);
    scene.go(&format!("/classifications/{id}")).await;
    scene.click("#correct").await;
    let field = "#right-code";
    scene.fill(field, "0101 21 00 00").await;
    scene.click(".right-code button").await;
    scene.sees("#right-code-problem", "0101 21 00 00 is not known to the tariff of this service.").await;
    scene.sees("#right-code-problem", "It could not be checked").await;
    // Another code is checked anew.
    scene.fill(field, "0101 21").await;
    scene.sees(".right-code button", "Use this code").await;
    scene.click(".right-code button").await;
    scene.sees("#right-code-problem", "0101 21 is not known").await;
    scene.sees(".right-code button", "Use it unchecked").await;
    scene.click(".right-code button").await;
    scene.sees("#review .said", "Corrected to 0101 21").await;
    scene.run("const now = Date.now() + 10000; Date.now = () => now", vec![]).await;
    scene.sees("#review .said", "Corrected to 0101 21 on").await;
    let result = call(&scene, "GET", &format!("/v1/classifications/{id}"), Value::Null).await;
    assert_eq!(result["data"]["decided"]["code"], json!("0101.21"));
    scene.close().await;
}
