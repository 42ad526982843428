//! The states of the products of a catalogue, and their tally.

use serde::{Deserialize, Serialize};

/// How many products are in which state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    /// Not sent yet.
    pub waiting: u32,
    /// Sent, and without an answer.
    pub uncertain: u32,
    /// Accepted, and being classified.
    pub pending: u32,
    /// With a code.
    pub completed: u32,
    /// Without one, or not accepted.
    pub failed: u32,
    /// With a code that they had before.
    pub known: u32,
}

impl Tally {
    /// How many products there are.
    #[must_use]
    pub fn total(self) -> u32 {
        self.waiting + self.uncertain + self.pending + self.completed + self.failed + self.known
    }

    /// How many have ended, one way or another.
    #[must_use]
    pub fn ended(self) -> u32 {
        self.completed + self.failed + self.known
    }

    /// Whether all have.
    #[must_use]
    pub fn is_done(self) -> bool {
        self.ended() == self.total()
    }

    /// How many are in a state.
    #[must_use]
    pub fn in_state(mut self, state: State) -> u32 {
        *self.part(state)
    }

    /// Counts a product.
    pub fn count(&mut self, state: State) {
        *self.part(state) += 1;
    }

    fn part(&mut self, state: State) -> &mut u32 {
        match state {
            State::Waiting => &mut self.waiting,
            State::Uncertain => &mut self.uncertain,
            State::Pending => &mut self.pending,
            State::Completed => &mut self.completed,
            State::Failed => &mut self.failed,
            State::Known => &mut self.known,
        }
    }
}

/// What a product of a catalogue is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Not sent yet.
    Waiting,
    /// Sent, and without an answer.
    Uncertain,
    /// Accepted, and being classified.
    Pending,
    /// With a code.
    Completed,
    /// Without one, or not accepted.
    Failed,
    /// With a code that it had before.
    Known,
}

impl State {
    /// All of them, those that need a person first.
    pub const ALL: [Self; 6] =
        [Self::Uncertain, Self::Failed, Self::Waiting, Self::Pending, Self::Completed, Self::Known];

    /// Its name in an address and in a style.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Uncertain => "uncertain",
            Self::Pending => "pending",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Known => "known",
        }
    }
}
