//! Ten digits: what the service gives, what a person chooses, and what it costs.

use import8_api::{
    ClassifyRequest, CodeChoice, CodeDetail, DutyRates, Extension, HsCode, LandedCost, LandedCostRequest,
    Measures, Money, Quantity,
};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::query_signal_with_options;
use rust_decimal::Decimal;

use crate::api::ApiError;
use crate::components::duties::duty_text;
use crate::i18n::{Language, use_language};
use crate::load::{About, Load, about};
use crate::session::use_session;

/// The name of the choice in the address.
const CHOICE: &str = "code";

/// How many digits an import declaration needs.
const TEN: usize = 10;

/// How far an answer goes towards the ten digits of a declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Declarable {
    /// All of them.
    Given(HsCode),
    /// It is one of these.
    OneOf(Vec<CodeChoice>),
    /// It begins with these digits, and the service does not say how it goes on.
    BeginsWith(HsCode),
}

impl Declarable {
    /// How far this code goes; none if there is no code at all.
    #[must_use]
    pub fn of(detail: &CodeDetail) -> Option<Self> {
        if let Some(code) = detail.code_10 {
            return Some(Self::Given(code));
        }
        let is_declarable = |choice: &&CodeChoice| choice.code.digit_count() == TEN;
        let choices: Vec<_> = detail.code_10_candidates.iter().filter(is_declarable).cloned().collect();
        if !choices.is_empty() {
            return Some(Self::OneOf(choices));
        }
        let known = detail.deepest()?;
        Some(if known.digit_count() == TEN { Self::Given(known) } else { Self::BeginsWith(known) })
    }

    /// The ten digits: those given, else those that the address says, if they are possible.
    #[must_use]
    pub fn choice(&self, address: Option<&str>) -> Option<HsCode> {
        let chosen = || address?.parse().ok().filter(|code: &HsCode| code.digit_count() == TEN);
        match self {
            Self::Given(code) => Some(*code),
            Self::OneOf(choices) => chosen().filter(|code| choices.iter().any(|one| one.code == *code)),
            Self::BeginsWith(known) => chosen().filter(|code| code.bare().starts_with(known.bare())),
        }
    }

    /// What a code covers, where it is one of those offered.
    fn description(&self, code: HsCode) -> Option<String> {
        let Self::OneOf(choices) = self else { return None };
        choices.iter().find(|choice| choice.code == code)?.description.clone()
    }
}

/// What a request says of a consignment, priced under a code of ten digits; none without value or
/// origin. A classify request has the price of one unit, a consignment the value of all.
#[must_use]
pub fn cost_request(
    input: &ClassifyRequest,
    hs_code: HsCode,
    has_measures: bool,
) -> Option<LandedCostRequest> {
    let quantity = Decimal::from(input.quantity.map_or(1, Quantity::get));
    Some(LandedCostRequest {
        hs_code,
        origin_country: input.origin_country?,
        destination_country: input.destination_country,
        value: Money(input.goods_value?.0.checked_mul(quantity)?),
        currency: input.currency,
        shipping: input.shipping_cost,
        insurance: input.insurance_cost,
        measures: has_measures.then(|| Measures { items: Some(quantity), ..Measures::default() }),
        preference: None,
    })
}

/// The ten digits of a result, and what is known of them: a handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Declaration {
    declarable: StoredValue<Option<Declarable>>,
    /// Those asked for, whether or not there is such a code.
    pub asked: Memo<Option<HsCode>>,
    /// Those that hold: given, offered, or found to exist.
    pub code: Memo<Option<HsCode>>,
    rates: Load<About<HsCode, DutyRates>>,
    cost: Load<About<HsCode, LandedCost>>,
    set_choice: SignalSetter<Option<String>>,
}

impl Declaration {
    /// That of a code, as the address chooses it, and of what it was asked with; `has_cost` where the
    /// answer has a landed cost.
    #[must_use]
    pub fn of(detail: Option<&CodeDetail>, input: Option<ClassifyRequest>, has_cost: bool) -> Self {
        let (session, language) = (use_session(), use_language());
        let declarable = StoredValue::new(detail.and_then(Declarable::of));
        let stay = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        let (address, set_choice) = query_signal_with_options::<String>(CHOICE, stay);
        let asked = Memo::new(move |_| {
            declarable.with_value(|declarable| declarable.as_ref()?.choice(address.get().as_deref()))
        });
        let (origin, destination) =
            input.as_ref().map_or((None, None), |input| (input.origin_country, input.destination_country));
        let rates = Load::new(move || {
            let (client, asked) = (session.client(language.code()), asked.get());
            async move {
                let Some(code) = asked else { return Ok(None) };
                about(code, client.duty_rates(code, origin, destination).await)
            }
        });
        let is_typed =
            declarable.with_value(|declarable| matches!(declarable, Some(Declarable::BeginsWith(_))));
        let code = Memo::new(move |_| {
            let asked = asked.get()?;
            let is_found = rates.with(|tried| matches!(tried, Some(Some((code, Ok(_)))) if *code == asked));
            (!is_typed || is_found).then_some(asked)
        });
        // Where the service gives ten digits and a cost, the cost is under them.
        let is_priced =
            has_cost && declarable.with_value(|declarable| matches!(declarable, Some(Declarable::Given(_))));
        let request = Memo::new(move |_| {
            let code = code.get().filter(|_| !is_priced && session.account().is_some())?;
            cost_request(input.as_ref()?, code, session.has(&Extension::Measures))
        });
        let cost = Load::new(move || {
            let (client, request) = (session.client(language.code()), request.get());
            async move {
                let Some(request) = request else { return Ok(None) };
                about(request.hs_code, client.landed_cost(&request).await)
            }
        });
        Self { declarable, asked, code, rates, cost, set_choice }
    }

    /// How far the answer goes.
    #[must_use]
    pub fn declarable(self) -> Option<Declarable> {
        self.declarable.get_value()
    }

    /// The ten digits that the person chose; none where the service gave them.
    #[must_use]
    pub fn chosen(self) -> Option<HsCode> {
        let is_given = self.declarable.with_value(|one| matches!(one, Some(Declarable::Given(_))));
        self.code.get().filter(|_| !is_given)
    }

    /// Keeps a choice, or that there is none, in the address.
    pub fn choose(self, code: Option<HsCode>) {
        if code.is_some() && code == self.asked.get_untracked() {
            return self.rates.reload();
        }
        self.set_choice.set(code.map(|code| code.bare().to_owned()));
    }

    /// What the service says of the duties on the code asked for; none while it has not answered.
    #[must_use]
    pub fn rates(self) -> Option<Result<DutyRates, ApiError>> {
        let asked = self.asked.get();
        self.rates.value().flatten().and_then(|(code, rates)| (Some(code) == asked).then_some(rates))
    }

    /// Why the service could not be asked for the duties.
    #[must_use]
    pub fn rates_error(self) -> Option<ApiError> {
        self.rates.error()
    }

    /// What importing under exactly the chosen code costs; none where it is not asked for.
    #[must_use]
    pub fn cost(self) -> Option<Result<LandedCost, ApiError>> {
        let chosen = self.code.get();
        self.cost.value().flatten().and_then(|(code, cost)| (Some(code) == chosen).then_some(cost))
    }

    /// Why the service could not be asked for the cost.
    #[must_use]
    pub fn cost_error(self) -> Option<ApiError> {
        self.cost.error()
    }

    /// Asks again.
    pub fn reload(self) {
        self.rates.reload();
        self.cost.reload();
    }

    /// What the ten digits cover, as offered or as found.
    #[must_use]
    pub fn description(self) -> Option<String> {
        let code = self.code.get()?;
        let offered = self.declarable.with_value(|declarable| declarable.as_ref()?.description(code));
        offered.or_else(|| self.rates()?.ok()?.description)
    }

    /// The ordinary duty on the ten digits.
    #[must_use]
    pub fn duty(self, language: Language) -> Option<String> {
        self.code.get()?;
        duty_text(self.rates()?.ok()?.mfn_duty.as_ref()?, language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> HsCode {
        text.parse().expect(text)
    }

    fn detail(known: [&str; 3], candidates: &[&str]) -> CodeDetail {
        let [code_6, code_8, code_10] = known.map(|text| text.parse().ok());
        let choice = |text: &&str| CodeChoice { code: code(text), description: None };
        CodeDetail {
            code_6,
            code_8,
            code_10,
            code_10_candidates: candidates.iter().map(choice).collect(),
            description: None,
            chapter: None,
            duty: None,
        }
    }

    /// What holds of a code of 6, 8 and 10 digits with candidates, for what the address says.
    #[track_caller]
    fn check(known: [&str; 3], candidates: &[&str], address: &str, expected: Option<&str>) {
        let declarable = Declarable::of(&detail(known, candidates));
        let chosen = declarable.and_then(|declarable| declarable.choice(Some(address)));
        assert_eq!(chosen, expected.map(code), "{known:?} {candidates:?} {address}");
    }

    #[test]
    fn ten_digits_are_given_chosen_or_typed_and_never_padded() {
        let given = ["8518.30", "8518.30.00", "8518.30.00.90"];
        check(given, &[], "", Some("8518300090"));
        check(given, &["8518300010"], "8518300010", Some("8518300090"));
        let candidates = ["0702.00.10.00", "0702.00.91.00"];
        check(["0702.00", "", ""], &candidates, "0702009100", Some("0702009100"));
        check(["0702.00", "", ""], &candidates, "0702.00.91.00", Some("0702009100"));
        for address in ["", "0702009900", "07020091", "0702009100x", "8518300090"] {
            check(["0702.00", "", ""], &candidates, address, None);
        }
        check(["0702.00", "", ""], &["0702.00.10"], "0702001000", Some("0702001000"));
        check(["8518.30", "8518.30.00", ""], &[], "8518300090", Some("8518300090"));
        check(["8518.30", "8518.30.00", ""], &[], "8518310090", None);
        check(["8518.30", "8518.30.00", ""], &[], "", None);
        check(["8518.30", "", ""], &[], "8518300090", Some("8518300090"));
        check(["", "", ""], &[], "8518300090", None);
    }

    #[test]
    fn a_unit_value_becomes_the_value_of_all() {
        let check = |json: &str, expected: Option<&str>| {
            let input: ClassifyRequest = serde_json::from_str(json).expect(json);
            let request = cost_request(&input, code("8518300090"), false);
            let text = request.map(|request| serde_json::to_string(&request).expect("JSON"));
            assert_eq!(text.as_deref(), expected, "{json}");
        };
        check(
            r#"{"goods_value": 25.00, "quantity": 100, "shipping_cost": 150.00, "insurance_cost": 12.50, "currency": "USD", "origin_country": "CN", "destination_country": "DE"}"#,
            Some(
                r#"{"hs_code":"8518300090","origin_country":"CN","destination_country":"DE","value":2500.00,"currency":"USD","shipping":150.00,"insurance":12.50}"#,
            ),
        );
        check(
            r#"{"goods_value": 0.1, "quantity": 3, "origin_country": "CN"}"#,
            Some(r#"{"hs_code":"8518300090","origin_country":"CN","value":0.3}"#),
        );
        check(
            r#"{"goods_value": 7, "origin_country": "CN"}"#,
            Some(r#"{"hs_code":"8518300090","origin_country":"CN","value":7}"#),
        );
        check(r#"{"goods_value": 7, "quantity": 2}"#, None);
        check(r#"{"origin_country": "CN", "quantity": 2}"#, None);
        check(
            r#"{"goods_value": 79228162514264337593543950335, "quantity": 2, "origin_country": "CN"}"#,
            None,
        );
    }
}
