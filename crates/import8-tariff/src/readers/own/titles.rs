//! The titles of an own tariff in English and Dutch, and the words for types of measures.

use import8_sheets::reading::Source;

use crate::readers::table::{Titles, bare};

/// What a column has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Title {
    Code,
    Duty,
    Origin,
    Excluded,
    Type,
    From,
    To,
    Unit,
    Source,
    AdditionalCode,
    OrderNumber,
    Declarable,
    Day,
}

const TITLES: [(Title, &[&str]); 13] = [
    (
        Title::Code,
        &["code", "goodscode", "hscode", "cncode", "tariccode", "commoditycode", "goederencode", "gncode"],
    ),
    (Title::Duty, &["duty", "dutyrate", "rate", "recht", "tarief", "douanerecht"]),
    (Title::Origin, &["origin", "origincode", "country", "oorsprong", "land", "landvanoorsprong"]),
    (Title::Excluded, &["excluded", "except", "uitgezonderd", "behalve"]),
    (Title::Type, &["type", "measuretype", "measure", "soort", "maatregel", "maatregeltype"]),
    (Title::From, &["from", "validfrom", "startdate", "vanaf", "begindatum", "ingangsdatum"]),
    (Title::To, &["to", "until", "validto", "enddate", "tot", "totenmet", "einddatum"]),
    (Title::Unit, &["unit", "supplementaryunit", "eenheid", "bijzonderemaatstaf"]),
    (Title::Source, &["source", "regulation", "legalbase", "bron", "verordening"]),
    (Title::AdditionalCode, &["additionalcode", "addcode", "aanvullendecode"]),
    (Title::OrderNumber, &["ordernumber", "orderno", "volgnummer"]),
    (Title::Declarable, &["declarable", "aangeefbaar"]),
    (Title::Day, &["asof", "day", "date", "per", "datum", "peildatum"]),
];

/// Words with which the title of a description begins, and the language that it has without a further word.
const TEXTS: [(&str, &str); 5] =
    [("description", "en"), ("text", "en"), ("name", "en"), ("omschrijving", "nl"), ("naam", "nl")];

const LANGUAGES: [(&str, &str); 8] = [
    ("english", "en"),
    ("engels", "en"),
    ("dutch", "nl"),
    ("nederlands", "nl"),
    ("german", "de"),
    ("duits", "de"),
    ("french", "fr"),
    ("frans", "fr"),
];

/// Words for a quota. TARIC has one type for every origin, and another for an origin.
const QUOTA: [&str; 4] = ["quota", "tariffquota", "contingent", "tariefcontingent"];

/// Other types of measures in words, and TARIC's codes of them.
const TYPES: [(&[&str], &str); 11] = [
    (&["thirdcountryduty", "mfn", "thirdcountry", "rechtderdelanden", "derdelanden"], "103"),
    (&["customsunion", "customsunionduty", "douaneunie"], "106"),
    (&["supplementaryunit", "bijzonderemaatstaf"], "109"),
    (&["suspension", "autonomoussuspension", "schorsing"], "112"),
    (&["preference", "tariffpreference", "preferentie", "tariefpreferentie"], "142"),
    (
        &[
            "preferentialquota",
            "preferentialtariffquota",
            "preferentieelcontingent",
            "preferentieeltariefcontingent",
        ],
        "143",
    ),
    (&["prohibition", "importprohibition", "verbod", "invoerverbod"], "277"),
    (&["restriction", "restrictie", "beperking"], "465"),
    (&["antidumping", "antidumpingduty", "definitiveantidumpingduty", "antidumpingrecht"], "552"),
    (&["countervailing", "countervailingduty", "definitivecountervailingduty", "compenserendrecht"], "554"),
    (&["additionalduty", "aanvullendrecht"], "695"),
];

/// TARIC's code of the type of a measure for every origin or for some: three digits, or a word for one.
pub(super) fn type_code(text: &str, is_for_every_origin: bool) -> Option<String> {
    let text = bare(text);
    if text.len() == 3 && text.bytes().all(|sign| sign.is_ascii_digit()) {
        return Some(text);
    }
    if QUOTA.contains(&&*text) {
        return Some(if is_for_every_origin { "122" } else { "143" }.to_owned());
    }
    TYPES.iter().find(|(words, _)| words.contains(&&*text)).map(|(_, code)| (*code).to_owned())
}

/// The columns of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    known: Vec<(Title, usize)>,
    texts: Vec<(String, usize)>,
    width: usize,
}

impl Columns {
    pub(super) fn read(source: &Source) -> Self {
        let titles = Titles::read(source, 0);
        let mut columns = Self { known: Vec::new(), texts: Vec::new(), width: titles.width() };
        for (at, title) in titles.iter() {
            if let Some((known, _)) = TITLES.iter().find(|(_, titles)| titles.contains(&title)) {
                columns.known.push((*known, at));
            } else if let Some(language) = language_of_text(title) {
                columns.texts.push((language, at));
            }
        }
        columns
    }

    /// The first column with a title.
    pub(super) fn find(&self, title: Title) -> Option<usize> {
        self.known.iter().find(|(own, _)| *own == title).map(|(_, at)| *at)
    }

    pub(super) fn has(&self, title: Title) -> bool {
        self.find(title).is_some()
    }

    pub(super) fn has_text(&self) -> bool {
        !self.texts.is_empty()
    }

    /// The columns with descriptions, by language.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&str, usize)> {
        self.texts.iter().map(|(language, at)| (language.as_str(), *at))
    }

    /// The number of columns.
    pub(super) fn len(&self) -> usize {
        self.width
    }
}

/// The language of a description by its title: `nl` of `descriptionnl` and of `omschrijving`.
fn language_of_text(title: &str) -> Option<String> {
    TEXTS.iter().find_map(|(begin, language)| {
        let rest = title.strip_prefix(begin)?;
        match LANGUAGES.iter().find(|(name, _)| *name == rest) {
            _ if rest.is_empty() => Some((*language).to_owned()),
            Some((_, code)) => Some((*code).to_owned()),
            None => (rest.len() == 2 && rest.bytes().all(|sign| sign.is_ascii_lowercase()))
                .then(|| rest.to_owned()),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_languages_and_types_are_known() {
        let languages =
            ["description", "omschrijving", "descriptiondutch", "omschrijvingen", "textfr", "texture"];
        let read = languages.map(|title| language_of_text(title).unwrap_or_default());
        assert_eq!(read, ["en", "nl", "nl", "en", "fr", ""]);
        let types = ["103", "Third-country duty", "Recht derde landen", "Anti-dumping", "customs", "1033"];
        let read = types.map(|kind| type_code(kind, false).unwrap_or_default());
        assert_eq!(read, ["103", "103", "103", "552", "", ""]);
        let quotas = ["Quota", "tariefcontingent", "Preferential quota"].map(|kind| {
            [true, false].map(|is_for_every_origin| type_code(kind, is_for_every_origin).unwrap_or_default())
        });
        assert_eq!(quotas, [["122", "143"], ["122", "143"], ["143", "143"]]);
    }
}
