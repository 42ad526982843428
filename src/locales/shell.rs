//! Texts of the frame around the screens.

use crate::i18n::texts;

texts! {
    Shell {
        brand,
        skip_to_content,
        nav_label,
        nav_overview,
        nav_classify,
        nav_batches,
        nav_history,
        nav_review,
        nav_duty_rates,
        nav_landed_cost,
        nav_account,
        nav_usage,
        nav_keys,
        nav_webhook,
        nav_requests,
        nav_settings,
        language_label,
        palette,
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
        left_behind(organization),
        take_over,
        not_taken_over,
        leave,
    }
}

/// In English.
pub const EN: Shell = Shell {
    brand: "Import8",
    skip_to_content: "Skip to content",
    nav_label: "Main",
    nav_overview: "Overview",
    nav_classify: "Classify",
    nav_batches: "Batches",
    nav_history: "History",
    nav_review: "Review",
    nav_duty_rates: "Duty rates",
    nav_landed_cost: "Landed cost",
    nav_account: "Account",
    nav_usage: "Usage",
    nav_keys: "API keys",
    nav_webhook: "Webhook",
    nav_requests: "Request log",
    nav_settings: "Settings",
    language_label: "Language",
    palette: "Search",
    sign_out: "Sign out",
    credits_left: |credits| if credits == "1" { "1 credit".to_owned() } else { format!("{credits} credits") },
    credits_unknown: "Credits …",
    api_operational: "API operational",
    api_degraded: "API reports a problem",
    api_unreachable: "API unreachable",
    api_unknown: "Checking the API",
    offline_title: "No connection to the API.",
    offline_body: "You see the last known data. We keep trying and continue when the connection is back.",
    forwarded_to: |service| format!("Connected to {service}"),
    left_behind: |organization| {
        format!(
            "This browser has work of another key, whose organisation is also called “{organization}”. The service does not report whether it is the same one."
        )
    },
    take_over: "Same organisation: show it here",
    not_taken_over: "This browser could not move it. Nothing was changed: try again.",
    leave: "Another organisation",
};

/// In Dutch.
pub const NL: Shell = Shell {
    brand: "Import8",
    skip_to_content: "Naar de inhoud",
    nav_label: "Hoofdmenu",
    nav_overview: "Overzicht",
    nav_classify: "Indelen",
    nav_batches: "Batches",
    nav_history: "Geschiedenis",
    nav_review: "Beoordelen",
    nav_duty_rates: "Invoerrechten",
    nav_landed_cost: "Landed cost",
    nav_account: "Account",
    nav_usage: "Gebruik",
    nav_keys: "API-sleutels",
    nav_webhook: "Webhook",
    nav_requests: "API-logboek",
    nav_settings: "Instellingen",
    language_label: "Taal",
    palette: "Zoeken",
    sign_out: "Afmelden",
    credits_left: |credits| if credits == "1" { "1 credit".to_owned() } else { format!("{credits} credits") },
    credits_unknown: "Credits …",
    api_operational: "API in bedrijf",
    api_degraded: "API meldt een probleem",
    api_unreachable: "API onbereikbaar",
    api_unknown: "API wordt gecontroleerd",
    offline_title: "Geen verbinding met de API.",
    offline_body: "U ziet de laatst bekende gegevens. We blijven het proberen en gaan verder zodra de verbinding terug is.",
    forwarded_to: |service| format!("Verbonden met {service}"),
    left_behind: |organization| {
        format!(
            "Deze browser bewaart werk van een andere sleutel, waarvan de organisatie ook ‘{organization}’ heet. De dienst meldt niet of het dezelfde is."
        )
    },
    take_over: "Dezelfde organisatie: toon het hier",
    not_taken_over: "Deze browser kon het niet verplaatsen. Er is niets gewijzigd: probeer het opnieuw.",
    leave: "Een andere organisatie",
};
