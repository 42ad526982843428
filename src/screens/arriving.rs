//! A screen whose part of the program is being downloaded, and the message if it does not come.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use leptos::prelude::*;

use super::missing::{Cause, Unfinished, may_reload, reload, reload_once};
use crate::api::in_flight::{InFlight, quiet};
use crate::browser::task::{effect, spawn_while_shown};
use crate::i18n::use_texts;
use crate::session::{Reach, use_session};

/// Error: the part of the program with a screen could not be downloaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Missing;

#[cfg(split_screens)]
impl From<wasm_split_helpers::SplitLoaderError> for Missing {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// A value that is ready when its part of the program is downloaded.
pub(super) type Coming<T> = Pin<Box<dyn Future<Output = Result<T, Missing>>>>;

/// Download state of a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arrival {
    Awaited,
    Here,
    Missing(Cause),
}

/// Downloads a screen's part of the program and shows the screen. See [`Arriving`].
pub(super) fn arriving(draw: fn() -> Coming<AnyView>, is_alone: bool) -> AnyView {
    view! { <Arriving draw is_alone /> }.into_any()
}

/// A screen whose part of the program is being downloaded.
#[component]
fn Arriving(
    /// Downloads the part and draws the screen.
    draw: fn() -> Coming<AnyView>,
    /// Whether there is no other screen under this one. Then the page is reloaded by itself, when nothing is lost, to
    /// get a newer build.
    is_alone: bool,
) -> impl IntoView {
    let (session, texts) = (use_session(), use_texts());
    let (arrival, tries) = (RwSignal::new(Arrival::Awaited), RwSignal::new(0));
    let drawn = StoredValue::new_local(None::<AnyView>);
    effect(move || {
        tries.track();
        spawn_while_shown(async move {
            let download = InFlight::begin();
            match draw().await {
                Ok(screen) => {
                    drawn.set_value(Some(screen));
                    arrival.set(Arrival::Here);
                    // By then the screen has asked for its data.
                    set_timeout(move || drop(download), Duration::ZERO);
                }
                Err(Missing) => {
                    let cause = Cause::find().await;
                    if cause == Cause::Unreachable {
                        // The checks that follow from this tell when it is back.
                        session.set_reach(Reach::Unreachable);
                    }
                    arrival.set(Arrival::Missing(cause));
                }
            }
        });
    });
    let retry = move || {
        arrival.set(Arrival::Awaited);
        tries.update(|tries| *tries += 1);
    };
    Effect::new(move |before: Option<()>| {
        session.track_recoveries();
        if before.is_some() && matches!(arrival.get_untracked(), Arrival::Missing(_)) {
            retry();
        }
    });
    let unfinished = Unfinished::of_this_tab();
    let reloads =
        Memo::new(move |_| is_alone && arrival.get() == Arrival::Missing(Cause::Updated) && may_reload());
    let is_held_back = Memo::new(move |_| reloads.get() && unfinished.is_any());
    effect(move || {
        if reloads.get() && !is_held_back.get() {
            spawn_while_shown(async {
                quiet().await;
                reload_once();
            });
        }
    });
    move || match arrival.get() {
        Arrival::Awaited => {
            view! { <p class="arriving" aria-busy="true">{texts.common().loading}</p> }.into_any()
        }
        Arrival::Here => drawn.try_update_value(Option::take).flatten().into_any(),
        Arrival::Missing(cause) => {
            let retry = Callback::new(move |()| retry());
            view! { <NotHere cause is_held_back retry /> }.into_any()
        }
    }
}

/// Message that a screen failed to download.
#[component]
fn NotHere(
    /// Why it failed.
    cause: Cause,
    /// Whether the page is reloaded by itself when nothing is unfinished any more.
    is_held_back: Memo<bool>,
    /// Fetches the screen again.
    retry: Callback<()>,
) -> impl IntoView {
    let texts = use_texts();
    let part = texts.errors();
    let sentence = match cause {
        Cause::Unreachable => part.screen_unreachable,
        Cause::Unknown => part.screen_failed,
        Cause::Updated => part.screen_updated,
    };
    let reload = (cause != Cause::Unreachable).then(|| {
        view! {
            <button type="button" class="primary" id="reload" on:click=move |_| reload()>
                {part.screen_reload}
            </button>
        }
    });
    view! {
        <section class="failure" role="alert">
            <h2>{part.screen_title}</h2>
            <p>{sentence} " " {move || is_held_back.get().then_some(part.screen_waits)}</p>
            <div class="actions">
                {reload} <button type="button" class="secondary" on:click=move |_| retry.run(())>
                    {texts.common().try_again}
                </button>
            </div>
        </section>
    }
}
