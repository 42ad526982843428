//! The answer panel: the decided code, its meaning, its author and the classifier's confidence.

use import8_api::{Confidence, DecidedBy, DecisionStep, HsCode};
use leptos::prelude::*;
use leptos_router::components::A;

use super::declarable::TEN;
use super::declaration::Declaration;
use crate::api::decided::Decided;
use crate::browser::memo::Memo;
use crate::components::code::CodeHero;
use crate::components::confidence::{Band, ConfidenceWord};
use crate::components::show::Show;
use crate::i18n::{Texts, format, use_language, use_texts};
use crate::routes;

/// The decided code with the meaning of each pair of digits, and a sentence on who decided it.
#[component]
pub fn Answer(
    /// The declaration of the result.
    declaration: Declaration,
    /// The decided code, with its author and time.
    decided: Memo<Option<Decided>>,
    /// The classifier's confidence in its own code.
    confidence: Option<Confidence>,
) -> impl IntoView {
    let texts = use_texts();
    let meanings = Memo::new(move |_| {
        let Some(code) = declaration.decided.get() else { return Vec::new() };
        let described = declaration.describes(code);
        declaration.steps.with(|steps| meanings(code, steps, described.as_deref(), texts))
    });
    let covers = move || {
        let code = declaration.decided.get()?;
        let is_silent = || !declaration.is_as_answered() && declaration.is_known();
        declaration.describes(code).or_else(|| is_silent().then(|| texts.result().not_described.to_owned()))
    };
    view! {
        {move || {
            let confidence = confidence.filter(|_| declaration.is_as_answered());
            declaration.decided.get().map(|code| view! { <CodeHero code meanings confidence /> })
        }}
        {move || covers().map(|text| view! { <p class="covers">{text}</p> })}
        {move || decided.get().and_then(|decided| decision(&decided, declaration.answered(), confidence))}
    }
}

/// A sentence on a person's decision: when it was made, and the classifier's code that it replaced. `None`
/// if the classifier's code is the decided one.
fn decision(
    decided: &Decided,
    answered: Option<HsCode>,
    confidence: Option<Confidence>,
) -> Option<impl IntoView + use<>> {
    let (texts, language) = (use_texts(), use_language());
    let (sentence, code) = match decided {
        Decided::NotTold => (texts.result().corrected_not_told.to_owned(), None),
        Decided::Code(decided) if decided.by == DecidedBy::Person => {
            let at = decided.at.as_deref().map(|at| format::date_time(at, language));
            let by_person = || texts.result().decided_by_person.to_owned();
            (at.map_or_else(by_person, |at| (texts.result().decided_by_person_on)(&at)), Some(decided.code))
        }
        Decided::Code(_) => return None,
    };
    let is_beside = |own: &HsCode| code.is_none_or(|code| !code.bare().starts_with(own.bare()));
    let was = answered.filter(is_beside).map(|own| {
        view! {
            <span id="was">
                "; " {texts.result().was} " " <s class="code">{own.spaced()}</s> " (" <ConfidenceWord confidence /> ")"
            </span>
        }
    });
    let found_none = answered.is_none().then(|| format!("; {}", texts.result().was_none));
    Some(view! { <p class="quiet decision" id="decided">{sentence} {was} {found_none} "."</p> })
}

/// The description of each pair of digits from the heading on, taken from the decision path; that of ten
/// digits from `described`. Zeros in digits 5–6 (Harmonized System) or 7–8 (Regulation (EEC) No 2658/87,
/// Article 3) mean that the level above is not divided. Zeros in digits 9–10 do not imply that.
fn meanings(code: HsCode, steps: &[DecisionStep], described: Option<&str>, texts: Texts) -> Vec<String> {
    let depths = (4..=code.digit_count()).step_by(2);
    let meaning = |depth: usize| {
        let digits = code.bare().get(..depth)?;
        let step = steps.iter().find(|step| has_digits(&step.code, digits));
        let said = step.and_then(|step| step.description.clone());
        let said = if depth == 10 { described.map(str::to_owned).or(said) } else { said };
        let is_undivided = matches!(depth, 6 | 8) && digits.ends_with("00");
        said.or_else(|| is_undivided.then(|| texts.result().undivided.to_owned()))
    };
    depths.map(|depth| meaning(depth).unwrap_or_else(|| texts.result().not_described.to_owned())).collect()
}

/// Whether a code as written in a response, with dots or spaces, has exactly these digits.
fn has_digits(written: &str, digits: &str) -> bool {
    written.chars().filter(|c| !matches!(c, '.' | ' ')).eq(digits.chars())
}

/// The classifier's confidence, what that band means, and a link to the evidence sheet.
#[component]
pub fn Certainty(
    /// The identifier of the classification.
    id: String,
    /// The classifier's confidence in its own code.
    confidence: Option<Confidence>,
    /// The declaration of the result.
    declaration: Declaration,
    /// The decided code if the service does not return it yet. The link to the evidence sheet contains it.
    untold: Memo<Option<HsCode>>,
) -> impl IntoView {
    let texts = use_texts();
    let sheet = routes::evidence(&[id]);
    let sheet = move || match untold.get().filter(|code| code.digit_count() == TEN) {
        Some(code) => format!("{sheet}&code={}", code.bare()),
        None => sheet.clone(),
    };
    let is_weak = confidence.is_some_and(|confidence| Band::from_confidence(confidence) == Band::Weak);
    let of_answer = move || {
        view! {
            <p class="verdict">
                {texts.result().confidence} " " <ConfidenceWord confidence />
                {is_weak.then(|| view! { <span class="advice">{texts.confidence().weak_advice}</span> })}
            </p>
        }
    };
    view! {
        // The confidence does not apply to a code that replaced the classifier's.
        <Show when=move || declaration.is_as_answered()>{of_answer()}</Show>
        <p class="quiet binding">
            {texts.result().not_binding} " "
            <A href=sheet attr:id="evidence">
                {texts.result().evidence}
            </A>
        </p>
    }
}

#[cfg(test)]
mod tests {
    use import8_api::Level;

    use super::*;
    use crate::i18n::Language;

    #[test]
    fn each_part_of_a_code_is_explained() {
        let step = |code: &str, description: &str| DecisionStep {
            level: Level::Heading,
            code: code.to_owned(),
            description: Some(description.to_owned()),
        };
        let tree = [
            step("XVI", "section"),
            step("85", "chapter"),
            step("8518", "heading"),
            step("8518.30", "subheading"),
            step("84183021", "other"),
        ];
        let check = |code: &str, described, expected: &[&str]| {
            let code = code.parse().expect(code);
            assert_eq!(meanings(code, &tree, described, Language::En.texts()), expected, "{code}");
        };
        let (undivided, unknown) =
            (Language::En.texts().result().undivided, Language::En.texts().result().not_described);
        check("8518", None, &["heading"]);
        check("851830", None, &["heading", "subheading"]);
        check("85183000", None, &["heading", "subheading", undivided]);
        check("85183021", None, &["heading", "subheading", unknown]);
        check("8518300000", None, &["heading", "subheading", undivided, unknown]);
        check("8518300090", Some("other"), &["heading", "subheading", undivided, "other"]);
        check("0702001000", None, &[unknown, undivided, unknown, unknown]);
    }
}
