//! Uploads to the page and downloads from it.

use serde_json::{Value, json};

use crate::scene::Scene;

/// Captures the files that the page offers for download.
pub(crate) async fn watch_files(scene: &Scene) {
    let script = "window.files = []; window.names = [];
        const make = URL.createObjectURL.bind(URL);
        URL.createObjectURL = file => { if (file instanceof Blob) window.files.push(file); return make(file) };
        HTMLAnchorElement.prototype.click = function () { window.names.push(this.download) }";
    scene.run(script, vec![]).await;
}

/// The bytes and the name of the last downloaded file.
pub(crate) async fn file(scene: &Scene) -> (Vec<u8>, String) {
    let script = "const done = arguments[0];
        window.files.at(-1).arrayBuffer().then(bytes => done([[...new Uint8Array(bytes)], window.names.at(-1)]))";
    let answer = scene.browser.execute_async(script, vec![]).await.expect("a file").json().clone();
    let byte = |byte: &Value| byte.as_u64().and_then(|byte| u8::try_from(byte).ok()).expect("a byte");
    (
        answer[0].as_array().expect("bytes").iter().map(byte).collect(),
        answer[1].as_str().expect("a name").to_owned(),
    )
}

/// The text of the last downloaded file.
pub(crate) async fn text_file(scene: &Scene) -> String {
    String::from_utf8(file(scene).await.0).expect("UTF-8")
}

/// Uploads a file through the file field.
pub(crate) async fn give(scene: &Scene, name: &str, content: &str) {
    scene.appears("#choose-file:not([disabled])").await;
    let script = "const [name, content] = arguments, transfer = new DataTransfer();
        transfer.items.add(new File([content], name));
        const input = document.querySelector('#file');
        input.files = transfer.files;
        input.dispatchEvent(new Event('change', { bubbles: true }))";
    scene.run(script, vec![json!(name), json!(content)]).await;
}
