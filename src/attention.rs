//! Whether the person looks at this tab, and how to call them when something ends meanwhile.

use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Notification, NotificationOptions, NotificationPermission};

use crate::storage;

/// The name under which the classifications are kept whose end is to be told.
const WANTED: &str = "import8.tell";

/// How many of them are kept.
const KEPT: usize = 50;

/// Whether this browser shows notifications of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// The person has allowed it.
    Granted,
    /// The person has not been asked.
    Unasked,
    /// The person has forbidden it, which only the browser's settings can undo.
    Denied,
    /// The browser has none, or not on a connection like this one.
    Unsupported,
}

/// The person's attention: a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Attention {
    is_visible: RwSignal<bool>,
    wanted: RwSignal<Vec<String>>,
    has_news: RwSignal<bool>,
}

impl Attention {
    /// That of whoever looks at this tab, with what they asked to be told before a reload.
    #[must_use]
    pub fn restore() -> Self {
        let attention = Self {
            is_visible: RwSignal::new(!document().hidden()),
            wanted: RwSignal::new(kept()),
            has_news: RwSignal::new(false),
        };
        let look = move |_| {
            let is_visible = !document().hidden();
            attention.is_visible.set(is_visible);
            if is_visible {
                attention.has_news.set(false);
            }
        };
        let listener = window_event_listener_untyped("visibilitychange", look);
        on_cleanup(move || listener.remove());
        attention
    }

    /// Whether the tab can be seen.
    #[must_use]
    pub fn is_here(self) -> bool {
        self.is_visible.get()
    }

    /// Whether something ended while nobody looked, and nobody has looked since.
    #[must_use]
    pub fn has_news(self) -> bool {
        self.has_news.get()
    }

    /// Notes that something ended.
    pub fn note_news(self) {
        if !self.is_visible.get_untracked() {
            self.has_news.set(true);
        }
    }

    /// Whether the person asked to be told when the classification of this identifier ends.
    #[must_use]
    pub fn is_wanted(self, id: &str) -> bool {
        self.wanted.with(|wanted| wanted.iter().any(|other| other == id))
    }

    /// Keeps whether the person wants to be told when a classification ends.
    pub fn set_wanted(self, id: &str, is_wanted: bool) {
        if untrack(|| self.is_wanted(id)) == is_wanted {
            return;
        }
        // Another tab may have kept some meanwhile.
        let mut wanted = kept();
        wanted.retain(|other| other != id);
        if is_wanted {
            wanted.push(id.to_owned());
            wanted.drain(..wanted.len().saturating_sub(KEPT));
        }
        storage::set(storage::local(), WANTED, serde_json::to_string(&wanted).ok().as_deref());
        self.wanted.set(wanted);
    }

    /// Tells that a classification has ended, if that was asked for; a press on it runs `open`.
    pub fn tell(self, id: &str, title: &str, body: &str, open: impl FnOnce() + 'static) {
        let is_wanted = untrack(|| self.is_wanted(id));
        self.set_wanted(id, false);
        if !is_wanted || permission() != Permission::Granted {
            return;
        }
        let options = NotificationOptions::new();
        options.set_body(body);
        // Two tabs that find the same end show it once.
        options.set_tag(id);
        // Some browsers have notifications for service workers only, and say so here.
        if let Ok(shown) = Notification::new_with_options(title, &options) {
            let pressed = shown.clone();
            let press = Closure::once_into_js(move || {
                pressed.close();
                #[expect(
                    clippy::let_underscore_must_use,
                    reason = "a window that cannot be raised is still there"
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

/// Whether this browser shows notifications of ours.
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

/// Asks the person for the permission, if they have not been asked. Called by a press on a button, or
/// a browser refuses.
pub async fn ask_permission() -> Permission {
    if permission() == Permission::Unasked
        && let Ok(answer) = Notification::request_permission()
    {
        #[expect(clippy::let_underscore_must_use, reason = "what was answered is asked for below")]
        let _ = JsFuture::from(answer).await;
    }
    permission()
}

/// The person's attention.
#[must_use]
pub fn use_attention() -> Attention {
    expect_context()
}
