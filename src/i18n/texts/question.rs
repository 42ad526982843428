//! Texts of the questions about a file of products.

texts! {
    Question {
        title,
        lead,
        waiting(rows),
        mark,
        currency,
        currency_elsewhere(code),
        price_per,
        price_per_default,
        pack_size,
        counts_packs,
        rounding,
        stock,
        line_total,
        with_tax,
        one_unit,
        a_pack,
        units,
        packs,
        groups_of(units),
        round,
        unused,
        used,
        price_is_per_unit,
    }
}

/// In English.
pub const EN: Question = Question {
    title: "Questions about this file",
    lead: "The file can be read in several ways.",
    waiting: |rows| {
        if rows == "1" {
            "1 row waits for the answer.".to_owned()
        } else {
            format!("{rows} rows wait for the answer.")
        }
    },
    mark: "How are these numbers meant?",
    currency: "Which currency have the amounts that name none?",
    currency_elsewhere: |code| format!("Elsewhere, the file names {code}."),
    price_per: "Is this price for one unit or for a pack?",
    price_per_default: "Without an answer, it is for one unit.",
    pack_size: "How many units are in a pack?",
    counts_packs: "What does this quantity count?",
    rounding: "Some values per unit have more than six decimals. May they be rounded?",
    stock: "Zeros or negative numbers: this looks like stock and is not used.",
    line_total: "Total of the line: not used. It can be divided by the quantity.",
    with_tax: "Prices with tax, which is no part of the customs value: not used.",
    one_unit: "one unit",
    a_pack: "a pack",
    units: "units",
    packs: "packs",
    groups_of: |units| format!("times {units}"),
    round: "Round",
    unused: "Do not use",
    used: "Use",
    price_is_per_unit: "The price is for one unit",
};

/// In Dutch.
pub const NL: Question = Question {
    title: "Vragen over dit bestand",
    lead: "Het bestand kan op meer manieren worden gelezen.",
    waiting: |rows| {
        if rows == "1" {
            "1 rij wacht op het antwoord.".to_owned()
        } else {
            format!("{rows} rijen wachten op het antwoord.")
        }
    },
    mark: "Hoe zijn deze getallen bedoeld?",
    currency: "In welke valuta zijn de bedragen zonder valuta?",
    currency_elsewhere: |code| format!("Elders noemt het bestand {code}."),
    price_per: "Is deze prijs per stuk of per verpakking?",
    price_per_default: "Zonder antwoord geldt hij per stuk.",
    pack_size: "Hoeveel stuks zitten er in een verpakking?",
    counts_packs: "Wat telt dit aantal?",
    rounding: "Sommige waarden per stuk hebben meer dan zes decimalen. Mogen ze worden afgerond?",
    stock: "Nullen of negatieve getallen: dit lijkt voorraad en wordt niet gebruikt.",
    line_total: "Totaal van de regel: niet gebruikt. Het kan door het aantal worden gedeeld.",
    with_tax: "Prijzen met btw, die niet tot de douanewaarde hoort: niet gebruikt.",
    one_unit: "per stuk",
    a_pack: "per verpakking",
    units: "stuks",
    packs: "verpakkingen",
    groups_of: |units| format!("maal {units}"),
    round: "Afronden",
    unused: "Niet gebruiken",
    used: "Gebruiken",
    price_is_per_unit: "De prijs is per stuk",
};
