//! Words for an edition and its measures: names, legal bases and the sentences that accompany figures.

use std::borrow::Cow;
use std::collections::BTreeMap;

use import8_api::{Coded, Country, ExchangeRate, MeasureCondition};
use import8_tariff::duty_text::{DutyText, conditions_in_words};
use import8_tariff::{
    EVERY_COUNTRY, Edition, Measure, MeasureRole, Publication, Table, Text, covers, is_in_area, measure_type,
    role,
};
use jiff::civil::Date;

use super::in_force::text;
use super::levied::{Goods, NotLevied, is_due_in_addition, written};
use crate::language::{Language, Localized};

/// The most measures of a kind that a note lists. All of them are among the measures of the code.
const MOST_LISTED: usize = 8;

/// The name of the publication of an edition.
pub(super) fn publication(edition: &Edition, language: Language) -> &'static str {
    match (edition.publication, language) {
        (Publication::Taric, _) => "TARIC",
        (Publication::HarmonizedSystem, Language::En) => "Harmonized System",
        (Publication::HarmonizedSystem, Language::Nl) => "Geharmoniseerd systeem",
        (Publication::CombinedNomenclature, Language::En) => "Combined Nomenclature",
        (Publication::CombinedNomenclature, Language::Nl) => "Gecombineerde nomenclatuur",
        (Publication::Own, Language::En) => "the organisation's own table",
        (Publication::Own, Language::Nl) => "eigen tabel van de organisatie",
    }
}

/// The name of a measure's type: ours, else the edition's, else its code.
pub(super) fn type_name(edition: &Edition, measure: &Measure, language: Language) -> String {
    let known = measure_type(&measure.measure_type).map(|known| known.name(language.as_str()).to_owned());
    known.unwrap_or_else(|| {
        let names = edition.measure_types.get(&*measure.measure_type);
        names.map(|names| text(names, language)).filter(|name| !name.is_empty()).unwrap_or_else(|| {
            let word = Localized { en: "Measure type", nl: "Maatregelsoort" };
            format!("{} {}", word.get(language), measure.measure_type)
        })
    })
}

/// The name of a country or a group; its code if the edition has no name.
pub(super) fn area_name(edition: &Edition, area: &str, language: Language) -> String {
    if area == EVERY_COUNTRY {
        return (*Localized { en: "every country", nl: "alle landen" }.get(language)).to_owned();
    }
    let named = edition.areas.get(area).map(|known| text(&known.names, language));
    named.filter(|name| !name.is_empty()).unwrap_or_else(|| area.to_owned())
}

/// A code with its text in an edition.
pub(super) fn coded(code: &str, names: Option<&import8_tariff::Names>, language: Language) -> Coded {
    Coded { code: code.to_owned(), text: names.map(|names| text(names, language)).unwrap_or_default() }
}

/// The additional code of a measure with its text.
pub(super) fn additional_code(edition: &Edition, measure: &Measure, language: Language) -> Option<Coded> {
    let code = measure.additional_code.as_ref()?;
    Some(coded(code, edition.additional_codes.get(&**code).map(|known| &known.names), language))
}

/// The legal source of a duty: its regulation and the publication.
pub(super) fn source(edition: &Edition, measure: &Measure, language: Language) -> String {
    let publication = publication(edition, language);
    let act = measure.regulation.as_deref().map(|act| regulation(act, language));
    act.map_or_else(|| publication.to_owned(), |act| format!("{act} ({publication})"))
}

/// A legal base in words, with its number as in the Official Journal of its year: `R2658/87` is Regulation No 2658/87,
/// `R1549/06` Regulation No 1549/2006, `R2447/15` Regulation (EU) 2015/2447. Any other text is kept.
pub(super) fn regulation(act: &str, language: Language) -> String {
    let parts = || {
        let (prefix, rest) = act.split_at_checked(1)?;
        let (number, year) = rest.split_once('/')?;
        let (number, year): (u32, u32) = (number.parse().ok()?, year.parse().ok()?);
        let year = match year {
            0..58 => year + 2000,
            58..100 => year + 1900,
            _ => year,
        };
        let word = match (prefix, language) {
            ("R", Language::En) => "Regulation",
            ("R", Language::Nl) => "Verordening",
            ("D", Language::En) => "Decision",
            ("D", Language::Nl) => "Besluit",
            _ => return None,
        };
        Some(match (year, language) {
            (2015.., _) => format!("{word} (EU) {year}/{number}"),
            // The acts of the European Union since the Treaty of Lisbon of December 2009.
            (2010.., Language::En) => format!("{word} (EU) No {number}/{year}"),
            (2010.., Language::Nl) => format!("{word} (EU) nr. {number}/{year}"),
            (1999.., Language::En) => format!("{word} No {number}/{year}"),
            (1999.., Language::Nl) => format!("{word} nr. {number}/{year}"),
            (_, Language::En) => format!("{word} No {number}/{:02}", year % 100),
            (_, Language::Nl) => format!("{word} nr. {number}/{:02}", year % 100),
        })
    };
    parts().unwrap_or_else(|| act.to_owned())
}

/// The name by which a preference is asked for: its area and its type, in English whatever the reader's language. The
/// code of the area takes the place of a name that would be too long.
pub(super) fn scheme(edition: &Edition, measure: &Measure, language: Language) -> String {
    let kind = type_name(edition, measure, language).to_lowercase();
    let goods = measure.additional_code.as_ref().map(|code| format!(", {code}")).unwrap_or_default();
    let of = |area: &str| format!("{area}: {kind}{goods}");
    let full = of(&area_name(edition, &measure.area, language));
    if full.chars().count() <= import8_api::MAX_SCHEME_CHARS { full } else { of(&measure.area) }
}

/// The proof that a preference requires: its documents, from the conditions.
pub(super) fn proof(edition: &Edition, measure: &Measure, language: Language) -> String {
    let read = measure.duty.as_deref().map(DutyText::parse);
    let conditions = match read.as_ref().map(DutyText::conditions) {
        Some(in_duty) if measure.conditions.is_empty() => in_duty,
        _ => &measure.conditions,
    };
    // One document of those with the same letter is enough; each letter needs one.
    let mut needed: Vec<(String, Vec<String>)> = Vec::new();
    for condition in conditions_in_words(conditions, &edition.documents, language.as_str()) {
        let Some(Coded { code, text }) = condition.document else { continue };
        let document = if text.is_empty() { code } else { format!("{code} {text}") };
        match needed.iter_mut().find(|(kind, _)| *kind == condition.kind) {
            Some((_, documents)) => documents.push(document),
            None => needed.push((condition.kind, vec![document])),
        }
    }
    let (or, and) = (Localized { en: " or ", nl: " of " }, Localized { en: "; and ", nl: "; en " });
    let documents: Vec<_> = needed
        .into_iter()
        .map(|(_, mut documents)| {
            documents.dedup();
            documents.join(or.get(language))
        })
        .collect();
    let is_union = role(measure) == Some(MeasureRole::CustomsUnion);
    match (documents.as_slice(), is_union, language) {
        ([], true, Language::En) => {
            "proof that the goods are in free circulation in the customs union".to_owned()
        }
        ([], true, Language::Nl) => {
            "bewijs dat de goederen in de douane-unie in het vrije verkeer zijn".to_owned()
        }
        ([], false, Language::En) => "proof of origin; the tariff does not name the document".to_owned(),
        ([], false, Language::Nl) => "bewijs van oorsprong; het tarief noemt het document niet".to_owned(),
        (documents, ..) => documents.join(and.get(language)),
    }
}

/// A measure with its duty in a few words: `Tariff quota 090006 (every country): 0 %`.
pub(super) fn in_short(edition: &Edition, measure: &Measure, language: Language) -> String {
    let mut words = type_name(edition, measure, language);
    for code in [&measure.order_number, &measure.additional_code].into_iter().flatten() {
        words.push(' ');
        words.push_str(code);
    }
    if &*measure.area != EVERY_COUNTRY {
        words = format!("{words} ({})", area_name(edition, &measure.area, language));
    }
    let Some(written) = measure.duty.as_deref() else { return words };
    let read = DutyText::parse(written);
    let needs = read.needs(language.as_str()).join(", ");
    match read.expression() {
        Some(duty) => format!("{words}: {duty}"),
        None if needs.is_empty() => format!("{words}: {written}"),
        None => {
            format!("{words}: {} {needs}", Localized { en: "depends on", nl: "hangt af van" }.get(language))
        }
    }
}

/// The sentence that a duty cannot be computed, and what it needs. `what` is the name of the duty.
pub(super) fn cannot_compute(why: &NotLevied, what: &str, language: Language) -> String {
    match (why, language) {
        (NotLevied::Absent, Language::En) => format!("{what}: the tariff has none on this code."),
        (NotLevied::Absent, Language::Nl) => format!("{what}: het tarief heeft er geen voor deze code."),
        (NotLevied::Unwritten, Language::En) => {
            format!("{what}: not known here, because the tariff has the measure without its duty.")
        }
        (NotLevied::Unwritten, Language::Nl) => {
            format!("{what}: hier niet bekend, want het tarief heeft de maatregel zonder het recht.")
        }
        (NotLevied::Needs { duty, needs }, _) => match (needs.get(language).join(", "), language) {
            (needs, Language::En) if needs.is_empty() => format!("{what}: {duty} cannot be computed here."),
            (needs, Language::Nl) if needs.is_empty() => {
                format!("{what}: {duty} kan hier niet worden berekend.")
            }
            (needs, Language::En) => format!("{what}: {duty} needs {needs}."),
            (needs, Language::Nl) => format!("{what}: {duty} hangt af van {needs}."),
        },
        (NotLevied::UnderEndUse(duty), Language::En) => {
            format!("{what}: the code has a duty under end use only ({duty}).")
        }
        (NotLevied::UnderEndUse(duty), Language::Nl) => {
            format!("{what}: de code heeft alleen een recht bij bijzondere bestemming ({duty}).")
        }
        (NotLevied::Incalculable(error), _) => format!("{what}: {error}."),
    }
}

/// What cannot be said of an edition: tables that it lacks, a day of another month, and groups whose members are not
/// known.
pub(super) fn limits(goods: &Goods<'_>, language: Language) -> Vec<String> {
    let Goods { edition, origin, day, .. } = *goods;
    // The organisation's own table has no such tables: what it says is all that it says.
    let is_own = edition.publication == Publication::Own;
    let lacks = |table, en: &str, nl: &str| {
        (!is_own && !edition.tables.contains(&table)).then(|| Localized { en, nl }.get(language).to_string())
    };
    let unknown = origin.and_then(|origin| unknown_groups(goods, origin, language));
    [
        other_month(edition, day, language),
        lacks(
            Table::Exclusions,
            "The table of excluded countries was not imported: a preference for a group may be told for a country that does not have it.",
            "De tabel met uitgesloten landen is niet ingevoerd: een preferentie voor een groep kan worden genoemd voor een land dat haar niet heeft.",
        ),
        lacks(
            Table::Memberships,
            "The members of groups of countries were not imported: preferences and other measures for a group are not told for one country.",
            "De leden van landengroepen zijn niet ingevoerd: preferenties en andere maatregelen voor een groep worden niet per land genoemd.",
        ),
        lacks(
            Table::Conditions,
            "The table of conditions was not imported: documents and thresholds may be missing.",
            "De tabel met voorwaarden is niet ingevoerd: documenten en drempels kunnen ontbreken.",
        ),
        unknown,
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn other_month(edition: &Edition, day: Date, language: Language) -> Option<String> {
    let known = edition.day;
    let is_same = (known.year(), known.month()) == (day.year(), day.month());
    let publication = publication(edition, language);
    // A publication still has measures that have ended, but not all of them.
    (!is_same).then(|| match (language, known < day) {
        (Language::En, true) => format!(
            "The tariff ({publication}) is of {known}: for {day} it lacks what was published since."
        ),
        (Language::En, false) => format!(
            "The tariff ({publication}) is of {known}: for {day} it may lack measures that had ended before."
        ),
        (Language::Nl, true) => format!(
            "Het tarief ({publication}) is van {known}: voor {day} ontbreekt wat daarna is bekendgemaakt."
        ),
        (Language::Nl, false) => format!(
            "Het tarief ({publication}) is van {known}: voor {day} kunnen maatregelen ontbreken die eerder zijn beëindigd."
        ),
    })
}

/// The note on measures of groups of which it is not known whether they have the origin.
fn unknown_groups(goods: &Goods<'_>, origin: Country, language: Language) -> Option<String> {
    let Goods { edition, day, .. } = *goods;
    let is_unknown = |area: &&Text| is_in_area(edition, area, origin, day).is_none();
    let of_group = |one: &&&Measure| covers(edition, one, origin, day).is_none();
    let measures = goods.measures.iter().filter(of_group);
    let mut groups: Vec<&str> = measures
        .flat_map(|one| std::iter::once(&one.area).chain(&one.excluded).filter(is_unknown))
        .map(|area| &**area)
        .collect();
    groups.sort_unstable();
    groups.dedup();
    (!groups.is_empty()).then(|| match language {
        Language::En => {
            format!(
                "Not known here: whether {origin} is in the groups {}, for which there are measures.",
                groups.join(", ")
            )
        }
        Language::Nl => {
            format!(
                "Hier niet bekend: of {origin} hoort bij de groepen {}, waarvoor er maatregelen zijn.",
                groups.join(", ")
            )
        }
    })
}

/// The prohibitions on the goods, in a sentence. It comes before all others: a total for goods that may not be imported
/// says little.
pub(super) fn prohibited(goods: &Goods<'_>, language: Language) -> Option<String> {
    let lead = Localized { en: "Prohibitions", nl: "Verboden" };
    listed(goods, goods.of(&[MeasureRole::Prohibition]), lead, language)
}

/// The measures that the figures do not include, one sentence for each kind: additional duties, suspensions and lower
/// duties under end use, quotas, investigations, and documents or checks.
pub(super) fn not_included(goods: &Goods<'_>, language: Language) -> Vec<String> {
    type Kind = (&'static [MeasureRole], fn(&Measure) -> bool, Localized<&'static str>);
    let quotas = &[MeasureRole::Quota, MeasureRole::PreferentialQuota];
    let kinds: [Kind; 6] = [
        (
            &[MeasureRole::AdditionalDuty],
            |one| !is_due_in_addition(one),
            Localized { en: "Not included, may be due in addition", nl: "Niet meegerekend, kan erbij komen" },
        ),
        (
            &[MeasureRole::Investigation],
            |_| true,
            Localized {
                en: "Trade defence without a duty of its own",
                nl: "Handelsbescherming zonder eigen recht",
            },
        ),
        (
            &[MeasureRole::Suspension, MeasureRole::EndUse],
            |_| true,
            Localized {
                en: "Not applied: suspensions and end use",
                nl: "Niet toegepast: schorsingen en bijzondere bestemming",
            },
        ),
        (
            quotas,
            |one| !is_licensed(one),
            Localized {
                en: "Not applied: quotas, first come, first served while their balance lasts",
                nl: "Niet toegepast: contingenten, in volgorde van aangifte zolang er saldo is",
            },
        ),
        (
            quotas,
            is_licensed,
            Localized {
                en: "Not applied: quotas that need an import licence",
                nl: "Niet toegepast: contingenten waarvoor een invoercertificaat nodig is",
            },
        ),
        (
            &[MeasureRole::Restriction],
            |_| true,
            Localized { en: "Documents or checks", nl: "Documenten of controles" },
        ),
    ];
    let sentence =
        |(roles, is_of, lead): Kind| listed(goods, goods.of(roles).filter(|one| is_of(one)), lead, language);
    kinds.into_iter().filter_map(sentence).collect()
}

/// Whether a quota is managed by import licences, which its order number tells.
fn is_licensed(quota: &Measure) -> bool {
    quota.order_number.as_ref().is_some_and(|number| number.starts_with("094"))
}

/// A sentence that lists measures after its lead; `None` if there are none.
fn listed<'a>(
    goods: &Goods<'_>,
    measures: impl Iterator<Item = &'a Measure>,
    lead: Localized<&str>,
    language: Language,
) -> Option<String> {
    let mut listed: Vec<_> = measures.map(|one| in_short(goods.edition, one, language)).collect();
    listed.sort_unstable();
    listed.dedup();
    let more = listed.len().saturating_sub(MOST_LISTED);
    listed.truncate(MOST_LISTED);
    if more > 0 {
        listed.push(format!("{} {more}", Localized { en: "others:", nl: "andere:" }.get(language)));
    }
    (!listed.is_empty()).then(|| format!("{}: {}.", lead.get(language), listed.join("; ")))
}

/// The sentence that tells the duty with each document and without any, if documents decide it, and, if a duty was
/// taken, that it is the highest.
pub(super) fn by_document(measure: &Measure, is_taken: bool, language: Language) -> Option<String> {
    let read = DutyText::parse(&written(measure)?);
    read.alternatives().filter(|_| read.expression().is_none())?;
    let one = |condition: MeasureCondition| {
        let duty = condition.duty.map(|duty| {
            DutyText::parse(&duty).expression().map_or_else(|| duty.clone(), |duty| duty.to_string())
        });
        match (condition.document, duty, language) {
            (Some(Coded { code, .. }), Some(duty), Language::En) => format!("{duty} with document {code}"),
            (Some(Coded { code, .. }), Some(duty), Language::Nl) => format!("{duty} met document {code}"),
            (None, Some(duty), Language::En) => format!("{duty} without"),
            (None, Some(duty), Language::Nl) => format!("{duty} zonder"),
            (_, None, Language::En) => format!("without: {}", condition.outcome),
            (_, None, Language::Nl) => format!("zonder: {}", condition.outcome),
        }
    };
    let all = conditions_in_words(read.conditions(), &BTreeMap::new(), language.as_str());
    let all: Vec<_> = all.into_iter().map(one).collect();
    let lead = match (language, is_taken) {
        (Language::En, true) => "The duty depends on a document; the highest was taken",
        (Language::En, false) => "The duty depends on a document",
        (Language::Nl, true) => "Het recht hangt af van een document; het hoogste is genomen",
        (Language::Nl, false) => "Het recht hangt af van een document",
    };
    Some(format!("{lead}: {}.", all.join(", ")))
}

/// The sentence that tells the duties of all additional codes and, if a duty was taken, that it is the highest.
pub(super) fn of_additional_codes(
    edition: &Edition,
    duties: &[&Measure],
    is_taken: bool,
    language: Language,
) -> Option<String> {
    let unknown = Localized { en: "not known here", nl: "hier niet bekend" };
    let one = |measure: &&Measure| {
        let duty = written(measure).unwrap_or(Cow::Borrowed(*unknown.get(language)));
        let duty =
            DutyText::parse(&duty).expression().map_or_else(|| duty.to_string(), |duty| duty.to_string());
        match additional_code(edition, measure, language) {
            Some(Coded { code, text }) if text.is_empty() => format!("{code} {duty}"),
            Some(Coded { code, text }) => format!("{code} ({text}) {duty}"),
            None => duty,
        }
    };
    let mut all: Vec<_> = duties.iter().map(one).collect();
    all.dedup();
    let depends = all.len() > 1 && duties.iter().any(|measure| measure.additional_code.is_some());
    let lead = match (language, is_taken) {
        (Language::En, true) => "The duty depends on the additional code; the highest was taken.",
        (Language::En, false) => "The duty depends on the additional code.",
        (Language::Nl, true) => "Het recht hangt af van de aanvullende code; het hoogste is genomen.",
        (Language::Nl, false) => "Het recht hangt af van de aanvullende code.",
    };
    depends.then(|| format!("{lead} {}.", all.join("; ")))
}

/// The remark on figures in which duties in euros were converted.
pub(super) fn of_exchange_rate(currency: &str, rate: &ExchangeRate, language: Language) -> String {
    let month = rate.date.get(..7).unwrap_or(&rate.date);
    let per_euro = rate.per_euro.to_string();
    match language {
        Language::En => format!(
            "Duties in euros are converted at the customs rate of exchange of {month}: 1 EUR = {per_euro} {currency} \
             (Implementing Regulation (EU) 2015/2447, art. 146)."
        ),
        Language::Nl => format!(
            "Rechten in euro's zijn omgerekend tegen de douanewisselkoers van {month}: 1 EUR = {} {currency} \
             (Uitvoeringsverordening (EU) 2015/2447, art. 146).",
            per_euro.replace('.', ",")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_of_exchange_has_its_month_and_the_decimal_sign_of_the_language() {
        let per_euro = "1.0842".parse().expect("a rate");
        let rate = ExchangeRate { per_euro, date: "2026-12-01".to_owned() };
        assert!(of_exchange_rate("USD", &rate, Language::En).contains("2026-12: 1 EUR = 1.0842 USD"));
        assert!(of_exchange_rate("USD", &rate, Language::Nl).contains("2026-12: 1 EUR = 1,0842 USD"));
    }
}
