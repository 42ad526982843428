//! The result columns that can be added to a file: titles, groups and cell types.

use import8_api::Extension;

use crate::browser::sheet_worker::CellKind;
use crate::i18n::texts::Texts;

/// A result column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The HS code, 6 digits with dots.
    Digits6,
    /// The HS code, 6 digits without dots.
    Digits6Bare,
    /// The CN code, 8 digits with dots.
    Digits8,
    /// The CN code, 8 digits without dots.
    Digits8Bare,
    /// The TARIC code, 10 digits with dots.
    Digits10,
    /// The TARIC code, 10 digits without dots.
    Digits10Bare,
    /// The classifier's code, even if a person has replaced it.
    Answered,
    /// Whether the classifier or a person decided the code.
    DecidedBy,
    /// When the code was decided.
    DecidedAt,
    /// The description of the commodity code.
    Description,
    /// The number of digits shared with the file's own code.
    Agreement,
    /// The classifier's confidence, 0 to 100.
    Confidence,
    /// The confidence band as a word.
    Band,
    /// The state of the product.
    Status,
    /// The reason for a missing code or cost.
    Reason,
    /// The customs value (CIF), on which duty is charged.
    CustomsValue,
    /// The duty rate, as a duty expression.
    DutyRate,
    /// The amount of customs duty.
    Duty,
    /// The amount of anti-dumping duty.
    AntiDumping,
    /// The amount of import VAT.
    Vat,
    /// The total landed cost.
    Total,
    /// The currency of the amounts.
    Currency,
    /// The identifier of the classification.
    Identifier,
    /// The address of the classification in this dashboard.
    Link,
}

/// A group of result columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The code and its origin.
    Code,
    /// Confidence and state.
    Certainty,
    /// Duties, VAT and landed cost.
    Cost,
    /// Identifier and link.
    Reference,
}

impl Group {
    /// All groups, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Code, Self::Certainty, Self::Cost, Self::Reference];
}

impl Column {
    /// All columns, in the order in which they are added to the file.
    pub const ALL: [Self; 24] = [
        Self::Digits6,
        Self::Digits6Bare,
        Self::Digits8,
        Self::Digits8Bare,
        Self::Digits10,
        Self::Digits10Bare,
        Self::Answered,
        Self::DecidedBy,
        Self::DecidedAt,
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

    /// Whether the column is selected by default.
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

    /// The group of the column.
    #[must_use]
    pub fn group(self) -> Group {
        use Column::*;
        match self {
            Digits6 | Digits6Bare | Digits8 | Digits8Bare | Digits10 | Digits10Bare | Answered
            | DecidedBy | DecidedAt | Description | Agreement => Group::Code,
            Confidence | Band | Status | Reason => Group::Certainty,
            CustomsValue | DutyRate | Duty | AntiDumping | Vat | Total | Currency => Group::Cost,
            Identifier | Link => Group::Reference,
        }
    }

    /// The cell type of the column.
    #[must_use]
    pub fn kind(self) -> CellKind {
        use Column::*;
        match self {
            Digits6 | Digits6Bare | Digits8 | Digits8Bare | Digits10 | Digits10Bare | Answered => {
                CellKind::Code
            }
            DecidedAt => CellKind::Time,
            Confidence | CustomsValue | Duty | AntiDumping | Vat | Total => CellKind::Number,
            DecidedBy | Description | Agreement | Band | Status | Reason | DutyRate | Currency
            | Identifier | Link => CellKind::Text,
        }
    }

    /// The title of the column.
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
            Self::Answered => texts.answered,
            Self::DecidedBy => texts.decided_by,
            Self::DecidedAt => texts.decided_at,
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

/// Whether the service sends result details with a batch. Otherwise each product takes a request of its
/// own.
#[must_use]
pub fn are_told(extensions: &[Extension]) -> bool {
    extensions.contains(&Extension::BatchResults)
}
