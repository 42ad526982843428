//! Tests of large catalogues: over a faulty network, in a browser that is killed, and read in a worker.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::batches::{LONG, checked, draft, sum};
use crate::faults::{Fault, Proxy};
use crate::files::{give, text_file, watch_files};
use crate::scene::{LOOK_AGAIN, Scene, Server};

/// The progress that the page shows.
async fn seen(scene: &Scene) -> String {
    scene.all(".how-far").await.join(" ").replace('\n', " ")
}

/// Waits until a condition holds, at most [`LONG`].
async fn until(scene: &Scene, proxy: &Proxy, what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + LONG;
    while !holds().await {
        let (at, faults) = (seen(scene).await, proxy.counts());
        assert!(Instant::now() < deadline, "not within {LONG:?}: {what}: {at}, {faults:?}");
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

/// A number below a million with an English thousands separator.
fn thousands(number: usize) -> String {
    format!("{},{:03}", number / 1_000, number % 1_000)
}

/// 2,000 rows of 1,800 products, through a network that loses and repeats requests, in a browser that is killed 4
/// times; with `cargo xtask soak` 10,000 rows, 9,000 products and 20 kills. Every row has one result, and every
/// product was paid for once.
#[tokio::test]
async fn a_catalogue_survives_faults_and_kills() {
    let (rows_in_all, products, kills_wanted): (usize, usize, usize) =
        if std::env::var_os("IMPORT8_SOAK").is_some() { (10_000, 9_000, 20) } else { (2_000, 1_800, 4) };
    let (credits_before, products_read) = (products + 500, thousands(products));
    let server = Server::start(&[]);
    let more = ["--credits", &credits_before.to_string(), "--rate-limit", "10000"];
    let key = server.key_of("Warehouse", &more);
    let proxy = Proxy::start(&server.base, 20_261_123);
    // Few enough that the catalogue cannot be done before the last kill, however fast the machine is.
    let before_a_kill = (products.div_ceil(100) - 1) / kills_wanted;
    proxy.let_pass(before_a_kill);
    let mut scene = Scene::mortal(server, key).await;
    scene.server.base.clone_from(&proxy.base);
    let rows: String = (0..rows_in_all)
        .map(|row| format!("{row:05};Steel bottle no. {};China\r\n", row % products))
        .collect();
    let file = format!("sku;description;origin\r\n{rows}");
    scene.sign_in().await;
    draft(&scene, "warehouse.csv", &file).await;
    scene.sees("#start", &format!("Classify {products_read} products for {products_read} credits")).await;
    checked(&scene).await;
    scene.click("#start").await;
    scene.appears(".how-far").await;
    let path = scene.path().await;
    for kill in 1..=kills_wanted {
        // After some more batches, at another moment between two answers each time.
        let wanted = before_a_kill * kill;
        until(&scene, &proxy, &format!("{wanted} batches are sent"), async || proxy.sent() >= wanted).await;
        tokio::time::sleep(Duration::from_millis((kill as u64 * 137) % 500)).await;
        scene.kill_browser();
        proxy.let_pass(if kill == kills_wanted { usize::MAX } else { before_a_kill * (kill + 1) });
        scene.reopen().await;
        scene.sign_in().await;
        scene.go(&path).await;
        scene.appears(".how-far").await;
    }
    let all = format!("{products_read} of {products_read}");
    until(&scene, &proxy, &all, async || seen(&scene).await.contains(&all)).await;
    for (fault, count) in Fault::ALL.into_iter().zip(proxy.counts()) {
        assert!(count > 0, "{fault:?} never happened");
    }
    println!(
        "{kills_wanted} kills; faults: {:?}",
        Fault::ALL.into_iter().zip(proxy.counts()).collect::<Vec<_>>()
    );
    // The service has each product once, and took a credit for each.
    let listed = scene.ask(&scene.key, "GET", "/v1/classifications?per_page=1", None).await;
    assert_eq!(listed["meta"]["total"], json!(products));
    assert_eq!(scene.credits().await, 500);
    // The control: a batch that is sent twice without a key is there twice, and the test sees it.
    let again = json!({"items": [{"description": "Steel bottle no. 1", "origin_country": "CN"}]});
    for _ in 0..2 {
        scene.ask(&scene.key, "POST", "/v1/classify", Some(again["items"][0].clone())).await;
    }
    let listed = scene.ask(&scene.key, "GET", "/v1/classifications?per_page=1", None).await;
    assert_eq!(listed["meta"]["total"], json!(products + 2));
    watch_files(&scene).await;
    scene.click("#get-file").await;
    scene.click("#download").await;
    scene.sees("#fill-outcome", "Saved as").await;
    let filled = text_file(&scene).await;
    let mut links = BTreeMap::<String, BTreeSet<String>>::new();
    let mut count = 0;
    for (before, after) in file.lines().zip(filled.lines()).skip(1) {
        assert!(after.starts_with(&format!("{before};")), "{after}");
        let product = before.split(';').nth(1).expect("a product").to_owned();
        let link = after.split(';').next_back().expect("a link").to_owned();
        assert!(link.contains("/classifications/"), "{after}");
        links.entry(product).or_default().insert(link);
        count += 1;
    }
    assert_eq!((count, links.len()), (rows_in_all, products));
    let all: BTreeSet<_> = links.values().flatten().collect();
    assert!(links.values().all(|links| links.len() == 1), "a product has one result in all of its rows");
    assert_eq!(all.len(), products, "no result belongs to two products");
    scene.close().await;
}

/// The page stays responsive while a worker reads 50,000 rows. Prints the time and memory it took.
#[tokio::test]
async fn fifty_thousand_rows_are_read_beside_the_page() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.go("/batches/new").await;
    let rows: String =
        (0..50_000).map(|row| format!("{row:05};Steel bottle no. {row};China;12,50\n")).collect();
    let watch = "window.tasks = [];
        new PerformanceObserver(list => window.tasks.push(...list.getEntries().map(e => e.duration)))
            .observe({ type: 'longtask' })";
    scene.run(watch, vec![]).await;
    let begun = Instant::now();
    give(&scene, "large.csv", &format!("sku;description;origin;price\n{rows}")).await;
    scene.sees(".cost-line", "50,000").await;
    checked(&scene).await;
    assert_eq!(sum(&scene, "Products to classify").await, "50,000");
    let took = begun.elapsed();
    let seen = scene.run("return [Math.max(0, ...window.tasks), performance.memory.usedJSHeapSize]", vec![]);
    let seen = seen.await;
    println!("50,000 rows read in {took:?}; longest task {} ms, heap {} bytes", seen[0], seen[1]);
    // A page that read the file itself would be blocked for about that long, on any machine.
    let stood_still = Duration::from_secs_f64(seen[0].as_f64().expect("a time") / 1_000.0);
    assert!(stood_still * 3 < took, "the page stood still for {stood_still:?} of {took:?}");
    scene.close().await;
}
