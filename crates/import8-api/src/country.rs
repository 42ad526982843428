//! Countries of origin and destination, by their ISO 3166-1 codes.

use std::fmt;
use std::str::FromStr;

use crate::wire::serde_as_str;

/// The ISO 3166-1 alpha-2 codes of all countries, in order, and XK: ISO assigns none to Kosovo, and the European Union
/// declares its goods under this one. Names come from the reader's own system (`Intl.DisplayNames`).
pub const COUNTRIES: &str = "\
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN \
BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ \
DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL \
GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM \
JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME \
MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP \
NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD \
SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO \
TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

/// A country by its code of two letters, in capitals; see [`COUNTRIES`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(&'static str);

impl Country {
    /// The Netherlands: the default destination.
    pub const NL: Self = Self("NL");

    /// Every country, in the order of the codes.
    pub fn all() -> impl Iterator<Item = Self> {
        COUNTRIES.split(' ').map(Self)
    }

    /// The code: `"NL"`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Country({})", self.0)
    }
}

/// The error for a text that is not the code of a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountryError;

impl fmt::Display for CountryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a country is a two-letter ISO 3166 code such as NL or CN")
    }
}

impl std::error::Error for CountryError {}

impl FromStr for Country {
    type Err = CountryError;

    /// Reads the code in either case.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::all().find(|country| country.0.eq_ignore_ascii_case(text)).ok_or(CountryError)
    }
}

serde_as_str!(Country);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_iso_3166_with_kosovo() {
        let mut kept: Vec<_> = isocountry::CountryCode::iter().map(|c| c.alpha2()).chain(["XK"]).collect();
        kept.sort_unstable();
        assert_eq!(Country::all().map(Country::as_str).collect::<Vec<_>>(), kept);
    }

    #[test]
    fn reads_either_case_and_refuses_the_rest() {
        assert_eq!("nl".parse(), Ok(Country::NL));
        for text in ["", "N", "NLD", "XX", "N L", "nl ", "🇳🇱"] {
            assert_eq!(text.parse::<Country>(), Err(CountryError), "{text:?}");
        }
    }
}
