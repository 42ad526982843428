//! Reads the euro foreign exchange reference rates of the European Central Bank, as XML: one day or all of them.
//!
//! `<Cube time="2026-11-18"><Cube currency="USD" rate="1.0842"/>…</Cube>`, in an envelope.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use rust_decimal::Decimal;

use super::rate::{ByMonth, MonthlyRate, RatesError, currency, per_euro};

/// The most days between the second-last Wednesday and the last publication before it. Holidays close the central
/// bank for four days at most; a longer gap is one of the file.
const LONGEST_GAP: i32 = 7;

/// The published rates of each day.
type ByDay = BTreeMap<Date, BTreeMap<String, Decimal>>;

/// The second-last Wednesday of the month of a day.
#[must_use]
pub(super) fn second_last_wednesday(day: Date) -> Date {
    let last = day.last_of_month();
    let after_wednesday = i64::from(last.weekday().since(jiff::civil::Weekday::Wednesday));
    last.saturating_sub((after_wednesday + 7).days())
}

/// The rates of each month that follow from the published ones.
pub(super) fn monthly_rates(text: &str) -> Result<ByMonth, RatesError> {
    let days = published(text)?;
    let (Some((&first, _)), Some((&last, _))) = (days.first_key_value(), days.last_key_value()) else {
        return Err(RatesError::new("the file has no reference rates of the European Central Bank"));
    };
    let mut rates = ByMonth::new();
    let mut month = first.first_of_month();
    while month <= last {
        let following = month.last_of_month().saturating_add(1.day());
        let wednesday = second_last_wednesday(month);
        // Before that Wednesday is over, nobody knows which publication is the last before it.
        if wednesday <= last {
            rates.extend(of_month(&days, wednesday, following));
        }
        if following <= month {
            break;
        }
        month = following;
    }
    if rates.is_empty() {
        let (wednesday, month) = (second_last_wednesday(last), last.strftime("%Y-%m"));
        return Err(RatesError::new(format!(
            "the customs rates follow from those of the second-last Wednesday of a month, which the file ({first} to \
             {last}) does not have: for the month after {month} that is {wednesday}"
        )));
    }
    Ok(rates)
}

/// The rates that apply in the month that begins on `month`: those of a Wednesday, or the last ones before it.
fn of_month(days: &ByDay, wednesday: Date, month: Date) -> ByMonth {
    let earliest = wednesday.saturating_sub(LONGEST_GAP.days());
    let mut rates = ByMonth::new();
    for (&day, published) in days.range(earliest..=wednesday) {
        for (currency, &per_euro) in published {
            let rate = MonthlyRate { currency: currency.clone(), month, per_euro, published: Some(day) };
            rates.insert((month, currency.clone()), rate);
        }
    }
    rates
}

fn published(text: &str) -> Result<ByDay, RatesError> {
    let fault = |reason: String| RatesError::new(format!("the XML cannot be read: {reason}"));
    let mut reader = Reader::from_str(text);
    let mut days = ByDay::new();
    let mut day = None;
    let mut is_closed = false;
    loop {
        match reader.read_event().map_err(|error| fault(error.to_string()))? {
            Event::Start(element) | Event::Empty(element) if element.local_name().as_ref() == "Cube" => {
                let [time, code, rate] = attributes(&element).map_err(fault)?;
                if let Some(time) = time {
                    day = Some(time.parse().map_err(|_| fault(format!("{time:?} is not a day")))?);
                }
                if let (Some(code), Some(rate)) = (code, rate) {
                    let day = day.ok_or_else(|| fault("a rate is of no day".to_owned()))?;
                    let rate = per_euro(&rate).map_err(fault)?;
                    let published: &mut BTreeMap<_, _> = days.entry(day).or_default();
                    published.insert(currency(&code).map_err(fault)?, rate);
                }
            }
            Event::End(element) if element.local_name().as_ref() == "Envelope" => is_closed = true,
            Event::Eof if is_closed => return Ok(days),
            Event::Eof => return Err(fault("it ends before its end".to_owned())),
            _ => {}
        }
    }
}

/// The attributes `time`, `currency` and `rate`.
fn attributes(element: &BytesStart<'_>) -> Result<[Option<String>; 3], String> {
    let mut found = [None, None, None];
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let names = ["time", "currency", "rate"];
        let place = names.iter().position(|name| *name == attribute.key.as_ref());
        if let Some(place) = place.and_then(|place| found.get_mut(place)) {
            *place = Some(attribute.value.into_owned());
        }
    }
    Ok(found)
}
