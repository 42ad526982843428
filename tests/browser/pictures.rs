//! Tests of the pictures of a product: their sources, their reduction, and the request.

use serde_json::{Value, json};
use thirtyfour::Key;
use thirtyfour::prelude::*;

use crate::scene::Scene;

/// Script: functions for the tests.
const HELPERS: &str = r#"
window.canvas = (width, height, draw) => {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    draw(canvas.getContext('2d'));
    return canvas;
};
// A file. Two files of different hues share no pixel.
window.picture = async (name, width, height, hue = 0, type = 'image/jpeg', quality = 0.92) => {
    const drawn = canvas(width, height, context => {
        context.fillStyle = `hsl(${hue} 80% 50%)`;
        context.fillRect(width / 4, 0, width / 2, height);
    });
    const blob = await new Promise(done => drawn.toBlob(done, type, quality));
    return new File([blob], name, { type });
};
// Metadata of a camera: orientation 6 (to be turned upright), and a latitude.
window.exif = () => {
    const bytes = new Uint8Array(100), view = new DataView(bytes.buffer);
    bytes.set([0xff, 0xe1, 0, 98, 69, 120, 105, 102, 0, 0, 73, 73, 42, 0, 8, 0, 0, 0]);
    const tiff = 10, entry = (at, tag, type, count, value) => {
        view.setUint16(tiff + at, tag, true);
        view.setUint16(tiff + at + 2, type, true);
        view.setUint32(tiff + at + 4, count, true);
        view.setUint32(tiff + at + 8, value, true);
    };
    view.setUint16(tiff + 8, 2, true);
    entry(10, 0x0112, 3, 1, 6);
    entry(22, 0x8825, 4, 1, 38);
    view.setUint16(tiff + 38, 2, true);
    entry(40, 1, 2, 2, 'N'.charCodeAt(0));
    entry(52, 2, 5, 3, 66);
    [52, 1, 22, 1, 30, 1].forEach((number, index) => view.setUint32(tiff + 66 + 4 * index, number, true));
    return bytes;
};
window.photograph = async name => {
    // As the sensor saw it: red left and blue right, which is red above blue when upright.
    const drawn = canvas(4000, 3000, context => {
        context.fillStyle = 'red';
        context.fillRect(0, 0, 2000, 3000);
        context.fillStyle = 'blue';
        context.fillRect(2000, 0, 2000, 3000);
    });
    const plain = await new Promise(done => drawn.toBlob(done, 'image/jpeg', 0.92));
    const parts = [plain.slice(0, 2), exif(), plain.slice(2)];
    return new File(parts, name, { type: 'image/jpeg' });
};
// The markers of the segments before a JPEG's pixels.
window.segments = bytes => {
    const found = [];
    for (let at = 2; bytes[at] === 0xff && bytes[at + 1] !== 0xda; at += 2 + bytes[at + 2] * 256 + bytes[at + 3])
        found.push(bytes[at + 1]);
    return found;
};
window.held = files => {
    const transfer = new DataTransfer();
    files.forEach(file => transfer.items.add(file));
    return transfer;
};
window.choose = files => {
    const input = document.querySelector('input[type=file][multiple]');
    input.files = held(files).files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
};
window.paste = (css, files, text) => {
    const transfer = held(files);
    if (text) transfer.setData('text/plain', text);
    const event = new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true });
    document.querySelector(css).dispatchEvent(event);
    return event.defaultPrevented;
};
window.drag = (type, files) => {
    const event = new DragEvent(type, { dataTransfer: held(files), bubbles: true, cancelable: true });
    document.body.dispatchEvent(event);
    return event.defaultPrevented;
};
// Keeps the body of each POST request.
const unwatched = window.fetch;
window.fetch = async (...call) => {
    const request = new Request(...call);
    if (request.method === 'POST') window.sent = await request.clone().text();
    return unwatched(request);
};
"#;

/// A signed-in person at the form.
async fn at_the_form(language: &str) -> Scene {
    let scene = Scene::at_the_form(language).await;
    scene.run(HELPERS, vec![]).await;
    scene
}

/// The result of an asynchronous script.
async fn done(scene: &Scene, script: &str) -> Value {
    let whole = format!(
        "const done = arguments[arguments.length - 1]; \
         (async () => {{ {script} }})().then(done, error => done('failed: ' + error))"
    );
    let value = scene.browser.execute_async(&whole, vec![]).await.expect(script).json().clone();
    assert!(!value.as_str().unwrap_or_default().starts_with("failed"), "{value} {script}");
    value
}

/// The JSON that the form sends.
async fn sent(scene: &Scene) -> Value {
    scene.click("form button[type=submit]").await;
    scene.appears("#pending, .code-hero, #failed").await;
    let body = scene.run("return window.sent", vec![]).await;
    serde_json::from_str(body.as_str().expect("a body")).expect("JSON")
}

#[tokio::test]
async fn a_photograph_is_upright_small_and_without_its_place() {
    let scene = at_the_form("en-GB").await;
    scene.fill("#description", "leather wallet").await;
    // The control: the file contains what must not be sent.
    let before = done(
        &scene,
        "window.photo = await photograph('wallet.jpg'); \
         const bytes = new Uint8Array(await photo.arrayBuffer()); \
         return [segments(bytes), photo.size]",
    )
    .await;
    assert!(before[0].as_array().expect("segments").contains(&json!(0xe1)), "{before}");
    scene.run("choose([photo])", vec![]).await;
    scene.sees("#pictures-state", "1 of 5 pictures").await;
    scene.sees(".thumbnails .name", "wallet.jpg").await;
    // It was turned by its orientation, and then reduced.
    scene.sees(".thumbnails", "1200 × 1600").await;
    scene.sees(".thumbnails", "reduced from 3000 × 4000").await;
    let pixels = "const image = document.querySelector('.thumbnails img'); await image.decode();
        const context = canvas(1200, 1600, context => context.drawImage(image, 0, 0)).getContext('2d');
        return [context.getImageData(600, 100, 1, 1).data, context.getImageData(600, 1500, 1, 1).data].map(
            ([red, , blue]) => red > blue ? 'red' : 'blue')";
    assert_eq!(done(&scene, pixels).await, json!(["red", "blue"]));
    assert!(sent(&scene).await["image_base64"].as_str().expect("a picture").starts_with("/9j/"));
    scene.sees(".code-hero", "4202").await;
    let after = "const request = JSON.parse(window.sent);
        const key = sessionStorage.getItem('import8.key'), id = location.pathname.split('/').pop();
        const answer = await fetch(`/api/v1/classifications/${id}/images/1`, { headers: { authorization: `Bearer ${key}` } });
        const sent = Uint8Array.from(atob(request.image_base64), c => c.charCodeAt(0));
        const kept = new Uint8Array(await answer.arrayBuffer());
        return { segments: segments(sent), says_exif: new TextDecoder('latin1').decode(sent).includes('Exif'),
            type: answer.headers.get('content-type'), is_kept: kept.join() === sent.join(), name: window.sent.includes('wallet.jpg') }";
    let after = done(&scene, after).await;
    // The result shows the picture that was classified.
    let shown = "const image = document.querySelector('main #pictures img'); await image.decode();
        return [new URL(image.src).protocol, image.naturalWidth, image.naturalHeight, image.alt]";
    scene.appears("main #pictures img").await;
    assert_eq!(done(&scene, shown).await, json!(["blob:", 1200, 1600, "Picture 1 of the product"]));
    // JFIF, the colour profile (APP2) and tables; no segment in which cameras and programs write.
    let segments = after["segments"].as_array().expect("segments");
    let is_written_by_cameras =
        |kind: &Value| matches!(kind.as_u64(), None | Some(0xe1 | 0xe3..=0xef | 0xfe));
    assert!(!segments.is_empty() && !segments.iter().any(is_written_by_cameras), "{segments:?}");
    assert_eq!(after["says_exif"], json!(false));
    assert_eq!(after["name"], json!(false), "a file's name says more than the picture");
    assert_eq!(after["type"], json!("image/jpeg"));
    assert_eq!(after["is_kept"], json!(true));
    scene.close().await;
}

#[tokio::test]
async fn a_picture_comes_by_the_clipboard_by_a_drop_and_by_its_address() {
    let scene = at_the_form("en-GB").await;
    // Pasted into the text field, as people do it.
    let paste = "return paste('#description', [await picture('shot.png', 40, 30, 10, 'image/png')])";
    assert_eq!(done(&scene, paste).await, json!(true));
    scene.sees("#pictures-state", "1 of 5 pictures").await;
    // Spreadsheet cells are text, although a picture of them comes with it.
    let cells = "return paste('#description', [await picture('cells.png', 40, 30, 20, 'image/png')], 'Steel bottle\\t12.50')";
    assert_eq!(done(&scene, cells).await, json!(false));
    // Dropped beside the form, where a browser would open the file instead.
    let over = "return drag('dragover', [await picture('mug.jpg', 40, 30, 30)])";
    assert_eq!(done(&scene, over).await, json!(true));
    scene.sees(".drop[data-over=true]", "Drop to add them.").await;
    let drop = "return drag('drop', [await picture('mug.jpg', 40, 30, 30)])";
    assert_eq!(done(&scene, drop).await, json!(true));
    scene.sees("#pictures-state", "2 of 5 pictures").await;
    scene.appears(".drop[data-over=false]").await;
    // Enter adds an address and does not send the form.
    scene.fill("#picture-address", "example.com/cup.jpg").await;
    let field = scene.browser.find(By::Css("#picture-address")).await.expect("a field");
    field.send_keys(Key::Enter + "").await.expect("a key");
    scene.sees("#pictures-refused", "This is not the address of a picture.").await;
    scene.fill("#picture-address", "https://example.com/shop/cup.jpg?size=1").await;
    field.send_keys(Key::Enter + "").await.expect("a key");
    scene.sees("#pictures-state", "3 of 5 pictures").await;
    scene.sees(".thumbnails li:last-child", "cup.jpg").await;
    scene.sees(".thumbnails li:last-child", "example.com").await;
    assert_eq!(scene.path().await, "/classify");
    // An address that is typed and not added yet is sent too.
    scene.fill("#picture-address", "https://example.com/side.jpg").await;
    scene.fill("#description", "leather wallet").await;
    let request = sent(&scene).await;
    assert_eq!(
        request["image_url"],
        json!(["https://example.com/shop/cup.jpg?size=1", "https://example.com/side.jpg"])
    );
    assert_eq!(request["image_base64"].as_array().map(Vec::len), Some(2));
    // The server of a picture does not learn who views the page.
    let hosts = "return performance.getEntriesByType('resource').map(e => new URL(e.name).host).filter(host => host && host !== location.host)";
    assert_eq!(scene.run(hosts, vec![]).await, json!([]));
    scene.close().await;
}

#[tokio::test]
async fn what_cannot_be_taken_says_why_and_the_rest_is_taken() {
    let scene = at_the_form("en-GB").await;
    let mixed = "choose([new File(['words'], 'notes.txt', { type: 'text/plain' }), await picture('1.jpg', 40, 30, 0),
        new File(['not for this browser'], 'IMG_1.heic', { type: 'image/heic' }), await picture('2.jpg', 40, 30, 60),
        new File(['words'], 'list', { type: '' }), await picture('again.jpg', 40, 30, 60)])";
    done(&scene, mixed).await;
    scene.sees("#pictures-state", "2 of 5 pictures").await;
    scene.sees("#pictures-refused", "Not a picture: notes.txt, list.").await;
    scene.sees("#pictures-refused", "This browser cannot read IMG_1.heic.").await;
    scene.sees("#pictures-refused", "Already added: again.jpg.").await;
    let more = "choose(await Promise.all([3, 4, 5, 6, 7].map(number => picture(`${number}.jpg`, 40, 30, 40 * number))))";
    done(&scene, more).await;
    scene.sees("#pictures-state", "5 of 5 pictures").await;
    scene.sees("#pictures-refused", "Skipped, as 5 pictures is the maximum: 6.jpg, 7.jpg.").await;
    // Removing a picture makes room, says so, and leaves the focus in the field.
    scene.click(".thumbnails button[aria-label='Remove 2.jpg']").await;
    scene.sees("#pictures-state", "4 of 5 pictures").await;
    scene.vanishes("#pictures-refused p").await;
    scene.focuses("pictures").await;
    assert_eq!(scene.all(".thumbnails .name").await, ["1.jpg", "3.jpg", "4.jpg", "5.jpg"]);
    scene.close().await;
}

#[tokio::test]
async fn transparency_turns_white_and_noise_is_made_to_fit() {
    let scene = at_the_form("en-GB").await;
    done(&scene, "choose([await picture('logo.png', 400, 300, 120, 'image/png')])").await;
    scene.sees("#pictures-state", "1 of 5 pictures").await;
    scene.sees(".thumbnails", "400 × 300").await;
    let pixel = "const image = document.querySelector('.thumbnails img'); await image.decode();
        return [...canvas(400, 300, context => context.drawImage(image, 0, 0)).getContext('2d').getImageData(5, 5, 1, 1).data]";
    assert_eq!(done(&scene, pixel).await, json!([255, 255, 255, 255]));
    // Noise is the hardest content to compress.
    let noise = "const drawn = canvas(1600, 1600, context => {
            const image = context.createImageData(1600, 1600);
            for (let at = 0; at < image.data.length; at += 1) image.data[at] = at % 4 === 3 ? 255 : Math.random() * 256;
            context.putImageData(image, 0, 0);
        });
        const blob = await new Promise(done => drawn.toBlob(done, 'image/jpeg', 1));
        choose([new File([blob], 'noise.jpg', { type: 'image/jpeg' })]);
        return blob.size";
    assert!(done(&scene, noise).await.as_u64() > Some(1_200_000), "the control is too small");
    scene.sees("#pictures-state", "2 of 5 pictures").await;
    let length =
        scene.run("return document.querySelector('.thumbnails li:last-child img').src.length", vec![]).await;
    assert!(length.as_u64() < Some(1_600_100), "{length}");
    scene.close().await;
}

#[tokio::test]
async fn the_same_in_dutch() {
    let scene = at_the_form("nl-NL").await;
    done(
        &scene,
        "choose([await photograph('fles.jpg'), new File(['woorden'], 'lijst.txt', { type: 'text/plain' })])",
    )
    .await;
    scene.sees("#pictures-state", "1 van 5 afbeeldingen").await;
    scene.sees(".thumbnails", "verkleind van 3000 × 4000").await;
    scene.sees("#pictures-refused", "Geen afbeelding: lijst.txt.").await;
    // A change of language redraws the screen and keeps the pictures.
    scene.click(".switch button[lang=en]").await;
    scene.sees("#pictures-state", "1 of 5 pictures").await;
    scene.close().await;
}
