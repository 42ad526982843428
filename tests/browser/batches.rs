//! Tests of batches: a catalogue is read, checked, paid for once and filled, also after crashes and lost answers.

use std::time::Duration;

use serde_json::{Value, json};

use crate::files::{file, give, text_file, watch_files};
use crate::scene::{HOLDS, Scene};
use crate::service::Service;

/// The catalogue of a Dutch shop, with duplicates, an unknown country, a missing description and a vague one.
const SHOP: &str = "\
Artikelnr;Omschrijving;Land van oorsprong;Stukprijs;Aantal
001;Drinkfles roestvrij staal 750 ml;China;25,00;100
002;drinkfles  roestvrij staal 750 ML;CN;25,00;100.0
003;Leren portemonnee voor dames;Atlantis;29,00;25
004;Katoenen T-shirt voor heren;Turkije;9,95;40
005;;China;1,00;1
006;onderdelen;China;1,00;1
";

/// The longest time for a long run.
pub(crate) const LONG: Duration = Duration::from_secs(900);

/// A signed-in person at the page for a new batch.
pub(crate) async fn draft(scene: &Scene, name: &str, content: &str) {
    scene.click("nav a[href='/batches']").await;
    scene.click("#new-batch").await;
    give(scene, name, content).await;
    checked(scene).await;
}

/// Waits until the rows are checked.
pub(crate) async fn checked(scene: &Scene) {
    scene.appears("#cost").await;
    scene.vanishes("#cost .submit [role=status]:not(:empty)").await;
}

/// The value of a line of the cost.
pub(crate) async fn sum(scene: &Scene, words: &str) -> String {
    let lines = scene.all(".cost-line").await;
    let line = lines.iter().find(|line| line.contains(words)).cloned().unwrap_or_default();
    line.split('\n').next_back().unwrap_or_default().trim().to_owned()
}

#[tokio::test]
async fn a_catalogue_is_checked_classified_and_given_back() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    draft(&scene, "shop.csv", SHOP).await;
    scene.sees("h1", "shop.csv").await;
    let roles = "return [...document.querySelectorAll('.mapping select')].map(select => select.value)";
    let roles = scene.run(roles, vec![]).await;
    assert_eq!(roles, json!(["reference", "description", "origin", "unit-value", "quantity"]));
    // Two rows are faulty, one is a duplicate.
    scene.sees("#problems", "2 rows cannot be sent as they are").await;
    assert_eq!(sum(&scene, "Products to classify").await, "3");
    scene.sees("#start", "Classify 3 products for 3 credits").await;
    scene.fill(".corrections input[list]", "Turkije").await;
    scene.click(".corrections input[list] + button").await;
    scene.sees("#changes", "1 change by you").await;
    scene.sees("#start", "Classify 4 products for 4 credits").await;
    scene.click("#leave-out-vague").await;
    scene.sees("#start", "Classify 3 products for 3 credits").await;
    checked(&scene).await;
    assert_eq!(sum(&scene, "Credits").await, "30 now, 27 after");
    scene.click("#start").await;
    scene.sees(".how-far .number", "3 of 3").await;
    scene.sees("#products", "Leren portemonnee voor dames").await;
    assert_eq!(scene.credits().await, 27);
    watch_files(&scene).await;
    scene.click("#get-file").await;
    scene.click("#download").await;
    scene.sees("#fill-outcome", "Saved as shop-classified.csv").await;
    let filled = text_file(&scene).await;
    for (before, after) in SHOP.lines().zip(filled.lines()) {
        // Existing content is kept byte for byte.
        assert!(after.starts_with(&format!("{before};")), "{after}");
    }
    let row = |begin: &str| filled.lines().find(|line| line.starts_with(begin)).expect(begin).to_owned();
    assert!(row("Artikelnr").contains(";CN code, 8 digits;"), "{filled}");
    // Both rows of a product have the same code.
    let added = |begin: &str| row(begin).split(';').skip(5).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(added("001"), added("002"));
    assert!(row("001").contains(";'7323.93.00;'73239300;"), "{filled}");
    assert!(row("003").contains(";'4202.31.00;"), "{filled}");
    assert!(row("005").contains(";skipped;No description;"), "{filled}");
    assert!(row("006").contains(";skipped;too vague;"), "{filled}");
    // The rows without a code, as a workbook.
    scene.click("#fill-without-code").await;
    scene.choose("#fill-form", "xlsx").await;
    scene.click("#download").await;
    scene.sees("#fill-outcome", "Saved as shop-classified.xlsx").await;
    assert!(file(&scene).await.0.starts_with(b"PK"));
    scene.close().await;
}

#[tokio::test]
async fn a_way_of_reading_is_remembered_for_the_same_titles() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    let file = "a;b\nSteel bottle;China\nCotton shirt;Turkey\n";
    draft(&scene, "one.csv", file).await;
    scene.choose("#titles-row", "0").await;
    scene.sees(".mapping label", "a").await;
    scene.choose("#column-0", "").await;
    scene.sees("main", "Choose the column that describes the product").await;
    scene.choose("#column-0", "description").await;
    scene.choose("#column-1", "origin").await;
    scene.sees("#start", "Classify 2 products").await;
    checked(&scene).await;
    // The draft survives a reload.
    scene.browser.refresh().await.expect("a reload");
    checked(&scene).await;
    scene.sees("#start", "Classify 2 products").await;
    checked(&scene).await;
    scene.click("#start").await;
    scene.sees(".how-far .number", "2 of 2").await;
    // A file is recognised by its titles; without titles it is not.
    let titled = "x;description;y\n1;Steel bottle;2\n";
    draft(&scene, "two.csv", titled).await;
    scene.choose("#column-0", "reference").await;
    checked(&scene).await;
    scene.click("#start").await;
    scene.sees(".how-far .number", "1 of 1").await;
    draft(&scene, "three.csv", titled).await;
    scene.sees("main", "Read like the last file with these column headers").await;
    let role = scene.value("#column-0").await;
    assert_eq!(role, json!("reference"));
    scene.close().await;
}

#[tokio::test]
async fn a_file_that_cannot_be_read_says_why() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.go("/batches/new").await;
    for (content, says) in [
        ("", "The file is empty"),
        ("[{\"sku\": \"A1\"}]", "This is JSON."),
        ("\u{0}\u{1}\u{2}\u{0}", "This is not a spreadsheet"),
        ("PK\u{3}\u{4}broken", "The end of the workbook is missing"),
    ] {
        give(&scene, "x.csv", content).await;
        scene.sees("#file-problem", says).await;
    }
    scene.click(".paste-fold summary").await;
    scene.fill("#pasted", "description\nSteel bottle").await;
    scene.click(".paste-fold button[type=submit]").await;
    scene.sees("h1", "Pasted rows").await;
    scene.sees("#start", "Classify 1 product for 1 credit").await;
    scene.close().await;
}

#[tokio::test]
async fn a_worker_of_another_build_is_not_used() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    // The worker tells another version than the one that this page is built with.
    let script = "Object.defineProperty(Worker.prototype, 'onmessage', { set(heard) {
        this.addEventListener('message', ({ data }) => heard({ data: typeof data === 'string' ? 'another' : data }),
            { once: true }) } })";
    scene.before_each_page(script).await;
    scene.go("/batches/new").await;
    give(&scene, "products.csv", "description\nSteel bottle\n").await;
    scene.sees("#file-problem", "a newer version than this page").await;
    scene.close().await;
}

#[tokio::test]
async fn too_few_credits_are_enough_for_so_many() {
    let mut scene = Scene::open().await;
    scene.key = scene.server.key_of("Short", &["--credits", "2"]);
    scene.sign_in().await;
    let file = "description\nSteel bottle\nLeather wallet\nCotton shirt\nWooden chair\n";
    draft(&scene, "four.csv", file).await;
    scene.sees("#too-few", "2 credits are left for 4 products").await;
    scene.sees("#start", "Classify the first 2 for 2 credits").await;
    scene.click("#start").await;
    scene.sees(".how-far .number", "2 of 2").await;
    assert_eq!(scene.credits().await, 0);
    watch_files(&scene).await;
    scene.click("#get-file").await;
    scene.click("#download").await;
    scene.sees("#fill-outcome", "Saved as").await;
    let filled = text_file(&scene).await;
    assert_eq!(filled.lines().filter(|line| line.contains("not sent")).count(), 2, "{filled}");
    scene.close().await;
}

#[tokio::test]
async fn what_the_history_has_is_not_paid_for_again() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.classify("Steel bottle 750 ml").await;
    draft(&scene, "two.csv", "description\nsteel  bottle 750 ML\nLeather wallet\n").await;
    scene.click("#look-for-known").await;
    scene.sees("#known", "1 product already has a code").await;
    scene.sees("#start", "Classify 1 product for 1 credit").await;
    scene.click("#classify-anew").await;
    scene.sees("#start", "Classify 2 products for 2 credits").await;
    scene.click("#use-known").await;
    scene.sees("#start", "Classify 1 product for 1 credit").await;
    checked(&scene).await;
    scene.click("#start").await;
    scene.sees(".how-far .number", "2 of 2").await;
    scene.sees("#products", "Already classified").await;
    assert_eq!(scene.credits().await, 28);
    scene.close().await;
}

#[tokio::test]
async fn it_survives_a_reload_and_goes_on_in_the_tab_that_is_seen() {
    let mut scene = Scene::open_with(&HOLDS, "en-GB").await;
    scene.sign_in().await;
    let rows: String = (0..12).map(|at| format!("Steel bottle {at}\n")).collect();
    draft(&scene, "twelve.csv", &format!("description\n{rows}")).await;
    scene.click("#start").await;
    scene.sees(".how-far", "In progress 12").await;
    // Batches that were sent cannot be paused.
    scene.vanishes("#pause").await;
    let path = scene.path().await;
    let first = scene.browser.window().await.expect("a tab");
    let second = scene.browser.new_tab().await.expect("another tab");
    scene.browser.switch_to_window(second).await.expect("there");
    scene.sign_in().await;
    scene.go(&path).await;
    scene.sees(".in-the-way", "Another tab of this browser runs this batch").await;
    // A browser may hold back the timers of a hidden page for a minute; here they never fire.
    scene.run("window.setTimeout = () => 0", vec![]).await;
    scene.browser.switch_to_window(first).await.expect("back");
    // The browser may keep a page that was left in its back-forward cache.
    scene.browser.goto("about:blank").await.expect("away");
    scene.browser.goto(&format!("{}{path}", scene.server.base)).await.expect("back");
    scene.sees(".how-far", "In progress 12").await;
    scene.release().await;
    scene.sees(".how-far .number", "12 of 12").await;
    assert_eq!(scene.credits().await, 18);
    scene.click("nav a[href='/batches']").await;
    scene.sees(".catalogues", "12 done").await;
    scene.click(".row-action .delete").await;
    scene.sees(".confirm", "Delete “twelve.csv”?").await;
    scene.click(".confirm button").await;
    scene.sees("main", "A catalogue in one go").await;
    scene.close().await;
}

/// A page in the back-forward cache cannot run batches, so it must not hold their lock.
#[tokio::test]
async fn a_page_that_was_left_while_it_waited_lets_the_others_run() {
    let scene = Scene::open_with(&HOLDS, "en-GB").await;
    scene.sign_in().await;
    draft(&scene, "two.csv", "description\nSteel bottle\nLeather wallet\n").await;
    // This tab runs the batch, visible or not.
    scene.run("Object.defineProperty(document, 'hidden', { get: () => false })", vec![]).await;
    scene.click("#start").await;
    scene.sees(".how-far", "In progress 2").await;
    let path = scene.path().await;
    let first = scene.browser.window().await.expect("a tab");
    let second = scene.browser.new_tab().await.expect("another tab");
    scene.browser.switch_to_window(second.clone()).await.expect("there");
    scene.sign_in().await;
    scene.go(&path).await;
    scene.sees(".in-the-way", "Another tab of this browser runs this batch").await;
    scene.browser.goto("about:blank").await.expect("away");
    scene.go(&path).await;
    scene.sees(".in-the-way", "Another tab of this browser runs this batch").await;
    scene.browser.switch_to_window(first).await.expect("back");
    scene.browser.close_window().await.expect("closed");
    scene.browser.switch_to_window(second).await.expect("there");
    scene.vanishes(".in-the-way p").await;
    scene.close().await;
}

/// The journal is read slowly, so the tab that runs the batch finishes first.
#[tokio::test]
async fn what_another_tab_writes_while_the_journal_is_read_is_shown() {
    let service = Service::start();
    let answer_with = |status: &'static str| {
        service.answers_by(move |method, path| {
            let ended = u32::from(status == "completed");
            let row = json!({"id": "one", "status": status, "hs_code": "7323.93"});
            let batch = json!({"batch_id": "b", "total": 1, "completed": ended, "pending": 1 - ended, "failed": 0, "classifications": [row]});
            let list = json!({"current_page": 1, "per_page": 1, "total": 0, "last_page": 1});
            let answer = match (method, path) {
                ("POST", _) => json!({"success": true, "data": {"batch_id": "b", "total": 1, "classification_ids": ["one"]}}),
                (_, "/v1/classify/batch/b") => json!({"success": true, "data": batch}),
                _ => json!({"success": true, "data": [], "meta": list}),
            };
            (200, String::new(), answer.to_string())
        });
    };
    answer_with("pending");
    let scene = service.scene("en-GB", "Overview").await;
    draft(&scene, "one.csv", "description\nSteel bottle\n").await;
    // This tab runs the batch, visible or not.
    scene.run("Object.defineProperty(document, 'hidden', { get: () => false })", vec![]).await;
    scene.click("#start").await;
    scene.sees(".how-far", "In progress 1").await;
    scene.vanishes("#pause").await;
    let second = scene.browser.new_tab().await.expect("another tab");
    scene.browser.switch_to_window(second).await.expect("there");
    scene.go("/").await;
    scene.enter_key(&scene.key).await;
    scene.sees("h1", "Overview").await;
    // This tab does not ask to run the batches, and its reads of them are held back.
    let hold = "Object.defineProperty(document, 'hidden', { get: () => true });
        const getAll = IDBObjectStore.prototype.getAll;
        window.release = [];
        IDBObjectStore.prototype.getAll = function (...range) {
            const request = getAll.apply(this, range);
            if (this.name !== 'batches') return request;
            let tell;
            Object.defineProperty(request, 'onsuccess', { set: (to) => { tell = to; } });
            request.addEventListener('success', (event) => window.release.push(() => tell?.(event)));
            return request;
        }";
    scene.run(hold, vec![]).await;
    scene.click("nav a[href='/batches']").await;
    scene.sees(".catalogues", "one.csv").await;
    scene.click(".catalogues td a").await;
    scene.sees("nav a[href='/batches']", "%").await;
    let is_read = async || scene.run("return window.release.length", vec![]).await != json!(0);
    scene.until("the journal is read", is_read).await;
    answer_with("completed");
    let has_ended = async || !scene.all("nav a[href='/batches']").await.join("").contains('%');
    scene.until("the other tab ends", has_ended).await;
    assert!(!scene.all("#products").await.join("").contains("7323 93"), "the journal was held back");
    scene.run("setInterval(() => window.release.splice(0).forEach((go) => go()), 50)", vec![]).await;
    scene.sees("#products", "7323 93").await;
    scene.sees(".how-far .number", "1 of 1").await;
    scene.close().await;
}

#[tokio::test]
async fn a_key_that_opens_nothing_any_more_is_asked_for_and_it_goes_on() {
    let mut scene = Scene::open_with(&HOLDS, "en-GB").await;
    scene.sign_in().await;
    let new = scene.ask(&scene.key, "POST", "/v1/api-keys", Some(json!({"name": "new"}))).await;
    let new = new["data"]["secret"].as_str().expect("a key").to_owned();
    draft(&scene, "one.csv", "description\nSteel bottle\n").await;
    scene.click("#start").await;
    scene.sees(".how-far", "In progress 1").await;
    let keys = scene.ask(&new, "GET", "/v1/api-keys", None).await;
    let old =
        keys["data"].as_array().expect("keys").iter().find(|key| key["current"] == false).expect("the old");
    let path = format!("/v1/api-keys/{}", old["id"].as_str().expect("an id"));
    scene.ask(&new, "DELETE", &path, None).await;
    scene.sees(".in-the-way", "no longer accepts the key").await;
    scene.release().await;
    scene.click("#enter-key").await;
    scene.enter_key(&new).await;
    scene.sees(".how-far .number", "1 of 1").await;
    scene.close().await;
}

#[tokio::test]
async fn what_failed_is_tried_again_and_costs_nothing_when_it_fails_again() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    draft(&scene, "two.csv", "description\nSteel bottle\nxqzzv qqwfp\n").await;
    scene.click("#start").await;
    scene.sees("#products tbody td", "Steel bottle").await;
    scene.run("window.row = document.querySelector('#products tbody tr')", vec![]).await;
    scene.sees(".how-far", "No code 1").await;
    scene.sees(".how-far .number", "2 of 2").await;
    assert_eq!(scene.credits().await, 29);
    // The row is the one that was waiting, with its code.
    scene.appears("#products tbody .code-cell .code").await;
    let is_kept = "return window.row.isConnected && window.row.querySelector('.code-cell').innerText !== ''";
    assert_eq!(scene.run(is_kept, vec![]).await, json!(true));
    // A command that cannot be stored is not done, and the page says so.
    let full = "const real = IDBObjectStore.prototype.put; window.make_room = () => { IDBObjectStore.prototype.put = real };
        IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }";
    scene.run(full, vec![]).await;
    scene.click("#retry-failed").await;
    scene.sees(".not-done", "This browser could not record that").await;
    scene.run("window.make_room()", vec![]).await;
    // Two clicks make one new batch. The page shows only for a moment that it is on its way.
    let twice = "const number = () => document.querySelector('.how-far .number').innerText;
        window.numbers = [];
        new MutationObserver(() => window.numbers.push(number())).observe(
            document.querySelector('.how-far'), { childList: true, characterData: true, subtree: true });
        const button = document.querySelector('#retry-failed'); button.click(); button.click()";
    scene.run(twice, vec![]).await;
    let numbers = async || scene.run("return [...new Set(window.numbers)]", vec![]).await;
    let is_over = async || numbers().await == json!(["1 of 2", "2 of 2"]);
    scene.until("it is on its way, and then over", is_over).await;
    scene.vanishes(".not-done:not(:empty)").await;
    scene.sees(".how-far .number", "2 of 2").await;
    assert_eq!(scene.credits().await, 29);
    let listed = scene.ask(&scene.key, "GET", "/v1/classifications?per_page=1", None).await;
    assert_eq!(listed["meta"]["total"], json!(3), "the one that failed, and no other, was sent again");
    scene.close().await;
}

#[tokio::test]
async fn a_batch_waits_for_the_connection() {
    let mut scene = Scene::open().await;
    scene.sign_in().await;
    scene.has_all_screens().await;
    draft(&scene, "one.csv", "description\nSteel bottle\n").await;
    scene.server.kill();
    scene.click("#start").await;
    scene.sees(".in-the-way", "No connection").await;
    scene.server.restart(&[]);
    scene.sees(".how-far .number", "1 of 1").await;
    assert_eq!(scene.credits().await, 29);
    scene.close().await;
}

#[tokio::test]
async fn a_batch_made_elsewhere_is_opened_by_its_name() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    let items = json!({"items": [{"description": "Steel bottle"}, {"description": "xqzzv qqwfp"}]});
    let made = scene.ask(&scene.key, "POST", "/v1/classify/batch", Some(items)).await;
    // The styles of this screen stay in the page, and must not apply to the next one.
    scene.click("nav a[href='/classify']").await;
    scene.appears("#description").await;
    scene.click("nav a[href='/batches']").await;
    scene.click(".open-batch summary").await;
    scene.fill("#batch-id", "no such/thing").await;
    scene.click(".open-batch button").await;
    scene.sees("#batch-id-problem", "letters, digits").await;
    scene.fill("#batch-id", made["data"]["batch_id"].as_str().expect("an id")).await;
    scene.click(".open-batch button").await;
    scene.sees(".how-far .number", "2 of 2").await;
    scene.appears(".rows .code").await;
    let lines = "return [...document.querySelectorAll('.rows .hint')].map(one => one.offsetHeight < 30)";
    assert_eq!(scene.run(lines, vec![]).await, json!([true, true]), "an identifier is in one line");
    scene.go("/batches/batch_nothing").await;
    scene.sees("main", "Batch not found in this browser").await;
    scene.close().await;
}

/// Advances the page's clock beyond the time in which an answer may still come.
async fn no_answer_comes_any_more(scene: &Scene) {
    scene.run("const real = Date.now; Date.now = () => real() + 40000", vec![]).await;
}

/// With the documented API only, a lost batch is searched for in the history and the person decides.
#[tokio::test]
async fn a_lost_answer_of_a_plain_service_is_never_sent_twice_by_itself() {
    let service = Service::start();
    let history = |rows: &str| {
        format!(
            r#"{{"success": true, "data": [{rows}], "meta": {{"current_page": 1, "per_page": 100, "total": 0, "last_page": 1}}}}"#
        )
    };
    let empty = history("");
    service.answers_by(move |method, _| match method {
        "POST" => (500, String::new(), r#"{"success": false, "message": "Broken."}"#.to_owned()),
        _ => (200, String::new(), empty.clone()),
    });
    let scene = service.scene("en-GB", "Overview").await;
    draft(&scene, "one.csv", "description\nSteel bottle\n").await;
    scene.click("#start").await;
    scene.sees(".how-far", "Uncertain 1").await;
    // While an answer may still come, the batch is not searched for.
    scene.sees(".in-the-way", "will be tried again").await;
    assert!(scene.all(".lost").await.is_empty());
    no_answer_comes_any_more(&scene).await;
    scene.sees(".lost", "They are not in the history and no credit was used").await;
    assert_eq!(*service.posts.lock().expect("a count"), 1, "it was not sent again");
    scene.click("#pause").await;
    scene.sees(".in-the-way", "Paused").await;
    scene.click("#resume").await;
    scene.appears("#pause").await;
    // It appears in the history.
    let row = r#"{"id": "found", "status": "pending", "product_summary": "Steel bottle", "hs_code": null}"#;
    let (there, one) = (
        history(row),
        r#"{"success": true, "data": {"id": "found", "status": "completed", "hs_code": {"code_6": "7323.93"}}}"#,
    );
    service.answers_by(move |_, path| match path {
        "/v1/classifications/found" => (200, String::new(), one.to_owned()),
        _ => (200, String::new(), there.clone()),
    });
    scene.click(".lost .actions button").await;
    scene.sees(".how-far .number", "1 of 1").await;
    scene.sees("#products", "7323 93").await;
    assert_eq!(*service.posts.lock().expect("a count"), 1);
    scene.close().await;
}

/// Sending a lost batch again does not end a pause.
#[tokio::test]
async fn what_is_sent_again_waits_while_it_is_paused() {
    let service = Service::start();
    service.answers_by(|method, _| match method {
        "POST" => (500, String::new(), r#"{"success": false, "message": "Broken."}"#.to_owned()),
        _ => (200, String::new(), r#"{"success": true, "data": [], "meta": {"current_page": 1, "per_page": 100, "total": 0, "last_page": 1}}"#.to_owned()),
    });
    let scene = service.scene("en-GB", "Overview").await;
    draft(&scene, "one.csv", "description\nSteel bottle\n").await;
    scene.click("#start").await;
    scene.sees(".how-far", "Uncertain 1").await;
    no_answer_comes_any_more(&scene).await;
    scene.sees(".lost", "They are not in the history").await;
    scene.click("#pause").await;
    scene.sees(".in-the-way", "Paused").await;
    scene.click(".lost .actions button:nth-child(2)").await;
    scene.sees(".how-far", "Waiting 1").await;
    scene.sees(".in-the-way", "Paused").await;
    assert_eq!(*service.posts.lock().expect("a count"), 1);
    scene.click("#resume").await;
    let is_sent = async || *service.posts.lock().expect("a count") == 2;
    scene.until("it is sent again", is_sent).await;
    scene.sees(".in-the-way", "will be tried again").await;
    assert_eq!(*service.posts.lock().expect("a count"), 2);
    scene.close().await;
}

/// A product that the service refuses is found and isolated; the others are classified.
#[tokio::test]
async fn a_product_that_is_refused_is_set_apart() {
    let service = Service::start();
    service.answers_to(|method, path, body| {
        let items: Value = serde_json::from_str(body).unwrap_or_default();
        let words = items["items"].as_array().into_iter().flatten();
        let words: Vec<_> = words.map(|item| item["description"].as_str().unwrap_or_default().to_owned()).collect();
        let ids: Vec<_> = words.iter().map(|words| words.replace(' ', "-")).collect();
        match (method, path.strip_prefix("/v1/classify/batch/")) {
            ("POST", _) if words.iter().any(|words| words.contains("bad")) => {
                (422, String::new(), r#"{"success": false, "message": "Not allowed."}"#.to_owned())
            }
            ("POST", _) => {
                let data = json!({"batch_id": ids.join("_"), "total": ids.len(), "classification_ids": ids});
                (202, String::new(), json!({"success": true, "data": data}).to_string())
            }
            (_, Some(batch)) => {
                let row = |id: &str| json!({"id": id, "status": "completed", "hs_code": "7323.93"});
                let rows: Vec<_> = batch.split('_').map(row).collect();
                let count = rows.len();
                let data = json!({"batch_id": batch, "total": count, "completed": count, "pending": 0, "failed": 0, "classifications": rows});
                (200, String::new(), json!({"success": true, "data": data}).to_string())
            }
            _ => (200, String::new(), r#"{"success": true, "data": [], "meta": {"current_page": 1, "per_page": 1, "total": 0, "last_page": 1}}"#.to_owned()),
        }
    });
    let scene = service.scene("en-GB", "Overview").await;
    draft(&scene, "four.csv", "description\none pan\nbad pan\ntwo pans\nthree pans\n").await;
    scene.click("#start").await;
    scene.sees(".how-far .number", "4 of 4").await;
    scene.sees(".how-far", "Digits not reported 3").await;
    scene.sees("#products", "Not allowed.").await;
    // Five requests: the whole, its halves, and the halves of the faulty half. Three were accepted.
    assert_eq!(*service.posts.lock().expect("a count"), 5);
    // The details of each product are requested when they are needed.
    scene.click("#get-file").await;
    scene.sees("#fill", "This service gives confidence").await;
    scene.close().await;
}

#[tokio::test]
async fn codes_in_use_are_checked_and_only_those_in_doubt_are_classified() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    let file = "SKU,Description,HS code\n\
        A1,Stainless steel vacuum bottle 750 ml,9617000000\n\
        A2,Men's cotton T-shirt knitted,7323930000\n\
        A3,Ceramic mug,8599000000\n\
        A4,Ceramic mug for coffee,x1\n";
    draft(&scene, "codes.csv", file).await;
    scene.sees("#start", "Classify 4 products for 4 credits").await;
    scene.click("#check-codes").await;
    scene.sees("#code-check", "Not a code: 1 row").await;
    scene.sees("#code-check", "No such heading: 1 row").await;
    scene.sees("#code-check", "The classifier finds another code: 1 row").await;
    scene.sees("#code-check", "6109").await;
    scene.sees("#code-check", "Nothing speaks against it: 1 row").await;
    scene.click("#keep-codes").await;
    scene.sees("#start", "Classify 3 products for 3 credits").await;
    assert_eq!(scene.credits().await, 30, "a check costs nothing");
    // The person decides otherwise.
    scene.click("#finding-notacode").await;
    scene.sees("#keep-codes", "Classify only these 2 rows").await;
    scene.click("#keep-codes").await;
    scene.sees("#start", "Classify 2 products for 2 credits").await;
    checked(&scene).await;
    scene.click("#start").await;
    scene.sees(".how-far .number", "2 of 2").await;
    assert_eq!(scene.credits().await, 28);
    watch_files(&scene).await;
    scene.click("#get-file").await;
    scene.click("#download").await;
    scene.sees("#fill-outcome", "Saved as codes-classified.csv").await;
    let filled = text_file(&scene).await;
    let row = |begin: &str| filled.lines().find(|line| line.starts_with(begin)).expect(begin).to_owned();
    assert!(row("A1").contains("Code kept") && row("A4").contains("Code kept"), "{filled}");
    assert!(row("A2").contains("6109"), "{filled}");
    scene.close().await;
}
