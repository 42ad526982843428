//! Tests of the session.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::{Arc, Mutex};

use super::*;
use crate::browser::task::tests::{keep_tasks, run_tasks};

const OWN: &str = "c8_0123456789abcdefa1b2";
const OTHER: &str = "c8_zzzz456789abcdefa1b2";

fn key(text: &str) -> ApiKey {
    ApiKey::new(text).expect("a key")
}

/// A session that holds both keys and uses the first, and the owner of what it keeps.
fn session() -> (Owner, Session) {
    let owner = Owner::new();
    owner.set();
    let mut keys = Keyring::default();
    for (text, owner) in [(OTHER, "id:8"), (OWN, "id:7")] {
        keys.hold(key(text), owner);
        keys.use_key(key(text));
    }
    (owner, Session::new(keys))
}

/// What answers to any key may say.
fn events() -> [ClientEvent; 4] {
    let rate = RateLimit { limit: 60, remaining: 41, reset: 1_700_000_000 };
    [
        ClientEvent::RateLimit { rate, at: 1_000 },
        ClientEvent::Credits(30),
        ClientEvent::RequestLogEntry(Box::new(entry("/v1/me"))),
        ClientEvent::Paused { until: 31_000 },
    ]
}

fn entry(path: &str) -> RequestLogEntry {
    RequestLogEntry {
        number: 0,
        at: 1_000,
        method: "GET".to_owned(),
        path: path.to_owned(),
        body: None,
        status: Some(200),
        milliseconds: 12,
        rate: None,
        request_id: None,
        error: None,
    }
}

fn sees(session: Session) -> (Option<u32>, Option<u64>, usize, Option<u64>) {
    untrack(|| {
        let left = session.rate_limit().map(|rate| rate.remaining);
        (left, session.credits(), session.log().len(), session.pause_end())
    })
}

#[test]
fn what_is_said_to_another_key_is_not_about_this_session() {
    let (_owner, session) = session();
    for used in [Some(key(OTHER)), Some(key("c8_that_is_tried")), None] {
        events().into_iter().for_each(|event| session.on_event(used.as_ref(), event));
        assert_eq!(sees(session), (None, None, 0, None), "{used:?}");
    }
    events().into_iter().for_each(|event| session.on_event(Some(&key(OWN)), event));
    assert_eq!(sees(session), (Some(41), Some(30), 1, Some(31_000)));
    assert_eq!(untrack(|| session.last_rate_limit()).map(|(_, at)| at), Some(1_000));
}

#[test]
fn an_older_answer_gives_no_requests_back() {
    let (_owner, session) = session();
    let check = |remaining, reset, at, expected: (u32, u64)| {
        let rate = RateLimit { limit: 60, remaining, reset };
        session.on_event(Some(&key(OWN)), ClientEvent::RateLimit { rate, at });
        let last = untrack(|| session.last_rate_limit()).map(|(rate, at)| (rate.remaining, at));
        assert_eq!(last, Some(expected));
    };
    check(57, 120, 1_003, (57, 1_003));
    check(59, 120, 1_001, (57, 1_003));
    check(58, 120, 1_003, (57, 1_003));
    check(56, 120, 1_002, (56, 1_002));
    // The next window, and a service that does not say when it begins.
    check(59, 180, 1_000, (59, 1_000));
    check(60, 180, 1_001, (60, 1_001));
}

#[test]
fn with_the_key_what_was_said_to_it_is_forgotten() {
    let (_owner, session) = session();
    events().into_iter().for_each(|event| session.on_event(Some(&key(OWN)), event));
    session.keys.update(|keys| keys.use_key(key(OTHER)));
    session.forget_unless_held(Some(&key(OWN)));
    assert_eq!(sees(session), (None, None, 0, None));
    // The service wants its pause of the key all the same.
    session.keys.update(|keys| keys.use_key(key(OWN)));
    session.forget_unless_held(Some(&key(OTHER)));
    assert_eq!(sees(session), (None, None, 0, Some(31_000)));
    session.keys.update(|keys| keys.forget(&key(OWN)));
    session.forget_unless_held(Some(&key(OWN)));
    session.keys.update(|keys| {
        keys.hold(key(OWN), "id:7");
        keys.use_key(key(OWN));
    });
    assert_eq!(session.pause_end(), None, "a key that is forgotten is forgotten whole");
}

#[test]
fn only_another_organisation_is_left() {
    keep_tasks();
    let (_owner, session) = session();
    let calls = Arc::new(Mutex::new(Vec::new()));
    let (noted, has_left) = (Arc::clone(&calls), session.remember_organization());
    session.follow_owner(move |before, has_left| {
        let now = untrack(|| session.organization());
        noted.lock().expect("calls").push((before.to_owned(), now, has_left));
    });
    let check = |change: &dyn Fn(&mut Keyring), before: &str, now: &str, has_left: bool| {
        session.keys.update(change);
        run_tasks();
        let calls = std::mem::take(&mut *calls.lock().expect("calls"));
        assert_eq!(calls, [(before.to_owned(), now.to_owned(), has_left)]);
    };
    check(&|_| (), "", "id:7", false);
    // The service tells identifiers now.
    check(&|keys| keys.change(&key(OWN), |held| "id:9".clone_into(&mut held.owner)), "id:7", "id:9", false);
    check(&|keys| keys.change(&key(OWN), |held| "id:7".clone_into(&mut held.owner)), "id:9", "id:7", false);
    let third = || key("c8_of_the_same_organisation");
    let use_third = |keys: &mut Keyring| {
        keys.hold(third(), "id:7");
        keys.use_key(third());
    };
    check(&use_third, "id:7", "id:7", false);
    assert!(!has_left());
    check(&|keys| keys.use_key(key(OTHER)), "id:7", "id:8", true);
    assert!(has_left());
    check(&|keys| *keys = Keyring::default(), "id:8", "", true);
    check(&use_third, "", "id:7", false);
    session.note_moved();
    check(&|_| (), "id:7", "id:7", false);
}

#[test]
fn the_person_ends_a_pause() {
    let (_owner, session) = session();
    session.on_event(Some(&key(OWN)), ClientEvent::Paused { until: 31_000 });
    session.end_pauses(5_000);
    assert_eq!(session.pause_end(), Some(5_000));
}

#[test]
fn coming_back_is_counted_once() {
    let (_owner, session) = session();
    let check = |event: ClientEvent, reach: Reach, recoveries: u32| {
        let said = format!("{event:?}");
        session.on_event(None, event);
        assert_eq!((session.reach_now(), session.recoveries.get_untracked()), (reach, recoveries), "{said}");
    };
    check(ClientEvent::Answer, Reach::Unknown, 0);
    check(ClientEvent::Silence, Reach::Unreachable, 0);
    check(ClientEvent::Silence, Reach::Unreachable, 0);
    check(ClientEvent::Answer, Reach::Operational, 1);
    check(ClientEvent::Answer, Reach::Operational, 1);
    // A health check says more than that it answers.
    session.set_reach(Reach::Degraded);
    assert_eq!(session.recoveries.get_untracked(), 1);
    check(ClientEvent::Answer, Reach::Degraded, 1);
    session.set_reach(Reach::Unreachable);
    session.set_reach(Reach::Degraded);
    assert_eq!(session.recoveries.get_untracked(), 2);
}

#[test]
fn the_log_has_the_last_requests_the_newest_first() {
    let (_owner, session) = session();
    for number in 0..LOGGED + 2 {
        let entry = Box::new(entry(&format!("/{number}")));
        session.on_event(Some(&key(OWN)), ClientEvent::RequestLogEntry(entry));
    }
    let log = untrack(|| session.log());
    assert_eq!(log.len(), LOGGED);
    let (first, last) = (log.first().expect("the newest"), log.last().expect("the oldest"));
    assert_eq!((first.path.as_str(), last.path.as_str()), ("/501", "/2"));
    assert_eq!((first.number, last.number), (502, 3), "numbers are not given twice");
}

#[test]
fn what_follows_the_key_runs_once_for_each_key() {
    keep_tasks();
    let (_owner, session) = session();
    let runs = Rc::new(Cell::new(0));
    let count = Rc::clone(&runs);
    Effect::new(move |_| {
        session.track_key();
        count.set(count.get() + 1);
        // What is drawn there asks for the key itself.
        assert!(untrack(|| session.is_signed_in()));
    });
    run_tasks();
    assert_eq!(runs.get(), 1);
    session.keys.update(|keys| keys.change(&key(OWN), |held| held.label = "desk".to_owned()));
    run_tasks();
    assert_eq!(runs.get(), 1, "it is the same key");
    session.keys.update(|keys| keys.use_key(key(OTHER)));
    run_tasks();
    assert_eq!(runs.get(), 2);
}
