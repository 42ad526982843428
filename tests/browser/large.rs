//! Large catalogues: over a network that fails, in a browser that is killed, and read in a worker.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::batches::{LONG, ask, checked, credits, draft, sum};
use crate::faults::{Fault, Proxy};
use crate::files::{give, text_file, watch_files};
use crate::scene::{Scene, Server};

/// The progress as the page shows it.
async fn seen(scene: &Scene) -> String {
    scene.all(".how-far").await.join(" ").replace('\n', " ")
}

/// A number below a million with an English thousands separator.
fn thousands(number: usize) -> String {
    format!("{},{:03}", number / 1_000, number % 1_000)
}

/// 2,000 rows of 1,800 products, through a network that loses and repeats, in a browser that is killed 4 times
/// on the way; with `cargo xtask soak` 10,000 rows, 9,000 products and 20 kills. Every row has one result, and
/// every product was paid for once.
#[tokio::test]
async fn a_catalogue_survives_faults_and_kills() {
    let (rows_in_all, products, kills_wanted): (usize, usize, u64) =
        if std::env::var_os("IMPORT8_SOAK").is_some() { (10_000, 9_000, 20) } else { (2_000, 1_800, 4) };
    let (credits_before, products_read) = (products + 500, thousands(products));
    let server = Server::start(&[]);
    let more = ["--credits", &credits_before.to_string(), "--rate-limit", "10000"];
    let key = server.key_of("Warehouse", &more);
    let proxy = Proxy::start(&server.base, 20_261_123);
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
    let (mut kills, deadline) = (0_u64, Instant::now() + LONG);
    while !seen(&scene).await.contains(&format!("{products_read} of {products_read}")) {
        assert!(
            Instant::now() < deadline,
            "{} after {kills} kills: {:?}",
            seen(&scene).await,
            proxy.counts()
        );
        if kills == kills_wanted {
            tokio::time::sleep(Duration::from_millis(500)).await;
            continue;
        }
        // Somewhere between two answers; each time somewhere else.
        tokio::time::sleep(Duration::from_millis(700 + (kills * 137) % 900)).await;
        scene.kill_browser();
        kills += 1;
        scene.reopen().await;
        scene.sign_in().await;
        scene.go(&path).await;
        scene.appears(".how-far").await;
    }
    assert_eq!(kills, kills_wanted, "it was done before it could be killed so often");
    for (fault, count) in Fault::ALL.into_iter().zip(proxy.counts()) {
        assert!(count > 0, "{fault:?} never happened");
    }
    println!("{kills} kills; faults: {:?}", Fault::ALL.into_iter().zip(proxy.counts()).collect::<Vec<_>>());
    // The service has each product once, and took a credit for each.
    let listed = ask(&scene, &scene.key, "GET", "/v1/classifications?per_page=1", None).await;
    assert_eq!(listed["meta"]["total"], json!(products));
    assert_eq!(credits(&scene).await, 500);
    // The control: what comes twice without a key is there twice, and seen.
    let again = json!({"items": [{"description": "Steel bottle no. 1", "origin_country": "CN"}]});
    for _ in 0..2 {
        ask(&scene, &scene.key, "POST", "/v1/classify", Some(again["items"][0].clone())).await;
    }
    let listed = ask(&scene, &scene.key, "GET", "/v1/classifications?per_page=1", None).await;
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

/// The page responds while a worker reads 50,000 rows. Prints the time and memory it took.
#[tokio::test]
async fn fifty_thousand_rows_are_read_beside_the_page() {
    let scene = Scene::open().await;
    scene.sign_in().await;
    scene.go("/batches/new").await;
    let rows: String =
        (0..50_000).map(|row| format!("{row:05};Steel bottle no. {row};China;12,50\n")).collect();
    let watch = "window.tasks = [];
        new PerformanceObserver(list => window.tasks.push(...list.getEntries().map(e => e.duration)))
            .observe({ type: 'longtask', buffered: true });
        window.beats = 0; setInterval(() => window.beats++, 50)";
    scene.run(watch, vec![]).await;
    let begun = Instant::now();
    give(&scene, "large.csv", &format!("sku;description;origin;price\n{rows}")).await;
    scene.sees(".cost-line", "50,000").await;
    checked(&scene).await;
    assert_eq!(sum(&scene, "Products to classify").await, "50,000");
    let took = begun.elapsed();
    let seen = scene.run(
        "return [Math.max(0, ...window.tasks), window.beats, performance.memory.usedJSHeapSize]",
        vec![],
    );
    let seen = seen.await;
    println!(
        "50,000 rows read in {took:?}; longest task {} ms, {} beats, heap {} bytes",
        seen[0], seen[1], seen[2]
    );
    assert!(seen[1].as_u64().is_some_and(|beats| beats > 5), "the page stood still: {seen}");
    scene.close().await;
}
