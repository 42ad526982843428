//! Texts that every screen uses.

texts! {
    Common {
        loading,
        try_again,
        copied,
        none_given,
        sample_language,
        copy_sample,
    }
}

/// In English.
pub const EN: Common = Common {
    loading: "Loading…",
    try_again: "Try again",
    copied: "Copied",
    none_given: "not given",
    sample_language: "Language of the sample",
    copy_sample: "Copy code",
};

/// In Dutch.
pub const NL: Common = Common {
    loading: "Laden…",
    try_again: "Opnieuw proberen",
    copied: "Gekopieerd",
    none_given: "niet opgegeven",
    sample_language: "Taal van het voorbeeld",
    copy_sample: "Kopieer code",
};
