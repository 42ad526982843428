//! The status of a classification.

use crate::wire::open_enum;

open_enum! {
    /// How far a classification is.
    Status {
        /// Queued or at work; typically for 25 to 35 seconds.
        Pending = "pending",
        /// Done: it has a code.
        Completed = "completed",
        /// Ended without a code.
        Failed = "failed",
    }
}
