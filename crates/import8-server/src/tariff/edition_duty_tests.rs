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

/// The third-country duty as answered, and the notes that have a text.
fn duty_and_notes(rows: &[&str], origin: Option<&str>, part: &str) -> (Option<String>, Vec<String>) {
    let answer = rates(&tariff(with_measures(rows)), "0101300000", origin);
    let duty = answer.mfn_duty.and_then(|duty| duty.rate).map(|rate| rate.to_string());
    (duty, answer.notes.into_iter().filter(|note| note.contains(part)).collect())
}

#[test]
fn of_third_country_duties_that_documents_decide_between_the_highest_is_taken() {
    // With the document the duty is higher, so the last one is not "the duty without proof".
    let raised = "0101 103 RU - R1652/24 Cond: B cert: Y-155 (01):50.000 % ; B (01):7.700 %";
    let (duty, notes) = duty_and_notes(&[raised], Some("RU"), "document");
    assert_eq!(duty.as_deref(), Some("50.00%"));
    assert_eq!(
        notes,
        ["The duty depends on a document; the highest was taken: 50 % with document Y155, 7.7 % without."]
    );
    let charged = cost(&tariff(with_measures(&[raised])), "0101300000", "RU", None).expect("a cost");
    assert_eq!(charged.duty.amount.to_string(), "500.00");
    assert!(charged.notes.iter().any(|note| note.contains("7.7 % without")), "{:?}", charged.notes);

    let lowered = "0101 103 RU - R1652/24 Cond: B cert: N-018 (01):0.000 % ; B (01):2.700 %";
    assert_eq!(duty_and_notes(&[lowered], Some("RU"), "0 % with document N018").0.as_deref(), Some("2.70%"));
    // Goods that cannot be declared without the document have its duty.
    let needed = "0101 103 RU - R1652/24 Cond: B cert: N-018 (01):2.000 % ; B (08):";
    let (duty, notes) = duty_and_notes(&[needed], Some("RU"), "without: This code cannot be declared");
    assert_eq!((duty.as_deref(), notes.len()), (Some("2.00%"), 1));
    // A price decides: not known.
    let priced = "0101 103 RU - R1652/24 Cond: V 41.300 EUR DTN (01):0.000 % ; V 0.000 EUR DTN (01):9.000 %";
    assert_eq!(duty_and_notes(&[priced], Some("RU"), "").0, None);
}

#[test]
fn documents_that_cannot_be_compared_are_asked_for() {
    let row = "0101 103 RU - R1652/24 Cond: B cert: Y-155 (01):50.000 % ; B (01):10.000 EUR KGM";
    let (_, notes) = duty_and_notes(&[row], Some("RU"), "needs");
    assert!(notes.iter().any(|note| note.contains("Y155")), "{notes:?}");
    assert!(notes.iter().all(|note| !note.contains("additional code")), "{notes:?}");
    assert!(duty_and_notes(&[row], Some("RU"), "was taken").1.is_empty());
}

#[test]
fn a_code_for_end_use_only_says_so() {
    let mut edition = with_measures(&["01013000 105 1011 - R2658/87 0.000 %"]);
    edition.measures.retain(|one| &*one.measure_type != "103");
    let tariff = tariff(edition);
    let answer = rates(&tariff, "0101300000", None);
    assert!(answer.notes.iter().any(|note| note.contains("under end use only (0 %)")), "{:?}", answer.notes);
    let refused = cost(&tariff, "0101300000", "CN", None).expect_err("no duty").to_string();
    assert!(refused.contains("has a duty under end use only (0 %)"), "{refused}");
}

#[test]
fn an_additional_duty_that_depends_on_nothing_is_in_the_total() {
    let rows = ["0101 695 US - R886/18 25.000 %", "0101 552 US - R1379/13 20.000 %"];
    let charged = cost(&tariff(with_measures(&rows)), "0101300000", "US", None).expect("a cost");
    let notes = charged.notes.join(" ");
    // 1,000 with 115 duty, 200 anti-dumping and 250 additional duty, and 21 % VAT on all of it.
    assert_eq!(charged.anti_dumping.map(|one| one.amount.to_string()).as_deref(), Some("450.00"));
    assert_eq!(charged.total_landed_cost.to_string(), "1893.65");
    assert!(notes.contains("Additional duty: due in addition"), "{notes}");
    assert!(!notes.contains("may be due in addition"), "{notes}");
    let listed = rates(&tariff(with_measures(&rows)), "0101300000", Some("US")).anti_dumping.remove(0);
    assert_eq!(listed.rate.map(|rate| rate.to_string()).as_deref(), Some("45.00%"));
    assert!(listed.description.is_some_and(|text| text.ends_with("; Additional duty")));
    // It is for its origin alone.
    let other = cost(&tariff(with_measures(&rows)), "0101300000", "BR", None).expect("a cost");
    assert_eq!(other.anti_dumping.map(|one| one.amount.to_string()).as_deref(), Some("0.00"));
}

#[test]
fn an_additional_duty_that_depends_on_something_may_be_due() {
    let check = |row: &str, order_number: Option<&str>| {
        let mut edition = with_measures(&[row]);
        for one in edition.measures.iter_mut().filter(|one| one.measure_type.starts_with('6')) {
            one.order_number = order_number.map(Into::into);
        }
        let charged = cost(&tariff(edition), "0101300000", "US", None).expect("a cost");
        assert_eq!(charged.anti_dumping.map(|one| one.amount.to_string()).as_deref(), Some("0.00"), "{row}");
        assert!(charged.notes.iter().any(|note| note.contains("may be due in addition")), "{row}");
    };
    check("0101 652 US - R1484/95 25.000 %", None);
    check("0101 696 US - R159/19 25.000 %", Some("098801"));
    check("0101 696 US C999 R159/19 25.000 %", None);
    check("0101 695 US - R159/19 Cond: A cert: D-008 (01):25.000 % ; A (01):25.000 %", None);
}

#[test]
fn a_provisional_duty_is_said_to_be_secured() {
    let notes = |row: &str| {
        let charged = cost(&tariff(with_measures(&[row])), "0101300000", "CN", None).expect("a cost");
        charged.notes.join(" ")
    };
    assert!(notes("0101 551 CN - R1379/13 20.000 %").contains("2016/1036, art. 7(3)"));
    assert!(notes("0101 553 CN - R1379/13 20.000 %").contains("2016/1037, art. 12"));
    assert!(!notes("0101 552 CN - R1379/13 20.000 %").contains("secured"));
}

#[test]
fn two_cases_of_one_kind_are_said_to_be_added() {
    let notes = |rows: &[&str]| {
        let charged = cost(&tariff(with_measures(rows)), "0101300000", "CN", None).expect("a cost");
        (charged.anti_dumping.map(|one| one.amount.to_string()), charged.notes.join(" "))
    };
    let first = "0101 552 CN - R1379/13 20.000 %";
    let (amount, told) = notes(&[first, "0101 552 CN 2500 R7/20 5.000 %", "0101 552 CN C999 R7/20 10.000 %"]);
    assert_eq!(amount.as_deref(), Some("300.00"));
    assert!(told.contains("several cases of one kind"), "{told}");
    let (_, told) = notes(&[first, "0101 554 CN - R8/20 10.000 %"]);
    assert!(!told.contains("several cases"), "{told}");
}

#[test]
fn prohibitions_are_told_first_and_quotas_by_how_they_are_managed() {
    let mut edition = with_measures(&[
        "0101 277 1011 - R1/20 -",
        "0101 122 1011 - R2/20 1.000 %",
        "0101 143 1011 - R3/20 2.000 %",
    ]);
    for one in &mut edition.measures {
        match &*one.measure_type {
            "122" => one.order_number = Some("090006".into()),
            "143" => one.order_number = Some("094002".into()),
            _ => {}
        }
    }
    let tariff = tariff(edition);
    let told = cost(&tariff, "0101300000", "CN", None).expect("a cost").notes;
    assert!(told.first().is_some_and(|note| note.starts_with("Prohibitions")), "{told:?}");
    let of = |lead: &str| told.iter().find(|note| note.starts_with(lead)).cloned().unwrap_or_default();
    let (served, licensed) =
        (of("Not applied: quotas, first come"), of("Not applied: quotas that need an import"));
    assert!(served.contains("090006") && !served.contains("094002"), "{told:?}");
    assert!(licensed.contains("094002") && !licensed.contains("090006"), "{told:?}");
    let rates = rates(&tariff, "0101300000", Some("CN")).notes;
    assert!(rates.first().is_some_and(|note| note.starts_with("Prohibitions")), "{rates:?}");
}

#[test]
fn percentages_that_cannot_be_added_are_refused() {
    let most = "79228162514264337593543950335 %";
    let rows = [format!("0101 552 CN - R1/20 {most}"), format!("0101 554 CN - R2/20 {most}")];
    let tariff = tariff(with_measures(&rows.each_ref().map(String::as_str)));
    let refused = cost(&tariff, "0101300000", "CN", None).expect_err("too much").to_string();
    assert!(refused.contains("more digits than can be held exactly"), "{refused}");
    let answer = rates(&tariff, "0101300000", Some("CN"));
    assert!(answer.notes.iter().any(|note| note.contains("more digits")), "{:?}", answer.notes);
}
