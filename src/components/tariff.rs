//! List of tariff rows: search results, or a code with its children, down to ten digits.

use std::time::Duration;

use import8_api::{HsCode, Level, NomenclatureRow};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::api::{ApiError, Client};
use crate::browser::focus::focus_element;
use crate::browser::memo::Memo;
use crate::browser::style::adopt;
use crate::browser::task::effect;
use crate::components::failure::explain;
use crate::components::review::undo::{focus, focus_soon};
use crate::components::show::Show;
use crate::i18n::{format, use_language, use_texts};
use crate::queries::load::Load;
use crate::session::use_session;

/// Debounce time of typing.
const REST: Duration = Duration::from_millis(300);

/// Least number of letters of a search.
const LEAST_LETTERS: usize = 3;

/// Selectors of the list, and of its first row.
const ROWS: &str = "#tariff-rows";
const FIRST_ROW: &str = "#tariff-rows .pick";

/// Selector of the search field above the list.
const FIELD: &str = "[data-tariff=field]";

/// Query of the tariff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// No query yet.
    Nothing,
    /// Rows that match these words.
    Words(String),
    /// The row of a chapter, a heading or a longer code, and its children: bare digits, or a section's Roman
    /// numeral.
    Code(String),
}

impl Question {
    /// Parses a typed text.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        let is_number = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ' ' | '\u{a0}'));
        if is_number {
            let is_chapter = text.len() == 2;
            return match text.parse::<HsCode>() {
                Ok(code) => Self::Code(code.bare().to_owned()),
                Err(_) if is_chapter => Self::Code(text.to_owned()),
                Err(_) => Self::Nothing,
            };
        }
        if text.chars().count() < LEAST_LETTERS { Self::Nothing } else { Self::Words(text.to_owned()) }
    }
}

/// Response to a query.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    question: Question,
    /// Ancestors of the rows.
    path: Vec<NomenclatureRow>,
    rows: Vec<NomenclatureRow>,
}

/// Runs a query. An unknown code gives an empty result and no error.
async fn ask(client: Client, question: Question) -> Result<Found, ApiError> {
    let (path, rows) = match &question {
        Question::Nothing => (Vec::new(), Vec::new()),
        Question::Words(words) => (Vec::new(), client.nomenclature_search(words).await?),
        Question::Code(code) => match client.nomenclature(code).await {
            Ok(entry) => {
                let mut path = entry.path;
                let mut rows = entry.children;
                if code_of(&entry.row).is_some() {
                    rows.insert(0, entry.row);
                } else {
                    path.push(entry.row);
                }
                (path, rows)
            }
            Err(ApiError::NotFound) => (Vec::new(), Vec::new()),
            Err(error) => return Err(error),
        },
    };
    Ok(Found { question, path, rows })
}

/// The code of a row, if it has at least six digits: only such a code can be chosen.
fn code_of(row: &NomenclatureRow) -> Option<HsCode> {
    row.code.parse().ok().filter(|code: &HsCode| code.digit_count() >= 6)
}

/// Moves the focus to the first row, if there is one.
pub fn focus_rows() {
    focus(FIRST_ROW);
}

/// The tariff rows for a typed text.
#[component]
pub fn TariffRows(
    /// The typed text.
    text: RwSignal<String>,
    /// Called with the chosen code.
    picked: Callback<HsCode>,
) -> impl IntoView {
    adopt(include_str!("../../style/tariff.css"));
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let (rested, opened) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    effect(move || {
        let typed = text.get();
        opened.set(None);
        if let Ok(timer) = set_timeout_with_handle(move || rested.set(typed), REST) {
            on_cleanup(move || timer.clear());
        }
    });
    let question = Memo::new(move |_| match opened.get() {
        Some(code) => Question::Code(code),
        None => rested.with(|text| Question::parse(text)),
    });
    let found = Load::new(move || ask(session.client(language.code()), question.get()));
    // A result of an older query is not shown.
    let answer = Memo::new(move |_| {
        let found = found.value()?;
        (found.question == question.get()).then_some(found)
    });
    let is_moving = StoredValue::new(false);
    effect(move || {
        if answer.with(Option::is_some) && is_moving.get_value() {
            is_moving.set_value(false);
            focus_soon(FIRST_ROW);
        }
    });
    let open = move |code: Option<String>| {
        is_moving.set_value(true);
        opened.set(code);
    };
    let row = move |(place, row): (usize, NomenclatureRow), is_open: bool| {
        let code = code_of(&row);
        let written = row.code.parse::<HsCode>().map_or_else(|_| row.code.clone(), |code| code.spaced());
        let has_deeper = row.level != Level::TaricCode && !is_open;
        let (to_open, to_pick) = (row.code.clone(), row.code);
        let pick = move |_| match code {
            Some(code) => picked.run(code),
            None => open(Some(to_pick.clone())),
        };
        let deeper = has_deeper.then(|| {
            let label = (texts.review().open_row)(&written);
            view! {
                <button
                    type="button"
                    class="deeper"
                    tabindex="-1"
                    aria-label=label
                    on:click=move |_| open(Some(to_open.clone()))
                >
                    {"›"}
                </button>
            }
        });
        view! {
            <li>
                <button type="button" class="pick" tabindex=if place == 0 { "0" } else { "-1" } on:click=pick>
                    <span class="code">{written}</span>
                    <span>{row.description}</span>
                </button>
                {deeper}
            </li>
        }
    };
    let rows = move || {
        let Found { question, path, rows } = answer.get()?;
        let is_own = |at: usize, row: &NomenclatureRow| {
            at == 0 && matches!(&question, Question::Code(code) if *code == row.code)
        };
        let rows = rows
            .into_iter()
            .enumerate()
            .map(|(at, one)| {
                let is_open = is_own(at, &one);
                row((at, one), is_open)
            })
            .collect_view();
        Some(view! {
            {way(&path).map(|way| view! { <p class="hint way">{way}</p> })}
            <ul class="picks" id="tariff-rows" aria-label=texts.review().results on:keydown=walk>
                {rows}
            </ul>
        })
    };
    let status = move || match answer.get() {
        None | Some(Found { question: Question::Nothing, .. }) => String::new(),
        Some(Found { question: Question::Words(words), rows, .. }) if rows.is_empty() => {
            (texts.review().search_none)(&words)
        }
        Some(Found { question: Question::Code(code), rows, path }) if rows.is_empty() && path.is_empty() => {
            (texts.review().code_unknown)(&code.parse::<HsCode>().map_or(code, |code| code.spaced()))
        }
        Some(Found { rows, .. }) => {
            let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
            (texts.review().search_found)(&format::count(count, language))
        }
    };
    let problem = move || {
        found.error().map(|error| {
            let said = explain(&error, texts);
            view! { <p class="problem">{said.title} ". " {said.body} " " {said.next}</p> }
        })
    };
    let is_slow = move || answer.with(Option::is_none) && found.is_slow() && found.error().is_none();
    view! {
        <div class="tariff" id="tariff" on:keydown=move |event| if is_back(&event) && opened.get_untracked().is_some() { open(None) }>
            <div class="tariff-head">
                <p class="hint" role="status" id="tariff-status">
                    {status}
                    {move || is_slow().then_some(texts.review().checking)}
                </p>
                <Show when=move || opened.with(Option::is_some)>
                    <button type="button" class="link" id="tariff-back" on:click=move |_| open(None)>
                        {texts.review().back}
                    </button>
                </Show>
            </div>
            {problem}
            {rows}
        </div>
    }
}

/// Breadcrumb of some rows: `XVI › 85 › 8518 Loudspeakers`.
fn way(path: &[NomenclatureRow]) -> Option<String> {
    let last = path.last()?;
    let codes: Vec<_> = path.iter().map(|row| row.code.as_str()).collect();
    Some(format!("{} {}", codes.join(" › "), last.description))
}

fn is_back(event: &KeyboardEvent) -> bool {
    event.key() == "ArrowLeft"
}

/// Moves the focus in a list of rows by arrow key: up, down, and right to open a row's children. Past the end
/// of the list that is nearer to the search field, the focus moves to the field: the tariff's rows are below
/// the field, all other lists above it.
pub fn walk(event: KeyboardEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(row) = target.and_then(|target| target.closest("li").ok().flatten()) else { return };
    let inside = |row: Element, selector| {
        row.query_selector(selector).ok().flatten().and_then(|found| found.dyn_into::<HtmlElement>().ok())
    };
    let is_of_tariff = row.closest(ROWS).ok().flatten().is_some();
    let key = event.key();
    let moved_to = match key.as_str() {
        "ArrowDown" => row.next_element_sibling(),
        "ArrowUp" => row.previous_element_sibling(),
        "ArrowRight" => {
            if let Some(deeper) = inside(row, ".deeper") {
                event.prevent_default();
                deeper.click();
            }
            return;
        }
        _ => return,
    };
    event.prevent_default();
    match moved_to.and_then(|row| inside(row, ".pick")) {
        Some(pick) => {
            focus_element(&pick);
        }
        None if (key == "ArrowUp") == is_of_tariff => {
            focus(FIELD);
        }
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_asks_for_words_or_a_code() {
        let check = |text: &str, expected: Question| assert_eq!(Question::parse(text), expected, "{text:?}");
        let code = |digits: &str| Question::Code(digits.to_owned());
        let words = |words: &str| Question::Words(words.to_owned());
        check("", Question::Nothing);
        check("85", code("85"));
        check("851", Question::Nothing);
        check("8518", code("8518"));
        check("8518.3", Question::Nothing);
        check(" 8518.30.00 ", code("85183000"));
        check("8518 30 00 90", code("8518300090"));
        check("ab", Question::Nothing);
        check(" leather wallet ", words("leather wallet"));
        check("750 ml", words("750 ml"));
        check("...", Question::Nothing);
    }

    #[test]
    fn the_way_is_shown_as_codes() {
        let row = |code: &str, description: &str| NomenclatureRow {
            code: code.to_owned(),
            level: Level::Heading,
            description: description.to_owned(),
            declarable: false,
            duty: None,
            above: Vec::new(),
        };
        assert_eq!(way(&[]), None);
        assert_eq!(
            way(&[row("XVI", "Machinery"), row("85", "Electrical machinery")]).as_deref(),
            Some("XVI › 85 Electrical machinery")
        );
        assert_eq!(code_of(&row("8518", "")), None);
        assert_eq!(code_of(&row("XVI", "")), None);
        assert_eq!(code_of(&row("851830", "")).map(|code| code.dotted()).as_deref(), Some("8518.30"));
    }
}
