//! Tests of the layout: every screen fits, wide and narrow, in the light and the dark theme.

use serde_json::json;

use crate::files::give;
use crate::scene::{Scene, Screen, Server};

/// Addresses of duties and costs with long content; the last is a comparison.
const COSTS: [&str; 5] = [
    "/tariff?code=8518300090",
    "/duty-rates?code=640399",
    "/duty-rates?code=3406000000&origin=GB",
    "/duty-rates?code=0201300000",
    "/landed-cost?code=3406000000&origin=CN&value=1234567.89&quantity=9999&shipping=88888.88&price=1&compare=origins&with=GB,BD,TR&proof=1",
];

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
    for path in [
        "/",
        "/classify",
        "/classifications",
        "/classifications?page=7",
        "/keys",
        "/usage",
        "/webhook",
        "/requests",
        "/settings",
        "/tariff/changes",
        "/nowhere",
    ] {
        scene.go(path).await;
        scene.appears("h1").await;
        scene.appears("#credits").await;
        fits(&scene, path).await;
    }
    for path in COSTS {
        scene.go(path).await;
        scene.appears("#mfn, #refused, .total, #row-8518300090").await;
        fits(&scene, path).await;
        if screen == Screen::DarkPhone {
            stands_beside_its_name(&scene, path).await;
        }
    }
    scene.sees(".cases", "0\u{a0}%").await;
    fits(&scene, "side by side").await;
    scene.go("/batches/new").await;
    give(
        &scene,
        &format!("{}.csv", "lang".repeat(40)),
        &format!("omschrijving;land\n{long};{long}\nfles;China\n"),
    )
    .await;
    scene.appears("#cost").await;
    fits(&scene, "draft").await;
    scene.click("#start:not([disabled])").await;
    scene.appears(".how-far").await;
    fits(&scene, "batch").await;
    scene.click("nav a[href='/batches']").await;
    scene.click(".row-action .delete").await;
    fits(&scene, "batches").await;
    scene.close().await;
}

/// Script: the texts with a contrast below 4.5 to 1, as WCAG computes it. Disabled elements are exempt.
const TOO_FAINT: &str = "const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const painted = colours => { canvas.clearRect(0, 0, 1, 1);
        for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1) }
        return [...canvas.getImageData(0, 0, 1, 1).data] };
    const light = ([red, green, blue]) => [red, green, blue].map(part => part / 255)
        .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), faint = [];
    while (walker.nextNode()) {
        const text = walker.currentNode, element = text.parentElement;
        if (!text.data.trim() || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
        if (element.closest(':disabled, [aria-disabled=true], svg, option')) continue;
        const under = [];
        for (let at = element; at; at = at.parentElement) under.unshift(getComputedStyle(at).backgroundColor);
        const [dark, bright] = [light(painted(under)), light(painted([...under, getComputedStyle(element).color]))]
            .sort((a, b) => a - b);
        const ratio = (bright + 0.05) / (dark + 0.05);
        if (ratio < 4.5) faint.push(`${text.data.trim().slice(0, 40)}: ${ratio.toFixed(2)}`);
    }
    return faint";

/// Checks that nothing overflows to the right and that texts have enough contrast.
async fn fits(scene: &Scene, what: &str) {
    // The bars in place of what is being loaded have a text for screen readers alone.
    scene.vanishes(".skeleton").await;
    scene.fits().await;
    assert_eq!(scene.run(TOO_FAINT, vec![]).await, json!([]), "{what} cannot be read");
}

/// On a narrow screen, the parts of a measure are stacked and do not run into each other.
async fn stands_beside_its_name(scene: &Scene, what: &str) {
    let over = "return [...document.querySelectorAll('.measures li')].filter(row => {
        const parts = [...row.children].map(part => part.getBoundingClientRect()).filter(part => part.width && part.height);
        return parts.some((one, at) => parts.slice(at + 1).some(other =>
            other.left < one.right - 1 && one.left < other.right - 1 && other.top < one.bottom - 1 && one.top < other.bottom - 1));
    }).map(row => row.innerText)";
    assert_eq!(scene.run(over, vec![]).await, json!([]), "{what}");
}

#[tokio::test]
async fn on_a_desk() {
    check(Screen::Desk, 1440, "light").await;
}

#[tokio::test]
async fn on_a_phone_in_the_dark() {
    check(Screen::DarkPhone, 390, "dark").await;
}
