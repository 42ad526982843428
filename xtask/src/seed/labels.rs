//! Checks the seed's labels of CN codes: complete, and in our own words.

use std::collections::{BTreeMap, BTreeSet};

use super::rows::{Cn, Mistake, Place, Row, under};

/// The fewest words from which an equal text is a copy and not chance.
const SENTENCE: usize = 5;

/// The mistakes in the labels. `codes` are the CN codes of the seed; `dutch` maps an official English text to the
/// Dutch one.
pub(super) fn mistakes(
    rows: &[Row<3>],
    codes: &[String],
    cn: &Cn,
    dutch: &BTreeMap<String, String>,
) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for (place, [code, label_en, label_nl]) in rows {
        let Some(en) = cn.get(code) else {
            mistakes.push((place.clone(), format!("{code} is not in the CN 2026")));
            continue;
        };
        if !needs_label(code, cn) {
            mistakes.push((place.clone(), format!("{code} is alone in its subheading")));
        }
        let copied = is_copy(label_en, en) || dutch.get(en).is_some_and(|nl| is_copy(label_nl, nl));
        if copied {
            mistakes.push((place.clone(), format!("the label of {code} is the official text")));
        }
    }
    let labelled: BTreeSet<_> = rows.iter().map(|(_, [code, ..])| code).collect();
    let begun: BTreeSet<_> = labelled.iter().filter_map(|code| code.get(..2)).collect();
    for code in codes.iter().filter(|code| needs_label(code, cn) && !labelled.contains(code)) {
        if let Some(chapter) = begun.get(&code[..2]) {
            let file = Place::file(&format!("commodities/{chapter}.csv"));
            mistakes.push((file, format!("{code} is missing")));
        }
    }
    mistakes
}

/// Whether the subheading of a CN code has other CN codes too.
fn needs_label(code: &str, cn: &Cn) -> bool {
    code.get(..6).is_some_and(|subheading| under(cn, subheading).nth(1).is_some())
}

/// Whether a label equals the official text, apart from case.
fn is_copy(label: &str, official: &str) -> bool {
    label.split_whitespace().count() >= SENTENCE && label.to_lowercase() == official.to_lowercase()
}

/// Parses the lines `key: value` of a YAML map whose scalars have no escapes. Other lines are skipped.
pub(super) fn translations(yaml: &str) -> BTreeMap<String, String> {
    let lines = yaml.lines().filter_map(|line| {
        let (key, rest) = scalar(line)?;
        Some((key.to_owned(), scalar(rest.strip_prefix(": ")?)?.0.to_owned()))
    });
    lines.collect()
}

/// Splits a line after its first scalar.
fn scalar(line: &str) -> Option<(&str, &str)> {
    match line.chars().next()? {
        quote @ ('\'' | '"') => line[1..].split_once(quote),
        _ => Some(line.split_at(line.find(": ").unwrap_or(line.len()))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::{cn, given, printed};
    use super::*;

    #[test]
    fn a_map_of_texts_is_read() {
        let yaml = "Foal: Veulen\n'Ponies: of children': \"'s Kinderen's pony's\"\n\"Boys' socks\": Sokken\n";
        let expected =
            [("Boys' socks", "Sokken"), ("Foal", "Veulen"), ("Ponies: of children", "'s Kinderen's pony's")];
        let read = translations(yaml);
        assert!(read.iter().map(|(en, nl)| (en.as_str(), nl.as_str())).eq(expected), "{read:?}");
    }

    #[test]
    fn labels_are_our_own_and_complete() {
        let codes = ["01012910", "01012920", "01012930", "01012990", "01013000", "02011010", "02011090"];
        let dutch = BTreeMap::from([(
            "Ponies that carry children at fairs".to_owned(),
            "Pony's die op kermissen kinderen dragen".to_owned(),
        )]);
        let labels = "code,en,nl\n\
            01012910,Fairground ponies,Kermispony's\n\
            01012920,Ponies that carry children at Fairs,Kermispony's\n\
            01012930,Fairground ponies,Pony's die op kermissen kinderen dragen\n\
            01013000,Donkeys,Ezels\n\
            01014000,Zebras,Zebra's\n";
        let rows = given(labels, ["code", "en", "nl"]);
        let mistakes = mistakes(&rows, &codes.map(str::to_owned), &cn(&codes), &dutch);
        let wrong = [
            "here.csv:3: the label of 01012920 is the official text",
            "here.csv:4: the label of 01012930 is the official text",
            "here.csv:5: 01013000 is alone in its subheading",
            "here.csv:6: 01014000 is not in the CN 2026",
            "crates/import8-server/data/commodities/01.csv: 01012990 is missing",
        ];
        assert_eq!(printed(&mistakes), wrong);
    }
}
