//! The edition in force with an index of the codes that goods can be declared under.

use std::sync::Arc;

use import8_api::HsCode;
use import8_tariff::{Edition, GoodsCode, Line, Publication, is_in_force, lines_above};
use jiff::civil::Date;

use super::codes::A_CODE;
use super::word_index::WordIndex;
use crate::language::Language;

/// An edition in force.
#[derive(Debug)]
pub(super) struct InForce {
    pub(super) edition: Arc<Edition>,
    /// The number of digits that its codes go to: six, eight or ten.
    pub(super) digits: usize,
    /// The words of its lines.
    pub(super) words: WordIndex,
    /// The positions of the lines that are the lowest on some day, ascending.
    leaves: Vec<usize>,
}

impl InForce {
    /// Indexes an edition. It goes through all lines twice.
    pub(super) fn new(edition: Arc<Edition>) -> Self {
        let digits = match edition.publication {
            Publication::HarmonizedSystem => 6,
            Publication::CombinedNomenclature => 8,
            Publication::Taric | Publication::Own => 10,
        };
        let lines = &edition.lines;
        // A line that is divided now may be the lowest when the lines below it have ended, and the other way around.
        let days = [edition.day, Date::MAX];
        let is_leaf = |(at, line): &(usize, &Line)| {
            line.suffix == A_CODE
                && line.code.significant().len() > 2
                && days.iter().any(|day| is_lowest(lines, *at, nearest_day(line, *day)))
        };
        let leaves = lines.iter().enumerate().filter(is_leaf).map(|(at, _)| at).collect();
        Self { digits, words: WordIndex::of_edition(&edition), leaves, edition }
    }

    /// The codes that begin with these digits, as far as the edition's codes go, and are the lowest on a day; in order.
    pub(super) fn leaves_under(&self, code: &str, day: Date) -> Vec<&str> {
        let lines = &self.edition.lines;
        let on_day = self.positions_under(code).filter(|at| is_lowest(lines, *at, day));
        let mut codes: Vec<_> =
            on_day.filter_map(|at| lines.get(at)).map(|line| line.code.as_str()).collect();
        codes.dedup();
        codes
    }

    /// The lines of codes that begin with these digits, as far as the edition's codes go, and are the lowest on some
    /// day; in order.
    pub(super) fn lowest_lines_under(&self, code: &str) -> impl Iterator<Item = &Line> {
        self.positions_under(code).filter_map(|at| self.edition.lines.get(at))
    }

    fn positions_under(&self, code: &str) -> impl Iterator<Item = usize> {
        let prefix = code.get(..self.digits).unwrap_or(code).to_owned();
        let code_at = |at: usize| self.edition.lines.get(at).map_or("", |line| line.code.as_str());
        let first = self.leaves.partition_point(|at| code_at(*at) < prefix.as_str());
        let from = self.leaves.get(first..).unwrap_or_default().iter().copied();
        from.take_while(move |at| code_at(*at).starts_with(&prefix))
    }

    /// Whether the edition has a code, as far as its codes go, on any day.
    pub(super) fn has(&self, code: &str) -> bool {
        self.positions_under(code).next().is_some()
            || (code.len() == 10 && self.line(code, self.edition.day).is_some())
    }

    /// The line of a code of two to ten digits: of several, the one that applies on a day, or else the one that applies
    /// longest. `None` for a code of more digits than the edition's codes have.
    pub(super) fn line(&self, code: &str, day: Date) -> Option<&Line> {
        let padded = GoodsCode::padded(code).ok().filter(|_| code.len() <= self.digits)?;
        self.edition.lines.get(self.position(padded, day)?)
    }

    /// The lowest codes below a line on a day, in order: also those that differ from it in their last digits only.
    pub(super) fn leaves_below(&self, code: &str, day: Date) -> Vec<&str> {
        let lines = &self.edition.lines;
        let at = GoodsCode::padded(code).ok().and_then(|code| self.position(code, day));
        let below = at.into_iter().flat_map(|at| below(lines, at, day));
        let mut codes: Vec<_> =
            below.filter(|(at, _)| is_lowest(lines, *at, day)).map(|(_, line)| line.code.as_str()).collect();
        codes.dedup();
        codes
    }

    /// The position of the line of exactly this code: of several as in [`line`](Self::line).
    fn position(&self, code: GoodsCode, day: Date) -> Option<usize> {
        let lines = &self.edition.lines;
        let first = lines.partition_point(|line| line.code < code);
        let same = lines.iter().enumerate().skip(first).take_while(|(_, line)| line.code == code);
        let of_code = same.filter(|(_, line)| line.suffix == A_CODE);
        of_code.max_by_key(|(_, line)| (applies(line, day), line.to.is_none(), line.to)).map(|(at, _)| at)
    }

    /// The lines from the chapter down to that of a code, or of the nearest code above it, on a day; the grouping lines
    /// too. Of a code that does not apply then, they are those of the nearest day on which it does.
    pub(super) fn path(&self, code: HsCode, day: Date) -> Vec<&Line> {
        let above = GoodsCode::padded(code.bare()).ok().into_iter().flat_map(|code| code.with_ancestors());
        let position = above.filter_map(|above| self.position(above, day)).next();
        let Some((at, line)) = position.and_then(|at| Some((at, self.edition.lines.get(at)?))) else {
            return Vec::new();
        };
        let day = nearest_day(line, day);
        let mut path = vec![line];
        if line.indent > 0 {
            path.extend(lines_above(&self.edition, at, day));
        } else {
            let digits = line.code.significant().len();
            let above = line.code.with_ancestors().skip(1).filter(|above| above.significant().len() < digits);
            path.extend(above.filter_map(|above| self.line(above.significant(), day)));
        }
        let chapter = line.code.as_str().get(..2).and_then(|chapter| self.line(chapter, day));
        path.extend(chapter.filter(|chapter| path.iter().all(|one| one.code != chapter.code)));
        path.reverse();
        path
    }

    /// The last day of a code that has ended, or the first day of one that has not begun. A code that is divided does
    /// not apply either while none of the codes below it does.
    pub(super) fn out_of_force(&self, code: &str, day: Date) -> Option<OutOfForce> {
        let code = code.get(..self.digits).unwrap_or(code);
        if let Some(line) = self.line(code, day).filter(|line| !applies(line, day)) {
            return OutOfForce::of(&[line], day);
        }
        let lowest: Vec<_> = self.lowest_lines_under(code).collect();
        if lowest.iter().any(|line| applies(line, day)) { None } else { OutOfForce::of(&lowest, day) }
    }
}

/// The reason why a code cannot be declared on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutOfForce {
    /// Its last day is over.
    Ended(Date),
    /// Its first day is still to come.
    Begins(Date),
}

impl OutOfForce {
    /// The next first day of lines that do not apply on a day, or else their last day; `None` without lines.
    fn of(lines: &[&Line], day: Date) -> Option<Self> {
        let begins = lines.iter().filter_map(|line| line.from).filter(|from| day < *from).min();
        let ended = || lines.iter().filter_map(|line| line.to).max();
        begins.map(Self::Begins).or_else(|| ended().map(Self::Ended))
    }
}

/// Whether a line applies on a day.
pub(super) fn applies(line: &Line, day: Date) -> bool {
    is_in_force(line.from, line.to, day)
}

/// The day on which a line applies that is the nearest to a day.
fn nearest_day(line: &Line, day: Date) -> Date {
    let from = line.from.map_or(day, |from| day.max(from));
    line.to.map_or(from, |to| from.min(to))
}

/// Whether goods can be declared under a line on a day: the publication says so, or else no line below it applies.
fn is_lowest(lines: &[Line], at: usize, day: Date) -> bool {
    lines.get(at).is_some_and(|line| {
        applies(line, day) && line.declarable.unwrap_or_else(|| below(lines, at, day).next().is_none())
    })
}

/// The lines below the one at a position that codes stand for and that apply on a day, with their positions: the
/// following ones until one has as few dashes. A chapter and its headings have no dashes, so below a chapter are all
/// lines with its digits.
fn below(lines: &[Line], at: usize, day: Date) -> impl Iterator<Item = (usize, &Line)> {
    let line = lines.get(at);
    let is_below = move |other: &Line| {
        line.is_some_and(|line| {
            let significant = line.code.significant();
            let heading = significant.get(..4).unwrap_or(significant);
            let prefix = if line.indent < other.indent { heading } else { significant };
            (line.indent < other.indent || line.indent == 0) && other.code.as_str().starts_with(prefix)
        })
    };
    let following = lines.iter().enumerate().skip(at.saturating_add(1));
    following
        .filter(move |(_, line)| applies(line, day))
        .take_while(move |(_, line)| is_below(line))
        .filter(|(_, line)| line.suffix == A_CODE)
}

/// The digits of a line's code; empty for a line that only groups others.
pub(super) fn digits(line: &Line) -> &str {
    if line.suffix == A_CODE { line.code.significant() } else { "" }
}

/// The text in a language; if there is none, in English, and if there is none, in the first language by code.
pub(super) fn text(names: &import8_tariff::Names, language: Language) -> String {
    text_in(names, language.as_str())
}

/// As [`text`], in any language, by its ISO 639-1 code.
pub(super) fn text_in(names: &import8_tariff::Names, language: &str) -> String {
    let found = names.get(language).or_else(|| names.get(Language::En.as_str()));
    found.or_else(|| names.values().next()).cloned().unwrap_or_default()
}
