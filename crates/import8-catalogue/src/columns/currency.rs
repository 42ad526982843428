//! The currency that a text names: `€ 12`, `12.50 USD`, `FOB unit price (US$)`.

use import8_api::Currency;

/// The currency that a text or a number format names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// A currency that the API takes.
    Taken(Currency),
    /// Another currency, such as the Swiss franc.
    NotTaken,
    /// `¥`, which is the sign of the yuan and of the yen.
    Yen,
    /// Several currencies.
    Several,
}

/// Words and signs of currencies in titles and cells, folded.
const EVERYWHERE: [(&str, Sign); 4] = [
    ("€ eur euro euros", Sign::Taken(Currency::Eur)),
    ("$ us$ usd usd$ dollar dollars", Sign::Taken(Currency::Usd)),
    ("£ gbp gbp£ stg", Sign::Taken(Currency::Gbp)),
    ("cny rmb cn¥ rmb¥ 元 yuan renminbi", Sign::Taken(Currency::Cny)),
];

/// The signs and ISO codes of other currencies that are met in trade.
const OTHERS: &str = "chf sfr jpy yen sek nok dkk isk pln zł czk kč huf bgn rub ₽ uah ₺ inr ₹ pkr bdt lkr npr hkd hk$ \
    twd nt$ ntd krw ₩ aud a$ au$ nzd nz$ cad c$ ca$ sgd s$ thb ฿ vnd ₫ idr myr php mxn brl r$ zar egp \
    aed sar qar kwd ils ₪ rsd kzt";

/// Abbreviations that mean a currency beside a number only: in a title, `fr` is French.
const IN_CELLS: &str = "fr frs franken francs kr ft tl try lei rs rp rm zl kc mad ron cop clp ars mop";

/// The currency that a cell with an amount names; `None` if it names none.
#[must_use]
pub(super) fn of_cell(text: &str) -> Option<Sign> {
    // Most cells are plain numbers.
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || b" .,-+'".contains(&byte));
    if is_plain { None } else { named(text, true) }
}

/// The currency that the title of a column names; `None` if it names none.
#[must_use]
pub(super) fn of_title(title: &str) -> Option<Sign> {
    named(title, false)
}

/// The currency that words beside an amount name; `None` if one of them is no currency.
#[must_use]
pub(crate) fn of_words(words: &str) -> Option<Sign> {
    let is_apart = |c: char| !c.is_alphabetic() && !is_symbol(c);
    let has_others = words.chars().any(|c| is_apart(c) && !matches!(c, ' ' | '.' | ':' | '-'));
    let mut parts = words.split(is_apart).filter(|word| !word.is_empty());
    let are_signs = parts.all(|word| one(word, true).is_some());
    if has_others || !are_signs { None } else { named(words, true) }
}

/// The currency of an ISO 4217 code, as number formats have it.
#[must_use]
pub(super) fn of_code(code: &str) -> Sign {
    code.parse().map_or(Sign::NotTaken, Sign::Taken)
}

/// Whether a folded word names a currency.
pub(super) fn is_named(word: &str) -> bool {
    one(word, false).is_some()
}

fn named(text: &str, is_cell: bool) -> Option<Sign> {
    let mut found = None;
    for word in text.split(|c: char| !c.is_alphabetic() && !is_symbol(c)).filter(|word| !word.is_empty()) {
        // A sign may touch a word that means something else: `Stk€`.
        let whole = one(word, is_cell);
        let symbol = || word.find(is_symbol).and_then(|at| one(&word[at..], is_cell));
        let Some(sign) = whole.or_else(symbol) else { continue };
        found = match found {
            None => Some(sign),
            Some(other) if other == sign => Some(sign),
            Some(other) => Some(joined(other, sign)),
        };
    }
    found
}

/// The currency that two signs of one amount mean: `$` with `CAD` is the Canadian dollar.
pub(super) fn joined(one: Sign, other: Sign) -> Sign {
    let dollar = Sign::Taken(Currency::Usd);
    match (one, other) {
        (one, other) if one == other => one,
        (Sign::Yen, Sign::Taken(Currency::Cny)) | (Sign::Taken(Currency::Cny), Sign::Yen) => {
            Sign::Taken(Currency::Cny)
        }
        (Sign::NotTaken, Sign::Yen) | (Sign::Yen, Sign::NotTaken) => Sign::NotTaken,
        (Sign::NotTaken, other) | (other, Sign::NotTaken) if other == dollar => Sign::NotTaken,
        _ => Sign::Several,
    }
}

fn one(word: &str, is_cell: bool) -> Option<Sign> {
    let word = word.to_lowercase();
    let has = |list: &str| list.split_ascii_whitespace().any(|one| one == word);
    let taken = EVERYWHERE.iter().find(|(words, _)| has(words)).map(|(_, sign)| *sign);
    taken
        .or_else(|| (word == "¥").then_some(Sign::Yen))
        .or_else(|| (has(OTHERS) || is_cell && has(IN_CELLS)).then_some(Sign::NotTaken))
}

fn is_symbol(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '฿' | '\u{20a0}'..='\u{20cf}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_name_their_currency() {
        let check = |text: &str, expected| assert_eq!(of_cell(text), expected, "{text:?}");
        let (eur, usd) = (Sign::Taken(Currency::Eur), Sign::Taken(Currency::Usd));
        check("12.50", None);
        check("€ 12,-", Some(eur));
        check("12,50 euro", Some(eur));
        check("$12.50", Some(usd));
        check("US$ 12.50", Some(usd));
        check("USD12.50", Some(usd));
        check("£3", Some(Sign::Taken(Currency::Gbp)));
        check("RMB 20", Some(Sign::Taken(Currency::Cny)));
        check("20元", Some(Sign::Taken(Currency::Cny)));
        check("¥20", Some(Sign::Yen));
        check("CN¥20", Some(Sign::Taken(Currency::Cny)));
        check("Fr. 12,50", Some(Sign::NotTaken));
        check("CHF 12", Some(Sign::NotTaken));
        check("HK$ 12", Some(Sign::NotTaken));
        check("CAD $12", Some(Sign::NotTaken));
        check("99 kr", Some(Sign::NotTaken));
        check("$12 (€ 11)", Some(Sign::Several));
        check("2 dozen", None);
    }

    #[test]
    fn titles_name_their_currency() {
        let check = |title: &str, expected| assert_eq!(of_title(title), expected, "{title:?}");
        let usd = Some(Sign::Taken(Currency::Usd));
        check("FOB unit price (USD)", usd);
        check("Unit price\nUS$", usd);
        check("price_usd", usd);
        check("Prijs in euro", Some(Sign::Taken(Currency::Eur)));
        check("Stückpreis €", Some(Sign::Taken(Currency::Eur)));
        check("Price CHF", Some(Sign::NotTaken));
        check("Prix FR", None);
        check("Price for all", None);
    }
}
