//! The decision what the batch runner does next with a catalogue. Pure.

use std::collections::HashMap;

use super::journal::{Batch, BatchStatus};
use crate::queries::times;

/// The number of batches that are polled at a time. The service processes batches in order, so later ones have no
/// news.
const POLLED: usize = 3;

/// The next step, with the number of the batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NextStep {
    /// Send it.
    Send(u32),
    /// Find out whether the service has accepted it, because no answer came.
    Reconcile(u32),
    /// Poll it.
    Ask(u32),
    /// Request the classification of one of its products.
    Detail(u32),
}

impl NextStep {
    /// The number of its batch.
    pub(super) fn number(self) -> u32 {
        match self {
            Self::Send(number) | Self::Reconcile(number) | Self::Ask(number) | Self::Detail(number) => number,
        }
    }
}

/// The conditions of the decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Conditions {
    /// The current time, in milliseconds since 1970.
    pub(super) now: u64,
    /// Whether batches may be sent.
    pub(super) may_send: bool,
    /// Whether the tab is visible; a hidden tab polls nothing.
    pub(super) is_seen: bool,
    /// Whether the classification of each product is requested too.
    pub(super) wants_details: bool,
}

/// The next poll of each batch, in milliseconds since 1970, and the number of polls since its last change, by batch
/// number.
#[derive(Debug, Default)]
pub(super) struct Waits(HashMap<u32, (u64, u32)>);

impl Waits {
    /// Schedules the next poll: with the first interval if the batch has changed, otherwise with a longer one.
    pub(super) fn note(&mut self, number: u32, now: u64, has_changed: bool) {
        let before = self.0.get(&number).map_or(0, |(_, asked)| *asked);
        let asked = if has_changed { 0 } else { before.saturating_add(1) };
        self.0.insert(number, (now + u64::from(times::BATCH.wait(asked)), asked));
    }

    /// When a batch may be polled, in milliseconds since 1970; 0 for one that was not polled yet.
    fn until(&self, number: u32) -> u64 {
        self.0.get(&number).map_or(0, |(until, _)| *until)
    }
}

/// The next step; `None` when there is nothing to do now.
pub(super) fn next(batches: &[Batch], waits: &Waits, conditions: Conditions) -> Option<NextStep> {
    steps(batches, conditions).find(|step| waits.until(step.number()) <= conditions.now)
}

/// When there is a next step under the same conditions, in milliseconds since 1970; `None` when there is none before
/// they change.
pub(super) fn due(batches: &[Batch], waits: &Waits, conditions: Conditions) -> Option<u64> {
    steps(batches, conditions).map(|step| waits.until(step.number())).min()
}

/// The steps that may be taken as soon as their wait is over, the most urgent first.
fn steps(batches: &[Batch], conditions: Conditions) -> impl Iterator<Item = NextStep> {
    let Conditions { may_send, is_seen, wants_details, .. } = conditions;
    let at = move |progress: BatchStatus| batches.iter().filter(move |batch| batch.progress == progress);
    // The runner takes one step at a time, so a batch that is still `Sent` here has an answer that could not be
    // stored.
    let is_lost = |batch: &&Batch| matches!(batch.progress, BatchStatus::Sent | BatchStatus::Uncertain);
    let uncertain = move || batches.iter().filter(is_lost);
    // A batch sent meanwhile could be mistaken in the history for the one that is searched for.
    let is_clear = uncertain().next().is_none();
    let reconcile = uncertain().filter(|batch| batch.finding.is_none());
    let polled = at(BatchStatus::Accepted).take(POLLED).filter(move |_| is_seen);
    let planned = at(BatchStatus::Planned).filter(move |_| may_send && is_clear);
    let without = at(BatchStatus::Ended).filter(move |_| wants_details).filter(lacks_detail);
    (reconcile.map(|batch| NextStep::Reconcile(batch.number)))
        .chain(polled.map(|batch| NextStep::Ask(batch.number)))
        .chain(planned.map(|batch| NextStep::Send(batch.number)))
        .chain(without.map(|batch| NextStep::Detail(batch.number)))
}

/// Whether the classification of any of its products is still to be requested.
pub(super) fn lacks_detail(batch: &&Batch) -> bool {
    batch.items.iter().any(|item| item.detail.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::batches::item::Item;
    use crate::outbox::batches::journal::Finding;

    const NOW: Conditions = Conditions { now: 10_000, may_send: true, is_seen: true, wants_details: false };

    fn batches(progress: &[BatchStatus]) -> Vec<Batch> {
        let batch = |(number, progress): (u32, &BatchStatus)| Batch {
            progress: *progress,
            items: vec![Item::accepted("id".to_owned())],
            ..Batch::planned("one", number, "key".to_owned(), vec![number])
        };
        (0..).zip(progress).map(batch).collect()
    }

    #[test]
    fn what_is_uncertain_comes_before_anything_is_sent() {
        use BatchStatus::*;
        let check = |progress: &[BatchStatus], conditions, expected| {
            assert_eq!(next(&batches(progress), &Waits::default(), conditions), expected, "{progress:?}");
        };
        check(&[Planned, Planned], NOW, Some(NextStep::Send(0)));
        check(&[Accepted, Planned], NOW, Some(NextStep::Ask(0)));
        check(&[Planned, Uncertain], NOW, Some(NextStep::Reconcile(1)));
        check(&[Sent, Planned], NOW, Some(NextStep::Reconcile(0)));
        check(&[Ended, Refused, Divided], NOW, None);
        check(&[Planned], Conditions { may_send: false, ..NOW }, None);
        check(&[Accepted, Planned], Conditions { is_seen: false, ..NOW }, Some(NextStep::Send(1)));
        check(&[Ended], Conditions { wants_details: true, ..NOW }, Some(NextStep::Detail(0)));
        // A batch that waits for the person keeps the others from being sent.
        let mut found = batches(&[Uncertain, Planned]);
        found[0].finding = Some(Finding { credits_gone: None });
        assert_eq!(next(&found, &Waits::default(), NOW), None);
    }

    #[test]
    fn what_cannot_be_told_now_is_not_asked_at_once_again() {
        let batches = batches(&[BatchStatus::Ended, BatchStatus::Ended]);
        let wants = Conditions { wants_details: true, ..NOW };
        let mut waits = Waits::default();
        waits.note(0, NOW.now, false);
        assert_eq!(next(&batches, &waits, wants), Some(NextStep::Detail(1)));
        waits.note(1, NOW.now, false);
        assert_eq!(next(&batches, &waits, wants), None);
        assert!(batches.iter().all(|batch| lacks_detail(&batch)), "it is still wanted");
    }

    #[test]
    fn there_is_nothing_to_do_before_a_wait_is_over_or_something_changes() {
        use BatchStatus::*;
        let mut waits = Waits::default();
        waits.note(0, NOW.now, false);
        waits.note(1, NOW.now, true);
        let due = |progress: &[BatchStatus], conditions| due(&batches(progress), &waits, conditions);
        assert_eq!(due(&[Accepted, Planned], NOW), Some(NOW.now + 2_000));
        // Nobody looks, so only what is planned is done.
        let unseen = Conditions { is_seen: false, ..NOW };
        assert_eq!(due(&[Planned, Accepted], unseen), Some(NOW.now + 3_000));
        assert_eq!(due(&[Accepted, Accepted], unseen), None);
        assert_eq!(due(&[Planned], Conditions { may_send: false, ..NOW }), None);
        assert_eq!(due(&[Ended, Refused, Divided], NOW), None);
        assert_eq!(due(&[Uncertain, Planned], NOW), Some(NOW.now + 3_000), "not what is sent after it");
    }

    #[test]
    fn a_batch_that_takes_long_is_asked_after_seldom() {
        let batches = batches(&[BatchStatus::Accepted; 5]);
        let mut waits = Waits::default();
        let mut now = NOW.now;
        let mut asked = Vec::new();
        while now < NOW.now + 600_000 {
            match next(&batches, &waits, Conditions { now, ..NOW }) {
                Some(NextStep::Ask(number)) => {
                    asked.push((number, now));
                    waits.note(number, now, false);
                }
                other => {
                    assert_eq!(other, None);
                    now += 500;
                }
            }
        }
        let times =
            |of: u32| asked.iter().filter(move |(number, _)| *number == of).map(|(_, at)| *at - NOW.now);
        assert_eq!(times(0).take(4).collect::<Vec<_>>(), [0, 3_000, 7_500, 14_500]);
        assert_eq!([0, 1, 2, 3, 4].map(|number| times(number).count()), [24, 24, 24, 0, 0]);
        waits.note(0, now, true);
        assert_eq!(waits.until(0), now + 2_000);
    }
}
