//! The web worker: answers the requests of the page that started it.
//!
//! A request is the JSON of an [`import8_catalogue::Request`], or the bytes of a file to open. Each is answered by
//! one message: the bytes of a finished file, or the JSON of a `Result` with an [`import8_catalogue::Reply`] or an
//! [`import8_catalogue::Error`]. Before the first request, the worker sends `undefined` once, when it is ready.
//! `undefined` once.

use import8_catalogue::{Answer, Error, Job, Reply};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    let page: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let worker = page.clone();
    let mut job = Job::default();
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let message = event.data();
        let answer = match message.as_string() {
            Some(request) => job.answer(&request),
            None => job.open(Uint8Array::new(&message).to_vec()),
        };
        match answer {
            Ok(Answer::File(file)) => give(&worker, &Uint8Array::from(file.as_slice())),
            Ok(Answer::Said(reply)) => say(&worker, &described(&Ok(reply))),
            Err(error) => say(&worker, &described(&Err(error))),
        }
    });
    page.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    say(&page, &JsValue::UNDEFINED);
}

// A message that cannot be sent ends the worker, and the browser tells the page.

fn say(page: &DedicatedWorkerGlobalScope, message: &JsValue) {
    page.post_message(message).unwrap_throw();
}

/// Sends a file and transfers its memory instead of copying it.
fn give(page: &DedicatedWorkerGlobalScope, file: &Uint8Array) {
    page.post_message_with_transfer(file, &Array::of1(&file.buffer())).unwrap_throw();
}

fn described(answer: &Result<Reply, Error>) -> JsValue {
    serde_json::to_string(answer).unwrap_throw().into()
}
