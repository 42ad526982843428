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
fn words_lead_to_subheadings() {
    let server = Server::start();
    let key = server.key(1);
    let found = server.get("/api/v1/nomenclature?q=headphones", &key).json();
    assert_eq!(found["data"][0]["code"], "851830");
    let nothing = server.get("/api/v1/nomenclature?q=xqzzv", &key).json();
    assert_eq!(nothing["data"], json!([]));
    assert_eq!(server.get("/api/v1/nomenclature", "c8_wrong").status, 401);
}
