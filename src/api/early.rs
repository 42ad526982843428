//! Answers to requests that the page makes while the program is on its way: see `early.js`, a part of
//! `index.html`.
//!
//! The client takes such an answer in place of a request of its own: once, with the same key, path and
//! language, while it is fresh, and before the client changes anything. A failure is taken like an answer. The page
//! does not keep the key; [`adopt`] says with which one it has asked.

use std::cell::RefCell;

use gloo_net::http::Response;
use js_sys::{Array, Promise};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::key::ApiKey;
use super::timeout::TIMEOUT;

/// Age at which a request of the page is too old for its answer to be taken, in milliseconds. Until then it may be on
/// its way, as any other.
const TOO_OLD: u64 = TIMEOUT as u64;

#[wasm_bindgen]
extern "C" {
    /// Removes the requests that the page has made. It has made none if there is no such list.
    #[wasm_bindgen(catch, js_namespace = ["window", "early"], js_name = splice)]
    fn remove_from(start: u32) -> Result<Array, JsValue>;
}

thread_local! {
    static EARLY: RefCell<Option<Early<Promise>>> = const { RefCell::new(None) };
}

/// The requests of the page whose answers are not taken yet.
struct Early<A> {
    /// The key with which they were made.
    key: ApiKey,
    asked: Vec<Asked<A>>,
}

/// A request of the page.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Asked<A = Promise> {
    /// The code of the language and the path.
    name: String,
    /// Time of sending, in milliseconds since 1970.
    pub(super) at: u64,
    answer: A,
}

/// Takes over what the page has asked with `key`, the key in use that session storage had when the page was
/// opened. Without a key nothing is kept.
pub fn adopt(key: Option<&ApiKey>) {
    let asked = remove_from(0).ok().zip(key).map(|(asked, key)| Early {
        key: key.clone(),
        asked: asked.iter().filter_map(|asked| Asked::read(&asked.unchecked_into())).collect(),
    });
    EARLY.set(asked);
}

/// Forgets all answers that are not taken yet.
pub fn forget() {
    EARLY.set(None);
}

/// Takes what the page has asked for the client's next request. `now` is in milliseconds since 1970.
pub(super) fn take(key: Option<&ApiKey>, language: &str, path: &str, now: u64) -> Option<Asked> {
    EARLY.with_borrow_mut(|early| early.as_mut()?.take(key?, &format!("{language}{path}"), now))
}

impl<A> Early<A> {
    fn take(&mut self, key: &ApiKey, name: &str, now: u64) -> Option<Asked<A>> {
        if self.key != *key {
            return None;
        }
        let place = self.asked.iter().position(|asked| asked.name == name)?;
        Some(self.asked.swap_remove(place)).filter(|asked| now.saturating_sub(asked.at) < TOO_OLD)
    }
}

impl Asked {
    fn read(asked: &Array) -> Option<Self> {
        let (name, at) = (asked.get(0).as_string()?, asked.get(1).as_f64()? as u64);
        Some(Self { name, at, answer: asked.get(2).dyn_into().ok()? })
    }

    /// The response, or why there is none, and the time until that was known, in milliseconds.
    pub(super) async fn outcome(self) -> (Result<Response, gloo_net::Error>, u64) {
        let timed = JsFuture::from(self.answer).await.ok().and_then(|timed| timed.dyn_into::<Array>().ok());
        let timed = timed.unwrap_or_default();
        let response = match timed.get(0).dyn_into::<web_sys::Response>() {
            Ok(response) => Ok(response.into()),
            Err(error) => Err(match error.dyn_into::<js_sys::Error>() {
                Ok(error) => gloo_net::Error::JsError(error.into()),
                Err(_) => gloo_net::Error::GlooError("no response".to_owned()),
            }),
        };
        (response, timed.get(1).as_f64().unwrap_or_default() as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: u64 = 1_700_000_000_000;

    fn key(text: &str) -> ApiKey {
        ApiKey::new(text).expect("a key")
    }

    fn early() -> Early<&'static str> {
        let asked = |name: &str, answer| Asked { name: name.to_owned(), at: AT, answer };
        Early { key: key("c8_own"), asked: vec![asked("en/v1/me", "me"), asked("en/v1/usage", "usage")] }
    }

    #[test]
    fn an_answer_is_taken_once() {
        let mut early = early();
        let mut take = |name: &str| early.take(&key("c8_own"), name, AT + 1).map(|asked| asked.answer);
        assert_eq!(take("en/v1/usage"), Some("usage"));
        assert_eq!(take("en/v1/usage"), None);
        assert_eq!(take("en/v1/me"), Some("me"));
        assert_eq!(take("en/v1/me"), None);
    }

    #[test]
    fn an_answer_is_taken_for_the_same_question_only() {
        let mut early = early();
        let own = key("c8_own");
        for (key, name) in [
            (&key("c8_other"), "en/v1/me"),
            (&own, "nl/v1/me"),
            (&own, "en/v1/me?days=true"),
            (&own, "en/v1"),
        ] {
            assert_eq!(early.take(key, name, AT), None, "{key:?} {name}");
        }
        assert_eq!(early.asked.len(), 2, "what was not asked for stays");
    }

    #[test]
    fn an_answer_is_taken_while_it_is_fresh() {
        let own = key("c8_own");
        assert!(early().take(&own, "en/v1/me", AT + TOO_OLD - 1).is_some());
        assert!(early().take(&own, "en/v1/me", AT - 60_000).is_some(), "the clock was set back");
        let mut early = early();
        assert_eq!(early.take(&own, "en/v1/me", AT + TOO_OLD), None);
        assert_eq!(early.asked.len(), 1, "an old one is dropped");
    }
}
