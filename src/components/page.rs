//! Heading and content of a screen.

use leptos::html::H1;
use leptos::prelude::*;

use crate::browser::focus::focus_element;
use crate::browser::notifications::Notifications;
use crate::browser::task::effect;

/// A screen with its heading. When the screen opens, the heading takes the focus, so that a screen reader
/// announces the screen. The title is also the document title, with a mark while there is unseen news.
#[component]
pub fn Page(
    /// The heading and the document title.
    #[prop(into)]
    title: Signal<String>,
    /// One line below the heading.
    #[prop(optional, into)]
    lead: Signal<String>,
    /// The content.
    children: Children,
) -> impl IntoView {
    let heading = NodeRef::<H1>::new();
    let attention = use_context::<Notifications>();
    effect(move || {
        let mark = if attention.is_some_and(Notifications::has_news) { "✓ " } else { "" };
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
