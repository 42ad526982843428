//! Notifications: news that came in a hidden tab, and desktop notifications when a classification ends there.

use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Notification, NotificationOptions, NotificationPermission};

use crate::browser::task::effect;
use crate::browser::{storage, visibility};

/// Storage key of the classifications whose end the person wants a notification for.
const WANTED: &str = "import8.tell";

/// The most classifications that are remembered; older ones are dropped.
const KEPT: usize = 50;

/// Permission to show desktop notifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// The person allows notifications.
    Granted,
    /// The person has not been asked yet.
    Unasked,
    /// The person forbids notifications. Only the browser's settings can undo this.
    Denied,
    /// The browser has no notifications, or none on an insecure connection.
    Unsupported,
}

/// Attention of the person: unseen news and requested notifications. A handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Notifications {
    wanted: RwSignal<Vec<String>>,
    has_news: RwSignal<bool>,
}

impl Notifications {
    /// Restores the requested notifications from local storage. News count as seen when the tab is visible again.
    #[must_use]
    pub fn restore() -> Self {
        let attention = Self { wanted: RwSignal::new(kept()), has_news: RwSignal::new(false) };
        effect(move || {
            if visibility::is_seen() {
                attention.has_news.set(false);
            }
        });
        attention
    }

    /// Whether something ended while the tab was hidden, and the tab has not been visible since.
    #[must_use]
    pub fn has_news(self) -> bool {
        self.has_news.get()
    }

    /// Notes that something ended. Sets [`has_news`](Self::has_news) if the tab is hidden.
    pub fn note_news(self) {
        if !visibility::is_seen_now() {
            self.has_news.set(true);
        }
    }

    /// Whether the person wants a notification when this classification ends.
    #[must_use]
    pub fn is_wanted(self, id: &str) -> bool {
        self.wanted.with(|wanted| wanted.iter().any(|other| other == id))
    }

    /// Stores whether the person wants a notification when this classification ends.
    pub fn set_wanted(self, id: &str, is_wanted: bool) {
        if untrack(|| self.is_wanted(id)) == is_wanted {
            return;
        }
        // Another tab may have stored some meanwhile.
        let mut wanted = kept();
        wanted.retain(|other| other != id);
        if is_wanted {
            wanted.push(id.to_owned());
            wanted.drain(..wanted.len().saturating_sub(KEPT));
        }
        storage::set(storage::local(), WANTED, serde_json::to_string(&wanted).ok().as_deref());
        self.wanted.set(wanted);
    }

    /// Shows a notification that a classification has ended, if the person asked for one. Clicking it focuses
    /// the window and runs `open`. Each request is answered once.
    pub fn tell(self, id: &str, title: &str, body: &str, open: impl FnOnce() + 'static) {
        let is_wanted = untrack(|| self.is_wanted(id));
        self.set_wanted(id, false);
        if !is_wanted || permission() != Permission::Granted {
            return;
        }
        let options = NotificationOptions::new();
        options.set_body(body);
        // The same tag from two tabs shows one notification.
        options.set_tag(id);
        // Some browsers allow notifications only from service workers and return an error here.
        if let Ok(shown) = Notification::new_with_options(title, &options) {
            let pressed = shown.clone();
            let press = Closure::once_into_js(move || {
                pressed.close();
                #[expect(
                    clippy::let_underscore_must_use,
                    reason = "a window that cannot be focused is still there"
                )]
                let _ = window().focus();
                open();
            });
            shown.set_onclick(Some(press.unchecked_ref()));
        }
    }
}

fn kept() -> Vec<String> {
    let text = storage::get(storage::local(), WANTED);
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// The current notification permission.
#[must_use]
pub fn permission() -> Permission {
    let is_supported = Reflect::has(&window(), &JsValue::from_str("Notification")).unwrap_or(false);
    if !is_supported {
        return Permission::Unsupported;
    }
    match Notification::permission() {
        NotificationPermission::Granted => Permission::Granted,
        NotificationPermission::Default => Permission::Unasked,
        _ => Permission::Denied,
    }
}

/// Asks the person for permission, if it was never asked for, and returns the permission afterwards. Call it
/// from a click handler; browsers refuse it elsewhere.
pub async fn ask_permission() -> Permission {
    if permission() == Permission::Unasked
        && let Ok(answer) = Notification::request_permission()
    {
        #[expect(clippy::let_underscore_must_use, reason = "the answer is read from the permission below")]
        let _ = JsFuture::from(answer).await;
    }
    permission()
}

/// The [`Notifications`] in context.
#[must_use]
pub fn use_notifications() -> Notifications {
    expect_context()
}
