//! What importing into the European Union costs: declarable codes, duties, preferences, anti-dumping
//! and VAT, as far as the hand-made seed knows them. Every fact has its source and its date; what is
//! not known is said to be unknown, never guessed.

mod answer;
mod seed;

use std::collections::BTreeMap;
use std::sync::Arc;

use import8_api::{CodeChoice, Country, DutyExpression, HsCode};
use rust_decimal::Decimal;

use crate::nomenclature::{Bilingual, Language, Nomenclature};
use crate::seed::{SEED, SeedError};

pub use answer::{Import, Refusal};

/// A fact, where it is written and since when, or until when, it is known to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact<T> {
    /// The fact.
    pub value: T,
    /// Where it is written.
    pub source: String,
    /// The day it is known for (ISO 8601).
    pub date: String,
}

/// A lower duty that goods of some countries may have.
#[derive(Debug, Clone)]
pub struct Preference {
    /// The arrangement: `UK TCA`.
    pub scheme: String,
    /// Whose goods.
    pub countries: Vec<Country>,
    /// The duty.
    pub duty: Fact<DutyExpression>,
    /// What has to be shown to have it.
    pub proof: Bilingual<String>,
    codes: Codes,
    except: Codes,
}

/// A duty against dumping or subsidies.
#[derive(Debug, Clone)]
pub struct AntiDumping {
    /// Whose goods.
    pub country: Country,
    /// The residual duty: what a manufacturer pays who has none of his own, the highest.
    pub duty: Fact<DutyExpression>,
    /// The lowest duty of a manufacturer named in the regulation.
    pub least: Option<DutyExpression>,
    /// What it is on.
    pub description: Bilingual<String>,
    codes: Codes,
}

/// What a reader of rates has to know that no rate says.
#[derive(Debug, Clone)]
struct Notice {
    codes: Codes,
    /// Whose goods; anybody's when there are none.
    countries: Vec<Country>,
    /// The customs value in euros up to which it holds.
    up_to: Option<Decimal>,
    text: Bilingual<String>,
}

/// A set of codes: prefixes, and ranges of chapters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Codes {
    prefixes: Vec<String>,
    chapters: Vec<(String, String)>,
}

impl Codes {
    fn contain(&self, code: &str) -> bool {
        let chapter = code.get(..2).unwrap_or_default();
        self.prefixes.iter().any(|prefix| code.starts_with(prefix.as_str()))
            || self.chapters.iter().any(|(first, last)| first.as_str() <= chapter && chapter <= last.as_str())
    }
}

/// Why a code cannot be declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotDeclarable {
    /// There is no such code.
    Unknown,
    /// It has others below it, of which one has to be declared.
    Above(Vec<CodeChoice>),
    /// TARIC divides it into codes that this tariff does not have.
    Divided,
}

/// The tariff of the European Union.
#[derive(Debug, Clone)]
pub struct Tariff {
    nomenclature: Arc<Nomenclature>,
    /// What sets a CN code apart within its subheading, where there are several.
    labels: BTreeMap<String, Bilingual<String>>,
    /// The endings of the TARIC codes under a CN code that TARIC divides; none where they are not
    /// known. A CN code that is not here is declared with `00` after it.
    divisions: BTreeMap<String, Vec<String>>,
    /// By code of two to eight digits. `None` says that the duty is not known, whatever is said
    /// above it.
    duties: BTreeMap<String, Option<Fact<DutyExpression>>>,
    preferences: Vec<Preference>,
    anti_dumping: Vec<AntiDumping>,
    vat: BTreeMap<Country, Fact<Decimal>>,
    notices: Vec<Notice>,
}

impl Tariff {
    /// The tariff that is embedded in the program.
    ///
    /// # Errors
    /// The first fault found in the seed, with its file and line.
    pub fn embedded(nomenclature: Arc<Nomenclature>) -> Result<Self, SeedError> {
        seed::read(&SEED, nomenclature)
    }

    /// The nomenclature down to six digits.
    #[must_use]
    pub fn nomenclature(&self) -> &Nomenclature {
        &self.nomenclature
    }

    /// Whether goods can be declared under a code. Of a CN code that TARIC divides into codes that are
    /// not known here, any ten digits are taken: the rates are those of the CN code.
    ///
    /// # Errors
    /// Why not, with the codes that they can be declared under.
    pub fn check_declarable(&self, code: HsCode, language: Language) -> Result<(), NotDeclarable> {
        let below = self.declarable_under(code, language);
        match below.as_slice() {
            [choice] if choice.code == code => Ok(()),
            [_, ..] => Err(NotDeclarable::Above(below)),
            [] if !self.has(code) => Err(NotDeclarable::Unknown),
            [] if code.digit_count() == 10 => Ok(()),
            [] => Err(NotDeclarable::Divided),
        }
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

    /// The CN codes under a code, or the CN code that it is or is under, in order.
    pub fn cn_codes(&self, code: HsCode) -> impl Iterator<Item = HsCode> {
        self.cn_codes_under(code.bare()).filter_map(|cn| cn.parse().ok())
    }

    /// The TARIC codes of a CN code: with `00`, unless TARIC divides it.
    #[must_use]
    pub fn taric_codes(&self, cn: &str) -> Vec<String> {
        match self.divisions.get(cn) {
            None => vec![format!("{cn}00")],
            Some(endings) => endings.iter().map(|ending| format!("{cn}{ending}")).collect(),
        }
    }

    /// Whether TARIC divides a CN code into codes that are not known here.
    fn has_unknown_parts(&self, cn: &str) -> bool {
        self.divisions.get(cn).is_some_and(Vec::is_empty)
    }

    /// What a code of four to ten digits covers, to be read on its own; none for a code that there is
    /// not.
    #[must_use]
    pub fn description(&self, code: &str, language: Language) -> Option<String> {
        let row = self.nomenclature.get(code.get(..6).unwrap_or(code))?.label(language);
        Some(
            self.labels
                .get(code.get(..8).unwrap_or(code))
                .map_or_else(|| row.to_owned(), |label| format!("{row} – {}", label.get(language))),
        )
    }

    /// What sets a code of eight or ten digits apart from those beside it, where there are several;
    /// else what it covers.
    #[must_use]
    pub fn label(&self, code: &str, language: Language) -> Option<String> {
        let label = code.get(..8).and_then(|cn| self.labels.get(cn));
        label.map_or_else(|| self.description(code, language), |label| Some(label.get(language).clone()))
    }

    /// The ordinary duty (third-country, "MFN") of goods under a code; none when it is not known. It
    /// is that of the most specific row.
    #[must_use]
    pub fn mfn_duty(&self, code: HsCode) -> Option<&Fact<DutyExpression>> {
        let prefixes = [8, 6, 4, 2].into_iter().filter_map(|digits| code.bare().get(..digits));
        prefixes.filter_map(|prefix| self.duties.get(prefix)).next()?.as_ref()
    }

    /// The preferences for goods under a code, of `origin` if one is given.
    pub fn preferences(&self, code: HsCode, origin: Option<Country>) -> impl Iterator<Item = &Preference> {
        self.preferences.iter().filter(move |preference| {
            preference.codes.contain(code.bare())
                && !preference.except.contain(code.bare())
                && origin.is_none_or(|origin| preference.countries.contains(&origin))
        })
    }

    /// The duties against dumping on goods under a code, of `origin` if one is given.
    pub fn anti_dumping(&self, code: HsCode, origin: Option<Country>) -> impl Iterator<Item = &AntiDumping> {
        self.anti_dumping.iter().filter(move |measure| {
            measure.codes.contain(code.bare()) && origin.is_none_or(|origin| measure.country == origin)
        })
    }

    /// The standard rate of import VAT in a member state, in percent; none elsewhere.
    #[must_use]
    pub fn vat(&self, destination: Country) -> Option<&Fact<Decimal>> {
        self.vat.get(&destination)
    }

    /// Whether there is such a code, of four to ten digits.
    #[must_use]
    pub fn has(&self, code: HsCode) -> bool {
        let bare = code.bare();
        match bare.len() {
            4 | 6 => self.nomenclature.get(bare).is_some(),
            8 => self.cn_codes_under(bare).next().is_some(),
            _ => self.cn_codes_under(bare).any(|cn| {
                self.has_unknown_parts(cn) || self.taric_codes(cn).iter().any(|taric| taric == bare)
            }),
        }
    }

    /// What a reader of the rates of a code has to know, for goods of `origin` and of a customs value
    /// in euros, as far as they are given.
    fn notices(
        &self,
        code: HsCode,
        origin: Option<Country>,
        value: Option<Decimal>,
        language: Language,
    ) -> Vec<String> {
        let applies = |notice: &&Notice| {
            notice.codes.contain(code.bare())
                && (notice.countries.is_empty()
                    || origin.is_some_and(|origin| notice.countries.contains(&origin)))
                && notice.up_to.is_none_or(|up_to| value.is_some_and(|value| value <= up_to))
        };
        let cn = code.bare().get(..8).unwrap_or_default();
        let divided = self.has_unknown_parts(cn).then(|| divided(code, language));
        self.notices
            .iter()
            .filter(applies)
            .map(|notice| notice.text.get(language).clone())
            .chain(divided)
            .collect()
    }

    /// The CN codes that begin with `code`, or that it begins with, in order.
    fn cn_codes_under<'a>(&'a self, code: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let shared = code.get(..8).unwrap_or(code).to_owned();
        let subheading = code.get(..6).unwrap_or(code);
        let subheadings = self.nomenclature.under(subheading);
        subheadings.flat_map(|row| row.cn()).map(String::as_str).filter(move |cn| cn.starts_with(&shared))
    }
}

/// That TARIC divides the CN code of `code` into what is not known here.
fn divided(code: HsCode, language: Language) -> String {
    match (language, code.digit_count()) {
        (Language::En, 10) => "The last two digits of the code could not be checked here.",
        (Language::En, _) => {
            "The code has ten-digit codes below it that are not known here. Look up the last two digits before you declare."
        }
        (Language::Nl, 10) => "De laatste twee cijfers van de code konden hier niet worden nagegaan.",
        (Language::Nl, _) => {
            "Onder de code vallen tiencijferige codes die hier niet bekend zijn. Zoek de laatste twee cijfers op voordat u aangifte doet."
        }
    }
    .to_owned()
}

#[cfg(test)]
mod tests;
