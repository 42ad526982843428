//! Tests of exports of the history: for a spreadsheet or other software; all rows, a page or a selection.

use serde_json::json;

use crate::files::{file, watch_files};
use crate::history::{TOTAL, asked, classified, page, turns_pages};
use crate::scene::Scene;
use crate::service::Service;

/// A part of the last file, a workbook, which is a ZIP archive with its directory at the end.
async fn part(scene: &Scene, name: &str) -> String {
    let script = "const [name, done] = arguments;
        window.files.at(-1).arrayBuffer().then(async file => {
            const view = new DataView(file), text = new TextDecoder();
            let at = view.getUint32(file.byteLength - 6, true);
            while (view.getUint32(at, true) === 0x02014b50) {
                const length = view.getUint16(at + 28, true);
                if (text.decode(new Uint8Array(file, at + 46, length)) === name) {
                    const local = view.getUint32(at + 42, true);
                    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
                    const packed = new Blob([file.slice(from, from + view.getUint32(at + 20, true))]);
                    return new Response(packed.stream().pipeThrough(new DecompressionStream('deflate-raw'))).text();
                }
                at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
            }
        }).then(done)";
    let answer = scene.browser.execute_async(script, vec![json!(name)]).await.expect(name).json().clone();
    answer.as_str().expect(name).to_owned()
}

async fn export(scene: &Scene, rows: &str, form: &str) {
    if scene.run("return document.querySelector('#export').open", vec![]).await == json!(false) {
        scene.click("#export summary").await;
    }
    scene.click(rows).await;
    scene.click(form).await;
    // Scrolled to the middle: at the end of the page the selection bar covers it.
    scene
        .run("document.querySelector('.export-form button').scrollIntoView({ block: 'center' })", vec![])
        .await;
    scene.click(".export-form button").await;
}

#[tokio::test]
async fn a_file_has_the_rows_and_runs_no_formula() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    let ids = classified(&scene, &["=HYPERLINK(1), leather wallet", "zqx wvk"]).await;
    scene.go("/classifications").await;
    scene.appears(".rows").await;
    watch_files(&scene).await;
    export(&scene, "#export-all-rows", "#export-csv").await;
    scene.sees(".export-outcome", "with 2 rows").await;
    let (bytes, name) = file(&scene).await;
    let text = String::from_utf8(bytes).expect("UTF-8");
    let lines: Vec<_> = text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(
        lines[0],
        "Product,Code,\"Code, digits only\",Decided by,Decided on,Proposed code,Confidence (%),Confidence,Status,Review,Submitted on,Identifier,Link"
    );
    assert!(lines[1].starts_with("zqx wvk,,,,,,,,Failed,,20"), "{}", lines[1]);
    // No cell begins like a formula.
    assert!(lines[2].starts_with("\"'=HYPERLINK(1), leather wallet\",4202."), "{}", lines[2]);
    assert!(lines[2].contains(",4202.31.00.00,'4202310000,the classifier,20"), "{}", lines[2]);
    let link = format!("{},{}/classifications/{}", ids[0], scene.server.base, ids[0]);
    assert!(lines[2].ends_with(&link), "{}", lines[2]);
    assert_eq!(lines.len(), 3);
    assert!(name.starts_with("import8-harbour-imports-20") && name.ends_with(".csv"), "{name}");

    // This page only, as a workbook.
    export(&scene, "#export-page-rows", "#export-xlsx").await;
    scene.sees(".export-outcome", ".xlsx, with 2 rows").await;
    let (bytes, name) = file(&scene).await;
    assert_eq!(bytes.get(..4), Some(&b"PK\x03\x04"[..]));
    assert!(name.ends_with(".xlsx"), "{name}");
    let sheet = part(&scene, "xl/worksheets/sheet1.xml").await;
    assert_eq!(sheet.matches("<row ").count(), 3);
    assert!(!sheet.contains("<f>"), "a formula");
    let texts = part(&scene, "xl/sharedStrings.xml").await;
    assert!(texts.contains("=HYPERLINK(1), leather wallet") && texts.contains(&ids[0]), "{texts}");
    scene.close().await;
}

#[tokio::test]
async fn a_dutch_file_has_semicolons_and_decimal_commas() {
    let service = Service::start();
    service.answers_by(|_, path| {
        let body = page(TOTAL, asked(path, "page", 1), asked(path, "per_page", 20));
        (200, String::new(), body.replace("\"confidence\":47,", "\"confidence\":47.5,"))
    });
    let scene = service.scene("nl-NL", "Overzicht").await;
    scene.click("nav a[href='/classifications']").await;
    scene.sees(".place", "1–20 van 350").await;
    watch_files(&scene).await;
    // Three ticked rows.
    for row in [1, 2, 4] {
        scene.click(&format!(".rows tbody tr:nth-child({row}) .pick input")).await;
    }
    scene.run("scrollTo(0, 0)", vec![]).await;
    export(&scene, "#export-selection-rows", "#export-csv").await;
    scene.sees(".export-outcome", "met 3 rijen").await;
    let (bytes, _) = file(&scene).await;
    let text = String::from_utf8(bytes).expect("UTF-8");
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 4);
    assert!(
        lines[0].contains(
            "Product;Code;Code, alleen cijfers;Vastgesteld door;Vastgesteld op;Voorgestelde code;Betrouwbaarheid (%)"
        ),
        "{}",
        lines[0]
    );
    assert!(
        lines[1].starts_with(
            "steel pan 350;'7323.93.00;'73239300;;;'7323.93.00;47,5;Redelijk;Klaar;;2026-03-03 "
        ),
        "{}",
        lines[1]
    );
    assert!(lines[2].starts_with("wooden spoon 349;;;;;;;;Mislukt;"), "{}", lines[2]);
    scene.close().await;
}

#[tokio::test]
async fn all_rows_are_exported_page_by_page_and_it_can_be_cancelled() {
    let service = Service::start();
    let gate = turns_pages(&service);
    let scene = service.scene("en-GB", "Overview").await;
    scene.click("nav a[href='/classifications']").await;
    scene.sees(".place", "1–20 of 350").await;
    watch_files(&scene).await;
    export(&scene, "#export-all-rows", "#export-csv").await;
    scene.sees("#export", "200 of 350 rows").await;
    scene.sees("#export", "Continuing in").await;
    scene.click("#cancel-export").await;
    scene.sees(".export-outcome", "Cancelled. No file was saved.").await;
    assert_eq!(scene.run("return window.files.length", vec![]).await, json!(0));
    let before = gate.refused();
    assert!(before > 0, "the rate limit was met");
    // Closing the section does not end the export, and neither does another page of the list. That page is shown
    // although the export is refused again and again, because after each pause the person's request goes first.
    export(&scene, "#export-all-rows", "#export-csv").await;
    scene.sees("#export", "200 of 350 rows").await;
    scene.until("the second one is turned away", async || gate.refused() != before).await;
    scene.click("#export summary").await;
    scene.click(".pages a[rel=next]").await;
    scene.sees(".place", "21–40 of 350").await;
    gate.open();
    scene.click("#export summary").await;
    scene.sees(".export-outcome", "with 350 rows").await;
    let (bytes, _) = file(&scene).await;
    let text = String::from_utf8(bytes).expect("UTF-8");
    let products: std::collections::BTreeSet<_> =
        text.lines().filter_map(|line| line.split(',').next()).collect();
    assert_eq!(products.len(), 351, "each row once, and the titles");
    scene.close().await;
}

#[tokio::test]
async fn a_file_of_a_service_that_does_not_turn_pages_says_what_is_missing() {
    let service = Service::start();
    service.answers_by(|_, path| (200, String::new(), page(TOTAL, 1, asked(path, "per_page", 20))));
    let scene = service.scene("en-GB", "Overview").await;
    scene.click("nav a[href='/classifications']").await;
    scene.appears(".rows").await;
    watch_files(&scene).await;
    export(&scene, "#export-all-rows", "#export-csv").await;
    scene.sees(".export-outcome", "the file has the newest 100 of 350").await;
    scene.close().await;
}
