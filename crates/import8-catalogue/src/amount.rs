//! Reads amounts and quantities as people write them: with signs, brackets, separators of thousands, currencies and
//! units. A text is read exactly or refused; nothing in it is dropped.

use import8_api::Money;
use serde::{Deserialize, Serialize};

use crate::columns::{Sign, sign_of_words};

/// The decimal mark of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DecimalMark {
    /// `1,234.56`
    Point,
    /// `1.234,56`
    Comma,
}

/// An amount as a cell has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// The amount. It may be negative.
    pub value: Money,
    /// Whether the cell says that it is for one piece: `12.50 each`.
    pub is_per_piece: bool,
}

/// The reason why a text is no amount or no quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It is no number, or has more than a number, a currency and a unit.
    NotANumber,
    /// It has more digits than can be held exactly.
    TooLong,
    /// It is a share: `15%`.
    PerCent,
    /// It is about, at most or between numbers, or a spreadsheet has rounded it: `~5`, `< 5`, `2-3`, `1.2E+03`.
    Inexact,
    /// It is for a weight or a number of pieces: `4.20/100`, `3.95 per kg`.
    PerOther,
    /// It is a weight, a measure or a number of packs: `5 kg`, `2 dozen`.
    Measure,
}

/// Texts that stand for no value, in lower case.
const NONE: &str =
    "n/a n.a. n.a na #n.v.t. n.v.t. n.v.t nvt none geen keine kein aucun néant k.a. k.a null nil s.o. s/o";

/// Words before an amount that is not exact.
const ABOUT: &str = "< > <= >= ~ ≈ ≤ ≥ ± +/- ca ca. c. circa about around approx approx. approximately ong. ongeveer \
    ± min min. max max. vanaf from ab bis tot up under over env. environ dès plus minimum maximum minimaal maximaal";

/// Words between the ends of a range.
const RANGE: [&str; 6] = ["-", "..", "to", "tot", "bis", "à"];

/// Words for one piece. Others, such as a pair or a box, are measures.
const PIECES: &str = "pc pcs pce pces piece pieces pièce pièces st stk stck stück stueck stuk stuks ea each x unit units \
    eenheid eenheden item items unité unités u p.st p.stuk p/st p/stuk p/pc p/pce p/u a-piece stukje stukjes";

/// Parses a typed amount: `1234.50`, or with thousands separators `1,234.50` or `1.234,50`, by `mark`. `None` for any
/// other text.
///
/// A single separator is a decimal mark, unless it is the thousands separator and three digits follow. With a decimal
/// comma, `12.50` is twelve and a half, and `1.250` is one thousand two hundred and fifty. Where spaces or apostrophes
/// separate thousands, a point or comma is the decimal mark.
#[must_use]
pub fn parse(text: &str, mark: DecimalMark) -> Option<Money> {
    digits(&plain(text), mark).ok()
}

/// Reads the amount of a cell: `€ 12,50`, `USD 1'234.50`, `(12.50)`, `12,-`. `None` if the cell says that there is none.
///
/// # Errors
/// See [`Unread`].
pub fn read(text: &str, mark: DecimalMark) -> Result<Option<Amount>, Unread> {
    let text = plain(text);
    if is_none(&text) {
        return Ok(None);
    }
    let parts = Parts::new(&text)?;
    let value = parts.value(mark)?;
    Ok(Some(Amount { value, is_per_piece: parts.is_per_piece()? }))
}

/// Reads the quantity of a cell: `10`, `1.000`, `10 pcs`. `None` if the cell says that there is none. It may be negative
/// or a fraction.
///
/// # Errors
/// See [`Unread`].
pub fn read_quantity(text: &str, mark: DecimalMark) -> Result<Option<Money>, Unread> {
    let text = plain(text);
    if is_none(&text) {
        return Ok(None);
    }
    let parts = Parts::new(&text)?;
    let value = parts.value(mark)?;
    let unit = parts.unit.trim_end_matches('.').trim_end();
    // `x 10` and `10 x`.
    let is_count =
        matches!(parts.money, "" | "x") && parts.per.is_none() && (unit.is_empty() || has_word(PIECES, unit));
    match is_count {
        true => Ok(Some(value)),
        false if parts.money.is_empty() && parts.per.is_some() || unit.chars().any(char::is_alphabetic) => {
            Err(Unread::Measure)
        }
        false => Err(Unread::NotANumber),
    }
}

/// Whether a text says that there is no value: `n/a`, `n.v.t.`, `-`.
#[must_use]
pub fn says_none(text: &str) -> bool {
    is_none(&plain(text))
}

/// A text in lower case, with one kind of space, minus sign and apostrophe, and without invisible characters.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {}
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{207b}' | '\u{fe63}' | '\u{ff0d}' => plain.push('-'),
            '‘' | '’' | '′' | '`' | '´' => plain.push('\''),
            c if c.is_whitespace() => plain.push(' '),
            c => plain.extend(c.to_lowercase()),
        }
    }
    plain.trim().to_owned()
}

fn is_none(plain: &str) -> bool {
    plain.chars().all(|c| c == '-') || plain == "/" || has_word(NONE, plain)
}

fn has_word(list: &str, word: &str) -> bool {
    list.split(' ').any(|one| one == word)
}

/// The parts of an amount or a quantity: `-€ 1'234,- per piece`.
#[derive(Debug)]
struct Parts<'a> {
    /// The words before the number, without its sign: a currency.
    money: &'a str,
    /// Digits and their separators.
    number: &'a str,
    /// Whether the number is followed by a dash for no cents: `12,-`.
    is_whole: bool,
    is_negative: bool,
    /// The words after the number: a currency or a unit.
    unit: &'a str,
    /// The words after `/` or `per`.
    per: Option<&'a str>,
}

impl<'a> Parts<'a> {
    fn new(text: &'a str) -> Result<Self, Unread> {
        if text.contains(['%', '‰'])
            || ["pct", "percent", "procent", "prozent"].iter().any(|word| text.ends_with(word))
        {
            return Err(Unread::PerCent);
        }
        let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | ' ');
        let first = text.find(|c: char| c.is_ascii_digit()).ok_or(Unread::NotANumber)?;
        let (before, rest) = text.split_at(first);
        // `.50`, but not `rs.50`.
        let leads = before.strip_suffix(['.', ',']).filter(|words| !words.ends_with(char::is_alphanumeric));
        let first = if leads.is_some() { first - 1 } else { first };
        let before = leads.unwrap_or(before);
        let end = rest.find(|c| !is_number(c)).unwrap_or(rest.len()) + (text.len() - rest.len());
        let run = text.get(first..end).unwrap_or_default();
        let number = run.trim_end_matches(['.', ',', '\'', ' ']);
        let after = text.get(first + number.len()..).unwrap_or_default();
        let (money, mut signs, opens) = before_number(before)?;
        let (after, is_whole) = without_cents(after);
        if after.contains(|c: char| c.is_ascii_digit()) {
            return Err(kind_of_rest(after));
        }
        let (mut unit, mut closes) = (after, false);
        if let Some(rest) = unit.strip_suffix(')') {
            (unit, closes) = (rest.trim_end(), true);
        } else if let Some((inner, rest)) = unit.split_once(')') {
            // `(12.50) usd`
            closes = inner.trim().is_empty();
            unit = rest.trim();
        }
        if let Some(rest) = unit.strip_suffix('-').or_else(|| unit.strip_prefix('-')) {
            (unit, signs) = (rest.trim(), signs + 1);
        }
        if opens != closes || signs + usize::from(opens) > 1 || unit.contains(['(', ')']) {
            return Err(Unread::NotANumber);
        }
        if unit.starts_with('+') {
            return Err(Unread::Inexact);
        }
        let (unit, per) = per_clause(unit);
        Ok(Self { money, number, is_whole, is_negative: signs + usize::from(opens) == 1, unit, per })
    }

    /// The number with its sign.
    fn value(&self, mark: DecimalMark) -> Result<Money, Unread> {
        let Money(value) = digits(self.number, mark)?;
        if self.is_whole && value.scale() > 0 {
            return Err(Unread::NotANumber);
        }
        Ok(Money(if self.is_negative { -value } else { value }))
    }

    /// Whether the amount is for one piece. The other words are a currency.
    fn is_per_piece(&self) -> Result<bool, Unread> {
        let (mut unit, mut is_per_piece) = (self.unit, false);
        if let Some(per) = self.per {
            if !has_word(PIECES, per.trim_end_matches('.')) {
                return Err(Unread::PerOther);
            }
            is_per_piece = true;
        } else {
            let (rest, last) = unit.rsplit_once(' ').unwrap_or(("", unit));
            if matches!(last, "each" | "ea" | "p.st." | "p.st" | "p.stuk") {
                (unit, is_per_piece) = (rest.trim_end(), true);
            }
        }
        // The row takes its currency from these words too, so there must be no others.
        let is_currency = |words: &str| words.is_empty() || sign_of_words(words).is_some();
        let sign = match self.money.is_empty() || unit.is_empty() {
            true => None,
            false => sign_of_words(&format!("{} {unit}", self.money)),
        };
        let are_currencies = is_currency(self.money) && is_currency(unit) && sign != Some(Sign::Several);
        if are_currencies { Ok(is_per_piece) } else { Err(Unread::NotANumber) }
    }
}

/// The currency before a number, the number of minus signs, and whether a bracket opens.
fn before_number(before: &str) -> Result<(&str, usize, bool), Unread> {
    let is_sign = |c: char| matches!(c, '-' | '+' | '(' | ' ');
    let signs = before.matches('-').count();
    let (opens, pluses) = (before.matches('(').count(), before.matches('+').count());
    let money = before.trim_matches(is_sign);
    let about = money.split([' ', '$', '€', '£', '(']).find(|word| !word.is_empty()).unwrap_or_default();
    if has_word(ABOUT, about) || about.starts_with(['<', '>', '~', '≈', '≤', '≥', '±']) {
        return Err(Unread::Inexact);
    }
    let is_odd = opens > 1 || pluses + signs + opens > 1 || money.contains(['-', '+', '(']);
    if is_odd { Err(Unread::NotANumber) } else { Ok((money, signs, opens == 1)) }
}

/// The rest after a number, without the dash for no cents: `,-`, `.--`, `,=`.
fn without_cents(after: &str) -> (&str, bool) {
    let Some(rest) = after.strip_prefix(['.', ',']) else { return (after.trim(), false) };
    let dashed = rest.trim_start_matches(['-', '=']);
    // A mark without decimals: `12.`
    (dashed.trim(), rest.len() - dashed.len() <= 2)
}

/// The reason why a text with further digits after its number is no amount.
fn kind_of_rest(after: &str) -> Unread {
    let after = after.trim_start();
    let is_exponent =
        after.starts_with('e') && after[1..].starts_with(|c: char| c.is_ascii_digit() || "+-".contains(c));
    if is_exponent || RANGE.iter().any(|word| after.starts_with(word)) {
        Unread::Inexact
    } else if after.contains('/') || after.contains("per ") {
        Unread::PerOther
    } else {
        Unread::NotANumber
    }
}

/// Splits `eur per piece` into the currency and the words after `per`.
fn per_clause(unit: &str) -> (&str, Option<&str>) {
    if let Some((money, per)) = unit.split_once('/') {
        let money = money.trim_end();
        // `12,50 p/st`
        let money = if money == "p" { "" } else { money.strip_suffix(" p").unwrap_or(money) };
        return (money.trim_end(), Some(per.trim()));
    }
    let words = unit.strip_prefix("per ").map(|per| ("", per)).or_else(|| unit.split_once(" per "));
    match words {
        Some((money, per)) => (money.trim_end(), Some(per.trim())),
        None => (unit, None),
    }
}

/// Digits with separators as an exact number.
fn digits(text: &str, mark: DecimalMark) -> Result<Money, Unread> {
    let (whole, fraction) = whole_and_fraction(text, mark).ok_or(Unread::NotANumber)?;
    let parts = [&whole, &fraction];
    let is_number = parts.iter().any(|part| !part.is_empty())
        && parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    if !is_number {
        return Err(Unread::NotANumber);
    }
    let whole = if whole.is_empty() { "0" } else { &whole };
    let number = if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") };
    number.parse().map_err(|_| Unread::TooLong)
}

fn whole_and_fraction(text: &str, mark: DecimalMark) -> Option<(String, String)> {
    if let Some(group) = [' ', '\''].into_iter().find(|group| text.contains(*group)) {
        let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
        return Some((grouped(whole, group)?, fraction.to_owned()));
    }
    let (decimal, thousands) = match mark {
        DecimalMark::Point => ('.', ','),
        DecimalMark::Comma => (',', '.'),
    };
    Some(match (text.split_once(decimal), text.matches(thousands).count()) {
        (Some((whole, fraction)), _) => (grouped(whole, thousands)?, fraction.to_owned()),
        (None, 1) => match text.split_once(thousands)? {
            (whole, group)
                if group.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0') =>
            {
                (format!("{whole}{group}"), String::new())
            }
            // Four digits before it, or three after a zero, are neither a clear group nor a clear decimal.
            (whole, group) if group.len() == 3 && whole != "0" => return None,
            (whole, fraction) => (whole.to_owned(), fraction.to_owned()),
        },
        (None, _) => (grouped(text, thousands)?, String::new()),
    })
}

/// Joins digits whose groups of three are separated by `separator`; `None` for other groups.
fn grouped(text: &str, separator: char) -> Option<String> {
    let mut groups = text.split(separator);
    let first = groups.next()?;
    let rest: Vec<_> = groups.collect();
    let is_grouped =
        rest.is_empty() || (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3);
    is_grouped.then(|| format!("{first}{}", rest.concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(mark: DecimalMark, cases: &[(&str, Option<&str>)]) {
        for (typed, expected) in cases {
            let amount = parse(typed, mark).map(|amount| amount.to_string());
            assert_eq!(amount.as_deref(), *expected, "{typed:?}, {mark:?}");
        }
    }

    #[test]
    fn amounts_are_read_by_their_mark() {
        check(
            DecimalMark::Point,
            &[
                ("25", Some("25")),
                ("25.00", Some("25.00")),
                ("1,234.56", Some("1234.56")),
                ("1,234", Some("1234")),
                ("12,5", Some("12.5")),
                ("1,234,567", Some("1234567")),
                ("0,125", Some("0.125")),
                (" 1 250 ", Some("1250")),
                ("1.234,56", None),
                (",125", None),
                ("1234,567", None),
                ("1234,5", Some("1234.5")),
                ("1,23,4", None),
                ("", None),
                ("-1", None),
                ("1e3", None),
                ("12.3.4", None),
                (".", None),
                (".5", Some("0.5")),
                ("12 50", None),
                ("1'250.5", Some("1250.5")),
                ("abc", None),
            ],
        );
        check(
            DecimalMark::Comma,
            &[
                ("25", Some("25")),
                ("25,00", Some("25.00")),
                ("1.234,56", Some("1234.56")),
                ("1.234", Some("1234")),
                ("12.50", Some("12.50")),
                ("1.234.567", Some("1234567")),
                ("0.125", Some("0.125")),
                ("1,234.56", None),
                (".125", None),
                ("1234.567", None),
                ("1234.5", Some("1234.5")),
                ("1.23.4", None),
                ("12,3,4", None),
                (",", None),
            ],
        );
    }

    /// Reads a cell; or tells why it is refused.
    fn shown(text: &str, mark: DecimalMark) -> String {
        match read(text, mark) {
            Ok(None) => "none".to_owned(),
            Ok(Some(Amount { value, is_per_piece })) => {
                format!("{value}{}", if is_per_piece { " each" } else { "" })
            }
            Err(unread) => format!("{unread:?}"),
        }
    }

    fn cells(mark: DecimalMark, cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            assert_eq!(shown(text, mark), *expected, "{text:?}, {mark:?}");
        }
    }

    #[test]
    fn a_cell_may_name_its_currency() {
        cells(
            DecimalMark::Comma,
            &[
                ("€ 1.234,50", "1234.50"),
                ("€12", "12"),
                ("€ 12,-", "12"),
                ("12,--", "12"),
                ("12,—", "12"),
                ("12,=", "12"),
                ("1'234,50", "1234.50"),
                ("1’234.50", "1234.50"),
                ("1\u{a0}234,50", "1234.50"),
                ("1\u{202f}234\u{202f}567,5 €", "1234567.5"),
                ("EUR 12,50", "12.50"),
                ("12,50 EUR", "12.50"),
                ("12,50EUR", "12.50"),
                ("€ 12,50 EUR", "12.50"),
                ("Fr. 12,50", "12.50"),
                ("12,50 kr", "12.50"),
                ("12,50 zł", "12.50"),
                ("$ 12,50 EUR", "NotANumber"),
                ("€ 12,50,-", "NotANumber"),
            ],
        );
        cells(
            DecimalMark::Point,
            &[
                ("12.50 USD", "12.50"),
                ("$12", "12"),
                ("US$12.50", "12.50"),
                ("US$ 1,234.50", "1234.50"),
                ("$.50", "0.50"),
                ("Rs.500", "500"),
                ("£3", "3"),
                ("¥ 30", "30"),
                ("CHF 12.-", "12"),
                ("+12.50", "12.50"),
                ("12.", "12"),
                (".5", "0.5"),
                ("on request", "NotANumber"),
                ("12.50 ABC", "NotANumber"),
                ("A12", "NotANumber"),
                ("12 50", "NotANumber"),
                ("1 2345", "NotANumber"),
                ("1,23,456.00", "NotANumber"),
                ("12.50 12.60", "NotANumber"),
                ("١٢", "NotANumber"),
                ("99999999999999999999999999999999", "TooLong"),
            ],
        );
    }

    #[test]
    fn a_sign_is_never_dropped() {
        cells(
            DecimalMark::Point,
            &[
                ("(12.50)", "-12.50"),
                ("−3.20", "-3.20"),
                ("12.50-", "-12.50"),
                ("-12.50", "-12.50"),
                ("- 12.50", "-12.50"),
                ("–12.50", "-12.50"),
                ("€ -12.50", "-12.50"),
                ("-€12.50", "-12.50"),
                ("(€ 12.50)", "-12.50"),
                ("€ (12.50)", "-12.50"),
                ("(12.50) EUR", "-12.50"),
                ("(12.50 EUR)", "-12.50"),
                ("12.50- EUR", "-12.50"),
                ("12.50 EUR-", "-12.50"),
                ("--5", "NotANumber"),
                ("-(5)", "NotANumber"),
                ("(5", "NotANumber"),
                ("5)", "NotANumber"),
                ("-5-", "NotANumber"),
                ("12.50 CR", "NotANumber"),
            ],
        );
        cells(DecimalMark::Comma, &[("-12,50", "-12.50"), ("12,50-", "-12.50"), ("-12,-", "-12")]);
    }

    #[test]
    fn what_is_not_one_amount_is_told_by_its_kind() {
        cells(
            DecimalMark::Point,
            &[
                ("15%", "PerCent"),
                ("15 %", "PerCent"),
                ("15 procent", "PerCent"),
                ("< 5", "Inexact"),
                (">5", "Inexact"),
                ("~5", "Inexact"),
                ("ca. 5", "Inexact"),
                ("ca 5", "Inexact"),
                ("ong. € 5", "Inexact"),
                ("± 5", "Inexact"),
                ("from $5", "Inexact"),
                ("2-3", "Inexact"),
                ("2 – 3", "Inexact"),
                ("$2.00 - $3.00", "Inexact"),
                ("2 to 3", "Inexact"),
                ("5+", "Inexact"),
                ("1.2E+03", "Inexact"),
                ("1.2e3", "Inexact"),
                ("4.20/100", "PerOther"),
                ("4.20 / 100 pcs", "PerOther"),
                ("4.20 per 100", "PerOther"),
                ("12 / doz", "PerOther"),
                ("3.95/kg", "PerOther"),
                ("€ 3.95 per m2", "PerOther"),
                ("3.95 / m²", "PerOther"),
                ("12.50 p/st", "12.50 each"),
                ("12.50 per piece", "12.50 each"),
                ("€ 12.50 / st.", "12.50 each"),
                ("12.50 EUR/pc", "12.50 each"),
                ("12.50 each", "12.50 each"),
                ("12.50 USD each", "12.50 each"),
                ("free", "NotANumber"),
                ("gratis", "NotANumber"),
                ("TBD", "NotANumber"),
            ],
        );
        for none in ["", " ", "-", "–", "--", "n/a", "N/A", "n.v.t.", "nvt", "geen", "k.A.", "/"] {
            cells(DecimalMark::Comma, &[(none, "none")]);
        }
    }

    #[test]
    fn a_quantity_is_a_count() {
        let check = |mark, cases: &[(&str, &str)]| {
            for (text, expected) in cases {
                let read = match read_quantity(text, mark) {
                    Ok(value) => value.map_or_else(|| "none".to_owned(), |value| value.to_string()),
                    Err(unread) => format!("{unread:?}"),
                };
                assert_eq!(read, *expected, "{text:?}, {mark:?}");
            }
        };
        check(
            DecimalMark::Point,
            &[
                ("10", "10"),
                ("10 pcs", "10"),
                ("10 st.", "10"),
                ("10 stuks", "10"),
                ("10 x", "10"),
                ("10x", "10"),
                ("x 10", "10"),
                ("10 Stück", "10"),
                ("1,000", "1000"),
                ("1 000 pcs", "1000"),
                ("10.0", "10.0"),
                ("-3", "-3"),
                ("12.5", "12.5"),
                ("n/a", "none"),
                ("25%", "PerCent"),
                ("< 5", "Inexact"),
                ("2-3", "Inexact"),
                ("5 kg", "Measure"),
                ("2 dozen", "Measure"),
                ("3 boxes", "Measure"),
                ("5 pairs", "Measure"),
                ("10/box", "Measure"),
                ("10 per box", "Measure"),
                ("10 x 24", "NotANumber"),
                ("$10", "NotANumber"),
                ("ten", "NotANumber"),
            ],
        );
        check(DecimalMark::Comma, &[("1.000", "1000"), ("12,5", "12.5"), ("1.000 st", "1000")]);
    }
}
