//! The tariff and its look-ups by code: declarable codes, descriptions, duties, preferences and notices.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use import8_api::{CodeChoice, Country, DutyExpression, HsCode};
use import8_tariff::Edition;
use rust_decimal::Decimal;

use super::facts::{AntiDumping, Fact, Notice, Preference};
use crate::language::{Language, Localized};
use crate::nomenclature::Nomenclature;

/// The reason why a code cannot be declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotDeclarable {
    /// The Harmonized System has no such heading. The tariff has all of its headings.
    NoHeading,
    /// The tariff does not contain it, but it may exist. Contains the nearest code of the tariff.
    Unknown(Option<CodeChoice>),
    /// It is divided. Contains the declarable codes below it.
    Above(Vec<CodeChoice>),
    /// TARIC divides it into codes that this tariff does not contain.
    Divided,
}

/// The tariff of the European Union.
#[derive(Debug, Clone)]
pub struct Tariff {
    pub(super) nomenclature: Arc<Nomenclature>,
    /// The label of each CN code that shares its subheading with others.
    pub(super) labels: BTreeMap<String, Localized<String>>,
    /// The endings of the TARIC codes under each CN code that TARIC divides; empty if they are unknown. Any other CN
    /// code is declared with `00` appended.
    pub(super) divisions: BTreeMap<String, Vec<String>>,
    /// The duties by code of two to eight digits. `None` means that the duty is unknown, even if a shorter code has
    /// one.
    pub(super) duties: BTreeMap<String, Option<Fact<DutyExpression>>>,
    pub(super) preferences: Vec<Preference>,
    /// The countries whose goods are known to have no preference.
    pub(super) no_preferences: BTreeMap<Country, Fact<()>>,
    pub(super) anti_dumping: Vec<AntiDumping>,
    pub(super) vat: BTreeMap<Country, Fact<Decimal>>,
    pub(super) notices: Vec<Notice>,
    /// The imported edition in force, which is answered from before the seed.
    pub(super) edition: Option<Arc<Edition>>,
}

impl Tariff {
    /// The same seed with another imported edition in force, or with none.
    #[must_use]
    pub fn with_edition(&self, edition: Option<Arc<Edition>>) -> Self {
        Self { edition, ..self.clone() }
    }

    /// The imported edition in force.
    #[must_use]
    pub fn edition(&self) -> Option<&Edition> {
        self.edition.as_deref()
    }

    /// The nomenclature down to six digits.
    #[must_use]
    pub fn nomenclature(&self) -> &Nomenclature {
        &self.nomenclature
    }

    /// Checks that goods can be declared under a code. Any ten digits under a known CN code are accepted, even if the
    /// tariff does not contain the last two, because the rates are those of the CN code.
    ///
    /// # Errors
    /// The reason why they cannot, with codes under which they can.
    pub fn check_declarable(&self, code: HsCode, language: Language) -> Result<(), NotDeclarable> {
        if !self.has(code) {
            return Err(if self.may_exist(code) {
                NotDeclarable::Unknown(self.nearest(code, language))
            } else {
                NotDeclarable::NoHeading
            });
        }
        if code.digit_count() == 10 {
            return Ok(());
        }
        let below = self.declarable_under(code, language);
        Err(if below.is_empty() { NotDeclarable::Divided } else { NotDeclarable::Above(below) })
    }

    /// Whether a code may exist. The tariff has all headings of the Harmonized System, but not all codes below them,
    /// and nothing of chapters 98 and 99, which the European Union reserves for itself.
    #[must_use]
    pub fn may_exist(&self, code: HsCode) -> bool {
        let heading = code.heading();
        heading.bare() >= "98" || self.nomenclature.get(heading.bare()).is_some()
    }

    /// Whether the tariff contains all digits of a code.
    #[must_use]
    pub fn knows(&self, code: HsCode) -> bool {
        self.has(code) && (code.digit_count() < 10 || !self.has_unknown_end(code))
    }

    /// The nearest known code to an unknown one, under the same heading: the one with the most leading digits in
    /// common, and among equals the next by number. It is a CN code if the last two digits are unknown.
    fn nearest(&self, code: HsCode, language: Language) -> Option<CodeChoice> {
        let asked = format!("{:0<8.8}", code.bare());
        let in_common =
            |cn: &str| cn.bytes().zip(asked.bytes()).take_while(|(one, other)| one == other).count();
        let number = |digits: &str| digits.parse::<u32>().unwrap_or_default();
        let distance = |cn: &str| number(cn).abs_diff(number(&asked));
        let known = self.cn_codes_under(code.bare().get(..4)?);
        let cn = known.min_by_key(|cn| (Reverse(in_common(cn)), distance(cn)))?;
        let nearest = self.taric_codes(cn).into_iter().next().unwrap_or_else(|| cn.to_owned());
        Some(CodeChoice { code: nearest.parse().ok()?, description: self.description(cn, language) })
    }

    /// The declarable codes under a code, or the code itself if it is one, in order.
    #[must_use]
    pub fn declarable_under(&self, code: HsCode, language: Language) -> Vec<CodeChoice> {
        let cn_codes = self.cn_codes_under(code.bare());
        let declarable = cn_codes.flat_map(|cn| self.taric_codes(cn));
        declarable
            .filter(|taric| taric.starts_with(code.bare()))
            .filter_map(|taric| Some((taric.parse().ok()?, self.description(&taric, language))))
            .map(|(code, description)| CodeChoice { code, description })
            .collect()
    }

    /// The CN codes under a code of up to six digits; the CN code of a longer one. In order.
    pub fn cn_codes(&self, code: HsCode) -> impl Iterator<Item = HsCode> {
        self.cn_codes_under(code.bare()).filter_map(|cn| cn.parse().ok())
    }

    /// The TARIC codes of a CN code: the one ending in `00`, unless TARIC divides it.
    #[must_use]
    pub fn taric_codes(&self, cn: &str) -> Vec<String> {
        match self.divisions.get(cn) {
            None => vec![format!("{cn}00")],
            Some(endings) => endings.iter().map(|ending| format!("{cn}{ending}")).collect(),
        }
    }

    /// Whether the last two digits of a code could not be checked: a ten-digit code that is not among the known ones,
    /// or a CN code whose endings are unknown.
    fn has_unknown_end(&self, code: HsCode) -> bool {
        let bare = code.bare();
        let known = bare.get(..8).map(|cn| self.taric_codes(cn)).unwrap_or_default();
        match bare.len() {
            10 => !known.iter().any(|taric| taric == bare),
            8 => known.is_empty(),
            _ => false,
        }
    }

    /// Whether the tariff's tree contains a code. It contains ten digits if their ending is among the known ones of
    /// the CN code, or if none of these is known.
    #[must_use]
    pub fn lists(&self, code: HsCode) -> bool {
        let known = code.bare().get(..8).map(|cn| self.taric_codes(cn)).unwrap_or_default();
        let is_known = || known.iter().any(|taric| taric == code.bare());
        self.has(code) && (code.digit_count() < 10 || known.is_empty() || is_known())
    }

    /// The goods that a code of four to ten digits covers, as a text that is complete on its own; `None` for an
    /// unknown code.
    #[must_use]
    pub fn description(&self, code: &str, language: Language) -> Option<String> {
        let row = self.nomenclature.get(code.get(..6).unwrap_or(code))?.label(language);
        Some(
            self.labels
                .get(code.get(..8).unwrap_or(code))
                .map_or_else(|| row.to_owned(), |label| format!("{row} – {}", label.get(language))),
        )
    }

    /// The label that distinguishes a code of eight or ten digits from its siblings; without siblings, its
    /// [`description`](Self::description).
    #[must_use]
    pub fn label(&self, code: &str, language: Language) -> Option<String> {
        let label = code.get(..8).and_then(|cn| self.labels.get(cn));
        label.map_or_else(|| self.description(code, language), |label| Some(label.get(language).clone()))
    }

    /// The MFN (third-country) duty of goods under a code: that of the most specific row. `None` if it is unknown.
    #[must_use]
    pub fn mfn_duty(&self, code: HsCode) -> Option<&Fact<DutyExpression>> {
        let prefixes = [8, 6, 4, 2].into_iter().filter_map(|digits| code.bare().get(..digits));
        prefixes.filter_map(|prefix| self.duties.get(prefix)).next()?.as_ref()
    }

    /// The preferences for goods under a code, of `origin` if one is given.
    pub fn preferences(&self, code: HsCode, origin: Option<Country>) -> impl Iterator<Item = &Preference> {
        self.preferences.iter().filter(move |preference| {
            preference.codes.contains(code.bare())
                && !preference.except.contains(code.bare())
                && origin.is_none_or(|origin| preference.countries.contains(&origin))
        })
    }

    /// Whether goods of a country are known to have no preference. For all other countries, the listed preferences
    /// are incomplete.
    #[must_use]
    pub fn has_no_preferences(&self, origin: Country) -> bool {
        self.no_preferences.contains_key(&origin)
    }

    /// The anti-dumping duties on goods under a code, of `origin` if one is given.
    pub fn anti_dumping(&self, code: HsCode, origin: Option<Country>) -> impl Iterator<Item = &AntiDumping> {
        self.anti_dumping.iter().filter(move |measure| {
            measure.codes.contains(code.bare()) && origin.is_none_or(|origin| measure.country == origin)
        })
    }

    /// The standard rate of import VAT in a member state, in percent; `None` for other countries.
    #[must_use]
    pub fn vat(&self, destination: Country) -> Option<&Fact<Decimal>> {
        self.vat.get(&destination)
    }

    /// Whether the tariff contains a code of four to eight digits, or the first eight of a ten-digit code.
    #[must_use]
    pub fn has(&self, code: HsCode) -> bool {
        let bare = code.bare();
        match bare.len() {
            4 | 6 => self.nomenclature.get(bare).is_some(),
            _ => self.cn_codes_under(bare).next().is_some(),
        }
    }

    /// The notices on a code, for goods of `origin` and of a customs value in euros, if these are given.
    pub(super) fn notices(
        &self,
        code: HsCode,
        origin: Option<Country>,
        value: Option<Decimal>,
        language: Language,
    ) -> Vec<String> {
        let applies = |notice: &&Notice| {
            notice.codes.contains(code.bare())
                && (notice.countries.is_empty()
                    || origin.is_some_and(|origin| notice.countries.contains(&origin)))
                && notice.up_to.is_none_or(|up_to| value.is_some_and(|value| value <= up_to))
        };
        let unchecked = self.has_unknown_end(code).then(|| unchecked(code, language));
        self.notices
            .iter()
            .filter(applies)
            .map(|notice| notice.text.get(language).clone())
            .chain(unchecked)
            .collect()
    }

    /// The CN codes that begin with `code`, and those that `code` begins with, in order.
    pub(super) fn cn_codes_under<'a>(&'a self, code: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let shared = code.get(..8).unwrap_or(code).to_owned();
        let subheading = code.get(..6).unwrap_or(code);
        let subheadings = self.nomenclature.under(subheading);
        subheadings.flat_map(|row| row.cn()).map(String::as_str).filter(move |cn| cn.starts_with(&shared))
    }
}

/// The notice that the last two digits of a code could not be checked.
fn unchecked(code: HsCode, language: Language) -> String {
    match (language, code.digit_count()) {
        (Language::En, 10) => "The last two digits of the code could not be checked here: the rates are those of its first eight.",
        (Language::En, _) => {
            "The code has ten-digit codes below it that are not known here. Look up the last two digits before you declare."
        }
        (Language::Nl, 10) => {
            "De laatste twee cijfers van de code konden hier niet worden nagegaan: de rechten zijn die van de eerste acht."
        }
        (Language::Nl, _) => {
            "Onder de code vallen tiencijferige codes die hier niet bekend zijn. Zoek de laatste twee cijfers op voordat u aangifte doet."
        }
    }
    .to_owned()
}
