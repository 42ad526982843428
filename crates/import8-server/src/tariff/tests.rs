//! Tests of the embedded tariff.

use std::sync::{Arc, LazyLock};

use import8_api::{
    Consignment, Country, Currency, HsCode, LandedCost, LandedCostError, Measure, Measures, Unknown,
};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{ImportQuery, NotDeclarable, Tariff, TariffError};
use crate::language::Language;
use crate::nomenclature::Nomenclature;

static TARIFF: LazyLock<Tariff> = LazyLock::new(|| {
    let nomenclature = Nomenclature::embedded().unwrap_or_else(|error| panic!("{error}"));
    Tariff::embedded(Arc::new(nomenclature)).unwrap_or_else(|error| panic!("{error}"))
});

/// The seed answers every day alike.
const DAY: Date = Date::constant(2026, 11, 30);

fn code(text: &str) -> HsCode {
    text.parse().expect(text)
}

fn country(text: &str) -> Country {
    text.parse().expect(text)
}

/// The landed cost of goods of a value in euros in the Netherlands.
fn cost(text: &str, origin: &str, goods: &str, preference: Option<&str>) -> Result<LandedCost, TariffError> {
    let consignment = &consignment(goods);
    let (code, origin) = (code(text), country(origin));
    let import = ImportQuery {
        code,
        origin,
        destination: Country::NL,
        preference,
        day: DAY,
        consignment,
        exchange_rate: None,
    };
    TARIFF.landed_cost(&import, Language::En)
}

fn consignment(goods: &str) -> Consignment {
    Consignment {
        goods: goods.parse().expect(goods),
        shipping: Decimal::ZERO,
        insurance: Decimal::ZERO,
        currency: Currency::Eur,
        measures: Measures::default(),
    }
}

#[test]
fn duties_are_inherited_from_above() {
    let duty = |text| TARIFF.mfn_duty(code(text)).map(|duty| duty.value.to_string());
    assert_eq!(duty("6109100010").as_deref(), Some("12 %"));
    assert_eq!(duty("8518300090").as_deref(), Some("0 %"));
    assert_eq!(duty("9403209000").as_deref(), Some("0 %"));
}

#[test]
fn a_duty_is_common_to_all_codes_under_one_or_unknown() {
    let check = |text: &str, expected: Option<&str>| {
        let duty = TARIFF.common_duty(code(text), DAY).and_then(|duty| duty.expression);
        assert_eq!(duty.map(|duty| duty.to_string()).as_deref(), expected, "{text}");
    };
    check("8518300090", Some("0 %"));
    check("851830", Some("0 %"));
    check("6109", Some("12 %"));
    // Bags under the heading have different duties.
    check("4202", None);
    check("9999.99", None);
    let earliest = TARIFF.common_duty(code("3926.90"), DAY).and_then(|duty| duty.date);
    assert_eq!(earliest.as_deref(), Some("2020-12-31"), "another of its codes is known for a later day");
}

#[test]
fn a_code_is_declarable_above_one_or_unknown() {
    let check = |text| TARIFF.check_declarable(code(text), DAY, Language::En);
    assert_eq!(check("8518300090"), Ok(()));
    // The rates of any ten digits under a known CN code are known.
    assert_eq!(check("6109100010"), Ok(()));
    assert_eq!(check("8518300010"), Ok(()));
    // Mugs: TARIC divides the code into codes that the tariff does not contain.
    assert_eq!(check("6912002391"), Ok(()));
    assert_eq!(check("69120023"), Err(NotDeclarable::Divided));
    let Err(NotDeclarable::Above(below)) = check("8518.30") else { panic!("not above one") };
    assert_eq!(below.iter().map(|choice| choice.code.bare()).collect::<Vec<_>>(), ["8518300090"]);
    assert!(matches!(check("6403"), Err(NotDeclarable::Above(below)) if below.len() > 10));
}

#[test]
fn a_code_that_is_not_known_leads_to_the_nearest() {
    let check = |text: &str, nearest: Option<&str>| {
        let Err(NotDeclarable::Unknown(found)) = TARIFF.check_declarable(code(text), DAY, Language::En)
        else {
            panic!("{text} is known")
        };
        let found = found.map(|choice| (choice.code.bare().to_owned(), choice.description.is_some()));
        assert_eq!(found, nearest.map(|nearest| (nearest.to_owned(), true)), "{text}");
    };
    check("0101220000", Some("0101210000"));
    check("010122", Some("0101210000"));
    check("6403999999", Some("6403999800"));
    check("6403.97", Some("6403990500"));
    // Chapters 98 and 99 have headings of the European Union's own, which the tariff does not contain.
    check("9905000000", None);
    for text in ["9697000000", "7712000000", "0199", "8490.12", "00000000"] {
        let refused = TARIFF.check_declarable(code(text), DAY, Language::En);
        assert_eq!(refused, Err(NotDeclarable::NoHeading), "{text}");
    }
}

#[test]
fn a_code_is_known_not_known_or_cannot_be() {
    let check = |text: &str, expected: (bool, bool)| {
        assert_eq!((TARIFF.may_exist(code(text)), TARIFF.knows(code(text))), expected, "{text}");
    };
    for known in ["8518", "851830", "85183000", "8518300090", "69120023"] {
        check(known, (true, true));
    }
    // A subheading, CN codes and last digits that the seed does not contain.
    for unknown in ["010122", "0101220000", "73239399", "6109100010", "6912002391", "9905000000"] {
        check(unknown, (true, false));
    }
    for none in ["9697000000", "771200", "0199", "000000"] {
        check(none, (false, false));
    }
}

#[test]
fn every_cn_code_is_named_and_leads_to_declarable_ones() {
    for cn in &TARIFF.cn_codes_under("", DAY) {
        assert!(TARIFF.description(cn, Language::Nl).is_some_and(|label| !label.is_empty()), "{cn}");
        let codes = TARIFF.taric_codes(cn, DAY);
        assert!(
            codes.iter().all(|taric| TARIFF.check_declarable(code(taric), DAY, Language::En) == Ok(())),
            "{cn}"
        );
        let is_refused = TARIFF.check_declarable(code(cn), DAY, Language::En) == Err(NotDeclarable::Divided);
        assert_eq!(is_refused, codes.is_empty(), "{cn}");
    }
}

#[test]
fn a_preference_is_applied_only_when_asked_for() {
    let cost = |preference| cost("6109100000", "BD", "100.00", preference);
    let ordinary = cost(None).expect("a cost");
    assert_eq!(ordinary.duty.rate.map(|rate| rate.to_string()).as_deref(), Some("12.00%"));
    let preferential = cost(Some("eba")).expect("a cost");
    assert_eq!(preferential.duty.amount.to_string(), "0.00");
    assert!(preferential.notes.iter().any(|note| note.contains("proof")));
    assert!(
        matches!(cost(Some("UK TCA")), Err(TariffError::NoPreference { available, .. }) if available == ["EBA"])
    );
}

#[test]
fn no_preference_is_told_from_one_that_is_not_known() {
    let known = |origin: Option<&str>| {
        let rates = TARIFF
            .duty_rates(code("6403999600"), origin.map(country), Country::NL, DAY, Language::En)
            .expect("rates");
        (rates.preferences_known, rates.preferential_duties.is_empty())
    };
    assert_eq!(known(Some("CN")), (Some(true), true));
    assert_eq!(known(Some("VN")), (Some(false), true), "its agreement is not in the seed");
    assert_eq!(known(Some("GB")), (Some(false), false));
    assert_eq!(known(None).0, None);
    let listed = TARIFF.seed.preferences.iter().flat_map(|preference| &preference.countries);
    assert_eq!(listed.copied().find(|country| TARIFF.has_no_preferences(*country)), None);
}

#[test]
fn a_preference_is_named_in_the_language_of_the_reader() {
    let answered = |language| {
        let rates = TARIFF.duty_rates(code("6403999600"), Some(country("GB")), Country::NL, DAY, language);
        let one = rates.expect("rates").preferential_duties.remove(0);
        (one.display_name().to_owned(), one.source.expect("a source"), one.scheme)
    };
    let scheme = "EU-UK TCA";
    let named = |name: &str, source: &str| (name.to_owned(), source.to_owned(), scheme.to_owned());
    assert_eq!(answered(Language::En), named(scheme, "EU-UK Trade and Cooperation Agreement"));
    assert_eq!(answered(Language::Nl), named("HSO EU-VK", "Handels- en samenwerkingsovereenkomst EU-VK"));
    // Whatever it is called, it is asked for by its scheme.
    let consignment = consignment("100.00");
    let import = ImportQuery {
        code: code("6403999600"),
        origin: country("GB"),
        destination: Country::NL,
        preference: Some(scheme),
        day: DAY,
        consignment: &consignment,
        exchange_rate: None,
    };
    let cost = TARIFF.landed_cost(&import, Language::Nl).expect("a cost");
    assert!(cost.notes.iter().any(|note| note.contains("preferentie HSO EU-VK")), "{:?}", cost.notes);
    assert_eq!(cost.duty.source.as_deref(), Some("Handels- en samenwerkingsovereenkomst EU-VK"));
}

#[test]
fn a_specific_duty_needs_its_measure() {
    let beef = cost("0202301000", "BR", "100.00", None);
    let Err(TariffError::Incalculable(LandedCostError::Unknown(missing))) = beef else { panic!("{beef:?}") };
    assert_eq!(missing, Unknown::Measures(vec![Measure::NetWeight]));
}

#[test]
fn anti_dumping_is_the_residual_duty() {
    let cost = cost("8712003000", "CN", "1000.00", None).expect("a cost");
    let charge = cost.anti_dumping.expect("a charge");
    assert_eq!(charge.amount.to_string(), "485.00");
    assert!(charge.source.is_some() && cost.notes.iter().any(|note| note.contains("residual")));
}

#[test]
fn what_no_rate_says_is_noted() {
    let notes = |text: &str, origin: &str, goods: &str| {
        cost(text, origin, goods, None).expect("a cost").notes.join(" ")
    };
    for unchecked in ["6912002391", "6109100010", "8518300010"] {
        assert!(notes(unchecked, "CN", "1000").contains("last two digits"), "{unchecked}");
    }
    assert!(!notes("6109100000", "CN", "1000").contains("last two digits"));
    assert!(notes("6109100000", "CN", "150").contains("EUR 3"));
    assert!(!notes("6109100000", "CN", "150.01").contains("EUR 3"));
    assert!(notes("9403208000", "US", "1000").contains("United States"));
    assert!(notes("9403208000", "CN", "1000").contains("not complete"));
}

#[test]
fn vat_is_known_in_the_member_states_and_nowhere_else() {
    let known = Country::all().filter(|country| TARIFF.vat(*country).is_some());
    let known: Vec<_> = known.map(Country::as_str).collect();
    assert_eq!(known, import8_api::schema::MEMBER_STATES.split(' ').collect::<Vec<_>>());
}
