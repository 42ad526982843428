//! Tests of the data for reviewers: the costs of other codes, the amount at stake, the order by confidence, and the
//! calibration.

use std::cmp::Reverse;
use std::path::Path;

use import8_api::{
    AtStake, Calibration, CalibrationBand, Classification, ClassificationSummary, Envelope, Money, Page,
    Status, decode,
};
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value, json};
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use tempfile::TempDir;

use crate::server::{Server, make_key};

const HISTORY: &str = "/api/v1/classifications";

/// Products with higher and lower confidence, and one that the classifier does not know.
const PRODUCTS: [&str; 5] = [
    "leather wallet",
    "Electric kettle of stainless steel",
    "xqzzv qqwfp",
    "Running shoes with rubber soles and uppers of textile",
    "ceramic mug",
];

fn classified(server: &Server, key: &str, request: Value) -> Classification {
    let accepted = server.post("/api/v1/classify", key, request.to_string());
    assert_eq!(accepted.status, 202, "{}", accepted.text);
    let id = accepted.json()["data"]["id"].as_str().expect("an id").to_owned();
    server.result(key, &id);
    let answer = server.get(&format!("{HISTORY}/{id}"), key).text;
    decode::<Envelope<Classification>>(&answer).expect("a classification").data
}

/// A hundred units at ten dollars each, from China.
fn consignment(description: &str) -> Value {
    json!({
        "description": description, "origin_country": "CN", "goods_value": 10, "quantity": 100, "currency": "USD",
    })
}

fn list(server: &Server, key: &str, query: &str) -> Page<ClassificationSummary> {
    let answer = server.get(&format!("{HISTORY}?{query}"), key);
    decode(&answer.text).unwrap_or_else(|error| panic!("{query}: {error}: {}", answer.text))
}

fn products(page: &Page<ClassificationSummary>) -> Vec<&str> {
    page.data.iter().filter_map(|row| row.product_summary.as_deref()).collect()
}

fn verdict(server: &Server, key: &str, id: &str, body: Value) {
    let answer = server.post(&format!("{HISTORY}/{id}/feedback"), key, body.to_string());
    assert_eq!(answer.status, 200, "{}", answer.text);
}

#[test]
fn alternatives_have_their_price() {
    let server = Server::start();
    let key = server.key(9);
    let wallet = classified(&server, &key, consignment("leather wallet"));
    let total = wallet.landed_cost.expect("a landed cost").total_landed_cost.0;
    let duty = wallet.hs_code.and_then(|code| code.duty).expect("a duty");
    assert_eq!(duty.expression.map(|duty| duty.to_string()).as_deref(), Some("3 %"));
    let (priced, unpriced): (Vec<_>, Vec<_>) =
        wallet.alternative_codes.iter().partition(|other| other.landed_cost.is_some());
    assert!(!priced.is_empty() && !unpriced.is_empty(), "{:?}", wallet.alternative_codes);
    let mut most = Decimal::ZERO;
    for other in priced {
        let cost = other.landed_cost.as_ref().expect("a landed cost");
        assert_eq!((cost.discrepancy(), cost.currency.as_str(), cost.notes.len()), (None, "USD", 0));
        let duty = other.duty.as_ref().expect("what costs the same has one duty");
        assert_eq!(cost.duty.rate, duty.rate, "{other:?}");
        most = most.max((cost.total_landed_cost.0 - total).abs());
    }
    // The codes under it have different duties.
    assert!(unpriced.iter().all(|other| other.duty.is_none()), "{unpriced:?}");
    let doubt = Decimal::from(100 - wallet.confidence.expect("a confidence").percent());
    let at_stake = (most * doubt / Decimal::ONE_HUNDRED)
        .round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    let expected = Some(AtStake { amount: Money(at_stake), currency: "USD".to_owned() });
    assert!(at_stake > Decimal::ZERO);
    assert_eq!(wallet.at_stake, expected);
    assert_eq!(list(&server, &key, "").data[0].at_stake, expected);
}

#[test]
fn what_is_not_known_is_not_priced() {
    let server = Server::start();
    let key = server.key(9);
    let check = |request: Value| {
        let result = classified(&server, &key, request);
        assert!(result.alternative_codes.iter().all(|other| other.landed_cost.is_none()), "{result:?}");
        assert_eq!(result.at_stake, None, "{result:?}");
        result
    };
    let bare = check(json!({ "description": "leather wallet" }));
    assert!(bare.hs_code.is_some_and(|code| code.duty.is_some()));
    assert!(bare.alternative_codes.iter().any(|other| other.duty.is_some()));
    check(json!({ "description": "leather wallet", "goods_value": 10 }));
    check(json!({ "description": "xqzzv qqwfp", "goods_value": 10, "origin_country": "CN" }));
    // Two CN codes; one of them is divided into codes that the tariff does not contain.
    let bicycle = classified(&server, &key, consignment("kinderfiets"));
    let code = bicycle.hs_code.expect("a code");
    assert_eq!((code.code_8, code.code_10, code.duty), (None, None, None));
}

#[test]
fn a_list_is_in_the_order_asked_for() {
    let server = Server::start();
    let key = server.key(20);
    for product in PRODUCTS {
        classified(&server, &key, consignment(product));
        classified(&server, &key, json!({ "description": product }));
    }
    let newest = list(&server, &key, "").data;
    let least_sure = |row: &ClassificationSummary| (row.confidence.is_none(), row.confidence);
    let amount = |row: &ClassificationSummary| row.at_stake.as_ref().map(|at_stake| at_stake.amount);
    let check = |query: &str, expected: Vec<ClassificationSummary>| {
        let page = list(&server, &key, query);
        assert_eq!(page.data, expected, "{query}");
        assert_eq!(page.meta.total, expected.len() as u64, "{query}");
        let turned: Vec<_> = (1..=expected.len())
            .flat_map(|number| list(&server, &key, &format!("{query}&per_page=1&page={number}")).data)
            .collect();
        assert_eq!(turned, expected, "{query}, page by page");
    };
    let percent = |row: &ClassificationSummary| row.confidence.map(|confidence| confidence.percent());
    let known: Vec<_> = newest.iter().filter_map(percent).collect();
    let least = *known.iter().min().expect("some");
    assert!(known.iter().any(|other| *other > least), "all are equally sure");
    assert!(newest.iter().filter_map(amount).any(|amount| !amount.0.is_zero()));
    let in_each_order = |filter: &str, keep: &dyn Fn(&ClassificationSummary) -> bool| {
        let kept: Vec<_> = newest.iter().filter(|row| keep(row)).cloned().collect();
        assert!(!kept.is_empty(), "{filter}");
        // A stable sort: equal rows are newest first.
        let (mut sure, mut stake) = (kept.clone(), kept.clone());
        sure.sort_by_key(least_sure);
        stake.sort_by_key(|row| Reverse(amount(row)));
        check(&format!("{filter}&sort=newest"), kept);
        check(&format!("{filter}&sort=confidence"), sure);
        check(&format!("{filter}&sort=at_stake"), stake);
    };
    let is_completed = |row: &ClassificationSummary| row.status == Status::Completed;
    in_each_order("", &|_| true);
    in_each_order("status=completed&reviewed=false", &is_completed);
    in_each_order("status=failed", &|row| !is_completed(row));
    in_each_order(&format!("max_confidence={least}"), &|row| percent(row) == Some(least));
    in_each_order(&format!("min_confidence={}", least + 1), &|row| percent(row) > Some(least));
    in_each_order("q=steel", &|row| row.product_summary.as_ref().is_some_and(|text| text.contains("steel")));
    for bad in ["sort=oldest", "sort=", "max_confidence=101", "max_confidence=x"] {
        assert_eq!(server.get(&format!("{HISTORY}?{bad}"), &key).status, 422, "{bad}");
    }
}

#[test]
fn the_confidence_is_held_against_the_verdicts() {
    let server = Server::start();
    let (key, other) = (server.key(20), server.key(20));
    let calibration = |key: &str| {
        let answer = server.get("/api/v1/calibration", key);
        decode::<Envelope<Calibration>>(&answer.text).expect("a calibration").data.bands
    };
    assert_eq!(calibration(&key), []);
    let review = |product: &str, verdict_on: &dyn Fn(&Classification) -> Value| {
        let result = classified(&server, &key, json!({ "description": product }));
        verdict(&server, &key, &result.id, verdict_on(&result));
        result
    };
    let confirm = |_: &Classification| json!({ "status": "confirmed" });
    let correct = |code: &str| json!({ "status": "corrected", "corrected_code": code });
    let band = |result: &Classification| {
        result.confidence.map(|confidence| confidence.percent().min(90) / 10 * 10).expect("a confidence")
    };
    let wallet = review("leather wallet", &confirm);
    assert_eq!(calibration(&key), [CalibrationBand { min: band(&wallet), reviewed: 1, right: 1 }]);
    // More digits of the same code are no mistake; another code is.
    verdict(&server, &key, &wallet.id, correct("4202.31.00.00"));
    assert_eq!(calibration(&key), [CalibrationBand { min: band(&wallet), reviewed: 1, right: 1 }]);
    verdict(&server, &key, &wallet.id, correct("4202.32"));
    assert_eq!(calibration(&key), [CalibrationBand { min: band(&wallet), reviewed: 1, right: 0 }]);
    let kettle = review("Electric kettle of stainless steel", &confirm);
    assert_ne!(band(&kettle), band(&wallet), "this test needs products of two bands");
    let mut expected = [
        CalibrationBand { min: band(&wallet), reviewed: 1, right: 0 },
        CalibrationBand { min: band(&kettle), reviewed: 1, right: 1 },
    ];
    expected.sort_by_key(|band| band.min);
    assert_eq!(calibration(&key), expected);
    // A failed classification had no confidence to be compared.
    review("xqzzv qqwfp", &|_| correct("4202.31"));
    assert_eq!(calibration(&key), expected);
    assert_eq!(calibration(&other), [], "another organisation's");
    assert_eq!(list(&server, &key, "reviewed=true").meta.total, 3);
    assert_eq!(list(&server, &key, "reviewed=false&sort=confidence").meta.total, 0);
    assert_eq!(server.get_anonymous("/api/v1/calibration").status, 401);
}

/// A database of the previous release, with a verdict on one of two classifications.
async fn earlier(data: &Path) {
    let mut migrator = Migrator::new(Path::new("migrations")).await.expect("the migrations");
    migrator.migrations.to_mut().retain(|migration| migration.version <= 2);
    let options = SqliteConnectOptions::new().filename(data.join("import8.sqlite")).create_if_missing(true);
    let database = SqlitePool::connect_with(options).await.expect("a database");
    migrator.run(&database).await.expect("the schema");
    sqlx::raw_sql(
        r#"INSERT INTO organizations (id, name, country, plan_name, plan_limit, rate_limit_per_minute,
            max_api_keys, classification_count, created_at)
           VALUES (1, 'Harbour Imports', 'NL', 'x', 500, 1000, 5, 2, 0);
           INSERT INTO credit_balances (id, organization_id, purchased, used, expires_at)
           VALUES (1, 1, 5, 2, 4102444800000);
           INSERT INTO classifications (id, organization_id, number, balance_id, status, request, language,
            product_summary, hs_code, confidence, outcome, created_at, completed_at)
           VALUES
            ('a', 1, 1, 1, 'completed', '{"description": "wallet"}', 'en', 'wallet', '42023100', 91,
             '{"hs_code": {"code_6": "4202.31"}, "alternative_codes": [{"code": "4202.32"}]}', 1, 2),
            ('b', 1, 2, 1, 'completed', '{"description": "mug Ёлка"}', 'en', 'mug Ёлка', '691200', 40,
             '{"hs_code": {"code_6": "6912.00"}}', 1, 2);
           INSERT INTO classification_words (rowid, organization, words)
           SELECT seq, organization_id, product_summary FROM classifications;
           INSERT INTO feedback (classification_seq, status, created_at) VALUES (1, 'confirmed', 3);"#,
    )
    .execute(&database)
    .await
    .expect("rows");
    database.close().await;
}

#[test]
fn what_was_classified_before_is_still_read() {
    let data = TempDir::new().expect("a temporary folder");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(earlier(data.path()));
    let key = make_key(data.path(), 1, &[]);
    runtime.block_on(async {
        let options = SqliteConnectOptions::new().filename(data.path().join("import8.sqlite"));
        let database = SqlitePool::connect_with(options).await.expect("the database");
        sqlx::query("UPDATE api_keys SET organization_id = 1").execute(&database).await.expect("a key to it");
        database.close().await;
    });
    let server = Server::start_in(data, &[]);
    let wallet = server.result(&key, "a");
    assert_eq!(wallet["alternative_codes"], json!([{ "code": "4202.32" }]));
    assert_eq!((&wallet["hs_code"]["duty"], &wallet["at_stake"]), (&Value::Null, &Value::Null));
    assert_eq!(products(&list(&server, &key, "reviewed=true")), ["wallet"]);
    assert_eq!(products(&list(&server, &key, "reviewed=false")), ["mug Ёлка"]);
    assert_eq!(products(&list(&server, &key, "sort=confidence")), ["mug Ёлка", "wallet"]);
    assert_eq!(products(&list(&server, &key, "sort=at_stake")), ["mug Ёлка", "wallet"]);
    assert_eq!(products(&list(&server, &key, "q=wallet")), ["wallet"]);
    assert_eq!(products(&list(&server, &key, "q=%D0%B5%D0%BB%D0%BA%D0%B0")), ["mug Ёлка"], "елка");
    let organization = server.get("/api/v1/me", &key).json()["data"]["organization"].clone();
    assert_eq!(organization["id"].as_str().map(str::len), Some(36), "{organization}");
    let bands = server.get("/api/v1/calibration", &key).json()["data"]["bands"].clone();
    assert_eq!(bands, json!([{ "min": 90, "reviewed": 1, "right": 1 }]));
}
