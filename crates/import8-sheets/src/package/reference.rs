//! References to cells: `F2`, `A1:F20`.

/// The last column of a sheet, `XFD`, and its last row.
pub(super) const LAST_COLUMN: u32 = 16_384;
pub(super) const LAST_ROW: u32 = 1_048_576;

/// An area of a sheet, with rows and columns from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) first_row: u32,
    pub(super) last_row: u32,
    pub(super) first_column: u32,
    pub(super) last_column: u32,
}

impl Area {
    /// Parses `A1:F20` or `A1`, also with dollar signs; `None` for whole rows or columns.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let ((first_column, first_row), (last_column, last_row)) = (cell(first)?, cell(last)?);
        Some(Self { first_row, last_row, first_column, last_column })
    }

    /// The area with another cell in it.
    pub(super) fn with(self, row: u32, column: u32) -> Self {
        Self {
            first_row: self.first_row.min(row),
            last_row: self.last_row.max(row),
            first_column: self.first_column.min(column),
            last_column: self.last_column.max(column),
        }
    }

    pub(super) fn text(self) -> String {
        let first = format!("{}{}", letters(self.first_column), self.first_row);
        let last = format!("{}{}", letters(self.last_column), self.last_row);
        if first == last { first } else { format!("{first}:{last}") }
    }
}

/// The column and row of `F2`, from 1.
pub(super) fn cell(text: &str) -> Option<(u32, u32)> {
    let (mut column, mut row) = (0_u32, 0_u32);
    for byte in text.trim().bytes() {
        match byte {
            b'$' => (),
            b'A'..=b'Z' | b'a'..=b'z' if row == 0 => {
                let digit = u32::from(byte.to_ascii_uppercase() - b'A') + 1;
                column = column.checked_mul(26)?.checked_add(digit)?;
            }
            b'0'..=b'9' if column > 0 => row = row.checked_mul(10)?.checked_add(u32::from(byte - b'0'))?,
            _ => return None,
        }
    }
    ((1..=LAST_COLUMN).contains(&column) && (1..=LAST_ROW).contains(&row)).then_some((column, row))
}

/// The letters of a column, counted from 1: `F`, `AB`.
pub(super) fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = column;
    while left > 0 {
        let digit = (left - 1) % 26;
        letters.extend(char::from_digit(digit + 10, 36).map(|letter| letter.to_ascii_uppercase()));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_and_written() {
        for (text, column, row) in
            [("A1", 1, 1), ("Z9", 26, 9), ("AA10", 27, 10), ("XFD1048576", 16_384, 1_048_576)]
        {
            assert_eq!(cell(text), Some((column, row)));
            assert_eq!(format!("{}{row}", letters(column)), text);
        }
        for text in ["", "A", "1", "A0", "XFE1", "A1048577", "é1", "A1B"] {
            assert_eq!(cell(text), None, "{text}");
        }
        assert_eq!(Area::parse("$B$2:C5").map(|area| area.with(9, 4).text()), Some("B2:D9".to_owned()));
        assert_eq!(Area::parse("A:C"), None);
    }
}
