//! The status of a classification.

use crate::wire::open_enum;

open_enum! {
    /// The status of a classification.
    Status {
        /// In the queue or being classified; typically for 25 to 35 seconds, by the documentation.
        Pending = "pending",
        /// Ended with a code.
        Completed = "completed",
        /// Ended without a code.
        Failed = "failed",
    }
}
