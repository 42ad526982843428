//! Tests of the check of codes that are in use.

use serde_json::{Value, json};

use crate::server::{Answer, Server};

const PATH: &str = "/api/v1/code-checks";

/// The answers to `items`, in their order.
fn checked(server: &Server, key: &str, items: &Value) -> Vec<Value> {
    let answer = server.post(PATH, key, json!({ "items": items }).to_string());
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["data"].as_array().expect("a list").clone()
}

#[test]
fn a_code_in_use_is_known_or_it_is_said_how_not() {
    let server = Server::start();
    let key = server.key(0);
    let check = |code: &str, standing: &str, nearest: Option<&str>| {
        let checked = checked(&server, &key, &json!([{ "code": code }]));
        assert_eq!(checked[0]["standing"], standing, "{code}: {checked:?}");
        let found = checked[0]["nearest_code"]["code"].as_str();
        assert_eq!(found, nearest, "{code}");
        assert_eq!(checked[0].get("opinion"), None, "nothing was said of the goods");
    };
    check("8518300090", "declarable", None);
    check("8518.30.00.90", "declarable", None);
    check("8518300000", "unverified", None);
    check("85183000", "incomplete", None);
    check("8518", "incomplete", None);
    check("8518390000", "unknown", Some("8518.30.00.90"));
    check("8599000000", "no_heading", None);
    check("9905000000", "unknown", None);
}

#[test]
fn the_classifier_says_what_it_thinks_without_a_credit() {
    let server = Server::start();
    let key = server.key(1);
    let bottle = "Stainless steel vacuum bottle 750 ml";
    let opinions = |code: &str| {
        checked(&server, &key, &json!([{ "code": code, "description": bottle }]))[0]["opinion"].clone()
    };
    let own = opinions("9617000000");
    assert_eq!((&own["code"], &own["agreement"]), (&json!("9617.00"), &json!("same")));
    assert!(own["confidence"].as_u64().is_some_and(|percent| percent > 50), "{own}");
    assert_eq!(opinions("9617")["agreement"], "same");
    assert_eq!(opinions("6109100010")["agreement"], "different");
    // The first alternative of a classification is a possible code.
    let classified = server.classified(&key, bottle);
    let other = classified["alternative_codes"][0]["code"].as_str().expect("an alternative");
    assert_eq!(opinions(other)["agreement"], "possible");
    let unknown = checked(&server, &key, &json!([{ "code": "6109", "description": "xqzzv" }]));
    assert_eq!(unknown[0].get("opinion"), None);
    // The credit was spent on the classification alone.
    assert_eq!(server.credits(&key), 0);
}

#[test]
fn a_verdict_counts_for_the_next_check_of_its_organisation() {
    let server = Server::start();
    let (key, other) = (server.key(1), server.key(1));
    let goods = "Steel bottle, insulated, 750 ml";
    let classified = server.classified(&key, goods);
    let id = classified["id"].as_str().expect("an identifier");
    let verdict = json!({ "status": "corrected", "corrected_code": "732393" });
    let answer = server.post(&format!("/api/v1/classifications/{id}/feedback"), &key, verdict.to_string());
    assert_eq!(answer.status, 200, "{}", answer.text);
    let opinion = |key: &str| {
        let checked = checked(&server, key, &json!([{ "code": "7323930000", "description": goods }]));
        checked[0]["opinion"].clone()
    };
    assert_eq!(opinion(&key)["agreement"], "same");
    assert_ne!(opinion(&other)["code"], "7323.93", "a verdict counts for its organisation alone");
}

#[test]
fn what_is_no_list_of_codes_is_refused_with_its_field() {
    let server = Server::start();
    let key = server.key(0);
    let refuse = |body: Value, field: &str| {
        let answer: Answer = server.post(PATH, &key, body.to_string());
        assert_eq!(answer.status, 422, "{body}: {}", answer.text);
        assert!(answer.text.contains(field), "{body}: {}", answer.text);
    };
    refuse(json!({ "items": [] }), "items");
    refuse(json!({ "items": [{ "code": "85183" }] }), "items[0].code");
    refuse(
        json!({ "items": [{ "code": "8518" }, { "code": "8518", "description": " " }] }),
        "items[1].description",
    );
    refuse(json!({ "items": vec![json!({ "code": "8518" }); 101] }), "items");
    assert_eq!(server.post(PATH, "c8_wrong", r#"{"items": []}"#).status, 401);
}
