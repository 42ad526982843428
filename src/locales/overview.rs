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
        attention_explained,
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
    attention_none: "None of the last 20 has failed, or was found with weak confidence.",
    attention_explained: "Failed, or found with weak confidence, among the last 20.",
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
    attention_none: "Van de laatste 20 is er geen mislukt of met zwakke zekerheid gevonden.",
    attention_explained: "Mislukt, of gevonden met zwakke zekerheid, onder de laatste 20.",
    attention_all: "Alles zonder oordeel",
    start_title: "Deel uw eerste product in",
    start_body: "Zeg wat het is, waarvan het is gemaakt en waarvoor het dient. De code komt met de redenen.",
    start_action: "Een product indelen",
};
