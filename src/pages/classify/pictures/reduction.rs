//! Reduces a picture to a small JPEG. This also drops its metadata, such as place, time and camera, because
//! a canvas holds pixels only.

use js_sys::Promise;
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, File, FileReader, ImageBitmap, ImageBitmapOptions, ImageEncodeOptions, OffscreenCanvas,
    OffscreenCanvasRenderingContext2d, ResizeQuality,
};

use super::Picture;

/// The longest side in pixels. Vision models scale pictures down to about this size, and a product label
/// stays legible. The API prescribes no size.
const LONGEST_SIDE: u32 = 1_600;

/// The largest JPEG in bytes. Five of them make 8,000,000 characters of base64, which fit into the 10 MiB
/// that the server accepts.
const MOST_BYTES: f64 = 1_200_000.0;

/// Pairs of longest side and JPEG quality, tried in turn until the file is small enough. The last always
/// suffices: 640,000 pixels of noise take half a megabyte at that quality.
const ATTEMPTS: [(u32, f64); 4] = [(LONGEST_SIDE, 0.85), (LONGEST_SIDE, 0.7), (1_200, 0.7), (800, 0.6)];

/// Reduces a file. The browser decodes, scales and encodes off the main thread.
///
/// # Errors
/// If the browser cannot decode the file.
pub(super) async fn reduced(file: &File) -> Result<Picture, JsValue> {
    // The decoder applies the EXIF orientation, so the size is that of the upright picture.
    let whole = bitmap(window().create_image_bitmap_with_blob(file)?).await?;
    let before = (whole.width(), whole.height());
    let scaled = fitted(before, LONGEST_SIDE);
    let picture = if scaled == before {
        whole
    } else {
        // Drawing to a canvas would scale on the main thread, so decode again at the smaller size.
        whole.close();
        let options = ImageBitmapOptions::new();
        options.set_resize_width(scaled.0);
        options.set_resize_height(scaled.1);
        options.set_resize_quality(ResizeQuality::High);
        bitmap(window().create_image_bitmap_with_blob_and_image_bitmap_options(file, &options)?).await?
    };
    let (mut size, mut jpeg) = (scaled, None);
    for (longest, quality) in ATTEMPTS {
        size = fitted(scaled, longest);
        let attempt = encoded(&picture, size, quality).await?;
        let is_small = attempt.size() <= MOST_BYTES;
        jpeg = Some(attempt);
        if is_small {
            break;
        }
    }
    picture.close();
    let jpeg = jpeg.ok_or(JsValue::NULL)?;
    Ok(Picture::File {
        name: file.name(),
        base64: base64(&jpeg).await?,
        width: size.0,
        height: size.1,
        bytes: jpeg.size() as u32,
        original: (size != before).then_some(before),
    })
}

/// The size scaled down so that the longer side is at most `longest`. The aspect ratio is kept.
fn fitted((width, height): (u32, u32), longest: u32) -> (u32, u32) {
    let longer = u64::from(width.max(height));
    if longer <= u64::from(longest) {
        return (width, height);
    }
    let scaled = |side: u32| {
        let rounded = (u64::from(side) * u64::from(longest) + longer / 2) / longer;
        u32::try_from(rounded).unwrap_or(longest).max(1)
    };
    (scaled(width), scaled(height))
}

async fn bitmap(promise: Promise) -> Result<ImageBitmap, JsValue> {
    JsFuture::from(promise).await?.dyn_into()
}

/// Encodes a picture as a JPEG of this size and quality.
async fn encoded(picture: &ImageBitmap, (width, height): (u32, u32), quality: f64) -> Result<Blob, JsValue> {
    let canvas = OffscreenCanvas::new(width, height)?;
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
    let context: OffscreenCanvasRenderingContext2d = context.dyn_into()?;
    let (across, down) = (f64::from(width), f64::from(height));
    // Transparent pixels would turn black in a JPEG.
    context.set_fill_style_str("white");
    context.fill_rect(0.0, 0.0, across, down);
    context.draw_image_with_image_bitmap_and_dw_and_dh(picture, 0.0, 0.0, across, down)?;
    let options = ImageEncodeOptions::new();
    options.set_type("image/jpeg");
    options.set_quality(quality);
    JsFuture::from(canvas.convert_to_blob_with_options(&options)?).await?.dyn_into()
}

async fn base64(blob: &Blob) -> Result<String, JsValue> {
    let reader = FileReader::new()?;
    let end = Promise::new(&mut |resolve, _| reader.set_onloadend(Some(&resolve)));
    reader.read_as_data_url(blob)?;
    JsFuture::from(end).await?;
    // A data URL, `data:image/jpeg;base64,…`; empty if memory ran out.
    let address = reader.result()?.as_string().unwrap_or_default();
    address.split_once(',').map(|(_, base64)| base64.to_owned()).ok_or(JsValue::NULL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_keeps_its_shape_and_does_not_grow() {
        let check = |size, expected| assert_eq!(fitted(size, 1_600), expected, "{size:?}");
        check((4_000, 3_000), (1_600, 1_200));
        check((3_024, 4_032), (1_200, 1_600));
        check((1_600, 1_600), (1_600, 1_600));
        check((640, 480), (640, 480));
        check((1_601, 1_600), (1_600, 1_599));
        check((100_000, 3), (1_600, 1));
        check((65_535, 65_535), (1_600, 1_600));
    }

    #[test]
    fn five_pictures_fit_into_a_request() {
        let base64 = (MOST_BYTES as usize).div_ceil(3) * 4;
        assert!(import8_api::MAX_IMAGES * base64 + 100_000 < 10 * 1024 * 1024);
    }
}
