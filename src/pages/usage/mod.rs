//! The usage page: prepaid credits, the monthly plan with its daily series, and the rate limit.

pub mod counting;
pub mod credits;
pub mod daily_series;
pub mod days;
pub mod month;
pub mod picture;
pub mod plan;
pub mod rate;
pub mod scale;
pub mod warnings;

use std::time::Duration;

use gloo_timers::future::sleep;
use import8_api::Extension;
use leptos::prelude::*;

use self::counting::Counting;
use self::credits::{CreditsFigure, Warnings};
use self::days::Days;
use self::plan::PlanFigure;
use self::rate::RateFigure;
use crate::browser::memo::Memo;
use crate::browser::task::spawn_while_shown;
use crate::browser::visibility::every_second;
use crate::components::failure::{EndWait, Failure};
use crate::components::page::Page;
use crate::i18n::{format, use_language, use_texts};
use crate::queries::load::Load;
use crate::queries::rate_limit::{RateLimitGate, use_gate};
use crate::session::{Session, use_session};

/// How long the page waits for the account, which tells whether the service reports daily counts.
const UNTIL_KNOWN: Duration = Duration::from_millis(500);

/// The usage page.
#[component]
pub fn UsagePage() -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let waiting = RwSignal::new(0);
    let gate = use_gate().telling(waiting);
    renew_account(session, gate);
    let is_known = Memo::new(move |_| session.account().is_some());
    let tells_days = Memo::new(move |_| session.has(&Extension::UsageDays));
    // A change of the credits means a change of the usage.
    let credits = Memo::new(move |_| session.credits());
    let usage = Load::new(move || {
        credits.track();
        let (is_known, tells_days) = (is_known.get(), tells_days.get());
        let client = session.client(language.code());
        async move {
            if !is_known {
                sleep(UNTIL_KNOWN).await;
            }
            gate.ask(|| client.usage(tells_days)).await
        }
    });
    let retry = Callback::new(move |()| usage.reload());
    let now = clock();
    let counting = Counting::restore();
    let pause = move || {
        let seconds = Some(waiting.get()).filter(|seconds| *seconds > 0)?;
        let told = (texts.history().waiting)(&seconds.to_string());
        Some(view! { <p class="hint">{told} " " <EndWait seconds /></p> })
    };
    let plan = move || match usage.value() {
        Some(usage) => view! { <PlanFigure usage /> }.into_any(),
        None => {
            let wait = (usage.is_slow() && usage.error().is_none()).then(|| texts.common().loading);
            view! { <section class="allowance quiet" role="status">{wait}</section> }.into_any()
        }
    };
    view! {
        <Page title=texts.usage().title lead=texts.usage().lead>
            {move || usage.error().map(|error| view! { <Failure error retry /> })}
            {pause}
            <div class="allowances">
                <CreditsFigure now />
                {plan}
            </div>
            <Warnings now />
            <Days usage tells_days counting now />
            <RateFigure now />
        </Page>
    }
}

/// The current time by this computer's clock, in milliseconds since 1970, updated every second while the tab is visible.
fn clock() -> ReadSignal<u64> {
    let (now, set_now) = signal(format::now());
    every_second(move || set_now.set(format::now()));
    now
}

/// Loads the account again, because the person may have bought credits since the dashboard was opened.
fn renew_account(session: Session, gate: RateLimitGate) {
    if untrack(|| session.account()).is_none() {
        return;
    }
    let client = session.client(use_language().code());
    spawn_while_shown(async move {
        // After an error the known account stays. The usage request uses the same key and shows the error.
        if let Ok(account) = gate.ask(|| client.account()).await {
            session.set_account(&client, account);
        }
    });
}
