//! Rows of the tariff's tree below the sections, from chapters to ten digits.

use import8_api::{HsCode, Level, NomenclatureRow};
use jiff::civil::Date;

use super::in_force::text;
use super::lookup::Tariff;
use crate::language::Language;

impl Tariff {
    /// The row of a code of two to ten digits; `None` if the tariff's tree does not have it. Its text is the official
    /// one where the edition in force has it in the language, otherwise the seed's label. Whether it is declarable is
    /// that of a day.
    #[must_use]
    pub fn tree_row(&self, code: &str, day: Date, language: Language) -> Option<NomenclatureRow> {
        let level = match code.len() {
            2 => Level::Chapter,
            4 => Level::Heading,
            6 => Level::Subheading,
            8 => Level::CnCode,
            _ => Level::TaricCode,
        };
        let line = self.lines().and_then(|lines| lines.line(code, day));
        let in_language = line.and_then(|line| line.texts.get(language.as_str())).cloned();
        let seed = self.seed.nomenclature.get(code).map(|entry| entry.label(language).to_owned());
        let is_listed = match code.parse::<HsCode>() {
            Ok(code) => self.lists(code),
            // A chapter is no code that goods could have.
            Err(_) => seed.is_some() || line.is_some(),
        };
        let is_lowest = || self.all_digits().is_none_or(|lines| !lines.leaves_under(code, day).is_empty());
        let label =
            || seed.or_else(|| self.label(code, language)).or_else(|| Some(text(&line?.texts, language)));
        is_listed.then(|| NomenclatureRow {
            code: code.to_owned(),
            level: level.clone(),
            description: in_language.or_else(label).unwrap_or_default(),
            declarable: level == Level::TaricCode && is_lowest(),
        })
    }

    /// The codes of a day right below a code of two to eight digits, in order: each has two more digits.
    #[must_use]
    pub fn tree_codes(&self, code: &str, day: Date) -> Vec<String> {
        let digits = code.len() + 2;
        let lines = self.lines().filter(|lines| digits <= lines.digits);
        let mut codes: Vec<String> = match (lines, code.len()) {
            (Some(lines), _) => {
                let leaves = lines.leaves_under(code, day).into_iter();
                leaves.filter_map(|leaf| leaf.get(..digits)).map(str::to_owned).collect()
            }
            (None, 2 | 4) => self
                .seed
                .nomenclature
                .children(code)
                .into_iter()
                .map(|child| child.code().to_owned())
                .collect(),
            (None, 6) => self.cn_codes_under(code, day),
            (None, 8) => self.taric_codes(code, day),
            (None, _) => Vec::new(),
        };
        codes.dedup();
        codes
    }
}
