//! Navigation from one list of the history to another. Each list is an address.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::api::listing::Listing;
use crate::routes;

/// How an address takes the place of the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Navigation {
    /// The one before can be gone back to.
    Push,
    /// What is typed bit by bit is one step.
    Replace,
}

/// Goes to another list.
#[must_use]
pub fn use_list_navigation() -> UnsyncCallback<(Listing, Navigation)> {
    let navigate = use_navigate();
    UnsyncCallback::new(move |(listing, navigation): (Listing, Navigation)| {
        let options = NavigateOptions {
            replace: navigation == Navigation::Replace,
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(&routes::history(&listing.to_string()), options);
    })
}
