//! Navigation between lists of the history. Each list has an address.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::api::listing::Listing;
use crate::routes;

/// How a new address enters the browser's history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Navigation {
    /// As a new entry, so that the back button returns to the previous list.
    Push,
    /// In place of the current entry, for text that is typed in parts.
    Replace,
}

/// Returns the function that navigates to a list.
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
