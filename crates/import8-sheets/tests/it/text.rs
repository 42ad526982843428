//! Tests of the encodings, delimiters and quotation marks of text files.

use import8_sheets::CellKind;
use import8_sheets::reading::{Content, Delimiter, Encoding, ReadError, Remark, Source, SourceKind};

use crate::reading::{bytes, case, read, rows};

fn encoding(source: &Source) -> &'static str {
    let SourceKind::Delimited { encoding, .. } = source.kind() else { panic!("a text file") };
    encoding.name()
}

fn delimiter(source: &Source) -> Delimiter {
    let SourceKind::Delimited { delimiter, .. } = source.kind() else { panic!("a text file") };
    delimiter
}

/// The file that comes back unchanged, and with a column.
fn given_back(source: &Source) -> (Vec<u8>, Vec<u8>) {
    let same = source.with_columns(&[], &mut |_| Some(vec![])).expect("a file");
    let more = source.with_columns(&[CellKind::Text], &mut |_| Some(vec!["new".to_owned()])).expect("a file");
    (same, more)
}

#[test]
fn encodings_are_guessed_told_and_kept() {
    let check = |name: &str, text: &str, is_likely: Option<bool>| {
        let encoding_of = encoding_rs::Encoding::for_label(name.as_bytes()).expect(name);
        let (file, _, lacks_one) = encoding_of.encode(text);
        assert!(!lacks_one, "{name} has each character");
        let source = read(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(encoding(&source), name, "{text}");
        let cells = rows(&source).into_iter().map(|row| row.join(";")).collect::<Vec<_>>().join("\n");
        assert_eq!(cells, text.trim_end().replace('\r', "\n"));
        let [Remark::EncodingGuessed { name: told, is_likely: sure }] = source.remarks() else {
            panic!("{name}: {:?}", source.remarks())
        };
        assert_eq!(told, name);
        assert!(is_likely.is_none_or(|is_likely| is_likely == *sure), "{name}: {sure}");
        assert_eq!(given_back(&source).0, file.as_ref());
    };
    check(
        "windows-1250",
        "SKU;Opis\nA1;Żółta butelka ze stali, śruba\nA2;Koszulka męska bawełniana, źródło\n",
        None,
    );
    check(
        "windows-1252",
        "Artikel;Prijs\nCrème brûlée schaal;€ 12\nKoffiekopje voor één persoon;€ 3\n",
        None,
    );
    check(
        "windows-1251",
        "Код;Описание\nA1;Бутылка из нержавеющей стали\nA2;Футболка мужская хлопковая\n",
        None,
    );
    check("GBK", "编号;描述\nA1;不锈钢保温瓶七百五十毫升\nA2;男士纯棉短袖衬衫\n", None);
    check("Shift_JIS", "番号;説明\nA1;ステンレス製の水筒です\nA2;男性用の綿のシャツです\n", None);
    check("windows-1253", "Κωδικός;Περιγραφή\nA1;Ανοξείδωτο μπουκάλι νερού\nA2;Βαμβακερό μπλουζάκι\n", None);
    check(
        "windows-1254",
        "Kod;Açıklama\nA1;Paslanmaz çelik şişe, yeşil ve kırmızı\nA2;Pamuklu tişört, İğne\n",
        None,
    );
    check(
        "macintosh",
        "Artikel;Omschrijving\rA1;Crème brûlée schaal\rA2;Koffie voor één\r".trim_end(),
        Some(false),
    );
}

#[test]
fn the_case_of_a_polish_file() {
    let source = case("b16b-cp1250.csv");
    assert_eq!(encoding(&source), "windows-1250");
    assert_eq!(source.cell(1, 2), "Żółta butelka ze stali, śruba");
    assert!(matches!(source.remarks(), [Remark::EncodingGuessed { .. }]));
    let (same, more) = given_back(&source);
    assert_eq!(same, bytes("b16b-cp1250.csv"));
    assert!(more.starts_with(b"SKU;Opis;Description;Land;new"));
    assert_eq!(read(&more).expect("a table").cell(1, 2), "Żółta butelka ze stali, śruba");
}

#[test]
fn utf_16_needs_no_mark() {
    let source = case("b16c-utf16le-nobom.csv");
    assert_eq!(source.cell(1, 1), "Steel bottle 750 ml");
    assert_eq!(given_back(&source).0, bytes("b16c-utf16le-nobom.csv"));
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        let file: Vec<u8> = "名称\t描述\r\nA1\t不锈钢保温瓶\r\n".encode_utf16().flat_map(order).collect();
        let source = read(&file).expect("a table");
        assert_eq!(source.cell(1, 1), "不锈钢保温瓶");
        assert!(matches!(source.remarks(), [Remark::EncodingGuessed { .. }]));
        assert_eq!(given_back(&source).0, file);
    }
}

#[test]
fn one_wrong_byte_spoils_nothing_else() {
    let source = case("b16d-one-bad-byte.csv");
    assert_eq!(encoding(&source), "UTF-8");
    let names: Vec<_> = (1..4).map(|row| source.cell(row, 1)).collect();
    assert_eq!(names, ["Crème brûlée dish ceramic", "Plate Ø 20 cm ceramic", "Bowl 15\u{fffd} ceramic"]);
    assert_eq!(source.remarks(), [Remark::UnknownBytes { line: 4, count: 1 }]);
    let (same, more) = given_back(&source);
    assert_eq!(same, bytes("b16d-one-bad-byte.csv"));
    assert!(more.windows(7).any(|part| part == b"15\xb0 cer"), "the byte is kept");
    // Characters of the private range are no bytes.
    let file = "naam;\u{f7b0}\n\u{f700};é\n".as_bytes();
    assert_eq!(given_back(&read(file).expect("a table")).0, file);
}

#[test]
fn delimiters_are_found_where_rows_agree() {
    let check = |file: &str, expected: Delimiter, widths: &[usize]| {
        let source = read(file.as_bytes()).expect(file);
        assert_eq!(delimiter(&source), expected, "{file}");
        let own: Vec<_> = (0..source.rows()).map(|row| source.width(row)).collect();
        assert_eq!(own, widths, "{file}");
    };
    check("a^b^c\n1^2^3\n", Delimiter::Other(b'^'), &[3, 3]);
    check("a~b\n1~2\n", Delimiter::Other(b'~'), &[2, 2]);
    check("a:b:c\n1:2:3\n", Delimiter::Other(b':'), &[3, 3]);
    check("a\u{1f}b\n1\u{1f}2\n", Delimiter::Other(0x1f), &[2, 2]);
    check("sep=^\na^b\n1^2\n", Delimiter::Other(b'^'), &[2, 2]);
    check("\"sep=;\"\r\na;b\r\n", Delimiter::Semicolon, &[2]);
    check("SEP=,\na,b\n", Delimiter::Comma, &[2]);
    // Not as punctuation.
    let one = Delimiter::Semicolon;
    check("Description\nShirt, men, blue\nWallet, brown, men\n", one, &[1, 1, 1]);
    check("Shirt, men, blue\nWallet, brown\n", one, &[1, 1]);
    check("Material: cotton\nSize: large\n", one, &[1, 1]);
    check("https://a.example/1\nhttps://a.example/2\n", one, &[1, 1]);
    check("10:30:00\n", one, &[1]);
    check("bag; leather\nshoe\n", Delimiter::Tab, &[1, 1]);
    // A line above a table.
    check("Stock list 2026\n\nname,material,colour\nShirt,cotton,blue\n", Delimiter::Comma, &[1, 3, 3]);
    check("Name, Price\nBag, 12\n", Delimiter::Comma, &[2, 2]);
}

#[test]
fn a_text_named_as_a_workbook_comes_back_as_text() {
    let file = bytes("n10b-really-csv.xlsx");
    let source = read(&file).expect("a table");
    assert_eq!(delimiter(&source), Delimiter::Comma);
    let (same, more) = given_back(&source);
    assert_eq!(same, file);
    assert_eq!(more, b"SKU,Description,Country of origin,new\nA1,Steel bottle 750 ml,CN,new\n");
}

#[test]
fn the_cases_of_delimiters() {
    let source = case("n39-caret.csv");
    assert_eq!(rows(&source)[1], ["A1", "Leather belt men", "12.50"]);
    let source = case("n19-desc-commas.csv");
    assert_eq!((source.columns(), source.cell(1, 0).as_ref()), (1, "Cotton T-shirt, men, blue"));
    let source = case("n19b-decimal-comma-comma.csv");
    assert_eq!((source.width(0), source.width(1), source.width(2), source.width(3)), (4, 5, 5, 0));
    let source = case("b24-list.txt");
    assert_eq!((source.rows(), source.columns()), (5, 1));
    assert_eq!(case("n05-300-columns.csv").columns(), 300);
}

#[test]
fn marks_that_enclose_no_cell_swallow_no_rows() {
    let source = case("b17a-inch-open.csv");
    let names: Vec<_> = (1..source.rows()).map(|row| source.cell(row, 1)).collect();
    let expected =
        ["\"19 inch rack steel", "Steel shelf", "Steel door", "\"21 inch rack steel", "Cable tray steel"];
    assert_eq!(names, expected);
    assert_eq!(source.remarks(), [Remark::QuotesRepaired { line: 2, rows: 2 }]);
    assert_eq!(given_back(&source).0, bytes("b17a-inch-open.csv"));

    let source = case("b17b-backslash.csv");
    assert_eq!(rows(&source)[1], ["A1", "Pipe 5\" steel, welded", "CN"]);
    assert_eq!(source.remarks(), [Remark::QuotesRepaired { line: 2, rows: 1 }]);
    assert_eq!(given_back(&source).0, bytes("b17b-backslash.csv"));
}

#[test]
fn quotation_marks_are_read_as_they_are_meant() {
    let check = |file: &str, expected: &[&[&str]], repaired: Option<(u64, u64)>| {
        let source = read(file.as_bytes()).expect(file);
        assert_eq!(rows(&source), expected, "{file}");
        let remarks: Vec<_> =
            repaired.into_iter().map(|(line, rows)| Remark::QuotesRepaired { line, rows }).collect();
        assert_eq!(source.remarks(), remarks, "{file}");
        assert_eq!(given_back(&source).0, file.as_bytes(), "{file}");
    };
    check("a;b\n\"x;1\n", &[&["a", "b"], &["\"x", "1"]], Some((2, 1)));
    check("a;b\n\"19\" rack\";1\n", &[&["a", "b"], &["\"19\" rack\"", "1"]], Some((2, 1)));
    // Two inch marks far apart look like one cell, but the rows between them are whole.
    check(
        "a;b;c\n1;\"19 inch;2\n3;x;4\n5;24\";6\n",
        &[&["a", "b", "c"], &["1", "\"19 inch", "2"], &["3", "x", "4"], &["5", "24\"", "6"]],
        Some((2, 1)),
    );
    // A cell of several lines, with delimiters in it.
    check(
        "a,b,c\n1,\"Big, red\nsoft, nice\",3\n",
        &[&["a", "b", "c"], &["1", "Big, red\nsoft, nice", "3"]],
        None,
    );
    check("a;b\n\"x\" ;1\n", &[&["a", "b"], &["x", "1"]], None);
    check(
        "\"a\",\"b\"\n\"5\\\" x\",\"1\"\n\"5\\\", x\",\"C:\\\"\n\"y\\\"\",2\n",
        &[&["a", "b"], &["5\" x", "1"], &["5\", x", "C:\\"], &["y\"", "2"]],
        Some((2, 3)),
    );
    // Without a sign of it, a backslash is text.
    check("\"a\",\"b\"\n\"C:\\\",\"2\"\n", &[&["a", "b"], &["C:\\", "2"]], None);
}

#[test]
fn rows_are_counted_as_a_spreadsheet_does() {
    let source = read(b"\na;b\n\n\"1\n1\";2\n3;4\n").expect("a table");
    let numbers: Vec<_> = (0..source.rows()).map(|row| source.row_number(row)).collect();
    assert_eq!(numbers, [2, 4, 5]);
    assert_eq!((source.content(0, 0), source.content(0, 5)), (Content::Text, Content::Empty));
    assert_eq!(
        (source.row_is_hidden(0), source.column_is_hidden(0), source.currency(0, 0)),
        (None, false, None)
    );
}

#[test]
fn what_cannot_be_decoded_is_refused() {
    let error = |file: &[u8]| read(file).expect_err("an error");
    assert_eq!(error(b"\xff\xfea"), ReadError::Undecodable);
    assert_eq!(error(b"\xff\xfe\x00\xd8"), ReadError::Undecodable);
    assert_eq!(error(b"\x00\x01\x02\x03binary\x00\x00\xff"), ReadError::NoTable);
    assert_eq!(error(&[0x02, 0x8f, 0x03, 0x9e, 0x05, 0x81].repeat(50)), ReadError::NoTable);
    let utf8 = Encoding::Utf8 { has_mark: false };
    assert_eq!(utf8.name(), "UTF-8");
}
