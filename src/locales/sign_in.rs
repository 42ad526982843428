//! Signing in.

use crate::i18n::texts;

texts! {
    SignIn {
        title,
        lead,
        key,
        key_hint,
        show,
        hide,
        submit,
        trying,
        missing,
        malformed,
        refused,
        again,
        kept,
        locked,
        locked_explained,
        wiped,
        wiped_proof(values, texts, keys),
        wiped_not,
        wiped_uncounted,
        forwarded(service),
    }
}

/// In English.
pub const EN: SignIn = SignIn {
    title: "Sign in",
    lead: "Paste an Import8 API key to find the commodity codes of your products.",
    key: "API key",
    key_hint: "It begins with c8_.",
    show: "Show",
    hide: "Hide",
    submit: "Sign in",
    trying: "Trying the key…",
    missing: "Paste your API key.",
    malformed: "This cannot be a key: it has spaces or characters that no key has.",
    refused: "The API does not accept this key. Check that you copied all of it, or use another.",
    again: "Check the connection or the key, and try again.",
    kept: "The key stays in this tab: it is gone when you close it or sign out.",
    locked: "Locked, because nobody was here.",
    locked_explained: "The keys of this tab were forgotten. Your drafts and batches are kept: they go on when you sign in.",
    wiped: "Everything was wiped.",
    wiped_proof: |values, texts, keys| {
        format!("Counted again just now: {values} entries in the database, {texts} settings, {keys} keys.")
    },
    wiped_uncounted: "What is left could not be counted: this browser does not say.",
    wiped_not: "Something is there again: another tab of the dashboard has written. Close it and wipe once more.",
    forwarded: |service| format!("This server passes your key on to {service}."),
};

/// In Dutch.
pub const NL: SignIn = SignIn {
    title: "Aanmelden",
    lead: "Plak een API-sleutel van Import8 om de goederencodes van uw producten te vinden.",
    key: "API-sleutel",
    key_hint: "Hij begint met c8_.",
    show: "Tonen",
    hide: "Verbergen",
    submit: "Aanmelden",
    trying: "Sleutel wordt geprobeerd…",
    missing: "Plak uw API-sleutel.",
    malformed: "Dit kan geen sleutel zijn: er staan spaties of tekens in die geen sleutel heeft.",
    refused: "De API aanvaardt deze sleutel niet. Controleer of u hem helemaal hebt gekopieerd, of gebruik een andere.",
    again: "Controleer de verbinding of de sleutel en probeer het opnieuw.",
    kept: "De sleutel blijft in dit tabblad: hij is weg als u het sluit of u afmeldt.",
    locked: "Vergrendeld, omdat er niemand was.",
    locked_explained: "De sleutels van dit tabblad zijn vergeten. Uw concepten en batches zijn bewaard: ze gaan verder als u zich aanmeldt.",
    wiped: "Alles is gewist.",
    wiped_proof: |values, texts, keys| {
        format!(
            "Zojuist opnieuw geteld: {values} gegevens in de database, {texts} instellingen, {keys} sleutels."
        )
    },
    wiped_uncounted: "Wat er over is, kon niet worden geteld: deze browser zegt het niet.",
    wiped_not: "Er staat weer iets: een ander tabblad van het dashboard heeft geschreven. Sluit het en wis nog een keer.",
    forwarded: |service| format!("Deze server geeft uw sleutel door aan {service}."),
};
