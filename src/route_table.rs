//! The route table: finds the screen of an address, on top of `leptos_router`'s history and hooks. The
//! router's own `<Routes>` compiles code for each route, a large part of the first download.

use std::iter;

use leptos::prelude::*;
use leptos_router::location::{BrowserUrl, LocationProvider};
use leptos_router::params::ParamsMap;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement};

use crate::browser::task::effect;
use crate::components::keyed::For;
use crate::screens::Screen;

/// A path pattern and its screen. A segment that begins with `:` matches any one segment and names it.
pub type Route = (&'static str, fn() -> Screen);

/// Events that tell that a link may be followed next: a pointer or a finger is on it, or the focus.
const INTENT: [&str; 2] = ["pointerover", "focusin"];

/// The segments of a path, without one trailing slash.
fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.strip_suffix('/').unwrap_or(path).split('/')
}

/// The named segments of a path, still percent-encoded, or `None` if the path does not match the pattern.
fn fit(pattern: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let mut named = Vec::new();
    let (mut expected, mut found) = (segments(pattern), segments(path));
    loop {
        match (expected.next(), found.next()) {
            (None, None) => return Some(named),
            (Some(expected), Some(found)) => match expected.strip_prefix(':') {
                Some(name) if !found.is_empty() => named.push((name, found.to_owned())),
                None if expected == found => {}
                _ => return None,
            },
            _ => return None,
        }
    }
}

/// The index of the first route that matches a path.
fn place_of(routes: &[Route], path: &str) -> Option<usize> {
    routes.iter().position(|(pattern, _)| fit(pattern, path).is_some())
}

/// Fetches the part of the program with the screen of a link as soon as the link may be followed next.
pub fn fetch_on_intent(routes: &'static [Route]) {
    for event in INTENT {
        let listener = window_event_listener_untyped(event, move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
            let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else { return };
            if link.host() != window().location().host().unwrap_or_default() {
                return;
            }
            let place = place_of(routes, &link.pathname());
            if let Some((_, screen)) = place.and_then(|place| routes.get(place)) {
                screen().fetch();
            }
        });
        on_cleanup(move || listener.remove());
    }
}

/// The screen at the current address. A screen stays mounted while only the query, the hash or a named
/// segment changes.
#[component]
pub fn CurrentScreen(
    /// The table. The first matching route wins.
    routes: &'static [Route],
    /// The screen for an address that matches no route.
    fallback: fn() -> Screen,
) -> impl IntoView {
    let history: BrowserUrl = expect_context();
    let address = history.as_url().clone();
    let current = address.clone();
    let place = Memo::new(move |_| current.with(|url| place_of(routes, url.path())));
    let changed = address.clone();
    // Tells the router that a followed link is complete, so that it enters the browser's history.
    effect(move || {
        changed.track();
        history.ready_to_complete();
    });
    let screen = move |place: Option<usize>| {
        let Some(&(pattern, screen)) = place.and_then(|place| routes.get(place)) else {
            return fallback().show();
        };
        // A screen that is about to be removed must not see the next screen's address.
        let own = ArcRwSignal::new(address.get_untracked());
        let (seen, next) = (own.clone(), address.clone());
        effect(move || {
            next.with(|next| {
                if place_of(routes, next.path()) == place {
                    seen.set(next.clone());
                }
            });
        });
        provide_context(own.clone());
        provide_context(ArcMemo::new(move |_| {
            own.with(|url| fit(pattern, url.path()).into_iter().flatten().collect::<ParamsMap>())
        }));
        screen().show()
    };
    view! { <For each=move || iter::once(place.get()) key=|place| *place children=screen /> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_fits_one_pattern() {
        let check = |pattern: &'static str, path: &str, expected: Option<&[(&str, &str)]>| {
            let found = fit(pattern, path);
            let found: Option<Vec<_>> = found
                .as_ref()
                .map(|named| named.iter().map(|(name, value)| (*name, value.as_str())).collect());
            assert_eq!(found.as_deref(), expected, "{pattern} {path}");
        };
        check("/", "/", Some(&[]));
        check("/", "/classify", None);
        check("/classify", "/classify", Some(&[]));
        check("/classify", "/classify/", Some(&[]));
        check("/classify", "/classify//", None);
        check("/classify", "/Classify", None);
        check("/classify", "/classify/1", None);
        check("/batches/:id", "/batches/7", Some(&[("id", "7")]));
        check("/batches/:id", "/batches/a%2Fb/", Some(&[("id", "a%2Fb")]));
        check("/batches/:id", "/batches/", None);
        check("/batches/:id", "/batches", None);
        check("/batches/:id", "/batches/7/8", None);
        check("/batches/:id", "//7", None);
    }

    #[test]
    fn the_first_that_fits_is_taken() {
        let screen: fn() -> Screen = || Screen::in_first_file(|| ().into_any());
        let routes = [("/batches", screen), ("/batches/new", screen), ("/batches/:id", screen)];
        let check = |path: &str, expected| assert_eq!(place_of(&routes, path), expected, "{path}");
        check("/batches", Some(0));
        check("/batches/new", Some(1));
        check("/batches/newer", Some(2));
        check("/nowhere", None);
    }
}
