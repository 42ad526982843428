//! The history of the third-country duty on a code: what the built-in tariff and each kept edition say, a row for each
//! change.
//!
//! The duties of an edition are stored as a small text when it is imported. Of editions imported before that was so, a
//! running server makes it, one after the other.

use std::io;

use import8_api::{DutyChange, HsCode};
use import8_tariff::Publication;

use crate::database::Database;
use crate::language::{Language, Localized};
use crate::tariff::{Tariff, ThirdCountryDuty, read_third_country};
use crate::tariff_store::{self, StoreError, duties};

/// The name of the seed as a source.
const BUILT_IN: Localized<&str> = Localized { en: "built-in tariff", nl: "ingebouwd tarief" };

/// Stores the duties of the editions that have none stored, one after the other. It logs an edition that cannot be
/// read, and goes on.
pub async fn complete(database: Database) {
    let missing = match duties::missing(&database).await {
        Ok(missing) => missing,
        Err(error) => return tracing::error!(%error, "the duties of older editions are not known"),
    };
    for edition in missing {
        if let Err(error) = complete_one(&database, edition).await {
            tracing::error!(%error, edition, "the duties of an older edition are not known");
        }
    }
}

async fn complete_one(database: &Database, edition: i64) -> Result<(), StoreError> {
    let read = tariff_store::load(database, edition).await?;
    let packed = tokio::task::spawn_blocking(move || duties::packed(&read)).await;
    let packed = packed.map_err(io::Error::from).flatten().map_err(sqlx::Error::Io)?;
    Ok(database.write(move |tx| Box::pin(duties::store(tx, edition, packed))).await?)
}

/// The changes of the duty on a code of ten digits, the latest first; none for a shorter code, whose duty may differ
/// below it.
///
/// # Errors
/// The database cannot be read.
pub async fn of_code(
    database: &Database,
    tariff: &Tariff,
    code: HsCode,
    language: Language,
) -> Result<Vec<DutyChange>, sqlx::Error> {
    if code.digit_count() < 10 {
        return Ok(Vec::new());
    }
    let rows = duties::all(database).await?;
    let read = move || {
        let told = |stored: duties::StoredDuties| {
            let duty = read_third_country(&stored.text()?, code, stored.publication()?)?;
            let source = publication_name(stored.publication()?, language);
            Some(change(duty, stored.day, source))
        };
        rows.into_iter().filter_map(told).collect::<Vec<_>>()
    };
    let mut changes =
        tokio::task::spawn_blocking(read).await.map_err(|error| sqlx::Error::Io(error.into()))?;
    if let Some((duty, day)) = tariff.built_in_duty(code) {
        changes.push(change(ThirdCountryDuty::Known(duty), day, BUILT_IN.get(language)));
    }
    changes.sort_by(|one, other| one.day.cmp(&other.day));
    Ok(only_changes(changes))
}

fn change(duty: ThirdCountryDuty, day: String, source: &str) -> DutyChange {
    let is_known = duty != ThirdCountryDuty::NoCode;
    let duty = if let ThirdCountryDuty::Known(duty) = duty { Some(duty) } else { None };
    DutyChange { day, source: source.to_owned(), exists: is_known, duty }
}

/// The first of each run of equal duties, the latest run first.
fn only_changes(mut changes: Vec<DutyChange>) -> Vec<DutyChange> {
    changes.dedup_by(|next, one| next.duty == one.duty && next.exists == one.exists);
    changes.reverse();
    changes
}

fn publication_name(publication: Publication, language: Language) -> &'static str {
    match (publication, language) {
        (Publication::Own, Language::En) => "own table",
        (Publication::Own, Language::Nl) => "eigen tabel",
        (other, _) => other.title(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_stands_for_a_change() {
        let known = |duty: &str| ThirdCountryDuty::Known(duty.to_owned());
        let all = [
            (known("14 %"), "2020-12-31"),
            (known("14 %"), "2024-01-01"),
            (known("10 %"), "2025-01-01"),
            (ThirdCountryDuty::Unknown, "2025-02-01"),
            (ThirdCountryDuty::NoCode, "2026-01-01"),
            (ThirdCountryDuty::NoCode, "2026-02-01"),
        ];
        let all = all.map(|(duty, day)| change(duty, day.to_owned(), "TARIC"));
        let rows: Vec<_> = only_changes(all.to_vec())
            .into_iter()
            .map(|one| (one.day, one.exists, one.duty.unwrap_or_default()))
            .collect();
        let row = |day: &str, exists, duty: &str| (day.to_owned(), exists, duty.to_owned());
        assert_eq!(
            rows,
            [
                row("2026-01-01", false, ""),
                row("2025-02-01", true, ""),
                row("2025-01-01", true, "10 %"),
                row("2020-12-31", true, "14 %"),
            ]
        );
    }
}
