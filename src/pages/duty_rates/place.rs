//! The place of a code in the tariff: the rows above it, those beside it and those below it.

use import8_api::{HsCode, NomenclatureEntry, NomenclatureRow};

use super::question::Question;
use super::rows::{Row, Section};
use crate::api::{ApiError, Client};
use crate::i18n::Language;
use crate::routes;

/// The place of the code of a question. A code that the service does not know has none.
///
/// # Errors
/// As [`Client::nomenclature`].
pub async fn find(client: &Client, question: &Question, language: Language) -> Result<Section, ApiError> {
    let part = language.texts().code_page();
    let section = Section { id: "place", title: part.tree, ..Section::default() };
    let own = match client.nomenclature(question.code.bare()).await {
        Ok(own) => own,
        Err(ApiError::NotFound | ApiError::UnknownCode(_)) => {
            return Ok(Section { lead: part.tree_unknown.to_owned(), ..section });
        }
        Err(error) => return Err(error),
    };
    let beside = match own.path.last() {
        Some(parent) => client.nomenclature(&parent.code).await?.children,
        None => Vec::new(),
    };
    Ok(Section { rows: rows(own, beside, question, language), ..section })
}

/// The rows from the section down. The code itself has a word as its figure, and no link.
fn rows(
    own: NomenclatureEntry,
    beside: Vec<NomenclatureRow>,
    question: &Question,
    language: Language,
) -> Vec<Row> {
    let NomenclatureEntry { row, mut path, children, .. } = own;
    let code = row.code.clone();
    let at = beside.iter().position(|one| one.code == code);
    let mut beside = beside;
    let after = at.map(|at| beside.split_off(at + 1)).unwrap_or_default();
    beside.pop_if(|one| one.code == code);
    path.extend(beside);
    path.push(row);
    path.extend(children);
    path.extend(after);
    path.into_iter().map(|one| one_row(one, &code, question, language)).collect()
}

fn one_row(row: NomenclatureRow, own: &str, question: &Question, language: Language) -> Row {
    let code = row.code.parse::<HsCode>();
    let title = code.map_or_else(|_| row.code.clone(), |code| code.spaced());
    let is_own = row.code == own;
    let here = if is_own { language.texts().code_page().this_code } else { "" };
    let mut line = Row::new(title, here.to_owned());
    if let (Ok(code), false) = (code, is_own) {
        line.link = routes::duty_rates(&question.query(code));
    }
    line.add("", row.description);
    line
}

#[cfg(test)]
mod tests {
    use import8_api::Level;

    use super::*;

    fn row(code: &str) -> NomenclatureRow {
        NomenclatureRow {
            code: code.to_owned(),
            level: Level::Heading,
            description: format!("goods of {code}"),
            declarable: false,
        }
    }

    #[test]
    fn a_code_stands_between_its_neighbours_and_above_its_children() {
        let question = Question {
            code: "851830".parse().expect("a code"),
            origin: "CN".parse().ok(),
            destination: "DE".parse().expect("a country"),
            on: Some("2026-03-03".to_owned()),
        };
        let entry = NomenclatureEntry {
            row: row("851830"),
            note: None,
            path: vec![row("XVI"), row("85"), row("8518")],
            children: vec![row("85183000")],
        };
        let beside = ["851822", "851830", "851840"].map(row).to_vec();
        let rows = rows(entry, beside, &question, Language::En);
        let drawn: Vec<_> = rows.iter().map(|row| (row.title.as_str(), row.link.as_str())).collect();
        let link = |code: &str| format!("/duty-rates?code={code}&origin=CN&destination=DE&on=2026-03-03");
        assert_eq!(
            drawn,
            [
                ("XVI", ""),
                ("85", ""),
                ("8518", &link("8518")),
                ("8518 22", &link("851822")),
                ("8518 30", ""),
                ("8518 30 00", &link("85183000")),
                ("8518 40", &link("851840")),
            ]
        );
        let figures: Vec<_> =
            rows.iter().filter(|row| !row.figure.is_empty()).map(|row| &row.title).collect();
        assert_eq!(figures, ["8518 30"]);
        assert_eq!(rows[4].facts[0].text, "goods of 851830");
    }
}
