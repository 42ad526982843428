//! The signs and names of currencies beside amounts: `€`, `US$`, `Fr.`, `12.50 EUR`.

use import8_api::Currency;

/// The currency that a sign or a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneySign {
    /// A currency that the API supports.
    Known(Currency),
    /// Another currency, such as the Swiss franc.
    Other,
}

/// The signs, codes and names of the supported currencies, in lower case.
const KNOWN: [(&str, Currency); 4] = [
    ("€|eur|euro|euros", Currency::Eur),
    (
        "$|us$|usd|us $|us-$|$us|dollar|dollars|us dollar|us dollars|amerikaanse dollar|u.s. dollar",
        Currency::Usd,
    ),
    (
        "£|gbp|pound|pounds|pond|pound sterling|pounds sterling|british pound|brits pond|stg|ukp|pfund",
        Currency::Gbp,
    ),
    ("¥|￥|cny|rmb|cnh|yuan|renminbi|cn¥|元|人民币|chinese yuan|rmb ¥", Currency::Cny),
];

/// Signs, codes and names of other currencies, in lower case.
const OTHERS: &str = "|chf|fr|sfr|frs|franc|francs|franken|frank|kr|sek|nok|dkk|kronor|kroner|zł|zl|pln|zloty|kč|kc|czk|ft|huf|\
    lei|ron|лв|bgn|jpy|jp¥|yen|円|krw|₩|won|inr|₹|rs|rupee|rupees|thb|฿|baht|vnd|₫|đ|try|₺|tl|lira|aud|cad|nzd|hkd|twd|ntd|sgd|myr|\
    rm|idr|rp|php|₱|zar|brl|mxn|aed|dhs|dirham|sar|ils|₪|nis|rub|₽|руб|uah|₴|грн|isk|bdt|৳|pkr|lkr|mad|tnd|egp|clp|cop|pen|ars|ngn|\
    kes|kzt|rsd|all|gel|bhd|kwd|qar|omr|jod|a$|au$|c$|ca$|can$|nz$|hk$|nt$|s$|r$|mx$|";

impl MoneySign {
    /// Reads a sign, a code or a name, in either case; `None` for other words. Several words must mean the same:
    /// `USD $`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        one(&text).or_else(|| {
            let mut words = text.split_whitespace().map(one);
            let first = words.next()??;
            words.all(|word| word == Some(first)).then_some(first)
        })
    }
}

fn one(text: &str) -> Option<MoneySign> {
    // `Fr.`, but not a point alone.
    let name = text.trim_end_matches(['.', ':']);
    if name.is_empty() || name.contains('|') {
        return None;
    }
    let known = KNOWN.iter().find(|(names, _)| names.split('|').any(|one| one == name));
    known
        .map(|(_, currency)| MoneySign::Known(*currency))
        .or_else(|| OTHERS.contains(&format!("|{name}|")).then_some(MoneySign::Other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_codes_and_names_are_currencies() {
        let check = |text: &str, expected| assert_eq!(MoneySign::parse(text), expected, "{text:?}");
        let known = |currency| Some(MoneySign::Known(currency));
        check("€", known(Currency::Eur));
        check(" Euro ", known(Currency::Eur));
        check("eur.", known(Currency::Eur));
        check("US$", known(Currency::Usd));
        check("USD $", known(Currency::Usd));
        check("US dollars", known(Currency::Usd));
        check("Pound Sterling", known(Currency::Gbp));
        check("RMB", known(Currency::Cny));
        check("￥", known(Currency::Cny));
        for other in ["CHF", "Fr.", "kr", "zł", "A$", "HK$", "JPY", "₹", "Rs."] {
            check(other, Some(MoneySign::Other));
        }
        for none in ["", " ", ".", "|", "EURO USD", "x", "price", "U", "€|eur"] {
            check(none, None);
        }
    }
}
