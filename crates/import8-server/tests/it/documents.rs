//! Tests that no answer of the API becomes a document of this origin, whose storage contains the key.

use crate::server::{Answer, Server};

const POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

fn check(answer: &Answer, status: u16, path: &str) {
    assert_eq!(answer.status, status, "{path}: {}", answer.text);
    assert_eq!(answer.header("content-security-policy"), POLICY, "{path}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    assert_eq!(answer.header("cache-control"), "no-store", "{path}");
}

#[test]
fn every_answer_is_kept_from_running() {
    let upstream = Server::start();
    let key = upstream.key(5);
    let front = Server::start_with(&["--upstream", &format!("{}/api", upstream.base)]);
    for server in [&upstream, &front] {
        check(&server.get("/api/health", ""), 200, "health");
        check(&server.get("/api/v1/me", &key), 200, "me");
        check(&server.get("/api/v1/me", "c8_wrong"), 401, "a wrong key");
        for path in ["/api", "/api/", "/api//", "/api/v1/nothing", "/api/index.html", "/api/v1/me/"] {
            check(&server.get(path, &key), 404, path);
        }
        check(&server.get("/api/v1/classify", &key), 405, "a wrong method");
        check(&server.send("OPTIONS", "/api/v1/me", &key, &[], ""), 405, "a question of another origin");
        check(&server.post("/api/v1/classify", &key, "{}"), 422, "a wrong body");
        check(&server.post("/api/v1/classify", &key, r#"{"description": "Mug"}"#), 202, "classify");
        let large = "a".repeat(10 * 1024 * 1024 + 1);
        check(&server.post("/api/v1/classify", &key, large), 413, "a large body");
        let foreign = server.send("GET", "/api/health", &key, &[("host", "evil.example")], "");
        check(&foreign, 421, "another host");
    }
    check(&upstream.get("/api/openapi.json", ""), 200, "openapi.json");
    let limited = crate::server::make_key(upstream.data.path(), 0, &[]);
    check(&upstream.post("/api/v1/classify", &limited, r#"{"description": "Mug"}"#), 429, "no credits");
    let down = Server::start_with(&["--upstream", "http://127.0.0.1:9/api"]);
    check(&down.get("/api/v1/me", &key), 502, "a service that is down");
}

#[test]
fn a_browser_may_ask_but_not_show() {
    let upstream = Server::start();
    let key = upstream.key(5);
    let front = Server::start_with(&["--upstream", &format!("{}/api", upstream.base)]);
    for server in [&upstream, &front] {
        let ask = |path: &str, headers: &[(&str, &str)]| server.send("GET", path, &key, headers, "");
        let fetch =
            [("sec-fetch-dest", "empty"), ("sec-fetch-mode", "cors"), ("sec-fetch-site", "same-origin")];
        assert_eq!(ask("/api/v1/me", &fetch).status, 200, "the control: the dashboard asks so");
        for shown in
            ["document", "iframe", "frame", "embed", "object", "fencedframe", "script", "image", "Empty"]
        {
            for path in ["/api/v1/me", "/api/health", "/api/nothing", "/api"] {
                let refused = ask(path, &[("sec-fetch-dest", shown)]);
                check(&refused, 403, &format!("{shown} {path}"));
                assert_eq!(refused.json()["success"], false);
            }
        }
        let download = ask("/api/v1/me", &[("sec-fetch-dest", "empty"), ("sec-fetch-mode", "navigate")]);
        check(&download, 403, "a download");
        let posted = server.send("POST", "/api/v1/classify", &key, &[("sec-fetch-dest", "iframe")], "{}");
        check(&posted, 403, "a form");
    }
    let document = upstream.send("GET", "/api/openapi.json", "", &[("sec-fetch-dest", "document")], "");
    check(&document, 403, "openapi.json");
    // The dashboard's page may be navigated to.
    let page = upstream.send("GET", "/", "", &[("sec-fetch-dest", "document")], "");
    assert_ne!(page.status, 403);
}
