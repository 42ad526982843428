//! Tests of the store of editions, and of the server that follows it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use import8_tariff::{Builder, Counts, GoodsCode, Line, Measure, Table};
use tempfile::TempDir;
use tokio::sync::watch;

use super::*;
use crate::nomenclature::Nomenclature;
use crate::state::Api;
use crate::tariff::Tariff;
use crate::tariff_follower::TariffFollower;
use crate::webhooks::guard::Guard;

async fn database() -> (TempDir, Database) {
    let folder = TempDir::new().expect("a temporary folder");
    let database = Database::open(folder.path()).await.expect("a database");
    (folder, database)
}

/// An edition of a day with one code and as many measures on it.
fn edition(day: &str, measures: usize) -> (Edition, Report) {
    let mut builder = Builder::new(Publication::Taric, day.parse().expect("a day"));
    let code = GoodsCode::padded("8518300090").expect("a code");
    let text = |text: &str| Some(text.into());
    builder.line(Line {
        code,
        suffix: 80,
        indent: 3,
        from: None,
        to: None,
        declarable: Some(true),
        unit: text("p/st"),
        texts: [("en".to_owned(), "Headphones".to_owned())].into(),
    });
    for number in 0..measures {
        builder.measure(Measure {
            code,
            additional_code: None,
            order_number: text(&format!("{:06}", 90_000 + number)),
            measure_type: "122".into(),
            area: "1011".into(),
            excluded: vec!["CH".into()],
            duty: text("1.500 %"),
            regulation: text("R1549/06"),
            from: day.parse().ok(),
            to: None,
            conditions: Vec::new(),
            footnotes: Vec::new(),
        });
    }
    builder.finish(&[Table::Exclusions]).expect("an edition")
}

async fn add_of(database: &Database, day: &str, measures: usize, use_it: bool) -> Added {
    let (edition, report) = edition(day, measures);
    let packed = PackedEdition::new(&edition, &report).expect("packed");
    add(database, packed, use_it).await.expect("added")
}

async fn in_force_now(database: &Database) -> Option<i64> {
    in_force(database.readers()).await.expect("read")
}

#[tokio::test]
async fn an_edition_comes_back_as_it_was_with_its_report() {
    let (_folder, database) = database().await;
    let (whole, its_report) = edition("2026-11-01", 3);
    let id = add_of(&database, "2026-11-01", 3, false).await.edition.id;
    assert_eq!(load(&database, id).await.expect("loaded"), whole);
    let (stored, read) = report(&database, id).await.expect("a report");
    assert_eq!(read, its_report);
    assert_eq!((stored.publication, stored.lines, stored.measures), (Publication::Taric, 1, 3));
    assert_eq!(stored.to_string(), "edition 1 (TARIC of 2026-11-01)");
    assert!(matches!(load(&database, 9).await, Err(StoreError::Missing(9))));
}

#[tokio::test]
async fn what_is_imported_again_is_stored_once_and_changes_nothing() {
    let (_folder, database) = database().await;
    let first = add_of(&database, "2026-10-01", 1, false).await;
    assert!(!first.was_there && first.edition.in_force && first.before.is_none());
    let second = add_of(&database, "2026-11-01", 1, false).await;
    assert_eq!(second.before.as_ref().map(|before| before.id), Some(first.edition.id));
    let again = add_of(&database, "2026-10-01", 1, false).await;
    assert!(again.was_there && !again.edition.in_force);
    assert_eq!((again.edition.id, again.edition.imported_at), (first.edition.id, first.edition.imported_at));
    assert_eq!(in_force_now(&database).await, Some(second.edition.id));
    assert_eq!(list(database.readers()).await.expect("editions").len(), 2);
    // Unless it is asked for.
    assert!(add_of(&database, "2026-10-01", 1, true).await.edition.in_force);
    assert_eq!(in_force_now(&database).await, Some(first.edition.id));
}

#[tokio::test]
async fn an_older_edition_or_one_without_measures_is_held_back() {
    let (_folder, database) = database().await;
    let newest = add_of(&database, "2026-11-01", 1, false).await.edition.id;
    let check = async |day: &str, measures, use_it, held_back, in_force| {
        let added = add_of(&database, day, measures, use_it).await;
        let held_back: Option<HeldBack> = held_back;
        assert_eq!((added.held_back, added.edition.in_force), (Vec::from_iter(held_back), in_force), "{day}");
        added.edition.id
    };
    check("2026-10-01", 1, false, Some(HeldBack::Earlier), false).await;
    check("2026-12-01", 0, false, Some(HeldBack::NoMeasures), false).await;
    assert_eq!(in_force_now(&database).await, Some(newest));
    let corrected = check("2026-11-01", 2, false, None, true).await;
    assert_eq!(in_force_now(&database).await, Some(corrected));
    check("2026-09-01", 1, true, None, true).await;
}

/// Stores an edition with these numbers of measures and exclusions, read and refused.
async fn add_with(
    database: &Database,
    (publication, day): (Publication, &str),
    measures: usize,
    [read, refused]: [u64; 2],
) -> Added {
    let (mut edition, mut report) = edition(day, measures);
    edition.publication = publication;
    if read + refused > 0 {
        report.tables.insert(Table::Exclusions, Counts { read, refused, ..Counts::default() });
    }
    let packed = PackedEdition::new(&edition, &report).expect("packed");
    add(database, packed, false).await.expect("added")
}

#[tokio::test]
async fn an_edition_that_would_lose_much_of_the_one_in_force_is_held_back() {
    let (_folder, database) = database().await;
    let taric = |day| (Publication::Taric, day);
    let in_force = add_with(&database, taric("2026-11-01"), 5, [2, 0]).await;
    assert!(in_force.edition.in_force && in_force.held_back.is_empty());
    let no_exclusions = || HeldBack::NoTables(vec![Table::Exclusions]);
    for (day, measures, exclusions, reasons) in [
        ("2026-12-01", 2, [1, 0], vec![HeldBack::FewerMeasures]),
        ("2026-12-02", 0, [1, 0], vec![HeldBack::NoMeasures]),
        ("2026-12-03", 5, [0, 0], vec![no_exclusions()]),
        ("2026-12-04", 5, [0, 2], vec![no_exclusions()]),
        ("2026-10-01", 2, [0, 0], vec![HeldBack::Earlier, HeldBack::FewerMeasures, no_exclusions()]),
    ] {
        let added = add_with(&database, taric(day), measures, exclusions).await;
        assert_eq!((added.held_back, added.edition.in_force), (reasons, false), "{day}");
    }
    let own = add_with(&database, (Publication::Own, "2026-12-01"), 9, [0, 0]).await;
    assert_eq!((own.held_back, own.edition.in_force), (vec![HeldBack::OtherPublication], false));
    assert_eq!(in_force_now(&database).await, Some(in_force.edition.id));
    // With half of the measures, and some of the exclusions.
    let added = add_with(&database, taric("2026-12-05"), 3, [1, 1]).await;
    assert!(added.held_back.is_empty() && added.edition.in_force);
}

#[tokio::test]
async fn taric_takes_the_place_of_the_combined_nomenclature_and_not_the_other_way_round() {
    let (_folder, database) = database().await;
    add_with(&database, (Publication::CombinedNomenclature, "2026-01-01"), 0, [0, 0]).await;
    let taric = add_with(&database, (Publication::Taric, "2026-11-01"), 5, [2, 0]).await;
    assert!(taric.held_back.is_empty() && taric.edition.in_force);
    let next = add_with(&database, (Publication::CombinedNomenclature, "2027-01-01"), 0, [0, 0]).await;
    assert_eq!((next.held_back, next.edition.in_force), (vec![HeldBack::OtherPublication], false));
}

#[tokio::test]
async fn going_back_goes_step_by_step_over_what_was_removed() {
    let (_folder, database) = database().await;
    assert!(matches!(go_back(&database).await, Err(StoreError::NothingBefore)));
    let mut ids = BTreeSet::new();
    for day in ["2026-09-01", "2026-10-01", "2026-11-01"] {
        ids.insert(add_of(&database, day, 1, false).await.edition.id);
    }
    let [first, second, third] = *ids.into_iter().collect::<Vec<_>>() else { panic!("three editions") };
    let back = async || go_back(&database).await.expect("gone back").to.map(|edition| edition.id);
    assert_eq!((back().await, back().await), (Some(second), Some(first)));
    put_in_force(&database, third).await.expect("in force");
    let same = put_in_force(&database, third).await.expect("in force already");
    assert_eq!(same.from, same.to, "no step");
    put_in_force(&database, second).await.expect("in force");
    assert!(matches!(remove(&database, second).await, Err(StoreError::InForce(_))));
    remove(&database, third).await.expect("removed");
    assert!(matches!(remove(&database, third).await, Err(StoreError::Missing(_))));
    assert!(matches!(put_in_force(&database, third).await, Err(StoreError::Missing(_))));
    assert_eq!(back().await, Some(first), "over the one that was removed");
    assert_eq!(back().await, None, "the built-in tariff");
    assert_eq!(in_force_now(&database).await, None);
    assert!(matches!(go_back(&database).await, Err(StoreError::NothingBefore)));
    // The number of a removed edition is never given again.
    assert!(add_of(&database, "2026-11-01", 1, false).await.edition.id > third);
}

/// The day of the edition that answers.
fn answering(api: &Api) -> Option<String> {
    api.tariff().edition().map(|edition| edition.day.to_string())
}

async fn wait_for(api: &Api, day: Option<&str>) {
    let waited = async {
        while answering(api).as_deref() != day {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), waited).await.expect("taken up");
}

/// Replaces what is stored of an edition by something else.
async fn spoil(database: &Database, id: i64) {
    let spoilt = database.write::<_, sqlx::Error, _>(move |tx| {
        Box::pin(async move {
            let sql = "UPDATE tariff_editions SET content = x'00' WHERE id = $1";
            sqlx::query(sql).bind(id).execute(tx).await.map(drop)
        })
    });
    spoilt.await.expect("spoilt");
}

#[tokio::test]
async fn a_server_follows_what_is_in_force() {
    let (_folder, database) = database().await;
    let first = add_of(&database, "2026-10-01", 1, false).await.edition.id;
    let nomenclature = Arc::new(Nomenclature::embedded().expect("the seed"));
    let tariff = Tariff::embedded(nomenclature).expect("the seed");
    let api = Api::new(database.clone(), tariff, Guard { allow_loopback: false });
    let follower = TariffFollower::start(api.clone()).await.expect("started");
    assert_eq!(answering(&api).as_deref(), Some("2026-10-01"), "from the first answer on");
    let (stop, stopped) = watch::channel(false);
    let follower = tokio::spawn(follower.run(stopped));
    let held = api.tariff();
    let second = add_of(&database, "2026-11-01", 1, false).await.edition.id;
    wait_for(&api, Some("2026-11-01")).await;
    assert_eq!(held.edition().map(|edition| edition.day.to_string()).as_deref(), Some("2026-10-01"));
    // What cannot be read leaves the one before, until something else is in force.
    spoil(&database, first).await;
    put_in_force(&database, first).await.expect("in force");
    // A slow machine makes this weaker, and never fails it.
    tokio::time::sleep(Duration::from_millis(1_200)).await;
    assert_eq!(answering(&api).as_deref(), Some("2026-11-01"));
    let refused = TariffFollower::start(api.clone()).await.expect_err("refused").to_string();
    assert!(refused.starts_with("edition 1 cannot be read: "), "{refused}");
    assert!(refused.contains("`tariff back`") && refused.contains("`tariff remove 1`"), "{refused}");
    put_in_force(&database, second).await.expect("in force");
    add_of(&database, "2026-12-01", 1, false).await;
    wait_for(&api, Some("2026-12-01")).await;
    go_back(&database).await.expect("gone back");
    wait_for(&api, Some("2026-11-01")).await;
    stop.send_replace(true);
    follower.await.expect("ended");
}
