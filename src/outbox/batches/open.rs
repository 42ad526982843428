//! The journal of a started catalogue, as this tab has read it.

use std::collections::HashMap;

use super::item::DecisionUpdate;
use super::journal::{Batch, BatchStatus, Plan};
use super::places::{self, Place, places, tally};
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

    /// Takes batches as they are kept now. What only goes on in them moves no product, so the others are not looked at.
    pub(super) fn take(&mut self, batches: &[Batch]) {
        let is_divided = |batch: &Batch| batch.progress == BatchStatus::Divided;
        let mut is_moved = false;
        for new in batches {
            match self.batches.binary_search_by_key(&new.number, |batch| batch.number) {
                Ok(place) => {
                    let old = std::mem::replace(&mut self.batches[place], new.clone());
                    is_moved |= old.products != new.products || is_divided(&old) != is_divided(new);
                }
                Err(place) => {
                    self.batches.insert(place, new.clone());
                    is_moved = true;
                }
            }
        }
        if is_moved {
            self.places = places(&self.plan, &self.batches);
        } else {
            batches.iter().for_each(|batch| places::go_on(&mut self.places, batch));
        }
    }
}

#[cfg(test)]
mod tests {
    use import8_api::Status;

    use super::*;
    use crate::outbox::batches::item::Item;

    #[test]
    fn what_goes_on_in_a_batch_is_seen_as_if_all_were_read_again() {
        use BatchStatus::*;
        let batch = |number: u32, products: &[u32], progress: BatchStatus| Batch {
            progress,
            ..Batch::planned("one", number, "key".to_owned(), products.to_vec())
        };
        let ended = |number, products: &[u32], status: Status| {
            let item = |product: &u32| Item { status: status.clone(), ..Item::accepted(product.to_string()) };
            Batch { items: products.iter().map(item).collect(), ..batch(number, products, Ended) }
        };
        let plan = Plan { products: 5, ..Plan::default() };
        let planned = vec![batch(0, &[0, 1], Planned), batch(1, &[2, 3], Planned)];
        let mut journal = Journal::new(plan, planned);
        for news in [
            vec![batch(0, &[0, 1], Sent)],
            vec![ended(0, &[0, 1], Status::Failed)],
            // What had failed is sent anew, in a batch of its own; nothing of the first counts any more.
            vec![batch(2, &[1], Planned)],
            vec![
                batch(2, &[1], Sent),
                batch(1, &[2, 3], Divided),
                batch(3, &[2], Planned),
                batch(4, &[3], Planned),
            ],
            vec![ended(0, &[0, 1], Status::Completed)],
            vec![batch(1, &[2, 3], Divided)],
            vec![ended(2, &[1], Status::Completed), ended(4, &[3], Status::Failed)],
        ] {
            journal.take(&news);
            assert_eq!(journal.places, places(&journal.plan, &journal.batches), "{news:?}");
        }
        let states: Vec<_> = journal.places.iter().map(|place| place.map(|place| place.state)).collect();
        let expected = [State::Completed, State::Completed, State::Waiting, State::Failed];
        assert_eq!(states, expected.map(Some).into_iter().chain([None]).collect::<Vec<_>>());
    }
}
