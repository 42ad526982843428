//! Duties as TARIC writes them: what can be computed, what they depend on, and conditions in words.
//!
//! [`DutyText::parse`] reads a text of the column "Duty" or the duty of a condition. It never fails: a text that it
//! does not understand, in whole or in part, has no [`expression`](DutyText::expression), and
//! [`needs`](DutyText::needs) names the part. Languages are ISO 639-1 codes; every language but `nl` is answered in
//! English.

mod conditions;
mod need;
mod notation;
mod units;

#[cfg(test)]
mod tests;

use import8_api::DutyExpression;

pub use conditions::conditions_in_words;
use need::Need;
use units::UnitName;

use crate::Condition;

/// A duty as TARIC writes it: `10.200 % + 93.100 EUR DTN`, `Cond:  B cert: Y-155 (01):50.000 %`, `NAR`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyText(Meaning);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Meaning {
    /// A duty of the customs value and measures, or with a component of the Meursing tables.
    Duty(DutyExpression),
    /// No duty but a unit that the declaration needs.
    Unit(&'static UnitName),
    /// Duties or other consequences that depend on documents and amounts.
    Conditions(Vec<Condition>),
    /// A duty that is not computed, with everything that it depends on.
    NotComputed(Vec<Need>),
}

impl DutyText {
    /// Reads a duty. A vertical bar stands for a blank, as in TARIC's texts.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let text = notation::single_blanks(text);
        if let Some(conditions) = text.strip_prefix("Cond:") {
            return Self(match notation::conditions(conditions) {
                Ok(conditions) => Meaning::Conditions(conditions),
                Err(part) => Meaning::NotComputed(vec![Need::Unknown(part)]),
            });
        }
        let text = notation::plain(&text);
        Self(match (text.parse(), UnitName::find(&text)) {
            (Ok(duty), _) => Meaning::Duty(duty),
            (_, Some(unit)) => Meaning::Unit(unit),
            _ => Meaning::NotComputed(need::of_terms(&text)),
        })
    }

    /// The duty as an expression, whose amount is exact or says which measures or which Meursing component it lacks.
    /// `None` if a part of the text is not understood, or if the duty depends on a condition.
    #[must_use]
    pub fn expression(&self) -> Option<DutyExpression> {
        match &self.0 {
            Meaning::Duty(duty) => Some(duty.clone()),
            Meaning::Conditions(conditions) => same_in_any_case(conditions),
            Meaning::Unit(_) | Meaning::NotComputed(_) => None,
        }
    }

    /// The conditions, in the order of the text; empty for a duty without conditions.
    #[must_use]
    pub fn conditions(&self) -> &[Condition] {
        match &self.0 {
            Meaning::Conditions(conditions) => conditions,
            _ => &[],
        }
    }

    /// The unit that the declaration needs, in words, if the text is a unit and no duty: `pair`.
    #[must_use]
    pub fn unit(&self, language: &str) -> Option<&'static str> {
        match &self.0 {
            Meaning::Unit(unit) => Some(unit.name(language)),
            _ => None,
        }
    }

    /// Everything beside the customs value that must be known to compute the duty, in words and each once:
    /// `the net weight`, `the Meursing code of the goods`, `whether document D008 is declared`. Empty for a duty that
    /// depends on the customs value alone, and for a unit.
    #[must_use]
    pub fn needs(&self, language: &str) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        for need in self.all_needs() {
            let need = need.in_words(language);
            if !words.contains(&need) {
                words.push(need);
            }
        }
        words
    }

    fn all_needs(&self) -> Vec<Need> {
        match &self.0 {
            Meaning::Duty(duty) => need::of_duty(duty),
            Meaning::Unit(_) => Vec::new(),
            Meaning::NotComputed(needs) => needs.clone(),
            Meaning::Conditions(conditions) => match same_in_any_case(conditions) {
                Some(duty) => need::of_duty(&duty),
                None => conditions.iter().flat_map(need::of_condition).collect(),
            },
        }
    }
}

/// The duty of conditions that all lead to the same one: of one kind, each with action 01 and the same duty, all for
/// documents but the last, which is met in any other case.
fn same_in_any_case(conditions: &[Condition]) -> Option<DutyExpression> {
    let last = conditions.last()?;
    let duty = DutyText::parse(last.duty.as_deref()?).expression()?;
    let is_same = |condition: &Condition| {
        let this = condition.duty.as_deref().and_then(|text| DutyText::parse(text).expression());
        let for_document = condition.amount.is_none() && condition.kind == last.kind;
        for_document && &*condition.action == "01" && this.as_ref() == Some(&duty)
    };
    (last.document.is_none() && conditions.iter().all(is_same)).then_some(duty)
}

/// The text in the language: Dutch for `nl`, else English.
fn in_language(language: &str, [en, nl]: [&'static str; 2]) -> &'static str {
    if language == "nl" { nl } else { en }
}
