//! Tests of the plan's usage, and of its daily counts.

use import8_api::{Envelope, UsageReport, decode};
use serde_json::json;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use tempfile::TempDir;

use crate::server::Server;

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// The number of random draws of days.
const ROUNDS: u64 = 8;

fn report(server: &Server, key: &str, query: &str) -> UsageReport {
    let answer = server.get(&format!("/api/v1/usage{query}"), key);
    decode::<Envelope<UsageReport>>(&answer.text)
        .unwrap_or_else(|error| panic!("{error}: {}", answer.text))
        .data
}

/// The days of a report as day numbers with their counts. Checks that they are in order.
fn days(report: &UsageReport) -> Vec<(i64, u64)> {
    let read = |date: &str| {
        let moment: jiff::Timestamp = format!("{date}T00:00:00Z").parse().expect("a day");
        moment.as_millisecond() / DAY
    };
    let days = report.days.as_ref().expect("days").iter();
    let days: Vec<_> = days.map(|day| (read(&day.date), day.classifications)).collect();
    assert!(days.windows(2).all(|pair| pair[0].0 < pair[1].0), "{days:?}");
    days
}

/// A pseudo-random sequence from `seed`.
fn numbers(seed: u64) -> impl Iterator<Item = u64> {
    std::iter::successors(Some(seed.wrapping_add(0x9e37_79b9_7f4a_7c15)), |last| {
        Some(last.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407))
    })
    .map(|number| number >> 33)
    .skip(1)
}

#[test]
fn the_days_come_to_what_the_plan_counts() {
    let server = Server::start();
    let (key, other) = (server.key(20), server.key(20));
    for product in ["leather wallet", "steel bottle", "xqzzv qqwfp"] {
        server.classified(&key, product);
    }
    let data = server.stop_and_keep();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let now = jiff::Timestamp::now();
    let first = now.to_zoned(jiff::tz::TimeZone::UTC).date().first_of_month();
    let first = first.to_zoned(jiff::tz::TimeZone::UTC).expect("a day").timestamp().as_millisecond() / DAY;
    let today = now.as_millisecond() / DAY;
    let mut data = Some(data);
    for seed in 0..ROUNDS {
        // Days of this month and the previous one, of two organisations, some without any classification.
        let drawn: Vec<_> = numbers(seed)
            .zip(numbers(seed + 1_000))
            .zip(today - 45..=today)
            .map(|((count, kind), day)| {
                (day, if kind % 3 == 0 { 0 } else { i64::try_from(count % 100_000).expect("small") })
            })
            .collect();
        let folder = data.take().expect("a folder");
        runtime.block_on(draw(&folder, &drawn));
        let server = Server::start_in(folder, &[]);
        let told = report(&server, &key, "?days=true");
        let expected: Vec<_> = drawn
            .iter()
            .filter(|(day, count)| *day >= first && *count > 0)
            .map(|(day, count)| (*day, count.unsigned_abs()))
            .collect();
        assert_eq!(days(&told), expected, "round {seed}");
        let sum: u64 = expected.iter().map(|(_, count)| count).sum();
        assert_eq!(told.classifications.current, sum, "round {seed}");
        assert_eq!(report(&server, &other, "?days=true").days, Some(Vec::new()));
        // A completed classification is counted, a failed one is not.
        server.classified(&key, "ceramic coffee mug");
        server.classified(&key, "xqzzv qqwfp");
        let told = report(&server, &key, "?days=true");
        assert_eq!(told.classifications.current, sum + 1, "round {seed}");
        assert_eq!(days(&told).iter().map(|(_, count)| count).sum::<u64>(), sum + 1, "round {seed}");
        data = Some(server.stop_and_keep());
    }
}

/// Replaces the first organisation's counts by drawn ones.
async fn draw(data: &TempDir, days: &[(i64, i64)]) {
    let options = SqliteConnectOptions::new().filename(data.path().join("import8.sqlite"));
    let database = SqlitePool::connect_with(options).await.expect("the database");
    sqlx::query("DELETE FROM daily_usage").execute(&database).await.expect("none");
    for (day, count) in days {
        sqlx::query("INSERT INTO daily_usage (organization_id, day, classifications) VALUES (1, $1, $2)")
            .bind(day)
            .bind(count)
            .execute(&database)
            .await
            .expect("a day");
    }
    database.close().await;
}

#[test]
fn days_are_told_to_who_asks_for_them() {
    let server = Server::start();
    let key = server.key(3);
    assert_eq!(report(&server, &key, "").days, None);
    assert_eq!(report(&server, &key, "?days=false").days, None);
    assert_eq!(report(&server, &key, "?days=true").days, Some(Vec::new()));
    server.classified(&key, "leather wallet");
    let told = server.get("/api/v1/usage?days=true", &key).json()["data"].clone();
    let date = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    assert_eq!(told["days"], json!([{ "date": date, "classifications": 1 }]));
    let bad = server.get("/api/v1/usage?days=2", &key);
    assert_eq!(bad.status, 422, "{}", bad.text);
    let extensions = server.get("/api/v1/me", &key).json()["data"]["extensions"].clone();
    assert!(extensions.as_array().expect("words").contains(&json!("usage_days")), "{extensions}");
}
