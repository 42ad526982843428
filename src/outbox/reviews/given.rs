//! A verdict that waits to be sent: its content, its due time, and the decision after an error.

use import8_api::{Feedback, HsCode, Verdict};
use serde::{Deserialize, Serialize};

use crate::api::ApiError;
use crate::api::decided::Decided;
use crate::outbox::sending::{Event, State};

/// How much later a tab sends a verdict that was given in another tab, in milliseconds. The tab in which it was given
/// goes first.
const OTHER_TAB_DELAY: u64 = 2_000;

/// The wait after an error that names none, in seconds.
const PAUSE: u32 = 15;

/// How long a hidden tab waits when a verdict is due and cannot be sent: for the rate limit, or for an API that is away.
const LOOK_AGAIN: u64 = 1_000;
const LOOK_WHILE_AWAY: u64 = 60_000;

/// When a hidden tab looks next whether a verdict can be sent: not before it is `due` and the pause is over, in
/// milliseconds since 1970. `None` for a pause without an end, which only the person ends.
pub(super) fn next_look(due: u64, paused_until: u64, is_away: bool, now: u64) -> Option<u64> {
    let again = now + if is_away { LOOK_WHILE_AWAY } else { LOOK_AGAIN };
    (paused_until != u64::MAX).then_some(due.max(paused_until).max(again))
}

/// A verdict that waits to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The identifier of its classification, and the key of its record in the database.
    pub id: String,
    /// The owner of the data: see [`crate::session::owner`].
    pub organization: String,
    /// The name of the product.
    pub name: String,
    /// The classifier's code.
    pub code: Option<HsCode>,
    /// The decided code before this verdict, where known.
    #[serde(default)]
    pub before: Option<HsCode>,
    /// The verdict.
    pub feedback: Feedback,
    /// When it is due to be sent, in milliseconds since 1970.
    pub due: u64,
    /// Whether it was given in this tab.
    #[serde(skip)]
    pub(super) is_own: bool,
    /// Whether it is stored in the database.
    #[serde(skip)]
    pub(super) is_kept: bool,
    /// Whether it was sent, so that the service may have it. Stored before the request is sent.
    #[serde(default)]
    pub(super) is_tried: bool,
}

impl Given {
    /// Whether the person can still take it back at `now`, in milliseconds since 1970.
    #[must_use]
    pub fn can_be_undone(&self, now: u64) -> bool {
        // After its due time another tab, or this one before a reload, may have sent it.
        !self.is_tried && (self.is_own || now < self.due)
    }

    /// Whether the service may have it.
    #[must_use]
    pub fn is_tried(&self) -> bool {
        self.is_tried
    }

    /// The state of its request after an error.
    pub(super) fn after(&self, error: &ApiError) -> State {
        let state = if self.is_tried { State::SendingAgain } else { State::Sending };
        state.on(Event::Failed(error))
    }

    /// Whether the service's verdict equals this one.
    pub(super) fn is_kept_as(&self, verdict: &Verdict) -> bool {
        (&verdict.status, verdict.corrected_code) == (&self.feedback.status, self.feedback.corrected_code)
    }

    /// Whole seconds until it is due.
    #[must_use]
    pub fn seconds_left(&self, now: u64) -> u64 {
        self.due.saturating_sub(now).div_ceil(1_000)
    }

    pub(super) fn is(&self, other: &Self) -> bool {
        self.id == other.id && self.due == other.due
    }

    pub(super) fn is_due(&self, now: u64) -> bool {
        now >= self.due + if self.is_own { 0 } else { OTHER_TAB_DELAY }
    }
}

/// A verdict that this browser has sent and the service has accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sent {
    /// The identifier of its classification, and the key of its record in the database.
    pub(super) id: String,
    /// The owner of the data: see [`crate::session::owner`].
    pub(super) organization: String,
    pub(super) feedback: Feedback,
    /// The verdict in the service's answer, where it returns one.
    pub(super) kept: Option<Verdict>,
    /// When it was accepted, in milliseconds since 1970; 0 in records of an earlier version.
    #[serde(default)]
    pub(super) at: u64,
    /// Whether this tab has sent it.
    #[serde(skip)]
    pub(super) is_own: bool,
}

impl Sent {
    /// Whether the service's decided code is newer than this verdict.
    pub(super) fn is_older_than(&self, told: Option<&Decided>) -> bool {
        let kept = self.kept.as_ref().map(|kept| kept.created_at.as_str());
        // Both are timestamps of the service in the same format, so text order is time order.
        kept.zip(told.and_then(Decided::reviewed_at)).is_some_and(|(kept, told)| kept <= told)
    }
}

/// The number of accepted verdicts that are stored per organisation, at a service that does not return verdicts. It
/// exceeds the largest catalogues; all of them are read when the dashboard opens and searched for every product.
const REMEMBERED: usize = 5_000;

/// Removes the oldest accepted verdicts beyond [`REMEMBERED`] and returns them.
pub(super) fn too_many(sent: &mut Vec<Sent>) -> Vec<Sent> {
    sent.sort_by_key(|one| std::cmp::Reverse(one.at));
    sent.split_off(sent.len().min(REMEMBERED))
}

/// A verdict that the service has refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The verdict.
    pub given: Given,
    /// The error.
    pub error: ApiError,
    /// Whether the answer to an earlier try was lost: the service may have accepted that one.
    pub was_lost: bool,
}

/// What to do after a verdict could not be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RetryDecision {
    /// Drop it: the service will never accept it.
    Dropped,
    /// Send it again after this number of seconds.
    Again(u32),
    /// Keep it until the person tries again or another key is in use.
    Kept,
}

impl RetryDecision {
    pub(super) fn after(error: &ApiError) -> Self {
        match error {
            ApiError::NotFound
            | ApiError::UnknownCode(_)
            | ApiError::Invalid(_)
            | ApiError::InvalidItem { .. }
            | ApiError::NotDeclarable { .. } => Self::Dropped,
            ApiError::RateLimited { seconds } => Self::Again(*seconds),
            ApiError::Unauthorized => Self::Kept,
            ApiError::Unreachable
            | ApiError::Timeout
            | ApiError::OutOfCredits
            | ApiError::Server(_)
            | ApiError::Unreadable(_)
            | ApiError::Unexpected(_) => Self::Again(PAUSE),
        }
    }
}

/// Merges this tab's waiting verdicts with the stored ones: another tab may have added, taken back or sent some.
pub(super) fn merged(known: &[Given], kept: Vec<Given>) -> Vec<Given> {
    let is_kept = |known: &&Given| !known.is_kept || kept.iter().any(|kept| kept.is(known));
    let mut merged: Vec<_> = known.iter().filter(is_kept).cloned().collect();
    for kept in kept {
        match merged.iter_mut().find(|known| known.id == kept.id) {
            // Another tab may have sent it.
            Some(known) => known.is_tried |= kept.is_tried && kept.is(known),
            None => merged.push(Given { is_kept: true, ..kept }),
        }
    }
    merged.sort_by_key(|given| given.due);
    merged
}

/// The newer of the service's verdict and the one sent by this browser, which has no time if the service returns
/// none.
pub(super) fn newest(
    known: Option<Verdict>,
    sent: Option<(Feedback, Option<Verdict>)>,
) -> Option<(Feedback, Option<String>)> {
    let told = |verdict: Verdict| {
        let Verdict { status, corrected_code, created_at } = verdict;
        (Feedback { status, corrected_code }, Some(created_at))
    };
    match (known, sent) {
        // Both are timestamps of the service in the same format, so text order is time order.
        (Some(known), Some((_, Some(kept)))) if known.created_at > kept.created_at => Some(told(known)),
        (_, Some((_, Some(kept)))) => Some(told(kept)),
        (_, Some((feedback, None))) => Some((feedback, None)),
        (known, None) => known.map(told),
    }
}

#[cfg(test)]
mod tests {
    use import8_api::{DecidedBy, DecidedCode, FeedbackStatus};

    use super::*;

    fn given(id: &str, due: u64) -> Given {
        Given {
            id: id.to_owned(),
            organization: "Harbour Imports".to_owned(),
            name: "Leather wallet".to_owned(),
            code: "42023100".parse().ok(),
            before: "42023100".parse().ok(),
            feedback: Feedback { status: FeedbackStatus::Confirmed, corrected_code: None },
            due,
            is_own: false,
            is_kept: false,
            is_tried: false,
        }
    }

    fn own(id: &str, due: u64, is_kept: bool) -> Given {
        Given { is_own: true, is_kept, ..given(id, due) }
    }

    #[test]
    fn a_hidden_tab_looks_once_when_a_verdict_may_be_sent() {
        assert_eq!(next_look(6_000, 0, false, 1_000), Some(6_000));
        assert_eq!(next_look(6_000, 9_000, false, 1_000), Some(9_000));
        assert_eq!(next_look(6_000, 0, false, 7_000), Some(8_000), "the rate limit does not let it pass");
        assert_eq!(next_look(6_000, 0, true, 7_000), Some(67_000));
        assert_eq!(next_look(6_000, u64::MAX, false, 7_000), None, "the key is refused");
    }

    #[test]
    fn what_waits_is_what_was_kept_and_what_could_not_be() {
        let check = |known: &[Given], kept: &[Given], expected: &[(&str, u64, bool)]| {
            let merged = merged(known, kept.to_vec());
            let found: Vec<_> = merged.iter().map(|one| (one.id.as_str(), one.due, one.is_own)).collect();
            assert_eq!(found, expected, "{known:?} {kept:?}");
        };
        check(&[], &[given("b", 2), given("a", 1)], &[("a", 1, false), ("b", 2, false)]);
        check(&[own("a", 1, true)], &[given("a", 1)], &[("a", 1, true)]);
        check(&[own("a", 1, false)], &[], &[("a", 1, true)]);
        check(&[own("a", 1, true)], &[], &[]);
        check(&[own("a", 1, true)], &[given("a", 3)], &[("a", 3, false)]);
        // A verdict that is being stored is newer than the stored one.
        check(&[own("a", 3, false)], &[given("a", 1)], &[("a", 3, true)]);
    }

    #[test]
    fn a_verdict_can_be_undone_while_it_is_only_here() {
        let check = |given: Given, now: u64, expected: (bool, bool)| {
            assert_eq!((given.can_be_undone(now), given.is_due(now)), expected, "{given:?} at {now}");
        };
        check(own("a", 10_000, true), 9_999, (true, false));
        // It is due, but there is no connection to send it.
        check(own("a", 10_000, true), 90_000, (true, true));
        check(Given { is_tried: true, ..own("a", 10_000, true) }, 10_000, (false, true));
        check(given("a", 10_000), 9_999, (true, false));
        check(given("a", 10_000), 10_000, (false, false));
        check(given("a", 10_000), 10_000 + OTHER_TAB_DELAY, (false, true));
    }

    #[test]
    fn seconds_are_counted_to_the_last() {
        let left = |now| given("a", 10_000).seconds_left(now);
        assert_eq!([left(4_000), left(4_001), left(9_999), left(10_000), left(20_000)], [6, 6, 1, 0, 0]);
    }

    #[test]
    fn what_another_tab_has_tried_may_be_with_the_service() {
        let tried = Given { is_tried: true, ..given("a", 1) };
        let check = |known: &[Given], kept: Given, expected: bool| {
            let merged = merged(known, vec![kept]);
            assert_eq!(merged.iter().map(|one| one.is_tried).collect::<Vec<_>>(), [expected], "{known:?}");
        };
        check(&[], tried.clone(), true);
        check(&[own("a", 1, true)], tried.clone(), true);
        check(&[own("a", 3, false)], tried.clone(), false);
        check(&[tried], given("a", 1), true);
        let text = serde_json::to_string(&Given { is_tried: true, ..own("a", 1, true) }).expect("JSON");
        assert!(serde_json::from_str::<Given>(&text).expect(&text).is_tried, "also after a reload");
    }

    #[test]
    fn a_verdict_that_may_have_been_taken_is_not_said_to_be_refused() {
        let check = |is_tried: bool, error: ApiError, expected: State| {
            let given = Given { is_tried, ..own("a", 1, true) };
            assert_eq!(given.after(&error), expected, "{is_tried} {error:?}");
        };
        check(false, ApiError::NotFound, State::Over);
        check(true, ApiError::NotFound, State::Lost);
        check(true, ApiError::Invalid("no".to_owned()), State::Lost);
        check(false, ApiError::Unreadable("<html>".to_owned()), State::Lost);
        check(false, ApiError::Unauthorized, State::Over);
    }

    #[test]
    fn only_what_is_refused_is_dropped() {
        let check = |error: ApiError, expected: RetryDecision| {
            assert_eq!(RetryDecision::after(&error), expected, "{error:?}")
        };
        check(ApiError::NotFound, RetryDecision::Dropped);
        check(ApiError::Invalid("no".to_owned()), RetryDecision::Dropped);
        check(ApiError::RateLimited { seconds: 40 }, RetryDecision::Again(40));
        check(ApiError::Unauthorized, RetryDecision::Kept);
        check(ApiError::Unreachable, RetryDecision::Again(PAUSE));
        check(ApiError::Server(500), RetryDecision::Again(PAUSE));
        check(ApiError::Unexpected(418), RetryDecision::Again(PAUSE));
    }

    #[test]
    fn the_newest_verdict_holds() {
        let verdict = |status: FeedbackStatus, at: &str| Verdict {
            status,
            corrected_code: None,
            created_at: format!("2026-03-03T12:00:0{at}+00:00"),
        };
        let feedback = |status| Feedback { status, corrected_code: None };
        let (confirmed, corrected) = (FeedbackStatus::Confirmed, FeedbackStatus::Corrected);
        let check = |known: Option<&str>, sent: Option<Option<&str>>, expected: Option<&FeedbackStatus>| {
            let known = known.map(|at| verdict(confirmed.clone(), at));
            let sent =
                sent.map(|at| (feedback(corrected.clone()), at.map(|at| verdict(corrected.clone(), at))));
            let found = newest(known, sent).map(|(feedback, _)| feedback.status);
            assert_eq!(found.as_ref(), expected);
        };
        check(None, None, None);
        check(Some("1"), None, Some(&confirmed));
        check(None, Some(Some("1")), Some(&corrected));
        check(Some("1"), Some(Some("2")), Some(&corrected));
        check(Some("3"), Some(Some("2")), Some(&confirmed));
        check(Some("2"), Some(Some("2")), Some(&corrected));
        check(None, Some(None), Some(&corrected));
    }

    #[test]
    fn what_the_service_tells_later_counts_more_than_what_was_sent_from_here() {
        let check = |kept: Option<&str>, told: Option<(DecidedBy, &str)>, expected: bool| {
            let told = told.and_then(|(by, at)| {
                Some(Decided::Code(DecidedCode::by("42023100".parse().ok()?, by, Some(at.to_owned()))))
            });
            let verdict = |at: &str| Verdict {
                status: FeedbackStatus::Confirmed,
                corrected_code: None,
                created_at: at.to_owned(),
            };
            let feedback = Feedback { status: FeedbackStatus::Confirmed, corrected_code: None };
            let (id, organization) = ("a".to_owned(), "Harbour Imports".to_owned());
            let sent = Sent { id, organization, feedback, kept: kept.map(verdict), at: 0, is_own: true };
            assert_eq!(sent.is_older_than(told.as_ref()), expected, "{kept:?} {told:?}");
        };
        check(Some("2026-03-03"), None, false);
        check(Some("2026-03-03"), Some((DecidedBy::Person, "2026-03-02")), false);
        check(Some("2026-03-03"), Some((DecidedBy::Person, "2026-03-03")), true);
        check(Some("2026-03-03"), Some((DecidedBy::Person, "2026-03-04")), true);
        // The classifier's answer is always older than a verdict on it.
        check(Some("2026-03-03"), Some((DecidedBy::Classifier, "2026-03-04")), false);
        check(None, Some((DecidedBy::Person, "2026-03-04")), false);
    }

    #[test]
    fn what_is_kept_is_read_back() {
        let text = serde_json::to_string(&own("a", 7, true)).expect("JSON");
        assert_eq!(serde_json::from_str::<Given>(&text).expect(&text), given("a", 7));
    }

    #[test]
    fn the_newest_that_were_sent_are_remembered() {
        let sent = |at: u64| Sent {
            id: at.to_string(),
            organization: "Harbour Imports".to_owned(),
            feedback: Feedback { status: FeedbackStatus::Confirmed, corrected_code: None },
            kept: None,
            at,
            is_own: false,
        };
        let mut all: Vec<_> = (0..5_002).map(sent).collect();
        let mut old = too_many(&mut all);
        old.sort_by_key(|one| one.at);
        assert_eq!(old, [sent(0), sent(1)]);
        assert_eq!((all.len(), too_many(&mut all).len()), (5_000, 0));
        // As an earlier version stored it.
        let text = serde_json::to_string(&sent(7)).expect("JSON").replace(",\"at\":7", "");
        assert_eq!(serde_json::from_str::<Sent>(&text).expect(&text).at, 0);
    }
}
