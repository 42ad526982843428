//! Tests of screens: downloading the parts of the program.

use crate::scene::Scene;

/// Script: blocks the download of parts of the program until [`BACK`].
const AWAY: &str = "window.through = window.fetch;
    window.fetch = (what, ...more) => /split_|chunk_/.test(what.url ?? what)
        ? Promise.reject(new TypeError('away'))
        : window.through(what, ...more);";
const BACK: &str = "window.fetch = window.through";

async fn sign_in_and_lose_the_parts(scene: &Scene) {
    scene.go("/").await;
    scene.appears("#key").await;
    scene.run(AWAY, vec![]).await;
    scene.enter_key(&scene.key).await;
    scene.vanishes("#key").await;
}

#[tokio::test]
async fn a_first_visit_downloads_no_screen_and_all_come_while_nobody_waits() {
    let scene = Scene::open().await;
    assert_eq!(scene.parts().await, 0);
    scene.sign_in().await;
    scene.has_all_screens().await;
    assert_eq!(scene.path().await, "/");
    // Otherwise the build would be in one piece.
    assert!(scene.parts().await > 0);
    scene.close().await;
}

#[tokio::test]
async fn a_screen_that_does_not_come_says_so_and_can_be_tried_again() {
    let scene = Scene::open().await;
    sign_in_and_lose_the_parts(&scene).await;
    scene.click("nav a[href='/classify']").await;
    scene.sees(".failure", "Screen not loaded").await;
    // The server has answered by then, so a newer build is the likely cause.
    scene.appears("#reload").await;
    scene.click(".failure .secondary").await;
    scene.sees(".failure", "no longer has this part").await;
    scene.appears("#reload").await;
    scene.run(BACK, vec![]).await;
    scene.click(".failure .secondary").await;
    scene.appears("#description").await;
    scene.close().await;
}

#[tokio::test]
async fn a_screen_comes_by_itself_when_the_connection_is_back() {
    let mut scene = Scene::open_with(&[], "nl-NL").await;
    sign_in_and_lose_the_parts(&scene).await;
    scene.server.kill();
    scene.click("nav a[href='/classifications']").await;
    scene.sees(".failure", "Scherm niet geladen").await;
    scene.appears("#offline").await;
    scene.run(BACK, vec![]).await;
    scene.server.restart(&[]);
    scene.sees("h1", "Geschiedenis").await;
    scene.close().await;
}
