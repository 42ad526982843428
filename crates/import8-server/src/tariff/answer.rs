//! The rates of a code as wire types, and the reasons why the tariff has no answer.

use std::fmt;

use import8_api::{
    AntiDumpingMeasure, CodeChoice, Consignment, Country, DutyExpression, DutyRate, DutyRates, ExchangeRate,
    HsCode, LandedCostError, Rate,
};
use import8_tariff::Publication;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::facts::{AntiDumping, Fact, Preference};
use super::in_force::OutOfForce;
use super::levied::{Goods, Priced};
use super::lookup::{NotDeclarable, Tariff};
use crate::language::{Language, Localized};

/// A query for a landed cost: the goods as they would be declared.
#[derive(Debug, Clone, Copy)]
pub struct ImportQuery<'a> {
    /// The code.
    pub code: HsCode,
    /// The country of origin.
    pub origin: Country,
    /// The member state in which the VAT is due.
    pub destination: Country,
    /// The scheme of the preference to apply. Without one, the MFN duty applies.
    pub preference: Option<&'a str>,
    /// The day of the import, by which measures are chosen.
    pub day: Date,
    /// The values and measures of the goods.
    pub consignment: &'a Consignment,
    /// The rate of exchange of the currency of the values, by which duties in euros are converted; `None` for the euro,
    /// and if it is not known.
    pub exchange_rate: Option<&'a ExchangeRate>,
}

impl<'a> ImportQuery<'a> {
    /// The goods by their amounts.
    pub(super) fn priced(&self) -> Priced<'a> {
        Priced { consignment: self.consignment, exchange_rate: self.exchange_rate }
    }
}

/// The reason why the tariff has no answer. Its text is in English, for the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TariffError {
    /// The Harmonized System has no such heading. Contains the code as requested.
    NoHeading(String),
    /// The tariff does not contain the code.
    Unknown {
        /// The code as requested.
        code: String,
        /// The nearest code that the tariff contains.
        nearest: Option<CodeChoice>,
    },
    /// The code is divided; goods are declared under a code below it.
    NotDeclarable {
        /// The code.
        code: String,
        /// The declarable codes below it.
        below: Vec<CodeChoice>,
    },
    /// TARIC divides the code into codes that this tariff does not contain.
    Divided(String),
    /// The code has ended or has not begun.
    OutOfForce {
        /// The code as requested.
        code: String,
        /// Its last or first day.
        reason: OutOfForce,
        /// The nearest code that the tariff contains.
        nearest: Option<CodeChoice>,
    },
    /// A duty cannot be computed. Contains the sentence that says what it needs.
    Needs(Localized<String>),
    /// The duty is unknown. Contains the code.
    NoDuty(String),
    /// The destination is not in the European Union.
    NotInTheUnion(Country),
    /// Goods of the origin have no such preference.
    NoPreference {
        /// The requested scheme.
        scheme: String,
        /// The schemes that apply to them.
        available: Vec<String>,
    },
    /// The amount of a duty cannot be computed.
    Incalculable(LandedCostError),
}

impl fmt::Display for TariffError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHeading(code) => {
                write!(f, "Code {code} not found: the Harmonized System has no such heading.")
            }
            Self::Unknown { code, nearest: None } => {
                write!(f, "Code {code} not found: it is not known to this server's tariff.")
            }
            Self::Unknown { code, nearest: Some(nearest) } => write!(
                f,
                "Code {code} not found: it is not known to this server's tariff. The nearest that is known is {}.",
                nearest.code.dotted()
            ),
            Self::NotDeclarable { code, .. } => {
                write!(f, "hs_code: goods cannot be declared under {code}. Choose one of the codes below it.")
            }
            Self::Divided(code) => write!(
                f,
                "hs_code: TARIC divides {code} into ten-digit codes that this server's tariff does not have."
            ),
            Self::OutOfForce { code, reason, nearest } => {
                match reason {
                    OutOfForce::Ended(day) => write!(f, "Code {code} not found: its last day was {day}.")?,
                    OutOfForce::Begins(day) => write!(f, "Code {code} not found: its first day is {day}.")?,
                }
                nearest.as_ref().map_or(Ok(()), |nearest| {
                    write!(f, " The nearest code of the tariff is {}.", nearest.code.dotted())
                })
            }
            Self::Needs(sentence) => f.write_str(&sentence.en),
            Self::NoDuty(code) => write!(f, "The duty on {code} is not known to this server's tariff."),
            Self::NotInTheUnion(country) => {
                write!(
                    f,
                    "destination_country: {country} is not a member state of the European Union, whose tariff this is."
                )
            }
            Self::NoPreference { scheme, available } if available.is_empty() => {
                write!(f, "preference: {scheme} is not known for these goods, nor is any other preference.")
            }
            Self::NoPreference { scheme, available } => {
                write!(
                    f,
                    "preference: {scheme} is not known for these goods; known are: {}.",
                    available.join(", ")
                )
            }
            Self::Incalculable(error) => write!(f, "The duty cannot be computed: {error}."),
        }
    }
}

impl Tariff {
    /// The rates of a declarable code on a day; if an origin is given, only the preferences and anti-dumping duties on
    /// its goods.
    ///
    /// # Errors
    /// The code is unknown or not declarable, or the destination is not a member state.
    pub fn duty_rates(
        &self,
        code: HsCode,
        origin: Option<Country>,
        destination: Country,
        day: Date,
        language: Language,
    ) -> Result<DutyRates, TariffError> {
        self.must_be_declarable(code, day, language)?;
        let vat = self.vat(destination).ok_or(TariffError::NotInTheUnion(destination))?;
        let Some(edition) = self.measured(code) else {
            return Ok(self.seed_rates(code, origin, vat, language));
        };
        let rates = self.edition_rates(code, &Goods::new(edition, code, origin, day), vat, language);
        Ok(if edition.publication == Publication::Own {
            completed(rates, self.seed_rates(code, origin, vat, language))
        } else {
            rates
        })
    }

    fn seed_rates(
        &self,
        code: HsCode,
        origin: Option<Country>,
        vat: &Fact<Decimal>,
        language: Language,
    ) -> DutyRates {
        DutyRates {
            hs_code: code,
            description: self.description(code.bare(), language),
            mfn_duty: self.mfn_duty(code).map(Fact::answer),
            preferential_duties: self.preferences(code, origin).map(|p| p.answer(language)).collect(),
            preferences_known: origin.map(|origin| self.has_no_preferences(origin)),
            anti_dumping: self.anti_dumping(code, origin).map(|measure| measure.answer(language)).collect(),
            vat_rate: Some(Rate::from_percent(vat.value)),
            vat_source: Some(vat.source.clone()),
            vat_date: Some(vat.date.clone()),
            notes: self
                .notices(code, origin, None, language)
                .into_iter()
                .chain([incomplete(language)])
                .collect(),
        }
    }

    /// The MFN duty of goods under a code of four to ten digits, if it is known and the same for all CN codes under
    /// it. Its date is the earliest of theirs.
    #[must_use]
    pub fn common_duty(&self, code: HsCode, day: Date) -> Option<DutyRate> {
        if let Some(edition) = self.measured(code) {
            return self.edition_common_duty(edition, code, day);
        }
        let duties: Vec<_> = self.cn_codes(code, day).map(|cn| self.mfn_duty(cn)).collect::<Option<_>>()?;
        let earliest = duties.iter().min_by_key(|duty| &duty.date)?;
        duties.iter().all(|duty| duty.value == earliest.value).then(|| earliest.answer())
    }

    pub(super) fn must_be_declarable(
        &self,
        code: HsCode,
        day: Date,
        language: Language,
    ) -> Result<(), TariffError> {
        self.check_declarable(code, day, language).map_err(|reason| TariffError::of_code(code, reason))
    }

    /// The note on the rates of the seed that were asked for on a day: they are each of their own. `None` where the
    /// measures of an edition are answered.
    #[must_use]
    pub fn undated(&self, code: HsCode, on: Option<Date>, language: Language) -> Option<String> {
        let day = on.filter(|_| self.measured(code).is_none())?;
        Some(match language {
            Language::En => {
                format!("The built-in tariff has no rates of {day}: each is of the date beside it.")
            }
            Language::Nl => format!(
                "Het ingebouwde tarief heeft geen rechten van {day}: elk is van de datum die erbij staat."
            ),
        })
    }

    pub(super) fn preference(
        &self,
        code: HsCode,
        origin: Country,
        scheme: &str,
    ) -> Result<&Preference, TariffError> {
        let named = |preference: &&Preference| preference.name.en.eq_ignore_ascii_case(scheme.trim());
        self.preferences(code, Some(origin)).find(named).ok_or_else(|| TariffError::NoPreference {
            scheme: scheme.trim().to_owned(),
            available: self.preferences(code, Some(origin)).map(|p| p.name.en.clone()).collect(),
        })
    }
}

impl TariffError {
    /// The error for a code that cannot be declared.
    pub(super) fn of_code(code: HsCode, reason: NotDeclarable) -> Self {
        let code = code.dotted();
        match reason {
            NotDeclarable::NoHeading => Self::NoHeading(code),
            NotDeclarable::Unknown(nearest) => Self::Unknown { code, nearest },
            NotDeclarable::Divided => Self::Divided(code),
            NotDeclarable::OutOfForce(reason, nearest) => Self::OutOfForce { code, reason, nearest },
            NotDeclarable::Above(below) => Self::NotDeclarable { code, below },
        }
    }
}

/// The rates of the organisation's own table, completed by those of the seed of which it has none.
fn completed(own: DutyRates, seed: DutyRates) -> DutyRates {
    let mut notes = own.notes;
    notes.extend(seed.notes.into_iter().filter(|note| !notes.contains(note)).collect::<Vec<_>>());
    DutyRates {
        mfn_duty: own.mfn_duty.or(seed.mfn_duty),
        preferential_duties: if own.preferential_duties.is_empty() {
            seed.preferential_duties
        } else {
            own.preferential_duties
        },
        preferences_known: seed.preferences_known,
        anti_dumping: if own.anti_dumping.is_empty() { seed.anti_dumping } else { own.anti_dumping },
        notes,
        ..own
    }
}

/// The note that the lists of preferences and measures may be incomplete.
pub(super) fn incomplete(language: Language) -> String {
    match language {
        Language::En => "The lists of preferences and of anti-dumping measures are not complete.",
        Language::Nl => "De lijsten van preferenties en antidumpingmaatregelen zijn niet volledig.",
    }
    .to_owned()
}

impl Fact<DutyExpression> {
    pub(super) fn answer(&self) -> DutyRate {
        DutyRate {
            rate: self.value.percent().map(Rate::from_percent),
            expression: self.value.to_string().parse().ok(),
            source: Some(self.source.clone()),
            date: Some(self.date.clone()),
        }
    }
}

impl Preference {
    fn answer(&self, language: Language) -> import8_api::Preference {
        let (scheme, name) = (&self.name.en, self.name.get(language));
        import8_api::Preference {
            scheme: scheme.clone(),
            name: (name != scheme).then(|| name.clone()),
            rate: Some(self.duty.value.rate()),
            countries: self.countries.iter().map(ToString::to_string).collect(),
            proof: Some(self.proof.get(language).clone()),
            source: Some(self.source.get(language).clone()),
            date: Some(self.duty.date.clone()),
        }
    }

    pub(super) fn note(&self, language: Language) -> String {
        let (name, proof) = (self.name.get(language), self.proof.get(language));
        match language {
            Language::En => format!("The preference {name} needs proof: {proof}."),
            Language::Nl => format!("Voor de preferentie {name} is een bewijs nodig: {proof}."),
        }
    }
}

impl AntiDumping {
    fn answer(&self, language: Language) -> AntiDumpingMeasure {
        AntiDumpingMeasure {
            rate: Some(self.duty.value.rate()),
            countries: vec![self.country.to_string()],
            description: Some(self.description.get(language).clone()),
            minimum_rate: self.least.as_ref().map(DutyExpression::rate),
            source: Some(self.duty.source.clone()),
            date: Some(self.duty.date.clone()),
        }
    }

    pub(super) fn note(&self, language: Language) -> String {
        let what = self.description.get(language);
        match language {
            Language::En => format!(
                "Anti-dumping on {what}: the residual duty was taken. A manufacturer named in the regulation may pay less."
            ),
            Language::Nl => format!(
                "Antidumping op {what}: gerekend is met het residuele recht. Voor een fabrikant die in de verordening staat, kan het lager zijn."
            ),
        }
    }
}
