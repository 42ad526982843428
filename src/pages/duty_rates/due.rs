//! The duty due on goods of one origin as text: the total, and the duties that add up to it.

use import8_api::Due;
use rust_decimal::Decimal;

use crate::i18n::texts::Texts;

/// The total duty as text, and the sum of duties behind it, such as "85.3 %" and "6 % + up to 79.3 %
/// anti-dumping", or "0 % with proof, else 12 %" and no sum. `None` if the total overflows. `percent`
/// formats a percentage.
#[must_use]
pub fn figure(
    due: Due,
    texts: Texts,
    percent: impl Fn(Decimal) -> String,
) -> Option<(String, Option<String>)> {
    let part = texts.duties();
    let total = |duty| due.sum(duty).map(&percent);
    let ordinary = total(due.ordinary)?;
    let figure = match due.with_proof {
        Some(lower) => (part.with_proof_else)(&total(lower)?, &ordinary),
        None => ordinary,
    };
    let sum = due.anti_dumping.map(|dumping| {
        let duty = match due.with_proof {
            Some(lower) => (part.with_proof_else)(&percent(lower), &percent(due.ordinary)),
            None => percent(due.ordinary),
        };
        let dumping = percent(dumping);
        let dumping = if due.is_at_most { (part.up_to)(&dumping) } else { dumping };
        (part.and_dumping)(&duty, &dumping)
    });
    Some((figure, sum))
}

/// The duties side by side as written, for rates that cannot be added up.
#[must_use]
pub fn as_written(duty: &str, lower: Option<&str>, dumping: Option<&str>, texts: Texts) -> String {
    let part = texts.duties();
    let duty = lower.map_or_else(|| duty.to_owned(), |lower| (part.with_proof_else)(lower, duty));
    match dumping {
        Some(dumping) => (part.and_dumping)(&duty, &(part.up_to)(dumping)),
        None => duty,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn the_figure_is_what_is_paid() {
        let check = |due: (&str, Option<&str>, Option<&str>, bool), figure_is: &str, sum_is: Option<&str>| {
            let decimal = |text: &str| text.parse::<Decimal>().expect(text);
            let (ordinary, with_proof, anti_dumping, is_at_most) = due;
            let due = Due {
                ordinary: decimal(ordinary),
                with_proof: with_proof.map(decimal),
                anti_dumping: anti_dumping.map(decimal),
                is_at_most,
            };
            let percent = |percent: Decimal| format!("{} %", percent.normalize());
            let said = figure(due, Language::En.texts(), percent).expect("a sum");
            assert_eq!(said, (figure_is.to_owned(), sum_is.map(str::to_owned)));
        };
        check(("12.00", None, None, false), "12 %", None);
        check(("6", None, Some("79.3"), true), "85.3 %", Some("6 % + up to 79.3 % anti-dumping"));
        check(("14", None, Some("48.5"), false), "62.5 %", Some("14 % + 48.5 % anti-dumping"));
        check(("12", Some("0"), None, false), "0 % with proof, else 12 %", None);
        check(
            ("12", Some("0.00"), Some("10"), false),
            "10 % with proof, else 22 %",
            Some("0 % with proof, else 12 % + 10 % anti-dumping"),
        );
    }

    #[test]
    fn what_cannot_be_added_up_is_as_it_is_written() {
        let texts = Language::En.texts();
        let beef = "12.8 % + 303.4 EUR/100 kg";
        assert_eq!(as_written(beef, None, None, texts), beef);
        assert_eq!(
            as_written(beef, Some("0 %"), Some("415 EUR/1000 kg"), texts),
            "0 % with proof, else 12.8 % + 303.4 EUR/100 kg + up to 415 EUR/1000 kg anti-dumping"
        );
    }
}
