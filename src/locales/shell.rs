//! The frame around the screens.

use crate::i18n::texts;

texts! {
    Shell {
        brand,
        skip_to_content,
        nav_label,
        nav_overview,
        nav_classify,
        nav_history,
        language_label,
        sign_out,
        credits_left(credits),
        credits_unknown,
        api_operational,
        api_degraded,
        api_unreachable,
        api_unknown,
        offline_title,
        offline_body,
        forwarded_to(service),
    }
}

/// In English.
pub const EN: Shell = Shell {
    brand: "Import8",
    skip_to_content: "Skip to content",
    nav_label: "Main",
    nav_overview: "Overview",
    nav_classify: "Classify",
    nav_history: "History",
    language_label: "Language",
    sign_out: "Sign out",
    credits_left: |credits| if credits == "1" { "1 credit".to_owned() } else { format!("{credits} credits") },
    credits_unknown: "Credits …",
    api_operational: "API operational",
    api_degraded: "API reports a problem",
    api_unreachable: "API unreachable",
    api_unknown: "Checking the API",
    offline_title: "No connection to the API.",
    offline_body: "What you see is the last known state. We keep trying and go on by ourselves when it is back.",
    forwarded_to: |service| format!("Connected to {service}"),
};

/// In Dutch.
pub const NL: Shell = Shell {
    brand: "Import8",
    skip_to_content: "Naar de inhoud",
    nav_label: "Hoofdmenu",
    nav_overview: "Overzicht",
    nav_classify: "Indelen",
    nav_history: "Geschiedenis",
    language_label: "Taal",
    sign_out: "Afmelden",
    credits_left: |credits| if credits == "1" { "1 credit".to_owned() } else { format!("{credits} credits") },
    credits_unknown: "Credits …",
    api_operational: "API in bedrijf",
    api_degraded: "API meldt een probleem",
    api_unreachable: "API onbereikbaar",
    api_unknown: "API wordt gecontroleerd",
    offline_title: "Geen verbinding met de API.",
    offline_body: "U ziet de laatst bekende stand. We blijven het proberen en gaan vanzelf verder zodra de verbinding terug is.",
    forwarded_to: |service| format!("Verbonden met {service}"),
};
