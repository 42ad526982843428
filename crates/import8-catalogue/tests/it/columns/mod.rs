//! Tests of columns: their roles, and what is asked about them.

mod currencies;
mod files;
mod formats;
mod marks;
mod packs;
mod properties;
mod titles;

use import8_catalogue::catalogue::Catalogue;
use import8_catalogue::columns::{Answer, Mapping, Question, Role};
use import8_catalogue::report::{Edits, Report};
use import8_sheets::reading::Source;

/// The catalogue of a file.
fn catalogue(file: impl Into<Vec<u8>>) -> Catalogue {
    Catalogue::new(Source::read(file.into()).expect("a table"))
}

/// The report on a catalogue with its guessed mapping.
fn report(catalogue: &mut Catalogue) -> Report {
    let mapping = catalogue.mapping().clone();
    catalogue.check(mapping, Edits::default())
}

/// The report after the first question has been answered.
fn answered(catalogue: &mut Catalogue, answer: Answer) -> Report {
    let mut mapping = catalogue.mapping().clone();
    let report = catalogue.check(mapping.clone(), Edits::default());
    let question = report.questions.first().expect("a question");
    mapping.answer(question, answer);
    assert_eq!(mapping.answer_to(question), Some(answer), "{question:?}");
    catalogue.check(mapping, Edits::default())
}

/// The questions for whose answers rows wait.
fn open(catalogue: &Catalogue, report: &Report) -> Vec<Question> {
    let mapping = catalogue.mapping();
    report.questions.iter().filter(|question| mapping.waits_for(question)).cloned().collect()
}

/// Each product as `value × quantity currency`.
fn values(catalogue: &Catalogue) -> Vec<String> {
    let products = catalogue.products(0, 100).iter();
    products
        .map(|product| {
            let request = &product.request;
            let value = request.goods_value.map(|value| value.to_string()).unwrap_or_default();
            let count = request.quantity.map(|count| format!(" × {}", count.get())).unwrap_or_default();
            let currency = request.currency.map(|currency| format!(" {currency}")).unwrap_or_default();
            format!("{value}{count}{currency}")
        })
        .collect()
}

/// The title of the column of each role, in the order of roles; of descriptions, all.
fn titles_of(mapping: &Mapping, source: &Source) -> Vec<(Role, String)> {
    let overview = mapping.overview(source, 100);
    let of = |role: Role| mapping.columns(role).map(move |column| (role, column));
    let columns = Role::ALL.into_iter().flat_map(of);
    columns.map(|(role, column)| (role, overview[column].title.clone())).collect()
}

/// Checks that a file with these titles, and a row of plain cells below, has these roles and no others.
fn check_titles(titles: &str, cells: &str, expected: &[(Role, &str)]) {
    let source = Source::read(format!("{titles}\n{cells}\n").into_bytes()).expect("a table");
    let mapping = Mapping::guess(&source);
    let found = titles_of(&mapping, &source);
    let mut found: Vec<_> = found.iter().map(|(role, title)| (*role, title.as_str())).collect();
    let mut expected = expected.to_vec();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected, "{titles}");
}
