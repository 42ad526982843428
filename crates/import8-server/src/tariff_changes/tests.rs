//! Tests of the comparisons that are kept.

use std::sync::Arc;

use import8_tariff::{Builder, GoodsCode, Line, Names, Publication};
use tempfile::TempDir;

use super::*;
use crate::tariff_store::PackedEdition;

async fn stored(database: &Database, day: &str) -> EditionOnDay {
    let day: Date = day.parse().expect("a day");
    let mut builder = Builder::new(Publication::Taric, day);
    builder.line(Line {
        code: GoodsCode::padded("85").expect("a code"),
        suffix: 80,
        indent: 0,
        from: None,
        to: None,
        declarable: None,
        unit: None,
        texts: Names::new(),
    });
    let (edition, report) = builder.finish(&[]).expect("an edition");
    let packed = PackedEdition::new(&edition, &report).expect("packed");
    (tariff_store::add(database, packed, false).await.expect("stored").edition.id, day)
}

#[tokio::test]
async fn a_comparison_is_made_once_and_few_are_kept() {
    let folder = TempDir::new().expect("a temporary folder");
    let database = Database::open(folder.path()).await.expect("a database");
    let (one, other) = (stored(&database, "2026-11-01").await, stored(&database, "2026-12-01").await);
    let comparisons = Comparisons::default();
    let between = async |from, to| comparisons.between(&database, from, to).await.expect("compared");
    let (first, second) = tokio::join!(between(one, other), between(one, other));
    assert!(Arc::ptr_eq(&first, &second));
    assert_eq!((first.before.day, first.after.day), (one.1, other.1));
    let later = (other.0, other.1.tomorrow().expect("a day"));
    for _ in 0..2 {
        between(other, one).await;
        between(one, later).await;
        between(other, later).await;
    }
    assert_eq!(comparisons.kept.lock().await.len(), KEPT);
    assert!(!Arc::ptr_eq(&first, &between(one, other).await), "it was dropped");
    assert!(comparisons.between(&database, (99, one.1), one).await.is_err());
}

#[tokio::test]
async fn few_comparisons_wait_and_one_whose_caller_leaves_gives_its_place_back() {
    let folder = TempDir::new().expect("a temporary folder");
    let database = Database::open(folder.path()).await.expect("a database");
    let (one, other) = (stored(&database, "2026-11-01").await, stored(&database, "2026-12-01").await);
    let comparisons = Comparisons::default();
    // As while one is made.
    let busy = comparisons.kept.lock().await;
    let between = |days: usize| {
        let (comparisons, database) = (comparisons.clone(), database.clone());
        let later = (1..=days).fold(other.1, |day, _| day.tomorrow().expect("a day"));
        async move { comparisons.between(&database, one, (other.0, later)).await }
    };
    let waiting: Vec<_> = (0..PLACES).map(|days| tokio::spawn(between(days))).collect();
    while comparisons.places.available_permits() > 0 {
        tokio::task::yield_now().await;
    }
    let refused = between(PLACES).await;
    assert!(matches!(refused, Err(CompareError::Busy { retry_after: RETRY_AFTER })), "{refused:?}");
    waiting.first().expect("one").abort();
    while comparisons.places.available_permits() == 0 {
        tokio::task::yield_now().await;
    }
    let next = tokio::spawn(between(PLACES));
    while comparisons.places.available_permits() > 0 {
        tokio::task::yield_now().await;
    }
    drop(busy);
    for waited in waiting.into_iter().skip(1).chain([next]) {
        waited.await.expect("ended").expect("compared");
    }
    assert!(comparisons.between(&database, one, one).await.is_ok(), "there is place again");
    assert_eq!(comparisons.places.available_permits(), PLACES);
}
