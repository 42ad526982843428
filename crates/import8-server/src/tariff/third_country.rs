//! The third-country duties of an edition as a small text, which is kept to tell how the duty on a code has changed.
//!
//! A whole edition takes seconds to decode and some 70 MB; this text takes milliseconds and less than 1 MB.

use std::fmt::Write as _;

use import8_api::{DutyRate, HsCode};
use import8_tariff::{Edition, GoodsCode, MeasureRole, Publication, is_in_force, measures_on, role};

use super::codes::A_CODE;
use super::in_force::applies;
use super::levied::{Goods, NotLevied, highest};
use super::lookup::Tariff;

/// The mark of a duty that is not known.
const UNKNOWN: &str = "?";

/// What an edition says of the third-country duty on a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ThirdCountryDuty {
    /// The edition does not have the code on its day.
    NoCode,
    /// The code has no such duty that is known.
    Unknown,
    /// The duty as the tariff writes it.
    Known(String),
}

/// The third-country duties of an edition on its day: a line for each code, `0101210000 0 %`, without a duty for a code
/// that inherits it. `None` for an edition without measures.
#[must_use]
pub fn third_country_text(edition: &Edition) -> Option<String> {
    if edition.measures.is_empty() {
        return None;
    }
    let mut text = String::new();
    let mut previous = None;
    let lines = edition.lines.iter().filter(|line| line.suffix == A_CODE && applies(line, edition.day));
    for code in lines.map(|line| line.code) {
        if previous.replace(code) == Some(code) {
            continue;
        }
        // Writing into a text does not fail.
        _ = writeln!(text, "{code} {}", own_duty(edition, code).unwrap_or_default());
    }
    Some(text)
}

/// The duty of a code that has measures of its own; `None` for one that inherits it.
fn own_duty(edition: &Edition, code: GoodsCode) -> Option<String> {
    measures_on(edition, code).iter().find(|one| {
        role(one) == Some(MeasureRole::ThirdCountryDuty) && is_in_force(one.from, one.to, edition.day)
    })?;
    let code = code.as_str().parse().ok()?;
    let duties = Goods::with_third_country_only(edition, code, edition.day).third_country();
    Some(match highest(&duties, None) {
        Ok(taken) => taken.duty.to_string(),
        Err(NotLevied::Needs { duty, .. }) => duty,
        Err(_) => UNKNOWN.to_owned(),
    })
}

/// Reads the duty on a code of ten digits from [`third_country_text`]. A table of the organisation's own does not say
/// which codes exist, so for one that it does not have nothing is answered.
#[must_use]
pub fn read_third_country(text: &str, code: HsCode, publication: Publication) -> Option<ThirdCountryDuty> {
    let code = GoodsCode::padded(code.bare()).ok()?;
    let of = |code: GoodsCode| text.lines().find_map(|line| line.strip_prefix(code.as_str()));
    let own = of(code);
    if own.is_none() && publication != Publication::Own {
        return Some(ThirdCountryDuty::NoCode);
    }
    let above = code.with_ancestors().skip(1).filter_map(of);
    let written = own.into_iter().chain(above).map(str::trim).find(|duty| !duty.is_empty());
    match written {
        None if publication == Publication::Own => None,
        None | Some(UNKNOWN) => Some(ThirdCountryDuty::Unknown),
        Some(duty) => Some(ThirdCountryDuty::Known(duty.to_owned())),
    }
}

/// A rate in the notation of the tariff.
pub(super) fn in_notation(duty: &DutyRate) -> Option<String> {
    duty.expression.as_ref().or(duty.rate.as_ref()).map(|rate| rate.as_str().to_owned())
}

impl Tariff {
    /// The third-country duty of the built-in tariff on a code, with its date; `None` if it does not know it.
    #[must_use]
    pub fn built_in_duty(&self, code: HsCode) -> Option<(String, String)> {
        let duty = self.mfn_duty(code)?;
        Some((duty.value.to_string(), duty.date.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::edition_tests::{code, edition};
    use super::*;

    #[test]
    fn the_duty_is_read_as_it_was_written() {
        let lines = [
            "0101000000 80 0 Horses and asses",
            "0101210000 10 1 Horses",
            "0101210000 80 2 Pure-bred",
            "0101290000 80 2 Other",
            "0101300000 80 1 Asses",
        ];
        let measures = [
            "0101 103 1011 - R2658/87 11.500 %",
            "010121 103 1011 - R2658/87 0.000 %",
            "010130 103 1011 - - -",
        ];
        let text = third_country_text(&edition(Publication::Taric, &lines, &measures)).expect("a text");
        assert_eq!(text, "0101000000 11.5 %\n0101210000 0 %\n0101290000 \n0101300000 ?\n");
        let known = |duty: &str| Some(ThirdCountryDuty::Known(duty.to_owned()));
        let read = |digits| read_third_country(&text, code(digits), Publication::Taric);
        assert_eq!(read("0101210000"), known("0 %"));
        assert_eq!(read("0101290000"), known("11.5 %"));
        assert_eq!(read("0101300000"), Some(ThirdCountryDuty::Unknown));
        assert_eq!(read("0101900000"), Some(ThirdCountryDuty::NoCode));
        let own = |digits| read_third_country(&text, code(digits), Publication::Own);
        assert_eq!((own("0101900000"), own("0201000000")), (known("11.5 %"), None));
        assert_eq!(third_country_text(&edition(Publication::CombinedNomenclature, &lines, &[])), None);
    }
}
