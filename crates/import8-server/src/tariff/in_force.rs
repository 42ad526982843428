//! The edition in force with an index of the codes that goods can be declared under.

use std::sync::Arc;

use import8_api::HsCode;
use import8_tariff::{Edition, GoodsCode, Line, Publication};
use jiff::civil::Date;

use crate::language::Language;

/// The suffix of a line that a code stands for; smaller ones only group the lines below them.
const A_CODE: u8 = 80;

/// An edition in force.
#[derive(Debug)]
pub(super) struct InForce {
    pub(super) edition: Arc<Edition>,
    /// The number of digits that its codes go to: six, eight or ten.
    pub(super) digits: usize,
    /// The lowest codes, ascending, that have not ended before the day of the edition.
    leaves: Vec<GoodsCode>,
}

impl InForce {
    /// Indexes an edition. It goes through all lines once.
    pub(super) fn new(edition: Arc<Edition>) -> Self {
        let digits = match edition.publication {
            Publication::HarmonizedSystem => 6,
            Publication::CombinedNomenclature => 8,
            Publication::Taric | Publication::Own => 10,
        };
        let lines = &edition.lines;
        let is_leaf = |(at, line): &(usize, &Line)| {
            line.suffix == A_CODE
                && line.to.is_none_or(|to| edition.day <= to)
                && line.code.significant().len() > 2
                && line.declarable.unwrap_or_else(|| below(lines, *at).next().is_none())
        };
        let mut leaves: Vec<_> =
            lines.iter().enumerate().filter(is_leaf).map(|(_, line)| line.code).collect();
        leaves.dedup();
        Self { digits, leaves, edition }
    }

    /// The lowest codes that begin with these digits, as far as the edition's codes go; in order.
    pub(super) fn leaves_under(&self, code: &str) -> impl Iterator<Item = &str> {
        let prefix = code.get(..self.digits).unwrap_or(code).to_owned();
        let first = self.leaves.partition_point(|leaf| leaf.as_str() < prefix.as_str());
        let from = self.leaves.get(first..).unwrap_or_default().iter();
        from.map(GoodsCode::as_str).take_while(move |leaf| leaf.starts_with(&prefix))
    }

    /// Whether the edition has a code, as far as its codes go.
    pub(super) fn has(&self, code: &str) -> bool {
        self.leaves_under(code).next().is_some() || (code.len() == 10 && self.line(code).is_some())
    }

    /// The line of a code of two to ten digits: of several, the one that applies longest. `None` for a code of more
    /// digits than the edition's codes have.
    pub(super) fn line(&self, code: &str) -> Option<&Line> {
        let code = GoodsCode::padded(code).ok().filter(|_| code.len() <= self.digits)?;
        self.lines_of(code).iter().filter(|line| line.suffix == A_CODE).max_by_key(|line| latest(line))
    }

    /// The lowest codes below a line, in order: also those that differ from it in their last digits only.
    pub(super) fn leaves_below(&self, code: &str) -> Vec<&str> {
        let Some(line) = self.line(code) else { return Vec::new() };
        let below = below(&self.edition.lines, self.index_of(line)).map(|line| &line.code);
        let mut codes: Vec<_> = below.filter(|code| self.leaves.binary_search(code).is_ok()).collect();
        codes.dedup();
        codes.into_iter().map(GoodsCode::as_str).collect()
    }

    /// All lines of exactly this code, by suffix.
    fn lines_of(&self, code: GoodsCode) -> &[Line] {
        let lines = &self.edition.lines;
        let from = lines.get(lines.partition_point(|line| line.code < code)..).unwrap_or_default();
        from.get(..from.partition_point(|line| line.code == code)).unwrap_or_default()
    }

    fn index_of(&self, line: &Line) -> usize {
        self.edition.lines.partition_point(|other| (other.code, other.suffix) < (line.code, line.suffix))
    }

    /// The line of a code, or that of the nearest code above it.
    fn nearest_line(&self, code: HsCode) -> Option<&Line> {
        let above = GoodsCode::padded(code.bare()).ok()?.with_ancestors();
        self.line(code.bare()).or_else(|| {
            let mut lines = above.flat_map(|above| self.lines_of(above));
            lines.find(|line| line.suffix == A_CODE)
        })
    }

    /// The lines from the chapter down to that of a code, or of the nearest code above it; the grouping lines too.
    pub(super) fn path(&self, code: HsCode) -> Vec<&Line> {
        let Some(line) = self.nearest_line(code) else { return Vec::new() };
        let mut path = vec![line];
        let digits = line.code.significant().len();
        if line.indent > 0 {
            let mut indent = line.indent;
            // The nearest earlier line with fewer dashes is the one above; a heading has none.
            for earlier in self.edition.lines.iter().take(self.index_of(line)).rev() {
                if earlier.indent < indent {
                    indent = earlier.indent;
                    path.push(earlier);
                }
                if indent == 0 {
                    break;
                }
            }
        } else {
            let above = line.code.with_ancestors().skip(1).filter(|above| above.significant().len() < digits);
            path.extend(above.filter_map(|above| self.line(above.significant())));
        }
        let chapter = line.code.as_str().get(..2).and_then(|chapter| self.line(chapter));
        path.extend(chapter.filter(|chapter| path.iter().all(|one| one.code != chapter.code)));
        path.reverse();
        path
    }

    /// The last day of a code that has ended, or the first day of one that has not begun.
    pub(super) fn out_of_force(&self, code: &str, day: Date) -> Option<OutOfForce> {
        let line = self.line(code.get(..self.digits).unwrap_or(code))?;
        match (line.from, line.to) {
            (Some(from), _) if day < from => Some(OutOfForce::Begins(from)),
            (_, Some(to)) if to < day => Some(OutOfForce::Ended(to)),
            _ => None,
        }
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

/// The lines below the one at an index that codes stand for: the following ones until one has as few dashes. A chapter
/// and its headings have no dashes, so below a chapter are all lines with its digits.
fn below(lines: &[Line], at: usize) -> impl Iterator<Item = &Line> {
    let line = lines.get(at);
    let is_below = move |other: &&Line| {
        line.is_some_and(|line| {
            let significant = line.code.significant();
            let heading = significant.get(..4).unwrap_or(significant);
            let prefix = if line.indent < other.indent { heading } else { significant };
            (line.indent < other.indent || line.indent == 0) && other.code.as_str().starts_with(prefix)
        })
    };
    lines
        .get(at.saturating_add(1)..)
        .unwrap_or_default()
        .iter()
        .take_while(is_below)
        .filter(|line| line.suffix == A_CODE)
}

/// A key by which a line that applies longer is greater.
fn latest(line: &Line) -> (bool, Option<Date>) {
    (line.to.is_none(), line.to)
}

/// The digits of a line's code; empty for a line that only groups others.
pub(super) fn digits(line: &Line) -> &str {
    if line.suffix == A_CODE { line.code.significant() } else { "" }
}

/// The text in a language; if there is none, in English, and if there is none, in the first language by code.
pub(super) fn text(names: &import8_tariff::Names, language: Language) -> String {
    let found = names.get(language.as_str()).or_else(|| names.get(Language::En.as_str()));
    found.or_else(|| names.values().next()).cloned().unwrap_or_default()
}
