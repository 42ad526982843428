//! Tests of the page of a code against a service with the extension `code_measures`: an imported tariff with hundreds
//! of measures, and what else the page has to say.

use serde_json::{Value, json};

use crate::scene::{Scene, Screen, Server};
use crate::service::Service;

const ABLE: &str = r#"{"success": true, "data": {"organization": {"name": "Vendor"}, "credits": {"remaining": 5}, "limits": {"rate_limit_per_minute": 500}, "extensions": ["nomenclature", "code_measures"]}}"#;

/// Number of preferences of the fake tariff.
const PREFERENCES: usize = 300;

fn rates(is_other_day: bool) -> Value {
    let duty = if is_other_day { "9.00%" } else { "10.00%" };
    json!({"hs_code": "0201300020", "description": "Boneless beef, frozen at sea",
        "mfn_duty": {"rate": duty, "source": "Regulation (EU) 2025/1926", "date": "2026-11-01"},
        "preferential_duties": [], "anti_dumping": [], "vat_rate": "9.00%"})
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
    json!({"hs_code": "0201300020", "day": "2026-11-30", "source": "TARIC", "source_date": "2026-11-01",
        "supplementary_unit": "p/st", "measures": all, "notes": ["Exclusions of countries are missing."],
        "official_texts": [{"code": "02", "text": "MEAT AND EDIBLE MEAT OFFAL"},
            {"code": "0201", "text": "Meat of bovine animals, fresh or chilled"}]})
}

fn row(code: &str, level: &str) -> Value {
    json!({"code": code, "level": level, "description": format!("goods of {code}"), "declarable": code.len() == 10})
}

fn place(code: &str) -> Option<Value> {
    let (path, children): (&[Value], Vec<Value>) = match code {
        "0201300020" => (&[row("0201", "heading"), row("02013000", "cn_code")], vec![]),
        "02013000" => (
            &[row("0201", "heading")],
            ["0201300020", "0201300090"].map(|code| row(code, "taric_code")).to_vec(),
        ),
        "0201" => (&[], vec![row("02013000", "cn_code")]),
        _ => return None,
    };
    Some(json!({"row": row(code, "cn_code"), "path": path, "children": children}))
}

fn answer(path: &str) -> (u16, String, String) {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let data = match path {
        "/v1/duty-rates/0201300020" => Some(rates(query.contains("on=2026-01-15"))),
        "/v1/measures/0201300020" => Some(measures(query.contains("origin="))),
        "/v1/duty-rates/02013000" => {
            let offer = json!([{"code": "0201300020", "description": "Boneless beef, frozen at sea"}]);
            let refusal = json!({"success": false, "message": "Refused.", "declarable_codes": offer});
            return (422, String::new(), refusal.to_string());
        }
        path => path.strip_prefix("/v1/nomenclature/").and_then(place),
    };
    match data {
        Some(data) => (200, String::new(), json!({"success": true, "data": data}).to_string()),
        None => (404, String::new(), json!({"success": false, "message": "Not found"}).to_string()),
    }
}

fn service() -> Service {
    let service = Service::start();
    service.has_account(ABLE);
    service.answers_by(|_, path| answer(path));
    service
}

#[tokio::test]
async fn a_code_has_everything_that_an_imported_tariff_says_of_it() {
    let service = service();
    let scene = service.scene("en-GB", "Overview").await;
    scene.go("/duty-rates?code=0201300020").await;
    scene.sees("#mfn .number", "10\u{a0}%").await;
    scene.sees("#edition", "Measures on 30 November 2026, from TARIC of 1 November 2026.").await;
    scene.sees("#edition", "Exclusions of countries are missing.").await;
    scene.sees("#vat", "9\u{a0}%").await;
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
    // The origin and the day are part of the question, and go on to the calculator and to other codes.
    scene.choose_country("#origin", "Argentina").await;
    scene.vanishes("#preferences > details").await;
    scene.sees("#preferences", "quota_consultation.jsp").await;
    let day = "const day = document.querySelector('#on'); day.value = '2026-01-15'; day.dispatchEvent(new Event('change', { bubbles: true }))";
    scene.run(day, vec![]).await;
    scene.sees("#mfn .number", "9\u{a0}%").await;
    let query = "?code=0201300020&origin=AR&on=2026-01-15";
    assert_eq!(scene.run("return location.search", vec![]).await, json!(query));
    scene.appears(&format!("#mfn .primary[href='/landed-cost{query}']")).await;
    scene.sees("#place li:nth-child(3)", "this code").await;
    scene.sees("#place li:nth-child(4)", "0201 30 00 90").await;
    scene.click("#place li:nth-child(2) a").await;
    scene.sees("#refused", "Goods cannot be declared under 0201 30 00").await;
    assert_eq!(scene.run("return location.search", vec![]).await, json!(query.replace("20&", "&")));
    scene.sees("#place", "goods of 0201300090").await;
    scene.click("#refused .below button").await;
    scene.sees("#mfn .number", "9\u{a0}%").await;
    scene.close().await;
}

#[tokio::test]
async fn a_list_that_cannot_be_read_is_an_error_and_not_nothing() {
    let service = service();
    let scene = service.scene("nl-NL", "Overzicht").await;
    service.answers_by(|_, path| match path.starts_with("/v1/measures/") {
        true => (200, String::new(), r#"{"success": true, "data": {"measures": "none"}}"#.to_owned()),
        false => answer(path),
    });
    scene.go("/duty-rates?code=0201300020").await;
    scene.sees("#mfn .number", "10\u{a0}%").await;
    scene.sees(".failure", "data.measures").await;
    assert!(scene.all("#declare, #ordinary, #place").await.is_empty());
    // A service that does not know the measures of a code has its rates all the same.
    service.answers_by(|_, path| match path.starts_with("/v1/measures/") {
        true => (404, String::new(), r#"{"success": false, "message": "Not found"}"#.to_owned()),
        false => answer(path),
    });
    scene.click(".failure button").await;
    scene.sees("#preferences", "Geen vermeld voor deze goederencode.").await;
    scene.vanishes(".failure").await;
    scene.close().await;
}

#[tokio::test]
async fn it_fits_a_phone_in_the_dark() {
    let service = service();
    let server = Server::start(&["--upstream", &service.address]);
    let mut scene = Scene::on(Screen::DarkPhone, server, "nl-NL").await;
    scene.key = "c8_0123456789abcdef".to_owned();
    scene.go("/").await;
    scene.enter_key(&scene.key).await;
    scene.sees("h1", "Overzicht").await;
    scene.go("/duty-rates?code=0201300020").await;
    scene.click("#preferences > details > summary").await;
    scene.sees("#preferences", "Country 299").await;
    scene.fits().await;
    scene.close().await;
}
