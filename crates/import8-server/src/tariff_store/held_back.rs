//! The reasons to keep a new edition out of force until a person asks for it: what would be lost by it.

use std::collections::BTreeMap;

use import8_tariff::{Counts, Publication, Table};
use jiff::civil::Date;

/// A reason why a new edition does not come into force unless it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeldBack {
    /// It is of an earlier day than the edition in force.
    Earlier,
    /// It is another publication than the edition in force, so it may have far less: a table of the organisation's own
    /// with three duties would take the place of all of TARIC.
    OtherPublication,
    /// It has no measures, and the edition in force has: all duties would be lost.
    NoMeasures,
    /// It has fewer than half of the measures of the edition in force.
    FewerMeasures,
    /// The tables of which it has no row, and the edition in force has. Measures have reasons of their own.
    NoTables(Vec<Table>),
}

/// The numbers of rows of each table, as the report of an import has them.
pub(super) type Tables = BTreeMap<Table, Counts>;

/// What an edition has.
pub(super) struct Extent<'a> {
    pub(super) publication: Publication,
    pub(super) day: Date,
    /// The number of measures.
    pub(super) measures: i64,
    /// Empty if they are not known.
    pub(super) tables: &'a Tables,
}

/// The reasons to hold back a new edition.
pub(super) fn reasons(new: &Extent<'_>, in_force: &Extent<'_>) -> Vec<HeldBack> {
    let mut reasons = Vec::new();
    if new.day < in_force.day {
        reasons.push(HeldBack::Earlier);
    }
    if new.publication != in_force.publication && !contains(new.publication, in_force.publication) {
        // It has other tables and numbers by its nature: they are told with this reason.
        reasons.push(HeldBack::OtherPublication);
        return reasons;
    }
    if new.measures == 0 && in_force.measures > 0 {
        reasons.push(HeldBack::NoMeasures);
    } else if new.measures < in_force.measures - new.measures {
        reasons.push(HeldBack::FewerMeasures);
    }
    let lacking: Vec<_> = in_force
        .tables
        .iter()
        .filter(|(table, counts)| **table != Table::Measures && counts.read > 0 && is_lacking(new, **table))
        .map(|(table, _)| *table)
        .collect();
    if !lacking.is_empty() {
        reasons.push(HeldBack::NoTables(lacking));
    }
    reasons
}

/// Whether a publication has by its nature all that another one has: TARIC the codes of the Combined Nomenclature, and
/// that those of the Harmonized System.
fn contains(publication: Publication, other: Publication) -> bool {
    match publication {
        Publication::Taric => {
            matches!(other, Publication::CombinedNomenclature | Publication::HarmonizedSystem)
        }
        Publication::CombinedNomenclature => other == Publication::HarmonizedSystem,
        Publication::HarmonizedSystem | Publication::Own => false,
    }
}

/// Whether an edition has nothing of a table. A table that is there and has no rows says that there are none.
fn is_lacking(edition: &Extent<'_>, table: Table) -> bool {
    edition.tables.get(&table).is_none_or(|counts| counts.read == 0 && counts.refused + counts.unused > 0)
}
