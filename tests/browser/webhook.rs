//! Tests of the webhook: setting, replacing and removing it; deliveries; the check of a signature.

use serde_json::{Value, json};

use crate::scene::{PATIENCE, Scene, Screen, Server};
use crate::service::Service;

const HOOK: &str = "https://hooks.example.invalid/import8";

/// Script: everything that the page shows and the browser stores, as one text.
const EVERYWHERE: &str = "return [document.documentElement.outerHTML, document.title, location.href,
    JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage}),
    ...[...document.querySelectorAll('input, textarea')].map(field => field.value)].join('\\n')";

async fn open(scene: &Scene) {
    scene.click("nav a[href='/webhook']").await;
    scene.sees("h1", "Webhook").await;
    scene.appears("#hook-form, #change").await;
}

async fn set(scene: &Scene, address: &str) {
    scene.fill("#hook-url", address).await;
    scene.click("#hook-form button[type=submit]").await;
}

async fn everywhere(scene: &Scene) -> String {
    scene.run(EVERYWHERE, vec![]).await.as_str().expect("a text").to_owned()
}

/// The displayed secret.
async fn shown_secret(scene: &Scene) -> String {
    scene.sees("#secret", "whsec_").await;
    scene.all("#secret").await.remove(0)
}

#[tokio::test]
async fn a_webhook_is_set_its_secret_shown_once_replaced_and_removed() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    open(&scene).await;
    scene.sees("#hook", "No webhook.").await;
    assert!(scene.all("#remove").await.is_empty(), "there is nothing to remove");
    set(&scene, HOOK).await;
    let first = shown_secret(&scene).await;
    scene.sees(".fresh", "loses it").await;
    scene.sees(".hook-address", HOOK).await;
    assert!(everywhere(&scene).await.contains(&first), "the control: it is looked for in the right places");
    scene.click("#secret-saved").await;
    scene.vanishes("#secret").await;
    scene.sees("#hook-said", "no longer on this page").await;
    scene.focuses("hook-said").await;
    assert!(!everywhere(&scene).await.contains(&first));
    // Replacing asks for confirmation, and names the consequence.
    scene.click("#change").await;
    assert_eq!(scene.value("#hook-url").await, json!(HOOK));
    set(&scene, "https://hooks.example.invalid/other").await;
    scene.sees(".confirm", "stops working at once").await;
    assert!(scene.all("#secret").await.is_empty(), "nothing is sent before the answer");
    scene.click(".confirm button:nth-child(2)").await;
    scene.vanishes(".confirm").await;
    assert_eq!(scene.value("#hook-url").await, json!("https://hooks.example.invalid/other"));
    scene.click("#hook-form button[type=submit]").await;
    scene.click(".confirm .danger").await;
    let second = shown_secret(&scene).await;
    assert_ne!(first, second);
    scene.sees(".hook-address", "https://hooks.example.invalid/other").await;
    // A reload loses the secret.
    scene.browser.refresh().await.expect("a reload");
    scene.sees(".hook-address", "https://hooks.example.invalid/other").await;
    assert!(!everywhere(&scene).await.contains(&second));
    // Removing asks for confirmation too.
    scene.click("#remove").await;
    scene.sees(".confirm", "given up").await;
    scene.click(".confirm button:nth-child(2)").await;
    scene.vanishes(".confirm").await;
    scene.click("#remove").await;
    scene.click(".confirm .danger").await;
    scene.sees("#hook-said", "removed").await;
    scene.sees("#hook", "No webhook.").await;
    scene.close().await;
}

#[tokio::test]
async fn a_refused_address_keeps_what_was_typed() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    open(&scene).await;
    let check = async |typed: &str, sentence: &str| {
        set(&scene, typed).await;
        scene.sees("#hook-problem", sentence).await;
        assert_eq!(scene.value("#hook-url").await, json!(typed));
        let is_wrong = "return document.querySelector('#hook-url').getAttribute('aria-invalid')";
        assert_eq!(scene.run(is_wrong, vec![]).await, json!("true"));
        scene.focuses("hook-url").await;
    };
    check("", "Enter the address").await;
    check("hooks.example.com", "begins with https://").await;
    // A rule that only the service checks.
    check("http://10.0.0.1/hook", "must be an address of the public internet, which 10.0.0.1 is not").await;
    scene.sees("#hook", "No webhook.").await;
    set(&scene, HOOK).await;
    shown_secret(&scene).await;
    // The same with an existing webhook, which stays.
    scene.click("#change").await;
    set(&scene, "http://192.168.0.1/").await;
    scene.click(".confirm .danger").await;
    scene.sees("#hook-problem", "The service refuses this address").await;
    assert_eq!(scene.value("#hook-url").await, json!("http://192.168.0.1/"));
    scene.sees(".hook-address", HOOK).await;
    scene.close().await;
}

#[tokio::test]
async fn deliveries_are_listed_and_lead_to_their_results() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    open(&scene).await;
    scene.sees("#deliveries", "Nothing yet").await;
    set(&scene, HOOK).await;
    scene.click("#secret-saved").await;
    scene.classify("leather wallet").await;
    let result = scene.path().await;
    open(&scene).await;
    // The name does not exist, or there is no network at all: the delivery is retried.
    scene.sees(".deliveries .status", "Waiting").await;
    scene.sees(".deliveries", "classification.completed").await;
    scene.sees(".deliveries .last", "No answer").await;
    scene.click(".deliveries summary").await;
    scene.sees(".deliveries details li", HOOK).await;
    // Another attempt does not collapse them.
    scene.sees(".deliveries summary", "2 attempts").await;
    assert_eq!(
        scene.run("return document.querySelector('.deliveries details').open", vec![]).await,
        json!(true)
    );
    // Removing the webhook abandons waiting deliveries.
    scene.click("#remove").await;
    scene.click(".confirm .danger").await;
    scene.sees(".deliveries .status", "Given up").await;
    scene.click(".deliveries a").await;
    scene.appears(".code-hero").await;
    assert_eq!(scene.path().await, result);
    scene.close().await;
}

#[tokio::test]
async fn a_long_list_of_deliveries_folds() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    open(&scene).await;
    set(&scene, HOOK).await;
    scene.click("#secret-saved").await;
    let items: Vec<_> =
        (0..12).map(|number| json!({"description": format!("leather wallet {number}")})).collect();
    let send = "fetch('/api/v1/classify/batch', {method: 'POST', body: JSON.stringify({items: arguments[0]}),
        headers: {Authorization: 'Bearer ' + arguments[1], 'Content-Type': 'application/json'}})";
    scene.run(send, vec![json!(items), json!(scene.key)]).await;
    let deadline = std::time::Instant::now() + PATIENCE;
    while scene.all("#all-deliveries").await != ["Show all 12"] {
        assert!(
            std::time::Instant::now() < deadline,
            "not all are listed: {:?}",
            scene.all("#deliveries").await
        );
        scene.click("#refresh").await;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    }
    assert_eq!(scene.all(".deliveries tbody tr").await.len(), 10);
    scene.click("#all-deliveries").await;
    scene.vanishes("#all-deliveries").await;
    assert_eq!(scene.all(".deliveries tbody tr").await.len(), 12);
    scene.close().await;
}

#[tokio::test]
async fn a_signature_is_checked_in_the_browser_and_the_reason_told() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    open(&scene).await;
    scene.appears("#deliveries").await;
    scene.has_all_screens().await;
    let asked =
        "return performance.getEntriesByType('resource').filter(e => !e.name.endsWith('/health')).length";
    let before = scene.run(asked, vec![]).await;
    scene.click("#verify").await;
    scene.sees("#verify-body-problem", "Paste the body").await;
    scene.sees("#verify-secret-problem", "Paste the secret").await;
    scene.focuses("verify-body").await;
    scene.click("#verify-example").await;
    scene.click("#verify").await;
    scene.sees(".judged .word", "Valid").await;
    assert_eq!(scene.all(".judged[data-valid='true']").await.len(), 1);
    let (body, signature) = (scene.value("#verify-body").await, scene.value("#verify-signature").await);
    // The example on the page is the same one.
    scene.sees("#example pre", &body).await;
    scene.sees("#example pre", &signature).await;
    scene.sees("#example", &scene.value("#verify-secret").await).await;
    let check = async |css: &str, text: &str, sentence: &str| {
        scene.click("#verify-example").await;
        let paste = "const field = document.querySelector(arguments[0]);
            field.value = arguments[1]; field.dispatchEvent(new Event('input', {bubbles: true}))";
        scene.run(paste, vec![json!(css), json!(text)]).await;
        scene.vanishes(".judged").await;
        scene.click("#verify").await;
        scene.sees(".judged[data-valid='false']", sentence).await;
    };
    let event: Value = serde_json::from_str(&body).expect("JSON");
    check("#verify-signature", &signature["sha256=".len()..], "The prefix is missing").await;
    check("#verify-signature", &signature.to_uppercase(), "upper case").await;
    check("#verify-signature", "sha256=abc", "has 3 digits").await;
    let pretty = serde_json::to_string_pretty(&event).expect("JSON");
    check("#verify-body", &pretty, "parsed and rewritten").await;
    check("#verify-body", &format!("{body}\n"), "spaces or line breaks").await;
    check("#verify-secret", "whsec_another", "Most likely the wrong secret").await;
    check("#verify-secret", "example-do-not-use-this-one", "whsec_ is part of it").await;
    check("#verify-body", &body.replace("88", "89"), "Most likely the wrong secret").await;
    assert_eq!(scene.run(asked, vec![]).await, before, "nothing goes over the network");
    assert_eq!(
        scene.run("return document.querySelector('#verify-secret').type", vec![]).await,
        json!("password")
    );
    scene.close().await;
}

#[tokio::test]
async fn receivers_and_the_example_are_copied_as_they_are() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    open(&scene).await;
    let write = "navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }";
    scene.run(write, vec![]).await;
    let copied = async |section: &str, button: u32| {
        scene.click(&format!("{section} .switch button:nth-child({button})")).await;
        scene.sees(&format!("{section} .sample-head > button"), "Copy").await;
        scene.click(&format!("{section} .sample-head > button")).await;
        scene.sees(&format!("{section} .sample-head > button"), "Copied").await;
        scene.run("return window.copied", vec![]).await.as_str().expect("a text").to_owned()
    };
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/import8-receivers");
    for (button, file) in [(1, "receiver.py"), (2, "receiver.mjs"), (3, "receiver.php"), (4, "src/main.rs")] {
        let text = std::fs::read_to_string(folder.join(file)).expect(file);
        assert_eq!(copied("#receivers", button).await, text.trim_end());
    }
    let raw = copied("#example", 1).await;
    let (_, body) = raw.split_once("\n\n").expect("an empty line");
    let command = copied("#example", 2).await;
    assert!(command.starts_with("curl -i http://127.0.0.1:8000/ \\\n"), "{command}");
    assert!(command.ends_with(&format!("--data-raw '{body}'")), "{command}");
    scene.close().await;
}

#[tokio::test]
async fn a_service_that_cannot_tell_sets_and_removes_all_the_same() {
    let service = Service::start();
    let scene = service.scene("en-GB", "Overview").await;
    service.answers_by(|method, path| {
        let answer = match (method, path) {
            ("PUT", "/v1/webhook") => json!({"success": true, "data": {"url": HOOK, "secret": "whsec_once"}}),
            ("DELETE", "/v1/webhook") => json!({"success": true, "message": "Webhook removed."}),
            _ => return (404, String::new(), json!({"success": false, "message": "No."}).to_string()),
        };
        (200, String::new(), answer.to_string())
    });
    open(&scene).await;
    scene.sees("#hook", "does not report whether a webhook is set").await;
    assert!(scene.all("#deliveries").await.is_empty());
    set(&scene, HOOK).await;
    scene.sees(".confirm", "Set it and replace any current one?").await;
    scene.click(".confirm .danger").await;
    assert_eq!(shown_secret(&scene).await, "whsec_once");
    scene.click("#secret-saved").await;
    scene.vanishes("#secret").await;
    scene.click("#remove").await;
    scene.click(".confirm .danger").await;
    scene.sees("#hook-said", "No more deliveries").await;
    scene.close().await;
}

#[tokio::test]
async fn what_was_not_answered_may_have_been_done() {
    let service = Service::start();
    let scene = service.scene("en-GB", "Overview").await;
    open(&scene).await;
    service.answers((500, "", r#"{"success": false, "message": "Oops."}"#));
    set(&scene, HOOK).await;
    scene.click(".confirm .danger").await;
    scene.sees("#hook-problem", "It may have been set, with a secret that nobody has seen").await;
    assert_eq!(scene.value("#hook-url").await, json!(HOOK));
    scene.click("#remove").await;
    scene.click(".confirm .danger").await;
    scene.sees("#remove-problem", "It may have been removed").await;
    // An answer without a secret is useless.
    service.answers((
        200,
        "",
        r#"{"success": true, "data": {"url": "https://hooks.example.invalid/import8"}}"#,
    ));
    set(&scene, HOOK).await;
    scene.click(".confirm .danger").await;
    scene.sees(".fresh", "answered without a secret").await;
    scene.close().await;
}

#[tokio::test]
async fn in_dutch_on_a_phone() {
    let scene = Scene::on(Screen::DarkPhone, Server::start(&[]), "nl-NL").await;
    scene.go("/webhook").await;
    scene.enter_key(&scene.key).await;
    scene.sees("#hook", "Geen webhook.").await;
    set(&scene, &format!("{HOOK}/{}", "lang".repeat(60))).await;
    scene.sees(".fresh", "Geheim, eenmalig getoond").await;
    scene.click("#verify-example").await;
    scene.click("#verify").await;
    scene.sees(".judged", "Geldig").await;
    scene.fill("#verify-secret", "whsec_ander").await;
    scene.click("#verify").await;
    scene.sees(".judged", "Waarschijnlijk het verkeerde geheim").await;
    scene.click("#receivers .switch button:nth-child(4)").await;
    scene.fits().await;
    scene.close().await;
}
