//! What is shown when the dashboard itself cannot be.

use std::fs;

use serde_json::json;

use crate::scene::{Scene, told};

#[tokio::test]
async fn a_dashboard_that_cannot_start_says_so() {
    let dist = std::env::temp_dir().join(format!("import8-shell-{}", std::process::id()));
    fs::create_dir_all(&dist).expect("a folder");
    let mut left_out = 0;
    for entry in fs::read_dir(told("IMPORT8_DIST")).expect("the built dashboard") {
        let path = entry.expect("an entry").path();
        if path.to_string_lossy().contains(".wasm") {
            left_out += 1;
        } else {
            fs::copy(&path, dist.join(path.file_name().expect("a name"))).expect("copied");
        }
    }
    assert!(left_out > 0, "the fault did not happen");
    let scene = Scene::open_with(&["--dist", &dist.to_string_lossy()], "en-GB").await;
    scene.go("/").await;
    scene.sees("#shell-failed", "The dashboard could not start.").await;
    scene.close().await;
    fs::remove_dir_all(dist).expect("removed");
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
