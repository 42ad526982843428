//! Banner that offers data stored for another key whose organisation has the same name.

use leptos::prelude::*;

use crate::browser::task::spawn_local;
use crate::components::show::Show;
use crate::i18n::use_texts;
use crate::session::owner::use_left_behind;
use crate::session::use_session;

/// Asks whether both organisations are the same, because the service does not identify them. The answer moves the data
/// or leaves it.
#[component]
pub fn LeftBehindBanner() -> impl IntoView {
    let (session, texts, left) = (use_session(), use_texts(), use_left_behind());
    let has_failed = RwSignal::new(false);
    let recover = move |_| {
        has_failed.set(false);
        spawn_local(async move {
            if left.recover().await.is_ok() {
                #[expect(
                    clippy::let_underscore_must_use,
                    reason = "the page has already read the old data, so it reloads; if the reload fails, the browser says so"
                )]
                let _ = window().location().reload();
            } else {
                has_failed.set(true);
            }
        });
    };
    view! {
        <Show when=move || left.is_there()>
            <div class="banner" role="status" id="left-behind">
                <p>
                    {move || (texts.shell().left_behind)(&session.organization_name())} " "
                    {move || has_failed.get().then_some(texts.shell().not_taken_over)}
                </p>
                <div class="actions">
                    <button type="button" class="secondary small" id="take-over" on:click=recover>
                        {texts.shell().take_over}
                    </button>
                    <button type="button" class="secondary small" id="leave" on:click=move |_| left.leave()>
                        {texts.shell().leave}
                    </button>
                </div>
            </div>
        </Show>
    }
}
