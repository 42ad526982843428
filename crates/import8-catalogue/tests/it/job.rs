//! Tests of the messages between page and worker.

use import8_catalogue::{Answer, Error, Job, Reply, Request};
use import8_sheets::reading::Remark;
use import8_sheets::{CellKind, Column, Error as TableError, Format, Separators};

const DONE: Result<Answer, Error> = Ok(Answer::Said(Reply::Done));

/// Sends a request as the page does.
fn ask(job: &mut Job, request: &Request) -> Result<Answer, Error> {
    job.answer(&serde_json::to_string(request).expect("JSON"))
}

/// Finishes a text file.
fn finished(job: &mut Job) -> String {
    match ask(job, &Request::Finish) {
        Ok(Answer::File(file)) => String::from_utf8(file).expect("UTF-8"),
        other => panic!("{other:?}"),
    }
}

fn columns() -> Vec<Column> {
    let column = |(title, kind): (&str, CellKind)| Column { title: title.to_owned(), kind };
    [
        ("Text", CellKind::Text),
        ("Code", CellKind::Code),
        ("Number", CellKind::Number),
        ("Time", CellKind::Time),
    ]
    .map(column)
    .into()
}

fn begin() -> Request {
    Request::Begin { format: Format::Csv(Separators::International), columns: columns() }
}

fn rows(first: &str) -> Request {
    Request::Rows(vec![[first, "", "", ""].map(str::to_owned).into()])
}

#[test]
fn a_file_is_written_part_by_part() {
    let mut job = Job::default();
    assert_eq!(ask(&mut job, &begin()), DONE);
    assert_eq!(ask(&mut job, &rows("one")), DONE);
    assert_eq!(ask(&mut job, &rows("two")), DONE);
    assert!(finished(&mut job).ends_with("\r\none,,,\r\ntwo,,,\r\n"));
    // A second file after the first.
    assert_eq!(ask(&mut job, &begin()), DONE);
    assert!(finished(&mut job).ends_with("Time\r\n"));
}

#[test]
fn what_makes_no_sense_is_told() {
    let mut job = Job::default();
    for request in [rows("one"), Request::Finish] {
        assert!(matches!(ask(&mut job, &request), Err(Error::Table(TableError::Request(_)))));
    }
    for request in ["", "{}", "\"Stop\"", "{\"Begin\":{\"format\":\"Ods\",\"columns\":[]}}"] {
        assert!(matches!(job.answer(request), Err(Error::Table(TableError::Request(_)))), "{request}");
    }
    // A table with an error is not finished.
    assert_eq!(ask(&mut job, &begin()), DONE);
    assert_eq!(ask(&mut job, &Request::Rows(vec![vec![]])), Err(Error::Table(TableError::Cells { row: 1 })));
    assert!(matches!(ask(&mut job, &Request::Finish), Err(Error::Table(TableError::Request(_)))));
}

#[test]
fn an_opened_file_says_which_sheet_is_read_and_what_the_reader_decided() {
    let opened = |file: &[u8]| match Job::default().open(file.to_vec()) {
        Ok(Answer::Said(Reply::Opened(opened))) => opened,
        other => panic!("{other:?}"),
    };
    let opened_book = opened(include_bytes!("../../../import8-sheets/tests/files/b13-empty-first.xlsx"));
    assert_eq!((opened_book.sheet.as_str(), opened_book.sheets.len()), ("Items", 2));
    let opened_text = opened(b"sku;naam\n1;\"19 inch rek\n2;tas\n");
    assert_eq!((opened_text.sheet.as_str(), opened_text.rows), ("", 3));
    assert_eq!(opened_text.remarks, [Remark::QuotesRepaired { line: 2, rows: 1 }]);
}
