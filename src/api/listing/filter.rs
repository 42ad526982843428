//! Filter of the history.

use import8_api::Status;

/// The most characters of a search text.
pub(super) const MAX_WORDS: usize = 200;

/// A filter of the history. An empty field filters nothing; each text is as in the address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Status of the classification.
    pub status: String,
    /// Words in the product.
    pub q: String,
    /// Lowest confidence, in percent.
    pub min_confidence: String,
    /// Highest confidence, in percent.
    pub max_confidence: String,
    /// HS chapter of the decided code: two digits.
    pub chapter: String,
    /// First digits of the decided code, as typed: see [`code_digits`].
    pub code: String,
    /// `true` for classifications with a verdict, `false` for those without.
    pub reviewed: String,
    /// `false` for classifications whose decided code is not in the imported tariff. Only the review queue reads it from
    /// its address: see [`super::queue`].
    pub in_tariff: String,
    /// First day of creation, in the reader's time zone: `2026-03-03`.
    pub from: String,
    /// Last day of creation, inclusive.
    pub to: String,
}

/// Error in a typed filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The search text has more than [`MAX_WORDS`] characters.
    Words,
    /// The chapter is not two digits.
    Chapter,
    /// The code is not two to ten digits.
    Code,
    /// The first day is after the last day.
    Days,
}

impl Filter {
    /// Parses the filter of an address; see [`super::Listing::read`].
    pub(super) fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str, makes_sense: fn(&str) -> bool| {
            get(name).filter(|text| makes_sense(text)).unwrap_or_default()
        };
        Self {
            status: text("status", is_status),
            q: text("q", |_| true),
            min_confidence: text("min_confidence", is_percent),
            max_confidence: text("max_confidence", is_percent),
            chapter: text("chapter", |_| true),
            code: text("code", |_| true),
            reviewed: text("reviewed", |text| matches!(text, "true" | "false")),
            in_tariff: String::new(),
            from: text("from", is_day),
            to: text("to", is_day),
        }
    }

    /// Whether the filter keeps every row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The errors in the filter.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let is_chapter = self.chapter.len() == 2 && self.chapter.bytes().all(|byte| byte.is_ascii_digit());
        // ISO dates sort as text.
        let are_turned = !self.from.is_empty() && !self.to.is_empty() && self.from > self.to;
        let faults = [
            (Fault::Words, self.q.chars().count() > MAX_WORDS),
            (Fault::Chapter, !self.chapter.is_empty() && !is_chapter),
            (Fault::Code, !self.code.is_empty() && code_digits(&self.code).is_none()),
            (Fault::Days, are_turned),
        ];
        faults.into_iter().filter_map(|(fault, is_there)| is_there.then_some(fault)).collect()
    }

    /// The filter without its wrong fields.
    #[must_use]
    pub fn without_faults(&self) -> Self {
        let mut sound = self.clone();
        for fault in self.faults() {
            match fault {
                Fault::Words => sound.q.clear(),
                Fault::Chapter => sound.chapter.clear(),
                Fault::Code => sound.code.clear(),
                Fault::Days => {
                    sound.from.clear();
                    sound.to.clear();
                }
            }
        }
        sound
    }

    /// The fields in which this filter differs from `done`: the rest to apply after a service that applied
    /// `done`. `done` must keep every row that this filter keeps.
    #[must_use]
    pub fn beyond(&self, done: &Self) -> Self {
        let rest = |own: &String, done: &String| if own == done { String::new() } else { own.clone() };
        Self {
            status: rest(&self.status, &done.status),
            q: rest(&self.q, &done.q),
            min_confidence: rest(&self.min_confidence, &done.min_confidence),
            max_confidence: rest(&self.max_confidence, &done.max_confidence),
            chapter: rest(&self.chapter, &done.chapter),
            code: rest(&self.code, &done.code),
            reviewed: rest(&self.reviewed, &done.reviewed),
            in_tariff: rest(&self.in_tariff, &done.in_tariff),
            from: rest(&self.from, &done.from),
            to: rest(&self.to, &done.to),
        }
    }

    pub(super) fn pairs(&self) -> [(&'static str, &str); 10] {
        [
            ("status", &self.status),
            ("q", &self.q),
            ("min_confidence", &self.min_confidence),
            ("max_confidence", &self.max_confidence),
            ("chapter", &self.chapter),
            ("code", &self.code),
            ("reviewed", &self.reviewed),
            ("in_tariff", &self.in_tariff),
            ("from", &self.from),
            ("to", &self.to),
        ]
    }
}

/// The digits of a typed code or the beginning of one, from 2 to 10: `8518.30`, `8518 30` and `851830` are
/// the same. `None` if the text is no code.
#[must_use]
pub fn code_digits(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|letter| *letter != '.' && !letter.is_whitespace()).collect();
    let is_code = (2..=10).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_code.then_some(digits)
}

/// The digits of a search text that may be a code. Fewer than four digits, a heading, are usually a size, so
/// `None`.
#[must_use]
pub fn code_in_words(words: &str) -> Option<String> {
    code_digits(words).filter(|digits| digits.len() >= 4)
}

fn is_status(text: &str) -> bool {
    [Status::Pending, Status::Completed, Status::Failed].iter().any(|status| status.as_str() == text)
}

fn is_percent(text: &str) -> bool {
    text.parse::<u8>().is_ok_and(|percent| percent <= 100)
}

/// Whether the text has the form `2026-03-03`.
#[must_use]
pub fn is_day(text: &str) -> bool {
    let is_digit =
        |(at, byte): (usize, u8)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(is_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_wrong_is_named_and_leaves_nothing_out() {
        let check = |filter: Filter, expected: &[Fault]| {
            assert_eq!(filter.faults(), expected, "{filter:?}");
            assert_eq!(filter.without_faults() == filter, expected.is_empty(), "{filter:?}");
            assert_eq!(filter.without_faults().faults(), [], "{filter:?}");
        };
        let chapter = |text: &str| Filter { chapter: text.to_owned(), ..Filter::default() };
        let days =
            |from: &str, to: &str| Filter { from: from.to_owned(), to: to.to_owned(), ..Filter::default() };
        check(Filter::default(), &[]);
        check(chapter("08"), &[]);
        check(chapter("8"), &[Fault::Chapter]);
        check(chapter("8x"), &[Fault::Chapter]);
        check(chapter("851"), &[Fault::Chapter]);
        let code = |text: &str| Filter { code: text.to_owned(), ..Filter::default() };
        check(code("8518.30"), &[]);
        check(code("85"), &[]);
        check(code("8"), &[Fault::Code]);
        check(code("8518.30.00.901"), &[Fault::Code]);
        check(code("shoes"), &[Fault::Code]);
        check(days("2026-03-03", "2026-03-03"), &[]);
        check(days("2026-03-03", ""), &[]);
        check(days("2026-03-04", "2026-03-03"), &[Fault::Days]);
        check(Filter { q: "é".repeat(200), ..Filter::default() }, &[]);
        check(Filter { q: "e".repeat(201), ..chapter("1") }, &[Fault::Words, Fault::Chapter]);
    }

    #[test]
    fn a_code_is_typed_in_any_form() {
        let check = |typed: &str, expected: [Option<&str>; 2]| {
            let found = [code_digits(typed), code_in_words(typed)];
            assert_eq!(found.each_ref().map(Option::as_deref), expected, "{typed}");
        };
        for typed in ["851830", "8518.30", "8518 30", " 85 18.30 ", "8518\u{a0}30"] {
            check(typed, [Some("851830"); 2]);
        }
        check("8518.3", [Some("85183"); 2]);
        check("085", [Some("085"), None]);
        check("8518300090", [Some("8518300090"); 2]);
        for typed in ["", "8", ".", "85183000901", "8518x", "-8518", "8518,30", "٨٥١٨"] {
            check(typed, [None; 2]);
        }
    }
}
