//! The words of the changes, in English and Dutch.

use import8_tariff::compare::{Comparison, Terms};
use import8_tariff::{Condition, Names};

use crate::language::Language;

/// A text in a language, or in English, or in any.
pub(super) fn in_language(names: &Names, language: Language) -> Option<&str> {
    let text = names.get(language.as_str()).or_else(|| names.get("en")).or_else(|| names.values().next());
    text.map(String::as_str)
}

/// The content of a measure: `0.000 %; quota 090006; not for IN; conditions: B Y155`.
pub(super) fn terms(terms: &Terms, language: Language) -> String {
    let Terms { order_number, duty, excluded, conditions } = terms;
    let (quota, not_for, on_conditions, no_duty) = match language {
        Language::En => ("quota", "not for", "conditions:", "applies"),
        Language::Nl => ("contingent", "niet voor", "voorwaarden:", "van toepassing"),
    };
    let list = |texts: Vec<String>| (!texts.is_empty()).then(|| texts.join(", "));
    let condition = |one: &Condition| {
        let met_by = one.document.as_ref().or(one.amount.as_ref());
        let duty = one.duty.as_ref().map(|duty| format!("({duty})"));
        let parts = [Some(one.kind.to_string()), met_by.map(ToString::to_string), duty];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    let excluded = list(excluded.iter().map(ToString::to_string).collect());
    let conditions = list(conditions.iter().map(condition).collect());
    let parts = [
        Some(duty.as_ref().map_or_else(|| no_duty.to_owned(), ToString::to_string)),
        order_number.as_ref().map(|number| format!("{quota} {number}")),
        excluded.map(|excluded| format!("{not_for} {excluded}")),
        conditions.map(|conditions| format!("{on_conditions} {conditions}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// The remarks on a comparison: what could not be compared, and how candidates were found.
#[must_use]
pub fn notes(comparison: &Comparison, language: Language) -> Vec<String> {
    let mut notes = Vec::new();
    let digits = comparison.digits;
    if !comparison.has_measures {
        notes.push(match language {
            Language::En => {
                "One of the editions has no measures: whether duties change is not known here.".to_owned()
            }
            Language::Nl => {
                "Een van de uitgaven heeft geen maatregelen: of rechten wijzigen, is hier niet bekend."
                    .to_owned()
            }
        });
    }
    if digits < 10 {
        notes.push(match language {
            Language::En => format!(
                "One of the editions has at most {digits} digits: codes below these are not compared."
            ),
            Language::Nl => format!(
                "Een van de uitgaven heeft hooguit {digits} cijfers: codes daaronder zijn niet vergeleken."
            ),
        });
    }
    notes.push(match language {
        Language::En => "No edition says which code follows an ended one. The candidates are those of the same place with similar words: check them.",
        Language::Nl => "Geen uitgave zegt welke code op een vervallen code volgt. De kandidaten zijn die van dezelfde plaats met gelijkende woorden: ga ze na.",
    }.to_owned());
    notes
}
