//! Tests of `GET /v1/measures` and of the day of an answer, without an imported tariff.

use import8_api::{CodeMeasures, Envelope, decode};
use serde_json::json;

use crate::server::Server;

#[test]
fn every_measure_that_is_known_of_a_code() {
    let server = Server::start();
    let key = server.key(1);
    let answer = server.get("/api/v1/measures/8712003000?origin=CN&on=2026-12-01", &key);
    assert_eq!(answer.status, 200, "{}", answer.text);
    let measures: Envelope<CodeMeasures> = decode(&answer.text).expect("measures");
    let measures = measures.data;
    assert_eq!((measures.hs_code.bare(), measures.day.as_str()), ("8712003000", "2026-12-01"));
    let kinds: Vec<_> = measures.measures.iter().map(|one| one.kind.as_str()).collect();
    assert_eq!(kinds, ["third_country_duty", "anti_dumping"]);
    assert!(measures.notes.iter().any(|note| note.contains("import8-server tariff import")));
    // A code that is divided has measures too.
    assert_eq!(server.get("/api/v1/measures/8712", &key).status, 200);
    for (path, status) in [
        ("9697000000", 404),
        ("words", 404),
        ("8712003000?origin=China", 422),
        ("8712003000?on=tomorrow", 422),
        ("8712003000?on=20261201", 422),
    ] {
        assert_eq!(server.get(&format!("/api/v1/measures/{path}"), &key).status, status, "{path}");
    }
    let extensions = server.get("/api/v1/me", &key).json()["data"]["extensions"].clone();
    assert!(extensions.as_array().expect("words").contains(&json!("code_measures")), "{extensions}");
}

#[test]
fn a_day_is_answered_or_said_not_to_be() {
    let server = Server::start();
    let key = server.key(1);
    let rates = server.get("/api/v1/duty-rates/8518300090?on=2027-01-01", &key);
    assert!(rates.json()["data"]["notes"].to_string().contains("no rates of 2027-01-01"), "{}", rates.text);
    let undated = server.get("/api/v1/duty-rates/8518300090", &key);
    assert!(!undated.json()["data"]["notes"].to_string().contains("no rates of"), "{}", undated.text);
    assert_eq!(server.get("/api/v1/duty-rates/8518300090?on=2026-02-30", &key).status, 422);
    let request = |on: &str| {
        let body = json!({
            "hs_code": "8518300090", "origin_country": "CN", "value": 1000, "on": on,
        });
        server.post("/api/v1/landed-cost", &key, body.to_string())
    };
    let cost = request("2027-01-01");
    assert!(cost.json()["data"]["notes"].to_string().contains("no rates of 2027-01-01"), "{}", cost.text);
    let refused = request("1 January");
    assert_eq!((refused.status, refused.json()["fields"].clone()), (422, json!(["on"])));
}
