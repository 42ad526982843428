//! The states of the products of a catalogue, and their tally.

use serde::{Deserialize, Serialize};

/// The number of products in each state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    /// Not sent yet.
    pub waiting: u32,
    /// Sent without an answer.
    pub uncertain: u32,
    /// Accepted; the classification is pending.
    pub pending: u32,
    /// Classified, with a code.
    pub completed: u32,
    /// Refused, or classified without a code.
    pub failed: u32,
    /// With the code of an earlier classification.
    pub known: u32,
}

impl Tally {
    /// The number of products.
    #[must_use]
    pub fn total(self) -> u32 {
        self.waiting + self.uncertain + self.pending + self.completed + self.failed + self.known
    }

    /// The number of products that need no further request: completed, failed or known.
    #[must_use]
    pub fn ended(self) -> u32 {
        self.completed + self.failed + self.known
    }

    /// Whether all products have ended.
    #[must_use]
    pub fn is_done(self) -> bool {
        self.ended() == self.total()
    }

    /// The number of products in a state.
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

/// The state of a product of a catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Not sent yet.
    Waiting,
    /// Sent without an answer.
    Uncertain,
    /// Accepted; the classification is pending.
    Pending,
    /// Classified, with a code.
    Completed,
    /// Refused, or classified without a code.
    Failed,
    /// With the code of an earlier classification.
    Known,
}

impl State {
    /// All states; those that need the person come first.
    pub const ALL: [Self; 6] =
        [Self::Uncertain, Self::Failed, Self::Waiting, Self::Pending, Self::Completed, Self::Known];

    /// Its name in an address and in style classes.
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
