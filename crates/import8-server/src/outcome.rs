//! What a classification comes to, as it is kept and answered.

use import8_api::{
    AlternativeCode, ClassifyRequest, CodeDetail, Consignment, Country, DecisionStep, HsCode, LandedCost,
    Measures, Money,
};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::engine;
use crate::nomenclature::Language;
use crate::tariff::{Import, Refusal, Tariff};

/// What a classification came to, as it is kept.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Outcome {
    /// The code; none when it failed.
    pub hs_code: Option<CodeDetail>,
    /// Why.
    pub reasoning: Option<String>,
    /// The way to it.
    pub decision_tree: Vec<DecisionStep>,
    /// What else was considered.
    pub alternative_codes: Vec<AlternativeCode>,
    /// What importing it costs, where the request has a value and the tariff knows the rates.
    pub landed_cost: Option<LandedCost>,
    /// Why there is no landed cost for a request that has a value.
    pub landed_cost_unavailable: Option<String>,
}

impl Outcome {
    /// An outcome without a code, and why.
    #[must_use]
    pub fn failure(reason: &str) -> Self {
        Self { reasoning: Some(reason.to_owned()), ..Self::default() }
    }

    /// What the engine found for a request, completed from the tariff; none if the code it found has
    /// no six digits.
    #[must_use]
    pub fn success(
        found: engine::Outcome,
        request: &ClassifyRequest,
        tariff: &Tariff,
        language: Language,
    ) -> Option<Self> {
        let hs_code = code_detail(&found, tariff, language)?;
        let cost = landed_cost(request, &hs_code, tariff, language);
        let (landed_cost, landed_cost_unavailable) = match cost {
            None => (None, None),
            Some(Ok(cost)) => (Some(cost), None),
            Some(Err(reason)) => (None, Some(reason)),
        };
        Some(Self {
            hs_code: Some(hs_code),
            reasoning: Some(found.reasoning),
            decision_tree: found.decision_tree.into_iter().map(decision_step).collect(),
            alternative_codes: found.alternatives.into_iter().filter_map(alternative).collect(),
            landed_cost,
            landed_cost_unavailable,
        })
    }
}

/// The code at each depth that is known. Where the nomenclature divides it further, the choice is the
/// person's: it is offered, and no digit is padded.
fn code_detail(found: &engine::Outcome, tariff: &Tariff, language: Language) -> Option<CodeDetail> {
    let code_6: HsCode = found.code.parse().ok().filter(|code: &HsCode| code.digit_count() == 6)?;
    let code_8: Option<HsCode> = match found.cn.as_slice() {
        [only] => only.parse().ok(),
        _ => None,
    };
    let declarable = tariff.declarable_under(code_8.unwrap_or(code_6), language);
    let (code_10, code_10_candidates) = match declarable.as_slice() {
        [only] => (Some(only.code), Vec::new()),
        _ => (None, declarable),
    };
    Some(CodeDetail {
        code_6: Some(code_6),
        code_8,
        code_10,
        code_10_candidates,
        description: found.decision_tree.last().map(|step| step.label.clone()),
        chapter: Some(code_6.chapter().to_owned()),
    })
}

/// The landed cost of a request that has a value, or why there is none. Where several codes may be
/// declared, it is known only if they all come to the same.
fn landed_cost(
    request: &ClassifyRequest,
    code: &CodeDetail,
    tariff: &Tariff,
    language: Language,
) -> Option<Result<LandedCost, String>> {
    let Money(unit_value) = request.goods_value?;
    let Some(origin) = request.origin_country else {
        return Some(Err(needs_origin(language).to_owned()));
    };
    let Some(consignment) = consignment(request, unit_value) else {
        return Some(Err(Refusal::Incalculable(import8_api::Unknown::Overflow.into()).to_string()));
    };
    let destination = request.destination_country.unwrap_or(Country::NL);
    let cost = |code| {
        let import = Import { code, origin, destination, preference: None, consignment: &consignment };
        tariff.cost(&import, language)
    };
    let mut costs = code.deepest().into_iter().flat_map(|code| tariff.cn_codes(code)).map(cost);
    let first = costs.next()?;
    let is_undecided =
        first.as_ref().is_ok_and(|first| !costs.all(|cost| cost.is_ok_and(|cost| is_same(&cost, first))));
    Some(if is_undecided {
        Err(needs_choice(language).to_owned())
    } else {
        first.map_err(|refusal| refusal.to_string())
    })
}

/// Whether two codes cost the same at the same rates; what is noted of them may differ.
fn is_same(cost: &LandedCost, other: &LandedCost) -> bool {
    let charged =
        |cost: &LandedCost| cost.anti_dumping.as_ref().map(|charge| (charge.rate.clone(), charge.amount));
    cost.duty.rate == other.duty.rate
        && charged(cost) == charged(other)
        && cost.total_landed_cost == other.total_landed_cost
}

/// A classify request has the price of one unit; a consignment has the value of all.
fn consignment(request: &ClassifyRequest, unit_value: Decimal) -> Option<Consignment> {
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

fn needs_origin(language: Language) -> &'static str {
    match language {
        Language::En => "The duty depends on the country of origin, which was not given.",
        Language::Nl => "Het invoerrecht hangt af van het land van oorsprong, dat niet is opgegeven.",
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

fn alternative(alternative: engine::Alternative) -> Option<AlternativeCode> {
    Some(AlternativeCode {
        code: alternative.code.parse().ok()?,
        description: Some(alternative.label),
        reasoning: Some(alternative.reasoning),
    })
}
