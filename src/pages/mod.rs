//! The screens, a room for each.

pub mod classification;
pub mod classify;
pub mod history;
pub mod not_found;
pub mod overview;
pub mod sign_in;

use leptos::prelude::RwSignal;

/// What is typed into the classify form. It is kept while other screens are looked at and when
/// the language changes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Draft(pub RwSignal<classify::form::Form>);
