//! A file, how it is read, and what its rows come to.

use std::collections::HashMap;

use import8_api::{ClassifyRequest, Country, Money};
use import8_sheets::reading::{Added, ReadError, Source};
use import8_sheets::{Error as TableError, Kind, Separators};

use crate::columns::{Mapping, Role};
use crate::description::is_vague;
use crate::report::{
    Edits, Fault, Known, MOST_TOLD, Problem, Product, Reason, Report, Row, RowState, Said, Vague,
};
use crate::row::{Countries, request};
use crate::summary::{one_line, whole};

/// So many characters of a text are told of a row.
const TOLD_CHARS: usize = 120;

/// What a row is joined with from several columns.
const JOINED_BY: &str = ", ";

/// A catalogue that is being looked at.
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

/// What its rows came to.
#[derive(Debug, Default)]
struct Found {
    states: Vec<RowState>,
    products: Vec<Product>,
}

impl Catalogue {
    /// A catalogue, read as it looks like. The names of countries are those of the reader's own system.
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

    /// Goes to another sheet; it is then read as that one looks like.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] when there is no such sheet, or it cannot be read.
    pub fn choose_sheet(&mut self, name: &str) -> Result<(), ReadError> {
        self.source.choose_sheet(name)?;
        self.mapping = Mapping::guess(&self.source);
        Ok(())
    }

    /// How it is read.
    #[must_use]
    pub fn mapping(&self) -> &Mapping {
        &self.mapping
    }

    /// Takes the names of countries in some languages.
    pub fn set_countries(&mut self, languages: Vec<Vec<(Country, String)>>) {
        self.countries = Countries::new(languages);
    }

    /// Takes products that the service has classified before. One that a person has looked at is better
    /// than one that came later.
    pub fn add_known(&mut self, known: Vec<Known>) {
        for one in known {
            let name = one_line(&one.summary);
            let is_better = self.known.get(&name).is_none_or(|other| one.is_reviewed && !other.is_reviewed);
            if !name.is_empty() && is_better {
                self.known.insert(name, one);
            }
        }
    }

    /// Reads all rows, as `mapping` and `edits` have it.
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

    /// The products of the last check, `count` of them from the one of a number.
    #[must_use]
    pub fn products(&self, from: usize, count: usize) -> &[Product] {
        let products = &self.found.products;
        &products[from.min(products.len())..from.saturating_add(count).min(products.len())]
    }

    /// The rows of the last check, `count` of them from the one of a number.
    #[must_use]
    pub fn rows(&self, from: usize, count: usize) -> Vec<Row> {
        let states = self.found.states.iter().enumerate().skip(from).take(count);
        states.map(|(row, state)| Row { state: *state, current: self.current_code(row) }).collect()
    }

    /// The file with columns added, in its own form or another. Rows for which there are no cells are left out.
    ///
    /// # Errors
    /// See [`TableError`].
    pub fn filled(&self, form: Form, kinds: &[Kind], cells: Added<'_>) -> Result<Vec<u8>, TableError> {
        match form {
            Form::Same => self.source.with_columns(kinds, cells),
            Form::Csv(separators) => self.source.to_csv(separators, kinds, cells),
            Form::Xlsx => self.source.to_workbook(kinds, cells),
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
            // What may be left away is left away where it is no good.
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

    /// What a row says of a role, as the person has changed it.
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

    /// What a row of the file says of a role. Columns that say the same are joined once.
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
        // Rows that say nothing are put right one by one.
        let name = if text.is_empty() { format!("\0{row}") } else { text.clone() };
        let new = || Said { text, rows: 0, row, about: self.about(row, role) };
        said.entry(name).or_insert_with(new).rows += 1;
    }

    /// What a person knows a row by: its reference, its description, else what is in its cells.
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

    /// The code that a row has had so far. Spreadsheets make `1023456789.0` and `123456789` of
    /// `0123456789`: a code has an even number of digits, from 4 to 10.
    fn current_code(&self, row: usize) -> Option<String> {
        let text = self.original(row, Role::CurrentCode);
        let whole = text.strip_suffix(".0").unwrap_or(&text);
        let digits: String = whole.chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
        let padded = if digits.len() % 2 == 1 { format!("0{digits}") } else { digits };
        let is_code = padded.bytes().all(|byte| byte.is_ascii_digit()) && (4..=10).contains(&padded.len());
        is_code.then_some(padded)
    }
}

/// In which form a file is given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Form {
    /// Its own: a text stays a text, to the byte, and a workbook a workbook.
    Same,
    /// CSV.
    Csv(Separators),
    /// An Excel workbook.
    Xlsx,
}

/// What is found row by row.
#[derive(Debug, Default)]
struct Reading {
    products: Vec<Product>,
    numbers: HashMap<String, u32>,
    problems: HashMap<(Role, Fault), HashMap<String, Said>>,
    vague: HashMap<String, Said>,
}

impl Reading {
    /// The number of a product, new or met before.
    fn number_of(
        &mut self,
        request: ClassifyRequest,
        reference: impl FnOnce() -> String,
        known: &HashMap<String, Known>,
    ) -> u32 {
        // Capitals and spaces make no other product, nor do zeros at the end of an amount.
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

/// How many rows, the most frequent texts, and how many there are beside these.
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
