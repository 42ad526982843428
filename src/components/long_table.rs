//! A table that may have many rows: beyond [`FEW`], only those near the viewport are in the document.
//!
//! Gaps as high as the rows that are left out keep the scroll bar as it would be. The height of a row is measured when it
//! is drawn and estimated before, so rows need not be equally high. The row with the focus stays in the document, with
//! the rows beside it for the next Tab. A print has all rows, and so has the page once somebody searches it by keyboard
//! or selects all of it.

use std::collections::HashMap;

use leptos::ev;
use leptos::html::Table;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use crate::browser::memo::Memo;
use crate::browser::task::effect;
use crate::components::keyed::For;

/// Up to so many rows are all drawn.
pub const FEW: usize = 200;

/// Estimated height of a row before one was measured, in pixels.
const GUESS: i32 = 48;

/// Attribute with the number of a row.
const NUMBER: &str = "data-row";

/// What is drawn at a place of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Piece {
    /// The row of a number.
    Row(u64),
    /// In the place of rows that are left out: how many gaps are above, and the height in pixels.
    Gap(usize, i32),
}

/// What is known of the rows and the viewport.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Layout {
    /// Measured heights in pixels, by number.
    heights: HashMap<u64, i32>,
    /// Where drawing begins and ends, in pixels below the top of the first row.
    drawn: (i32, i32),
}

impl Layout {
    /// The pieces of a table with these rows. `kept` and the rows beside it are drawn wherever they are.
    fn pieces(&self, rows: &[u64], kept: Option<u64>) -> Vec<Piece> {
        let count = i32::try_from(self.heights.len()).unwrap_or(i32::MAX);
        let estimate = self.heights.values().sum::<i32>().checked_div(count).unwrap_or(GUESS).max(1);
        let kept = kept.and_then(|kept| rows.iter().position(|row| *row == kept));
        let (mut pieces, mut top, mut gaps) = (Vec::new(), 0, 0);
        for (at, row) in rows.iter().enumerate() {
            let height = self.heights.get(row).copied().unwrap_or(estimate);
            let is_near = top + height > self.drawn.0 && top < self.drawn.1;
            top += height;
            match pieces.last_mut() {
                _ if is_near || kept.is_some_and(|kept| kept.abs_diff(at) <= 1) => {
                    pieces.push(Piece::Row(*row));
                }
                Some(Piece::Gap(_, gap)) => *gap += height,
                _ => {
                    pieces.push(Piece::Gap(gaps, height));
                    gaps += 1;
                }
            }
        }
        pieces
    }
}

/// The table. It is hidden while it has no rows.
#[component]
pub fn LongTable(
    /// The class of the table.
    class: &'static str,
    /// Number of columns.
    columns: usize,
    /// The cells of the header row.
    head: AnyView,
    /// Numbers of the rows, each once, in their order.
    rows: Memo<Vec<u64>>,
    /// Draws the row of a number, which is one `<tr>` or several. The first one gets the signal as `aria-rowindex`,
    /// which is `None` while all rows are in the document.
    row: Callback<(u64, Signal<Option<String>>), AnyView>,
) -> impl IntoView {
    let table = NodeRef::<Table>::new();
    let layout = RwSignal::new(Layout { drawn: (0, 2 * viewport_height()), ..Layout::default() });
    let (is_printed, is_searched) = (RwSignal::new(false), RwSignal::new(false));
    let is_window = Memo::new(move |_| rows.with(Vec::len) > FEW && !is_printed.get() && !is_searched.get());
    let pieces = Memo::new(move |_| {
        rows.with(|rows| match is_window.get() {
            true => layout.with(|layout| layout.pieces(rows, focused_row())),
            false => rows.iter().copied().map(Piece::Row).collect(),
        })
    });
    let is_asked = StoredValue::new(false);
    let look = move || {
        if !is_window.get_untracked()
            || is_asked.try_update_value(|asked| std::mem::replace(asked, true)) != Some(false)
        {
            return;
        }
        request_animation_frame(move || {
            // The table may have gone meanwhile.
            if is_asked.try_set_value(false).is_none()
                && let Some(table) = table.get_untracked()
            {
                layout.maybe_update(|layout| measure(&table, layout));
            }
        });
    };
    effect(move || pieces.with(|_| look()));
    let moves = ["scroll", "resize"].map(|name| window_event_listener_untyped(name, move |_| look()));
    let prints = [("beforeprint", true), ("afterprint", false)]
        .map(|(name, is_print)| window_event_listener_untyped(name, move |_| is_printed.set(is_print)));
    let search = window_event_listener(ev::keydown, move |event| {
        if needs_all(&event) {
            is_searched.set(true);
        }
    });
    let listeners = moves.into_iter().chain(prints).chain([search]);
    on_cleanup(move || listeners.for_each(WindowListenerHandle::remove));
    let piece = move |piece: Piece| match piece {
        Piece::Row(number) => {
            let place = move || rows.with(|rows| rows.iter().position(|other| *other == number));
            let index = Memo::new(move |_| {
                // The header row is the first.
                is_window.get().then(place).flatten().map(|place| (place + 2).to_string())
            });
            view! { <tbody data-row=number.to_string()>{row.run((number, index.into()))}</tbody> }.into_any()
        }
        Piece::Gap(_, height) => view! {
            <tbody class="gap" aria-hidden="true">
                <tr>
                    <td colspan=columns.to_string() style:height=format!("{height}px")></td>
                </tr>
            </tbody>
        }
        .into_any(),
    };
    view! {
        <table
            class=class
            node_ref=table
            aria-rowcount=move || is_window.get().then(|| rows.with(|rows| (rows.len() + 1).to_string()))
            hidden=move || rows.with(Vec::is_empty)
        >
            <thead>
                <tr aria-rowindex=move || is_window.get().then(|| 1.to_string())>{head}</tr>
            </thead>
            <For each=move || pieces.get() key=|piece| *piece children=piece />
        </table>
    }
}

/// Measures the rows that are drawn, and where the viewport is. Returns whether anything is new.
fn measure(table: &Element, layout: &mut Layout) -> bool {
    let before = layout.clone();
    let mut top = None;
    let mut part = table.query_selector("tbody").ok().flatten();
    while let Some(element) = part {
        top.get_or_insert_with(|| element.get_bounding_client_rect().top() as i32);
        let height = element.dyn_ref::<HtmlElement>().map_or(0, HtmlElement::offset_height);
        if let Some(number) = number_of(&element) {
            layout.heights.insert(number, height);
        }
        part = element.next_element_sibling();
    }
    // A viewport's height is drawn above and below, so that scrolling and the next Tab find rows there.
    let height = viewport_height();
    let top = top.unwrap_or_default();
    layout.drawn = (-top - height, -top + 2 * height);
    *layout != before
}

fn viewport_height() -> i32 {
    window().inner_height().ok().and_then(|height| height.as_f64()).map_or(0, |height| height as i32)
}

/// Whether the browser acts on the whole document after this key: find, find again, select all.
fn needs_all(event: &KeyboardEvent) -> bool {
    let key = event.key();
    key == "F3" || (event.ctrl_key() || event.meta_key()) && ["a", "f", "g"].contains(&key.as_str())
}

/// Number of the row that has the focus.
fn focused_row() -> Option<u64> {
    let row = document().active_element()?.closest(&format!("[{NUMBER}]")).ok().flatten()?;
    number_of(&row)
}

fn number_of(element: &Element) -> Option<u64> {
    element.get_attribute(NUMBER)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::Piece::{Gap, Row};
    use super::*;

    fn layout(heights: &[(u64, i32)], drawn: (i32, i32)) -> Layout {
        Layout { heights: heights.iter().copied().collect(), drawn }
    }

    #[test]
    fn what_is_near_is_drawn_and_the_rest_keeps_its_height() {
        let rows: Vec<_> = (1..=10).collect();
        let check = |layout: &Layout, kept: Option<u64>, expected: &[Piece]| {
            assert_eq!(layout.pieces(&rows, kept), expected, "{layout:?} {kept:?}");
        };
        let guessed = layout(&[], (96, 144));
        check(&guessed, None, &[Gap(0, 96), Row(3), Gap(1, 336)]);
        // The row with the focus and those beside it, above, below and near.
        check(&layout(&[], (192, 240)), Some(1), &[Row(1), Row(2), Gap(0, 96), Row(5), Gap(1, 240)]);
        check(&guessed, Some(8), &[Gap(0, 96), Row(3), Gap(1, 144), Row(7), Row(8), Row(9), Gap(2, 48)]);
        check(&guessed, Some(4), &[Gap(0, 96), Row(3), Row(4), Row(5), Gap(1, 240)]);
        check(&guessed, Some(99), &[Gap(0, 96), Row(3), Gap(1, 336)]);
        // Measured rows are as high as they are, the others as high as those on average.
        let measured = layout(&[(1, 20), (2, 40)], (30, 61));
        check(&measured, None, &[Gap(0, 20), Row(2), Row(3), Gap(1, 210)]);
        // Scrolled away.
        check(&layout(&[], (-900, -100)), None, &[Gap(0, 480)]);
        check(&layout(&[], (480, 900)), None, &[Gap(0, 480)]);
        assert_eq!(guessed.pieces(&[], None), []);
    }
}
