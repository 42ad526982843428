//! Tests of the history: pages, filters, pictures.

use serde_json::{Value, json};

use crate::server::Server;

const HISTORY: &str = "/api/v1/classifications";

fn summaries(page: &Value) -> Vec<&str> {
    page["data"].as_array().expect("rows").iter().filter_map(|row| row["product_summary"].as_str()).collect()
}

#[test]
fn filters_leave_out_what_they_say() {
    let server = Server::start();
    let key = server.key(20);
    for product in ["Red leather wallet", "xqzzv qqwfp", "Café leather apron", "steel bottle"] {
        server.classified(&key, product);
    }
    let list = |query: &str| server.get(&format!("{HISTORY}?{query}"), &key).json();
    let check = |query: &str, expected: &[&str]| {
        let page = list(query);
        assert_eq!(summaries(&page), expected, "{query}: {page}");
        assert_eq!(page["meta"]["total"], expected.len(), "{query}");
    };
    check("status=failed", &["xqzzv qqwfp"]);
    check("status=pending", &[]);
    check("q=leather", &["Café leather apron", "Red leather wallet"]);
    check("q=LEATH%20cafe", &["Café leather apron"]);
    check("q=%22leather%22%20OR%20steel", &[]);
    check("q=%22%2A%27", &["steel bottle", "Café leather apron", "xqzzv qqwfp", "Red leather wallet"]);
    check("chapter=42&q=wallet", &["Red leather wallet"]);
    check("min_confidence=100&chapter=73", &[]);
    check("from=2100-01-01T00:00:00Z", &[]);
    check("to=2000-01-01T00:00:00Z", &[]);
    check("from=2000-01-01T00:00:00Z&status=failed", &["xqzzv qqwfp"]);
    let id = list("q=wallet")["data"][0]["id"].as_str().expect("an id").to_owned();
    server.post(&format!("{HISTORY}/{id}/feedback"), &key, json!({ "status": "confirmed" }).to_string());
    check("reviewed=true", &["Red leather wallet"]);
    check("reviewed=false&status=completed", &["steel bottle", "Café leather apron"]);
    assert_eq!(summaries(&list("q=leather&per_page=1&page=2")), ["Red leather wallet"]);
    let other = server.key(1);
    assert_eq!(server.get(&format!("{HISTORY}?q=leather"), &other).json()["meta"]["total"], 0);
    for bad in [
        "status=done",
        "min_confidence=101",
        "chapter=4",
        "reviewed=2",
        "from=today",
        "page=0",
        "per_page=101",
    ] {
        assert_eq!(server.get(&format!("{HISTORY}?{bad}"), &key).status, 422, "{bad}");
    }
}

#[test]
fn a_search_finds_what_reads_alike() {
    let server = Server::start();
    let key = server.key(40);
    let cases = include_str!("../../../import8-api/tests/folded.tsv").lines().skip(1);
    for case in cases {
        let (written, folded) = case.split_once('\t').expect(case);
        let product = json!({ "description": written }).to_string();
        assert_eq!(server.post("/api/v1/classify", &key, product).status, 202, "{written}");
        for search in [written, folded] {
            let query = serde_urlencoded::to_string([("q", search)]).expect("a query");
            let found = server.get(&format!("{HISTORY}?{query}"), &key).json();
            assert!(summaries(&found).contains(&written), "{search}: {found}");
        }
    }
}

#[test]
fn pictures_are_kept_and_shown_again() {
    let server = Server::start();
    let (key, other) = (server.key(5), server.key(5));
    let body = json!({
        "description": "leather wallet",
        "image_base64": ["/9j/4AAQ", "data:image/png;base64,iVBORw0KGgo="],
        "image_url": "https://shop.example/wallet.jpg",
    });
    let accepted = server.post("/api/v1/classify", &key, body.to_string());
    assert_eq!(accepted.status, 202, "{}", accepted.text);
    let result = server.result(&key, accepted.json()["data"]["id"].as_str().expect("an id"));
    assert_eq!(result["status"], "completed");
    assert_eq!(
        result["input"],
        json!({ "description": "leather wallet", "image_url": "https://shop.example/wallet.jpg" })
    );
    let images = result["images"].as_array().expect("pictures").clone();
    assert_eq!(images.iter().map(|image| image["bytes"].clone()).collect::<Vec<_>>(), [json!(6), json!(8)]);
    let path = format!("/api{}", images[1]["path"].as_str().expect("a path"));
    let image = server.get(&path, &key);
    assert_eq!((image.status, image.header("content-type")), (200, "image/png"));
    assert!(image.header("content-security-policy").contains("sandbox"));
    assert_eq!(server.get(&path, &other).status, 404, "another organisation's");
    for missing in ["/3", "/0", "/x"] {
        let path = path.trim_end_matches("/2").to_owned() + missing;
        assert_eq!(server.get(&path, &key).status, 404, "{path}");
    }
    for bad in [
        json!("AAAA"),
        json!("no base64"),
        json!([]),
        json!(["/9j/", "/9j/", "/9j/", "/9j/", "/9j/", "/9j/"]),
    ] {
        let body = json!({ "description": "mug", "image_base64": bad });
        let refused = server.post("/api/v1/classify", &key, body.to_string());
        assert_eq!(refused.status, 422, "{}", refused.text);
        assert!(refused.text.contains("image_base64"));
    }
    assert_eq!(server.credits(&key), 4);
}
