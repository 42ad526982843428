//! The failure of a request that needs a comparison of editions: the service makes few of them at a time.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::components::failure::{Countdown, Failure};
use crate::i18n::use_texts;

/// The status of a service that makes other comparisons.
const BUSY: u16 = 503;

/// The seconds after which a busy service is asked again.
const WAIT: u32 = 10;

/// The failure. A busy service is asked again by itself.
pub fn comparison_failure(error: ApiError, retry: Callback<()>) -> AnyView {
    if error != ApiError::Server(BUSY) {
        return view! { <Failure error retry /> }.into_any();
    }
    let part = use_texts().tariff_changes();
    view! {
        <section class="failure" role="alert" id="busy">
            <h2>{part.busy_title}</h2>
            <p>{part.busy}</p>
            <div class="actions">
                <Countdown seconds=WAIT ended=retry />
            </div>
        </section>
    }
    .into_any()
}
