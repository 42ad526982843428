//! Makes a picture as small as a model needs it. What was beside its pixels, such as the place, the
//! time and the camera, is lost on the way: a canvas has pixels only.

use js_sys::Promise;
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, File, FileReader, ImageBitmap, ImageBitmapOptions, ImageEncodeOptions, OffscreenCanvas,
    OffscreenCanvasRenderingContext2d, ResizeQuality,
};

use super::Picture;

/// The longest side, in pixels. Models that look at pictures scale them down to about this before they
/// begin; the contract asks for no size, and a product's label can still be read.
const LONGEST_SIDE: u32 = 1_600;

/// The most bytes of a picture: five of them are 8,000,000 characters of base64, and fit with the
/// rest of a request into 10 MiB, which is what our server takes.
const MOST_BYTES: f64 = 1_200_000.0;

/// The longest side and the quality, tried in turn until it is small enough. The last one always is: 640,000
/// pixels of noise are half a megabyte at that quality.
const ATTEMPTS: [(u32, f64); 4] = [(LONGEST_SIDE, 0.85), (LONGEST_SIDE, 0.7), (1_200, 0.7), (800, 0.6)];

/// Reduces a file. Decoding, scaling and encoding are done by the browser beside the page.
///
/// # Errors
/// When the browser cannot read the file as a picture.
pub(super) async fn reduced(file: &File) -> Result<Picture, JsValue> {
    // It is turned upright by what the camera noted, before its size is known.
    let whole = bitmap(window().create_image_bitmap_with_blob(file)?).await?;
    let before = (whole.width(), whole.height());
    let scaled = fitted(before, LONGEST_SIDE);
    let picture = if scaled == before {
        whole
    } else {
        // A canvas would scale on the page's own thread, so it is decoded a second time, smaller.
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

/// The size of a picture whose longer side is at most `longest`, of the same shape.
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

/// A picture as a JPEG of a size. Every browser that the dashboard runs in draws off the screen.
async fn encoded(picture: &ImageBitmap, (width, height): (u32, u32), quality: f64) -> Result<Blob, JsValue> {
    let canvas = OffscreenCanvas::new(width, height)?;
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
    let context: OffscreenCanvasRenderingContext2d = context.dyn_into()?;
    let (across, down) = (f64::from(width), f64::from(height));
    // What is transparent would turn black in a JPEG.
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
    // `data:image/jpeg;base64,` and the rest; nothing when the memory did not suffice.
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
