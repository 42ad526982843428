//! The line of the overview on the codes in use that end or change.

use leptos::prelude::*;

/// The sentence, once it is known and there is something to tell: a handle, cheap to copy. The part of the program with
/// the tariff changes writes it; see `screens.rs`.
#[derive(Debug, Clone, Copy, Default)]
pub struct TariffNews(pub RwSignal<Option<String>>);
