//! Confirmation before an action that cannot be undone.

use leptos::prelude::*;

/// Asks a question, states the consequence, and has a button for either answer.
#[component]
pub fn Confirm(
    /// The question.
    #[prop(into)]
    question: Signal<String>,
    /// The consequence of the action.
    #[prop(into)]
    consequence: Signal<String>,
    /// Error of the last attempt; empty if there is none.
    #[prop(optional, into)]
    problem: Signal<String>,
    /// The label of the confirm button.
    #[prop(into)]
    action: Signal<String>,
    /// The label of the cancel button.
    keep: &'static str,
    /// Whether the action is in progress.
    #[prop(optional, into)]
    is_busy: Signal<bool>,
    /// Runs the action.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// Cancels without a change.
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
