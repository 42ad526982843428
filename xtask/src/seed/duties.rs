//! The duties: what a CN code takes from its most specific row, against the EU's list of 2020.

use std::collections::{BTreeMap, BTreeSet};

use super::rows::{Cn, Mistake, Place, Row, under};

/// Parts of a duty as the reference and the seed write them, without spaces.
const COMPONENTS: [(&str, &str); 5] =
    [("EA", "EA"), ("ADSZ", "AD S/Z"), ("ADS/Z", "AD S/Z"), ("ADFM", "AD F/M"), ("ADF/M", "AD F/M")];
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

/// More codes than this are not listed one by one.
const LISTED: usize = 12;

/// The duty of each CN code of 2020, as the reference writes it.
type Reference = BTreeMap<String, String>;

pub(super) fn reference(rows: Vec<Row<2>>) -> Reference {
    let commodities = rows.into_iter().map(|(_, [code, duty])| (code, duty));
    commodities.filter(|(code, _)| code.len() == 8).collect()
}

/// The duties of the seed: of the beginning of a code, and where; empty where it is not known.
pub(super) struct Duties(BTreeMap<String, (Place, String)>);

/// How the duty of a CN code stands to the reference.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Both say the same.
    Checked,
    /// The reference does not have the code.
    Beyond,
    /// Neither says it.
    Unknown,
    /// Only the reference says it, which is no mistake.
    Withheld,
    Wrong(String),
}

impl Duties {
    pub(super) fn new(rows: Vec<Row<2>>) -> Self {
        Self(rows.into_iter().map(|(place, [code, duty])| (code, (place, duty))).collect())
    }

    /// The row of `code` itself or else of its longest beginning.
    fn row<'a>(&self, code: &'a str) -> Option<(&'a str, &Place, &str)> {
        [8, 6, 4, 2].into_iter().find_map(|digits| {
            let key = code.get(..digits)?;
            self.0.get(key).map(|(place, duty)| (key, place, duty.as_str()))
        })
    }

    pub(super) fn standing(&self, cn: &str, reference: &Reference) -> Standing {
        let Some((key, _, duty)) = self.row(cn) else {
            return Standing::Wrong("no row gives a duty or says that it is unknown".to_owned());
        };
        let official = reference.get(cn);
        match (duty, official, official.and_then(|official| normal(official))) {
            ("", _, Some(_)) => Standing::Withheld,
            ("", ..) => Standing::Unknown,
            (_, _, Some(official)) if duty == official => Standing::Checked,
            (_, _, Some(official)) => Standing::Wrong(format!("{duty}, in the reference {official}")),
            (_, Some(official), None) => {
                Standing::Wrong(format!("{duty}, in the reference {official:?}: leave it empty"))
            }
            (_, None, None) if key.len() >= 6 => Standing::Beyond,
            (_, None, None) => {
                Standing::Wrong(format!("{duty}, not in the reference: needs a row of six or eight digits"))
            }
        }
    }

    pub(super) fn mistakes(&self, cn: &Cn, reference: &Reference) -> Vec<Mistake> {
        let mut wrong: BTreeMap<Mistake, Vec<&str>> = BTreeMap::new();
        for code in cn.keys() {
            if let Standing::Wrong(fault) = self.standing(code, reference) {
                let absent = || Place::file(&format!("duties/{}.csv", &code[..2]));
                let place = self.row(code).map_or_else(absent, |(_, place, _)| place.clone());
                wrong.entry((place, fault)).or_default().push(code);
            }
        }
        let wrong = wrong.into_iter().map(|((place, fault), on)| (place, format!("{fault}: {}", list(&on))));
        wrong.chain(self.needless(cn, reference)).collect()
    }

    /// The rows that should not be there, or not be written so.
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
                // A code that the reference does not have needs its own row even so.
                let is_known = under(cn, code).all(|cn| reference.contains_key(cn));
                is_known.then(|| format!("{code} says the same as {above}: leave it out"))?
            };
            Some((place.clone(), fault))
        });
        rows.collect()
    }
}

fn list(codes: &[&str]) -> String {
    let more = if codes.len() > LISTED { " …" } else { "" };
    format!("{}{more}", codes[..codes.len().min(LISTED)].join(" "))
}

/// A duty in the notation of the seed, `12.8 % + 303.4 EUR/100 kg`; none where that has no words for
/// it, as for seasons.
fn normal(duty: &str) -> Option<String> {
    let bare: String = duty.replace('€', "EUR").chars().filter(|c| !c.is_whitespace()).collect();
    expression(&bare)
}

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

/// `1,042.50` → `1042.5`.
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
    use super::super::rows::tests::{cn, given, said};
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
        let standing = |code| duties.standing(code, &reference);
        assert_eq!(standing("01012900"), Standing::Checked);
        assert_eq!(standing("01013000"), Standing::Checked);
        assert_eq!(standing("01012100"), Standing::Withheld);
        assert_eq!(standing("01012190"), Standing::Unknown);
        assert_eq!(standing("01012910"), Standing::Beyond);
        for wrong in ["01014000", "01020000", "02000000"] {
            assert!(matches!(standing(wrong), Standing::Wrong(_)), "{wrong}");
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
        assert_eq!(said(&mistakes), wrong);
        assert_eq!(list(&["1"; 13]), "1 1 1 1 1 1 1 1 1 1 1 1 …");
    }
}
