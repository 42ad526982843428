//! What page and worker say to one another.

use import8_sheets::{Error, Format, Job, Request, Separators};

use crate::columns;

fn ask(job: &mut Job, request: &Request) -> Result<Option<Vec<u8>>, Error> {
    job.answer(&serde_json::to_string(request).expect("JSON"))
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
    assert_eq!(ask(&mut job, &begin()), Ok(None));
    assert_eq!(ask(&mut job, &rows("one")), Ok(None));
    assert_eq!(ask(&mut job, &rows("two")), Ok(None));
    let file = ask(&mut job, &Request::Finish).expect("done").expect("a file");
    assert!(String::from_utf8(file).expect("UTF-8").ends_with("\r\none,,,\r\ntwo,,,\r\n"));
    // And then another.
    assert_eq!(ask(&mut job, &begin()), Ok(None));
    let file = ask(&mut job, &Request::Finish).expect("done").expect("a file");
    assert!(String::from_utf8(file).expect("UTF-8").ends_with("Time\r\n"));
}

#[test]
fn what_makes_no_sense_is_told() {
    let mut job = Job::default();
    for request in [rows("one"), Request::Finish] {
        assert!(matches!(ask(&mut job, &request), Err(Error::Request(_))));
    }
    for request in ["", "{}", "\"Stop\"", "{\"Begin\":{\"format\":\"Ods\",\"columns\":[]}}"] {
        assert!(matches!(job.answer(request), Err(Error::Request(_))), "{request}");
    }
    // A table with an error in it is not finished as if there were none.
    assert_eq!(ask(&mut job, &begin()), Ok(None));
    assert_eq!(ask(&mut job, &Request::Rows(vec![vec![]])), Err(Error::Cells { row: 1 }));
    assert!(matches!(ask(&mut job, &Request::Finish), Err(Error::Request(_))));
}
