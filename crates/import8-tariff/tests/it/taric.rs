//! A made-up release of TARIC's workbooks, with everything that has misled readers.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;
use std::sync::LazyLock;

use import8_tariff::{Edition, Measure, Publication, ReadError, Report, Table, read, read_with};
use jiff::civil::date;
use tempfile::TempDir;

use crate::release::{self, Size, Written};
use crate::scene::{book, folder, line, refusal, zip};

struct Release {
    folder: TempDir,
    written: Written,
    edition: Edition,
    report: Report,
}

/// A small release: 180 codes with 33 measures each.
static RELEASE: LazyLock<Release> = LazyLock::new(|| {
    let folder = TempDir::new().expect("a folder");
    let size = Size { lines: 410, measures: 6_240, repeated: 300 };
    let written = release::write(folder.path(), size).expect("a release");
    let (edition, report) = read(folder.path()).expect("an edition");
    Release { folder, written, edition, report }
});

fn measures<'a>(kind: &'a str, area: &'a str) -> impl Iterator<Item = &'a Measure> {
    RELEASE.edition.measures.iter().filter(move |own| &*own.measure_type == kind && &*own.area == area)
}

#[test]
fn every_row_is_counted() {
    let Release { written, edition, report, .. } = &*RELEASE;
    assert_eq!((edition.publication, edition.day), (Publication::Taric, date(2026, 11, 30)));
    let counts = |table| {
        let counts = report.tables[&table];
        [counts.read, counts.repeated, counts.refused, counts.unused]
    };
    let [lines, measures, repeated] = [written.lines, written.measures, written.repeated].map(u64::from);
    assert_eq!((lines, measures, repeated), (406, 5_940, 300));
    // One line has no German text.
    assert_eq!(counts(Table::Nomenclature), [4 * lines - 1, 0, 0, 0]);
    assert_eq!(counts(Table::Measures), [measures, repeated, 0, 0]);
    // Each second exclusion is there twice, and one is of a measure on exports.
    let exclusions = u64::from(written.exclusions);
    assert_eq!(counts(Table::Exclusions), [exclusions, exclusions / 2, 0, 1]);
    assert_eq!(counts(Table::Conditions), [u64::from(written.conditions), 0, 0, 0]);
    assert_eq!(edition.lines.len(), 406);
    assert_eq!(edition.measures.len(), 5_940);
    assert_eq!((report.refused.len(), &*report.missing), (0, &[][..]));
    assert!(edition.lines.is_sorted_by_key(|line| (line.code, line.suffix)));
    assert!(edition.measures.is_sorted_by_key(|measure| measure.code));
}

#[test]
fn a_group_has_no_code_and_a_line_knows_whether_it_can_be_declared() {
    let lines = &RELEASE.edition.lines;
    let group = lines.iter().find(|line| line.suffix == 10).expect("a group");
    assert_eq!((group.code.as_str(), group.indent, group.declarable), ("0101110000", 1, Some(false)));
    assert_eq!(line(&RELEASE.edition, "010111").indent, 2);
    assert_eq!(line(&RELEASE.edition, "010111").declarable, Some(false));
    assert_eq!(line(&RELEASE.edition, "0101111010").declarable, Some(true));
    let declarable = lines.iter().filter(|line| line.declarable == Some(true)).count();
    assert_eq!(declarable, usize::try_from(RELEASE.written.declarable).expect("a number"));
}

#[test]
fn texts_keep_their_capitals_and_get_the_blank_at_which_no_line_ends() {
    let chapter = line(&RELEASE.edition, "01");
    assert_eq!(chapter.texts["en"], "MADE-UP GOODS 01");
    let leaf = line(&RELEASE.edition, "0101111010");
    assert_eq!(leaf.texts["nl"], "Verzonnen goederen 0101111010, of 80\u{a0}kg or less");
    assert_eq!(leaf.texts.keys().map(String::as_str).collect::<Vec<_>>(), ["de", "en", "fr", "nl"]);
    assert_eq!(leaf.from, Some(date(2022, 1, 1)));
    let note = "1 line has no text in DE but in another language, such as";
    assert!(RELEASE.report.notes.iter().any(|own| own.starts_with(note)), "{:?}", RELEASE.report.notes);
}

#[test]
fn dates_and_codes_are_the_same_as_texts_and_as_numbers() {
    let third: Vec<_> = measures("103", "1011").filter(|measure| measure.to.is_none()).collect();
    assert_eq!(third.len(), 180);
    assert!(third.iter().all(|measure| measure.from == Some(date(2022, 1, 1))));
    // Numbers lose the zero before them, and nine of ten chapters begin with one.
    let codes: BTreeSet<_> = third.iter().map(|measure| measure.code).collect();
    let leaves = RELEASE.edition.lines.iter().filter(|line| line.declarable == Some(true));
    assert_eq!(codes, leaves.map(|line| line.code).collect());
}

#[test]
fn duties_have_one_blank_between_their_parts() {
    let duties: BTreeSet<&str> =
        measures("103", "1011").filter_map(|measure| measure.duty.as_deref()).collect();
    for duty in [
        "2.700 %",
        "10.200 % + 93.100 EUR DTN",
        "7.600 % + EA",
        "Cond: B cert: Y-155 (01):50.000 %; B (01):52.000 %",
    ] {
        assert!(duties.contains(duty), "{duty}");
    }
    assert!(measures("465", "1011").all(|measure| measure.duty.is_none()));
}

#[test]
fn measures_that_have_ended_stay() {
    let ended = measures("103", "1011").filter(|measure| measure.to == Some(date(2021, 12, 31)));
    assert_eq!(ended.count(), 180);
}

#[test]
fn exclusions_are_at_their_measures_alone() {
    let with: Vec<_> =
        RELEASE.edition.measures.iter().filter(|measure| !measure.excluded.is_empty()).collect();
    assert_eq!(with.len(), 60);
    assert!(with.iter().all(|measure| &*measure.area == "2020" && &*measure.excluded[0] == "VN"));
    assert!(with.iter().all(|measure| measure.excluded.len() == 1));
}

#[test]
fn conditions_are_in_their_order() {
    for measure in measures("465", "1011") {
        let told = measure.conditions.iter().map(|own| {
            let [document, amount] = [&own.document, &own.amount].map(|text| text.as_deref().unwrap_or("-"));
            format!("{} {document} {amount} {}", own.kind, own.action)
        });
        assert_eq!(told.collect::<Vec<_>>(), ["B Y155 - 24", "B - - 05", "V - 41.3 EUR DTN Z 01"]);
    }
}

#[test]
fn other_tables_name_what_measures_refer_to() {
    let Release { edition, .. } = &*RELEASE;
    assert_eq!(edition.areas["CH"].names["nl"], "Zwitserland");
    // No table names this one, but the measures do.
    assert_eq!(edition.areas["VN"].names["en"], "Viet Nam");
    let left =
        edition.areas["2020"].members.iter().find(|member| &*member.country == "BD").expect("a member");
    assert_eq!((left.from, left.to), (Some(date(1995, 1, 1)), Some(date(2024, 12, 31))));
    assert_eq!(edition.areas["1011"].members.len(), 15);
    assert_eq!(edition.additional_codes["C999"].names["nl"], "Alle andere fabrikanten");
    assert_eq!(edition.footnotes["CD333"]["en"], "A made-up footnote of 80\u{a0}kg");
    assert_eq!(edition.documents["Y155"]["nl"], "Een verzonnen document");
    assert_eq!(edition.measure_types["103"]["nl"], "Recht derde landen");
    assert_eq!(edition.measure_types["142"]["en"], "Tariff preference");
    let with = edition.measures.iter().filter(|measure| !measure.footnotes.is_empty());
    assert!(
        with.into_iter().all(|measure| &*measure.footnotes[0] == "CD333" && &*measure.measure_type == "142")
    );
    assert!(
        measures("143", "VN")
            .all(|measure| measure.order_number.as_deref().is_some_and(|own| own.len() == 6))
    );
    assert_eq!(
        measures("552", "CN").filter(|own| own.additional_code.as_deref() == Some("C999")).count(),
        180
    );
}

#[test]
fn the_workbook_that_gives_the_day_is_told() {
    let note = "The day, 2026-11-30, is the latest on which a workbook says that it was written:";
    assert_eq!(RELEASE.report.notes.iter().filter(|own| own.starts_with(note)).count(), 1);
    let (_, report) =
        read_with(RELEASE.folder.path(), Some(date(2026, 12, 1)), &mut |_| {}).expect("an edition");
    assert!(!report.notes.iter().any(|own| own.starts_with("The day")), "{:?}", report.notes);
}

#[test]
fn files_that_are_not_read_are_told() {
    for file in ["Duties Export 01-99.xlsx", "Legal basis.xlsx"] {
        assert!(RELEASE.report.notes.iter().any(|note| note.starts_with(file)), "{file}");
    }
}

#[test]
fn the_word_export_leaves_out_measures_on_exports_alone() {
    let measure =
        |kind: &str| format!("Goods code|Origin code|Meas. type code|Duty\n8518300000|1011|{kind}|1.000 %");
    let place = folder(&[]);
    let within = place.path().join("TARIC export 2026-11");
    fs::create_dir(&within).expect("a folder");
    book(
        &within.join("Export of the lines EN.xlsx"),
        "Goods code|Indent|Description\n8518300000 80|-|Headphones",
    );
    book(&within.join("Duties.xlsx"), &measure("465"));
    book(&within.join("Export of the duties.xlsx"), &measure("103"));
    book(&within.join("Duties Export 01-99.xlsx"), &measure("478"));
    let (edition, report) = read(place.path()).expect("an edition");
    assert_eq!(edition.lines.len(), 1);
    let types: Vec<_> = edition.measures.iter().map(|measure| measure.measure_type.as_str()).collect();
    assert_eq!(types, ["103", "465"]);
    let left_out: Vec<_> = report.notes.iter().filter(|note| note.contains("left out")).collect();
    let note = "TARIC export 2026-11/Duties Export 01-99.xlsx, Sheet1 is left out: measures on exports are not read.";
    assert_eq!(left_out, [note]);
}

#[test]
fn a_zip_file_is_as_good_as_its_folder() {
    let place = folder(&[]);
    let path = place.path().join("release.zip");
    zip(RELEASE.folder.path(), File::create(&path).expect("a file"));
    let mut told = BTreeSet::new();
    let progress = &mut |progress: import8_tariff::Progress<'_>| {
        told.insert((progress.file.to_owned(), progress.files));
    };
    let (edition, report) = read_with(&path, Some(date(2026, 12, 1)), progress).expect("an edition");
    assert_eq!((edition.day, report.day), (date(2026, 12, 1), date(2026, 12, 1)));
    assert_eq!(
        (edition.lines, edition.measures),
        (RELEASE.edition.lines.clone(), RELEASE.edition.measures.clone())
    );
    assert!(told.contains(&("release/Duties Import 01-99.xlsx".to_owned(), 17)), "{told:?}");
}

#[test]
fn a_missing_table_is_told_with_what_it_costs() {
    let place = folder(&[]);
    for file in ["Nomenclature EN.xlsx", "Duties Import 01-99.xlsx"] {
        fs::copy(RELEASE.folder.path().join(file), place.path().join(file)).expect("a copy");
    }
    let (edition, report) = read(place.path()).expect("an edition");
    assert_eq!(edition.tables, BTreeSet::from([Table::Nomenclature, Table::Measures]));
    let missing: BTreeSet<_> = report.missing.iter().map(|missing| missing.table).collect();
    for table in [Table::Exclusions, Table::Conditions, Table::Memberships, Table::DeclarableCodes] {
        assert!(missing.contains(&table), "{table:?}");
    }
    let text = report.to_text();
    assert!(text.contains("so a preference may be told for a country that does not have it"), "{text}");
    assert_eq!(line(&edition, "0101111010").declarable, None);
    // The names of measure types and origins are in the measures too.
    assert_eq!(edition.measure_types["142"]["en"], "Tariff preference");
}

fn read_book(name: &str, rows: &str) -> Result<(Edition, Report), ReadError> {
    let place = folder(&[]);
    book(&place.path().join(name), rows);
    read(place.path())
}

#[test]
fn titles_are_known_in_other_spellings_and_below_other_rows() {
    let rows = "Some release\n\nMEAS_TYPE_CODE|duty|ORIGIN_CODE|Additional code|GOODS_CODE|Validity start date\n\
                103|1.000 %|1011||8518300000|2026-01-01\n";
    let (edition, report) = read_book("anything.xlsx", rows).expect("an edition");
    let measure = &edition.measures[0];
    assert_eq!((measure.code.as_str(), measure.duty.as_deref()), ("8518300000", Some("1.000 %")));
    assert_eq!(measure.from, Some(date(2026, 1, 1)));
    assert!(report.missing.iter().any(|missing| missing.table == Table::Nomenclature));
}

#[test]
fn a_bad_row_is_refused_with_sheet_row_and_reason() {
    let rows = "Goods code|Start date|End date|Origin code|Meas. type code|Duty\n\
                8518300000|01-01-2026||1011|103|1.000 %\n\
                85183|01-01-2026||1011|103|1.000 %\n\
                8518300000|30-02-2026||1011|103|1.000 %\n\
                8518300000|01-01-2026|01-01-2020|1011|103|1.000 %\n\
                8518300000|01-01-2026||Atlantis|103|1.000 %\n\
                8518300000|01-01-2026||1011||1.000 %\n";
    let (edition, report) = read_book("Duties.xlsx", rows).expect("an edition");
    assert_eq!((edition.measures.len(), report.refused_rows()), (1, 5));
    let told: Vec<_> =
        report.refused.iter().map(|row| (row.table.as_str(), row.row, row.reason.as_str())).collect();
    let place = "Duties.xlsx, Sheet1";
    assert_eq!(
        told,
        [
            (place, 3, "\"85183\" is no goods code of two to ten digits"),
            (place, 4, "\"30-02-2026\" is no date such as 31-12-2026"),
            (place, 5, "it ends on 2020-01-01, before it begins on 2026-01-01"),
            (place, 6, "\"ATLANTIS\" is no country or group of countries"),
            (place, 7, "the measure type is missing"),
        ]
    );
}

#[test]
fn a_table_without_a_column_that_it_needs_is_refused() {
    let fault = |name: &str, rows: &str| read_book(name, rows).expect_err("a refusal").to_string();
    assert_eq!(
        fault("Duties.xlsx", "Start date|Duty|Origin code|Meas. type code\n01-01-2026|1.000 %|1011|103"),
        "Duties.xlsx, Sheet1: it has no column \"Goods code\", so the Measures cannot be read."
    );
    let text = "Goods code|Indent|Description\n0101000000 80||Something";
    assert!(
        fault("lines.xlsx", text).contains("its language is neither in a column"),
        "{}",
        fault("lines.xlsx", text)
    );
    let nothing = "Goods code|Origin code|Meas. type code|Duty\n1|1011|103|1.000 %";
    assert_eq!(
        fault("Duties.xlsx", nothing),
        "TARIC: no row can be read; of Duties.xlsx, Sheet1, row 2: \"1\" is no goods code of two to ten digits."
    );
}

#[test]
fn two_texts_for_one_line_are_no_repetition() {
    let rows = "Goods code|Language|Indent|Description\n\
                0101000000 80|EN||Horses\n0101000000 80|EN||Horses\n0101000000 80|EN||Donkeys\n";
    let (edition, report) = read_book("lines.xlsx", rows).expect("an edition");
    assert_eq!(edition.lines[0].texts["en"], "Horses");
    let counts = report.tables[&Table::Nomenclature];
    assert_eq!((counts.read, counts.repeated, counts.refused), (1, 1, 1));
    assert_eq!(report.refused[0].reason, "an earlier row says something else of the same");
}

#[test]
fn a_folder_without_a_table_is_refused() {
    assert!(refusal(Path::new("/nowhere/at/all")).starts_with("all cannot be read:"));
    let place = folder(&[("notes.txt", "nothing\n")]);
    assert!(refusal(place.path()).contains("is no tariff that is known here"));
}
