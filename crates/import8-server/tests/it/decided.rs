//! Tests of the decided code: in every answer, in its costs, and in the filters of a list.

use serde_json::{Value, json};

use crate::server::Server;

/// A batch of one bottle, and the path of its classification.
fn bottle(server: &Server, key: &str) -> (String, String) {
    let item = json!({
        "description": "stainless steel water bottle", "origin_country": "CN", "currency": "EUR",
        "goods_value": 10, "quantity": 5,
    });
    let batch = server.post("/api/v1/classify/batch", key, json!({ "items": [item] }).to_string()).json();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let id = text(&batch["data"]["classification_ids"][0]);
    server.result(key, &id);
    (format!("/api/v1/classify/batch/{}", text(&batch["data"]["batch_id"])), id)
}

fn correct(server: &Server, key: &str, id: &str, verdict: Value) {
    let path = format!("/api/v1/classifications/{id}/feedback");
    let answer = server.post(&path, key, verdict.to_string());
    assert_eq!(answer.status, 200, "{}", answer.text);
}

#[test]
fn the_code_that_a_person_gives_is_the_one_that_comes_out() {
    let server = Server::start();
    let key = server.key(5);
    let (batch, id) = bottle(&server, &key);
    let everywhere = || {
        let one = server.result(&key, &id);
        let row = server.get("/api/v1/classifications", &key).json()["data"][0]["decided"].clone();
        let item = server.get(&batch, &key).json()["data"]["classifications"][0]["decided"].clone();
        assert_eq!((&row, &item), (&one["decided"], &one["decided"]));
        one
    };
    let answered = everywhere();
    let own = answered["hs_code"]["code_8"].as_str().expect("eight digits").to_owned();
    assert_eq!(answered["decided"]["by"], "classifier");
    assert_eq!(answered["decided"]["at"], answered["completed_at"]);
    assert_eq!(answered["decided_costs"], Value::Null);

    correct(&server, &key, &id, json!({ "status": "corrected", "corrected_code": "9617000000" }));
    let corrected = everywhere();
    let decided = &corrected["decided"];
    assert_eq!((&decided["code"], &decided["by"]), (&json!("9617.00.00.00"), &json!("person")));
    assert_eq!((&decided["open_digits"], &decided["at"]), (&json!(0), &corrected["feedback"]["created_at"]));
    // The classifier's own code is unchanged.
    assert_eq!(corrected["hs_code"]["code_8"], own.as_str());
    assert_eq!(corrected["landed_cost"], answered["landed_cost"]);
    let costs = &corrected["decided_costs"];
    let asked = json!({
        "hs_code": "9617000000", "origin_country": "CN", "destination_country": "NL", "value": 50, "currency": "EUR",
    });
    let expected = server.post("/api/v1/landed-cost", &key, asked.to_string()).json();
    assert_eq!(
        costs["landed_cost"]["total_landed_cost"], expected["data"]["total_landed_cost"],
        "{expected}"
    );
    assert_eq!(costs["duty"]["rate"], expected["data"]["duty"]["rate"]);

    correct(&server, &key, &id, json!({ "status": "confirmed" }));
    let confirmed = everywhere();
    assert_eq!(confirmed["decided"]["by"], "person");
    assert_eq!(confirmed["decided"]["code"], answered["decided"]["code"]);
    assert_eq!(confirmed["decided_costs"], Value::Null);
}

/// The costs of a decided code are computed for each reader; stored texts stay in their own language.
#[test]
fn costs_of_a_decided_code_are_in_the_language_of_the_reader() {
    let server = Server::start();
    let key = server.key(5);
    let (_, id) = bottle(&server, &key);
    let path = format!("/api/v1/classifications/{id}");
    let read = |language| {
        server.send("GET", &path, &key, &[("accept-language", language)], "").json()["data"].clone()
    };
    let asked = json!({ "hs_code": "9617000000", "origin_country": "CN", "value": 50, "currency": "EUR" });
    correct(&server, &key, &id, json!({ "status": "corrected", "corrected_code": "9617000000" }));
    for language in ["nl", "en", "nl-BE,en;q=0.5"] {
        let expected = server.post_in("/api/v1/landed-cost", &key, asked.to_string(), language).json();
        let notes = &read(language)["decided_costs"]["landed_cost"]["notes"];
        assert!(notes.as_array().is_some_and(|notes| !notes.is_empty()), "{language}: {notes}");
        assert_eq!(notes, &expected["data"]["notes"], "{language}");
    }
    let notes = |language| read(language)["decided_costs"]["landed_cost"]["notes"].clone();
    assert_ne!(notes("nl"), notes("en"));
    // The language of the description, if the reader prefers none that the server has.
    assert_eq!(notes("fr"), notes("en"));
    assert_eq!(read("nl")["reasoning"], read("en")["reasoning"]);
    // The same holds for an unknown cost.
    let unknown = json!({ "status": "corrected", "corrected_code": "961799" });
    correct(&server, &key, &id, unknown);
    let reason = |language| read(language)["decided_costs"]["landed_cost_unavailable"].clone();
    assert_eq!(
        reason("nl"),
        "De code is niet bekend in het tarief van deze server; wat hij kost dus ook niet."
    );
    assert_eq!(reason("en"), "The code is not known to this server's tariff, so neither is what it costs.");
}

#[test]
fn a_list_is_filtered_by_the_code_that_counts() {
    let server = Server::start();
    let key = server.key(5);
    let (_, id) = bottle(&server, &key);
    let failed = server.classified(&key, "xqzzv qqwfp")["id"].as_str().expect("an id").to_owned();
    let found = |filter: &str| {
        let list = server.get(&format!("/api/v1/classifications?{filter}"), &key).json();
        let ids = list["data"].as_array().expect("rows").iter().map(|row| row["id"].clone());
        assert_eq!(list["meta"]["total"], ids.len(), "{filter}");
        ids.collect::<Vec<_>>()
    };
    assert!(found("code=9617").is_empty());
    correct(&server, &key, &id, json!({ "status": "corrected", "corrected_code": "9617.00" }));
    for filter in
        ["code=96", "code=9617", "code=9617.00", "code=9617%2000", "chapter=96", "q=9617.00", "q=9617"]
    {
        assert_eq!(found(filter), [json!(id)], "{filter}");
    }
    assert!(found("chapter=73").is_empty() && found("code=961700000").is_empty());
    // Fewer digits are a size, and digits beside words are words.
    for filter in ["q=96", "q=7323", "q=9617%20bottle"] {
        assert!(found(filter).is_empty(), "{filter}");
    }
    // Digits also match as words of a product.
    let year = server.classified(&key, "leather wallet 9617")["id"].as_str().expect("an id").to_owned();
    assert_eq!(found("q=9617"), [json!(year), json!(id)]);
    // A failed classification can be given a code.
    correct(&server, &key, &failed, json!({ "status": "corrected", "corrected_code": "8518300090" }));
    assert_eq!(found("code=8518300090"), [json!(failed)]);
    for filter in ["code=9", "code=", "code=96x", "code=12345678901"] {
        assert_eq!(server.get(&format!("/api/v1/classifications?{filter}"), &key).status, 422, "{filter}");
    }
}
