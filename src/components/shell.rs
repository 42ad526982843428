//! The frame around every screen: navigation, credits, the API's health, whose key it is.

use std::time::Duration;

use gloo_timers::future::sleep;
use import8_api::Health;
use leptos::ev;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::api::ApiError;
use crate::attention::Attention;
use crate::components::language_switch::LanguageSwitch;
use crate::components::review::undo::UndoBar;
use crate::components::watch::Watch;
use crate::format;
use crate::i18n::{use_language, use_texts};
use crate::load::spawn_while_shown;
use crate::routes;
use crate::session::{Reach, Session, use_session};

/// How often the API's health is looked at while it is well.
const HEALTH_INTERVAL: Duration = Duration::from_secs(60);

/// How often while it is away, so that work goes on soon after it is back.
const RECOVERY_INTERVAL: Duration = Duration::from_secs(2);

/// The frame of a signed-in person.
#[component]
pub fn Shell(children: Children) -> impl IntoView {
    let session = use_session();
    let texts = use_texts();
    watch_health(session);
    load_account(session);
    provide_context(Attention::restore());
    let organization = move || session.account().map(|account| account.organization.name);
    view! {
        // The router takes links of this origin for its own unless they say otherwise.
        <a class="skip" href="#content" rel="external">
            {texts.shell.skip_to_content}
        </a>
        <div class="frame">
            <aside class="side">
                <A href=routes::OVERVIEW attr:class="brand">
                    {texts.shell.brand}
                </A>
                <nav aria-label=texts.shell.nav_label>
                    <A href=routes::OVERVIEW exact=true>
                        {texts.shell.nav_overview}
                    </A>
                    <A href=routes::CLASSIFY>{texts.shell.nav_classify}</A>
                    <A href=routes::HISTORY>{texts.shell.nav_history}</A>
                    <A href=routes::REVIEW>{texts.review.nav}</A>
                </nav>
                <div class="side-foot">
                    <p class="organization">{organization}</p>
                    <p class="key">{move || session.masked_key()}</p>
                    <button type="button" class="link" id="sign-out" on:click=move |_| session.sign_out()>
                        {texts.shell.sign_out}
                    </button>
                </div>
            </aside>
            <div class="main">
                <header class="bar">
                    <ApiHealth />
                    <Credits />
                    <LanguageSwitch />
                </header>
                <OfflineBanner />
                <Watch />
                <main id="content" tabindex="-1">{children()}</main>
                <UndoBar />
            </div>
        </div>
    }
}

#[component]
fn Credits() -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let left = move || match session.credits() {
        Some(credits) => (texts.shell.credits_left)(&format::count(credits, language)),
        None => texts.shell.credits_unknown.to_owned(),
    };
    view! {
        <A href=routes::OVERVIEW attr:class="credits" attr:id="credits">
            {left}
        </A>
    }
}

#[component]
fn ApiHealth() -> impl IntoView {
    let (session, texts) = (use_session(), use_texts());
    let state = move || match session.reach() {
        Reach::Unknown => ("unknown", texts.shell.api_unknown),
        Reach::Operational => ("ok", texts.shell.api_operational),
        Reach::Degraded => ("warn", texts.shell.api_degraded),
        Reach::Unreachable => ("bad", texts.shell.api_unreachable),
    };
    let service = move || session.upstream().map(|service| (texts.shell.forwarded_to)(&service));
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
                <strong>{texts.shell.offline_title}</strong>
                " "
                {texts.shell.offline_body}
            </div>
        </Show>
    }
}

/// Looks at the API's health now, from time to time, and when the browser finds its network again.
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
    Effect::new(move |_| {
        back_online.track();
        let is_away = is_away.get();
        let client = session.client_with(None, language.code());
        // The wait begins after the answer, so a slow one is not cut off by the next question.
        spawn_while_shown(async move {
            if is_away {
                sleep(RECOVERY_INTERVAL).await;
            }
            loop {
                session.set_reach(reach(client.health().await));
                sleep(if is_away { RECOVERY_INTERVAL } else { HEALTH_INTERVAL }).await;
            }
        });
    });
}

/// What a health check says of the API.
fn reach(answer: Result<Health, ApiError>) -> Reach {
    match answer {
        Ok(health) if health.is_operational() => Reach::Operational,
        // Too many health checks, from behind one address, are no fault of the API's.
        Err(ApiError::RateLimited { .. }) => Reach::Operational,
        Err(ApiError::Unreachable | ApiError::Timeout) => Reach::Unreachable,
        Ok(_) | Err(_) => Reach::Degraded,
    }
}

/// Asks whose key it is, again after every recovery.
fn load_account(session: Session) {
    let language = use_language();
    Effect::new(move |_| {
        session.track_recoveries();
        let client = session.client(language.code());
        spawn_while_shown(async move {
            loop {
                match client.account().await {
                    Ok(account) => return session.set_account(account),
                    Err(ApiError::RateLimited { seconds }) => {
                        sleep(Duration::from_secs(seconds.into())).await
                    }
                    // The screen in view asks with the same key and says what is wrong.
                    Err(_) => return,
                }
            }
        });
    });
}
