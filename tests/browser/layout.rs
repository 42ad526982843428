//! Every screen fits, wide and narrow, light and dark.

use serde_json::json;

use crate::scene::{Scene, Screen, Server};

async fn check(screen: Screen, width: u32, scheme: &str) {
    let scene = Scene::on(screen, Server::start(&[]), "nl-NL").await;
    scene.go("/").await;
    assert_eq!(scene.run("return innerWidth", vec![]).await, json!(width));
    let is_scheme = "return matchMedia(`(prefers-color-scheme: ${arguments[0]})`).matches";
    assert_eq!(scene.run(is_scheme, vec![json!(scheme)]).await, json!(true));
    fits(&scene, "sign-in").await;
    scene.enter_key(&scene.key).await;
    scene.sees("h1", "Overzicht").await;
    let long = "Roestvrijstalendrinkflessendoppendraaimachinehoes ".repeat(4);
    scene.classify(&format!("leren portemonnee {long}")).await;
    fits(&scene, "result").await;
    for path in ["/", "/classify", "/classifications", "/classifications?page=7", "/nowhere"] {
        scene.go(path).await;
        scene.appears("h1").await;
        scene.appears("#credits").await;
        fits(&scene, path).await;
    }
    scene.close().await;
}

/// Nothing sticks out to the right, and text can be told from its background.
async fn fits(scene: &Scene, what: &str) {
    let over =
        scene.run("return Math.max(0, document.documentElement.scrollWidth - innerWidth)", vec![]).await;
    assert_eq!(over, json!(0), "{what} is too wide");
    let colours = "const style = getComputedStyle(document.documentElement); return [style.color, style.backgroundColor]";
    let colours = scene.run(colours, vec![]).await;
    assert_ne!(colours[0], colours[1], "{what}");
}

#[tokio::test]
async fn on_a_desk() {
    check(Screen::Desk, 1440, "light").await;
}

#[tokio::test]
async fn on_a_phone_in_the_dark() {
    check(Screen::DarkPhone, 390, "dark").await;
}
