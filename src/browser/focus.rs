//! Moves the keyboard's focus.

use web_sys::HtmlElement;

/// Puts the focus on an element.
pub fn focus_element(element: &HtmlElement) {
    #[expect(
        clippy::let_underscore_must_use,
        reason = "an element that cannot take the focus can still be read and clicked"
    )]
    let _ = element.focus();
}
