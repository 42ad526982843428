//! The answers of `GET /v1/tariff` and `GET /v1/tariff/changes`: the editions of the tariff that the service keeps, and
//! the changes of the codes in use between two of them.
//!
//! They are [`import8_api::TariffEditions`] and [`import8_api::TariffChanges`], read without their types, whose decoding
//! would make the download larger. A test compares the names of the fields.

use import8_api::{HsCode, Money};
use serde_json::Value;

/// The kept editions, and the one in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editions {
    /// The number of the edition in force; `None` if the built-in tariff is.
    pub in_force: Option<u64>,
    /// The editions, the latest day first.
    pub all: Vec<Edition>,
}

/// An imported edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// Its number.
    pub id: u64,
    /// The publication: `TARIC`.
    pub publication: String,
    /// The day that it is of, or on which it was compared: `2027-01-01`.
    pub day: String,
}

/// The changes between two editions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The older edition.
    pub from: Edition,
    /// The newer edition.
    pub to: Edition,
    /// The number of different codes in use.
    pub codes_in_use: u64,
    /// The codes in use that change, ascending.
    pub codes: Vec<CodeChange>,
    /// Remarks of the service, in the language of the answer.
    pub notes: Vec<String>,
}

/// The change of a code in use. A text that the service does not tell is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeChange {
    /// The code.
    pub code: HsCode,
    /// Its text in the older edition.
    pub text: String,
    /// The number of products with this code.
    pub products: u64,
    /// The kinds of change, by their names in the API: `ended`.
    pub kinds: Vec<String>,
    /// The codes that its goods may have now, the likeliest first.
    pub becomes: Vec<Following>,
    /// The changed codes below it.
    pub below: Vec<Following>,
    /// The third-country duty before and after.
    pub duty: (String, String),
    /// The difference in duty.
    pub difference: Option<Difference>,
    /// The other measures that change.
    pub measures: Vec<Measure>,
    /// The supplementary unit before and after, if it changes; empty for none.
    pub unit: Option<(String, String)>,
}

impl CodeChange {
    /// Whether the change is of a kind, by its name in the API.
    #[must_use]
    pub fn is(&self, kind: &str) -> bool {
        self.kinds.iter().any(|own| own == kind)
    }
}

/// A code that goods may have after a change, or that changes itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Following {
    /// The code.
    pub code: HsCode,
    /// Its text.
    pub text: String,
    /// The part of the words that it shares with the ended code, in per cent.
    pub overlap: Option<u64>,
    /// Whether it is certain that the goods have this code.
    pub is_certain: bool,
    /// Its third-country duty.
    pub duty: String,
    /// The difference in duty if all products get this code.
    pub difference: Option<Difference>,
}

/// A difference in duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// The duty after less the duty before, in euros.
    pub amount: Money,
    /// The number of products in the amount.
    pub products: u64,
}

/// A measure that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// The publication's code of the measure type, and its name.
    pub name: String,
    /// The origin, in words, and the additional code.
    pub area: String,
    /// Its content before; `None` if there was no such measure.
    pub before: Option<String>,
    /// Its content after; `None` if there is no such measure any more.
    pub after: Option<String>,
    /// The number of products of the code whose origin it applies to.
    pub products: u64,
}

/// Reads the text of an answer of `GET /v1/tariff`. `None` if it is not of the expected shape.
#[must_use]
pub fn editions(answer: &str) -> Option<Editions> {
    let answer: Value = serde_json::from_str(answer).ok()?;
    let data = answer.get("data")?;
    let in_force = data.get("in_force").and_then(edition).map(|edition| edition.id);
    Some(Editions { in_force, all: list(data, "editions", edition)? })
}

/// Reads the text of an answer of `GET /v1/tariff/changes`. `None` if it is not of the expected shape: a list that
/// cannot be read is not an empty one.
#[must_use]
pub fn changes(answer: &str) -> Option<Changes> {
    let answer: Value = serde_json::from_str(answer).ok()?;
    let data = answer.get("data")?;
    Some(Changes {
        from: edition(data.get("from")?)?,
        to: edition(data.get("to")?)?,
        codes_in_use: number(data, "codes_in_use")?,
        codes: list(data, "changes", code_change)?,
        notes: list(data, "notes", word)?,
    })
}

fn edition(value: &Value) -> Option<Edition> {
    let (publication, day) = (text(value, "publication"), text(value, "day"));
    Some(Edition { id: number(value, "id")?, publication, day })
}

fn code_change(value: &Value) -> Option<CodeChange> {
    let unit = value.get("unit_before").or_else(|| value.get("unit_after"));
    Some(CodeChange {
        code: code(value)?,
        text: text(value, "text"),
        products: number(value, "products")?,
        kinds: list(value, "kinds", word)?,
        becomes: list(value, "becomes", following)?,
        below: list(value, "below", following)?,
        duty: (text(value, "duty_before"), text(value, "duty_after")),
        difference: difference(value),
        measures: list(value, "measures", measure)?,
        unit: unit.map(|_| (text(value, "unit_before"), text(value, "unit_after"))),
    })
}

fn following(value: &Value) -> Option<Following> {
    Some(Following {
        code: code(value)?,
        text: text(value, "text"),
        overlap: number(value, "overlap"),
        is_certain: value.get("certain").and_then(Value::as_bool).unwrap_or_default(),
        duty: text(value, "duty"),
        difference: difference(value),
    })
}

fn measure(value: &Value) -> Option<Measure> {
    let joined =
        |one: &str, other: &str| format!("{} {}", text(value, one), text(value, other)).trim().to_owned();
    let content = |name| value.get(name).and_then(word);
    Some(Measure {
        name: joined("measure_type", "name"),
        area: joined("area", "additional_code"),
        before: content("before"),
        after: content("after"),
        products: number(value, "products")?,
    })
}

fn difference(value: &Value) -> Option<Difference> {
    let difference = value.get("difference")?;
    // The number as it was written, so that no digit is lost.
    let amount = difference.get("amount")?.to_string().parse().ok()?;
    Some(Difference { amount: Money(amount), products: number(difference, "products")? })
}

fn code(value: &Value) -> Option<HsCode> {
    value.get("code")?.as_str()?.parse().ok()
}

fn number(value: &Value, name: &str) -> Option<u64> {
    value.get(name)?.as_u64()
}

fn word(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(word).unwrap_or_default()
}

/// The items of a list, empty if it is absent. `None` if it is no list or an item cannot be read.
fn list<T>(value: &Value, name: &str, read: fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    match value.get(name) {
        None | Some(Value::Null) => Some(Vec::new()),
        Some(list) => list.as_array()?.iter().map(read).collect(),
    }
}

#[cfg(test)]
mod tests {
    use import8_api::{
        ChangeKind, ChangedMeasure, CodeInUseChange, DutyDifference, Envelope, FollowingCode, TariffChanges,
        TariffEdition, TariffEditions,
    };

    use super::*;

    fn told<T: serde::Serialize>(data: T) -> String {
        serde_json::to_string(&Envelope { success: true, data, usage: None }).expect("JSON")
    }

    fn of_day(id: u64, day: &str) -> TariffEdition {
        TariffEdition {
            id,
            publication: "TARIC".to_owned(),
            day: day.to_owned(),
            imported_at: "2026-12-01T09:00:00+00:00".to_owned(),
            lines: 7,
            measures: 4,
        }
    }

    fn read_of_day(id: u64, day: &str) -> Edition {
        Edition { id, publication: "TARIC".to_owned(), day: day.to_owned() }
    }

    #[test]
    fn the_editions_are_read_as_the_contract_writes_them() {
        let editions_of = |in_force| TariffEditions {
            in_force,
            editions: vec![of_day(2, "2027-01-01"), of_day(1, "2026-12-01")],
        };
        let all = vec![read_of_day(2, "2027-01-01"), read_of_day(1, "2026-12-01")];
        let check = |in_force: Option<TariffEdition>, expected| {
            let expected = Editions { in_force: expected, all: all.clone() };
            assert_eq!(editions(&told(editions_of(in_force))), Some(expected));
        };
        check(Some(of_day(1, "2026-12-01")), Some(1));
        check(None, None);
        assert_eq!(editions(r#"{"data": {"editions": "none"}}"#), None);
    }

    #[test]
    fn every_field_of_a_change_is_read_as_the_contract_writes_it() {
        let code = |digits: &str| digits.parse::<HsCode>().expect(digits);
        let amount = |cents: i64| Money(rust_decimal::Decimal::new(cents, 2));
        let difference = |cents| Some(DutyDifference { amount: amount(cents), products: 1 });
        let change = CodeInUseChange {
            code: code("8518302000"),
            text: "Handsets".to_owned(),
            products: 2,
            kinds: vec![ChangeKind::Ended, ChangeKind::Unit],
            becomes: vec![FollowingCode {
                code: code("8518302100"),
                text: "Handsets with a cord".to_owned(),
                overlap: Some(67),
                certain: true,
                duty: Some("1.500 %".to_owned()),
                difference: difference(185),
            }],
            below: vec![FollowingCode {
                code: code("85183029"),
                text: String::new(),
                overlap: None,
                certain: false,
                duty: None,
                difference: None,
            }],
            duty_before: Some("0.000 %".to_owned()),
            duty_after: None,
            difference: difference(-1_234_567_890_123_456_789),
            measures: vec![ChangedMeasure {
                kind: None,
                measure_type: "142".to_owned(),
                name: "Tariff preference".to_owned(),
                area: "GSP (2020)".to_owned(),
                additional_code: Some("C999".to_owned()),
                before: Some("0.000 %".to_owned()),
                after: None,
                products: 1,
            }],
            unit_before: Some(String::new()),
            unit_after: Some("NAR".to_owned()),
        };
        let answer = TariffChanges {
            from: of_day(1, "2026-12-01"),
            to: of_day(2, "2027-01-01"),
            codes_in_use: 4,
            changes: vec![change],
            notes: vec!["Check them.".to_owned()],
        };
        let expected = Changes {
            from: read_of_day(1, "2026-12-01"),
            to: read_of_day(2, "2027-01-01"),
            codes_in_use: 4,
            codes: vec![CodeChange {
                code: code("8518302000"),
                text: "Handsets".to_owned(),
                products: 2,
                kinds: vec!["ended".to_owned(), "unit".to_owned()],
                becomes: vec![Following {
                    code: code("8518302100"),
                    text: "Handsets with a cord".to_owned(),
                    overlap: Some(67),
                    is_certain: true,
                    duty: "1.500 %".to_owned(),
                    difference: Some(Difference { amount: amount(185), products: 1 }),
                }],
                below: vec![Following {
                    code: code("85183029"),
                    text: String::new(),
                    overlap: None,
                    is_certain: false,
                    duty: String::new(),
                    difference: None,
                }],
                duty: ("0.000 %".to_owned(), String::new()),
                difference: Some(Difference { amount: amount(-1_234_567_890_123_456_789), products: 1 }),
                measures: vec![Measure {
                    name: "142 Tariff preference".to_owned(),
                    area: "GSP (2020) C999".to_owned(),
                    before: Some("0.000 %".to_owned()),
                    after: None,
                    products: 1,
                }],
                unit: Some((String::new(), "NAR".to_owned())),
            }],
            notes: vec!["Check them.".to_owned()],
        };
        assert_eq!(changes(&told(answer)), Some(expected));
    }

    #[test]
    fn what_cannot_be_read_is_not_nothing() {
        let check = |changes_of: &str, is_read: bool| {
            let answer = format!(
                r#"{{"data": {{"from": {{"id": 1}}, "to": {{"id": 2}}, "codes_in_use": 3, "changes": {changes_of}}}}}"#
            );
            assert_eq!(changes(&answer).is_some(), is_read, "{changes_of}");
        };
        check("[]", true);
        check("null", true);
        check(r#"[{"code": "8518302000", "products": 1, "kinds": ["of_a_later_version"]}]"#, true);
        check(r#""none""#, false);
        check(r#"[{"code": "shoes", "products": 1}]"#, false);
        check(r#"[{"code": "8518302000"}]"#, false);
        check(r#"[{"code": "8518302000", "products": 1, "becomes": [{"code": 1}]}]"#, false);
    }
}
