//! The choice of the digits that an import declaration needs and the decided code lacks.

use import8_api::{CodeChoice, HsCode};
use leptos::prelude::*;

use super::declarable::Declarable;
use super::declaration::Declaration;
use crate::components::code::Code;
use crate::components::failure::Failure;
use crate::components::review::undo::focus_soon;
use crate::components::undeclarable::{LastDigits, Refused};
use crate::i18n::use_texts;

/// The form for the missing digits; nothing if none are missing. A chosen code is only previewed: the
/// button of the review panel decides it.
#[component]
pub fn Choice(
    /// The declaration of the result.
    declaration: Declaration,
) -> impl IntoView {
    move || match declaration.declarable.get() {
        Some(Declarable::OneOf(choices)) => view! { <Offered declaration choices /> }.into_any(),
        Some(Declarable::BeginsWith(known)) => view! { <Typed declaration known /> }.into_any(),
        Some(Declarable::Given(_)) | None => ().into_any(),
    }
}

/// Radio buttons for the declarable codes. None is preselected.
#[component]
fn Offered(declaration: Declaration, choices: Vec<CodeChoice>) -> impl IntoView {
    let texts = use_texts();
    let descriptions = distinct(&choices);
    let hint =
        if choices.len() == 1 { texts.declaration().only_hint } else { texts.declaration().which_hint };
    let option = move |(choice, description): (CodeChoice, String)| {
        let code = choice.code;
        let is_decided =
            move || (declaration.decided.get() == Some(code)).then_some(texts.declaration().is_decided);
        view! {
            <label class="option">
                <input
                    type="radio"
                    name="ten-digits"
                    value=code.bare().to_owned()
                    prop:checked=move || declaration.asked.get() == Some(code)
                    on:change=move |_| declaration.look_at(Some(code))
                />
                <Code code />
                <span>{description} " " <b>{is_decided}</b></span>
            </label>
        }
    };
    view! {
        // The panel's title asks the question, so the fieldset needs no legend.
        <fieldset class="completion" id="ten-digits" aria-labelledby="review-title" aria-describedby="which-hint">
            <p class="quiet" id="which-hint">
                {hint}
            </p>
            <div class="options">{choices.into_iter().zip(descriptions).map(option).collect_view()}</div>
        </fieldset>
    }
}

/// The notice that the figures below are those of a previewed code, with a button back to the decided code.
#[component]
pub fn LookedAt(
    /// The declaration of the result.
    declaration: Declaration,
) -> impl IntoView {
    let texts = use_texts();
    let said = move || {
        let (code, decided) = (declaration.looked_at.get()?, declaration.decided.get()?);
        let back = move |_| {
            declaration.look_at(None);
            // Focus would be lost with the removed button.
            focus_soon("#review-title");
        };
        Some(view! {
            <div class="notice looked-at" id="looked-at">
                <p>{(texts.declaration().looked_at)(&code.spaced(), &decided.spaced())}</p>
                <button type="button" class="link" id="clear" on:click=back>
                    {texts.declaration().clear}
                </button>
            </div>
        })
    };
    view! { <div role="status">{said}</div> }
}

/// The descriptions of the choices without the leading parts that all of them share.
fn distinct(choices: &[CodeChoice]) -> Vec<String> {
    let described = |choice: &CodeChoice| choice.description.clone().unwrap_or_default();
    let mut descriptions: Vec<_> = choices.iter().map(described).collect();
    while let Some(common) = common_beginning(&descriptions) {
        for description in &mut descriptions {
            description.drain(..common);
        }
    }
    descriptions
}

/// The length in bytes of the leading part, up to and including the first dash, that all descriptions
/// share. `None` for fewer than two descriptions.
fn common_beginning(descriptions: &[String]) -> Option<usize> {
    let dash = " – ";
    let (first, others) = descriptions.split_first()?;
    let end = first.find(dash)? + dash.len();
    let beginning = first.get(..end)?;
    (!others.is_empty() && others.iter().all(|other| other.starts_with(beginning))).then_some(end)
}

/// The field for the missing digits when the service lists no choices. The typed code is tried on the
/// service.
#[component]
fn Typed(declaration: Declaration, known: HsCode) -> impl IntoView {
    let choose = Callback::new(move |code| declaration.look_at(Some(code)));
    let tried = declaration.asked.get_untracked();
    view! {
        <LastDigits known tried choose>
            <Outcome declaration />
        </LastDigits>
    }
}

/// The outcome of a tried code: pending, refused or failed. Nothing if the code exists.
#[component]
fn Outcome(declaration: Declaration) -> impl IntoView {
    let texts = use_texts();
    let retry = Callback::new(move |()| declaration.reload());
    let choose = Callback::new(move |code| declaration.look_at(Some(code)));
    move || {
        let code = declaration.asked.get()?;
        Some(match (declaration.rates(), declaration.rates_error()) {
            (Some(Ok(_)), _) => return None,
            (Some(Err(refusal)), _) => view! { <Refused code refusal choose /> }.into_any(),
            (None, Some(error)) => view! { <Failure error retry /> }.into_any(),
            (None, None) => view! { <p class="quiet trying">{texts.declaration().trying}</p> }.into_any(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_choices_have_in_common_is_left_out() {
        let check = |descriptions: &[&str], expected: &[&str]| {
            let choice = |text: &&str| {
                let code = "0702001000".parse().expect("a code");
                CodeChoice { code, description: Some((*text).to_owned()) }
            };
            assert_eq!(distinct(&descriptions.iter().map(choice).collect::<Vec<_>>()), expected);
        };
        check(&["Lamps – of glass", "Lamps – of metal"], &["of glass", "of metal"]);
        check(&["Lamps – LED – of glass", "Lamps – LED – of metal"], &["of glass", "of metal"]);
        check(&["Lamps – of glass", "Lamps"], &["Lamps – of glass", "Lamps"]);
        check(&["Lamps – of glass"], &["Lamps – of glass"]);
        check(&["Lamps – of glass", "Lights – of glass"], &["Lamps – of glass", "Lights – of glass"]);
        check(&["", ""], &["", ""]);
        check(&[], &[]);
    }
}
