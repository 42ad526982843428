//! The pauses of an export: for the rate limit, and after an error until the person or the connection resumes it.

use js_sys::Function;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::browser::rest::{Rest, settle};

/// Handle to the pauses of one export. Cheap to copy.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pause {
    /// Seconds left of a pause for the rate limit; 0 if there is none.
    pub waiting: RwSignal<u32>,
    /// The error after which the export waits to be resumed.
    pub error: RwSignal<Option<ApiError>>,
    resumed: RwSignal<u32>,
    /// Ends the wait of a stopped export.
    wake: StoredValue<Option<Function>, LocalStorage>,
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
        if let Some(wake) = self.wake.get_value() {
            settle(&wake);
        }
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
            let rest = Rest::begin();
            self.wake.set_value(Some(rest.end.clone()));
            rest.wait(None).await;
        }
        self.error.set(None);
    }
}
