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
    forwarded: |service| format!("Deze server geeft uw sleutel door aan {service}."),
};
