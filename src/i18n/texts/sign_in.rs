//! Texts of signing in.

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
    trying: "Checking the key…",
    missing: "Paste your API key.",
    malformed: "This cannot be a key: it has spaces or invalid characters.",
    refused: "The API does not accept this key. Check that it is complete, or use another.",
    again: "Check the connection or the key, and try again.",
    kept: "The key stays in this tab until you close it or sign out.",
    locked: "Locked after inactivity.",
    locked_explained: "The keys were removed from this tab. Your drafts and batches are kept and continue when you sign in.",
    wiped: "Everything was deleted.",
    wiped_proof: |values, texts, keys| {
        format!("Counted just now: {values} database entries, {texts} settings, {keys} keys.")
    },
    wiped_uncounted: "This browser does not report what is left.",
    wiped_not: "Something was stored again, by another tab of the dashboard. Close it and delete once more.",
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
    trying: "Sleutel wordt gecontroleerd…",
    missing: "Plak uw API-sleutel.",
    malformed: "Dit kan geen sleutel zijn: er staan spaties of ongeldige tekens in.",
    refused: "De API aanvaardt deze sleutel niet. Controleer of hij volledig is, of gebruik een andere.",
    again: "Controleer de verbinding of de sleutel en probeer het opnieuw.",
    kept: "De sleutel blijft in dit tabblad tot u het sluit of u afmeldt.",
    locked: "Vergrendeld na inactiviteit.",
    locked_explained: "De sleutels zijn uit dit tabblad verwijderd. Uw concepten en batches zijn bewaard en gaan verder als u zich aanmeldt.",
    wiped: "Alles is verwijderd.",
    wiped_proof: |values, texts, keys| {
        format!("Zojuist geteld: {values} gegevens in de database, {texts} instellingen, {keys} sleutels.")
    },
    wiped_uncounted: "Deze browser meldt niet wat er over is.",
    wiped_not: "Een ander tabblad van het dashboard heeft weer iets opgeslagen. Sluit het en verwijder nog een keer.",
    forwarded: |service| format!("Deze server geeft uw sleutel door aan {service}."),
};
