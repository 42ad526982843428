//! Tests of the comparison: hand-made editions with one change each, and properties of any two editions.

use std::collections::BTreeSet;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::{Area, Edition, Line, Measure, Membership, Names};

fn code(digits: &str) -> GoodsCode {
    GoodsCode::padded(digits).expect("a code")
}

fn line(digits: &str, indent: u8, text: &str) -> Line {
    Line {
        code: code(digits),
        suffix: 80,
        indent,
        from: None,
        to: None,
        declarable: None,
        unit: None,
        texts: Names::from([("en".to_owned(), text.to_owned())]),
    }
}

fn measure(digits: &str, measure_type: &str, area: &str, duty: &str) -> Measure {
    Measure {
        code: code(digits),
        additional_code: None,
        order_number: None,
        measure_type: measure_type.into(),
        area: area.into(),
        excluded: Vec::new(),
        duty: Some(duty.into()),
        regulation: None,
        from: None,
        to: None,
        conditions: Vec::new(),
        footnotes: Vec::new(),
    }
}

fn edition(mut lines: Vec<Line>, mut measures: Vec<Measure>) -> Edition {
    lines.sort_by_key(|line| (line.code, line.suffix));
    measures.sort_by_key(|measure| measure.code);
    Edition {
        publication: Publication::Taric,
        day: date(2026, 12, 1),
        tables: BTreeSet::from([Table::Nomenclature, Table::Measures]),
        lines,
        measures,
        areas: BTreeMap::new(),
        additional_codes: BTreeMap::new(),
        footnotes: BTreeMap::new(),
        documents: BTreeMap::new(),
        measure_types: BTreeMap::new(),
    }
}

/// Headphones as they are.
fn headphones() -> Edition {
    edition(
        vec![
            line("85", 0, "ELECTRICAL MACHINERY"),
            line("8518", 0, "Microphones, loudspeakers, headphones"),
            line("851810", 1, "Microphones"),
            line("851830", 1, "Headphones and earphones"),
            line("85183020", 2, "Line telephone handsets"),
            line("85183095", 2, "Other"),
            line("8519", 0, "Sound recording apparatus"),
            line("851920", 1, "Apparatus operated by coins"),
        ],
        vec![
            measure("8518", "103", "1011", "2.000 %"),
            measure("85183020", "103", "1011", "0.000 %"),
            measure("8518", "142", "KR", "0.000 %"),
        ],
    )
}

/// Adds a measure where an edition has it.
fn add(edition: &mut Edition, measure: Measure) {
    edition.measures.push(measure);
    edition.measures.sort_by_key(|measure| measure.code);
}

/// The change of place of a code, in words.
fn told(comparison: &Comparison, digits: &str) -> String {
    let join = |codes: &[GoodsCode]| codes.iter().map(GoodsCode::significant).collect::<Vec<_>>().join(" ");
    let candidates = |all: &[Candidate]| {
        let all = all.iter().map(|one| {
            let mark = if one.is_certain { "!" } else { "" };
            format!("{}{mark}", one.code.significant())
        });
        all.collect::<Vec<_>>().join(" ")
    };
    match comparison.codes.get(&code(digits)).and_then(|change| change.place.as_ref()) {
        None => "stays".to_owned(),
        Some(PlaceChange::Ended(all)) => format!("ended: {}", candidates(all)),
        Some(PlaceChange::New(all)) => format!("new: {}", candidates(all)),
        Some(PlaceChange::Divided(all)) => format!("divided: {}", join(all)),
        Some(PlaceChange::Merged(all)) => format!("merged: {}", join(all)),
    }
}

/// The changes of a code's measures: `103 1011 [2 %] [1 %]`.
fn measures(comparison: &Comparison, digits: &str) -> Vec<String> {
    let Some(change) = comparison.codes.get(&code(digits)) else { return Vec::new() };
    let duties =
        |terms: &[Terms]| terms.iter().filter_map(|one| one.duty.as_deref()).collect::<Vec<_>>().join(" | ");
    let told = |one: &MeasureChange| {
        let Pair { before, after } = &one.terms;
        format!("{} {} [{}] [{}]", one.measure_type, one.area, duties(before), duties(after))
    };
    comparison.measures_of(change).map(told).collect()
}

#[test]
fn a_code_that_ends_is_followed_by_those_of_its_place_and_text() {
    let (old, mut new) = (headphones(), headphones());
    new.lines.retain(|line| line.code != code("85183020"));
    new.lines.push(line("85183021", 2, "Line telephone handsets with a cord"));
    new.lines.push(line("85183029", 2, "Handsets without a cord"));
    new.lines.sort_by_key(|line| line.code);
    let comparison = compare(&old, &new);
    assert_eq!(told(&comparison, "85183020"), "ended: 85183021 85183029 85183095");
    assert_eq!(told(&comparison, "85183021"), "new: 85183020 85183095");
    assert_eq!(told(&comparison, "85183095"), "stays");
    assert!(measures(&comparison, "85183020").is_empty(), "its end says it all");
    let facts = |side: &Compared, digits: &str| {
        let facts = side.facts.get(&code(digits)).expect("named");
        (facts.text.get("en").cloned().unwrap_or_default(), facts.duty.as_deref().map(str::to_owned))
    };
    let text = "Headphones and earphones – Line telephone handsets";
    assert_eq!(facts(&comparison.before, "85183020"), (text.to_owned(), Some("0.000 %".to_owned())));
    assert_eq!(facts(&comparison.after, "85183021").1.as_deref(), Some("2.000 %"));
    let below: Vec<_> =
        comparison.changes_below(code("8518")).map(|(code, _)| code.significant().to_owned()).collect();
    assert_eq!(below, ["85183020", "85183021", "85183029"]);
}

#[test]
fn codes_are_divided_and_merged() {
    let (old, mut new) = (headphones(), headphones());
    new.lines.push(line("8518109000", 2, "Other"));
    new.lines.push(line("8518101000", 2, "Of a frequency range of 300 Hz to 3.4 kHz"));
    new.lines.retain(|line| line.code != code("85183020") && line.code != code("85183095"));
    new.lines.sort_by_key(|line| line.code);
    let comparison = compare(&old, &new);
    assert_eq!(told(&comparison, "851810"), "divided: 85181010 85181090");
    assert_eq!(told(&comparison, "851830"), "merged: 85183020 85183095");
    assert_eq!(told(&comparison, "85183095"), "ended: 851830!");
    assert_eq!(told(&comparison, "85181010"), "new: 851810!");
}

#[test]
fn an_inherited_measure_changes_for_each_code_that_has_no_own() {
    let (old, mut new) = (headphones(), headphones());
    new.measures[0].duty = Some("1.500 %".into());
    add(&mut new, measure("8518", "552", "CN", "19.200 %"));
    let comparison = compare(&old, &new);
    let duty = "103 1011 [2.000 %] [1.500 %]";
    assert_eq!(measures(&comparison, "8518309500"), [duty, "552 CN [] [19.200 %]"]);
    assert_eq!(measures(&comparison, "85183020"), ["552 CN [] [19.200 %]"]);
    assert!(measures(&comparison, "8519").is_empty());
    assert_eq!(comparison.measures.len(), 2, "each once");
    assert!(comparison.measures[0].is_third_country_duty());
}

#[test]
fn another_notation_another_level_and_a_repeated_row_change_nothing() {
    let (old, mut new) = (headphones(), headphones());
    new.measures[0].duty = Some("2 %".into());
    new.measures[0].regulation = Some("R1234/26".into());
    add(&mut new, measure("851810", "103", "1011", "2.000 %"));
    add(&mut new, measure("851810", "103", "1011", "2.000 %"));
    add(&mut new, Measure { from: Some(date(2027, 1, 1)), ..measure("8518", "103", "1011", "9 %") });
    assert_eq!(compare(&old, &new).codes, BTreeMap::new());
}

#[test]
fn exclusions_units_and_declarable_codes_are_compared() {
    let (mut old, mut new) = (headphones(), headphones());
    let group = Area {
        names: Names::from([("en".to_owned(), "GSP".to_owned())]),
        members: vec![Membership { country: "IN".into(), from: None, to: None }],
    };
    new.areas.insert("2020".to_owned(), group);
    add(&mut old, measure("8519", "142", "2020", "0 %"));
    add(&mut new, Measure { excluded: vec!["IN".into()], ..measure("8519", "142", "2020", "0 %") });
    (old.lines[3].declarable, new.lines[3].declarable) = (Some(true), Some(false));
    (old.lines[4].unit, new.lines[4].unit) = (None, Some("p/st".into()));
    let comparison = compare(&old, &new);
    assert_eq!(measures(&comparison, "851920"), ["142 2020 [0 %] [0 %]"]);
    assert_eq!(comparison.after.countries.get("2020"), Some(&BTreeSet::from(["IN".to_owned()])));
    let headphones = &comparison.codes[&code("851830")];
    assert_eq!(headphones.declarable, Some(Pair { before: true, after: false }));
    assert_eq!(
        comparison.codes[&code("85183020")].unit,
        Some(Pair { before: None, after: Some("p/st".into()) })
    );
}

#[test]
fn what_a_publication_does_not_have_is_not_compared() {
    let old = headphones();
    let mut new = headphones();
    new.publication = Publication::HarmonizedSystem;
    new.tables.remove(&Table::Measures);
    new.measures.clear();
    new.lines.retain(|line| line.code.significant().len() <= 6);
    let comparison = compare(&old, &new);
    assert_eq!((comparison.codes, comparison.digits, comparison.has_measures), (BTreeMap::new(), 6, false));
}

#[test]
fn an_edition_is_compared_with_itself_on_another_day() {
    let mut edition = headphones();
    edition.lines[4].to = Some(date(2026, 12, 31));
    let later = OnDay { edition: &edition, day: date(2027, 1, 1) };
    let comparison = compare(OnDay::from(&edition), later);
    assert_eq!(told(&comparison, "85183020"), "ended: 85183095");
    assert_eq!(comparison.codes.len(), 1);
}

/// Exchanges before and after.
fn mirrored(comparison: Comparison) -> Comparison {
    fn swap<T>(Pair { before, after }: Pair<T>) -> Pair<T> {
        Pair { before: after, after: before }
    }
    let place = |place| match place {
        PlaceChange::Ended(all) => PlaceChange::New(all),
        PlaceChange::New(all) => PlaceChange::Ended(all),
        PlaceChange::Divided(all) => PlaceChange::Merged(all),
        PlaceChange::Merged(all) => PlaceChange::Divided(all),
    };
    let codes = comparison.codes.into_iter().map(|(code, change)| {
        let change = CodeChange {
            place: change.place.map(place),
            declarable: change.declarable.map(swap),
            unit: change.unit.map(swap),
            measures: change.measures,
        };
        (code, change)
    });
    let measures = comparison.measures.into_iter();
    Comparison {
        before: comparison.after,
        after: comparison.before,
        digits: comparison.digits,
        has_measures: comparison.has_measures,
        codes: codes.collect(),
        measures: measures.map(|one| MeasureChange { terms: swap(one.terms), ..one }).collect(),
    }
}

/// Any edition of two chapters: few codes, so that two of them share many.
fn editions() -> impl Strategy<Value = Edition> {
    let digits = || {
        (0..3_u32, 0..3_u32, 0..3_u32, 0..2_u32, 0..2_u32).prop_map(
            |(heading, subheading, cn, taric, chapter)| {
                format!("8{}{heading:02}{subheading:02}{cn:02}{taric:02}", chapter + 4)
            },
        )
    };
    let day = || proptest::option::of((1..13_i8).prop_map(|month| date(2026, month, 1)));
    let text = proptest::sample::select(vec!["Other", "Headphones", "Telephone handsets", "Handsets, other"]);
    let lines = (digits(), 0..4_u8, text, day(), proptest::option::of(any::<bool>())).prop_map(
        |(digits, indent, text, to, declarable)| Line { to, declarable, ..line(&digits, indent, text) },
    );
    let duty = proptest::sample::select(vec!["2 %", "2.000 %", "0 %", "1 EUR/kg", "Cond: x"]);
    let kind = proptest::sample::select(vec![("103", "1011"), ("142", "KR"), ("552", "CN")]);
    let measures = (digits(), kind, duty, day()).prop_map(|(digits, (kind, area), duty, from)| Measure {
        from,
        ..measure(&digits, kind, area, duty)
    });
    let parts = (proptest::collection::vec(lines, 0..40), proptest::collection::vec(measures, 0..20));
    let publications = proptest::sample::select(vec![
        Publication::Taric,
        Publication::CombinedNomenclature,
        Publication::Own,
    ]);
    (parts, publications)
        .prop_map(|((lines, measures), publication)| Edition { publication, ..edition(lines, measures) })
}

proptest! {
    #[test]
    fn an_edition_differs_in_nothing_from_itself(edition in editions()) {
        let comparison = compare(&edition, &edition);
        prop_assert_eq!(comparison.codes, BTreeMap::new());
        prop_assert_eq!(comparison.measures, vec![]);
    }

    #[test]
    fn exchanged_editions_give_the_mirror(one in editions(), other in editions()) {
        prop_assert_eq!(compare(&other, &one), mirrored(compare(&one, &other)));
    }

    #[test]
    fn what_ends_is_not_there_and_what_follows_is(one in editions(), other in editions()) {
        let comparison = compare(&one, &other);
        for (code, change) in &comparison.codes {
            let (was, is) = (comparison.before.has(*code), comparison.after.has(*code));
            let (is_right, named): (bool, Vec<_>) = match &change.place {
                Some(PlaceChange::Ended(all)) => (was && !is, all.iter().map(|one| one.code).collect()),
                Some(PlaceChange::New(_)) => (!was && is, Vec::new()),
                Some(PlaceChange::Divided(all)) => (was && is, all.clone()),
                Some(PlaceChange::Merged(_)) | None => (was && is, Vec::new()),
            };
            prop_assert!(is_right, "{code} {change:?}");
            prop_assert!(named.iter().all(|code| comparison.after.has(*code)));
            prop_assert!(comparison.measures_of(change).count() == change.measures.len());
        }
    }
}

/// The size of a whole TARIC: 27,000 lines, 250,000 measures.
#[test]
fn a_whole_tariff_is_compared_in_a_moment() {
    let whole = |shift: u32| {
        let codes: Vec<_> = (0..27_000_u32)
            .map(|n| {
                format!(
                    "{:02}{:02}{:02}{:02}00",
                    1 + n / 280,
                    1 + n / 28 % 10,
                    10 * (1 + n / 4 % 7),
                    10 + n % 4 * 20
                )
            })
            .collect();
        let lines = codes
            .iter()
            .map(|digits| line(digits, 3, "Of a kind used with apparatus of another heading"))
            .collect();
        let on = |(n, digits): (usize, &String)| {
            let n = u32::try_from(n).unwrap_or_default();
            let duty = if n % 100 == 0 { format!("{shift}.000 %") } else { "2.000 %".to_owned() };
            let kinds = [
                ("103", "1011"),
                ("142", "KR"),
                ("142", "JP"),
                ("142", "CA"),
                ("142", "2020"),
                ("142", "CH"),
                ("142", "GB"),
                ("142", "MX"),
                ("145", "TR"),
            ];
            kinds.map(|(kind, area)| measure(digits, kind, area, &duty))
        };
        let measures = codes.iter().enumerate().flat_map(on).collect();
        edition(lines, measures)
    };
    let (old, new) = (whole(1), whole(2));
    let start = std::time::Instant::now();
    let comparison = compare(&old, &new);
    // A second or two without optimization; minutes if each code were compared with each.
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
    assert_eq!((comparison.codes.len(), comparison.measures.len()), (270, 9));
}
