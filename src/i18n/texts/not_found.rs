//! Texts of an address without a screen.

texts! {
    NotFound {
        title,
        body,
        back,
    }
}

/// In English.
pub const EN: NotFound = NotFound {
    title: "This page does not exist",
    body: "The address may be mistyped or out of date.",
    back: "To the overview",
};

/// In Dutch.
pub const NL: NotFound = NotFound {
    title: "Deze pagina bestaat niet",
    body: "Misschien is het adres verkeerd getypt of verouderd.",
    back: "Naar het overzicht",
};
