//! The Combined Nomenclature as JSON: chapters, headings, subheadings and codes with their English texts and
//! supplementary units, and a file for each other language with the translations of the texts.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::{Date, date};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::cells::{goods_code, language};
use super::error::ReadError;
use super::files::{DAY_OF_LAST_CHANGE, Files, Form};
use super::progress::Progress;
use crate::builder::{Builder, Taken};
use crate::{Edition, GoodsCode, Line, Names, Publication, Report, Table};

/// An entry of a file.
#[derive(Deserialize)]
struct Entry {
    code: String,
    name: String,
    #[serde(default)]
    version: Option<i16>,
    #[serde(default, rename = "supplementaryUnit")]
    unit: Option<String>,
}

/// Whether a JSON file is a list of entries with codes and names.
pub(super) fn is_cn(bytes: &[u8]) -> bool {
    match serde_json::from_slice::<Vec<&RawValue>>(bytes) {
        Ok(entries) => {
            entries.first().is_some_and(|first| serde_json::from_str::<Entry>(first.get()).is_ok())
        }
        Err(_) => false,
    }
}

/// Reads all files of the nomenclature.
///
/// # Errors
/// A file is no JSON, has no codes, or is too large.
pub(super) fn read(
    files: &mut Files,
    day: Option<Date>,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(Edition, Report), ReadError> {
    let mut builder = Builder::new(Publication::CombinedNomenclature, files.changed());
    builder.has(Table::Nomenclature);
    let (mut entries, mut year) = (Vec::new(), None);
    for file in 0..files.len() {
        let name = files.name(file).to_owned();
        let number = file + 1;
        if files.form(file) == Some(Form::Json) {
            let bytes = files.bytes(file)?;
            let list: Vec<&RawValue> =
                serde_json::from_slice(&bytes).map_err(|error| ReadError::unreadable(&name, error))?;
            for (at, entry) in (1_u64..).zip(list) {
                match serde_json::from_str::<Entry>(entry.get()) {
                    Ok(entry) => {
                        year = year.max(entry.version);
                        entries.push((file, at, entry));
                    }
                    Err(error) => {
                        builder.refuse(
                            Table::Nomenclature,
                            &name,
                            at,
                            format!("no code with a name: {error}"),
                        );
                    }
                }
                builder.check()?;
            }
        }
        progress(Progress { file: &name, number, files: files.len(), rows: 0 });
    }
    let languages = languages(files, &mut builder)?;
    // Chapters and headings first: a line that is heading, subheading and code at once has the text of the heading.
    entries.sort_by_key(|(file, at, entry)| (entry.code.len(), *file, *at));
    let mut known = HashMap::new();
    for (file, at, entry) in entries {
        // Sections have Roman numbers and are no lines.
        if entry.code.chars().all(|sign| "IVX".contains(sign)) && !entry.code.is_empty() {
            continue;
        }
        if let Err(reason) = add(&mut builder, &entry, &languages, &mut known) {
            builder.refuse(Table::Nomenclature, files.name(file), at, reason);
        }
        builder.check()?;
    }
    match (day, year.filter(|year| (1988..=2100).contains(year))) {
        (Some(day), _) => builder.set_day(day),
        (None, Some(year)) => builder.set_day(date(year, 1, 1)),
        (None, None) => builder.note(DAY_OF_LAST_CHANGE),
    }
    // Goods are declared under eight digits, so where codes are known, other lines only lead to them.
    if builder.edition().lines.iter().any(|line| line.declarable == Some(true)) {
        builder.each_line(|line| line.declarable = line.declarable.or(Some(false)));
    }
    tell_untranslated(&mut builder, &languages);
    builder.finish(&[Table::Nomenclature])
}

/// Adds an entry. `known` has the number of digits of the entry from which the text of a line is.
fn add(
    builder: &mut Builder,
    entry: &Entry,
    languages: &BTreeMap<String, Names>,
    known: &mut HashMap<GoodsCode, usize>,
) -> Result<(), String> {
    let digits = entry.code.len();
    let code = match goods_code(&entry.code, false)? {
        (code, None) if matches!(digits, 2 | 4 | 6 | 8) => code,
        _ => return Err(format!("{:?} is no code of two, four, six or eight digits", entry.code)),
    };
    let name = entry.name.trim();
    if name.is_empty() {
        return Err(format!("{} has no name", entry.code));
    }
    let is_code = digits == 8;
    let unit = entry.unit.as_deref().filter(|unit| !unit.is_empty()).map(unit_name);
    // A heading without subheadings is its own subheading and code, which are called alike or "Other".
    let mut texts = Names::new();
    if *known.entry(code).or_insert(digits) == digits {
        texts.insert("en".to_owned(), name.to_owned());
        for (language, translations) in languages {
            if let Some(translation) = translations.get(name) {
                texts.insert(language.clone(), translation.clone());
            }
        }
    }
    let line = Line {
        code,
        suffix: 80,
        indent: match digits {
            6 => 1,
            8 => 2,
            _ => 0,
        },
        from: None,
        to: None,
        declarable: is_code.then_some(true),
        unit: unit.map(|unit| builder.text(&unit)),
        texts,
    };
    if builder.line(line) == Taken::Differs {
        Err(format!("an earlier entry has another name of {}", entry.code))
    } else {
        Ok(())
    }
}

/// The translations of each language, from files such as `messages_nl.yaml`.
fn languages(files: &mut Files, builder: &mut Builder) -> Result<BTreeMap<String, Names>, ReadError> {
    let mut languages = BTreeMap::new();
    for file in 0..files.len() {
        let name = files.name(file).to_owned();
        if files.form(file) != Some(Form::Text) {
            continue;
        }
        let stem = name.rsplit('/').next().and_then(|name| name.split_once('.')).map_or("", |(stem, _)| stem);
        let Some(language) = stem.rsplit_once('_').and_then(|(_, code)| language(code)) else {
            builder.note(format!(
                "{name} is left out: its name does not end with a language, as messages_nl.yaml does."
            ));
            continue;
        };
        let bytes = files.bytes(file)?;
        let text = String::from_utf8(bytes).map_err(|error| ReadError::unreadable(&name, error))?;
        let mut translations = Names::new();
        for (number, line) in (1_u64..).zip(text.lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') || line == "---" {
                continue;
            }
            match pair(line) {
                Some((key, value)) if !value.is_empty() => {
                    translations.entry(key).or_insert(value);
                }
                Some(_) => {}
                None => {
                    builder.refuse(Table::Nomenclature, &name, number, "it is no text with its translation")
                }
            }
            builder.check()?;
        }
        languages.insert(language, translations);
    }
    Ok(languages)
}

/// A line of a flat map in YAML: a key and a value, each plain or in single or double quotation marks.
fn pair(line: &str) -> Option<(String, String)> {
    let (key, rest) = scalar(line, true)?;
    let rest = rest.trim_start().strip_prefix(':')?;
    let (value, rest) = scalar(rest.trim_start(), false)?;
    let rest = rest.trim_start();
    (rest.is_empty() || rest.starts_with('#')).then_some((key, value))
}

/// The scalar at the beginning of a text, and the text after it.
fn scalar(text: &str, is_key: bool) -> Option<(String, &str)> {
    let quote = text.chars().next().filter(|sign| matches!(sign, '\'' | '"'));
    let Some(quote) = quote else {
        let end = if is_key {
            text.find(": ").or_else(|| text.strip_suffix(':').map(str::len))?
        } else {
            text.len()
        };
        let (scalar, rest) = text.split_at(end);
        return Some((scalar.trim().to_owned(), rest));
    };
    let mut written = String::new();
    let mut signs = text.char_indices().skip(1).peekable();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\'' if quote == '\'' && signs.peek().is_some_and(|(_, next)| *next == '\'') => {
                signs.next();
                written.push('\'');
            }
            _ if sign == quote => return Some((written, text.get(at + 1..)?)),
            '\\' if quote == '"' => match signs.next()?.1 {
                'n' => written.push('\n'),
                't' => written.push('\t'),
                'r' => written.push('\r'),
                '_' => written.push('\u{a0}'),
                'x' => written.push(escaped(&mut signs, 2)?),
                'u' => written.push(escaped(&mut signs, 4)?),
                'U' => written.push(escaped(&mut signs, 8)?),
                other => written.push(other),
            },
            _ => written.push(sign),
        }
    }
    None
}

/// The character of an escape by its hexadecimal digits.
fn escaped(signs: &mut impl Iterator<Item = (usize, char)>, digits: usize) -> Option<char> {
    let code: String = signs.take(digits).map(|(_, sign)| sign).collect();
    char::from_u32(u32::from_str_radix(&code, 16).ok()?)
}

/// Tells the lines without a text in a language that other lines have.
fn tell_untranslated(builder: &mut Builder, languages: &BTreeMap<String, Names>) {
    for language in languages.keys() {
        let lines = &builder.edition().lines;
        let mut lacking = lines.iter().filter(|line| !line.texts.contains_key(language));
        let Some(first) = lacking.next() else { continue };
        let (first, number) = (first.code, 1 + lacking.count());
        let lines = if number == 1 { "line has" } else { "lines have" };
        let language = language.to_uppercase();
        builder.note(format!("{number} {lines} no text in {language}, such as {first}."));
    }
}

/// A supplementary unit as the Combined Nomenclature writes it: `p/st` for `PST`.
fn unit_name(code: &str) -> String {
    let name = match code {
        "PST" => "p/st",
        "100_PST" => "100 p/st",
        "1000_PST" => "1 000 p/st",
        "M" => "m",
        "M2" => "m²",
        "M3" => "m³",
        "1000_M3" => "1 000 m³",
        "L" => "l",
        "L_ALC_100PCT" => "l alc. 100 %",
        "PA" => "pa",
        "G" => "g",
        "GI_FS" => "gi F/S",
        "KG_90PCT_SDT" => "kg 90 % sdt",
        "KG_N" => "kg N",
        "KG_NET_EDA" => "kg/net eda",
        "KG_P2O5" => "kg P₂O₅",
        "KG_K2O" => "kg K₂O",
        "KG_U" => "kg U",
        "KG_NAOH" => "kg NaOH",
        "KG_KOH" => "kg KOH",
        "KG_H2O2" => "kg H₂O₂",
        "KG_MET_AM" => "kg met.am.",
        "CK" => "c/k",
        "CEEL" => "ce/el",
        "CTL" => "ct/l",
        "TJ" => "TJ",
        "1000_KWH" => "1 000 kWh",
        other => other,
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn translations_are_read_in_all_quotations() {
        let check = |line: &str, key: &str, value: &str| {
            assert_eq!(pair(line), Some((key.to_owned(), value.to_owned())), "{line}");
        };
        check("'Of iron: cast': 'Van ijzer: gegoten'", "Of iron: cast", "Van ijzer: gegoten");
        check("Rye: Rogge", "Rye", "Rogge");
        check("\"Pigs' hair\": 'Haar van ''varkens'''", "Pigs' hair", "Haar van 'varkens'");
        check("'A': \"80\\_kg \\u00e9\\\"\" # remark", "A", "80\u{a0}kg é\"");
        for line in ["", "Rye", "'open: 'x'", "'a': 'b' c", "\"\\u12\": x", "\"\\uD800\": x", "'"] {
            assert_eq!(pair(line), None, "{line}");
        }
    }
}
