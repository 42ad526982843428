//! Figures, dates and names as the reader writes them, through the browser's `Intl`: exact
//! decimals go in as text, and no tables are in the bundle.

use import8_api::{Country, DutyExpression, HsCode, Money, Rate};
use import8_catalogue::amount::{self, DecimalMark};
use js_sys::{Array, Date, Intl, Object, Reflect};
use rust_decimal::Decimal;
use wasm_bindgen::{JsCast, JsValue};

use crate::i18n::Language;
use crate::preferences;

/// A whole number: `1,234`.
#[must_use]
pub fn count(number: u64, language: Language) -> String {
    decimal(&number.to_string(), language, &[])
}

/// A number with all its decimals: `1,234.5`.
#[must_use]
pub fn number(number: Decimal, language: Language) -> String {
    let number = number.normalize();
    decimal(&number.to_string(), language, &[("maximumFractionDigits", number.scale().into())])
}

/// Per cent: `12.8 %`.
#[must_use]
pub fn percent(percent: Decimal, language: Language) -> String {
    format!("{}\u{a0}%", number(percent, language))
}

/// A duty or a VAT rate: `12.8 %`. One that is more than a percentage is as the tariff writes it, with the reader's
/// mark before decimals: `12.8 % + 303.4 EUR/100 kg`. What is neither is as it came.
#[must_use]
pub fn rate(rate: &Rate, language: Language) -> String {
    if let Some(own) = rate.percent() {
        return percent(own, language);
    }
    let text = rate.as_str().replace(" %", "\u{a0}%");
    match decimal_mark(language) {
        DecimalMark::Comma if rate.as_str().parse::<DutyExpression>().is_ok() => text.replace('.', ","),
        _ => text,
    }
}

/// An amount in a currency: `€ 2.662,50`. The digits are never rounded: a unit price may have
/// more decimals than the currency has cents. What is no currency code is written behind the number.
#[must_use]
pub fn money(amount: Money, currency: &str, language: Language) -> String {
    let decimals = amount.0.normalize().scale().max(2);
    // `Intl` refuses others with an exception. It knows no list: any three letters will do.
    if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        let digits = [("minimumFractionDigits", 2.into()), ("maximumFractionDigits", decimals.into())];
        let number = decimal(&amount.to_string(), language, &digits);
        return if currency.is_empty() { number } else { format!("{number} {currency}") };
    }
    decimal(
        &amount.to_string(),
        language,
        &[
            ("style", "currency".into()),
            ("currency", currency.into()),
            ("maximumFractionDigits", decimals.into()),
        ],
    )
}

/// A day and a time: `3 Mar 2026, 12:00`. Text that is no time is shown as it is.
#[must_use]
pub fn date_time(time: &str, language: Language) -> String {
    date_with(time, language, &[("dateStyle", "medium".into()), ("timeStyle", "short".into())])
}

/// The same of a moment in milliseconds since 1970.
#[must_use]
pub fn date_time_at(moment: u64, language: Language) -> String {
    date_time(&timestamp(moment), language)
}

/// A moment in milliseconds since 1970, as a clock with seconds shows it: `12:00:30`.
#[must_use]
pub fn clock_seconds(moment: u64, language: Language) -> String {
    date_with(&timestamp(moment), language, &[("timeStyle", "medium".into())])
}

/// A moment in milliseconds since 1970, for programs (RFC 3339).
#[must_use]
pub fn timestamp(moment: u64) -> String {
    let date = Date::new(&js_sys::Number::parse_float(&moment.to_string()).into());
    String::from(date.to_iso_string())
}

/// A moment as the reader's clock shows it, for a spreadsheet: `2026-03-03 13:00`. Text that is no time is
/// as it is.
#[must_use]
pub fn clock_time(time: &str) -> String {
    let date = Date::new(&time.into());
    if date.get_time().is_nan() {
        return time.to_owned();
    }
    format!("{} {:02}:{:02}", day_of(&date), date.get_hours(), date.get_minutes())
}

/// This day where the reader is: `2026-03-03`.
#[must_use]
pub fn today() -> String {
    day_of(&Date::new_0())
}

fn day_of(date: &Date) -> String {
    format!("{:04}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date())
}

/// A day: `26 March 2027`.
#[must_use]
pub fn date(time: &str, language: Language) -> String {
    date_with(time, language, &[("dateStyle", "long".into())])
}

/// A moment by universal time, the same for every reader: `3 March 2026 at 12:00:30 UTC`.
#[must_use]
pub fn universal_time(time: &str, language: Language) -> String {
    let style = [("dateStyle", "long".into()), ("timeStyle", "long".into()), ("timeZone", "UTC".into())];
    date_with(time, language, &style)
}

/// A day such as `2026-03-03`, the same for every reader: `3 March 2026`.
#[must_use]
pub fn universal_date(day: &str, language: Language) -> String {
    date_with(day, language, &[("dateStyle", "long".into()), ("timeZone", "UTC".into())])
}

/// A month of a year: `March 2026`.
#[must_use]
pub fn month(year: i32, month: u8, language: Language) -> String {
    let time = format!("{year:04}-{month:02}-15T12:00:00Z");
    date_with(&time, language, &[("year", "numeric".into()), ("month", "long".into())])
}

/// Whole seconds from `time` to now; `None` if it is no time. The server's clock may be ahead.
#[must_use]
pub fn seconds_since(time: &str) -> Option<u32> {
    let seconds = now().saturating_sub(milliseconds(time)?) / 1_000;
    Some(seconds.try_into().unwrap_or(u32::MAX))
}

/// The moment (milliseconds since 1970) that an RFC 3339 text names; `None` if it is no time.
#[must_use]
pub fn milliseconds(time: &str) -> Option<u64> {
    let moment = Date::parse(time);
    // A time before 1970 saturates at 0.
    (!moment.is_nan()).then_some(moment as u64)
}

/// Now, in milliseconds since 1970, by this computer's clock.
#[must_use]
pub fn now() -> u64 {
    Date::now() as u64
}

/// A text of the service with its codes as they are everywhere on a screen: `7323.93` as `7323 93`. What is quoted is
/// the person's own, and what has a currency or a unit behind it is an amount.
#[must_use]
pub fn spaced_codes(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut is_quoted = false;
    let mut words = text.split_inclusive(char::is_whitespace).peekable();
    while let Some(word) = words.next() {
        is_quoted = (is_quoted || word.contains('“')) && !word.contains('”');
        let next = words.peek().map_or("", |next| next.trim_end());
        let is_amount = next.starts_with(['%', '€', '$', '£'])
            || next.len() >= 3 && next.bytes().take(3).all(|byte| byte.is_ascii_uppercase());
        let core = word.trim_matches(|c: char| c.is_whitespace() || "().,;:".contains(c));
        let code = core.parse::<HsCode>().ok().filter(|code| core.contains('.') && code.dotted() == core);
        match code.filter(|_| !is_quoted && !is_amount) {
            Some(code) => written.push_str(&word.replace(core, &code.spaced())),
            None => written.push_str(word),
        }
    }
    written
}

/// When a day such as `2026-03-03`, or the one so many days after it, begins for the reader (RFC 3339);
/// `None` if it is no day.
#[must_use]
pub fn start_of_day(day: &str, days_later: u32) -> Option<String> {
    if day.is_empty() {
        return None;
    }
    let date = Date::new(&format!("{day}T00:00:00").into());
    if date.get_time().is_nan() {
        return None;
    }
    date.set_date(date.get_date() + days_later);
    date.to_iso_string().as_string()
}

/// All countries with their names, in the order of the names.
#[must_use]
pub fn countries(language: Language) -> Vec<(Country, String)> {
    let names = region_names(language);
    let collator = Intl::Collator::new(&locales(language), &Object::new()).compare();
    let mut named: Vec<_> = Country::all()
        .map(|country| {
            let name = names.of(country.as_str()).map_or_else(|| country.to_string(), String::from);
            (country, name)
        })
        .collect();
    named.sort_by(|(_, a), (_, b)| {
        let order = collator.call2(&JsValue::NULL, &a.as_str().into(), &b.as_str().into());
        order
            .ok()
            .and_then(|order| order.as_f64())
            .and_then(|order| order.partial_cmp(&0.0))
            .unwrap_or_else(|| a.cmp(b))
    });
    named
}

/// The names of all countries in all languages, the reader's own first.
#[must_use]
pub fn country_names(language: Language) -> Vec<Vec<(Country, String)>> {
    let others = Language::ALL.into_iter().filter(|other| *other != language);
    std::iter::once(language).chain(others).map(countries).collect()
}

/// A country's name.
#[must_use]
pub fn country(country: Country, language: Language) -> String {
    region_names(language).of(country.as_str()).map_or_else(|| country.to_string(), String::from)
}

/// An amount as typed: `1234.50`, and with the language's own separators `1,234.50` or `1.234,50`. See
/// [`amount::parse`].
#[must_use]
pub fn parse_amount(text: &str, language: Language) -> Option<Money> {
    amount::parse(text, decimal_mark(language))
}

/// What is written before decimals: as the person has chosen, else as the language does.
#[must_use]
pub fn decimal_mark(language: Language) -> DecimalMark {
    preferences::now().numbers.mark().unwrap_or(match language {
        Language::En => DecimalMark::Point,
        Language::Nl => DecimalMark::Comma,
    })
}

/// An amount as a person types it, so that [`parse_amount`] reads it back.
#[must_use]
pub fn typed_amount(amount: Money, language: Language) -> String {
    match decimal_mark(language) {
        DecimalMark::Point => amount.to_string(),
        DecimalMark::Comma => amount.to_string().replace('.', ","),
    }
}

fn decimal(text: &str, language: Language, settings: &[(&str, JsValue)]) -> String {
    // Whose numbers have the mark that was chosen.
    let locale = match decimal_mark(language) {
        DecimalMark::Point => Language::En,
        DecimalMark::Comma => Language::Nl,
    };
    let format = Intl::NumberFormat::new(&locales(locale), &options(settings)).format();
    called(&format, &text.into()).unwrap_or_else(|| text.to_owned())
}

fn date_with(time: &str, language: Language, settings: &[(&str, JsValue)]) -> String {
    let date = Date::new(&time.into());
    if date.get_time().is_nan() {
        return time.to_owned();
    }
    let format = Intl::DateTimeFormat::new(&locales(language), &options(settings)).format();
    called(&format, &date).unwrap_or_else(|| time.to_owned())
}

fn region_names(language: Language) -> Intl::DisplayNames {
    Intl::DisplayNames::new(&locales(language), &options(&[("type", "region".into())]))
}

fn called(format: &js_sys::Function, value: &JsValue) -> Option<String> {
    format.call1(&JsValue::NULL, value).ok()?.as_string()
}

fn locales(language: Language) -> Array {
    Array::of1(&language.locale().into())
}

fn options(settings: &[(&str, JsValue)]) -> Object {
    let options = Object::new();
    for (name, value) in settings {
        #[expect(
            clippy::let_underscore_must_use,
            reason = "setting a property of a new plain object cannot fail"
        )]
        let _ = Reflect::set(options.unchecked_ref(), &(*name).into(), value);
    }
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_in_a_text_are_written_as_on_the_screen() {
        let check = |text: &str, expected: &str| assert_eq!(spaced_codes(text), expected);
        check("", "");
        check("goods of heading 7323 (Ware)", "goods of heading 7323 (Ware)");
        check("subheading 7323.93 (Ware), not 9617.00.00.", "subheading 7323 93 (Ware), not 9617 00 00.");
        check("(8518.30.00.90)\nor 0101.21", "(8518 30 00 90)\nor 0101 21");
        // What a person has written, amounts, and what only begins like a code.
        check("right for “lamp 9405.42 LED”. 9405.42", "right for “lamp 9405.42 LED”. 9405 42");
        check("worth 1234.56 EUR or 1234.56 % or €1234.56", "worth 1234.56 EUR or 1234.56 % or €1234.56");
        for other in
            ["85.18.30", "8518.3", "8518.30.00.901", "18518.30", "8518.30-8518.40", "v8518.30", "1.5"]
        {
            check(other, other);
        }
    }
}
