//! Tests of the page of a code with an imported tariff. The measures are made up and answered in the browser; everything
//! else is the server's.

use serde_json::{Value, json};

use crate::scene::{Scene, Screen, Server};

/// Number of preferences of the made-up tariff.
const PREFERENCES: usize = 300;

/// Script: answers `GET /v1/measures` with `window.told`, by whether an origin is asked for, and says that the service
/// has this extension. `window.asked` has the addresses of all requests.
const TELLS: &str = "window.asked = []; window.fetch = (fetch => async (request, options) => {
        const url = new URL(request.url ?? request, location.href);
        window.asked.push((url.pathname + url.search).replace(/&$/, ''));
        if (url.pathname.startsWith('/api/v1/measures/')) {
            const [status, body] = TOLD[url.searchParams.has('origin') ? 1 : 0];
            return new Response(JSON.stringify(body), { status });
        }
        const response = await fetch(request, options);
        if (url.pathname !== '/api/v1/me') return response;
        const account = await response.json();
        account.data.extensions.push('code_measures');
        return new Response(JSON.stringify(account), { status: response.status, headers: response.headers });
    })(window.fetch)";

/// Makes the pages from now on tell these measures: those on goods of any origin, and those on goods of one.
async fn tells(scene: &Scene, told: [(u16, Value); 2]) {
    let told = told.map(|(status, body)| json!([status, body]));
    scene.before_each_page(&TELLS.replace("TOLD", &json!(told).to_string())).await;
}

fn imported() -> [(u16, Value); 2] {
    [false, true].map(|has_origin| (200, json!({"success": true, "data": measures(has_origin)})))
}

/// The measures on goods of any origin, or those on goods of one.
fn measures(has_origin: bool) -> Value {
    let measure = |kind: &str, name: &str, area: &str, duty: &str| {
        json!({"kind": kind, "measure_type": "103", "name": name, "area": area, "duty": duty,
            "regulation": "Regulation (EU) 2025/1926", "from": "2026-01-01"})
    };
    let mut restriction = measure("restriction", "Veterinary control", "All countries", "");
    restriction["conditions"] = json!([
        {"kind": "B", "document": {"code": "N853", "text": "Common Health Entry Document for Products"},
            "requirement": "Document N853 is declared", "outcome": "entry into free circulation allowed"},
        {"kind": "B", "requirement": "Nothing is handed in", "outcome": "entry into free circulation not allowed"}]);
    let mut quota = measure("quota", "Preferential tariff quota", "Argentina", "4 %");
    quota["order_number"] = json!("090006");
    quota["footnotes"] = json!([{"code": "CD333", "text": "A note on the proof of origin."}]);
    let mut all = vec![
        measure("third_country_duty", "Third country duty", "All countries", "10 %"),
        restriction,
        quota,
    ];
    let mut dumping = measure("anti_dumping", "Definitive anti-dumping duty", "China", "48.5 %");
    dumping["additional_code"] = json!({"code": "C999", "text": "All other companies"});
    all.push(dumping);
    if !has_origin {
        let many = (0..PREFERENCES)
            .map(|at| measure("preference", "Tariff preference", &format!("Country {at}"), "2 %"));
        all.extend(many);
    }
    json!({"hs_code": "0201300000", "day": "2026-11-30", "source": "TARIC", "source_date": "2026-11-01",
        "supplementary_unit": "p/st", "measures": all, "notes": ["Exclusions of countries are missing."],
        "official_texts": [{"code": "02", "text": "MEAT AND EDIBLE MEAT OFFAL"},
            {"code": "0201", "text": "Meat of bovine animals, fresh or chilled"}]})
}

#[tokio::test]
async fn a_code_has_everything_that_an_imported_tariff_says_of_it() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    tells(&scene, imported()).await;
    scene.go("/duty-rates?code=0201300000").await;
    scene.sees("#mfn .number", "12.8\u{a0}% + 303.4 EUR/100 kg").await;
    scene.sees("#edition", "Measures on 30 November 2026, from TARIC of 1 November 2026.").await;
    scene.sees("#edition", "Exclusions of countries are missing.").await;
    scene.sees("#vat", "21\u{a0}%").await;
    for text in [
        "Veterinary control",
        "N853 Common Health Entry Document for Products. Document N853 is declared: entry into free circulation allowed",
        "B Nothing is handed in: entry into free circulation not allowed",
        "Supplementary unit",
    ] {
        scene.sees("#declare", text).await;
    }
    scene.sees("#anti-dumping", "C999 All other companies").await;
    scene.sees("#ordinary", "Third country duty").await;
    scene.sees("#official", "Meat of bovine animals").await;
    // Hundreds of rows are folded, and so are footnotes.
    let count = PREFERENCES + 1;
    scene.sees("#preferences summary", &format!("{count} measures")).await;
    assert!(!scene.all("#preferences").await.concat().contains("Country 7"));
    scene.click("#preferences > details > summary").await;
    scene.sees("#preferences", "Country 299").await;
    scene.sees("#preferences", "Quota, order number 090006").await;
    scene.sees("#preferences", "Saves 6 percentage points").await;
    assert!(!scene.all("#preferences").await.concat().contains("A note on"));
    scene.click("#preferences li details summary").await;
    scene.sees("#preferences li details", "A note on the proof of origin.").await;
    // The origin and the day are part of the question, and go on to other codes. The calculator knows no day.
    scene.choose_country("#origin", "Argentina").await;
    scene.vanishes("#preferences > details").await;
    scene.sees("#preferences", "quota_consultation.jsp").await;
    let day = "const day = document.querySelector('#on'); day.value = '2026-01-15'; day.dispatchEvent(new Event('change', { bubbles: true }))";
    scene.run(day, vec![]).await;
    let query = "?code=0201300000&origin=AR&on=2026-01-15";
    scene.appears("#mfn .primary[href='/landed-cost?code=0201300000&origin=AR']").await;
    assert_eq!(scene.run("return location.search", vec![]).await, json!(query));
    let asked = scene.run("return window.asked.filter(path => path.includes('on=2026-01-15'))", vec![]).await;
    assert_eq!(
        asked,
        json!([
            "/api/v1/duty-rates/0201300000?origin=AR&destination=NL&on=2026-01-15",
            "/api/v1/measures/0201300000?origin=AR&on=2026-01-15"
        ])
    );
    // A code above this one, and back to it.
    scene.sees("#place", "this code").await;
    scene.click("#place li a[href*='code=020130&']").await;
    scene.sees("#refused", "Goods cannot be declared under 0201 30").await;
    let above = query.replace("0201300000", "020130");
    assert_eq!(scene.run("return location.search", vec![]).await, json!(above));
    scene.click("#refused .below button").await;
    scene.sees("#mfn .number", "12.8\u{a0}% + 303.4 EUR/100 kg").await;
    assert_eq!(scene.run("return location.search", vec![]).await, json!(query));
    scene.close().await;
}

#[tokio::test]
async fn a_list_that_cannot_be_read_is_an_error_and_not_nothing() {
    let scene = Scene::open_with(&[], "nl-NL").await;
    scene.go("/").await;
    scene.enter_key(&scene.key).await;
    scene.sees("h1", "Overzicht").await;
    let unreadable = || (200, json!({"success": true, "data": {"measures": "none"}}));
    let unknown = || (404, json!({"success": false, "message": "Not found"}));
    tells(&scene, [unreadable(), unknown()]).await;
    scene.go("/duty-rates?code=3406000000").await;
    scene.sees(".failure", "data.measures").await;
    scene.appears("#mfn .number").await;
    assert!(scene.all("#declare, #ordinary, #place").await.is_empty());
    // A service that does not know the measures of a code has its rates all the same.
    scene.choose_country("#origin", "China").await;
    scene.vanishes(".failure").await;
    scene.sees("#anti-dumping", "60,3\u{a0}%").await;
    scene.sees("#place", "deze code").await;
    scene.close().await;
}

#[tokio::test]
async fn it_fits_a_phone_in_the_dark() {
    let scene = Scene::on(Screen::DarkPhone, Server::start(&[]), "nl-NL").await;
    scene.go("/").await;
    scene.enter_key(&scene.key).await;
    scene.sees("h1", "Overzicht").await;
    tells(&scene, imported()).await;
    scene.go("/duty-rates?code=0201300000").await;
    scene.click("#preferences > details > summary").await;
    scene.sees("#preferences", "Country 299").await;
    scene.fits().await;
    scene.close().await;
}
