//! Tests of values in IndexedDB: reading them back, and the error for a value of another shape.

use import8_dashboard::browser::database::{self, NotKept, Store};
use serde::Deserialize;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn what_has_another_shape_is_an_error_and_not_nothing() {
    let (sound, other) = ("one/000000", "one/000001");
    database::put(Store::Batches, sound, &7_u32).await.expect("kept");
    database::put(Store::Batches, other, &"seven").await.expect("kept");
    let get = async |name: &'static str| database::get::<u32>(Store::Batches, name).await;
    let all = async || database::all_under::<u32>(Store::Batches, "one/").await;
    let update = async |name: &'static str| {
        database::update(Store::Batches, name, |number: &mut u32| *number += 1).await
    };
    assert_eq!(
        (get(sound).await, get(other).await, get("one/2").await),
        (Ok(Some(7)), Err(NotKept), Ok(None))
    );
    assert_eq!(all().await, Err(NotKept));
    assert_eq!((update(sound).await, update(other).await), (Ok(Some(8)), Err(NotKept)));
    assert_eq!(
        database::get::<String>(Store::Batches, other).await,
        Ok(Some("seven".to_owned())),
        "it is left"
    );
    database::remove(Store::Batches, other).await.expect("removed");
    assert_eq!(all().await, Ok(vec![8]));
}

#[derive(Debug, PartialEq, Deserialize)]
struct Numbered {
    number: u32,
}

#[wasm_bindgen_test]
async fn what_belongs_to_somebody_and_cannot_be_read_is_counted() {
    let values = [
        ("a", json!({"organization": "x", "number": 1})),
        ("b", json!({"organization": "x"})),
        ("c", json!({"organization": "y"})),
    ];
    for (name, value) in values {
        database::put(Store::Catalogues, name, &value).await.expect("kept");
    }
    let read = database::all_of::<Numbered>(Store::Catalogues, "x").await;
    assert_eq!(read, Ok((vec![Numbered { number: 1 }], 1)));
}
