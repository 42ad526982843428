//! Tests of batches: accepted as a whole, answered in order.

use serde_json::{Value, json};

use crate::server::Server;

const BATCH: &str = "/api/v1/classify/batch";

fn batch_of(descriptions: &[&str]) -> String {
    let items: Vec<Value> = descriptions.iter().map(|words| json!({ "description": words })).collect();
    json!({ "items": items }).to_string()
}

#[test]
fn identifiers_and_states_are_in_the_order_of_the_items() {
    let server = Server::start();
    let key = server.key(10);
    let accepted = server.post(BATCH, &key, batch_of(&["leather wallet", "xqzzv qqwfp", "cotton t-shirt"]));
    assert_eq!(accepted.status, 202, "{}", accepted.text);
    assert_eq!(accepted.json()["usage"]["credits_remaining"], 7);
    let data = accepted.json()["data"].clone();
    assert_eq!(data["total"], 3);
    let path = format!("{BATCH}/{}", data["batch_id"].as_str().expect("an id"));
    let done = server.wait_for("the batch", || {
        let status = server.get(&path, &key).json();
        (status["data"]["pending"] == 0).then_some(status)
    });
    let rows = done["data"]["classifications"].as_array().expect("rows").clone();
    let ids: Vec<_> = rows.iter().map(|row| row["id"].clone()).collect();
    assert_eq!(Value::from(ids), data["classification_ids"]);
    let states: Vec<_> = rows.iter().map(|row| row["status"].as_str().expect("a status")).collect();
    assert_eq!(states, ["completed", "failed", "completed"]);
    assert!(rows[0]["hs_code"].as_str().is_some_and(|code| code.starts_with("4202")), "{done}");
    assert_eq!(rows[1]["hs_code"], Value::Null);
    assert_eq!((&done["data"]["completed"], &done["data"]["failed"]), (&json!(2), &json!(1)));
    assert_eq!(done["usage"]["credits_remaining"], 8, "the failed one costs nothing");
    let one = server.result(&key, rows[0]["id"].as_str().expect("an id"));
    assert_eq!(one["batch_id"], data["batch_id"]);
    assert!(rows.iter().all(|row| row.get("result").is_none()), "only on request: {done}");
    let with = server.get(&format!("{path}?results=true"), &key).json()["data"]["classifications"].clone();
    for field in ["hs_code", "confidence", "reasoning"] {
        assert_eq!(with[0]["result"][field], one[field], "{field}");
    }
    assert!(
        with[1]["result"]["reasoning"].is_string() && with[1]["result"].get("hs_code").is_none(),
        "{with}"
    );
    assert_eq!(server.get(&path, &server.key(1)).status, 404, "another organisation");
    assert_eq!(server.get(&format!("{BATCH}/batch_nothing"), &key).status, 404);
}

#[test]
fn a_batch_is_accepted_as_a_whole_or_not_at_all() {
    let server = Server::start();
    let key = server.key(2);
    let check = |body: String, status: u16, says: &str| {
        let answer = server.post(BATCH, &key, body);
        assert_eq!(answer.status, status, "{}", answer.text);
        let message = answer.json()["message"].as_str().expect("a message").to_owned();
        assert!(message.contains(says), "{message}");
        // A program need not parse the message.
        let field = answer.json()["fields"][0].as_str().map(str::to_owned);
        assert_eq!(field.is_some_and(|field| message.starts_with(&field)), status == 422, "{}", answer.text);
    };
    check(batch_of(&["mug", "wallet", "chair"]), 429, "credits");
    check(batch_of(&["mug", "  "]), 422, "items[1].description");
    check(r#"{"items": [{"description": "mug", "quantity": 0}]}"#.to_owned(), 422, "items[0].quantity");
    check(
        r#"{"items": [{"description": "mug"}, {"image_base64": "AAAA"}]}"#.to_owned(),
        422,
        "items[1].image_base64",
    );
    check(batch_of(&[]), 422, "items");
    check(batch_of(&["mug"; 101]), 422, "at most 100");
    check("{}".to_owned(), 422, "items");
    assert_eq!(server.credits(&key), 2);
    assert_eq!(server.get("/api/v1/classifications", &key).json()["meta"]["total"], 0);
    assert_eq!(server.post(BATCH, &server.key(100), batch_of(&["mug"; 100])).status, 202);
}
