//! Tests of the words and countries beside duties from an imported edition: which duty was taken, and for whom.

use import8_tariff::{Condition, Table};

use super::edition_tests::{cost, rates, tariff, with_measures};

/// The notes on a code that name its additional codes.
fn on_additional_codes(notes: &[String]) -> Vec<&str> {
    let is_on = |note: &&str| note.contains("additional code");
    notes.iter().map(String::as_str).filter(is_on).collect()
}

#[test]
fn a_highest_duty_is_told_only_where_one_was_taken() {
    // Percent and an amount by weight cannot be compared without a consignment.
    let mixed = tariff(with_measures(&["01013000 103 1011 2500 R2658/87 10.000 EUR KGM"]));
    let answer = rates(&mixed, "0101300000", None);
    assert_eq!(answer.mfn_duty.and_then(|duty| duty.rate), None);
    let [needs, all] = on_additional_codes(&answer.notes)[..] else { panic!("{:?}", answer.notes) };
    assert!(needs.contains("needs the additional code"), "{needs}");
    assert!(!all.contains("was taken"), "{all}");
    assert!(all.contains("2500 (Medicines with an INN) 10 EUR/kg") && all.contains("11.5 %"), "{all}");
    let percents = tariff(with_measures(&["01013000 103 1011 2500 R2658/87 1.000 %"]));
    let answer = rates(&percents, "0101300000", None);
    let [all] = on_additional_codes(&answer.notes)[..] else { panic!("{:?}", answer.notes) };
    assert!(all.contains("the highest was taken"), "{all}");
}

#[test]
fn a_duty_that_is_only_in_conditions_is_told() {
    let mut edition = with_measures(&["01013000 103 1011 2500 R2658/87 -"]);
    let in_conditions = edition.measures.iter_mut().find(|one| one.duty.is_none()).expect("a measure");
    in_conditions.conditions = vec![Condition {
        kind: "A".into(),
        document: None,
        amount: None,
        action: "01".into(),
        duty: Some("3.000 %".into()),
    }];
    let answer = rates(&tariff(edition), "0101300000", None);
    let told = on_additional_codes(&answer.notes).join(" ");
    assert!(told.contains("2500 (Medicines with an INN) ") && told.contains("3"), "{told}");
    assert!(!told.contains("not known here"), "{told}");
    let without = tariff(with_measures(&["01013000 103 1011 2500 R2658/87 -"]));
    let told = rates(&without, "0101300000", None).notes.join(" ");
    assert!(told.contains("2500 (Medicines with an INN) not known here"), "{told}");
    assert!(!told.contains("was taken"), "{told}");
}

#[test]
fn the_residual_duty_is_named_only_where_it_was_taken() {
    let note = |rows: &[&str]| {
        let charged = cost(&tariff(with_measures(rows)), "0101300000", "CN", None).expect("a cost");
        let defence = charged.notes.iter().find(|note| note.starts_with("Definitive anti-dumping"));
        let amount = charged.anti_dumping.map(|charge| charge.amount.to_string());
        (amount.unwrap_or_default(), defence.cloned().unwrap_or_else(|| panic!("{:?}", charged.notes)))
    };
    let check = |rows: &[&str], amount: &str, part: &str| {
        let (charged, told) = note(rows);
        assert_eq!(charged, amount, "{rows:?}");
        assert!(told.contains(part), "{told}");
        assert_eq!(told.contains("residual"), part.contains("residual"), "{told}");
    };
    let residual = "0101 552 CN C999 R1379/13 20.000 %";
    check(&[residual, "0101 552 CN C001 R1379/13 10.000 %"], "200.00", "the residual duty was taken");
    check(&[residual, "0101 552 CN C001 R1379/13 30.000 %"], "300.00", "the highest duty of the case");
    check(
        &["0101 552 CN C001 R1379/13 10.000 %", "0101 552 CN C002 R1379/13 30.000 %"],
        "300.00",
        "the highest duty of the case",
    );
    check(&["0101 552 CN - R1379/13 20.000 %"], "200.00", "the duty on all manufacturers");
}

#[test]
fn trade_defence_names_the_countries_that_it_is_for() {
    let countries = |area: &str, without: &[&str], has_members: bool| {
        let mut edition = with_measures(&[&format!("0101 552 {area} - R1379/13 20.000 %")]);
        let defence = edition.measures.iter_mut().find(|one| &*one.measure_type == "552").expect("a measure");
        defence.excluded = without.iter().map(|country| (*country).into()).collect();
        if !has_members {
            edition.areas.clear();
            edition.tables.remove(&Table::Memberships);
        }
        rates(&tariff(edition), "0101300000", None).anti_dumping.remove(0).countries
    };
    assert_eq!(countries("CN", &[], true), ["CN"]);
    assert_eq!(countries("2020", &[], true), ["BD", "IN"]);
    assert_eq!(countries("2020", &["IN"], true), ["BD"]);
    assert_eq!(countries("2020", &[], false), ["2020"]);
    assert_eq!(countries("1011", &[], true), ["every country"]);
}
