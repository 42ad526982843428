//! From a code to one that can be declared, and what it costs.

use crate::i18n::texts;

texts! {
    Declaration {
        which,
        which_hint,
        only_hint,
        looked_at(code, decided),
        clear,
        is_decided,
        other_digits,
        other_digits_hint(known),
        digits_label(count),
        problem_digits(count),
        try_code,
        trying,
        not_known_here(code),
        nearest,
        not_declarable(code),
        below_it,
        duty_title(code),
        duty_title_open,
        duty,
        duty_unknown,
        as_of(date),
        duty_old(years),
        whichever,
        preferences,
        preferences_many(count),
        preference(scheme, rate, countries),
        preference_proof,
        preference_needs(proof),
        anti_dumping,
        anti_dumping_line(rate, countries),
        anti_dumping_least(rate),
        none_listed,
        none_listed_for(country),
        choose_first,
        of_code(code),
        cost_unknown(code),
        right_to_the_cent,
        wrong_vat(given, computed),
        wrong_total(given, computed),
        wrong_next,
        not_computable,
        to_calculator,
        compare_codes,
    }
}

/// In English.
pub const EN: Declaration = Declaration {
    which: "Which of these is it?",
    which_hint: "An import declaration needs ten digits. It is not decided yet between these codes: choose from what you know of the product.",
    only_hint: "An import declaration needs ten digits. Below the code that counts, only this one is known here.",
    looked_at: |code, decided| {
        format!(
            "Duty and cost below are of {code}, which is only looked at. The code that counts is {decided}."
        )
    },
    clear: "Stop looking at it",
    is_decided: "decided",
    other_digits: "An import declaration needs ten digits",
    other_digits_hint: |known| {
        format!("Known so far is {known}. Look up the digits that follow in TARIC, and try them here.")
    },
    digits_label: |count| format!("The last {count} digits"),
    problem_digits: |count| format!("Type {count} digits."),
    try_code: "Try this code",
    trying: "Looking it up…",
    not_known_here: |code| {
        format!(
            "{code} is not known to this service. That does not say that there is no such code: look it up in TARIC."
        )
    },
    nearest: "The nearest code that is known:",
    not_declarable: |code| format!("Goods cannot be declared under {code}."),
    below_it: "These codes can be declared:",
    duty_title: |code| format!("Duty on {code}"),
    duty_title_open: "Duty",
    duty: "Third-country duty",
    duty_unknown: "not known to this service",
    as_of: |date| format!("as of {date}"),
    duty_old: |years| {
        let unit = if years == "1" { "year" } else { "years" };
        format!("{years} {unit} old: the duty may have changed since")
    },
    whichever: "the same whichever ten digits apply",
    preferences: "Preferences",
    preferences_many: |count| format!("{count} arrangements"),
    preference: |scheme, rate, countries| format!("{scheme}: {rate} for {countries}"),
    preference_proof: "with proof of origin",
    preference_needs: |proof| format!("with proof: {proof}"),
    anti_dumping: "Anti-dumping",
    anti_dumping_line: |rate, countries| format!("{rate} on goods of {countries}"),
    anti_dumping_least: |rate| format!("named manufacturers from {rate}"),
    none_listed: "none listed",
    none_listed_for: |country| format!("none listed for goods of {country}"),
    choose_first: "Choose ten digits to see duty, preferences and anti-dumping of exactly that code.",
    of_code: |code| format!("For exactly {code}."),
    cost_unknown: |code| format!("What importing under {code} costs is not known here."),
    right_to_the_cent: "Recomputed here: the sum is right to the cent.",
    wrong_vat: |given, computed| {
        format!("The VAT does not add up: the API says {given}, and its rate comes to {computed}.")
    },
    wrong_total: |given, computed| {
        format!("The total does not add up: the API says {given}, and its parts come to {computed}.")
    },
    wrong_next: "Check these figures before you use them.",
    not_computable: "These figures are too large to be checked exactly.",
    to_calculator: "Open in the calculator",
    compare_codes: "Compare the cost under the other codes",
};

/// In Dutch.
pub const NL: Declaration = Declaration {
    which: "Welke van deze is het?",
    which_hint: "Een invoeraangifte vraagt tien cijfers. Tussen deze goederencodes is nog niet beslist: kies aan de hand van wat u van het product weet.",
    only_hint: "Een invoeraangifte vraagt tien cijfers. Onder de code die telt, is hier alleen deze bekend.",
    looked_at: |code, decided| {
        format!(
            "Rechten en kosten hieronder zijn die van {code}, die alleen wordt bekeken. De code die telt, is {decided}."
        )
    },
    clear: "Niet meer bekijken",
    is_decided: "besloten",
    other_digits: "Een invoeraangifte vraagt tien cijfers",
    other_digits_hint: |known| {
        format!("Tot nu toe bekend is {known}. Zoek de cijfers die volgen op in Taric en probeer ze hier.")
    },
    digits_label: |count| format!("De laatste {count} cijfers"),
    problem_digits: |count| format!("Typ {count} cijfers."),
    try_code: "Deze code proberen",
    trying: "Wordt opgezocht…",
    not_known_here: |code| {
        format!(
            "{code} is niet bekend bij deze dienst. Dat zegt niet dat de code niet bestaat: zoek hem op in Taric."
        )
    },
    nearest: "De dichtstbijzijnde code die wel bekend is:",
    not_declarable: |code| format!("Onder {code} kan niets worden aangegeven."),
    below_it: "Deze goederencodes kunnen wel worden aangegeven:",
    duty_title: |code| format!("Rechten op {code}"),
    duty_title_open: "Rechten",
    duty: "Invoerrecht voor derde landen",
    duty_unknown: "niet bekend bij deze dienst",
    as_of: |date| format!("per {date}"),
    duty_old: |years| format!("{years} jaar oud: het recht kan intussen zijn veranderd"),
    whichever: "hetzelfde, welke tien cijfers ook gelden",
    preferences: "Preferenties",
    preferences_many: |count| format!("{count} regelingen"),
    preference: |scheme, rate, countries| format!("{scheme}: {rate} voor {countries}"),
    preference_proof: "met bewijs van oorsprong",
    preference_needs: |proof| format!("met bewijs: {proof}"),
    anti_dumping: "Antidumping",
    anti_dumping_line: |rate, countries| format!("{rate} op goederen uit {countries}"),
    anti_dumping_least: |rate| format!("genoemde fabrikanten vanaf {rate}"),
    none_listed: "geen vermeld",
    none_listed_for: |country| format!("geen vermeld voor goederen uit {country}"),
    choose_first: "Kies tien cijfers om invoerrecht, preferenties en antidumping van precies die code te zien.",
    of_code: |code| format!("Voor precies {code}."),
    cost_unknown: |code| format!("Wat invoer onder {code} kost, is hier niet bekend."),
    right_to_the_cent: "Hier nagerekend: de som klopt tot op de cent.",
    wrong_vat: |given, computed| {
        format!("De btw klopt niet: de API zegt {given}, en het tarief komt uit op {computed}.")
    },
    wrong_total: |given, computed| {
        format!("Het totaal klopt niet: de API zegt {given}, en de delen komen samen op {computed}.")
    },
    wrong_next: "Controleer deze bedragen voordat u ze gebruikt.",
    not_computable: "Deze bedragen zijn te groot om precies na te rekenen.",
    to_calculator: "Openen in de calculator",
    compare_codes: "Kosten onder de andere codes vergelijken",
};
