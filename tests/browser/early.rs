//! The page before the program has arrived, for a person who is signed in: its requests and its frame.

use serde_json::{Value, json};

use crate::scene::Scene;
use crate::service::Service;

const LIST: &str = r#"{"success": true, "data": [{"id": "7", "status": "failed", "product_summary": "leather wallet"}], "meta": {"current_page": 1, "per_page": 20, "total": 1, "last_page": 1}}"#;
const ONE: &str =
    r#"{"success": true, "data": {"id": "7", "status": "failed", "product_summary": "leather wallet"}}"#;
const USAGE: &str = r#"{"success": true, "data": {"plan": {"name": "Starter"}, "classifications": {"current": 1, "limit": 100}, "period": {"year": 2026, "month": 11}}}"#;

/// An account with the extensions on which early requests depend.
const ABLE: &str = r#"{"success": true, "data": {"organization": {"name": "Vendor"}, "credits": {"remaining": 5}, "limits": {"rate_limit_per_minute": 20}, "extensions": ["filters", "review", "usage_days"]}}"#;

/// Script: where the key is, but for session storage: what is reachable from `window`, and what the page shows and
/// stores.
const FIND_KEY: &str = "const key = sessionStorage.getItem('import8.key'), found = [], met = new Set();
    const look = (value, path) => {
        if (typeof value === 'string' && value.includes(key)) found.push(path.join('.'));
        if (!value || typeof value !== 'object' || met.has(value) || path.length > 5) return;
        met.add(value);
        for (const name of Object.getOwnPropertyNames(value)) {
            if (name !== 'sessionStorage') try { look(value[name], [...path, name]) } catch {}
        }
    };
    look(window, ['window']);
    look([document.documentElement.outerHTML, document.cookie, location.href, JSON.stringify(localStorage),
        performance.getEntries().map(entry => entry.name).join()], ['seen']);
    return found";

async fn command(scene: &Scene, name: &str, parameters: Value) {
    scene.browser.cdp().send_raw(name, parameters).await.expect(name);
}

/// Opens a page whose program does not arrive.
async fn open_without_program(scene: &Scene, address: &str) {
    command(scene, "Network.enable", json!({})).await;
    command(scene, "Network.setBlockedURLs", json!({ "urls": ["*_bg.wasm"] })).await;
    scene.go(address).await;
    scene.sees("#shell-failed:not([hidden])", "The dashboard could not start.").await;
    command(scene, "Network.setBlockedURLs", json!({ "urls": [] })).await;
}

#[tokio::test]
async fn what_the_page_has_asked_for_is_not_asked_again() {
    let service = Service::start();
    service.answers_by(|_, path| {
        let body = match path.trim_end_matches('&') {
            "/v1/usage" | "/v1/usage?days=true" => USAGE,
            "/v1/classifications/7" => ONE,
            _ => LIST,
        };
        (200, String::new(), body.to_owned())
    });
    let scene = service.scene("en-GB", "Overview").await;
    scene.sees(".rows", "leather wallet").await;
    for (address, expected, shown) in [
        ("/", vec!["/v1/classifications?per_page=20&page=1", "/v1/me", "/v1/usage"], ".figures"),
        ("/classifications", vec!["/v1/classifications?per_page=20&page=1", "/v1/me"], ".rows"),
        ("/classifications/7", vec!["/v1/classifications/7", "/v1/me"], "h1"),
    ] {
        service.forget_asked();
        open_without_program(&scene, address).await;
        scene.until("the page has asked", async || service.asked().len() >= expected.len()).await;
        assert_eq!(service.asked(), expected, "{address}, before the program");
        assert_eq!(scene.run(FIND_KEY, vec![]).await, json!([]), "{address}");
        service.forget_asked();
        scene.go(address).await;
        scene.sees(shown, if address == "/" { "Starter" } else { "leather wallet" }).await;
        scene.sees("#credits", "5 credits").await;
        assert_eq!(service.asked(), expected, "{address}");
    }
    scene.click("nav a[href='/requests']").await;
    scene.sees(".log", "/v1/classifications/7").await;
    // What the account can do decides what some of these screens ask for.
    service.has_account(ABLE);
    for (address, path) in [
        ("/duty-rates?code=8518300090", "/v1/duty-rates/8518300090?destination=NL"),
        ("/usage", "/v1/usage?days=true"),
    ] {
        service.forget_asked();
        scene.go(address).await;
        scene.sees("#credits", "5 credits").await;
        scene.until(path, async || service.asked().iter().any(|asked| asked == path)).await;
        assert_eq!(service.asked().iter().filter(|asked| *asked == path).count(), 1, "{address}");
    }
    // Nothing is asked for nobody.
    scene.click("#sign-out").await;
    scene.sees("h1", "Sign in").await;
    service.forget_asked();
    open_without_program(&scene, "/").await;
    assert_eq!(service.asked(), Vec::<String>::new());
    scene.close().await;
}

/// Script: the places of the frame, as `window.painted` before the program draws and as `window.drawn` when it has.
const PLACES: &str = "const places = () => JSON.stringify(['.side', '.side .brand', '.bar'].map(css => {
        const { x, y, width, height } = document.querySelector(css).getBoundingClientRect();
        return [x, y, width, height];
    }));
    new MutationObserver(() => {
        if (!document.querySelector('.bar')) return;
        if (document.getElementById('shell')) window.painted = places(); else window.drawn ??= places();
    }).observe(document, { childList: true, subtree: true })";

#[tokio::test]
async fn the_frame_is_painted_where_the_program_draws_it() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.before_each_page(PLACES).await;
    for width in [1440, 390] {
        let metrics = json!({ "width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 400 });
        command(&scene, "Emulation.setDeviceMetricsOverride", metrics).await;
        scene.go("/settings").await;
        scene.sees("h1", "Settings").await;
        let places = scene.run("return [window.painted, window.drawn]", vec![]).await;
        assert!(places[0].is_string(), "the frame was not painted");
        assert_eq!(places[0], places[1], "{width}");
    }
    scene.click("#sign-out").await;
    scene.sees("h1", "Sign in").await;
    scene.run("delete window.painted", vec![]).await;
    scene.go("/").await;
    scene.sees("h1", "Sign in").await;
    let mark = "return document.documentElement.dataset.shell ?? null";
    assert_eq!(scene.run(mark, vec![]).await, json!(null));
    scene.close().await;
}
