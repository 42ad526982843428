//! Tests of those rules of ARCHITECTURE.md that can be checked in the code: allowed imports, forbidden names and
//! texts, the length of files, and which style sheet may style which file.
//!
//! The code is parsed, so a rule finds an import in any notation. Tests are exempt: code under `#[cfg(test)]`, and
//! the folders `tests`.

mod circles;
mod graph;
mod layers;
mod lengths;
mod source;
mod styles;
mod words;
mod workspace;

use std::sync::LazyLock;

use crate::graph::Graph;
use crate::styles::Styles;
use crate::workspace::Workspace;

static WORKSPACE: LazyLock<Workspace> = LazyLock::new(Workspace::read);
static GRAPH: LazyLock<Graph> = LazyLock::new(|| Graph::new(&WORKSPACE));

#[track_caller]
fn assert_none(broken: &[String]) {
    assert!(broken.is_empty(), "{} found:\n{}", broken.len(), broken.join("\n"));
}

#[test]
fn every_room_has_a_layer() {
    assert_none(&layers::unnamed(&WORKSPACE));
}

#[test]
fn imports_run_down() {
    assert_none(&layers::upward(&GRAPH));
}

#[test]
fn no_imports_run_in_a_circle() {
    assert_none(&circles::find(&GRAPH, circles::EXCEPTIONS));
}

#[test]
fn nothing_has_what_its_place_forbids() {
    assert_none(&words::find(&GRAPH, words::RULES));
}

#[test]
fn files_stay_readable() {
    assert_none(&lengths::find(&WORKSPACE));
}

#[test]
fn styles_come_with_what_they_style() {
    assert_none(&Styles::read(&WORKSPACE, &GRAPH).find());
}
