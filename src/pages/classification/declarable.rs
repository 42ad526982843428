//! Declarable codes: from the known digits to the ten that an import declaration needs.

use import8_api::{
    ClassifyRequest, CodeChoice, CodeDetail, HsCode, LandedCostRequest, Measures, Money, Quantity,
};
use rust_decimal::Decimal;

/// Digits of a TARIC code, which an import declaration needs.
pub const TEN: usize = 10;

/// The ten-digit codes that a commodity code can be declared as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Declarable {
    /// The ten digits are known.
    Given(HsCode),
    /// One of these codes applies.
    OneOf(Vec<CodeChoice>),
    /// The ten digits begin with this code; the service lists no choices.
    BeginsWith(HsCode),
}

impl Declarable {
    /// The declarable codes of a result; `None` if it has no code.
    #[must_use]
    pub fn new(detail: &CodeDetail) -> Option<Self> {
        match detail.code_10 {
            Some(code) => Some(Self::Given(code)),
            None => Self::below(detail.deepest(), &detail.code_10_candidates),
        }
    }

    /// The declarable codes below a known code, given the ten-digit codes that the service lists. `None` if
    /// neither is given.
    #[must_use]
    pub fn below(known: Option<HsCode>, choices: &[CodeChoice]) -> Option<Self> {
        let is_declarable = |choice: &&CodeChoice| choice.code.digit_count() == TEN;
        let choices: Vec<_> = choices.iter().filter(is_declarable).cloned().collect();
        if !choices.is_empty() {
            return Some(Self::OneOf(choices));
        }
        let known = known?;
        Some(if known.digit_count() == TEN { Self::Given(known) } else { Self::BeginsWith(known) })
    }

    /// The ten digits in the address, if they are possible here.
    #[must_use]
    pub fn choice(&self, address: Option<&str>) -> Option<HsCode> {
        let chosen: HsCode = address?.parse().ok()?;
        let is_possible = match self {
            Self::Given(_) => false,
            Self::OneOf(choices) => choices.iter().any(|one| one.code == chosen),
            Self::BeginsWith(known) => chosen.bare().starts_with(known.bare()),
        };
        (is_possible && chosen.digit_count() == TEN).then_some(chosen)
    }

    /// The ten digits to request rates for: those in the address, else those of the decided code, else the
    /// only possible ones.
    #[must_use]
    pub fn asked(known: Option<&Self>, decided: HsCode, address: Option<&str>) -> Option<HsCode> {
        let only = match known {
            Some(Self::Given(code)) => Some(*code),
            _ => None,
        };
        let decided = Some(decided).filter(|code| code.digit_count() == TEN);
        known.and_then(|known| known.choice(address)).or(decided).or(only)
    }

    /// The description of a code among the choices.
    #[must_use]
    pub fn description(&self, code: HsCode) -> Option<String> {
        let Self::OneOf(choices) = self else { return None };
        choices.iter().find(|choice| choice.code == code)?.description.clone()
    }
}

/// The landed-cost request for a classified consignment under a ten-digit code; `None` without value or
/// origin. The classify request holds the value of one unit, the landed-cost request the value of all.
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
        on: None,
        flat_duty_items: None,
    })
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

    /// Checks [`Declarable::asked`] for a code of 6, 8 and 10 digits, its candidates and an address.
    #[track_caller]
    fn check(known: [&str; 3], candidates: &[&str], address: &str, expected: Option<&str>) {
        let detail = detail(known, candidates);
        let asked = detail
            .all_digits()
            .and_then(|decided| Declarable::asked(Declarable::new(&detail).as_ref(), decided, Some(address)));
        assert_eq!(asked, expected.map(code), "{known:?} {candidates:?} {address}");
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
    fn what_was_decided_is_asked_about_until_another_is_chosen() {
        let candidates = ["0702.00.10.00", "0702.00.91.00"];
        let check = |known: Option<Declarable>, decided: &str, address: &str, expected: Option<&str>| {
            let asked = Declarable::asked(known.as_ref(), code(decided), Some(address));
            assert_eq!(asked, expected.map(code), "{known:?} {decided} {address}");
        };
        let open = || Declarable::new(&detail(["0702.00", "", ""], &candidates));
        check(open(), "070200", "", None);
        check(open(), "0702001000", "", Some("0702001000"));
        check(open(), "0702001000", "0702009100", Some("0702009100"));
        check(open(), "0702001000", "8518300090", Some("0702001000"));
        // Nothing is known yet of a code that replaced the answer.
        check(None, "96170000", "9617000000", None);
        check(None, "9617000000", "", Some("9617000000"));
        // Only one ten-digit code is below it.
        check(Some(Declarable::Given(code("9617000000"))), "96170000", "", Some("9617000000"));
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
