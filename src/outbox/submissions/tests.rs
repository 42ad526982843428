//! Tests of submissions.

use import8_api::Images;

use super::*;
use crate::api::ApiKey;
use crate::session::keyring::Keyring;

const NOW: u64 = 1_000_000;

fn sent(state: State, tried_at: u64) -> Submission {
    Submission {
        key: "key".to_owned(),
        organization: "Harbour Imports".to_owned(),
        sent_at: 500_000,
        tried_at,
        request: ClassifyRequest::default(),
        credits_before: Some(30),
        id: None,
        state,
        is_seen: false,
    }
}

#[test]
fn what_is_on_its_way_is_sent_again_by_nobody() {
    let check = |state: State, tried_at: u64, expected: Option<State>| {
        let mut one = sent(state, tried_at);
        let may_be_sent = one.begin_again(NOW);
        assert_eq!(may_be_sent.then(|| one.state()), expected, "{state:?} {tried_at}");
        assert_eq!(one.sent_at, 500_000, "what is looked for is as old as the first try");
        // A second tab that does the same comes too late.
        assert!(!one.begin_again(NOW));
    };
    check(State::Lost, NOW - 1, Some(State::SendingAgain));
    check(State::Sending, NOW - 1, None);
    check(State::SendingAgain, NOW - 1, None);
    check(State::SendingAgain, NOW - ON_ITS_WAY + 1, None);
    check(State::Sending, NOW - ON_ITS_WAY, Some(State::SendingAgain));
    check(State::SendingAgain, NOW - ON_ITS_WAY, Some(State::SendingAgain));
    check(State::Accepted, 0, None);
    check(State::Over, 0, None);
}

#[test]
fn what_is_on_its_way_is_not_let_be() {
    let check = |state: State, tried_at: u64, expected: State| {
        let mut one = sent(state, tried_at);
        one.let_be(NOW);
        assert_eq!(one.state(), expected, "{state:?} {tried_at}");
    };
    check(State::Lost, NOW, State::Over);
    check(State::Sending, NOW - ON_ITS_WAY, State::Over);
    check(State::SendingAgain, NOW - 1, State::SendingAgain);
    check(State::Accepted, 0, State::Accepted);
}

#[test]
fn an_answer_is_waited_for_while_it_may_come() {
    assert_eq!(sent(State::Sending, NOW).patience(NOW + 5_000), 30_000);
    assert_eq!(sent(State::SendingAgain, NOW).patience(NOW + 5_000), 30_000);
    assert_eq!(sent(State::Sending, NOW).patience(NOW + ON_ITS_WAY), 0);
    assert_eq!(sent(State::Lost, NOW).patience(NOW), 0);
}

#[test]
fn an_answer_settles_it_and_a_lost_one_does_not() {
    let check = |error: ApiError, state: State, expected: State| {
        let mut one = sent(state, NOW);
        one.on_event(Event::Failed(&error));
        assert_eq!((one.state(), &one.id), (expected, &None), "{state:?} {error:?}");
    };
    check(ApiError::OutOfCredits, State::Sending, State::Over);
    check(ApiError::Timeout, State::Sending, State::Lost);
    // A refusal of the repetition says nothing about the first request.
    check(ApiError::OutOfCredits, State::SendingAgain, State::Lost);
    for state in [State::Sending, State::SendingAgain, State::Lost, State::Over] {
        let mut one = sent(state, NOW);
        one.request.image_base64 = Some(Images::One("AAAA".to_owned()));
        one.become_classification("7");
        assert_eq!((one.state(), one.id.as_deref()), (State::Accepted, Some("7")), "{state:?}");
        assert!(one.request.image_base64.is_none(), "its pictures are not needed any more");
        one.on_event(Event::Failed(&ApiError::Timeout));
        assert_eq!(one.state(), State::Accepted);
    }
}

/// The submissions of a session with the account of Harbour Imports, and the owner of their signals.
fn submissions() -> (Owner, Submissions) {
    let owner = Owner::new();
    owner.set();
    let key = ApiKey::new("c8_0123456789abcdefa1b2").expect("a key");
    let mut keys = Keyring::default();
    keys.use_key(key.clone());
    keys.change(&key, |held| "Harbour Imports".clone_into(&mut held.owner));
    let session = Session::new(keys);
    (owner, Submissions { session, list: RwSignal::new(Vec::new()), on_their_way: RwSignal::new(Vec::new()) })
}

fn named(key: &str, state: State) -> Submission {
    Submission { key: key.to_owned(), ..sent(state, NOW) }
}

#[test]
fn what_has_no_answer_is_told_unless_this_tab_waits_for_it() {
    let (_owner, submissions) = submissions();
    let unanswered =
        || untrack(|| submissions.unanswered()).into_iter().map(|one| one.key).collect::<Vec<_>>();
    for (key, state) in [("lost", State::Lost), ("sent", State::Sending), ("done", State::Accepted)] {
        submissions.show(named(key, state));
    }
    assert_eq!(unanswered(), ["sent", "lost"], "another tab may have sent it");
    submissions.on_their_way.set(vec!["sent".to_owned()]);
    assert_eq!(unanswered(), ["lost"]);
    submissions.show(named("lost", State::Accepted));
    assert_eq!(unanswered(), [""; 0]);
    assert_eq!(untrack(|| submissions.all()).len(), 3, "each is there once");
}

#[test]
fn what_another_organisation_has_sent_is_not_shown() {
    let (_owner, submissions) = submissions();
    submissions.show(Submission { organization: "Canal Trade".to_owned(), ..named("theirs", State::Lost) });
    assert_eq!(untrack(|| submissions.all()), []);
}

#[test]
fn what_older_versions_have_kept_is_read() {
    let read = |rest: &str| {
        let text = format!(
            r#"{{"key":"k","organization":"Harbour Imports","sent_at":900000,"request":{{}},"credits_before":3,{rest},"is_seen":false}}"#
        );
        serde_json::from_str::<Submission>(&text).expect(&text)
    };
    assert_eq!(read(r#""id":"7","is_lost":false"#).state(), State::Accepted);
    let lost = read(r#""id":null,"is_lost":true"#);
    assert_eq!((lost.state(), lost.patience(NOW), lost.patience(900_000)), (State::Sending, 0, ON_ITS_WAY));
}
