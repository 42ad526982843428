//! Tests of the history: listing, filtering, searching and selecting.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use serde_json::{Value, json};

use crate::scene::Scene;
use crate::service::Service;

#[tokio::test]
async fn both_products_are_in_the_history() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.sees(".empty", "Classify your first product").await;
    scene.classify("Stainless steel water bottle, 750 ml, double wall").await;
    scene.classify("katoenen T-shirt, heren, ronde hals").await;
    scene.sees(".code-hero", "6109").await;
    scene.click("nav a[href='/classifications']").await;
    scene.sees(".lead", "2 classifications").await;
    let rows = scene.all(".rows tbody tr").await;
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(rows[0].contains("katoenen T-shirt") && rows[0].contains("6109"));
    assert!(rows[1].contains("water bottle") && rows[1].contains("7323"));
    scene.click(".rows tbody tr:nth-child(2) a").await;
    scene.sees("h1", "Stainless steel water bottle").await;
    scene.close().await;
}

/// Classifies products in order and returns their identifiers.
pub(crate) async fn classified(scene: &Scene, descriptions: &[&str]) -> Vec<String> {
    let mut ids = Vec::new();
    for chunk in descriptions.chunks(100) {
        let items: Vec<_> = chunk.iter().map(|text| json!({"description": text})).collect();
        let batch = scene.call("POST", "/v1/classify/batch", json!({"items": items})).await;
        let id = batch["data"]["batch_id"].as_str().expect("a batch").to_owned();
        let mut results = Value::Null;
        let have_ended = async || {
            let batch = scene.call("GET", &format!("/v1/classify/batch/{id}"), Value::Null).await;
            results = batch["data"]["classifications"].clone();
            batch["data"]["pending"] == json!(0)
        };
        scene.until("all products have ended", have_ended).await;
        let results = results.as_array().expect("products");
        ids.extend(results.iter().filter_map(|item| item["id"].as_str().map(str::to_owned)));
    }
    assert_eq!(ids.len(), descriptions.len());
    ids
}

/// Waits until exactly these products are listed, in this order.
async fn lists(scene: &Scene, products: &[&str]) {
    let deadline = std::time::Instant::now() + crate::scene::PATIENCE;
    loop {
        let listed = scene.all(".rows td.product").await;
        if listed == products {
            return;
        }
        assert!(std::time::Instant::now() < deadline, "{listed:?} instead of {products:?}");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn pages_are_turned_and_are_in_the_address() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    let products: Vec<_> = (1..=25).map(|number| format!("leather wallet {number}")).collect();
    classified(&scene, &products.iter().map(String::as_str).collect::<Vec<_>>()).await;
    scene.go("/classifications").await;
    scene.sees(".pages", "Page 1 of 2").await;
    scene.sees(".place", "1–20 of 25").await;
    assert_eq!(scene.all(".rows tbody tr").await.len(), 20);
    scene.click(".pages a[rel=next]").await;
    scene.sees(".pages", "Page 2 of 2").await;
    scene.sees(".place", "21–25 of 25").await;
    assert_eq!(scene.path().await, "/classifications?page=2");
    scene.sees(".rows", "leather wallet 1").await;
    // A screen reader continues at the new page.
    assert_eq!(scene.run("return document.activeElement.className", vec![]).await, json!("place"));
    scene.browser.back().await.expect("back");
    scene.sees(".pages", "Page 1 of 2").await;
    scene.go("/classifications?per_page=5").await;
    scene.sees(".pages", "Page 1 of 5").await;
    scene.click(".pages a[rel=last]").await;
    scene.sees(".pages", "Page 5 of 5").await;
    scene.fill("#go-to-page", "6").await;
    scene.click(".go-to button").await;
    scene.sees("#go-to-problem", "from 1 to 5").await;
    scene.fill("#go-to-page", "3").await;
    scene.click(".go-to button").await;
    scene.sees(".pages", "Page 3 of 5").await;
    assert_eq!(scene.path().await, "/classifications?page=3&per_page=5");
    scene.click(".pages a[rel=first]").await;
    scene.sees(".pages", "Page 1 of 5").await;
    scene.choose("#per-page", "100").await;
    scene.sees(".place", "1–25 of 25").await;
    assert_eq!(scene.path().await, "/classifications?per_page=100");
    scene.go("/classifications?page=99").await;
    scene.sees(".empty", "This page does not exist").await;
    scene.sees(".empty", "There are 2 pages").await;
    scene.click(".ways a:last-child").await;
    scene.sees(".place", "21–25 of 25").await;
    scene.close().await;
}

#[tokio::test]
async fn an_empty_history_says_what_to_do() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.click("nav a[href='/classifications']").await;
    scene.sees(".empty", "Nothing classified yet").await;
    scene.go("/classifications?status=failed").await;
    scene.sees(".empty", "Nothing matches").await;
    scene.close().await;
}

const PRODUCTS: [&str; 4] = [
    "leather wallet",
    "katoenen T-shirt, heren, ronde hals",
    "Stainless steel water bottle, 750 ml, double wall",
    "zqx wvk",
];

#[tokio::test]
async fn each_filter_leaves_out_what_it_says_and_is_in_the_address() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    let [wallet, shirt, bottle, nonsense] = PRODUCTS;
    let ids = classified(&scene, &PRODUCTS).await;
    scene
        .call("POST", &format!("/v1/classifications/{}/feedback", ids[0]), json!({"status": "confirmed"}))
        .await;
    scene.click("nav a[href='/classifications']").await;
    lists(&scene, &[nonsense, bottle, shirt, wallet]).await;
    scene.sees(".rows tr:last-child", "confirmed").await;

    scene.choose("#filter-status", "failed").await;
    lists(&scene, &[nonsense]).await;
    assert_eq!(scene.path().await, "/classifications?status=failed");
    scene.sees(".lead", "1 found").await;
    scene.choose("#filter-status", "completed").await;
    lists(&scene, &[bottle, shirt, wallet]).await;
    scene.click(".more-filters summary").await;
    scene.choose("#filter-reviewed", "true").await;
    lists(&scene, &[wallet]).await;
    assert_eq!(scene.path().await, "/classifications?status=completed&reviewed=true");

    // The address survives a reload, and the back button works.
    scene.browser.refresh().await.expect("reloaded");
    lists(&scene, &[wallet]).await;
    assert_eq!(scene.value("#filter-status").await, json!("completed"));
    assert_eq!(scene.value("#filter-reviewed").await, json!("true"));
    scene.browser.back().await.expect("back");
    lists(&scene, &[bottle, shirt, wallet]).await;
    assert_eq!(scene.value("#filter-reviewed").await, json!(""));

    // Active filters are shown as words that can be removed.
    assert_eq!(scene.all(".chip").await, ["Completed"]);
    scene.click(".chip").await;
    lists(&scene, &[nonsense, bottle, shirt, wallet]).await;
    assert!(scene.all(".chip").await.is_empty());

    scene.fill("#filter-chapter", "61\n").await;
    lists(&scene, &[shirt]).await;
    scene.sees(".more-fields .hint", "knitted").await;
    scene.go("/classifications?from=2026-01-01&to=2026-01-02").await;
    scene.sees(".empty", "Nothing matches").await;
    assert_eq!(scene.value("#filter-from").await, json!("2026-01-01"));
    assert_eq!(scene.all(".chip").await, ["from 1 January 2026", "to 2 January 2026"]);
    scene.click(".empty button").await;
    lists(&scene, &[nonsense, bottle, shirt, wallet]).await;
    assert_eq!(scene.path().await, "/classifications");
    scene.go("/classifications?from=2026-01-01").await;
    lists(&scene, &[nonsense, bottle, shirt, wallet]).await;
    scene.close().await;
}

#[tokio::test]
async fn bands_of_confidence_are_apart_and_complete() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    classified(&scene, &PRODUCTS).await;
    scene.go("/classifications?status=completed").await;
    scene.sees(".place", "1–3 of 3").await;
    let mut found = 0;
    for (band, word) in [("75-", "Strong"), ("45-74", "Fair"), ("-44", "Weak")] {
        scene.choose("#filter-confidence", band).await;
        scene.sees(".active-filters li:last-child .chip", word).await;
        // Either all rows match, or the page says that there are none.
        scene.appears(".listed[aria-busy=false] .rows, .empty").await;
        scene.vanishes(".listed[aria-busy=true]").await;
        let rows = scene.all(".rows td.confidence-cell").await;
        assert!(rows.iter().all(|row| row.starts_with(word)), "{band}: {rows:?}");
        found += rows.len();
    }
    assert_eq!(found, 3);
    // Bounds other than those of a band have their own words.
    scene.go("/classifications?min_confidence=1&max_confidence=99").await;
    scene.sees(".chip", "confidence 1 to 99").await;
    assert_eq!(scene.value("#filter-confidence").await, json!("1-99"));
    scene.close().await;
}

#[tokio::test]
async fn a_search_is_applied_when_typing_rests_and_is_one_step_back() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    let [wallet, _, bottle, _] = PRODUCTS;
    classified(&scene, &PRODUCTS).await;
    scene.click("nav a[href='/classifications']").await;
    scene.appears(".rows").await;
    // A slash focuses the field and is not typed.
    scene.run("document.activeElement.blur()", vec![]).await;
    scene.browser.action_chain().send_keys("/").perform().await.expect("a key");
    scene.focuses("search").await;
    scene.browser.action_chain().send_keys("steel").perform().await.expect("keys");
    lists(&scene, &[bottle]).await;
    // On a slow machine, the typing may have rested in the middle of the word before.
    scene.is_at("/classifications?q=steel").await;
    scene.fill("#search", "wallet\n").await;
    lists(&scene, &[wallet]).await;
    assert_eq!(scene.value("#search").await, json!("wallet"));
    // However often the text changed, one step back leads to the beginning.
    scene.browser.back().await.expect("back");
    scene.sees("h1", "Overview").await;
    scene.browser.forward().await.expect("forward");
    lists(&scene, &[wallet]).await;
    assert_eq!(scene.value("#search").await, json!("wallet"));
    scene.click("#clear-filters").await;
    scene.sees(".place", "of 4").await;
    assert_eq!(scene.value("#search").await, json!(""));
    // Single-key shortcuts can be switched off.
    scene.run("localStorage.setItem('import8.shortcuts', 'off')", vec![]).await;
    scene.browser.refresh().await.expect("reloaded");
    scene.sees(".place", "of 4").await;
    scene.browser.action_chain().send_keys("/").perform().await.expect("a key");
    assert_ne!(scene.focused().await, json!("search"));
    scene.close().await;
}

#[tokio::test]
async fn what_is_typed_wrong_is_said_at_the_field_and_leaves_nothing_out() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    classified(&scene, &PRODUCTS).await;
    scene.go("/classifications?chapter=8").await;
    scene.sees("#filter-chapter-problem", "A chapter has two digits").await;
    scene.sees(".place", "of 4").await;
    assert_eq!(scene.value("#filter-chapter").await, json!("8"));
    scene.go("/classifications?from=2026-03-04&to=2026-03-03&q=wallet").await;
    scene.sees("#filter-from-problem", "The first day is after the last").await;
    lists(&scene, &[PRODUCTS[0]]).await;
    assert_eq!(scene.all(".chip").await, ["“wallet”"]);
    scene.close().await;
}

/// A page of the history of a service with the documented API only. Every seventh product is a steel pan.
pub(crate) fn page(total: u64, number: u64, per_page: u64) -> String {
    let first = (number - 1) * per_page;
    let row = |place: u64| {
        let number = total - place;
        let product = if number.is_multiple_of(7) { "steel pan" } else { "wooden spoon" };
        let status = if number.is_multiple_of(2) { "completed" } else { "failed" };
        json!({"id": number.to_string(), "status": status, "product_summary": format!("{product} {number}"),
            "hs_code": if number.is_multiple_of(2) { json!("7323.93.00") } else { Value::Null },
            "confidence": number % 101, "created_at": "2026-03-03T12:00:00+00:00"})
    };
    let rows: Vec<_> = (first..total.min(first + per_page)).map(row).collect();
    let meta = json!({"current_page": number, "per_page": per_page, "total": total,
        "last_page": total.div_ceil(per_page).max(1)});
    json!({"success": true, "data": rows, "meta": meta}).to_string()
}

/// The number of a query parameter; `otherwise` without the parameter.
pub(crate) fn asked(path: &str, name: &str, otherwise: u64) -> u64 {
    let query = path.split_once('?').map_or("", |(_, query)| query);
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| *key == name).and_then(|(_, value)| value.parse().ok()).unwrap_or(otherwise)
}

pub(crate) const TOTAL: u64 = 350;

/// A gate before the third and later pages. It counts the pages answered and the requests refused.
#[derive(Default)]
pub(crate) struct Gate {
    is_open: AtomicBool,
    answered: AtomicU64,
    refused: AtomicU64,
}

impl Gate {
    pub(crate) fn open(&self) {
        self.is_open.store(true, Ordering::SeqCst);
    }

    fn answered(&self) -> u64 {
        self.answered.load(Ordering::SeqCst)
    }

    pub(crate) fn refused(&self) -> u64 {
        self.refused.load(Ordering::SeqCst)
    }
}

/// Answers the first two pages, and the others only once `gate` is open.
pub(crate) fn turns_pages(service: &Service) -> Arc<Gate> {
    let gate = Arc::new(Gate::default());
    let own = Arc::clone(&gate);
    service.answers_by(move |_, path| {
        assert!(!path.contains("q="), "the contract has no filters: {path}");
        let number = asked(path, "page", 1);
        if number > 2 && !own.is_open.load(Ordering::SeqCst) {
            own.refused.fetch_add(1, Ordering::SeqCst);
            return (
                429,
                "retry-after: 2\r\n".to_owned(),
                json!({"success": false, "message": "Wait."}).to_string(),
            );
        }
        own.answered.fetch_add(1, Ordering::SeqCst);
        (200, String::new(), page(TOTAL, number, asked(path, "per_page", 20)))
    });
    gate
}

#[tokio::test]
async fn a_service_that_cannot_filter_is_read_page_by_page() {
    let service = Service::start();
    let gate = turns_pages(&service);
    let scene = service.scene("en-GB", "Overview").await;
    scene.click("nav a[href='/classifications']").await;
    scene.sees(".place", "1–20 of 350").await;
    assert!(scene.all("#filter-reviewed").await.is_empty(), "it does not report reviews");
    scene.fill("#search", "PAN").await;
    // The scan pauses at the rate limit, and the matches so far are shown.
    scene.sees("#reading", "200 of 350 searched, 29 found").await;
    scene.sees("#reading", "Continuing in").await;
    scene.sees(".place", "1–20 of 29").await;
    scene.sees(".rows", "steel pan 350").await;
    scene.click("#reading button").await;
    scene.sees("#reading button", "Continue").await;
    gate.open();
    scene.click("#reading button").await;
    scene.sees("#reading", "All 350 searched, 50 found").await;
    scene.sees(".pages", "Page 1 of 3").await;
    scene.click(".pages a[rel=last]").await;
    scene.sees(".place", "41–50 of 50").await;
    scene.sees(".rows", "steel pan 7").await;
    assert_eq!(scene.path().await, "/classifications?page=3&q=PAN");

    // Another filter uses the same rows.
    let before = gate.answered();
    scene.choose("#filter-status", "failed").await;
    scene.sees("#reading", "All 350 searched, 25 found").await;
    scene.choose("#filter-confidence", "75-").await;
    scene.sees(".rows", "steel pan").await;
    assert_eq!(gate.answered(), before);
    // Coming back only requests whether there are new rows.
    scene.click(".rows tbody a").await;
    scene.browser.back().await.expect("back");
    scene.sees("#reading", "All 350 searched").await;
    assert!(gate.answered() <= before + 2);
    scene.close().await;
}

#[tokio::test]
async fn a_service_that_does_not_turn_pages_gives_its_first_hundred() {
    let service = Service::start();
    service.answers_by(|_, path| (200, String::new(), page(TOTAL, 1, asked(path, "per_page", 20))));
    let scene = service.scene("en-GB", "Overview").await;
    scene.go("/classifications?q=pan&reviewed=true").await;
    scene.sees("#reading", "only the newest 100 of 350 could be searched").await;
    scene.sees(".notice", "does not report reviews").await;
    scene.sees(".place", "of 15").await;
    scene.go("/classifications?q=pan&status=pending&sort=confidence").await;
    scene.sees(".empty", "Nothing matches").await;
    scene.sees(".notice", "cannot sort").await;
    scene.close().await;
}

#[tokio::test]
async fn the_last_requests_of_a_minute_are_left_to_the_person() {
    let service = Service::start();
    let asked_for = Arc::new(AtomicU64::new(0));
    let count = Arc::clone(&asked_for);
    service.answers_by(move |_, path| {
        let number = asked(path, "page", 1);
        count.fetch_max(number, Ordering::SeqCst);
        let reset =
            std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a time").as_secs()
                + 50;
        let left = 5_u64.saturating_sub(number);
        let headers = format!(
            "x-ratelimit-limit: 20\r\nx-ratelimit-remaining: {left}\r\nx-ratelimit-reset: {reset}\r\n"
        );
        (200, headers, page(TOTAL, number, asked(path, "per_page", 20)))
    });
    let scene = service.scene("en-GB", "Overview").await;
    scene.go("/classifications?q=pan").await;
    scene.sees("#reading", "300 of 350 searched").await;
    scene.sees("#reading", "nearly so. Continuing in").await;
    assert_eq!(asked_for.load(Ordering::SeqCst), 3);
    scene.close().await;
}

#[tokio::test]
async fn rows_are_selected_over_pages() {
    let service = Service::start();
    turns_pages(&service).open();
    let scene = service.scene("en-GB", "Overview").await;
    scene.click("nav a[href='/classifications']").await;
    scene.click(".rows tbody tr:first-child .pick input").await;
    scene.click(".rows tbody tr:nth-child(3) .pick input").await;
    scene.sees("#selection", "2 selected").await;
    scene.run("scrollTo(0, document.body.scrollHeight)", vec![]).await;
    scene.click(".pages a[rel=next]").await;
    scene.sees(".pages", "Page 2 of 18").await;
    scene.click("#pick-all").await;
    scene.sees("#selection", "22 selected").await;
    scene.click(".rows tbody tr:first-child .pick input").await;
    scene.sees("#selection", "21 selected").await;
    let is_mixed = "return document.querySelector('#pick-all').indeterminate";
    assert_eq!(scene.run(is_mixed, vec![]).await, json!(true));
    scene.browser.back().await.expect("back");
    scene.sees(".pages", "Page 1 of 18").await;
    let ticked = "return [...document.querySelectorAll('.rows tbody .pick input')].map(box => box.checked).slice(0, 4)";
    assert_eq!(scene.run(ticked, vec![]).await, json!([true, false, true, false]));
    let sheets = scene.run("return document.querySelector('#evidence').getAttribute('href')", vec![]).await;
    assert!(sheets.as_str().is_some_and(|href| href.starts_with("/evidence?ids=350,348,")), "{sheets}");
    scene.choose("#per-page", "100").await;
    scene.sees(".place", "1–100 of 350").await;
    scene.click("#pick-all").await;
    scene.sees("#selection", "100 selected").await;
    scene.sees("#selection", "At most 50 sheets").await;
    scene.click("#select-matches").await;
    scene.sees("#selection", "All 350 selected").await;
    // Under another filter, "all matching rows" would be others; individually ticked rows stay.
    scene.choose("#filter-status", "completed").await;
    scene.sees("#selection", "100 selected").await;
    scene.click("#clear-selection").await;
    scene.vanishes("#selection").await;
    scene.close().await;
}

#[tokio::test]
async fn old_rows_stay_beside_an_error() {
    let service = Service::start();
    service.answers_by(|_, path| (200, String::new(), page(TOTAL, asked(path, "page", 1), 20)));
    let scene = service.scene("en-GB", "Overview").await;
    scene.click("nav a[href='/classifications']").await;
    scene.sees(".place", "1–20 of 350").await;
    service.answers((500, "", r#"{"success": false, "message": "Broken."}"#));
    scene.click(".pages a[rel=next]").await;
    scene.sees(".failure", "API error").await;
    scene.sees(".rows", "steel pan 350").await;
    scene.appears(".listed[aria-busy=true]").await;
    service.answers_by(|_, path| (200, String::new(), page(TOTAL, asked(path, "page", 1), 20)));
    scene.click(".failure button").await;
    scene.sees(".place", "21–40 of 350").await;
    scene.vanishes(".failure").await;
    scene.close().await;
}
