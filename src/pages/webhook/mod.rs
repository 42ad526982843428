//! The webhook page: the address for results, its deliveries, and help for writing a receiver.

pub mod deliveries;
pub mod diagnosis;
pub mod example;
pub mod form;
pub mod listing;
pub mod receivers;
pub mod rewriting;
pub mod secret;
pub mod setting;
pub mod signing;
pub mod verifier;

use leptos::prelude::*;

use self::example::ExampleDelivery;
use self::receivers::Receivers;
use self::setting::Setting;
use self::verifier::Verifier;
use crate::components::page::Page;
use crate::i18n::use_texts;

/// The webhook page.
#[component]
pub fn WebhookPage() -> impl IntoView {
    let part = use_texts().webhook();
    view! {
        <Page title=part.title lead=part.lead>
            <Setting />
            <Verifier />
            <ExampleDelivery />
            <Receivers />
        </Page>
    }
}
