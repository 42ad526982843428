//! The questions about the file of a draft, each with examples from the file and its answers.

use import8_catalogue::columns::{Answer, Doubt, MarkExample, PriceBasis, Question};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::editor::DraftEditor;
use super::mapping::column_name;
use crate::browser::memo::Memo;
use crate::components::show::Show;
use crate::i18n::{Language, Texts, format, use_language, use_texts};

/// All questions about the file.
#[component]
pub fn Questions(
    /// The editor of the draft.
    editor: DraftEditor,
) -> impl IntoView {
    let texts = use_texts();
    let questions = Memo::new(move |_| {
        let questions =
            editor.report.with(|report| report.as_ref().map(|one| one.questions.clone()).unwrap_or_default());
        // The default currency is among the settings of the columns.
        questions
            .into_iter()
            .filter(|question| !matches!(question, Question::Currency { is_doubtful: false, .. }))
            .collect::<Vec<_>>()
    });
    let has_any = move || questions.with(|questions| !questions.is_empty());
    let each = move || {
        let questions = questions.get().into_iter();
        questions.map(|question| view! { <OneQuestion editor question /> }).collect_view()
    };
    view! {
        <Show when=has_any>
            <section class="block" id="questions">
                <h2>{texts.question().title}</h2>
                <p class="quiet">{texts.question().lead}</p>
                {each}
            </section>
        </Show>
    }
}

/// A question with its answers.
#[component]
fn OneQuestion(editor: DraftEditor, question: Question) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let column = question.column();
    let title = editor.opened.with_untracked(|opened| {
        let columns = opened.as_ref().map(|opened| opened.columns.as_slice()).unwrap_or_default();
        column_name(
            column,
            columns.get(column).map(|column| column.title.as_str()).unwrap_or_default(),
            texts,
        )
    });
    let notes = notes(&question, texts, language).join(" ");
    let takes_number = matches!(question, Question::PackSize { .. });
    let answers = question.answers();
    let question = StoredValue::new(question);
    let chosen = Memo::new(move |_| {
        editor.mapping.with(|mapping| question.with_value(|question| mapping.as_ref()?.answer_to(question)))
    });
    let give = move |answer: Answer| {
        editor.change_mapping(|mapping| question.with_value(|question| mapping.answer(question, answer)));
    };
    let answers = answers
        .into_iter()
        .map(|answer| {
            let words = question.with_value(|question| answer_words(question, answer, texts, language));
            view! {
                <button
                    type="button"
                    aria-pressed=move || (chosen.get() == Some(answer)).to_string()
                    on:click=move |_| give(answer)
                >
                    {words}
                </button>
            }
        })
        .collect_view();
    let asked = question.with_value(|question| asked(question, texts));
    view! {
        <div class="problem-group">
            <p>
                <strong>{title}</strong>
                " – "
                {asked}
            </p>
            <p class="hint">{notes}</p>
            {takes_number.then(|| view! { <PackSize editor question /> })}
            <div class="switch" role="group" aria-label=asked>
                {answers}
            </div>
        </div>
    }
}

/// The field for the number of units in a pack.
#[component]
fn PackSize(editor: DraftEditor, question: StoredValue<Question>) -> impl IntoView {
    let texts = use_texts();
    let known =
        editor.mapping.with_untracked(|mapping| mapping.as_ref().and_then(|one| one.answers.pack_size));
    let typed = RwSignal::new(known.map(|units| units.to_string()).unwrap_or_default());
    let units = move || typed.with(|typed| typed.trim().parse::<u32>().ok().filter(|units| *units > 0));
    let apply = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(units) = untrack(units) else { return };
        editor.change_mapping(|mapping| {
            question.with_value(|question| mapping.answer(question, Answer::PackSize(units)));
        });
    };
    view! {
        <form class="with-button" on:submit=apply>
            <input
                aria-label=texts.question().pack_size
                inputmode="numeric"
                autocomplete="off"
                prop:value=move || typed.get()
                on:input=move |event| typed.set(event_target_value(&event))
            />
            <button type="submit" class="secondary small" disabled=move || units().is_none()>
                {texts.catalogue().apply}
            </button>
        </form>
    }
}

/// What is asked.
fn asked(question: &Question, texts: Texts) -> &'static str {
    let texts = texts.question();
    match question {
        Question::Mark { .. } => texts.mark,
        Question::Currency { .. } => texts.currency,
        Question::PricePer { .. } => texts.price_per,
        Question::PackSize { .. } => texts.pack_size,
        Question::CountsPacks { .. } => texts.counts_packs,
        Question::Rounding { .. } => texts.rounding,
        Question::Unused { doubt: Doubt::Stock, .. } => texts.stock,
        Question::Unused { doubt: Doubt::LineTotal, .. } => texts.line_total,
        Question::Unused { doubt: Doubt::WithTax, .. } => texts.with_tax,
    }
}

/// Examples from the file, and what holds without an answer.
fn notes(question: &Question, texts: Texts, language: Language) -> Vec<String> {
    let words = texts.question();
    let waiting = |rows: u32| (words.waiting)(&format::count(rows.into(), language));
    match question {
        // The answers are the readings of an example.
        Question::Mark { rows, .. } => vec![waiting(*rows)],
        Question::Currency { rows, examples, suggested, .. } => {
            let suggested = suggested.map(|currency| (words.currency_elsewhere)(currency.as_str()));
            [examples.join(" · ")].into_iter().chain(suggested).chain([waiting(*rows)]).collect()
        }
        Question::PricePer { examples, .. } => vec![examples.join(" · "), words.price_per_default.to_owned()],
        Question::PackSize { rows, examples, .. } | Question::CountsPacks { rows, examples, .. } => {
            vec![examples.join(" · "), waiting(*rows)]
        }
        Question::Rounding { rows, examples, .. } => {
            let division = |one: &import8_catalogue::columns::Division| {
                let (price, value) =
                    (format::number(one.price.0, language), format::number(one.value.0, language));
                format!("{price} / {} ≈ {value}", one.units)
            };
            let divisions: Vec<_> = examples.iter().map(division).collect();
            vec![divisions.join(" · "), waiting(*rows)]
        }
        Question::Unused { examples, .. } => vec![examples.join(" · ")],
    }
}

/// The words of an answer.
fn answer_words(question: &Question, answer: Answer, texts: Texts, language: Language) -> String {
    let words = texts.question();
    let readings = |read: fn(&MarkExample) -> import8_api::Money| {
        let Question::Mark { examples, .. } = question else { return String::new() };
        let reading = |one: &MarkExample| format!("{} = {}", one.text, format::number(read(one).0, language));
        examples.iter().take(2).map(reading).collect::<Vec<_>>().join(", ")
    };
    let own = match (answer, question) {
        (Answer::Mark(import8_catalogue::amount::DecimalMark::Point), _) => {
            return readings(|one| one.by_point);
        }
        (Answer::Mark(import8_catalogue::amount::DecimalMark::Comma), _) => {
            return readings(|one| one.by_comma);
        }
        (Answer::Currency(currency), _) => currency.as_str(),
        (Answer::PerUnit, Question::PackSize { .. }) => words.price_is_per_unit,
        (Answer::PerUnit, _) => words.one_unit,
        (Answer::PerPack, _) => words.a_pack,
        (Answer::PackSize(units), _) => return format::count(units.into(), language),
        (Answer::CountsPacks(false), _) => words.units,
        (Answer::CountsPacks(true), Question::CountsPacks { price: PriceBasis::Units(units), .. }) => {
            return (words.groups_of)(&format::count((*units).into(), language));
        }
        (Answer::CountsPacks(true), _) => words.packs,
        (Answer::Round, _) => words.round,
        (Answer::Use, _) => words.used,
        (Answer::Unused, _) => words.unused,
    };
    own.to_owned()
}
