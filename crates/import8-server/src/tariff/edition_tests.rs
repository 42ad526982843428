//! Tests of answers from an imported edition, with small editions made here.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use import8_api::{
    CodeMeasures, Consignment, Country, Currency, DutyRates, HsCode, LandedCost, LandedCostError,
    MeasureKind, Measures,
};
use import8_tariff::{
    AdditionalCode, Area, Condition, Edition, Line, Measure, Membership, Names, Publication, Table,
};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{ImportQuery, NotDeclarable, OutOfForce, Reader, Tariff, TariffError};
use crate::language::Language;
use crate::nomenclature::Nomenclature;

pub(super) const DAY: Date = Date::constant(2026, 11, 30);

pub(super) static SEED: LazyLock<Tariff> = LazyLock::new(|| {
    let nomenclature = Nomenclature::embedded().unwrap_or_else(|error| panic!("{error}"));
    Tariff::embedded(Arc::new(nomenclature)).unwrap_or_else(|error| panic!("{error}"))
});

pub(super) fn code(text: &str) -> HsCode {
    text.parse().expect(text)
}

/// A person who reads English, on a day.
pub(super) fn english(day: Date) -> Reader<'static> {
    Reader { language: Language::En, official: "en", day }
}

fn country(text: &str) -> Country {
    text.parse().expect(text)
}

fn names(en: &str) -> Names {
    Names::from([("en".to_owned(), en.to_owned())])
}

/// A line written as `code suffix dashes text`.
fn line(row: &str) -> Line {
    let cells: Vec<_> = row.splitn(4, ' ').collect();
    Line {
        code: cells[0].parse().expect("a code"),
        suffix: cells[1].parse().expect("a suffix"),
        indent: cells[2].parse().expect("a number"),
        from: None,
        to: None,
        declarable: None,
        unit: None,
        texts: names(cells[3]),
    }
}

/// A measure written as `code type area additional-code regulation duty`, a dash for nothing.
fn measure(row: &str) -> Measure {
    let mut cells = row.splitn(6, ' ').map(|cell| Some(cell).filter(|cell| *cell != "-"));
    let mut cell = || cells.next().flatten();
    Measure {
        code: cell().expect("a code").parse().expect("a code"),
        measure_type: cell().expect("a type").into(),
        area: cell().expect("an area").into(),
        additional_code: cell().map(Into::into),
        regulation: cell().map(Into::into),
        duty: cell().map(Into::into),
        order_number: None,
        excluded: Vec::new(),
        from: None,
        to: None,
        conditions: Vec::new(),
        footnotes: Vec::new(),
    }
}

const LINES: [&str; 9] = [
    "0101000000 80 0 Live horses, asses, mules and hinnies",
    "0101210000 10 1 Horses",
    "0101210000 80 2 Pure-bred breeding animals",
    "0101290000 80 2 Other",
    "0101291000 80 3 For slaughter",
    "0101299000 80 3 Other",
    "0101299010 80 4 Of a weight not exceeding 80 kg",
    "0101299090 80 4 Other",
    "0101300000 80 1 Asses",
];

const MEASURES: [&str; 5] = [
    "0101 103 1011 - R2658/87 11.500 %",
    "010121 103 1011 - R2658/87 0.000 %",
    "0101299010 103 1011 - R2658/87 10.200 % + 93.100 EUR DTN",
    "0101 142 2020 - R978/12 8.000 %",
    "0101 109 1011 - R2658/87 NAR",
];

pub(super) fn edition(publication: Publication, lines: &[&str], measures: &[&str]) -> Edition {
    let mut lines: Vec<_> = lines.iter().map(|row| line(row)).collect();
    lines.sort_by_key(|line| (line.code, line.suffix));
    let mut measures: Vec<_> = measures.iter().map(|row| measure(row)).collect();
    measures.sort_by_key(|measure| measure.code);
    let member = |country: &str| Membership { country: country.into(), from: None, to: None };
    let gsp = Area { names: names("GSP"), members: vec![member("BD"), member("IN")] };
    Edition {
        publication,
        day: Date::constant(2026, 11, 1),
        tables: [
            Table::Nomenclature,
            Table::Measures,
            Table::Areas,
            Table::Memberships,
            Table::Exclusions,
            Table::Conditions,
        ]
        .into(),
        lines,
        measures,
        areas: BTreeMap::from([("2020".to_owned(), gsp)]),
        additional_codes: BTreeMap::from([
            ("2500".to_owned(), AdditionalCode { names: names("Medicines with an INN") }),
            ("C999".to_owned(), AdditionalCode { names: names("Other") }),
        ]),
        footnotes: BTreeMap::new(),
        documents: BTreeMap::from([(
            "U164".to_owned(),
            names("Statement on origin of a registered exporter"),
        )]),
        measure_types: BTreeMap::new(),
    }
}

pub(super) fn tariff(edition: Edition) -> Tariff {
    SEED.with_edition(Some(Arc::new(edition)))
}

pub(super) fn with_measures(more: &[&str]) -> Edition {
    edition(Publication::Taric, &LINES, &[&MEASURES, more].concat())
}

pub(super) fn rates(tariff: &Tariff, digits: &str, origin: Option<&str>) -> DutyRates {
    let rates = tariff.duty_rates(code(digits), origin.map(country), Country::NL, DAY, Language::En);
    rates.unwrap_or_else(|error| panic!("{digits}: {error}"))
}

pub(super) fn cost(
    tariff: &Tariff,
    digits: &str,
    origin: &str,
    preference: Option<&str>,
) -> Result<LandedCost, TariffError> {
    let consignment = Consignment {
        goods: Decimal::ONE_THOUSAND,
        shipping: Decimal::ZERO,
        insurance: Decimal::ZERO,
        currency: Currency::Eur,
        measures: Measures::default(),
    };
    let import = ImportQuery {
        code: code(digits),
        origin: country(origin),
        destination: Country::NL,
        preference,
        day: DAY,
        consignment: &consignment,
        exchange_rate: None,
    };
    tariff.landed_cost(&import, Language::En)
}

pub(super) fn measures(tariff: &Tariff, digits: &str, origin: Option<&str>) -> CodeMeasures {
    tariff
        .code_measures(code(digits), origin.map(country), DAY, Language::En)
        .unwrap_or_else(|error| panic!("{digits}: {error}"))
}

fn percent(rates: &DutyRates) -> Option<String> {
    Some(rates.mfn_duty.as_ref()?.rate.as_ref()?.to_string())
}

#[test]
fn the_codes_are_those_of_the_edition() {
    let tariff = tariff(with_measures(&[]));
    let check = |text: &str| tariff.check_declarable(code(text), DAY, Language::En);
    for declarable in ["0101210000", "0101291000", "0101299010", "0101300000"] {
        assert_eq!(check(declarable), Ok(()), "{declarable}");
        assert!(tariff.knows(code(declarable)) && tariff.lists(code(declarable)), "{declarable}");
    }
    let below = |text: &str| match check(text) {
        Err(NotDeclarable::Above(below)) => below.into_iter().map(|one| one.code.bare().to_owned()).collect(),
        other => vec![format!("{other:?}")],
    };
    assert_eq!(below("01012990"), ["0101299010", "0101299090"]);
    assert_eq!(below("0101299000"), ["0101299010", "0101299090"]);
    assert_eq!(below("010121"), ["0101210000"]);
    assert_eq!(below("0101").len(), 5);
    // Ten digits that the edition does not have are not accepted, nor is a subheading read as a CN code.
    for unknown in ["0101291001", "0101299011", "01012900"] {
        assert!(matches!(check(unknown), Err(NotDeclarable::Unknown(Some(_)))), "{unknown}");
        assert!(!tariff.knows(code(unknown)), "{unknown}");
    }
    assert_eq!(
        tariff
            .description("0101299010", Language::En)
            .as_deref()
            .and_then(|text| text.split_once(" – "))
            .map(|(_, deeper)| deeper),
        Some("Other – Of a weight not exceeding 80 kg")
    );
    let children = |code| tariff.tree_codes(code, DAY).join(" ");
    assert_eq!(children("0101"), "010121 010129 010130");
    assert_eq!(children("01012990"), "0101299010 0101299090");
    let row = tariff.tree_row("0101299090", english(DAY)).expect("a row");
    assert!(row.declarable && row.description == "Other", "{row:?}");
}

#[test]
fn an_edition_without_measures_has_codes_and_texts_only() {
    let lines = ["8518000000 80 0 Loudspeakers", "8518300000 80 1 Headphones", "8518900000 80 1 Parts"];
    let tariff = tariff(edition(Publication::CombinedNomenclature, &lines, &[]));
    // The duty is the seed's, as are the last two digits.
    let answer = rates(&tariff, "8518300090", Some("CN"));
    assert_eq!(percent(&answer).as_deref(), Some("0.00%"));
    // The CN code is the whole subheading, so it has no text below that.
    assert_eq!(answer.description, SEED.description("851830", Language::En));
    let check = |text: &str| tariff.check_declarable(code(text), DAY, Language::En);
    assert!(matches!(check("8518100000"), Err(NotDeclarable::Unknown(_))), "the edition does not have it");
    let texts = measures(&tariff, "8518300090", None).official_texts;
    assert_eq!(texts.iter().map(|one| one.text.as_str()).collect::<Vec<_>>(), ["Loudspeakers", "Headphones"]);
    // Every other heading is unknown: an edition of the Combined Nomenclature has all of them.
    assert!(matches!(check("6109100000"), Err(NotDeclarable::Unknown(_))));
}

#[test]
fn a_table_of_the_organisations_own_is_completed_by_the_seed() {
    let lines = ["8712000000 80 0 Bicycles", "0101299010 80 0 Foals", "6109100000 80 0 T-shirts"];
    let rows = ["8712 103 1011 - - 1.000 %", "6109 552 PK - - 5.000 %", "0101299010 103 1011 - - 2.000 %"];
    let tariff = tariff(edition(Publication::Own, &lines, &rows));
    // Its duty holds for every code below its row, and the seed knows the anti-dumping duty.
    let bicycles = rates(&tariff, "8712003000", Some("CN"));
    assert_eq!(percent(&bicycles).as_deref(), Some("1.00%"));
    assert_eq!(bicycles.anti_dumping.len(), 1);
    let charged = cost(&tariff, "8712003000", "CN", None).expect("a cost");
    let amounts = (charged.duty.amount.to_string(), charged.anti_dumping.map(|one| one.amount.to_string()));
    assert_eq!(amounts, ("10.00".to_owned(), Some("485.00".to_owned())));
    // The seed knows the duty, and the preference, where the table has an anti-dumping duty only.
    let shirts = rates(&tariff, "6109100000", Some("PK"));
    assert_eq!((percent(&shirts).as_deref(), shirts.anti_dumping.len()), (Some("12.00%"), 1));
    let claimed = cost(&tariff, "6109100000", "PK", Some("GSP+")).expect("a cost");
    assert_eq!(claimed.duty.amount.to_string(), "0.00");
    assert_eq!(claimed.anti_dumping.map(|one| one.amount.to_string()).as_deref(), Some("50.00"));
    // A code of ten digits in the table exists, and every other code is the seed's.
    assert_eq!(tariff.check_declarable(code("0101299010"), DAY, Language::En), Ok(()));
    assert!(tariff.knows(code("0101299010")));
    assert_eq!(percent(&rates(&tariff, "8518300090", None)).as_deref(), Some("0.00%"));
    let kinds: Vec<_> =
        measures(&tariff, "6109100000", Some("CN")).measures.into_iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [MeasureKind::ThirdCountryDuty]);
    let common = tariff.common_duty(code("8712"), DAY).and_then(|duty| duty.rate);
    assert_eq!(common.map(|rate| rate.to_string()).as_deref(), Some("1.00%"));
}

#[test]
fn a_code_is_in_force_from_its_first_to_its_last_day() {
    let mut edition = with_measures(&[]);
    let last = Date::constant(2026, 12, 31);
    for line in &mut edition.lines {
        match line.code.as_str() {
            "0101300000" => line.to = Some(last),
            "0101291000" => line.from = Some(Date::constant(2027, 1, 1)),
            _ => {}
        }
    }
    let tariff = tariff(edition);
    let on = |text: &str, day| tariff.check_declarable(code(text), day, Language::En);
    assert_eq!(on("0101300000", last), Ok(()));
    let next = Date::constant(2027, 1, 1);
    assert!(matches!(
        on("0101300000", next),
        Err(NotDeclarable::OutOfForce(OutOfForce::Ended(day), Some(_))) if day == last
    ));
    assert!(matches!(on("0101291000", last), Err(NotDeclarable::OutOfForce(OutOfForce::Begins(_), _))));
    assert_eq!(on("0101291000", next), Ok(()));
}

#[test]
fn the_duty_is_inherited_and_has_its_source_and_day() {
    let tariff = tariff(with_measures(&[]));
    let check = |text: &str, expected: &str| {
        assert_eq!(percent(&rates(&tariff, text, None)).as_deref(), Some(expected), "{text}");
    };
    check("0101210000", "0.00%");
    check("0101291000", "11.50%");
    let duty = rates(&tariff, "0101299010", None).mfn_duty.expect("a duty");
    assert_eq!(duty.expression.map(|duty| duty.to_string()).as_deref(), Some("10.2 % + 93.1 EUR/100 kg"));
    assert_eq!(duty.rate, None);
    assert_eq!(duty.source.as_deref(), Some("Regulation No 2658/87 (TARIC)"));
    assert_eq!(duty.date.as_deref(), Some("2026-11-01"));
    assert_eq!(tariff.common_duty(code("0101"), DAY), None);
    let common = tariff.common_duty(code("010130"), DAY).and_then(|duty| duty.rate);
    assert_eq!(common.map(|rate| rate.to_string()).as_deref(), Some("11.50%"));
    // A duty by weight is computed from the weight, and asked for.
    let unweighed = cost(&tariff, "0101299010", "CN", None);
    assert!(matches!(unweighed, Err(TariffError::Incalculable(LandedCostError::Unknown(_)))));
    let cost = cost(&tariff, "0101300000", "CN", None).expect("a cost");
    assert_eq!(
        (cost.duty.amount.to_string().as_str(), cost.duty.date.as_deref()),
        ("115.00", Some("2026-11-01"))
    );
}

#[test]
fn a_sanction_raises_the_duty_of_its_origin_alone() {
    let tariff = tariff(with_measures(&["0101 103 RU - R1227/25 50.000 %"]));
    let russian = rates(&tariff, "0101300000", Some("RU"));
    assert_eq!(percent(&russian).as_deref(), Some("50.00%"));
    assert!(russian.notes.iter().any(|note| note.contains("goods of RU alone")), "{:?}", russian.notes);
    assert_eq!(percent(&rates(&tariff, "0101300000", Some("CN"))).as_deref(), Some("11.50%"));
    assert_eq!(percent(&rates(&tariff, "0101300000", None)).as_deref(), Some("11.50%"));
    let listed = measures(&tariff, "0101300000", Some("RU")).measures;
    let duties: Vec<_> = listed.iter().filter(|one| one.kind == MeasureKind::ThirdCountryDuty).collect();
    assert_eq!(duties.iter().map(|one| one.duty.as_deref()).collect::<Vec<_>>(), [Some("50 %")]);
}

#[test]
fn of_several_additional_codes_the_highest_duty_is_taken_and_all_are_told() {
    let tariff = tariff(with_measures(&[
        "01013000 103 1011 2500 R2658/87 0.000 %",
        "01013000 103 1011 2501 R2658/87 6.500 %",
    ]));
    let answer = rates(&tariff, "0101300000", None);
    // The duty without an additional code, inherited from the heading, is on all other goods.
    assert_eq!(percent(&answer).as_deref(), Some("11.50%"));
    let told = answer.notes.iter().find(|note| note.contains("additional code")).expect("a note");
    for part in ["2500 (Medicines with an INN) 0 %", "2501 6.5 %", "11.5 %"] {
        assert!(told.contains(part), "{told}");
    }
}

#[test]
fn a_duty_that_cannot_be_computed_is_told_with_what_it_needs() {
    let written = "Cond: V 41.300 EUR DTN (01):8.000 %;V (01):8.000 % + 29.800 EUR DTN";
    let tariff = tariff(with_measures(&[&format!("010121 103 1011 - R2658/87 {written}")]));
    // Of two duties on the code, one is not known, so neither is the highest.
    let answer = rates(&tariff, "0101210000", Some("CN"));
    assert_eq!(answer.mfn_duty.as_ref().and_then(|duty| duty.rate.clone()), None);
    assert!(answer.notes.iter().any(|note| note.contains("needs")), "{:?}", answer.notes);
    let error = cost(&tariff, "0101210000", "CN", None).expect_err("no cost").to_string();
    assert!(error.starts_with("Third-country duty: Cond:") && error.contains("needs"), "{error}");
}

#[test]
fn a_preference_is_for_the_members_of_its_group_that_it_does_not_leave_out() {
    let mut edition = with_measures(&["0101 145 2020 - R978/12 0.000 %", "0101 143 2020 - R978/12 0.000 %"]);
    for measure in &mut edition.measures {
        match &*measure.measure_type {
            "142" => {
                measure.excluded = vec!["IN".into()];
                measure.conditions = vec![Condition {
                    kind: "B".into(),
                    document: Some("U164".into()),
                    amount: None,
                    action: "27".into(),
                    duty: None,
                }];
            }
            "143" => measure.order_number = Some("091234".into()),
            _ => {}
        }
    }
    let tariff = tariff(edition);
    let schemes = |origin| {
        let answer = rates(&tariff, "0101300000", Some(origin));
        let schemes: Vec<_> = answer.preferential_duties.iter().map(|one| one.scheme.clone()).collect();
        (schemes.join(", "), answer.preferences_known)
    };
    let (ordinary, end_use) = ("GSP: tariff preference", "GSP: tariff preference under end use");
    assert_eq!(schemes("BD"), (format!("{ordinary}, {end_use}"), Some(true)));
    assert_eq!(schemes("IN"), (end_use.to_owned(), Some(true)));
    assert_eq!(schemes("CN"), (String::new(), Some(true)));
    let answer = rates(&tariff, "0101300000", Some("BD"));
    let first = &answer.preferential_duties[0];
    assert_eq!(first.countries, ["BD"]);
    assert_eq!(first.proof.as_deref(), Some("U164 Statement on origin of a registered exporter"));
    assert!(
        answer.notes.iter().any(|note| note.starts_with("Not applied: quotas") && note.contains("091234"))
    );
    // It applies only when it is asked for.
    let duty =
        |preference| cost(&tariff, "0101300000", "BD", preference).map(|cost| cost.duty.amount.to_string());
    assert_eq!(duty(None).as_deref(), Ok("115.00"));
    assert_eq!(duty(Some("gsp: Tariff preference")).as_deref(), Ok("80.00"));
    assert!(
        matches!(duty(Some("EBA")), Err(TariffError::NoPreference { available, .. }) if available.len() == 2)
    );
}

#[test]
fn what_a_missing_table_leaves_open_is_said() {
    let mut edition = with_measures(&[]);
    edition.tables = [Table::Nomenclature, Table::Measures].into();
    edition.areas.clear();
    let tariff = tariff(edition);
    let answer = rates(&tariff, "0101300000", Some("BD"));
    assert_eq!((answer.preferences_known, answer.preferential_duties.len()), (Some(false), 0));
    let notes = answer.notes.join(" ");
    for part in ["excluded countries", "members of groups", "conditions", "whether BD is in the groups 2020"]
    {
        assert!(notes.contains(part), "{part}: {notes}");
    }
    // Without an origin the group is told by its code, not as every country.
    let listed = measures(&tariff, "0101300000", None).measures;
    let preference = listed.iter().find(|one| one.kind == MeasureKind::Preference).expect("a preference");
    assert_eq!(preference.countries, ["2020"]);
    assert!(measures(&tariff, "0101300000", Some("BD")).notes.iter().any(|note| note.contains("2020")));
}

#[test]
fn anti_dumping_is_the_residual_duty_and_cases_are_added_up() {
    let tariff = tariff(with_measures(&[
        "0101 552 CN C999 R1379/13 48.500 %",
        "0101 552 CN C001 R1379/13 19.200 %",
        "0101 552 CN C002 R88/20 0.000 %",
        "0101 554 CN C999 R73/19 17.200 %",
    ]));
    let answer = rates(&tariff, "0101300000", Some("CN"));
    assert_eq!(answer.anti_dumping.len(), 1);
    let one = &answer.anti_dumping[0];
    let rate = |rate: &Option<import8_api::Rate>| rate.as_ref().map(ToString::to_string);
    assert_eq!(rate(&one.rate).as_deref(), Some("65.70%"));
    assert_eq!(rate(&one.minimum_rate).as_deref(), Some("17.20%"));
    assert_eq!(one.countries, ["CN"]);
    let charged = cost(&tariff, "0101300000", "CN", None).expect("a cost");
    assert_eq!(charged.anti_dumping.map(|charge| charge.amount.to_string()).as_deref(), Some("657.00"));
    assert!(charged.notes.iter().any(|note| note.contains("residual")), "{:?}", charged.notes);
    let none = cost(&tariff, "0101300000", "IN", None).expect("a cost").anti_dumping.expect("a charge");
    assert_eq!(none.amount.to_string(), "0.00");
}

#[test]
fn of_trade_defence_duties_that_documents_decide_between_the_highest_counts() {
    let mut edition = with_measures(&["0101 552 CN - R1379/13 -", "0101 554 CN C999 R2/14 10.000 %"]);
    let condition = |document: Option<&str>, duty: &str| Condition {
        kind: "A".into(),
        document: document.map(Into::into),
        amount: None,
        action: "01".into(),
        duty: Some(duty.into()),
    };
    let defence = edition.measures.iter_mut().find(|one| &*one.measure_type == "552").expect("a measure");
    defence.conditions = vec![condition(Some("D008"), "0.000 %"), condition(None, "48.500 %")];
    let tariff = tariff(edition);
    let charged = cost(&tariff, "0101300000", "CN", None).expect("a cost");
    assert!(charged.notes.iter().any(|note| note.contains("with a document")), "{:?}", charged.notes);
    assert_eq!(charged.anti_dumping.map(|one| one.amount.to_string()).as_deref(), Some("585.00"));
    let answer = rates(&tariff, "0101300000", Some("CN")).anti_dumping.remove(0);
    let rates = [answer.rate, answer.minimum_rate].map(|rate| rate.map(|rate| rate.to_string()));
    assert_eq!(rates, [Some("58.50%".to_owned()), Some("10.00%".to_owned())]);
}

#[test]
fn a_trade_defence_duty_that_depends_on_a_price_needs_it() {
    let by_price = "Cond: M 5.000 EUR/KGM (01):0.000 %;M (01):19.200 %";
    let named = format!("0101 552 CN C001 R1379/13 {by_price}");
    let with_residual = tariff(with_measures(&["0101 552 CN C999 R1379/13 48.500 %", &named]));
    let charged = cost(&with_residual, "0101300000", "CN", None).expect("a cost").anti_dumping;
    assert_eq!(charged.map(|one| one.amount.to_string()).as_deref(), Some("485.00"));
    let answer = rates(&with_residual, "0101300000", Some("CN")).anti_dumping.remove(0);
    assert_eq!(answer.minimum_rate, None, "the lowest is not known");
    // A measure without its duty is no duty of zero.
    let unwritten = tariff(with_measures(&["0101 552 CN - R1379/13 -"]));
    let error = cost(&unwritten, "0101300000", "CN", None).expect_err("no cost").to_string();
    assert!(error.contains("not known here"), "{error}");
    let without = tariff(with_measures(&[&format!("0101 552 CN - R1379/13 {by_price}")]));
    let error = cost(&without, "0101300000", "CN", None).expect_err("no cost").to_string();
    assert!(error.starts_with("Anti-dumping") && error.contains("needs"), "{error}");
    let answer = rates(&without, "0101300000", Some("CN"));
    assert_eq!(answer.anti_dumping.len(), 1);
    assert!(answer.anti_dumping[0].rate.is_none() && answer.notes.iter().any(|note| note.contains("needs")));
}

#[test]
fn what_the_figures_do_not_include_is_noted() {
    let tariff = tariff(with_measures(&[
        "0101 652 RU - R1/26 20.000 %",
        "0101 277 KP - R2/26 -",
        "0101 112 1011 - R3/26 0.000 %",
        "0101 122 1011 - R4/26 5.000 %",
        "0101 410 1011 - R5/26 -",
        "0101 478 1011 - R6/26 -",
    ]));
    let notes = |origin| cost(&tariff, "0101300000", origin, None).expect("a cost").notes.join(" ");
    let general = notes("CN");
    for part in ["Autonomous suspension: 0 %", "Tariff quota: 5 %", "Veterinary check"] {
        assert!(general.contains(part), "{part}: {general}");
    }
    assert!(!general.contains("Additional duty") && !general.contains("dual-use"), "{general}");
    assert!(notes("RU").contains("Additional duty by the CIF price (RU): 20 %"));
    assert!(notes("KP").contains("Import prohibition (KP)"));
}

#[test]
fn an_edition_of_another_month_says_so() {
    let tariff = tariff(with_measures(&[]));
    let on = |day| {
        let rates = tariff.duty_rates(code("0101300000"), None, Country::NL, day, Language::En);
        rates.expect("rates").notes.join(" ")
    };
    assert!(!on(DAY).contains("2026-11-01"));
    assert!(on(Date::constant(2026, 12, 1)).contains("is of 2026-11-01"));
}

#[test]
fn a_legal_base_is_written_as_in_its_year() {
    let check = |act, expected| assert_eq!(super::words::regulation(act, Language::En), expected);
    check("R2658/87", "Regulation No 2658/87");
    check("R1549/06", "Regulation No 1549/2006");
    check("R0978/12", "Regulation (EU) No 978/2012");
    check("R2447/15", "Regulation (EU) 2015/2447");
    check("D0512/22", "Decision (EU) 2022/512");
    check("A0001/95", "A0001/95");
    check("§ 1/2", "§ 1/2");
    assert_eq!(super::words::regulation("R1549/06", Language::Nl), "Verordening nr. 1549/2006");
}

#[test]
fn every_measure_of_a_code_is_listed_those_on_a_part_of_the_goods_last() {
    let tariff = tariff(with_measures(&["0101 552 CN C999 R1379/13 48.500 %", "0101 799 1011 - - -"]));
    let answer = measures(&tariff, "0101299010", None);
    let kinds: Vec<_> = answer.measures.iter().map(|one| one.kind.as_str()).collect();
    assert_eq!(kinds, ["third_country_duty", "preference", "supplementary_unit", "other", "anti_dumping"]);
    assert_eq!((answer.source.as_str(), answer.source_date.as_str()), ("TARIC", "2026-11-01"));
    assert_eq!(answer.supplementary_unit.as_deref(), Some("item"));
    let units = answer.measures.iter().filter(|one| one.kind.as_str() == "supplementary_unit");
    assert_eq!(units.map(|one| one.duty.as_deref()).collect::<Vec<_>>(), [Some("item")]);
    let texts: Vec<_> =
        answer.official_texts.iter().map(|one| (one.code.as_str(), one.text.as_str())).collect();
    assert_eq!(
        texts,
        [
            ("0101", "Live horses, asses, mules and hinnies"),
            ("", "Horses"),
            ("010129", "Other"),
            ("01012990", "Other"),
            ("0101299010", "Of a weight not exceeding 80 kg"),
        ]
    );
    let defence = answer.measures.last().expect("a measure");
    assert_eq!(defence.additional_code.as_ref().map(|one| one.text.as_str()), Some("Other"));
    assert_eq!(defence.regulation.as_deref(), Some("Regulation (EU) No 1379/2013"));
    assert!(measures(&tariff, "0101", None).notes.iter().any(|note| note.contains("below")));
    assert!(tariff.code_measures(code("0101299011"), None, DAY, Language::En).is_err());
}

#[test]
fn the_seed_lists_what_it_knows_and_how_to_import() {
    let answer = measures(&SEED, "8712003000", Some("CN"));
    let kinds: Vec<_> = answer.measures.iter().map(|one| one.kind.as_str()).collect();
    assert_eq!(kinds, ["third_country_duty", "anti_dumping"]);
    assert!(answer.notes.iter().any(|note| note.contains("import8-server tariff import")));
    assert!(answer.measures.iter().all(|one| one.measure_type.is_empty()));
}

#[test]
fn every_code_of_the_combined_nomenclature_is_known() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/cn2026");
    if !path.exists() {
        eprintln!("skipped: there is no {}", path.display());
        return;
    }
    let (edition, _) = import8_tariff::read(&path).unwrap_or_else(|error| panic!("{error}"));
    let codes: Vec<_> = edition.lines.iter().filter(|line| line.declarable == Some(true)).collect();
    let codes: Vec<HsCode> = codes.iter().map(|line| code(&line.code.as_str()[..8])).collect();
    assert!(codes.len() > 9_000, "{}", codes.len());
    let tariff = tariff(edition);
    for cn in codes {
        assert!(tariff.has(cn) && tariff.lists(cn), "{cn}");
        assert!(tariff.label(cn.bare(), Language::Nl).is_some_and(|label| !label.is_empty()), "{cn}");
        let refused = tariff.check_declarable(cn, DAY, Language::En);
        assert!(
            matches!(refused, Err(NotDeclarable::Above(_) | NotDeclarable::Divided)),
            "{cn}: {refused:?}"
        );
    }
    assert!(!tariff.has(code("01012900")), "a subheading is no CN code");
    let path = measures(&tariff, "0101210000", None).official_texts;
    assert!(path.len() >= 3 && path[0].code == "01", "{path:?}");
}
