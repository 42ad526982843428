//! The outcome of a classification, as it is stored and answered: code, reasons and costs.

use import8_api::{
    AlternativeCode, ClassifyRequest, CodeDetail, Consignment, Country, DecidedCosts, DecisionStep, HsCode,
    LandedCost, LandedCostError, Measure, Measures, Money, Unknown,
};
use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::engine;
use crate::exchange_rate_store::RatesOfMonth;
use crate::language::Language;
use crate::tariff::{ImportQuery, OutOfForce, Tariff, TariffError};

/// The outcome of a classification. It is stored as JSON, in the language of the request.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ClassificationOutcome {
    /// The code; absent if the classification failed.
    pub hs_code: Option<CodeDetail>,
    /// The reasons for the code, or for the failure.
    pub reasoning: Option<String>,
    /// The rows of the nomenclature from the section to the code.
    pub decision_tree: Vec<DecisionStep>,
    /// The other codes that were considered.
    pub alternative_codes: Vec<AlternativeCode>,
    /// The landed cost, if the request has a value and the tariff knows the rates.
    pub landed_cost: Option<LandedCost>,
    /// Why a request with a value has no landed cost.
    pub landed_cost_unavailable: Option<String>,
}

impl ClassificationOutcome {
    /// The outcome of a classification that failed for a reason.
    #[must_use]
    pub fn failure(reason: &str) -> Self {
        Self { reasoning: Some(reason.to_owned()), ..Self::default() }
    }

    /// The outcome for a code that the engine found, completed from the tariff; `None` if the code has fewer than six
    /// digits.
    #[must_use]
    pub fn success(
        found: engine::FoundCode,
        request: &ClassifyRequest,
        tariff: &Tariff,
        rates: &RatesOfMonth,
        language: Language,
    ) -> Option<Self> {
        let hs_code = code_detail(&found, tariff, language)?;
        let cost = |code| landed_cost(request, code, tariff, rates, language);
        let (landed_cost, landed_cost_unavailable) = match hs_code.deepest().and_then(cost) {
            None => (None, None),
            Some(Ok(cost)) => (Some(cost), None),
            Some(Err(reason)) => (None, Some(reason)),
        };
        let priced = |alternative| priced_alternative(alternative, tariff, cost);
        Some(Self {
            hs_code: Some(hs_code),
            reasoning: Some(found.reasoning),
            decision_tree: found.decision_tree.into_iter().map(decision_step).collect(),
            alternative_codes: found.alternatives.into_iter().filter_map(priced).collect(),
            landed_cost,
            landed_cost_unavailable,
        })
    }

    /// The classifier's code with all known digits. It is the decided code until a person gives a verdict.
    #[must_use]
    pub fn decided_code(&self) -> Option<HsCode> {
        self.hs_code.as_ref().and_then(CodeDetail::all_digits)
    }

    /// The amount at stake, in hundredths of the currency beside it: the largest difference between the landed cost
    /// and that of an alternative, times the chance that the code is wrong, rounded half up. `None` where a cost is
    /// not known or the amount does not fit an `i64`. `confidence` is in percent.
    #[must_use]
    pub fn at_stake(&self, confidence: u8) -> Option<(i64, &str)> {
        let cost = self.landed_cost.as_ref()?;
        let Money(total) = cost.total_landed_cost;
        let others = self.alternative_codes.iter().filter_map(|other| other.landed_cost.as_ref());
        let difference = others.map(|other| (total - other.total_landed_cost.0).abs()).max()?;
        let doubt = Decimal::from(100_u8.saturating_sub(confidence));
        // An amount times a probability in percent is in hundredths of the amount's unit.
        let cents = difference.checked_mul(doubt)?;
        let rounded = cents.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        Some((rounded.to_i64()?, &cost.currency))
    }
}

/// The costs of a product under the code that a person decided on, with notes and reasons in `language`.
pub fn decided_costs(
    request: &ClassifyRequest,
    code: HsCode,
    tariff: &Tariff,
    rates: &RatesOfMonth,
    language: Language,
) -> DecidedCosts {
    let (landed_cost, landed_cost_unavailable) = match landed_cost(request, code, tariff, rates, language) {
        None => (None, None),
        Some(Ok(cost)) => (Some(cost), None),
        Some(Err(reason)) => (None, Some(reason)),
    };
    DecidedCosts { duty: tariff.common_duty(code, today()), landed_cost, landed_cost_unavailable }
}

/// The code with 6, 8 and 10 digits, as far as the description decides them. If the nomenclature divides a code, the
/// declarable codes are offered for a person to choose from; no digit is padded.
fn code_detail(found: &engine::FoundCode, tariff: &Tariff, language: Language) -> Option<CodeDetail> {
    let code_6: HsCode = found.code.parse().ok().filter(|code: &HsCode| code.digit_count() == 6)?;
    let code_8: Option<HsCode> = match found.cn.as_slice() {
        [only] => only.parse().ok(),
        _ => None,
    };
    let declarable = tariff.declarable_under(code_8.unwrap_or(code_6), today(), language);
    let (code_10, code_10_candidates) = match declarable.as_slice() {
        // If the tariff lists only one code, there may be others as long as the CN code is not decided.
        [only] if code_8.is_some() => (Some(only.code), Vec::new()),
        _ => (None, declarable),
    };
    Some(CodeDetail {
        code_6: Some(code_6),
        code_8,
        code_10,
        code_10_candidates,
        description: found.decision_tree.last().map(|step| step.label.clone()),
        chapter: Some(code_6.chapter().to_owned()),
        duty: tariff.common_duty(code_8.unwrap_or(code_6), today()),
    })
}

/// The landed cost of a request under a code, or the reason for its absence; `None` for a request without a value. If
/// several codes are declarable, the cost is known only if it is the same under each.
fn landed_cost(
    request: &ClassifyRequest,
    code: HsCode,
    tariff: &Tariff,
    rates: &RatesOfMonth,
    language: Language,
) -> Option<Result<LandedCost, String>> {
    let Money(unit_value) = request.goods_value?;
    if !tariff.has(code) {
        return Some(Err(not_known(language).to_owned()));
    }
    if let Some(reason) = tariff.out_of_force(code, today()) {
        return Some(Err(not_in_force(reason, language)));
    }
    let Some(origin) = request.origin_country else {
        return Some(Err(needs_origin(language).to_owned()));
    };
    let Some(consignment) = consignment(request, unit_value) else {
        return Some(Err(reason(&TariffError::Incalculable(Unknown::Overflow.into()), language)));
    };
    let destination = request.destination_country.unwrap_or(Country::NL);
    let cost = |code| {
        let import = ImportQuery {
            code,
            origin,
            destination,
            preference: None,
            day: today(),
            consignment: &consignment,
            exchange_rate: rates.get(consignment.currency),
        };
        tariff.cost(&import, language)
    };
    // A code of ten digits is declared itself; a shorter one stands for all declarable codes below it.
    let mut costs = tariff.lowest_codes(code, today()).into_iter().map(cost);
    let first = costs.next()?;
    let is_undecided =
        first.as_ref().is_ok_and(|first| !costs.all(|cost| cost.is_ok_and(|cost| is_same(&cost, first))));
    Some(if is_undecided {
        Err(needs_choice(language).to_owned())
    } else {
        first.map_err(|error| reason(&error, language))
    })
}

/// The day by which the measures of a tariff are chosen.
fn today() -> Date {
    Instant::now().day_in_brussels()
}

/// Whether two landed costs have the same rates and the same total. Their notes may differ.
fn is_same(cost: &LandedCost, other: &LandedCost) -> bool {
    let charged =
        |cost: &LandedCost| cost.anti_dumping.as_ref().map(|charge| (charge.rate.clone(), charge.amount));
    cost.duty.rate == other.duty.rate
        && charged(cost) == charged(other)
        && cost.total_landed_cost == other.total_landed_cost
}

/// The consignment of a request. The value of its goods is the unit price times the quantity. `None` on overflow.
pub(crate) fn consignment(request: &ClassifyRequest, unit_value: Decimal) -> Option<Consignment> {
    let quantity = Decimal::from(request.quantity.map_or(1, import8_api::Quantity::get));
    let or_zero = |amount: Option<Money>| amount.map_or(Decimal::ZERO, |Money(amount)| amount);
    Some(Consignment {
        goods: unit_value.checked_mul(quantity)?,
        shipping: or_zero(request.shipping_cost),
        insurance: or_zero(request.insurance_cost),
        currency: request.currency.unwrap_or_default(),
        measures: Measures { items: Some(quantity), ..Measures::default() },
    })
}

/// The reason why the tariff has no cost for a classification, as a sentence. The tariff's own errors are in English,
/// for programs.
fn reason(error: &TariffError, language: Language) -> String {
    let incalculable = |why: String| format!("Het invoerrecht kan niet worden berekend: {why}.");
    match (language, error) {
        (Language::Nl, TariffError::NotInTheUnion(country)) => {
            format!("{country} is geen lidstaat van de Europese Unie, waarvan dit het tarief is.")
        }
        (Language::Nl, TariffError::Needs(sentence)) => sentence.nl.clone(),
        (Language::Nl, TariffError::NoDuty(code)) => {
            format!("Het invoerrecht op {code} is niet bekend in het tarief van deze server.")
        }
        (Language::Nl, TariffError::Incalculable(cause)) => incalculable(match cause {
            LandedCostError::EuroOnly => "het is in euro's, dus de bedragen moeten in EUR zijn".to_owned(),
            LandedCostError::Unknown(Unknown::Measures(measures)) => {
                let names: Vec<_> = measures.iter().copied().map(Measure::as_str).collect();
                format!("het hangt af van {}", names.join(", "))
            }
            LandedCostError::Unknown(Unknown::Component(name)) => {
                format!("het heeft een deel, {name}, dat afhangt van de samenstelling van de goederen")
            }
            LandedCostError::Unknown(Unknown::Overflow) => {
                "het bedrag heeft meer cijfers dan er exact worden bewaard".to_owned()
            }
        }),
        // The other errors do not occur for a code that was looked up in the tariff before.
        _ => error.to_string(),
    }
}

fn needs_origin(language: Language) -> &'static str {
    match language {
        Language::En => "The duty depends on the country of origin, which was not given.",
        Language::Nl => "Het invoerrecht hangt af van het land van oorsprong, dat niet is opgegeven.",
    }
}

/// The sentence that the tariff does not contain a person's code.
fn not_known(language: Language) -> &'static str {
    match language {
        Language::En => "The code is not known to this server's tariff, so neither is what it costs.",
        Language::Nl => "De code is niet bekend in het tarief van deze server; wat hij kost dus ook niet.",
    }
}

/// The sentence that a code does not apply today.
fn not_in_force(reason: OutOfForce, language: Language) -> String {
    match (reason, language) {
        (OutOfForce::Ended(day), Language::En) => {
            format!("The last day of the code was {day}, so what it costs is not known.")
        }
        (OutOfForce::Ended(day), Language::Nl) => {
            format!("De laatste dag van de code was {day}; wat hij kost is dus niet bekend.")
        }
        (OutOfForce::Begins(day), Language::En) => {
            format!("The first day of the code is {day}, so what it costs today is not known.")
        }
        (OutOfForce::Begins(day), Language::Nl) => {
            format!("De eerste dag van de code is {day}; wat hij vandaag kost is dus niet bekend.")
        }
    }
}

fn needs_choice(language: Language) -> &'static str {
    match language {
        Language::En => {
            "The ten-digit codes to choose from have different duties. Choose one to see what it costs."
        }
        Language::Nl => {
            "De tiencijferige codes waaruit te kiezen valt, hebben verschillende rechten. Kies er een om te zien wat het kost."
        }
    }
}

fn decision_step(step: engine::Step) -> DecisionStep {
    DecisionStep { level: step.level.into(), code: step.code, description: Some(step.label) }
}

/// An alternative with its duty and landed cost, without notes, which matter only to someone who declares goods under
/// the code.
fn priced_alternative(
    alternative: engine::Alternative,
    tariff: &Tariff,
    cost: impl Fn(HsCode) -> Option<Result<LandedCost, String>>,
) -> Option<AlternativeCode> {
    let code = alternative.code.parse().ok()?;
    let cost = cost(code).and_then(Result::ok);
    Some(AlternativeCode {
        code,
        description: Some(alternative.label),
        reasoning: Some(alternative.reasoning),
        duty: tariff.common_duty(code, today()),
        landed_cost: cost.map(|cost| LandedCost { notes: Vec::new(), ..cost }),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// An outcome with an optional total, and alternatives with theirs.
    fn outcome(total: Option<&str>, others: &[Option<&str>]) -> ClassificationOutcome {
        let cost = |total: &str| {
            let total: Money = total.parse().expect(total);
            let charge = json!({ "amount": 0 });
            json!({
                "cif_value": total, "duty": charge, "vat": charge, "total_landed_cost": total, "currency": "USD",
            })
        };
        let other = |total: &Option<&str>| json!({ "code": "420231", "landed_cost": total.map(cost) });
        let others: Vec<_> = others.iter().map(other).collect();
        let outcome = json!({ "landed_cost": total.map(cost), "alternative_codes": others });
        serde_json::from_str(&outcome.to_string()).expect("an outcome")
    }

    #[test]
    fn at_stake_is_the_largest_difference_times_the_doubt() {
        let check = |total, others: &[Option<&str>], confidence, expected: Option<i64>| {
            let outcome = outcome(total, others);
            let expected = expected.map(|cents| (cents, "USD"));
            assert_eq!(outcome.at_stake(confidence), expected, "{total:?} {others:?} {confidence}");
        };
        check(Some("1246.30"), &[Some("1254.77"), None, Some("1246.30")], 91, Some(76));
        check(Some("1246.30"), &[Some("1242.67"), Some("1247.00")], 68, Some(116));
        check(Some("100.00"), &[Some("100.00")], 0, Some(0));
        check(Some("100.00"), &[Some("200.00")], 100, Some(0));
        check(Some("100.00"), &[Some("200.00")], 0, Some(10_000));
        check(Some("100.00"), &[Some("100.01")], 50, Some(1));
        check(Some("100.00"), &[Some("99.99")], 51, Some(0));
        check(Some("100.00"), &[None], 50, None);
        check(Some("100.00"), &[], 50, None);
        check(None, &[Some("100.00")], 50, None);
        let most = "92233720368547758.07";
        check(Some("0.00"), &[Some(most)], 0, Some(i64::MAX));
        check(Some("0.00"), &[Some("92233720368547758.08")], 0, None);
        check(Some("0.00"), &[Some("79228162514264337593543950335")], 0, None);
    }

    #[test]
    fn what_keeps_a_cost_unknown_is_said_in_both_languages() {
        let incalculable = |unknown: Unknown| TariffError::Incalculable(unknown.into());
        for error in [
            TariffError::NotInTheUnion("US".parse().expect("a country")),
            TariffError::NoDuty("8518.30.00".to_owned()),
            TariffError::Incalculable(LandedCostError::EuroOnly),
            incalculable(Unknown::Measures(vec![Measure::NetWeight])),
            incalculable(Unknown::Component("EA")),
            incalculable(Unknown::Overflow),
        ] {
            let (english, dutch) = (reason(&error, Language::En), reason(&error, Language::Nl));
            assert_eq!(english, error.to_string());
            assert!(dutch.contains("invoerrecht") || dutch.contains("lidstaat"), "{dutch}");
        }
    }
}
