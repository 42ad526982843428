//! Tests of duty rates and landed cost.

use serde_json::{Value, json};

use crate::scene::Scene;
use crate::service::Service;

/// The consignment of the documentation.
const DOCUMENTED: &str =
    "/landed-cost?code=8518300090&origin=CN&value=25.00&quantity=100&shipping=150.00&insurance=12.50";

/// Number of requests to an endpoint since the page was loaded.
async fn asked(scene: &Scene, path: &str) -> u64 {
    let script = "return performance.getEntriesByType('resource').filter(one => one.name.includes(arguments[0])).length";
    scene.run(script, vec![json!(path)]).await.as_u64().expect("a count")
}

/// The query of the page's address.
async fn query(scene: &Scene) -> String {
    scene.run("return location.search", vec![]).await.as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn the_documented_consignments_come_to_the_documented_cents() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.go(DOCUMENTED).await;
    scene.sees(".total .number", "€3,221.63").await;
    scene.sees(".total", "for 100 units, €32.22 each").await;
    for step in ["100 × €25.00", "€2,662.50", "0\u{a0}% × €2,662.50", "21\u{a0}% × €2,662.50", "€559.13"]
    {
        scene.sees("#steps", step).await;
    }
    scene.sees("#right", "Checked: totals add up").await;
    scene.sees("#picture", "€2,500.00").await;
    scene.sees("#cash", "duties €0.00 and VAT €559.13").await;
    scene.sees("#cash", "article 23").await;
    scene.fill("#value", "25").await;
    scene.fill("#quantity", "1").await;
    scene.fill("#shipping", "5").await;
    scene.fill("#insurance", "1.5").await;
    scene.choose("#currency", "USD").await;
    scene.sees(".total .number", "US$38.12").await;
    scene.sees("#steps", "US$6.62").await;
    let address = query(&scene).await;
    assert_eq!(
        address,
        "?code=8518300090&origin=CN&currency=USD&value=25&quantity=1&shipping=5&insurance=1.5"
    );
    // A reload restores everything, and no credit was spent.
    scene.browser.refresh().await.expect("a reload");
    scene.sees(".total .number", "US$38.12").await;
    scene.sees("#credits", "30 credits").await;
    // If the value includes freight and insurance, nothing else is added.
    scene.click("#cif").await;
    scene.vanishes("#shipping").await;
    scene.sees(".total .number", "US$30.25").await;
    scene.close().await;
}

#[tokio::test]
async fn a_compound_duty_asks_for_the_weight_and_is_told_by_its_parts() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.go("/duty-rates?code=0201300000&origin=AR").await;
    scene.sees("#mfn h2", "Duty on goods from Argentina").await;
    scene.sees("#mfn .number", "12.8\u{a0}% + 303.4 EUR/100 kg").await;
    scene.sees("#mfn .words", "12.8\u{a0}% of the customs value, plus €303.40 per 100 kg net").await;
    scene.sees("#mfn", "Net weight (kg)").await;
    scene.click("#mfn .primary").await;
    scene.fill("#value", "1000").await;
    scene.sees("#incomplete", "Net weight (kg)").await;
    scene.fill("#net_weight_kg", "100").await;
    scene.sees(".total .number", "€1,731.99").await;
    for step in
        ["12.8\u{a0}% × €1,000.00", "€128.00", "303.4 EUR/100 kg · Net weight (kg) 100", "€303.40", "€431.40"]
    {
        scene.sees("#steps", step).await;
    }
    scene.sees("#right", "Checked: totals add up").await;
    // A duty in euros needs amounts in euros.
    scene.choose("#currency", "USD").await;
    scene.sees("#currency-problem", "enter the amounts in EUR").await;
    scene.choose("#currency", "EUR").await;
    scene.vanishes("#currency-problem:not(:empty)").await;
    scene.fill("#net_weight_kg", "heavy").await;
    scene.sees("#net_weight_kg-problem", "Enter an amount").await;
    scene.close().await;
}

#[tokio::test]
async fn the_large_figure_is_what_goods_of_the_origin_pay() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.go("/duty-rates?code=8711601000&origin=CN").await;
    scene.sees("#mfn h2", "Duty on goods from China").await;
    scene.sees("#mfn .number", "85.3\u{a0}%").await;
    scene.sees("#mfn .words", "6\u{a0}% + up to 79.3\u{a0}% anti-dumping").await;
    scene.sees("#mfn", "as of 31 December 2020").await;
    scene.sees("#mfn", "years old; may have changed").await;
    scene.sees("#preferences", "No preference applies to goods from China").await;
    scene.go("/duty-rates?code=6109100010&origin=BD").await;
    scene.sees("#mfn .number", "0\u{a0}% with proof, else 12\u{a0}%").await;
    scene.sees(".standing", "last two digits of the code could not be checked").await;
    scene.choose_country("#origin", "Vietnam").await;
    scene.sees("#mfn .number", "12\u{a0}%").await;
    scene.sees("#preferences", "Not known here").await;
    scene.close().await;
}

#[tokio::test]
async fn a_duty_that_is_not_known_is_never_a_duty_of_nothing() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.go("/duty-rates?code=0302410000").await;
    scene.sees("#mfn .number", "not known to this service").await;
    scene.click("#mfn .primary").await;
    scene.choose_country("#origin", "Norway").await;
    scene.fill("#value", "10").await;
    scene.sees("#unpriced", "The duty on 0302.41.00.00 is not known").await;
    assert!(scene.all(".total").await.is_empty());
    scene.close().await;
}

#[tokio::test]
async fn a_code_leads_to_one_that_can_be_declared() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.click("nav a[href='/duty-rates']").await;
    scene.sees(".empty", "Which code?").await;
    scene.paste("#code", "leather shoes").await;
    scene.sees("#tariff-rows .pick", "6403").await;
    scene.run("[...document.querySelectorAll('#tariff-rows .pick')].find(row => row.textContent.includes('6403')).click()", vec![]).await;
    scene.sees("#refused", "Goods cannot be declared under 6403").await;
    scene.click("#refused .below button").await;
    scene.sees("#mfn", "Third-country duty").await;
    scene.vanishes("#refused").await;
    // The back button returns to the previous code.
    scene.browser.back().await.expect("back");
    scene.appears("#refused").await;
    scene.fill("#code", "9999.99.99.99").await;
    scene.sees("#refused", "9999 99 99 99 is not known to this service").await;
    // A code that the seed does not contain leads to the nearest known one.
    scene.fill("#code", "0101.22.00.00").await;
    scene.sees("#refused", "It may still exist").await;
    scene.click("#refused .below button").await;
    scene.sees("#mfn", "Third-country duty").await;
    // The range of the total duty, and for whom.
    scene.go("/duty-rates?code=3406000000").await;
    scene.sees("#anti-dumping", "56.7\u{a0}% to 60.3\u{a0}%").await;
    scene.sees("#anti-dumping", "60.3\u{a0}% is the highest").await;
    scene.sees("#preferences", "arrangements").await;
    scene.choose_country("#origin", "United Kingdom").await;
    scene.sees("#preferences .measures", "EU-UK TCA").await;
    scene.sees("#anti-dumping", "None listed for goods from United Kingdom").await;
    scene.choose_country("#destination", "Germany").await;
    scene.sees("#vat", "Germany").await;
    scene.sees("#vat", "19\u{a0}%").await;
    assert_eq!(query(&scene).await, "?code=3406000000&origin=GB&destination=DE");
    scene.close().await;
}

/// The answers of a service with the documented API only: the rates of one code, and a landed cost.
fn plain(
    vat: &'static str,
    total: &'static str,
) -> impl Fn(&str, &str) -> (u16, String, String) + Send + Sync + 'static {
    move |_, path| {
        let rates = json!({"hs_code": "8518300090", "mfn_duty": {"rate": "0.0%", "expression": "0.000 %"},
            "preferential_duties": [{"scheme": "GSP", "rate": "0.0%", "countries": ["CN", "VN"]}],
            "anti_dumping": [], "vat_rate": "21.00%"});
        let cost: Value = serde_json::from_str(&format!(
            r#"{{"cif_value": 2662.50, "duty": {{"rate": "0.0%", "amount": 0.00, "type": "mfn"}},
                "anti_dumping": {{"amount": 0}}, "vat": {{"rate": "21.00%", "amount": {vat}}},
                "total_landed_cost": {total}, "currency": "EUR"}}"#
        ))
        .expect("a cost");
        let refusal = json!({"success": false, "message": "The hs code must have 10 digits."});
        match path.split('?').next().unwrap_or_default() {
            "/v1/duty-rates/8518300090" => {
                (200, String::new(), json!({"success": true, "data": rates}).to_string())
            }
            "/v1/landed-cost" => (200, String::new(), json!({"success": true, "data": cost}).to_string()),
            _ => (422, String::new(), refusal.to_string()),
        }
    }
}

#[tokio::test]
async fn a_service_whose_figures_do_not_add_up_is_not_believed() {
    let service = Service::start();
    service.answers_by(plain("559.13", "3221.63"));
    let scene = service.scene("en-GB", "Overview").await;
    // For eight digits, the last two are asked for.
    scene
        .go("/landed-cost?code=85183000&origin=CN&value=25.00&quantity=100&shipping=150.00&insurance=12.50")
        .await;
    scene.sees("#refused", "must have 10 digits").await;
    scene.sees("#incomplete", "A ten-digit commodity code").await;
    scene.fill("#digits", "90").await;
    scene.click("#ten-digits button[type=submit]").await;
    scene.sees(".total .number", "€3,221.63").await;
    scene.sees("#right", "Checked: totals add up").await;
    // The service cannot apply a preference.
    scene.sees("#preferences", "This service applies the third-country duty only").await;
    service.answers_by(plain("559.12", "3221.62"));
    scene.browser.refresh().await.expect("a reload");
    scene.sees("#wrong", "Import VAT: the API gives €559.12, the check gives €559.13").await;
    scene.sees("#wrong", "Check these figures").await;
    service.answers_by(plain("559.13", "3221.60"));
    scene.browser.refresh().await.expect("a reload");
    scene.sees("#wrong", "Landed cost: the API gives €3,221.60, the check gives €3,221.63").await;
    // The quantity counts too: another one gives another customs value.
    scene.fill("#quantity", "10").await;
    scene.sees("#wrong", "Customs value (CIF): the API gives €2,662.50, the check gives €412.50").await;
    assert!(scene.all("#sensitivity").await.is_empty(), "nothing is built on figures that are wrong");
    scene.close().await;
}

#[tokio::test]
async fn numbers_are_typed_as_the_reader_writes_them() {
    let scene = Scene::open_with(&[], "nl-NL").await;
    scene.go("/").await;
    scene.enter_key(&scene.key).await;
    scene.sees("h1", "Overzicht").await;
    scene.go("/landed-cost?code=8518300090&origin=CN").await;
    scene.fill("#value", "1.234,56").await;
    scene.sees(".total .number", "€\u{a0}1.493,82").await;
    assert_eq!(query(&scene).await, "?code=8518300090&origin=CN&value=1234.56");
    scene.fill("#quantity", "2,5").await;
    scene.sees("#quantity-problem", "geheel getal").await;
    let typed = "return document.querySelector('#quantity').value";
    assert_eq!(scene.run(typed, vec![]).await, json!("2,5"), "what was typed stays");
    scene.fill("#quantity", "1.000").await;
    scene.sees(".total .number", "€\u{a0}1.493.817,60").await;
    scene.click("#price-fold summary").await;
    scene.fill("#price", "1.500").await;
    scene.sees("#margin", "€\u{a0}265,44").await;
    // The same figures in another language.
    scene.click(".bar .switch button:first-child").await;
    scene.sees(".total .number", "€1,493,817.60").await;
    assert_eq!(scene.value("#value").await, json!("1234.56"));
    scene.close().await;
}

#[tokio::test]
async fn a_preference_is_a_switch_and_never_the_first_price() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.go("/landed-cost?code=6403999600&origin=GB&value=100").await;
    scene.sees(".total .number", "€130.68").await;
    scene.sees("#preferences", "EU-UK TCA: 0\u{a0}%").await;
    scene.sees("#preferences", "with proof").await;
    scene.click("#preferences .preference").await;
    scene.sees(".total .number", "€121.00").await;
    scene.sees("#steps", "preferential (with proof of origin)").await;
    scene.sees("#standing", "needs proof").await;
    assert!(query(&scene).await.contains("&preference=EU-UK%20TCA"));
    // Goods of another origin have other preferences.
    scene.choose_country("#origin", "China").await;
    scene.sees(".total .number", "€130.68").await;
    assert!(!query(&scene).await.contains("preference"));
    scene.close().await;
}

#[tokio::test]
async fn origins_destinations_and_codes_stand_side_by_side() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.go("/landed-cost?code=6403999600&origin=CN&value=22&quantity=500&shipping=800").await;
    scene.sees(".total .number", "€15,420.24").await;
    scene.sees("#compare", "Add one to compare").await;
    scene.choose_country("#add-country", "United Kingdom").await;
    scene.sees(".cases tbody:nth-of-type(2)", "United Kingdom").await;
    scene.sees(".cases tbody:nth-of-type(2) tr:first-child", "€15,420.24").await;
    scene.sees(".cases tbody:nth-of-type(2) tr:first-child", "without proof").await;
    scene.sees(".cases tbody:nth-of-type(2) .proven", "-€1,142.24").await;
    scene.sees(".cases tbody:nth-of-type(2) .proven", "EU-UK TCA, with proof").await;
    scene.sees(".cases tbody:nth-of-type(2) .proven", "lowest").await;
    scene.sees(".cases tbody:nth-of-type(1)", "no lower preferential duty").await;
    assert!(query(&scene).await.ends_with("&compare=origins&with=GB"));
    // Where preferences are unknown, it is not claimed that there is none.
    scene.choose_country("#add-country", "Vietnam").await;
    scene.sees(".cases tbody:nth-of-type(3)", "preference not known here").await;
    assert_eq!(scene.all(".cases .lowest").await.len(), 1, "the same without proof is not the lowest");
    // Known answers are not requested again.
    let before = asked(&scene, "/v1/landed-cost").await;
    scene.click(".cases tbody:nth-of-type(3) .row-action button").await;
    scene.choose_country("#add-country", "Vietnam").await;
    scene.sees(".cases tbody:nth-of-type(3)", "preference not known here").await;
    assert_eq!(asked(&scene, "/v1/landed-cost").await, before);
    scene.click(".cases tbody:nth-of-type(3) .row-action button").await;
    // At most twelve.
    for country in
        ["Japan", "Canada", "Mexico", "Chile", "Norway", "Egypt", "Ukraine", "Peru", "Kenya", "Brazil"]
    {
        scene.choose_country("#add-country", country).await;
        scene.sees(".cases", country).await;
    }
    scene.sees("#compare", "Twelve is the maximum").await;
    scene.sees("#compared", "").await;
    assert_eq!(scene.all(".cases tbody").await.len(), 12);
    scene.click(".cases tbody:nth-of-type(12) .row-action button").await;
    scene.appears("#add-country").await;
    // Each destination has its own VAT.
    scene.click(".compare-choices .switch button:nth-child(2)").await;
    scene.sees("#compare", "Add one to compare").await;
    scene.choose_country("#add-country", "Hungary").await;
    scene.sees(".cases tbody:nth-of-type(2)", "€3,440.88").await;
    // A shorter code is priced if there is only one code below it.
    scene.go("/landed-cost?code=6403999600&origin=CN&value=22&compare=codes&with=340600,6404").await;
    scene.sees(".cases tbody:nth-of-type(2)", "3406 00 00 00").await;
    scene.sees(".cases tbody:nth-of-type(2)", "and 60.3\u{a0}% anti-dumping").await;
    scene.go("/landed-cost?code=6403999600&origin=CN&value=22&compare=codes&with=640399").await;
    scene.sees(".cases tbody:nth-of-type(2)", "Goods cannot be declared under 6403 99").await;
    scene.close().await;
}

#[tokio::test]
async fn a_landed_cost_is_handed_on_without_anything_secret() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.go(DOCUMENTED).await;
    scene.appears(".sharing").await;
    scene
        .run(
            "navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }",
            vec![],
        )
        .await;
    let mut copied = Vec::new();
    for button in 1..=4 {
        scene.click(&format!(".sharing button:nth-child({button})")).await;
        scene.sees(&format!(".sharing button:nth-child({button})"), "Copied").await;
        copied.push(scene.run("return window.copied", vec![]).await.as_str().unwrap_or_default().to_owned());
    }
    let [text, table, document, link] = copied.try_into().expect("four");
    assert!(text.starts_with("8518 30 00 90, from China to Netherlands\n"), "{text}");
    assert!(text.contains("Landed cost: €3,221.63") && text.contains("not a decision"), "{text}");
    assert!(table.contains("Goods\t100 × €25.00\t2500.00\tEUR\n"), "{table}");
    let document: Value = serde_json::from_str(&document).expect("JSON");
    assert_eq!(document["request"]["value"].to_string(), "2500.00");
    assert_eq!(document["landed_cost"]["total_landed_cost"].to_string(), "3221.63");
    assert!(link.ends_with(DOCUMENTED), "{link}");
    for copy in [&text, &table, &document.to_string(), &link] {
        assert!(!copy.contains(&scene.key), "{copy}");
    }
    // The calculator continues where it was left.
    scene.click("nav a[href='/']").await;
    scene.sees("h1", "Overview").await;
    scene.click("nav a[href='/landed-cost']").await;
    scene.sees(".total .number", "€3,221.63").await;
    scene.close().await;
}

#[tokio::test]
async fn a_result_leads_to_the_calculator() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.click("nav a[href='/classify']").await;
    scene.fill("#description", "wireless noise cancelling bluetooth headphones").await;
    scene.choose_country("#origin_country", "China").await;
    scene.click("#costs summary").await;
    scene.fill("#goods_value", "25").await;
    scene.fill("#quantity", "100").await;
    scene.click("form button[type=submit]").await;
    scene.appears(".code-hero").await;
    scene.click(".to-calculator a").await;
    scene.appears(".total").await;
    let address = query(&scene).await;
    assert!(address.contains("&origin=CN&value=25&quantity=100"), "{address}");
    scene.close().await;
}
