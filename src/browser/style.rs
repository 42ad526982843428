//! Style sheets that are downloaded with the part of the program that draws what they style.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = CSSStyleSheet)]
    type StyleSheet;
    #[wasm_bindgen(constructor, js_class = "CSSStyleSheet")]
    fn new() -> StyleSheet;
    #[wasm_bindgen(method, js_name = replaceSync)]
    fn replace(this: &StyleSheet, text: &str);
    #[wasm_bindgen(js_namespace = ["document", "adoptedStyleSheets"], js_name = splice)]
    fn insert(at: usize, removed: u32, sheet: &StyleSheet);
}

thread_local! {
    /// The texts of the sheets in the page, in their order there.
    static ADOPTED: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

/// Adds a style sheet to the page, after the page's own, unless it is there already. Sheets stand in the order of
/// their texts, so that the cascade does not depend on the way to a screen: what all screens share before what
/// components do, and that before what a screen has for itself (`style/parts.css` and the others begin with the
/// word).
pub fn adopt(text: &'static str) {
    let place = ADOPTED.with_borrow_mut(|adopted| {
        let place = adopted.binary_search(&text).err()?;
        adopted.insert(place, text);
        Some(place)
    });
    if let Some(place) = place {
        let sheet = StyleSheet::new();
        sheet.replace(text);
        insert(place, 0, &sheet);
    }
}
