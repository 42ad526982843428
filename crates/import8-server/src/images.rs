//! Pictures that a request contains as base64: decodes and checks them.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// The most bytes of one picture: 5 MiB.
pub const MAX_IMAGE_BYTES: usize = 5 * 1024 * 1024;

/// The most bytes of pictures that are stored for one organisation: 1 GiB. A picture without a description costs no
/// credit, so without this limit one key could fill the disk.
pub const MAX_KEPT_BYTES: i64 = 1024 * 1024 * 1024;

/// Accepts base64 with and without padding, and with any value of the unused last bits.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The media type, by the first bytes of the file.
    pub media_type: &'static str,
    /// The content of the file.
    pub bytes: Vec<u8>,
}

impl Image {
    /// Decodes base64, with or without a `data:…;base64,` prefix.
    ///
    /// # Errors
    /// The text is not base64, or the file is too large or of another type; the message is in English.
    pub fn from_base64(text: &str) -> Result<Self, String> {
        let data = match text.split_once(',') {
            Some((head, data)) if head.starts_with("data:") && head.ends_with(";base64") => data,
            _ => text,
        };
        let bytes = BASE64.decode(data).map_err(|_| "is not base64".to_owned())?;
        if bytes.len() > MAX_IMAGE_BYTES {
            return Err(format!("may have at most {} MiB", MAX_IMAGE_BYTES / 1024 / 1024));
        }
        let media_type = media_type(&bytes).ok_or("is not a JPEG, PNG, WebP or GIF picture")?;
        Ok(Self { media_type, bytes })
    }
}

/// The media type of a picture by its first bytes. No other files are stored, so no other file is ever sent to a
/// browser as a picture.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("image/png"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<&str, &str>) {
        let read = Image::from_base64(text).map(|image| image.media_type);
        assert_eq!(read.as_ref().copied().map_err(String::as_str), expected, "{text:.40}");
    }

    #[test]
    fn only_pictures_are_taken() {
        check("/9j/4AAQ", Ok("image/jpeg"));
        check("data:image/png;base64,iVBORw0KGgo=", Ok("image/png"));
        check("iVBORw0KGgo", Ok("image/png"));
        check("R0lGODlh", Ok("image/gif"));
        check("UklGRiIAAABXRUJQ", Ok("image/webp"));
        check("AAAA", Err("is not a JPEG, PNG, WebP or GIF picture"));
        check("PHN2Zz4=", Err("is not a JPEG, PNG, WebP or GIF picture"));
        check("", Err("is not a JPEG, PNG, WebP or GIF picture"));
        check("not base64", Err("is not base64"));
        check(&format!("/9j/{}", "A".repeat(7_000_000)), Err("may have at most 5 MiB"));
    }
}
