//! The reviewer's verdict: kept, replaced, and learned from.

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
    check(&review, json!({ "status": "corrected", "corrected_code": "9999.99" }), "corrected_code");
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
    // The verdicts are in the database, not in the process.
    let data = server.kill();
    let server = Server::start_in(data, &[]);
    assert_eq!(server.classified(&mine, product)["hs_code"]["code_6"], "4820.10");
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
    // The same goods have the code that was chosen; goods that are only like them the same subheading.
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
