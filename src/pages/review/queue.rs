//! The order of the review queue and the navigation between its rows.

use std::cmp::Ordering;

use import8_api::{ClassificationSummary, Feedback};

use crate::api::decided::Decided;
use crate::api::listing::Listing;
use crate::queries::scan_result::ScanResult;

/// The scanned rows that match the queue's filter, least confident first.
#[must_use]
pub fn rows(scanned: &ScanResult, wanted: &Listing) -> Vec<ClassificationSummary> {
    let matcher = wanted.filter.matcher();
    let mut rows: Vec<_> = scanned.rows().iter().filter(|row| matcher.matches(row)).cloned().collect();
    rows.sort_by(by_doubt);
    rows
}

/// Whether a row waits for a verdict. With `is_ended`, the list is of codes that are not in the tariff: a row that has
/// got its verdict before needs another code.
#[must_use]
pub fn is_open(row: &ClassificationSummary, verdict: Option<&Feedback>, is_ended: bool) -> bool {
    let decided = || Decided::from_row(row).and_then(|decided| decided.code());
    let is_other = |verdict: &Feedback| verdict.corrected_code.is_some_and(|code| decided() != Some(code));
    verdict.is_none_or(|verdict| is_ended && !is_other(verdict))
}

/// Orders rows by ascending confidence, those without one last. Equal rows keep their order.
#[must_use]
fn by_doubt(a: &ClassificationSummary, b: &ClassificationSummary) -> Ordering {
    match (a.confidence, b.confidence) {
        (Some(a), Some(b)) => a.cmp(&b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

/// The row to show after a verdict on `current`: the next open row, wrapping around. `None` if none is
/// open.
#[must_use]
pub fn next_open(rows: &[String], current: &str, is_open: impl Fn(&str) -> bool) -> Option<String> {
    let place = rows.iter().position(|id| id == current).map_or(0, |place| place + 1);
    let (before, after) = rows.split_at_checked(place)?;
    after.iter().chain(before).find(|id| is_open(id)).cloned()
}

/// The row `step` places from `current`, clamped to the first and last.
#[must_use]
pub fn stepped(rows: &[String], current: Option<&str>, step: isize) -> Option<String> {
    let place = current.and_then(|current| rows.iter().position(|id| id == current));
    let place = place.map_or(0, |place| place.saturating_add_signed(step));
    rows.get(place.min(rows.len().checked_sub(1)?)).cloned()
}

#[cfg(test)]
mod tests {
    use import8_api::decode;

    use super::*;
    use crate::api::listing::queue::tests::read;

    #[test]
    fn the_least_sure_come_first() {
        let row = |confidence: &str| {
            let json =
                format!(r#"{{"id": "{confidence}", "status": "completed", "confidence": {confidence}}}"#);
            decode::<ClassificationSummary>(&json).expect(&json)
        };
        let mut rows = ["92", "null", "44.5", "7", "44.4"].map(row);
        rows.sort_by(by_doubt);
        assert_eq!(rows.map(|row| row.id), ["7", "44.4", "44.5", "92", "null"]);
    }

    #[test]
    fn the_queue_is_what_ended_so_with_the_least_sure_first() {
        let row = |id: u32| {
            let status = if id % 3 == 2 { "failed" } else { "completed" };
            format!(r#"{{"id": "{id}", "status": "{status}", "confidence": {id}}}"#)
        };
        let data = (0..8).rev().map(row).collect::<Vec<_>>().join(",");
        let page = format!(
            r#"{{"success": true, "data": [{data}], "meta": {{"current_page": 1, "per_page": 100, "total": 8, "last_page": 1}}}}"#
        );
        let mut scanned = ScanResult::default();
        scanned.open(&Listing::default());
        scanned.take(decode(&page).expect(&page));
        let check = |query: &str, expected: &[&str]| {
            let ids: Vec<_> = rows(&scanned, &read(query)).into_iter().map(|row| row.id).collect();
            assert_eq!(ids, expected, "{query}");
        };
        check("", &["0", "1", "3", "4", "6", "7"]);
        check("status=failed", &["2", "5"]);
        check("max_confidence=3", &["0", "1", "3"]);
    }

    #[test]
    fn a_row_is_open_until_it_has_another_code_if_its_code_has_ended() {
        let row = r#"{"id": "1", "status": "completed", "hs_code": "8518.30", "feedback": "corrected",
            "decided": {"code": "8518302000", "by": "person", "open_digits": 0}}"#;
        let row: ClassificationSummary = decode(row).expect("a row");
        let check = |verdict: Option<&str>, [of_queue, of_ended]: [bool; 2]| {
            let verdict = verdict.map(|verdict| decode::<Feedback>(verdict).expect(verdict));
            let open = |is_ended| is_open(&row, verdict.as_ref(), is_ended);
            assert_eq!([open(false), open(true)], [of_queue, of_ended], "{verdict:?}");
        };
        check(None, [true, true]);
        // A verdict that this tab gave before the code ended.
        check(Some(r#"{"status": "corrected", "corrected_code": "8518302000"}"#), [false, true]);
        check(Some(r#"{"status": "confirmed"}"#), [false, true]);
        check(Some(r#"{"status": "corrected", "corrected_code": "8518302100"}"#), [false, false]);
    }

    #[test]
    fn after_a_verdict_comes_what_is_open() {
        let check = |current: &str, open: &str, expected: Option<&str>| {
            let rows = ["a", "b", "c"].map(str::to_owned);
            assert_eq!(
                next_open(&rows, current, |id| open.contains(id)).as_deref(),
                expected,
                "{current} {open}"
            );
        };
        check("a", "bc", Some("b"));
        check("a", "c", Some("c"));
        check("c", "ab", Some("a"));
        check("b", "a", Some("a"));
        check("b", "", None);
        check("gone", "bc", Some("b"));
    }

    #[test]
    fn steps_end_at_the_ends() {
        let check = |current: Option<&str>, step: isize, expected: Option<&str>| {
            let rows = ["a", "b", "c"].map(str::to_owned);
            assert_eq!(stepped(&rows, current, step).as_deref(), expected, "{current:?} {step}");
        };
        check(Some("a"), 1, Some("b"));
        check(Some("c"), 1, Some("c"));
        check(Some("b"), -1, Some("a"));
        check(Some("a"), -1, Some("a"));
        check(None, 1, Some("a"));
        check(Some("gone"), 1, Some("a"));
        assert_eq!(stepped(&[], None, 1), None);
    }
}
