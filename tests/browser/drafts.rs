//! Tests of drafts and submissions: typed text is kept, and a sent product is paid for once.

use serde_json::{Value, json};

use crate::scene::{Scene, Server};
use crate::service::Service;

/// Waits until this browser stores, or no longer stores, a draft with these words.
async fn keeps(scene: &Scene, words: &str, expected: bool) {
    scene.keeps("drafts", words, expected).await;
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
    assert_eq!(scene.value("#description").await, json!(""));
    // However long its pictures take, what is typed next is not overwritten.
    let hold = "const getAll = IDBObjectStore.prototype.getAll;
        window.release = [];
        IDBObjectStore.prototype.getAll = function (...range) {
            const request = getAll.apply(this, range);
            if (this.name !== 'draft-pictures') return request;
            let tell;
            Object.defineProperty(request, 'onsuccess', { set: to => { tell = to } });
            request.addEventListener('success', event => window.release.push(() => tell?.(event)));
            return request;
        }";
    scene.run(hold, vec![]).await;
    scene.click("#unfinished button.secondary").await;
    scene.vanishes("#unfinished").await;
    scene.has_value("#description", "leather wallet").await;
    scene.has_value("#goods_value", "12.50").await;
    scene.run("document.querySelector('#costs').open = true", vec![]).await;
    scene.fill("#goods_value", "13").await;
    let is_read = async || scene.run("return window.release.length", vec![]).await != json!(0);
    scene.until("the pictures are read", is_read).await;
    scene.run("window.release.splice(0).forEach(go => go())", vec![]).await;
    // Its old record is gone when the new one is there.
    scene.keeps("drafts", "12.50", false).await;
    assert_eq!(scene.value("#goods_value").await, json!("13"));
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
    // It can be the start of the next product.
    scene.click("#earlier summary").await;
    scene.click("#earlier button").await;
    scene.has_value("#description", "leather wallet").await;
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
    scene.sees("#unfinished", "Nog niet verzonden").await;
    scene.click("#unfinished button.link").await;
    scene.vanishes("#unfinished").await;
    keeps(&scene, "leren portemonnee", false).await;
    scene.close().await;
}

/// Describes a product and waits until its draft is stored.
async fn describe(scene: &Scene, words: &str) {
    scene.click("nav a[href='/classify']").await;
    scene.fill("#description", words).await;
    keeps(scene, words, true).await;
}

/// Signs out and in with another key.
async fn change_key(scene: &Scene, key: &str) {
    scene.click("#sign-out").await;
    scene.enter_key(key).await;
    scene.click("nav a[href='/classify']").await;
    scene.appears("#description").await;
}

#[tokio::test]
async fn two_organisations_of_one_name_are_offered_nothing_of_each_other() {
    let scene = Scene::open().await;
    let twin = || scene.server.key_of("Harbour Imports", &[]);
    let (first, second) = (twin(), twin());
    scene.go("/").await;
    scene.enter_key(&first).await;
    describe(&scene, "leather wallet").await;
    change_key(&scene, &second).await;
    scene.sees(".organization", "Harbour Imports").await;
    // The stored drafts have been read by now.
    describe(&scene, "steel bottle").await;
    assert!(scene.all("#unfinished").await.is_empty());
    change_key(&scene, &first).await;
    scene.sees("#unfinished", "leather wallet").await;
    assert!(scene.all("#left-behind").await.is_empty(), "the service says whose each key is");
    scene.close().await;
}

/// A service without organisation identifiers: data that earlier versions stored under the name is moved to the key,
/// and the person is asked about data of another key with that name.
#[tokio::test]
async fn what_another_key_has_left_is_taken_over_when_the_person_says_so() {
    let service = Service::start();
    let scene = service.scene("en-GB", "Overview").await;
    describe(&scene, "leather wallet").await;
    scene.click("#sign-out").await;
    scene.appears("#key").await;
    let older = "const done = arguments[arguments.length - 1]; const open = indexedDB.open('import8');
        open.onsuccess = () => { const transaction = open.result.transaction('drafts', 'readwrite');
            let changed = 0;
            transaction.objectStore('drafts').openCursor().onsuccess = ({ target: { result: cursor } }) => {
                if (!cursor) return;
                changed += /key:[0-9a-f]{64}/.test(cursor.value);
                cursor.update(cursor.value.replace(/key:[0-9a-f]{64}/, 'Vendor')); cursor.continue() };
            transaction.oncomplete = () => { open.result.close(); done(changed) } }";
    let changed = scene.browser.execute_async(older, vec![]).await.expect(older);
    assert_eq!(*changed.json(), json!(1), "it was kept by a digest of the key");
    scene.enter_key(&scene.key).await;
    scene.click("nav a[href='/classify']").await;
    scene.sees("#unfinished", "leather wallet").await;
    keeps(&scene, "Vendor", false).await;
    change_key(&scene, "c8_fedcba9876543210").await;
    scene.sees("#left-behind", "another key, whose organisation is also called “Vendor”").await;
    assert!(scene.all("#unfinished").await.is_empty());
    let full = "window.open_ = IDBFactory.prototype.open; window.full = 0;
        IDBFactory.prototype.open = () => { window.full++; throw new DOMException('full', 'QuotaExceededError') }";
    scene.run(full, vec![]).await;
    scene.click("#take-over").await;
    scene.sees("#left-behind", "This browser could not move it").await;
    assert!(scene.run("return window.full", vec![]).await.as_u64() > Some(0), "the fault has fired");
    scene.run("IDBFactory.prototype.open = window.open_", vec![]).await;
    scene.click("#take-over").await;
    scene.sees("#unfinished", "leather wallet").await;
    scene.vanishes("#left-behind").await;
    scene.close().await;
}

/// Script: classify requests reach the server but their answers are lost; `window.lost` counts them.
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
    assert_eq!(scene.value("#description").await, json!(""), "it is done with");
    scene.vanishes("#lost section").await;
    scene.close().await;
}

#[tokio::test]
async fn sending_a_lost_product_again_is_paid_once_where_the_service_recognises_it() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.click("nav a[href='/classify']").await;
    scene.run(LOSE_ANSWERS, vec![]).await;
    // The history does not show it either, so the person sends it again.
    let hide = "const real = window.fetch; window.fetch = async (...a) => {
        const answer = await real(...a);
        return /classifications.per_page/.test(a[0].url)
            ? new Response(JSON.stringify({success: true, data: [], meta: {current_page: 1, per_page: 20, total: 0, last_page: 1}}))
            : answer }";
    scene.run(hide, vec![]).await;
    scene.fill("#description", "leather wallet").await;
    scene.click("#classify button[type=submit]").await;
    scene.sees("#lost", "one credit was used").await;
    scene.sees("#lost", "Sending it again is safe").await;
    scene.run("window.heard = true", vec![]).await;
    scene.click("#lost .actions button").await;
    scene.sees(".code-hero", "4202").await;
    scene.sees("#credits", "29 credits").await;
    scene.close().await;
}

/// Sets the page's clock ahead, within what the dashboard takes for the difference to the server's clock, so that other
/// pages expect the answers to what is sent from now on for some minutes.
pub(crate) async fn answers_may_come_later(scene: &Scene) {
    scene.run("const real = Date.now; Date.now = () => real() + 100000", vec![]).await;
}

#[tokio::test]
async fn a_reload_in_the_middle_of_sending_does_not_send_again() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.click("nav a[href='/classify']").await;
    let never = "const real = window.fetch; window.fetch = (...a) => a[0].url?.endsWith('/v1/classify')
        ? (real(...a), new Promise(() => {})) : real(...a)";
    scene.run(never, vec![]).await;
    answers_may_come_later(&scene).await;
    scene.fill("#description", "leather wallet").await;
    scene.click("#classify button[type=submit]").await;
    scene.sees("#classify button[type=submit]", "Sending").await;
    // The server has it, but the page never gets the answer.
    let count = "return fetch('/api/v1/classifications', {headers: {authorization: 'Bearer ' + arguments[0]}}).then(a => a.json()).then(a => a.meta.total)";
    let has_it = async || scene.run(count, vec![json!(scene.key)]).await == json!(1);
    scene.until("the server has the product", has_it).await;
    let hold = "const start = window.setTimeout; window.held = [];
        window.setTimeout = (run, wait, ...more) =>
            wait > 10000 ? -window.held.push(run) : start(run, wait, ...more)";
    scene.before_each_page(hold).await;
    scene.browser.refresh().await.expect("reloaded");
    scene.sees("#lost", "may still arrive").await;
    assert!(scene.all("#unfinished").await.is_empty(), "it is not unsent");
    // The time for an answer is over.
    scene.run("window.held.forEach(run => run())", vec![]).await;
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
    scene.sees("#lost .actions", "Opnieuw verzenden").await;
    scene.click("#lost .candidates button").await;
    scene.vanishes("#lost section").await;
    assert_eq!(*service.posts.lock().expect("a count"), 1);
    scene.close().await;
}

#[tokio::test]
async fn two_tabs_do_not_send_the_same_product() {
    let scene = Scene::with_server(Server::start(&[]), "en-GB").await;
    scene.sign_in().await;
    scene.click("nav a[href='/classify']").await;
    let never = "const real = window.fetch; window.fetch = (...a) => a[0].url?.endsWith('/v1/classify')
        ? new Promise(() => {}) : real(...a)";
    scene.run(never, vec![]).await;
    answers_may_come_later(&scene).await;
    scene.fill("#description", "leather wallet").await;
    scene.click("#classify button[type=submit]").await;
    scene.sees("#classify button[type=submit]", "Sending").await;
    let tab = scene.browser.new_tab().await.expect("a tab");
    scene.browser.switch_to_window(tab).await.expect("there");
    scene.sign_in().await;
    scene.click("nav a[href='/classify']").await;
    scene.sees("#lost", "may still arrive").await;
    scene.fill("#description", "leather wallet").await;
    scene.click("#classify button[type=submit]").await;
    // The person is led to the one that is on its way.
    scene.focuses("lost").await;
    // A product is stored before it is sent, so a second one would be stored by now.
    let written = "const done = arguments[arguments.length - 1]; const open = indexedDB.open('import8');
        open.onsuccess = () => { const all = open.result.transaction('submissions', 'readwrite').objectStore('submissions').count();
            all.onsuccess = () => { open.result.close(); done(all.result) } }";
    let written = scene.browser.execute_async(written, vec![]).await.expect(written);
    assert_eq!(*written.json(), json!(1), "the first tab's, and no other");
    let listed = scene.call("GET", "/v1/classifications", Value::Null).await;
    assert_eq!(listed["meta"]["total"], json!(0), "the service has neither");
    scene.close().await;
}
