//! Tests of the tariff changes: the page with made-up changes, which are answered in the browser; and the way of a code
//! that ends, with editions that the server imports.

use serde_json::{Value, json};

use crate::files::{text_file, watch_files};
use crate::review::{may_judge, pass, press, stop_clock, with};
use crate::scene::{Scene, Screen, Server};
use crate::service::Service;

/// Script: answers `GET /v1/tariff` and `GET /v1/tariff/changes`, the latter by the newer edition that is asked for.
/// `window.asked` has the queries.
const TELLS: &str = "window.asked = []; window.fetch = (fetch => async (request, options) => {
        const url = new URL(request.url ?? request, location.href);
        const json = (status, body) => new Response(JSON.stringify(body), { status });
        if (url.pathname === '/api/v1/tariff') return json(200, EDITIONS);
        if (url.pathname !== '/api/v1/tariff/changes') return fetch(request, options);
        const query = url.searchParams;
        window.asked.push(url.search.replace(/&$/, ''));
        if (query.get('to') === '8') return json(404, { success: false, message: 'Edition not found.' });
        if (query.get('to') === '9') return json(503, { success: false, message: 'Busy.' });
        if (query.has('format')) return new Response('Code;Text', { status: 200 });
        const answer = structuredClone(CHANGES);
        if (query.get('from_day') === '2026-12-24') answer.data.changes = [];
        return json(200, answer);
    })(window.fetch)";

fn edition(id: u32, day: &str) -> Value {
    json!({"id": id, "publication": "TARIC", "day": day, "imported_at": "2026-12-01T09:00:00+00:00",
        "lines": 22_000, "measures": 180_000})
}

/// Three codes: one that ended, one with another duty, and one below which something changes.
fn changes() -> Value {
    json!([
        {"code": "8518302000", "text": "Line telephone handsets", "products": 2, "kinds": ["ended", "unit"],
            "becomes": [
                {"code": "8518302100", "text": "With a cord", "certain": true, "duty": "1.500 %",
                    "difference": {"amount": 1.85, "products": 1}},
                {"code": "8518302900", "text": "Without a cord", "overlap": 67, "duty": "2.000 %"}],
            "duty_before": "0.000 %", "unit_before": "", "unit_after": "NAR", "measures": []},
        {"code": "9617000000", "text": "Vacuum flasks", "products": 1, "kinds": ["duty", "measures"],
            "duty_before": "6.700 %", "duty_after": "5.000 %", "difference": {"amount": -17.0, "products": 1},
            "measures": [{"measure_type": "142", "name": "Tariff preference", "area": "GSP (2020)",
                "before": "0.000 %", "products": 1}]},
        {"code": "851810", "text": "Microphones", "products": 3, "kinds": ["below"],
            "below": [{"code": "8518100010", "text": "For cars", "certain": false}]}])
}

async fn tells(scene: &Scene) {
    let (older, newer) = (edition(1, "2026-12-01"), edition(2, "2027-01-01"));
    let editions = json!({"success": true, "data": {"in_force": older, "editions": [newer, older]}});
    let told = json!({"from": older, "to": newer, "codes_in_use": 310, "changes": changes(),
        "notes": ["The candidates are those of the same place: check them."]});
    let told = json!({"success": true, "data": told}).to_string();
    let script = TELLS.replace("EDITIONS", &editions.to_string()).replace("CHANGES", &told);
    scene.before_each_page(&script).await;
}

#[tokio::test]
async fn each_code_that_changes_is_told_with_what_it_becomes_and_costs() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    tells(&scene).await;
    scene.go("/tariff/changes").await;
    scene
        .sees("#outcome h2", "3 of your codes change between TARIC 1 December 2026 and 1 January 2027")
        .await;
    scene.sees("#outcome", "check them.").await;
    scene.sees("#from option:checked", "TARIC 1 December 2026 (in force)").await;
    scene.sees("#to option:checked", "TARIC 1 January 2027").await;
    for text in [
        "Ended, Supplementary unit",
        "2 products",
        "8518 30 21 00 With a cord certain · 1.5\u{a0}% · +€1.85 for 1 of 2 products",
        "Without a cord 67\u{a0}% of the words are the same · 2\u{a0}%",
        "Third-country duty 0\u{a0}% → not known here, or not one duty",
        "Supplementary unit none → NAR",
    ] {
        scene.sees("#changed li[data-code='8518302000']", text).await;
    }
    for text in [
        "Third-country duty 6.7\u{a0}% → 5\u{a0}%",
        "Difference in duty -€17.00 for 1 of 1 product",
        "142 Tariff preference, GSP (2020): 0.000 % → none of these origins: 1 product",
    ] {
        scene.sees("#changed li[data-code='9617000000']", text).await;
    }
    // A kind is chosen in the address, so it can be sent to a colleague.
    let asked = scene.run("return window.asked.length", vec![]).await;
    scene.click(".change-kinds a[href$='kind=ended']").await;
    scene.is_at("/tariff/changes?kind=ended").await;
    scene.vanishes("#changed li[data-code='9617000000']").await;
    assert_eq!(scene.run("return window.asked.length", vec![]).await, asked, "nothing is compared again");
    scene.browser.refresh().await.expect("loaded again");
    scene.sees(".change-kinds [aria-current]", "Ended 1").await;
    scene.appears("#changed li[data-code='8518302000'] a[href='/classifications?code=8518302000']").await;
    assert_eq!(scene.all("#changed > li").await.len(), 1);
    // The file has all changes between the editions that are shown.
    watch_files(&scene).await;
    scene.click("#save-csv").await;
    scene.sees("#saved", "tariff-changes-2026-12-01-2027-01-01.csv was saved.").await;
    assert_eq!(text_file(&scene).await, "Code;Text");
    let last = scene.run("return window.asked.at(-1)", vec![]).await;
    assert_eq!(last, json!("?from=1&to=2&from_day=2026-12-01&to_day=2027-01-01&format=csv"));
    // Another day of the same edition.
    let day = "const day = document.querySelector('#from_day'); day.value = '2026-12-24'; day.dispatchEvent(new Event('change', { bubbles: true }))";
    scene.run(day, vec![]).await;
    scene.sees("#outcome h2", "None of your 310 codes changes between").await;
    scene.is_at("/tariff/changes?from=1&to=2&from_day=2026-12-24&kind=ended").await;
    // What the service cannot tell now, or any more.
    scene.go("/tariff/changes?from=1&to=8").await;
    scene.sees(".notice", "not kept here any more").await;
    scene.go("/tariff/changes?from=1&to=9").await;
    scene.sees("#busy", "The service is busy").await;
    scene.sees("#busy .countdown", "You can try again in").await;
    scene.close().await;
}

#[tokio::test]
async fn it_fits_a_phone_in_the_dark() {
    let scene = Scene::on(Screen::DarkPhone, Server::start(&[]), "nl-NL").await;
    scene.go("/").await;
    scene.enter_key(&scene.key).await;
    scene.sees("h1", "Overzicht").await;
    tells(&scene).await;
    scene.go("/tariff/changes").await;
    scene.sees("#outcome h2", "3 van uw codes wijzigen tussen TARIC 1 december 2026 en 1 januari 2027").await;
    scene.fits().await;
    scene.close().await;
}

#[tokio::test]
async fn a_service_without_changes_says_so() {
    let service = Service::start();
    service.answers((404, "", r#"{"success": false, "message": "Not found"}"#));
    let scene = service.scene("en-GB", "Overview").await;
    scene.click("nav a[href='/tariff/changes']").await;
    scene.sees(".empty", "This service does not offer tariff changes").await;
    assert!(service.asked().iter().all(|path| !path.starts_with("/v1/tariff")), "{:?}", service.asked());
    scene.close().await;
}

#[tokio::test]
async fn a_product_whose_code_ends_goes_back_into_review_until_it_has_another_code() {
    let (scene, ids) = with(&["leather wallet", "led lamp"]).await;
    for id in &ids {
        let verdict = json!({"status": "corrected", "corrected_code": "8518.30"});
        scene.call("POST", &format!("/v1/classifications/{id}/feedback"), verdict).await;
    }
    scene.go("/tariff/changes").await;
    scene.sees(".empty", "No edition of the tariff is imported").await;
    scene.sees(".empty pre", "import8-server tariff import --data data").await;
    scene.server.import("2026-12-01", &[("851830", "Headphones")]);
    scene.browser.refresh().await.expect("loaded again");
    scene.sees("#outcome", "An edition does not differ from itself on the same day").await;
    scene.server.import("2027-01-01", &[("851831", "Headphones and earphones"), ("851890", "Parts")]);
    scene.browser.refresh().await.expect("loaded again");
    scene.sees("#outcome h2", "1 of your codes changes between").await;
    scene.sees("#changed li[data-code='851830']", "Ended").await;

    scene.go("/").await;
    scene.sees("#tariff-news", "1 of your codes ends between").await;
    scene.click("#tariff-news a").await;
    scene.appears("#changed li[data-code='851830']").await;

    scene.click("nav a[href='/review']").await;
    scene.sees("#all-done", "Nothing to review").await;
    scene.click(".parts a[href='/review?in_tariff=false']").await;
    scene.sees(".lead", "2 of 2 left").await;
    scene.sees("#review", "8518 30 is not in").await;
    scene.sees("#review .pick", "8518 31").await;
    may_judge(&scene).await;
    stop_clock(&scene).await;
    press(&scene, "1").await;
    scene.sees("#queue .done .said", "Corrected to 8518 31").await;
    scene.sees(".lead", "1 of 2 left").await;
    // It can be taken back as any verdict.
    press(&scene, "z").await;
    scene.sees(".lead", "2 of 2 left").await;
    scene.vanishes("#queue .done").await;
    press(&scene, "1").await;
    scene.sees(".lead", "1 of 2 left").await;
    // Any other code is chosen as in a correction.
    press(&scene, "x").await;
    scene.fill("#right-code", "851890").await;
    scene.click(".right-code button[type=submit]").await;
    scene.sees(".lead", "0 of 2 left").await;
    pass(&scene).await;
    scene.sees("#all-done", "No code of yours is missing in the imported tariff").await;
    let left = scene.call("GET", "/v1/classifications?in_tariff=false", Value::Null).await;
    assert_eq!(left["meta"]["total"], 0, "{left}");
    scene.close().await;
}
