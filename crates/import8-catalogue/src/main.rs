//! The web worker: answers the requests of the page that started it.
//!
//! A file is an `ArrayBuffer` in both directions, everything else a `Uint8Array` with the bytes of a
//! [`message`]: an [`import8_catalogue::Request`], and the answer to it, a `Result` with an
//! [`import8_catalogue::Reply`] or an [`import8_catalogue::Error`]. Before the first request, the worker sends
//! [`message::VERSION`] once, when it is ready.

use import8_catalogue::{Answer, Error, Job, Reply, message};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    let page: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let worker = page.clone();
    let mut job = Job::default();
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let sent = event.data();
        let bytes = Uint8Array::new(&sent).to_vec();
        let answer = if sent.is_instance_of::<ArrayBuffer>() { job.open(bytes) } else { job.answer(&bytes) };
        match answer {
            Ok(Answer::File(file)) => give(&worker, &Uint8Array::from(file.as_slice()).buffer()),
            Ok(Answer::Said(reply)) => say(&worker, &described(&Ok(reply))),
            Err(error) => say(&worker, &described(&Err(error))),
        }
    });
    page.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    say(&page, &message::VERSION.into());
}

// A message that cannot be sent ends the worker, and the browser tells the page.

fn say(page: &DedicatedWorkerGlobalScope, message: &JsValue) {
    page.post_message(message).unwrap_throw();
}

/// Sends a file and transfers its memory instead of copying it.
fn give(page: &DedicatedWorkerGlobalScope, file: &ArrayBuffer) {
    page.post_message_with_transfer(file, &Array::of1(file)).unwrap_throw();
}

fn described(answer: &Result<Reply, Error>) -> JsValue {
    Uint8Array::from(message::write(answer).unwrap_throw().as_slice()).into()
}
