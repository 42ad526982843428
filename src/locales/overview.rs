//! The overview.

use crate::i18n::texts;

texts! {
    Overview {
        title,
        credits,
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
    credits: "credits left",
    credits_of: |used, purchased| format!("{used} of {purchased} bought credits used"),
    credits_expire: |date| format!("The first expire on {date}"),
    credits_low: "Less than a fifth of your credits is left.",
    plan: |plan| format!("{plan} plan"),
    plan_used: |used, limit| format!("{used} of {limit} classifications"),
    plan_explained: |month| format!("In {month}. The plan's allowance is not the same as prepaid credits."),
    rate: "Requests this minute",
    rate_left: |left, limit| format!("{left} of {limit} left"),
    rate_explained: "The limit of this key; it starts anew every minute.",
    recent: "Recent work",
    all: "All classifications",
    attention: "To review",
    attention_none: "Nothing without a verdict has failed, or was found with weak confidence.",
    attention_newest: |looked_at, unsure, failed| {
        format!(
            "This service cannot be asked what waits. Of its newest {looked_at}: weak confidence {unsure}, no code found {failed}."
        )
    },
    attention_untold: "This service does not say what was reviewed elsewhere: only verdicts from this browser are counted.",
    review_unsure: |count| format!("Review {count} with weak confidence"),
    review_failed: |count| format!("Review {count} without a code"),
    attention_all: "All that has no verdict",
    start_title: "Classify your first product",
    start_body: "Say what it is, what it is made of and what it is for. The code comes with its reasons.",
    start_action: "Classify a product",
};

/// In Dutch.
pub const NL: Overview = Overview {
    title: "Overzicht",
    credits: "credits over",
    credits_of: |used, purchased| format!("{used} van {purchased} gekochte credits gebruikt"),
    credits_expire: |date| format!("De eerste vervallen op {date}"),
    credits_low: "Er is minder dan een vijfde van uw credits over.",
    plan: |plan| format!("Abonnement {plan}"),
    plan_used: |used, limit| format!("{used} van {limit} indelingen"),
    plan_explained: |month| {
        format!("In {month}. De ruimte van het abonnement is iets anders dan vooruitbetaalde credits.")
    },
    rate: "Verzoeken deze minuut",
    rate_left: |left, limit| format!("{left} van {limit} over"),
    rate_explained: "De grens van deze sleutel; elke minuut begint opnieuw.",
    recent: "Laatste werk",
    all: "Alle indelingen",
    attention: "Te beoordelen",
    attention_none: "Niets zonder oordeel is mislukt of met zwakke zekerheid gevonden.",
    attention_newest: |looked_at, unsure, failed| {
        format!(
            "Deze dienst kan niet zeggen wat er wacht. Van de nieuwste {looked_at}: zwakke zekerheid {unsure}, zonder code {failed}."
        )
    },
    attention_untold: "Deze dienst zegt niet wat elders is beoordeeld: alleen oordelen uit deze browser tellen mee.",
    review_unsure: |count| format!("{count} met zwakke zekerheid beoordelen"),
    review_failed: |count| format!("{count} zonder code beoordelen"),
    attention_all: "Alles zonder oordeel",
    start_title: "Deel uw eerste product in",
    start_body: "Zeg wat het is, waarvan het is gemaakt en waarvoor het dient. De code komt met de redenen.",
    start_action: "Een product indelen",
};
