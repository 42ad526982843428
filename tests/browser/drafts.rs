//! What is typed is not lost, and what was sent is not paid for twice.

use serde_json::{Value, json};

use crate::scene::{Scene, Server};
use crate::service::Service;

async fn typed(scene: &Scene) -> Value {
    scene.run("return document.querySelector('#description').value", vec![]).await
}

/// Waits until this browser has kept (or has no longer) a draft of these words.
async fn keeps(scene: &Scene, words: &str, expected: bool) {
    let look = "const done = arguments[arguments.length - 1]; const open = indexedDB.open('import8');
        open.onerror = () => done([]);
        open.onsuccess = () => { const all = open.result.transaction('drafts').objectStore('drafts').getAll();
            all.onsuccess = () => { open.result.close(); done(all.result) } }";
    let deadline = std::time::Instant::now() + crate::scene::PATIENCE;
    loop {
        let kept = scene.browser.execute_async(look, vec![]).await.expect(look).json().to_string();
        if kept.contains(words) == expected {
            return;
        }
        assert!(std::time::Instant::now() < deadline, "{words:?} in {kept}");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn what_was_typed_is_offered_again_after_a_reload_and_gone_when_it_was_sent() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.click("nav a[href='/classify']").await;
    scene.fill("#description", "leather wallet").await;
    scene.click("#costs summary").await;
    scene.fill("#goods_value", "12.50").await;
    keeps(&scene, "12.50", true).await;
    scene.browser.refresh().await.expect("reloaded");
    scene.sees("#unfinished", "leather wallet").await;
    assert_eq!(typed(&scene).await, json!(""));
    scene.click("#unfinished button.secondary").await;
    scene.vanishes("#unfinished").await;
    assert_eq!(typed(&scene).await, json!("leather wallet"));
    let value = scene.run("return document.querySelector('#goods_value').value", vec![]).await;
    assert_eq!(value, json!("12.50"));
    // By the keyboard.
    scene
        .browser
        .find(thirtyfour::By::Css("#description"))
        .await
        .expect("a field")
        .send_keys(thirtyfour::Key::Control + thirtyfour::Key::Enter)
        .await
        .expect("keys");
    scene.sees(".code-hero", "4202").await;
    keeps(&scene, "leather wallet", false).await;
    scene.click("nav a[href='/classify']").await;
    scene.sees("#earlier", "").await;
    assert!(scene.all("#unfinished").await.is_empty());
    // And it is a start for the next.
    scene.click("#earlier summary").await;
    scene.click("#earlier button").await;
    assert_eq!(typed(&scene).await, json!("leather wallet"));
    scene.close().await;
}

#[tokio::test]
async fn what_is_discarded_is_gone_and_another_organisation_is_offered_nothing() {
    let scene = Scene::open_with(&[], "nl-NL").await;
    let other = scene.server.key_of("Other Traders", &[]);
    scene.go("/").await;
    scene.enter_key(&scene.key).await;
    scene.click("nav a[href='/classify']").await;
    scene.fill("#description", "leren portemonnee").await;
    keeps(&scene, "leren portemonnee", true).await;
    scene.click("#sign-out").await;
    scene.enter_key(&other).await;
    scene.click("nav a[href='/classify']").await;
    scene.appears("#description").await;
    scene.sees(".organization", "Other Traders").await;
    assert!(scene.all("#unfinished").await.is_empty());
    scene.click("#sign-out").await;
    scene.enter_key(&scene.key).await;
    scene.click("nav a[href='/classify']").await;
    scene.sees("#unfinished", "Nog niet verstuurd").await;
    scene.click("#unfinished button.link").await;
    scene.vanishes("#unfinished").await;
    keeps(&scene, "leren portemonnee", false).await;
    scene.close().await;
}

/// Requests to classify reach the server, but their answers are lost; `window.lost` counts them.
const LOSE_ANSWERS: &str = "window.lost = 0; const real = window.fetch; window.fetch = async (...a) => {
    const answer = await real(...a);
    if (a[0].url?.endsWith('/v1/classify') && !window.heard) { window.lost++; throw new TypeError('lost') }
    return answer }";

#[tokio::test]
async fn a_product_that_was_accepted_without_an_answer_is_found_and_paid_once() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.classify("steel hammer").await;
    scene.click("nav a[href='/classify']").await;
    scene.run(LOSE_ANSWERS, vec![]).await;
    scene.fill("#description", "leather wallet").await;
    scene.click("#classify button[type=submit]").await;
    scene.sees("#lost", "“leather wallet” was accepted").await;
    assert_eq!(scene.run("return window.lost", vec![]).await, json!(1), "the fault has fired");
    scene.click("#lost a.primary").await;
    scene.sees(".code-hero", "4202").await;
    scene.sees("#credits", "28 credits").await;
    scene.click("nav a[href='/classify']").await;
    scene.appears("#description").await;
    assert_eq!(typed(&scene).await, json!(""), "it is done with");
    assert!(scene.all("#lost section").await.is_empty());
    scene.close().await;
}

#[tokio::test]
async fn sending_a_lost_product_again_is_paid_once_where_the_service_recognises_it() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.click("nav a[href='/classify']").await;
    scene.run(LOSE_ANSWERS, vec![]).await;
    // The history does not tell either, so the person sends it again.
    let hide = "const real = window.fetch; window.fetch = async (...a) => {
        const answer = await real(...a);
        return /classifications.per_page/.test(a[0].url)
            ? new Response(JSON.stringify({success: true, data: [], meta: {current_page: 1, per_page: 20, total: 0, last_page: 1}}))
            : answer }";
    scene.run(hide, vec![]).await;
    scene.fill("#description", "leather wallet").await;
    scene.click("#classify button[type=submit]").await;
    scene.sees("#lost", "one credit is gone").await;
    scene.sees("#lost", "Sending it again is safe").await;
    scene.run("window.heard = true", vec![]).await;
    scene.click("#lost .actions button").await;
    scene.sees(".code-hero", "4202").await;
    scene.sees("#credits", "29 credits").await;
    scene.close().await;
}

#[tokio::test]
async fn a_reload_in_the_middle_of_sending_does_not_send_again() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.click("nav a[href='/classify']").await;
    let never = "const real = window.fetch; window.fetch = (...a) => a[0].url?.endsWith('/v1/classify')
        ? (real(...a), new Promise(() => {})) : real(...a)";
    scene.run(never, vec![]).await;
    scene.fill("#description", "leather wallet").await;
    scene.click("#classify button[type=submit]").await;
    scene.sees("#classify button[type=submit]", "Sending").await;
    // The server has it, but the page will never know.
    let count = "return fetch('/api/v1/classifications', {headers: {authorization: 'Bearer ' + arguments[0]}}).then(a => a.json()).then(a => a.meta.total)";
    while scene.run(count, vec![json!(scene.key)]).await != json!(1) {}
    scene.browser.refresh().await.expect("reloaded");
    scene.sees("#lost", "may still be on its way").await;
    assert!(scene.all("#unfinished").await.is_empty(), "it is not unsent");
    scene.sees("#lost", "“leather wallet” was accepted").await;
    scene.sees("#credits", "29 credits").await;
    scene.close().await;
}

#[tokio::test]
async fn a_service_that_does_not_tell_its_input_leaves_the_choice_to_the_person() {
    let service = Service::start();
    let scene = service.scene("nl-NL", "Overzicht").await;
    scene.click("nav a[href='/classify']").await;
    let history = r#"{"success": true, "data": [{"id": "77", "status": "pending", "hs_code": null, "product_summary": "Wallet"}], "meta": {"current_page": 1, "per_page": 20, "total": 1, "last_page": 1}}"#;
    service.answers_by(move |method, _| {
        let (status, body) = if method == "POST" { (500, "") } else { (200, history) };
        (status, String::new(), body.to_owned())
    });
    scene.fill("#description", "leren portemonnee").await;
    scene.click("#classify button[type=submit]").await;
    scene.sees("#lost", "Het is niet bekend of").await;
    scene.sees("#lost .candidates", "Wallet").await;
    scene.click("#lost > section > button").await;
    scene.sees("#lost .actions", "Verstuur opnieuw").await;
    scene.click("#lost .candidates button").await;
    scene.vanishes("#lost section").await;
    assert_eq!(*service.posts.lock().expect("a count"), 1);
    scene.close().await;
}

#[tokio::test]
async fn two_tabs_do_not_send_the_same_product() {
    let scene = Scene::of(Server::start(&[]), "en-GB").await;
    scene.sign_in().await;
    scene.click("nav a[href='/classify']").await;
    let never = "const real = window.fetch; window.fetch = (...a) => a[0].url?.endsWith('/v1/classify')
        ? new Promise(() => {}) : real(...a)";
    scene.run(never, vec![]).await;
    scene.fill("#description", "leather wallet").await;
    scene.click("#classify button[type=submit]").await;
    scene.sees("#classify button[type=submit]", "Sending").await;
    let tab = scene.browser.new_tab().await.expect("a tab");
    scene.browser.switch_to_window(tab).await.expect("there");
    scene.sign_in().await;
    scene.click("nav a[href='/classify']").await;
    scene.sees("#lost", "may still be on its way").await;
    scene.fill("#description", "leather wallet").await;
    scene.click("#classify button[type=submit]").await;
    assert_eq!(scene.run("return document.activeElement.id", vec![]).await, json!("lost"));
    scene.sees("#credits", "30 credits").await;
    scene.close().await;
}

/// A product that may have been accepted stays uncertain when its repetition is refused, and is offered by no tab
/// while it is on its way again.
#[tokio::test]
async fn a_lost_product_that_is_refused_when_it_is_sent_again_stays_uncertain() {
    let scene = Scene::of(Server::start(&[]), "en-GB").await;
    scene.sign_in().await;
    scene.click("nav a[href='/classify']").await;
    // `window.answer` is what the network says to a product: nothing, a refusal of its own, or never anything.
    let faults = "const real = window.fetch; window.sent = 0; window.fetch = async (...a) => {
        if (!a[0].url?.endsWith('/v1/classify')) return real(...a);
        window.sent++;
        if (window.answer === 'never') return new Promise(() => {});
        if (window.answer) return new Response(window.answer, { status: 422 });
        throw new TypeError('lost') }";
    scene.run(faults, vec![]).await;
    scene.fill("#description", "leather wallet").await;
    scene.click("#classify button[type=submit]").await;
    scene.sees("#lost", "no credit is gone").await;
    let refusal = json!(r#"{"success": false, "message": "description: is required"}"#);
    scene.run("window.answer = arguments[0]", vec![refusal]).await;
    scene.click("#lost .actions button").await;
    scene.sees("#lost", "It is not known whether “leather wallet” was accepted").await;
    scene.sees("#lost .actions", "Send it again").await;
    assert_eq!(scene.run("return window.sent", vec![]).await, json!(2));
    scene.run("window.answer = 'never'", vec![]).await;
    scene.click("#lost .actions button").await;
    scene.vanishes("#lost section").await;
    let tab = scene.browser.new_tab().await.expect("a tab");
    scene.browser.switch_to_window(tab).await.expect("there");
    scene.sign_in().await;
    scene.click("nav a[href='/classify']").await;
    scene.sees("#lost", "may still be on its way").await;
    assert!(scene.all("#lost .actions").await.is_empty(), "it is not offered meanwhile");
    scene.close().await;
}

#[tokio::test]
async fn what_cannot_be_written_down_is_not_sent() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.click("nav a[href='/classify']").await;
    let full = "const real = IDBObjectStore.prototype.put; window.full = 0;
        window.make_room = () => { IDBObjectStore.prototype.put = real };
        IDBObjectStore.prototype.put = () => { window.full++; throw new DOMException('full', 'QuotaExceededError') }";
    scene.run(full, vec![]).await;
    scene.fill("#description", "leather wallet").await;
    scene.click("#classify button[type=submit]").await;
    scene.sees("#not-sent", "This browser cannot write down what is sent").await;
    assert!(scene.run("return window.full", vec![]).await.as_u64() > Some(0), "the fault has fired");
    scene.sees("#credits", "30 credits").await;
    assert_eq!(typed(&scene).await, json!("leather wallet"));
    scene.run("window.make_room()", vec![]).await;
    scene.click("#classify button[type=submit]").await;
    scene.sees(".code-hero", "4202").await;
    scene.sees("#credits", "29 credits").await;
    scene.close().await;
}
