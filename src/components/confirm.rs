//! A question before something is done that nobody can undo.

use leptos::prelude::*;

/// Asks, says what it leads to, and has a button for either answer.
#[component]
pub fn Confirm(
    /// What is asked.
    #[prop(into)]
    question: Signal<String>,
    /// What it leads to.
    #[prop(into)]
    consequence: Signal<String>,
    /// Why it could not be done.
    #[prop(optional, into)]
    problem: Signal<String>,
    /// The words of the button that does it.
    #[prop(into)]
    action: Signal<String>,
    /// The words of the button that does not.
    keep: &'static str,
    /// Whether it is being done.
    #[prop(optional, into)]
    is_busy: Signal<bool>,
    /// Does it.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// Leaves everything as it is.
    #[prop(into)]
    on_cancel: Callback<()>,
) -> impl IntoView {
    let problem = move || {
        let problem = problem.get();
        (!problem.is_empty()).then(|| view! { <p class="problem">{problem}</p> })
    };
    view! {
        <div class="confirm" role="alert">
            <p>
                <strong>{move || question.get()}</strong>
                " "
                {move || consequence.get()}
            </p>
            {problem}
            <div class="actions">
                <button
                    type="button"
                    class="secondary small danger"
                    disabled=move || is_busy.get()
                    on:click=move |_| on_confirm.run(())
                >
                    {move || action.get()}
                </button>
                <button type="button" class="secondary small" on:click=move |_| on_cancel.run(())>
                    {keep}
                </button>
            </div>
        </div>
    }
}
