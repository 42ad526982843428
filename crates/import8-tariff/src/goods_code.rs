//! Goods codes: the ten digits under which TARIC keeps a line, padded with zeros on the right.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A goods code of ten digits. A line of fewer digits is padded with zeros on the right, as in TARIC: chapter 85 is
/// `8500000000`, heading 8518 is `8518000000`, CN code 8518 30 00 is `8518300000`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct GoodsCode([u8; 10]);

impl GoodsCode {
    /// Reads two to ten digits (an even number of them), padded with zeros on the right to ten.
    ///
    /// # Errors
    /// The text is something else.
    pub fn padded(digits: &str) -> Result<Self, GoodsCodeError> {
        let is_code =
            matches!(digits.len(), 2 | 4 | 6 | 8 | 10) && digits.bytes().all(|b| b.is_ascii_digit());
        if !is_code {
            return Err(GoodsCodeError(digits.to_owned()));
        }
        let mut code = [b'0'; 10];
        code.iter_mut().zip(digits.bytes()).for_each(|(place, digit)| *place = digit);
        Ok(Self(code))
    }

    /// All ten digits: `"8518300000"`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // The constructor takes ASCII digits only, so the fallback is never taken.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The digits without the pairs of zeros that pad them, at least two: `"85183000"` is `"851830"`.
    #[must_use]
    pub fn significant(&self) -> &str {
        let digits = self.0.chunks(2).rposition(|pair| pair != b"00").map_or(2, |last| 2 * (last + 1));
        self.as_str().get(..digits).unwrap_or_default()
    }

    /// The code itself and the codes it inherits from, the most specific first and each once: its first ten, eight,
    /// six, four and two digits, padded.
    pub fn with_ancestors(self) -> impl Iterator<Item = Self> {
        let mut previous = None;
        [10, 8, 6, 4, 2].into_iter().filter_map(move |digits| {
            let mut code = [b'0'; 10];
            code.iter_mut().zip(self.0).take(digits).for_each(|(place, digit)| *place = digit);
            (previous != Some(code)).then(|| {
                previous = Some(code);
                Self(code)
            })
        })
    }
}

/// The error for a text that is not two, four, six, eight or ten digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a goods code of two to ten digits")]
pub struct GoodsCodeError(pub String);

impl FromStr for GoodsCode {
    type Err = GoodsCodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::padded(text)
    }
}

impl TryFrom<String> for GoodsCode {
    type Error = GoodsCodeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::padded(&text)
    }
}

impl From<GoodsCode> for String {
    fn from(code: GoodsCode) -> Self {
        code.as_str().to_owned()
    }
}

impl fmt::Display for GoodsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for GoodsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_padded_and_inherits() {
        let check = |digits: &str, significant: &str, ancestors: &str| {
            let code = GoodsCode::padded(digits).expect("a code");
            assert_eq!(code.significant(), significant);
            let all: Vec<_> = code.with_ancestors().map(String::from).collect();
            assert_eq!(all.join(" "), ancestors);
        };
        check("8518300099", "8518300099", "8518300099 8518300000 8518000000 8500000000");
        check("85183000", "851830", "8518300000 8518000000 8500000000");
        check("85", "85", "8500000000");
        for text in ["", "8", "851", "85183000990", "8518.30", "٨٥"] {
            assert!(GoodsCode::padded(text).is_err(), "{text}");
        }
    }
}
