//! The codes that change, by kind of change.

use std::sync::Arc;

use leptos::prelude::*;

use super::question::{KINDS, Question};
use super::wording;
use crate::api::tariff_changes::{Changes, CodeChange, Difference, Following, Measure};
use crate::browser::memo::Memo;
use crate::components::code::Code;
use crate::components::keyed::For;
use crate::components::show::Show;
use crate::i18n::{Language, format, use_language, use_texts};
use crate::routes;

/// The number of codes that are drawn at once.
const AT_ONCE: usize = 100;

/// The number of measures that are shown before they are folded.
const SHOWN: usize = 3;

/// The changed codes with the choice of a kind.
pub fn list(changes: Changes, asked: Memo<Question>) -> AnyView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.tariff_changes();
    let codes = Arc::new(changes.codes);
    let count = |number: usize| format::count(number as u64, language);
    let way = |kind: &'static str, word: &'static str, number: usize| {
        let address = move || Question { kind: kind.to_owned(), ..asked.get() }.address();
        view! {
            <a href=address aria-current=move || asked.with(|asked| asked.kind == kind).then_some("true")>
                {word}
                " "
                {count(number)}
            </a>
        }
        .into_any()
    };
    let mut ways = vec![way("", part.all, codes.len())];
    for kind in KINDS {
        let number = codes.iter().filter(|code| code.is(kind)).count();
        if number > 0 {
            ways.push(way(kind, wording::kind(kind, part), number));
        }
    }
    let shown = Memo::new(move |_| {
        asked.with(|asked| {
            let is_shown = |code: &&CodeChange| asked.kind.is_empty() || code.is(&asked.kind);
            codes.iter().filter(is_shown).cloned().collect::<Vec<_>>()
        })
    });
    let most = RwSignal::new(AT_ONCE);
    let left = Memo::new(move |_| shown.with(Vec::len).saturating_sub(most.get()));
    let each = move || shown.get().into_iter().take(most.get());
    view! {
        <nav class="change-kinds" aria-label=part.kinds>
            {ways}
        </nav>
        <p class="hint">{part.counted}</p>
        <ul class="changed-codes" id="changed">
            <For each key=|code| code.code children=move |code| row(code, language) />
        </ul>
        <Show when=move || left.get() != 0>
            <button type="button" class="secondary" id="more" on:click=move |_| most.update(|most| *most += AT_ONCE)>
                {move || (part.more)(&format::count(left.get().min(AT_ONCE) as u64, language))}
            </button>
        </Show>
    }
    .into_any()
}

fn row(change: CodeChange, language: Language) -> AnyView {
    let part = language.texts().tariff_changes();
    let count = |number| format::count(number, language);
    let products = (part.products)(&count(change.products));
    let kinds: Vec<_> = change.kinds.iter().map(|kind| wording::kind(kind, part)).collect();
    let has_other_duty = change.is("duty") || !change.becomes.is_empty();
    let duty = has_other_duty.then(|| {
        let known = |duty: &str| match wording::duty(duty, language) {
            duty if duty.is_empty() => part.not_known.to_owned(),
            duty => duty,
        };
        fact(part.third_country_duty, arrow(&known(&change.duty.0), &known(&change.duty.1)))
    });
    let difference = change.difference.map(|of| fact(part.difference, difference(of, &products, language)));
    let unit = change.unit.as_ref().map(|(before, after)| {
        let known = |unit: &str| if unit.is_empty() { part.none } else { unit }.to_owned();
        fact(part.unit, arrow(&known(before), &known(after)))
    });
    let becomes = if change.becomes.is_empty() {
        change.is("ended").then(|| fact(part.becomes, part.becomes_unknown.to_owned()))
    } else {
        let codes = change.becomes.iter().map(|one| following(one, &products, language)).collect_view();
        let list = view! {
            <p class="hint">{part.becomes}</p>
            <ol class="followers">{codes}</ol>
        };
        Some(list.into_any())
    };
    let below = (!change.below.is_empty()).then(|| {
        let codes = change.below.iter().map(|one| following(one, &products, language)).collect_view();
        let list = view! { <ul class="followers">{codes}</ul> }.into_any();
        folded((part.changed_below)(&count(change.below.len() as u64)), list)
    });
    let measures = (!change.measures.is_empty()).then(|| {
        let lines = change.measures.iter().map(|one| measure(one, language)).collect_view();
        let list = view! { <ul class="followers">{lines}</ul> }.into_any();
        let title = (part.changed_measures)(&count(change.measures.len() as u64));
        if change.measures.len() > SHOWN {
            folded(title, list)
        } else {
            view! {
                <p class="hint">{title}</p>
                {list}
            }
            .into_any()
        }
    });
    let query = format!("?code={}", change.code.bare());
    view! {
        <li data-code=change.code.bare().to_owned()>
            <div class="changed-head">
                <h3>
                    <a href=routes::duty_rates(&query)>
                        <Code code=change.code />
                    </a>
                </h3>
                <b>{kinds.join(", ")}</b>
                <a href=routes::history(&query) class="their-products">
                    {products}
                </a>
            </div>
            <p class="covers">{change.text}</p>
            {becomes}
            {duty}
            {difference}
            {unit}
            {measures}
            {below}
        </li>
    }
    .into_any()
}

fn following(one: &Following, products: &str, language: Language) -> AnyView {
    let part = language.texts().tariff_changes();
    let sure = match one.overlap {
        _ if one.is_certain => part.certain.to_owned(),
        Some(percent) => (part.overlap)(&format::percent(percent.into(), language)),
        None => String::new(),
    };
    let duty = wording::duty(&one.duty, language);
    let difference = one.difference.map(|of| difference(of, products, language)).unwrap_or_default();
    let known: Vec<_> = [sure, duty, difference].into_iter().filter(|text| !text.is_empty()).collect();
    view! {
        <li>
            <Code code=one.code />
            " "
            {one.text.clone()}
            " "
            <span class="hint">{known.join(" · ")}</span>
        </li>
    }
    .into_any()
}

fn measure(one: &Measure, language: Language) -> AnyView {
    let part = language.texts().tariff_changes();
    let content = |text: &Option<String>| text.clone().unwrap_or_else(|| part.none.to_owned());
    let products = (part.products)(&format::count(one.products, language));
    view! {
        <li>
            {one.name.clone()}
            ", "
            {one.area.clone()}
            ": "
            {arrow(&content(&one.before), &content(&one.after))}
            " "
            <span class="hint">{(part.of_origin)(&products)}</span>
        </li>
    }
    .into_any()
}

/// A difference in duty, and for how many of the products it is.
fn difference(of: Difference, products: &str, language: Language) -> String {
    let amount = format::money(of.amount, "EUR", language);
    let sign = if of.amount.0.is_sign_positive() && !of.amount.0.is_zero() { "+" } else { "" };
    let counted = format::count(of.products, language);
    (language.texts().tariff_changes().difference_for)(&format!("{sign}{amount}"), &counted, products)
}

fn arrow(before: &str, after: &str) -> String {
    format!("{before} → {after}")
}

fn fact(label: &'static str, text: String) -> AnyView {
    view! {
        <p>
            <span class="hint">{label}</span>
            " "
            {text}
        </p>
    }
    .into_any()
}

fn folded(summary: String, content: AnyView) -> AnyView {
    view! {
        <details>
            <summary>{summary}</summary>
            {content}
        </details>
    }
    .into_any()
}
