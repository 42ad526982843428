//! The pictures that a product was classified by.

use import8_api::Image;
use leptos::prelude::*;

use crate::browser::download::ObjectUrl;
use crate::components::failure::explain;
use crate::i18n::{use_language, use_texts};
use crate::queries::load::Load;
use crate::session::use_session;

/// The pictures, fetched from the service with the API key. Nothing without pictures.
#[component]
pub fn Pictures(
    /// Their paths and media types.
    images: Vec<Image>,
) -> impl IntoView {
    let texts = use_texts();
    if images.is_empty() {
        return None;
    }
    let pictures = images.into_iter().zip(1..).map(|(image, number)| view! { <Picture image number /> });
    let pictures = pictures.collect_view();
    Some(view! {
        <section class="block" id="pictures">
            <h2>{texts.result().pictures}</h2>
            <div class="product-pictures">{pictures}</div>
        </section>
    })
}

#[component]
fn Picture(image: Image, number: u32) -> impl IntoView {
    let (session, texts, language) = (use_session(), use_texts(), use_language());
    let image = StoredValue::new(image);
    let load = Load::new(move || {
        let (client, Image { path, media_type, .. }) = (session.client(language.code()), image.get_value());
        async move { client.picture(&path).await.map(|bytes| ObjectUrl::new(&bytes, &media_type)) }
    });
    let alt = (texts.result().picture)(&number.to_string());
    let shown = move || {
        let address = load.with(|found| Some(found?.as_ref()?.as_str().to_owned()))?;
        Some(view! { <img src=address alt=alt.clone() /> })
    };
    let problem = move || {
        let error = load.error()?;
        let said = explain(&error, texts);
        Some(view! {
            <p class="hint">
                {said.title} ". "
                <button type="button" class="link" on:click=move |_| load.reload()>
                    {texts.common().try_again}
                </button>
            </p>
        })
    };
    view! { {shown} {problem} }
}
