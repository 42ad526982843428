//! Tests of the request log.

use serde_json::{Value, json};

use crate::scene::Scene;

/// Captures the text of the next downloaded file.
const CATCH: &str = "const own = URL.createObjectURL; URL.createObjectURL = (blob) => { blob.text().then((text) => { window.file = text }); return own.call(URL, blob) }";

#[tokio::test]
async fn what_was_asked_is_listed_explained_and_given_as_code() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.classify("stainless steel vacuum bottle").await;
    scene.click("nav a[href='/duty-rates']").await;
    scene.fill("#code", "0101999999").await;
    scene.sees("main", "").await;
    scene.appears("#refused").await;
    scene.click("nav a[href='/requests']").await;
    scene.sees(".log", "/v1/me").await;
    scene.click(".log-head .switch button:nth-child(2)").await;
    scene.sees(".log .http-status", "404").await;
    assert!(!scene.all(".log").await[0].contains("/v1/me"), "only what failed");
    scene.click(".log tbody .link").await;
    scene.sees(".of-request", "Your organisation has nothing at this address").await;
    scene.click(".log-head .switch button:nth-child(1)").await;
    let open = "const link = [...document.querySelectorAll('.log .link')].find(link => link.innerText.includes('POST') && link.innerText.includes('/v1/classify')); link.click()";
    scene.run(open, vec![]).await;
    scene.sees(".of-request pre", "\"description\": \"stainless steel vacuum bottle\"").await;
    scene.sees(".of-request", "-H \"Authorization: Bearer $IMPORT8_KEY\"").await;
    scene.sees(".of-request pre", "curl -X POST").await;
    let id = scene.all(".of-request .request-id").await.remove(0);
    assert_eq!(id.len(), 36, "the server names its requests: {id}");
    scene.run("document.querySelectorAll('.of-request .switch button')[1].click()", vec![]).await;
    scene.sees(".of-request pre", "requests.post(").await;
    scene.run(CATCH, vec![]).await;
    scene.click("#export-log").await;
    let mut file = Value::Null;
    let is_there = async || {
        file = scene.run("return window.file ?? null", vec![]).await;
        file.is_string()
    };
    scene.until("the file is made", is_there).await;
    let file = file.as_str().expect("a text");
    assert!(!file.contains(&scene.key));
    let archive: Value = serde_json::from_str(file).expect("JSON");
    assert_eq!(archive["log"]["version"], "1.2");
    let entries = archive["log"]["entries"].as_array().expect("requests");
    let classify = entries.iter().find(|entry| entry["request"]["method"] == "POST").expect("the product");
    assert_eq!(classify["response"]["status"], 202);
    assert!(classify["request"]["postData"]["text"].as_str().is_some_and(|text| text.contains("vacuum")));
    let times: Vec<_> = entries.iter().map(|entry| entry["startedDateTime"].as_str()).collect();
    assert!(times.is_sorted(), "in the order in which they were sent");
    scene.run("document.querySelectorAll('.log-head .actions button')[1].click()", vec![]).await;
    scene.sees("main", "No requests yet").await;
    scene.close().await;
}

#[tokio::test]
async fn a_request_without_an_answer_is_listed_too() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    let lose = "const own = window.fetch; window.fetch = (request) => String(request.url ?? request).includes('/v1/classifications') ? Promise.reject(new TypeError('gone')) : own.call(window, request)";
    scene.run(lose, vec![]).await;
    scene.click("nav a[href='/classifications']").await;
    scene.appears(".failure").await;
    scene.click("nav a[href='/requests']").await;
    scene.sees(".log tr[data-failed='true'] .http-status", "no answer").await;
    // Requests of one key are not shown to another.
    let other = scene.server.key_of("Zuid Handel", &[]);
    scene.click("nav a[href='/keys']").await;
    scene.click("#add-key summary").await;
    scene.enter_key(&other).await;
    scene.sees(".organization", "Zuid Handel").await;
    scene.click("nav a[href='/requests']").await;
    scene.sees(".log", "/v1/me").await;
    assert_eq!(
        scene.run("return document.querySelectorAll(\"tr[data-failed='true']\").length", vec![]).await,
        json!(0)
    );
    scene.close().await;
}

/// Opens the duty rates of many codes one after the other, each with a request of its own.
const ASK_OFTEN: &str = "(async () => { for (let code = 1; code <= 130; code++) { const digits = `7323${String(code).padStart(6, '0')}`; const asked = () => performance.getEntriesByType('resource').some(({ name }) => name.includes(`/duty-rates/${digits}`)); const link = document.createElement('a'); link.href = `/duty-rates?code=${digits}`; document.querySelector('main').append(link); link.click(); while (!asked()) await new Promise(done => setTimeout(done, 10)) } window.asked = true })()";

#[tokio::test]
async fn a_long_log_is_shown_page_by_page() {
    let scene = Scene::open().await;
    scene.go("/").await;
    scene.enter_key(&scene.server.key_of("Noord Handel", &["--rate-limit", "1000"])).await;
    scene.sees("h1", "Overview").await;
    scene.run(ASK_OFTEN, vec![]).await;
    scene
        .until("all are asked", async || scene.run("return window.asked ?? false", vec![]).await == true)
        .await;
    scene.click("nav a[href='/requests']").await;
    scene.appears(".log tbody:nth-of-type(100)").await;
    let rows = async || scene.run("return document.querySelectorAll('.log tbody').length", vec![]).await;
    assert_eq!(rows().await, 100);
    scene.sees(".pages", "1–100 of 1").await;
    scene.click(".pages [rel='next']").await;
    scene.sees(".pages", "101–1").await;
    scene.sees(".log", "/v1/me").await;
    assert!(rows().await.as_u64().is_some_and(|rows| rows < 100));
    scene.close().await;
}
