//! The banner that offers data which this browser keeps for another key of an organisation of the same name.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::i18n::use_texts;
use crate::owner::use_left_behind;
use crate::session::use_session;

/// Asks whether an organisation of the same name is the same one, where the service does not say it.
#[component]
pub fn LeftBehindBanner() -> impl IntoView {
    let (session, texts, left) = (use_session(), use_texts(), use_left_behind());
    let has_failed = RwSignal::new(false);
    let take_over = move |_| {
        has_failed.set(false);
        spawn_local(async move {
            if left.take_over().await.is_ok() {
                #[expect(
                    clippy::let_underscore_must_use,
                    reason = "all that is on the page was read before; a page that cannot be loaded anew says so itself"
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
                    <button type="button" class="secondary small" id="take-over" on:click=take_over>
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
