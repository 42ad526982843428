//! Tests of credits and plan usage: both counts, kept up to date, and the days of the period.

use serde_json::{Value, json};

use crate::files::give;
use crate::history::classified;
use crate::scene::{HOLDS, Scene};
use crate::service::Service;

/// Noon on a day of November 2025, in milliseconds since 1970.
fn noon(day: u64) -> u64 {
    1_761_998_400_000 + (day - 1) * 24 * 60 * 60 * 1_000
}

/// The usage that a service reports.
fn usage(current: u64, limit: u64, days: &str) -> String {
    format!(
        r#"{{"success": true, "data": {{"plan": {{"name": "Starter"}}, "classifications": {{"current": {current}, "limit": {limit}}}, "period": {{"year": 2025, "month": 11}}{days}}}}}"#
    )
}

fn account(expiry: &str, extensions: &str) -> String {
    format!(
        r#"{{"success": true, "data": {{"organization": {{"name": "Vendor"}}, "credits": {{"remaining": 247, "total_purchased": 250, "total_used": 3, "earliest_expiry": "{expiry}"}}, "limits": {{"rate_limit_per_minute": 20}}, "extensions": [{extensions}]}}}}"#
    )
}

/// Stops the page's clock at a time.
async fn set_clock(scene: &Scene, moment: u64) {
    scene.run("window.moment = arguments[0]; Date.now = () => window.moment", vec![json!(moment)]).await;
}

/// The numbers of a column of the table, without thousands separators.
async fn column(scene: &Scene, number: u32) -> Vec<u64> {
    let script = "return [...document.querySelectorAll(`#day-table tbody tr > :nth-child(${arguments[0]})`)]
        .map(cell => Number(cell.textContent.replace(/\\D/g, '')))";
    let numbers = scene.run(script, vec![json!(number)]).await;
    numbers.as_array().into_iter().flatten().filter_map(Value::as_u64).collect()
}

/// Number of lines of a kind in the chart.
async fn drawn(scene: &Scene, kind: &str) -> u64 {
    let script = "return document.querySelectorAll('.course .totals path.' + arguments[0]).length";
    scene.run(script, vec![json!(kind)]).await.as_u64().expect("a number")
}

#[tokio::test]
async fn figures_follow_what_is_classified_without_a_reload() {
    let mut scene = Scene::open().await;
    scene.sign_in().await;
    classified(&scene, &["leather wallet", "steel bottle"]).await;
    // From now on, products stay pending.
    scene.restart_unnoticed(&HOLDS).await;
    scene.send("xqzzv qqwfp").await;
    scene.sees("#credits", "27 credits").await;
    // The figure in the frame links to its details.
    scene.click("#credits").await;
    scene.sees("h1", "Credits and usage").await;
    scene.sees("#credits-left", "27").await;
    scene.sees("#plan .number", "3").await;
    // It fails, so the credit is given back and it is not counted.
    scene.release().await;
    scene.sees("#credits-left", "28").await;
    scene.sees("#credits-stock .line", "2 of 30 credits used").await;
    scene.sees("#plan .number", "2").await;
    scene.sees("#plan .line", "<\u{a0}1\u{a0}% used, 498 left").await;
    scene.click("#day-table summary").await;
    assert_eq!(column(&scene, 2).await.iter().sum::<u64>(), 2);
    assert_eq!(column(&scene, 3).await.last(), Some(&2));
    scene.close().await;
}

#[tokio::test]
async fn less_than_a_fifth_is_said() {
    let mut scene = Scene::open().await;
    scene.key = scene.server.key_of("Low", &["--credits", "10", "--rate-limit", "10000"]);
    scene.sign_in().await;
    classified(&scene, &["leather wallet"; 8]).await;
    scene.click("nav a[href='/usage']").await;
    scene.sees("#credits-left", "2").await;
    scene.sees("#plan .number", "8").await;
    assert!(scene.all("#low").await.is_empty(), "a fifth is not less");
    classified(&scene, &["leather wallet"]).await;
    scene.browser.refresh().await.expect("a reload");
    scene.sees("#low", "Less than a fifth is left: 1 of 10 credits").await;
    scene.close().await;
}

#[tokio::test]
async fn what_batches_still_need_is_said() {
    let mut scene = Scene::open().await;
    scene.key = scene.server.key_of("Short", &["--credits", "5", "--rate-limit", "10000"]);
    scene.sign_in().await;
    scene.click("nav a[href='/batches']").await;
    scene.click("#new-batch").await;
    give(&scene, "spring.csv", "description\nSteel bottle\nCotton shirt\nWooden chair\n").await;
    scene.sees("#start:not([disabled])", "Classify 3 products for 3 credits").await;
    // Somebody else spends credits meanwhile.
    classified(&scene, &["leather wallet"; 3]).await;
    scene.click("#start").await;
    scene.appears(".how-far").await;
    scene.click("nav a[href='/usage']").await;
    scene.sees("#missing", "One credit is missing: your batches still have 3 products to send").await;
    scene.sees("#missing li", "spring.csv: 3 products to send").await;
    scene.click("#missing a").await;
    scene.sees("h1", "spring.csv").await;
    scene.close().await;
}

#[tokio::test]
async fn an_expiry_within_thirty_days_is_said() {
    let service = Service::start();
    service.answers_by(|_, _| (200, String::new(), usage(0, 500, "")));
    service.has_account(&account("2025-12-12T12:00:00+00:00", ""));
    let scene = service.scene("en-GB", "Overview").await;
    // One second more than thirty days before.
    set_clock(&scene, noon(12) - 1_000).await;
    scene.click("nav a[href='/usage']").await;
    scene.sees("#credits-stock", "The first expire on 12 December 2025, in 30 days").await;
    scene.sees("#credits-stock", "Amount unknown").await;
    assert!(scene.all("#expiring").await.is_empty());
    set_clock(&scene, noon(12)).await;
    scene.sees("#expiring", "Credits expire on 12 December 2025, in 30 days").await;
    set_clock(&scene, noon(30) + 12 * 24 * 60 * 60 * 1_000 - 1_000).await;
    scene.sees("#expiring", "within a day").await;
    set_clock(&scene, noon(30) + 12 * 24 * 60 * 60 * 1_000).await;
    scene.sees("#expiring", "were due to expire on").await;
    scene.close().await;
}

#[tokio::test]
async fn days_come_to_the_plan_and_lead_on() {
    let service = Service::start();
    service.has_account(&account("2027-01-01T00:00:00+00:00", r#""usage_days""#));
    let days = r#", "days": [{"date": "2025-11-01", "classifications": 100}, {"date": "2025-11-05", "classifications": 120}, {"date": "2025-11-12", "classifications": 4}]"#;
    service.answers_by(move |_, path| match path {
        path if path.starts_with("/v1/usage?days=true") => (200, String::new(), usage(224, 500, days)),
        _ => (200, String::new(), usage(224, 500, "")),
    });
    let scene = service.scene("en-GB", "Overview").await;
    set_clock(&scene, noon(12)).await;
    scene.click("nav a[href='/usage']").await;
    scene.sees("#plan .number", "224 of 500").await;
    scene.sees("#plan", "The count resets on 1 December 2025").await;
    // 220 on eleven days are twenty per day.
    scene
        .sees(
            "#pace",
            "At this pace 600 by 30 November 2025: 100 over the limit, reached on 26 November 2025.",
        )
        .await;
    scene.sees("#pace", "Average of the 11 full days so far: 20").await;
    assert_eq!(drawn(&scene, "pace").await, 1);
    assert_eq!(drawn(&scene, "limit").await, 1);
    assert_eq!(scene.all(".plot .day").await.len(), 30);
    assert_eq!(scene.all(".plot .made").await.len(), 3, "days to come are empty");
    assert_eq!(scene.all(".axis .is-today").await, ["12"]);
    scene.click("#day-table summary").await;
    assert_eq!(column(&scene, 2).await.iter().sum::<u64>(), 224);
    assert_eq!(column(&scene, 3).await.last(), Some(&224));
    assert_eq!(scene.all("#day-table tbody tr").await.len(), 12);
    scene.sees("#day-table tr:last-child th", "12 November 2025 (today)").await;
    // On the first day there is nothing to project from.
    set_clock(&scene, noon(1)).await;
    scene.vanishes("#pace").await;
    scene.vanishes("[data-line=pace]").await;
    assert_eq!(drawn(&scene, "pace").await, 0);
    scene.sees(".axis .is-today", "1").await;
    // Use above the limit is shown, and that it was counted.
    service.answers_by(move |_, _| (200, String::new(), usage(512, 500, "")));
    scene.click("nav a[href='/settings']").await;
    scene.click("nav a[href='/usage']").await;
    scene.sees("#plan .line", "12 over the limit. They were counted, not refused.").await;
    scene.close().await;
}

/// A page of a history of 150 rows: one of October, the others of the first days of November, newest first.
fn page(number: u64) -> String {
    let row = |place: u64| {
        let (id, day) = (149 - place, (149 - place) / 50 + 1);
        let (status, date) = match id {
            0 => ("completed", "2025-10-31T23:59:59+00:00".to_owned()),
            // A failed classification is not counted.
            1 => ("failed", "2025-11-01T00:00:00+00:00".to_owned()),
            _ => ("completed", format!("2025-11-{day:02}T10:00:00+00:00")),
        };
        format!(r#"{{"id": "{id}", "status": "{status}", "created_at": "{date}"}}"#)
    };
    let rows: Vec<_> = ((number - 1) * 100..(number * 100).min(150)).map(row).collect();
    format!(
        r#"{{"success": true, "data": [{}], "meta": {{"current_page": {number}, "per_page": 100, "total": 150, "last_page": 2}}}}"#,
        rows.join(",")
    )
}

#[tokio::test]
async fn without_days_they_are_counted_from_the_history_by_who_asks() {
    let service = Service::start();
    service.answers_by(|_, path| match path {
        path if path.starts_with("/v1/usage") => (200, String::new(), usage(148, 500, "")),
        path if path.contains("page=2") => (200, String::new(), page(2)),
        _ => (200, String::new(), page(1)),
    });
    let scene = service.scene("en-GB", "Overview").await;
    set_clock(&scene, noon(12)).await;
    scene.click("nav a[href='/usage']").await;
    scene.sees("#days", "reports the total of the period, not the days").await;
    scene.sees("#count", "Count from the history (about 2 requests)").await;
    scene.click("#count").await;
    scene.sees("#counted", "148.").await;
    scene.appears(".course .totals").await;
    assert!(scene.all("#short").await.is_empty() && scene.all("#differs").await.is_empty());
    scene.click("#day-table summary").await;
    assert_eq!(column(&scene, 2).await, [48, 50, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    scene.sees("#pace", "At this pace 404 by 30 November 2025.").await;
    // The count is stored.
    scene.browser.refresh().await.expect("a reload");
    scene.sees("#counted", "148.").await;
    // Classifications since the count are mentioned.
    service.answers_by(|_, path| match path {
        path if path.starts_with("/v1/usage") => (200, String::new(), usage(150, 500, "")),
        // `page` is ignored.
        _ => (200, String::new(), page(1)),
    });
    scene.click("nav a[href='/settings']").await;
    scene.click("nav a[href='/usage']").await;
    scene.sees("#differs", "The plan counts 150, these days 148").await;
    // A service that ignores `page` leaves days unknown, and they are not estimated.
    scene.click("#count").await;
    scene.sees("#short", "Only the days from 3 November 2025 on are known: this service has no paging").await;
    scene.vanishes(".course .totals").await;
    scene.vanishes("#pace").await;
    scene.click("#day-table:not([open]) summary").await;
    scene.sees("#day-table tbody tr:first-child", "not known").await;
    scene.close().await;
}

#[tokio::test]
async fn the_rate_limit_counts_down_and_starts_anew() {
    let service = Service::start();
    let reset = noon(12) / 1_000 + 23;
    let headers =
        format!("x-ratelimit-limit: 60\r\nx-ratelimit-remaining: 41\r\nx-ratelimit-reset: {reset}\r\n");
    service.answers_by(move |_, _| (200, headers.clone(), usage(1, 500, "")));
    let scene = service.scene("en-GB", "Overview").await;
    set_clock(&scene, noon(12)).await;
    scene.click("nav a[href='/usage']").await;
    scene.sees("#requests-left", "41").await;
    scene.sees("#countdown", "Resets in 23 s").await;
    scene.sees("#rate", "The rate limit of key c8_…cdef").await;
    set_clock(&scene, noon(12) + 1_000).await;
    scene.sees("#countdown", "Resets in 22 s").await;
    set_clock(&scene, noon(12) + 23_000).await;
    scene.sees("#countdown", "Reset: 60 available from the next request").await;
    scene.sees("#requests-left", "60").await;
    scene.close().await;
}

#[tokio::test]
async fn a_service_that_says_little_is_no_trouble_in_dutch() {
    let service = Service::start();
    service.answers_by(|_, _| {
        let body = r#"{"success": true, "data": {"plan": {"name": "Groot"}, "classifications": {"current": 1234567890123}, "period": {"year": 2025, "month": 11}}}"#;
        (200, String::new(), body.to_owned())
    });
    let scene = service.scene("nl-NL", "Overzicht").await;
    scene.click("nav a[href='/usage']").await;
    scene.sees("h1", "Credits en gebruik").await;
    scene.sees("#credits-left", "5").await;
    scene.sees("#plan .number", "1.234.567.890.123 indelingen, zonder limiet").await;
    scene.sees("#rate", "Deze dienst heeft geen verzoeklimiet gemeld").await;
    scene.sees("#count", "Tellen uit de geschiedenis (ongeveer 50 verzoeken)").await;
    // After a missing answer, the known figures stay.
    service.answers((500, "", ""));
    scene.click("nav a[href='/settings']").await;
    scene.click("nav a[href='/usage']").await;
    scene.appears(".failure").await;
    scene.sees("#credits-left", "5").await;
    scene.close().await;
}

#[tokio::test]
async fn old_figures_stay_while_the_connection_is_gone() {
    let mut scene = Scene::open().await;
    scene.sign_in().await;
    classified(&scene, &["leather wallet", "steel bottle"]).await;
    scene.click("nav a[href='/usage']").await;
    scene.sees("#plan .number", "2").await;
    scene.appears(".course").await;
    scene.server.kill();
    scene.run("dispatchEvent(new Event('offline'))", vec![]).await;
    scene.appears("#offline").await;
    scene.sees("#plan .number", "2").await;
    scene.sees("#credits-left", "28").await;
    scene.server.restart(&[]);
    scene.vanishes("#offline").await;
    scene.sees("#plan .number", "2").await;
    scene.close().await;
}
