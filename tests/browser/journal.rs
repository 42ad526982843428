//! Tests of the journal of a batch: unreadable data is reported, in every tab.

use serde_json::json;

use crate::batches::draft;
use crate::scene::{HOLDS, Scene};

/// Makes a value of a store unreadable by renaming one of its fields.
async fn spoil(scene: &Scene, store: &str, field: &str) {
    let script = "const [store, field, done] = arguments; const open = indexedDB.open('import8');
        open.onerror = () => done(String(open.error));
        open.onsuccess = () => { const transaction = open.result.transaction(store, 'readwrite'); let changed = 0;
            transaction.objectStore(store).openCursor().onsuccess = ({ target: { result: cursor } }) => {
                if (!cursor) return;
                const value = cursor.value.replace(`\"${field}\"`, `\"not-${field}\"`);
                changed += value !== cursor.value;
                cursor.update(value); cursor.continue() };
            transaction.oncomplete = () => { open.result.close(); done(changed) } }";
    let changed = scene.browser.execute_async(script, vec![json!(store), json!(field)]).await.expect(script);
    assert_eq!(*changed.json(), json!(1), "{store}");
}

#[tokio::test]
async fn what_cannot_be_read_of_a_catalogue_is_told_in_a_tab_that_does_not_run_it() {
    let scene = Scene::open_with(&HOLDS, "en-GB").await;
    scene.sign_in().await;
    draft(&scene, "two.csv", "description\nSteel bottle\nLeather wallet\n").await;
    // This tab runs the batch, visible or not.
    scene.run("Object.defineProperty(document, 'hidden', { get: () => false })", vec![]).await;
    scene.click("#start").await;
    scene.sees(".how-far", "In progress 2").await;
    let path = scene.path().await;
    let second = scene.browser.new_tab().await.expect("another tab");
    scene.browser.switch_to_window(second).await.expect("there");
    scene.sign_in().await;
    scene.go(&path).await;
    scene.sees(".in-the-way", "Another tab of this browser runs this batch").await;
    spoil(&scene, "batches", "progress").await;
    scene.browser.refresh().await.expect("reloaded");
    scene.sees(".in-the-way", "cannot read all stored data of this batch").await;
    assert!(!scene.all(".in-the-way").await.join("").contains("Another tab"), "it does not seem to go on");

    // A shorter list is reported too.
    spoil(&scene, "catalogues", "stage").await;
    scene.go("/batches").await;
    scene.sees("#unlisted", "not listed: 1").await;
    assert!(!scene.all("main").await.join("").contains("A catalogue in one go"), "there are some");
    scene.go(&path).await;
    scene.sees("#unlisted", "not listed: 1").await;

    // A database that returns nothing is not taken for an empty one.
    scene.click("#sign-out").await;
    scene.appears("#key").await;
    let broken = "window.broken = 0; IDBFactory.prototype.open = () => {
        window.broken++; throw new DOMException('broken', 'UnknownError') }";
    scene.run(broken, vec![]).await;
    scene.enter_key(&scene.key).await;
    scene.click("nav a[href='/batches']").await;
    scene.sees("#unlisted", "The batches stored in this browser cannot be read").await;
    assert!(scene.run("return window.broken", vec![]).await.as_u64() > Some(0), "the fault has fired");
    scene.appears("#new-batch").await;
    scene.close().await;
}
