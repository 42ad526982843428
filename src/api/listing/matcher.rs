//! Client-side filter, for a service that does not filter. It finds the same rows as our server.

use import8_api::{ClassificationSummary, MAX_SEARCH_WORDS, Status, search_words};

use super::{Filter, code_digits, code_in_words};
use crate::api::decided::Decided;
use crate::i18n::format::start_of_day;

/// A filter, parsed for use on many rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matcher {
    status: Option<Status>,
    words: Vec<String>,
    /// The digits of the search text, if it may be a code; otherwise empty.
    words_code: String,
    min_confidence: Option<u8>,
    max_confidence: Option<u8>,
    chapter: String,
    code: String,
    is_reviewed: Option<bool>,
    /// Range of creation times, in seconds since 1970; `to` is exclusive.
    from: Option<i64>,
    to: Option<i64>,
}

/// Result of matching a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowMatch {
    /// The row matches.
    Match,
    /// The row does not match.
    NoMatch,
    /// The result depends on the corrected code, which the service does not return.
    NotTold,
}

impl Filter {
    /// The matcher of this filter. Days are in the reader's time zone.
    #[must_use]
    pub fn matcher(&self) -> Matcher {
        let moment = |day: &str, later| start_of_day(day, later).as_deref().and_then(seconds);
        self.matcher_between(moment(&self.from, 0), moment(&self.to, 1))
    }

    /// The matcher for given bounds, in seconds since 1970.
    fn matcher_between(&self, from: Option<i64>, to: Option<i64>) -> Matcher {
        Matcher {
            // Parsing a status cannot fail, because unknown words are a status too.
            status: self.status.parse().ok().filter(|_| !self.status.is_empty()),
            words: search_words(&self.q).into_iter().take(MAX_SEARCH_WORDS).collect(),
            words_code: code_in_words(&self.q).unwrap_or_default(),
            min_confidence: self.min_confidence.parse().ok(),
            max_confidence: self.max_confidence.parse().ok(),
            chapter: self.chapter.clone(),
            code: code_digits(&self.code).unwrap_or_default(),
            is_reviewed: self.reviewed.parse().ok(),
            from,
            to,
        }
    }
}

impl Matcher {
    /// Whether a row matches, by the decided code in the row itself.
    #[must_use]
    pub fn matches(&self, row: &ClassificationSummary) -> bool {
        self.look(row, &Decided::from_row) == RowMatch::Match
    }

    /// Whether the filter depends on the decided code.
    #[must_use]
    pub fn looks_at_codes(&self) -> bool {
        !(self.chapter.is_empty() && self.code.is_empty() && self.words_code.is_empty())
    }

    /// Matches a row; `decided` returns its decided code. A field that the row does not have never matches.
    #[must_use]
    pub fn look(
        &self,
        row: &ClassificationSummary,
        decided: &dyn Fn(&ClassificationSummary) -> Option<Decided>,
    ) -> RowMatch {
        let is_found = self.status.as_ref().is_none_or(|status| row.status == *status)
            && self.matches_confidence(row)
            && self.is_reviewed.is_none_or(|is_reviewed| row.feedback.is_some() == is_reviewed)
            && self.matches_time(row);
        let has_words = self.matches_words(row);
        if !is_found || !(has_words || self.looks_at_codes()) {
            return RowMatch::NoMatch;
        }
        let decided = if self.looks_at_codes() { decided(row) } else { None };
        let code = decided.as_ref().and_then(Decided::code);
        let begins_with = |digits: &str| code.is_some_and(|code| code.bare().starts_with(digits));
        let has_code = [&self.chapter, &self.code].iter().all(|own| own.is_empty() || begins_with(own));
        let by_words = has_words || (!self.words_code.is_empty() && begins_with(&self.words_code));
        match decided {
            _ if has_code && by_words => RowMatch::Match,
            Some(Decided::NotTold) if has_words || !self.words_code.is_empty() => RowMatch::NotTold,
            _ => RowMatch::NoMatch,
        }
    }

    fn matches_confidence(&self, row: &ClassificationSummary) -> bool {
        if self.min_confidence.is_none() && self.max_confidence.is_none() {
            return true;
        }
        row.confidence.is_some_and(|confidence| {
            let percent = confidence.percent();
            self.min_confidence.is_none_or(|min| percent >= min)
                && self.max_confidence.is_none_or(|max| percent <= max)
        })
    }

    fn matches_time(&self, row: &ClassificationSummary) -> bool {
        if self.from.is_none() && self.to.is_none() {
            return true;
        }
        row.created_at
            .as_deref()
            .and_then(seconds)
            .is_some_and(|at| self.from.is_none_or(|from| at >= from) && self.to.is_none_or(|to| at < to))
    }

    /// Whether every word of the search is a word of the product, or the beginning of one.
    fn matches_words(&self, row: &ClassificationSummary) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let product = search_words(row.product_summary.as_deref().unwrap_or_default());
        self.words.iter().all(|wanted| product.iter().any(|word| word.starts_with(wanted)))
    }
}

/// Parses an RFC 3339 time into whole seconds since 1970. `None` if the text is no time.
#[must_use]
pub fn seconds(time: &str) -> Option<i64> {
    let number = |from: usize, to: usize| {
        let digits = time.get(from..to)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<i64>().ok())?
    };
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let zone = time.get(19..)?.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    let offset = match zone {
        "Z" | "z" => 0,
        _ => {
            let at = time.len() - zone.len();
            let minutes = number(at + 1, at + 3)? * 60 + number(at + 4, at + 6)?;
            if zone.starts_with('-') { -minutes } else { minutes }
        }
    };
    // Days since 1970 in the Gregorian calendar, counted in years that begin with March.
    let (shifted_year, shifted_month) = (year - i64::from(month <= 2), (month + 9) % 12);
    let leap_days = shifted_year / 4 - shifted_year / 100 + shifted_year / 400;
    let days = 365 * shifted_year + leap_days + (153 * shifted_month + 2) / 5 + day - 1 - 719_468;
    Some(((days * 24 + hour) * 60 + minute - offset) * 60 + second)
}

#[cfg(test)]
mod tests {
    use import8_api::decode;

    use super::*;

    const ROW: &str = r#"{"id": "1", "status": "completed", "product_summary": "Crème brûlée-set, RVS 750 ml",
        "hs_code": "7323.93.00", "confidence": 74.5, "created_at": "2026-03-03T23:30:00+00:00"}"#;

    fn is_found(json: &str, change: impl Fn(&mut Filter)) -> bool {
        look(json, change) == RowMatch::Match
    }

    fn look(json: &str, change: impl Fn(&mut Filter)) -> RowMatch {
        let row: ClassificationSummary = decode(json).expect(json);
        let mut filter = Filter::default();
        change(&mut filter);
        // The time zone of the test's reader is UTC+1.
        let moment = |day: &str| seconds(&format!("{day}T00:00:00+01:00"));
        let to = moment(&filter.to).map(|day| day + 24 * 60 * 60);
        filter.matcher_between(moment(&filter.from), to).look(&row, &Decided::from_row)
    }

    #[test]
    fn a_filter_looks_at_a_row() {
        let check = |name: &str, value: &str, expected: bool| {
            let change = |filter: &mut Filter| {
                let field = match name {
                    "status" => &mut filter.status,
                    "q" => &mut filter.q,
                    "min_confidence" => &mut filter.min_confidence,
                    "max_confidence" => &mut filter.max_confidence,
                    "chapter" => &mut filter.chapter,
                    "code" => &mut filter.code,
                    "reviewed" => &mut filter.reviewed,
                    "from" => &mut filter.from,
                    _ => &mut filter.to,
                };
                *field = value.to_owned();
            };
            assert_eq!(is_found(ROW, change), expected, "{name}={value}");
        };
        check("q", "", true);
        check("status", "completed", true);
        check("status", "failed", false);
        check("q", "rvs", true);
        check("q", "CREME brul", true);
        check("q", "brûlée set", true);
        check("q", "75 cr", true);
        check("q", "rème", false);
        check("q", "rvs pan", false);
        check("q", "\"*-", true);
        check("min_confidence", "75", true);
        check("min_confidence", "76", false);
        check("max_confidence", "75", true);
        check("max_confidence", "74", false);
        check("chapter", "73", true);
        check("chapter", "07", false);
        check("code", "73", true);
        check("code", "7323 93", true);
        check("code", "7323.93.00.10", false);
        check("code", "0732", false);
        // The search text may be a code or a size.
        check("q", "7323.93", true);
        check("q", "7324", false);
        check("q", "750", true);
        check("reviewed", "false", true);
        check("reviewed", "true", false);
        // 23:30 UTC is on the next day in UTC+1.
        check("from", "2026-03-04", true);
        check("from", "2026-03-05", false);
        check("to", "2026-03-04", true);
        check("to", "2026-03-03", false);
    }

    #[test]
    fn words_match_that_the_server_would_find() {
        let cases = include_str!("../../../crates/import8-api/tests/folded.tsv").lines().skip(1);
        for (written, folded) in cases.filter_map(|case| case.split_once('\t')) {
            let row = serde_json::json!({ "id": "1", "status": "pending", "product_summary": written });
            for search in [written, folded] {
                assert!(is_found(&row.to_string(), |filter| filter.q = search.to_owned()), "{search}");
            }
        }
        // The service reads the first words of a long search.
        let many = format!("{}pan", "rvs ".repeat(MAX_SEARCH_WORDS));
        assert!(is_found(ROW, |filter| filter.q = many.clone()));
    }

    #[test]
    fn what_a_row_does_not_say_it_does_not_match() {
        let row = r#"{"id": "1", "status": "failed", "hs_code": null}"#;
        assert!(is_found(row, |_| ()));
        assert!(is_found(row, |filter| filter.status = "failed".to_owned()));
        assert!(!is_found(row, |filter| filter.q = "x".to_owned()));
        assert!(!is_found(row, |filter| filter.max_confidence = "44".to_owned()));
        assert!(!is_found(row, |filter| filter.chapter = "73".to_owned()));
        assert!(!is_found(row, |filter| filter.code = "73".to_owned()));
        assert!(!is_found(row, |filter| filter.from = "2026-03-03".to_owned()));
    }

    #[test]
    fn the_code_that_counts_is_looked_for() {
        let row = |more: &str| {
            format!(
                r#"{{"id": "1", "status": "completed", "product_summary": "pan 9617", "hs_code": "7323.93.00"{more}}}"#
            )
        };
        let corrected = row(
            r#", "feedback": "corrected", "decided": {"code": "9617.00", "by": "person", "open_digits": 4}"#,
        );
        let untold = row(r#", "feedback": "corrected""#);
        let check = |name: &str, value: &str, expected: [RowMatch; 2]| {
            let change = |filter: &mut Filter| {
                let field = match name {
                    "chapter" => &mut filter.chapter,
                    "code" => &mut filter.code,
                    _ => &mut filter.q,
                };
                *field = value.to_owned();
            };
            assert_eq!([look(&corrected, change), look(&untold, change)], expected, "{name}={value}");
        };
        check("chapter", "96", [RowMatch::Match, RowMatch::NotTold]);
        check("chapter", "73", [RowMatch::NoMatch, RowMatch::NotTold]);
        check("code", "9617.00", [RowMatch::Match, RowMatch::NotTold]);
        check("code", "7323", [RowMatch::NoMatch, RowMatch::NotTold]);
        check("q", "9617", [RowMatch::Match, RowMatch::Match]);
        check("q", "9617 00", [RowMatch::Match, RowMatch::NotTold]);
        check("q", "7323", [RowMatch::NoMatch, RowMatch::NotTold]);
        check("q", "bottle", [RowMatch::NoMatch, RowMatch::NoMatch]);
    }

    #[test]
    fn all_that_must_match_at_once() {
        let both = |q: &'static str| {
            move |filter: &mut Filter| {
                filter.q = q.to_owned();
                filter.chapter = "73".to_owned();
            }
        };
        assert!(is_found(ROW, both("rvs")));
        assert!(!is_found(ROW, both("pan")));
    }

    #[test]
    fn times_are_read_exactly() {
        let check = |time: &str, expected: Option<i64>| assert_eq!(seconds(time), expected, "{time}");
        check("1970-01-01T00:00:00Z", Some(0));
        check("2000-02-29T12:00:00.999+00:00", Some(951_825_600));
        check("2000-02-29T12:00:00+02:30", Some(951_816_600));
        check("1999-12-31T23:59:59-01:00", Some(946_688_399));
        check("2026-03-03T12:00:00z", Some(1_772_539_200));
        check("2026-03-03", None);
        check("2026-03-03T12:00:00", None);
        check("2026-03-0xT12:00:00Z", None);
        check("yesterday", None);
        check("", None);
    }
}
