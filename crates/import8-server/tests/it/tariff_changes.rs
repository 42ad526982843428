//! Tests of the tariff in force and of the changes of the codes in use, as JSON and as files.

use std::path::Path;

use import8_server::database::Database;
use import8_server::tariff_store::{self, PackedEdition};
use import8_tariff::{Area, Builder, Edition, GoodsCode, Line, Measure, Membership, Publication, Table};
use serde_json::{Value, json};

use crate::server::{Server, make_key};

fn line(digits: &str, indent: u8, text: &str) -> Line {
    Line {
        code: GoodsCode::padded(digits).expect("a code"),
        suffix: 80,
        indent,
        from: None,
        to: None,
        declarable: None,
        unit: None,
        texts: [("en".to_owned(), text.to_owned())].into(),
    }
}

fn measure(digits: &str, measure_type: &str, area: &str, duty: &str) -> Measure {
    Measure {
        code: GoodsCode::padded(digits).expect("a code"),
        additional_code: None,
        order_number: None,
        measure_type: measure_type.into(),
        area: area.into(),
        excluded: Vec::new(),
        duty: Some(duty.into()),
        regulation: None,
        from: None,
        to: None,
        conditions: Vec::new(),
        footnotes: Vec::new(),
    }
}

/// Headphones as they are.
fn headphones() -> Edition {
    let group = Area {
        names: [("en".to_owned(), "GSP (general)".to_owned())].into(),
        members: vec![Membership { country: "IN".into(), from: None, to: None }],
    };
    Edition {
        publication: Publication::Taric,
        day: "2026-12-01".parse().expect("a day"),
        tables: [Table::Nomenclature, Table::Measures].into(),
        lines: vec![
            line("85", 0, "ELECTRICAL MACHINERY"),
            line("8518", 0, "Microphones, loudspeakers, headphones"),
            line("851810", 1, "Microphones"),
            line("851830", 1, "=Headphones"),
            line("85183020", 2, "Line telephone handsets"),
            line("85183095", 2, "Other"),
        ],
        measures: vec![
            measure("8518", "103", "1011", "2.000 %"),
            measure("8518", "142", "2020", "0.000 %"),
            measure("85183020", "103", "1011", "0.000 %"),
        ],
        areas: [("2020".to_owned(), group)].into(),
        additional_codes: Default::default(),
        footnotes: Default::default(),
        documents: Default::default(),
        measure_types: [("142".to_owned(), [("en".to_owned(), "Tariff preference".to_owned())].into())]
            .into(),
    }
}

/// Headphones of the next year: handsets are divided by their cord, microphones are cheaper for India alone.
fn headphones_of_next_year() -> Edition {
    let mut edition = headphones();
    edition.day = "2027-01-01".parse().expect("a day");
    edition.lines.retain(|line| line.code.significant() != "85183020");
    edition.lines.push(line("85183021", 2, "Line telephone handsets with a cord"));
    edition.lines.push(line("85183029", 2, "Line telephone handsets without a cord"));
    edition.lines.sort_by_key(|line| line.code);
    edition.measures.pop();
    edition.measures.insert(2, measure("851810", "142", "2020", "1.500 %"));
    edition.measures.insert(3, measure("85183021", "103", "1011", "1.500 %"));
    edition
}

/// Stores editions in the database of a running server and returns their numbers.
fn store(data: &Path, editions: &[Edition]) -> Vec<i64> {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let database = Database::open(data).await.expect("a database");
        let mut ids = Vec::new();
        for edition in editions {
            let mut builder = Builder::new(edition.publication, edition.day);
            builder.line(line("85", 0, "ELECTRICAL MACHINERY"));
            let (_, report) = builder.finish(&[]).expect("a report");
            let packed = PackedEdition::new(edition, &report).expect("packed");
            let added = tariff_store::add(&database, packed, false).await.expect("stored");
            ids.push(added.edition.id);
        }
        database.close().await.expect("closed");
        ids
    })
}

/// A product from an origin at a value, which a person gives a code.
fn decided(server: &Server, key: &str, code: &str, product: Value) {
    let mut item = json!({ "description": "stainless steel water bottle", "quantity": 10 });
    item.as_object_mut().expect("an object").extend(product.as_object().expect("an object").clone());
    let accepted = server.post("/api/v1/classify", key, item.to_string()).json();
    let id = accepted["data"]["id"].as_str().expect("an id");
    server.result(key, id);
    let verdict = json!({ "status": "corrected", "corrected_code": code }).to_string();
    let answer = server.post(&format!("/api/v1/classifications/{id}/feedback"), key, verdict);
    assert_eq!(answer.status, 200, "{}", answer.text);
}

#[test]
fn the_tariff_in_force_and_the_editions_are_told() {
    let server = Server::start();
    let key = server.key(1);
    assert_eq!(server.get("/api/v1/tariff", &key).json()["data"], json!({ "editions": [] }));
    assert_eq!(server.get("/api/v1/tariff/changes", &key).status, 404);
    let ids = store(server.data.path(), &[headphones(), headphones_of_next_year()]);
    let answer = server.get("/api/v1/tariff", &key).json()["data"].clone();
    let in_force = &answer["in_force"];
    assert_eq!((&in_force["id"], &in_force["publication"]), (&json!(ids[1]), &json!("TARIC")));
    assert_eq!(
        (&in_force["day"], &in_force["lines"], &in_force["measures"]),
        (&json!("2027-01-01"), &json!(7), &json!(4))
    );
    assert_eq!(answer["editions"].as_array().map(Vec::len), Some(2));
    assert_eq!(server.get_anonymous("/api/v1/tariff").status, 401);
}

#[test]
fn the_codes_in_use_that_change_are_told_with_what_it_costs() {
    let server = Server::start();
    let key = server.key(10);
    let euros = |value: f64, origin: &str| json!({ "goods_value": value, "origin_country": origin });
    decided(&server, &key, "8518302000", euros(12.35, "CN"));
    decided(
        &server,
        &key,
        "8518302000",
        json!({ "goods_value": 5, "origin_country": "CN", "currency": "USD" }),
    );
    decided(&server, &key, "851830", euros(1.0, "CN"));
    decided(&server, &key, "8518309500", euros(1.0, "CN"));
    decided(&server, &key, "8518.10", euros(1.0, "IN"));
    decided(&server, &key, "8518.10", euros(1.0, "CN"));
    let other = make_key(server.data.path(), 1, &[]);
    let ids = store(server.data.path(), &[headphones(), headphones_of_next_year()]);
    let path = format!("/api/v1/tariff/changes?from={}&to={}", ids[0], ids[1]);
    let answer = server.get(&path, &key).json()["data"].clone();
    assert_eq!((&answer["from"]["day"], &answer["to"]["day"]), (&json!("2026-12-01"), &json!("2027-01-01")));
    assert_eq!(answer["codes_in_use"], 4);
    let changes = answer["changes"].as_array().expect("a list");
    let told: Vec<_> =
        changes.iter().map(|one| format!("{} {} {}", one["code"], one["products"], one["kinds"])).collect();
    assert_eq!(
        told,
        [r#""851810" 2 ["measures"]"#, r#""851830" 1 ["below"]"#, r#""8518302000" 2 ["ended"]"#]
    );

    let [microphones, headphones, handsets] = changes.as_slice() else { panic!("{answer}") };
    let measure = &microphones["measures"][0];
    assert_eq!(measure["name"], "Tariff preference");
    assert_eq!(measure["area"], "GSP (general) (2020)");
    assert_eq!((&measure["before"], &measure["after"]), (&json!("0.000 %"), &json!("1.500 %")));
    assert_eq!(measure["products"], 1, "the one of India");
    let below: Vec<_> =
        headphones["below"].as_array().expect("a list").iter().map(|one| &one["code"]).collect();
    assert_eq!(below, ["8518302000", "8518302100", "8518302900"]);

    assert_eq!(handsets["text"], "=Headphones – Line telephone handsets");
    assert_eq!(handsets["duty_before"], "0.000 %");
    assert_eq!(handsets["duty_after"], Value::Null, "it depends on the code");
    let becomes = handsets["becomes"].as_array().expect("a list");
    let told: Vec<_> =
        becomes.iter().map(|one| format!("{} {} {}", one["code"], one["duty"], one["difference"])).collect();
    // 123.50 euros at 1.5 % and at 2 %; the product in dollars is not counted.
    let expected = [
        r#""8518302100" "1.500 %" {"amount":1.85,"products":1}"#,
        r#""8518302900" "2.000 %" {"amount":2.47,"products":1}"#,
        r#""8518309500" "2.000 %" {"amount":2.47,"products":1}"#,
    ];
    assert_eq!(told, expected);

    assert_eq!(
        server.get("/api/v1/tariff/changes", &key).json()["data"],
        answer,
        "the newest and the one before"
    );
    let nothing = server.get(&path, &other).json()["data"].clone();
    assert_eq!((&nothing["changes"], &nothing["codes_in_use"]), (&json!([]), &json!(0)));
    let same = format!("/api/v1/tariff/changes?from={0}&to={0}", ids[0]);
    assert_eq!(server.get(&same, &key).json()["data"]["changes"], json!([]));
}

#[test]
fn products_whose_code_is_not_in_the_newest_edition_are_a_list_that_a_verdict_leaves() {
    let server = Server::start();
    let key = server.key(10);
    let product = || json!({ "goods_value": 1, "origin_country": "CN" });
    for code in ["8518302000", "8518.30", "8518309500", "8518.30.21"] {
        decided(&server, &key, code, product());
    }
    // A product without a verdict counts by the classifier's code.
    let wallet = json!({ "description": "leather wallet" }).to_string();
    let wallet = server.post("/api/v1/classify", &key, wallet).json()["data"]["id"].clone();
    server.result(&key, wallet.as_str().expect("an id"));
    let listed = |query: &str| {
        let page = server.get(&format!("/api/v1/classifications?{query}"), &key).json();
        let rows = page["data"].as_array().expect("rows").clone();
        assert_eq!(page["meta"]["total"], rows.len(), "{page}");
        rows
    };
    let codes = |query: &str| {
        let code = |row: &Value| row["decided"]["code"].as_str().expect("a code").to_owned();
        listed(query).iter().map(code).collect::<Vec<_>>()
    };
    assert!(codes("in_tariff=false").is_empty(), "nothing is imported that could tell");
    assert_eq!(codes("in_tariff=true").len(), 5);

    store(server.data.path(), &[headphones(), headphones_of_next_year()]);
    let wallet_code = listed("")[0]["decided"]["code"].as_str().expect("a code").to_owned();
    assert_eq!(codes("in_tariff=false"), [wallet_code.as_str(), "8518.30.20.00"]);
    assert_eq!(codes("in_tariff=true"), ["8518.30.21", "8518.30.95.00", "8518.30"]);
    assert_eq!(codes("in_tariff=false&reviewed=false"), [wallet_code.as_str()]);
    assert_eq!(server.get("/api/v1/classifications?in_tariff=x", &key).status, 422);

    let ended = listed("in_tariff=false&reviewed=true")[0]["id"].as_str().expect("an id").to_owned();
    let verdict = json!({ "status": "corrected", "corrected_code": "8518302100" }).to_string();
    let answer = server.post(&format!("/api/v1/classifications/{ended}/feedback"), &key, verdict);
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(codes("in_tariff=false"), [wallet_code.as_str()]);
}

#[test]
fn the_changes_are_a_file_that_runs_nothing() {
    let server = Server::start();
    let key = server.key(10);
    decided(&server, &key, "8518302000", json!({ "goods_value": 12.35, "origin_country": "CN" }));
    let ids = store(server.data.path(), &[headphones(), headphones_of_next_year()]);
    let path = format!("/api/v1/tariff/changes?from={}&to={}", ids[0], ids[1]);
    let file = server.get(&format!("{path}&format=csv"), &key);
    assert_eq!((file.status, file.header("content-type")), (200, "text/csv;charset=utf-8"));
    assert!(file.header("content-disposition").contains("tariff-changes-2026-12-01-2027-01-01.csv"));
    let row = file.text.lines().nth(1).expect("a row");
    assert!(row.starts_with("8518.30.20.00,'=Headphones – Line telephone handsets,1,ended,"), "{row}");
    assert!(row.contains("8518.30.21.00"), "{row}");
    let accepted = server.send("GET", &path, &key, &[("accept", "text/csv")], "");
    assert_eq!(accepted.text, file.text);
    let workbook = server.get(&format!("{path}&format=xlsx"), &key);
    assert!(workbook.status == 200 && workbook.header("content-type").ends_with("spreadsheetml.sheet"));
}

#[test]
fn editions_that_are_not_there_and_wrong_parameters_are_refused() {
    let server = Server::start();
    let key = server.key(1);
    let [id] = store(server.data.path(), &[headphones()])[..] else { panic!("one") };
    let status = |query: &str| server.get(&format!("/api/v1/tariff/changes?{query}"), &key).status;
    assert_eq!(status(&format!("from={id}&to={id}&to_day=2027-01-01")), 200);
    assert_eq!(status("from=77"), 404);
    assert_eq!(status("from=x"), 422);
    assert_eq!(status("to_day=2027-13-01"), 422);
    assert_eq!(status("format=pdf"), 422);
}
