//! Catalogues that are classified in batches: the list, a new one, and one of them.

pub mod draft;
pub mod elsewhere;
pub mod list;
pub mod new;
pub mod running;

use import8_catalogue::report::Fault;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use self::draft::Draft;
use self::elsewhere::Elsewhere;
use self::running::Running;
use crate::batches::journal::Stage;
use crate::batches::{Unlisted, use_batches};
use crate::format;
use crate::i18n::{use_language, use_texts};
use crate::locales::Texts;

/// Why a text of a row is no good, in a few words.
#[must_use]
pub fn fault_words(fault: Fault, texts: Texts) -> &'static str {
    let texts = texts.catalogue();
    match fault {
        Fault::Missing => texts.missing,
        Fault::TooLong => texts.too_long,
        Fault::UnknownCountry => texts.unknown_country,
        Fault::NotAnAmount => texts.not_an_amount,
        Fault::NotPositive => texts.not_positive,
        Fault::TooLarge => texts.too_large,
        Fault::TooPrecise => texts.too_precise,
        Fault::NotAQuantity => texts.not_a_quantity,
        Fault::UnknownCurrency => texts.unknown_currency,
        Fault::NotAnAddress => texts.not_an_address,
    }
}

/// Says what of this browser's catalogues cannot be read.
#[component]
pub fn Unread() -> impl IntoView {
    let (batches, texts, language) = (use_batches(), use_texts(), use_language());
    let sentence = move || {
        batches.unlisted().map(|unlisted| match unlisted {
            Unlisted::All => texts.batches().unlisted_all.to_owned(),
            Unlisted::Some(count) => {
                (texts.batches().unlisted)(&format::count(u64::try_from(count).unwrap_or(u64::MAX), language))
            }
        })
    };
    // An empty notice is not shown.
    view! {
        <p class="notice" id="unlisted" role="status">
            {sentence}
        </p>
    }
}

/// Says that the person's last word on a catalogue could not be written down.
#[component]
pub fn NotDone(
    /// The catalogue's name here.
    id: StoredValue<String>,
) -> impl IntoView {
    let (batches, texts) = (use_batches(), use_texts());
    let is_shown = move || id.with_value(|id| batches.is_not_done(id));
    view! {
        <p class="problem not-done" role="alert">
            {move || is_shown().then_some(texts.batches().not_done)}
        </p>
    }
}

/// What an address leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It is not known yet which catalogues there are.
    Unread,
    /// One that is being looked at.
    Draft,
    /// One that was begun.
    Begun,
    /// None of this browser's: it may be a batch of the service's.
    Elsewhere,
}

/// One catalogue, or a batch that was made elsewhere.
#[component]
pub fn BatchPage() -> impl IntoView {
    let (batches, texts, params) = (use_batches(), use_texts(), use_params_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let kind = Memo::new(move |_| match batches.get(&id.get()).map(|catalogue| catalogue.stage) {
        Some(Stage::Draft) => Kind::Draft,
        Some(Stage::Running | Stage::Paused) => Kind::Begun,
        None if batches.are_read() => Kind::Elsewhere,
        None => Kind::Unread,
    });
    move || {
        let id = id.get();
        match kind.get() {
            Kind::Unread if batches.unlisted().is_some() => view! { <Unread /> }.into_any(),
            Kind::Unread => {
                view! { <p class="arriving" aria-busy="true">{texts.common().loading}</p> }.into_any()
            }
            Kind::Draft => view! { <Draft id /> }.into_any(),
            Kind::Begun => view! { <Running id /> }.into_any(),
            Kind::Elsewhere => view! {
                <Unread />
                <Elsewhere id />
            }
            .into_any(),
        }
    }
}
