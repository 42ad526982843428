//! The pauses of an export: for the rate limit, and after an error until the person or the connection resumes it.

use std::time::Duration;

use gloo_timers::future::sleep;
use leptos::prelude::*;

use crate::api::ApiError;

/// The interval at which a paused export checks whether it was resumed.
const LOOK_AGAIN: Duration = Duration::from_millis(200);

/// Handle to the pauses of one export. Cheap to copy.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pause {
    /// Seconds left of a pause for the rate limit; 0 if there is none.
    pub waiting: RwSignal<u32>,
    /// The error after which the export waits to be resumed.
    pub error: RwSignal<Option<ApiError>>,
    resumed: RwSignal<u32>,
}

impl Pause {
    /// Clears the pauses of the previous export.
    pub fn reset(self) {
        self.error.set(None);
        self.waiting.set(0);
    }

    /// Resumes the export after an error.
    pub fn resume(self) {
        self.resumed.update(|times| *times += 1);
    }

    /// The number of times the export was resumed. Not tracked.
    #[must_use]
    pub fn resumed(self) -> u32 {
        self.resumed.get_untracked()
    }

    /// Shows an error, and waits until the export was resumed more often than `times`.
    pub async fn stop_for(self, error: ApiError, times: u32) {
        self.error.set(Some(error));
        while self.resumed.get_untracked() == times {
            sleep(LOOK_AGAIN).await;
        }
        self.error.set(None);
    }
}
