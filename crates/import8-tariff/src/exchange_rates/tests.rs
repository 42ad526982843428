//! Tests of the rates of exchange: which day counts for which month, and what is refused.

use jiff::civil::{Date, date};

use super::ecb::second_last_wednesday;
use super::*;

/// A file of the central bank with these days and rates of the dollar.
fn central_bank(days: &[(&str, &str)]) -> String {
    let days = days.iter().map(|(day, rate)| {
        format!("<Cube time=\"{day}\"><Cube currency='USD' rate='{rate}'/><Cube currency='JPY' rate='160.1'/></Cube>")
    });
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gesmes:Envelope xmlns:gesmes=\"http://www.gesmes.org/xml/2002-08-01\" \
         xmlns=\"http://www.ecb.int/vocabulary/2002-08-01/eurofxref\"><gesmes:subject>Reference rates</gesmes:subject>\
         <Cube>{}</Cube></gesmes:Envelope>",
        days.collect::<String>()
    )
}

/// The rates of the dollar in a file: `month rate`.
fn dollars(text: &str) -> Result<Vec<String>, String> {
    let rates = read(text.as_bytes()).map_err(|error| error.to_string())?.rates;
    let dollars = rates.iter().filter(|rate| rate.currency == "USD");
    Ok(dollars.map(|rate| format!("{} {}", rate.month, rate.per_euro)).collect())
}

#[test]
fn the_second_last_wednesday_is_found() {
    let check = |month: Date, day: i8| {
        assert_eq!(second_last_wednesday(month), month.with().day(day).build().expect("a day"))
    };
    check(date(2026, 11, 1), 18);
    check(date(2026, 12, 31), 23);
    // The month ends on a Wednesday, and on the day before one.
    check(date(2026, 9, 7), 23);
    check(date(2026, 6, 30), 17);
    check(date(2024, 2, 1), 21);
}

#[test]
fn the_rate_of_that_wednesday_applies_in_the_following_month() {
    let days =
        [("2026-11-17", "1.07"), ("2026-11-18", "1.0842"), ("2026-11-19", "1.09"), ("2026-11-25", "1.2")];
    assert_eq!(dollars(&central_bank(&days)), Ok(vec!["2026-12-01 1.0842".to_owned()]));
    let read = read(central_bank(&days).as_bytes()).expect("rates");
    assert_eq!((read.source, read.rates.len()), (RateSource::CentralBank, 2));
    assert_eq!(read.rates[1].published, Some(date(2026, 11, 18)));
}

#[test]
fn without_a_publication_on_that_day_the_last_before_it_counts() {
    // 23 December 2026 is left out; the next publication is a day later.
    let days = [("2026-12-22", "1.1"), ("2026-12-24", "1.3"), ("2027-01-20", "1.4"), ("2027-01-27", "1.5")];
    assert_eq!(
        dollars(&central_bank(&days)),
        Ok(vec!["2027-01-01 1.1".to_owned(), "2027-02-01 1.4".to_owned()])
    );
}

#[test]
fn what_a_file_does_not_tell_is_not_guessed() {
    let refused = |days: &[(&str, &str)]| dollars(&central_bank(days)).expect_err("refused");
    // The Wednesday is not over, was before the file begins, or is in a gap of the file.
    assert!(refused(&[("2026-11-16", "1.1"), ("2026-11-17", "1.1")]).contains("2026-11-18"));
    assert!(refused(&[("2026-11-19", "1.1")]).contains("2026-11-18"));
    assert!(refused(&[("2026-11-02", "1.1"), ("2026-11-26", "1.1")]).contains("2026-11-18"));
    assert!(refused(&[]).contains("no reference rates"));
    assert!(refused(&[("2026-11-18", "-1")]).contains("units per euro"));
    let whole = central_bank(&[("2026-11-18", "1.1")]);
    assert!(dollars(whole.strip_suffix("</gesmes:Envelope>").expect("an end")).is_err());
    assert!(dollars("<html></html>").is_err());
}

#[test]
fn an_own_table_is_read() {
    let expected = Ok(vec!["2026-12-01 1.0842".to_owned(), "2027-01-01 1.1".to_owned()]);
    assert_eq!(
        dollars("month,currency,per_euro\n2026-12,USD,1.0842\n2027-01-01,USD,1.10\n2026-12,GBP,0.84\n"),
        expected
    );
    assert_eq!(dollars("\u{feff}Valuta;Maand;Koers\r\nUSD;2026-12;1,0842\r\nUSD;2027-01;1,1\r\n"), expected);
}

#[test]
fn a_faulty_table_is_refused_with_its_rows() {
    let refused = |rows: &str| dollars(&format!("month,currency,per_euro\n{rows}")).expect_err("refused");
    assert_eq!(
        refused("2026-12,USD,1.1\n2026-12-02,USD,1.1\n"),
        "row 3: \"2026-12-02\" is not a month such as 2026-12, or its first day"
    );
    assert_eq!(
        refused("2026-12,USD,1.1\n2026-12,USD,1.2\n"),
        "row 3: USD of 2026-12 is 1.1 in an earlier row"
    );
    assert!(refused("2026-12,usd,1.1\n").starts_with("row 2: \"usd\" is not a currency code"));
    assert!(refused("2026-12,EUR,1\n").contains("the euro has no rate"));
    assert!(refused("2026-12,USD,0\n2026-13,USD,1\n").lines().count() == 2);
    let many = refused(&"2026-12,USD,0\n".repeat(30));
    assert!(many.lines().count() == 20 && many.contains("row 21: ") && !many.contains("row 22: "), "{many}");
    assert!(refused("2026-12,USD\n").contains("row 2"));
    assert_eq!(refused(""), "the table has no rows");
    assert!(dollars("month,currency\n").expect_err("refused").contains("no column per_euro"));
}
