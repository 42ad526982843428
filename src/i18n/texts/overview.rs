//! Texts of the overview.

texts! {
    Overview {
        title,
        credits(count),
        credits_of(used, purchased),
        credits_expire(date),
        credits_low,
        plan(plan),
        plan_used(used, limit),
        plan_explained(month),
        rate,
        rate_left(left, limit),
        rate_explained,
        recent,
        all,
        attention,
        attention_none,
        attention_newest(looked_at, unsure, failed),
        attention_untold,
        review_unsure(count),
        review_failed(count),
        attention_all,
        start_title,
        start_body,
        start_action,
    }
}

/// In English.
pub const EN: Overview = Overview {
    title: "Overview",
    credits: |count| if count == "1" { "credit left".to_owned() } else { "credits left".to_owned() },
    credits_of: |used, purchased| format!("{used} of {purchased} credits used"),
    credits_expire: |date| format!("The first expire on {date}"),
    credits_low: "Less than a fifth of your credits is left.",
    plan: |plan| format!("{plan} plan"),
    plan_used: |used, limit| format!("{used} of {limit} classifications"),
    plan_explained: |month| format!("In {month}. Separate from your credits."),
    rate: "Requests this minute",
    rate_left: |left, limit| format!("{left} of {limit} left"),
    rate_explained: "The limit of this key; it resets every minute.",
    recent: "Recent",
    all: "All classifications",
    attention: "To review",
    attention_none: "No failed or weak results to review.",
    attention_newest: |looked_at, unsure, failed| {
        format!(
            "This service does not report what waits for review. Of the newest {looked_at}: weak confidence {unsure}, no code found {failed}."
        )
    },
    attention_untold: "This service does not report reviews made elsewhere: only those from this browser count.",
    review_unsure: |count| format!("Review {count} with weak confidence"),
    review_failed: |count| format!("Review {count} without a code"),
    attention_all: "View all unreviewed",
    start_title: "Classify your first product",
    start_body: "Describe what it is, what it is made of and what it is for. You get the code with the reasons.",
    start_action: "Classify a product",
};

/// In Dutch.
pub const NL: Overview = Overview {
    title: "Overzicht",
    credits: |count| if count == "1" { "credit over".to_owned() } else { "credits over".to_owned() },
    credits_of: |used, purchased| format!("{used} van {purchased} credits gebruikt"),
    credits_expire: |date| format!("De eerste vervallen op {date}"),
    credits_low: "Er is minder dan een vijfde van uw credits over.",
    plan: |plan| format!("Abonnement {plan}"),
    plan_used: |used, limit| format!("{used} van {limit} indelingen"),
    plan_explained: |month| {
        format!("In {month}. Het maandtegoed van uw abonnement staat los van uw credits.")
    },
    rate: "Verzoeken deze minuut",
    rate_left: |left, limit| format!("{left} van {limit} over"),
    rate_explained: "De limiet van deze sleutel; elke minuut opnieuw.",
    recent: "Recent",
    all: "Alle indelingen",
    attention: "Te beoordelen",
    attention_none: "Geen mislukte of zwakke resultaten te beoordelen.",
    attention_newest: |looked_at, unsure, failed| {
        format!(
            "Deze dienst meldt niet wat nog te beoordelen is. Van de nieuwste {looked_at}: zwakke betrouwbaarheid {unsure}, zonder code {failed}."
        )
    },
    attention_untold: "Deze dienst meldt geen beoordelingen van elders: alleen die uit deze browser tellen mee.",
    review_unsure: |count| format!("{count} met zwakke betrouwbaarheid beoordelen"),
    review_failed: |count| format!("{count} zonder code beoordelen"),
    attention_all: "Alle onbeoordeelde",
    start_title: "Deel uw eerste product in",
    start_body: "Geef aan wat het is, waarvan het is gemaakt en waarvoor het dient. U krijgt de code met onderbouwing.",
    start_action: "Een product indelen",
};
