//! The state of a request that takes credits, as a pure state machine. Once an answer is lost, only an acceptance,
//! the history or the person settles the request; a refusal of its repetition does not.

use serde::{Deserialize, Serialize};

use crate::api::ApiError;

/// How far a request that takes credits is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum State {
    /// On its way for the first time.
    #[default]
    Sending,
    /// On its way again, after an answer was lost.
    SendingAgain,
    /// Sent, and it is not known whether the service has taken it.
    Lost,
    /// The service has taken it, and its credits.
    Accepted,
    /// The service has not taken it, or the person has let it be.
    Over,
}

/// What is learned of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'a> {
    /// The service says that it has taken it: in an answer, or in its history.
    Accepted,
    /// It was answered otherwise, or not at all.
    Failed(&'a ApiError),
    /// No answer can come any more.
    Silence,
    /// It is not in the history, which may be behind, or not show it.
    Absent,
    /// The person sends it again.
    SendAgain,
    /// The person lets it be.
    LetBe,
}

impl State {
    /// How far it is after an event.
    #[must_use]
    pub fn on(self, event: Event<'_>) -> Self {
        match (self, event) {
            (_, Event::Accepted) | (Self::Accepted, _) => Self::Accepted,
            (Self::Sending, Event::Failed(error)) if !error.is_uncertain() => Self::Over,
            // A refusal of what is sent again says nothing of the first time.
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

    /// What each event makes of a request in the five states, in the order of [`State`].
    #[test]
    fn what_was_uncertain_once_is_settled_by_an_acceptance_the_history_or_the_person() {
        let check = |event: Event<'_>, expected: [State; 5]| {
            let states = [Sending, SendingAgain, Lost, Accepted, Over];
            assert_eq!(states.map(|state| state.on(event)), expected, "{event:?}");
        };
        // Also one that comes after it was given up.
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
