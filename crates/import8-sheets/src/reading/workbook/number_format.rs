//! The number formats of cells, as far as they say what a number is: its currency, a per cent, the digits of a code.

/// What a number format says of the numbers in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NumberFormat {
    /// The ISO 4217 code of the currency that it names.
    pub(super) currency: Option<&'static str>,
    shape: Shape,
}

/// The form in which a spreadsheet shows numbers, as far as it adds characters that belong to the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Shape {
    /// Decimals, thousands and signs, which a number has without a format too.
    #[default]
    Plain,
    /// In hundredths.
    Percent,
    /// A code: `0` for each digit, and the characters between them.
    Code(Vec<CodePart>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum CodePart {
    Digit,
    Literal(char),
}

/// The formats that every workbook has without writing them, and that calamine does not return: dollars without
/// decimals and with them. A spreadsheet that shows another currency for these numbers writes them in the file.
const BUILT_IN_DOLLARS: std::ops::RangeInclusive<u32> = 5..=8;

/// The ISO 4217 codes that a format may name in letters.
const CODES: &str = "AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KRW MAD \
                     MXN MYR NOK NZD PEN PHP PKR PLN RON RSD RUB SAR SEK SGD THB TND TRY TWD UAH USD VND ZAR";

/// The signs that only one currency has, longer ones first.
const SIGNS: [(&str, &str); 26] = [
    ("US$", "USD"),
    ("NT$", "TWD"),
    ("HK$", "HKD"),
    ("CA$", "CAD"),
    ("SFr.", "CHF"),
    ("Fr.", "CHF"),
    ("RMB", "CNY"),
    ("R$", "BRL"),
    ("C$", "CAD"),
    ("A$", "AUD"),
    ("S$", "SGD"),
    ("Kč", "CZK"),
    ("zł", "PLN"),
    ("Ft", "HUF"),
    ("лв", "BGN"),
    ("lei", "RON"),
    ("TL", "TRY"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("₺", "TRY"),
    ("₹", "INR"),
    ("₽", "RUB"),
    ("₩", "KRW"),
    ("₪", "ILS"),
    ("฿", "THB"),
    ("₫", "VND"),
];

/// The currencies of the signs that several have, by the sign and the place in the format's tag: the number of
/// Windows' locale in hexadecimal digits, or the region of a locale's name.
const PLACES: [(&str, &str, &str); 36] = [
    ("$", "409", "USD"),
    ("$", "US", "USD"),
    ("$", "1009", "CAD"),
    ("$", "C0C", "CAD"),
    ("$", "CA", "CAD"),
    ("$", "C09", "AUD"),
    ("$", "AU", "AUD"),
    ("$", "1409", "NZD"),
    ("$", "NZ", "NZD"),
    ("$", "4809", "SGD"),
    ("$", "1004", "SGD"),
    ("$", "SG", "SGD"),
    ("$", "C04", "HKD"),
    ("$", "3C09", "HKD"),
    ("$", "HK", "HKD"),
    ("$", "404", "TWD"),
    ("$", "TW", "TWD"),
    ("$", "80A", "MXN"),
    ("$", "MX", "MXN"),
    ("$", "340A", "CLP"),
    ("$", "CL", "CLP"),
    ("$", "240A", "COP"),
    ("$", "CO", "COP"),
    ("$", "2C0A", "ARS"),
    ("$", "AR", "ARS"),
    ("¥", "804", "CNY"),
    ("¥", "CN", "CNY"),
    ("¥", "411", "JPY"),
    ("¥", "JP", "JPY"),
    ("kr", "41D", "SEK"),
    ("kr", "SE", "SEK"),
    ("kr", "414", "NOK"),
    ("kr", "NO", "NOK"),
    ("kr", "406", "DKK"),
    ("kr", "DK", "DKK"),
    ("kr", "40F", "ISK"),
];

impl NumberFormat {
    /// The format with this number and code: `[$€-413] #,##0.00`.
    pub(super) fn new(number: Option<u32>, code: &str) -> Self {
        let tokens = tokens(code);
        let currency = if number.is_some_and(|number| BUILT_IN_DOLLARS.contains(&number)) {
            Some("USD")
        } else {
            tokens.iter().find_map(Token::currency)
        };
        // The other sections are for negative numbers, zero and text.
        let end = tokens.iter().position(|token| *token == Token::Section).unwrap_or(tokens.len());
        let first: Vec<_> = tokens.into_iter().take(end).collect();
        let shape = if first.contains(&Token::Sign('%')) {
            Shape::Percent
        } else if currency.is_none() {
            Shape::code(&first)
        } else {
            Shape::Plain
        };
        Self { currency, shape }
    }

    /// The text of a number that has this text without a format.
    pub(super) fn shown(&self, number: String) -> String {
        match &self.shape {
            Shape::Plain => number,
            Shape::Percent => format!("{}%", hundredfold(&number)),
            Shape::Code(parts) => as_code(&number, parts).unwrap_or(number),
        }
    }
}

impl Shape {
    /// The form of a code: at least two zeros and no other marks for digits. A point between digits is a decimal
    /// point, unless there are several.
    fn code(tokens: &[Token]) -> Self {
        let points = tokens.iter().filter(|token| **token == Token::Sign('.')).count();
        let mut parts = Vec::new();
        for token in tokens {
            match token {
                Token::Sign('0') => parts.push(CodePart::Digit),
                Token::Sign('.') if points > 1 => parts.push(CodePart::Literal('.')),
                Token::Sign(sign @ ('-' | '/' | ' ')) => parts.push(CodePart::Literal(*sign)),
                Token::Literal(text) => parts.extend(text.chars().map(CodePart::Literal)),
                _ => return Self::Plain,
            }
        }
        let digits = parts.iter().filter(|part| **part == CodePart::Digit).count();
        if digits >= 2 { Self::Code(parts) } else { Self::Plain }
    }
}

/// A part of a format's code.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// A character with a meaning of its own, such as `0`, `#` or `%`.
    Sign(char),
    /// Characters that are shown as they are.
    Literal(String),
    /// A currency and its place: `[$€-413]`.
    Tag(String),
    /// The end of a section.
    Section,
}

impl Token {
    fn currency(&self) -> Option<&'static str> {
        match self {
            Self::Sign(sign) => named(&sign.to_string(), None),
            Self::Literal(text) => named(text.trim(), None),
            Self::Tag(tag) => {
                let (sign, place) =
                    tag.split_once('-').map_or((tag.as_str(), None), |(sign, place)| (sign, Some(place)));
                named(sign.trim(), place)
            }
            Self::Section => None,
        }
    }
}

/// The currency of a sign or of the letters of a code; in a tag also by the place.
fn named(sign: &str, place: Option<&str>) -> Option<&'static str> {
    if sign.is_empty() {
        return None;
    }
    let is_code = |code: &&str| *code == sign;
    if let Some(code) = CODES.split(' ').find(is_code) {
        return Some(code);
    }
    if let Some((_, code)) = SIGNS.iter().find(|(own, _)| *own == sign) {
        return Some(code);
    }
    let sign = if sign == "￥" { "¥" } else { sign };
    match place {
        Some(place) => {
            // `409`, `en-US` or `x-xbr,409`.
            let place = place.rsplit(['-', ',', '_']).next().unwrap_or_default().trim_start_matches('0');
            let is_own = |(own, at, _): &&(&str, &str, &str)| *own == sign && at.eq_ignore_ascii_case(place);
            PLACES.iter().find(is_own).map(|(_, _, code)| *code)
        }
        None => (sign == "$").then_some("USD"),
    }
}

fn tokens(code: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = code.chars();
    while let Some(sign) = rest.next() {
        match sign {
            '"' => tokens.push(Token::Literal(rest.by_ref().take_while(|&sign| sign != '"').collect())),
            '\\' => tokens.extend(rest.next().map(|sign| Token::Literal(sign.to_string()))),
            // The width of a character, and a character that fills the cell.
            '_' | '*' => drop(rest.next()),
            '[' => {
                let inner: String = rest.by_ref().take_while(|&sign| sign != ']').collect();
                tokens.extend(inner.strip_prefix('$').map(|tag| Token::Tag(tag.to_owned())));
            }
            ';' => tokens.push(Token::Section),
            sign => tokens.push(Token::Sign(sign)),
        }
    }
    tokens
}

/// A decimal with its point two places to the right: `0.155` becomes `15.5`.
fn hundredfold(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let shifted: String = decimals.chars().chain("00".chars()).take(2).collect();
    let whole = format!("{whole}{shifted}");
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    match decimals.get(2..).filter(|rest| !rest.is_empty()) {
        Some(rest) => format!("{sign}{whole}.{rest}"),
        None => format!("{sign}{whole}"),
    }
}

/// A whole number in the form of a code, filled up with zeros; `None` if it has decimals or is negative.
fn as_code(number: &str, parts: &[CodePart]) -> Option<String> {
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let places = parts.iter().filter(|part| **part == CodePart::Digit).count();
    let padded = format!("{number:0>places$}");
    let mut digits = padded.chars();
    let mut surplus = padded.len() - places;
    let mut text = String::new();
    for part in parts {
        match part {
            CodePart::Literal(literal) => text.push(*literal),
            CodePart::Digit => {
                // More digits than places are at the first place.
                text.extend(digits.by_ref().take(surplus + 1));
                surplus = 0;
            }
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_names_its_currency() {
        let check = |code: &str, currency: Option<&str>| {
            assert_eq!(NumberFormat::new(None, code).currency, currency, "{code}");
        };
        check("General", None);
        check("#,##0.00", None);
        check("[$$-409]#,##0.00", Some("USD"));
        check("\"$\"#,##0.00_);[Red]\\(\"$\"#,##0.00\\)", Some("USD"));
        check("_($* #,##0.00_);_($* (#,##0.00);_($* \"-\"??_);_(@_)", Some("USD"));
        check("_-[$€-413]\\ * #,##0.00_-;_-[$€-413]\\ * #,##0.00\\-;_-@_-", Some("EUR"));
        check("_ \"€\"\\ * #,##0.00_ ;_ \"€\"\\ * \\-#,##0.00_ ;_ @_ ", Some("EUR"));
        check("#,##0.00\\ [$€-1]", Some("EUR"));
        check("[$USD]\\ #,##0.00", Some("USD"));
        check("#,##0.00\\ \"EUR\"", Some("EUR"));
        check("[$CHF-807]\\ #,##0.00", Some("CHF"));
        check("[$£-809]#,##0.00", Some("GBP"));
        check("[$¥-804]#,##0.00", Some("CNY"));
        check("[$￥-411]#,##0", Some("JPY"));
        check("[$$-1009]#,##0.00", Some("CAD"));
        check("[$$-en-AU]#,##0.00", Some("AUD"));
        check("#,##0.00\\ [$zł-415]", Some("PLN"));
        check("[$kr-41D]\\ #,##0.00", Some("SEK"));
        // The yen and the yuan have one sign, and not every place is known.
        check("\"¥\"#,##0.00", None);
        check("[$$-FFFF]#,##0.00", None);
        check("[$-409]mmm\\ yyyy", None);
        check("0\" PCS\"", None);
        check("[Red]0.00", None);
        assert_eq!(NumberFormat::new(Some(7), "General").currency, Some("USD"));
    }

    #[test]
    fn numbers_are_written_as_their_format_shows_them() {
        let check = |code: &str, number: &str, shown: &str| {
            assert_eq!(NumberFormat::new(None, code).shown(number.to_owned()), shown, "{code} {number}");
        };
        check("000000", "42", "000042");
        check("000000", "1234567", "1234567");
        check("000000", "42.5", "42.5");
        check("000000", "-42", "-42");
        check("0000.00.00", "1012100", "0101.21.00");
        check("0000\\.00\\.00", "73239300", "7323.93.00");
        check("00\\ 00\\ 00", "10121", "01 01 21");
        check("\"SKU-\"0000", "7", "SKU-0007");
        check("0%", "0.15", "15%");
        check("0.00%", "0.155", "15.5%");
        check("0%", "-0.05", "-5%");
        check("0%", "1", "100%");
        check("0%", "0", "0%");
        check("0%", "0.00125", "0.125%");
        // Decimals, thousands and one digit add nothing.
        check("0", "3.75", "3.75");
        check("0.00", "3.755", "3.755");
        check("00.00", "5.5", "5.5");
        check("#,##0", "1234", "1234");
        check("General", "1234", "1234");
        check("0\" pcs\"", "12", "12");
    }
}
