//! A hidden tab: which timers run there, and what happens when it is visible again.

use serde_json::{Value, json};

use crate::batches::draft;
use crate::review::{may_judge, press, recorded, with};
use crate::scene::Scene;

/// Watches the timers and requests of a page from its beginning. `advance` runs what waits for its time, waits until no
/// request is on its way, and tells the times that are waited for then.
const WATCH: &str = "(() => {
    const { setTimeout, setInterval, clearTimeout, fetch } = window;
    const timers = new Map();
    let onTheWay = 0;
    window.asked = [];
    const start = (real, isOnce) => (run, wait, ...more) => {
        const timer = { wait: wait ?? 0, run: () => { if (isOnce) end(id); run(...more) } };
        const id = real.call(window, () => timer.run(), wait);
        timers.set(id, timer);
        return id;
    };
    const end = (id) => { timers.delete(id); clearTimeout.call(window, id) };
    window.setTimeout = start(setTimeout, true);
    window.setInterval = start(setInterval, false);
    window.clearTimeout = window.clearInterval = end;
    window.fetch = (request, ...more) => {
        window.asked.push(new URL(request.url ?? request, location).pathname);
        onTheWay++;
        return fetch.call(window, request, ...more).finally(() => onTheWay--);
    };
    window.waits = () => [...timers.values()].map((timer) => timer.wait);
    window.advance = async () => {
        for (const [id, timer] of [...timers]) if (timers.has(id)) timer.run();
        do await new Promise((go) => setTimeout.call(window, go, 20)); while (onTheWay > 0);
        return window.waits();
    };
})()";

/// Hides the tab, or shows it again.
async fn look(scene: &Scene, is_hidden: bool) {
    let look = "const isHidden = arguments[0];
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
        dispatchEvent(new Event('visibilitychange'))";
    scene.run(look, vec![json!(is_hidden)]).await;
}

async fn asked(scene: &Scene) -> Value {
    scene.run("return window.asked", vec![]).await
}

/// Hides the tab, lets the time of everything come three times, and shows it again: nothing was asked meanwhile, only
/// the automatic lock still waited, and the API's health is asked for at once.
async fn rests_while_hidden(scene: &Scene) {
    let waits = scene.run("return window.waits()", vec![]).await;
    assert!(waits.as_array().is_some_and(|waits| waits.len() > 1), "seen, it has timers: {waits}");
    look(scene, true).await;
    let before = asked(scene).await;
    let mut waits = Value::Null;
    for _ in 0..3 {
        // The driver waits for an asynchronous script with a timer of the page, so the end is looked for instead.
        let advance = "window.come = null; window.advance().then(waits => { window.come = waits })";
        scene.run(advance, vec![]).await;
        let come = async || scene.run("return window.come", vec![]).await;
        scene.until("the time comes", async || !come().await.is_null()).await;
        waits = come().await;
    }
    assert_eq!(asked(scene).await, before);
    let waits: Vec<_> = waits.as_array().expect("times").iter().filter_map(Value::as_u64).collect();
    assert!(matches!(waits.as_slice(), [60_000..=300_000]), "{waits:?}");
    look(scene, false).await;
    let is_asked = async || {
        let asked = asked(scene).await;
        let asked = asked.as_array().expect("requests");
        asked.iter().skip(before.as_array().map_or(0, Vec::len)).any(|path| path == "/api/health")
    };
    scene.until("the health is asked for", is_asked).await;
}

#[tokio::test]
async fn only_what_must_wakes_a_hidden_tab() {
    let scene = Scene::open_with(&["--classify-delay", "3600000"], "en-GB").await;
    scene.sign_in().await;
    // All of the batch is sent: of what the service still has nobody sees anything.
    draft(&scene, "two.csv", "description\nSteel bottle\nLeather wallet\n").await;
    scene.click("#start").await;
    scene.sees(".how-far", "In progress 2").await;
    let pending = scene.call("POST", "/v1/classify", json!({"description": "steel bottle"})).await;
    let pending = pending["data"]["id"].as_str().expect("a name").to_owned();
    scene.run("localStorage.setItem('import8.lock', '5')", vec![]).await;
    scene.before_each_page(WATCH).await;

    // The clock of the usage page, and the runner of the batch.
    scene.go("/usage").await;
    scene.sees("nav a[href='/batches']", "%").await;
    scene.appears(".allowances .number").await;
    rests_while_hidden(&scene).await;

    // The seconds and the questions of a result that is waited for.
    scene.go(&format!("/classifications/{pending}")).await;
    scene.appears("#pending .elapsed").await;
    scene.sees("nav a[href='/batches']", "%").await;
    rests_while_hidden(&scene).await;
    scene.close().await;
}

#[tokio::test]
async fn what_was_begun_is_sent_from_a_hidden_tab() {
    let (scene, ids) = with(&["leather wallet"]).await;
    scene.go(&format!("/classifications/{}", ids[0])).await;
    may_judge(&scene).await;
    press(&scene, "c").await;
    scene.appears("#review .undo").await;
    look(&scene, true).await;
    let before = scene.credits().await;
    draft(&scene, "two.csv", "description\nSteel bottle\nCotton shirt\n").await;
    // The bar with the verdict may cover the button.
    scene.appears("#start").await;
    scene.run("document.querySelector('#start').click()", vec![]).await;
    let is_sent = async || scene.credits().await == before - 2;
    scene.until("the batch is sent", is_sent).await;
    assert_eq!(recorded(&scene, &ids[0]).await.0, "confirmed");
    look(&scene, false).await;
    scene.sees(".how-far .number", "2 of 2").await;
    scene.close().await;
}
