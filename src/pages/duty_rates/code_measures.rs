//! The sections of what a service with the extension `code_measures` tells: each measure with its conditions,
//! footnotes and legal base, and the official texts.
//!
//! The answer is [`import8_api::CodeMeasures`]. It is read without its types, whose decoding would make the download
//! of the screen larger by half of this page; a test compares the names of the fields.

use import8_api::{Country, HsCode, Rate};
use rust_decimal::Decimal;
use serde_json::Value;

use super::measures::{add_countries, add_words, saved};
use super::rows::{NAMED, Row, Section};
use crate::components::duties::provenance;
use crate::i18n::{Language, format};

/// Most characters of a duty that is shown as a figure; a longer one is a fact.
const SHORT: usize = 40;

/// The sections of an answer.
#[derive(Debug, Default)]
pub struct Told {
    /// Whether the measures are those of an imported publication, which takes the place of the duty rates' own lists.
    pub is_imported: bool,
    /// The publication behind the answer, and its day.
    pub edition: String,
    /// What the publication lacks, and for the built-in tariff how to import another.
    pub notes: Vec<String>,
    /// What must be declared or handed in, what lowers and raises the duty, and the other measures.
    pub measures: Vec<Section>,
    /// The official texts.
    pub official: Section,
    /// The third-country duty in other editions.
    pub history: Section,
}

/// What a measure means to who imports the goods. Each has a section, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    Declare,
    Lowers,
    Raises,
    Ordinary,
    Other,
}

impl Effect {
    fn of(kind: &str) -> Self {
        match kind {
            "prohibition" | "restriction" | "supplementary_unit" => Self::Declare,
            "preference" | "customs_union" | "suspension" | "quota" => Self::Lowers,
            "anti_dumping" | "countervailing" | "additional_duty" => Self::Raises,
            "third_country_duty" => Self::Ordinary,
            _ => Self::Other,
        }
    }
}

/// Reads the text of an answer. `None` if it is not of the expected shape: a list that cannot be read is not an empty
/// one.
#[must_use]
pub fn read(answer: &str, origin: Option<Country>, language: Language) -> Option<Told> {
    let texts = language.texts();
    let part = texts.code_page();
    let answer: Value = serde_json::from_str(answer).ok()?;
    let data = answer.get("data")?;
    let all = data.get("measures")?.as_array()?;
    let has_names = |one: &Value| {
        ["kind", "name", "area"].iter().all(|name| one.get(*name).is_some_and(Value::is_string))
    };
    if !all.iter().all(has_names) {
        return None;
    }
    let (source, day) = (text(data, "source"), format::universal_date(text(data, "source_date"), language));
    let is_imported = source == "TARIC" || all.iter().any(|one| !text(one, "measure_type").is_empty());
    let ordinary = ordinary(all);
    let sections = [Effect::Declare, Effect::Lowers, Effect::Raises, Effect::Ordinary, Effect::Other];
    let measures = sections.into_iter().filter_map(|effect| {
        let of_effect = all.iter().filter(|one| Effect::of(text(one, "kind")) == effect);
        let mut rows: Vec<_> = of_effect.map(|one| row(one, effect, ordinary, language)).collect();
        let unit = text(data, "supplementary_unit");
        let has_unit = all.iter().any(|one| text(one, "kind") == "supplementary_unit");
        if effect == Effect::Declare && !unit.is_empty() && !has_unit {
            rows.push(Row::new(part.unit.to_owned(), unit.to_owned()));
        }
        let (id, title, lead) = match effect {
            Effect::Declare => ("declare", part.declare, if is_imported { "" } else { part.declare_unknown }),
            _ if !is_imported => return None,
            Effect::Lowers => ("preferences", part.lowers, part.lowers_lead),
            Effect::Raises => ("anti-dumping", part.raises, texts.duties().residual_hint),
            Effect::Ordinary => ("ordinary", texts.declaration().duty, ""),
            Effect::Other if rows.is_empty() => return None,
            Effect::Other => ("other", part.other, ""),
        };
        let lead = match origin {
            _ if !rows.is_empty() || !is_imported => lead.to_owned(),
            Some(origin) => (texts.duties().anti_dumping_none_of)(&format::country(origin, language)),
            None => texts.duties().anti_dumping_none.to_owned(),
        };
        let summary = format!("{} {}", rows.len(), part.measures);
        Some(Section { id, title, lead, summary, rows })
    });
    let measures = measures.collect();
    let official = list(data, "official_texts").iter().map(|line| {
        let code = text(line, "code");
        let mut row =
            Row::new(code.parse::<HsCode>().map_or(code.to_owned(), |code| code.spaced()), String::new());
        row.add("", text(line, "text").to_owned());
        row
    });
    let official =
        Section { id: "official", title: part.official, rows: official.collect(), ..Section::default() };
    let asked = format::universal_date(text(data, "day"), language);
    // Each rate of the built-in tariff has its own date.
    let day = if is_imported { &*day } else { "" };
    let edition = (part.edition)(&asked, source, day);
    let history = list(data, "duty_history").iter().map(|one| {
        let duty = text(one, "duty").parse::<Rate>().map(|duty| format::rate(&duty, language));
        let exists = one.get("exists").and_then(Value::as_bool) == Some(true);
        let none = if exists { texts.declaration().duty_unknown } else { part.no_code };
        let mut row = Row::new(
            format::universal_date(text(one, "day"), language),
            duty.unwrap_or_else(|_| none.to_owned()),
        );
        row.add("", text(one, "source").to_owned());
        row
    });
    let history = Section {
        id: "history",
        title: part.history,
        lead: part.history_lead.to_owned(),
        rows: history.collect(),
        ..Section::default()
    };
    Some(Told { is_imported, edition, notes: words(data, "notes"), measures, official, history })
}

/// The third-country duty, if there is one and it is a percentage.
fn ordinary(all: &[Value]) -> Option<Decimal> {
    let mut duties = all.iter().filter(|one| Effect::of(text(one, "kind")) == Effect::Ordinary);
    let duty = duties.next().filter(|_| duties.next().is_none())?;
    text(duty, "duty").parse::<Rate>().ok()?.percent()
}

fn row(measure: &Value, effect: Effect, ordinary: Option<Decimal>, language: Language) -> Row {
    let texts = language.texts();
    let (part, duties) = (texts.code_page(), texts.duties());
    let (name, area) = (text(measure, "name"), text(measure, "area"));
    let rate = text(measure, "duty").parse::<Rate>().ok();
    // A duty that begins so is the list of conditions once more.
    let rate = rate.filter(|rate| !rate.as_str().starts_with("Cond"));
    let duty = rate.as_ref().map(|rate| format::rate(rate, language)).unwrap_or_default();
    let conditions = list(measure, "conditions");
    let figure = match effect {
        _ if !duty.is_empty() => {
            if duty.chars().count() > SHORT {
                ""
            } else {
                &duty
            }
        }
        Effect::Declare | Effect::Other => "",
        _ if conditions.is_empty() => texts.declaration().duty_unknown,
        _ => duties.saves_unknown,
    };
    let is_by_area = matches!(effect, Effect::Lowers | Effect::Raises);
    let (title, rest) = if is_by_area { (area, name) } else { (name, area) };
    let mut row = Row::new(title.to_owned(), figure.to_owned());
    row.add(if is_by_area { "" } else { duties.of_goods_from }, rest.to_owned());
    if figure.is_empty() {
        row.add(duties.duty, duty);
    }
    add_words(&mut row, rate.as_ref(), language);
    if effect == Effect::Lowers && ordinary.is_some() {
        row.add(duties.saves, saved(ordinary, rate.as_ref().and_then(Rate::percent), texts, language));
    }
    if let Some(goods) = measure.get("additional_code") {
        let (code, goods) = (text(goods, "code"), text(goods, "text"));
        row.add(part.additional_code, format!("{code} {goods}").trim().to_owned());
    }
    row.add(part.order_number, text(measure, "order_number").to_owned());
    let countries = words(measure, "countries");
    // One country is the area itself.
    if countries.len() > 1 {
        add_countries(&mut row, duties.countries, &countries, language);
    }
    add_countries(&mut row, part.excluded, &words(measure, "excluded"), language);
    if conditions.len() > NAMED {
        let lines: Vec<_> = conditions
            .iter()
            .map(|one| {
                let (label, text) = condition(one, language);
                format!("{label} {text}")
            })
            .collect();
        row.fold(format!("{} {}", lines.len(), part.conditions), lines.join("\n"));
    } else {
        for one in conditions {
            let (label, text) = condition(one, language);
            row.add(label, text);
        }
    }
    let date = |name: &str, said: &str| match text(measure, name) {
        "" => String::new(),
        day => format!("{said} {}", format::universal_date(day, language)),
    };
    row.add("", format!("{} {}", date("from", part.since), date("to", part.until)).trim().to_owned());
    row.add(duties.written_in, provenance(Some(text(measure, "regulation").to_owned()), None, language));
    let footnotes = list(measure, "footnotes");
    let codes: Vec<_> = footnotes.iter().map(|note| text(note, "code")).collect();
    let lines: Vec<_> =
        footnotes.iter().map(|note| format!("{} {}", text(note, "code"), text(note, "text"))).collect();
    row.fold(format!("{} {}", part.footnotes, codes.join(", ")), lines.join("\n"));
    row
}

/// A condition: the code of the document or the letter of its kind, and what meets it and follows then.
fn condition(condition: &Value, language: Language) -> (&str, String) {
    let document = condition.get("document").unwrap_or(&Value::Null);
    let (code, title) = (text(document, "code"), text(document, "text"));
    let label = if code.is_empty() { text(condition, "kind") } else { code };
    let stop = if title.is_empty() { "" } else { ". " };
    let meets = format!("{title}{stop}{}", text(condition, "requirement"));
    let duty =
        text(condition, "duty").parse::<Rate>().map(|rate| format::rate(&rate, language)).unwrap_or_default();
    let parts = [meets.as_str(), text(condition, "outcome"), &duty];
    (label, parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(": "))
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn words(value: &Value, name: &str) -> Vec<String> {
    list(value, name).iter().filter_map(Value::as_str).map(str::to_owned).collect()
}
