//! Tests of the nomenclature, from the sections down.

use serde_json::{Value, json};

use crate::server::Server;

#[test]
fn every_level_leads_to_the_next() {
    let server = Server::start();
    let key = server.key(1);
    let look_up = |code: &str| {
        let answer = server.get(&format!("/api/v1/nomenclature/{code}"), &key);
        assert_eq!(answer.status, 200, "{code}: {}", answer.text);
        answer.json()["data"].clone()
    };
    let codes = |rows: &Value| {
        let rows = rows.as_array().expect("rows").clone();
        rows.iter().map(|row| row["code"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let sections = server.get("/api/v1/nomenclature", &key).json();
    assert_eq!(codes(&sections["data"]).len(), 21);
    assert!(codes(&look_up("XVI")["children"]).contains(&"85".to_owned()));
    assert!(codes(&look_up("85")["children"]).contains(&"8518".to_owned()));
    assert!(codes(&look_up("8518")["children"]).contains(&"851830".to_owned()));
    assert_eq!(codes(&look_up("8518.30")["children"]), ["85183000"]);
    assert_eq!(codes(&look_up("8518.30.00")["children"]), ["8518300090"]);
    let leaf = look_up("8518300090");
    assert_eq!((&leaf["row"]["declarable"], &leaf["row"]["level"]), (&json!(true), &json!("taric_code")));
    assert_eq!(codes(&leaf["path"]), ["XVI", "85", "8518", "851830", "85183000"]);
    for unknown in
        ["77", "8599", "8518301", "851830009", "85183000901", "8518300000", "XXX", "%00", "nothing"]
    {
        assert_eq!(server.get(&format!("/api/v1/nomenclature/{unknown}"), &key).status, 404, "{unknown}");
    }
}

#[test]
fn a_row_is_answered_with_its_duty_and_the_levels_above_it() {
    let server = Server::start();
    let key = server.key(1);
    let look_up = |path: &str| server.get(&format!("/api/v1/nomenclature/{path}"), &key);
    let plain = look_up("871200").json()["data"].clone();
    assert_eq!(plain["levels"], Value::Null);
    assert_eq!(plain["row"]["duty"], Value::Null, "14 % and 15 %");
    assert_eq!(look_up("8712003000").json()["data"]["row"]["duty"], "14 %");
    let levels = look_up("871200?levels=true&on=2026-12-01").json()["data"]["levels"].clone();
    let first = |at: usize| levels[at][0]["code"].as_str().unwrap_or_default().to_owned();
    assert_eq!([0, 1, 2, 3].map(first), ["I", "86", "8701", "871200"]);
    for wrong in ["871200?levels=yes", "871200?on=today"] {
        assert_eq!(look_up(wrong).status, 422, "{wrong}");
    }
    // A language that the tariff does not have is answered in English.
    let german =
        server.send("GET", "/api/v1/nomenclature/871200", &key, &[("accept-language", "de")], "").json();
    assert_eq!(german["data"]["row"]["description"], plain["row"]["description"]);
}

#[test]
fn a_search_finds_every_level_by_words_or_digits() {
    let server = Server::start();
    let key = server.key(1);
    let found = |query: &str| {
        let answer = server.get(&format!("/api/v1/nomenclature?q={query}"), &key);
        assert_eq!(answer.status, 200, "{query}: {}", answer.text);
        answer.json()["data"].as_array().expect("rows").clone()
    };
    let first = |query: &str| {
        found(query).first().and_then(|row| row["code"].as_str()).unwrap_or_default().to_owned()
    };
    for (query, code) in [
        ("8518", "8518"),
        ("8518.3", "851830"),
        ("85183000", "85183000"),
        ("8518%2030%2000%209", "8518300090"),
        ("xvi", "XVI"),
        ("koptelefoon", "851830"),
        ("bicycles", "871200"),
    ] {
        assert_eq!(first(query), code, "{query}");
    }
    let headphones = found("headphones")[0]["above"].clone();
    let codes: Vec<_> = headphones.as_array().expect("lines").iter().map(|line| &line["code"]).collect();
    assert_eq!(codes, ["XVI", "85", "8518"]);
    assert!(found("85183000901").is_empty());
}

#[test]
fn words_lead_to_subheadings() {
    let server = Server::start();
    let key = server.key(1);
    let found = server.get("/api/v1/nomenclature?q=headphones", &key).json();
    assert_eq!(found["data"][0]["code"], "851830");
    let nothing = server.get("/api/v1/nomenclature?q=xqzzv", &key).json();
    assert_eq!(nothing["data"], json!([]));
    assert_eq!(server.get("/api/v1/nomenclature", "c8_wrong").status, 401);
}
