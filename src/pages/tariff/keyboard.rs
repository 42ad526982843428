//! The arrow keys in the tree: up and down over the rows that are shown, right into a row and left out of it.

use leptos::ev::KeyboardEvent;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::browser::focus::focus_element;

/// The element of a row that takes the focus.
pub const STOP: &str = ".stop";

/// The first row right below a row, and all of them.
const FIRST_BELOW: &str = ":scope > ul > li";
const LAST_BELOW: &str = ":scope > ul > li:last-child";

/// Moves the focus, or opens and closes the row that has it.
pub fn walk(event: KeyboardEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(row) = target.and_then(|target| row_of(&target)) else { return };
    let is_open = inside(&row, ":scope > .branch [aria-expanded=true]");
    let moved_to = match event.key().as_str() {
        "ArrowDown" => next(&row),
        "ArrowUp" => previous(&row),
        "ArrowRight" => match inside(&row, ":scope > .branch [aria-expanded=false]") {
            Some(closed) => return turn(&event, &closed),
            None => inside(&row, FIRST_BELOW),
        },
        "ArrowLeft" => match is_open {
            Some(open) => return turn(&event, &open),
            None => above(&row),
        },
        _ => return,
    };
    event.prevent_default();
    let stop = moved_to.and_then(|row| inside(&row, STOP));
    if let Some(stop) = stop.and_then(|stop| stop.dyn_into::<HtmlElement>().ok()) {
        focus_element(&stop);
    }
}

fn turn(event: &KeyboardEvent, button: &Element) {
    event.prevent_default();
    if let Some(button) = button.dyn_ref::<HtmlElement>() {
        button.click();
    }
}

fn inside(row: &Element, selector: &str) -> Option<Element> {
    row.query_selector(selector).ok().flatten()
}

fn row_of(element: &Element) -> Option<Element> {
    element.closest("li").ok().flatten()
}

fn above(row: &Element) -> Option<Element> {
    row.parent_element().and_then(|list| row_of(&list))
}

/// The row below one on the screen.
fn next(row: &Element) -> Option<Element> {
    let mut current = Some(row.clone());
    inside(row, FIRST_BELOW).or_else(|| {
        while let Some(row) = current.take() {
            if let Some(next) = row.next_element_sibling() {
                return Some(next);
            }
            current = above(&row);
        }
        None
    })
}

/// The row above one on the screen.
fn previous(row: &Element) -> Option<Element> {
    let Some(mut last) = row.previous_element_sibling() else { return above(row) };
    while let Some(below) = inside(&last, LAST_BELOW) {
        last = below;
    }
    Some(last)
}
