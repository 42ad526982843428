//! Tests of the messages between page and worker.

use crate::sent;
use import8_catalogue::columns::Role;
use import8_catalogue::report::{CodeRows, Edits};
use import8_catalogue::{Answer, Error, Job, Reply, Request, message};
use import8_sheets::reading::Remark;
use import8_sheets::{CellKind, Column, Error as TableError, Format, Separators};

const DONE: Result<Answer, Error> = Ok(Answer::Said(Reply::Done));

/// Sends a request as the page does.
fn ask(job: &mut Job, request: &Request) -> Result<Answer, Error> {
    let answer = job.answer(&message::write(request).expect("a message"));
    answer
        .map(|answer| match answer {
            Answer::Said(reply) => Answer::Said(sent(reply)),
            file @ Answer::File(_) => file,
        })
        .map_err(sent)
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
    // Nothing, no known request, one that is cut off, one with a byte too many.
    for request in [&[][..], &[200], &[4, 5, b'S'], &[2, 0]] {
        assert!(matches!(job.answer(request), Err(Error::Table(TableError::Request(_)))), "{request:?}");
    }
    // A table with an error is not finished.
    assert_eq!(ask(&mut job, &begin()), DONE);
    assert_eq!(ask(&mut job, &Request::Rows(vec![vec![]])), Err(Error::Table(TableError::Cells { row: 1 })));
    assert!(matches!(ask(&mut job, &Request::Finish), Err(Error::Table(TableError::Request(_)))));
}

#[test]
fn titles_in_another_row_give_the_columns_anew() {
    let mut job = Job::default();
    let file = "List of June;;\nx;y;Price\nSKU;Omschrijving;Stukprijs\nA1;Stalen fles;4,20\nA2;Mok;3,10\nA2;Mok;3,10\n";
    let opened = |answer: Result<Answer, Error>| match answer {
        Ok(Answer::Said(Reply::Opened(opened))) => opened,
        other => panic!("{other:?}"),
    };
    let first = opened(job.open(file.as_bytes().to_vec()));
    assert_eq!(first.mapping.titles, Some(2));
    let column = &first.columns[2];
    assert_eq!(
        (column.title.as_str(), &column.samples[..], column.is_hidden),
        ("Stukprijs", &["4,20".to_owned(), "3,10".to_owned()][..], false)
    );
    let chosen = opened(ask(&mut job, &Request::Titles(Some(1))));
    assert_eq!((chosen.mapping.titles, chosen.titles.join(" ")), (Some(1), "x y Price".to_owned()));
    assert_eq!(chosen.mapping.column(Role::UnitValue), Some(2));
    // The row below is their second line.
    assert_eq!((chosen.columns[2].title.as_str(), chosen.mapping.first_row()), ("Price Stukprijs", 3));
    let none = opened(ask(&mut job, &Request::Titles(None)));
    assert_eq!((none.mapping.first_row(), none.titles.len(), none.columns[0].title.as_str()), (0, 0, ""));
    // Without a file, there is nothing to choose.
    assert!(matches!(ask(&mut Job::default(), &Request::Titles(Some(1))), Err(Error::Table(_))));
}

#[test]
fn the_codes_of_a_file_are_answered_without_sending_anything() {
    let mut job = Job::default();
    assert!(matches!(ask(&mut job, &Request::Codes), Err(Error::Table(TableError::Request(_)))));
    let file =
        b"SKU,Description,HS code\nA1,Steel bottle,7323.93\nA2,Ceramic mug,8.5E+09\nA3,Steel mug,732393\n";
    let mapping = match job.open(file.to_vec()) {
        Ok(Answer::Said(Reply::Opened(opened))) => opened.mapping,
        other => panic!("{other:?}"),
    };
    // Nothing has been checked yet.
    assert_eq!(ask(&mut job, &Request::Codes), Ok(Answer::Said(Reply::Codes(vec![]))));
    ask(&mut job, &Request::Check { mapping: Box::new(mapping), edits: Edits::default() }).expect("a report");
    let codes = |text: &str, code: &str, goods: &str, row: u32| CodeRows {
        code: code.parse().expect(code),
        text: text.to_owned(),
        description: goods.to_owned(),
        rows: vec![row],
    };
    let expected = vec![
        codes("7323.93", "732393", "Steel bottle", 1),
        codes("8.5E+09", "damaged", "Ceramic mug", 2),
        codes("732393", "732393", "Steel mug", 3),
    ];
    assert_eq!(ask(&mut job, &Request::Codes), Ok(Answer::Said(Reply::Codes(expected))));
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
