//! The rates of a code, and the duties on a consignment, by the measures of an edition.

use std::collections::BTreeSet;

use import8_api::{AntiDumpingMeasure, Country, DutyExpression, DutyRate, DutyRates, HsCode, Rate};
use import8_tariff::{
    Edition, Measure, MeasureRole, Publication, TradeDefence, countries, is_residual, knows_preferences,
    left_out, role,
};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::answer::{ImportQuery, TariffError};
use super::cost::Applied;
use super::facts::Fact;
use super::levied::{Goods, NotLevied, Taken, can_be_less, highest, sum_of_cases, taken};
use super::lookup::Tariff;
use super::words::{
    area_name, by_document, cannot_compute, limits, not_included, of_additional_codes, prohibited, proof,
    scheme, source, type_name,
};
use crate::language::{Language, Localized};

const MFN: Localized<&str> = Localized { en: "Third-country duty", nl: "Recht derde landen" };
const DEFENCE: Localized<&str> =
    Localized { en: "Anti-dumping and countervailing duty", nl: "Antidumping- en compenserend recht" };

impl Tariff {
    /// The rates of a code by the measures of an edition.
    pub(super) fn edition_rates(
        &self,
        code: HsCode,
        goods: &Goods<'_>,
        vat: &Fact<Decimal>,
        language: Language,
    ) -> DutyRates {
        let Goods { edition, origin, .. } = *goods;
        let third_country = goods.third_country();
        let mfn = goods.third_country_duty(None);
        let (anti_dumping, unknown) = anti_dumping(goods, language);
        // What the organisation's own table lacks comes from the seed.
        let is_own = edition.publication == Publication::Own;
        let unknown_mfn = mfn.as_ref().err().filter(|why| !is_own || **why != NotLevied::Absent);
        let notes = prohibited(goods, language)
            .into_iter()
            .chain(mfn_notes(edition, &third_country, unknown_mfn, language))
            .chain(unknown)
            .chain(not_included(goods, language))
            .chain(limits(goods, language))
            .chain(self.notices(code, origin, None, language));
        DutyRates {
            hs_code: code,
            description: self.description(code.bare(), language),
            mfn_duty: mfn_rate(edition, &third_country, mfn, language),
            preferential_duties: goods
                .preferences()
                .into_iter()
                .map(|one| preference(goods, one, language))
                .collect(),
            preferences_known: origin.map(|_| knows_preferences(edition)),
            anti_dumping,
            vat_rate: Some(Rate::from_percent(vat.value)),
            vat_source: Some(vat.source.clone()),
            vat_date: Some(vat.date.clone()),
            notes: notes.collect(),
        }
    }

    /// The third-country duty on all goods under a code by the measures of an edition, if it is the same for all codes
    /// under it.
    pub(super) fn edition_common_duty(&self, edition: &Edition, code: HsCode, day: Date) -> Option<DutyRate> {
        let language = Language::En;
        let duty = |code| {
            let third_country = Goods::with_third_country_only(edition, code, day).third_country();
            match highest(&third_country, None) {
                Ok(taken) => Some((taken.duty.clone(), computed_rate(edition, &taken, language))),
                Err(NotLevied::Absent) if edition.publication == Publication::Own => {
                    self.mfn_duty(code).map(|seed| (seed.value.clone(), seed.answer()))
                }
                Err(_) => None,
            }
        };
        let mut duties = self.lowest_codes(code, day).into_iter().map(duty);
        let (first, rate) = duties.next()??;
        duties.all(|other| other.is_some_and(|(other, _)| other == first)).then_some(rate)
    }
}

impl Goods<'_> {
    /// The third-country duty on a consignment; `None` if the edition has none.
    pub(super) fn ordinary(
        &self,
        import: &ImportQuery<'_>,
        language: Language,
    ) -> Result<Option<Applied>, TariffError> {
        let third_country = self.third_country();
        let taken = match self.third_country_duty(Some(import.priced())) {
            Err(NotLevied::Absent) => return Ok(None),
            taken => taken.map_err(|why| not_levied(&MFN, why, import.code))?,
        };
        let notes = mfn_notes(self.edition, &third_country, None, language);
        Ok(Some(self.applied(taken.duty, source(self.edition, taken.measure, language), notes)))
    }

    /// The duty of a preference that is asked for by its scheme.
    pub(super) fn claimed(
        &self,
        import: &ImportQuery<'_>,
        asked: &str,
        language: Language,
    ) -> Result<Applied, TariffError> {
        let edition = self.edition;
        let schemes = || self.preferences().into_iter().map(|one| (one, scheme(edition, one, Language::En)));
        let is_asked = |scheme: &str| scheme.to_lowercase() == asked.trim().to_lowercase();
        let found: Vec<_> = schemes().filter(|(_, scheme)| is_asked(scheme)).map(|(one, _)| one).collect();
        match highest(&found, Some(import.priced())) {
            Ok(Taken { measure, duty }) => {
                let note = claim_note(edition, measure, language);
                Ok(self.applied(duty, source(edition, measure, language), vec![note]))
            }
            Err(NotLevied::Absent) => Err(TariffError::NoPreference {
                scheme: asked.trim().to_owned(),
                available: schemes().map(|(_, scheme)| scheme).collect(),
            }),
            Err(why) => Err(not_levied(&Localized { en: asked.trim(), nl: asked.trim() }, why, import.code)),
        }
    }

    /// The sum of the duties on top of the ordinary one on a consignment; `None` if there are none.
    pub(super) fn defence(
        &self,
        import: &ImportQuery<'_>,
        language: Language,
    ) -> Result<Option<Applied>, TariffError> {
        let cases = self.in_addition();
        let defence = match sum_of_cases(&cases, Some(import.priced())) {
            Err(NotLevied::Absent) => return Ok(None),
            defence => defence.map_err(|why| not_levied(&DEFENCE, why, import.code))?,
        };
        let notes = defence_notes(self.edition, &cases, &defence.measures, language);
        Ok(Some(self.applied(defence.duty, sources(self.edition, &defence.measures, language), notes)))
    }

    fn applied(&self, duty: DutyExpression, source: String, notes: Vec<String>) -> Applied {
        Applied { duty, source, date: self.edition.day.to_string(), notes }
    }
}

/// The error for a duty that is not known. `what` is the name of the duty.
fn not_levied(what: &Localized<&str>, why: NotLevied, code: HsCode) -> TariffError {
    match why {
        NotLevied::Absent => TariffError::NoDuty(code.dotted()),
        NotLevied::Incalculable(error) => TariffError::Incalculable(error),
        NotLevied::Unwritten | NotLevied::Needs { .. } | NotLevied::UnderEndUse(_) => {
            TariffError::Needs(Localized {
                en: cannot_compute(&why, what.en, Language::En),
                nl: cannot_compute(&why, what.nl, Language::Nl),
            })
        }
    }
}

fn computed_rate(edition: &Edition, taken: &Taken<'_>, language: Language) -> DutyRate {
    DutyRate {
        rate: taken.duty.percent().map(Rate::from_percent),
        expression: taken.duty.to_string().parse().ok(),
        source: Some(source(edition, taken.measure, language)),
        date: Some(edition.day.to_string()),
    }
}

/// The third-country duty; one that cannot be computed as the publication writes it.
fn mfn_rate(
    edition: &Edition,
    duties: &[&Measure],
    taken: Result<Taken<'_>, NotLevied>,
    language: Language,
) -> Option<DutyRate> {
    match taken {
        Ok(taken) => Some(computed_rate(edition, &taken, language)),
        Err(NotLevied::Needs { duty, .. }) => Some(DutyRate {
            rate: None,
            expression: duty.parse().ok(),
            source: duties.first().map(|first| source(edition, first, language)),
            date: Some(edition.day.to_string()),
        }),
        Err(_) => None,
    }
}

/// What a reader must know of the third-country duty: that it is not known, that it is one for the origin, or that it
/// depends on an additional code or a document.
fn mfn_notes(
    edition: &Edition,
    duties: &[&Measure],
    unknown: Option<&NotLevied>,
    language: Language,
) -> Vec<String> {
    let of_origin = duties.iter().find(|measure| Goods::is_of_origin(measure)).map(|measure| {
        let area = area_name(edition, &measure.area, language);
        match language {
            Language::En => format!("The third-country duty is one for goods of {area} alone."),
            Language::Nl => format!("Het recht derde landen geldt alleen voor goederen uit {area}."),
        }
    });
    let by_additional_code = of_additional_codes(edition, duties, unknown.is_none(), language);
    let by_document = duties.iter().filter_map(|one| by_document(one, unknown.is_none(), language));
    let unknown = unknown.map(|why| cannot_compute(why, MFN.get(language), language));
    [of_origin, unknown, by_additional_code].into_iter().flatten().chain(by_document).collect()
}

fn preference(goods: &Goods<'_>, measure: &Measure, language: Language) -> import8_api::Preference {
    let edition = goods.edition;
    let (asked, name) = (scheme(edition, measure, Language::En), scheme(edition, measure, language));
    let (rate, needs) = match taken(measure) {
        Ok(taken) => (Some(taken.duty.rate()), None),
        Err(NotLevied::Needs { duty, needs }) => {
            (duty.parse().ok(), Some(needs.get(language).join(", ")).filter(|needs| !needs.is_empty()))
        }
        Err(_) => (None, None),
    };
    let end_use = (role(measure) == Some(MeasureRole::EndUsePreference)).then_some(match language {
        Language::En => "authorisation for end use or processing",
        Language::Nl => "vergunning voor bijzondere bestemming of veredeling",
    });
    let needs = needs.map(|needs| match language {
        Language::En => format!("the duty needs {needs}"),
        Language::Nl => format!("het recht hangt af van {needs}"),
    });
    let proof = [Some(proof(edition, measure, language)), end_use.map(str::to_owned), needs];
    import8_api::Preference {
        name: (name != asked).then_some(name),
        scheme: asked,
        rate,
        countries: countries_of(goods, &[measure], language),
        proof: Some(proof.into_iter().flatten().collect::<Vec<_>>().join("; ")),
        source: Some(source(edition, measure, language)),
        date: Some(edition.day.to_string()),
    }
}

/// The countries that measures on one area are for; the area in words if its members are not known. A country that one
/// of the measures leaves out has not all of their duties, so it is none of them.
fn countries_of(goods: &Goods<'_>, measures: &[&Measure], language: Language) -> Vec<String> {
    let Goods { edition, day, .. } = *goods;
    let excluded: BTreeSet<_> = measures.iter().flat_map(|one| left_out(edition, one, day)).collect();
    let area = |measure: &&Measure| match countries(edition, &measure.area, day) {
        Some(countries) => countries.difference(&excluded).cloned().collect(),
        None => vec![area_name(edition, &measure.area, language)],
    };
    measures.first().map(area).unwrap_or_default()
}

fn claim_note(edition: &Edition, measure: &Measure, language: Language) -> String {
    let (name, proof) = (scheme(edition, measure, language), proof(edition, measure, language));
    match language {
        Language::En => format!("The preference {name} needs proof: {proof}."),
        Language::Nl => format!("Voor de preferentie {name} is een bewijs nodig: {proof}."),
    }
}

/// The duties on top of the ordinary one: for an origin their sum, otherwise the sum for each area; and a note on each that is not
/// known.
fn anti_dumping(goods: &Goods<'_>, language: Language) -> (Vec<AntiDumpingMeasure>, Vec<String>) {
    let Goods { edition, origin, .. } = *goods;
    let (mut answered, mut notes) = (Vec::new(), Vec::new());
    for cases in by_area(goods.in_addition(), origin) {
        let first: Vec<&Measure> = cases.iter().filter_map(|case| case.first().copied()).collect();
        let sum = sum_of_cases(&cases, None);
        let (rate, minimum_rate) = match &sum {
            Ok(defence) => (Some(defence.duty.rate()), defence.least.as_ref().map(|least| least.rate())),
            Err(_) => (None, None),
        };
        if let Err(why) = &sum {
            notes.push(cannot_compute(why, DEFENCE.get(language), language));
        }
        let of_origin = origin.map(|origin| vec![origin.to_string()]);
        answered.push(AntiDumpingMeasure {
            rate,
            countries: of_origin.unwrap_or_else(|| countries_of(goods, &first, language)),
            description: Some(
                first.iter().map(|one| type_name(edition, one, language)).collect::<Vec<_>>().join("; "),
            ),
            minimum_rate,
            source: Some(sources(edition, &first, language)),
            date: Some(edition.day.to_string()),
        });
    }
    (answered, notes)
}

/// All cases together for one origin; for every origin, those of each area together.
fn by_area<'a>(cases: Vec<TradeDefence<'a>>, origin: Option<Country>) -> Vec<Vec<TradeDefence<'a>>> {
    let area = |case: &TradeDefence<'a>| case.first().map(|first| &first.area).filter(|_| origin.is_none());
    let mut groups: Vec<Vec<TradeDefence<'a>>> = Vec::new();
    for case in cases {
        let same = groups.iter_mut().find(|group| group.first().map(area) == Some(area(&case)));
        match same {
            Some(group) => group.push(case),
            None => groups.push(vec![case]),
        }
    }
    groups
}

fn sources(edition: &Edition, measures: &[&Measure], language: Language) -> String {
    let mut all: Vec<_> = measures.iter().map(|one| source(edition, one, language)).collect();
    all.dedup();
    all.join("; ")
}

/// A note on each case: which of its duties was taken, and whether a lower one is possible; and what to know of their
/// sum. `taken` has the measure that was taken of each case.
fn defence_notes(
    edition: &Edition,
    cases: &[TradeDefence<'_>],
    taken: &[&Measure],
    language: Language,
) -> Vec<String> {
    let note = |(case, taken): (&TradeDefence<'_>, &&Measure)| {
        let name = type_name(edition, taken, language);
        let which = which_was_taken(case, taken);
        let secured = secured(taken).map(|act| match language {
            Language::En => format!(
                " A provisional duty is secured and collected only if the definitive duty is imposed ({act})."
            ),
            Language::Nl => format!(
                " Voor een voorlopig recht wordt zekerheid gesteld; het wordt pas geïnd als het definitieve recht wordt ingesteld ({act})."
            ),
        });
        format!("{name}: {}{}", which.get(language), secured.unwrap_or_default())
    };
    cases.iter().zip(taken).map(note).chain(both_added(taken, language)).collect()
}

/// The duty of a case that was taken, in words.
fn which_was_taken(case: &TradeDefence<'_>, taken: &Measure) -> Localized<&'static str> {
    if role(taken) == Some(MeasureRole::AdditionalDuty) {
        return Localized {
            en: "due in addition, and in the amount of the anti-dumping duty (Regulation (EU) 952/2013, art. 56(2)(h)).",
            nl: "komt erbij en zit in het bedrag van het antidumpingrecht (Verordening (EU) 952/2013, art. 56, lid 2, onder h)).",
        };
    }
    match (can_be_less(case), is_residual(taken)) {
        (true, false) => Localized {
            en: "the highest duty of the case was taken. For another manufacturer, or with a document, it may be lower.",
            nl: "gerekend is met het hoogste recht van de zaak. Voor een andere fabrikant, of met een document, kan het lager zijn.",
        },
        (true, true) => Localized {
            en: "the residual duty was taken. For a manufacturer named in the regulation, or with a document, it may be lower.",
            nl: "gerekend is met het residuele recht. Voor een fabrikant die in de verordening staat, of met een document, kan het lager zijn.",
        },
        (false, _) => Localized {
            en: "the duty on all manufacturers was taken.",
            nl: "gerekend is met het recht voor alle fabrikanten.",
        },
    }
}

/// The rule by which a provisional duty is secured; `None` for a definitive one.
fn secured(measure: &Measure) -> Option<&'static str> {
    match &*measure.measure_type {
        "551" => Some("Regulation (EU) 2016/1036, art. 7(3)"),
        "553" => Some("Regulation (EU) 2016/1037, art. 12"),
        _ => None,
    }
}

/// The note that the duties of several cases of one kind were added up.
fn both_added(taken: &[&Measure], language: Language) -> Option<String> {
    let defence = [MeasureRole::AntiDumping, MeasureRole::Countervailing];
    let several = |kind: &MeasureRole| taken.iter().filter(|one| role(one) == Some(*kind)).count() > 1;
    defence.iter().any(several).then(|| match language {
        Language::En => "The duties of several cases of one kind were added up. The goods may be under one of them only: compare their descriptions in the regulations.".to_owned(),
        Language::Nl => "De rechten van meer zaken van één soort zijn opgeteld. De goederen kunnen onder een ervan vallen: vergelijk de omschrijvingen in de verordeningen.".to_owned(),
    })
}
