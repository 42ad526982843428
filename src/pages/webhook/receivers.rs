//! Example receivers in several languages, to copy.

use leptos::prelude::*;

use super::listing::{Listing, Sheet};
use crate::i18n::use_texts;

/// Name and source code. The tests of `import8-receivers` run each of them.
const RECEIVERS: [(&str, &str); 4] = [
    ("Python", include_str!("../../../crates/import8-receivers/receiver.py")),
    ("JavaScript", include_str!("../../../crates/import8-receivers/receiver.mjs")),
    ("PHP", include_str!("../../../crates/import8-receivers/receiver.php")),
    ("Rust", include_str!("../../../crates/import8-receivers/src/main.rs")),
];

/// The example receivers.
#[component]
pub fn Receivers() -> impl IntoView {
    let part = use_texts().webhook();
    let sheets = RECEIVERS.map(|(name, text)| Sheet { name, text: text.trim_end().to_owned() }).to_vec();
    view! {
        <section class="block" id="receivers">
            <h2>{part.receivers}</h2>
            <p class="quiet">{part.receivers_lead}</p>
            <Listing label=part.receivers_kind sheets is_wrapped=false />
        </section>
    }
}
