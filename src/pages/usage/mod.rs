//! Credits, which are a stock, and what the plan allows in a month: each explained beside the other, with the
//! month day by day, and how many requests are left.

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
use crate::browser::task::spawn_while_shown;
use crate::browser::visibility::every_second;
use crate::components::failure::{EndWait, Failure};
use crate::components::page::Page;
use crate::i18n::{format, use_language, use_texts};
use crate::queries::load::Load;
use crate::queries::rate_limit::{RateLimitGate, use_gate};
use crate::session::{Session, use_session};

/// How long it is waited for the account, which says whether the service tells days.
const UNTIL_KNOWN: Duration = Duration::from_millis(500);

/// Credits, and what the plan allows.
#[component]
pub fn UsagePage() -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let waiting = RwSignal::new(0);
    let gate = use_gate().telling(waiting);
    renew_account(session, gate);
    let is_known = Memo::new(move |_| session.account().is_some());
    let tells_days = Memo::new(move |_| session.has(&Extension::UsageDays));
    // Whatever moves the credits moves the usage.
    let credits = Memo::new(move |_| session.credits());
    let usage = Load::new(move || {
        credits.get();
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

/// The moment by the clock of this computer, in milliseconds since 1970, every second while the tab is visible.
fn clock() -> ReadSignal<u64> {
    let (now, set_now) = signal(format::now());
    every_second(move || set_now.set(format::now()));
    now
}

/// What was bought and what expires is asked for once when the dashboard is opened. Somebody who comes here
/// later has perhaps bought some.
fn renew_account(session: Session, gate: RateLimitGate) {
    if untrack(|| session.account()).is_none() {
        return;
    }
    let client = session.client(use_language().code());
    spawn_while_shown(async move {
        // What is known stays; the usage is asked for with the same key and says what is wrong.
        if let Ok(account) = gate.ask(|| client.account()).await {
            session.set_account(&client, account);
        }
    });
}
