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

    /// The duties that the documents of a declaration decide between, each once and in the order of the text; for a duty
    /// without conditions that one. The last is the duty if none of the documents is declared, unless the goods cannot
    /// be declared then. `None` if something else decides, such as a price, or if a part of the text is not understood.
    #[must_use]
    pub fn alternatives(&self) -> Option<Vec<DutyExpression>> {
        match &self.0 {
            Meaning::Duty(duty) => Some(vec![duty.clone()]),
            Meaning::Conditions(conditions) => alternatives(conditions),
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

/// The duty of conditions that all lead to the same one, whatever documents are declared.
fn same_in_any_case(conditions: &[Condition]) -> Option<DutyExpression> {
    conditions.last().filter(|last| &*last.action == APPLY_THE_DUTY)?;
    let mut duties = alternatives(conditions)?;
    duties.pop().filter(|_| duties.is_empty())
}

/// TARIC's action of applying the duty of the condition.
const APPLY_THE_DUTY: &str = "01";

/// TARIC's actions of not allowing the import or the code.
const NOT_ALLOWED: [&str; 3] = ["04", "06", "08"];

/// The kinds of conditions that one document of several meets.
const ALTERNATIVES: [&str; 6] = ["A", "B", "C", "H", "Q", "Y"];

/// The duties of conditions of one kind that are all for documents but the last.
fn alternatives(conditions: &[Condition]) -> Option<Vec<DutyExpression>> {
    let (last, documents) = conditions.split_last()?;
    let is_of_kind = |one: &Condition| one.amount.is_none() && one.kind == last.kind;
    let is_documents = documents.iter().all(|one| one.document.is_some());
    let is_alternative = ALTERNATIVES.contains(&&*last.kind) && conditions.iter().all(is_of_kind);
    if last.document.is_some() || !is_documents || !is_alternative {
        return None;
    }
    // A duty beside the refusal of the goods is not understood.
    let is_allowed = last.duty.is_some() || !NOT_ALLOWED.contains(&&*last.action);
    let mut duties = Vec::new();
    for condition in documents.iter().chain(is_allowed.then_some(last)) {
        let duty = condition.duty.as_deref().filter(|_| &*condition.action == APPLY_THE_DUTY)?;
        let duty = DutyText::parse(duty).expression()?;
        if condition.document.is_none() {
            duties.retain(|earlier| *earlier != duty);
        }
        if !duties.contains(&duty) {
            duties.push(duty);
        }
    }
    (!duties.is_empty()).then_some(duties)
}

/// The text in the language: Dutch for `nl`, else English.
fn in_language(language: &str, [en, nl]: [&'static str; 2]) -> &'static str {
    if language == "nl" { nl } else { en }
}
