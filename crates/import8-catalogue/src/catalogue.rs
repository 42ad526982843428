//! The catalogue of an opened file: its column mapping, the check of its rows, and the file with results.

use std::collections::{HashMap, HashSet};

use import8_api::{ClassifyRequest, Country, Money};
use import8_sheets::reading::{Added, Content, ReadError, Source};
use import8_sheets::{CellKind, Error as TableError, Separators};

use crate::code::CurrentCode;
use crate::columns::{Mapping, Role};
use crate::description::is_vague;
use crate::report::{
    CodeRows, Edits, Fault, Known, LeftOut, MOST_TOLD, Problem, Product, Reason, Report, Row, RowState, Said,
    Vague,
};
use crate::row::{Countries, Text, is_error, request};
use crate::row_kind::Shape;
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
    codes_kept: HashSet<usize>,
    edits: Edits,
    countries: Countries,
    known: HashMap<String, Known>,
    shape: Shape,
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
            codes_kept: HashSet::new(),
            edits: Edits::default(),
            countries: Countries::default(),
            known: HashMap::new(),
            shape: Shape::default(),
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

    /// Takes the titles from a row that the person has chosen, from 0, and guesses the mapping again.
    pub fn choose_titles(&mut self, row: Option<usize>) {
        self.mapping = Mapping::guess_with_titles(&self.source, row);
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
        self.codes_kept = edits.codes_kept.iter().copied().collect();
        (self.mapping, self.edits) = (mapping, edits);
        self.shape = Shape::new(&self.source, &self.mapping);
        self.mapping.decide(&self.source);
        let mut countries = std::mem::take(&mut self.countries);
        let mut reading = Reading::default();
        let states =
            (0..self.source.rows()).map(|row| self.read(row, &mut countries, &mut reading)).collect();
        self.countries = countries;
        let Reading { products, problems, vague, mut left_out, stripped, .. } = reading;
        let rows = |is_counted: fn(&RowState) -> bool, states: &Vec<RowState>| {
            u32::try_from(states.iter().filter(|state| is_counted(state)).count()).unwrap_or(u32::MAX)
        };
        self.found = Found { states, products };
        let known = || self.found.products.iter().filter(|product| product.known.is_some());
        let mut problems: Vec<_> = problems
            .into_iter()
            .map(|((role, fault), said)| {
                let (rows, mut said, more) = most(said);
                if fault == Fault::UnknownCountry {
                    said.iter_mut().for_each(|said| said.suggestion = self.countries.suggestion(&said.text));
                }
                Problem { role, fault, rows, said, more }
            })
            .collect();
        problems.sort_by_key(|problem| (std::cmp::Reverse(problem.rows), problem.role, problem.fault));
        let (vague_rows, said, more) = most(vague);
        let states = self.found.states.iter().enumerate();
        let in_question: Vec<_> =
            states.filter(|(_, state)| has_product(state)).map(|(row, _)| row).collect();
        let (questions, currencies) =
            self.mapping.questions(&self.source, &in_question, &|row, role| self.text(row, role));
        left_out.sort_by_key(|left| (std::cmp::Reverse(left.rows), left.reason));
        Report {
            rows: rows(has_product, &self.found.states),
            good_rows: rows(|state| matches!(state, RowState::Product(_)), &self.found.states),
            products: count(self.found.products.len()),
            problems,
            vague: Vague { rows: vague_rows, said, more },
            known: count(known().count()),
            known_products: known().take(MOST_TOLD).cloned().collect(),
            questions,
            currencies,
            price: self.mapping.price_basis(),
            origins: origins(&self.found.products),
            left_out,
            stripped,
        }
    }

    /// The different current codes of the last check, each for the goods that are declared under it, with their rows.
    /// They are in the order of their first rows. Rows that are no product have none.
    #[must_use]
    pub fn codes(&self) -> Vec<CodeRows> {
        let mut numbers = HashMap::new();
        let mut codes: Vec<CodeRows> = Vec::new();
        for (row, state) in self.found.states.iter().enumerate().filter(|(_, state)| has_product(state)) {
            let Some(code) = self.current_code(row) else { continue };
            let text = || self.text(row, Role::CurrentCode);
            // Each text that is no code may be corrected by itself.
            let name = if code.code().is_some() { code.to_string() } else { text() };
            let description = self.described(row, *state);
            let number = *numbers.entry((name, one_line(&description))).or_insert(codes.len());
            if number == codes.len() {
                codes.push(CodeRows { code, text: text(), description, rows: Vec::new() });
            }
            if let Some(own) = codes.get_mut(number) {
                own.rows.push(count(row));
            }
        }
        codes
    }

    /// The description of a row, as it would be sent.
    fn described(&self, row: usize, state: RowState) -> String {
        let product = match state {
            RowState::Product(number) => {
                usize::try_from(number).ok().and_then(|at| self.found.products.get(at))
            }
            RowState::NoProduct | RowState::LeftOut(_) => None,
        };
        let sent = product.and_then(|product| product.request.description.clone());
        sent.unwrap_or_else(|| self.text(row, Role::Description))
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
        if let Some(reason) = self.reason(row) {
            self.note_row(&mut reading.left_out, row, reason);
            return RowState::LeftOut(reason);
        }
        if self.codes_kept.contains(&row) {
            return RowState::LeftOut(Reason::CodeKept);
        }
        let mut request = |text: &dyn Fn(Role) -> Text| {
            let mark = |role, text: &str| self.mapping.mark(&self.source, row, role, text);
            let own = |role| text(role).unwrap_or_default();
            let currency = self.mapping.currency_of(&self.source, row, &own);
            request(text, &mark, currency, &self.mapping, countries)
        };
        let read = request(&|role| self.value(row, role));
        let read = read.or_else(|faults| {
            // A faulty text is dropped if the person allows this for its role.
            let without = |role: Role| {
                self.edits.without.contains(&role) && faults.iter().any(|(faulty, _)| *faulty == role)
            };
            let text = |role| if without(role) { Ok(String::new()) } else { self.value(row, role) };
            request(&text)
        });
        let read = match read {
            Ok(read) => read,
            Err(faults) => {
                for (role, fault) in &faults {
                    let said = reading.problems.entry((*role, *fault)).or_default();
                    self.note(said, row, *role);
                }
                let (role, fault) = faults.first().copied().unwrap_or((Role::Description, Fault::Missing));
                return RowState::LeftOut(Reason::Fault(role, fault));
            }
        };
        let request = read.request;
        let words = request.description.as_deref().unwrap_or_default();
        let is_reference = || one_line(words) == one_line(&self.text(row, Role::Reference));
        if request.image_url.is_none() && (is_vague(words) || is_reference()) {
            self.note(&mut reading.vague, row, Role::Description);
            if self.edits.leaves_out_vague {
                return RowState::LeftOut(Reason::Vague);
            }
        }
        reading.stripped += u32::from(read.is_stripped);
        RowState::Product(reading.number_of(request, || self.text(row, Role::Reference), &self.known))
    }

    /// The reason why a row seems to be no product, unless the person has put it back.
    fn reason(&self, row: usize) -> Option<Reason> {
        let reason = self.shape.reason(&self.source, &self.mapping, row)?;
        let is_back = self.edits.reasons_back.contains(&reason) || self.edits.rows_back.contains(&row);
        (!is_back).then_some(reason)
    }

    /// The text of a row for a role, after the person's edits, or the fault of its cell.
    fn value(&self, row: usize, role: Role) -> Text {
        if let Some(text) = self.edited(row, role) {
            return Ok(text);
        }
        for column in self.mapping.columns(role) {
            match self.source.content(row, column) {
                Content::Error => return Err(Fault::CellError),
                Content::Unresolved => return Err(Fault::NoResult),
                _ if is_error(&self.source.cell(row, column)) => return Err(Fault::CellError),
                _ => {}
            }
        }
        let is_empty = |column| self.source.cell(row, column).trim().is_empty();
        let text = self.original(row, role);
        // A material alone describes no product.
        let lacks_name = || !text.is_empty() && self.mapping.main_columns().all(is_empty);
        let has_picture = || !self.text(row, Role::Picture).is_empty();
        if role == Role::Description && lacks_name() && !has_picture() {
            Err(Fault::Missing)
        } else {
            Ok(text)
        }
    }

    /// The text of a row for a role, after the person's edits.
    fn text(&self, row: usize, role: Role) -> String {
        self.edited(row, role).unwrap_or_else(|| self.original(row, role))
    }

    /// The text of a row for a role that the person has edited.
    fn edited(&self, row: usize, role: Role) -> Option<String> {
        let of_row = self.rows.get(&(row, role));
        let of_text = || self.texts.get(&(role, self.original(row, role)));
        let text = of_row.or_else(|| if self.texts.is_empty() { None } else { of_text() });
        text.map(|text| text.trim().to_owned())
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
        let number = self.source.row_number(row);
        let new = || Said { text, rows: 0, row, number, about: self.about(row, role), suggestion: None };
        said.entry(name).or_insert_with(new).rows += 1;
    }

    /// Notes a row that seems to be no product. Each is put back by itself.
    fn note_row(&self, left_out: &mut Vec<LeftOut>, row: usize, reason: Reason) {
        let at = left_out.iter().position(|left| left.reason == reason).unwrap_or_else(|| {
            left_out.push(LeftOut { reason, rows: 0, said: Vec::new(), more: 0 });
            left_out.len() - 1
        });
        let Some(left) = left_out.get_mut(at) else { return };
        left.rows += 1;
        if left.said.len() == MOST_TOLD {
            left.more += 1;
            return;
        }
        let (text, number) = (shortened(self.joined(row)), self.source.row_number(row));
        left.said.push(Said { text, rows: 1, row, number, about: String::new(), suggestion: None });
    }

    /// The text by which a person recognises a row: its reference or description, else its cells.
    fn about(&self, row: usize, not: Role) -> String {
        let of = |role: Role| Some(self.original(row, role)).filter(|text| role != not && !text.is_empty());
        let text = of(Role::Reference).or_else(|| of(Role::Description)).unwrap_or_else(|| self.joined(row));
        shortened(text)
    }

    /// All cells of a row.
    fn joined(&self, row: usize) -> String {
        let cells = (0..self.source.columns()).map(|column| self.source.cell(row, column).trim().to_owned());
        cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// The current code of a row, after the person's edits.
    fn current_code(&self, row: usize) -> Option<CurrentCode> {
        CurrentCode::parse(&self.text(row, Role::CurrentCode))
    }
}

/// Whether a row has a product, faulty or not.
fn has_product(state: &RowState) -> bool {
    match state {
        RowState::NoProduct => false,
        RowState::Product(_) => true,
        RowState::LeftOut(reason) => !reason.is_no_product(),
    }
}

/// A text of at most [`TOLD_CHARS`] characters.
fn shortened(text: String) -> String {
    match text.char_indices().nth(TOLD_CHARS) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
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
    left_out: Vec<LeftOut>,
    stripped: u32,
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

/// The origins of products with their numbers, most frequent first.
fn origins(products: &[Product]) -> Vec<(Option<Country>, u32)> {
    let mut origins: Vec<(Option<Country>, u32)> = Vec::new();
    for origin in products.iter().map(|product| product.request.origin_country) {
        match origins.iter_mut().find(|(other, _)| *other == origin) {
            Some((_, count)) => *count += 1,
            None => origins.push((origin, 1)),
        }
    }
    origins.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    origins
}
