//! Formats figures, dates and names through the browser's `Intl`. Exact decimals go in as text, so no digit
//! is lost; no locale data is in the bundle. A formatter is made once: to make one takes far longer than to use it.

use std::cell::RefCell;

use import8_api::{Country, DutyExpression, HsCode, Money, Rate};
use import8_catalogue::amount::{self, DecimalMark};
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use rust_decimal::Decimal;
use wasm_bindgen::{JsCast, JsValue};

use crate::i18n::Language;
use crate::i18n::preferences;

/// Formats a whole number: `1,234`.
#[must_use]
pub fn count(number: u64, language: Language) -> String {
    decimal(&number.to_string(), language, &[])
}

/// Formats a number with all its decimals, without trailing zeros: `1,234.5`.
#[must_use]
pub fn number(number: Decimal, language: Language) -> String {
    let number = number.normalize();
    decimal(&number.to_string(), language, &[("maximumFractionDigits", &number.scale().to_string())])
}

/// Formats a percentage: `12.8 %`.
#[must_use]
pub fn percent(percent: Decimal, language: Language) -> String {
    format!("{}\u{a0}%", number(percent, language))
}

/// Formats a duty or VAT rate. A plain percentage is written like [`percent`]: `12.8 %`. Any other duty
/// expression stays as the tariff writes it, with the reader's decimal mark: `12.8 % + 303.4 EUR/100 kg`.
/// Text that is no duty expression is not changed.
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

/// Formats an amount in a currency: `€ 2.662,50`. Digits are never rounded, because a unit price may have
/// more decimals than its currency. Text that is no currency code is written after the number.
#[must_use]
pub fn money(amount: Money, currency: &str, language: Language) -> String {
    let decimals = amount.0.normalize().scale().max(2).to_string();
    // `Intl` throws on anything but three letters. It accepts any three letters.
    if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        let digits = [("minimumFractionDigits", "2"), ("maximumFractionDigits", decimals.as_str())];
        let number = decimal(&amount.to_string(), language, &digits);
        return if currency.is_empty() { number } else { format!("{number} {currency}") };
    }
    decimal(
        &amount.to_string(),
        language,
        &[("style", "currency"), ("currency", currency), ("maximumFractionDigits", &decimals)],
    )
}

/// Formats an RFC 3339 time as date and time of the reader's time zone: `3 Mar 2026, 12:00`. Other text is
/// returned as it is.
#[must_use]
pub fn date_time(time: &str, language: Language) -> String {
    date_with(time, language, &[("dateStyle", "medium"), ("timeStyle", "short")])
}

/// Like [`date_time`], for a time in milliseconds since 1970.
#[must_use]
pub fn date_time_at(moment: u64, language: Language) -> String {
    date_time(&timestamp(moment), language)
}

/// Formats a time in milliseconds since 1970 as a clock with seconds: `12:00:30`.
#[must_use]
pub fn clock_seconds(moment: u64, language: Language) -> String {
    date_with(&timestamp(moment), language, &[("timeStyle", "medium")])
}

/// Formats a time in milliseconds since 1970 for programs: RFC 3339, UTC.
#[must_use]
pub fn timestamp(moment: u64) -> String {
    let date = Date::new(&js_sys::Number::parse_float(&moment.to_string()).into());
    String::from(date.to_iso_string())
}

/// Formats an RFC 3339 time for a spreadsheet, in the reader's time zone: `2026-03-03 13:00`. Other text is
/// returned as it is.
#[must_use]
pub fn clock_time(time: &str) -> String {
    let date = Date::new(&time.into());
    if date.get_time().is_nan() {
        return time.to_owned();
    }
    format!("{} {:02}:{:02}", day_of(&date), date.get_hours(), date.get_minutes())
}

/// Today's date in the reader's time zone: `2026-03-03`.
#[must_use]
pub fn today() -> String {
    day_of(&Date::new_0())
}

fn day_of(date: &Date) -> String {
    format!("{:04}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date())
}

/// Formats an RFC 3339 time as a date of the reader's time zone: `26 March 2027`.
#[must_use]
pub fn date(time: &str, language: Language) -> String {
    date_with(time, language, &[("dateStyle", "long")])
}

/// Formats an RFC 3339 time in UTC, the same for every reader: `3 March 2026 at 12:00:30 UTC`.
#[must_use]
pub fn universal_time(time: &str, language: Language) -> String {
    let style = [("dateStyle", "long"), ("timeStyle", "long"), ("timeZone", "UTC")];
    date_with(time, language, &style)
}

/// Formats a date such as `2026-03-03` without a time zone, the same for every reader: `3 March 2026`.
#[must_use]
pub fn universal_date(day: &str, language: Language) -> String {
    date_with(day, language, &[("dateStyle", "long"), ("timeZone", "UTC")])
}

/// Formats a month of a year: `March 2026`. Months count from 1.
#[must_use]
pub fn month(year: i32, month: u8, language: Language) -> String {
    let time = format!("{year:04}-{month:02}-15T12:00:00Z");
    date_with(&time, language, &[("year", "numeric"), ("month", "long")])
}

/// Whole seconds from `time` to now, or `None` if `time` is no time. A future time gives 0, because the
/// server's clock may be ahead.
#[must_use]
pub fn seconds_since(time: &str) -> Option<u32> {
    let seconds = now().saturating_sub(milliseconds(time)?) / 1_000;
    Some(seconds.try_into().unwrap_or(u32::MAX))
}

/// Parses an RFC 3339 time into milliseconds since 1970. `None` if the text is no time.
#[must_use]
pub fn milliseconds(time: &str) -> Option<u64> {
    let moment = Date::parse(time);
    // Times before 1970 become 0.
    (!moment.is_nan()).then_some(moment as u64)
}

/// Current time in milliseconds since 1970, from this computer's clock.
#[must_use]
pub fn now() -> u64 {
    Date::now() as u64
}

/// Rewrites the dotted codes in a text of the service with spaces, as on the screens:
/// `7323.93` becomes `7323 93`. Quoted words stay, because they are the person's. Numbers before a currency
/// or a unit stay, because they are amounts.
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

/// Start of a day in the reader's time zone, as RFC 3339. `day` is a date such as `2026-03-03`; `days_later`
/// is added. `None` if `day` is no date.
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

/// All countries with their names, sorted by name in the language's order.
#[must_use]
pub fn countries(language: Language) -> Vec<(Country, String)> {
    COUNTRIES.with_borrow_mut(|kept| {
        if let Some((_, named)) = kept.iter().find(|(own, _)| *own == language) {
            return named.clone();
        }
        let named = sorted_countries(language);
        kept.push((language, named.clone()));
        named
    })
}

fn sorted_countries(language: Language) -> Vec<(Country, String)> {
    let names = region_names(language);
    let collator = Intl::Collator::new(&locales(language), &Object::new()).compare();
    // Texts of JavaScript, so that none is converted for each comparison.
    let mut named: Vec<_> = Country::all()
        .map(|country| (country, names.of(country.as_str()).unwrap_or_else(|| country.as_str().into())))
        .collect();
    named.sort_by(|(one, a), (other, b)| {
        let order = collator.call2(&JsValue::NULL, a, b).ok().and_then(|order| order.as_f64());
        order.and_then(|order| order.partial_cmp(&0.0)).unwrap_or_else(|| one.cmp(other))
    });
    named.into_iter().map(|(country, name)| (country, String::from(name))).collect()
}

/// All countries with their names, one list for each language, the reader's language first.
#[must_use]
pub fn country_names(language: Language) -> Vec<Vec<(Country, String)>> {
    languages_from(language).map(countries).collect()
}

/// The names of all countries in German and French, in which files are written although the dashboard is not.
#[must_use]
pub fn foreign_country_names() -> Vec<Vec<(Country, String)>> {
    let named = |locale: &str| {
        let names = Intl::DisplayNames::new(&Array::of1(&locale.into()), &options(&[("type", "region")]));
        let name = |country: Country| Some((country, String::from(names.of(country.as_str())?)));
        Country::all().filter_map(name).collect()
    };
    ["de", "fr"].into_iter().map(named).collect()
}

/// All languages, the reader's language first.
pub fn languages_from(language: Language) -> impl Iterator<Item = Language> {
    let others = Language::ALL.into_iter().filter(move |other| *other != language);
    std::iter::once(language).chain(others)
}

/// A country's name; its code if the browser has no name.
#[must_use]
pub fn country(country: Country, language: Language) -> String {
    region_names(language).of(country.as_str()).map_or_else(|| country.to_string(), String::from)
}

/// Parses a typed amount: `1234.50`, or with the language's separators `1,234.50` or `1.234,50`. See
/// [`amount::parse`] for the rules.
#[must_use]
pub fn parse_amount(text: &str, language: Language) -> Option<Money> {
    amount::parse(text, decimal_mark(language))
}

/// The decimal mark: the person's choice, else the language's.
#[must_use]
pub fn decimal_mark(language: Language) -> DecimalMark {
    preferences::now().numbers.mark().unwrap_or(match language {
        Language::En => DecimalMark::Point,
        Language::Nl => DecimalMark::Comma,
    })
}

/// Writes an amount for an input field. [`parse_amount`] reads it back.
#[must_use]
pub fn typed_amount(amount: Money, language: Language) -> String {
    match decimal_mark(language) {
        DecimalMark::Point => amount.to_string(),
        DecimalMark::Comma => amount.to_string().replace('.', ","),
    }
}

thread_local! {
    /// The functions of the formatters in use, by what they format, their locale and their settings.
    static FORMATTERS: RefCell<Vec<(String, Function)>> = const { RefCell::new(Vec::new()) };

    /// The names of the countries, by language.
    static COUNTRIES: RefCell<Vec<(Language, NamedCountries)>> = const { RefCell::new(Vec::new()) };
}

/// Countries with their names.
type NamedCountries = Vec<(Country, String)>;

/// Settings of a formatter, by their names in `Intl`, which reads numbers from texts too.
type Settings<'a> = &'a [(&'a str, &'a str)];

/// The formatter of these settings, which `make` makes where there is none yet. `kind` says what it formats.
fn formatter(
    kind: &str,
    language: Language,
    settings: Settings<'_>,
    make: fn(&Array, &Object) -> Function,
) -> Function {
    let settings_text: String = settings.iter().flat_map(|&(name, word)| [" ", name, "=", word]).collect();
    let name = [kind, " ", language.locale(), &settings_text].concat();
    let kept = FORMATTERS.with_borrow(|kept| {
        kept.iter().find(|(other, _)| *other == name).map(|(_, formatter)| formatter.clone())
    });
    kept.unwrap_or_else(|| {
        let formatter = make(&locales(language), &options(settings));
        FORMATTERS.with_borrow_mut(|kept| kept.push((name, formatter.clone())));
        formatter
    })
}

fn decimal(text: &str, language: Language, settings: Settings<'_>) -> String {
    // The language whose numbers have the chosen decimal mark.
    let locale = match decimal_mark(language) {
        DecimalMark::Point => Language::En,
        DecimalMark::Comma => Language::Nl,
    };
    let make = |locales: &Array, options: &Object| Intl::NumberFormat::new(locales, options).format();
    let format = formatter("number", locale, settings, make);
    called(&format, &text.into()).unwrap_or_else(|| text.to_owned())
}

fn date_with(time: &str, language: Language, settings: Settings<'_>) -> String {
    let date = Date::new(&time.into());
    if date.get_time().is_nan() {
        return time.to_owned();
    }
    // A formatter keeps the time zone in which it was made, and a computer may be carried to another one. Zones may
    // differ in summer only.
    let offset = |month| Date::new_with_year_month(date.get_full_year(), month).get_timezone_offset();
    let kind = format!("date {} {}", offset(0), offset(6));
    let make = |locales: &Array, options: &Object| Intl::DateTimeFormat::new(locales, options).format();
    let format = formatter(&kind, language, settings, make);
    called(&format, &date).unwrap_or_else(|| time.to_owned())
}

fn region_names(language: Language) -> Intl::DisplayNames {
    Intl::DisplayNames::new(&locales(language), &options(&[("type", "region")]))
}

fn called(format: &Function, value: &JsValue) -> Option<String> {
    format.call1(&JsValue::NULL, value).ok()?.as_string()
}

fn locales(language: Language) -> Array {
    Array::of1(&language.locale().into())
}

fn options(settings: Settings<'_>) -> Object {
    let options = Object::new();
    for (name, value) in settings {
        #[expect(
            clippy::let_underscore_must_use,
            reason = "setting a property of a new plain object cannot fail"
        )]
        let _ = Reflect::set(options.unchecked_ref(), &(*name).into(), &(*value).into());
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
        // Typed words, amounts, and text that only begins like a code.
        check("right for “lamp 9405.42 LED”. 9405.42", "right for “lamp 9405.42 LED”. 9405 42");
        check("worth 1234.56 EUR or 1234.56 % or €1234.56", "worth 1234.56 EUR or 1234.56 % or €1234.56");
        for other in
            ["85.18.30", "8518.3", "8518.30.00.901", "18518.30", "8518.30-8518.40", "v8518.30", "1.5"]
        {
            check(other, other);
        }
    }
}
