//! The rows of the tree, level by level, and the way to a code.

use std::collections::{BTreeMap, BTreeSet};

use import8_api::{Coded, HsCode, Level, NomenclatureRow, Rate};
use leptos::prelude::*;

use crate::browser::memo::Memo;
use crate::components::keyed::For;
use crate::i18n::texts::Texts;
use crate::i18n::{format, use_language};
use crate::routes;

/// The rows below each code, as far as they are known.
pub type Known = BTreeMap<String, Vec<Branch>>;

/// The tree as it is shown. Its codes are bare digits, or the numerals of sections; the sections are below the empty
/// code.
#[derive(Debug, Clone, Copy)]
pub struct Tree {
    /// The rows that are known.
    pub known: RwSignal<Known>,
    /// The codes of the rows that are open.
    pub open: RwSignal<BTreeSet<String>>,
    /// The code of the address; empty without one.
    pub here: Memo<String>,
    /// Opens the row of a code, or closes it.
    pub turn: Callback<String>,
}

/// A row with the lines above it that have not been drawn above an earlier row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The row. Its lines above are those to draw.
    pub row: NomenclatureRow,
    /// How many lines group it.
    pub depth: usize,
}

/// The rows of a level, each line that groups several of them with the first only.
#[must_use]
pub fn drawn_once(rows: Vec<NomenclatureRow>) -> Vec<Branch> {
    let mut before: Vec<Coded> = Vec::new();
    let branch = |mut row: NomenclatureRow| {
        let above = row.above.clone();
        let same = above.iter().zip(&before).take_while(|(one, other)| one == other).count();
        let depth = above.len();
        row.above.drain(..same);
        before = above;
        Branch { row, depth }
    };
    rows.into_iter().map(branch).collect()
}

/// The code that a code is right below.
fn above(known: &Known, code: &str) -> Option<String> {
    let is_child = |(_, rows): &(&String, &Vec<Branch>)| rows.iter().any(|branch| branch.row.code == code);
    known.iter().find(is_child).map(|(above, _)| above.clone())
}

/// The codes from the section down to a code and the code itself, as far as they are known.
#[must_use]
pub fn way_to(known: &Known, code: &str) -> Vec<String> {
    let above = |code: &String| above(known, code).filter(|above| !above.is_empty());
    std::iter::successors(Some(code.to_owned()).filter(|code| !code.is_empty()), above).collect()
}

/// Whether the row of a code is drawn when the rows above it are open.
#[must_use]
pub fn is_reached(known: &Known, code: &str) -> bool {
    above(known, code).is_some()
}

/// The list of the rows right below a code.
#[must_use]
pub fn level(tree: Tree, code: String, texts: Texts) -> AnyView {
    let rows = move || tree.known.with(|known| known.get(&code).cloned().unwrap_or_default());
    view! {
        <ul>
            <For each=rows key=|branch| branch.row.code.clone() children=move |branch| drawn(tree, branch, texts) />
        </ul>
    }
    .into_any()
}

fn drawn(tree: Tree, branch: Branch, texts: Texts) -> AnyView {
    let (language, part) = (use_language(), texts.tree());
    let Branch { row, depth } = branch;
    let NomenclatureRow { code, level: of, description, declarable, duty, above } = row;
    let id = format!("row-{code}");
    let parsed = code.parse::<HsCode>().ok();
    let written = parsed.map_or_else(|| code.clone(), |code| code.spaced());
    let duty = duty.and_then(|duty| duty.parse::<Rate>().ok()).map(|duty| format::rate(&duty, language));
    let (shown, own, waited) = (code.clone(), code.clone(), code.clone());
    let is_open = Memo::new(move |_| tree.open.with(|open| open.contains(&shown)));
    let is_here = move || tree.here.with(|here| *here == own).then_some("true");
    let is_known = Memo::new(move |_| tree.known.with(|known| known.contains_key(&waited)));
    let first = above.len();
    let groups = above.into_iter().enumerate().map(|(at, line)| {
        let depth = (depth + at).saturating_sub(first).to_string();
        let text = format!("{} {}", line.code, line.text);
        view! { <p class="group" data-depth=depth>{text}</p> }
    });
    let address = parsed.map(|code| routes::duty_rates(&format!("?code={}", code.bare())));
    let is_leaf = of == Level::TaricCode;
    let link = match address {
        Some(address) => view! { <a class="code" class:stop=is_leaf href=address>{written}</a> }.into_any(),
        None => view! { <span class="code">{written}</span> }.into_any(),
    };
    let text = if is_leaf {
        view! { <span class="goods">{description}</span> }.into_any()
    } else {
        let turned = code.clone();
        view! {
            <button
                type="button"
                class="goods stop"
                aria-expanded=move || is_open.get().to_string()
                on:click=move |_| tree.turn.run(turned.clone())
            >
                {description}
            </button>
        }
        .into_any()
    };
    let below = move || match (is_open.get() && !is_leaf, is_known.get()) {
        (false, _) => ().into_any(),
        (true, true) => level(tree, code.clone(), texts),
        (true, false) => view! { <p class="quiet">{texts.review().checking}</p> }.into_any(),
    };
    view! {
        <li id=id>
            {groups.collect_view()}
            <div class="branch" aria-current=is_here data-depth=depth.to_string()>
                {link}
                {text}
                <b class="rate">{duty}</b>
                <span class="hint">{declarable.then_some(part.declarable)}</span>
            </div>
            {below}
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(code: &str, above: &[&str]) -> NomenclatureRow {
        NomenclatureRow {
            code: code.to_owned(),
            level: Level::Subheading,
            description: String::new(),
            declarable: false,
            duty: None,
            above: above.iter().map(|text| Coded { code: String::new(), text: (*text).to_owned() }).collect(),
        }
    }

    #[test]
    fn a_line_that_groups_several_rows_is_drawn_once() {
        let rows = vec![
            row("010121", &["Horses"]),
            row("010129", &["Horses"]),
            row("010130", &[]),
            row("010190", &["Other", "Mules"]),
            row("010191", &["Other", "Hinnies"]),
        ];
        let branches = drawn_once(rows);
        let drawn: Vec<_> = branches
            .iter()
            .map(|Branch { row, depth }| {
                (row.above.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), *depth)
            })
            .collect();
        assert_eq!(
            drawn,
            [
                (vec!["Horses"], 1),
                (vec![], 1),
                (vec![], 0),
                (vec!["Other", "Mules"], 2),
                (vec!["Hinnies"], 2)
            ]
        );
    }

    #[test]
    fn the_way_to_a_code_goes_over_the_rows_that_are_known() {
        let level = |above: &str, codes: &[&str]| {
            (above.to_owned(), drawn_once(codes.iter().map(|code| row(code, &[])).collect()))
        };
        let known = Known::from([
            level("", &["I", "II"]),
            level("I", &["01", "02"]),
            level("01", &["0101"]),
            level("0101", &["010121", "010129"]),
        ]);
        assert_eq!(way_to(&known, "010129"), ["010129", "0101", "01", "I"]);
        assert_eq!(way_to(&known, ""), Vec::<String>::new());
        assert!(is_reached(&known, "II"));
        assert!(!is_reached(&known, "0201"));
    }
}
