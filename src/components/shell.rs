//! The application shell: navigation, credits, health of the API, organisation.

use std::time::Duration;

use gloo_timers::future::sleep;
use import8_api::Health;
use leptos::ev;
use leptos::html::Nav;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::api::ApiError;
use crate::browser::memo::Memo;
use crate::browser::notifications::Notifications;
use crate::browser::task::{effect, spawn_while_shown};
use crate::browser::visibility::is_seen;
use crate::components::language_switch::LanguageSwitch;
use crate::components::overlay::{Overlay, use_overlays};
use crate::components::show::Show;
use crate::i18n::{format, use_language, use_texts};
use crate::outbox::batches::use_batches;
use crate::queries::rate_limit::use_gate;
use crate::queries::times;
use crate::routes;
use crate::session::{Reach, Session, use_session};

/// Notices around every screen. They are drawn by code that is downloaded after the first screen.
#[derive(Debug, Clone, Copy)]
pub struct Notices {
    /// What ended, and data that another key left behind.
    pub above: fn() -> AnyView,
    /// The verdicts that can be undone or were refused.
    pub below: fn() -> AnyView,
}

/// The application shell of a signed-in person. Starts the health checks and loads the account.
#[component]
pub fn Shell(
    /// The notices, as soon as their code is downloaded.
    #[prop(into)]
    notices: Signal<Option<Notices>>,
    /// The screen.
    children: Children,
) -> impl IntoView {
    let session = use_session();
    let texts = use_texts();
    watch_health(session);
    load_account(session);
    provide_context(Notifications::restore());
    let navigation = NodeRef::<Nav>::new();
    show_where_one_is(navigation);
    let organization = move || session.account().map(|account| account.organization.name);
    view! {
        // The router takes over links to this origin unless they are marked as external.
        <a class="skip" href="#content" rel="external">
            {texts.shell().skip_to_content}
        </a>
        <div class="frame">
            <aside class="side">
                <A href=routes::OVERVIEW attr:class="brand">
                    {texts.shell().brand}
                </A>
                <nav aria-label=texts.shell().nav_label node_ref=navigation>
                    {links(texts.work_screens())}
                    <span class="nav-group">{texts.shell().nav_account}</span>
                    {links(texts.account_screens())}
                </nav>
                <div class="side-foot">
                    <p class="organization">{organization}</p>
                    <p class="key">{move || session.masked_key()}</p>
                    <button type="button" class="link" id="sign-out" on:click=move |_| session.sign_out()>
                        {texts.shell().sign_out}
                    </button>
                </div>
            </aside>
            <div class="main">
                <header class="bar">
                    <ApiHealth />
                    <PaletteButton />
                    <Credits />
                    <LanguageSwitch />
                </header>
                <OfflineBanner />
                {move || notices.get().map(|notices| (notices.above)())}
                <main id="content" tabindex="-1">{children()}</main>
                {move || notices.get().map(|notices| (notices.below)())}
            </div>
        </div>
    }
}

/// The links to some screens. Each view is erased to one type, so that the code is compiled once.
fn links<const N: usize>(screens: [(&'static str, &'static str); N]) -> Vec<AnyView> {
    let link = |(address, name): (&'static str, &'static str)| {
        let progress = (address == routes::BATCHES).then(|| view! { <BatchProgress /> });
        view! {
            <A href=address exact=matches!(address, routes::OVERVIEW | routes::TARIFF)>
                {name}
                " "
                {progress}
            </A>
        }
        .into_any()
    };
    screens.into_iter().map(link).collect()
}

/// Scrolls the navigation to the link of the current screen. On a narrow screen the navigation is wider than
/// the window.
fn show_where_one_is(navigation: NodeRef<Nav>) {
    let path = use_location().pathname;
    effect(move || {
        // Reading subscribes; a memo that is only tracked never reports a change.
        path.with(|_| ());
        let Some(navigation) = navigation.get() else { return };
        // The router marks the link after this effect.
        request_animation_frame(move || {
            let current = navigation.query_selector("[aria-current]").ok().flatten();
            if let Some(link) = current.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
                navigation.set_scroll_left(link.offset_left() - navigation.offset_left() - BESIDE);
            }
        });
    });
}

/// Width of the neighbouring link that stays visible, in pixels.
const BESIDE: i32 = 48;

/// Progress of the running batches in per cent, in the navigation of every screen.
#[component]
fn BatchProgress() -> impl IntoView {
    let (batches, language) = (use_batches(), use_language());
    let percent = Memo::new(move |_| {
        batches.progress().map(|(ended, total)| u64::from(ended) * 100 / u64::from(total.max(1)))
    });
    move || {
        percent.get().map(|percent| {
            view! { <span class="nav-progress">{format::percent(percent.into(), language)}</span> }
        })
    }
}

/// A button that opens the command palette and shows its shortcut.
#[component]
fn PaletteButton() -> impl IntoView {
    let (overlays, texts) = (use_overlays(), use_texts());
    view! {
        <button
            type="button"
            class="palette-button"
            id="open-palette"
            aria-keyshortcuts="Control+K Meta+K"
            on:click=move |_| overlays.open(Overlay::Palette)
        >
            <span>{texts.shell().palette}</span>
            <kbd aria-hidden="true">{control_key()} " K"</kbd>
        </button>
    }
}

/// Name of the modifier key of the shortcut: `⌘` on Apple platforms, else `Ctrl`.
fn control_key() -> &'static str {
    let platform = window().navigator().platform().unwrap_or_default();
    if platform.starts_with("Mac") || platform.starts_with("iP") { "⌘" } else { "Ctrl" }
}

#[component]
fn Credits() -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let left = move || match session.credits() {
        Some(credits) => (texts.shell().credits_left)(&format::count(credits, language)),
        None => texts.shell().credits_unknown.to_owned(),
    };
    view! {
        <A href=routes::USAGE attr:class="credits" attr:id="credits">
            {left}
        </A>
    }
}

#[component]
fn ApiHealth() -> impl IntoView {
    let (session, texts) = (use_session(), use_texts());
    let state = move || match session.reach() {
        Reach::Unknown => ("unknown", texts.shell().api_unknown),
        Reach::Operational => ("ok", texts.shell().api_operational),
        Reach::Degraded => ("warn", texts.shell().api_degraded),
        Reach::Unreachable => ("bad", texts.shell().api_unreachable),
    };
    let service = move || session.upstream().map(|service| (texts.shell().forwarded_to)(&service));
    view! {
        <p class="health" role="status" data-state=move || state().0>
            <span>{move || state().1}</span>
            <span class="service">{service}</span>
        </p>
    }
}

#[component]
fn OfflineBanner() -> impl IntoView {
    let (session, texts) = (use_session(), use_texts());
    view! {
        <Show when=move || session.reach() == Reach::Unreachable>
            <div class="banner" role="alert" id="offline">
                <strong>{texts.shell().offline_title}</strong>
                " "
                {texts.shell().offline_body}
            </div>
        </Show>
    }
}

/// Checks the API's health now, periodically while the tab is visible, when it is visible again, and when the browser
/// is online again. In a hidden tab it is checked only while the API is away, because work that goes on there waits.
fn watch_health(session: Session) {
    let language = use_language();
    let back_online = RwSignal::new(0_u32);
    let online = window_event_listener(ev::online, move |_| back_online.update(|times| *times += 1));
    let offline = window_event_listener(ev::offline, move |_| session.set_reach(Reach::Unreachable));
    on_cleanup(move || {
        online.remove();
        offline.remove();
    });
    let is_away = Memo::new(move |_| session.reach() == Reach::Unreachable);
    let rhythm = Memo::new(move |_| rhythm(is_away.get(), is_seen()));
    Effect::new(move |before: Option<(bool, u32)>| {
        let (interval, now) = (rhythm.get(), (is_away.get(), back_online.get()));
        let is_back_online = before.is_some_and(|(_, times)| times != now.1);
        if interval.is_none() && !is_back_online {
            return now;
        }
        let client = session.client_with(None, language.code());
        let has_just_failed = now.0 && before == Some((false, now.1));
        // The interval starts after the response, so a slow response is not cut off by the next check.
        spawn_while_shown(async move {
            if has_just_failed {
                sleep(times::RECOVERY).await;
            }
            loop {
                session.set_reach(reach(client.health().await));
                let Some(interval) = interval else { return };
                sleep(interval).await;
            }
        });
        now
    });
}

/// The interval of health checks; `None` while there are none.
fn rhythm(is_away: bool, is_seen: bool) -> Option<Duration> {
    match (is_away, is_seen) {
        (true, true) => Some(times::RECOVERY),
        (false, true) | (true, false) => Some(times::HEALTH),
        (false, false) => None,
    }
}

/// The reachability that a health check found.
fn reach(answer: Result<Health, ApiError>) -> Reach {
    match answer {
        Ok(health) if health.is_operational() => Reach::Operational,
        // A rate limit on health checks, for example of a shared IP address, is no fault of the API.
        Err(ApiError::RateLimited { .. }) => Reach::Operational,
        Err(ApiError::Unreachable | ApiError::Timeout) => Reach::Unreachable,
        Ok(_) | Err(_) => Reach::Degraded,
    }
}

/// Loads the account of the key now and after every recovery.
fn load_account(session: Session) {
    let (language, gate) = (use_language(), use_gate());
    effect(move || {
        session.track_recoveries();
        let client = session.client(language.code());
        spawn_while_shown(async move {
            loop {
                match gate.ask(|| client.account()).await {
                    Ok(account) => return session.set_account(&client, account),
                    // The current screen uses the same key and shows the error, which may be temporary. In a hidden
                    // tab too: nothing is sent before the account is known.
                    Err(_) => sleep(times::HEALTH).await,
                }
            }
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_health_is_checked_in_a_hidden_tab_only_while_the_api_is_away() {
        let check = |is_away, is_seen, expected| assert_eq!(rhythm(is_away, is_seen), expected);
        check(false, true, Some(times::HEALTH));
        check(true, true, Some(times::RECOVERY));
        check(true, false, Some(times::HEALTH));
        check(false, false, None);
    }
}
