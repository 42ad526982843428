//! Tests of duty rates and landed cost, to the cent.

use serde_json::{Value, json};

use crate::server::Server;

const LANDED_COST: &str = "/api/v1/landed-cost";

#[test]
fn the_documented_request_for_rates() {
    let server = Server::start();
    let key = server.key(1);
    let answer = server.get("/api/v1/duty-rates/8518300090?origin=CN&destination=NL", &key);
    assert_eq!(answer.status, 200, "{}", answer.text);
    let data = answer.json()["data"].clone();
    assert_eq!((&data["hs_code"], &data["vat_rate"]), (&json!("8518300090"), &json!("21.00%")));
    assert_eq!(data["mfn_duty"]["rate"], "0.00%");
    assert!(data["mfn_duty"]["source"].is_string() && data["mfn_duty"]["date"].is_string());
    assert_eq!(data["preferential_duties"], json!([]), "China has no preference");
    let shirts = server.get("/api/v1/duty-rates/6109.10.00.00?origin=BD", &key).json()["data"].clone();
    assert_eq!(
        (&shirts["mfn_duty"]["rate"], &shirts["mfn_duty"]["expression"]),
        (&json!("12.00%"), &json!("12 %"))
    );
    assert_eq!(shirts["preferential_duties"][0]["scheme"], "EBA");
    assert!(shirts["preferential_duties"][0]["proof"].is_string());
    let bicycles =
        server.get("/api/v1/duty-rates/8712003000?origin=CN&destination=DE", &key).json()["data"].clone();
    assert_eq!(
        (&bicycles["anti_dumping"][0]["rate"], &bicycles["vat_rate"]),
        (&json!("48.50%"), &json!("19.00%"))
    );
}

#[test]
fn what_has_no_rates_says_why() {
    let server = Server::start();
    let key = server.key(1);
    let check = |path: &str, status: u16| {
        let answer = server.get(&format!("/api/v1/duty-rates/{path}"), &key);
        assert_eq!(answer.status, status, "{path}: {}", answer.text);
        answer.json()
    };
    // Chapter 99 may have headings of the European Union's own.
    assert!(check("9999999999", 404)["message"].as_str().is_some_and(|why| why.contains("not known")));
    assert!(check("9697000000", 404)["message"].as_str().is_some_and(|why| why.contains("no such heading")));
    // A code that the seed does not contain, under a heading that it contains.
    let unknown = check("0101.22.00.00", 404);
    assert!(unknown["message"].as_str().is_some_and(|why| why.contains("not known")), "{unknown}");
    assert_eq!(unknown["nearest_code"]["code"], "0101.21.00.00", "{unknown}");
    assert!(unknown["nearest_code"]["description"].is_string(), "{unknown}");
    assert_eq!(unknown["error_code"], "unknown_code", "{unknown}");
    check("851830009", 404);
    check("words", 404);
    let above = check("8518.30", 422);
    assert_eq!(above["declarable_codes"][0]["code"], "8518.30.00.90", "{above}");
    assert_eq!((&above["error_code"], &above["fields"]), (&json!("not_declarable"), &json!(["hs_code"])));
    assert!(check("6403", 422)["declarable_codes"].as_array().is_some_and(|codes| codes.len() > 10));
    check("8518300090?destination=US", 422);
    check("8518300090?destination=Holland", 422);
    check("8518300090?origin=ZZ", 422);
}

fn cost(server: &Server, key: &str, body: Value) -> (u16, Value) {
    let answer = server.post(LANDED_COST, key, body.to_string());
    (answer.status, answer.json())
}

#[test]
fn a_landed_cost_is_exact() {
    let server = Server::start();
    let key = server.key(1);
    let request = json!({ "hs_code": "8518300090", "origin_country": "CN", "value": 25.00, "shipping": 5.00, "insurance": 1.50 });
    let answer = server.post(LANDED_COST, &key, request.to_string());
    assert_eq!(answer.status, 200, "{}", answer.text);
    // As text, because a JSON reader would round.
    for part in [
        r#""cif_value":31.50"#,
        r#""amount":0.00"#,
        r#""rate":"21.00%","amount":6.62"#,
        r#""total_landed_cost":38.12"#,
        r#""type":"mfn""#,
    ] {
        assert!(answer.text.contains(part), "{part}: {}", answer.text);
    }
    let shirts = json!({ "hs_code": "6109.10.00.00", "origin_country": "BD", "value": 1000 });
    let ordinary = server.post(LANDED_COST, &key, shirts.to_string());
    assert!(ordinary.text.contains(r#""rate":"12.00%","amount":120.00"#), "{}", ordinary.text);
    let mut with_proof = shirts;
    with_proof["preference"] = json!("EBA");
    let (_, preferential) = cost(&server, &key, with_proof);
    assert_eq!(preferential["data"]["duty"]["type"], "preferential");
    assert!(preferential["data"]["notes"][0].as_str().is_some_and(|note| note.contains("proof")));
}

#[test]
fn what_is_missing_is_said() {
    let server = Server::start();
    let key = server.key(1);
    let beef = json!({ "hs_code": "0202301000", "origin_country": "BR", "value": 1000 });
    let (status, refused) = cost(&server, &key, beef.clone());
    assert_eq!((status, &refused["missing"]), (422, &json!(["measures.net_weight_kg"])), "{refused}");
    let mut weighed = beef.clone();
    weighed["measures"] = json!({ "net_weight_kg": 200 });
    let (status, answer) = cost(&server, &key, weighed.clone());
    assert_eq!(status, 200, "{answer}");
    assert!(answer["data"]["duty"]["rate"].as_str().is_some_and(|rate| rate.contains("EUR/100 kg")));
    weighed["currency"] = json!("USD");
    assert_eq!(cost(&server, &key, weighed).0, 422, "a duty in euros on an amount in dollars");
    for (field, value) in [
        ("hs_code", json!("851830")),
        ("value", json!(0)),
        ("origin_country", json!("ZZ")),
        ("preference", json!("Mercosur")),
    ] {
        let mut request = json!({ "hs_code": "8518300090", "origin_country": "CN", "value": 10 });
        request[field] = value;
        let (status, refused) = cost(&server, &key, request);
        assert_eq!(status, 422, "{refused}");
        assert!(refused["message"].as_str().is_some_and(|message| message.contains(field)), "{refused}");
    }
    let (status, unknown) =
        cost(&server, &key, json!({ "hs_code": "6403999999", "origin_country": "CN", "value": 10 }));
    assert_eq!(status, 404, "{unknown}");
    assert!(
        unknown["nearest_code"]["code"].as_str().is_some_and(|code| code.starts_with("6403.99.")),
        "{unknown}"
    );
}

#[test]
fn ten_digits_under_a_known_code_have_a_price() {
    let server = Server::start();
    let key = server.key(1);
    let notes = |answer: &Value| answer["notes"].to_string();
    for code in ["6109100010", "8518300010", "6912002391"] {
        let rates = server.get(&format!("/api/v1/duty-rates/{code}?origin=BD"), &key);
        assert_eq!(rates.status, 200, "{code}: {}", rates.text);
        assert!(notes(&rates.json()["data"]).contains("last two digits"), "{code}: {}", rates.text);
        let (status, cost) =
            cost(&server, &key, json!({ "hs_code": code, "origin_country": "BD", "value": 10 }));
        assert_eq!(status, 200, "{code}: {cost}");
        assert!(notes(&cost["data"]).contains("last two digits"), "{code}: {cost}");
    }
    let known = server.get("/api/v1/duty-rates/6109100000?origin=BD", &key);
    assert!(!known.text.contains("last two digits"), "{}", known.text);
}

#[test]
fn a_classification_with_a_value_carries_its_landed_cost() {
    let server = Server::start();
    let key = server.key(5);
    let classified = |body: Value| {
        let answer = server.post("/api/v1/classify", &key, body.to_string());
        assert_eq!(answer.status, 202, "{}", answer.text);
        let id = answer.json()["data"]["id"].as_str().expect("an id").to_owned();
        (server.result(&key, &id), server.get(&format!("/api/v1/classifications/{id}"), &key).text)
    };
    let headphones = json!({
        "description": "Wireless bluetooth over-ear headphones with noise cancellation",
        "origin_country": "CN", "destination_country": "NL", "goods_value": 25.00, "quantity": 100,
        "shipping_cost": 150.00, "insurance_cost": 12.50, "currency": "EUR",
    });
    let (result, text) = classified(headphones);
    assert_eq!(result["hs_code"]["code_10"], "8518.30.00.90");
    for part in [r#""cif_value":2662.50"#, r#""amount":559.13"#, r#""total_landed_cost":3221.63"#] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(result["input"]["quantity"], 100);
    let (result, _) = classified(json!({ "description": "leather wallet", "goods_value": 10 }));
    assert!(
        result["landed_cost_unavailable"].as_str().is_some_and(|reason| reason.contains("origin")),
        "{result}"
    );
    assert_eq!(result["landed_cost"], Value::Null);
}
