//! The code, what it means, and how sure it is.

use import8_api::{CodeDetail, Confidence, DecisionStep, HsCode};
use leptos::prelude::*;
use leptos_router::components::A;

use super::declarable::{Declarable, Declaration};
use crate::components::code::CodeHero;
use crate::components::confidence::{Band, ConfidenceWord};
use crate::i18n::use_texts;
use crate::locales::Texts;
use crate::routes;

/// The code, as deep as it is known or chosen, and what it covers.
#[component]
pub fn Answer(
    /// The code, at each depth that the service knows.
    detail: CodeDetail,
    /// The way to it.
    steps: Vec<DecisionStep>,
    /// Its ten digits.
    declaration: Declaration,
) -> impl IntoView {
    let texts = use_texts();
    let known = detail.deepest();
    let code = Memo::new(move |_| declaration.code.get().or(known));
    let meanings = Memo::new(move |_| {
        let described = declaration.description();
        code.get().map(|code| meanings(code, &steps, described.as_deref(), texts)).unwrap_or_default()
    });
    let is_given = matches!(declaration.declarable(), Some(Declarable::Given(_)));
    let own = detail.description;
    let covers = move || {
        let (first, second) = (own.clone(), declaration.description());
        if is_given { first.or(second) } else { second.or(first) }
    };
    view! {
        {move || code.get().map(|code| view! { <CodeHero code meanings /> })}
        {move || covers().map(|text| view! { <p class="covers">{text}</p> })}
    }
}

/// What the tariff says at each part of a code: in the decision tree or, of ten digits, in
/// `described`. A pair of zeros after the heading means that the level above is not divided; only of
/// TARIC's it is not certain.
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

/// Whether a code, as it is written in an answer, has these digits.
fn has_digits(written: &str, digits: &str) -> bool {
    written.chars().filter(|c| !matches!(c, '.' | ' ')).eq(digits.chars())
}

/// How sure the code is, what that is worth, and the sheet that documents it.
#[component]
pub fn Certainty(
    /// The classification.
    id: String,
    /// How sure.
    confidence: Option<Confidence>,
    /// Its ten digits.
    declaration: Declaration,
) -> impl IntoView {
    let texts = use_texts();
    let sheet = routes::evidence(&[id]);
    let sheet = move || match declaration.chosen() {
        Some(code) => format!("{sheet}&code={}", code.bare()),
        None => sheet.clone(),
    };
    let is_weak = confidence.is_some_and(|confidence| Band::of(confidence) == Band::Weak);
    view! {
        <p class="verdict">
            {texts.result().confidence} " " <ConfidenceWord confidence />
            {is_weak.then(|| view! { <span class="advice">{texts.confidence().weak_advice}</span> })}
        </p>
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
