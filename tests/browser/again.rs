//! Tests of a key that is refused for a moment, as by a service that restarts: stopped work continues when the person
//! says so.

use serde_json::{Value, json};

use crate::batches::draft;
use crate::history::classified;
use crate::scene::Scene;

/// Script: while `window.refuses` is set, requests that change something are answered 401. `window.refused` counts
/// them.
const REFUSE: &str = "const real = window.fetch; window.refuses = true; window.refused = 0;
    window.fetch = async (...a) => {
        if (!window.refuses || a[0].method !== 'POST') return real(...a);
        window.refused++;
        return new Response('{\"success\": false, \"message\": \"Unauthenticated.\"}', { status: 401 }) }";

async fn refused(scene: &Scene) -> Option<u64> {
    scene.run("return window.refused", vec![]).await.as_u64()
}

#[tokio::test]
async fn batches_and_verdicts_go_on_with_the_same_key() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    let id = classified(&scene, &["leather wallet"]).await.remove(0);
    scene.click("nav a[href='/batches']").await;
    scene.run(REFUSE, vec![]).await;
    draft(&scene, "one.csv", "description\nSteel bottle\n").await;
    scene.click("#start").await;
    scene.sees(".in-the-way", "no longer accepts the key").await;
    assert_eq!(refused(&scene).await, Some(1), "and is not asked again by itself");
    // The key may be refused once more.
    scene.click("#try-key-again").await;
    scene.until("it is tried again", async || refused(&scene).await >= Some(2)).await;
    scene.sees(".in-the-way", "no longer accepts the key").await;
    scene.run("window.refuses = false", vec![]).await;
    scene.click("#try-key-again").await;
    scene.sees(".how-far .number", "1 of 1").await;
    assert_eq!(scene.credits().await, 28, "one for each product");

    scene.run("window.refuses = true; window.refused = 0", vec![]).await;
    scene.click("nav a[href='/classifications']").await;
    scene.click(&format!("a[href='/classifications/{id}']")).await;
    scene.click("#confirm").await;
    // The time to undo is over.
    scene.run("const now = Date.now() + 10000; Date.now = () => now", vec![]).await;
    scene.sees("#undo-bar", "the key is no longer accepted").await;
    scene.run("window.refuses = false", vec![]).await;
    scene.click("#send-again").await;
    scene.vanishes("#send-again").await;
    scene.sees("#review .said", "Confirmed on").await;
    let result = scene.call("GET", &format!("/v1/classifications/{id}"), Value::Null).await;
    assert_eq!(result["data"]["feedback"]["status"], json!("confirmed"));
    scene.close().await;
}
