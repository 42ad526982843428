//! The place of each product of a catalogue: its batch, its position there and its state.

use super::journal::{Batch, Plan};
use super::state::{State, Tally};

/// The place of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Its state.
    pub state: State,
    /// The number of its batch; `None` for a product that was classified before.
    pub batch: Option<u32>,
    /// Its position in the batch or, for a product that was classified before, in the plan's list of these.
    pub at: usize,
}

/// The place of each product: in the last batch that contains it. `None` for a product that no batch contains.
#[must_use]
pub fn places(plan: &Plan, batches: &[Batch]) -> Vec<Option<Place>> {
    let mut places = vec![None; usize::try_from(plan.products).unwrap_or(usize::MAX)];
    let mut put = |product: u32, place: Place| {
        if let Some(own) = places.get_mut(usize::try_from(product).unwrap_or(usize::MAX)) {
            *own = Some(place);
        }
    };
    for (at, (product, _)) in plan.known.iter().enumerate() {
        put(*product, Place { state: State::Known, batch: None, at });
    }
    for batch in batches {
        for (at, product) in batch.products.iter().enumerate() {
            if let Some(state) = batch.state(at) {
                put(*product, Place { state, batch: Some(batch.number), at });
            }
        }
    }
    places
}

/// Writes the states of a batch's products into their places, of those that are in it still. Which batch has which
/// product must not have changed.
pub(super) fn go_on(places: &mut [Option<Place>], batch: &Batch) {
    for (at, product) in batch.products.iter().enumerate() {
        let place = places.get_mut(usize::try_from(*product).unwrap_or(usize::MAX)).and_then(Option::as_mut);
        if let Some(own) = place.filter(|own| own.batch == Some(batch.number))
            && let Some(state) = batch.state(at)
        {
            own.state = state;
        }
    }
}

/// The number of products in each state.
#[must_use]
pub fn tally(places: &[Option<Place>]) -> Tally {
    let mut tally = Tally::default();
    places.iter().flatten().for_each(|place| tally.count(place.state));
    tally
}

#[cfg(test)]
mod tests {
    use import8_api::Status;
    use import8_catalogue::report::Known;

    use super::*;
    use crate::outbox::batches::item::Item;
    use crate::outbox::batches::journal::BatchStatus;

    fn batch(number: u32, products: &[u32], progress: BatchStatus, statuses: &[Status]) -> Batch {
        let item = |(at, status): (usize, &Status)| Item {
            status: status.clone(),
            ..Item::accepted(format!("{number}-{at}"))
        };
        let items = statuses.iter().enumerate().map(item).collect();
        Batch { progress, items, ..Batch::planned("one", number, "key".to_owned(), products.to_vec()) }
    }

    #[test]
    fn a_product_is_in_the_last_batch_that_has_it() {
        use BatchStatus::*;
        use Status::{Completed, Failed, Pending};
        let (id, summary) = ("old".to_owned(), "mug".to_owned());
        let known = Known { id, summary, code: "73239300".parse().ok(), decided: None, is_reviewed: false };
        let plan = Plan { products: 9, known: vec![(8, known)], rows: Vec::new() };
        let batches = [
            batch(0, &[0, 1], Ended, &[Completed, Failed]),
            batch(1, &[2, 3], Divided, &[]),
            batch(2, &[2], Accepted, &[Pending]),
            batch(3, &[3], Refused, &[]),
            batch(4, &[4], Uncertain, &[]),
            // Failed products, sent again.
            batch(5, &[1, 5], Planned, &[]),
            // An item that the service no longer has.
            batch(6, &[6], Ended, &[Pending]),
        ];
        let places = places(&plan, &batches);
        let states: Vec<_> = places.iter().map(|place| place.map(|place| place.state)).collect();
        let expected = [
            Some(State::Completed),
            Some(State::Waiting),
            Some(State::Pending),
            Some(State::Failed),
            Some(State::Uncertain),
            Some(State::Waiting),
            Some(State::Failed),
            // Never sent, for lack of credits.
            None,
            Some(State::Known),
        ];
        assert_eq!(states, expected);
        assert_eq!(places[1], Some(Place { state: State::Waiting, batch: Some(5), at: 0 }));
        let tally = tally(&places);
        assert_eq!((tally.total(), tally.ended(), tally.is_done()), (8, 4, false));
    }
}
