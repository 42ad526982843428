//! The measures that apply to the goods of a code on a day, and to an origin.

use std::collections::BTreeSet;

use import8_api::Country;
use jiff::civil::Date;

use crate::measure_types::{MeasureRole, measure_type};
use crate::{Edition, GoodsCode, Line, Measure, Publication, Table, Text};

/// TARIC's code of the area that is every country.
pub const EVERY_COUNTRY: &str = "1011";

/// TARIC's code of the area that is every country outside the European Union.
pub(crate) const EVERY_THIRD_COUNTRY: &str = "1008";

/// The codes that TARIC and ISO 3166-1 have for one country (Implementing Regulation (EU) 2020/1470, Annex I): TARIC
/// keeps Serbia under XS.
const TARIC_COUNTRIES: [(&str, &str); 1] = [("XS", "RS")];

/// Whether a period contains a day. An absent bound is open.
#[must_use]
pub fn is_in_force(from: Option<Date>, to: Option<Date>, day: Date) -> bool {
    from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
}

/// The lines above the one at a position on a day, from the nearest up to the heading; the grouping lines too.
///
/// The line above is the nearest earlier one that has fewer dashes and applies on the day. A heading has no dashes,
/// and none above it.
#[must_use]
pub fn lines_above(edition: &Edition, position: usize, day: Date) -> Vec<&Line> {
    let mut indent = edition.lines.get(position).map_or(0, |line| line.indent);
    let mut above = Vec::new();
    for earlier in edition.lines.iter().take(position).rev() {
        if indent == 0 {
            break;
        }
        if earlier.indent < indent && is_in_force(earlier.from, earlier.to, day) {
            indent = earlier.indent;
            above.push(earlier);
        }
    }
    above
}

/// The measures on the goods of a code on a day, those of the most specific code first.
///
/// A code inherits the measures of the codes above it, each padded with zeros (TARIC user guide, "Goods
/// nomenclature"). A measure at a more specific code replaces an inherited one of the same type, area, additional
/// code and order number. A prohibition or restriction replaces only one of the same legal base, because goods may be
/// under several.
#[must_use]
pub fn applicable(edition: &Edition, code: GoodsCode, day: Date) -> Vec<&Measure> {
    applicable_of(edition, code, day, |_| true)
}

/// As [`applicable`], the third-country duties only: much less work for a code with many preferences.
#[must_use]
pub fn applicable_third_country(edition: &Edition, code: GoodsCode, day: Date) -> Vec<&Measure> {
    applicable_of(edition, code, day, |one| role(one) == Some(MeasureRole::ThirdCountryDuty))
}

/// The [`applicable`] measures of some types: a measure replaces only one of its own type.
fn applicable_of(
    edition: &Edition,
    code: GoodsCode,
    day: Date,
    is_of_type: impl Fn(&Measure) -> bool,
) -> Vec<&Measure> {
    let mut found: Vec<&Measure> = Vec::new();
    for above in code.with_ancestors() {
        let more_specific = found.len();
        for measure in measures_on(edition, above).iter().filter(|one| is_of_type(one)) {
            let is_replaced = found.iter().take(more_specific).any(|lower| replaces(lower, measure));
            if !is_replaced && is_in_force(measure.from, measure.to, day) {
                found.push(measure);
            }
        }
    }
    found
}

/// The measures that an edition has on exactly this code, in force or not.
#[must_use]
pub fn measures_on(edition: &Edition, code: GoodsCode) -> &[Measure] {
    let first = edition.measures.partition_point(|measure| measure.code < code);
    let from = edition.measures.get(first..).unwrap_or_default();
    from.get(..from.partition_point(|measure| measure.code == code)).unwrap_or_default()
}

fn replaces(lower: &Measure, inherited: &Measure) -> bool {
    lower.measure_type == inherited.measure_type
        && lower.area == inherited.area
        && lower.additional_code == inherited.additional_code
        && lower.order_number == inherited.order_number
        && (lower.regulation == inherited.regulation || !is_control(lower))
}

/// What a measure does; `None` for a type that is not known.
#[must_use]
pub fn role(measure: &Measure) -> Option<MeasureRole> {
    measure_type(&measure.measure_type).map(|known| known.role)
}

fn is_control(measure: &Measure) -> bool {
    matches!(role(measure), None | Some(MeasureRole::Prohibition | MeasureRole::Restriction))
}

/// Whether a country is in an area on a day; `None` if the area is a group whose members the edition does not have.
#[must_use]
pub fn is_in_area(edition: &Edition, area: &str, country: Country, day: Date) -> Option<bool> {
    if area == EVERY_COUNTRY || iso_country(area) == country.as_str() {
        return Some(true);
    }
    if is_country(area) {
        return Some(false);
    }
    let members = edition.areas.get(area).map(|area| area.members.as_slice()).unwrap_or_default();
    if members.is_empty() {
        let is_known = edition.tables.contains(&Table::Memberships);
        return if area == EVERY_THIRD_COUNTRY { Some(true) } else { is_known.then_some(false) };
    }
    let is_member = members.iter().any(|member| {
        iso_country(&member.country) == country.as_str() && is_in_force(member.from, member.to, day)
    });
    Some(is_member)
}

/// Whether a measure is for goods of an origin on a day: its area has the country and it does not leave it out.
/// `None` if that depends on members of a group that the edition does not have.
#[must_use]
pub fn covers(edition: &Edition, measure: &Measure, origin: Country, day: Date) -> Option<bool> {
    if is_in_area(edition, &measure.area, origin, day)? {
        let excluded: Vec<_> =
            measure.excluded.iter().map(|area| is_in_area(edition, area, origin, day)).collect();
        if excluded.contains(&Some(true)) {
            return Some(false);
        }
        return if excluded.contains(&None) { None } else { Some(true) };
    }
    Some(false)
}

/// The countries of an area on a day by ISO 3166-1 code, in order; `None` for every country, and for a group whose
/// members the edition does not have.
#[must_use]
pub fn countries(edition: &Edition, area: &str, day: Date) -> Option<BTreeSet<String>> {
    if is_country(area) {
        return Some(BTreeSet::from([iso_country(area).to_owned()]));
    }
    let known = edition.areas.get(area).filter(|_| area != EVERY_COUNTRY)?;
    let members = known.members.iter().filter(|member| is_in_force(member.from, member.to, day));
    let members: BTreeSet<_> = members.map(|member| iso_country(&member.country).to_owned()).collect();
    (!members.is_empty()).then_some(members)
}

/// The countries that a measure leaves out on a day, by ISO 3166-1 code, in order. A group whose members the edition
/// does not have is left out under its own code.
#[must_use]
pub fn left_out(edition: &Edition, measure: &Measure, day: Date) -> BTreeSet<String> {
    let of =
        |area: &Text| countries(edition, area, day).unwrap_or_else(|| BTreeSet::from([area.to_string()]));
    measure.excluded.iter().flat_map(of).collect()
}

/// The ISO 3166-1 code of a country's code in TARIC.
fn iso_country(code: &str) -> &str {
    TARIC_COUNTRIES.iter().find(|(taric, _)| *taric == code).map_or(code, |(_, iso)| iso)
}

fn is_country(area: &str) -> bool {
    area.len() == 2 && area.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The third-country duties on goods of an origin, among the [`applicable`] measures: one, or one for each additional
/// code.
///
/// The duty of the Common Customs Tariff applies unless another measure does (Regulation (EU) 952/2013, Article
/// 56(2)). A third-country duty for the origin itself, such as a sanction, takes the place of that for every country;
/// if it is limited to some additional codes, the other goods keep the general one.
#[must_use]
pub fn third_country_duties<'a>(
    edition: &Edition,
    measures: &[&'a Measure],
    origin: Option<Country>,
    day: Date,
) -> Vec<&'a Measure> {
    let all = measures.iter().copied().filter(|one| role(one) == Some(MeasureRole::ThirdCountryDuty));
    let (general, of_origin): (Vec<_>, Vec<_>) = all.partition(|one| &*one.area == EVERY_COUNTRY);
    let is_for = |one: &&Measure| origin.is_none_or(|origin| covers(edition, one, origin, day) == Some(true));
    let own: Vec<_> = of_origin.into_iter().filter(|one| origin.is_some() && is_for(one)).collect();
    let has_all_goods = own.iter().any(|one| one.additional_code.is_none());
    let general = general.into_iter().filter(|one| !has_all_goods && is_for(one));
    own.iter().copied().chain(general).collect()
}

/// The duties of one trade-defence case on goods of one origin: that on all other manufacturers and those on named
/// ones.
pub type TradeDefence<'a> = Vec<&'a Measure>;

/// The anti-dumping and countervailing duties on goods of an origin by case, among the [`applicable`] measures; for
/// every origin, if none is given, by area too. The duties of different cases are added up.
///
/// A case is a regulation. It has a duty on all goods, or on those of all other manufacturers: the additional code
/// that ends in `999` (TARIC user guide, "Additional codes"). A later regulation that only adds a manufacturer to a
/// case has none, so it joins the first case of the same type and area.
#[must_use]
pub fn trade_defence<'a>(
    edition: &Edition,
    measures: &[&'a Measure],
    origin: Option<Country>,
    day: Date,
) -> Vec<TradeDefence<'a>> {
    let is_defence = |one: &&Measure| {
        matches!(role(one), Some(MeasureRole::AntiDumping | MeasureRole::Countervailing))
            && origin.is_none_or(|origin| covers(edition, one, origin, day) == Some(true))
    };
    let all: Vec<_> = measures.iter().copied().filter(is_defence).collect();
    let (residual, named): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| is_residual(one));
    let mut cases: Vec<TradeDefence<'a>> = Vec::new();
    for measure in residual.into_iter().chain(named) {
        let is_one_case = |case: &&mut TradeDefence<'_>| {
            case.first().is_some_and(|first| {
                role(first) == role(measure) && (origin.is_some() || first.area == measure.area)
            })
        };
        let same = cases.iter().position(|case| {
            case.first().is_some_and(|first| {
                role(first) == role(measure)
                    && first.regulation == measure.regulation
                    && (origin.is_some() || first.area == measure.area)
            })
        });
        let case = match same {
            Some(at) => cases.get_mut(at),
            None if is_residual(measure) => None,
            None => cases.iter_mut().find(is_one_case),
        };
        match case {
            Some(case) => case.push(measure),
            None => cases.push(vec![measure]),
        }
    }
    cases
}

/// Whether a duty is on the goods of every manufacturer that no other additional code names.
#[must_use]
pub fn is_residual(measure: &Measure) -> bool {
    measure.additional_code.as_ref().is_none_or(|code| code.ends_with("999"))
}

/// Whether the edition has everything that tells which preferences goods of an origin have.
#[must_use]
pub fn knows_preferences(edition: &Edition) -> bool {
    edition.publication == Publication::Taric
        && [Table::Measures, Table::Exclusions, Table::Memberships]
            .iter()
            .all(|table| edition.tables.contains(table))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{Area, Membership};

    const DAY: Date = Date::constant(2026, 11, 30);

    /// An edition with measures written as `code type area additional-code duty regulation`, a dash for nothing.
    fn edition(rows: &[&str]) -> Edition {
        let mut measures: Vec<_> = rows.iter().map(|row| measure(row)).collect();
        measures.sort_by_key(|measure| measure.code);
        let member = |country: &str, to: Option<Date>| Membership { country: country.into(), from: None, to };
        let gsp = vec![member("BD", None), member("VN", Some(Date::constant(2022, 12, 31)))];
        let western_balkans = vec![member("XS", None), member("AL", None)];
        let group = |members| Area { names: BTreeMap::new(), members };
        Edition {
            publication: Publication::Taric,
            day: Date::constant(2026, 11, 1),
            tables: [Table::Measures, Table::Memberships, Table::Exclusions].into(),
            lines: Vec::new(),
            measures,
            areas: [("2020".to_owned(), group(gsp)), ("2200".to_owned(), group(western_balkans))].into(),
            additional_codes: BTreeMap::new(),
            footnotes: BTreeMap::new(),
            documents: BTreeMap::new(),
            measure_types: BTreeMap::new(),
        }
    }

    fn measure(row: &str) -> Measure {
        let mut cells = row.split(' ').map(|cell| Some(cell).filter(|cell| *cell != "-"));
        let mut cell = || cells.next().flatten();
        Measure {
            code: cell().expect("a code").parse().expect("a code"),
            measure_type: cell().expect("a type").into(),
            area: cell().expect("an area").into(),
            additional_code: cell().map(Text::from),
            duty: cell().map(|duty| format!("{duty} %").into()),
            regulation: cell().map(Text::from),
            order_number: None,
            excluded: Vec::new(),
            from: None,
            to: None,
            conditions: Vec::new(),
            footnotes: Vec::new(),
        }
    }

    fn duties(measures: &[&Measure]) -> String {
        measures.iter().filter_map(|one| one.duty.as_deref()).collect::<Vec<_>>().join(", ")
    }

    fn on<'a>(edition: &'a Edition, code: &str) -> Vec<&'a Measure> {
        applicable(edition, code.parse().expect("a code"), DAY)
    }

    fn country(code: &str) -> Country {
        code.parse().expect(code)
    }

    #[test]
    fn a_code_inherits_and_the_most_specific_measure_of_a_kind_counts() {
        let edition = edition(&[
            "85 103 1011 - 9 -",
            "8518 103 1011 - 4 -",
            "851830 103 1011 - 2 -",
            "8518300099 103 1011 - 0 -",
            "8518 142 2020 - 1 -",
            "8519 103 1011 - 7 -",
        ]);
        let check = |code, expected| assert_eq!(duties(&on(&edition, code)), expected, "{code}");
        check("8518300099", "0 %, 1 %");
        check("8518300010", "2 %, 1 %");
        check("8518", "4 %, 1 %");
        check("8517620000", "9 %");
        check("9503", "");
    }

    #[test]
    fn of_prohibitions_each_legal_base_counts() {
        let edition = edition(&["8518 465 1011 - - A", "851830 465 1011 - - B", "8518 724 1011 - - A"]);
        assert_eq!(on(&edition, "851830").len(), 3);
    }

    #[test]
    fn a_measure_applies_from_its_first_to_its_last_day() {
        let mut edition = edition(&["8518 103 1011 - 4 -"]);
        let day = |text: &str| text.parse::<Date>().expect(text);
        edition.measures[0].from = Some(day("2026-11-30"));
        edition.measures[0].to = Some(day("2026-12-31"));
        let is_found = |text| !applicable(&edition, "8518".parse().expect("a code"), day(text)).is_empty();
        assert!(is_found("2026-11-30") && is_found("2026-12-31"));
        assert!(!is_found("2026-11-29") && !is_found("2027-01-01"));
    }

    #[test]
    fn a_group_has_its_members_of_the_day_and_a_measure_leaves_some_out() {
        let mut edition = edition(&["8518 142 2020 - 1 -", "8518 142 2200 - 2 -", "8518 142 1011 - 3 -"]);
        let check = |edition: &Edition, at: usize, origin, expected| {
            assert_eq!(
                covers(edition, &edition.measures[at], country(origin), DAY),
                expected,
                "{origin} {at}"
            );
        };
        check(&edition, 0, "BD", Some(true));
        check(&edition, 0, "VN", Some(false));
        check(&edition, 0, "CN", Some(false));
        check(&edition, 1, "RS", Some(true));
        check(&edition, 2, "CN", Some(true));
        edition.measures[0].excluded = vec!["BD".into()];
        edition.measures[1].excluded = vec!["2020".into()];
        edition.measures[2].excluded = vec!["2020".into()];
        check(&edition, 0, "BD", Some(false));
        check(&edition, 1, "RS", Some(true));
        check(&edition, 2, "BD", Some(false));
        check(&edition, 2, "VN", Some(true));
        assert_eq!(left_out(&edition, &edition.measures[2], DAY), BTreeSet::from(["BD".to_owned()]));
        // Without the members nothing is said of a group.
        edition.tables.remove(&Table::Memberships);
        edition.areas.clear();
        check(&edition, 0, "CN", None);
        check(&edition, 2, "CN", None);
        assert!(!knows_preferences(&edition));
    }

    #[test]
    fn a_duty_on_an_origin_takes_the_place_of_the_general_one() {
        let edition = edition(&["8518 103 1011 - 4 -", "85 103 RU - 35 -", "8518 103 BY C100 50 -"]);
        let measures = on(&edition, "8518");
        let check = |origin: Option<&str>, expected: &str| {
            let found = third_country_duties(&edition, &measures, origin.map(country), DAY);
            assert_eq!(duties(&found), expected, "{origin:?}");
        };
        check(None, "4 %");
        check(Some("CN"), "4 %");
        check(Some("RU"), "35 %");
        // The goods of other additional codes keep the general duty.
        check(Some("BY"), "50 %, 4 %");
    }

    #[test]
    fn trade_defence_is_by_case() {
        let edition = edition(&[
            "8712 552 CN C999 48.5 R1/19",
            "8712 552 CN A001 19.2 R1/19",
            "8712 552 CN A002 0 R7/20",
            "8712 554 CN C999 17 R2/19",
            "8712 552 TN - 30 R3/19",
        ]);
        let measures = on(&edition, "8712");
        let check = |origin: Option<&str>, expected: &[&str]| {
            let cases = trade_defence(&edition, &measures, origin.map(country), DAY);
            assert_eq!(cases.iter().map(|case| duties(case)).collect::<Vec<_>>(), expected, "{origin:?}");
        };
        check(Some("CN"), &["48.5 %, 19.2 %, 0 %", "17 %"]);
        check(Some("TN"), &["30 %"]);
        check(Some("TW"), &[]);
        check(None, &["48.5 %, 19.2 %, 0 %", "17 %", "30 %"]);
    }
}
