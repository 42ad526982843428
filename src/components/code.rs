//! Commodity codes: in a list, as the result of a classification, and a copy button.

use import8_api::HsCode;
use js_sys::Reflect;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos_router::components::A;
use wasm_bindgen_futures::JsFuture;

use crate::api::decided::Decided;
use crate::browser::memo::Memo;
use crate::browser::style::adopt;
use crate::browser::task::{effect, spawn_local};
use crate::components::show::Show;
use crate::i18n::{Texts, use_texts};

/// A code in a list, its parts separated by spaces as in the tariff.
#[component]
pub fn Code(
    /// The code to show.
    code: HsCode,
) -> impl IntoView {
    view! { <span class="code">{code.spaced()}</span> }
}

/// The decided code of a product in a list. If a person replaced the classifier's code, that code follows,
/// struck through.
#[component]
pub fn ProductCode(
    /// The decided code, as far as it is known in this browser.
    decided: Memo<Option<Decided>>,
    /// The classifier's code.
    answered: Option<HsCode>,
    /// Address of the result, for the link shown when the corrected code is not known.
    address: String,
) -> impl IntoView {
    let texts = use_texts();
    move || {
        let decided = decided.get()?;
        let Some(code) = decided.code() else {
            let way = view! {
                <A href=address.clone() attr:class="not-told">
                    {texts.rows().not_told}
                </A>
            };
            return Some(way.into_any());
        };
        Some(code_in_place_of(code, decided.replaced(answered), texts).into_any())
    }
}

/// A code, followed by the replaced code, struck through.
pub fn code_in_place_of(code: HsCode, replaced: Option<HsCode>, texts: Texts) -> impl IntoView {
    let was = replaced.map(|was| {
        view! {
            <span class="was">
                <span class="visually-hidden">{texts.rows().was} " "</span>
                <s>{was.spaced()}</s>
            </span>
        }
    });
    view! { <Code code /> " " {was} }
}

/// The code of a result, large. It can be copied in two forms, dotted and bare. The meaning of a part is
/// shown on hover and focus, and read aloud by screen readers.
#[component]
pub fn CodeHero(
    /// The code to show.
    code: HsCode,
    /// The tariff's description of each part, in order. A part without a description is not explained.
    #[prop(optional, into)]
    meanings: Signal<Vec<String>>,
) -> impl IntoView {
    adopt(include_str!("../../style/answer.css"));
    let texts = use_texts();
    let names = segment_names(texts);
    let pointed_at = RwSignal::new(None::<usize>);
    let meaning = move |at: usize| meanings.with(|meanings| meanings.get(at).cloned());
    let has_meanings = move || meanings.with(|meanings| !meanings.is_empty());
    let segment = |(at, (digits, name)): (usize, (&str, &str))| {
        let point = move || pointed_at.set(Some(at));
        view! {
            <div
                class="segment"
                role="group"
                tabindex=move || has_meanings().then_some("0")
                aria-label=format!("{name} {digits}")
                aria-describedby=format!("segment-{at}")
                class:pointed=move || pointed_at.get() == Some(at)
                on:mouseenter=move |_| point()
                on:focus=move |_| point()
                on:click=move |_| point()
            >
                <span class="name">{name.to_owned()}</span>
                <span class="digits">{digits.to_owned()}</span>
                <span id=format!("segment-{at}") hidden=true>
                    {move || meaning(at)}
                </span>
            </div>
        }
    };
    let segments = code.segments().zip(names).enumerate().map(segment).collect_view();
    let explained = move || {
        let at = pointed_at.get()?;
        Some(view! { <b>{names.get(at).copied()} ":"</b> " " {meaning(at)?} })
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
            >
                {segments}
            </div>
            <div class="actions">
                <CopyButton label=texts.result().copy_dotted text=code.dotted() />
                <CopyButton label=texts.result().copy_bare text=code.bare().to_owned() />
            </div>
            <Show when=has_meanings>
                <p class="meaning" aria-hidden="true">
                    {explained}
                </p>
            </Show>
        </div>
    }
}

/// Names of the parts of a code: heading, HS subheading, CN digits and TARIC digits (Regulation (EEC)
/// 2658/87, Article 3).
fn segment_names(texts: Texts) -> [&'static str; 4] {
    [texts.result().heading, texts.result().subheading, texts.result().cn, texts.result().taric]
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
