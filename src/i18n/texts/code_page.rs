//! Texts of the page of a code: the measures of an imported tariff, and the place of the code in it.

texts! {
    CodePage {
        day,
        edition(day, source, date),
        declare,
        declare_unknown,
        unit,
        lowers,
        lowers_lead,
        raises,
        other,
        count(count),
        order_number,
        excluded,
        conditions(count),
        since(day),
        until(day),
        footnotes,
        official,
        tree,
        tree_unknown,
        this_code,
    }
}

/// In English.
pub const EN: CodePage = CodePage {
    day: "Day",
    edition: |day, source, date| format!("Measures on {day}, from {source} of {date}."),
    declare: "Declare or hand in",
    declare_unknown: "Documents, licences and prohibitions are not known here: look them up in TARIC.",
    unit: "Supplementary unit",
    lowers: "Preferences, suspensions and quotas",
    lowers_lead: "A lower duty, only as named here. Quota balances: ec.europa.eu/taxation_customs/dds2/taric/quota_consultation.jsp",
    raises: "Anti-dumping, countervailing and additional duties",
    other: "Other measures",
    count: |count| format!("{count} measures"),
    order_number: "Quota, order number",
    excluded: "Not from",
    conditions: |count| format!("{count} conditions"),
    since: |day| format!("From {day}"),
    until: |day| format!("until {day}"),
    footnotes: "Footnotes",
    official: "Official texts",
    tree: "Place in the tariff",
    tree_unknown: "Not known here.",
    this_code: "this code",
};

/// In Dutch.
pub const NL: CodePage = CodePage {
    day: "Datum",
    edition: |day, source, date| format!("Maatregelen op {day}, uit {source} van {date}."),
    declare: "Aangeven of overleggen",
    declare_unknown: "Bescheiden, vergunningen en verboden zijn hier niet bekend: raadpleeg Taric.",
    unit: "Bijzondere maatstaf",
    lowers: "Preferenties, schorsingen en contingenten",
    lowers_lead: "Een lager recht, alleen zoals hier vermeld. Saldo van contingenten: ec.europa.eu/taxation_customs/dds2/taric/quota_consultation.jsp",
    raises: "Antidumping-, compenserende en aanvullende rechten",
    other: "Overige maatregelen",
    count: |count| format!("{count} maatregelen"),
    order_number: "Contingent, volgnummer",
    excluded: "Niet uit",
    conditions: |count| format!("{count} voorwaarden"),
    since: |day| format!("Vanaf {day}"),
    until: |day| format!("tot en met {day}"),
    footnotes: "Voetnoten",
    official: "Officiële teksten",
    tree: "Plaats in het tarief",
    tree_unknown: "Hier niet bekend.",
    this_code: "deze code",
};
