//! What a file says of each classification.

use import8_api::ClassificationSummary;

use crate::components::confidence::Band;
use crate::components::status;
use crate::components::table::verdict_word;
use crate::format;
use crate::locales::Texts;
use crate::routes;
use crate::sheets::{Column, Kind};

/// The columns, in their order.
#[must_use]
pub fn columns(texts: Texts) -> Vec<Column> {
    let columns = [
        (texts.rows().product, Kind::Text),
        (texts.export().code_dotted, Kind::Code),
        (texts.export().code_bare, Kind::Code),
        (texts.export().confidence, Kind::Number),
        (texts.export().band, Kind::Text),
        (texts.rows().status, Kind::Text),
        (texts.export().verdict, Kind::Text),
        (texts.export().asked_at, Kind::Time),
        (texts.export().identifier, Kind::Text),
        (texts.export().link, Kind::Text),
    ];
    columns.into_iter().map(|(title, kind)| Column { title: title.to_owned(), kind }).collect()
}

/// A row of the file; `origin` is where this dashboard is. What is not known is empty.
#[must_use]
pub fn cells(row: &ClassificationSummary, origin: &str, texts: Texts) -> Vec<String> {
    // Without a code there is nothing to be sure of.
    let confidence = row.confidence.filter(|_| row.hs_code.is_some());
    let time = row.created_at.as_deref().map(format::clock_time);
    let verdict = row.feedback.as_ref().map(|verdict| verdict_word(verdict, texts));
    vec![
        row.product_summary.clone().unwrap_or_default(),
        row.hs_code.map(|code| code.dotted()).unwrap_or_default(),
        row.hs_code.map(|code| code.bare().to_owned()).unwrap_or_default(),
        confidence.and_then(|confidence| serde_json::to_string(&confidence).ok()).unwrap_or_default(),
        confidence.map(|confidence| Band::of(confidence).word(texts).to_owned()).unwrap_or_default(),
        status::word(&row.status, texts),
        verdict.unwrap_or_default(),
        time.unwrap_or_default(),
        row.id.clone(),
        format!("{origin}{}", routes::classification(&row.id)),
    ]
}

/// What a file is called, without its ending: `import8-harbour-imports-2026-03-03`.
#[must_use]
pub fn file_name(organization: &str, day: &str) -> String {
    let words = organization.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let name: String = words.map(|word| format!("{}-", word.to_lowercase())).collect();
    format!("import8-{name}{day}")
}

#[cfg(test)]
mod tests {
    use import8_api::decode;

    use super::*;
    use crate::i18n::Language;

    #[test]
    fn a_row_has_a_cell_for_each_column() {
        let check = |json: &str, language: Language, expected: &[&str]| {
            let row: ClassificationSummary = decode(json).expect(json);
            let cells = cells(&row, "here:", language.texts());
            assert_eq!(cells, expected, "{json}");
            assert_eq!(cells.len(), columns(language.texts()).len());
        };
        check(
            r#"{"id": "7", "status": "completed", "product_summary": "=pan", "hs_code": "0101.21.00",
                "confidence": 92.50, "feedback": "confirmed"}"#,
            Language::En,
            &[
                "=pan",
                "0101.21.00",
                "01012100",
                "92.50",
                "Strong",
                "Completed",
                "confirmed",
                "",
                "7",
                "here:/classifications/7",
            ],
        );
        check(
            r#"{"id": "a/b", "status": "failed", "confidence": 0}"#,
            Language::Nl,
            &["", "", "", "", "", "Mislukt", "", "", "a/b", "here:/classifications/a%2Fb"],
        );
    }

    #[test]
    fn a_file_says_whose_it_is_and_of_when() {
        let check = |organization: &str, expected: &str| {
            assert_eq!(file_name(organization, "2026-03-03"), expected);
        };
        check("Harbour Imports B.V.", "import8-harbour-imports-b-v-2026-03-03");
        check("Café/../\\\"1\"", "import8-café-1-2026-03-03");
        check("", "import8-2026-03-03");
    }
}
