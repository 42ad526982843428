//! The measures that apply to the goods of a code on a day, and to an origin.

use std::collections::BTreeSet;

use import8_api::Country;
use jiff::civil::Date;

use crate::measure_types::{MeasureRole, measure_type};
use crate::{Edition, GoodsCode, Measure, Publication, Table, Text};

/// TARIC's code of the area that is every country.
pub const EVERY_COUNTRY: &str = "1011";

/// TARIC's code of the area that is every country outside the European Union.
const EVERY_THIRD_COUNTRY: &str = "1008";

/// The codes that TARIC and ISO 3166-1 have for one country (Implementing Regulation (EU) 2020/1470, Annex I): TARIC
/// keeps Serbia under XS.
const TARIC_COUNTRIES: [(&str, &str); 1] = [("XS", "RS")];

/// Whether a period contains a day. An absent bound is open.
#[must_use]
pub fn is_in_force(from: Option<Date>, to: Option<Date>, day: Date) -> bool {
    from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
}

/// The measures on the goods of a code on a day, those of the most specific code first.
///
/// A code inherits the measures of the codes above it, each padded with zeros (TARIC user guide, "Goods
/// nomenclature"). A measure at a more specific code replaces an inherited one of the same type, area, additional
/// code and order number. A prohibition or restriction replaces only one of the same legal base, because goods may be
/// under several.
#[must_use]
pub fn applicable(edition: &Edition, code: GoodsCode, day: Date) -> Vec<&Measure> {
    let mut found: Vec<&Measure> = Vec::new();
    for above in code.with_ancestors() {
        let more_specific = found.len();
        for measure in measures_on(edition, above) {
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
