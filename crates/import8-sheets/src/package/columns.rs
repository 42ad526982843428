//! The widths of added columns among those of a sheet, its `col` elements.

use quick_xml::events::BytesStart;

use super::xml::{number, with_attributes};
use crate::xlsx::width_of;

/// The added columns.
#[derive(Debug)]
pub(super) struct Columns {
    /// The number of the first one, from 1.
    pub(super) first: u32,
    /// Their widths, in characters.
    widths: Vec<u32>,
    is_written: bool,
}

/// A `col` element: the columns from one number to another, and their cell format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    first: u32,
    last: u32,
    style: Option<u32>,
}

impl Span {
    pub(super) fn new(tag: &BytesStart<'_>) -> Option<Self> {
        Some(Self { first: number(tag, "min")?, last: number(tag, "max")?, style: number(tag, "style") })
    }
}

/// The cell format of a column.
pub(super) fn style_of(column: u32, spans: &[Span]) -> Option<u32> {
    spans.iter().find(|span| (span.first..=span.last).contains(&column))?.style
}

impl Columns {
    /// Columns that begin at number `first`, with the texts of their rows.
    pub(super) fn new<'a>(first: u32, count: usize, rows: impl Iterator<Item = &'a [String]>) -> Self {
        let mut widths = vec![0; count];
        for texts in rows {
            for (width, text) in widths.iter_mut().zip(texts) {
                let longest = text.lines().map(|line| line.chars().count()).max();
                *width = longest.unwrap_or_default().max(*width);
            }
        }
        Self { first, widths: widths.into_iter().map(width_of).collect(), is_written: false }
    }

    fn last(&self) -> u32 {
        self.first.saturating_add(u32::try_from(self.widths.len()).unwrap_or(u32::MAX)) - 1
    }

    /// What stands in the place of a `col` element, if the added columns concern it. An element that covers some of
    /// them is divided, because it may hide them.
    pub(super) fn instead(&mut self, tag: &BytesStart<'_>, prefix: &str, spans: &[Span]) -> Option<String> {
        let span = Span::new(tag)?;
        let (first, last) = (self.first, self.last());
        let part = |first: u32, last: u32| {
            let changes = [("min", Some(first.to_string())), ("max", Some(last.to_string()))];
            if first > last { String::new() } else { with_attributes(tag, &changes, "/>") }
        };
        if span.last < first {
            None
        } else if span.first > last {
            (!self.is_written).then(|| self.own(prefix, spans) + &part(span.first, span.last))
        } else {
            let before = part(span.first, span.last.min(first - 1));
            let own = if self.is_written { String::new() } else { self.own(prefix, spans) };
            Some(before + &own + &part(span.first.max(last + 1), span.last))
        }
    }

    /// The elements of the added columns if they are not written yet; empty afterwards.
    pub(super) fn rest(&mut self, prefix: &str, spans: &[Span]) -> String {
        if self.is_written { String::new() } else { self.own(prefix, spans) }
    }

    fn own(&mut self, prefix: &str, spans: &[Span]) -> String {
        self.is_written = true;
        let column = |(column, width): (u32, &u32)| {
            let style =
                style_of(column, spans).map(|style| format!(" style=\"{style}\"")).unwrap_or_default();
            format!(
                "<{prefix}col min=\"{column}\" max=\"{column}\" width=\"{width}\"{style} customWidth=\"1\"/>"
            )
        };
        (self.first..).zip(&self.widths).map(column).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns 3 and 4 are added to a sheet with these `col` elements.
    fn check(elements: &[&'static str], written: &str) {
        let tags: Vec<_> = elements.iter().map(|element| BytesStart::from_content(*element, 3)).collect();
        let spans: Vec<_> = tags.iter().filter_map(Span::new).collect();
        let rows = [["code".to_owned(), "a\nlong line".to_owned()]];
        let mut columns = Columns::new(3, 2, rows.iter().map(<[String; 2]>::as_slice));
        let mut text = String::new();
        for (tag, element) in tags.iter().zip(elements) {
            text += &columns.instead(tag, "", &spans).unwrap_or_else(|| format!("<{element}/>"));
        }
        assert_eq!(text + &columns.rest("", &spans), written);
    }

    #[test]
    fn a_hidden_column_does_not_hide_an_added_one() {
        let own = "<col min=\"3\" max=\"3\" width=\"6\" customWidth=\"1\"/><col min=\"4\" max=\"4\" width=\"11\" customWidth=\"1\"/>";
        check(&[], own);
        check(&["col min='1' max='2'"], &format!("<col min='1' max='2'/>{own}"));
        check(&["col min='5' max='9' width='3'"], &format!("{own}<col width=\"3\" min=\"5\" max=\"9\"/>"));
        check(
            &["col min='2' max='16384' hidden='1'"],
            &format!(
                "<col hidden=\"1\" min=\"2\" max=\"2\"/>{own}<col hidden=\"1\" min=\"5\" max=\"16384\"/>"
            ),
        );
        check(
            &["col min='3' max='3' hidden='1'", "col min='4' max='5' hidden='1'", "col min='9' max='9'"],
            &format!("{own}<col hidden=\"1\" min=\"5\" max=\"5\"/><col min='9' max='9'/>"),
        );
        check(
            &["col min='3' max='4' style='7'"],
            "<col min=\"3\" max=\"3\" width=\"6\" style=\"7\" customWidth=\"1\"/><col min=\"4\" max=\"4\" width=\"11\" style=\"7\" customWidth=\"1\"/>",
        );
    }
}
