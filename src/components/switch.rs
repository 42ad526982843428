//! A group of toggle buttons, of which exactly one is pressed.

use leptos::prelude::*;

/// The group.
#[component]
pub fn Switch(
    /// Accessible name of the group.
    label: &'static str,
    /// Texts of the buttons, in order.
    options: Vec<String>,
    /// Position of the pressed button, from 0.
    #[prop(into)]
    chosen: Signal<usize>,
    /// Called with the position of the button that the person presses.
    on_choose: Callback<usize>,
) -> impl IntoView {
    let button = move |(at, text): (usize, String)| {
        view! {
            <button
                type="button"
                aria-pressed=move || (chosen.get() == at).to_string()
                on:click=move |_| on_choose.run(at)
            >
                {text}
            </button>
        }
    };
    view! {
        <div class="switch" role="group" aria-label=label>
            {options.into_iter().enumerate().map(button).collect_view()}
        </div>
    }
}
