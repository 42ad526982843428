//! The frame of a screen's content.

use leptos::html::H1;
use leptos::prelude::*;

use crate::attention::Attention;
use crate::focus::focus_element;

/// A screen with its title. A screen that has just been opened takes the focus, so that a screen
/// reader says where one is; the title names the page in the browser.
#[component]
pub fn Page(
    /// The heading, and the page's name.
    #[prop(into)]
    title: Signal<String>,
    /// One line below it.
    #[prop(optional, into)]
    lead: Signal<String>,
    /// The content.
    children: Children,
) -> impl IntoView {
    let heading = NodeRef::<H1>::new();
    let attention = use_context::<Attention>();
    Effect::new(move |_| {
        let mark = if attention.is_some_and(Attention::has_news) { "✓ " } else { "" };
        title.with(|title| document().set_title(&format!("{mark}{title} · Import8")));
    });
    heading.on_load(|heading| {
        focus_element(&heading);
    });
    view! {
        <header class="page-head">
            <h1 tabindex="-1" node_ref=heading>
                {title}
            </h1>
            {move || lead.with(|lead| (!lead.is_empty()).then(|| view! { <p class="lead">{lead.clone()}</p> }))}
        </header>
        {children()}
    }
}
