//! Tests of workbooks that come back with columns added.

use std::cmp::Ordering;
use std::io::{Cursor, Read, Write};

use calamine::{Data, Range, Reader, Xlsx};
use import8_sheets::reading::{Source, SourceKind, WorkbookKind};
use import8_sheets::{CellKind, Error};
use proptest::prelude::*;
use rust_xlsxwriter::{
    Chart, ChartType, Color, ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, Format,
    FormatBorder, Formula, Note, Table, TableColumn, Workbook,
};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const NEW: [CellKind; 4] = [CellKind::Code, CellKind::Number, CellKind::Time, CellKind::Text];
const TITLES: [&str; 4] = ["code", "duty", "when", "note"];
const CELLS: [&str; 4] = ["0101210000", "12.50", "2026-05-01 12:00", "<a> & _x0041_\n"];

/// A file whose sheet has got `NEW` columns: titles in the row of this number, cells below.
fn filled(file: &[u8], sheet: Option<&str>, titles: usize) -> Result<Vec<u8>, Error> {
    let mut source = Source::read(file.to_vec()).expect("a workbook");
    if let Some(sheet) = sheet {
        source.choose_sheet(sheet).expect("a sheet");
    }
    source.with_columns(&NEW, &mut |row| {
        let texts = match row.cmp(&titles) {
            Ordering::Less => [""; 4],
            Ordering::Equal => TITLES,
            Ordering::Greater => CELLS,
        };
        Some(texts.map(str::to_owned).to_vec())
    })
}

/// The parts of a package in their order: names, packed and unpacked bytes.
fn parts(file: &[u8]) -> Vec<(String, Vec<u8>, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(file)).expect("an archive");
    let part = |at: usize| {
        let (mut packed, mut unpacked) = (Vec::new(), Vec::new());
        archive.by_index_raw(at).expect("a part").read_to_end(&mut packed).expect("its bytes");
        let mut part = archive.by_index(at).expect("a part");
        part.read_to_end(&mut unpacked).expect("its bytes");
        (part.name().expect("a name").into_owned(), packed, unpacked)
    };
    (0..ZipArchive::new(Cursor::new(file)).expect("an archive").len()).map(part).collect()
}

fn part(file: &[u8], name: &str) -> String {
    let found = parts(file).into_iter().find(|(other, _, _)| other == name);
    String::from_utf8(found.unwrap_or_else(|| panic!("no {name}")).2).expect("UTF-8")
}

/// The parts that differ. All others have the same packed bytes, and all the same order.
fn changed(before: &[u8], after: &[u8]) -> Vec<String> {
    let (before, after) = (parts(before), parts(after));
    let names = |parts: &[(String, Vec<u8>, Vec<u8>)]| {
        parts.iter().map(|(name, _, _)| name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&before), names(&after));
    let pairs = before.into_iter().zip(after);
    pairs.filter(|(before, after)| before.1 != after.1).map(|(before, _)| before.0).collect()
}

fn cells(file: &[u8], sheet: &str) -> Range<Data> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(file)).expect("a workbook");
    book.worksheet_range(sheet).expect("a sheet")
}

fn formulas(file: &[u8], sheet: &str) -> Range<String> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(file)).expect("a workbook");
    book.worksheet_formula(sheet).expect("a sheet")
}

fn string(text: &str) -> Data {
    Data::String(text.to_owned())
}

/// Checks that all cells are still there.
fn keeps_cells(before: &Range<Data>, after: &Range<Data>) {
    let (row, column) = before.start().expect("cells");
    for (at_row, at_column, cell) in before.used_cells() {
        let at = (
            row + u32::try_from(at_row).expect("a row"),
            column + u32::try_from(at_column).expect("a column"),
        );
        assert_eq!(after.get_value(at), Some(cell), "{at:?}");
    }
}

/// Checks that a row has the cells of `CELLS` from a column on.
fn has_cells(cells: &Range<Data>, row: u32, column: u32) {
    let at = |offset| cells.get_value((row, column + offset)).cloned().unwrap_or_default();
    assert_eq!([at(0), at(1), at(3)], [string(CELLS[0]), Data::Float(12.5), string(CELLS[3])]);
    let Data::DateTime(time) = at(2) else { panic!("{:?} is no time", at(2)) };
    assert_eq!(time.to_ymd_hms_milli(), (2026, 5, 1, 12, 0, 0, 0));
}

/// A workbook with a little of everything.
fn rich() -> Vec<u8> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold().set_background_color(Color::Yellow).set_border(FormatBorder::Thin);
    let money = Format::new().set_num_format("[$$-409]#,##0.00");
    let date = Format::new().set_num_format("dd-mm-yyyy");
    let notes = book.add_worksheet().set_name("Read & me").expect("a name");
    notes.write(0, 0, "Ask Anna").expect("a cell");
    notes.insert_note(0, 0, &Note::new("yesterday")).expect("a note");
    let sheet = book.add_worksheet().set_name("Products").expect("a name");
    for (column, title) in (0..).zip(["sku", "description", "price", "since", "twice"]) {
        sheet.write_with_format(3, column, title, &bold).expect("a title");
    }
    for row in 4..8 {
        sheet.write(row, 0, format!("0{row}")).expect("a cell");
        sheet.write(row, 1, "Leather bag").expect("a cell");
        sheet.write_with_format(row, 2, 12.5, &money).expect("a cell");
        sheet.write_with_format(row, 3, 46_143, &date).expect("a cell");
        let twice = Formula::new(format!("=C{}*2", row + 1)).set_result("25");
        sheet.write_formula(row, 4, twice).expect("a formula");
    }
    sheet.merge_range(0, 0, 1, 6, "Price list", &bold).expect("a merged area");
    sheet.set_column_width(1, 40).expect("a width");
    sheet.set_row_height(4, 30).expect("a height");
    sheet.autofilter(3, 0, 7, 4).expect("a filter");
    sheet.insert_note(4, 1, &Note::new("discontinued")).expect("a note");
    sheet.set_freeze_panes(4, 0).expect("panes");
    sheet.protect();
    let rule =
        ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::GreaterThan(10)).set_format(&bold);
    sheet.add_conditional_format(4, 2, 7, 2, &rule).expect("a rule");
    let list = DataValidation::new().allow_list_strings(&["a", "b"]).expect("a list");
    sheet.add_data_validation(4, 0, 7, 0, &list).expect("a rule");
    sheet.write_url(8, 1, "https://example.com").expect("a link");
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values("Products!$C$5:$C$8");
    sheet.insert_chart(10, 1, &chart).expect("a chart");
    let stock = book.add_worksheet().set_name("Stock").expect("a name");
    let mut table = Table::new();
    table = table.set_columns(&[TableColumn::new().set_header("sku"), TableColumn::new().set_header("left")]);
    stock.add_table(0, 0, 3, 1, &table).expect("a table");
    stock.write(1, 0, "07").expect("a cell");
    let hidden = book.add_worksheet().set_name("Rates").expect("a name");
    hidden.write(0, 0, 1.1).expect("a cell");
    hidden.set_hidden(true);
    book.define_name("Rate", "=Rates!$A$1").expect("a name");
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn a_workbook_comes_back_as_it_was() {
    let before = rich();
    let after = filled(&before, Some("Products"), 3).expect("a workbook");
    assert_eq!(changed(&before, &after), ["xl/styles.xml", "xl/worksheets/sheet2.xml"]);
    let (old, new) = (cells(&before, "Products"), cells(&after, "Products"));
    keeps_cells(&old, &new);
    assert_eq!(formulas(&after, "Products"), formulas(&before, "Products"));
    // Right of the table. The title above it reaches further, but no cell of its rows is added.
    assert_eq!(new.get_value((3, 5)), Some(&string("code")));
    (4..=8).for_each(|row| has_cells(&new, row, 5));
    let sheets = ["Read & me", "Stock", "Rates"];
    assert!(sheets.iter().all(|sheet| cells(&after, sheet) == cells(&before, sheet)));

    // Where the titles are, a wide area would cover the added cells.
    let after = filled(&before, Some("Products"), 0).expect("a workbook");
    let new = cells(&after, "Products");
    assert_eq!(new.get_value((0, 7)), Some(&string("code")));
    (1..=8).for_each(|row| has_cells(&new, row, 7));
}

#[test]
fn added_columns_are_outside_a_table() {
    let before = rich();
    let after = filled(&before, Some("Stock"), 0).expect("a workbook");
    assert_eq!(changed(&before, &after), ["xl/styles.xml", "xl/worksheets/sheet3.xml"]);
    has_cells(&cells(&after, "Stock"), 1, 2);
}

const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
const STYLES: &str = "<styleSheet><cellXfs count=\"2\"><xf/><xf fontId=\"1\"/></cellXfs></styleSheet>";

/// A workbook of these parts, whose sheet is called `A&B`.
fn package(sheet: &str, styles: Option<&str>, of_book: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let root = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{relations}/officeDocument\" Target=\"/xl/workbook.xml\"/></Relationships>"
    );
    let book = format!(
        "<workbook {MAIN} xmlns:r=\"{relations}\">{of_book}<sheets><sheet name=\"A&amp;B\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let of_styles = styles.map_or(String::new(), |_| {
        format!("<Relationship Id=\"rId2\" Type=\"{relations}/styles\" Target=\"styles.xml\"/>")
    });
    let book_relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/>{of_styles}</Relationships>"
    );
    let mut parts = vec![
        ("_rels/.rels", root.as_str()),
        ("xl/workbook.xml", book.as_str()),
        ("xl/_rels/workbook.xml.rels", book_relations.as_str()),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    parts.extend(styles.map(|styles| ("xl/styles.xml", styles)));
    parts.extend(others);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (at, (name, text)) in parts.into_iter().enumerate() {
        let method = if at % 2 == 0 { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        archive.start_file(name, SimpleFileOptions::default().compression_method(method)).expect(name);
        archive.write_all(text.as_bytes()).expect(name);
    }
    archive.finish().expect("an archive").into_inner()
}

/// Adds a column with codes and one with texts from the second row of a sheet on, and compares what is between the
/// tags of the sheet.
fn check_sheet(prefix: &str, before: &str, after: &str) {
    let namespace = MAIN.replace("xmlns=", if prefix.is_empty() { "xmlns=" } else { "xmlns:x=" });
    let sheet = |content: &str| format!("<{prefix}worksheet {namespace}>{content}</{prefix}worksheet>");
    let file = package(&sheet(before), Some(STYLES), "", &[]);
    let source = Source::read(file.clone()).expect(before);
    let texts = |row| match source.row_number(row) {
        2 => ["code", "note"],
        number if number > 2 => ["0101", "n"],
        _ => ["", ""],
    };
    let kinds = [CellKind::Code, CellKind::Text];
    let filled = source.with_columns(&kinds, &mut |row| Some(texts(row).map(str::to_owned).to_vec()));
    let filled = filled.expect(before);
    assert_eq!(part(&filled, "xl/worksheets/sheet1.xml"), sheet(after), "{before}");
    keeps_cells(&cells(&file, "A&B"), &cells(&filled, "A&B"));
}

/// An added cell with a text.
fn new(reference: &str, style: u32, text: &str) -> String {
    let style = if style > 0 { format!(" s=\"{style}\"") } else { String::new() };
    format!("<c r=\"{reference}\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
}

const COLUMNS: &str = "<col min=\"2\" max=\"2\" width=\"6\" customWidth=\"1\"/><col min=\"3\" max=\"3\" width=\"6\" customWidth=\"1\"/>";

fn ignored(area: &str) -> String {
    format!("<ignoredErrors><ignoredError sqref=\"{area}\" numberStoredAsText=\"1\"/></ignoredErrors>")
}

#[test]
fn only_what_the_columns_concern_is_written_again() {
    let titles = new("B2", 2, "code") + &new("C2", 0, "note");
    let cells = new("B3", 2, "0101") + &new("C3", 0, "n");
    // Without numbers, which rows and cells need not have; with what this crate knows nothing of.
    check_sheet(
        "",
        "\r\n<sheetData> <row><c><v>1</v></c></row><row><c><v>2</v></c></row><!-- & --><row><c><f>A1</f><v>1</v></c></row></sheetData><x y='&lt;'/>",
        &format!(
            "\r\n<cols>{COLUMNS}</cols><sheetData> <row><c><v>1</v></c></row><row><c><v>2</v></c>{titles}</row><!-- & --><row><c><f>A1</f><v>1</v></c>{cells}</row></sheetData><x y='&lt;'/>{}",
            ignored("B2:B3")
        ),
    );
    // Rows that have no element, and empty ones; the dimension; what must follow the ignored errors.
    check_sheet(
        "",
        "<dimension ref='A1:A4'/><sheetData><row r='1'><c r='A1'><v>1</v></c></row><row r='3' spans='1:1' ht='9'/><row r='4'><c r='A4'><v>4</v></c></row></sheetData><tableParts/><extLst/>",
        &format!(
            "<dimension ref=\"A1:C4\"/><cols>{COLUMNS}</cols><sheetData><row r='1'><c r='A1'><v>1</v></c></row><row r=\"2\">{titles}</row><row r=\"3\" ht=\"9\">{cells}</row><row r='4'><c r='A4'><v>4</v></c>{}{}</row></sheetData>{}<tableParts/><extLst/>",
            new("B4", 2, "0101"),
            new("C4", 0, "n"),
            ignored("B2:B4")
        ),
    );
    // Rows out of order.
    check_sheet(
        "",
        "<sheetData><row r='3'><c r='A3'><v>3</v></c></row><row r='2'><c r='A2'><v>2</v></c></row></sheetData>",
        &format!(
            "<cols>{COLUMNS}</cols><sheetData><row r='3'><c r='A3'><v>3</v></c>{cells}</row><row r='2'><c r='A2'><v>2</v></c>{titles}</row></sheetData>{}",
            ignored("B2:B3")
        ),
    );
    // Cells that have a format only are no content, and give it to what is added in their place.
    check_sheet(
        "",
        "<cols><col min='1' max='9' hidden='1'/></cols><sheetData><row r='2'><c r='A2' s='1'><v>2</v></c><c r='D2' s='1'/></row><row r='3' s='1' customFormat='1'><c r='A3' s='1'><v>3</v></c><c r='C3' s='1'></c><c r='XFD3' s='1'/></row></sheetData><ignoredErrors/>",
        &format!(
            "<cols><col hidden=\"1\" min=\"1\" max=\"1\"/>{COLUMNS}<col hidden=\"1\" min=\"4\" max=\"9\"/></cols><sheetData><row r='2'><c r='A2' s='1'><v>2</v></c>{}{}<c r='D2' s='1'/></row><row r='3' s='1' customFormat='1'><c r='A3' s='1'><v>3</v></c>{}{}<c r='XFD3' s='1'/></row></sheetData>{}",
            new("B2", 2, "code"),
            new("C2", 1, "note"),
            new("B3", 2, "0101"),
            new("C3", 1, "n"),
            ignored("B2:B3")
        ),
    );
    // With a prefix.
    let prefixed = |xml: String| xml.replace("</", "</x:").replace('<', "<x:").replace("<x:/x:", "</x:");
    check_sheet(
        "x:",
        "<x:sheetData><x:row r='1'><x:c r='A1'><x:v>1</x:v></x:c></x:row><x:row r='2'><x:c r='A2'><x:v>1</x:v></x:c></x:row></x:sheetData>",
        &format!(
            "{}<x:sheetData><x:row r='1'><x:c r='A1'><x:v>1</x:v></x:c></x:row><x:row r='2'><x:c r='A2'><x:v>1</x:v></x:c>{}</x:row></x:sheetData>{}",
            prefixed(format!("<cols>{COLUMNS}</cols>")),
            prefixed(titles.clone()),
            prefixed(ignored("B2"))
        ),
    );
}

#[test]
fn the_date_system_of_the_workbook_counts_and_formulas_stay() {
    let sheet = format!(
        "<worksheet {MAIN}><sheetData><row r=\"5\"><c r=\"C5\" s=\"1\"><v>44681</v></c><c r=\"D5\"><f>2.5*1.1</f><v/></c></row><row r=\"6\"><c r=\"C6\" t=\"e\"><v>#DIV/0!</v></c></row></sheetData></worksheet>"
    );
    let styles =
        "<styleSheet><cellXfs><xf/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>";
    for of_book in ["<workbookPr date1904=\"1\"/>", "<workbookPr date1904=\"true\"/>"] {
        let file = package(&sheet, Some(styles), of_book, &[]);
        let source = Source::read(file.clone()).expect("a workbook");
        assert_eq!((source.row_number(0), source.row_number(1)), (5, 6));
        let after = filled(&file, None, 0).expect("a workbook");
        let text = part(&after, "xl/worksheets/sheet1.xml");
        for kept in [
            "<c r=\"C5\" s=\"1\"><v>44681</v></c>",
            "<f>2.5*1.1</f><v/>",
            "<c r=\"C6\" t=\"e\"><v>#DIV/0!</v></c>",
        ] {
            assert!(text.contains(kept), "{text}");
        }
        assert!(text.contains("<v>44681.5</v>"), "{text}");
        has_cells(&cells(&after, "A&B"), 5, 4);
    }
    // Without styles, a time would be shown as a number.
    let after = filled(&package(&sheet, None, "", &[]), None, 0).expect("a workbook");
    assert_eq!(cells(&after, "A&B").get_value((5, 6)), Some(&string(CELLS[2])));
}

#[test]
fn what_cannot_be_extended_is_told() {
    let sheet = |content: &str| format!("<worksheet {MAIN}>{content}</worksheet>");
    let data = "<sheetData><row r=\"1\"><c r=\"XFA1\"><v>1</v></c></row></sheetData>";
    assert_eq!(filled(&package(&sheet(data), None, "", &[]), None, 0), Err(Error::NoRoom));
    let data = "<sheetData><row r=\"1\"><c r=\"XEZ1\"><v>1</v></c></row></sheetData>";
    assert!(filled(&package(&sheet(data), None, "", &[]), None, 0).is_ok());
    let data = "<sheetData><row r=\"3\"><c r=\"A3\"><v>1</v></c></row></sheetData>";
    let source = Source::read(package(&sheet(data), None, "", &[])).expect("a workbook");
    let long = source.with_columns(&[CellKind::Text], &mut |_| Some(vec!["x".repeat(32_768)]));
    assert_eq!(long, Err(Error::TextTooLong { row: 3, column: "B".to_owned() }));
    // Nothing to add.
    let file = package(&sheet(data), None, "", &[]);
    assert_eq!(source.with_columns(&[], &mut |_| Some(vec![])), Ok(file.clone()));
    assert_eq!(source.with_columns(&NEW, &mut |_| None), Ok(file));
}

#[test]
fn a_workbook_with_macros_keeps_them_and_its_kind() {
    let sheet = format!("<worksheet {MAIN}><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>");
    for (kind, of_content) in [
        (WorkbookKind::Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
        (WorkbookKind::Xlsm, "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        (WorkbookKind::Xltx, "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml"),
        (WorkbookKind::Xltm, "application/vnd.ms-excel.template.macroEnabled.main+xml"),
    ] {
        let types =
            format!("<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"{of_content}\"/></Types>");
        let others = [
            ("[Content_Types].xml", types.as_str()),
            ("xl/vbaProject.bin", "\u{1}\0macro"),
            ("_xmlsignatures/", ""),
        ];
        let file = package(&sheet, None, "", &others);
        let source = Source::read(file.clone()).expect("a workbook");
        assert_eq!(source.kind(), SourceKind::Workbook(kind));
        assert_eq!(
            changed(&file, &filled(&file, None, 0).expect("a workbook")),
            ["xl/worksheets/sheet1.xml"]
        );
    }
}

/// The parts of a package in an archive that is written otherwise.
fn repacked(file: &[u8], options: SimpleFileOptions, is_streamed: bool) -> Vec<u8> {
    fn write<W: Write + std::io::Seek>(
        mut archive: ZipWriter<W>,
        file: &[u8],
        options: SimpleFileOptions,
    ) -> W {
        archive.set_comment("from a shop").expect("a comment");
        archive.add_directory("xl/", options).expect("a folder");
        archive.start_file("größe €.bin", options).expect("a part");
        archive.write_all(b"x").expect("its bytes");
        for (name, _, unpacked) in parts(file) {
            archive.start_file(name.replace("xl/worksheets", "XL\\Worksheets"), options).expect("a part");
            archive.write_all(&unpacked).expect("its bytes");
        }
        archive.finish().expect("an archive")
    }
    let bytes = Cursor::new(Vec::new());
    if is_streamed {
        write(ZipWriter::new_stream(bytes), file, options).into_inner().into_inner()
    } else {
        write(ZipWriter::new(bytes), file, options).into_inner()
    }
}

#[test]
fn archives_of_all_kinds_are_edited() {
    let plain = rich();
    let expected = filled(&plain, Some("Products"), 3).expect("a workbook");
    for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
        for (is_large, is_streamed) in [(false, false), (true, false), (false, true), (true, true)] {
            let options = SimpleFileOptions::default().compression_method(method).large_file(is_large);
            let file = repacked(&plain, options, is_streamed);
            let after = filled(&file, Some("Products"), 3).expect("a workbook");
            assert_eq!(changed(&file, &after), ["xl/styles.xml", "XL\\Worksheets/sheet2.xml"]);
            assert_eq!(
                part(&after, "XL\\Worksheets/sheet2.xml"),
                part(&expected, "xl/worksheets/sheet2.xml")
            );
            let comment = ZipArchive::new(Cursor::new(after)).expect("an archive").comment().to_vec();
            assert_eq!(comment, b"from a shop");
        }
    }
}

/// A cell of a workbook that is made for a test.
#[derive(Debug, Clone)]
enum Made {
    Text(String),
    Number(f64),
    Boolean(bool),
    Formula(String),
    Format,
}

fn made() -> impl Strategy<Value = Made> {
    prop_oneof![
        "[ \n_x0-9a<&=']{1,8}|.{1,12}".prop_map(Made::Text),
        (-1.0e9..1.0e9).prop_map(Made::Number),
        any::<bool>().prop_map(Made::Boolean),
        "[A-D][1-9]\\+1".prop_map(Made::Formula),
        Just(Made::Format),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_cell_is_kept_and_every_text_arrives(
        made in prop::collection::btree_map((0..12_u32, 0..9_u16), made(), 1..30),
        merged in prop::option::of((0..12_u32, 0..6_u16)),
        texts in prop::collection::vec(prop::option::of("[ \n\r_x0-9a<&=']{1,8}|.{1,12}"), 12),
    ) {
        let mut book = Workbook::new();
        let format = Format::new().set_bold();
        let sheet = book.add_worksheet();
        for ((row, column), cell) in &made {
            match cell {
                Made::Text(text) => sheet.write_with_format(*row, *column, text, &format),
                Made::Number(number) => sheet.write(*row, *column, *number),
                Made::Boolean(is_true) => sheet.write(*row, *column, *is_true),
                Made::Formula(formula) => sheet.write_formula(*row, *column, formula.as_str()),
                Made::Format => sheet.write_blank(*row, *column, &format),
            }.expect("a cell");
        }
        if let Some((row, column)) = merged {
            sheet.merge_range(row, column, row + 1, column + 3, "merged", &format).expect("an area");
        }
        let file = book.save_to_buffer().expect("a workbook");
        let Ok(source) = Source::read(file.clone()) else { return Ok(()) };
        let text = |row: usize| texts[(source.row_number(row) - 1) % 12].clone().unwrap_or_default();
        let after = source.with_columns(&[CellKind::Text], &mut |row| Some(vec![text(row)])).expect("a workbook");

        let changed = changed(&file, &after);
        prop_assert!(changed.iter().all(|name| name == "xl/worksheets/sheet1.xml"), "{:?}", changed);
        let (old, new) = (cells(&file, "Sheet1"), cells(&after, "Sheet1"));
        keeps_cells(&old, &new);
        prop_assert_eq!(formulas(&after, "Sheet1"), formulas(&file, "Sheet1"));
        for row in 0..source.rows() {
            let line = u32::try_from(source.row_number(row) - 1).expect("a row");
            let (_, column) = new.end().expect("cells");
            if !text(row).is_empty() {
                prop_assert_eq!(new.get_value((line, column)), Some(&string(&text(row))));
            }
        }
        // All cells with content are there to the byte.
        let [before, after] = [&file, &after].map(|file| part(file, "xl/worksheets/sheet1.xml"));
        let mut rest = after.as_str();
        for cell in before.split("<c ").skip(1).map(|cell| cell.split("</row>").next().unwrap_or_default()) {
            if cell.ends_with("</c>") {
                let found = rest.split_once(&format!("<c {cell}"));
                prop_assert!(found.is_some(), "{} in {}", cell, after);
                rest = found.map_or("", |(_, rest)| rest);
            }
        }
    }
}
