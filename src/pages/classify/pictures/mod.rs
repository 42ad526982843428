//! Pictures of a product: chosen, dropped, pasted, photographed or given by address.

mod arrival;
pub mod intake;
mod reduction;
pub mod view;

use import8_api::Images;
use serde::{Deserialize, Serialize};

/// A picture of a product.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Picture {
    /// A file, reduced to a JPEG.
    File {
        /// The file name, which stays in this browser.
        name: String,
        /// The JPEG in base64.
        base64: String,
        /// The width in pixels.
        width: u32,
        /// The height in pixels.
        height: u32,
        /// The size of the JPEG in bytes.
        bytes: u32,
        /// Width and height before the reduction, if they differ.
        original: Option<(u32, u32)>,
    },
    /// The address of a picture on the web.
    Address(String),
}

impl Picture {
    /// The file name, or the last path segment of the address.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::File { name, .. } => name,
            Self::Address(address) => {
                let path = address.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
                path.rsplit('/').next().unwrap_or_default()
            }
        }
    }

    /// Whether both are the same picture.
    fn is_same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::File { base64: one, .. }, Self::File { base64: other, .. }) => one == other,
            (one, other) => one == other,
        }
    }
}

/// The host of an address, without user information, which could pass for the host.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    authority.rsplit('@').next().unwrap_or_default()
}

/// The fields `image_url` and `image_base64` of a request.
#[must_use]
pub fn requested(pictures: &[Picture]) -> (Option<Images>, Option<Images>) {
    let (mut addresses, mut files) = (Vec::new(), Vec::new());
    for picture in pictures {
        match picture {
            Picture::Address(address) => addresses.push(address.clone()),
            Picture::File { base64, .. } => files.push(base64.clone()),
        }
    }
    (images(addresses), images(files))
}

/// The images of a request field: a string for one, a list for several, as in the API documentation.
fn images(list: Vec<String>) -> Option<Images> {
    match <[String; 1]>::try_from(list) {
        Ok([one]) => Some(Images::One(one)),
        Err(list) => (!list.is_empty()).then_some(Images::Several(list)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(base64: &str) -> Picture {
        let (name, base64) = ("mug.jpg".to_owned(), base64.to_owned());
        Picture::File { name, base64, width: 4, height: 3, bytes: 2, original: None }
    }

    fn address(address: &str) -> Picture {
        Picture::Address(address.to_owned())
    }

    #[test]
    fn one_is_a_string_and_several_are_a_list() {
        let check = |pictures: &[Picture], expected: &str| {
            let (addresses, files) = requested(pictures);
            assert_eq!(serde_json::to_string(&(addresses, files)).expect("JSON"), expected);
        };
        check(&[], "[null,null]");
        check(&[file("AA==")], r#"[null,"AA=="]"#);
        check(&[file("AA=="), file("BB==")], r#"[null,["AA==","BB=="]]"#);
        check(&[file("AA=="), address("u")], r#"["u","AA=="]"#);
        check(&[address("u"), address("v"), file("AA==")], r#"[["u","v"],"AA=="]"#);
    }

    #[test]
    fn an_address_is_told_by_its_host_and_its_file() {
        let check = |rest: &str, expected: (&str, &str)| {
            let text = format!("https:{rest}");
            assert_eq!((host(&text), address(&text).name()), expected, "{text}");
        };
        check("//example.com/shop/mug.jpg?size=2#top", ("example.com", "mug.jpg"));
        check("//example.com:8080/a/", ("example.com:8080", "a"));
        check("//example.com", ("example.com", "example.com"));
        check("//example.com@example.org/mug.jpg", ("example.org", "mug.jpg"));
    }

    #[test]
    fn a_picture_that_an_older_draft_has_is_read() {
        let kept = r#"{"File":{"name":"mug.jpg","base64":"AA==","width":4,"height":3,"bytes":2}}"#;
        assert_eq!(serde_json::from_str::<Picture>(kept).expect("a picture"), file("AA=="));
    }
}
