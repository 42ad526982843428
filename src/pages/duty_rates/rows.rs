//! Sections of rows with a figure and facts: the one form in which this page lists measures, texts and codes. They are
//! plain texts and drawn by one function, because every further view makes the download larger.

use leptos::prelude::*;

/// Number of rows shown before the list is folded.
const SHOWN: usize = 8;

/// Number of countries or conditions named before they are folded.
pub const NAMED: usize = 6;

/// A part of the page.
#[derive(Debug, Default)]
pub struct Section {
    /// The id of its element.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// The sentence below the heading; empty if there is none.
    pub lead: String,
    /// The name of a long list, behind which its rows are folded; empty if they are always shown.
    pub summary: String,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of a section.
#[derive(Debug, Default)]
pub struct Row {
    /// Its name.
    pub title: String,
    /// The address that its name leads to; empty if it leads nowhere.
    pub link: String,
    /// The figure; empty if there is none.
    pub figure: String,
    /// What else is known.
    pub facts: Vec<Fact>,
}

/// A fact in a row.
#[derive(Debug)]
pub struct Fact {
    /// Its name; empty if the text needs none.
    pub label: String,
    /// The text.
    pub text: String,
    /// Whether the text is folded behind its name.
    pub is_folded: bool,
}

impl Row {
    /// A row without facts.
    #[must_use]
    pub fn new(title: String, figure: String) -> Self {
        Self { title, figure, ..Self::default() }
    }

    /// Adds a fact, unless its text is empty.
    pub fn add(&mut self, label: &str, text: String) {
        self.push(label.to_owned(), text, false);
    }

    /// Adds a fact that is folded behind its name, unless its text is empty.
    pub fn fold(&mut self, label: String, text: String) {
        self.push(label, text, true);
    }

    fn push(&mut self, label: String, text: String, is_folded: bool) {
        if !text.is_empty() {
            self.facts.push(Fact { label, text, is_folded });
        }
    }
}

/// Draws a section.
#[must_use]
pub fn draw(section: Section) -> AnyView {
    let Section { id, title, lead, summary, rows } = section;
    let is_long = rows.len() > SHOWN && !summary.is_empty();
    let list = view! { <ul class="measures">{rows.into_iter().map(row).collect_view()}</ul> }.into_any();
    let list = if is_long { folded(summary, list) } else { list };
    view! {
        <section class="block measure-block" id=id>
            <h2>{title}</h2>
            <p class="quiet">{lead}</p>
            {list}
        </section>
    }
    .into_any()
}

fn row(row: Row) -> AnyView {
    let Row { title, link, figure, facts } = row;
    let link = (!link.is_empty()).then_some(link);
    view! {
        <li>
            <a href=link>{title}</a>
            <b class="rate">{figure}</b>
            <div class="known">{facts.into_iter().map(fact).collect_view()}</div>
        </li>
    }
    .into_any()
}

fn fact(fact: Fact) -> AnyView {
    let Fact { label, text, is_folded } = fact;
    if is_folded {
        return folded(label, text.into_any());
    }
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
