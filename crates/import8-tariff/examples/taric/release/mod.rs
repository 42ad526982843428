//! A made-up release of TARIC's workbooks: no line or duty in it is true, but its form is that of the Commission's,
//! with everything in it that has misled readers.

mod sheet;

use std::path::Path;

use rust_xlsxwriter::XlsxError;

use self::sheet::{Table, book};

/// The size of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    /// The lines in each language, about.
    pub(crate) lines: u32,
    /// The rows of measures.
    pub(crate) measures: u32,
    /// The rows of measures that say the same as another.
    pub(crate) repeated: u32,
}

/// What was written, to be compared with what is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Written {
    /// The lines in each language.
    pub(crate) lines: u32,
    /// The lines that can be declared.
    pub(crate) declarable: u32,
    /// The measures without repetitions.
    pub(crate) measures: u32,
    /// The repetitions.
    pub(crate) repeated: u32,
    /// The exclusions, each once.
    pub(crate) exclusions: u32,
    /// The conditions, each once.
    pub(crate) conditions: u32,
}

/// The languages of the nomenclature.
const LANGUAGES: [&str; 4] = ["EN", "FR", "NL", "DE"];

/// Groups of countries with their members.
const GROUPS: [(&str, &str, &[&str]); 4] = [
    (
        "1011",
        "ERGA OMNES",
        &["AD", "BR", "CA", "CH", "CN", "GB", "IN", "JP", "KR", "MX", "NO", "TR", "US", "VN", "ZA"],
    ),
    ("2005", "GSP (Annex IV)", &["BD", "KH"]),
    ("2020", "GSP-General", &["IN", "VN", "BD"]),
    ("D010", "Made-up group", &["CA", "MX"]),
];

/// Countries that have preferences of their own.
const COUNTRIES: [&str; 12] = ["AD", "CA", "CH", "GB", "JP", "KR", "MX", "NO", "TR", "US", "VN", "ZA"];

/// A line: its code, suffix and number of dashes.
#[derive(Debug, Clone)]
struct Line {
    code: String,
    suffix: u8,
    indent: usize,
    is_leaf: bool,
}

/// A measure as the columns have it.
#[derive(Debug, Clone, Default)]
struct Measure {
    code: String,
    additional_code: String,
    order_number: String,
    from: &'static str,
    to: &'static str,
    origin: &'static str,
    kind: &'static str,
    duty: String,
    regulation: String,
}

/// Writes a release into a folder.
///
/// # Errors
/// A file cannot be written.
pub(crate) fn write(folder: &Path, size: Size) -> Result<Written, XlsxError> {
    let lines = lines(size.lines);
    let leaves: Vec<&Line> = lines.iter().filter(|line| line.is_leaf).collect();
    let measures = measures(&leaves, size.measures.saturating_sub(size.repeated));
    for language in LANGUAGES {
        nomenclature(folder, language, &lines)?;
    }
    declarable(folder, &lines)?;
    let mut written = Written {
        lines: count(lines.len()),
        declarable: count(leaves.len()),
        measures: count(measures.len()),
        repeated: duties(folder, "Duties Import 01-99.xlsx", &measures, size.repeated)?,
        ..Written::default()
    };
    let exports = measures.iter().take(3).map(|own| Measure { kind: "478", ..own.clone() });
    duties(folder, "Duties Export 01-99.xlsx", &exports.collect::<Vec<_>>(), 0)?;
    written.exclusions = exclusions(folder, &measures)?;
    written.conditions = conditions(folder, &measures)?;
    measure_footnotes(folder, &measures)?;
    areas(folder)?;
    names(folder)?;
    Ok(written)
}

/// The lines: chapters, headings, groups and codes of six, eight and ten digits.
fn lines(wanted: u32) -> Vec<Line> {
    let line = |code: String, suffix, indent, is_leaf| Line {
        code: format!("{code:0<10}"),
        suffix,
        indent,
        is_leaf,
    };
    let chapters = (1..=97_u32).filter(|chapter| *chapter != 77);
    // 31 lines for each heading, see below.
    let headings = (wanted.saturating_sub(96) / 31).max(1);
    let mut lines = Vec::new();
    for (at, chapter) in (0_u32..).zip(chapters) {
        let own = headings / 96 + u32::from(at < headings % 96);
        lines.push(line(format!("{chapter:02}"), 80, 0, false));
        for heading in 1..=own {
            let heading = format!("{chapter:02}{heading:02}");
            lines.push(line(heading.clone(), 80, 0, false));
            for six in 1..=3 {
                let six = format!("{heading}{six}1");
                // A line that only groups those below it has the code of the first of them.
                lines.push(line(six.clone(), 10, 1, false));
                lines.push(line(six.clone(), 80, 2, false));
                for eight in [10, 90] {
                    let eight = format!("{six}{eight}");
                    lines.push(line(eight.clone(), 80, 3, false));
                    lines.extend([10, 20, 90].map(|ten| line(format!("{eight}{ten}"), 80, 4, true)));
                }
            }
        }
    }
    lines
}

/// The measures, by code: each code has the same kinds in turn, so that none repeats another.
fn measures(leaves: &[&Line], wanted: u32) -> Vec<Measure> {
    let mut measures = Vec::new();
    let per_leaf = wanted / count(leaves.len()).max(1);
    let rest = wanted % count(leaves.len()).max(1);
    for (at, leaf) in (0_u32..).zip(leaves) {
        for kind in 0..per_leaf + u32::from(at < rest) {
            measures.push(measure(&leaf.code, at, kind));
        }
    }
    measures
}

/// The measure of a code with a number, of which each code has the first.
fn measure(code: &str, at: u32, number: u32) -> Measure {
    let base = Measure {
        code: code.to_owned(),
        from: "01-01-2022",
        origin: "1011",
        kind: "103",
        regulation: format!("R{:04}/21", 1_000 + at % 300),
        ..Measure::default()
    };
    // Trailing and double blanks are as in the Commission's file.
    let duty = match at % 5 {
        0 => "2.700 % ".to_owned(),
        1 => "10.200 % + 93.100 EUR DTN".to_owned(),
        2 => "7.600 % + EA".to_owned(),
        3 => "Cond:  B cert: Y-155 (01):50.000 %; B (01):52.000 % ".to_owned(),
        _ => format!("{}.{:03} %", at % 17, at % 1_000),
    };
    match number {
        0 => Measure { duty, ..base },
        1 => Measure { kind: "142", origin: "2020", duty: "0.000 % ".to_owned(), ..base },
        2 => Measure { kind: "142", origin: "D010", duty: "1.300 %".to_owned(), ..base },
        3 => Measure { kind: "465", duty: String::new(), from: "01-03-2020", ..base },
        4 => Measure {
            kind: "552",
            origin: "CN",
            additional_code: "C999".to_owned(),
            duty: "66.200 %".to_owned(),
            ..base
        },
        5 => Measure {
            kind: "552",
            origin: "CN",
            additional_code: "C123".to_owned(),
            duty: "12.100 %".to_owned(),
            ..base
        },
        6 => Measure {
            kind: "143",
            origin: "VN",
            order_number: format!("09{:04}", at % 10_000),
            duty: "0.000 %".to_owned(),
            ..base
        },
        7 => Measure {
            kind: "103",
            duty: "11.000 % ".to_owned(),
            from: "01-01-2015",
            to: "31-12-2021",
            ..base
        },
        8 => {
            Measure { kind: "112", duty: "0.000 %".to_owned(), from: "01-07-2026", to: "31-12-2028", ..base }
        }
        9 => Measure { kind: "109", duty: "NAR".to_owned(), ..base },
        _ => {
            let number = usize::try_from(number).unwrap_or_default() - 10;
            let from = ["01-01-2023", "01-01-2024", "01-01-2025", "01-01-2026"];
            let from = from.get(number / COUNTRIES.len() % from.len()).copied().unwrap_or_default();
            let origin = COUNTRIES.get(number % COUNTRIES.len()).copied().unwrap_or_default();
            Measure { kind: "142", origin, from, duty: format!("{}.000 %", number / 48), ..base }
        }
    }
}

fn nomenclature(folder: &Path, language: &str, lines: &[Line]) -> Result<(), XlsxError> {
    let is_turned = language == "NL";
    book(folder, &format!("Nomenclature {language}.xlsx"), false, |table| {
        let titles = [
            "Goods code",
            "Start date",
            "End date",
            "Language",
            "Hier. Pos.",
            "Indent",
            "Description",
            "Descr. start date",
        ];
        let turn = |mut cells: Vec<&str>| {
            if is_turned {
                cells.reverse();
            }
            cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>()
        };
        let write = |table: &mut Table<'_>, cells: Vec<&str>| {
            let cells = turn(cells);
            table.row(&cells.iter().map(String::as_str).collect::<Vec<_>>())
        };
        write(table, titles.to_vec())?;
        for (at, line) in lines.iter().enumerate() {
            // The files of a release are not of one day: one language lacks a line.
            if language == "DE" && at + 1 == lines.len() {
                continue;
            }
            let code = format!("{} {}", line.code, line.suffix);
            let dashes = vec!["-"; line.indent].join(" ");
            let position = line.code.trim_end_matches("00").len().max(2);
            let position = (position + position % 2).to_string();
            let text = description(line, language);
            let from = if is_turned { "2022-01-01" } else { "01-01-2022" };
            write(table, vec![&code, from, "", language, &position, &dashes, &text, from])?;
        }
        Ok(())
    })
}

/// A made-up text: chapters in capitals, and a blank at which no line ends.
fn description(line: &Line, language: &str) -> String {
    let goods = match language {
        "NL" => "Verzonnen goederen",
        "DE" => "Erfundene Waren",
        "FR" => "Marchandises inventées",
        _ => "Made-up goods",
    };
    match (line.suffix, line.indent) {
        (80, 0) if line.code.ends_with("00000000") => format!("{goods} {}", &line.code[..2]).to_uppercase(),
        (10, _) => format!("{goods} {}:", &line.code[..6]),
        _ => format!("{goods} {}, of 80|kg or less ", line.code),
    }
}

fn declarable(folder: &Path, lines: &[Line]) -> Result<(), XlsxError> {
    book(folder, "Declarable codes.xlsx", false, |table| {
        table.row(&["Goods code", "Start date", "Decl. start date", "End date", "IS_LEAF"])?;
        for line in lines.iter().filter(|line| line.suffix == 80) {
            table.number(4, f64::from(u8::from(line.is_leaf)))?;
            table.row(&[&format!("{} 80", line.code), "01-01-2022", "01-01-2022"])?;
        }
        Ok(())
    })
}

/// Writes measures, and some of them again. The number of repetitions.
fn duties(folder: &Path, name: &str, measures: &[Measure], repeated: u32) -> Result<u32, XlsxError> {
    let (mut again, every) = (0, count(measures.len()) / repeated.max(1));
    book(folder, name, false, |table| {
        table.row(&[
            "Goods code",
            "Add code",
            "Order No.",
            "Start date",
            "End date",
            "RED_IND",
            "Origin",
            " Measure type",
            "Legal base",
            "Duty",
            "Origin code",
            " Meas. type code",
        ])?;
        for (at, measure) in (0_u32..).zip(measures) {
            let times = if again < repeated && (every < 2 || at % every == 0) { 2 } else { 1 };
            again += times - 1;
            for _ in 0..times {
                duty(table, measure, at)?;
            }
        }
        Ok(())
    })?;
    Ok(again)
}

fn duty(table: &mut Table<'_>, measure: &Measure, at: u32) -> Result<(), XlsxError> {
    let mut cells = [
        &*measure.code,
        &measure.additional_code,
        &measure.order_number,
        measure.from,
        measure.to,
        "",
        area_name(measure.origin),
        kind_name(measure.kind),
        &measure.regulation,
        &measure.duty,
        measure.origin,
        measure.kind,
    ];
    // Some rows have dates as Excel counts them, and codes and types as numbers.
    if at % 4 == 1 {
        for (column, day) in [(3, measure.from), (4, measure.to)] {
            table.date(column, day)?;
        }
        (cells[3], cells[4]) = ("", "");
    }
    if at % 4 == 2 {
        for (column, text) in [(0, &*measure.code), (11, measure.kind)] {
            table.number(column, text.parse().unwrap_or_default())?;
        }
        (cells[0], cells[11]) = ("", "");
    }
    table.row(&cells)
}

fn key(measure: &Measure) -> [&str; 7] {
    [
        &measure.code,
        &measure.additional_code,
        &measure.order_number,
        measure.from,
        measure.to,
        measure.origin,
        measure.kind,
    ]
}

/// Each third preference of the group 2020 leaves out Viet Nam. The code is under the title of the name, as in the
/// Commission's file, and some rows are there twice or are of measures on exports.
fn exclusions(folder: &Path, measures: &[Measure]) -> Result<u32, XlsxError> {
    let mut written = 0;
    book(folder, "Measure exclusions.xlsx", true, |table| {
        table.row(&[
            "Goods code",
            "Add code",
            "Order No.",
            "Start date",
            "End date",
            "Origin code",
            "Meas. type code",
            "Excluded country code",
            "Excluded country",
        ])?;
        for measure in measures.iter().filter(|measure| measure.origin == "2020").step_by(3) {
            let [code, additional, order, from, to, origin, kind] = key(measure);
            for _ in 0..1 + written % 2 {
                table.row(&[code, additional, order, from, to, origin, kind, "Viet Nam", "VN"])?;
            }
            written += 1;
        }
        table.row(&["0101000000", "", "", "01-01-2022", "", "1011", "706", "Switzerland", "CH"])
    })?;
    Ok(written)
}

/// The restrictions have three conditions each, not in their order.
fn conditions(folder: &Path, measures: &[Measure]) -> Result<u32, XlsxError> {
    let mut written = 0;
    book(folder, "Measure conditions.xlsx", true, |table| {
        table.row(&[
            "Goods code",
            "Add code",
            "Order No.",
            "Start date",
            "End date",
            "Origin code",
            "Meas. type code",
            "Meas. cond",
            "Sequence",
            "Certificate",
            "Cond. amount",
            "Mon. unit",
            "Meas. unit",
            "Meas. unit qual",
            "Meas. action",
        ])?;
        for measure in measures.iter().filter(|measure| measure.kind == "465") {
            let [code, additional, order, from, to, origin, kind] = key(measure);
            let mut row = |cells: [&str; 7]| {
                let [letter, sequence, certificate, currency, unit, qualifier, action] = cells;
                if !currency.is_empty() {
                    table.number(10, 41.3)?;
                }
                written += 1;
                table.row(&[
                    code,
                    additional,
                    order,
                    from,
                    to,
                    origin,
                    kind,
                    letter,
                    sequence,
                    certificate,
                    "",
                    currency,
                    unit,
                    qualifier,
                    action,
                ])
            };
            row(["V", "1", "", "EUR", "DTN", "Z", "01"])?;
            row(["B", "2", "", "", "", "", "5"])?;
            row(["B", "1", "Y-155", "", "", "", "24"])?;
        }
        Ok(())
    })?;
    Ok(written)
}

fn measure_footnotes(folder: &Path, measures: &[Measure]) -> Result<(), XlsxError> {
    book(folder, "Measure footnotes.xlsx", false, |table| {
        table.row(&["Goods code", "Start date", "Origin code", "Meas. type code", "Footnote"])?;
        for measure in measures.iter().filter(|measure| measure.kind == "142").step_by(10) {
            let [code, _, _, from, _, origin, kind] = key(measure);
            table.row(&[code, from, origin, kind, "CD 333"])?;
        }
        Ok(())
    })
}

fn areas(folder: &Path) -> Result<(), XlsxError> {
    book(folder, "Geographical areas composition.xlsx", false, |table| {
        table.row(&[
            "Country group",
            "Abbrev.",
            "Country group descr.",
            "Member country",
            "Abbrev.",
            "Description",
            "Mbship start date",
            "Mbship end date",
            "Start date",
            "End date",
        ])?;
        for (group, name, members) in GROUPS {
            for member in members {
                // One member left its group.
                let to = if (group, *member) == ("2020", "BD") { "31-12-2024" } else { "" };
                let words = area_name(member);
                table.row(&[group, group, name, member, member, words, "01-01-1995", to, "01-01-1995"])?;
            }
        }
        Ok(())
    })?;
    book(folder, "Geographical areas description.xlsx", false, |table| {
        table.row(&["Country", "Start date", "End date", "Language", "Description"])?;
        for (code, en, nl) in [
            ("CN", "China", "China"),
            ("CH", "Switzerland", "Zwitserland"),
            ("1011", "ERGA OMNES", "ERGA OMNES"),
        ] {
            table.row(&[code, "01-01-1984", "", "EN", en])?;
            table.row(&[code, "01-01-1984", "", "NL", nl])?;
        }
        Ok(())
    })
}

fn names(folder: &Path) -> Result<(), XlsxError> {
    let table_of = |file: &str, title: &str, rows: &[[&str; 3]]| {
        book(folder, file, false, |table| {
            // Some files begin with a line of their own.
            table.row(&["A made-up release"])?;
            table.row(&[title, "Start date", "End date", "Language", "Description", "Descr. start date"])?;
            for [code, language, text] in rows {
                table.row(&[code, "01-01-2000", "", language, text, "01-01-2000"])?;
            }
            Ok(())
        })
    };
    table_of(
        "Additional codes descriptions.xlsx",
        "Add code",
        &[
            ["C999", "EN", "All other manufacturers"],
            ["C999", "NL", "Alle andere fabrikanten"],
            ["C123", "EN", "Made-up Works Ltd"],
        ],
    )?;
    table_of(
        "Footnotes descriptions.xlsx",
        "Footnote",
        &[["CD333", "EN", "A made-up footnote of 80|kg"], ["CD333", "NL", "Een verzonnen voetnoot"]],
    )?;
    table_of(
        "Box 44 codes of the SAD.xlsx",
        "Certificate code",
        &[["Y155", "EN", "A made-up document"], ["Y155", "NL", "Een verzonnen document"]],
    )?;
    table_of(
        "Measure types.xlsx",
        "Meas. type code",
        &[["103", "EN", "Third country duty"], ["103", "NL", "Recht derde landen"]],
    )?;
    book(folder, "Legal basis.xlsx", false, |table| {
        table.row(&["Legal base", "Off. Journal", "Page", "Publ. date"])?;
        table.row(&["R1000/21", "L 1", "1", "01-01-2021"])
    })
}

fn area_name(code: &str) -> &'static str {
    match code {
        "1011" => "ERGA OMNES",
        "2020" => "GSP-General",
        "D010" => "Made-up group",
        "CN" => "China",
        "VN" => "Viet Nam",
        "CH" => "Switzerland",
        "JP" => "Japan",
        _ => "Elsewhere",
    }
}

fn kind_name(code: &str) -> &'static str {
    match code {
        "103" => "Third country duty",
        "109" => "Supplementary unit",
        "112" => "Autonomous tariff suspension",
        "142" => "Tariff preference",
        "143" => "Preferential tariff quota",
        "465" => "Restriction on entry into free circulation",
        "478" => "Export authorization (Dual use)",
        _ => "Definitive anti-dumping duty",
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
