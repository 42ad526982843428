//! Names of the statuses of a classification: pending, completed, failed.

texts! {
    Status {
        pending,
        completed,
        failed,
    }
}

/// In English.
pub const EN: Status = Status { pending: "Pending", completed: "Completed", failed: "Failed" };

/// In Dutch.
pub const NL: Status = Status { pending: "Bezig", completed: "Klaar", failed: "Mislukt" };
