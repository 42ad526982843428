//! Texts of the check of codes in a file.

texts! {
    CodeCheck {
        title,
        lead,
        check,
        checking(done, total),
        not_a_code,
        damaged,
        no_heading,
        unknown,
        different,
        incomplete,
        unverified,
        fine,
        nearest(code, description),
        opinion(code, percent),
        classify_these,
        only(rows),
        all,
    }
}

/// In English.
pub const EN: CodeCheck = CodeCheck {
    title: "Codes in this file",
    lead: "The codes that you use now can be checked without a credit. Then only the rows in doubt need to be classified.",
    check: "Check the codes",
    checking: |done, total| format!("Checked {done} of {total}"),
    not_a_code: "Not a code",
    damaged: "Rounded by a spreadsheet",
    no_heading: "No such heading",
    unknown: "Not known here; it may have ended",
    different: "The classifier finds another code",
    incomplete: "Fewer than ten digits",
    unverified: "Last two digits not known here",
    fine: "Nothing speaks against it",
    nearest: |code, description| format!("Nearest: {code} {description}"),
    opinion: |code, percent| format!("{code}, {percent} sure"),
    classify_these: "Classify these rows",
    only: |rows| {
        if rows == "1" {
            "Classify only this row".to_owned()
        } else {
            format!("Classify only these {rows} rows")
        }
    },
    all: "Classify all rows",
};

/// In Dutch.
pub const NL: CodeCheck = CodeCheck {
    title: "Codes in dit bestand",
    lead: "De codes die u nu gebruikt kunnen zonder credit worden gecontroleerd. Daarna hoeven alleen de twijfelgevallen te worden ingedeeld.",
    check: "Codes controleren",
    checking: |done, total| format!("{done} van {total} gecontroleerd"),
    not_a_code: "Geen code",
    damaged: "Afgerond door een rekenblad",
    no_heading: "Deze post bestaat niet",
    unknown: "Hier niet bekend; misschien vervallen",
    different: "De indeling geeft een andere code",
    incomplete: "Minder dan tien cijfers",
    unverified: "Laatste twee cijfers hier niet bekend",
    fine: "Niets spreekt ertegen",
    nearest: |code, description| format!("Dichtstbij: {code} {description}"),
    opinion: |code, percent| format!("{code}, {percent} zeker"),
    classify_these: "Deze rijen indelen",
    only: |rows| {
        if rows == "1" {
            "Alleen deze rij indelen".to_owned()
        } else {
            format!("Alleen deze {rows} rijen indelen")
        }
    },
    all: "Alle rijen indelen",
};
