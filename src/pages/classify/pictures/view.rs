//! The pictures field: buttons to add pictures, thumbnails and messages.

use std::hash::{DefaultHasher, Hash, Hasher};

use import8_api::MAX_IMAGES;
use leptos::ev::{Event, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::super::fields::focus_on;
use super::super::form::Field;
use super::arrival::{files, listen};
use super::intake::Intake;
use super::{Picture, host};
use crate::browser::memo::Memo;
use crate::browser::task::effect;
use crate::components::keyed::For;
use crate::i18n::{format, use_language, use_texts};

/// The pictures field with all ways to add a picture.
#[component]
pub fn Pictures(
    /// The intake that takes the pictures.
    intake: Intake,
    /// The validation message of the field.
    #[prop(into)]
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let texts = use_texts();
    let (chooser, camera) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let is_over = listen(intake);
    let max = MAX_IMAGES.to_string();
    let take = move |event: Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        intake.add_files(files(input.files()));
        // Lets the same file be chosen again after it was removed.
        input.set_value("");
    };
    let open = |input: NodeRef<html::Input>| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let hint = (texts.pictures().hint)(&max);
    view! {
        <div class="field" role="group" aria-labelledby="pictures-label" aria-describedby="pictures-hint">
            <p class="label" id="pictures-label">
                {texts.pictures().label}
                " "
                <span class="optional">{texts.classify().optional}</span>
            </p>
            <p class="hint" id="pictures-hint">
                {hint}
            </p>
            <div class="drop" data-over=move || is_over.get().to_string()>
                <div class="offer">
                    <button
                        type="button"
                        class="secondary"
                        id=Field::Pictures.id()
                        aria-describedby=Field::Pictures.problem_id()
                        on:click=move |_| open(chooser)
                    >
                        {texts.pictures().choose}
                    </button>
                    <button type="button" class="secondary camera" on:click=move |_| open(camera)>
                        {texts.pictures().camera}
                    </button>
                    <span class="hint">
                        {move || if is_over.get() { texts.pictures().drop_here } else { texts.pictures().ways }}
                    </span>
                </div>
                <input type="file" accept="image/*" multiple hidden node_ref=chooser on:change=take />
                <input type="file" accept="image/*" capture="environment" hidden node_ref=camera on:change=take />
                <Address intake />
            </div>
            <State intake />
            <p class="problem" id=Field::Pictures.problem_id()>
                {move || problem.get()}
            </p>
            <Taken intake />
        </div>
    }
}

/// The field for the address of a picture.
#[component]
fn Address(intake: Intake) -> impl IntoView {
    let texts = use_texts();
    let add_by_key = move |event: KeyboardEvent| {
        if event.key() != "Enter" {
            return;
        }
        let is_added = intake.add_address();
        // Enter adds the address. Ctrl+Enter also submits the form, which needs the address.
        if !is_added || !(event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    view! {
        <div class="field">
            <label for="picture-address">{texts.pictures().address}</label>
            <div class="with-button">
                <input
                    id="picture-address"
                    inputmode="url"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby="pictures-refused"
                    prop:value=move || intake.address.get()
                    on:input=move |event| intake.address.set(event_target_value(&event))
                    on:keydown=add_by_key
                />
                <button
                    type="button"
                    class="secondary"
                    on:click=move |_| {
                        intake.add_address();
                    }
                >
                    {texts.pictures().add}
                </button>
            </div>
        </div>
    }
}

/// A live region: number of pictures, progress and rejections.
#[component]
fn State(intake: Intake) -> impl IntoView {
    let texts = use_texts();
    let had_any = RwSignal::new(false);
    let count = Memo::new(move |_| intake.pictures.with(Vec::len));
    effect(move || {
        if count.get() > 0 {
            had_any.set(true);
        }
    });
    let sentence = move || match (intake.reducing(), count.get()) {
        (0, 0) if had_any.get() => texts.pictures().none.to_owned(),
        (0, 0) => String::new(),
        (0, count) => (texts.pictures().count)(&count.to_string(), &MAX_IMAGES.to_string()),
        (1, _) => texts.pictures().reducing_one.to_owned(),
        (reducing, _) => (texts.pictures().reducing)(&reducing.to_string()),
    };
    let refusals = move || {
        let line = |sentence| view! { <p class="problem">{sentence}</p> };
        intake.refusals(texts).into_iter().map(line).collect_view()
    };
    view! {
        <p class="hint" role="status" id="pictures-state">
            {sentence}
        </p>
        <div role="status" id="pictures-refused">
            {refusals}
        </div>
    }
}

/// The thumbnails, with a placeholder for each picture being reduced.
#[component]
fn Taken(intake: Intake) -> impl IntoView {
    // A hash: the picture itself can be a megabyte of text.
    let key = |picture: &Picture| {
        let mut hasher = DefaultHasher::new();
        picture.hash(&mut hasher);
        hasher.finish()
    };
    let places = move || {
        (0..intake.reducing().min(MAX_IMAGES))
            .map(|_| view! { <li class="coming" aria-hidden=true.to_string()></li> })
            .collect_view()
    };
    view! {
        <ul class="thumbnails" aria-busy=move || (intake.reducing() > 0).to_string()>
            <For each=move || intake.pictures.get() key=key children=move |picture| view! { <Thumbnail intake picture /> } />
            {places}
        </ul>
    }
}

#[component]
fn Thumbnail(intake: Intake, picture: Picture) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let texts = texts.pictures();
    let name = picture.name().to_owned();
    let (shown, facts) = match &picture {
        Picture::File { base64, width, height, bytes, original, .. } => {
            let source = format!("data:image/jpeg;base64,{base64}");
            let weight = format::count(u64::from(bytes.div_ceil(1_000)), language);
            let size = (texts.size)(&width.to_string(), &height.to_string(), &weight);
            let from =
                original.map(|(width, height)| (texts.reduced_from)(&width.to_string(), &height.to_string()));
            let facts = [Some(size), from].into_iter().flatten().collect::<Vec<_>>().join(", ");
            (view! { <img src=source alt="" decoding="async" /> }.into_any(), facts)
        }
        // Not loaded: its server would learn who views this page.
        Picture::Address(address) => (
            view! { <span class="elsewhere" aria-hidden=true.to_string()>"URL"</span> }.into_any(),
            (texts.address_only)(host(address)),
        ),
    };
    let label = (texts.remove_named)(&name);
    let remove = move |_| {
        intake.remove(&picture);
        focus_on(Field::Pictures.id());
    };
    view! {
        <li>
            {shown}
            <div>
                <p class="name">{name}</p>
                <p class="hint">{facts}</p>
            </div>
            <button type="button" class="link" aria-label=label on:click=remove>
                {texts.remove}
            </button>
        </li>
    }
}
