//! Table of the products of a catalogue or batch.

use leptos::prelude::*;

use crate::i18n::use_texts;

/// The table, with a row per product as its children.
#[component]
pub fn ProductTable(
    /// Whether there is a column for the confidence, which a batch of another client lacks.
    has_confidence: bool,
    children: Children,
) -> impl IntoView {
    let texts = use_texts();
    let is_of_service = !has_confidence;
    let confidence = has_confidence.then(|| {
        view! {
            <th scope="col" class="confidence-cell">
                {texts.running().confidence}
            </th>
        }
    });
    view! {
        <table class="rows products" class:of-service=is_of_service>
            <thead>
                <tr>
                    <th scope="col" class="product-cell">
                        {texts.running().product}
                    </th>
                    <th scope="col" class="code-cell">
                        {texts.running().code}
                    </th>
                    {confidence}
                    <th scope="col" class="status-cell">
                        {texts.batches().state}
                    </th>
                </tr>
            </thead>
            <tbody>{children()}</tbody>
        </table>
    }
}
