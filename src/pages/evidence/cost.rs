//! The costs on a sheet, and the tariff behind them.

use import8_api::{Charge, DecidedCosts, Duty, DutyType, LandedCost, Rate};

use super::sheet::{Body, Entry, Section};
use super::value::Value;
use crate::i18n::texts::sheet::Sheet as Words;

/// The landed cost with its rates, or the reason for its absence; `None` if none was requested. `costs` is `None` if
/// the service returns only the costs of the classifier's code and a person decided on another one.
#[must_use]
pub fn landed_cost(costs: Option<&DecidedCosts>, words: &Words) -> Option<Section> {
    let not_computed = |reason: &str| Body::Entries(vec![Entry::text(words.no_landed_cost, reason)]);
    let body = match costs.map(|costs| (&costs.landed_cost, &costs.landed_cost_unavailable)) {
        Some((Some(cost), _)) => Body::Table(charges(cost, words)),
        Some((None, Some(reason))) => not_computed(reason),
        Some((None, None)) => return None,
        None => not_computed(words.cost_not_told),
    };
    Some(Section { name: "landed-cost", heading: words.landed_cost, body })
}

fn charges(cost: &LandedCost, words: &Words) -> Vec<Entry> {
    let amount = |label: &str, amount| Entry::new(label, Value::Amount(amount, cost.currency.clone()));
    let Duty { rate, amount: duty, duty_type, source, date } = &cost.duty;
    let duty_name = match duty_type {
        Some(DutyType::Preferential) => words.preferential_duty,
        _ => words.customs_duty,
    };
    let charge = |label: &str, charge: &Charge| {
        let Charge { rate, amount: due, source, date } = charge;
        grounds(amount(label, *due), rate, source, date, words)
    };
    let lines = [
        Some(amount(words.customs_value, cost.cif_value)),
        Some(grounds(amount(duty_name, *duty), rate, source, date, words)),
        cost.anti_dumping.as_ref().map(|duty| charge(words.anti_dumping, duty)),
        Some(charge(words.vat, &cost.vat)),
        Some(cost.notes.iter().fold(amount(words.total, cost.total_landed_cost), |total, note| {
            total.with_text(words.note, Some(note.clone()))
        })),
    ];
    lines.into_iter().flatten().collect()
}

/// Adds the rate, the source and the date of a charge.
fn grounds(
    entry: Entry,
    rate: &Option<Rate>,
    source: &Option<String>,
    date: &Option<String>,
    words: &Words,
) -> Entry {
    entry
        .with(words.rate, rate.clone().map(Value::Rate))
        .with_text(words.source, source.clone())
        .with(words.known_for, date.clone().map(Value::Day))
}

/// The tariff of the costs: the sources of the rates, and the dates on which these were known.
#[must_use]
pub fn tariff(costs: Option<&DecidedCosts>, words: &Words) -> Section {
    let mut entries: Vec<Entry> = Vec::new();
    for (source, date) in costs.map(sources).unwrap_or_default() {
        let label = source.unwrap_or_else(|| words.known_for.to_owned());
        let day = date.map_or_else(|| Value::Text(words.not_given.to_owned()), Value::Day);
        let entry = Entry::new(label, day);
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    if entries.is_empty() {
        entries.push(Entry::text(words.tariff_unnamed_label, words.tariff_unnamed));
    }
    Section { name: "tariff", heading: words.tariff, body: Body::Entries(entries) }
}

/// The source and the date of each rate that has either.
fn sources(costs: &DecidedCosts) -> Vec<(Option<String>, Option<String>)> {
    let own = costs.duty.as_ref();
    let mut sources = vec![own.map(|duty| (duty.source.clone(), duty.date.clone()))];
    if let Some(LandedCost { duty, anti_dumping, vat, .. }) = &costs.landed_cost {
        sources.push(Some((duty.source.clone(), duty.date.clone())));
        sources.push(anti_dumping.as_ref().map(|duty| (duty.source.clone(), duty.date.clone())));
        sources.push(Some((vat.source.clone(), vat.date.clone())));
    }
    sources.into_iter().flatten().filter(|(source, date)| source.is_some() || date.is_some()).collect()
}
