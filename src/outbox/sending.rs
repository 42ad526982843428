//! The state of a request that costs credits, as a pure state machine. After a lost answer, only an acceptance, the
//! history or the person settles the request; a refusal of its repetition does not.

use serde::{Deserialize, Serialize};

use crate::api::ApiError;

/// The state of a request that costs credits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum State {
    /// In flight for the first time.
    #[default]
    Sending,
    /// In flight again, after a lost answer.
    SendingAgain,
    /// Sent without an answer: the service may have accepted it.
    Lost,
    /// Accepted by the service, which has taken the credits.
    Accepted,
    /// Refused by the service, or given up by the person.
    Over,
}

/// An event that changes the state of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'a> {
    /// The service has accepted it, by an answer or by its history.
    Accepted,
    /// An error was answered, or no answer came.
    Failed(&'a ApiError),
    /// The time for an answer has passed.
    Silence,
    /// The history does not show it. The history may be late, or may not show such rows.
    Absent,
    /// The person sends it again.
    SendAgain,
    /// The person gives it up.
    LetBe,
}

impl State {
    /// The state after an event.
    #[must_use]
    pub fn on(self, event: Event<'_>) -> Self {
        match (self, event) {
            (_, Event::Accepted) | (Self::Accepted, _) => Self::Accepted,
            (Self::Sending, Event::Failed(error)) if !error.is_uncertain() => Self::Over,
            // A refusal of the repetition says nothing about the first request.
            (Self::Sending | Self::SendingAgain, Event::Failed(_) | Event::Silence) => Self::Lost,
            (Self::Lost, Event::SendAgain) => Self::SendingAgain,
            (Self::Lost, Event::LetBe) => Self::Over,
            (state, _) => state,
        }
    }

    /// Whether an answer may still come.
    #[must_use]
    pub fn is_on_its_way(self) -> bool {
        matches!(self, Self::Sending | Self::SendingAgain)
    }
}

#[cfg(test)]
mod tests {
    use super::State::*;
    use super::*;

    /// `expected` is the state after `event` from each of the five states, in the order of [`State`].
    #[test]
    fn what_was_uncertain_once_is_settled_by_an_acceptance_the_history_or_the_person() {
        let check = |event: Event<'_>, expected: [State; 5]| {
            let states = [Sending, SendingAgain, Lost, Accepted, Over];
            assert_eq!(states.map(|state| state.on(event)), expected, "{event:?}");
        };
        // Also an acceptance after the person has given it up.
        check(Event::Accepted, [Accepted; 5]);
        let refused = [
            ApiError::InvalidItem { item: 3, message: "items[3].description: is required".to_owned() },
            ApiError::Invalid("Idempotency-Key: was used for another request".to_owned()),
            ApiError::NotDeclarable { message: "No.".to_owned(), codes: Vec::new() },
            ApiError::Unauthorized,
            ApiError::NotFound,
            ApiError::OutOfCredits,
            ApiError::RateLimited { seconds: 30 },
        ];
        for error in &refused {
            check(Event::Failed(error), [Over, Lost, Lost, Accepted, Over]);
        }
        let uncertain = [
            ApiError::Server(500),
            ApiError::Server(503),
            ApiError::Unreachable,
            ApiError::Timeout,
            ApiError::Unreadable("data: is required".to_owned()),
            ApiError::Unexpected(302),
            ApiError::Unexpected(422),
        ];
        for error in &uncertain {
            check(Event::Failed(error), [Lost, Lost, Lost, Accepted, Over]);
        }
        check(Event::Silence, [Lost, Lost, Lost, Accepted, Over]);
        check(Event::Absent, [Sending, SendingAgain, Lost, Accepted, Over]);
        check(Event::SendAgain, [Sending, SendingAgain, SendingAgain, Accepted, Over]);
        check(Event::LetBe, [Sending, SendingAgain, Over, Accepted, Over]);
    }
}
