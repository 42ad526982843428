//! The worker: it answers the requests of the page that has started it.
//!
//! A request is the JSON of an [`import8_sheets::Request`]. Each is answered by one message: nothing
//! (`undefined`) when it is done, the bytes of the file when there is one, or the JSON of an
//! [`import8_sheets::Error`]. Before the first request it says nothing once, to tell that it listens.

use import8_sheets::{Error, Job};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    let page: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let worker = page.clone();
    let mut job = Job::default();
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let request = event.data().as_string().unwrap_or_default();
        match job.answer(&request) {
            Ok(None) => say(&worker, &JsValue::UNDEFINED),
            Ok(Some(file)) => give(&worker, &Uint8Array::from(file.as_slice())),
            Err(error) => say(&worker, &described(&error)),
        }
    });
    page.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    say(&page, &JsValue::UNDEFINED);
}

// What cannot be said breaks the worker off, which the page is told of.

fn say(page: &DedicatedWorkerGlobalScope, message: &JsValue) {
    page.post_message(message).unwrap_throw();
}

/// Gives the file away instead of a copy of it.
fn give(page: &DedicatedWorkerGlobalScope, file: &Uint8Array) {
    page.post_message_with_transfer(file, &Array::of1(&file.buffer())).unwrap_throw();
}

fn described(error: &Error) -> JsValue {
    serde_json::to_string(error).unwrap_throw().into()
}
