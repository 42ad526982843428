//! The landed cost of a consignment: the duties that apply to it, from the edition in force or the seed.

use import8_api::{AppliedRates, Currency, DutyExpression, DutyType, LandedCost, landed_cost_at};
use import8_tariff::Publication;

use super::answer::{ImportQuery, TariffError, incomplete};
use super::levied::Goods;
use super::lookup::Tariff;
use super::words::{limits, not_included, of_exchange_rate, prohibited};
use crate::language::Language;

/// A duty that applies to a consignment, with its source, the date for which it is known, and what to know of it.
#[derive(Debug)]
pub(super) struct Applied {
    pub(super) duty: DutyExpression,
    pub(super) source: String,
    pub(super) date: String,
    pub(super) notes: Vec<String>,
}

impl Tariff {
    /// The landed cost of a consignment under a declarable code.
    ///
    /// The third-country (MFN) duty applies unless the query names a preference, which the declarant must claim, with
    /// proof of origin (Regulation (EU) 952/2013, Article 56(3)). Suspensions and end use apply at the declarant's
    /// request too (points (d) to (g) of Article 56(2)). A quota is granted in the order of the declarations, while it
    /// lasts (Regulation (EU) 2015/2447, Articles 49 to 54), or under a licence. So none of them applies. The highest
    /// trade-defence duty of a case applies, mostly the residual one, because a lower one depends on the manufacturer;
    /// and each additional duty that depends on nothing (Article 56(2)(h)).
    ///
    /// # Errors
    /// The code is not declarable, a rate is unknown, or the request lacks an amount.
    pub fn landed_cost(
        &self,
        import: &ImportQuery<'_>,
        language: Language,
    ) -> Result<LandedCost, TariffError> {
        self.must_be_declarable(import.code, import.day, language)?;
        self.cost(import, language)
    }

    /// The landed cost under one of the [`lowest_codes`](Self::lowest_codes) or a code below it. By the seed it is the
    /// same for all TARIC codes of a CN code, because none has an MFN duty of its own.
    ///
    /// # Errors
    /// As [`Tariff::landed_cost`].
    pub fn cost(&self, import: &ImportQuery<'_>, language: Language) -> Result<LandedCost, TariffError> {
        let ImportQuery { code, origin, destination, preference, day, consignment, exchange_rate } = *import;
        let vat = self.vat(destination).ok_or(TariffError::NotInTheUnion(destination))?;
        let goods = self.measured(code).map(|edition| Goods::new(edition, code, Some(origin), day));
        let goods = goods.as_ref();
        let duty = match preference {
            Some(scheme) => self.claimed(goods, import, scheme, language)?,
            None => self.ordinary(goods, import, language)?,
        };
        let defence = self.trade_defence(goods, import, language)?;
        let rates = AppliedRates {
            duty: &duty.duty,
            duty_type: if preference.is_some() { DutyType::Preferential } else { DutyType::Mfn },
            anti_dumping: defence.as_ref().map(|defence| &defence.duty),
            vat_percent: vat.value,
        };
        let mut cost =
            landed_cost_at(consignment, &rates, exchange_rate).map_err(TariffError::Incalculable)?;
        (cost.duty.source, cost.duty.date) = (Some(duty.source), Some(duty.date));
        (cost.vat.source, cost.vat.date) = (Some(vat.source.clone()), Some(vat.date.clone()));
        let is_complete = goods.is_some_and(|goods| goods.edition.publication == Publication::Taric);
        let may_lack = (!is_complete && defence.is_none()).then(|| incomplete(language));
        let mut notes: Vec<_> = goods.and_then(|goods| prohibited(goods, language)).into_iter().collect();
        notes.extend(duty.notes);
        if let (Some(charge), Some(defence)) = (&mut cost.anti_dumping, defence) {
            (charge.source, charge.date) = (Some(defence.source), Some(defence.date));
            notes.extend(defence.notes);
        }
        if let Some(goods) = goods {
            notes.extend(not_included(goods, language));
            notes.extend(limits(goods, language));
        }
        let in_euros = (consignment.currency == Currency::Eur).then_some(cost.cif_value.0);
        notes.extend(self.notices(code, Some(origin), in_euros, language));
        notes.extend(may_lack);
        notes
            .extend(cost.exchange_rate.as_ref().map(|rate| of_exchange_rate(&cost.currency, rate, language)));
        cost.notes = notes;
        Ok(cost)
    }

    /// The third-country duty.
    fn ordinary(
        &self,
        goods: Option<&Goods<'_>>,
        import: &ImportQuery<'_>,
        language: Language,
    ) -> Result<Applied, TariffError> {
        let of_edition = |goods| Goods::ordinary(goods, import, language).transpose();
        let code = import.code;
        goods.and_then(of_edition).unwrap_or_else(|| {
            // TARIC has the duties on all goods, so one that it lacks is not known.
            let is_complete = goods.is_some_and(|goods| goods.edition.publication == Publication::Taric);
            let seed = self.mfn_duty(code).filter(|_| !is_complete);
            let duty = seed.ok_or_else(|| TariffError::NoDuty(code.dotted()))?;
            Ok(Applied {
                duty: duty.value.clone(),
                source: duty.source.clone(),
                date: duty.date.clone(),
                notes: Vec::new(),
            })
        })
    }

    /// The duty of a preference that is asked for by its scheme.
    fn claimed(
        &self,
        goods: Option<&Goods<'_>>,
        import: &ImportQuery<'_>,
        scheme: &str,
        language: Language,
    ) -> Result<Applied, TariffError> {
        let of_edition = goods.map(|goods| goods.claimed(import, scheme, language));
        let is_complete = goods.is_some_and(|goods| goods.edition.publication == Publication::Taric);
        match of_edition {
            Some(answer) if is_complete || !matches!(answer, Err(TariffError::NoPreference { .. })) => answer,
            _ => {
                let preference = self.preference(import.code, import.origin, scheme)?;
                Ok(Applied {
                    duty: preference.duty.value.clone(),
                    source: preference.source.get(language).clone(),
                    date: preference.duty.date.clone(),
                    notes: vec![preference.note(language)],
                })
            }
        }
    }

    /// The anti-dumping and countervailing duty; `None` if there is none.
    fn trade_defence(
        &self,
        goods: Option<&Goods<'_>>,
        import: &ImportQuery<'_>,
        language: Language,
    ) -> Result<Option<Applied>, TariffError> {
        if let Some(goods) = goods {
            let of_edition = goods.defence(import, language)?;
            if of_edition.is_some() || goods.edition.publication == Publication::Taric {
                return Ok(of_edition);
            }
        }
        let measures = self.anti_dumping(import.code, Some(import.origin));
        Ok(measures.max_by_key(|measure| measure.duty.value.percent()).map(|measure| Applied {
            duty: measure.duty.value.clone(),
            source: measure.duty.source.clone(),
            date: measure.duty.date.clone(),
            notes: vec![measure.note(language)],
        }))
    }
}
