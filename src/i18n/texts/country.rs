//! Texts of the field that searches countries.

texts! {
    Country {
        unknown,
    }
}

/// In English.
pub const EN: Country = Country { unknown: "Choose a country from the list." };

/// In Dutch.
pub const NL: Country = Country { unknown: "Kies een land uit de lijst." };
