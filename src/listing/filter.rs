//! What is left out of a list.

use import8_api::Status;

/// The most characters of a search.
pub(super) const MAX_WORDS: usize = 200;

/// What is left out. Each is empty when nothing is; texts are as the address has them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only those of this status.
    pub status: String,
    /// Only those with these words.
    pub q: String,
    /// Only those at least this sure, in percent.
    pub min_confidence: String,
    /// Only those at most this sure, in percent.
    pub max_confidence: String,
    /// Only those of this chapter: two digits.
    pub chapter: String,
    /// `true` or `false`: only those with a verdict, or without.
    pub reviewed: String,
    /// Only those asked for on this day or later: `2026-03-03`.
    pub from: String,
    /// Only those asked for on this day or earlier.
    pub to: String,
}

/// What is wrong with a filter that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The search has more than [`MAX_WORDS`] characters.
    Words,
    /// The chapter is not two digits.
    Chapter,
    /// The first day comes after the last.
    Days,
}

impl Filter {
    /// The filter of an address; see [`super::Listing::read`].
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
            reviewed: text("reviewed", |text| matches!(text, "true" | "false")),
            from: text("from", is_day),
            to: text("to", is_day),
        }
    }

    /// Whether nothing is left out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is wrong with it.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let is_chapter = self.chapter.len() == 2 && self.chapter.bytes().all(|byte| byte.is_ascii_digit());
        // Days are written so that their texts are in their order.
        let are_turned = !self.from.is_empty() && !self.to.is_empty() && self.from > self.to;
        let faults = [
            (Fault::Words, self.q.chars().count() > MAX_WORDS),
            (Fault::Chapter, !self.chapter.is_empty() && !is_chapter),
            (Fault::Days, are_turned),
        ];
        faults.into_iter().filter_map(|(fault, is_there)| is_there.then_some(fault)).collect()
    }

    /// The same without what is wrong with it.
    #[must_use]
    pub fn without_faults(&self) -> Self {
        let mut sound = self.clone();
        for fault in self.faults() {
            match fault {
                Fault::Words => sound.q.clear(),
                Fault::Chapter => sound.chapter.clear(),
                Fault::Days => {
                    sound.from.clear();
                    sound.to.clear();
                }
            }
        }
        sound
    }

    /// What it leaves out and `done` does not; all that `done` leaves out must be left out by it too.
    #[must_use]
    pub fn beyond(&self, done: &Self) -> Self {
        let rest = |own: &String, done: &String| if own == done { String::new() } else { own.clone() };
        Self {
            status: rest(&self.status, &done.status),
            q: rest(&self.q, &done.q),
            min_confidence: rest(&self.min_confidence, &done.min_confidence),
            max_confidence: rest(&self.max_confidence, &done.max_confidence),
            chapter: rest(&self.chapter, &done.chapter),
            reviewed: rest(&self.reviewed, &done.reviewed),
            from: rest(&self.from, &done.from),
            to: rest(&self.to, &done.to),
        }
    }

    pub(super) fn pairs(&self) -> [(&'static str, &str); 8] {
        [
            ("status", &self.status),
            ("q", &self.q),
            ("min_confidence", &self.min_confidence),
            ("max_confidence", &self.max_confidence),
            ("chapter", &self.chapter),
            ("reviewed", &self.reviewed),
            ("from", &self.from),
            ("to", &self.to),
        ]
    }
}

fn is_status(text: &str) -> bool {
    [Status::Pending, Status::Completed, Status::Failed].iter().any(|status| status.as_str() == text)
}

fn is_percent(text: &str) -> bool {
    text.parse::<u8>().is_ok_and(|percent| percent <= 100)
}

/// `2026-03-03`.
fn is_day(text: &str) -> bool {
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
        check(days("2026-03-03", "2026-03-03"), &[]);
        check(days("2026-03-03", ""), &[]);
        check(days("2026-03-04", "2026-03-03"), &[Fault::Days]);
        check(Filter { q: "é".repeat(200), ..Filter::default() }, &[]);
        check(Filter { q: "e".repeat(201), ..chapter("1") }, &[Fault::Words, Fault::Chapter]);
    }
}
