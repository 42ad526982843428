//! Parses the tariff's files of the seed, which a customs specialist edits by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use std::sync::Arc;

use csv::StringRecord;
use import8_api::{Country, DutyExpression};
use include_dir::Dir;
use rust_decimal::Decimal;

use super::codes::Codes;
use super::facts::{AntiDumping, Fact, Notice, Preference};
use super::lookup::{Seed, Tariff};
use super::word_index::WordIndex;
use crate::language::Localized;
use crate::nomenclature::Nomenclature;
use crate::seed::{Fault, SEED, SeedError, cells, chapter_of, fault, files, records, required};

const LABELS: (&str, [&str; 3]) = ("commodities", ["code", "en", "nl"]);
const DIVISIONS: (&str, [&str; 2]) = ("divisions.csv", ["code", "endings"]);
const DUTIES: (&str, [&str; 4]) = ("duties", ["code", "duty", "source", "date"]);
const PREFERENCES: (&str, [&str; 11]) = (
    "preferences.csv",
    [
        "scheme",
        "name_nl",
        "codes",
        "except",
        "countries",
        "duty",
        "proof_en",
        "proof_nl",
        "source",
        "source_nl",
        "date",
    ],
);
const NO_PREFERENCES: (&str, [&str; 3]) = ("no_preferences.csv", ["country", "source", "date"]);
const ANTI_DUMPING: (&str, [&str; 8]) =
    ("anti_dumping.csv", ["codes", "country", "duty", "least", "en", "nl", "source", "date"]);
const NOTICES: (&str, [&str; 7]) =
    ("notices.csv", ["codes", "countries", "up_to", "en", "nl", "source", "date"]);
const VAT: (&str, [&str; 4]) = ("vat.csv", ["country", "rate", "source", "date"]);

/// An abbreviation in the `source` column of the duties, and the source that it stands for.
const COMMON_CUSTOMS_TARIFF: (&str, &str) = ("cct", "Regulation (EEC) No 2658/87, Annex I");

impl Tariff {
    /// The tariff that is embedded in the program.
    ///
    /// # Errors
    /// The first fault found in the seed, with its file and line.
    pub fn embedded(nomenclature: Arc<Nomenclature>) -> Result<Self, SeedError> {
        Ok(Self { seed: Arc::new(read(&SEED, nomenclature)?), in_force: None })
    }
}

/// Reads all files of the tariff.
fn read(folder: &Dir<'_>, nomenclature: Arc<Nomenclature>) -> Result<Seed, SeedError> {
    let cn: BTreeSet<&str> = nomenclature.rows().flat_map(|row| row.cn()).map(String::as_str).collect();
    let (mut labels, mut duties) = (BTreeMap::new(), BTreeMap::new());
    for (file, text) in files(folder, LABELS.0)? {
        read_map(file, text, &LABELS.1, &mut labels, |record| label(record, file, &cn))?;
    }
    for (file, text) in files(folder, DUTIES.0)? {
        read_map(file, text, &DUTIES.1, &mut duties, |record| duty(record, file))?;
    }
    let (mut divisions, mut vat, mut no_preferences) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let text = required(folder, DIVISIONS.0)?;
    read_map(DIVISIONS.0, text, &DIVISIONS.1, &mut divisions, division)?;
    read_map(VAT.0, required(folder, VAT.0)?, &VAT.1, &mut vat, vat_rate)?;
    let text = required(folder, NO_PREFERENCES.0)?;
    read_map(NO_PREFERENCES.0, text, &NO_PREFERENCES.1, &mut no_preferences, no_preference)?;
    drop(cn);
    Ok(Seed {
        words: WordIndex::of_seed(&nomenclature, &labels),
        nomenclature,
        labels,
        divisions,
        duties,
        preferences: read_list(PREFERENCES.0, required(folder, PREFERENCES.0)?, &PREFERENCES.1, preference)?,
        no_preferences,
        anti_dumping: read_list(ANTI_DUMPING.0, required(folder, ANTI_DUMPING.0)?, &ANTI_DUMPING.1, measure)?,
        vat,
        notices: read_list(NOTICES.0, required(folder, NOTICES.0)?, &NOTICES.1, notice)?,
    })
}

/// Parses rows with unique keys in ascending order.
fn read_map<K: Ord + Clone + ToString, V>(
    file: &str,
    text: &str,
    columns: &[&str],
    map: &mut BTreeMap<K, V>,
    row: impl Fn(&StringRecord) -> Result<(K, V), Fault>,
) -> Result<(), SeedError> {
    let mut previous: Option<K> = None;
    for (line, record) in records(file, text, columns)? {
        let (key, value) = row(&record).map_err(|problem| fault(file, line, problem))?;
        if let Some(previous) = previous.filter(|previous| *previous >= key) {
            let problem = Fault::Unsorted { code: key.to_string(), previous: previous.to_string() };
            return Err(fault(file, line, problem));
        }
        previous = Some(key.clone());
        map.insert(key, value);
    }
    Ok(())
}

fn read_list<T>(
    file: &str,
    text: &str,
    columns: &[&str],
    row: fn(&StringRecord) -> Result<T, Fault>,
) -> Result<Vec<T>, SeedError> {
    let rows = records(file, text, columns)?.into_iter();
    rows.map(|(line, record)| row(&record).map_err(|problem| fault(file, line, problem))).collect()
}

fn label(
    record: &StringRecord,
    file: &str,
    cn: &BTreeSet<&str>,
) -> Result<(String, Localized<String>), Fault> {
    let [code, en, nl] = cells(record)?;
    if !cn.contains(code) || code.get(..2) != Some(chapter_of(file)) {
        return Err(wrong("code", code, "a CN code of this chapter that the nomenclature has"));
    }
    Ok((code.to_owned(), both(en, nl)?))
}

fn division(record: &StringRecord) -> Result<(String, Vec<String>), Fault> {
    let [code, endings] = cells(record)?;
    if code.len() != 8 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong("code", code, "eight digits"));
    }
    let list: Vec<String> = parts(endings).map(str::to_owned).collect();
    let is_pair = |ending: &String| ending.len() == 2 && ending.bytes().all(|byte| byte.is_ascii_digit());
    if !list.iter().all(is_pair) || !list.is_sorted_by(|left, right| left < right) {
        return Err(wrong("endings", endings, "ascending pairs of digits"));
    }
    Ok((code.to_owned(), list))
}

type KnownDuty = Option<Fact<DutyExpression>>;

fn duty(record: &StringRecord, file: &str) -> Result<(String, KnownDuty), Fault> {
    let [code, duty, source, date] = cells(record)?;
    // The code need not be in the nomenclature: the duties are complete, the rows of the seed are not.
    let is_digits = code.bytes().all(|byte| byte.is_ascii_digit());
    if !matches!(code.len(), 2 | 4 | 6 | 8) || !is_digits || code.get(..2) != Some(chapter_of(file)) {
        return Err(wrong("code", code, "the beginning of a CN code of this chapter"));
    }
    if duty.is_empty() {
        let said = [source, date].into_iter().find(|cell| !cell.is_empty());
        return said.map_or(Ok((code.to_owned(), None)), |cell| {
            Err(wrong("source or date", cell, "empty, as the duty is"))
        });
    }
    if source != COMMON_CUSTOMS_TARIFF.0 {
        return Err(wrong("source", source, COMMON_CUSTOMS_TARIFF.0));
    }
    Ok((code.to_owned(), Some(fact(expression("duty", duty)?, COMMON_CUSTOMS_TARIFF.1, date)?)))
}

fn preference(record: &StringRecord) -> Result<Preference, Fault> {
    let [scheme, name_nl, codes, except, countries, duty, en, nl, source, source_nl, date] = cells(record)?;
    let listed: Result<Vec<_>, _> = parts(countries).map(country).collect();
    Ok(Preference {
        name: both(filled("scheme", scheme)?, filled("name_nl", name_nl)?)?,
        codes: code_set("codes", filled("codes", codes)?)?,
        except: code_set("except", except)?,
        countries: listed?,
        duty: fact(expression("duty", duty)?, source, date)?,
        source: both(filled("source", source)?, filled("source_nl", source_nl)?)?,
        proof: both(en, nl)?,
    })
}

fn no_preference(record: &StringRecord) -> Result<(Country, Fact<()>), Fault> {
    let [code, source, date] = cells(record)?;
    Ok((country(code)?, fact((), source, date)?))
}

fn measure(record: &StringRecord) -> Result<AntiDumping, Fault> {
    let [codes, country_code, duty, least, en, nl, source, date] = cells(record)?;
    let least = if least.is_empty() { None } else { Some(expression("least", least)?) };
    Ok(AntiDumping {
        codes: code_set("codes", filled("codes", codes)?)?,
        country: country(country_code)?,
        duty: fact(expression("duty", duty)?, source, date)?,
        least,
        description: both(en, nl)?,
    })
}

fn notice(record: &StringRecord) -> Result<Notice, Fault> {
    let [codes, countries, up_to, en, nl, source, date] = cells(record)?;
    let listed: Result<Vec<_>, _> = parts(countries).map(country).collect();
    let amount = (!up_to.is_empty()).then(|| {
        Decimal::from_str_exact(up_to).map_err(|_| wrong("up_to", up_to, "an amount in euros, or nothing"))
    });
    // Checked only: source and date are for the person who edits the file.
    fact((), source, date)?;
    Ok(Notice {
        codes: code_set("codes", filled("codes", codes)?)?,
        countries: listed?,
        up_to: amount.transpose()?,
        text: both(en, nl)?,
    })
}

fn vat_rate(record: &StringRecord) -> Result<(Country, Fact<Decimal>), Fault> {
    let [code, rate, source, date] = cells(record)?;
    let percent = Decimal::from_str_exact(rate)
        .ok()
        .filter(|rate| (Decimal::ONE..=Decimal::ONE_HUNDRED).contains(rate));
    let percent = percent.ok_or_else(|| wrong("rate", rate, "a percentage without its sign"))?;
    Ok((country(code)?, fact(percent, source, date)?))
}

fn fact<T>(value: T, source: &str, date: &str) -> Result<Fact<T>, Fault> {
    if jiff::civil::Date::from_str(date).is_err() {
        return Err(wrong("date", date, "a day such as 2026-01-01"));
    }
    Ok(Fact { value, source: filled("source", source)?.to_owned(), date: date.to_owned() })
}

fn expression(column: &'static str, cell: &str) -> Result<DutyExpression, Fault> {
    cell.parse().map_err(|_| wrong(column, cell, "a duty such as `12 %` or `12.8 % + 303.4 EUR/100 kg`"))
}

fn country(cell: &str) -> Result<Country, Fault> {
    cell.parse().map_err(|_| wrong("country", cell, "a country of ISO 3166-1 such as NL"))
}

/// Prefixes of two to ten digits, and ranges of chapters: `25-97;010121`.
fn code_set(column: &'static str, cell: &str) -> Result<Codes, Fault> {
    let is_code = |code: &str| {
        matches!(code.len(), 2 | 4 | 6 | 8 | 10) && code.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut codes = Codes::default();
    for part in parts(cell) {
        match part.split_once('-') {
            Some((first, last)) if [first, last].iter().all(|code| code.len() == 2 && is_code(code)) => {
                codes.chapters.push((first.to_owned(), last.to_owned()));
            }
            None if is_code(part) => codes.prefixes.push(part.to_owned()),
            _ => {
                return Err(wrong(
                    column,
                    cell,
                    "codes of 2 to 10 digits and ranges of chapters: `25-97;010121`",
                ));
            }
        }
    }
    Ok(codes)
}

fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').filter(|part| !part.is_empty())
}

fn both(en: &str, nl: &str) -> Result<Localized<String>, Fault> {
    Ok(Localized { en: filled("en", en)?.to_owned(), nl: filled("nl", nl)?.to_owned() })
}

fn filled<'a>(column: &'static str, cell: &'a str) -> Result<&'a str, Fault> {
    if cell.is_empty() { Err(wrong(column, cell, "a text")) } else { Ok(cell) }
}

fn wrong(column: &'static str, cell: &str, wanted: &'static str) -> Fault {
    Fault::Cell { column, cell: cell.to_owned(), wanted }
}
