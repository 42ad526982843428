//! Checks the seed's duties against the EU's list of 2020. A CN code has the duty of its most specific row.

use std::collections::{BTreeMap, BTreeSet};

use super::rows::{Cn, Mistake, Place, Row, under};

/// Components of a duty that are not numbers: their notations without spaces, and that of the seed.
const COMPONENTS: [(&str, &str); 5] =
    [("EA", "EA"), ("ADSZ", "AD S/Z"), ("ADS/Z", "AD S/Z"), ("ADFM", "AD F/M"), ("ADF/M", "AD F/M")];
/// Units: their notations without spaces, and that of the seed.
const UNITS: [(&str, &str); 16] = [
    ("kg", "kg"),
    ("100kg", "100 kg"),
    ("tonne", "tonne"),
    ("1000kg", "tonne"),
    ("100kg/netdrainedwt", "100 kg drained"),
    ("100kgdrained", "100 kg drained"),
    ("100kg/gross", "100 kg gross"),
    ("100kggross", "100 kg gross"),
    ("100kg/netdry", "100 kg dry"),
    ("100kgdry", "100 kg dry"),
    ("hl", "hl"),
    ("%vol/hl", "% vol/hl"),
    ("item", "item"),
    ("1,000items", "1000 items"),
    ("1000items", "1000 items"),
    ("100m", "100 m"),
];

/// The most codes that a message lists.
const LISTED: usize = 12;

/// The reference: the duty of each CN code of 2020, in its own notation.
type Reference = BTreeMap<String, String>;

/// Builds the reference from rows. Rows whose code does not have eight digits are left out.
pub(super) fn reference(rows: Vec<Row<2>>) -> Reference {
    let commodities = rows.into_iter().map(|(_, [code, duty])| (code, duty));
    commodities.filter(|(code, _)| code.len() == 8).collect()
}

/// The duties of the seed by code prefix, each with its place. An empty duty is unknown.
pub(super) struct Duties(BTreeMap<String, (Place, String)>);

/// The result of comparing the duty of a CN code with the reference.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum DutyCheck {
    /// Both have the same duty.
    Checked,
    /// The reference does not contain the code.
    Beyond,
    /// Neither knows the duty.
    Unknown,
    /// Only the reference knows the duty, which is no mistake.
    Withheld,
    /// The seed has a mistake, which the text describes.
    Wrong(String),
}

impl Duties {
    /// Builds the duties from rows.
    pub(super) fn new(rows: Vec<Row<2>>) -> Self {
        Self(rows.into_iter().map(|(place, [code, duty])| (code, (place, duty))).collect())
    }

    /// The row for the longest prefix of `code`: its code, place and duty.
    fn row<'a>(&self, code: &'a str) -> Option<(&'a str, &Place, &str)> {
        [8, 6, 4, 2].into_iter().find_map(|digits| {
            let key = code.get(..digits)?;
            self.0.get(key).map(|(place, duty)| (key, place, duty.as_str()))
        })
    }

    /// Compares the duty of a CN code with the reference.
    pub(super) fn check(&self, cn: &str, reference: &Reference) -> DutyCheck {
        let Some((key, _, duty)) = self.row(cn) else {
            return DutyCheck::Wrong("no row gives a duty or says that it is unknown".to_owned());
        };
        let official = reference.get(cn);
        match (duty, official, official.and_then(|official| normal(official))) {
            ("", _, Some(_)) => DutyCheck::Withheld,
            ("", ..) => DutyCheck::Unknown,
            (_, _, Some(official)) if duty == official => DutyCheck::Checked,
            (_, _, Some(official)) => DutyCheck::Wrong(format!("{duty}, in the reference {official}")),
            (_, Some(official), None) => {
                DutyCheck::Wrong(format!("{duty}, in the reference {official:?}: leave it empty"))
            }
            (_, None, None) if key.len() >= 6 => DutyCheck::Beyond,
            (_, None, None) => {
                DutyCheck::Wrong(format!("{duty}, not in the reference: needs a row of six or eight digits"))
            }
        }
    }

    /// All mistakes: duties that differ from the reference, and rows that should not exist.
    pub(super) fn mistakes(&self, cn: &Cn, reference: &Reference) -> Vec<Mistake> {
        let mut wrong: BTreeMap<Mistake, Vec<&str>> = BTreeMap::new();
        for code in cn.keys() {
            if let DutyCheck::Wrong(fault) = self.check(code, reference) {
                let absent = || Place::file(&format!("duties/{}.csv", &code[..2]));
                let place = self.row(code).map_or_else(absent, |(_, place, _)| place.clone());
                wrong.entry((place, fault)).or_default().push(code);
            }
        }
        let wrong = wrong.into_iter().map(|((place, fault), on)| (place, format!("{fault}: {}", list(&on))));
        wrong.chain(self.needless(cn, reference)).collect()
    }

    /// Rows that have no effect, repeat the row above them, or are in another notation.
    fn needless(&self, cn: &Cn, reference: &Reference) -> Vec<Mistake> {
        let used: BTreeSet<_> = cn.keys().filter_map(|cn| Some(self.row(cn)?.0)).collect();
        let rows = self.0.iter().filter_map(|(code, (place, duty))| {
            let fault = if under(cn, code).next().is_none() {
                format!("{code} is not in the CN 2026")
            } else if !used.contains(code.as_str()) {
                format!("{code} is used by no CN code")
            } else if !duty.is_empty() && normal(duty).as_ref() != Some(duty) {
                format!("{duty:?} is not the notation of the seed")
            } else {
                let (above, ..) = self.row(&code[..code.len() - 2]).filter(|(.., same)| same == duty)?;
                // A code that the reference does not contain needs its own row all the same.
                let is_known = under(cn, code).all(|cn| reference.contains_key(cn));
                is_known.then(|| format!("{code} says the same as {above}: leave it out"))?
            };
            Some((place.clone(), fault))
        });
        rows.collect()
    }
}

/// The codes for a message, at most [`LISTED`] of them.
fn list(codes: &[&str]) -> String {
    let more = if codes.len() > LISTED { " …" } else { "" };
    format!("{}{more}", codes[..codes.len().min(LISTED)].join(" "))
}

/// Converts a duty to the notation of the seed, `12.8 % + 303.4 EUR/100 kg`; `None` if that notation cannot express
/// it, such as a seasonal duty.
fn normal(duty: &str) -> Option<String> {
    let bare: String = duty.replace('€', "EUR").chars().filter(|c| !c.is_whitespace()).collect();
    expression(&bare)
}

/// Converts an expression without spaces: terms joined by `+`, `MIN` or `MAX`.
fn expression(bare: &str) -> Option<String> {
    let operators = ["+", "MIN", "MAX"].into_iter();
    match operators.filter_map(|operator| Some((bare.find(operator)?, operator))).min() {
        None => term(bare),
        Some((at, operator)) => {
            let rest = expression(&bare[at + operator.len()..])?;
            Some(format!("{} {operator} {rest}", term(&bare[..at])?))
        }
    }
}

/// Converts a term without spaces: a component, a percentage, or an amount per unit.
fn term(bare: &str) -> Option<String> {
    if let Some((_, component)) = COMPONENTS.iter().find(|(name, _)| *name == bare) {
        return Some((*component).to_owned());
    }
    let digits = bare.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','))?;
    let (number, rest) = (number(&bare[..digits])?, &bare[digits..]);
    if rest == "%" {
        return Some(format!("{number} %"));
    }
    let unit = rest.strip_prefix("EUR/")?;
    let (_, unit) = UNITS.iter().find(|(name, _)| *name == unit)?;
    Some(format!("{number} EUR/{unit}"))
}

/// Removes digit grouping and trailing zeros: `1,042.50` becomes `1042.5`. `None` if the text is no number.
fn number(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction = fraction.trim_end_matches('0');
    let is_number = whole.split(',').skip(1).all(|group| group.len() == 3)
        && whole.starts_with(|c: char| c.is_ascii_digit())
        && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let point = if fraction.is_empty() { "" } else { "." };
    is_number.then(|| format!("{}{point}{fraction}", whole.replace(',', "")))
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::{cn, given, printed};
    use super::*;

    fn duties(csv: &str) -> Duties {
        Duties::new(given(&format!("code,duty\n{csv}"), ["code", "duty"]))
    }

    fn reference(csv: &str) -> Reference {
        super::reference(given(&format!("code,duty\n{csv}"), ["code", "duty"]))
    }

    #[test]
    fn the_notation_of_the_reference_is_read() {
        let same = [
            ("0.0%", "0 %"),
            ("10.50%", "10.5 %"),
            ("7.3% + 1,042.50 EUR / 100 kg", "7.3 % + 1042.5 EUR/100 kg"),
            ("3.0% MIN 2.20\u{a0}€/100\u{a0}kg / gross MAX 5%", "3 % MIN 2.2 EUR/100 kg gross MAX 5 %"),
            ("8.0% +  EA MAX 11.10%  + ADSZ", "8 % + EA MAX 11.1 % + AD S/Z"),
            ("1.10 EUR / % vol / hl + 7.00 EUR / hl", "1.1 EUR/% vol/hl + 7 EUR/hl"),
            ("4 EUR / 1,000 items", "4 EUR/1000 items"),
            ("20 EUR / 1000 kg", "20 EUR/tonne"),
            ("1 EUR / 100 kg / net drained wt", "1 EUR/100 kg drained"),
            ("1 EUR / 100 kg / net dry", "1 EUR/100 kg dry"),
        ];
        for (theirs, ours) in same {
            assert_eq!(normal(theirs).as_deref(), Some(ours));
            assert_eq!(normal(ours).as_deref(), Some(ours));
        }
        for none in ["", "Entry Price", "5% (1 JAN-31 MAY)", "9", "9,5 %", "1.2.3 %", "% +", "2 EUR / m2"] {
            assert_eq!(normal(none), None, "{none}");
        }
    }

    #[test]
    fn the_most_specific_row_counts() {
        let duties = duties("01,1 %\n0101,2 %\n010121,\n010129,3 %\n");
        let reference = reference("01012900,3.0%\n01013000,2.0%\n01012100,9.0%\n01020000,Entry Price\n");
        let check = |code| duties.check(code, &reference);
        assert_eq!(check("01012900"), DutyCheck::Checked);
        assert_eq!(check("01013000"), DutyCheck::Checked);
        assert_eq!(check("01012100"), DutyCheck::Withheld);
        assert_eq!(check("01012190"), DutyCheck::Unknown);
        assert_eq!(check("01012910"), DutyCheck::Beyond);
        for wrong in ["01014000", "01020000", "02000000"] {
            assert!(matches!(check(wrong), DutyCheck::Wrong(_)), "{wrong}");
        }
    }

    #[test]
    fn mistakes_are_named_by_line() {
        let cn = cn(&["01012100", "01012910", "01012990", "01013000", "01014000", "02010000", "02020000"]);
        let reference = reference(
            "01012100,1.0%\n01012910,2.0%\n01012990,2.0%\n01013000,5.0%\n02010000,5.0%\n0101290010,9%\n",
        );
        let duties = duties("01,1 %\n010121,1 %\n010129,3.0 %\n010130,\n0102,1 %\n0201,9 %\n02010000,5 %\n");
        let mut mistakes = duties.mistakes(&cn, &reference);
        mistakes.sort();
        let wrong = [
            "crates/import8-server/data/duties/02.csv: \
             no row gives a duty or says that it is unknown: 02020000",
            "here.csv:2: 1 %, not in the reference: needs a row of six or eight digits: 01014000",
            "here.csv:3: 010121 says the same as 01: leave it out",
            "here.csv:4: \"3.0 %\" is not the notation of the seed",
            "here.csv:4: 3.0 %, in the reference 2 %: 01012910 01012990",
            "here.csv:6: 0102 is not in the CN 2026",
            "here.csv:7: 0201 is used by no CN code",
        ];
        assert_eq!(printed(&mistakes), wrong);
        assert_eq!(list(&["1"; 13]), "1 1 1 1 1 1 1 1 1 1 1 1 …");
    }
}
