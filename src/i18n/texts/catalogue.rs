//! Texts of a batch before it is sent: the rows to fix, its cost.

texts! {
    Catalogue {
        lead(rows, columns),
        checking,
        problems,
        problems_lead(rows),
        no_problems,
        problem(what, rows),
        instead,
        instead_of(text),
        in_row(row),
        says_nothing,
        rows(count),
        apply,
        more_texts(count),
        leave_away(what),
        left_away(what),
        changes(count),
        changed(from, to),
        undo,
        vague(rows),
        vague_lead,
        vague_leave_out,
        vague_send,
        known_title,
        known_lead,
        known_look(requests),
        known_looking(page, last),
        known_stop,
        known_none,
        known_some(count),
        known_rest(count),
        known_use(count),
        known_anew,
        cost,
        cost_rows,
        cost_left_out,
        cost_same,
        cost_known,
        cost_products,
        cost_origins,
        origin_not_given,
        origins_of(origin, products),
        origins_more(count),
        cost_currency,
        currency_not_taken,
        currency_open,
        cost_batches,
        cost_time,
        cost_credits,
        cost_credits_after(before, after),
        time_seconds,
        time_minutes(minutes),
        start(products),
        start_first(products, credits),
        too_few(credits, products),
        no_credits,
        nothing_to_send,
        all_known(count),
        preparing(done, total),
        delete,
    }
}

/// In English.
pub const EN: Catalogue = Catalogue {
    lead: |rows, columns| {
        let s = |count: &str| if count == "1" { "" } else { "s" };
        format!("{rows} row{}, {columns} column{}", s(rows), s(columns))
    },
    checking: "Checking…",
    problems: "Rows to fix",
    problems_lead: |rows| {
        if rows == "1" {
            "1 row cannot be sent as it is. It is skipped unless you fix it; your file is not changed."
                .to_owned()
        } else {
            format!(
                "{rows} rows cannot be sent as they are. They are skipped unless you fix them; your file is not changed."
            )
        }
    },
    no_problems: "Every row can be sent.",
    problem: |what, rows| format!("{what}: {rows}"),
    instead: "Instead",
    instead_of: |text| format!("Instead of “{text}”"),
    in_row: |row| format!("row {row}"),
    says_nothing: "empty",
    rows: |count| if count == "1" { "1 row".to_owned() } else { format!("{count} rows") },
    apply: "Apply",
    more_texts: |count| format!("and {count} more"),
    leave_away: |what| format!("Ignore “{what}” in these rows"),
    left_away: |what| format!("“{what}” is ignored where it cannot be read."),
    changes: |count| {
        if count == "1" { "1 change by you".to_owned() } else { format!("{count} changes by you") }
    },
    changed: |from, to| format!("{from} → {to}"),
    undo: "Undo",
    vague: |rows| {
        if rows == "1" {
            "1 description is too vague".to_owned()
        } else {
            format!("{rows} descriptions are too vague")
        }
    },
    vague_lead: "They could describe anything, so their codes would be guesses. Add detail, or skip them.",
    vague_leave_out: "Skip them",
    vague_send: "Send them anyway",
    known_title: "Classified before",
    known_lead: "Products in your history need not be paid for again. They are matched by description; origin and destination may differ.",
    known_look: |requests| {
        if requests == "1" {
            "Find products already classified".to_owned()
        } else {
            format!("Find products already classified (about {requests} requests)")
        }
    },
    known_looking: |page, last| format!("Searching history page {page} of {last}"),
    known_stop: "Stop",
    known_none: "None of these products is in the history.",
    known_some: |count| {
        if count == "1" {
            "1 product already has a code".to_owned()
        } else {
            format!("{count} products already have a code")
        }
    },
    known_rest: |count| format!("and {count} more"),
    known_use: |count| {
        if count == "1" {
            "Use it and save 1 credit".to_owned()
        } else {
            format!("Use them and save {count} credits")
        }
    },
    known_anew: "Classify them again",
    cost: "Cost",
    cost_rows: "Rows",
    cost_left_out: "skipped",
    cost_same: "duplicates of another row",
    cost_known: "with a code from the history",
    cost_products: "Products to classify",
    cost_origins: "Origin",
    origin_not_given: "not given",
    origins_of: |origin, products| format!("{origin} {products}"),
    origins_more: |count| format!("{count} more countries"),
    cost_currency: "Currency",
    currency_not_taken: "one that cannot be sent",
    currency_open: "not known yet",
    cost_batches: "Requests of up to 100",
    cost_time: "Time to send",
    cost_credits: "Credits",
    cost_credits_after: |before, after| format!("{before} now, {after} after"),
    time_seconds: "a few seconds",
    time_minutes: |minutes| {
        if minutes == "1" { "about a minute".to_owned() } else { format!("about {minutes} minutes") }
    },
    start: |products| {
        if products == "1" {
            "Classify 1 product for 1 credit".to_owned()
        } else {
            format!("Classify {products} products for {products} credits")
        }
    },
    start_first: |products, credits| format!("Classify the first {products} for {credits} credits"),
    too_few: |credits, products| {
        format!(
            "{credits} credits are left for {products} products. You can send the others later, from the same file."
        )
    },
    no_credits: "No credits left. Add some in your account, then come back: this page is kept.",
    nothing_to_send: "Nothing to send yet.",
    all_known: |count| {
        if count == "1" {
            "Use the 1 code, for no credits".to_owned()
        } else {
            format!("Use the {count} codes, for no credits")
        }
    },
    preparing: |done, total| format!("Preparing: {done} of {total}"),
    delete: "Discard",
};

/// In Dutch.
pub const NL: Catalogue = Catalogue {
    lead: |rows, columns| {
        let rows = if rows == "1" { "1 rij".to_owned() } else { format!("{rows} rijen") };
        let columns = if columns == "1" { "1 kolom".to_owned() } else { format!("{columns} kolommen") };
        format!("{rows}, {columns}")
    },
    checking: "Wordt gecontroleerd…",
    problems: "Rijen met fouten",
    problems_lead: |rows| {
        if rows == "1" {
            "1 rij kan zo niet worden verzonden. Hij wordt overgeslagen tenzij u hem herstelt; uw bestand verandert niet.".to_owned()
        } else {
            format!(
                "{rows} rijen kunnen zo niet worden verzonden. Ze worden overgeslagen tenzij u ze herstelt; uw bestand verandert niet."
            )
        }
    },
    no_problems: "Elke rij kan worden verzonden.",
    problem: |what, rows| format!("{what}: {rows}"),
    instead: "In plaats daarvan",
    instead_of: |text| format!("In plaats van ‘{text}’"),
    in_row: |row| format!("rij {row}"),
    says_nothing: "leeg",
    rows: |count| if count == "1" { "1 rij".to_owned() } else { format!("{count} rijen") },
    apply: "Toepassen",
    more_texts: |count| format!("en nog {count}"),
    leave_away: |what| format!("‘{what}’ in deze rijen negeren"),
    left_away: |what| format!("‘{what}’ wordt genegeerd waar het niet te lezen is."),
    changes: |count| {
        if count == "1" { "1 wijziging van u".to_owned() } else { format!("{count} wijzigingen van u") }
    },
    changed: |from, to| format!("{from} → {to}"),
    undo: "Ongedaan maken",
    vague: |rows| {
        if rows == "1" {
            "1 omschrijving is te vaag".to_owned()
        } else {
            format!("{rows} omschrijvingen zijn te vaag")
        }
    },
    vague_lead: "Ze kunnen van alles omschrijven, dus de codes zouden een gok zijn. Vul ze aan, of sla ze over.",
    vague_leave_out: "Overslaan",
    vague_send: "Toch verzenden",
    known_title: "Eerder ingedeeld",
    known_lead: "Voor producten in uw geschiedenis betaalt u niet opnieuw. Ze worden herkend aan de omschrijving; oorsprong en bestemming kunnen verschillen.",
    known_look: |requests| {
        if requests == "1" {
            "Al ingedeelde producten zoeken".to_owned()
        } else {
            format!("Al ingedeelde producten zoeken (ongeveer {requests} verzoeken)")
        }
    },
    known_looking: |page, last| format!("Geschiedenis: pagina {page} van {last} wordt doorzocht"),
    known_stop: "Stoppen",
    known_none: "Geen van deze producten staat in de geschiedenis.",
    known_some: |count| {
        if count == "1" {
            "1 product heeft al een code".to_owned()
        } else {
            format!("{count} producten hebben al een code")
        }
    },
    known_rest: |count| format!("en nog {count}"),
    known_use: |count| {
        if count == "1" {
            "Gebruiken en 1 credit besparen".to_owned()
        } else {
            format!("Gebruiken en {count} credits besparen")
        }
    },
    known_anew: "Opnieuw indelen",
    cost: "Kosten",
    cost_rows: "Rijen",
    cost_left_out: "overgeslagen",
    cost_same: "dubbel met een andere rij",
    cost_known: "met een code uit de geschiedenis",
    cost_products: "In te delen producten",
    cost_origins: "Oorsprong",
    origin_not_given: "niet vermeld",
    origins_of: |origin, products| format!("{origin} {products}"),
    origins_more: |count| format!("nog {count} landen"),
    cost_currency: "Valuta",
    currency_not_taken: "een die niet kan worden verzonden",
    currency_open: "nog niet bekend",
    cost_batches: "Verzoeken van maximaal 100",
    cost_time: "Verzendtijd",
    cost_credits: "Credits",
    cost_credits_after: |before, after| format!("nu {before}, daarna {after}"),
    time_seconds: "enkele seconden",
    time_minutes: |minutes| {
        if minutes == "1" { "ongeveer een minuut".to_owned() } else { format!("ongeveer {minutes} minuten") }
    },
    start: |products| {
        if products == "1" {
            "1 product indelen voor 1 credit".to_owned()
        } else {
            format!("{products} producten indelen voor {products} credits")
        }
    },
    start_first: |products, credits| format!("De eerste {products} indelen voor {credits} credits"),
    too_few: |credits, products| {
        format!(
            "Er zijn nog {credits} credits voor {products} producten. De andere kunt u later verzenden, uit hetzelfde bestand."
        )
    },
    no_credits: "Geen credits meer. Voeg ze toe in uw account en kom terug: deze pagina blijft bewaard.",
    nothing_to_send: "Nog niets te verzenden.",
    all_known: |count| {
        if count == "1" {
            "De ene code overnemen, zonder credits".to_owned()
        } else {
            format!("De {count} codes overnemen, zonder credits")
        }
    },
    preparing: |done, total| format!("Wordt voorbereid: {done} van {total}"),
    delete: "Verwijderen",
};
