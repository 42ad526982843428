//! What is done next with a catalogue.

use std::collections::HashMap;

use super::journal::{Batch, Progress};

/// So many batches are asked after at a time: the service takes them in the order in which they came, so
/// those behind them would say nothing new.
const ASKED_AFTER: usize = 3;

/// The first wait after a batch was accepted, in milliseconds.
const FIRST_WAIT: u64 = 2_000;

/// The longest one: a batch that takes long is asked after seldom.
const LONGEST_WAIT: u64 = 30_000;

/// What is done with a batch of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// It is sent.
    Send(u32),
    /// It is found out what became of it: no answer came.
    Reconcile(u32),
    /// It is asked after.
    Ask(u32),
    /// What the service tells of one of its products alone is asked for.
    Detail(u32),
}

/// What may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Conditions {
    /// When it is, in milliseconds since 1970.
    pub(super) now: u64,
    /// Whether anything is to be sent.
    pub(super) may_send: bool,
    /// Whether somebody looks: else nothing is asked after.
    pub(super) is_seen: bool,
    /// Whether what the service tells of each product alone is wanted.
    pub(super) wants_details: bool,
}

/// When batches are asked after again, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Waits(HashMap<u32, (u64, u64)>);

impl Waits {
    /// Waits longer than the last time, or as the first time when something has changed.
    pub(super) fn note(&mut self, number: u32, now: u64, has_changed: bool) {
        let last = self.0.get(&number).map_or(FIRST_WAIT, |(_, wait)| *wait);
        let wait = if has_changed { FIRST_WAIT } else { (last + last / 2).min(LONGEST_WAIT) };
        self.0.insert(number, (now + wait, wait));
    }

    fn is_over(&self, number: u32, now: u64) -> bool {
        self.0.get(&number).is_none_or(|(until, _)| *until <= now)
    }
}

/// What is done next; none when there is nothing to do now.
pub(super) fn next(batches: &[Batch], waits: &Waits, conditions: Conditions) -> Option<Step> {
    let Conditions { now, may_send, is_seen, wants_details } = conditions;
    let is_due = |batch: &&Batch| waits.is_over(batch.number, now);
    let at = |progress: Progress| batches.iter().filter(move |batch| batch.progress == progress);
    // One thing is done at a time, so what counts as sent here is what could not be written down as answered.
    let is_lost = |batch: &&Batch| matches!(batch.progress, Progress::Sent | Progress::Uncertain);
    let uncertain = || batches.iter().filter(is_lost);
    if let Some(batch) = uncertain().filter(|batch| batch.finding.is_none()).find(is_due) {
        return Some(Step::Reconcile(batch.number));
    }
    let asked_after = at(Progress::Accepted).take(ASKED_AFTER);
    if let Some(batch) = asked_after.filter(|_| is_seen).find(is_due) {
        return Some(Step::Ask(batch.number));
    }
    // What is sent meanwhile would be taken for what is looked for.
    let is_clear = uncertain().next().is_none();
    if let Some(batch) = at(Progress::Planned).find(is_due).filter(|_| may_send && is_clear) {
        return Some(Step::Send(batch.number));
    }
    let mut without = at(Progress::Ended).filter(|_| wants_details).filter(lacks_detail);
    without.find(is_due).map(|batch| Step::Detail(batch.number))
}

/// Whether there is a product of which the service can be asked more.
pub(super) fn lacks_detail(batch: &&Batch) -> bool {
    batch.items.iter().any(|item| item.detail.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batches::item::Item;
    use crate::batches::journal::Finding;

    const NOW: Conditions = Conditions { now: 10_000, may_send: true, is_seen: true, wants_details: false };

    fn batches(progress: &[Progress]) -> Vec<Batch> {
        let batch = |(number, progress): (u32, &Progress)| Batch {
            progress: *progress,
            items: vec![Item::accepted("id".to_owned())],
            ..Batch::planned("one", number, "key".to_owned(), vec![number])
        };
        (0..).zip(progress).map(batch).collect()
    }

    #[test]
    fn what_is_uncertain_comes_before_anything_is_sent() {
        use Progress::*;
        let check = |progress: &[Progress], conditions, expected| {
            assert_eq!(next(&batches(progress), &Waits::default(), conditions), expected, "{progress:?}");
        };
        check(&[Planned, Planned], NOW, Some(Step::Send(0)));
        check(&[Accepted, Planned], NOW, Some(Step::Ask(0)));
        check(&[Planned, Uncertain], NOW, Some(Step::Reconcile(1)));
        check(&[Sent, Planned], NOW, Some(Step::Reconcile(0)));
        check(&[Ended, Refused, Divided], NOW, None);
        check(&[Planned], Conditions { may_send: false, ..NOW }, None);
        check(&[Accepted, Planned], Conditions { is_seen: false, ..NOW }, Some(Step::Send(1)));
        check(&[Ended], Conditions { wants_details: true, ..NOW }, Some(Step::Detail(0)));
        // One that waits for the person's word keeps the others from being sent.
        let mut found = batches(&[Uncertain, Planned]);
        found[0].finding = Some(Finding { credits_gone: None });
        assert_eq!(next(&found, &Waits::default(), NOW), None);
    }

    #[test]
    fn what_cannot_be_told_now_is_not_asked_at_once_again() {
        let batches = batches(&[Progress::Ended, Progress::Ended]);
        let wants = Conditions { wants_details: true, ..NOW };
        let mut waits = Waits::default();
        waits.note(0, NOW.now, false);
        assert_eq!(next(&batches, &waits, wants), Some(Step::Detail(1)));
        waits.note(1, NOW.now, false);
        assert_eq!(next(&batches, &waits, wants), None);
        assert!(batches.iter().all(|batch| lacks_detail(&batch)), "it is still wanted");
    }

    #[test]
    fn a_batch_that_takes_long_is_asked_after_seldom() {
        let batches = batches(&[Progress::Accepted; 5]);
        let mut waits = Waits::default();
        let mut now = NOW.now;
        let mut asked = Vec::new();
        while now < NOW.now + 600_000 {
            match next(&batches, &waits, Conditions { now, ..NOW }) {
                Some(Step::Ask(number)) => {
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
        assert!(!waits.is_over(0, now + 1_999) && waits.is_over(0, now + 2_000));
    }
}
