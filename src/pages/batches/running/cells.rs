//! The result cells that are added to each row of the person's file.

use import8_api::{DecidedBy, HsCode, LandedCost, Money};
use import8_catalogue::code::{Agreement, CurrentCode};
use import8_catalogue::report::{Row, RowState};

use super::super::labels::{reason_words, state_word};
use super::columns::{Column, Group};
use super::product::{Cost, Decide, Product};
use crate::components::confidence::Band;
use crate::i18n::texts::Texts;
use crate::outbox::batches::Journal;
use crate::routes;

/// Everything the cells of a catalogue are computed from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The journal of the catalogue.
    pub journal: &'a Journal,
    /// Chooses the decided code of a product.
    pub decide: Decide<'a>,
    /// The origin of this dashboard, for links.
    pub origin: &'a str,
    /// Formats an RFC 3339 timestamp in local time.
    pub clock: fn(&str) -> String,
    /// The texts of the language in use.
    pub texts: Texts,
}

impl<'a> Source<'a> {
    /// The cells of a row for these columns. All are empty if the row is no product.
    #[must_use]
    pub fn cells(self, columns: &[Column], row: &Row) -> Vec<String> {
        let fill = self.texts.fill();
        let product = product_of(row, self.journal, self.decide);
        let cell = |column: &Column| match (row.state, &product) {
            (RowState::NoProduct, _) => String::new(),
            (RowState::LeftOut(reason), _) => match column {
                Column::Status => fill.status_left_out.to_owned(),
                Column::Reason => reason_words(reason, self.texts).to_owned(),
                _ => String::new(),
            },
            (RowState::Product(_), Some(product)) => {
                let has_costs = columns.iter().any(|column| column.group() == Group::Cost);
                self.cell(*column, product, row.current, has_costs)
            }
            (RowState::Product(_), None) if *column == Column::Status => fill.status_not_sent.to_owned(),
            (RowState::Product(_), None) => String::new(),
        };
        columns.iter().map(cell).collect()
    }

    fn cell(
        self,
        column: Column,
        product: &Product<'_>,
        current: Option<CurrentCode>,
        has_costs: bool,
    ) -> String {
        let (code, texts) = (product.code(), self.texts);
        let dotted = |code: Option<HsCode>| code.map(|code| code.dotted()).unwrap_or_default();
        let bare = |code: Option<HsCode>| code.map(|code| code.bare().to_owned()).unwrap_or_default();
        let decided = product.decided();
        match column {
            Column::Digits6 => dotted(first(code, 6)),
            Column::Digits6Bare => bare(first(code, 6)),
            Column::Digits8 => dotted(first(code, 8)),
            Column::Digits8Bare => bare(first(code, 8)),
            Column::Digits10 => dotted(first(code, 10)),
            Column::Digits10Bare => bare(first(code, 10)),
            Column::Answered => dotted(product.answered),
            Column::DecidedBy => match decided.map(|decided| &decided.by) {
                Some(DecidedBy::Classifier) => texts.fill().by_classifier.to_owned(),
                Some(DecidedBy::Other(other)) => other.clone(),
                Some(DecidedBy::Person) => texts.fill().by_person.to_owned(),
                None if product.is_untold() => texts.fill().by_person.to_owned(),
                None => String::new(),
            },
            Column::DecidedAt => {
                decided.and_then(|one| one.at.as_deref()).map(|at| (self.clock)(at)).unwrap_or_default()
            }
            Column::Description => product.description().unwrap_or_default().to_owned(),
            Column::Agreement => agreement(current, code, texts),
            Column::Confidence => {
                let confidence = product.confidence();
                confidence.and_then(|one| serde_json::to_string(&one).ok()).unwrap_or_default()
            }
            Column::Band => product
                .confidence()
                .map(|one| Band::from_confidence(one).word(texts).to_owned())
                .unwrap_or_default(),
            Column::Status => state_word(product.state, texts).to_owned(),
            Column::Reason => reason(product, has_costs, texts).to_owned(),
            Column::Identifier => product.id.unwrap_or_default().to_owned(),
            Column::Link => product
                .id
                .map(|id| format!("{}{}", self.origin, routes::classification(id)))
                .unwrap_or_default(),
            column => match product.cost() {
                Cost::Known(cost) => cost_cell(column, cost),
                Cost::Unavailable(_) | Cost::Unknown | Cost::None => String::new(),
            },
        }
    }
}

/// Whether a row lacks a code: a faulty row that was left out, or a product without one.
#[must_use]
pub fn lacks_code(row: &Row, journal: &Journal, decide: Decide<'_>) -> bool {
    match row.state {
        RowState::NoProduct => false,
        RowState::LeftOut(reason) => !reason.is_no_product(),
        RowState::Product(_) => {
            product_of(row, journal, decide).is_none_or(|product| product.code().is_none())
        }
    }
}

/// The product of a row; `None` if the row is no product or the product was not planned to be sent.
fn product_of<'a>(row: &Row, journal: &'a Journal, decide: Decide<'_>) -> Option<Product<'a>> {
    let RowState::Product(number) = row.state else { return None };
    let place = journal.places.get(usize::try_from(number).ok()?).copied().flatten()?;
    Some(Product::at(journal, place, decide))
}

/// The first `digits` digits of a code; `None` if it has fewer. Missing digits are never filled with zeros.
fn first(code: Option<HsCode>, digits: usize) -> Option<HsCode> {
    code?.bare().get(..digits)?.parse().ok()
}

/// The agreement of the file's own code with the decided one, as text.
fn agreement(current: Option<CurrentCode>, code: Option<HsCode>, texts: Texts) -> String {
    let texts = texts.fill();
    match (current, code) {
        (None, _) => String::new(),
        // The file's own code is told even if there is none to compare it with.
        (Some(CurrentCode::Damaged), _) => texts.damaged.to_owned(),
        (Some(CurrentCode::NotACode), _) => texts.not_a_code.to_owned(),
        (Some(_), None) => String::new(),
        (Some(current), Some(code)) => match current.compare(code) {
            Agreement::Same => texts.same_code.to_owned(),
            Agreement::SameTo(digits) => (texts.agrees)(&digits.to_string()),
            Agreement::Other => texts.differs.to_owned(),
            Agreement::Damaged => texts.damaged.to_owned(),
            Agreement::NotACode => texts.not_a_code.to_owned(),
        },
    }
}

/// The reason for a missing code; with cost columns, else the reason for a missing cost.
fn reason<'a>(product: &Product<'a>, has_costs: bool, texts: Texts) -> &'a str {
    match (product.reason(), product.cost()) {
        (Some(reason), _) => reason,
        (None, _) if product.is_untold() => texts.fill().code_untold,
        (None, Cost::Unavailable(reason)) if has_costs => reason,
        (None, Cost::Unknown) if has_costs => texts.fill().cost_unknown,
        (None, _) => "",
    }
}

fn cost_cell(column: Column, cost: &LandedCost) -> String {
    let amount = |amount: Money| amount.to_string();
    match column {
        Column::CustomsValue => amount(cost.cif_value),
        Column::DutyRate => cost.duty.rate.as_ref().map(ToString::to_string).unwrap_or_default(),
        Column::Duty => amount(cost.duty.amount),
        Column::AntiDumping => {
            cost.anti_dumping.as_ref().map(|charge| amount(charge.amount)).unwrap_or_default()
        }
        Column::Vat => amount(cost.vat.amount),
        Column::Total => amount(cost.total_landed_cost),
        Column::Currency => cost.currency.clone(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use import8_api::{DecidedCode, decode};

    use super::*;
    use crate::api::decided::Decided;
    use crate::i18n::Language;
    use crate::outbox::batches::item::{DecisionUpdate, Item};
    use crate::outbox::batches::journal::{Batch, BatchStatus, Plan};
    use crate::outbox::batches::places::places;
    use crate::outbox::batches::state::State;

    const COST: &str = r#"{"hs_code": "7323930000", "cif_value": 50, "currency": "EUR", "duty": {"rate": "3.2%", "type": "mfn", "amount": 1.60}, "vat": {"rate": "21%", "amount": 10.84}, "total_landed_cost": 62.44}"#;

    /// A journal of one batch with one product, as returned in the batch and optionally in a response of its
    /// own.
    fn journal(item: &str, alone: Option<&str>) -> Journal {
        let mut one = Item::accepted("1".to_owned());
        one.update_from(decode(item).expect(item));
        if let Some(alone) = alone {
            one.apply(&DecisionUpdate::Alone(Box::new(decode(alone).expect(alone))));
        }
        let batch = Batch::planned("one", 0, "key".to_owned(), vec![0]);
        let batches = vec![Batch { progress: BatchStatus::Ended, items: vec![one], ..batch }];
        let plan = Plan { products: 1, ..Plan::default() };
        Journal { places: places(&plan, &batches), plan, batches }
    }

    fn texts_of(
        journal: &Journal,
        decide: Decide<'_>,
        current: Option<&str>,
        columns: &[Column],
    ) -> Vec<String> {
        let (clock, texts) = (str::to_owned as fn(&str) -> String, Language::En.texts());
        let source = Source { journal, decide, origin: "dash.example", clock, texts };
        let current = current.and_then(CurrentCode::parse);
        source.cells(columns, &Row { state: RowState::Product(0), current })
    }

    fn as_told(journal: &Journal, current: Option<&str>, columns: &[Column]) -> Vec<String> {
        texts_of(journal, &|_, told, _| told, current, columns)
    }

    /// A batch item with results from a service that sends the code and optionally the decided code.
    fn item(hs_code: &str, code_10: Option<&str>, decided: Option<(&str, &str)>) -> String {
        let decided = decided.map(|(code, by)| {
            format!(r#", "decided": {{"code": "{code}", "by": "{by}", "at": "2026-03-04T09:30:00+00:00", "open_digits": 0}}"#)
        });
        let code_10 = code_10.map(|code| format!(r#", "code_10": "{code}""#)).unwrap_or_default();
        format!(
            r#"{{"id": "1", "status": "completed", "hs_code": "{hs_code}"{}, "result": {{"hs_code": {{"code_6": "7323.93"{code_10}, "description": "Kitchenware"}}, "confidence": 81, "landed_cost": {COST}}}}}"#,
            decided.unwrap_or_default()
        )
    }

    #[test]
    fn digits_are_never_made_up() {
        use Column::*;
        let columns = [Digits6, Digits6Bare, Digits8, Digits8Bare, Digits10, Digits10Bare];
        let check = |item: &str, expected: [&str; 6]| {
            assert_eq!(as_told(&journal(item, None), None, &columns), expected, "{item}");
        };
        let all = ["0101.21", "010121", "0101.21.00", "01012100", "0101.21.00.00", "0101210000"];
        check(&item("01012100", Some("0101210000"), None), all);
        check(&item("01012100", None, Some(("0101210000", "classifier"))), all);
        check(&item("010121", None, None), ["0101.21", "010121", "", "", "", ""]);
        // The person's code is cut at its own length, and never extended with digits of the classifier's.
        let six = item("73239300", Some("7323930000"), Some(("961700", "person")));
        check(&six, ["9617.00", "961700", "", "", "", ""]);
        let ten = item("732393", None, Some(("9617000000", "person")));
        check(&ten, ["9617.00", "961700", "9617.00.00", "96170000", "9617.00.00.00", "9617000000"]);
    }

    #[test]
    fn a_code_is_compared_as_far_as_both_go() {
        let check = |item: &str, current, expected: &str| {
            let found = as_told(&journal(item, None), current, &[Column::Agreement]);
            assert_eq!(found, [expected], "{item} {current:?}");
        };
        check(&item("73239300", None, None), Some("7323930000"), "same to 8 digits");
        check(&item("73239300", Some("7323930090"), None), Some("7323930000"), "same to 8 digits");
        check(&item("73239300", Some("7323930000"), None), Some("7323930000"), "the same");
        check(&item("732393", None, None), Some("7323"), "same to 4 digits");
        check(&item("732393", None, None), Some("8518300090"), "differs");
        check(&item("732393", None, None), None, "");
        let corrected = item("73239300", Some("7323930000"), Some(("9617000000", "person")));
        check(&corrected, Some("7323930000"), "differs");
        check(&corrected, Some("9617000000"), "the same");
        check(&item("61091000", None, None), Some("6109.1"), "same to 6 digits");
        check(&item("73239300", None, None), Some("8.5E+09"), "rounded by the spreadsheet");
        check(&item("73239300", None, None), Some("steel"), "not a code");
    }

    #[test]
    fn nothing_of_the_old_code_stands_beside_a_new_one() {
        use Column::*;
        let columns = [Digits8, Answered, DecidedBy, DecidedAt, Description, Confidence, Total, Reason];
        let check = |item: &str, alone: Option<&str>, expected: [&str; 8]| {
            assert_eq!(as_told(&journal(item, alone), None, &columns), expected, "{item} {alone:?}");
        };
        let at = "2026-03-04T09:30:00+00:00";
        let of = |decided| item("73239300", Some("7323930000"), Some(decided));
        let own = "7323.93.00.00";
        check(
            &of(("7323930000", "classifier")),
            None,
            ["7323.93.00", own, "the classifier", at, "Kitchenware", "81", "62.44", ""],
        );
        check(
            &of(("7323930000", "person")),
            None,
            ["7323.93.00", own, "a person", at, "Kitchenware", "81", "62.44", ""],
        );
        let corrected = of(("9617000000", "person"));
        let unknown = Language::En.texts().fill().cost_unknown;
        check(&corrected, None, ["9617.00.00", own, "a person", at, "", "", "", unknown]);
        let alone = |decided: &str, costs: &str| {
            format!(
                r#"{{"id": "1", "status": "completed", "hs_code": {{"code_6": "7323.93", "code_8": "7323.93.00", "code_10": "{own}", "description": "Kitchenware"}}, "confidence": 81, "landed_cost": {COST}, "decided": {{"code": "{decided}", "by": "person", "at": "{at}", "open_digits": 0}}, "decided_costs": {costs}}}"#
            )
        };
        let costs = format!(r#"{{"landed_cost": {}}}"#, COST.replace("62.44", "70.01"));
        let told = alone("9617000000", &costs);
        check(&corrected, Some(&told), ["9617.00.00", own, "a person", at, "", "", "70.01", ""]);
        let told = alone("9617000000", r#"{"landed_cost_unavailable": "Two duties"}"#);
        check(&corrected, Some(&told), ["9617.00.00", own, "a person", at, "", "", "", "Two duties"]);
    }

    #[test]
    fn a_verdict_given_here_counts_before_the_service_has_it() {
        use Column::*;
        let columns = [Digits10, Answered, DecidedBy, Status, Reason];
        let here = |_: &str, _: Option<Decided>, _: Option<HsCode>| {
            let code = "9617000000".parse().ok()?;
            Some(Decided::Code(DecidedCode::by(code, super::DecidedBy::Person, None)))
        };
        let corrected = journal(&item("73239300", None, None), None);
        assert_eq!(
            texts_of(&corrected, &here, None, &columns),
            ["9617.00.00.00", "7323.93.00", "a person", "Done", ""]
        );
        let failed = r#"{"id": "1", "status": "failed", "hs_code": null, "result": {"reasoning": "It says nothing."}}"#;
        let failed = journal(failed, None);
        let row = Row { state: RowState::Product(0), current: None };
        assert_eq!(as_told(&failed, None, &columns), ["", "", "", "No code", "It says nothing."]);
        assert!(lacks_code(&row, &failed, &|_, told, _| told));
        assert_eq!(texts_of(&failed, &here, None, &columns), ["9617.00.00.00", "", "a person", "Done", ""]);
        assert!(!lacks_code(&row, &failed, &here));
        assert_eq!(failed.places[0].map(|place| place.state), Some(State::Failed), "it may be taken back");
    }

    #[test]
    fn a_correction_that_is_not_told_gives_no_code() {
        use Column::*;
        let known = r#"{"id": "1", "summary": "mug", "code": "6912.00", "is_reviewed": true}"#;
        let known = serde_json::from_str(known).expect(known);
        let plan = Plan { products: 1, known: vec![(0, known)], ..Plan::default() };
        let journal = Journal { places: places(&plan, &[]), plan, batches: Vec::new() };
        let untold = Language::En.texts().fill().code_untold;
        assert_eq!(
            as_told(&journal, None, &[Digits6, Answered, DecidedBy, Reason]),
            ["", "6912.00", "a person", untold]
        );
    }
}
