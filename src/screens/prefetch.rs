//! The moment for downloads that nobody waits for.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::api::in_flight::{is_quiet, quiet};

/// Delay in place of an idle moment, in milliseconds, in a browser that does not tell of one.
const IDLE: i32 = 200;

/// Waits until the tab is visible and neither the connection nor the processor is needed for what is on the screen.
/// Answers whether the line is for free.
pub(super) async fn may_fetch() -> bool {
    if is_metered() {
        return false;
    }
    loop {
        quiet().await;
        if document().hidden() {
            visibility_change().await;
            continue;
        }
        idle_moment().await;
        if is_quiet() && !document().hidden() {
            return true;
        }
    }
}

/// Whether the person saves data, or the connection is so slow that a download in the background would be felt.
fn is_metered() -> bool {
    let field =
        |object: &JsValue, name: &str| Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED);
    // Only some browsers tell.
    let connection = field(&window().navigator(), "connection");
    let is_slow = |kind: String| kind.ends_with("2g");
    field(&connection, "saveData").is_truthy()
        || field(&connection, "effectiveType").as_string().is_some_and(is_slow)
}

async fn idle_moment() {
    called(|call_back| {
        let is_told = window().request_idle_callback(call_back).map(drop);
        is_told.or_else(|_| {
            window().set_timeout_with_callback_and_timeout_and_arguments_0(call_back, IDLE).map(drop)
        })
    })
    .await;
}

async fn visibility_change() {
    called(|call_back| window().add_event_listener_with_callback("visibilitychange", call_back)).await;
}

/// Waits until the function is called that `begin` is given, if it can begin. Further calls do nothing.
async fn called(begin: fn(&Function) -> Result<(), JsValue>) {
    let promise = Promise::new(&mut |resolve, _| {
        if begin(&resolve).is_err() {
            #[expect(
                clippy::let_underscore_must_use,
                reason = "a function that a promise hands out does not throw"
            )]
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
    #[expect(clippy::let_underscore_must_use, reason = "the promise is never rejected")]
    let _ = JsFuture::from(promise).await;
}
