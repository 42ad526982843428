//! The screens, a room for each.

pub mod classification;
pub mod classify;
pub mod history;
pub mod not_found;
pub mod overview;
pub mod sign_in;

use leptos::prelude::{RwSignal, Set};

use crate::api::ApiError;

/// What is typed into the classify form, and what became of sending it. It is kept while other
/// screens are looked at and when the language changes: coming back in the middle of a request
/// must not invite a second one, and a lost answer must not go unseen.
#[derive(Debug, Clone, Copy, Default)]
pub struct Draft {
    /// What is typed.
    pub form: RwSignal<classify::form::Form>,
    /// Whether a request is on its way.
    pub is_sending: RwSignal<bool>,
    /// Why the last request has no result.
    pub error: RwSignal<Option<ApiError>>,
}

impl Draft {
    /// Forgets what belongs to the person who has signed out.
    pub fn clear(self) {
        self.form.set(classify::form::Form::default());
        self.is_sending.set(false);
        self.error.set(None);
    }
}
