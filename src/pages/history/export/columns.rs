//! The columns of an exported file, and the cells of a row.

use import8_api::{DecidedBy, HsCode};

use super::line::Line;
use crate::api::decided::Decided;
use crate::browser::sheet_worker::{CellKind, Column};
use crate::components::confidence::Band;
use crate::components::status;
use crate::components::table::verdict_word;
use crate::i18n::{Texts, format};
use crate::routes;

/// The columns, in their order.
#[must_use]
pub fn columns(texts: Texts) -> Vec<Column> {
    let columns = [
        (texts.rows().product, CellKind::Text),
        (texts.export().code_dotted, CellKind::Code),
        (texts.export().code_bare, CellKind::Code),
        (texts.export().decided_by, CellKind::Text),
        (texts.export().decided_at, CellKind::Time),
        (texts.export().code_answered, CellKind::Code),
        (texts.export().confidence, CellKind::Number),
        (texts.export().band, CellKind::Text),
        (texts.rows().status, CellKind::Text),
        (texts.export().verdict, CellKind::Text),
        (texts.export().asked_at, CellKind::Time),
        (texts.export().identifier, CellKind::Text),
        (texts.export().link, CellKind::Text),
    ];
    columns.into_iter().map(|(title, kind)| Column { title: title.to_owned(), kind }).collect()
}

/// The cells of a row; `origin` is the origin of this dashboard, for links. Unknown values are empty,
/// except the code of a correction that the service does not return: its cell says so.
#[must_use]
pub fn cells(line: &Line, origin: &str, texts: Texts) -> Vec<String> {
    let Line { row, decided, verdict, .. } = line;
    let code = |written: fn(&HsCode) -> String| match decided {
        Some(Decided::Code(decided)) => written(&decided.code),
        Some(Decided::NotTold) => texts.rows().not_told.to_owned(),
        None => String::new(),
    };
    let (by, at) = decision(line, texts);
    // A confidence without a code means nothing.
    let confidence = row.confidence.filter(|_| row.hs_code.is_some());
    let time = row.created_at.as_deref().map(format::clock_time);
    let verdict = verdict.as_ref().map(|verdict| verdict_word(verdict, decided.as_ref(), row.hs_code, texts));
    vec![
        row.product_summary.clone().unwrap_or_default(),
        code(HsCode::dotted),
        code(|code| code.bare().to_owned()),
        by,
        at,
        row.hs_code.map(|code| code.dotted()).unwrap_or_default(),
        confidence.and_then(|confidence| serde_json::to_string(&confidence).ok()).unwrap_or_default(),
        confidence
            .map(|confidence| Band::from_confidence(confidence).word(texts).to_owned())
            .unwrap_or_default(),
        status::word(&row.status, texts),
        verdict.unwrap_or_default(),
        time.unwrap_or_default(),
        row.id.clone(),
        format!("{origin}{}", routes::classification(&row.id)),
    ]
}

/// The author and the time of the decision, each empty if unknown.
fn decision(line: &Line, texts: Texts) -> (String, String) {
    let person = || texts.export().by_person.to_owned();
    let decided = match &line.decided {
        Some(Decided::Code(decided)) => decided,
        Some(Decided::NotTold) => return (person(), String::new()),
        None => return Default::default(),
    };
    let by = match &decided.by {
        DecidedBy::Person => person(),
        // A service without verdicts may hide a person's decision.
        DecidedBy::Classifier if !line.has_verdicts => String::new(),
        DecidedBy::Classifier => texts.export().by_classifier.to_owned(),
        DecidedBy::Other(word) => word.clone(),
    };
    (by, decided.at.as_deref().map(format::clock_time).unwrap_or_default())
}

/// The file name without its extension: `import8-harbour-imports-2026-03-03`.
#[must_use]
pub fn file_name(organization: &str, day: &str) -> String {
    let words = organization.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let name: String = words.map(|word| format!("{}-", word.to_lowercase())).collect();
    format!("import8-{name}{day}")
}

#[cfg(test)]
mod tests {
    use import8_api::{ClassificationSummary, decode};

    use super::*;
    use crate::i18n::Language;

    #[test]
    fn a_row_has_a_cell_for_each_column() {
        let check = |json: &str, language: Language, expected: &[&str]| {
            let row: ClassificationSummary = decode(json).expect(json);
            let (decided, verdict) = (Decided::from_row(&row), row.feedback.clone());
            let line = Line { row, decided, verdict, has_verdicts: json.contains("feedback") };
            let cells = cells(&line, "here:", language.texts());
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
                "a person",
                "",
                "0101.21.00",
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
            &["", "", "", "", "", "", "", "", "Mislukt", "", "", "a/b", "here:/classifications/a%2Fb"],
        );
    }

    #[test]
    fn a_file_has_the_code_that_counts_and_never_the_old_one_in_its_place() {
        let check = |fields: &str, has_verdicts: bool, expected: [&str; 6]| {
            let json = format!(r#"{{"id": "7", "status": "completed", "hs_code": "7323.93.00"{fields}}}"#);
            let row: ClassificationSummary = decode(&json).expect(&json);
            let (decided, verdict) = (Decided::from_row(&row), row.feedback.clone());
            let line = Line { row, decided, verdict, has_verdicts };
            let cells = cells(&line, "here:", Language::En.texts());
            let found = [1, 2, 3, 4, 5, 9].map(|place: usize| cells.get(place).map(String::as_str));
            assert_eq!(found, expected.map(Some), "{json}");
        };
        check("", true, ["7323.93.00", "73239300", "the classifier", "", "7323.93.00", ""]);
        // At a service that returns no verdicts, a person may have decided.
        check("", false, ["7323.93.00", "73239300", "", "", "7323.93.00", ""]);
        let corrected = |code: &str| {
            format!(
                r#", "feedback": "corrected", "decided": {{"code": "{code}", "by": "person", "open_digits": 0}}"#
            )
        };
        check(
            &corrected("9617.00.00"),
            true,
            ["9617.00.00", "96170000", "a person", "", "7323.93.00", "corrected"],
        );
        check(
            &corrected("7323.93.00.90"),
            true,
            ["7323.93.00.90", "7323930090", "a person", "", "7323.93.00", "confirmed"],
        );
        let told = "corrected, code not reported";
        check(r#", "feedback": "corrected""#, true, [told, told, "a person", "", "7323.93.00", "corrected"]);
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
