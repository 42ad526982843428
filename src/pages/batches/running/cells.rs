//! What a file says of each product, beside what it said already.

use import8_api::{Extension, HsCode, LandedCost, Money};
use import8_catalogue::report::{Reason, Row, RowState};

use super::super::fault_words;
use crate::batches::Journal;
use crate::batches::journal::{Detail, Item};
use crate::batches::state::{Place, State};
use crate::components::confidence::Band;
use crate::locales::Texts;
use crate::routes;
use crate::sheets::Kind;

/// A column that can be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The HS code, with points.
    Digits6,
    /// The same without.
    Digits6Bare,
    /// The CN code, with points.
    Digits8,
    /// The same without.
    Digits8Bare,
    /// The TARIC code, with points.
    Digits10,
    /// The same without.
    Digits10Bare,
    /// What the code covers.
    Description,
    /// How it compares with the code of the file.
    Agreement,
    /// How sure it is, 0 to 100.
    Confidence,
    /// The same as a word.
    Band,
    /// What became of it.
    Status,
    /// Why there is no code.
    Reason,
    /// What duties are taken on.
    CustomsValue,
    /// The duty, as it is written.
    DutyRate,
    /// What it comes to.
    Duty,
    /// Anti-dumping duty.
    AntiDumping,
    /// Import VAT.
    Vat,
    /// The sum of all.
    Total,
    /// What these are in.
    Currency,
    /// The classification.
    Identifier,
    /// Its screen.
    Link,
}

/// What columns are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The code.
    Code,
    /// How sure it is.
    Certainty,
    /// What it costs.
    Cost,
    /// Where to find it.
    Reference,
}

impl Group {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Code, Self::Certainty, Self::Cost, Self::Reference];
}

impl Column {
    /// All of them, in the order of the file.
    pub const ALL: [Self; 21] = [
        Self::Digits6,
        Self::Digits6Bare,
        Self::Digits8,
        Self::Digits8Bare,
        Self::Digits10,
        Self::Digits10Bare,
        Self::Description,
        Self::Agreement,
        Self::Confidence,
        Self::Band,
        Self::Status,
        Self::Reason,
        Self::CustomsValue,
        Self::DutyRate,
        Self::Duty,
        Self::AntiDumping,
        Self::Vat,
        Self::Total,
        Self::Currency,
        Self::Identifier,
        Self::Link,
    ];

    /// Those that are added unless the person says otherwise.
    #[must_use]
    pub fn is_usual(self) -> bool {
        use Column::*;
        matches!(
            self,
            Digits6
                | Digits8
                | Digits8Bare
                | Digits10
                | Description
                | Agreement
                | Confidence
                | Band
                | Status
                | Reason
                | Link
        )
    }

    /// What it is about.
    #[must_use]
    pub fn group(self) -> Group {
        use Column::*;
        match self {
            Digits6 | Digits6Bare | Digits8 | Digits8Bare | Digits10 | Digits10Bare | Description
            | Agreement => Group::Code,
            Confidence | Band | Status | Reason => Group::Certainty,
            CustomsValue | DutyRate | Duty | AntiDumping | Vat | Total | Currency => Group::Cost,
            Identifier | Link => Group::Reference,
        }
    }

    /// What its cells hold.
    #[must_use]
    pub fn kind(self) -> Kind {
        use Column::*;
        match self {
            Digits6 | Digits6Bare | Digits8 | Digits8Bare | Digits10 | Digits10Bare => Kind::Code,
            Confidence | CustomsValue | Duty | AntiDumping | Vat | Total => Kind::Number,
            Description | Agreement | Band | Status | Reason | DutyRate | Currency | Identifier | Link => {
                Kind::Text
            }
        }
    }

    /// Its title.
    #[must_use]
    pub fn title(self, texts: Texts) -> &'static str {
        let texts = texts.fill();
        match self {
            Self::Digits6 => texts.digits_6,
            Self::Digits6Bare => texts.digits_6_bare,
            Self::Digits8 => texts.digits_8,
            Self::Digits8Bare => texts.digits_8_bare,
            Self::Digits10 => texts.digits_10,
            Self::Digits10Bare => texts.digits_10_bare,
            Self::Description => texts.description,
            Self::Agreement => texts.agreement,
            Self::Confidence => texts.confidence,
            Self::Band => texts.band,
            Self::Status => texts.status,
            Self::Reason => texts.reason,
            Self::CustomsValue => texts.customs_value,
            Self::DutyRate => texts.duty_rate,
            Self::Duty => texts.duty,
            Self::AntiDumping => texts.anti_dumping,
            Self::Vat => texts.vat,
            Self::Total => texts.total,
            Self::Currency => texts.currency,
            Self::Identifier => texts.identifier,
            Self::Link => texts.link,
        }
    }
}

/// Whether the service tells what these columns need with a batch; else each product is asked for.
#[must_use]
pub fn are_told(extensions: &[Extension]) -> bool {
    extensions.contains(&Extension::BatchResults)
}

/// What is known of a row.
#[derive(Debug, Clone, Copy, Default)]
struct Known<'a> {
    state: Option<State>,
    id: Option<&'a str>,
    code: Option<HsCode>,
    detail: Option<&'a Detail>,
    message: Option<&'a str>,
    current: Option<&'a str>,
}

/// The cells of a row; `origin` is where this dashboard is. Rows that are no product have empty ones.
#[must_use]
pub fn cells(columns: &[Column], row: &Row, journal: &Journal, origin: &str, texts: Texts) -> Vec<String> {
    let known = known(row, journal);
    let cell = |column: &Column| match row.state {
        RowState::NoProduct => String::new(),
        RowState::LeftOut(reason) => match column {
            Column::Status => texts.fill().status_left_out.to_owned(),
            Column::Reason => reason_words(reason, texts),
            _ => String::new(),
        },
        RowState::Product(_) => known.cell(*column, origin, texts),
    };
    columns.iter().map(cell).collect()
}

/// Whether a row is a product that has no code.
#[must_use]
pub fn lacks_code(row: &Row, journal: &Journal) -> bool {
    match row.state {
        RowState::NoProduct => false,
        RowState::LeftOut(_) => true,
        RowState::Product(_) => known(row, journal).code.is_none(),
    }
}

fn known<'a>(row: &'a Row, journal: &'a Journal) -> Known<'a> {
    let current = row.current.as_deref();
    let RowState::Product(product) = row.state else { return Known { current, ..Known::default() } };
    let place = journal.places.get(usize::try_from(product).unwrap_or(usize::MAX)).copied().flatten();
    let Some(Place { state, batch, at }) = place else { return Known { current, ..Known::default() } };
    match batch.map(|number| journal.batch(number)) {
        None => {
            let known = journal.plan.known.get(at).map(|(_, known)| known);
            let (id, code) = (known.map(|known| known.id.as_str()), known.map(|known| known.code));
            Known { state: Some(state), id, code, current, ..Known::default() }
        }
        Some(batch) => {
            let item: Option<&Item> = batch.and_then(|batch| batch.items.get(at));
            Known {
                state: Some(state),
                id: item.map(|item| item.id.as_str()),
                code: item.and_then(|item| item.code),
                detail: item.and_then(|item| item.detail.as_ref()),
                message: batch.and_then(|batch| batch.message.as_deref()),
                current,
            }
        }
    }
}

impl Known<'_> {
    fn cell(self, column: Column, origin: &str, texts: Texts) -> String {
        let cost = self.detail.and_then(|detail| detail.landed_cost.as_ref());
        let code_10 = self.detail.and_then(|detail| detail.code_10);
        let dotted = |code: Option<HsCode>| code.map(|code| code.dotted()).unwrap_or_default();
        let bare = |code: Option<HsCode>| code.map(|code| code.bare().to_owned()).unwrap_or_default();
        let amount = |read: fn(&LandedCost) -> Option<Money>| {
            cost.and_then(read).map(|amount| amount.to_string()).unwrap_or_default()
        };
        let confidence = self.detail.and_then(|detail| detail.confidence).filter(|_| self.code.is_some());
        match column {
            Column::Digits6 => dotted(self.at_most(6)),
            Column::Digits6Bare => bare(self.at_most(6)),
            Column::Digits8 => dotted(self.exactly(8)),
            Column::Digits8Bare => bare(self.exactly(8)),
            Column::Digits10 => dotted(code_10),
            Column::Digits10Bare => bare(code_10),
            Column::Description => self.detail.and_then(|one| one.description.clone()).unwrap_or_default(),
            Column::Agreement => self.agreement(texts),
            Column::Confidence => {
                confidence.and_then(|confidence| serde_json::to_string(&confidence).ok()).unwrap_or_default()
            }
            Column::Band => confidence.map(|one| Band::of(one).word(texts).to_owned()).unwrap_or_default(),
            Column::Status => match self.state {
                Some(state) => super::state_word(state, texts).to_owned(),
                None => texts.fill().status_not_sent.to_owned(),
            },
            Column::Reason => {
                let reason = self.detail.and_then(|detail| detail.reason.as_deref()).or(self.message);
                reason.unwrap_or_default().to_owned()
            }
            Column::CustomsValue => amount(|cost| Some(cost.cif_value)),
            Column::DutyRate => {
                let rate = cost.and_then(|cost| cost.duty.rate.as_ref());
                rate.map(|rate| rate.to_string()).unwrap_or_default()
            }
            Column::Duty => amount(|cost| Some(cost.duty.amount)),
            Column::AntiDumping => amount(|cost| cost.anti_dumping.as_ref().map(|charge| charge.amount)),
            Column::Vat => amount(|cost| Some(cost.vat.amount)),
            Column::Total => amount(|cost| Some(cost.total_landed_cost)),
            Column::Currency => cost.map(|cost| cost.currency.clone()).unwrap_or_default(),
            Column::Identifier => self.id.unwrap_or_default().to_owned(),
            Column::Link => {
                self.id.map(|id| format!("{origin}{}", routes::classification(id))).unwrap_or_default()
            }
        }
    }

    /// The first digits of the code.
    fn at_most(self, digits: usize) -> Option<HsCode> {
        self.code?.bare().get(..digits)?.parse().ok()
    }

    /// The code if it has so many digits: they are never made up.
    fn exactly(self, digits: usize) -> Option<HsCode> {
        self.code.filter(|code| code.bare().len() >= digits).and_then(|_| self.at_most(digits))
    }

    /// To how many digits the code is the one of the file.
    fn agreement(self, texts: Texts) -> String {
        let deepest = self.detail.and_then(|detail| detail.code_10).or(self.code);
        let (Some(current), Some(code)) = (self.current, deepest) else { return String::new() };
        let same = [10, 8, 6, 4].into_iter().find(|&digits| {
            let both = (current.get(..digits), code.bare().get(..digits));
            matches!(both, (Some(current), Some(code)) if current == code)
        });
        match same {
            Some(digits) => (texts.fill().agrees)(&digits.to_string()),
            None => texts.fill().differs.to_owned(),
        }
    }
}

/// Why a row is not sent.
#[must_use]
pub fn reason_words(reason: Reason, texts: Texts) -> String {
    match reason {
        Reason::Vague => texts.fill().status_vague.to_owned(),
        Reason::Fault(_, fault) => fault_words(fault, texts).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    fn said(code: &str, code_10: Option<&str>, current: Option<&str>, columns: &[Column]) -> Vec<String> {
        let parsed = |code: &str| code.parse().expect(code);
        let detail = Detail { code_10: code_10.map(parsed), ..Detail::default() };
        let known = Known {
            state: Some(State::Completed),
            id: Some("1"),
            code: Some(parsed(code)),
            detail: Some(&detail),
            message: None,
            current,
        };
        columns.iter().map(|column| known.cell(*column, "dash.example", Language::En.texts())).collect()
    }

    #[test]
    fn digits_are_never_made_up() {
        use Column::*;
        let columns = [Digits6, Digits6Bare, Digits8, Digits8Bare, Digits10, Digits10Bare];
        assert_eq!(
            said("01012100", Some("0101210000"), None, &columns),
            ["0101.21", "010121", "0101.21.00", "01012100", "0101.21.00.00", "0101210000"]
        );
        assert_eq!(said("010121", None, None, &columns), ["0101.21", "010121", "", "", "", ""]);
    }

    #[test]
    fn a_code_is_compared_as_far_as_both_go() {
        let check = |code: &str, code_10, current, expected: &str| {
            assert_eq!(said(code, code_10, current, &[Column::Agreement]), [expected], "{code} {current:?}");
        };
        check("73239300", None, Some("7323930000"), "same to 8 digits");
        check("73239300", Some("7323930090"), Some("7323930000"), "same to 8 digits");
        check("73239300", Some("7323930000"), Some("7323930000"), "same to 10 digits");
        check("732393", None, Some("7323"), "same to 4 digits");
        check("732393", None, Some("8518300090"), "differs");
        check("732393", None, None, "");
    }
}
