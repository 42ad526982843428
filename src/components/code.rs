//! Commodity codes.

use import8_api::HsCode;
use js_sys::Reflect;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;
use wasm_bindgen_futures::JsFuture;

use crate::decided::Decided;
use crate::i18n::use_texts;
use crate::locales::Texts;

/// A code in a list: its parts apart, as the tariff prints them.
#[component]
pub fn Code(
    /// The code.
    code: HsCode,
) -> impl IntoView {
    view! { <span class="code">{code.spaced()}</span> }
}

/// The code that counts for a product in a list and, struck, the one that was answered first, where a person has
/// put another in its place.
#[component]
pub fn ProductCode(
    /// The code that counts, as far as it is known here.
    decided: Memo<Option<Decided>>,
    /// The one that was answered.
    answered: Option<HsCode>,
    /// Where the result is, which tells what this place does not know.
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

/// A code and, struck, the one in whose place a person has put it.
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

/// The code a person came for: large, copyable in both forms, each part explained to whoever points
/// at it, moves the focus to it or has it read aloud.
#[component]
pub fn CodeHero(
    /// The code.
    code: HsCode,
    /// What the tariff says at each part, in order; a part without is not explained.
    #[prop(optional, into)]
    meanings: Signal<Vec<String>>,
) -> impl IntoView {
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
    // The explanation has a place of its own, covers nothing, and stays while the pointer goes to it.
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

/// What each part of a code adds to the part before it.
fn segment_names(texts: Texts) -> [&'static str; 4] {
    [texts.result().heading, texts.result().subheading, texts.result().cn, texts.result().taric]
}

/// How a copy went.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Copied {
    Yes,
    No,
}

/// Copies a text, and says whether it did.
#[component]
pub fn CopyButton(
    /// What it copies, in words.
    label: &'static str,
    /// What it copies.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let texts = use_texts();
    let outcome = RwSignal::new(None::<Copied>);
    // It is about what was copied.
    Effect::new(move |_| {
        text.with(|_| ());
        outcome.set(None);
    });
    let copy = move |_| {
        // A browser has no clipboard for a page that came over a connection it does not trust.
        let navigator = window().navigator();
        let has_clipboard = Reflect::has(&navigator, &"clipboard".into()).unwrap_or(false);
        if !has_clipboard {
            return outcome.set(Some(Copied::No));
        }
        let written = navigator.clipboard().write_text(&text.get_untracked());
        spawn_local(async move {
            let written = JsFuture::from(written).await;
            // The person may have gone on to another screen by now.
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
