//! Tests of the application shell: messages when the dashboard cannot start, and navigation.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::faults::break_off;
use crate::scene::{Scene, setting};

/// Copies the built dashboard without the files whose name contains `missing`, and returns their number.
fn copy_without(missing: &str, from: &Path, to: &Path) -> usize {
    fs::create_dir_all(to).expect("a folder");
    let entries = fs::read_dir(from).expect("the built dashboard");
    let copy = |path: PathBuf| {
        let copied = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            return copy_without(missing, &path, &copied);
        }
        if path.to_string_lossy().contains(missing) {
            return 1;
        }
        fs::copy(&path, copied).expect("copied");
        0
    };
    entries.map(|entry| copy(entry.expect("an entry").path())).sum()
}

/// The message that the dashboard cannot start. It is in the page from the beginning, hidden.
const FAILED: &str = "#shell-failed:not([hidden])";

/// A copy of the dashboard without some of its files.
fn dashboard_without(missing: &str) -> PathBuf {
    let dist = std::env::temp_dir().join(format!("import8-without{missing}-{}", std::process::id()));
    let left_out = copy_without(missing, Path::new(&setting("IMPORT8_DIST")), &dist);
    assert!(left_out > 0, "the fault did not happen");
    dist
}

async fn cannot_start(dist: &Path) {
    let scene = Scene::open_with(&["--dist", &dist.to_string_lossy()], "en-GB").await;
    scene.go("/").await;
    scene.sees(FAILED, "The dashboard could not start.").await;
    scene.close().await;
    fs::remove_dir_all(dist).expect("removed");
}

#[tokio::test]
async fn a_dashboard_that_cannot_start_says_so() {
    cannot_start(&dashboard_without(".wasm")).await;
}

/// A page behind a proxy that adds its own content policy. A script that the policy blocks raises no error.
#[tokio::test]
async fn a_dashboard_whose_script_may_not_run_says_so() {
    let dist = dashboard_without("index.html");
    let page = Path::new(&setting("IMPORT8_DIST")).join("index.html");
    let page = fs::read_to_string(page).expect("the page");
    assert_eq!(page.matches("<script>").count(), 2, "the one that says so is one of them");
    let policy = r#"<head><meta http-equiv="Content-Security-Policy" content="script-src 'nonce-a'">"#;
    let page = page.replace("<script>", r#"<script nonce="a">"#).replace("<head>", policy);
    // A preload that the policy blocks does raise one.
    let page = page.replace(r#"rel="modulepreload""#, r#"rel="none""#);
    fs::write(dist.join("index.html"), page).expect("written");
    cannot_start(&dist).await;
}

#[tokio::test]
async fn a_line_that_breaks_in_the_middle_of_the_program_says_so_and_a_reload_helps() {
    let mut scene = Scene::open().await;
    let whole = scene.server.base.clone();
    scene.server.base = break_off(&whole, "/app_bg.wasm");
    scene.go("/").await;
    scene.sees(FAILED, "Reload the page to try again.").await;
    scene.server.base = whole;
    scene.go("/").await;
    scene.sees("h1", "Sign in").await;
    scene.close().await;
}

#[tokio::test]
async fn a_browser_without_what_the_dashboard_needs_says_so() {
    let scene = Scene::open().await;
    for missing in ["delete window.WebAssembly", "delete Document.prototype.adoptedStyleSheets"] {
        let added = scene.before_each_page(missing).await;
        scene.go("/").await;
        scene.sees(FAILED, "It needs a current browser").await;
        // What does not start takes the message away no more.
        let is_loaded = "return document.readyState === 'complete'";
        scene.until("all is loaded", async || scene.run(is_loaded, vec![]).await == json!(true)).await;
        scene.sees(FAILED, "It needs a current browser").await;
        scene.no_longer_before_each_page(added).await;
    }
    scene.go("/").await;
    scene.sees("h1", "Sign in").await;
    scene.close().await;
}

#[tokio::test]
async fn the_shell_is_in_the_page_and_goes_when_the_dashboard_is_there() {
    let scene = Scene::open().await;
    scene.go("/").await;
    scene.sees("h1", "Sign in").await;
    scene.vanishes("#shell").await;
    let page = scene.run("return fetch('/').then(page => page.text())", vec![]).await;
    assert!(page.as_str().is_some_and(|page| page.contains("id=\"shell\"")));
    assert_eq!(scene.run("return document.title", vec![]).await, json!("Sign in · Import8"));
    scene.close().await;
}

/// Waits until the page has this focused text, title, path and scroll position.
async fn stands_at(scene: &Scene, expected: serde_json::Value) {
    let place = "return [document.activeElement.textContent, document.title, location.pathname, scrollY]";
    let is_there = async || scene.run(place, vec![]).await == expected;
    scene.until(&format!("the page is at {expected}"), is_there).await;
}

#[tokio::test]
async fn a_screen_that_is_gone_to_has_the_address_the_title_and_the_focus_and_is_at_its_top() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    let follow = "document.body.style.minHeight = '3000px'; scrollTo(0, 500);
        document.querySelector(`nav a[href='${arguments[0]}']`).click()";
    scene.run(follow, vec![json!("/settings")]).await;
    scene.sees("h1", "Settings").await;
    stands_at(&scene, json!(["Settings", "Settings · Import8", "/settings", 0])).await;
    scene.run(follow, vec![json!("/usage")]).await;
    scene.sees("h1", "Credits and usage").await;
    stands_at(&scene, json!(["Credits and usage", "Credits and usage · Import8", "/usage", 0])).await;
    scene.run("history.back()", vec![]).await;
    scene.sees("h1", "Settings").await;
    assert_eq!(scene.path().await, "/settings");
    // A link within the screen does not remount it.
    scene.run("document.querySelector('a.skip').click()", vec![]).await;
    let hash = async || scene.run("return location.hash", vec![]).await;
    scene.until("it is followed", async || hash().await == json!("#content")).await;
    scene.sees("h1", "Settings").await;
    scene.go("/usage/").await;
    scene.sees("h1", "Credits and usage").await;
    scene.go("/usage/more").await;
    scene.sees("h1", "This page does not exist").await;
    scene.close().await;
}
