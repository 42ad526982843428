//! Tests of the dashboard's files and their headers.

use std::fs;

use crate::server::Server;

fn served() -> (tempfile::TempDir, Server) {
    let dist = tempfile::TempDir::new().expect("a temporary folder");
    let write = |name: &str, content: &[u8]| fs::write(dist.path().join(name), content).expect(name);
    write("index.html", b"<!doctype html><script type=module>start()</script>");
    write("app-0123456789abcdef.js", b"plain");
    write("app-0123456789abcdef.js.br", b"brotli");
    write("sheets_loader.js", b"worker");
    let path = dist.path().to_str().expect("a path").to_owned();
    let server = Server::start_with(&["--dist", &path]);
    (dist, server)
}

#[test]
fn every_route_of_the_dashboard_is_the_page() {
    let (_dist, server) = served();
    for path in [
        "/",
        "/classify",
        "/classifications/0123456789abcdef",
        "/classifications/550e8400-e29b-41d4-a716-446655440000",
    ] {
        let page = server.get_anonymous(path);
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text.contains("start()"));
        assert_eq!(page.header("cache-control"), "no-cache");
        let policy = page.header("content-security-policy");
        assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval' 'sha256-"), "{policy}");
        assert!(!policy.contains("unsafe-inline") && policy.contains("frame-ancestors 'none'"));
        assert_eq!(page.header("x-frame-options"), "DENY");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
    }
}

#[test]
fn a_dashboard_that_is_built_anew_runs_under_the_same_server() {
    let (dist, server) = served();
    let client = crate::server::client();
    let get = |coding: &'static str| {
        let answer = client.get(format!("{}/classify", server.base)).header("accept-encoding", coding);
        let answer = answer.send().expect("a page");
        let header = |name: &str| {
            answer.headers().get(name).map_or("", |value| value.to_str().expect("text")).to_owned()
        };
        let (policy, coding, tag) =
            (header("content-security-policy"), header("content-encoding"), header("etag"));
        (policy, coding, tag, answer.text().expect("a body"))
    };
    let (old_policy, _, old_tag, _) = get("identity");
    let write = |name: &str, content: &[u8]| fs::write(dist.path().join(name), content).expect(name);
    write("index.html.br", b"brotli");
    write("index.html", b"<!doctype html><script type=module>begin()</script>");
    let (policy, _, tag, page) = get("identity");
    assert!(page.contains("begin()"));
    // printf 'begin()' | openssl dgst -sha256 -binary | base64
    assert!(policy.contains("'sha256-15S4FGE7rP6kq/PzA1uIhN3+8zfaO6/TnJp4fMWo7lE='"), "{policy}");
    assert!(policy != old_policy && tag != old_tag);
    let (compressed_policy, coding, compressed_tag, body) = get("gzip, br");
    assert_eq!((&*coding, &*body), ("br", "brotli"));
    assert_eq!(compressed_policy, policy);
    let known = client.get(format!("{}/", server.base)).header("accept-encoding", "br");
    let known = known.header("if-none-match", compressed_tag).send().expect("an answer");
    assert_eq!(known.status(), 304);
    fs::remove_file(dist.path().join("index.html")).expect("a file");
    assert!(get("identity").3.contains("begin()"), "while a build is put in place, the last one is served");
}

#[test]
fn files_are_precompressed_and_kept_and_missing_ones_are_missing() {
    let (_dist, server) = served();
    let client = crate::server::client();
    let url = format!("{}/app-0123456789abcdef.js", server.base);
    let answer = client.get(&url).header("accept-encoding", "br").send().expect("an answer");
    assert_eq!(answer.headers()["content-encoding"], "br");
    assert_eq!(answer.headers()["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(answer.text().expect("a body"), "brotli");
    assert_eq!(server.get_anonymous("/app-0123456789abcdef.js").text, "plain");
    assert_eq!(server.get_anonymous("/gone-0123456789abcdef.wasm").status, 404);
    assert_eq!(server.get_anonymous("/..%2f..%2fetc%2fpasswd.txt").status, 404);
}

#[test]
fn a_worker_is_asked_for_anew_and_may_compile_its_wasm() {
    let (_dist, server) = served();
    let script = server.get_anonymous("/sheets_loader.js");
    assert_eq!((script.status, &*script.text), (200, "worker"));
    assert_eq!(script.header("content-type"), "text/javascript");
    assert_eq!(script.header("cache-control"), "no-cache");
    let policy = script.header("content-security-policy");
    assert!(policy.contains("'wasm-unsafe-eval'") && policy.contains("connect-src 'self'"), "{policy}");
    assert!(policy.contains("worker-src 'self'; ") && policy.ends_with("trusted-types import8-sheets"));
}

#[test]
fn without_a_dashboard_the_page_says_how_to_build_it() {
    let page = Server::start().get_anonymous("/");
    assert_eq!(page.status, 404);
    assert!(page.text.contains("cargo xtask start"));
}
