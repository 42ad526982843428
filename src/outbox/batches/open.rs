//! A catalogue that has been begun, as this tab knows it.

use std::collections::HashMap;

use super::item::DecisionUpdate;
use super::journal::{Batch, Plan};
use super::places::{Place, places, tally};
use super::state::{State, Tally};

/// A catalogue that has been begun: what it was to be, and how far it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Journal {
    /// What its rows were when it was begun.
    pub plan: Plan,
    /// Its batches, in their order.
    pub batches: Vec<Batch>,
    /// Where each product is.
    pub places: Vec<Option<Place>>,
}

impl Journal {
    pub(super) fn new(plan: Plan, batches: Vec<Batch>) -> Self {
        let places = places(&plan, &batches);
        Self { plan, batches, places }
    }

    /// How many products are in which state.
    #[must_use]
    pub fn tally(&self) -> Tally {
        tally(&self.places)
    }

    /// A batch by its number.
    #[must_use]
    pub fn batch(&self, number: u32) -> Option<&Batch> {
        let place = self.batches.binary_search_by_key(&number, |batch| batch.number).ok()?;
        self.batches.get(place)
    }

    /// The numbers of the products in a state, in the order of the file.
    #[must_use]
    pub fn products_in(&self, state: Option<State>) -> Vec<u32> {
        let places = (0_u32..).zip(&self.places);
        let is_wanted =
            |place: &Option<Place>| place.is_some_and(|place| state.is_none_or(|state| place.state == state));
        places.filter(|(_, place)| is_wanted(place)).map(|(product, _)| product).collect()
    }

    /// Takes what was told of classifications; answers the numbers of the batches that this changes, and
    /// whether it changes what was known before.
    pub(super) fn apply(&mut self, told: &HashMap<String, DecisionUpdate>) -> (Vec<u32>, bool) {
        let batches = self.batches.iter_mut().filter_map(|batch| batch.apply(told).then_some(batch.number));
        let changed = (batches.collect::<Vec<_>>(), self.plan.apply(told));
        if !changed.0.is_empty() {
            self.places = places(&self.plan, &self.batches);
        }
        changed
    }

    pub(super) fn take(&mut self, batches: &[Batch]) {
        for new in batches {
            match self.batches.binary_search_by_key(&new.number, |batch| batch.number) {
                Ok(place) => self.batches[place] = new.clone(),
                Err(place) => self.batches.insert(place, new.clone()),
            }
        }
        self.places = places(&self.plan, &self.batches);
    }
}
