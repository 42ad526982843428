//! The notation of a cell's text, chosen by the kind of its column.

use crate::column::CellKind;

/// A cell: of the kind of its column if its text has the form of that kind, else text.
pub(crate) enum Cell<'a> {
    /// Words.
    Text(&'a str),
    /// A code.
    Code(&'a str),
    /// Words or a code, written unchanged.
    Plain(&'a str),
    /// A [decimal](is_decimal).
    Number(&'a str),
    /// A [date and time](is_time).
    Time(&'a str),
}

impl<'a> Cell<'a> {
    pub(crate) fn new(kind: CellKind, text: &'a str) -> Self {
        match kind {
            CellKind::Code => Self::Code(text),
            CellKind::Plain => Self::Plain(text),
            CellKind::Number if is_decimal(text) => Self::Number(text),
            CellKind::Time if is_time(text) => Self::Time(text),
            CellKind::Text | CellKind::Number | CellKind::Time => Self::Text(text),
        }
    }
}

/// Whether a text is a decimal in JSON's notation, without an exponent. `007` is not, because as a number it would
/// lose its zeros.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    is_digits(whole) && is_digits(decimals) && (whole == "0" || !whole.starts_with('0'))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text has the form `2026-05-01 14:34` or `2026-05-01T14:34:56`, with hours up to 23.
fn is_time(text: &str) -> bool {
    let has_form = text.bytes().zip("0000-00-00 00:00:00".bytes()).all(|(byte, form)| match form {
        b'0' => byte.is_ascii_digit(),
        b' ' => matches!(byte, b' ' | b'T'),
        form => byte == form,
    });
    has_form && matches!(text.len(), 16 | 19) && text[11..13] < *"24"
}
