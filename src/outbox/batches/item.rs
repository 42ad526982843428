//! A product of a batch: its status, its codes, and the details that the service has returned so far.

use import8_api::{
    BatchItem, Classification, CodeDetail, Confidence, DecidedBy, DecidedCode, HsCode, LandedCost, Status,
};
use import8_catalogue::report::Known;
use serde::{Deserialize, Serialize};

use crate::api::decided::Decided;

/// The result of a product of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The identifier of its classification.
    pub id: String,
    /// The status of its classification.
    pub status: Status,
    /// The classifier's code, once there is one: 6 or 8 digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<HsCode>,
    /// The decided code in the service's last answer. `None` if the service does not return decided codes, and in
    /// journals of older versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<DecidedCode>,
    /// Further fields of its classification.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Detail>,
    /// The landed cost under a code that a person has decided on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_cost: Option<DecidedCost>,
}

/// Fields of a classification that a batch does not list. All are about the classifier's code.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Detail {
    /// The ten-digit code, where the description decides all ten digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_10: Option<HsCode>,
    /// The goods that the code covers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The confidence of the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// Why there is no code, in the service's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The landed cost under the classifier's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub landed_cost: Option<LandedCost>,
}

/// The landed cost of a product under a code that a person has decided on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedCost {
    /// The decided code.
    pub code: HsCode,
    /// The landed cost; `None` where it cannot be calculated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub landed_cost: Option<LandedCost>,
    /// Why it cannot be calculated, in the service's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unavailable: Option<String>,
}

/// An update of a classification after its end.
#[derive(Debug, Clone)]
pub enum DecisionUpdate {
    /// Its decided code.
    Decided(DecidedCode),
    /// The whole classification.
    Alone(Box<Classification>),
}

impl DecisionUpdate {
    /// The decided code of the update.
    #[must_use]
    pub fn decided(&self) -> Option<DecidedCode> {
        match self {
            Self::Decided(decided) => Some(decided.clone()),
            Self::Alone(classification) => code_of(Decided::from_classification(classification)),
        }
    }
}

impl Item {
    /// An item that the service has just accepted.
    #[must_use]
    pub fn accepted(id: String) -> Self {
        Self { id, status: Status::Pending, code: None, decided: None, detail: None, decided_cost: None }
    }

    /// Updates the item from the answer for its batch.
    pub fn update_from(&mut self, item: BatchItem) {
        (self.status, self.code) = (item.status, item.hs_code.or(self.code));
        // A person's decision stays where the service repeats only the classifier's answer.
        let is_by_person = |decided: &DecidedCode| decided.by == DecidedBy::Person;
        if item.decided.as_ref().is_some_and(is_by_person) || !self.decided.as_ref().is_some_and(is_by_person)
        {
            self.decided = item.decided.or(self.decided.take());
        }
        if let Some(result) = item.result {
            let has_failed = self.status == Status::Failed;
            let code = result.hs_code.unwrap_or_default();
            self.detail = Some(Detail {
                code_10: code.code_10,
                description: code.description,
                confidence: result.confidence,
                reason: result.reasoning.filter(|_| has_failed),
                landed_cost: result.landed_cost.map(without_notes),
            });
        }
    }

    /// Updates the item from the answer for its classification.
    pub fn update_from_classification(&mut self, mut classification: Classification) {
        let code = classification.hs_code.as_ref().and_then(CodeDetail::deepest);
        let (id, status) = (self.id.clone(), classification.status.clone());
        let decided = code_of(Decided::from_classification(&classification));
        let costs = classification.decided_costs.take().unwrap_or_default();
        let result = Some(classification.into());
        self.update_from(BatchItem { id, status, hs_code: code, decided, result });
        self.decided_cost = self.corrected().map(|code| DecidedCost {
            code,
            landed_cost: costs.landed_cost.map(without_notes),
            unavailable: costs.landed_cost_unavailable,
        });
    }

    /// Applies an update after the end. Returns whether it changes the item.
    pub fn apply(&mut self, told: &DecisionUpdate) -> bool {
        let before = self.clone();
        match told {
            DecisionUpdate::Decided(decided) => self.decided = Some(decided.clone()),
            DecisionUpdate::Alone(classification) => {
                self.update_from_classification((**classification).clone())
            }
        }
        *self != before
    }

    /// The classifier's code, with ten digits where they are known.
    #[must_use]
    pub fn answered(&self) -> Option<HsCode> {
        self.detail.as_ref().and_then(|detail| detail.code_10).or(self.code)
    }

    /// The decided code, as far as the service has returned one.
    #[must_use]
    pub fn decided_now(&self) -> Option<Decided> {
        let answered = || Some(DecidedCode::by(self.answered()?, DecidedBy::Classifier, None));
        self.decided.clone().or_else(answered).map(Decided::Code)
    }

    /// The code that a person has decided on instead of the classifier's, as far as the service has returned one.
    fn corrected(&self) -> Option<HsCode> {
        let decided = self.decided.as_ref().filter(|decided| decided.by == DecidedBy::Person)?;
        Some(decided.code).filter(|code| Some(*code) != self.answered())
    }

    /// Whether its classification has ended.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        is_end(&self.status)
    }
}

/// The decided code of a product that was classified before, as far as it is known.
#[must_use]
pub fn decided_known(known: &Known) -> Option<Decided> {
    match &known.decided {
        Some(decided) => Some(Decided::Code(decided.clone())),
        // An older version stored the classifier's code even for a corrected product.
        None if known.is_reviewed => Some(Decided::NotTold),
        None => Some(Decided::Code(DecidedCode::by(known.code?, DecidedBy::Classifier, None))),
    }
}

/// Whether a status is final.
#[must_use]
pub fn is_end(status: &Status) -> bool {
    matches!(status, Status::Completed | Status::Failed)
}

fn code_of(decided: Option<Decided>) -> Option<DecidedCode> {
    match decided {
        Some(Decided::Code(decided)) => Some(decided),
        Some(Decided::NotTold) | None => None,
    }
}

/// The cost without its notes, which only the result screen shows.
fn without_notes(cost: LandedCost) -> LandedCost {
    LandedCost { notes: Vec::new(), ..cost }
}

#[cfg(test)]
mod tests {
    use import8_api::decode;

    use super::*;
    use crate::outbox::batches::journal::{Batch, BatchStatus};
    use crate::outbox::batches::state::State;

    const ANSWER: &str = r#"{"id": "3-0", "status": "completed", "hs_code": "7323.93", "result": {"confidence": 81, "hs_code": {"code_6": "7323.93", "code_10": "7323.93.00.00", "description": "Kitchenware"}, "reasoning": "It is a bottle."}}"#;

    fn ended(answers: &[&str]) -> Batch {
        let mut item = Item::accepted("3-0".to_owned());
        answers.iter().for_each(|answer| item.update_from(decode(answer).expect(answer)));
        let planned = Batch::planned("one", 3, "key".to_owned(), vec![7]);
        Batch { progress: BatchStatus::Ended, items: vec![item], ..planned }
    }

    fn counts(item: &Item) -> Option<(String, DecidedBy)> {
        let decided = code_of(item.decided_now())?;
        Some((decided.code.bare().to_owned(), decided.by))
    }

    #[test]
    fn what_is_kept_is_read_again() {
        let mut one = ended(&[ANSWER]);
        let detail = one.items[0].detail.clone().expect("a detail");
        assert_eq!(detail.description.as_deref(), Some("Kitchenware"));
        assert_eq!(detail.reason, None, "only what failed has a reason");
        // A status without results removes none.
        one.items[0].update_from(
            decode(r#"{"id": "3-0", "status": "completed", "hs_code": null}"#).expect("an item"),
        );
        assert_eq!(one.items[0].detail, Some(detail));
        assert!(one.items[0].code.is_some());
        let kept = serde_json::to_string(&one).expect("JSON");
        assert_eq!(serde_json::from_str::<Batch>(&kept).expect("a batch"), one);
    }

    #[test]
    fn the_code_that_counts_is_kept_beside_the_classifiers() {
        let corrected = r#"{"id": "3-0", "status": "completed", "hs_code": "7323.93", "decided": {"code": "9617.00.00.00", "by": "person", "at": "2026-03-04T09:30:00+00:00", "open_digits": 0}}"#;
        let one = ended(&[ANSWER, corrected]);
        assert_eq!(counts(&one.items[0]), Some(("9617000000".to_owned(), DecidedBy::Person)));
        assert_eq!(one.items[0].answered(), "7323930000".parse().ok());
        let kept = serde_json::to_string(&one).expect("JSON");
        assert_eq!(serde_json::from_str::<Batch>(&kept).expect("a batch"), one);
        // A service that returns no decided codes removes none.
        let mut again = ended(&[corrected, ANSWER]).items.remove(0);
        assert_eq!(counts(&again), counts(&one.items[0]));
        let plain = r#"{"id": "3-0", "status": "completed", "hs_code": {"code_6": "7323.93"}}"#;
        again.update_from_classification(decode(plain).expect(plain));
        assert_eq!(counts(&again), counts(&one.items[0]));
    }

    #[test]
    fn what_an_older_version_kept_is_the_classifiers_code() {
        let kept = r#"{"id": "3-0", "status": "completed", "code": "7323.93.00", "detail": {"code_10": "7323.93.00.00", "confidence": 81}}"#;
        let item: Item = serde_json::from_str(kept).expect("an item");
        assert_eq!(counts(&item), Some(("7323930000".to_owned(), DecidedBy::Classifier)));
        let known = |kept: &str| decided_known(&serde_json::from_str::<Known>(kept).expect(kept));
        let plain = known(r#"{"id": "1", "summary": "mug", "code": "6912.00", "is_reviewed": false}"#);
        assert_eq!(code_of(plain).map(|decided| decided.code), "691200".parse().ok());
        let reviewed = known(r#"{"id": "1", "summary": "mug", "code": "6912.00", "is_reviewed": true}"#);
        assert_eq!(reviewed, Some(Decided::NotTold), "it may have been corrected");
    }

    #[test]
    fn what_failed_and_was_given_a_code_has_one() {
        let failed = r#"{"id": "3-0", "status": "failed", "hs_code": null}"#;
        let mut one = ended(&[failed]);
        assert_eq!(one.state(0), Some(State::Failed));
        let decided = r#"{"code": "9617.00", "by": "person", "open_digits": 4}"#;
        let told = [("3-0".to_owned(), DecisionUpdate::Decided(decode(decided).expect("a code")))].into();
        assert!(one.apply(&told));
        assert!(!one.apply(&told), "it is no news any more");
        assert_eq!(one.state(0), Some(State::Completed));
        assert_eq!(counts(&one.items[0]), Some(("961700".to_owned(), DecidedBy::Person)));
    }

    #[test]
    fn costs_are_kept_for_the_code_that_they_are_for() {
        let alone = |fields: &str| -> DecisionUpdate {
            let json = format!(
                r#"{{"id": "3-0", "status": "completed", "hs_code": {{"code_6": "7323.93", "code_10": "7323930000"}}, {fields}}}"#
            );
            DecisionUpdate::Alone(Box::new(decode(&json).expect(&json)))
        };
        let mut item = ended(&[ANSWER]).items.remove(0);
        let corrected = r#""decided": {"code": "9617.00.00", "by": "person", "open_digits": 2}, "decided_costs": {"landed_cost_unavailable": "Two duties"}"#;
        assert!(item.apply(&alone(corrected)));
        let cost = item.decided_cost.clone().expect("costs");
        assert_eq!((cost.code.bare(), cost.unavailable.as_deref()), ("96170000", Some("Two duties")));
        // A confirmed code has the cost of the classifier's answer.
        let confirmed = r#""decided": {"code": "7323.93.00.00", "by": "person", "open_digits": 0}"#;
        assert!(item.apply(&alone(confirmed)));
        assert_eq!(item.decided_cost, None);
    }
}
