//! The decision path from the section to the code.

use import8_api::{DecisionStep, Extension, HsCode, Level};
use leptos::prelude::*;

use super::declarable::TEN;
use super::declaration::Declaration;
use crate::browser::memo::Memo;
use crate::components::show::Show;
use crate::i18n::{Texts, use_texts};
use crate::routes;
use crate::session::use_session;

/// The decision path as an accessible list of level, code and description. Nothing if the service does not
/// return the path.
#[component]
pub fn DecisionPath(
    /// The declaration of the result.
    declaration: Declaration,
) -> impl IntoView {
    let (session, texts) = (use_session(), use_texts());
    let steps = Memo::new(move |_| {
        let mut steps = declaration.steps.get();
        let has_ten = steps.last().is_some_and(|step| step.level == Level::TaricCode);
        let ten = declaration.decided.get().filter(|code| code.digit_count() == TEN && !has_ten);
        if let Some(code) = ten.filter(|_| !steps.is_empty()) {
            let description = declaration.describes(code);
            steps.push(DecisionStep { level: Level::TaricCode, code: code.dotted(), description });
        }
        steps
    });
    let to_tree = move || {
        let code = declaration.decided.get().filter(|_| session.has(&Extension::Nomenclature))?;
        let address = routes::tariff(code.bare());
        Some(view! { <p><a id="to-tree" href=address>{texts.declaration().to_tree}</a></p> })
    };
    view! {
        <Show when=move || steps.with(|steps| !steps.is_empty())>
            <section class="block" id="path">
                <h2>{texts.result().path}</h2>
                <ol class="path">
                    {move || steps.get().into_iter().map(|step| view! { <Step step /> }).collect_view()}
                </ol>
                {to_tree}
            </section>
        </Show>
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

/// A code with the spaces that the tariff prints. Section numerals and chapters are returned as they are.
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
