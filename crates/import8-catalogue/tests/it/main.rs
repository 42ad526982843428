//! Tests of catalogues through their public API and through worker messages.
#![cfg(not(target_arch = "wasm32"))]

mod catalogue;
mod columns;
mod exact;
mod job;
mod values;

use std::fmt::Debug;

use import8_catalogue::message;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A value after its way between page and worker, which must not change it.
fn sent<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: T) -> T {
    let read: T = message::read(&message::write(&value).expect("a message")).expect("the same type");
    assert_eq!(read, value);
    read
}
