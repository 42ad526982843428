//! The moment for downloads that nobody waits for.

use std::time::Duration;

use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::api::in_flight::{is_quiet, quiet};
use crate::browser::rest::Rest;
use crate::browser::visibility::until_change;

/// Delay in place of an idle moment, in a browser that does not tell of one.
const IDLE: Duration = Duration::from_millis(200);

/// Waits until the tab is visible and neither the connection nor the processor is needed for what is on the screen.
/// Answers whether the line is for free.
pub(super) async fn may_fetch() -> bool {
    if is_metered() {
        return false;
    }
    loop {
        quiet().await;
        if document().hidden() {
            until_change(None).await;
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
    let rest = Rest::begin();
    // Without idle callbacks, the longest wait is the whole wait.
    let has_begun = window().request_idle_callback(&rest.end).is_ok();
    rest.wait((!has_begun).then_some(IDLE)).await;
}
