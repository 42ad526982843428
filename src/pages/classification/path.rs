//! The way through the tariff.

use import8_api::{DecisionStep, HsCode, Level};
use leptos::prelude::*;

use super::declarable::Declaration;
use crate::i18n::use_texts;
use crate::locales::Texts;

/// The decision tree as a list that can be read aloud: level, code, what it covers; at its end the ten
/// digits that were chosen.
#[component]
pub fn DecisionPath(
    /// The way to the code.
    steps: Vec<DecisionStep>,
    /// The ten digits.
    declaration: Declaration,
) -> impl IntoView {
    let texts = use_texts();
    let has_ten = steps.last().is_some_and(|step| step.level == Level::TaricCode);
    let last = move || {
        let code = declaration.code.get().filter(|_| !has_ten)?;
        let description = declaration.description();
        Some(
            view! { <Step step=DecisionStep { level: Level::TaricCode, code: code.dotted(), description } /> },
        )
    };
    view! {
        <section class="block" id="path">
            <h2>{texts.result().path}</h2>
            <ol class="path">
                {steps.into_iter().map(|step| view! { <Step step /> }).collect_view()} {last}
            </ol>
        </section>
    }
}

#[component]
fn Step(step: DecisionStep) -> impl IntoView {
    let texts = use_texts();
    view! {
        <li>
            <span class="level">
                {level_name(&step.level, texts)} " " <b>{spaced(&step.code)}</b>
            </span>
            " "
            <span>{step.description}</span>
        </li>
    }
}

/// Digits as the tariff prints them; a section's numeral and a chapter as they are.
fn spaced(code: &str) -> String {
    code.parse().map_or_else(|_| code.to_owned(), |code: HsCode| code.spaced())
}

fn level_name(level: &Level, texts: Texts) -> String {
    match level {
        Level::Section => texts.result().level_section.to_owned(),
        Level::Chapter => texts.result().level_chapter.to_owned(),
        Level::Heading => texts.result().level_heading.to_owned(),
        Level::Subheading => texts.result().level_subheading.to_owned(),
        Level::CnCode => texts.result().level_cn_code.to_owned(),
        Level::TaricCode => texts.result().level_taric_code.to_owned(),
        Level::Other(word) => word.clone(),
    }
}
