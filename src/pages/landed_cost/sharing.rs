//! Export of a landed cost: as text, as a table for a spreadsheet, as JSON, as a link and in print.

use import8_api::LandedCost;
use leptos::prelude::*;
use serde::Serialize;

use super::form::Asked;
use super::working::{Line, LineKind, lines};
use crate::components::code::CopyButton;
use crate::i18n::{Language, format, use_language, use_texts};

/// The computation as lines of text, with a heading, the service's notes and the legal notice.
#[must_use]
pub fn as_text(asked: &Asked, cost: &LandedCost, language: Language) -> String {
    let part = language.texts().landed();
    let line = |Line { kind, name, working, amount }: Line| {
        let amount = format::money(amount, &cost.currency, language);
        let indent = if kind == LineKind::Part { "  " } else { "" };
        let working = if working.is_empty() { String::new() } else { format!(" ({working})") };
        format!("{indent}{name}{working}: {amount}")
    };
    let about = about(asked, language);
    let lines = lines(asked, cost, language).into_iter().map(line);
    let notes = cost.notes.iter().cloned();
    std::iter::once(about)
        .chain(lines)
        .chain(notes)
        .chain([part.standing.to_owned()])
        .collect::<Vec<_>>()
        .join("\n")
}

/// The computation as tab-separated rows for pasting into a spreadsheet. Amounts are plain numbers, and no
/// cell can be read as a formula.
#[must_use]
pub fn as_table(asked: &Asked, cost: &LandedCost, language: Language) -> String {
    let row = |line: Line| {
        let decimal = format::typed_amount(line.amount, language);
        [line.name, line.working, decimal, cost.currency.clone()].map(|cell| plain_cell(&cell)).join("\t")
    };
    lines(asked, cost, language).into_iter().map(row).collect::<Vec<_>>().join("\n")
}

/// A cell without line breaks or tabs that no spreadsheet reads as a formula.
fn plain_cell(text: &str) -> String {
    let text = text.replace(['\t', '\r', '\n'], " ");
    let is_number = text.parse::<import8_api::Money>().is_ok()
        || text.replace(',', ".").parse::<import8_api::Money>().is_ok();
    let begins_a_formula = text.starts_with(['=', '+', '-', '@']) && !is_number;
    if begins_a_formula { format!("'{text}") } else { text }
}

/// The request and the landed cost as JSON, in the form of the API.
#[must_use]
pub fn as_json(asked: &Asked, cost: &LandedCost) -> String {
    #[derive(Serialize)]
    struct Shared<'a> {
        request: &'a import8_api::LandedCostRequest,
        landed_cost: &'a LandedCost,
    }
    serde_json::to_string_pretty(&Shared { request: &asked.request, landed_cost: cost }).unwrap_or_default()
}

/// A heading with code, origin and destination.
fn about(asked: &Asked, language: Language) -> String {
    let part = language.texts().landed();
    let destination = asked.request.destination_country.unwrap_or(import8_api::Country::NL);
    (part.about)(
        &asked.request.hs_code.spaced(),
        &format::country(asked.request.origin_country, language),
        &format::country(destination, language),
    )
}

/// The buttons to copy, link and print.
#[component]
pub fn Sharing(
    /// The priced question.
    asked: Asked,
    /// The landed cost.
    cost: LandedCost,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.landed();
    let text = as_text(&asked, &cost, language);
    let table = as_table(&asked, &cost, language);
    let json = as_json(&asked, &cost);
    // The address holds the form and nothing else.
    let link = Signal::derive(move || window().location().href().unwrap_or_default());
    let print = move |_| {
        #[expect(
            clippy::let_underscore_must_use,
            reason = "a browser without a printer tells the person itself"
        )]
        let _ = window().print();
    };
    view! {
        <div class="actions sharing" role="group" aria-label=part.sharing>
            <CopyButton label=part.copy_text text />
            <CopyButton label=part.copy_table text=table />
            <CopyButton label=part.copy_json text=json />
            <CopyButton label=texts.duties().copy_link text=link />
            <button type="button" class="secondary small" id="print" on:click=print>
                {part.print}
            </button>
        </div>
        <p class="hint for-paper">{about(&asked, language)}</p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_as_a_formula_does() {
        let check = |text: &str, expected: &str| assert_eq!(plain_cell(text), expected);
        check("Goods", "Goods");
        check("-12,50", "-12,50");
        check("2500.00", "2500.00");
        check("=1+1", "'=1+1");
        check("@x\ty", "'@x y");
    }
}
