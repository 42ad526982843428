//! Collects the rows of a publication and makes an edition of them.

use std::collections::hash_map::{Entry, RandomState};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasher, Hash};

use jiff::civil::Date;

use crate::readers::ReadError;
use crate::report::{MOST_REFUSED_ROWS, Missing, RefusedRow, Report};
use crate::{
    Condition, Counts, Edition, GoodsCode, Line, Measure, Membership, Names, Publication, Table, Text,
};

/// The most rows of a table: several times those of any publication.
const MOST_ROWS: u64 = 2_000_000;

/// The most bytes of all texts, each counted once.
const MOST_TEXT: usize = 256 << 20;

/// The most conditions, exclusions or footnotes of one measure.
const MOST_OF_A_MEASURE: usize = 1_000;

/// The most conditions, exclusions and footnotes of all measures together.
const MOST_OF_ALL_MEASURES: usize = 8_000_000;

/// Collects the rows of a publication. Equal texts are kept once, exact duplicates are dropped and counted, and
/// everything is in order in the end.
#[derive(Debug)]
pub struct Builder {
    edition: Edition,
    report: Report,
    texts: HashSet<Text>,
    text_bytes: usize,
    /// The places of the lines by code, suffix and first day.
    lines: HashMap<(GoodsCode, u8, Option<Date>), usize>,
    /// The places of the measures by the hash of all that they say. Different ones with one hash are told apart.
    measures: HashMap<u64, Vec<usize>>,
    hasher: RandomState,
    attached: usize,
    /// The first limit that was exceeded, with its table.
    exceeded: Option<(Table, &'static str)>,
}

/// What [`Builder`] did with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// The row is new.
    Read,
    /// An earlier row says the same.
    Repeated,
    /// An earlier row says something else of the same thing, and that stays.
    Differs,
    /// No measure that was read fits the row.
    Unused,
    /// A measure has too many such rows.
    TooMany,
}

/// Which measures a row of another table belongs to. A column that the table lacks is `None` and fits every measure.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MeasureKey {
    /// The goods.
    pub code: GoodsCode,
    /// The measure type.
    pub measure_type: Option<Text>,
    /// The origin.
    pub area: Option<Text>,
    /// The additional code; `Some(None)` for a measure without one.
    pub additional_code: Option<Option<Text>>,
    /// The order number.
    pub order_number: Option<Option<Text>>,
    /// The first day.
    pub from: Option<Option<Date>>,
}

/// The places of measures by the columns that another table has, see [`Builder::measure_index`].
#[derive(Debug)]
pub struct MeasureIndex(HashMap<MeasureKey, Vec<usize>>);

/// What a row of another table adds to a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Addition {
    /// A country or group that the measure leaves out.
    Exclusion(Text),
    /// A condition.
    Condition(Condition),
    /// A footnote by its code.
    Footnote(Text),
}

/// A table of texts by code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// Countries and groups.
    Area,
    /// Additional codes.
    AdditionalCode,
    /// Footnotes.
    Footnote,
    /// Documents.
    Document,
    /// Measure types.
    MeasureType,
}

impl Named {
    /// The table.
    #[must_use]
    pub fn table(self) -> Table {
        match self {
            Self::Area => Table::Areas,
            Self::AdditionalCode => Table::AdditionalCodes,
            Self::Footnote => Table::Footnotes,
            Self::Document => Table::Documents,
            Self::MeasureType => Table::MeasureTypes,
        }
    }
}

impl Builder {
    /// Begins an edition of a publication.
    #[must_use]
    pub fn new(publication: Publication, day: Date) -> Self {
        let edition = Edition {
            publication,
            day,
            tables: BTreeSet::new(),
            lines: Vec::new(),
            measures: Vec::new(),
            areas: BTreeMap::new(),
            additional_codes: BTreeMap::new(),
            footnotes: BTreeMap::new(),
            documents: BTreeMap::new(),
            measure_types: BTreeMap::new(),
        };
        let report = Report {
            publication,
            day,
            tables: BTreeMap::new(),
            refused: Vec::new(),
            missing: Vec::new(),
            notes: Vec::new(),
        };
        Self {
            edition,
            report,
            texts: HashSet::new(),
            text_bytes: 0,
            lines: HashMap::new(),
            measures: HashMap::new(),
            hasher: RandomState::new(),
            attached: 0,
            exceeded: None,
        }
    }

    /// Marks a table as one that the publication has, even if it turns out to be empty.
    pub fn has(&mut self, table: Table) {
        self.edition.tables.insert(table);
        self.report.tables.entry(table).or_default();
    }

    /// The text, shared with equal texts.
    pub fn text(&mut self, text: &str) -> Text {
        if let Some(known) = self.texts.get(text) {
            return known.clone();
        }
        self.count_text(text);
        let new = Text::from(text);
        self.texts.insert(new.clone());
        new
    }

    /// Adds a line. The texts of a line that is known are added to it: its unit, its end and whether it can be
    /// declared are taken over where the known line has none.
    pub fn line(&mut self, line: Line) -> Taken {
        line.texts.values().for_each(|text| self.count_text(text));
        let taken = match self.lines.entry((line.code, line.suffix, line.from)) {
            Entry::Vacant(place) => {
                place.insert(self.edition.lines.len());
                self.edition.lines.push(line);
                Taken::Read
            }
            Entry::Occupied(place) => match self.edition.lines.get_mut(*place.get()) {
                Some(known) => merge(known, line),
                None => Taken::Differs,
            },
        };
        self.count(Table::Nomenclature, taken)
    }

    /// Changes each line.
    pub fn each_line(&mut self, change: impl FnMut(&mut Line)) {
        self.edition.lines.iter_mut().for_each(change);
    }

    /// Says of which day the publication is, if that is known only from its content.
    pub fn set_day(&mut self, day: Date) {
        self.edition.day = day;
        self.report.day = day;
    }

    /// Adds a measure, whose conditions, exclusions and footnotes [`Self::attach`] may add later.
    pub fn measure(&mut self, measure: Measure) -> Taken {
        let Measure {
            code,
            additional_code,
            order_number,
            measure_type,
            area,
            duty,
            regulation,
            from,
            to,
            ..
        } = &measure;
        let hash = self.hasher.hash_one((
            (code, additional_code, order_number, measure_type, area),
            (duty, regulation, from, to),
        ));
        let same = self.measures.entry(hash).or_default();
        let taken = if same.iter().any(|&at| self.edition.measures.get(at) == Some(&measure)) {
            Taken::Repeated
        } else {
            same.push(self.edition.measures.len());
            self.edition.measures.push(measure);
            Taken::Read
        };
        self.count(Table::Measures, taken)
    }

    /// The measures by the columns that `like` has, for [`Self::attach`]. Call it when all measures are there.
    #[must_use]
    pub fn measure_index(&self, like: &MeasureKey) -> MeasureIndex {
        let mut index: HashMap<_, Vec<_>> = HashMap::new();
        for (at, measure) in self.edition.measures.iter().enumerate() {
            let key = MeasureKey {
                code: measure.code,
                measure_type: like.measure_type.as_ref().map(|_| measure.measure_type.clone()),
                area: like.area.as_ref().map(|_| measure.area.clone()),
                additional_code: like.additional_code.as_ref().map(|_| measure.additional_code.clone()),
                order_number: like.order_number.as_ref().map(|_| measure.order_number.clone()),
                from: like.from.map(|_| measure.from),
            };
            index.entry(key).or_default().push(at);
        }
        MeasureIndex(index)
    }

    /// Adds something to the measures that a row of another table belongs to.
    pub fn attach(&mut self, index: &MeasureIndex, key: &MeasureKey, addition: &Addition) -> Taken {
        let table = match addition {
            Addition::Exclusion(_) => Table::Exclusions,
            Addition::Condition(_) => Table::Conditions,
            Addition::Footnote(_) => Table::MeasureFootnotes,
        };
        let mut taken = Taken::Unused;
        for &at in index.0.get(key).into_iter().flatten() {
            let Some(measure) = self.edition.measures.get_mut(at) else { continue };
            let one = match addition {
                Addition::Exclusion(area) => push_new(&mut measure.excluded, area),
                Addition::Condition(condition) => push_new(&mut measure.conditions, condition),
                Addition::Footnote(code) => push_new(&mut measure.footnotes, code),
            };
            self.attached += usize::from(one == Taken::Read);
            if taken != Taken::Read {
                taken = one;
            }
        }
        if self.attached > MOST_OF_ALL_MEASURES {
            self.exceed(table, "the measures have too many conditions, exclusions and footnotes");
        }
        self.count(table, taken)
    }

    /// Adds a text in a language (ISO 639-1, small letters) to a code of a table.
    pub fn name(&mut self, named: Named, code: &str, language: &str, text: &str) -> Taken {
        self.count_text(text);
        let taken = add_text(self.names(named, code), language, text);
        self.count(named.table(), taken)
    }

    /// Adds a text that another table tells by the way, if the code has none in the language.
    pub fn name_by_the_way(&mut self, named: Named, code: &str, language: &str, text: &str) {
        self.count_text(text);
        self.names(named, code).entry(language.to_owned()).or_insert_with(|| text.to_owned());
    }

    fn names(&mut self, named: Named, code: &str) -> &mut Names {
        let (edition, code) = (&mut self.edition, code.to_owned());
        match named {
            Named::Area => &mut edition.areas.entry(code).or_default().names,
            Named::AdditionalCode => &mut edition.additional_codes.entry(code).or_default().names,
            Named::Footnote => edition.footnotes.entry(code).or_default(),
            Named::Document => edition.documents.entry(code).or_default(),
            Named::MeasureType => edition.measure_types.entry(code).or_default(),
        }
    }

    /// Adds a country as a member of a group.
    pub fn member(&mut self, group: &str, member: Membership) -> Taken {
        let members = &mut self.edition.areas.entry(group.to_owned()).or_default().members;
        let taken = push_new(members, &member);
        self.count(Table::Memberships, taken)
    }

    /// Counts a row of a table that is not kept as such.
    pub fn count(&mut self, table: Table, taken: Taken) -> Taken {
        let counts: &mut Counts = self.report.tables.entry(table).or_default();
        self.edition.tables.insert(table);
        match taken {
            Taken::Read => counts.read += 1,
            Taken::Repeated => counts.repeated += 1,
            Taken::Unused => counts.unused += 1,
            // The reader refuses these with their place.
            Taken::Differs | Taken::TooMany => {}
        }
        if counts.read + counts.repeated + counts.unused > MOST_ROWS {
            self.exceed(table, "it has more than 2,000,000 rows");
        }
        taken
    }

    /// Refuses a row. `place` is the file, and in a workbook the sheet.
    pub fn refuse(&mut self, table: Table, place: &str, row: u64, reason: impl Into<String>) {
        let counts = self.report.tables.entry(table).or_default();
        counts.refused += 1;
        if counts.refused > MOST_ROWS {
            self.exceed(table, "it has more than 2,000,000 rows");
        }
        if self.report.refused.len() < MOST_REFUSED_ROWS {
            self.report.refused.push(RefusedRow { table: place.to_owned(), row, reason: reason.into() });
        }
    }

    /// Adds a remark on the whole to the report, as a sentence.
    pub fn note(&mut self, note: impl Into<String>) {
        self.report.notes.push(note.into());
    }

    /// Whether a limit is exceeded, so that reading can end.
    ///
    /// # Errors
    /// [`ReadError::TooLarge`] then.
    pub fn check(&self) -> Result<(), ReadError> {
        match self.exceeded {
            None => Ok(()),
            Some((table, reason)) => Err(ReadError::too_large(table.title(), reason)),
        }
    }

    /// What has been read so far.
    #[must_use]
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// The edition in order, and the report. `wanted` are the tables that the publication should have.
    ///
    /// # Errors
    /// A limit is exceeded, or there is neither a line nor a measure.
    pub fn finish(mut self, wanted: &[Table]) -> Result<(Edition, Report), ReadError> {
        self.check()?;
        if self.edition.lines.is_empty() && self.edition.measures.is_empty() {
            let first = self.report.refused.first();
            let reason = match first {
                Some(row) => format!("no row can be read; of {}, row {}: {}", row.table, row.row, row.reason),
                None => "there are neither codes nor measures in it".to_owned(),
            };
            return Err(ReadError::structure(self.report.publication.title(), reason));
        }
        for &table in wanted {
            if !self.edition.tables.contains(&table) {
                self.report.missing.push(Missing { table, cost: table.cost_of_absence().to_owned() });
            }
        }
        let edition = &mut self.edition;
        edition.lines.sort_by_key(|line| (line.code, line.suffix, line.from));
        edition.measures.sort_by(|one, other| order(one).cmp(&order(other)));
        for measure in &mut edition.measures {
            measure.excluded.sort_unstable();
            // The order within a kind is the publication's: the first that is met decides.
            measure.conditions.sort_by(|one, other| one.kind.cmp(&other.kind));
            measure.footnotes.sort_unstable();
        }
        for area in edition.areas.values_mut() {
            area.members.sort_by(|one, other| (&one.country, one.from).cmp(&(&other.country, other.from)));
        }
        Ok((self.edition, self.report))
    }

    fn count_text(&mut self, text: &str) {
        self.text_bytes = self.text_bytes.saturating_add(text.len());
        if self.text_bytes > MOST_TEXT {
            self.exceed(Table::Nomenclature, "the texts are longer than 256 MiB together");
        }
    }

    /// Ends the reading because a table is too large: [`Self::check`] tells the first reason.
    pub(crate) fn exceed(&mut self, table: Table, reason: &'static str) {
        self.exceeded.get_or_insert((table, reason));
    }
}

/// The order of measures: by code, then as a person looks for them. It is total, so equal files give equal editions.
fn order(measure: &Measure) -> impl Ord + '_ {
    let Measure {
        code, measure_type, area, additional_code, order_number, from, to, duty, regulation, ..
    } = measure;
    ((code, measure_type, area, additional_code), (order_number, from, to, duty, regulation))
}

/// Adds what a row says of a line that is known; nothing of it if one thing differs.
fn merge(known: &mut Line, line: Line) -> Taken {
    let differs =
        line.texts.iter().any(|(language, text)| known.texts.get(language).is_some_and(|own| own != text))
            || is_other(&known.to, &line.to)
            || is_other(&known.declarable, &line.declarable)
            || is_other(&known.unit, &line.unit);
    if differs {
        return Taken::Differs;
    }
    let is_repeated = line.texts.keys().all(|language| known.texts.contains_key(language))
        && (known.to.is_some() || line.to.is_none())
        && (known.declarable.is_some() || line.declarable.is_none())
        && (known.unit.is_some() || line.unit.is_none());
    known.texts.extend(line.texts);
    known.to = known.to.or(line.to);
    known.declarable = known.declarable.or(line.declarable);
    known.unit = known.unit.take().or(line.unit);
    if is_repeated { Taken::Repeated } else { Taken::Read }
}

/// Whether both are there and say something else.
fn is_other<T: PartialEq>(known: &Option<T>, own: &Option<T>) -> bool {
    known.is_some() && own.is_some() && known != own
}

fn add_text(names: &mut Names, language: &str, text: &str) -> Taken {
    match names.get(language) {
        None => {
            names.insert(language.to_owned(), text.to_owned());
            Taken::Read
        }
        Some(known) if known == text => Taken::Repeated,
        Some(_) => Taken::Differs,
    }
}

fn push_new<T: PartialEq + Clone>(all: &mut Vec<T>, new: &T) -> Taken {
    if all.contains(new) {
        return Taken::Repeated;
    }
    if all.len() >= MOST_OF_A_MEASURE {
        return Taken::TooMany;
    }
    all.push(new.clone());
    Taken::Read
}
