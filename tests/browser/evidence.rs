//! Tests of evidence sheets: their content, its digest, and printing.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::common::print::PrintParameters;

use crate::scene::{PATIENCE, Scene};
use crate::service::Service;

/// Red and blue, two pixels.
const PICTURE: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADUlEQVR4nGP4zwAE/wEHAAH/4iOeWQAAAABJRU5ErkJggg==";

const COMPLETED: &str = include_str!("../../crates/import8-api/tests/fixtures/classification_completed.json");

const PENDING: &str = include_str!("../../crates/import8-api/tests/fixtures/classification_pending.json");

const BINDS_EN: &str = "Only a Binding Tariff Information (BTI) decision";

const BINDS_NL: &str = "Alleen een bindende tariefinlichting (BTI)";

/// Classifies a product, waits for its end and returns its identifier.
async fn classified(scene: &Scene, request: Value) -> String {
    let answer = scene.call("POST", "/v1/classify", request).await;
    let id = answer["data"]["id"].as_str().expect("an identifier").to_owned();
    let path = format!("/v1/classifications/{id}");
    let has_ended =
        async || scene.call("GET", &path, Value::Null).await["data"]["status"] != json!("pending");
    scene.until("the product has ended", has_ended).await;
    id
}

/// Goes to another address without a reload, as a link does.
async fn turn_to(scene: &Scene, path: &str) {
    let script = "history.pushState(null, '', arguments[0]); dispatchEvent(new PopStateEvent('popstate'))";
    scene.run(script, vec![json!(path)]).await;
}

/// The digest on the sheet, once it is computed.
async fn digest_at(scene: &Scene, css: &str) -> String {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let shown = scene.all(css).await.concat();
        if shown.len() == 64 && shown.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return shown;
        }
        assert!(Instant::now() < deadline, "{css} shows no digest but {shown:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn digest(scene: &Scene) -> String {
    digest_at(scene, "article.sheet > footer .digest").await
}

/// The text that the copy button of the sheet copies.
async fn copied(scene: &Scene) -> String {
    let listen = "navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve() }";
    scene.run(listen, vec![]).await;
    scene.click(".sheet-check button").await;
    scene.sees(".sheet-check button", "Copied").await;
    scene.run("return window.copied", vec![]).await.as_str().expect("a text").to_owned()
}

/// The SHA-256 digest of a text, by the program that the sheet recommends.
fn sha256sum(text: &str) -> String {
    let mut program = Command::new("sha256sum")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("sha256sum, of coreutils");
    program.stdin.take().expect("its input").write_all(text.as_bytes()).expect("written");
    let output = program.wait_with_output().expect("its end");
    String::from_utf8_lossy(&output.stdout).chars().take(64).collect()
}

#[tokio::test]
async fn a_sheet_says_what_was_found_and_why_in_both_languages() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    let bottle = json!({
        "description": "Stainless steel water bottle,\n750 ml, double wall", "origin_country": "CN",
        "goods_value": 4.25, "quantity": 1200, "shipping_cost": 640,
        "image_url": "https://shop.example/bottle.jpg",
    });
    let id = classified(&scene, bottle).await;
    scene.go(&format!("/evidence?ids={id}")).await;
    for (part, words) in [
        ("head", "Harbour Imports"),
        ("head", &id),
        ("code", "7323.93"),
        ("decision", "Not reviewed yet."),
        ("confidence", "of 100"),
        ("asked", "Stainless steel water bottle,\n750 ml, double wall"),
        ("asked", "China (CN)"),
        ("asked", "4.25"),
        ("asked", "1,200"),
        ("asked", "https://shop.example/bottle.jpg"),
        ("path", "Heading 7323"),
        ("reasoning", "9617"),
        ("alternatives", "Consideration"),
        ("landed-cost", "Regulation (EEC) No 2658/87"),
        ("landed-cost", "Import VAT"),
        ("tariff", "31 December 2020"),
        ("record", "UTC"),
        ("legal", BINDS_EN),
        ("legal", "Article 33 of the Union Customs Code, Regulation (EU) No 952/2013"),
    ] {
        scene.sees(&format!(".sheet [data-part='{part}']"), words).await;
    }
    // The address of a picture is printed, and the picture is never loaded.
    assert_eq!(scene.all(".sheet img").await.len(), 0);
    let title = scene.browser.title().await.expect("a title");
    assert!(title.starts_with("Stainless steel water bottle") && title.contains("7323.93"), "{title}");
    let english = digest(&scene).await;

    // The sheet has its own language, and texts of the service stay unchanged.
    scene.call("POST", &format!("/v1/classifications/{id}/feedback"), json!({"status": "confirmed"})).await;
    scene.click("#sheet-language button[lang=nl]").await;
    scene.sees(".sheet [data-part='legal']", BINDS_NL).await;
    scene.sees(".sheet [data-part='legal']", "artikel 33 van het douanewetboek van de Unie").await;
    scene.sees(".sheet [data-part='asked']", "4,25").await;
    scene.sees("#print", "Print or save as PDF").await;
    assert!(scene.path().await.ends_with("&language=nl"));
    assert_ne!(digest(&scene).await, english);
    scene.browser.refresh().await.expect("reloaded");
    scene.sees(".sheet [data-part='decision']", "Een beoordelaar heeft de code bevestigd.").await;

    // After a correction the code is the reviewer's, and its ten digits may be chosen for the sheet.
    let correction = json!({"status": "corrected", "corrected_code": "7323.99"});
    scene.call("POST", &format!("/v1/classifications/{id}/feedback"), correction).await;
    scene.go(&format!("/evidence?ids={id}&code=7323990000&language=en")).await;
    scene.sees(".sheet [data-part='decision']", "corrected the code to 7323.99").await;
    scene.sees(".sheet [data-part='code']", "7323.99.00.00").await;
    scene.sees(".sheet [data-part='code']", "choice of the person who made this sheet").await;
    scene.go(&format!("/evidence?ids={id}&code=7323930000&language=en")).await;
    scene.sees(".notice", "7323.93.00.00 is not below the code of this product").await;
    scene.close().await;
}

#[tokio::test]
async fn the_digest_is_that_of_the_text_and_of_nothing_else() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    let id = classified(&scene, json!({"description": "leather wallet", "origin_country": "IN"})).await;
    let path = format!("/evidence?ids={id}");
    // Downloads are kept where the test can read them.
    let listen = "const make = URL.createObjectURL; window.files = []; \
        URL.createObjectURL = file => { window.files.push(file); return make.call(URL, file) }";
    scene.run(listen, vec![]).await;
    turn_to(&scene, &path).await;
    let shown = digest(&scene).await;
    let text = copied(&scene).await;
    assert!(text.starts_with("Import8 evidence sheet, format 3, en\n"), "{text}");
    assert!(text.ends_with(".\n") && text.contains(&format!("\nIdentifier: {id}\n")), "{text}");
    assert_eq!(sha256sum(&text), shown);
    assert_ne!(sha256sum(&text.replace("wallet", "walled")), shown);
    let downloaded = scene.run("return window.files.at(-1).text()", vec![]).await;
    assert_eq!(downloaded, json!(text));
    let name = scene.run("return document.querySelector('.sheet-check a').download", vec![]).await;
    assert_eq!(name, json!(format!("evidence-{id}.txt")));
    // On another day, and with the dashboard in another language, the digest is the same.
    scene.run("localStorage.setItem('import8.language', 'nl')", vec![]).await;
    scene.go(&format!("{path}&language=en")).await;
    scene.sees("#print", "Afdrukken").await;
    assert_eq!(digest(&scene).await, shown);
    scene.close().await;
}

#[tokio::test]
async fn without_a_trusted_connection_there_is_no_digest() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    let id = classified(&scene, json!({"description": "leather wallet"})).await;
    scene.run("Object.defineProperty(window, 'isSecureContext', {get: () => false})", vec![]).await;
    turn_to(&scene, &format!("/evidence?ids={id}")).await;
    scene.sees(".sheet > footer .digest", "Not available").await;
    assert_eq!(scene.all(".sheet-check").await.len(), 0);
    scene.sees(".sheet [data-part='legal']", BINDS_EN).await;
    scene.close().await;
}

#[tokio::test]
async fn an_uploaded_picture_is_on_its_sheet_and_in_the_digest() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    let wallet = json!({"description": "leather wallet", "image_base64": PICTURE});
    let id = classified(&scene, wallet).await;
    turn_to(&scene, &format!("/evidence?ids={id}")).await;
    scene.sees(".sheet [data-part='pictures']", "image/png").await;
    let picture = "const image = document.querySelector('.sheet img'); \
        return image.decode().then(() => [image.src, image.naturalWidth, image.alt])";
    let shown = scene.run(picture, vec![]).await;
    let address = shown[0].as_str().expect("an address").to_owned();
    assert!(address.starts_with("blob:"), "{shown}");
    assert_eq!(shown[1], json!(2), "{shown}");
    assert_eq!(shown[2], json!("Picture 1 of the product"), "{shown}");
    let bytes = "return crypto.subtle.digest('SHA-256', Uint8Array.from(atob(arguments[0]), c => c.charCodeAt(0))) \
        .then(hash => Array.from(new Uint8Array(hash), byte => byte.toString(16).padStart(2, '0')).join(''))";
    let own = scene.run(bytes, vec![json!(PICTURE)]).await;
    let text = copied(&scene).await;
    assert!(text.contains(&format!("  SHA-256: {}\n", own.as_str().expect("a digest"))), "{text}");
    assert_eq!(sha256sum(&text), digest(&scene).await);
    // The page holds the picture while the sheet is shown.
    let is_there = "const image = new Image(); image.src = arguments[0]; \
        return image.decode().then(() => true, () => false)";
    assert_eq!(scene.run(is_there, vec![json!(address)]).await, json!(true));
    scene.click("nav a[href='/classifications']").await;
    scene.sees("h1", "History").await;
    assert_eq!(scene.run(is_there, vec![json!(address)]).await, json!(false));
    // Messages of the frame, here about another product, are not printed.
    let other = classified(&scene, json!({"description": "led lamp"})).await;
    turn_to(&scene, &format!("/classifications/{other}")).await;
    scene.run("const now = Date.now(); Date.now = () => now", vec![]).await;
    scene.click("#confirm").await;
    scene.appears("#undo-bar.shown .undo").await;
    turn_to(&scene, &format!("/evidence?ids={id}")).await;
    scene.sees(".sheet [data-part='pictures']", "image/png").await;
    let drawn = "return [...document.querySelectorAll('.main > *, body > :not(:has(.main))')]
        .filter(part => part.checkVisibility() && part.innerText.trim()).map(part => part.id || part.localName)";
    let on_screen = scene.run(drawn, vec![]).await;
    assert!(on_screen.as_array().expect("parts").contains(&json!("undo-bar")), "{on_screen}");
    let emulate = async |media: &str| {
        let media = json!({"media": media});
        scene.browser.cdp().send_raw("Emulation.setEmulatedMedia", media).await.expect("emulated");
    };
    emulate("print").await;
    assert_eq!(scene.run(drawn, vec![]).await, json!(["content"]));
    emulate("").await;
    scene.close().await;
}

#[tokio::test]
async fn a_service_without_extensions_gives_a_sheet_that_says_what_is_missing() {
    let service = Service::start();
    let scene = service.scene("nl-NL", "Overzicht").await;
    service.answers((200, "", COMPLETED));
    scene.go("/evidence?ids=550e8400-e29b-41d4-a716-446655440000").await;
    for (part, words) in [
        ("head", "Vendor"),
        ("code", "8518.30.00"),
        ("decision", "De dienst meldt niet of de code is beoordeeld."),
        ("confidence", "Sterk, 92 van 100"),
        ("asked", "De dienst herhaalt het verzoek niet"),
        ("path", "Afdeling XVI"),
        ("reasoning", "whatever its connection"),
        ("alternatives", "8518.10.00"),
        ("landed-cost", "3.221,63"),
        ("tariff", "Niet vermeld door de dienst."),
        ("record", "1.234"),
        ("legal", BINDS_NL),
    ] {
        scene.sees(&format!(".sheet [data-part='{part}']"), words).await;
    }
    service.answers((200, "", PENDING));
    scene.browser.refresh().await.expect("reloaded");
    scene.sees(".notice", "er is nog niets vast te leggen").await;
    assert_eq!(scene.run("return document.querySelector('#print').disabled", vec![]).await, json!(true));
    service.answers((200, "", COMPLETED));
    scene.click(".notice button").await;
    scene.sees(".sheet [data-part='code']", "8518.30.00").await;
    scene.close().await;
}

/// The documented answer with another identifier.
fn completed(path: &str) -> String {
    let id = path.rsplit('/').next().unwrap_or_default();
    COMPLETED.replace("550e8400-e29b-41d4-a716-446655440000", id)
}

#[tokio::test]
async fn a_bundle_has_a_cover_and_what_is_missing_is_asked_for_again() {
    let service = Service::start();
    let scene = service.scene("en-GB", "Overview").await;
    let missing = r#"{"success": false, "message": "Not found."}"#;
    service.answers_by(move |_, path| match path.ends_with("/b") {
        true => (404, String::new(), missing.to_owned()),
        false => (200, String::new(), completed(path)),
    });
    scene.go("/evidence?ids=a,b,c,a").await;
    scene.sees("h1", "Evidence of 3 classifications").await;
    scene.sees(".sheet-standing", "1 of 3 could not be loaded").await;
    scene.sees(".cover-list tbody tr:nth-child(2)", "Not loaded: Not found").await;
    scene.sees("#sheet-2 .failure", "Your organisation has nothing at this address").await;
    assert_eq!(scene.all("article.sheet").await.len(), 2);
    let printed = scene.browser.print_page(PrintParameters::default()).await.expect("a PDF");
    let pages = |pdf: &[u8]| String::from_utf8_lossy(pdf).matches("/Type /Page\n").count();
    assert_eq!(pages(&printed), 3, "a cover and two sheets of a page each");
    // A sheet with an invalid currency does not break the others.
    let odd = |path: &str| completed(path).replace(r#""EUR""#, r#""euros""#);
    service.answers_by(move |_, path| (200, String::new(), odd(path)));
    scene.click("#sheet-2 .failure button").await;
    scene.sees(".sheet-standing", "All 3 loaded.").await;
    scene.sees("#sheet-2 .sheet [data-part='head']", "b").await;
    scene.sees("#sheet-2 .sheet [data-part='landed-cost']", "euros 3221.63").await;
    for row in 1..=3 {
        let cover = digest_at(&scene, &format!(".cover-list tbody tr:nth-child({row}) .digest")).await;
        assert_eq!(cover, digest_at(&scene, &format!("#sheet-{row} footer .digest")).await);
    }
    let digests: BTreeSet<_> = scene.all(".cover-list .digest").await.into_iter().collect();
    assert_eq!(digests.len(), 3, "each sheet has a digest of its own");
    scene.close().await;
}

#[tokio::test]
async fn a_bundle_asks_for_few_at_once_and_waits_as_long_as_it_is_told() {
    let service = Service::start();
    let scene = service.scene("en-GB", "Overview").await;
    let (at_once, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let refused = Arc::new(Mutex::new(None::<Instant>));
    let resumed = Arc::new(Mutex::new(None::<Instant>));
    let (peak, told, back) = (Arc::clone(&most), Arc::clone(&refused), Arc::clone(&resumed));
    service.answers_by(move |_, path| {
        // The previous screen may still send requests.
        if !path.starts_with("/v1/classifications/") {
            return (200, String::new(), r#"{"success": true, "data": []}"#.to_owned());
        }
        let now = at_once.fetch_add(1, Ordering::SeqCst) + 1;
        peak.fetch_max(now, Ordering::SeqCst);
        std::thread::sleep(Duration::from_millis(200));
        let mut told = told.lock().expect("a time");
        let answer = match *told {
            None if path.ends_with("/5") => {
                *told = Some(Instant::now());
                let body = r#"{"success": false, "message": "Wait."}"#;
                (429, "retry-after: 3\r\n".to_owned(), body.to_owned())
            }
            _ => {
                if told.is_some() && path.ends_with("/5") {
                    *back.lock().expect("a time") = Some(Instant::now());
                }
                (200, String::new(), completed(path))
            }
        };
        at_once.fetch_sub(1, Ordering::SeqCst);
        answer
    });
    scene.go("/evidence?ids=1,2,3,4,5,6,7,8,9,10").await;
    scene.sees(".sheet-standing", "All 10 loaded.").await;
    assert_eq!(scene.all("article.sheet").await.len(), 10);
    let most = most.load(Ordering::SeqCst);
    assert!((2..=4).contains(&most), "{most} at once");
    let at = |moment: &Mutex<Option<Instant>>| moment.lock().expect("a time").expect("it happened");
    let (refused, resumed) = (at(&refused), at(&resumed));
    assert!(resumed - refused >= Duration::from_secs(3), "{:?}", resumed - refused);
    scene.close().await;
}

#[tokio::test]
async fn an_address_without_sheets_leads_on() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.go("/evidence").await;
    scene.sees(".empty", "No sheets selected").await;
    scene.click(".empty a").await;
    scene.sees("h1", "History").await;
    scene.close().await;
}
