//! The catalogue of an opened file: its column mapping, the check of its rows, and the file with results.

use std::collections::HashMap;

use import8_api::{ClassifyRequest, Country, Money};
use import8_sheets::reading::{Added, ReadError, Source};
use import8_sheets::{CellKind, Error as TableError, Separators};

use crate::columns::{Mapping, Role};
use crate::description::is_vague;
use crate::report::{
    Edits, Fault, Known, MOST_TOLD, Problem, Product, Reason, Report, Row, RowState, Said, Vague,
};
use crate::row::{Countries, request};
use crate::summary::{one_line, whole};

/// The most characters of a text in a report.
const TOLD_CHARS: usize = 120;

/// The separator between texts of several columns.
const JOINED_BY: &str = ", ";

/// The catalogue of an opened file. Call [`check`](Self::check) to read its rows, then request products, rows or the
/// file.
#[derive(Debug)]
pub struct Catalogue {
    source: Source,
    mapping: Mapping,
    texts: HashMap<(Role, String), String>,
    rows: HashMap<(usize, Role), String>,
    edits: Edits,
    countries: Countries,
    known: HashMap<String, Known>,
    found: Found,
}

/// The result of the last check.
#[derive(Debug, Default)]
struct Found {
    states: Vec<RowState>,
    products: Vec<Product>,
}

impl Catalogue {
    /// Creates the catalogue of a file, with a guessed mapping. Set the names of countries with
    /// [`set_countries`](Self::set_countries).
    #[must_use]
    pub fn new(source: Source) -> Self {
        Self {
            mapping: Mapping::guess(&source),
            source,
            texts: HashMap::new(),
            rows: HashMap::new(),
            edits: Edits::default(),
            countries: Countries::default(),
            known: HashMap::new(),
            found: Found::default(),
        }
    }

    /// The file.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Switches to another sheet and guesses its mapping.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] if there is no such sheet or it cannot be read.
    pub fn choose_sheet(&mut self, name: &str) -> Result<(), ReadError> {
        self.source.choose_sheet(name)?;
        self.mapping = Mapping::guess(&self.source);
        Ok(())
    }

    /// The mapping of its columns.
    #[must_use]
    pub fn mapping(&self) -> &Mapping {
        &self.mapping
    }

    /// Sets the names of countries, one list for each language.
    pub fn set_countries(&mut self, languages: Vec<Vec<(Country, String)>>) {
        self.countries = Countries::new(languages);
    }

    /// Adds products that the service has classified before. Of several with the same summary, a reviewed one is
    /// kept; otherwise the first.
    pub fn add_known(&mut self, known: Vec<Known>) {
        for one in known {
            let name = one_line(&one.summary);
            let is_better = self.known.get(&name).is_none_or(|other| one.is_reviewed && !other.is_reviewed);
            if !name.is_empty() && is_better {
                self.known.insert(name, one);
            }
        }
    }

    /// Reads all rows with `mapping` and `edits`, and reports products and problems.
    pub fn check(&mut self, mapping: Mapping, edits: Edits) -> Report {
        self.texts =
            edits.texts.iter().map(|edit| ((edit.role, edit.from.clone()), edit.to.clone())).collect();
        self.rows = edits.rows.iter().map(|edit| ((edit.row, edit.role), edit.text.clone())).collect();
        (self.mapping, self.edits) = (mapping, edits);
        let mut countries = std::mem::take(&mut self.countries);
        let mut reading = Reading::default();
        let states =
            (0..self.source.rows()).map(|row| self.read(row, &mut countries, &mut reading)).collect();
        self.countries = countries;
        let Reading { products, problems, vague, .. } = reading;
        let rows = |is_counted: fn(&RowState) -> bool, states: &Vec<RowState>| {
            u32::try_from(states.iter().filter(|state| is_counted(state)).count()).unwrap_or(u32::MAX)
        };
        self.found = Found { states, products };
        let known = || self.found.products.iter().filter(|product| product.known.is_some());
        let mut problems: Vec<_> = problems
            .into_iter()
            .map(|((role, fault), said)| {
                let (rows, said, more) = most(said);
                Problem { role, fault, rows, said, more }
            })
            .collect();
        problems.sort_by_key(|problem| (std::cmp::Reverse(problem.rows), problem.role, problem.fault));
        let (vague_rows, said, more) = most(vague);
        Report {
            rows: rows(|state| *state != RowState::NoProduct, &self.found.states),
            good_rows: rows(|state| matches!(state, RowState::Product(_)), &self.found.states),
            products: count(self.found.products.len()),
            problems,
            vague: Vague { rows: vague_rows, said, more },
            known: count(known().count()),
            known_products: known().take(MOST_TOLD).cloned().collect(),
        }
    }

    /// Up to `count` products of the last check, beginning with number `from`, counted from 0.
    #[must_use]
    pub fn products(&self, from: usize, count: usize) -> &[Product] {
        let products = &self.found.products;
        &products[from.min(products.len())..from.saturating_add(count).min(products.len())]
    }

    /// Up to `count` rows of the last check, beginning with number `from`, counted from 0.
    #[must_use]
    pub fn rows(&self, from: usize, count: usize) -> Vec<Row> {
        let states = self.found.states.iter().enumerate().skip(from).take(count);
        states.map(|(row, state)| Row { state: *state, current: self.current_code(row) }).collect()
    }

    /// The file with added columns, in its own format or another. `cells` returns the cells of each row; rows without
    /// cells are left out, but stay in a workbook that keeps its format.
    ///
    /// # Errors
    /// See [`TableError`].
    pub fn filled(
        &self,
        form: OutputForm,
        kinds: &[CellKind],
        cells: Added<'_>,
    ) -> Result<Vec<u8>, TableError> {
        match form {
            OutputForm::Same => self.source.with_columns(kinds, cells),
            OutputForm::Csv(separators) => self.source.to_csv(separators, kinds, cells),
            OutputForm::Xlsx => self.source.to_workbook(kinds, cells),
        }
    }

    fn read(&self, row: usize, countries: &mut Countries, reading: &mut Reading) -> RowState {
        let columns = self.source.columns();
        let is_blank = || (0..columns).all(|column| self.source.cell(row, column).trim().is_empty());
        if row < self.mapping.first_row() || is_blank() {
            return RowState::NoProduct;
        }
        let read = request(|role| self.text(row, role), &self.mapping, countries);
        let read = read.or_else(|faults| {
            // A faulty text is dropped if the person allows this for its role.
            let without = |role: Role| {
                self.edits.without.contains(&role) && faults.iter().any(|(faulty, _)| *faulty == role)
            };
            let text = |role| if without(role) { String::new() } else { self.text(row, role) };
            request(text, &self.mapping, countries)
        });
        let request = match read {
            Ok(request) => request,
            Err(faults) => {
                for (role, fault) in &faults {
                    let said = reading.problems.entry((*role, *fault)).or_default();
                    self.note(said, row, *role);
                }
                let (role, fault) = faults.first().copied().unwrap_or((Role::Description, Fault::Missing));
                return RowState::LeftOut(Reason::Fault(role, fault));
            }
        };
        let words = request.description.as_deref().unwrap_or_default();
        if request.image_url.is_none() && is_vague(words) {
            self.note(&mut reading.vague, row, Role::Description);
            if self.edits.leaves_out_vague {
                return RowState::LeftOut(Reason::Vague);
            }
        }
        RowState::Product(reading.number_of(request, || self.text(row, Role::Reference), &self.known))
    }

    /// The text of a row for a role, after the person's edits.
    fn text(&self, row: usize, role: Role) -> String {
        if let Some(text) = self.rows.get(&(row, role)) {
            return text.trim().to_owned();
        }
        let text = self.original(row, role);
        match self.texts.is_empty() {
            true => text,
            false => self.texts.get(&(role, text.clone())).map_or(text, |to| to.trim().to_owned()),
        }
    }

    /// The text of a row for a role, as in the file. Equal texts of several columns are included once.
    fn original(&self, row: usize, role: Role) -> String {
        let mut parts: Vec<String> = Vec::new();
        for column in self.mapping.columns(role) {
            let part = self.source.cell(row, column).trim().to_owned();
            if !part.is_empty() && !parts.contains(&part) {
                parts.push(part);
            }
        }
        parts.join(JOINED_BY)
    }

    fn note(&self, said: &mut HashMap<String, Said>, row: usize, role: Role) {
        let text = self.original(row, role);
        // Empty texts are edited row by row.
        let name = if text.is_empty() { format!("\0{row}") } else { text.clone() };
        let new = || Said { text, rows: 0, row, about: self.about(row, role) };
        said.entry(name).or_insert_with(new).rows += 1;
    }

    /// The text by which a person recognises a row: its reference or description, else its cells.
    fn about(&self, row: usize, not: Role) -> String {
        let of = |role: Role| Some(self.original(row, role)).filter(|text| role != not && !text.is_empty());
        let cells =
            || (0..self.source.columns()).map(|column| self.source.cell(row, column).trim().to_owned());
        let joined = || cells().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" · ");
        let text = of(Role::Reference).or_else(|| of(Role::Description)).unwrap_or_else(joined);
        match text.char_indices().nth(TOLD_CHARS) {
            Some((end, _)) => format!("{}…", text[..end].trim_end()),
            None => text,
        }
    }

    /// The current code of a row, with the changes of spreadsheets undone: `0123456789` becomes `123456789` or
    /// `123456789.0` there. A code has an even number of digits, from 4 to 10.
    fn current_code(&self, row: usize) -> Option<String> {
        let text = self.original(row, Role::CurrentCode);
        let whole = text.strip_suffix(".0").unwrap_or(&text);
        let digits: String = whole.chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
        let padded = if digits.len() % 2 == 1 { format!("0{digits}") } else { digits };
        let is_code = padded.bytes().all(|byte| byte.is_ascii_digit()) && (4..=10).contains(&padded.len());
        is_code.then_some(padded)
    }
}

/// The format of the file with results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum OutputForm {
    /// The format of the opened file: a text file keeps its bytes, and a workbook all that it contains.
    Same,
    /// CSV.
    Csv(Separators),
    /// A new Excel workbook with the values of the rows.
    Xlsx,
}

/// Collects the results of a check, row by row.
#[derive(Debug, Default)]
struct Reading {
    products: Vec<Product>,
    numbers: HashMap<String, u32>,
    problems: HashMap<(Role, Fault), HashMap<String, Said>>,
    vague: HashMap<String, Said>,
}

impl Reading {
    /// The number of a product. A new product is added.
    fn number_of(
        &mut self,
        request: ClassifyRequest,
        reference: impl FnOnce() -> String,
        known: &HashMap<String, Known>,
    ) -> u32 {
        // Products that differ only in capitals, white space or trailing zeros of amounts are equal.
        let words = request.description.as_deref().map(one_line).unwrap_or_default();
        let by_value = |amount: Option<Money>| amount.map(Money::normalized);
        let rest = ClassifyRequest {
            description: None,
            goods_value: by_value(request.goods_value),
            shipping_cost: by_value(request.shipping_cost),
            insurance_cost: by_value(request.insurance_cost),
            ..request.clone()
        };
        let name = format!("{words}\n{}", serde_json::to_string(&rest).unwrap_or_default());
        let next = count(self.products.len());
        let number = *self.numbers.entry(name).or_insert(next);
        if number == next {
            let summary = whole(request.description.as_deref().unwrap_or_default());
            let known = summary.and_then(|summary| known.get(&summary).cloned());
            self.products.push(Product { request, reference: reference(), rows: 0, known });
        }
        if let Some(product) = self.products.get_mut(usize::try_from(number).unwrap_or(usize::MAX)) {
            product.rows += 1;
        }
        number
    }
}

/// The number of rows, the most frequent texts, and the number of other texts.
fn most(said: HashMap<String, Said>) -> (u32, Vec<Said>, u32) {
    let rows = said.values().map(|said| said.rows).sum();
    let mut said: Vec<_> = said.into_values().collect();
    said.sort_by_key(|said| (std::cmp::Reverse(said.rows), said.row));
    let more = count(said.len().saturating_sub(MOST_TOLD));
    said.truncate(MOST_TOLD);
    (rows, said, more)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
