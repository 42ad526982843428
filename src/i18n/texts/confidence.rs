//! Names of the confidence bands.

texts! {
    Confidence {
        strong,
        fair,
        weak,
        weak_advice,
    }
}

/// In English.
pub const EN: Confidence = Confidence {
    strong: "Strong",
    fair: "Fair",
    weak: "Weak",
    weak_advice: "Check this code before you use it: compare the alternatives below.",
};

/// In Dutch.
pub const NL: Confidence = Confidence {
    strong: "Sterk",
    fair: "Redelijk",
    weak: "Zwak",
    weak_advice: "Controleer deze code voordat u hem gebruikt: vergelijk de alternatieven hieronder.",
};
