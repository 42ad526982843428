//! Every measure on a code, for `GET /v1/measures/{code}`.

use import8_api::{CodeMeasure, CodeMeasures, Coded, Country, HsCode, MeasureKind};
use import8_tariff::duty_text::{DutyText, conditions_in_words};
use import8_tariff::{EVERY_COUNTRY, Measure, MeasureRole, Publication, countries, covers, left_out, role};
use jiff::civil::Date;

use super::answer::TariffError;
use super::in_force::{digits, text};
use super::levied::Goods;
use super::lookup::{NotDeclarable, Tariff};
use super::words::{additional_code, area_name, coded, limits, publication, regulation, type_name};
use crate::language::{Language, Localized};

/// The name of the seed as a source.
const BUILT_IN: Localized<&str> = Localized { en: "built-in tariff", nl: "ingebouwd tarief" };

impl Tariff {
    /// The measures on a code of four to ten digits on a day, without the history of its duty; if an origin is given, only those on its goods. They are
    /// those of the edition in force; without one, the few that the seed knows.
    ///
    /// # Errors
    /// The code is not known, or not on that day.
    pub fn code_measures(
        &self,
        code: HsCode,
        origin: Option<Country>,
        day: Date,
        language: Language,
    ) -> Result<CodeMeasures, TariffError> {
        let divided = match self.check_declarable(code, day, language) {
            Ok(()) => false,
            Err(NotDeclarable::Above(_) | NotDeclarable::Divided) => true,
            Err(reason) => return Err(TariffError::of_code(code, reason)),
        };
        let mut answer = match self.measured(code) {
            Some(edition) => {
                let answer = from_edition(&Goods::new(edition, code, origin, day), code, language);
                if edition.publication == Publication::Own {
                    completed(answer, self.seed_measures(code, origin, day, language))
                } else {
                    answer
                }
            }
            None => self.seed_measures(code, origin, day, language),
        };
        if let Some(lines) = &self.in_force {
            let path = lines.path(code, day);
            let line = path.last().filter(|line| line.suffix == 80);
            answer.supplementary_unit = answer
                .supplementary_unit
                .or_else(|| unit(line.and_then(|line| line.unit.as_deref())?, language));
            answer.official_texts = path
                .into_iter()
                .map(|line| Coded { code: digits(line).to_owned(), text: text(&line.texts, language) })
                .collect();
        }
        if divided {
            answer.notes.insert(0, divided_note(language));
        }
        Ok(answer)
    }

    fn seed_measures(
        &self,
        code: HsCode,
        origin: Option<Country>,
        day: Date,
        language: Language,
    ) -> CodeMeasures {
        let mfn = self.mfn_duty(code).map(|duty| CodeMeasure {
            duty: Some(duty.value.to_string()),
            regulation: Some(duty.source.clone()),
            ..seed_measure(
                MeasureKind::ThirdCountryDuty,
                Localized { en: "Third-country duty", nl: "Recht derde landen" }.get(language),
                Localized { en: "every country", nl: "alle landen" }.get(language),
            )
        });
        let preferences = self.preferences(code, origin).map(|preference| CodeMeasure {
            countries: preference.countries.iter().map(ToString::to_string).collect(),
            duty: Some(preference.duty.value.to_string()),
            regulation: Some(preference.source.get(language).clone()),
            ..seed_measure(
                MeasureKind::Preference,
                Localized { en: "Tariff preference", nl: "Tariefpreferentie" }.get(language),
                preference.name.get(language),
            )
        });
        let anti_dumping = self.anti_dumping(code, origin).map(|measure| CodeMeasure {
            countries: vec![measure.country.to_string()],
            duty: Some(measure.duty.value.to_string()),
            regulation: Some(measure.duty.source.clone()),
            ..seed_measure(
                MeasureKind::AntiDumping,
                &format!(
                    "{}: {}",
                    Localized { en: "Anti-dumping duty", nl: "Antidumpingrecht" }.get(language),
                    measure.description.get(language)
                ),
                measure.country.as_str(),
            )
        });
        let measures: Vec<_> = mfn.into_iter().chain(preferences).chain(anti_dumping).collect();
        let dates = self.mfn_duty(code).map(|duty| &duty.date).into_iter();
        let dates = dates.chain(self.preferences(code, origin).map(|one| &one.duty.date));
        let dates = dates.chain(self.anti_dumping(code, origin).map(|one| &one.duty.date));
        let all = || self.seed.duties.values().flatten().map(|duty| &duty.date).min();
        let date = dates.min().or_else(all).cloned().unwrap_or_default();
        let mut notes = vec![not_complete(language)];
        notes.extend(self.notices(code, origin, None, language));
        CodeMeasures {
            hs_code: code,
            day: day.to_string(),
            origin,
            source: (*BUILT_IN.get(language)).to_owned(),
            source_date: date,
            supplementary_unit: None,
            official_texts: Vec::new(),
            measures,
            notes,
            duty_history: Vec::new(),
        }
    }
}

/// The answer of the organisation's own table, completed by the measures of the seed whose kinds it does not have.
fn completed(mut own: CodeMeasures, seed: CodeMeasures) -> CodeMeasures {
    let is_missing = |one: &CodeMeasure| own.measures.iter().all(|other| other.kind != one.kind);
    let missing: Vec<_> = seed.measures.into_iter().filter(is_missing).collect();
    own.measures.extend(missing);
    own.notes.extend(seed.notes);
    own
}

fn seed_measure(kind: MeasureKind, name: &str, area: &str) -> CodeMeasure {
    CodeMeasure {
        kind,
        measure_type: String::new(),
        name: name.to_owned(),
        area: area.to_owned(),
        countries: Vec::new(),
        excluded: Vec::new(),
        additional_code: None,
        duty: None,
        order_number: None,
        conditions: Vec::new(),
        footnotes: Vec::new(),
        from: None,
        to: None,
        regulation: None,
    }
}

fn from_edition(goods: &Goods<'_>, code: HsCode, language: Language) -> CodeMeasures {
    let Goods { edition, origin, day, .. } = *goods;
    let may_be_for =
        |one: &Measure| origin.is_none_or(|origin| covers(edition, one, origin, day) == Some(true));
    let mut listed: Vec<&Measure> = goods.measures.iter().copied().filter(|one| may_be_for(one)).collect();
    // A sanction's duty takes the place of the general one, so only what applies is listed for an origin.
    let third_country = goods.third_country();
    let is_replaced = |one: &Measure| {
        origin.is_some()
            && role(one) == Some(MeasureRole::ThirdCountryDuty)
            && !third_country.iter().any(|applies| std::ptr::eq(*applies, one))
    };
    listed.retain(|one| !is_replaced(one));
    listed.sort_by_key(|one| {
        (one.additional_code.is_some(), role(one).is_none(), role(one), one.measure_type.clone())
    });
    // Without an origin, the unit that only some origins need is none of the code's.
    let is_units = |one: &&&Measure| {
        role(one) == Some(MeasureRole::SupplementaryUnit) && (origin.is_some() || &*one.area == EVERY_COUNTRY)
    };
    let units = listed.iter().filter(is_units);
    let supplementary_unit = units.filter_map(|one| unit(one.duty.as_deref()?, language)).next();
    CodeMeasures {
        hs_code: code,
        day: day.to_string(),
        origin,
        source: publication(edition, language).to_owned(),
        source_date: edition.day.to_string(),
        supplementary_unit,
        official_texts: Vec::new(),
        measures: listed.into_iter().filter_map(|one| in_full(goods, one, language)).collect(),
        notes: limits(goods, language),
        duty_history: Vec::new(),
    }
}

/// A measure as it is answered; `None` for one that is no rule on imports.
fn in_full(goods: &Goods<'_>, measure: &Measure, language: Language) -> Option<CodeMeasure> {
    let Goods { edition, day, .. } = *goods;
    let kind = match role(measure) {
        Some(role) => role.kind()?,
        None => MeasureKind::Other("other".to_owned()),
    };
    let in_duty = measure.duty.as_deref().map(DutyText::parse);
    let conditions = match in_duty.as_ref().map(DutyText::conditions) {
        Some(in_duty) if measure.conditions.is_empty() => in_duty,
        _ => &measure.conditions,
    };
    let countries = match countries(edition, &measure.area, day) {
        Some(countries) => countries.into_iter().collect(),
        None if &*measure.area == EVERY_COUNTRY => Vec::new(),
        // An empty list would say that it is for every country.
        None => vec![measure.area.to_string()],
    };
    let footnote = |code: &import8_tariff::Text| coded(code, edition.footnotes.get(&**code), language);
    Some(CodeMeasure {
        kind: kind.clone(),
        measure_type: measure.measure_type.to_string(),
        name: type_name(edition, measure, language),
        area: area_name(edition, &measure.area, language),
        countries,
        excluded: left_out(edition, measure, day).into_iter().collect(),
        additional_code: additional_code(edition, measure, language),
        duty: measure.duty.as_ref().map(|duty| match kind {
            MeasureKind::SupplementaryUnit => unit(duty, language).unwrap_or_default(),
            _ => in_notation(duty),
        }),
        order_number: measure.order_number.as_ref().map(ToString::to_string),
        conditions: conditions_in_words(conditions, &edition.documents, language.as_str()),
        footnotes: measure.footnotes.iter().map(footnote).collect(),
        from: measure.from.map(|day| day.to_string()),
        to: measure.to.map(|day| day.to_string()),
        regulation: measure.regulation.as_deref().map(|act| regulation(act, language)),
    })
}

/// A duty in the notation of answers; one that is not computed as the publication writes it.
fn in_notation(duty: &str) -> String {
    DutyText::parse(duty).expression().map_or_else(|| duty.to_owned(), |duty| duty.to_string())
}

/// A supplementary unit in words, if it is known; otherwise as the publication writes it.
fn unit(written: &str, language: Language) -> Option<String> {
    let known = DutyText::parse(written).unit(language.as_str()).map(str::to_owned);
    known.or_else(|| Some(written.to_owned()).filter(|unit| !unit.is_empty()))
}

fn divided_note(language: Language) -> String {
    match language {
        Language::En => "The codes below this one may have more measures: choose one of them.",
        Language::Nl => "De codes hieronder kunnen meer maatregelen hebben: kies er een van.",
    }
    .to_owned()
}

/// The note that the seed is not complete, and how to import a tariff that is.
fn not_complete(language: Language) -> String {
    match language {
        Language::En => {
            "The built-in tariff has duties of the day beside each and some preferences and anti-dumping duties only. For all measures of today, import TARIC with import8-server tariff import FILE."
        }
        Language::Nl => {
            "Het ingebouwde tarief heeft rechten van de dag die erbij staat en maar enkele preferenties en antidumpingrechten. Voer voor alle maatregelen van vandaag TARIC in met import8-server tariff import BESTAND."
        }
    }
    .to_owned()
}
