//! Duties as a person writes them.

use import8_api::DutyExpression;
use rust_decimal::Decimal;

use crate::readers::cells::expression;

/// The most per cent that is read. The highest duties of the tariff are some hundreds.
const MOST_PERCENT: Decimal = Decimal::ONE_THOUSAND;

/// A duty in the tariff's notation, with a decimal point and a blank before the per cent sign; empty if there is
/// none. `free` and `vrij` are 0 %.
///
/// # Errors
/// What is wrong, for a person.
pub(super) fn read(text: &str, is_number: bool) -> Result<String, String> {
    let written = expression(text);
    if written.is_empty() {
        return Ok(written);
    }
    if ["free", "vrij", "nihil", "0"].contains(&written.to_lowercase().as_str()) {
        return Ok("0.000 %".to_owned());
    }
    if is_number || written.bytes().all(|sign| sign.is_ascii_digit() || matches!(sign, b'.' | b',')) {
        return Err(format!("{text:?} has no unit: a duty is written as \"12.8 %\" or \"93.1 EUR/100 kg\""));
    }
    let duty = expression(&with_points(&written)?.replace('%', " %"));
    match duty.parse::<DutyExpression>() {
        Ok(read) if read.percent().is_some_and(|percent| percent > MOST_PERCENT) => {
            Err(format!("{text:?} is more than {MOST_PERCENT} %: is the decimal sign missing?"))
        }
        Ok(_) => Ok(duty),
        Err(_) => Err(format!("{text:?} is no duty such as \"12.8 %\" or \"10.2 % + 93.1 EUR/100 kg\"")),
    }
}

/// The text with decimal points instead of decimal commas.
fn with_points(text: &str) -> Result<String, String> {
    let mut parts = text.split(',');
    let mut written = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let decimals = part.bytes().take_while(u8::is_ascii_digit).count();
        let is_decimal = written.ends_with(|sign: char| sign.is_ascii_digit()) && decimals > 0;
        if decimals == 3 {
            return Err(format!(
                "{text:?} has a comma before three digits: is it for decimals or for thousands?"
            ));
        }
        written.push(if is_decimal { '.' } else { ',' });
        written.push_str(part);
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duties_are_read_as_people_write_them() {
        let check = |text: &str, duty: &str| assert_eq!(read(text, false), Ok(duty.to_owned()), "{text}");
        check("", "");
        check("vrij", "0.000 %");
        check("12,8%", "12.8 %");
        check("1000 %", "1000 %");
        check("10.2 % + 93,1 EUR/100 kg", "10.2 % + 93.1 EUR/100 kg");
        for text in ["12.8", "12,8", "1,250 EUR/100 kg", "twelve per cent", "12 %%", "1280 %"] {
            assert!(read(text, false).is_err(), "{text}");
        }
        assert!(read("0.128", true).is_err());
    }
}
