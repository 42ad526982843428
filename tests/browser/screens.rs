//! Tests of screens: downloading the parts of the program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;

use crate::scene::{Scene, setting};

/// Script: blocks the download of the parts whose name contains the argument, until [`BACK`].
const AWAY: &str = "const [part] = arguments;
    window.through = window.fetch;
    window.fetch = (what, ...more) => String(what.url ?? what).includes(part)
        ? Promise.reject(new TypeError('away'))
        : window.through(what, ...more);";
const BACK: &str = "window.fetch = window.through";

/// Script: the names of the parts that were downloaded.
const PARTS: &str =
    "return performance.getEntriesByType('resource').map(e => e.name.match(/split_(\\w+)/)?.[1])
    .filter(Boolean).sort()";

/// Signs in while no part whose name contains `part` can be downloaded.
async fn sign_in_without(scene: &Scene, part: &str) {
    scene.go("/").await;
    scene.appears("#key").await;
    scene.run(AWAY, vec![json!(part)]).await;
    scene.enter_key(&scene.key).await;
    scene.vanishes("#key").await;
    scene.run("window.isFirst = true", vec![]).await;
}

/// Whether the page is the one in which the person has signed in.
async fn is_first_page(scene: &Scene) -> bool {
    scene.run("return window.isFirst === true", vec![]).await == json!(true)
}

#[tokio::test]
async fn a_first_visit_downloads_no_screen_and_all_come_after_its_data() {
    let scene = Scene::open().await;
    assert_eq!(scene.parts().await, 0);
    scene.sign_in().await;
    scene.has_all_screens().await;
    assert_eq!(scene.path().await, "/");
    // Otherwise the build would be in one piece.
    assert!(scene.parts().await > 0);
    let waits = "const all = performance.getEntriesByType('resource');
        const part = Math.min(...all.filter(e => e.name.includes('/split_')).map(e => e.startTime));
        const data = ['/v1/usage', '/v1/classifications'].map(path => all.find(e => e.name.includes(path)));
        return data.every(e => e.responseEnd <= part)";
    assert_eq!(scene.run(waits, vec![]).await, json!(true), "the data comes first");
    scene.close().await;
}

#[tokio::test]
async fn a_browser_that_does_not_tell_of_idle_moments_has_all_screens_as_well() {
    let scene = Scene::open().await;
    scene.before_each_page("delete window.requestIdleCallback").await;
    scene.sign_in().await;
    scene.has_all_screens().await;
    scene.close().await;
}

#[tokio::test]
async fn who_saves_data_downloads_the_screens_that_are_about_to_be_opened() {
    let scene = Scene::open().await;
    let saves = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })";
    scene.before_each_page(saves).await;
    scene.sign_in().await;
    scene.sees("#credits", "30 credits").await;
    let points_at = "const [event, link] = arguments;
        document.querySelector(`nav a[href='${link}']`).dispatchEvent(new Event(event, { bubbles: true }))";
    scene.run(points_at, vec![json!("pointerover"), json!("/classifications")]).await;
    scene.run(points_at, vec![json!("focusin"), json!("/duty-rates")]).await;
    // The batches are run whatever screen is shown.
    let wanted = json!(["batches", "costs", "lists", "shared", "shared_later"]);
    scene.until("they have come", async || scene.run(PARTS, vec![]).await == wanted).await;
    scene.run(points_at, vec![json!("pointerover"), json!("/usage")]).await;
    let wanted = json!(["account", "batches", "costs", "lists", "shared", "shared_later"]);
    scene.until("the next has come", async || scene.run(PARTS, vec![]).await == wanted).await;
    assert_eq!(scene.path().await, "/");
    scene.close().await;
}

#[tokio::test]
async fn a_screen_that_does_not_come_says_so_and_can_be_tried_again() {
    let scene = Scene::open().await;
    sign_in_without(&scene, "split_").await;
    scene.click("nav a[href='/classify']").await;
    scene.sees(".failure", "The server answers, but this part of the dashboard did not arrive.").await;
    scene.appears("#reload").await;
    scene.click(".failure .secondary").await;
    scene.sees(".failure", "did not arrive").await;
    assert!(is_first_page(&scene).await, "the same build would not have it either");
    scene.run(BACK, vec![]).await;
    scene.click(".failure .secondary").await;
    scene.appears("#description").await;
    scene.close().await;
}

#[tokio::test]
async fn a_screen_comes_by_itself_when_the_connection_is_back() {
    let mut scene = Scene::open_with(&[], "nl-NL").await;
    sign_in_without(&scene, "split_").await;
    scene.server.kill();
    scene.click("nav a[href='/classifications']").await;
    scene.sees(".failure", "De server antwoordt niet.").await;
    scene.appears("#offline").await;
    scene.run(BACK, vec![]).await;
    scene.server.restart(&[]);
    scene.sees("h1", "Geschiedenis").await;
    scene.close().await;
}

/// A copy of the dashboard, of which newer builds are deployed.
struct Deployed(PathBuf);

impl Deployed {
    fn copy(name: &str) -> Self {
        let copy = std::env::temp_dir().join(format!("import8-deployed-{name}-{}", std::process::id()));
        let status = Command::new("cp").arg("-r").arg(setting("IMPORT8_DIST")).arg(&copy).status();
        assert!(status.expect("cp starts").success());
        Self(copy)
    }

    async fn open(&self) -> Scene {
        Scene::open_with(&["--dist", &self.0.to_string_lossy()], "en-GB").await
    }

    /// Replaces the build by one of another hash, with the same program, but without its file `missing`.
    fn update(&self, missing: Option<&str>) {
        let name = |path: &Path| path.file_name().and_then(|name| name.to_str()).map(str::to_owned);
        let names =
            fs::read_dir(&self.0).expect("the copy").map(|entry| name(&entry.expect("an entry").path()));
        let old = names.flatten().find(|name| name.starts_with("app-")).expect("the folder of the program");
        let new = "app-0123456789abcdef";
        fs::rename(self.0.join(&old), self.0.join(new)).expect("renamed");
        for missing in
            missing.into_iter().flat_map(|name| ["", ".br", ".gz"].map(|more| format!("{name}{more}")))
        {
            fs::remove_file(self.0.join(new).join(missing)).expect("removed");
        }
        for compressed in ["index.html.br", "index.html.gz"] {
            fs::remove_file(self.0.join(compressed)).expect("removed");
        }
        let page = self.0.join("index.html");
        let html = fs::read_to_string(&page).expect("the page").replace(&old, new);
        fs::write(&page, html).expect("written");
    }
}

impl Drop for Deployed {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).expect("removed");
    }
}

#[tokio::test]
async fn a_screen_of_an_older_build_reloads_the_page_once() {
    let deployed = Deployed::copy("once");
    let scene = deployed.open().await;
    sign_in_without(&scene, "split_").await;
    // The newer build lacks the screen too.
    deployed.update(Some("split_lists.wasm"));
    scene.run(BACK, vec![]).await;
    scene.click("nav a[href='/classifications']").await;
    scene.until("it is reloaded", async || !is_first_page(&scene).await).await;
    scene.sees(".failure", "The server answers, but this part of the dashboard did not arrive.").await;
    assert_eq!(scene.path().await, "/classifications");
    scene.click("nav a[href='/usage']").await;
    scene.sees("h1", "Credits and usage").await;
    scene.close().await;
}

#[tokio::test]
async fn a_build_that_has_reloaded_the_page_leaves_the_next_time_to_the_person() {
    let deployed = Deployed::copy("again");
    let scene = deployed.open().await;
    sign_in_without(&scene, "split_").await;
    let mark = "const program = document.querySelector('link[rel=modulepreload][href^=\"/app-\"]');
        sessionStorage['import8.reloaded'] = program.getAttribute('href')";
    scene.run(mark, vec![]).await;
    deployed.update(None);
    scene.run(BACK, vec![]).await;
    scene.click("nav a[href='/classifications']").await;
    scene.sees(".failure", "The dashboard was updated after this tab was opened.").await;
    assert!(is_first_page(&scene).await);
    scene.click("#reload").await;
    scene.sees("h1", "History").await;
    assert!(!is_first_page(&scene).await);
    scene.close().await;
}

#[tokio::test]
async fn a_page_with_unfinished_work_is_reloaded_when_it_is_finished() {
    let deployed = Deployed::copy("unfinished");
    let scene = deployed.open().await;
    sign_in_without(&scene, "split_lists").await;
    scene.click("nav a[href='/classify']").await;
    scene.fill("#description", "leather wallet").await;
    scene.until("the others are there", async || scene.parts().await >= 7).await;
    deployed.update(None);
    scene.run(BACK, vec![]).await;
    scene.click("nav a[href='/classifications']").await;
    scene.sees(".failure", "That happens by itself when nothing is left unfinished").await;
    // Something over the screen does not change that.
    scene.click("#open-palette").await;
    scene.appears("dialog.over").await;
    assert!(is_first_page(&scene).await);
    scene.run("document.querySelector('dialog.over').close()", vec![]).await;
    scene.click("nav a[href='/classify']").await;
    assert_eq!(scene.value("#description").await, "leather wallet");
    scene.click("form button[type=submit]").await;
    scene.sees(".code-hero", "4202").await;
    assert!(is_first_page(&scene).await);
    scene.click("nav a[href='/classifications']").await;
    scene.sees(".rows", "leather wallet").await;
    assert!(!is_first_page(&scene).await);
    scene.sees("#credits", "29 credits").await;
    scene.close().await;
}
