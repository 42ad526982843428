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
        measures,
        additional_code,
        order_number,
        excluded,
        conditions,
        since,
        until,
        footnotes,
        official,
        history,
        history_lead,
        no_code,
        tree,
        tree_unknown,
        this_code,
        ended,
    }
}

/// In English.
pub const EN: CodePage = CodePage {
    day: "Day",
    edition: |day, source, date| {
        if date.is_empty() {
            format!("Measures on {day}, from the built-in tariff.")
        } else {
            format!("Measures on {day}, from {source} of {date}.")
        }
    },
    declare: "Declare or hand in",
    declare_unknown: "Documents, licences and prohibitions are not known here: look them up in TARIC.",
    unit: "Supplementary unit",
    lowers: "Preferences, suspensions and quotas",
    lowers_lead: "A lower duty, only as named here. Quota balances: ec.europa.eu/taxation_customs/dds2/taric/quota_consultation.jsp",
    raises: "Anti-dumping, countervailing and additional duties",
    other: "Other measures",
    measures: "measures",
    additional_code: "Additional code",
    order_number: "Quota, order number",
    excluded: "Not from",
    conditions: "conditions",
    since: "From",
    until: "until",
    footnotes: "Footnotes",
    official: "Official texts",
    history: "Third-country duty over time",
    history_lead: "By the day of the built-in rate and of each imported edition, where the duty differs from that before it.",
    no_code: "no such code",
    tree: "Place in the tariff",
    tree_unknown: "Not known here.",
    this_code: "this code",
    ended: "Has it ended? See the changes of your codes",
};

/// In Dutch.
pub const NL: CodePage = CodePage {
    day: "Datum",
    edition: |day, source, date| {
        if date.is_empty() {
            format!("Maatregelen op {day}, uit het ingebouwde tarief.")
        } else {
            format!("Maatregelen op {day}, uit {source} van {date}.")
        }
    },
    declare: "Aangeven of overleggen",
    declare_unknown: "Bescheiden, vergunningen en verboden zijn hier niet bekend: raadpleeg Taric.",
    unit: "Bijzondere maatstaf",
    lowers: "Preferenties, schorsingen en contingenten",
    lowers_lead: "Een lager recht, alleen zoals hier vermeld. Saldo van contingenten: ec.europa.eu/taxation_customs/dds2/taric/quota_consultation.jsp",
    raises: "Antidumping-, compenserende en aanvullende rechten",
    other: "Overige maatregelen",
    measures: "maatregelen",
    additional_code: "Aanvullende code",
    order_number: "Contingent, volgnummer",
    excluded: "Niet uit",
    conditions: "voorwaarden",
    since: "Vanaf",
    until: "tot en met",
    footnotes: "Voetnoten",
    official: "Officiële teksten",
    history: "Recht derde landen door de tijd",
    history_lead: "Op de datum van het ingebouwde recht en van elke ingevoerde uitgave, waar het recht afwijkt van dat ervoor.",
    no_code: "geen code",
    tree: "Plaats in het tarief",
    tree_unknown: "Hier niet bekend.",
    this_code: "deze code",
    ended: "Vervallen? Zie de wijzigingen van uw codes",
};
