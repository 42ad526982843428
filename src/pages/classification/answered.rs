//! The classifier's answer: its code, path and costs, each given only for the codes that it holds for.

use import8_api::{Classification, CodeDetail, DecidedCosts, DecisionStep, HsCode};

use super::declarable::{Declarable, TEN};

/// The parts of the classifier's answer that depend on the code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answered {
    /// The code at each depth that the service knows.
    pub detail: Option<CodeDetail>,
    /// The decision path to the code.
    pub steps: Vec<DecisionStep>,
    /// Its duty and landed cost.
    pub costs: DecidedCosts,
}

impl Answered {
    /// The answer of a classification.
    #[must_use]
    pub fn new(classification: &Classification) -> Self {
        Self {
            detail: classification.hs_code.clone(),
            steps: classification.decision_tree.clone(),
            costs: classification.answered_costs(),
        }
    }

    /// The code with all known digits.
    #[must_use]
    pub fn code(&self) -> Option<HsCode> {
        self.detail.as_ref().and_then(CodeDetail::all_digits)
    }

    /// Whether a code equals the answer's or extends it. The answer's data then also holds for that
    /// code.
    #[must_use]
    pub fn agrees(&self, code: HsCode) -> bool {
        self.code().is_some_and(|own| code.bare().starts_with(own.bare()))
    }

    /// Whether a code is at or below the answer's, the last two of ten digits aside. The decision path to
    /// both is the same.
    #[must_use]
    pub fn leads_to(&self, code: HsCode) -> bool {
        let detail = self.detail.as_ref();
        let known = detail.and_then(|detail| detail.deepest().or(detail.code_10));
        known.is_some_and(|known| code.bare().starts_with(known.bare()))
    }

    /// The declarable codes at or below a code that this answer [leads to](Self::leads_to). For ten chosen
    /// digits these are the same choices as before, so that the choice can be changed.
    #[must_use]
    pub fn declarable(&self, code: HsCode) -> Option<Declarable> {
        let known = Declarable::new(self.detail.as_ref()?)?;
        let is_below = |ten: HsCode| ten.bare().starts_with(code.bare());
        Some(match known {
            known if code.digit_count() == TEN => known,
            Declarable::Given(ten) if is_below(ten) => Declarable::Given(ten),
            Declarable::OneOf(mut choices) => {
                choices.retain(|choice| is_below(choice.code));
                Declarable::below(Some(code), &choices)?
            }
            Declarable::Given(_) | Declarable::BeginsWith(_) => Declarable::BeginsWith(code),
        })
    }

    /// The description of a code; `None` if the answer has none for exactly this code.
    #[must_use]
    pub fn description(&self, code: HsCode) -> Option<String> {
        let detail = self.detail.as_ref()?;
        let is_own = self.code() == Some(code) || detail.deepest() == Some(code);
        detail.description.clone().filter(|_| is_own)
    }

    /// Duty and landed cost that hold for a code, with the code they were computed for; `None` if the
    /// answer is about another code. The reason for a missing landed cost is kept only for the answer's own
    /// code.
    #[must_use]
    pub fn costs_of(&self, code: Option<HsCode>) -> Option<(Option<HsCode>, DecidedCosts)> {
        let own = self.code();
        if own == code {
            return Some((own, self.costs.clone()));
        }
        let costs = DecidedCosts { landed_cost_unavailable: None, ..self.costs.clone() };
        code.is_some_and(|code| self.agrees(code)).then_some((own, costs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_speaks_of_its_own_code_and_of_none_other() {
        let code = |text: &str| text.parse::<HsCode>().ok();
        let json = r#"{"id": "1", "status": "completed",
            "hs_code": {"code_6": "7323.93", "code_8": "7323.93.00", "description": "Of stainless steel",
                "duty": {"expression": "3.2 %"}},
            "landed_cost_unavailable": "Choose one."}"#;
        let answered = Answered::new(&serde_json::from_str(json).expect(json));
        let check = |text: &str, [agrees, leads, is_described]: [bool; 3], costs: Option<bool>| {
            let one = code(text).expect(text);
            assert_eq!((answered.agrees(one), answered.leads_to(one)), (agrees, leads), "{text}");
            assert_eq!(answered.description(one).is_some(), is_described, "{text}");
            let found = answered.costs_of(Some(one));
            assert_eq!(found.map(|(_, costs)| costs.landed_cost_unavailable.is_some()), costs, "{text}");
        };
        check("73239300", [true, true, true], Some(true));
        check("7323930000", [true, true, false], Some(false));
        check("732393", [false; 3], None);
        check("96170000", [false; 3], None);
        assert_eq!(answered.costs_of(None), None, "nothing is decided");
        assert!(Answered::default().costs_of(None).is_some());
        assert_eq!(Answered::default().costs_of(code("96170000")), None);
        let open = |text: &str| answered.declarable(code(text)?);
        assert_eq!(open("73239300"), code("73239300").map(Declarable::BeginsWith));
        assert_eq!(open("7323930000"), code("73239300").map(Declarable::BeginsWith));
        let ten = r#"{"id": "1", "status": "completed",
            "hs_code": {"code_6": "4202.31", "code_8": "4202.31.00", "code_10": "4202.31.00.00"}}"#;
        let ten = Answered::new(&serde_json::from_str(ten).expect(ten));
        let other = code("4202310010").expect("a code");
        assert_eq!((ten.agrees(other), ten.leads_to(other)), (false, true), "the last two digits are others");
    }

    #[test]
    fn fewer_codes_can_be_chosen_below_a_longer_one() {
        let json = r#"{"id": "1", "status": "completed", "hs_code": {"code_6": "9405.21",
            "code_10_candidates": [{"code": "9405214000"}, {"code": "9405215000"}, {"code": "9405215010"}]}}"#;
        let answered = Answered::new(&serde_json::from_str(json).expect(json));
        let check = |text: &str, expected: &[&str]| {
            let declarable = answered.declarable(text.parse().expect(text));
            let Some(Declarable::OneOf(choices)) = declarable else {
                assert_eq!(declarable, text.parse().ok().map(Declarable::BeginsWith), "{text}");
                return assert!(expected.is_empty(), "{text}");
            };
            let choices: Vec<_> = choices.iter().map(|choice| choice.code.bare()).collect();
            assert_eq!(choices, expected, "{text}");
        };
        check("940521", &["9405214000", "9405215000", "9405215010"]);
        check("94052150", &["9405215000", "9405215010"]);
        check("94052190", &[]);
        check("9405215000", &["9405214000", "9405215000", "9405215010"]);
    }
}
