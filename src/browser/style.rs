//! Style sheets that are downloaded with their screen and not with the page.

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
    #[wasm_bindgen(js_namespace = ["document", "adoptedStyleSheets"], js_name = push)]
    fn push(sheet: &StyleSheet);
}

thread_local! {
    static ADOPTED: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

/// Adds a style sheet to the page, after the page's own. A sheet that is already there is not added again.
pub fn adopt(text: &'static str) {
    let is_new = ADOPTED.with_borrow_mut(|adopted| {
        let is_new = !adopted.contains(&text);
        if is_new {
            adopted.push(text);
        }
        is_new
    });
    if is_new {
        let sheet = StyleSheet::new();
        sheet.replace(text);
        push(&sheet);
    }
}
