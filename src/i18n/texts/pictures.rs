//! Texts of the pictures of a product.

texts! {
    Pictures {
        label,
        hint(max),
        choose,
        camera,
        ways,
        drop_here,
        address,
        add,
        reducing_one,
        reducing(count),
        count(count, max),
        none,
        size(width, height, weight),
        reduced_from(width, height),
        address_only(host),
        remove,
        remove_named(name),
        and_more(names, count),
        not_a_picture(names),
        unreadable(names),
        too_many(max, names),
        already_there(names),
        not_an_address,
        address_long(max),
    }
}

/// In English.
pub const EN: Pictures = Pictures {
    label: "Pictures",
    hint: |max| format!("At most {max}. Reduced in this browser; location and camera data are not sent."),
    choose: "Choose files",
    camera: "Take a photo",
    ways: "or drop them on this page, or paste them.",
    drop_here: "Drop to add them.",
    address: "Or the address of a picture, beginning with https",
    add: "Add",
    reducing_one: "Reducing a picture…",
    reducing: |count| format!("Reducing {count} pictures…"),
    count: |count, max| format!("{count} of {max} pictures"),
    none: "No pictures",
    size: |width, height, weight| format!("{width} × {height}, {weight} kB"),
    reduced_from: |width, height| format!("reduced from {width} × {height}"),
    address_only: |host| format!("{host}: only the address is sent"),
    remove: "Remove",
    remove_named: |name| format!("Remove {name}"),
    and_more: |names, count| format!("{names} and {count} more"),
    not_a_picture: |names| format!("Not a picture: {names}."),
    unreadable: |names| {
        format!("This browser cannot read {names}. Save it as JPEG or PNG and choose it again.")
    },
    too_many: |max, names| format!("Skipped, as {max} pictures is the maximum: {names}."),
    already_there: |names| format!("Already added: {names}."),
    not_an_address: "This is not the address of a picture. It must begin with https and have no spaces.",
    address_long: |max| format!("An address may have at most {max} characters."),
};

/// In Dutch.
pub const NL: Pictures = Pictures {
    label: "Afbeeldingen",
    hint: |max| {
        format!(
            "Maximaal {max}. In deze browser verkleind; locatie en cameragegevens worden niet meegezonden."
        )
    },
    choose: "Bestanden kiezen",
    camera: "Foto maken",
    ways: "of sleep ze naar deze pagina, of plak ze.",
    drop_here: "Laat los om ze toe te voegen.",
    address: "Of het adres van een afbeelding, beginnend met https",
    add: "Toevoegen",
    reducing_one: "Een afbeelding wordt verkleind…",
    reducing: |count| format!("{count} afbeeldingen worden verkleind…"),
    count: |count, max| format!("{count} van {max} afbeeldingen"),
    none: "Geen afbeeldingen",
    size: |width, height, weight| format!("{width} × {height}, {weight} kB"),
    reduced_from: |width, height| format!("verkleind van {width} × {height}"),
    address_only: |host| format!("{host}: alleen het adres wordt verzonden"),
    remove: "Verwijderen",
    remove_named: |name| format!("Verwijderen: {name}"),
    and_more: |names, count| format!("{names} en nog {count}"),
    not_a_picture: |names| format!("Geen afbeelding: {names}."),
    unreadable: |names| {
        format!("Deze browser kan {names} niet lezen. Sla het op als JPEG of PNG en kies het opnieuw.")
    },
    too_many: |max, names| format!("Overgeslagen, want het maximum is {max} afbeeldingen: {names}."),
    already_there: |names| format!("Al toegevoegd: {names}."),
    not_an_address: "Dit is geen adres van een afbeelding. Het moet met https beginnen en geen spaties hebben.",
    address_long: |max| format!("Een adres mag maximaal {max} tekens hebben."),
};
