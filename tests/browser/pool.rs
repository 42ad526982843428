//! A pool of browsers, each used by one test after another. A test gets an unused window and its own server address,
//! whose data is cleared when the test returns the browser.

use std::sync::{Mutex, MutexGuard};

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::scene::Screen;

/// An idle browser.
struct Idle {
    screen: Screen,
    language: String,
    browser: WebDriver,
}

static IDLE: Mutex<Vec<Idle>> = Mutex::new(Vec::new());

fn idle() -> MutexGuard<'static, Vec<Idle>> {
    IDLE.lock().expect("the pool")
}

/// Takes an idle browser for this screen and language, if there is one.
pub(crate) fn take(screen: Screen, language: &str) -> Option<WebDriver> {
    let mut idle = idle();
    let at = idle.iter().position(|idle| idle.screen == screen && idle.language == language)?;
    Some(idle.swap_remove(at).browser)
}

/// Returns a browser that was used with the server at `origin`, after clearing the data of that origin.
pub(crate) async fn give_back(browser: WebDriver, screen: Screen, language: String, origin: &str) {
    let used = browser.windows().await.expect("windows");
    // A new tab would share its window with used ones, and only one tab of a window is visible.
    let fresh = browser.new_window().await.expect("a window");
    for window in used {
        browser.switch_to_window(window).await.expect("a window");
        browser.close_window().await.expect("closed");
    }
    browser.switch_to_window(fresh).await.expect("the window");
    command(&browser, "Storage.clearDataForOrigin", &json!({"origin": origin, "storageTypes": "all"})).await;
    command(&browser, "Network.clearBrowserCache", &json!({})).await;
    if screen == Screen::Desk {
        browser.set_window_rect(0, 0, 1440, 900).await.expect("the first size");
    }
    idle().push(Idle { screen, language, browser });
}

/// A command of the DevTools protocol.
async fn command(browser: &WebDriver, name: &str, parameters: &Value) {
    browser.cdp().send_raw(name, parameters.clone()).await.expect(name);
}
