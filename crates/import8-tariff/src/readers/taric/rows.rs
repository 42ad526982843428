//! Rows of TARIC's tables: what each says, or why it cannot be read.

use super::titles::{Columns, Title};
use super::workbook::Cell;
use crate::builder::{Builder, MeasureKey};
use crate::readers::cells::{
    bare_code, expression, goods_code, is_area_code, language, optional_day, padded_code, words,
};
use crate::{Condition, Line, Measure, Membership, Names, Text};

/// The suffix of a line that a code stands for.
pub(super) const LINE: u8 = 80;

/// A row of a sheet with the meaning of its columns.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) columns: &'a Columns,
    pub(super) cells: &'a [Cell],
    pub(super) is_1904: bool,
}

impl<'a> Row<'a> {
    pub(super) fn text(&self, title: Title) -> &'a str {
        self.columns.text(title, self.cells)
    }

    fn day(&self, title: Title) -> Result<Option<jiff::civil::Date>, String> {
        match self.columns.all(title, self.cells).next() {
            Some(cell) => optional_day(&cell.text, cell.is_number, self.is_1904),
            None => Ok(None),
        }
    }

    fn period(&self, from: Title, to: Title) -> Result<Period, String> {
        let (from, to) = (self.day(from)?, self.day(to)?);
        match (from, to) {
            (Some(first), Some(last)) if last < first => {
                Err(format!("it ends on {last}, before it begins on {first}"))
            }
            _ => Ok(Period { from, to }),
        }
    }

    /// The goods code and its suffix.
    pub(super) fn goods(&self) -> Result<(crate::GoodsCode, u8), String> {
        let cell = self.columns.all(Title::GoodsCode, self.cells).next();
        let (code, suffix) =
            cell.map_or_else(|| goods_code("", false), |cell| goods_code(&cell.text, cell.is_number))?;
        let own = self.text(Title::Suffix);
        let suffix = match (suffix, own) {
            (Some(suffix), _) => suffix,
            (None, "") => LINE,
            (None, own) => own.parse().map_err(|_| format!("{own:?} is no suffix"))?,
        };
        Ok((code, suffix))
    }

    /// The language of the row in small letters; that of the file if the row has none.
    pub(super) fn language(&self, of_file: Option<&str>) -> Result<String, String> {
        let own = self.text(Title::Language);
        match (language(own), of_file) {
            (Some(language), _) => Ok(language),
            (None, Some(language)) if own.is_empty() => Ok(language.to_owned()),
            (None, _) if own.is_empty() => Err("the language is missing".to_owned()),
            (None, _) => Err(format!("{own:?} is no language such as EN")),
        }
    }

    /// A line of the nomenclature.
    pub(super) fn line(&self, of_file: Option<&str>) -> Result<Line, String> {
        let (code, suffix) = self.goods()?;
        if suffix == 0 || suffix > LINE {
            return Err(format!("{suffix} is no suffix from 10 to 80"));
        }
        let Period { from, to } = self.period(Title::From, Title::To)?;
        let indent = indent(self.text(Title::Indent))?;
        let text = words(self.text(Title::Description));
        let mut texts = Names::new();
        if !text.is_empty() {
            texts.insert(self.language(of_file)?, text);
        }
        Ok(Line { code, suffix, indent, from, to, declarable: None, unit: None, texts })
    }

    /// A measure without what other tables add to it.
    pub(super) fn measure(&self, builder: &mut Builder) -> Result<Measure, String> {
        let (code, _) = self.goods()?;
        let measure_type = self.measure_type()?;
        let area = self.area()?;
        let Period { from, to } = self.period(Title::From, Title::To)?;
        let additional_code = bare_code(self.text(Title::AdditionalCode));
        let order_number = padded_code(self.text(Title::OrderNumber), 6);
        let duty = expression(self.text(Title::Duty));
        let regulation = words(self.text(Title::LegalBase));
        let mut optional = |text: String| (!text.is_empty()).then(|| builder.text(&text));
        Ok(Measure {
            code,
            additional_code: optional(additional_code),
            order_number: optional(order_number),
            duty: optional(duty),
            regulation: optional(regulation),
            measure_type: builder.text(&measure_type),
            area: builder.text(&area),
            excluded: Vec::new(),
            from,
            to,
            conditions: Vec::new(),
            footnotes: Vec::new(),
        })
    }

    fn measure_type(&self) -> Result<String, String> {
        let code = padded_code(self.text(Title::MeasureTypeCode), 3);
        match code.len() {
            0 => Err("the measure type is missing".to_owned()),
            3 => Ok(code),
            _ => Err(format!("{code:?} is no measure type of three digits")),
        }
    }

    fn area(&self) -> Result<String, String> {
        let code = padded_code(self.text(Title::OriginCode), 4);
        if code.is_empty() {
            return Err("the code of the origin is missing".to_owned());
        }
        if is_area_code(&code) {
            Ok(code)
        } else {
            Err(format!("{code:?} is no country or group of countries"))
        }
    }

    /// The columns that tell to which measures the row belongs.
    pub(super) fn measure_key(&self, builder: &mut Builder) -> Result<MeasureKey, String> {
        let (code, _) = self.goods()?;
        let has = |title| self.columns.has(title);
        let optional = |text: String, builder: &mut Builder| (!text.is_empty()).then(|| builder.text(&text));
        let measure_type = self.measure_type()?;
        let area = if has(Title::OriginCode) { Some(self.area()?) } else { None };
        let additional_code = has(Title::AdditionalCode)
            .then(|| optional(bare_code(self.text(Title::AdditionalCode)), builder));
        let order_number =
            has(Title::OrderNumber).then(|| optional(padded_code(self.text(Title::OrderNumber), 6), builder));
        let from = if has(Title::From) { Some(self.day(Title::From)?) } else { None };
        Ok(MeasureKey {
            code,
            measure_type: Some(builder.text(&measure_type)),
            area: area.map(|area| builder.text(&area)),
            additional_code,
            order_number,
            from,
        })
    }

    /// A country or group that a measure leaves out. The Commission has its code under the title of the name, so it
    /// is told by its form.
    pub(super) fn exclusion(&self, builder: &mut Builder) -> Result<Text, String> {
        let mut cells = [Title::ExcludedCode, Title::Excluded]
            .into_iter()
            .flat_map(|title| self.columns.all(title, self.cells))
            .map(|cell| padded_code(&cell.text, 4));
        match cells.find(|code| is_area_code(code)) {
            Some(code) => Ok(builder.text(&code)),
            None => Err("the code of the excluded country is missing".to_owned()),
        }
    }

    /// A condition and its place among those of the measure.
    pub(super) fn condition(&self, builder: &mut Builder) -> Result<(u32, Condition), String> {
        let kind = bare_code(self.text(Title::Condition));
        let action = padded_code(self.text(Title::Action), 2);
        if kind.is_empty() || action.is_empty() {
            return Err("the kind of condition or its action is missing".to_owned());
        }
        let sequence = self.text(Title::Sequence);
        let sequence = match sequence {
            "" => 0,
            sequence => sequence.parse().map_err(|_| format!("{sequence:?} is no sequence number"))?,
        };
        let document = bare_code(self.text(Title::Certificate));
        let parts = [Title::Amount, Title::Currency, Title::Unit, Title::UnitQualifier];
        let amount = match self.text(Title::Amount) {
            "" => String::new(),
            _ => expression(&parts.map(|title| self.text(title)).join(" ")),
        };
        let duty = expression(self.text(Title::ConditionDuty));
        let mut optional = |text: String| (!text.is_empty()).then(|| builder.text(&text));
        let (document, amount, duty) = (optional(document), optional(amount), optional(duty));
        Ok((
            sequence,
            Condition { kind: builder.text(&kind), document, amount, action: builder.text(&action), duty },
        ))
    }

    /// A group and a member of it.
    pub(super) fn member(&self, builder: &mut Builder) -> Result<(String, Membership), String> {
        let abbreviations: Vec<&Cell> = self.columns.all(Title::Abbreviation, self.cells).collect();
        let code = |title, abbreviation: Option<&&Cell>| {
            let own = padded_code(self.text(title), 4);
            let short =
                abbreviation.map(|cell| padded_code(&cell.text, 4)).filter(|short| is_area_code(short));
            if is_area_code(&own) { Some(own) } else { short }
        };
        let group = code(Title::Group, abbreviations.first()).ok_or("the code of the group is missing")?;
        let country = code(Title::Member, abbreviations.get(1)).ok_or("the code of the member is missing")?;
        let Period { from, to } = self.period(Title::MemberFrom, Title::MemberTo)?;
        Ok((group, Membership { country: builder.text(&country), from, to }))
    }

    /// A code with its text: that of the area, document, footnote and the like.
    pub(super) fn name(&self, titles: &[Title], digits: usize) -> Result<(String, String), String> {
        let codes = titles.iter().flat_map(|title| self.columns.all(*title, self.cells));
        let mut codes = codes.map(|cell| padded_code(&cell.text, digits)).filter(|code| !code.is_empty());
        let code = match titles.first() {
            // A table may have an area under several titles, of which one has the code.
            Some(Title::AreaCode) => codes.find(|code| is_area_code(code)),
            _ => codes.next(),
        };
        let code = code.ok_or("the code is missing")?;
        let text = words(self.text(Title::Description));
        if text.is_empty() { Err(format!("{code} has no text")) } else { Ok((code, text)) }
    }
}

/// The first and the last day of a row.
struct Period {
    from: Option<jiff::civil::Date>,
    to: Option<jiff::civil::Date>,
}

/// The number of dashes: `- - -`, or the number itself.
fn indent(text: &str) -> Result<u8, String> {
    let dashes = text.chars().filter(|sign| matches!(sign, '-' | '\u{2013}')).count();
    let number = if dashes > 0 {
        u8::try_from(dashes).ok()
    } else if text.is_empty() {
        Some(0)
    } else {
        text.parse().ok()
    };
    number.filter(|number| *number < 30).ok_or_else(|| format!("{text:?} is no indent"))
}
