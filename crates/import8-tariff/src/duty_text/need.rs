//! What a duty depends on beside the customs value, and its names.

use import8_api::{DutyExpression, DutyTerm, Measure};

use super::conditions::{Kind, threshold};
use super::notation::Amount;
use super::units::UnitName;
use super::{DutyText, in_language};
use crate::Condition;

/// A thing that must be known to compute a duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Need {
    /// A measure of the consignment.
    Measure(Measure),
    /// A quantity in a unit for which there is no measure.
    Quantity(&'static UnitName),
    /// The composition of the goods, for a component of the Meursing tables.
    Meursing,
    /// The rate of exchange of a currency.
    Currency(String),
    /// The amount is a price in TARIC's unit `EUC`, which is no duty.
    ReferencePrice,
    /// Whether a document is declared.
    Document(String),
    /// A price, weight or quantity that conditions of this kind depend on.
    Threshold(&'static Kind),
    /// A part of the text that is not understood; empty if there is no text.
    Unknown(String),
}

impl Need {
    /// The thing in words, as part of a sentence.
    pub(super) fn in_words(&self, language: &str) -> String {
        let say = |words| in_language(language, words);
        match self {
            Self::Measure(measure) => say(measure_name(*measure)).to_owned(),
            Self::Quantity(unit) => {
                format!("{} ({})", say(["the quantity", "de hoeveelheid"]), unit.name(language))
            }
            Self::Meursing => {
                say(["the Meursing code of the goods", "de Meursing-code van de goederen"]).to_owned()
            }
            Self::Currency(currency) => {
                format!("{} {currency}", say(["the rate of exchange of", "de wisselkoers van"]))
            }
            Self::ReferencePrice => say([
                "the duty itself: this is a reference price (EUC)",
                "het recht zelf: dit is een referentieprijs (EUC)",
            ])
            .to_owned(),
            Self::Document(code) => match language {
                "nl" => format!("of document {code} is opgegeven"),
                _ => format!("whether document {code} is declared"),
            },
            Self::Threshold(kind) => say(kind.quantity).to_owned(),
            Self::Unknown(part) if part.is_empty() => {
                say(["the duty, which is not stated", "het recht, dat niet is vermeld"]).to_owned()
            }
            Self::Unknown(part) => {
                format!(
                    "{} “{part}”",
                    say(["the meaning, not known here, of", "de hier niet bekende betekenis van"])
                )
            }
        }
    }
}

fn measure_name(measure: Measure) -> [&'static str; 2] {
    match measure {
        Measure::NetWeight => ["the net weight", "het nettogewicht"],
        Measure::GrossWeight => ["the gross weight", "het brutogewicht"],
        Measure::DrainedWeight => ["the drained net weight", "het netto-uitlekgewicht"],
        Measure::DryWeight => ["the weight of the dry matter", "het gewicht van de droge stof"],
        Measure::Volume => ["the volume", "het volume"],
        Measure::Alcohol => ["the alcoholic strength", "het alcoholgehalte"],
        Measure::Items => ["the number of items", "het aantal stuks"],
        Measure::Length => ["the length", "de lengte"],
        Measure::Area => ["the area", "de oppervlakte"],
        Measure::LacticMatter => ["the weight of the lactic matter", "het gewicht van de melkbestanddelen"],
        Measure::Sucrose => ["the sucrose content", "het sacharosegehalte"],
    }
}

/// The needs of a duty that is understood.
pub(super) fn of_duty(duty: &DutyExpression) -> Vec<Need> {
    let terms = || duty.sums().flat_map(|(_, terms)| terms);
    let measures = duty.measures().into_iter().map(Need::Measure);
    let is_composed = terms().any(|term| matches!(term, DutyTerm::Component(_)));
    measures.chain(is_composed.then_some(Need::Meursing)).collect()
}

/// The needs of a duty that is not understood as a whole, from its terms.
pub(super) fn of_terms(text: &str) -> Vec<Need> {
    let spaced = text.replace('+', " + ");
    let words: Vec<_> = spaced.split_whitespace().collect();
    let terms = words.split(|word| ["+", "-", "MIN", "MAX"].contains(word));
    let needs: Vec<_> = terms.flat_map(|words| of_term(&words.join(" "))).collect();
    // Terms that are each understood, in an order that is not, or a term that is missing: the whole is not known.
    let is_explained = needs.iter().any(|need| !matches!(need, Need::Measure(_) | Need::Meursing));
    let lacks_a_term = needs.contains(&Need::Unknown(String::new()));
    if is_explained && !lacks_a_term { needs } else { vec![Need::Unknown(text.to_owned())] }
}

fn of_term(text: &str) -> Vec<Need> {
    if let Ok(duty) = text.parse::<DutyExpression>() {
        return of_duty(&duty);
    }
    // An amount without a unit is for nothing that is known.
    let Some(Amount { currency: Some(currency), unit: Some(unit), .. }) = Amount::parse(text) else {
        return vec![Need::Unknown(text.to_owned())];
    };
    match currency.as_str() {
        "EUR" => vec![Need::Quantity(unit)],
        "EUC" => vec![Need::ReferencePrice],
        _ => {
            // The same duty in euros tells which measures the unit depends on.
            let in_euros = format!("1 EUR {}", unit.code).parse::<DutyExpression>();
            let quantity = in_euros.map_or_else(|_| vec![Need::Quantity(unit)], |duty| of_duty(&duty));
            std::iter::once(Need::Currency(currency)).chain(quantity).collect()
        }
    }
}

/// The needs of a condition: what meets it, and what the duty that follows depends on.
pub(super) fn of_condition(condition: &Condition) -> Vec<Need> {
    let document = condition.document.as_ref().map(|code| Need::Document(code.to_string()));
    let threshold = condition.amount.as_ref().map(|amount| match threshold(&condition.kind) {
        Some(kind) if Amount::parse(amount).is_some() => Need::Threshold(kind),
        _ => Need::Unknown(format!("{} {amount}", condition.kind)),
    });
    let duty = condition.duty.as_ref().map(|text| DutyText::parse(text).all_needs()).unwrap_or_default();
    document.into_iter().chain(threshold).chain(duty).collect()
}
