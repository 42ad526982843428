//! Tests of the review queue: keys, filters and orders; and the accuracy by confidence.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::history::classified;
use crate::review::{may_judge, pass, press, recorded, stop_clock, verdict, with};
use crate::scene::{LOOK_AGAIN, PATIENCE, Scene, Screen, Server};
use crate::service::Service;

const PRODUCTS: [&str; 4] =
    ["leather wallet", "plastic thing for kitchen", "led lamp", "katoenen T-shirt, heren, ronde hals"];

/// The names in the queue, once it has this many rows.
async fn queued(scene: &Scene, rows: usize) -> Vec<String> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let names = scene.all("#queue .name").await;
        if names.len() == rows {
            return names;
        }
        assert!(Instant::now() < deadline, "{names:?} instead of {rows} rows");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn is_current(scene: &Scene, name: &str) {
    scene.sees("#queue [aria-selected=true] .name", name).await;
    scene.sees(".queue-head h2", name).await;
}

#[tokio::test]
async fn what_is_typed_while_another_code_is_looked_for_is_no_verdict() {
    let (scene, ids) = with(&["leather wallet", "led lamp"]).await;
    scene.go("/review").await;
    queued(&scene, 2).await;
    may_judge(&scene).await;
    stop_clock(&scene).await;
    // All at once, as a person types who knows the key.
    press(&scene, "xleather case1cz").await;
    let typed = "return document.querySelector('#right-code').value";
    assert_eq!(scene.run(typed, vec![]).await, json!("leather case1cz"));
    // Letters go into the field even while a row has the focus.
    scene.appears("#correction ol .pick").await;
    press(&scene, Key::Up).await;
    let focused = "return document.activeElement.className";
    assert_eq!(scene.run(focused, vec![]).await, json!("pick"));
    press(&scene, " bag").await;
    assert_eq!(scene.run(typed, vec![]).await, json!("leather case1cz bag"));
    // Nor one with which the queue is walked, as the first letter of a word.
    let product = scene.all(".queue-head h2").await;
    press(&scene, Key::Up).await;
    press(&scene, "jok").await;
    assert_eq!(scene.run(typed, vec![]).await, json!("leather case1cz bagjok"));
    assert_eq!(scene.all(".queue-head h2").await, product);
    assert!(scene.all("#queue .done").await.is_empty(), "nothing was reviewed");
    for id in &ids {
        assert_eq!(verdict(&scene, id).await, Value::Null);
    }
    // Keys work on the screen again.
    press(&scene, Key::Escape).await;
    scene.sees("#review", "Is this the right code?").await;
    press(&scene, "c").await;
    scene.appears("#queue .done").await;
    scene.close().await;
}

#[tokio::test]
async fn the_queue_is_worked_through_by_key() {
    let (scene, ids) = with(&PRODUCTS).await;
    let least_sure = "/v1/classifications?sort=confidence&status=completed&reviewed=false";
    let least_sure = scene.call("GET", least_sure, Value::Null).await;
    let text = |row: &Value, name: &str| row[name].as_str().expect("a text").to_owned();
    let rows = least_sure["data"].as_array().expect("rows");
    let order: Vec<_> = rows.iter().map(|row| text(row, "product_summary")).collect();
    let confidences: Vec<_> = rows.iter().filter_map(|row| row["confidence"].as_i64()).collect();
    assert!(confidences.is_sorted() && confidences.len() == 4, "{confidences:?}");

    scene.click("nav a[href='/review']").await;
    assert_eq!(queued(&scene, 4).await, order);
    scene.sees(".lead", "4 of 4 left").await;
    is_current(&scene, &order[0]).await;
    stop_clock(&scene).await;
    press(&scene, "j").await;
    is_current(&scene, &order[1]).await;
    press(&scene, "k").await;
    is_current(&scene, &order[0]).await;
    press(&scene, Key::Down).await;
    is_current(&scene, &order[1]).await;
    scene.sees("#reasoning", "").await;

    press(&scene, "c").await;
    is_current(&scene, &order[2]).await;
    scene.sees("#queue .done .name", &order[1]).await;
    scene.sees("#queue .done .said", "Confirmed").await;
    scene.sees(".lead", "3 of 4 left").await;
    press(&scene, "x").await;
    scene.fill("#right-code", "8518.30").await;
    press(&scene, Key::Enter).await;
    is_current(&scene, &order[3]).await;
    scene.sees("#undo-bar", "corrected to 8518 30 and 1 more").await;
    scene.sees(".lead", "2 of 4 left").await;
    press(&scene, "z").await;
    scene.sees(".lead", "3 of 4 left").await;
    // A verdict that was undone makes its row current.
    is_current(&scene, &order[2]).await;

    // A row leaves the queue when its verdict was sent.
    pass(&scene).await;
    let left: Vec<_> = order.iter().filter(|name| **name != order[1]).cloned().collect();
    assert_eq!(queued(&scene, 3).await, left);
    scene.sees(".lead", "3 of 4 left").await;
    assert_eq!(recorded(&scene, &text(&rows[1], "id")).await.0, "confirmed");
    assert_eq!(verdict(&scene, &text(&rows[2], "id")).await, Value::Null);

    press(&scene, "o").await;
    scene.sees("h1", &order[2]).await;
    scene.browser.back().await.expect("back");
    is_current(&scene, &order[2]).await;
    for left in [2, 1, 0] {
        press(&scene, "c").await;
        scene.sees(".lead", &format!("{left} of 4 left")).await;
    }
    pass(&scene).await;
    scene.sees("#all-done", "Nothing to review").await;
    scene.sees("#all-done", "You have reviewed 4").await;
    for id in &ids {
        recorded(&scene, id).await;
    }
    scene.close().await;
}

#[tokio::test]
async fn the_queue_has_parts_and_orders_in_its_address() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    let item = |text: &str, value: u32| json!({"description": text, "goods_value": value, "origin_country": "CN", "currency": "EUR"});
    let items = json!({"items": [item("leather wallet", 10), item("leather wallet, dear", 100_000), item("zqx wvk", 1)]});
    scene.call("POST", "/v1/classify/batch", items).await;
    scene.go("/review?sort=at_stake").await;
    let done = "/v1/classifications?sort=at_stake&status=completed";
    let deadline = Instant::now() + PATIENCE;
    let listed = loop {
        let listed = scene.call("GET", done, Value::Null).await;
        if listed["meta"]["total"] == 2 {
            break listed;
        }
        assert!(Instant::now() < deadline, "not both are classified: {listed}");
        tokio::time::sleep(LOOK_AGAIN).await;
    };
    assert!(listed["data"][0]["at_stake"]["amount"].is_number(), "{listed}");
    scene.browser.refresh().await.expect("reloaded");
    let names = queued(&scene, 2).await;
    assert_eq!(names, ["leather wallet, dear", "leather wallet"]);
    scene.sees("#queue .stake", "€").await;
    scene.sees(".segmented [aria-current]", "Most at stake first").await;
    scene.click(".segmented a[href='/review?status=failed']").await;
    assert_eq!(queued(&scene, 1).await, ["zqx wvk"]);
    assert_eq!(scene.path().await, "/review?status=failed");
    scene.sees("#correct", "Give the code").await;
    scene.go("/review").await;
    scene.choose("#at-most", "44").await;
    scene.sees("#all-done", "Nothing to review at that confidence").await;
    assert_eq!(scene.path().await, "/review?max_confidence=44");
    scene.click("#all-done a").await;
    queued(&scene, 2).await;
    scene.close().await;
}

/// A page of the history of a service with the documented API only. Every third product has failed, and the
/// confidence falls from the oldest to the newest.
fn page(total: u64, number: u64) -> String {
    let first = (number - 1) * 100;
    let row = |place: u64| {
        let number = total - place;
        let is_failed = number.is_multiple_of(3);
        let code = if is_failed { Value::Null } else { json!("7323.93.00") };
        json!({"id": number.to_string(), "status": if is_failed { "failed" } else { "completed" },
            "product_summary": format!("steel pan {number}"), "hs_code": code,
            "confidence": if is_failed { Value::Null } else { json!(100 - number * 100 / total) }})
    };
    let rows: Vec<_> = (first..total.min(first + 100)).map(row).collect();
    let meta =
        json!({"current_page": number, "per_page": 100, "total": total, "last_page": total.div_ceil(100)});
    json!({"success": true, "data": rows, "meta": meta}).to_string()
}

#[tokio::test]
async fn a_service_with_the_contract_only_has_a_queue_too() {
    const TOTAL: u64 = 250;
    let service = Service::start();
    let (pages, sent) = (Arc::new(AtomicU64::new(0)), Arc::new(Mutex::new(Vec::new())));
    let (asked, taken) = (Arc::clone(&pages), Arc::clone(&sent));
    service.answers_by(move |method, path| {
        let answer = |status, body: String| (status, String::new(), body);
        if method == "POST" {
            taken.lock().expect("a list").push(path.to_owned());
            return match path {
                "/v1/classifications/250/feedback" => answer(200, "{}".to_owned()),
                _ => answer(422, json!({"success": false, "message": "It is too old."}).to_string()),
            };
        }
        if let Some(id) = path.strip_prefix("/v1/classifications/") {
            let code = json!({"code_6": "7323.93", "code_8": "7323.93.00"});
            let other = json!([{"code": "7323.94", "description": "Enamelled"}]);
            let body = json!({"success": true, "data": {"id": id, "status": "completed", "hs_code": code,
                "reasoning": "It is a pan.", "alternative_codes": other}});
            return answer(200, body.to_string());
        }
        let query = path.split_once('?').map_or("", |(_, query)| query);
        let number = query.split('&').find_map(|pair| pair.strip_prefix("page=")?.parse().ok());
        // The overview asks for fewer rows, and for other things.
        if query.contains("per_page=100") {
            asked.fetch_add(1, Ordering::SeqCst);
        }
        answer(200, page(TOTAL, number.unwrap_or(1)))
    });
    let scene = service.scene("en-GB", "Overview").await;
    scene.go("/review?sort=at_stake").await;
    scene.sees(".notice", "does not report the money at stake").await;
    scene.sees("#reading", "All 250 searched").await;
    assert_eq!(pages.load(Ordering::SeqCst), 3);
    scene.sees(".lead", "167 of 167 left").await;
    let names = queued(&scene, 20).await;
    assert_eq!(names[..3], ["steel pan 250", "steel pan 248", "steel pan 247"].map(str::to_owned));
    scene.sees("#reasoning", "It is a pan.").await;
    scene.click("#calibration summary").await;
    scene.sees("#calibration", "does not report its accuracy").await;

    // Only the alternatives and the code field are there for a correction.
    press(&scene, "x").await;
    scene.sees("#correction", "This service cannot search the tariff").await;
    assert!(scene.all("#tariff").await.is_empty());
    scene.fill("#right-code", "9999.99").await;
    press(&scene, Key::Escape).await;

    stop_clock(&scene).await;
    press(&scene, "c").await;
    is_current(&scene, "steel pan 248").await;
    press(&scene, "x").await;
    scene.fill("#right-code", "7323 94").await;
    press(&scene, Key::Enter).await;
    is_current(&scene, "steel pan 247").await;
    pass(&scene).await;
    scene.sees("#undo-bar [role=alert]", "The review of “steel pan 248” was refused").await;
    scene.sees("#undo-bar [role=alert]", "Corrected to 7323 94: It is too old.").await;
    scene.sees("#undo-bar [role=alert]", "Nothing was recorded").await;
    scene.sees(".lead", "166 of 167 left").await;
    assert_eq!(queued(&scene, 20).await[0], "steel pan 248");
    scene.click(".undo-refused button").await;
    scene.vanishes("#undo-bar.shown").await;
    let expected = ["250", "248"].map(|id| format!("/v1/classifications/{id}/feedback"));
    assert_eq!(*sent.lock().expect("a list"), expected);

    // Verdicts given here are known in this browser, although the service does not return them.
    scene.click("nav a[href='/classifications']").await;
    scene.sees(".rows tr:first-child .verdict-word", "confirmed").await;
    scene.browser.refresh().await.expect("reloaded");
    scene.sees(".rows tr:first-child .verdict-word", "confirmed").await;
    scene.close().await;
}

#[tokio::test]
async fn how_well_the_confidence_has_done_is_told() {
    let (scene, ids) = with(&["leather wallet"; 12]).await;
    let judge = async |id: &str, verdict: Value| {
        scene.call("POST", &format!("/v1/classifications/{id}/feedback"), verdict).await;
    };
    for id in &ids[..9] {
        judge(id, json!({"status": "confirmed"})).await;
    }
    // The rows of the queue move the section down when they arrive.
    let open = async || {
        scene.appears("#queue .queue-row").await;
        scene.click("#calibration summary").await;
    };
    scene.go("/review").await;
    open().await;
    scene.sees("#calibration tbody tr", "too few").await;
    judge(&ids[9], json!({"status": "corrected", "corrected_code": "8518.30"})).await;
    scene.browser.refresh().await.expect("reloaded");
    open().await;
    scene.sees("#calibration tbody tr", "90\u{a0}%").await;
    let cells = scene.all("#calibration tbody td").await;
    assert_eq!(cells[1..3], ["10".to_owned(), "9".to_owned()], "{cells:?}");
    scene.close().await;
}

#[tokio::test]
async fn on_a_phone_the_queue_fits_in_dutch() {
    let scene = Scene::on(Screen::DarkPhone, Server::start(&[]), "nl-NL").await;
    scene.go("/").await;
    scene.enter_key(&scene.key).await;
    scene.sees("h1", "Overzicht").await;
    classified(&scene, &PRODUCTS).await;
    scene.click("nav a[href='/review']").await;
    scene.sees("h1", "Beoordelen").await;
    scene.sees(".lead", "Nog 4 van 4").await;
    scene.sees("#review", "Is dit de juiste code?").await;
    scene.appears("#reasoning").await;
    scene.click("#correct").await;
    scene.sees("#correction", "Alternatieven").await;
    scene.fill("#right-code", "portemonnee").await;
    scene.sees("#tariff-rows", "4202").await;
    scene.click("#cancel-correction").await;
    stop_clock(&scene).await;
    scene.click("#confirm").await;
    scene.sees("#undo-bar", "bevestigd").await;
    scene.sees("#undo-bar .undo", "Ongedaan maken").await;
    scene.fits().await;
    scene.close().await;
}
