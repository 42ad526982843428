//! Tests of the reviewer's verdict: stored, replaced, and learned from.

use serde_json::{Value, json};

use crate::server::{Answer, Server};

struct Review<'a> {
    server: &'a Server,
    key: String,
    id: String,
}

impl Review<'_> {
    fn say(&self, body: Value) -> Answer {
        self.server.post(
            &format!("/api/v1/classifications/{}/feedback", self.id),
            &self.key,
            body.to_string(),
        )
    }

    fn kept(&self) -> Value {
        self.server.result(&self.key, &self.id)["feedback"].clone()
    }
}

#[test]
fn a_second_verdict_replaces_the_first() {
    let server = Server::start();
    let key = server.key(5);
    let id = server.classified(&key, "leather wallet")["id"].as_str().expect("an id").to_owned();
    let review = Review { server: &server, key, id };
    assert_eq!(review.kept(), Value::Null);
    let confirmed = review.say(json!({ "status": "confirmed" }));
    assert_eq!(confirmed.status, 200, "{}", confirmed.text);
    assert_eq!(review.kept()["status"], "confirmed");
    let corrected = review.say(json!({ "status": "corrected", "corrected_code": "4202.31.00" }));
    assert_eq!(corrected.json()["data"]["feedback"]["corrected_code"], "4202.31.00");
    assert_eq!(review.kept(), corrected.json()["data"]["feedback"]);
    let list = server.get("/api/v1/classifications", &review.key).json();
    assert_eq!(list["data"][0]["feedback"], "corrected");
}

#[test]
fn a_verdict_is_checked() {
    let server = Server::start();
    let key = server.key(5);
    let id = server.classified(&key, "leather wallet")["id"].as_str().expect("an id").to_owned();
    let failed = server.classified(&key, "xqzzv qqwfp")["id"].as_str().expect("an id").to_owned();
    let review = Review { server: &server, key: key.clone(), id };
    let check = |review: &Review<'_>, body: Value, field: &str| {
        let answer = review.say(body);
        assert_eq!(answer.status, 422, "{}", answer.text);
        assert!(
            answer.json()["message"].as_str().is_some_and(|says| says.contains(field)),
            "{}",
            answer.text
        );
    };
    check(&review, json!({}), "status");
    check(&review, json!({ "status": "perhaps" }), "status");
    check(&review, json!({ "status": "corrected" }), "corrected_code");
    check(&review, json!({ "status": "corrected", "corrected_code": "4202" }), "corrected_code");
    for no_heading in ["7799.99", "0199.00", "9697.00.00.00"] {
        check(&review, json!({ "status": "corrected", "corrected_code": no_heading }), "no such heading");
    }
    for no_code in ["4202.3", "4202.31.00.000", "42023"] {
        check(&review, json!({ "status": "corrected", "corrected_code": no_code }), "corrected_code");
    }
    check(&review, json!({ "status": "corrected", "corrected_code": 420231 }), "corrected_code");
    assert_eq!(review.kept(), Value::Null);
    let review = Review { server: &server, key: key.clone(), id: failed };
    check(&review, json!({ "status": "confirmed" }), "status");
    assert_eq!(review.say(json!({ "status": "corrected", "corrected_code": "420231" })).status, 200);
    let other = Review { server: &server, key: server.key(1), id: review.id.clone() };
    assert_eq!(other.say(json!({ "status": "confirmed" })).status, 404);
}

#[test]
fn a_correction_decides_the_same_product_and_no_one_else_s() {
    let server = Server::start();
    let (mine, theirs) = (server.key(5), server.key(5));
    let product = "Frobnitz 3000 magnetic leather organiser";
    let first = server.classified(&mine, product);
    let id = first["id"].as_str().expect("an id").to_owned();
    let before = first["hs_code"]["code_6"].clone();
    assert_ne!(before, "4820.10");
    let review = Review { server: &server, key: mine.clone(), id };
    assert_eq!(review.say(json!({ "status": "corrected", "corrected_code": "482010" })).status, 200);
    let again = server.classified(&mine, product);
    assert_eq!(again["hs_code"]["code_6"], "4820.10", "{again}");
    assert!(again["confidence"].as_u64() > first["confidence"].as_u64());
    assert!(again["reasoning"].as_str().is_some_and(|reason| reason.contains("Your organisation")));
    let close = server.classified(&mine, "Frobnitz 3000 leather organiser, magnetic, black");
    assert_eq!(close["hs_code"]["code_6"], "4820.10", "{close}");
    assert_eq!(server.classified(&theirs, product)["hs_code"]["code_6"], before);
    // The verdicts are in the database and not only in the process.
    let data = server.kill();
    let server = Server::start_in(data, &[]);
    assert_eq!(server.classified(&mine, product)["hs_code"]["code_6"], "4820.10");
}

/// Codes that this server's tariff does not contain, each with a code above it that it contains.
const NOT_KNOWN_HERE: [(&str, &str); 3] =
    [("0101.22", "0101"), ("0101.22.00.00", "0101"), ("7323.93.99", "7323.93")];

#[test]
fn a_code_that_is_not_known_here_is_taken_and_said_to_be_unchecked() {
    let server = Server::start();
    let key = server.key(9);
    let item = json!({ "description": "leather wallet", "origin_country": "CN", "goods_value": 10 });
    for (code, _) in NOT_KNOWN_HERE {
        let sent = server.post("/api/v1/classify", &key, item.to_string()).json();
        let id = sent["data"]["id"].as_str().expect("an id").to_owned();
        server.result(&key, &id);
        let review = Review { server: &server, key: key.clone(), id };
        let corrected = review.say(json!({ "status": "corrected", "corrected_code": code }));
        assert_eq!(corrected.status, 200, "{}", corrected.text);
        assert_eq!(corrected.json()["data"]["corrected_code_known"], false, "{code}");
        let result = server.result(&key, &review.id);
        assert_eq!(result["decided"]["code"], code);
        let costs = &result["decided_costs"];
        assert_eq!((&costs["duty"], &costs["landed_cost"]), (&Value::Null, &Value::Null), "{code}");
        let why = costs["landed_cost_unavailable"].as_str().expect("a reason");
        assert!(why.contains("not known to this server's tariff"), "{why}");
        let found = server.get(&format!("/api/v1/classifications?code={code}"), &key).json();
        assert!(
            found["data"]
                .as_array()
                .is_some_and(|rows| rows.iter().any(|row| row["id"] == review.id.as_str()))
        );
        let known = review.say(json!({ "status": "corrected", "corrected_code": "4202.31" }));
        assert_eq!(known.json()["data"]["corrected_code_known"], true);
        let confirmed = review.say(json!({ "status": "confirmed" }));
        assert_eq!(confirmed.json()["data"]["corrected_code_known"], Value::Null);
    }
}

#[test]
fn a_code_that_is_not_known_here_decides_the_same_product() {
    let server = Server::start();
    let key = server.key(9);
    for (at, (code, known)) in NOT_KNOWN_HERE.into_iter().enumerate() {
        let product = format!("{} Frobnitz purebred leather organiser", ["Zork", "Blarg", "Quux"][at]);
        let id = server.classified(&key, &product)["id"].as_str().expect("an id").to_owned();
        let review = Review { server: &server, key: key.clone(), id };
        assert_eq!(review.say(json!({ "status": "corrected", "corrected_code": code })).status, 200);
        let again = server.classified(&key, &product);
        assert_eq!(again["status"], "completed", "{again}");
        let deepest = code.get(..10).unwrap_or(code);
        assert_eq!(again["decided"]["code"], deepest, "{again}");
        assert_eq!(
            again["decision_tree"]
                .as_array()
                .and_then(|tree| tree.last())
                .map(|last| last["code"].as_str().expect("a code").replace('.', "")),
            Some(known.replace('.', "")),
            "{again}"
        );
        let reasons = again["reasoning"].as_str().expect("reasons");
        assert!(
            reasons.contains("Your organisation") && reasons.contains("could not be checked"),
            "{reasons}"
        );
    }
}

#[test]
fn more_digits_of_the_same_code_are_a_correction_too() {
    let server = Server::start();
    let key = server.key(9);
    let product = "frozen boneless beef";
    let first = server.classified(&key, product);
    assert_eq!((&first["hs_code"]["code_6"], &first["hs_code"]["code_8"]), (&json!("0202.30"), &Value::Null));
    let choice = first["hs_code"]["code_10_candidates"][1]["code"].as_str().expect("a choice").to_owned();
    let id = first["id"].as_str().expect("an id").to_owned();
    let review = Review { server: &server, key: key.clone(), id };
    let corrected = review.say(json!({ "status": "corrected", "corrected_code": choice }));
    assert_eq!(corrected.status, 200, "{}", corrected.text);
    assert_eq!(corrected.json()["data"]["feedback"]["corrected_code"], choice.as_str());
    // The same goods get the chosen code; similar goods get the same subheading only.
    let again = server.classified(&key, product);
    assert_eq!(again["hs_code"]["code_10"], choice.as_str(), "{again}");
    let like = server.classified(&key, "frozen boneless beef of bulls");
    assert_eq!((&like["hs_code"]["code_6"], &like["hs_code"]["code_8"]), (&json!("0202.30"), &Value::Null));
    assert!(like["reasoning"].as_str().is_some_and(|reason| reason.contains("Your organisation")), "{like}");
}

#[test]
fn a_changed_mind_decides() {
    let server = Server::start();
    let key = server.key(9);
    let product = "leather wallet for men";
    let say = |code: &str| {
        let id = server.classified(&key, product)["id"].as_str().expect("an id").to_owned();
        let review = Review { server: &server, key: key.clone(), id };
        assert_eq!(review.say(json!({ "status": "corrected", "corrected_code": code })).status, 200);
    };
    for code in ["4202.31", "4202.32", "4202.91", "4202.31"] {
        say(code);
        assert_eq!(server.classified(&key, product)["hs_code"]["code_6"], code);
    }
}
