//! Tests of the rules of requests, and of the field that each error names.

use import8_api::{
    BatchRequest, ClassifyRequest, Feedback, LandedCostRequest, MAX_DESCRIPTION_CHARS, Problem,
    WebhookRequest, decode,
};

/// The errors of a classify request, by its types or its rules, in the server's words.
fn faults(text: &str) -> String {
    let joined =
        |problems: Vec<Problem>| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    match decode::<ClassifyRequest>(text) {
        Ok(request) => request.validate().err().map(joined).unwrap_or_default(),
        Err(error) => error.to_string(),
    }
}

fn check(text: &str, expected: &str) {
    let found = faults(text);
    assert!(
        if expected.is_empty() { found.is_empty() } else { found.starts_with(expected) },
        "{text:.80}: {found}"
    );
}

#[test]
fn classify_requests() {
    let long = "a".repeat(MAX_DESCRIPTION_CHARS);
    check(r#"{"description": "Mug"}"#, "");
    check(r#"{"description": "Line one\nline\ttwo"}"#, "");
    check(r#"{"image_url": "https://shop.example/a.jpg"}"#, "");
    check(r#"{"image_url": "HTTPS://Shop.Example/A.jpg"}"#, "");
    check(&format!(r#"{{"description": "{long}"}}"#), "");
    check(&format!(r#"{{"description": "{long}b"}}"#), "description: must have at most 5000 characters");
    check(r#"{"image_url": ""}"#, "image_url: must be an http or https address");
    check(r#"{"image_url": "javascript:alert(1)"}"#, "image_url: ");
    check(r#"{"image_url": "https://"}"#, "image_url: ");
    check(r#"{"image_url": "https:///a.jpg"}"#, "image_url: ");
    check(r#"{"image_url": "https://[shop.example]/a.jpg"}"#, "image_url: ");
    check(r#"{"image_url": "https://shop.example/a b"}"#, "image_url: ");
    check(r#"{"image_url": "https://shop.example/kaas-ë.jpg"}"#, "image_url: ");
    check(&format!(r#"{{"image_url": "https://{long}"}}"#), "image_url: must have at most 2000 characters");
    check(r#"{"image_base64": ""}"#, "image_base64: is required");
    check("{}", "description: is required");
    check(r#"{"description": " \n "}"#, "description: is required");
    check(r#"{"description": "a\u0000b"}"#, "description: must not contain control characters");
    check(r#"{"description": "Mug", "origin_country": "XX"}"#, "origin_country: ");
    check(r#"{"description": "Mug", "destination_country": "Netherlands"}"#, "destination_country: ");
    check(r#"{"description": "Mug", "goods_value": -1}"#, "goods_value: must not be negative");
    check(r#"{"description": "Mug", "goods_value": 0}"#, "goods_value: must be at least 0.000001");
    check(r#"{"description": "Mug", "goods_value": 1000000000000.01}"#, "goods_value: must be at most");
    check(r#"{"description": "Mug", "goods_value": 1e400}"#, "goods_value: ");
    check(r#"{"description": "Mug", "goods_value": 0.1234567}"#, "goods_value: must have at most 6 decimals");
    check(r#"{"description": "Mug", "goods_value": 1.100000000}"#, "");
    check(r#"{"description": "Mug", "goods_value": "ten"}"#, "goods_value: ");
    check(r#"{"description": "Mug", "quantity": 2.0}"#, "");
    for quantity in ["0", "-1", "1.5", "1000000001", "1e400", "\"2\""] {
        check(&format!(r#"{{"description": "Mug", "quantity": {quantity}}}"#), "quantity: ");
    }
    check(
        r#"{"description": "Mug", "shipping_cost": 0, "insurance_cost": -0.01}"#,
        "insurance_cost: must not be negative",
    );
    check(r#"{"description": "Mug", "currency": "JPY"}"#, "currency: ");
    check(r#"{"description": "Mug", "#, "not valid JSON");
}

#[test]
fn batches() {
    let batch =
        |items: usize| format!(r#"{{"items": [{}]}}"#, vec![r#"{"description": "Mug"}"#; items].join(","));
    let check = |text: &str, expected: Option<&str>| {
        let request: BatchRequest = decode(text).expect(text);
        let problems = request.validate().err().map(|problems| problems[0].to_string());
        assert_eq!(problems.as_deref(), expected, "{text:.80}");
    };
    check(&batch(1), None);
    check(&batch(100), None);
    check(&batch(0), Some("items: is required"));
    check(&batch(101), Some("items: must have at most 100 items"));
    check(r#"{"items": [{"description": "Mug"}, {}]}"#, Some("items[1].description: is required"));
}

#[test]
fn feedback() {
    let check = |text: &str, expected: Option<&str>| {
        let problems = decode::<Feedback>(text).expect(text).validate().err();
        assert_eq!(problems.map(|problems| problems[0].to_string()).as_deref(), expected, "{text}");
    };
    check(r#"{"status": "confirmed"}"#, None);
    check(r#"{"status": "corrected", "corrected_code": "8518.10.00"}"#, None);
    check(r#"{"status": "corrected"}"#, Some("corrected_code: is required"));
    check(r#"{"status": "maybe"}"#, Some("status: must be confirmed or corrected"));
}

#[test]
fn landed_cost_requests() {
    let check = |code: &str, value: &str, expected: Option<&str>| {
        let text = format!(r#"{{"hs_code": "{code}", "origin_country": "CN", "value": {value}}}"#);
        let problems = decode::<LandedCostRequest>(&text).expect(&text).validate().err();
        assert_eq!(problems.map(|problems| problems[0].to_string()).as_deref(), expected, "{text}");
    };
    check("8518300090", "0.01", None);
    check("85183000", "0.01", Some("hs_code: must have ten digits"));
    check("8518300090", "0.009", Some("value: must be at least 0.01"));
}

#[test]
fn receivers() {
    let check = |url: &str, is_address: bool| {
        let problems = WebhookRequest { url: url.to_owned() }.validate().err();
        let expected = (!is_address).then_some("url: must be an http or https address");
        assert_eq!(problems.map(|problems| problems[0].to_string()).as_deref(), expected, "{url:?}");
    };
    for url in [
        "https://example.com/webhook",
        "HTTPS://EXAMPLE.COM/Webhook",
        "Http://Example.com:8080",
        "https://bücher.example/käse?größe=ß",
        "https://例え.テスト/",
    ] {
        check(url, true);
    }
    for url in [
        "",
        "words",
        "bücher.example",
        "ftp://example.com/",
        "https://",
        "https:///path",
        " https://example.com/",
        "https://example.com/ ",
        "https://exam\u{a0}ple.com/",
        "https://example.com/a\nb",
        "https://example.com/a\u{85}b",
        "javascript://example.com/",
    ] {
        check(url, false);
    }
}
