//! The place of a code in the tariff: the rows above it, those beside it and those below it.

use import8_api::{HsCode, NomenclatureEntry, NomenclatureRow};

use super::question::Question;
use super::rows::{Row, Section};
use crate::api::{ApiError, Client};
use crate::i18n::Language;
use crate::routes;

/// The rows from the section down to those below the code; none if the service does not know it.
///
/// # Errors
/// As [`Client::nomenclature`].
pub async fn find(client: &Client, code: HsCode) -> Result<Vec<NomenclatureRow>, ApiError> {
    let mut own = match client.nomenclature_levels(code.bare(), true).await {
        Ok(own) => own,
        Err(ApiError::NotFound | ApiError::UnknownCode(_)) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let beside = own.levels.pop().unwrap_or_default();
    Ok(in_order(own, beside))
}

fn in_order(own: NomenclatureEntry, beside: Vec<NomenclatureRow>) -> Vec<NomenclatureRow> {
    let NomenclatureEntry { row, mut path, mut children, .. } = own;
    let code = row.code.clone();
    children.insert(0, row);
    for one in beside {
        if one.code == code {
            path.append(&mut children);
        } else {
            path.push(one);
        }
    }
    // Nothing is left of it, unless the code is not among its neighbours.
    path.append(&mut children);
    path
}

/// The section. The code of the question has a word as its figure. It leads to the tree, as rows that are no codes do.
#[must_use]
pub fn section(rows: Vec<NomenclatureRow>, question: &Question, language: Language) -> Section {
    let part = language.texts().code_page();
    let lead = if rows.is_empty() { part.tree_unknown } else { "" };
    let rows = rows.into_iter().map(|row| one_row(row, question, language)).collect();
    Section { id: "place", title: part.tree, lead: lead.to_owned(), rows, ..Section::default() }
}

fn one_row(row: NomenclatureRow, question: &Question, language: Language) -> Row {
    let code = row.code.parse::<HsCode>().ok();
    let link = match code.filter(|code| *code != question.code) {
        Some(code) => routes::duty_rates(&question.query(code)),
        None => routes::tariff(&row.code),
    };
    let title = code.map_or_else(|| row.code, |code| code.spaced());
    let is_own = code == Some(question.code);
    let here = if is_own { language.texts().code_page().this_code } else { "" };
    let mut line = Row::new(title, here.to_owned());
    line.link = link;
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
            duty: None,
            above: Vec::new(),
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
            levels: Vec::new(),
        };
        let beside = ["851822", "851830", "851840"].map(row).to_vec();
        let rows = section(in_order(entry, beside), &question, Language::En).rows;
        let drawn: Vec<_> = rows.iter().map(|row| (row.title.as_str(), row.link.as_str())).collect();
        let link = |code: &str| format!("/duty-rates?code={code}&origin=CN&destination=DE&on=2026-03-03");
        assert_eq!(
            drawn,
            [
                ("XVI", "/tariff?code=XVI"),
                ("85", "/tariff?code=85"),
                ("8518", &link("8518")),
                ("8518 22", &link("851822")),
                ("8518 30", "/tariff?code=851830"),
                ("8518 30 00", &link("85183000")),
                ("8518 40", &link("851840")),
            ]
        );
        let figures: Vec<_> =
            rows.iter().filter(|row| !row.figure.is_empty()).map(|row| &row.title).collect();
        assert_eq!(figures, ["8518 30"]);
        assert_eq!(rows[4].facts[0].text, "goods of 851830");
        assert_eq!(section(Vec::new(), &question, Language::En).lead, "Not known here.");
    }
}
