//! One of several.

use leptos::prelude::*;

/// A choice: its name, a sentence, and a button for each option.
#[component]
pub fn ChoiceOf<T: Copy + PartialEq + Send + Sync + 'static>(
    /// What is chosen.
    name: &'static str,
    /// What it means.
    #[prop(into)]
    hint: Signal<String>,
    /// The options with their words.
    options: Vec<(T, String)>,
    /// The one that holds.
    chosen: Signal<T>,
    /// Chooses another.
    choose: impl Fn(T) + Copy + 'static,
) -> impl IntoView {
    let buttons = options
        .into_iter()
        .map(|(option, words)| {
            view! {
                <button
                    type="button"
                    aria-pressed=move || (chosen.get() == option).to_string()
                    on:click=move |_| choose(option)
                >
                    {words}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="setting">
            <div>
                <p class="setting-name">{name}</p>
                <p class="hint">{hint}</p>
            </div>
            <div class="switch" role="group" aria-label=name>
                {buttons}
            </div>
        </div>
    }
}
