//! The journal of a started catalogue, as this tab has read it.

use std::collections::HashMap;

use super::item::DecisionUpdate;
use super::journal::{Batch, Plan};
use super::places::{Place, places, tally};
use super::state::{State, Tally};

/// A started catalogue: its plan and its progress.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Journal {
    /// Its rows at the start.
    pub plan: Plan,
    /// Its batches, in the order of their numbers.
    pub batches: Vec<Batch>,
    /// The place of each product, by product number.
    pub places: Vec<Option<Place>>,
}

impl Journal {
    pub(super) fn new(plan: Plan, batches: Vec<Batch>) -> Self {
        let places = places(&plan, &batches);
        Self { plan, batches, places }
    }

    /// The number of products in each state.
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

    /// The numbers of the products in a state, in the order of the file; all products for `None`.
    #[must_use]
    pub fn products_in(&self, state: Option<State>) -> Vec<u32> {
        let places = (0_u32..).zip(&self.places);
        let is_wanted =
            |place: &Option<Place>| place.is_some_and(|place| state.is_none_or(|state| place.state == state));
        places.filter(|(_, place)| is_wanted(place)).map(|(product, _)| product).collect()
    }

    /// Applies updates of classifications. Returns the numbers of the batches that change, and whether a known
    /// product changes.
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
