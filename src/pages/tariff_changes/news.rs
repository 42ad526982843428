//! The sentence of the overview: how many codes in use end and change between the edition in force and the newest one.

use leptos::prelude::*;

use super::wording;
use crate::api::tariff_changes::Changes;
use crate::components::tariff_news::TariffNews;
use crate::i18n::{Language, format};
use crate::queries::rate_limit::RateLimitGate;
use crate::session::Session;

/// Asks the service and writes the sentence, in the background. Nothing is told where the service keeps fewer than two
/// editions, where nothing changes, and after an error: the page of the changes tells of it.
pub async fn tell(session: Session, gate: RateLimitGate, language: Language, news: TariffNews) {
    let client = session.client(language.code());
    let permit = gate.acquire().await;
    let editions = client.tariff_editions().await;
    drop(permit);
    if editions.map_or(0, |editions| editions.all.len()) < 2 {
        return;
    }
    let permit = gate.acquire().await;
    let changes = client.tariff_changes("").await;
    drop(permit);
    if let Some(sentence) = changes.ok().and_then(|changes| sentence(&changes, language)) {
        // The person may have signed out.
        news.0.try_set(Some(sentence));
    }
}

/// The sentence; `None` if nothing changes.
fn sentence(changes: &Changes, language: Language) -> Option<String> {
    let (ended, others) = counts(changes)?;
    let count = |number: u64| format::count(number, language);
    let between = wording::between(changes, language);
    Some((language.texts().tariff_changes().news)(&count(ended), &count(others), &between))
}

/// The numbers of codes that end, and of those that change otherwise; `None` if there are none.
fn counts(changes: &Changes) -> Option<(u64, u64)> {
    let all = changes.codes.len() as u64;
    let ended = changes.codes.iter().filter(|code| code.is("ended")).count() as u64;
    (all > 0).then_some((ended, all - ended))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::tariff_changes::changes;

    #[test]
    fn ended_codes_are_counted_apart() {
        let check = |kinds: &[&str], expected: Option<(u64, u64)>| {
            let codes = kinds
                .iter()
                .map(|kind| format!(r#"{{"code": "85183020", "products": 1, "kinds": ["duty", "{kind}"]}}"#));
            let codes = codes.collect::<Vec<_>>().join(",");
            let answer = format!(
                r#"{{"data": {{"from": {{"id": 1}}, "to": {{"id": 2}}, "codes_in_use": 9, "changes": [{codes}]}}}}"#
            );
            assert_eq!(counts(&changes(&answer).expect("changes")), expected, "{kinds:?}");
        };
        check(&[], None);
        check(&["ended", "unit", "ended"], Some((2, 1)));
        check(&["unit"], Some((0, 1)));
        check(&["ended"], Some((1, 0)));
    }

    #[test]
    fn the_sentence_is_right_for_one_and_for_many() {
        let check = |language: Language, ended: &str, others: &str, expected: &str| {
            let said = (language.texts().tariff_changes().news)(ended, others, "…");
            assert_eq!(said, expected);
        };
        check(Language::En, "1", "0", "1 of your codes ends …");
        check(Language::En, "3", "0", "3 of your codes end …");
        check(Language::En, "0", "1", "1 of your codes changes …");
        check(Language::En, "1", "2", "Of your codes, 1 ends and 2 change …");
        check(Language::En, "3", "1", "Of your codes, 3 end and 1 changes …");
        check(Language::Nl, "1", "0", "1 van uw codes vervalt …");
        check(Language::Nl, "1", "2", "Van uw codes vervalt er 1 en wijzigen er 2 …");
        check(Language::Nl, "3", "1", "Van uw codes vervallen er 3 en wijzigt er 1 …");
    }
}
