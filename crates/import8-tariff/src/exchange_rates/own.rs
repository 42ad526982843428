//! Reads rates of exchange from a table of the organisation's own, as CSV.

use csv::{ReaderBuilder, StringRecord};
use jiff::civil::Date;

use super::rate::{ByMonth, MOST_FAULTS, MonthlyRate, RatesError, currency, per_euro};

/// The titles of the columns, in English and Dutch.
const TITLES: [(&str, &[&str]); 3] = [
    ("month", &["month", "maand", "first_day", "from", "vanaf"]),
    ("currency", &["currency", "valuta", "munt"]),
    ("per_euro", &["per_euro", "units_per_euro", "rate", "koers", "eenheden_per_euro"]),
];

/// The rates of a table. Cells are separated by commas, or by semicolons with decimal commas.
pub(super) fn monthly_rates(text: &str) -> Result<ByMonth, RatesError> {
    let titles = text.lines().next().unwrap_or_default();
    let is_dutch = titles.contains(';');
    let mut reader =
        ReaderBuilder::new().delimiter(if is_dutch { b';' } else { b',' }).from_reader(text.as_bytes());
    let titles = reader.headers().map_err(|error| RatesError::new(error.to_string()))?.clone();
    let columns = columns(&titles)?;
    let (mut rates, mut faults) = (ByMonth::new(), Vec::new());
    for (position, record) in reader.records().enumerate() {
        let row = position + 2;
        let read =
            record.map_err(|error| error.to_string()).and_then(|record| rate(&record, columns, is_dutch));
        let fault = match read {
            Ok(rate) => {
                let key = (rate.month, rate.currency.clone());
                let earlier = rates.insert(key, rate.clone());
                earlier.filter(|earlier| *earlier != rate).map(|earlier| {
                    let month = rate.month.strftime("%Y-%m");
                    format!("{} of {month} is {} in an earlier row", rate.currency, earlier.per_euro)
                })
            }
            Err(fault) => Some(fault),
        };
        faults.extend(fault.map(|fault| format!("row {row}: {fault}")));
        if faults.len() == MOST_FAULTS {
            break;
        }
    }
    if rates.is_empty() && faults.is_empty() {
        return Err(RatesError::new("the table has no rows"));
    }
    if faults.is_empty() { Ok(rates) } else { Err(RatesError(faults)) }
}

/// The places of the month, the currency and the rate.
fn columns(titles: &StringRecord) -> Result<[usize; 3], RatesError> {
    let mut places = [0; 3];
    for (place, (name, known)) in places.iter_mut().zip(TITLES) {
        let is_known = |title: &str| known.contains(&title.trim().to_lowercase().replace(' ', "_").as_str());
        *place = titles.iter().position(is_known).ok_or_else(|| {
            let all = TITLES.map(|(name, _)| name).join(", ");
            RatesError::new(format!("there is no column {name}: the table has the columns {all}"))
        })?;
    }
    Ok(places)
}

fn rate(record: &StringRecord, columns: [usize; 3], is_dutch: bool) -> Result<MonthlyRate, String> {
    let [first_day, code, rate] = columns.map(|column| record.get(column).unwrap_or_default().trim());
    let rate = if is_dutch { rate.replace(',', ".") } else { rate.to_owned() };
    Ok(MonthlyRate {
        currency: currency(code)?,
        month: month(first_day)?,
        per_euro: per_euro(&rate)?,
        published: None,
    })
}

/// A month, `2026-12`, or its first day, `2026-12-01`.
fn month(text: &str) -> Result<Date, String> {
    let day = if text.len() == 7 { format!("{text}-01") } else { text.to_owned() };
    let is_month = day.len() == 10 && day.ends_with("-01");
    day.parse()
        .ok()
        .filter(|_| is_month)
        .ok_or_else(|| format!("{text:?} is not a month such as 2026-12, or its first day"))
}
