//! Duty expressions: duties in the tariff's notation, and their amounts.

use std::fmt;
use std::iter::Peekable;
use std::str::{FromStr, SplitWhitespace};

use rust_decimal::Decimal;

use crate::money::exact;
use crate::wire::serde_as_str;
use crate::{Measure, Measures, Rate};

/// A duty of the tariff: `12 %`, `12.8 % + 303.4 EUR/100 kg`, `9 % + EA MAX 24.2 % + AD S/Z`.
///
/// Read in the notation of the Combined Nomenclature (Regulation (EEC) 2658/87, Annex I) and in
/// TARIC's (`10.200 % + 93.100 EUR DTN`), written in the former without trailing zeros. Sums bind
/// tighter than `MIN` (at least) and `MAX` (at most), which apply from left to right. TARIC's `NIHIL`
/// is `0 %`. A term after ` - ` is negative; the duty itself is never less than zero.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DutyExpression {
    base: Vec<DutyTerm>,
    bounds: Vec<(Bound, Vec<DutyTerm>)>,
}

/// A term of a sum in a duty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DutyTerm {
    /// Ad valorem: per cent of the customs value.
    Percent(Decimal),
    /// Specific: euros per unit.
    Specific(Decimal, &'static DutyUnit),
    /// A component of the Meursing tables of Annex I. It depends on the composition of the goods: shown, never
    /// computed.
    Component(&'static str),
}

/// The relation of a sum to the duty before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// The duty is at least this.
    Min,
    /// The duty is at most this.
    Max,
}

/// The unit of a specific duty: the product of some measures, divided by a power of ten.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct DutyUnit {
    name: &'static str,
    /// TARIC's codes of the unit and of its qualifier.
    codes: &'static [&'static str],
    measures: &'static [Measure],
    power: u32,
}

const UNITS: [DutyUnit; 17] = {
    use Measure::{
        Alcohol, Area, DrainedWeight, DryWeight, GrossWeight, Items, LacticMatter, Length, NetWeight,
        Sucrose, Volume,
    };
    [
        DutyUnit { name: "kg", codes: &["KGM"], measures: &[NetWeight], power: 0 },
        DutyUnit { name: "100 kg", codes: &["DTN"], measures: &[NetWeight], power: 2 },
        DutyUnit { name: "tonne", codes: &["TNE"], measures: &[NetWeight], power: 3 },
        DutyUnit { name: "100 kg drained", codes: &["DTNE"], measures: &[DrainedWeight], power: 2 },
        DutyUnit { name: "100 kg gross", codes: &["DTNG"], measures: &[GrossWeight], power: 2 },
        DutyUnit { name: "100 kg dry", codes: &["DTNM"], measures: &[DryWeight], power: 2 },
        DutyUnit { name: "hl", codes: &["HLT"], measures: &[Volume], power: 2 },
        DutyUnit { name: "% vol/hl", codes: &["ASVX", "ASVHLT"], measures: &[Alcohol, Volume], power: 2 },
        DutyUnit { name: "item", codes: &["NAR"], measures: &[Items], power: 0 },
        DutyUnit { name: "1000 items", codes: &["MIL"], measures: &[Items], power: 3 },
        DutyUnit { name: "100 m", codes: &["HMT"], measures: &[Length], power: 2 },
        DutyUnit { name: "m", codes: &["MTR"], measures: &[Length], power: 0 },
        DutyUnit { name: "m2", codes: &["MTK"], measures: &[Area], power: 0 },
        DutyUnit { name: "m3", codes: &["MTQ"], measures: &[Volume], power: 3 },
        DutyUnit { name: "l", codes: &["LTR"], measures: &[Volume], power: 0 },
        DutyUnit { name: "kg lactic matter", codes: &["KGMP"], measures: &[LacticMatter], power: 0 },
        DutyUnit { name: "% sucrose/100 kg", codes: &["DTNZ"], measures: &[Sucrose, NetWeight], power: 2 },
    ]
};

impl DutyUnit {
    /// The unit in the tariff's notation: `100 kg`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The measures of the goods on which the unit depends.
    #[must_use]
    pub fn measures(&self) -> &'static [Measure] {
        self.measures
    }

    /// Finds the unit by its notation after `EUR`, without spaces: `/100kg`, `DTN`.
    fn find(text: &str) -> Option<&'static Self> {
        match text.strip_prefix('/') {
            Some(name) => UNITS.iter().find(|unit| unit.name.replace(' ', "") == name),
            None => UNITS.iter().find(|unit| unit.codes.contains(&text)),
        }
    }
}

impl DutyExpression {
    /// The percentage, if the duty is a single percentage.
    #[must_use]
    pub fn percent(&self) -> Option<Decimal> {
        match self.base.as_slice() {
            [DutyTerm::Percent(percent)] if self.bounds.is_empty() => Some(*percent),
            _ => None,
        }
    }

    /// The rate in the notation of answers: `2.00%` for a percentage, else the expression.
    #[must_use]
    pub fn rate(&self) -> Rate {
        self.percent().map_or_else(|| Rate::as_written(self.to_string()), Rate::from_percent)
    }

    /// The sums of the duty, from the left. The first is the duty itself; each other one bounds the duty before it.
    pub fn sums(&self) -> impl Iterator<Item = (Option<Bound>, &[DutyTerm])> {
        let bounds = self.bounds.iter().map(|(bound, terms)| (Some(*bound), terms.as_slice()));
        std::iter::once((None, self.base.as_slice())).chain(bounds)
    }

    fn terms(&self) -> impl Iterator<Item = &DutyTerm> {
        self.sums().flat_map(|(_, terms)| terms)
    }

    /// Whether a term is an amount in euros.
    #[must_use]
    pub fn is_in_euros(&self) -> bool {
        self.terms().any(|term| matches!(term, DutyTerm::Specific(..)))
    }

    /// The measures on which the duty depends, each once, in the order of [`Measure::ALL`].
    #[must_use]
    pub fn measures(&self) -> Vec<Measure> {
        let needs = |measure: &&Measure| {
            self.terms()
                .any(|term| matches!(term, DutyTerm::Specific(_, unit) if unit.measures.contains(measure)))
        };
        Measure::ALL.iter().filter(needs).copied().collect()
    }

    /// The amount of the duty, unrounded. If [`percent`](Self::percent) is `None`, `customs_value` must be in euros,
    /// because specific duties are.
    ///
    /// A duty with a negative term is at least zero.
    ///
    /// # Errors
    /// The reason why the amount is not known. Missing measures, which a caller can still give, come last.
    pub fn amount(&self, customs_value: Decimal, measures: &Measures) -> Result<Decimal, Unknown> {
        let sum = |terms: &[DutyTerm]| {
            let amounts = terms.iter().map(|term| term.amount(customs_value, measures));
            amounts.reduce(|a, b| both(a, b).and_then(|(a, b)| exact_sum(a, b))).unwrap_or(Ok(Decimal::ZERO))
        };
        let amount = self.bounds.iter().fold(sum(&self.base), |amount, (bound, terms)| {
            let (amount, limit) = both(amount, sum(terms))?;
            Ok(match bound {
                Bound::Min => amount.max(limit),
                Bound::Max => amount.min(limit),
            })
        })?;
        Ok(amount.max(Decimal::ZERO))
    }
}

impl DutyTerm {
    /// The amount of this term, unrounded; in euros if it is [`Specific`](Self::Specific).
    ///
    /// # Errors
    /// The reason why the amount is not known.
    pub fn amount(&self, customs_value: Decimal, measures: &Measures) -> Result<Decimal, Unknown> {
        match self {
            Self::Percent(percent) => exact_percent(*percent, customs_value),
            Self::Specific(euros, unit) => {
                let each = exact_product(*euros, Decimal::new(1, unit.power));
                unit.measures.iter().fold(each, |product, &measure| {
                    let told = measures.get(measure).ok_or_else(|| Unknown::Measures(vec![measure]));
                    both(product, told).and_then(|(product, told)| exact_product(product, told))
                })
            }
            Self::Component(name) => Err(Unknown::Component(name)),
        }
    }
}

/// The reason why the amount of a duty is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unknown {
    /// The duty depends on these measures, which were not given; each once.
    Measures(Vec<Measure>),
    /// The duty has this component, which depends on the composition of the goods: `EA`.
    Component(&'static str),
    /// The amount has more digits than can be held exactly.
    Overflow,
}

impl Unknown {
    /// Both reasons as one: all missing measures, unless one reason is of another kind; then that one.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Measures(mut measures), Self::Measures(more)) => {
                let new: Vec<_> = more.into_iter().filter(|measure| !measures.contains(measure)).collect();
                measures.extend(new);
                Self::Measures(measures)
            }
            (Self::Measures(_), worse) | (worse, _) => worse,
        }
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Measures(measures) => {
                let names: Vec<_> = measures.iter().map(|measure| measure.as_str()).collect();
                write!(f, "the duty depends on {}", names.join(", "))
            }
            Self::Component(name) => {
                write!(f, "the duty has a part, {name}, that depends on the composition of the goods")
            }
            Self::Overflow => f.write_str("the amount has more digits than can be held exactly"),
        }
    }
}

impl std::error::Error for Unknown {}

/// Both values, or the joint reason why one is not known.
pub(crate) fn both<A, B>(a: Result<A, Unknown>, b: Result<B, Unknown>) -> Result<(A, B), Unknown> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (Err(a), Err(b)) => Err(a.and(b)),
        (Err(unknown), _) | (_, Err(unknown)) => Err(unknown),
    }
}

/// `a + b` without rounding; `Decimal` itself may round a sum.
pub(crate) fn exact_sum(a: Decimal, b: Decimal) -> Result<Decimal, Unknown> {
    let scale = a.scale().max(b.scale());
    let units = |d: Decimal| d.mantissa().checked_mul(10i128.pow(scale - d.scale()));
    let sum = units(a).zip(units(b)).and_then(|(a, b)| a.checked_add(b));
    sum.and_then(|sum| Decimal::try_from_i128_with_scale(sum, scale).ok()).ok_or(Unknown::Overflow)
}

/// `percent` % of `amount`.
pub(crate) fn exact_percent(percent: Decimal, amount: Decimal) -> Result<Decimal, Unknown> {
    exact_product(exact_product(percent, Decimal::new(1, 2))?, amount)
}

/// `a × b` without rounding; `Decimal` itself may round a product.
pub(crate) fn exact_product(a: Decimal, b: Decimal) -> Result<Decimal, Unknown> {
    let (a, b) = (a.normalize(), b.normalize());
    let product = a.mantissa().checked_mul(b.mantissa());
    product
        .and_then(|product| Decimal::try_from_i128_with_scale(product, a.scale() + b.scale()).ok())
        .ok_or(Unknown::Overflow)
}

/// The error for a text that is not a duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyExpressionError {
    /// The part that was not understood; empty where one is missing.
    pub part: String,
}

impl fmt::Display for DutyExpressionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part.as_str() {
            "" => f.write_str("a part of the duty is missing"),
            part => write!(f, "{part:?} is no part of a duty as the tariff writes it"),
        }
    }
}

impl std::error::Error for DutyExpressionError {}

impl FromStr for DutyExpression {
    type Err = DutyExpressionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let spaced = text.replace('+', " + ");
        let mut words = spaced.split_whitespace().peekable();
        let base = read_sum(&mut words)?;
        let mut bounds = Vec::new();
        while let Some(word) = words.next() {
            let bound = if word == "MIN" { Bound::Min } else { Bound::Max };
            bounds.push((bound, read_sum(&mut words)?));
        }
        Ok(Self { base, bounds })
    }
}

/// Reads terms up to a `MIN`, a `MAX` or the end.
fn read_sum(words: &mut Peekable<SplitWhitespace<'_>>) -> Result<Vec<DutyTerm>, DutyExpressionError> {
    let mut terms = Vec::new();
    let mut sign = Decimal::ONE;
    loop {
        let mut part = Vec::new();
        while let Some(word) = words.next_if(|word| !["+", "-", "MIN", "MAX"].contains(word)) {
            part.push(word);
        }
        terms.push(read_term(&part, sign).ok_or_else(|| DutyExpressionError { part: part.join(" ") })?);
        sign = match words.next_if(|word| ["+", "-"].contains(word)) {
            Some("-") => Decimal::NEGATIVE_ONE,
            Some(_) => Decimal::ONE,
            None => return Ok(terms),
        };
    }
}

/// The components of the Meursing tables, as written and without what TARIC leaves out. `R` is a reduced one.
const COMPONENTS: [&str; 6] = ["EA", "EAR", "AD S/Z", "AD S/ZR", "AD F/M", "AD F/MR"];

/// Reads a term of a sign. Spaces are ignored, except within a number: `12 8 %` is not 128 %.
fn read_term(words: &[&str], sign: Decimal) -> Option<DutyTerm> {
    let text = words.concat();
    let is_named = |name: &&&str| {
        let name = name.replace(' ', "");
        name == text || name.replace('/', "") == text
    };
    if let Some(name) = COMPONENTS.iter().find(is_named) {
        return sign.is_sign_positive().then_some(DutyTerm::Component(name));
    }
    if text == "NIHIL" {
        return Some(DutyTerm::Percent(Decimal::ZERO));
    }
    let first = words.first()?;
    let end = first.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(first.len());
    let (number, unit) = text.split_at(end);
    if number.starts_with('.') || number.ends_with('.') {
        return None;
    }
    let number = exact_product(exact(number).ok()?, sign).ok()?;
    match unit {
        "%" => Some(DutyTerm::Percent(number)),
        _ => Some(DutyTerm::Specific(number, DutyUnit::find(unit.strip_prefix("EUR")?)?)),
    }
}

impl fmt::Display for DutyExpression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_sum(f, &self.base)?;
        self.bounds.iter().try_for_each(|(bound, terms)| {
            f.write_str(if *bound == Bound::Min { " MIN " } else { " MAX " })?;
            write_sum(f, terms)
        })
    }
}

fn write_sum(f: &mut fmt::Formatter<'_>, terms: &[DutyTerm]) -> fmt::Result {
    terms.iter().enumerate().try_for_each(|(at, term)| {
        let text = term.to_string();
        match text.strip_prefix('-') {
            Some(less) => write!(f, " - {less}"),
            None => write!(f, "{}{text}", if at == 0 { "" } else { " + " }),
        }
    })
}

impl fmt::Display for DutyTerm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent(percent) => write!(f, "{percent} %"),
            Self::Specific(euros, unit) => write!(f, "{euros} EUR/{}", unit.name),
            Self::Component(name) => f.write_str(name),
        }
    }
}

serde_as_str!(DutyExpression);

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the parsed expression as `"= text"`, or the part that is refused.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let read = text.parse::<DutyExpression>();
        let outcome = match &read {
            Ok(duty) => format!("= {duty}"),
            Err(error) => error.part.clone(),
        };
        assert_eq!(outcome, expected, "{text:?}");
        if let Ok(duty) = read {
            assert_eq!(duty.to_string().parse(), Ok(duty), "{text:?}");
        }
    }

    #[test]
    fn one_text_for_one_duty() {
        check("0 %", "= 0 %");
        check("2.000 %", "= 2 %");
        check("21.00%", "= 21 %");
        check(" 2.700\u{a0}% ", "= 2.7 %");
        check("12.8%+303.4 EUR / 100 kg", "= 12.8 % + 303.4 EUR/100 kg");
        check("95 EUR/tonne", "= 95 EUR/tonne");
        check("4.5 % MIN 0.3 EUR/item MAX 0.8 EUR/item", "= 4.5 % MIN 0.3 EUR/item MAX 0.8 EUR/item");
        check("9.000 % + EA MAX 24.200 % + ADSZ", "= 9 % + EA MAX 24.2 % + AD S/Z");
        check("9 % + EA MAX 20.7 % + AD F/M", "= 9 % + EA MAX 20.7 % + AD F/M");
        check("1.000 EUR ASV X + 6.400 EUR HLT", "= 1 EUR/% vol/hl + 6.4 EUR/hl");
        check("1 EUR ASV HLT", "= 1 EUR/% vol/hl");
        check("10.200 % + 93.100 EUR DTN", "= 10.2 % + 93.1 EUR/100 kg");
        check("6 EUR DTN E + 1 EUR DTN G", "= 6 EUR/100 kg drained + 1 EUR/100 kg gross");
        check("50.7 EUR DTN M", "= 50.7 EUR/100 kg dry");
        check("1 EUR KGM + 2 EUR TNE", "= 1 EUR/kg + 2 EUR/tonne");
        check("1 EUR NAR + 2 EUR MIL + 3 EUR HMT", "= 1 EUR/item + 2 EUR/1000 items + 3 EUR/100 m");
        check("8.000 % MAX 2.800 EUR MTK", "= 8 % MAX 2.8 EUR/m2");
        check("1 EUR MTR + 2 EUR MTQ + 3 EUR LTR", "= 1 EUR/m + 2 EUR/m3 + 3 EUR/l");
        check("1.190 EUR KGM P + 27.500 EUR DTN", "= 1.19 EUR/kg lactic matter + 27.5 EUR/100 kg");
        check("0.400 EUR DTN Z", "= 0.4 EUR/% sucrose/100 kg");
        check("NIHIL", "= 0 %");
        check("42.903 EUR DTN - 30.000 %", "= 42.903 EUR/100 kg - 30 %");
        check(
            "4.500 % + EAR MAX 9.300 % +ADSZR MAX 35.150 EUR DTN",
            "= 4.5 % + EAR MAX 9.3 % + AD S/ZR MAX 35.15 EUR/100 kg",
        );
        check("0.000 % + EAR MAX 20.700 % +ADFMR", "= 0 % + EAR MAX 20.7 % + AD F/MR");
    }

    #[test]
    fn nothing_is_guessed() {
        for text in ["", "12 % +", "+ 12 %", "MIN 12 %", "12 % MIN MAX 5 %", "12 % + + 3 %", "MAX"] {
            check(text, "");
        }
        for text in
            ["12", "-5 %", "1e2 %", "12,5 %", ".5 %", "5. %", "1.2.3 %", "12 8 %", "%", "x", "٣ %", "E/A"]
        {
            check(text, text);
        }
        check("5 % - EA", "EA");
        for text in ["- 5 %", "5 % -", "5 % - - 3 %", "5 % MAX - 3 %"] {
            check(text, "");
        }
        check("12 % + 3 EUR/ft2", "3 EUR/ft2");
        check("12 % + 3 GBP/kg MAX 4 %", "3 GBP/kg");
        check("3 EUR", "3 EUR");
        check("3 EUR DTN R", "3 EUR DTN R");
        check("3 EUR/DTN", "3 EUR/DTN");
        check("3 EUR 100 kg", "3 EUR 100 kg");
        check("5 % min 3 EUR/kg", "5 % min 3 EUR/kg");
        check("0.12345678901234567890123456789 %", "0.12345678901234567890123456789 %");
        check("Cond:  B cert: Y-155 (01):50.000 %", "Cond: B cert: Y-155 (01):50.000 %");
    }

    /// Checks the amount of a duty on a customs value of 1000.00.
    #[track_caller]
    fn check_amount(duty: &str, measures: &str, expected: &str) {
        let parsed: DutyExpression = duty.parse().expect(duty);
        let measures: Measures = serde_json::from_str(measures).expect(measures);
        let outcome = match parsed.amount(Decimal::new(100_000, 2), &measures) {
            Ok(amount) => amount.normalize().to_string(),
            Err(unknown) => unknown.to_string(),
        };
        assert_eq!(outcome, expected, "{duty} {measures:?}");
    }

    #[test]
    fn amounts_are_exact() {
        check_amount("2.125 %", "{}", "21.25");
        check_amount("12.8 % + 303.4 EUR/100 kg", r#"{"net_weight_kg": 250.5}"#, "888.017");
        check_amount("95 EUR/tonne", r#"{"net_weight_kg": 1500}"#, "142.5");
        check_amount("1.5 EUR/kg", r#"{"net_weight_kg": 0.000001}"#, "0.0000015");
        let spirits = r#"{"volume_litres": 70, "alcohol_percent": 40}"#;
        check_amount("1 EUR/% vol/hl + 6.4 EUR/hl", spirits, "32.48");
        check_amount("35 EUR/1000 items", r#"{"items": 360}"#, "12.6");
        check_amount("5 EUR/100 m", r#"{"length_m": 12.5}"#, "0.625");
        check_amount("6 EUR/100 kg drained", r#"{"drained_weight_kg": 10, "net_weight_kg": 1}"#, "0.6");
        check_amount("6 EUR/100 kg gross", r#"{"gross_weight_kg": 10}"#, "0.6");
        check_amount("6 EUR/100 kg dry", r#"{"dry_weight_kg": 10}"#, "0.6");
        check_amount("8 % MAX 2.8 EUR/m2", r#"{"area_m2": 12.5}"#, "35");
        check_amount("120 EUR/m3", r#"{"volume_litres": 2500}"#, "300");
        check_amount("2 EUR/l + 3 EUR/m", r#"{"volume_litres": 1.5, "length_m": 0.1}"#, "3.3");
        let milk = r#"{"net_weight_kg": 1000, "lactic_matter_kg": 600}"#;
        check_amount("1.19 EUR/kg lactic matter + 27.5 EUR/100 kg", milk, "989");
        let syrup = r#"{"net_weight_kg": 250, "sucrose_percent": 66.5}"#;
        check_amount("0.4 EUR/% sucrose/100 kg", syrup, "66.5");
        check_amount("NIHIL", "{}", "0");
    }

    #[test]
    fn a_difference_is_at_least_zero() {
        let weight = r#"{"net_weight_kg": 1000}"#;
        check_amount("42.903 EUR/100 kg - 30 %", weight, "129.03");
        check_amount("42.903 EUR/100 kg - 90 %", weight, "0");
        check_amount("42.903 EUR/100 kg - 30 %", "{}", "the duty depends on net_weight_kg");
    }

    #[test]
    fn sums_bind_tighter_than_bounds() {
        for (items, amount) in [(10, "8"), (100, "45"), (1000, "300")] {
            let bounded = "4.5 % MIN 0.3 EUR/item MAX 0.8 EUR/item";
            check_amount(bounded, &format!(r#"{{"items": {items}}}"#), amount);
        }
        check_amount("9 % + 5 % MAX 10 % + 3 %", "{}", "130");
        check_amount("1 % MIN 5 % MAX 3 %", "{}", "30");
        check_amount("1 % MAX 3 % MIN 5 %", "{}", "50");
    }

    #[test]
    fn what_is_not_known_is_said() {
        let both = "the duty depends on alcohol_percent, volume_litres";
        check_amount("1 EUR/% vol/hl + 6.4 EUR/hl", "{}", both);
        check_amount("5 % MIN 1 EUR/kg", r#"{"items": 3}"#, "the duty depends on net_weight_kg");
        let composed = "the duty has a part, EA, that depends on the composition of the goods";
        check_amount("1 EUR/kg + EA MAX 24.2 % + AD S/Z", "{}", composed);
        let large = "the amount has more digits than can be held exactly";
        check_amount("79228162514264337593543950335 %", "{}", large);
        check_amount("79228162514264337593543950335 EUR/kg + 1 %", r#"{"net_weight_kg": 1}"#, large);
    }

    #[test]
    fn only_a_plain_percentage_has_a_value() {
        let percent = |text: &str| text.parse::<DutyExpression>().expect(text).percent();
        assert_eq!(percent("2.000 %"), Some(Decimal::TWO));
        for text in ["1 % + 1 %", "1 % MAX 5 %", "EA", "1 EUR/kg"] {
            assert_eq!(percent(text), None, "{text}");
        }
    }

    #[test]
    fn what_has_to_be_known_is_each_named_once() {
        let check = |text: &str, expected: &str| {
            let duty = text.parse::<DutyExpression>().expect(text);
            let names: Vec<_> = duty.measures().iter().map(|measure| measure.as_str()).collect();
            assert_eq!(names.join(" "), expected, "{text}");
        };
        check("2 %", "");
        check("1 EUR/% vol/hl + 6.4 EUR/hl", "volume_litres alcohol_percent");
        check("5 % MIN 1 EUR/kg MAX 2 EUR/item + 1 EUR/kg", "net_weight_kg items");
    }

    #[test]
    fn a_duty_is_told_by_its_parts() {
        let duty: DutyExpression = "9 % + EA MAX 24.2 % + AD S/Z".parse().expect("a duty");
        let told: Vec<_> = duty
            .sums()
            .map(|(bound, terms)| (bound, terms.iter().map(ToString::to_string).collect::<Vec<_>>()))
            .collect();
        let sum = |terms: [&str; 2]| terms.map(str::to_owned).to_vec();
        assert_eq!(told, [(None, sum(["9 %", "EA"])), (Some(Bound::Max), sum(["24.2 %", "AD S/Z"]))]);
    }
}
