//! Tests of lists of classifications: the decided code of each row, and the rows to review.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::files::{text_file, watch_files};
use crate::history::classified;
use crate::scene::Scene;
use crate::service::Service;

/// Exports all rows as CSV.
async fn exported(scene: &Scene, outcome: &str) -> String {
    watch_files(scene).await;
    scene.click("#export summary").await;
    scene.click("#export-csv").await;
    scene.click(".export-form button").await;
    scene.sees(".export-outcome", outcome).await;
    text_file(scene).await
}

async fn corrected(scene: &Scene, id: &str, code: &str) {
    let verdict = json!({"status": "corrected", "corrected_code": code});
    scene.call("POST", &format!("/v1/classifications/{id}/feedback"), verdict).await;
}

#[tokio::test]
async fn the_code_that_counts_is_in_every_list() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    let ids = classified(&scene, &["stainless steel water bottle", "leather wallet"]).await;
    corrected(&scene, &ids[0], "9617.00.00").await;
    scene.go("/classifications").await;
    scene.sees(".rows tr:nth-child(2) .code-cell", "9617 00 00").await;
    let was = "return document.querySelector('.rows .was').textContent";
    assert_eq!(scene.run(was, vec![]).await, json!("was 7323 93 00"));
    scene.sees(".rows tr:nth-child(2) .verdict-word", "corrected").await;
    assert!(scene.all(".rows tr:nth-child(1) .was").await.is_empty());

    // By its first digits, in any notation; an invalid code is reported.
    scene.click(".more-filters summary").await;
    scene.fill("#filter-code", "9617.00\n").await;
    scene.sees(".place", "1–1 of 1").await;
    assert_eq!(scene.path().await, "/classifications?code=9617.00");
    assert_eq!(scene.all(".chip").await, ["code begins with 9617.00"]);
    scene.fill("#filter-code", "shoes\n").await;
    scene.sees("#filter-code-problem", "A code has digits only").await;
    scene.sees(".place", "of 2").await;
    // The search finds it too.
    scene.go("/classifications").await;
    scene.fill("#search", "9617").await;
    scene.sees(".place", "1–1 of 1").await;
    scene.sees(".rows", "stainless steel water bottle").await;

    let text = exported(&scene, "with 1 row").await;
    let lines: Vec<_> = text.lines().collect();
    assert!(
        lines[1].starts_with("stainless steel water bottle,'9617.00.00,'96170000,a person,20"),
        "{}",
        lines[1]
    );
    assert!(lines[1].contains(",'7323.93.") && lines[1].contains(",corrected,"), "{}", lines[1]);

    // The palette finds it by its digits, and links to all products with such a code.
    scene.click("#open-palette").await;
    scene.fill("#palette", "9617 00").await;
    scene.sees("[role=option]", "stainless steel water bottle").await;
    scene.sees("[role=option] .detail", "9617 00 00").await;
    let options = scene.all("[role=option]").await;
    let place = options.iter().position(|option| option.contains("Products under 961700"));
    scene.click(&format!("#palette-{}", place.expect("a way to the history"))).await;
    scene.sees(".chip", "code begins with 961700").await;
    scene.sees(".place", "1–1 of 1").await;
    scene.close().await;
}

/// The account of a service that offers these extensions.
fn account(extensions: &[&str]) -> String {
    let data = json!({"organization": {"name": "Vendor"}, "credits": {"remaining": 5},
        "limits": {"rate_limit_per_minute": 20}, "extensions": extensions});
    json!({"success": true, "data": data}).to_string()
}

/// A service whose list says that its first three products were corrected, without the codes. The classification of
/// the first contains the code, that of the second does not, and the third no longer exists.
fn tells_of_each(service: &Service) -> Arc<Mutex<Vec<String>>> {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    service.answers_by(move |_, path| {
        let answer = |status, body: Value| (status, String::new(), body.to_string());
        if let Some(id) = path.strip_prefix("/v1/classifications/") {
            log.lock().expect("a log").push(id.to_owned());
            let verdict = json!({"status": "corrected", "corrected_code": "9617.00", "created_at": "2026-03-04T12:00:00+00:00"});
            let data = json!({"id": id, "status": "completed", "hs_code": {"code_6": "7323.93", "code_8": "7323.93.00"},
                "feedback": if id == "1" { verdict } else { Value::Null }});
            return match id {
                "3" => answer(404, json!({"success": false, "message": "Not found"})),
                _ => answer(200, json!({"success": true, "data": data})),
            };
        }
        let row = |number: u32| {
            json!({"id": number.to_string(), "status": "completed", "product_summary": format!("bottle {number}"),
                "hs_code": "7323.93.00", "confidence": 81, "feedback": if number < 4 { json!("corrected") } else { Value::Null }})
        };
        let rows: Vec<_> = (1..=4).map(row).collect();
        let meta = json!({"current_page": 1, "per_page": 100, "total": 4, "last_page": 1});
        answer(200, json!({"success": true, "data": rows, "meta": meta}))
    });
    asked
}

#[tokio::test]
async fn a_correction_that_the_list_does_not_tell_is_asked_for() {
    let service = Service::start();
    service.has_account(&account(&["page", "input"]));
    let asked = tells_of_each(&service);
    let scene = service.scene("en-GB", "Overview").await;
    scene.click("nav a[href='/classifications']").await;
    scene.sees(".rows tr:nth-child(1) .code-cell", "corrected, code not reported").await;
    scene.sees(".rows tr:nth-child(4) .code-cell", "7323 93 00").await;
    let text = exported(&scene, "Corrected to a code that this service did not report: 2.").await;
    scene.sees("#corrections-told", "each corrected product is requested separately").await;
    assert_eq!(*asked.lock().expect("a log"), ["1", "2", "3"]);
    let lines: Vec<_> = text.lines().collect();
    assert!(lines[1].starts_with("bottle 1,'9617.00,'961700,a person,2026-03-04 "), "{}", lines[1]);
    for line in &lines[2..4] {
        let told = "\"corrected, code not reported\",\"corrected, code not reported\",a person,,'7323.93.00,";
        assert!(line.contains(told), "{line}");
    }
    assert!(lines[4].starts_with("bottle 4,'7323.93.00,'73239300,the classifier,,"), "{}", lines[4]);
    // Products that may have the code are mentioned.
    scene.go("/classifications?code=7323").await;
    scene.sees("#reading", "All 4 searched, 1 found").await;
    scene.sees("#reading", "Corrected, so possibly a match: 3.").await;

    // It is not claimed that there are no verdicts at a service that returns none.
    service.has_account(&account(&[]));
    scene.go("/classifications").await;
    scene.click("#export summary").await;
    scene.sees("#corrections-told", "does not report corrections made elsewhere").await;
    scene.close().await;
}

#[tokio::test]
async fn the_overview_counts_all_that_waits_and_leads_there() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    // More rows than the overview reads: those that need review are the oldest.
    classified(&scene, &[vec!["zqx wvk"; 3], vec!["leather wallet"; 24]].concat()).await;
    scene.go("/").await;
    scene.sees("#attention .ways", "Review 3 without a code").await;
    scene.appears("#attention .rows").await;
    scene.click("#attention a[href='/review?status=failed']").await;
    scene.sees(".lead", "3 of 3 left").await;

    // With these bands, no confidence is strong.
    scene.run("localStorage.setItem('import8.bands', '100,99')", vec![]).await;
    scene.go("/").await;
    scene.sees("#attention .ways", "Review 24 with weak confidence").await;
    scene.click("#attention a[href='/review?max_confidence=98']").await;
    scene.sees(".lead", "24 of 24 left").await;
    scene.close().await;
}

#[tokio::test]
async fn the_overview_says_when_it_has_looked_at_the_newest_only() {
    let service = Service::start();
    let row = |number: u32| json!({"id": number.to_string(), "status": "completed", "product_summary": "pan", "hs_code": "7323.93.00", "confidence": 12});
    let rows: Vec<_> = (1..=20).map(row).collect();
    let meta = json!({"current_page": 1, "per_page": 20, "total": 350, "last_page": 18});
    let page = json!({"success": true, "data": rows, "meta": meta}).to_string();
    service.answers_by(move |_, path| {
        assert!(!path.contains("reviewed="), "the contract has no filters: {path}");
        (200, String::new(), page.clone())
    });
    let scene = service.scene("en-GB", "Overview").await;
    scene.sees("#attention", "Of the newest 20: weak confidence 20, no code found 0.").await;
    scene.sees("#attention", "does not report reviews made elsewhere").await;
    assert!(scene.all("#attention .ways").await.is_empty());
    scene.close().await;
}
