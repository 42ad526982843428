//! The columns that can be added to a file.

use import8_api::Extension;

use crate::locales::Texts;
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
    /// The classifier's code, also where it does not count any more.
    Answered,
    /// Who decided on the code.
    DecidedBy,
    /// When.
    DecidedAt,
    /// What the code covers.
    Description,
    /// How it compares with the code of the file.
    Agreement,
    /// How sure the classifier is of the code, 0 to 100.
    Confidence,
    /// The same as a word.
    Band,
    /// What became of it.
    Status,
    /// Why there is no code, or no cost.
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
            Digits6 | Digits6Bare | Digits8 | Digits8Bare | Digits10 | Digits10Bare | Answered
            | DecidedBy | DecidedAt | Description | Agreement => Group::Code,
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
            Digits6 | Digits6Bare | Digits8 | Digits8Bare | Digits10 | Digits10Bare | Answered => Kind::Code,
            DecidedAt => Kind::Time,
            Confidence | CustomsValue | Duty | AntiDumping | Vat | Total => Kind::Number,
            DecidedBy | Description | Agreement | Band | Status | Reason | DutyRate | Currency
            | Identifier | Link => Kind::Text,
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

/// Whether the service tells what these columns need with a batch; else each product is asked for.
#[must_use]
pub fn are_told(extensions: &[Extension]) -> bool {
    extensions.contains(&Extension::BatchResults)
}
