//! Checks the seed's codes: the HS and CN codes in `nomenclature`, and the CN codes that TARIC divides.

use std::collections::{BTreeMap, BTreeSet};

use super::rows::{Cn, Mistake, Place, Row, under};

/// The mistakes in the rows of `nomenclature`: code, and the endings of its CN codes.
pub(super) fn mistakes(rows: &[Row<2>], hs: &BTreeSet<String>, cn: &Cn) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for (place, [code, endings]) in rows {
        if !hs.contains(code) {
            mistakes.push((place.clone(), format!("{code} is not in the HS 2022")));
        }
        let official = endings_of(code, cn);
        if *endings != official {
            let fault = format!("{code} has the endings {endings:?}, in the CN 2026 {official:?}");
            mistakes.push((place.clone(), fault));
        }
    }
    let seen: BTreeSet<_> = rows.iter().map(|(_, [code, _])| code).collect();
    for missing in hs.iter().filter(|code| code.len() >= 4 && !seen.contains(code)) {
        let file = Place::file(&format!("nomenclature/{}.csv", &missing[..2]));
        mistakes.push((file, format!("{missing} is missing")));
    }
    mistakes
}

/// The last two digits of the CN codes under a subheading, in the notation of the seed: `10;90`. Empty for other
/// codes.
fn endings_of(code: &str, cn: &Cn) -> String {
    let endings = under(cn, code).filter(|_| code.len() == 6).filter_map(|cn| cn.get(6..));
    endings.collect::<Vec<_>>().join(";")
}

/// The CN codes of the seed.
pub(super) fn cn_codes(rows: &[Row<2>]) -> Vec<String> {
    let codes = rows
        .iter()
        .flat_map(|(_, [code, endings])| parts(endings).map(move |ending| format!("{code}{ending}")));
    codes.collect()
}

/// Splits endings, as in `10;90`.
fn parts(endings: &str) -> impl Iterator<Item = &str> {
    endings.split(';').filter(|ending| !ending.is_empty())
}

/// The CN codes that TARIC divides, each with its place and the endings of its parts, which may be unknown and then
/// empty.
pub(super) struct Divisions(BTreeMap<String, (Place, String)>);

impl Divisions {
    /// Builds the divisions from rows.
    pub(super) fn new(rows: Vec<Row<2>>) -> Self {
        Self(rows.into_iter().map(|(place, [code, endings])| (code, (place, endings))).collect())
    }

    /// The mistakes: codes that are not in the CN, and codes of `divided` that are missing.
    pub(super) fn mistakes(&self, cn: &Cn, divided: &BTreeSet<String>) -> Vec<Mistake> {
        let foreign = self.0.iter().filter(|(code, _)| !cn.contains_key(*code));
        let foreign =
            foreign.map(|(code, (place, _))| (place.clone(), format!("{code} is not in the CN 2026")));
        let missing = divided.iter().filter(|code| cn.contains_key(*code) && !self.0.contains_key(*code));
        let missing = missing.map(|code| (Place::file("divisions.csv"), format!("{code} is missing")));
        foreign.chain(missing).collect()
    }

    /// The number of declarable codes of a CN code: one, ending in `00`, unless TARIC divides it.
    pub(super) fn parts(&self, cn: &str) -> usize {
        self.0.get(cn).map_or(1, |(_, endings)| parts(endings).count())
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::{cn, given, printed};
    use super::*;

    fn found(seed: &str) -> Vec<String> {
        let hs = ["01", "0101", "010129", "0102"].map(str::to_owned).into();
        printed(&mistakes(&given(seed, ["code", "cn"]), &hs, &cn(&["01012910", "01012990"])))
    }

    #[test]
    fn what_is_official_is_no_mistake() {
        let seed = "code,cn,en\n01,,Live animals\n0101,,\"Horses,\ndonkeys\"\n010129,10;90,Horses\n";
        let missing = "crates/import8-server/data/nomenclature/01.csv: 0102 is missing";
        assert_eq!(found(seed), [missing]);
        assert_eq!(cn_codes(&given(seed, ["code", "cn"])), ["01012910", "01012990"]);
    }

    #[test]
    fn mistakes_are_named_by_line() {
        let wrong = [
            "here.csv:2: 0101 has the endings \"10\", in the CN 2026 \"\"",
            "here.csv:3: 010129 has the endings \"10\", in the CN 2026 \"10;90\"",
            "here.csv:4: 010199 is not in the HS 2022",
        ];
        assert_eq!(found("code,cn\n0101,10\n010129,10\n010199,\n0102,\n"), wrong);
    }

    #[test]
    fn what_taric_divides_has_its_own_endings() {
        let rows = given("code,endings\n01012910,10;90\n01012990,\n01013000,\n", ["code", "endings"]);
        let divisions = Divisions::new(rows);
        let parts = ["01012910", "01012990", "01012100"].map(|code| divisions.parts(code));
        assert_eq!(parts, [2, 0, 1]);
        let divided = ["01012100", "01012910", "01019999"].map(str::to_owned).into();
        let mistakes = divisions.mistakes(&cn(&["01012100", "01012910", "01012990"]), &divided);
        let wrong = [
            "here.csv:4: 01013000 is not in the CN 2026",
            "crates/import8-server/data/divisions.csv: 01012100 is missing",
        ];
        assert_eq!(printed(&mistakes), wrong);
    }
}
