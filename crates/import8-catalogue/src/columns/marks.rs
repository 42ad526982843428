//! The decimal mark of a column: what its texts tell of it.

use crate::amount::DecimalMark;

/// What a text tells of the decimal mark of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Evidence {
    /// Nothing: it has no separator, or it is no number.
    None,
    /// The mark is this one: `12,50`, `1.234,5`, `0.875`.
    Mark(DecimalMark),
    /// It is a number under either mark, and not the same one: `1.250`.
    Ambiguous,
}

/// What the texts of a column tell of its decimal mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum ColumnMark {
    /// No text needs a mark.
    #[default]
    Unneeded,
    /// All texts that tell a mark tell this one.
    Told(DecimalMark),
    /// Some text can be read in two ways, and the column does not tell in which.
    Open,
}

/// Collects what the texts of a column tell.
#[derive(Debug, Default)]
pub(super) struct Tally {
    has_points: bool,
    has_commas: bool,
    /// The number of texts that can be read in two ways.
    pub(super) ambiguous: u32,
}

impl Tally {
    pub(super) fn add(&mut self, text: &str) {
        match evidence(text) {
            Evidence::None => {}
            Evidence::Mark(DecimalMark::Point) => self.has_points = true,
            Evidence::Mark(DecimalMark::Comma) => self.has_commas = true,
            Evidence::Ambiguous => self.ambiguous += 1,
        }
    }

    pub(super) fn mark(&self) -> ColumnMark {
        match (self.has_points, self.has_commas) {
            (true, false) => ColumnMark::Told(DecimalMark::Point),
            (false, true) => ColumnMark::Told(DecimalMark::Comma),
            // With both marks, each other text tells its own.
            _ if self.ambiguous > 0 => ColumnMark::Open,
            _ => ColumnMark::Unneeded,
        }
    }
}

/// What a text tells of the decimal mark of its column.
pub(super) fn evidence(text: &str) -> Evidence {
    let Some(number) = number(text) else { return Evidence::None };
    let has_spaces = number.contains(|c: char| c.is_whitespace() || matches!(c, '\'' | '’'));
    let digits: String = number.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
    let Some(at) = digits.rfind(['.', ',']) else { return Evidence::None };
    let (whole, fraction) = (&digits[..at], &digits[at + 1..]);
    let (own, other) = match &digits[at..=at] {
        "." => (DecimalMark::Point, DecimalMark::Comma),
        _ => (DecimalMark::Comma, DecimalMark::Point),
    };
    let groups = |whole: &str, separator| {
        let mut groups = whole.split(separator);
        let first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()));
        first && groups.all(|group| group.len() == 3)
    };
    let (point, comma) = (whole.contains('.'), whole.contains(','));
    let separator = if own == DecimalMark::Point { ('.', ',') } else { (',', '.') };
    match (point, comma) {
        (true, true) => Evidence::None,
        (false, false) if has_spaces || fraction.len() != 3 || whole.starts_with('0') || whole.len() > 3 => {
            Evidence::Mark(own)
        }
        (false, false) if whole.is_empty() => Evidence::Mark(own),
        (false, false) => Evidence::Ambiguous,
        // `1.234.567`: a separator that occurs twice is between thousands.
        _ if whole.contains(separator.0) => match groups(&digits, separator.0) {
            true => Evidence::Mark(other),
            false => Evidence::None,
        },
        _ if groups(whole, separator.1) => Evidence::Mark(own),
        _ => Evidence::None,
    }
}

/// The digits of a text with the separators among and before them; `None` if there are letters between them.
fn number(text: &str) -> Option<&str> {
    let first = text.find(|c: char| c.is_ascii_digit())?;
    let last = text.rfind(|c: char| c.is_ascii_digit())?;
    // `.5`, but not the point of `Fr.5`.
    let before = text[..first].trim_start();
    let first = if matches!(before, "." | ",") { first - 1 } else { first };
    let number = &text[first..=last];
    let is_one = |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ',' | '\'' | '’');
    number.chars().all(is_one).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_tells_the_mark_if_it_can_be_read_one_way_only() {
        let check = |text: &str, expected| assert_eq!(evidence(text), expected, "{text:?}");
        let (point, comma) = (Evidence::Mark(DecimalMark::Point), Evidence::Mark(DecimalMark::Comma));
        for text in
            ["12.5", "0.875", "1,234.5", "1,234,567", "1234.567", ".5", "$ 12.50", "0.0000", "1'234.500"]
        {
            check(text, point);
        }
        for text in ["12,5", "0,875", "1.234,56", "1.234.567", "Fr.12,50", "€ 1 234,500", "(3,20)"] {
            check(text, comma);
        }
        for text in ["1.250", "12,500", "USD 1.125", "-2.500"] {
            check(text, Evidence::Ambiguous);
        }
        for text in ["", "12", "12,-", "1 250", "on request", "1.2.3", "1.5 x 2.5", "1.23,4.5"] {
            check(text, Evidence::None);
        }
    }

    #[test]
    fn a_column_has_one_mark() {
        let check = |texts: &[&str], expected| {
            let mut tally = Tally::default();
            texts.iter().for_each(|text| tally.add(text));
            assert_eq!(tally.mark(), expected, "{texts:?}");
        };
        check(&["1.125", "2.375", "0.875"], ColumnMark::Told(DecimalMark::Point));
        check(&["1.250", "2.500"], ColumnMark::Open);
        check(&["1.250", "12,50"], ColumnMark::Told(DecimalMark::Comma));
        check(&["12,50", "3.95"], ColumnMark::Unneeded);
        check(&["12,50", "3.95", "1.250"], ColumnMark::Open);
        check(&["12", "on request"], ColumnMark::Unneeded);
    }
}
