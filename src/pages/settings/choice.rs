//! A setting with a few options.

use leptos::prelude::*;

use crate::components::switch::Switch;

/// A button group: label, hint, and a button per option.
#[component]
pub fn ChoiceOf<T: Copy + PartialEq + Send + Sync + 'static>(
    /// The label.
    name: &'static str,
    /// The explanation.
    #[prop(into)]
    hint: Signal<String>,
    /// The options and their labels.
    options: Vec<(T, String)>,
    /// The selected option.
    chosen: Signal<T>,
    /// Called with the option that the person selects.
    choose: impl Fn(T) + Send + Sync + 'static,
) -> impl IntoView {
    let (values, words): (Vec<T>, Vec<String>) = options.into_iter().unzip();
    let values = StoredValue::new(values);
    let place = Signal::derive(move || {
        let chosen = chosen.get();
        values.with_value(|values| values.iter().position(|value| *value == chosen)).unwrap_or(usize::MAX)
    });
    let choose_at = Callback::new(move |at: usize| {
        if let Some(value) = values.with_value(|values| values.get(at).copied()) {
            choose(value);
        }
    });
    view! {
        <div class="setting">
            <div>
                <p class="setting-name">{name}</p>
                <p class="hint">{hint}</p>
            </div>
            <Switch label=name options=words chosen=place on_choose=choose_at />
        </div>
    }
}
