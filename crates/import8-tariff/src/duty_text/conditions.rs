//! Conditions of measures in words: kinds, what meets them, and what follows.

use std::collections::BTreeMap;

use import8_api::{Coded, MeasureCondition};

use super::language::in_language;
use super::notation::{Amount, document_code};
use crate::{Condition, Names};

/// The conditions in words, in their order. `documents` are the edition's, whose names are given in the language, else
/// in English. A code of TARIC that is not known here is said to be so.
#[must_use]
pub fn conditions_in_words(
    conditions: &[Condition],
    documents: &BTreeMap<String, Names>,
    language: &str,
) -> Vec<MeasureCondition> {
    let in_words = |(at, condition): (usize, &Condition)| {
        let earlier = conditions.iter().take(at).filter(|earlier| earlier.kind == condition.kind);
        MeasureCondition {
            kind: condition.kind.to_string(),
            document: condition.document.as_ref().map(|code| coded(code, documents, language)),
            requirement: requirement(condition, &earlier.collect::<Vec<_>>(), language),
            outcome: outcome(condition, language),
            duty: condition.duty.as_ref().map(ToString::to_string),
        }
    };
    conditions.iter().enumerate().map(in_words).collect()
}

fn coded(code: &str, documents: &BTreeMap<String, Names>, language: &str) -> Coded {
    let code = document_code(code).map_or_else(|| code.to_owned(), |code| code.to_string());
    let names = documents.get(&code);
    let text = names.and_then(|names| names.get(language).or_else(|| names.get("en"))).cloned();
    Coded { text: text.unwrap_or_default(), code }
}

/// What meets a condition, after `earlier` ones of the same kind that were not met.
fn requirement(condition: &Condition, earlier: &[&Condition], language: &str) -> String {
    let say = |words| in_language(language, words);
    let document = condition.document.as_ref().map(|code| {
        let code = document_code(code).map_or_else(|| code.to_string(), |code| code.to_string());
        let [before, after] = document_words(&condition.kind).map(say);
        format!("{before} {code} {after}")
    });
    let amount = condition.amount.as_ref().map(|amount| {
        let words = Amount::parse(amount).map(|amount| amount.in_words(language));
        match (threshold(&condition.kind), words) {
            (Some(kind), Some(words)) => format!("{} {words}", say(kind.requirement)),
            _ => format!("{} {} {amount}", say(["Not known here:", "Hier niet bekend:"]), condition.kind),
        }
    });
    match (document, amount) {
        (Some(document), Some(amount)) => {
            let or = if matches!(&*condition.kind, "E" | "I") { ["or", "of"] } else { ["and", "en"] };
            format!("{amount}; {} {document}", say(or))
        }
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => say(without_document(&condition.kind, earlier)).to_owned(),
    }
}

/// The words around the code of a document.
fn document_words(kind: &str) -> [[&'static str; 2]; 2] {
    match kind {
        "Q" => [
            ["Document", "Document"],
            ["is declared, and it is endorsed", "is opgegeven en is van een aantekening voorzien"],
        ],
        "Z" => [
            ["Document", "Document"],
            ["is declared; more than one is needed", "is opgegeven; er is meer dan één document nodig"],
        ],
        _ => [["Document", "Document"], ["is declared", "is opgegeven"]],
    }
}

/// A condition that names neither a document nor an amount.
fn without_document(kind: &str, earlier: &[&Condition]) -> [&'static str; 2] {
    match (kind, earlier) {
        ("D", []) => ["The goods are intended for processing", "De goederen zijn bestemd voor verwerking"],
        ("K", []) => ["A tariff quota applies at the same time", "Er geldt tegelijk een tariefcontingent"],
        ("P", []) => [
            "Only some of the ingredients are eligible for an export refund",
            "Alleen sommige bestanddelen komen in aanmerking voor een uitvoerrestitutie",
        ],
        ("S", []) => ["A security is lodged", "Er is zekerheid gesteld"],
        ("W", []) => [
            "The Washington Convention (CITES) applies to the goods",
            "De Overeenkomst van Washington (CITES) geldt voor de goederen",
        ],
        (_, []) => ["In all cases", "In alle gevallen"],
        (_, [one]) if is_document(one) => ["That document is not declared", "Dat document is niet opgegeven"],
        (_, all) if all.iter().all(|one| is_document(one)) => {
            ["None of these documents is declared", "Geen van deze documenten is opgegeven"]
        }
        _ => ["In all other cases", "In alle andere gevallen"],
    }
}

fn is_document(condition: &Condition) -> bool {
    condition.document.is_some() && condition.amount.is_none()
}

/// A kind of condition that an amount meets.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Kind {
    letter: &'static str,
    /// What meets it, before the amount.
    requirement: [&'static str; 2],
    /// The price, weight or quantity that must be known.
    pub(super) quantity: [&'static str; 2],
}

/// The kind of a letter, if it is one that an amount meets.
pub(super) fn threshold(letter: &str) -> Option<&'static Kind> {
    THRESHOLDS.iter().find(|kind| kind.letter == letter)
}

const THRESHOLDS: [Kind; 11] = [
    Kind {
        letter: "E",
        requirement: [
            "The quantity or the price per unit is at most",
            "De hoeveelheid of de prijs per eenheid is hoogstens",
        ],
        quantity: ["the quantity or the price per unit", "de hoeveelheid of de prijs per eenheid"],
    },
    Kind {
        letter: "F",
        requirement: [
            "The net free-at-frontier price, before duty, is at least",
            "De nettoprijs franco grens, vóór inklaring, is ten minste",
        ],
        quantity: [
            "the net free-at-frontier price, before duty",
            "de nettoprijs franco grens, vóór inklaring",
        ],
    },
    Kind {
        letter: "G",
        requirement: [
            "The CIF price with the duty to be paid per tonne is at least",
            "De cif-prijs met het te betalen recht per ton is ten minste",
        ],
        quantity: [
            "the CIF price with the duty to be paid per tonne",
            "de cif-prijs met het te betalen recht per ton",
        ],
    },
    Kind {
        letter: "I",
        requirement: [
            "The quantity or the price per unit is at most",
            "De hoeveelheid of de prijs per eenheid is hoogstens",
        ],
        quantity: ["the quantity or the price per unit", "de hoeveelheid of de prijs per eenheid"],
    },
    Kind {
        letter: "L",
        requirement: ["The CIF price is higher than", "De cif-prijs is hoger dan"],
        quantity: ["the CIF price per unit", "de cif-prijs per eenheid"],
    },
    Kind {
        letter: "M",
        requirement: ["The declared price is at least", "De aangegeven prijs is ten minste"],
        quantity: ["the declared price per unit", "de aangegeven prijs per eenheid"],
    },
    Kind {
        letter: "N",
        requirement: [
            "The CIF price, before duty, is at least",
            "De cif-prijs, vóór inklaring, is ten minste",
        ],
        quantity: ["the CIF price per unit, before duty", "de cif-prijs per eenheid, vóór inklaring"],
    },
    Kind {
        letter: "R",
        requirement: [
            "The net weight per supplementary unit is at least",
            "Het nettogewicht per bijzondere maatstaf is ten minste",
        ],
        quantity: ["the net weight per supplementary unit", "het nettogewicht per bijzondere maatstaf"],
    },
    Kind {
        letter: "S",
        requirement: ["A security is lodged of", "Er is zekerheid gesteld van"],
        quantity: ["whether a security is lodged", "of er zekerheid is gesteld"],
    },
    Kind {
        letter: "U",
        requirement: [
            "The declared value per supplementary unit is higher than",
            "De aangegeven waarde per bijzondere maatstaf is hoger dan",
        ],
        quantity: [
            "the declared value per supplementary unit",
            "de aangegeven waarde per bijzondere maatstaf",
        ],
    },
    Kind {
        letter: "V",
        requirement: [
            "The import price (entry price system) is at least",
            "De invoerprijs (invoerprijzenstelsel) is ten minste",
        ],
        quantity: [
            "the import price, for the entry price system",
            "de invoerprijs, voor het stelsel van invoerprijzen",
        ],
    },
];

/// What follows from the action of a condition.
fn outcome(condition: &Condition, language: &str) -> String {
    let action = &*condition.action;
    let words = match ACTIONS.iter().find(|(code, _)| *code == action) {
        Some(("01", _)) if condition.duty.is_none() => {
            ["A duty applies that is not stated", "Er geldt een recht dat niet is vermeld"]
        }
        Some((_, words)) => *words,
        None => {
            return format!(
                "{} {action}",
                in_language(language, ["Not known here: action", "Hier niet bekend: actie"])
            );
        }
    };
    in_language(language, words).to_owned()
}

/// What follows from each action, by TARIC's code.
const ACTIONS: [(&str, [&str; 2]); 25] = [
    ("01", ["The duty given here applies", "Het hier vermelde recht geldt"]),
    (
        "02",
        [
            "The duty is the difference between the amount given here and the import price",
            "Het recht is het verschil tussen het hier vermelde bedrag en de invoerprijs",
        ],
    ),
    (
        "03",
        [
            "The duty is the difference between the amount given here and the CIF price",
            "Het recht is het verschil tussen het hier vermelde bedrag en de cif-prijs",
        ],
    ),
    (
        "04",
        [
            "Release for free circulation is not allowed",
            "Het brengen in het vrije verkeer is niet toegestaan",
        ],
    ),
    ("05", ["Export is not allowed", "Uitvoer is niet toegestaan"]),
    ("06", ["Import is not allowed", "Invoer is niet toegestaan"]),
    ("07", ["The measure does not apply", "De maatregel geldt niet"]),
    ("08", ["This code cannot be declared", "Deze code kan niet worden aangegeven"]),
    (
        "09",
        ["Import or export is not allowed after a check", "Invoer of uitvoer is na controle niet toegestaan"],
    ),
    (
        "10",
        [
            "Correct the declaration: code, procedure, net weight, supplementary unit or value is wrong",
            "Verbeter de aangifte: code, regeling, nettogewicht, bijzondere maatstaf of waarde is onjuist",
        ],
    ),
    (
        "11",
        [
            "The duty is the difference between the amount given here and the free-at-frontier price before duty",
            "Het recht is het verschil tussen het hier vermelde bedrag en de prijs franco grens vóór inklaring",
        ],
    ),
    (
        "12",
        [
            "The duty is the difference between the amount given here and the CIF price before duty",
            "Het recht is het verschil tussen het hier vermelde bedrag en de cif-prijs vóór inklaring",
        ],
    ),
    (
        "13",
        [
            "The duty is the difference between the amount given here and the CIF price with the duty per tonne",
            "Het recht is het verschil tussen het hier vermelde bedrag en de cif-prijs met het recht per ton",
        ],
    ),
    (
        "14",
        [
            "The exemption from or reduction of the anti-dumping duty does not apply",
            "De vrijstelling of verlaging van het antidumpingrecht geldt niet",
        ],
    ),
    (
        "15",
        [
            "The duty is the difference between the amount given here and the price with the countervailing duty (3.8 %)",
            "Het recht is het verschil tussen het hier vermelde bedrag en de prijs met het compenserende recht (3,8 %)",
        ],
    ),
    ("16", ["There is no export refund", "Er is geen uitvoerrestitutie"]),
    ("24", ["Release for free circulation is allowed", "Het brengen in het vrije verkeer is toegestaan"]),
    ("25", ["Export is allowed", "Uitvoer is toegestaan"]),
    ("26", ["Import is allowed", "Invoer is toegestaan"]),
    ("27", ["The duty of this measure applies", "Het recht van deze maatregel geldt"]),
    ("28", ["This code can be declared", "Deze code kan worden aangegeven"]),
    ("29", ["Import or export is allowed after a check", "Invoer of uitvoer is na controle toegestaan"]),
    ("30", ["The declaration is suspicious", "De aangifte is verdacht"]),
    (
        "34",
        [
            "The exemption from or reduction of the anti-dumping duty applies",
            "De vrijstelling of verlaging van het antidumpingrecht geldt",
        ],
    ),
    ("36", ["The export refund applies", "De uitvoerrestitutie geldt"]),
];
