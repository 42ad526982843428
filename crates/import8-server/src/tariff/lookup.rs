//! The tariff and its look-ups by code: declarable codes, descriptions, duties, preferences and notices.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use import8_api::{CodeChoice, Country, DutyExpression, HsCode};
use import8_tariff::{Edition, GoodsCode, Line, Publication, measures_on};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::facts::{AntiDumping, Fact, Notice, Preference};
use super::in_force::{InForce, OutOfForce, text};
use super::word_index::WordIndex;
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
    /// It has ended or has not begun. Contains the nearest code of the tariff.
    OutOfForce(OutOfForce, Option<CodeChoice>),
}

/// The tariff of the European Union: the built-in seed, and before it the imported edition in force.
#[derive(Debug, Clone)]
pub struct Tariff {
    pub(super) seed: Arc<Seed>,
    pub(super) in_force: Option<Arc<InForce>>,
}

/// The tariff that is built in.
#[derive(Debug)]
pub(super) struct Seed {
    pub(super) nomenclature: Arc<Nomenclature>,
    /// The words of its tree.
    pub(super) words: WordIndex,
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
}

impl Tariff {
    /// The same seed with another imported edition in force, or with none. It goes through the lines of the edition
    /// twice; the seed is shared.
    #[must_use]
    pub fn with_edition(&self, edition: Option<Arc<Edition>>) -> Self {
        let in_force = edition.map(|edition| Arc::new(InForce::new(edition)));
        Self { seed: Arc::clone(&self.seed), in_force }
    }

    /// The imported edition in force.
    #[must_use]
    pub fn edition(&self) -> Option<&Edition> {
        self.in_force.as_ref().map(|in_force| &*in_force.edition)
    }

    /// The edition in force, if it says which codes exist: any with lines but a table of the organisation's own.
    pub(super) fn lines(&self) -> Option<&InForce> {
        self.in_force.as_deref().filter(|in_force| {
            in_force.edition.publication != Publication::Own && !in_force.edition.lines.is_empty()
        })
    }

    /// The table of the organisation's own in force. What it says comes before what the seed says.
    fn own(&self) -> Option<&InForce> {
        self.in_force.as_deref().filter(|in_force| in_force.edition.publication == Publication::Own)
    }

    /// The edition in force, if it has measures: of the organisation's own table only those codes count that it has a
    /// measure on, or on a code above.
    pub(super) fn measured(&self, code: HsCode) -> Option<&Edition> {
        let edition = self.edition().filter(|edition| !edition.measures.is_empty())?;
        let has_measures = |code: GoodsCode| !measures_on(edition, code).is_empty();
        let is_in =
            || GoodsCode::padded(code.bare()).is_ok_and(|code| code.with_ancestors().any(has_measures));
        (edition.publication != Publication::Own || is_in()).then_some(edition)
    }

    /// The nomenclature down to six digits.
    #[must_use]
    pub fn nomenclature(&self) -> &Nomenclature {
        &self.seed.nomenclature
    }

    /// Checks that goods can be declared under a code on a day. An edition with ten digits knows them all. Otherwise
    /// any ten digits under a known CN code are accepted, even if the tariff does not contain the last two, because
    /// the rates are those of the CN code.
    ///
    /// # Errors
    /// The reason why they cannot, with codes under which they can.
    pub fn check_declarable(&self, code: HsCode, day: Date, language: Language) -> Result<(), NotDeclarable> {
        if !self.has(code) {
            return Err(if self.may_exist(code) {
                NotDeclarable::Unknown(self.nearest(code, day, language))
            } else {
                NotDeclarable::NoHeading
            });
        }
        if let Some(reason) = self.out_of_force(code, day) {
            return Err(NotDeclarable::OutOfForce(reason, self.nearest(code, day, language)));
        }
        let is_lowest = |lines: &InForce| !lines.leaves_under(code.bare(), day).is_empty();
        if code.digit_count() == 10 && self.all_digits().is_none_or(is_lowest) {
            return Ok(());
        }
        let below = self.declarable_under(code, day, language);
        Err(if below.is_empty() { NotDeclarable::Divided } else { NotDeclarable::Above(below) })
    }

    /// The reason why a code that the tariff has does not apply on a day. Of the seed's codes the days are not known.
    #[must_use]
    pub fn out_of_force(&self, code: HsCode, day: Date) -> Option<OutOfForce> {
        self.lines()?.out_of_force(code.bare(), day)
    }

    /// Whether a code may exist. The seed has all headings of the Harmonized System, but not all codes below them,
    /// and nothing of chapters 98 and 99, which the European Union reserves for itself.
    #[must_use]
    pub fn may_exist(&self, code: HsCode) -> bool {
        let heading = code.heading();
        heading.bare() >= "98"
            || self.seed.nomenclature.get(heading.bare()).is_some()
            || self.lines().is_some_and(|lines| lines.has(heading.bare()))
    }

    /// Whether the tariff contains all digits of a code.
    #[must_use]
    pub fn knows(&self, code: HsCode) -> bool {
        self.has(code) && (code.digit_count() < 10 || !self.has_unknown_end(code))
    }

    /// The nearest known code to an unknown one, under the same heading: the one with the most leading digits in
    /// common, and among equals the next by number. It is a CN code if the last two digits are unknown.
    fn nearest(&self, code: HsCode, day: Date, language: Language) -> Option<CodeChoice> {
        let asked = format!("{:0<8.8}", code.bare());
        let in_common =
            |cn: &str| cn.bytes().zip(asked.bytes()).take_while(|(one, other)| one == other).count();
        let number = |digits: &str| digits.parse::<u32>().unwrap_or_default();
        let distance = |cn: &str| number(cn).abs_diff(number(&asked));
        let known =
            self.cn_codes_under(code.bare().get(..4)?, day).into_iter().filter(|cn| cn != code.bare());
        let cn = known.min_by_key(|cn| (Reverse(in_common(cn)), distance(cn)))?;
        let nearest = self.taric_codes(&cn, day).into_iter().next().unwrap_or_else(|| cn.clone());
        Some(CodeChoice { code: nearest.parse().ok()?, description: self.description(&cn, language) })
    }

    /// The codes under a code that are declarable on a day, or the code itself if it is one, in order.
    #[must_use]
    pub fn declarable_under(&self, code: HsCode, day: Date, language: Language) -> Vec<CodeChoice> {
        let divided = self.all_digits().filter(|_| code.digit_count() == 10);
        let divided = divided.map(|lines| lines.leaves_below(code.bare(), day)).unwrap_or_default();
        let is_under = |taric: &str| taric.starts_with(code.bare()) || divided.contains(&taric);
        let cn_codes = self.cn_codes_under(code.bare(), day).into_iter();
        let declarable = cn_codes.flat_map(|cn| self.taric_codes(&cn, day));
        declarable
            .filter(|taric| is_under(taric))
            .filter_map(|taric| Some((taric.parse().ok()?, self.description(&taric, language))))
            .map(|(code, description)| CodeChoice { code, description })
            .collect()
    }

    /// The CN codes of a day under a code of up to six digits; the CN code of a longer one. In order.
    pub fn cn_codes(&self, code: HsCode, day: Date) -> impl Iterator<Item = HsCode> {
        self.cn_codes_under(code.bare(), day).into_iter().filter_map(|cn| cn.parse().ok())
    }

    /// The codes of a day under a code, or the code itself, by which duties differ: those of ten digits where the
    /// edition in force has them, otherwise CN codes, or the ten digits of a person.
    #[must_use]
    pub fn lowest_codes(&self, code: HsCode, day: Date) -> Vec<HsCode> {
        if code.digit_count() == 10 {
            return vec![code];
        }
        match self.all_digits() {
            Some(lines) => lines
                .leaves_under(code.bare(), day)
                .into_iter()
                .filter_map(|leaf| leaf.parse().ok())
                .collect(),
            None => self.cn_codes(code, day).collect(),
        }
    }

    /// The TARIC codes of a CN code on a day: the one ending in `00`, unless TARIC divides it.
    #[must_use]
    pub fn taric_codes(&self, cn: &str, day: Date) -> Vec<String> {
        match self.all_digits() {
            Some(lines) => lines.leaves_under(cn, day).into_iter().map(str::to_owned).collect(),
            None => self.undated_taric_codes(cn),
        }
    }

    /// The TARIC codes of a CN code that the seed and the organisation's own table have.
    fn undated_taric_codes(&self, cn: &str) -> Vec<String> {
        let own = self.own_codes(cn, 10);
        match self.seed.divisions.get(cn) {
            _ if !own.is_empty() => own,
            None => vec![format!("{cn}00")],
            Some(endings) => endings.iter().map(|ending| format!("{cn}{ending}")).collect(),
        }
    }

    /// Whether the last two digits of a code could not be checked: a ten-digit code that is not among the known ones,
    /// or a CN code whose endings are unknown.
    fn has_unknown_end(&self, code: HsCode) -> bool {
        let bare = code.bare();
        if self.all_digits().is_some() {
            return false;
        }
        let known = bare.get(..8).map(|cn| self.undated_taric_codes(cn)).unwrap_or_default();
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
        if let Some(lines) = self.all_digits() {
            return lines.has(code.bare());
        }
        let known = code.bare().get(..8).map(|cn| self.undated_taric_codes(cn)).unwrap_or_default();
        let is_known = || known.iter().any(|taric| taric == code.bare());
        self.has(code) && (code.digit_count() < 10 || known.is_empty() || is_known())
    }

    /// The edition in force, if it says which codes of ten digits exist.
    pub(super) fn all_digits(&self) -> Option<&InForce> {
        self.lines().filter(|lines| lines.digits == 10)
    }

    /// The goods that a code of four to ten digits covers, as a text that is complete on its own; `None` for an
    /// unknown code. It is the label of the subheading, and below it the texts of the edition in force, or labels.
    #[must_use]
    pub fn description(&self, code: &str, language: Language) -> Option<String> {
        let row = code.get(..6).unwrap_or(code);
        let official = || {
            let texts = self.official_texts(row, language);
            (!texts.is_empty()).then(|| texts.join(" – "))
        };
        let seed = self.seed.nomenclature.get(row);
        let row = seed.map(|seed| seed.label(language).to_owned()).or_else(official)?;
        let deeper = self.official_texts(code, language);
        let label = code.get(..8).and_then(|cn| self.seed.labels.get(cn)).map(|label| label.get(language));
        Some(match (deeper.as_slice(), label) {
            _ if code.len() <= 6 => row,
            ([], None) => row,
            ([], Some(label)) => format!("{row} – {label}"),
            (deeper, _) => format!("{row} – {}", deeper.join(" – ")),
        })
    }

    /// The official texts of a code in the edition in force: of a code of up to six digits from the heading down, of a
    /// longer one those below its first six digits.
    fn official_texts(&self, code: &str, language: Language) -> Vec<String> {
        let Some(lines) = self.lines().filter(|lines| lines.digits >= code.len().min(8)) else {
            return Vec::new();
        };
        let Ok(parsed) = code.parse::<HsCode>() else { return Vec::new() };
        let above = code.get(..if code.len() > 6 { 6 } else { 2 }).unwrap_or(code);
        let path = lines.path(parsed, lines.edition.day);
        let is_above =
            |line: &Line| GoodsCode::padded(above).is_ok_and(|above| line.code == above && line.suffix == 80);
        let from = path.iter().rposition(|line| is_above(line)).map_or(0, |at| at + 1);
        let texts = path.into_iter().skip(from).map(|line| text(&line.texts, language));
        texts.filter(|text| !text.is_empty()).collect()
    }

    /// The text that distinguishes a code of eight or ten digits from its siblings; without siblings, its
    /// [`description`](Self::description).
    #[must_use]
    pub fn label(&self, code: &str, language: Language) -> Option<String> {
        let official = self.official_texts(code, language).pop();
        let label =
            || code.get(..8).and_then(|cn| self.seed.labels.get(cn)).map(|label| label.get(language).clone());
        official.or_else(label).or_else(|| self.description(code, language))
    }

    /// The MFN (third-country) duty of goods under a code: that of the most specific row. `None` if it is unknown.
    #[must_use]
    pub fn mfn_duty(&self, code: HsCode) -> Option<&Fact<DutyExpression>> {
        let prefixes = [8, 6, 4, 2].into_iter().filter_map(|digits| code.bare().get(..digits));
        prefixes.filter_map(|prefix| self.seed.duties.get(prefix)).next()?.as_ref()
    }

    /// The preferences for goods under a code, of `origin` if one is given.
    pub fn preferences(&self, code: HsCode, origin: Option<Country>) -> impl Iterator<Item = &Preference> {
        self.seed.preferences.iter().filter(move |preference| {
            preference.codes.contains(code.bare())
                && !preference.except.contains(code.bare())
                && origin.is_none_or(|origin| preference.countries.contains(&origin))
        })
    }

    /// Whether goods of a country are known to have no preference. For all other countries, the listed preferences
    /// are incomplete.
    #[must_use]
    pub fn has_no_preferences(&self, origin: Country) -> bool {
        self.seed.no_preferences.contains_key(&origin)
    }

    /// The anti-dumping duties on goods under a code, of `origin` if one is given.
    pub fn anti_dumping(&self, code: HsCode, origin: Option<Country>) -> impl Iterator<Item = &AntiDumping> {
        self.seed.anti_dumping.iter().filter(move |measure| {
            measure.codes.contains(code.bare()) && origin.is_none_or(|origin| measure.country == origin)
        })
    }

    /// The standard rate of import VAT in a member state, in percent; `None` for other countries.
    #[must_use]
    pub fn vat(&self, destination: Country) -> Option<&Fact<Decimal>> {
        self.seed.vat.get(&destination)
    }

    /// Whether the tariff contains a code of four to eight digits, or the first eight of a ten-digit code, on any day.
    #[must_use]
    pub fn has(&self, code: HsCode) -> bool {
        let bare = code.bare();
        match (self.lines(), bare.len()) {
            (Some(lines), length) if length <= lines.digits || lines.digits >= 8 => lines.has(bare),
            (None, 4 | 6) => {
                let is_own = self.own().is_some_and(|own| own.lowest_lines_under(bare).next().is_some());
                is_own || self.seed.nomenclature.get(bare).is_some()
            }
            _ => !self.undated_cn_codes(bare).is_empty(),
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
        // The measures of an edition tell what the notices on the limits of the seed are about.
        let is_measured =
            self.measured(code).is_some_and(|edition| edition.publication == Publication::Taric);
        let applies = |notice: &&Notice| {
            (!is_measured || notice.up_to.is_some())
                && notice.codes.contains(code.bare())
                && (notice.countries.is_empty()
                    || origin.is_some_and(|origin| notice.countries.contains(&origin)))
                && notice.up_to.is_none_or(|up_to| value.is_some_and(|value| value <= up_to))
        };
        let unchecked = self.has_unknown_end(code).then(|| unchecked(code, language));
        self.seed
            .notices
            .iter()
            .filter(applies)
            .map(|notice| notice.text.get(language).clone())
            .chain(unchecked)
            .collect()
    }

    /// The CN codes of a day that begin with `code`, and those that `code` begins with, in order.
    pub(super) fn cn_codes_under(&self, code: &str, day: Date) -> Vec<String> {
        let Some(lines) = self.lines().filter(|lines| lines.digits >= 8) else {
            return self.undated_cn_codes(code);
        };
        let leaves = lines.leaves_under(code.get(..8).unwrap_or(code), day).into_iter();
        let mut cn: Vec<_> = leaves.filter_map(|leaf| leaf.get(..8)).map(str::to_owned).collect();
        cn.dedup();
        cn
    }

    /// The CN codes as [`cn_codes_under`](Self::cn_codes_under) that the seed and the organisation's own table have.
    fn undated_cn_codes(&self, code: &str) -> Vec<String> {
        let shared = code.get(..8).unwrap_or(code);
        let subheadings = self.seed.nomenclature.under(code.get(..6).unwrap_or(code));
        let seed = subheadings.flat_map(|row| row.cn()).filter(|cn| cn.starts_with(shared)).cloned();
        let own = self.own_codes(shared, 8);
        if own.is_empty() {
            return seed.collect();
        }
        seed.chain(own).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The codes of a number of digits under a code that the organisation's own table has, in order. A row that only
    /// zeros fill up to as many digits is none.
    fn own_codes(&self, code: &str, digits: usize) -> Vec<String> {
        let rows = self.own().into_iter().flat_map(|own| own.lowest_lines_under(code));
        let rows = rows.map(|line| line.code.as_str());
        let is_full = |row: &&str| {
            row.get(digits.saturating_sub(2)..).is_some_and(|rest| rest.bytes().any(|b| b != b'0'))
        };
        let mut codes: Vec<_> =
            rows.filter(is_full).filter_map(|row| row.get(..digits)).map(str::to_owned).collect();
        codes.dedup();
        codes
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
