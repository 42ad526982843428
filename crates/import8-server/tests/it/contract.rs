//! Tests of the documented endpoints against the wire types.

use import8_api::{
    Accepted, Account, Classification, ClassificationSummary, Envelope, Health, Page, RateLimit, Status,
    UsageReport, decode,
};

use serde_json::{Value, json};

use crate::server::{Server, make_key};

const CLASSIFY: &str = "/api/v1/classify";

#[test]
fn the_account_side() {
    let server = Server::start();
    let key = server.key(250);
    let health: Envelope<Health> = decode(&server.get_anonymous("/api/health").text).expect("health");
    assert!(health.data.is_operational());

    let me: Envelope<Account> = decode(&server.get("/api/v1/me", &key).text).expect("me");
    assert_eq!(me.data.organization.name, "Harbour Imports");
    assert_eq!(me.data.credits.remaining, 250);
    assert!(me.data.credits.earliest_expiry.is_some_and(|time| time.ends_with("+00:00")));

    server.classified(&key, "ceramic coffee mug");
    let usage: Envelope<UsageReport> = decode(&server.get("/api/v1/usage", &key).text).expect("usage");
    assert_eq!(usage.data.classifications.current, 1);
    assert_eq!(usage.data.classifications.limit, Some(500));
    let me: Envelope<Account> = decode(&server.get("/api/v1/me", &key).text).expect("me");
    assert_eq!((me.data.credits.remaining, me.data.credits.total_used), (249, Some(1)));
}

#[test]
fn a_product_gets_its_code_with_reasons() {
    let server = Server::start();
    let key = server.key(10);
    let check = |description: &str, heading: &str| {
        let body = serde_json::json!({"description": description, "origin_country": "CN"}).to_string();
        let answer = server.post(CLASSIFY, &key, body);
        assert_eq!(answer.status, 202, "{}", answer.text);
        let accepted: Envelope<Accepted> = decode(&answer.text).expect("accepted");
        assert_eq!(accepted.data.status, Status::Pending);
        let data = server.result(&key, &accepted.data.id);
        let result: Classification = decode(&data.to_string()).expect("a classification");
        assert_eq!(result.status, Status::Completed);
        let detail = result.hs_code.expect("a code");
        assert_eq!(detail.code_6.expect("six digits").heading().bare(), heading, "{description}: {data}");
        assert!(result.confidence.is_some());
        let levels: Vec<_> = result.decision_tree.iter().map(|step| step.level.as_str()).collect();
        assert_eq!(levels, ["section", "chapter", "heading", "subheading"]);
        assert!(!result.alternative_codes.is_empty());
        result.reasoning.expect("reasons")
    };
    let reasons = check("Stainless steel water bottle, 750 ml, double wall", "7323");
    assert!(reasons.contains("9617"), "the boundary with vacuum flasks is not explained: {reasons}");
    let reasons = check("katoenen T-shirt, heren, ronde hals", "6109");
    assert!(reasons.contains("wijzen op"), "not in Dutch: {reasons}");
}

#[test]
fn the_language_asked_for_is_the_language_of_the_reasons() {
    let server = Server::start();
    let key = server.key(10);
    let reasons = |language: &str| {
        let answer = server.post_in(CLASSIFY, &key, r#"{"description": "cotton t-shirt for men"}"#, language);
        let id = answer.json()["data"]["id"].as_str().expect("an id").to_owned();
        server.result(&key, &id)["reasoning"].as_str().expect("reasons").to_owned()
    };
    assert_ne!(reasons("nl-NL,nl;q=0.9"), reasons("en-GB"));
}

#[test]
fn the_history_is_paged_newest_first() {
    let server = Server::start();
    let key = server.key(10);
    for product in ["wooden chopping board", "leather wallet", "cotton t-shirt"] {
        server.classified(&key, product);
    }
    let page = |query: &str| {
        let answer = server.get(&format!("/api/v1/classifications{query}"), &key);
        decode::<Page<ClassificationSummary>>(&answer.text).expect("a page")
    };
    let first = page("?per_page=2");
    let names: Vec<_> = first.data.iter().filter_map(|row| row.product_summary.as_deref()).collect();
    assert_eq!(names, ["cotton t-shirt", "leather wallet"]);
    assert_eq!((first.meta.total, first.meta.last_page, first.meta.per_page), (3, 2, 2));
    assert_eq!(page("?per_page=2&page=2").data.len(), 1);
    assert_eq!(page("?page=99").data.len(), 0);
    assert_eq!(page("").usage.expect("usage").credits_remaining, 7);
    assert_eq!(server.get("/api/v1/classifications?per_page=101", &key).status, 422);
    assert_eq!(server.get("/api/v1/classifications?page=18446744073709551616", &key).status, 422);
}

#[test]
fn organisations_do_not_see_each_other() {
    let server = Server::start();
    let (mine, theirs) = (server.key(1), server.key(1));
    let id = server.classified(&mine, "leather wallet")["id"].as_str().expect("an id").to_owned();
    assert_eq!(server.get(&format!("/api/v1/classifications/{id}"), &mine).status, 200);
    assert_eq!(server.get(&format!("/api/v1/classifications/{id}"), &theirs).status, 404);
    assert_eq!(server.get("/api/v1/classifications", &theirs).json()["meta"]["total"], 0);
}

#[test]
fn refusals_have_the_documented_shape() {
    let server = Server::start();
    let key = server.key(1);
    let check = |answer: crate::server::Answer, status: u16, code: &str| {
        assert_eq!((answer.status, &answer.json()["error_code"]), (status, &code.into()), "{}", answer.text);
        assert_eq!(answer.json()["success"], false);
        assert!(answer.json()["message"].as_str().is_some_and(|message| !message.is_empty()));
        assert!(has_rate_limit(&answer));
    };
    assert!(has_rate_limit(&server.get_anonymous("/api/health")));
    assert!(has_rate_limit(&server.get("/api/v1/me", &key)));
    check(server.post(CLASSIFY, &key, "{}"), 422, "invalid");
    check(server.post(CLASSIFY, &key, "a".repeat(10 * 1024 * 1024 + 1)), 413, "too_large");
    assert!(has_rate_limit(&server.post(CLASSIFY, &key, r#"{"description": "Mug"}"#)));
    check(server.post(CLASSIFY, &key, r#"{"description": "Mug"}"#), 429, "out_of_credits");
    check(server.get_anonymous("/api/v1/me"), 401, "unauthenticated");
    check(server.get("/api/v1/me", "c8_wrong"), 401, "unauthenticated");
    check(server.get("/api/v1/nothing", &key), 404, "not_found");
    check(server.get("/api/v1/classifications/550e8400-e29b-41d4-a716-446655440000", &key), 404, "not_found");
    check(server.get("/api/v1/classifications/%00%ff", &key), 404, "not_found");
    check(server.get(CLASSIFY, &key), 405, "method_not_allowed");
    check(server.post(CLASSIFY, "c8_wrong", r#"{"description": "Mug"}"#), 401, "unauthenticated");
}

fn has_rate_limit(answer: &crate::server::Answer) -> bool {
    RateLimit::from_headers(|name| Some(answer.header(name).to_owned())).is_some()
}

#[test]
fn bad_input_names_the_field_stores_nothing_and_costs_nothing() {
    let server = Server::start();
    let key = server.key(3);
    let check = |body: &str, field: &str| {
        let answer = server.post(CLASSIFY, &key, body);
        assert_eq!(answer.status, 422, "{body:.60}: {}", answer.text);
        let message = answer.json()["message"].as_str().expect("a message").to_owned();
        assert!(message.contains(field), "{body:.60}: {message}");
        let fields = answer.json()["fields"].as_array().cloned().unwrap_or_default();
        let is_told = fields.iter().any(|told| told.as_str().is_some_and(|told| told.starts_with(field)));
        assert_eq!(is_told, !matches!(field, "JSON" | "object"), "{body:.60}: {fields:?}");
    };
    let with = |field: &str, value: &str| format!(r#"{{"description": "Mug", "{field}": {value}}}"#);
    check("{}", "description");
    check(r#"{"description": ""}"#, "description");
    check(r#"{"description": "   "}"#, "description");
    check(&format!(r#"{{"description": "{}"}}"#, "a ".repeat(10_000)), "description");
    check(r#"{"description": "Mug\u0007"}"#, "description");
    check(r#"{"description": 5}"#, "description");
    check(&with("origin_country", r#""ZZ""#), "origin_country");
    check(&with("destination_country", r#""Holland""#), "destination_country");
    for bad in ["-1", "1e400", "1e13", "\"12\"", "true", "[1]", "0.00000001"] {
        check(&with("goods_value", bad), "goods_value");
        check(&with("shipping_cost", bad), "shipping_cost");
    }
    for bad in ["0", "-1", "1.5", "1e400", "\"2\""] {
        check(&with("quantity", bad), "quantity");
    }
    check(&with("currency", r#""JPY""#), "currency");
    check(r#"{"description": "Mug""#, "JSON");
    check("[]", "object");
    check(&"[".repeat(200_000), "JSON");
    assert_eq!(server.post(CLASSIFY, &key, "a".repeat(10 * 1024 * 1024 + 1)).status, 413);
    let form = crate::server::client()
        .post(format!("{}{CLASSIFY}", server.base))
        .bearer_auth(&key)
        .body(r#"{"description": "Mug"}"#);
    assert_eq!(form.send().expect("an answer").status(), 422);
    assert_eq!(server.credits(&key), 3);
    assert_eq!(server.get("/api/v1/classifications", &key).json()["meta"]["total"], 0);
}

#[test]
fn the_last_credit_is_the_last() {
    let server = Server::start();
    let key = server.key(1);
    let body = r#"{"description": "leather wallet"}"#;
    assert_eq!(server.post(CLASSIFY, &key, body).json()["usage"]["credits_remaining"], 0);
    let refused = server.post(CLASSIFY, &key, body);
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("retry-after"), "", "waiting does not bring credits");
    assert_eq!(server.get("/api/v1/classifications", &key).json()["meta"]["total"], 1);
}

#[test]
fn a_picture_without_words_fails_and_costs_nothing() {
    let server = Server::start();
    let key = server.key(1);
    let answer = server.post(CLASSIFY, &key, r#"{"image_base64": "/9j/4AAQ"}"#);
    assert_eq!(answer.json()["usage"]["credits_remaining"], 0);
    let result = server.result(&key, answer.json()["data"]["id"].as_str().expect("an id"));
    assert_eq!(result["status"], "failed");
    assert!(result["reasoning"].as_str().is_some_and(|reason| reason.contains("words")));
    assert_eq!(server.credits(&key), 1);
    let gibberish = server.classified(&key, "xqzzv qqwfp");
    assert_eq!((gibberish["status"].as_str(), server.credits(&key)), (Some("failed"), 1));
}

#[test]
fn the_rate_limit_is_counted_and_told() {
    let server = Server::start();
    let key = make_key(server.data.path(), 1, &[]);
    let limited = {
        let output = crate::server::program()
            .args(["keys", "create", "--name", "Slow", "--credits", "1", "--rate-limit", "3", "--data"])
            .arg(server.data.path())
            .output()
            .expect("a key");
        String::from_utf8(output.stdout).expect("text").trim().to_owned()
    };
    // If a window of a minute ends in between, the count begins again, at most once.
    let refused = (0..8).map(|_| server.get("/api/v1/me", &limited)).find(|answer| answer.status == 429);
    let refused = refused.expect("the fourth request of a window is refused");
    assert_eq!((refused.header("x-ratelimit-limit"), refused.header("x-ratelimit-remaining")), ("3", "0"));
    let (one, other) =
        (refused.header("x-request-id"), server.get("/api/health", "").header("x-request-id").to_owned());
    assert!(!one.is_empty() && one != other, "each request has a name of its own");
    let seconds: u64 = refused.header("retry-after").parse().expect("seconds");
    assert!((1..=60).contains(&seconds));
    assert_eq!(server.get("/api/v1/me", &key).status, 200, "limits are per key");
}

#[test]
fn only_its_own_names_are_answered() {
    let server = Server::start();
    let named = |host: &str| {
        let request = crate::server::client().get(format!("{}/api/health", server.base)).header("host", host);
        request.send().expect("an answer").status().as_u16()
    };
    assert_eq!(named("localhost:8080"), 200);
    assert_eq!(named("127.0.0.1"), 200);
    for host in ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example"] {
        assert_eq!(named(host), 421, "{host}");
    }
}

/// Clients rely on every documented field and fail if it is absent.
#[test]
fn what_the_documentation_shows_is_always_there() {
    let server = Server::start_with(&["--webhooks-to-loopback"]);
    let key = server.key(2);
    let check = |what: &str, answer: &Value, fields: &[&str]| {
        for field in fields {
            assert!(answer.get(*field).is_some(), "{field} of {what}: {answer}");
        }
    };
    let me = server.get("/api/v1/me", &key).json()["data"].clone();
    check("an organisation", &me["organization"], &["id", "name", "email", "country"]);
    assert_eq!(me["organization"]["email"], Value::Null);
    let credits = ["remaining", "total_purchased", "total_used", "earliest_expiry"];
    check("credits", &me["credits"], &credits);
    let none = server.get("/api/v1/me", &server.key(0)).json()["data"]["credits"].clone();
    check("no credits", &none, &credits);
    assert_eq!(none["earliest_expiry"], Value::Null);

    let fields = [
        "id",
        "status",
        "source",
        "created_at",
        "hs_code",
        "confidence",
        "reasoning",
        "decision_tree",
        "alternative_codes",
        "product_summary",
        "ai_usage",
        "completed_at",
    ];
    let no_model = json!({ "input_tokens": 0, "output_tokens": 0, "cost_usd": 0 });
    let row = ["id", "status", "product_summary", "hs_code", "confidence", "created_at"];
    let classify = |server: &Server, body: &str| {
        let accepted = server.post(CLASSIFY, &key, body).json()["data"].clone();
        check("an acceptance", &accepted, &["id", "status", "message"]);
        accepted["id"].as_str().expect("an id").to_owned()
    };
    // A subheading that the CN divides, and a picture without a description.
    for body in [r#"{"description": "cotton t-shirt"}"#, r#"{"image_base64": "/9j/4AAQ"}"#] {
        let id = classify(&server, body);
        let result = server.result(&key, &id);
        check("a result", &result, &fields);
        assert_eq!(result["ai_usage"], no_model);
        if result["status"] == "completed" {
            check("a code", &result["hs_code"], &["code_6", "code_8", "description", "chapter"]);
        }
        check("a row", &server.get("/api/v1/classifications", &key).json()["data"][0], &row);
    }
    let slow = Server::start_in(server.kill(), &["--classify-delay", "3600000"]);
    let id = classify(&slow, r#"{"image_base64": "/9j/4AAQ"}"#);
    let pending = slow.get(&format!("/api/v1/classifications/{id}"), &key).json()["data"].clone();
    assert_eq!(pending["status"], "pending");
    check("what is pending", &pending, &fields);
    check("a pending row", &slow.get("/api/v1/classifications", &key).json()["data"][0], &row);

    // The duty on the first is by weight, that on the second unknown.
    let rates = ["hs_code", "description", "mfn_duty", "preferential_duties", "anti_dumping", "vat_rate"];
    let by_weight = slow.get("/api/v1/duty-rates/1006302100", &key).json()["data"].clone();
    check("rates", &by_weight, &rates);
    check("a duty", &by_weight["mfn_duty"], &["rate", "expression"]);
}
