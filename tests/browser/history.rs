//! What has been classified.

use crate::scene::Scene;

#[tokio::test]
async fn both_products_are_in_the_history() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.sees(".empty", "Classify your first product").await;
    scene.classify("Stainless steel water bottle, 750 ml, double wall").await;
    scene.classify("katoenen T-shirt, heren, ronde hals").await;
    scene.sees(".code-hero", "6109").await;
    scene.click("nav a[href='/classifications']").await;
    scene.sees(".lead", "2 classifications").await;
    let rows = scene.all(".rows tbody tr").await;
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(
        rows[0].contains("katoenen T-shirt") && rows[0].contains("6109") && rows[0].contains("Completed")
    );
    assert!(rows[1].contains("water bottle") && rows[1].contains("7323"));
    scene.click(".rows tbody tr:nth-child(2) a").await;
    scene.sees("h1", "Stainless steel water bottle").await;
    scene.close().await;
}

#[tokio::test]
async fn pages_are_turned_and_are_in_the_address() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    // Twenty rows to a page; the products are made through the page's own key.
    let make = "const key = sessionStorage.getItem('import8.key'); const done = arguments[0]; \
        (async () => { for (let i = 1; i <= 21; i++) await fetch('/api/v1/classify', {method: 'POST', \
        headers: {authorization: 'Bearer ' + key, 'content-type': 'application/json'}, \
        body: JSON.stringify({description: 'leather wallet ' + i})}); done(true) })()";
    scene.browser.execute_async(make, vec![]).await.expect("made");
    scene.go("/classifications").await;
    scene.sees(".pages", "Page 1 of 2").await;
    assert_eq!(scene.all(".rows tbody tr").await.len(), 20);
    scene.click(".pages a[rel=next]").await;
    scene.sees(".pages", "Page 2 of 2").await;
    assert_eq!(scene.path().await, "/classifications?page=2");
    scene.sees(".rows", "leather wallet 1").await;
    scene.browser.back().await.expect("back");
    scene.sees(".pages", "Page 1 of 2").await;
    scene.go("/classifications?page=99").await;
    scene.sees(".empty", "no page that far back").await;
    scene.close().await;
}

#[tokio::test]
async fn an_empty_history_says_what_to_do() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.click("nav a[href='/classifications']").await;
    scene.sees(".empty", "Nothing classified yet").await;
    scene.close().await;
}
