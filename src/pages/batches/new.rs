//! The page that uploads a spreadsheet to start a catalogue: by drop, file chooser or paste.

use js_sys::{ArrayBuffer, Uint8Array};
use leptos::ev::{DragEvent, Event, SubmitEvent};
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{FileList, HtmlInputElement};

use crate::browser::memo::Memo;
use crate::browser::sheet_worker::{Opening, SheetError};
use crate::browser::task::{effect, spawn_while_shown};
use crate::components::page::Page;
use crate::components::sheet_failure::not_read;
use crate::i18n::{format, use_language, use_texts};
use crate::outbox::batches::use_batches;
use crate::routes;

/// The largest accepted file, in bytes.
const LARGEST: f64 = 100.0 * 1024.0 * 1024.0;

/// The `accept` attribute of the file chooser. The content of a file, not its name, decides how it is read.
const ENDINGS: &str = ".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.ods,text/csv,text/plain";

/// The reason for rejecting a file.
#[derive(Debug, Clone, PartialEq, Eq)]
enum FileRefusal {
    TooLarge,
    NotRead(SheetError),
    NotKept,
}

/// The page that uploads a spreadsheet to start a catalogue.
#[component]
pub fn NewBatchPage() -> impl IntoView {
    let (texts, language, batches) = (use_texts(), use_language(), use_batches());
    let (is_over, is_reading) = (RwSignal::new(false), RwSignal::new(false));
    let refusal = RwSignal::new(None::<FileRefusal>);
    let navigate = use_navigate();
    // The upload to read: its name, and pasted bytes or a file.
    let given = RwSignal::new_local(None::<(String, Result<Uint8Array, web_sys::File>)>);
    // The owner of a new catalogue is unknown before the stored catalogues are read.
    let is_ready = Memo::new(move |_| batches.are_read());
    effect(move || {
        let Some((name, content)) = given.get().filter(|_| is_ready.get()) else { return };
        let navigate = navigate.clone();
        refusal.set(None);
        is_reading.set(true);
        spawn_while_shown(async move {
            let taken = async {
                let bytes = match content {
                    Ok(bytes) => bytes,
                    Err(file) if file.size() > LARGEST => return Err(FileRefusal::TooLarge),
                    Err(file) => bytes_of(&file).await.ok_or(FileRefusal::NotRead(SheetError::Broken))?,
                };
                // Parse before storing: an unreadable file must not become a catalogue.
                Opening::start(&bytes).await.map_err(FileRefusal::NotRead)?;
                batches.add(&name, &bytes).await.map_err(|_| FileRefusal::NotKept)
            };
            match taken.await {
                Ok(id) => navigate(&routes::batch(&id), NavigateOptions::default()),
                Err(why) => refusal.set(Some(why)),
            }
            is_reading.set(false);
        });
    });
    let take = move |files: Option<FileList>| {
        if let Some(file) = files.and_then(|files| files.get(0)) {
            given.set(Some((file.name(), Err(file))));
        }
    };
    let drop = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(false);
        take(event.data_transfer().and_then(|data| data.files()));
    };
    let drag = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(true);
    };
    let chooser = NodeRef::<html::Input>::new();
    let choose = move |event: Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        take(input.files());
        // Lets the same file be chosen again after an edit: browsers fire `change` only if the value
        // differs.
        input.set_value("");
    };
    let pasted = RwSignal::new(String::new());
    let paste = move |event: SubmitEvent| {
        event.prevent_default();
        let text = pasted.get_untracked();
        let name = format!("{} {}.csv", texts.batches().pasted, format::today());
        given.set(Some((name, Ok(Uint8Array::from(text.as_bytes())))));
    };
    let sentence = move || {
        refusal.get().map(|why| match why {
            FileRefusal::TooLarge => texts.batches().too_large.to_owned(),
            FileRefusal::NotKept => texts.batches().not_kept.to_owned(),
            FileRefusal::NotRead(error) => not_read(&error, texts, language),
        })
    };
    view! {
        <Page title=texts.batches().new_title lead=texts.batches().new_lead>
            <div
                class="sheet-drop"
                data-over=move || is_over.get().to_string()
                on:dragover=drag
                on:dragleave=move |_| is_over.set(false)
                on:drop=drop
            >
                <p class="drop-title">{texts.batches().drop}</p>
                <p class="hint">{texts.batches().drop_hint}</p>
                <button
                    type="button"
                    class="primary"
                    id="choose-file"
                    disabled=move || is_reading.get()
                    on:click=move |_| {
                        if let Some(input) = chooser.get_untracked() {
                            input.click();
                        }
                    }
                >
                    {move || if is_reading.get() { texts.batches().opening } else { texts.batches().choose }}
                </button>
                <input
                    type="file"
                    id="file"
                    aria-label=texts.batches().choose
                    accept=ENDINGS
                    hidden
                    node_ref=chooser
                    on:change=choose
                />
            </div>
            <p class="problem" role="alert" id="file-problem">
                {sentence}
            </p>
            <p class="hint">{texts.batches().stays_here}</p>
            <details class="fold paste-fold">
                <summary>{texts.batches().paste}</summary>
                <form class="field" on:submit=paste>
                    <label for="pasted">{texts.batches().paste_label}</label>
                    <textarea
                        id="pasted"
                        rows="8"
                        spellcheck="false"
                        aria-describedby="pasted-hint"
                        prop:value=move || pasted.get()
                        on:input=move |event| pasted.set(event_target_value(&event))
                    ></textarea>
                    <p class="hint" id="pasted-hint">
                        {texts.batches().paste_hint}
                    </p>
                    <button
                        type="submit"
                        class="secondary"
                        disabled=move || is_reading.get() || pasted.with(|text| text.trim().is_empty())
                    >
                        {texts.batches().paste_go}
                    </button>
                </form>
            </details>
        </Page>
    }
}

async fn bytes_of(file: &web_sys::File) -> Option<Uint8Array> {
    let buffer: ArrayBuffer = JsFuture::from(file.array_buffer()).await.ok()?.dyn_into().ok()?;
    Some(Uint8Array::new(&buffer))
}
