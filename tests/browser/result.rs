//! Tests of the result of a classification: its ten digits, cost and alternatives; and waiting for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::review::stop_clock;
use crate::scene::{HOLDS, Scene, Screen, Server};
use crate::service::Service;

/// A successful answer.
fn answer(data: &str) -> (u16, String, String) {
    (200, String::new(), format!(r#"{{"success": true, "data": {data}}}"#))
}

fn refusal(status: u16, more: &str) -> (u16, String, String) {
    (status, String::new(), format!(r#"{{"success": false, "message": "Refused."{more}}}"#))
}

/// A completed classification with the identifier `1` and further fields.
fn completed(more: &str) -> (u16, String, String) {
    answer(&format!(r#"{{"id": "1", "status": "completed"{more}}}"#))
}

const EIGHT_DIGITS: &str = r#", "hs_code": {"code_6": "8518.30", "code_8": "8518.30.00"},
    "decision_tree": [{"level": "heading", "code": "8518", "description": "Loudspeakers"}]"#;

/// Waits until the hero shows a code.
async fn shows_code(scene: &Scene, code: &str) {
    scene.appears(&format!(".segments[data-code='{code}']")).await;
}

#[tokio::test]
async fn each_part_of_the_code_says_what_it_means() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.classify("wireless headphones").await;
    shows_code(&scene, "8518300090").await;
    let described = "const part = document.querySelectorAll('.segment')[arguments[0]];
        return [part.getAttribute('aria-label'), document.getElementById(part.getAttribute('aria-describedby')).textContent]";
    let heading = scene.run(described, vec![json!(0)]).await;
    assert_eq!(heading[0], json!("Heading 8518"));
    assert!(heading[1].to_string().contains("loudspeakers"), "{heading}");
    let cn = scene.run(described, vec![json!(2)]).await;
    assert_eq!(cn, json!(["CN code 8518 30 00", "Not subdivided at this level."]));
    scene.run("document.querySelector('.segment').focus()", vec![]).await;
    scene.sees(".meaning", "Microphones, loudspeakers").await;
    let part = scene.browser.find(By::Css(".segment")).await.expect("a part");
    part.send_keys(Key::Right + "").await.expect("a key");
    part.send_keys(Key::Escape + "").await.expect("a key");
    scene.vanishes(".meaning b").await;
    scene.sees(".meaning", "TARIC code 8518 30 00 90").await;
    scene.click(".segment:nth-child(2)").await;
    scene.sees(".meaning", "Headphones").await;
    scene.sees("#path", "TARIC code 8518 30 00 90").await;
    // Known ten digits are requested for their duties.
    scene.sees("#duty", "Duty on 8518 30 00 90").await;
    scene.sees("#duty", "0\u{a0}%").await;
    assert!(scene.all("#ten-digits").await.is_empty());
    scene.close().await;
}

#[tokio::test]
async fn ten_digits_are_looked_at_by_the_person_and_kept_in_the_address() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    let ask = "return fetch('/api/v1/classify', {method: 'POST', body: arguments[0],
        headers: {'Authorization': 'Bearer ' + arguments[1], 'Content-Type': 'application/json'}}).then(answer => answer.json())";
    let lamp = r#"{"description": "led lamp", "origin_country": "CN", "goods_value": 4.50, "quantity": 100, "shipping_cost": 30}"#;
    let accepted = scene.run(ask, vec![json!(lamp), json!(scene.key)]).await;
    scene.go(&format!("/classifications/{}", accepted["data"]["id"].as_str().expect("an id"))).await;
    shows_code(&scene, "940521").await;
    scene.sees(".meaning", "HS subheading 9405 21 · 4 digits open").await;
    assert_eq!(scene.all(".segment.open").await.len(), 2);
    scene.sees("#review h2", "Which of these codes applies?").await;
    let checked = "return [...document.querySelectorAll('.option input')].map(input => input.checked)";
    assert_eq!(scene.run(checked, vec![]).await, json!([false, false, false]));
    scene.sees("#landed-cost", "Choose one to see what it costs").await;
    let history = scene.run("return history.length", vec![]).await;
    scene.click(".option:nth-child(2)").await;
    scene.sees("#looked-at", "for 9405 21 50 00, as a preview").await;
    shows_code(&scene, "940521").await;
    let path = scene.path().await;
    assert!(path.ends_with("?code=9405215000"), "{path}");
    assert_eq!(scene.run("return history.length", vec![]).await, history, "Back leads away from the page");
    scene.sees("#duty", "Duty on 9405 21 50 00").await;
    scene.sees("#duty", "3.7\u{a0}%").await;
    scene.sees("#duty", "none listed for goods of China").await;
    // 100 × 4.50 + 30 = 480; 3.7 % of it is 17.76; 21 % of 497.76 is 104.5296.
    scene.sees("#landed-cost", "For 9405 21 50 00").await;
    scene.sees("#landed-cost", "€602.29").await;
    scene.sees("#right", "Checked: totals add up").await;
    scene.appears(".to-calculator a[href*='code=9405215000']").await;
    // A preview decides nothing.
    assert!(!scene.all("#path").await.concat().contains("9405 21 50 00"));
    assert!(scene.all("#evidence[href*='9405215000']").await.is_empty());
    scene.browser.refresh().await.expect("reloaded");
    scene.sees("#duty", "Duty on 9405 21 50 00").await;
    assert_eq!(scene.run(checked, vec![]).await, json!([false, true, false]));
    // A code that is not among the choices is ignored.
    scene.go(&path.replace("9405215000", "9405110000")).await;
    shows_code(&scene, "940521").await;
    assert!(scene.all("#looked-at").await.is_empty());
    scene.go(&path).await;
    scene.click("#clear").await;
    scene.vanishes("#looked-at").await;
    assert_eq!(scene.path().await, path.replace("?code=9405215000", ""));
    scene.close().await;
}

#[tokio::test]
async fn digits_that_the_service_does_not_give_are_typed_and_tried() {
    let service = Service::start();
    let scene = service.scene("en-GB", "Overview").await;
    service.answers_by(|_, path| match path {
        "/v1/classifications/1" => completed(EIGHT_DIGITS),
        "/v1/duty-rates/8518300010" => refusal(
            422,
            r#", "declarable_codes": [{"code": "8518300090", "description": "Other headphones"}]"#,
        ),
        "/v1/duty-rates/8518300020" => refusal(422, ""),
        "/v1/duty-rates/8518300090" => answer(
            r#"{"hs_code": "8518300090", "description": "Other headphones",
                "mfn_duty": {"rate": "2.00%", "expression": "2.000 %"},
                "preferential_duties": [{"scheme": "GSP", "rate": "0.0%", "countries": ["VN", "Old Name"]}],
                "anti_dumping": [{"rate": "48.5%", "countries": ["CN"], "description": "steel ones", "minimum_rate": "19.2%"}],
                "vat_rate": "21.00%"}"#,
        ),
        _ => refusal(404, ""),
    });
    scene.go("/classifications/1").await;
    scene.sees("#ten-digits", "An import declaration needs ten digits").await;
    shows_code(&scene, "85183000").await;
    let value = "return document.querySelector('#digits').value";
    assert_eq!(scene.run(value, vec![]).await, json!(""), "nothing is padded");
    let attempt = async |digits: &str, css: &str, sentence: &str| {
        scene.fill("#digits", digits).await;
        scene.click("#ten-digits button[type=submit]").await;
        scene.sees(css, sentence).await;
        assert_eq!(scene.run(value, vec![]).await, json!(digits));
    };
    attempt("9", "#digits-problem", "Enter 2 digits.").await;
    attempt("91", "#refused", "8518 30 00 91 is not known to this service").await;
    shows_code(&scene, "85183000").await;
    attempt("20", "#refused", "Refused.").await;
    attempt("10", "#refused", "Goods cannot be declared under 8518 30 00 10").await;
    scene.sees("#refused", "Other headphones").await;
    scene.click("#refused button").await;
    scene.sees("#looked-at", "for 8518 30 00 90, as a preview").await;
    scene.vanishes("#refused").await;
    assert!(scene.path().await.ends_with("?code=8518300090"));
    scene.sees("#duty", "2\u{a0}%").await;
    scene.sees("#duty", "GSP: 0\u{a0}% for Vietnam, Old Name, with proof of origin").await;
    scene
        .sees("#duty", "48.5\u{a0}% on goods of China; steel ones; named manufacturers from 19.2\u{a0}%")
        .await;
    scene.browser.refresh().await.expect("reloaded");
    scene.sees("#looked-at", "The code of this product is 8518 30 00.").await;
    assert_eq!(scene.run(value, vec![]).await, json!("90"));
    assert!(scene.all("#landed-cost").await.is_empty(), "it was not told what the goods are worth");
    assert_eq!(*service.posts.lock().expect("a count"), 0);
    // Digits that exist are decided with the one button.
    scene.click("#confirm").await;
    shows_code(&scene, "8518300090").await;
    scene.sees(".covers", "Other headphones").await;
    // This service does not return the decided code, so the address of the sheet contains it.
    scene.appears("#evidence[href$='&code=8518300090']").await;
    scene.close().await;
}

#[tokio::test]
async fn everything_goes_by_the_code_that_a_person_decided_on() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    let bottle = json!({"description": "stainless steel water bottle", "origin_country": "CN", "goods_value": 10, "quantity": 5});
    let id = scene.call("POST", "/v1/classify", bottle).await["data"]["id"].clone();
    let path = format!("/classifications/{}", id.as_str().expect("an id"));
    scene.go(&path).await;
    shows_code(&scene, "73239300").await;
    scene.sees("#landed-cost tfoot", "€").await;
    let before = scene.all("#landed-cost tfoot .amount").await.concat();
    scene.run("document.querySelector('#details').dataset.drawn = 'once'", vec![]).await;
    let is_of_the_correction = async |code: &str, decided: &str| {
        shows_code(&scene, code).await;
        scene.sees("#decided", decided).await;
        scene.sees("#was", "proposed 7323 93 00").await;
        scene.sees(".covers", "acuum").await;
        scene.sees("#path", "Heading 9617").await;
        scene.sees("#duty", "6.7\u{a0}%").await;
        scene.sees("#landed-cost tfoot", "€").await;
        assert_ne!(scene.all("#landed-cost tfoot .amount").await.concat(), before);
        scene.sees("#reasoning h2", "Why 7323 93 00 was proposed").await;
        scene.sees("#alternatives", "Compared with 9617 00 00").await;
        scene.appears(".to-calculator a[href*='code=96170000']").await;
        assert!(scene.all(".verdict").await.is_empty(), "how sure the answer was is no word on this code");
        assert!(!scene.all("#path").await.concat().contains("7323"));
    };
    stop_clock(&scene).await;
    scene.click("#correct").await;
    // The landed cost is polled until the service returns it.
    scene.fill("#right-code", "9617.00.00.00").await;
    scene.click(".right-code button").await;
    is_of_the_correction("9617000000", "Decided by a person; proposed").await;
    scene.click("#review .undo").await;
    shows_code(&scene, "73239300").await;
    scene.appears(".verdict").await;
    assert_eq!(scene.all("#landed-cost tfoot .amount").await.concat(), before);
    // A verdict redraws only the parts that depend on it.
    scene.appears("#details[data-drawn='once']").await;
    // After a reload the service returns the same.
    let verdict = json!({"status": "corrected", "corrected_code": "9617.00.00"});
    scene.call("POST", &format!("/v1{path}/feedback"), verdict).await;
    scene.browser.refresh().await.expect("reloaded");
    is_of_the_correction("96170000", "Decided by a person on ").await;
    // A confirmation restores the classifier's code, and the button says so.
    scene.click("#change").await;
    scene.sees("#confirm", "Confirm as 7323 93 00").await;
    scene.close().await;
}

#[tokio::test]
async fn a_service_that_does_not_say_what_was_corrected_is_not_believed_to_have_the_old_code() {
    let service = Service::start();
    let scene = service.scene("en-GB", "Overview").await;
    let cost = r#", "landed_cost": {"cif_value": 100, "duty": {"amount": 0}, "vat": {"amount": 21}, "total_landed_cost": 121, "currency": "EUR"}"#;
    let unnamed = r#", "feedback": {"status": "corrected", "created_at": "2026-03-04T09:00:00+00:00"}"#;
    let named = r#", "feedback": {"status": "corrected", "corrected_code": "9617.00", "created_at": "2026-03-04T09:00:00+00:00"}"#;
    let answers = [unnamed, named].map(|feedback| completed(&format!("{EIGHT_DIGITS}{cost}{feedback}")));
    service.answers_by(move |_, path| match path {
        "/v1/classifications/1" => answers[0].clone(),
        "/v1/classifications/2" => answers[1].clone(),
        _ => refusal(404, ""),
    });
    scene.go("/classifications/1").await;
    scene.sees("#decided", "the service does not report the right one").await;
    scene.sees("#was s", "8518 30 00").await;
    assert!(scene.all(".code-hero, #landed-cost, #path, .to-calculator").await.is_empty());
    scene.go("/classifications/2").await;
    shows_code(&scene, "961700").await;
    scene.sees(".covers", "Not described here.").await;
    scene.sees("#landed-cost", "The landed cost under 9617 00 is not known here.").await;
    assert!(scene.all("#path, #duty").await.is_empty());
    scene.close().await;
}

#[tokio::test]
async fn alternatives_say_what_they_would_change() {
    let service = Service::start();
    let scene = service.scene("en-GB", "Overview").await;
    let cost = |total: &str, currency: &str| {
        format!(
            r#"{{"cif_value": 100, "duty": {{"amount": 0}}, "vat": {{"amount": 0}}, "total_landed_cost": {total}, "currency": "{currency}"}}"#
        )
    };
    let (own, dearer, cheaper, dollars) =
        (cost("100", "EUR"), cost("131.20", "EUR"), cost("99.5", "EUR"), cost("131.20", "USD"));
    let priced = format!(
        r#", "hs_code": {{"code_8": "8518.30.00", "code_10": "8518.30.00.90", "duty": {{"expression": "2 %"}}}}, "landed_cost": {own},
        "alternative_codes": [
            {{"code": "8518.21", "duty": {{"expression": "4.7 %"}}, "landed_cost": {dearer}}},
            {{"code": "8518.22", "duty": {{"expression": "2 %"}}, "landed_cost": {own}}},
            {{"code": "8518.29", "landed_cost": {cheaper}}},
            {{"code": "8518.40", "duty": {{"expression": "12.8 % + 303.4 EUR/100 kg"}}, "landed_cost": {dollars}}},
            {{"code": "8518.50"}}]"#
    );
    service.answers_by(move |_, path| match path {
        "/v1/classifications/1" => completed(&priced),
        "/v1/classifications/2" => {
            completed(r#", "hs_code": {"code_8": "8518.30.00"}, "alternative_codes": [{"code": "8518.21"}, {"code": "8518.22"}]"#)
        }
        _ => refusal(404, ""),
    });
    scene.go("/classifications/1").await;
    scene.sees("#alternatives li:nth-child(1) .change", "€31.20 more").await;
    let changes = scene.all("#alternatives .change").await;
    let changes: Vec<_> =
        changes.iter().map(|change| change.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(
        changes,
        [
            "€31.20 more duty 4.7 % instead of 2 %",
            "same cost same duty, 2 %",
            "€0.50 less",
            "duty 12.8 % + 303.4 EUR/100 kg instead of 2 %",
            ""
        ]
    );
    assert!(!scene.all("#alternatives").await.concat().contains("not known"));
    scene.go("/classifications/2").await;
    scene.sees("#alternatives", "The cost of the alternatives is not known here.").await;
    assert_eq!(scene.all("#alternatives .change").await.concat().trim(), "");
    scene.close().await;
}

#[tokio::test]
async fn figures_that_do_not_add_up_are_told() {
    let service = Service::start();
    let scene = service.scene("en-GB", "Overview").await;
    let check = async |vat: &str, total: &str, sentences: &[&str]| {
        let cost = format!(
            r#", "hs_code": null, "landed_cost": {{"cif_value": 2662.50, "duty": {{"rate": "0.0%", "amount": 0}},
                "vat": {{"rate": "21.00%", "amount": {vat}}}, "total_landed_cost": {total}, "currency": "EUR"}}"#
        );
        service.answers_by(move |_, _| completed(&cost));
        scene.go("/classifications/1").await;
        for sentence in sentences {
            scene.sees("#landed-cost", sentence).await;
        }
        scene.all("#wrong").await.concat()
    };
    // 21 % of 2662.50 is 559.125: half of a cent is rounded up, which a binary float does not do.
    assert_eq!(check("559.13", "3221.63", &["Checked: totals add up"]).await, "");
    let vat = "the API gives €559.11, its rate gives €559.13";
    let wrong = check("559.11", "3221.61", &["The VAT does not add up", vat]).await;
    assert!(!wrong.contains("total"), "{wrong}");
    let total = "the API gives €3,221.60, its parts give €3,221.63";
    let wrong = check("559.13", "3221.60", &["The total does not add up", total]).await;
    assert!(!wrong.contains("VAT"), "{wrong}");
    check("559.11", "3221.63", &["The VAT does not add up", "its parts give €3,221.61"]).await;
    scene.sees(".notice", "The answer has no code").await;
    scene.close().await;
}

#[tokio::test]
async fn the_request_can_be_had_as_code_without_the_key() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.classify("men's leather wallet \"$5\"").await;
    scene.click("#samples summary").await;
    let base = format!("{}/api/v1/classify", scene.server.base);
    let check = async |name: &str, parts: &[&str]| {
        let button = format!("#samples .switch button:nth-child({name})");
        scene.click(&button).await;
        for part in parts {
            scene.sees("#samples pre", part).await;
        }
        scene.sees("#samples pre", &base).await;
        let code = scene.all("#samples pre").await.concat();
        assert!(!code.contains(&scene.key), "{code}");
    };
    check("1", &["curl -X POST", "$IMPORT8_KEY", r#"men'\''s leather wallet \"$5\""#]).await;
    check("2", &["requests.post", r#"os.environ["IMPORT8_KEY"]"#, r#"men's leather wallet \"$5\""#]).await;
    check("3", &["await fetch", "${process.env.IMPORT8_KEY}", r#"men's leather wallet \"$5\""#]).await;
    let id = scene.path().await.replace("/classifications/", "");
    let service = Service::start();
    scene.close().await;
    let scene = service.scene("en-GB", "Overview").await;
    service.answers_by(|_, _| completed(EIGHT_DIGITS));
    scene.go(&format!("/classifications/{id}")).await;
    scene.click("#samples summary").await;
    scene.sees("#samples", "does not repeat the request").await;
    scene.sees("#samples pre", "/api/v1/classifications/1'").await;
    scene.close().await;
}

#[tokio::test]
async fn a_wait_has_a_measure_until_it_is_longer_than_usual() {
    let service = Service::start();
    let scene = service.scene("en-GB", "Overview").await;
    let pending = async |created_at: &str| {
        let data =
            format!(r#"{{"id": "1", "status": "pending", "hs_code": null, "created_at": "{created_at}"}}"#);
        service.answers_by(move |_, _| answer(&data));
        scene.go("/classifications/1").await;
        scene.appears("#pending").await;
    };
    let now = scene.run("return new Date(Date.now() + 60000).toISOString()", vec![]).await;
    pending(now.as_str().expect("a time")).await;
    scene.appears("#pending progress[value]").await;
    scene.sees("#pending", "usually takes 25 to 35 seconds").await;
    pending("2026-03-03T12:00:00+00:00").await;
    scene.sees("#pending", "longer than usual").await;
    scene.sees("#pending .elapsed", "Since 3 Mar 2026").await;
    assert!(scene.all("#pending progress[value]").await.is_empty(), "how far it is, is not known");
    scene.close().await;
}

/// Makes the page believe that its tab is hidden or visible.
async fn look(scene: &Scene, is_hidden: bool) {
    let script = "const hide = arguments[0];
        Object.defineProperty(document, 'hidden', {configurable: true, get: () => hide});
        dispatchEvent(new Event('visibilitychange'))";
    scene.run(script, vec![json!(is_hidden)]).await;
}

/// Replaces the browser's notifications, which a test cannot allow, by a fake.
async fn allow_notifications(scene: &Scene, answer: &str) {
    let double = "window.told = []; const answer = arguments[0];
        window.Notification = class {
            static permission = 'default';
            static requestPermission() { this.permission = answer; return Promise.resolve(answer) }
            constructor(title, options) { told.push(title + ' | ' + options.body); window.shown = this }
            close() {}
        }";
    scene.run(double, vec![json!(answer)]).await;
}

async fn told(scene: &Scene) -> Value {
    let mut told = json!([]);
    let is_told = async || {
        told = scene.run("return told", vec![]).await;
        told != json!([])
    };
    scene.until("something is told", is_told).await;
    told
}

#[tokio::test]
async fn who_asks_to_be_told_is_told_while_looking_elsewhere() {
    let service = Service::start();
    let scene = service.scene("en-GB", "Overview").await;
    let is_done = Arc::new(AtomicBool::new(false));
    let done = Arc::clone(&is_done);
    service.answers_by(move |_, path| match path {
        "/v1/classifications/1" if done.load(Ordering::Relaxed) => {
            completed(r#", "product_summary": "Steel bottle", "hs_code": {"code_8": "7323.93.00"}"#)
        }
        "/v1/classifications/1" => answer(r#"{"id": "1", "status": "pending", "hs_code": null}"#),
        _ => refusal(404, ""),
    });
    scene.go("/classifications/1").await;
    scene.appears("#pending").await;
    allow_notifications(&scene, "granted").await;
    scene.click("#tell button").await;
    scene.sees("#tell", "Your browser notifies you").await;
    look(&scene, true).await;
    is_done.store(true, Ordering::Relaxed);
    assert_eq!(told(&scene).await, json!(["Classification | Steel bottle: 7323 93 00"]));
    let title = "return document.title";
    assert_eq!(scene.run(title, vec![]).await, json!("✓ Steel bottle · Import8"));
    look(&scene, false).await;
    assert_eq!(scene.run(title, vec![]).await, json!("Steel bottle · Import8"));
    assert_eq!(scene.run("return localStorage.getItem('import8.tell')", vec![]).await, json!("[]"));
    scene.close().await;
}

#[tokio::test]
async fn a_refused_notification_is_told_and_leaves_the_wait_as_it_was() {
    let service = Service::start();
    let scene = service.scene("nl-NL", "Overzicht").await;
    service.answers_by(|_, _| answer(r#"{"id": "1", "status": "pending", "hs_code": null}"#));
    scene.go("/classifications/1").await;
    scene.sees("#pending", "Wordt ingedeeld").await;
    allow_notifications(&scene, "denied").await;
    scene.sees("#tell button", "Melding als het klaar is").await;
    scene.click("#tell button").await;
    scene.sees("#tell", "blokkeert meldingen van deze site").await;
    scene.close().await;
}

/// Waits until this browser has marked this many products as seen.
async fn has_seen(scene: &Scene, count: usize) {
    let read = "const done = arguments[arguments.length - 1]; const open = indexedDB.open('import8');
        open.onsuccess = () => { const all = open.result.transaction('submissions').objectStore('submissions').getAll();
            all.onsuccess = () => { open.result.close();
                done(all.result.filter(one => JSON.parse(one).is_seen).length) } }";
    let are_seen =
        async || *scene.browser.execute_async(read, vec![]).await.expect(read).json() == json!(count);
    scene.until(&format!("{count} products were seen"), are_seen).await;
}

async fn send(scene: &Scene, product: &str) {
    scene.send(product).await;
    scene.appears("#pending").await;
}

#[tokio::test]
async fn a_product_that_was_left_pending_is_announced_when_it_is_done() {
    let mut scene = Scene::open_with(&HOLDS, "en-GB").await;
    scene.sign_in().await;
    send(&scene, "leather wallet").await;
    assert!(scene.all("#news p").await.is_empty(), "what is on the screen is not news");
    scene.click("nav a[href='/classifications']").await;
    scene.sees("h1", "History").await;
    // A submission is known after a reload too.
    scene.browser.refresh().await.expect("reloaded");
    scene.sees("h1", "History").await;
    scene.release().await;
    scene.sees("#news", "leather wallet: 4202 31 00").await;
    has_seen(&scene, 0).await;
    scene.click("#news a").await;
    scene.sees(".code-hero", "4202").await;
    scene.vanishes("#news p").await;
    has_seen(&scene, 1).await;
    scene.close().await;
}

#[tokio::test]
async fn a_press_on_the_notification_leads_to_the_result() {
    let mut scene = Scene::open_with(&HOLDS, "en-GB").await;
    scene.sign_in().await;
    send(&scene, "leather wallet").await;
    allow_notifications(&scene, "granted").await;
    scene.click("#tell button").await;
    scene.sees("#tell", "Your browser notifies you").await;
    scene.click("nav a[href='/classifications']").await;
    scene.sees("h1", "History").await;
    scene.release().await;
    assert_eq!(told(&scene).await, json!(["Classification | leather wallet: 4202 31 00 00"]));
    scene.run("shown.onclick()", vec![]).await;
    scene.sees(".code-hero", "4202").await;
    has_seen(&scene, 1).await;
    scene.close().await;
}

#[tokio::test]
async fn several_are_announced_in_one_line_which_can_be_dismissed() {
    let mut scene = Scene::open_with(&HOLDS, "nl-NL").await;
    scene.go("/").await;
    scene.enter_key(&scene.key).await;
    scene.sees("h1", "Overzicht").await;
    send(&scene, "leren portemonnee").await;
    send(&scene, "xqzzv qqwfp").await;
    scene.click("nav a[href='/classifications']").await;
    scene.sees("h1", "Geschiedenis").await;
    scene.release().await;
    scene.sees("#news", "2 producten zijn klaar, 1 zonder code").await;
    scene.sees("#news a", "Geschiedenis openen").await;
    scene.click("#news button").await;
    scene.vanishes("#news p").await;
    has_seen(&scene, 2).await;
    scene.close().await;
}

#[tokio::test]
async fn another_result_leaves_nothing_of_the_last_one() {
    let mut scene = Scene::open_with(&HOLDS, "en-GB").await;
    scene.sign_in().await;
    send(&scene, "leather wallet").await;
    send(&scene, "men's cotton t-shirt").await;
    // The first one ends while the second is on the screen; the message links from one to the other.
    scene.release().await;
    scene.sees("#news", "leather wallet: 4202 31 00").await;
    scene.click("#news a").await;
    scene.sees("h1", "leather wallet").await;
    scene.sees(".code-hero", "4202").await;
    let focused = async || scene.run("return document.activeElement.tagName", vec![]).await;
    scene.until("the title has the focus", async || focused().await == json!("H1")).await;
    scene.close().await;
}

#[tokio::test]
async fn on_a_phone_a_long_choice_fits_in_dutch() {
    let scene = Scene::on(Screen::DarkPhone, Server::start(&[]), "nl-NL").await;
    scene.go("/").await;
    scene.enter_key(&scene.key).await;
    scene.sees("h1", "Overzicht").await;
    scene.classify("cheddar kaas").await;
    scene.sees("#review h2", "Welke van deze codes is van toepassing?").await;
    scene.fits().await;
    scene.click(".option:nth-child(1)").await;
    scene.sees("#duty", "Recht derde landen").await;
    scene.fits().await;
    scene.run("document.querySelectorAll('details').forEach(fold => fold.open = true)", vec![]).await;
    scene.fits().await;
    scene.sees("#evidence", "Indelingsdossier").await;
    scene.close().await;
}
