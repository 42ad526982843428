//! The columns of TARIC's workbooks, found by their titles in any order, and the tables that they make.

use std::fmt;

use super::workbook::Cell;
use crate::Table;
use crate::builder::Named;

/// What a column has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Title {
    GoodsCode,
    Suffix,
    AdditionalCode,
    OrderNumber,
    From,
    To,
    /// The origin in words.
    Origin,
    OriginCode,
    /// The measure type in words.
    MeasureType,
    MeasureTypeCode,
    LegalBase,
    Duty,
    Language,
    Indent,
    /// The number of digits of the line: 2, 4, 6, 8 or 10.
    Position,
    Description,
    IsLeaf,
    Group,
    GroupName,
    Member,
    MemberFrom,
    MemberTo,
    AreaCode,
    /// A code of an area, of which a table may have two: of the group and of the member.
    Abbreviation,
    Excluded,
    ExcludedCode,
    Condition,
    Sequence,
    Certificate,
    Amount,
    Currency,
    Unit,
    UnitQualifier,
    Action,
    ConditionDuty,
    Footnote,
}

/// The titles without blanks, points and the like, in small letters. The first of each is that of the Commission.
const TITLES: &[(Title, &[&str])] = &[
    (
        Title::GoodsCode,
        &[
            "goodscode",
            "goodsnomenclature",
            "goodsnomenclaturecode",
            "goodsnomenclatureitemid",
            "commoditycode",
            "tariccode",
            "code",
            "cncode",
            "goederencode",
        ],
    ),
    (Title::Suffix, &["suffix", "productlinesuffix", "producline", "pls"]),
    (Title::AdditionalCode, &["addcode", "additionalcode", "addcodes", "additionalcodes"]),
    (Title::OrderNumber, &["orderno", "ordernumber", "quotaorderno", "quotaordernumber", "ordernr"]),
    (
        Title::From,
        &["startdate", "validitystartdate", "validfrom", "datefrom", "begindate", "measurestartdate"],
    ),
    (Title::To, &["enddate", "validityenddate", "validto", "dateto", "measureenddate"]),
    (Title::Origin, &["origin", "origindescription", "geographicalareadescription"]),
    (
        Title::OriginCode,
        &["origincode", "geographicalareaid", "origincountrycode", "geoareacode", "originid"],
    ),
    (Title::MeasureType, &["measuretype", "meastype", "measuretypedescription"]),
    (
        Title::MeasureTypeCode,
        &["meastypecode", "measuretypecode", "measuretypeid", "meastypeid", "measuretypeseries"],
    ),
    (Title::LegalBase, &["legalbase", "legalbasis", "regulation", "legalact"]),
    (Title::Duty, &["duty", "duties", "dutyrate", "dutyexpression", "rate"]),
    (Title::Language, &["language", "lang", "languagecode", "languageid"]),
    (Title::Indent, &["indent", "indents", "dashes", "indentation"]),
    (Title::Position, &["hierpos", "hierarchyposition", "hierarchicalposition"]),
    (
        Title::Description,
        &["description", "descr", "desc", "text", "shortdescription", "countrydescription", "descriptions"],
    ),
    (Title::IsLeaf, &["isleaf", "leaf", "declarable", "isdeclarable"]),
    (Title::Group, &["countrygroup", "group", "groupcode", "geographicalareagroup", "countrygroupcode"]),
    (Title::GroupName, &["countrygroupdescr", "countrygroupdescription", "groupdescription"]),
    (Title::Member, &["membercountry", "member", "membercode", "membercountrycode"]),
    (Title::MemberFrom, &["mbshipstartdate", "membershipstartdate", "mbshipstart"]),
    (Title::MemberTo, &["mbshipenddate", "membershipenddate", "mbshipend"]),
    (
        Title::AreaCode,
        &[
            "geographicalarea",
            "geographicalareacode",
            "areacode",
            "area",
            "country",
            "countrycode",
            "geoarea",
            "countryorgroup",
            "geographicalareas",
        ],
    ),
    (Title::Abbreviation, &["abbrev", "abbreviation", "abbrev1", "abbr"]),
    (
        Title::Excluded,
        &["excludedcountry", "excludedarea", "excludedgeographicalarea", "exclusion", "exclcountry"],
    ),
    (
        Title::ExcludedCode,
        &[
            "excludedcountrycode",
            "excludedareacode",
            "excludedgeographicalareaid",
            "exclusioncode",
            "exclcountrycode",
        ],
    ),
    (
        Title::Condition,
        &["meascond", "measurecondition", "condition", "conditioncode", "meascondcode", "condcode"],
    ),
    (
        Title::Sequence,
        &["sequence", "sequenceno", "sequencenumber", "seq", "condseq", "componentsequencenumber"],
    ),
    (
        Title::Certificate,
        &["certificate", "certificatecode", "cert", "certcode", "document", "documentcode", "box44code"],
    ),
    (Title::Amount, &["condamount", "conditionamount", "amount"]),
    (Title::Currency, &["monunit", "monetaryunit", "currency"]),
    (Title::Unit, &["measunit", "measurementunit", "unit"]),
    (
        Title::UnitQualifier,
        &["measunitqual", "measurementunitqualifier", "measunitqualifier", "qualifier", "unitqual"],
    ),
    (Title::Action, &["measaction", "measureaction", "action", "actioncode", "measactioncode"]),
    (Title::ConditionDuty, &["condduty", "conditionduty", "actionduty", "dutyofaction"]),
    (Title::Footnote, &["footnote", "footnotecode", "footnotes", "footnoteid"]),
];

/// A table of a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Nomenclature,
    Declarable,
    Measures,
    Exclusions,
    Conditions,
    MeasureFootnotes,
    Memberships,
    Names(Named),
}

impl Kind {
    /// The table of the edition.
    pub(super) fn table(self) -> Table {
        match self {
            Self::Nomenclature => Table::Nomenclature,
            Self::Declarable => Table::DeclarableCodes,
            Self::Measures => Table::Measures,
            Self::Exclusions => Table::Exclusions,
            Self::Conditions => Table::Conditions,
            Self::MeasureFootnotes => Table::MeasureFootnotes,
            Self::Memberships => Table::Memberships,
            Self::Names(named) => named.table(),
        }
    }

    /// Whether the table is read when all lines and measures are there.
    pub(super) fn is_read_last(self) -> bool {
        matches!(self, Self::Declarable | Self::Exclusions | Self::Conditions | Self::MeasureFootnotes)
    }
}

/// A column that a table cannot do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MissingColumn {
    /// The table.
    pub(super) kind: Kind,
    /// The title that the Commission gives the column.
    pub(super) title: &'static str,
}

impl fmt::Display for MissingColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "it has no column \"{}\", so the {} cannot be read", self.title, self.kind.table().title())
    }
}

/// The columns of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Columns(Vec<(Title, usize)>);

impl Columns {
    /// The columns with a known title.
    pub(super) fn find(cells: &[Cell]) -> Self {
        let title = |cell: &Cell| {
            let bare: String = cell.text.chars().filter(|sign| sign.is_alphanumeric()).collect();
            let bare = bare.to_lowercase();
            TITLES.iter().find(|(_, titles)| titles.contains(&&*bare)).map(|(title, _)| *title)
        };
        Self(cells.iter().enumerate().filter_map(|(at, cell)| Some((title(cell)?, at))).collect())
    }

    /// Whether there is a column.
    pub(super) fn has(&self, title: Title) -> bool {
        self.0.iter().any(|(own, _)| *own == title)
    }

    /// The cells of a row in the columns with a title, from the left.
    pub(super) fn all<'a>(&self, title: Title, row: &'a [Cell]) -> impl Iterator<Item = &'a Cell> {
        self.0.iter().filter(move |(own, _)| *own == title).filter_map(|(_, at)| row.get(*at))
    }

    /// The text of the first column with a title; empty if there is none.
    pub(super) fn text<'a>(&self, title: Title, row: &'a [Cell]) -> &'a str {
        self.all(title, row).next().map_or("", |cell| &cell.text)
    }

    /// The table that the columns make; `None` if it is none of TARIC's.
    ///
    /// # Errors
    /// The columns are those of a table, but one is missing.
    pub(super) fn kind(&self) -> Result<Option<Kind>, MissingColumn> {
        let has = |title| self.has(title);
        let need = |kind: Kind, titles: &[(Title, &'static str)]| match titles
            .iter()
            .find(|(title, _)| !has(*title))
        {
            Some(&(_, title)) => Err(MissingColumn { kind, title }),
            None => Ok(Some(kind)),
        };
        let goods = (Title::GoodsCode, "Goods code");
        let measure_type = (Title::MeasureTypeCode, "Meas. type code");
        let origin = (Title::OriginCode, "Origin code");
        let is_described = has(Title::Description);
        if has(Title::Condition) {
            let action = (Title::Action, "Meas. action");
            return if is_described {
                Ok(None)
            } else {
                need(Kind::Conditions, &[goods, measure_type, action])
            };
        }
        if has(Title::Excluded) || has(Title::ExcludedCode) {
            return need(Kind::Exclusions, &[goods, measure_type]);
        }
        if has(Title::Member) || has(Title::MemberFrom) {
            return need(
                Kind::Memberships,
                &[(Title::Member, "Member country"), (Title::Group, "Country group")],
            );
        }
        if has(Title::IsLeaf) {
            return need(Kind::Declarable, &[goods]);
        }
        let is_measure = has(Title::MeasureTypeCode) && (has(Title::LegalBase) || has(Title::OriginCode));
        if has(Title::Footnote) {
            return match (is_described, has(Title::MeasureTypeCode)) {
                (true, _) => Ok(Some(Kind::Names(Named::Footnote))),
                (false, true) => need(Kind::MeasureFootnotes, &[goods]),
                // Footnotes on lines are not read.
                (false, false) => Ok(None),
            };
        }
        if has(Title::Duty) && (is_measure || has(Title::GoodsCode)) || is_measure {
            return need(Kind::Measures, &[goods, measure_type, origin]);
        }
        if !is_described {
            return Ok(None);
        }
        if has(Title::Indent) || has(Title::Position) {
            return need(Kind::Nomenclature, &[goods]);
        }
        let named = if has(Title::Certificate) {
            Named::Document
        } else if has(Title::MeasureTypeCode) {
            Named::MeasureType
        } else if has(Title::AdditionalCode) {
            Named::AdditionalCode
        } else if has(Title::AreaCode)
            || has(Title::Group)
            || has(Title::Abbreviation)
            || has(Title::OriginCode)
        {
            Named::Area
        } else {
            return Ok(has(Title::GoodsCode).then_some(Kind::Nomenclature));
        };
        Ok(Some(Kind::Names(named)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(titles: &str) -> Result<Option<Kind>, MissingColumn> {
        let cell = |title: &str| Cell { text: title.to_owned(), is_number: false };
        Columns::find(&titles.split('|').map(cell).collect::<Vec<_>>()).kind()
    }

    #[test]
    fn tables_are_told_by_their_titles_in_any_order() {
        let check = |titles: &str, expected| assert_eq!(kind(titles), Ok(expected), "{titles}");
        let measures = "Goods code|Add code|Order No.|Start date|End date|RED_IND|Origin| Measure type|Legal base|Duty|\
                        Origin code| Meas. type code";
        check(measures, Some(Kind::Measures));
        check("MEAS_TYPE_CODE|ORIGIN_CODE|DUTY|GOODS_CODE", Some(Kind::Measures));
        check(
            "Goods code|Start date|End date|Language|Hier. Pos.|Indent|Description",
            Some(Kind::Nomenclature),
        );
        check("Description|goods code", Some(Kind::Nomenclature));
        check("Goods code|Start date|Decl. start date|End date|IS_LEAF", Some(Kind::Declarable));
        check("Goods code|Origin code|Meas. type code|Excluded country", Some(Kind::Exclusions));
        check(
            "Goods code|Meas. type code|Meas. cond|Sequence|Certificate|Meas. action",
            Some(Kind::Conditions),
        );
        check("Goods code|Meas. type code|Footnote", Some(Kind::MeasureFootnotes));
        check("Country group|Abbrev.|Member country|Mbship start date", Some(Kind::Memberships));
        check("Country|Language|Description", Some(Kind::Names(Named::Area)));
        check("Add code|Language|Description", Some(Kind::Names(Named::AdditionalCode)));
        check("Footnote|Language|Description", Some(Kind::Names(Named::Footnote)));
        check("Certificate code|Language|Description", Some(Kind::Names(Named::Document)));
        check("Meas. type code|Language|Description", Some(Kind::Names(Named::MeasureType)));
        for other in [
            "Goods code|Footnote",
            "Legal base|Off. Journal|Page",
            "Currency|Rate",
            "",
            "Meas. cond|Description",
        ] {
            check(other, None);
        }
    }

    #[test]
    fn a_missing_column_is_named() {
        let fault = kind("Duty|Legal base|Origin code|Meas. type code").expect_err("no goods code");
        assert_eq!(fault.to_string(), "it has no column \"Goods code\", so the Measures cannot be read");
        assert_eq!(kind("Goods code|Duty|Meas. type code").map_err(|fault| fault.title), Err("Origin code"));
        assert_eq!(kind("Indent|Description").map_err(|fault| fault.title), Err("Goods code"));
    }
}
