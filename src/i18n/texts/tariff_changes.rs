//! Texts of the changes of the codes in use from one edition of the tariff to another.

texts! {
    TariffChanges {
        title,
        lead,
        not_offered_title,
        not_offered,
        none_title,
        none_body,
        from,
        to,
        day,
        day_hint,
        edition(publication, day),
        in_force(edition),
        comparing,
        gone,
        busy_title,
        busy,
        between(from, to),
        changed(count, between),
        unchanged(count, between),
        none_in_use,
        same,
        news(ended, others, between),
        kinds,
        all,
        ended,
        divided,
        merged,
        duty,
        measures,
        unit,
        declarable,
        below,
        counted,
        products(count),
        becomes,
        becomes_unknown,
        certain,
        overlap(percent),
        changed_below(count),
        third_country_duty,
        difference,
        difference_for(amount, counted, all),
        changed_measures(count),
        of_origin(count),
        not_known,
        none,
        more(count),
        save,
        saved(name),
        not_saved,
    }
}

/// In English.
pub const EN: TariffChanges = TariffChanges {
    title: "Tariff changes",
    lead: "What changes for the codes that you have classified or decided.",
    not_offered_title: "This service does not offer tariff changes",
    not_offered: "It does not report which codes end or change.",
    none_title: "No edition of the tariff is imported",
    none_body: "Without one, nothing can be compared. Put the workbooks of TARIC that the European Commission publishes every month into one folder. On the server, import the folder:",
    from: "From",
    to: "To",
    day: "On day",
    day_hint: "Empty: the day of the edition itself. An edition may know later days: compare it with itself on another day.",
    edition: |publication, day| format!("{publication} {day}"),
    in_force: |edition| format!("{edition} (in force)"),
    comparing: "Comparing. The first time takes some seconds.",
    gone: "One of these editions is not kept here any more. Choose another one.",
    busy_title: "The service is busy",
    busy: "It makes few comparisons at a time, or is not available for a moment (503).",
    between: |from, to| format!("between {from} and {to}"),
    changed: |count, between| {
        if count == "1" {
            format!("1 of your codes changes {between}")
        } else {
            format!("{count} of your codes change {between}")
        }
    },
    unchanged: |count, between| {
        if count == "1" {
            format!("Your one code does not change {between}")
        } else {
            format!("None of your {count} codes changes {between}")
        }
    },
    none_in_use: "You have no codes yet: what you classify is compared here.",
    same: "An edition does not differ from itself on the same day: choose another edition or another day.",
    news: |ended, others, between| match (ended, others) {
        ("1", "0") => format!("1 of your codes ends {between}"),
        (_, "0") => format!("{ended} of your codes end {between}"),
        ("0", "1") => format!("1 of your codes changes {between}"),
        ("0", _) => format!("{others} of your codes change {between}"),
        _ => format!("Of your codes, {ended} end and {others} change {between}"),
    },
    kinds: "Kind of change",
    all: "All",
    ended: "Ended",
    divided: "Divided",
    merged: "Merged",
    duty: "Duty",
    measures: "Other measures",
    unit: "Supplementary unit",
    declarable: "Can be declared or not",
    below: "Codes below it",
    counted: "Differences in duty are on the stated value of each product as one consignment. Not counted are products without a value in euros, and those whose duty cannot be calculated.",
    products: |count| if count == "1" { "1 product".to_owned() } else { format!("{count} products") },
    becomes: "Becomes",
    becomes_unknown: "Which code follows is not known here.",
    certain: "certain",
    overlap: |percent| format!("{percent} of the words are the same"),
    changed_below: |count| format!("Changed codes below it: {count}"),
    third_country_duty: "Third-country duty",
    difference: "Difference in duty",
    difference_for: |amount, counted, all| format!("{amount} for {counted} of {all}"),
    changed_measures: |count| format!("Other measures that change: {count}"),
    of_origin: |count| format!("of these origins: {count}"),
    not_known: "not known here, or not one duty",
    none: "none",
    more: |count| format!("Show {count} more"),
    save: "Save all changes",
    saved: |name| format!("{name} was saved."),
    not_saved: "This browser could not save the file.",
};

/// In Dutch.
pub const NL: TariffChanges = TariffChanges {
    title: "Tariefwijzigingen",
    lead: "Wat er wijzigt voor de codes die u hebt ingedeeld of vastgesteld.",
    not_offered_title: "Deze dienst kent geen tariefwijzigingen",
    not_offered: "Ze meldt niet welke codes vervallen of wijzigen.",
    none_title: "Er is geen uitgave van het tarief ingelezen",
    none_body: "Zonder uitgave valt er niets te vergelijken. Zet de werkmappen van Taric, die de Europese Commissie elke maand uitgeeft, in één map. Lees de map in op de server:",
    from: "Van",
    to: "Naar",
    day: "Op datum",
    day_hint: "Leeg: de datum van de uitgave zelf. Een uitgave kan latere datums kennen: vergelijk haar met zichzelf op een andere datum.",
    edition: |publication, day| format!("{publication} {day}"),
    in_force: |edition| format!("{edition} (in gebruik)"),
    comparing: "Wordt vergeleken. De eerste keer duurt dat enkele seconden.",
    gone: "Een van deze uitgaven wordt hier niet meer bewaard. Kies een andere.",
    busy_title: "De dienst is bezet",
    busy: "Ze maakt weinig vergelijkingen tegelijk, of is even niet beschikbaar (503).",
    between: |from, to| format!("tussen {from} en {to}"),
    changed: |count, between| {
        if count == "1" {
            format!("1 van uw codes wijzigt {between}")
        } else {
            format!("{count} van uw codes wijzigen {between}")
        }
    },
    unchanged: |count, between| {
        if count == "1" {
            format!("Uw ene code wijzigt niet {between}")
        } else {
            format!("Geen van uw {count} codes wijzigt {between}")
        }
    },
    none_in_use: "U hebt nog geen codes: wat u indeelt, wordt hier vergeleken.",
    same: "Een uitgave verschilt op dezelfde datum niet van zichzelf: kies een andere uitgave of een andere datum.",
    news: |ended, others, between| match (ended, others) {
        ("1", "0") => format!("1 van uw codes vervalt {between}"),
        (_, "0") => format!("{ended} van uw codes vervallen {between}"),
        ("0", "1") => format!("1 van uw codes wijzigt {between}"),
        ("0", _) => format!("{others} van uw codes wijzigen {between}"),
        _ => format!("Van uw codes vervallen er {ended} en wijzigen er {others} {between}"),
    },
    kinds: "Soort wijziging",
    all: "Alle",
    ended: "Vervallen",
    divided: "Gesplitst",
    merged: "Samengevoegd",
    duty: "Recht",
    measures: "Overige maatregelen",
    unit: "Bijzondere maatstaf",
    declarable: "Aan te geven of niet",
    below: "Codes eronder",
    counted: "Verschillen in recht gelden voor de opgegeven waarde van elk product als één zending. Niet meegeteld zijn producten zonder waarde in euro's en producten waarvan het recht niet te berekenen is.",
    products: |count| if count == "1" { "1 product".to_owned() } else { format!("{count} producten") },
    becomes: "Wordt",
    becomes_unknown: "Welke code volgt, is hier niet bekend.",
    certain: "zeker",
    overlap: |percent| format!("{percent} van de woorden is gelijk"),
    changed_below: |count| format!("Gewijzigde codes eronder: {count}"),
    third_country_duty: "Recht derde landen",
    difference: "Verschil in recht",
    difference_for: |amount, counted, all| format!("{amount} voor {counted} van {all}"),
    changed_measures: |count| format!("Overige maatregelen die wijzigen: {count}"),
    of_origin: |count| format!("van deze oorsprong: {count}"),
    not_known: "hier niet bekend, of niet één recht",
    none: "geen",
    more: |count| format!("Toon er nog {count}"),
    save: "Alle wijzigingen opslaan",
    saved: |name| format!("{name} is opgeslagen."),
    not_saved: "Deze browser kon het bestand niet opslaan.",
};
