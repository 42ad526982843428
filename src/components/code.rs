//! The code rail: a commodity code as four joined segments of 4, 2, 2 and 2 digits, of which the decided ones are filled
//! and the open ones hatched. In a list, and large as the result of a classification with copy buttons.

use import8_api::{Confidence, DecidedBy, HsCode};
use js_sys::Reflect;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos_router::components::A;
use wasm_bindgen_futures::JsFuture;

use crate::api::decided::Decided;
use crate::browser::memo::Memo;
use crate::browser::style::adopt;
use crate::browser::task::{effect, spawn_local};
use crate::components::confidence::Band;
use crate::i18n::{Texts, use_texts};

/// Placeholder of two open digits.
const OPEN: &str = "··";

/// A code in a list, its segments separated by spaces as in the tariff.
#[component]
pub fn Code(
    /// The code to show.
    code: HsCode,
) -> impl IntoView {
    rail(code, None, false)
}

/// The rail of a code. It is one element: its style draws the segments behind the digits. The confidence is the line
/// under it; a tick shows that a person decided the code.
#[inline(never)]
fn rail(code: HsCode, confidence: Option<Confidence>, is_checked: bool) -> AnyView {
    view! {
        <span
            class="code"
            data-digits=code.digit_count().to_string()
            data-band=confidence.map(band_name)
            data-checked=is_checked.then_some("")
            style:--confidence=length(confidence)
        >
            {code.spaced()}
        </span>
    }
    .into_any()
}

fn band_name(confidence: Confidence) -> &'static str {
    Band::from_confidence(confidence).name()
}

/// The length of the line under a rail, which is the confidence.
fn length(confidence: Option<Confidence>) -> String {
    format!("{}%", confidence.map_or(0, Confidence::percent))
}

/// The decided code of a product in a list. If a person replaced the classifier's code, that code follows,
/// struck through.
#[component]
pub fn ProductCode(
    /// The decided code, as far as it is known in this browser.
    decided: Memo<Option<Decided>>,
    /// The classifier's code.
    answered: Option<HsCode>,
    /// The classifier's confidence in its code; it is not shown for another code.
    confidence: Option<Confidence>,
    /// Address of the result, for the link shown when the corrected code is not known.
    address: String,
) -> impl IntoView {
    let texts = use_texts();
    move || {
        let decided = decided.get()?;
        let confidence = confidence.filter(|_| decided.keeps(answered));
        let is_checked = matches!(&decided, Decided::Code(code) if code.by == DecidedBy::Person);
        let Some(code) = decided.code() else {
            let way = view! {
                <A href=address.clone() attr:class="not-told">
                    {texts.rows().not_told}
                </A>
            };
            return Some(way.into_any());
        };
        let rail = rail(code, confidence, is_checked);
        Some(in_place_of(rail, decided.replaced(answered), texts).into_any())
    }
}

/// A code, followed by the replaced code, struck through.
pub fn code_in_place_of(code: HsCode, replaced: Option<HsCode>, texts: Texts) -> impl IntoView {
    in_place_of(rail(code, None, replaced.is_some()), replaced, texts)
}

fn in_place_of(rail: AnyView, replaced: Option<HsCode>, texts: Texts) -> impl IntoView {
    let was = replaced.map(|was| {
        view! {
            <span class="was">
                <span class="visually-hidden">{texts.rows().was} " "</span>
                <s>{was.spaced()}</s>
            </span>
        }
    });
    view! { {rail} " " {was} }
}

/// The code of a result, large. It can be copied in two forms, dotted and bare. The meaning of a segment is
/// shown on hover and focus, and read aloud by screen readers.
#[component]
pub fn CodeHero(
    /// The code to show.
    code: HsCode,
    /// The tariff's description of each segment, in order. A segment without a description is not explained.
    #[prop(optional, into)]
    meanings: Signal<Vec<String>>,
    /// The classifier's confidence in this code.
    #[prop(optional_no_strip)]
    confidence: Option<Confidence>,
) -> impl IntoView {
    adopt(include_str!("../../style/answer.css"));
    let texts = use_texts();
    let pointed_at = RwSignal::new(None::<usize>);
    let meaning = move |at: usize| meanings.with(|meanings| meanings.get(at).cloned());
    let has_meanings = move || meanings.with(|meanings| !meanings.is_empty());
    let names = segment_names(texts);
    let titles: Vec<_> = (0..code.segments().count()).map(|at| title(code, at, texts)).collect();
    let segment = |(at, digits): (usize, &str)| {
        let point = move || pointed_at.set(Some(at));
        view! {
            <div
                class="segment"
                role="group"
                tabindex=move || has_meanings().then_some("0")
                aria-label=titles.get(at).cloned()
                aria-describedby=format!("segment-{at}")
                class:pointed=move || pointed_at.get() == Some(at)
                on:mouseenter=move |_| point()
                on:focus=move |_| point()
                on:click=move |_| point()
            >
                <span class="name">{names.get(at).copied()}</span>
                <span class="digits">{digits.to_owned()}</span>
                <span id=format!("segment-{at}") hidden=true>
                    {move || meaning(at)}
                </span>
            </div>
        }
    };
    let segments = code.segments().enumerate().map(segment).collect_view();
    let open_segment = |name: &&'static str| {
        view! {
            <div class="segment open" aria-hidden="true">
                <span class="name">{*name}</span>
                <span class="digits">{OPEN}</span>
            </div>
        }
    };
    let open = names.iter().skip(titles.len()).map(open_segment).collect_view();
    let open_digits = 10_usize.saturating_sub(code.digit_count());
    let whole = titles.last().cloned().unwrap_or_default();
    let explained = move || match pointed_at.get() {
        Some(at) => Some(view! { <b>{titles.get(at).cloned()} ":"</b> " " {meaning(at)?} }.into_any()),
        None => {
            let open = (open_digits > 0)
                .then(|| format!(" · {}", (texts.result().open_digits)(&open_digits.to_string())));
            Some(view! { {whole.clone()} {open} }.into_any())
        }
    };
    let leave = move || pointed_at.set(None);
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            leave();
        }
    };
    // The explanation has a fixed place, so it covers nothing and stays while the pointer moves to it.
    view! {
        <div
            class="code-hero"
            on:mouseleave=move |_| leave()
            on:focusout=move |_| leave()
            on:keydown=escape
        >
            <div
                class="segments"
                role="group"
                aria-label=texts.result().code
                data-code=code.bare().to_owned()
                data-band=confidence.map(band_name)
                style:--confidence=length(confidence)
            >
                {segments}
                {open}
            </div>
            <div class="actions">
                <CopyButton label=texts.result().copy_dotted text=code.dotted() />
                <CopyButton label=texts.result().copy_bare text=code.bare().to_owned() />
            </div>
            <p class="meaning">{explained}</p>
        </div>
    }
}

/// What the digits up to a segment are as a whole: `CN code 8518 30 00`.
fn title(code: HsCode, at: usize, texts: Texts) -> String {
    let name = segment_names(texts).get(at).copied().unwrap_or_default();
    let digits: Vec<_> = code.segments().take(at + 1).collect();
    format!("{name} {}", digits.join(" "))
}

/// Names of the codes that end with each segment: heading, HS subheading, CN code and TARIC code (Regulation (EEC)
/// 2658/87, Article 3).
fn segment_names(texts: Texts) -> [&'static str; 4] {
    [texts.result().heading, texts.result().subheading, texts.result().cn, texts.result().level_taric_code]
}

/// Result of a copy to the clipboard.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Copied {
    Yes,
    No,
}

/// A button that copies a text and shows whether it succeeded.
#[component]
pub fn CopyButton(
    /// The label of the button.
    label: &'static str,
    /// The text to copy.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let texts = use_texts();
    let outcome = RwSignal::new(None::<Copied>);
    // The result belongs to the text that was copied.
    effect(move || {
        text.with(|_| ());
        outcome.set(None);
    });
    let copy = move |_| {
        // Browsers offer no clipboard on an insecure connection.
        let navigator = window().navigator();
        let has_clipboard = Reflect::has(&navigator, &"clipboard".into()).unwrap_or(false);
        if !has_clipboard {
            return outcome.set(Some(Copied::No));
        }
        let written = navigator.clipboard().write_text(&text.get_untracked());
        spawn_local(async move {
            let written = JsFuture::from(written).await;
            // The screen may be gone by now.
            outcome.try_set(Some(if written.is_ok() { Copied::Yes } else { Copied::No }));
        });
    };
    let words = move || match outcome.get() {
        None => label,
        Some(Copied::Yes) => texts.common().copied,
        Some(Copied::No) => texts.result().not_copied,
    };
    view! {
        <button type="button" class="secondary small" on:click=copy>
            {words}
        </button>
    }
}
