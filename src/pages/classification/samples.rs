//! Code samples that repeat the request of a result.

use import8_api::ClassifyRequest;
use leptos::prelude::*;

use crate::components::samples::{Call, Sample};
use crate::i18n::use_texts;
use crate::routes::encoded;

/// The API call that repeats the classification or, if the service does not return its request, the one that
/// reads it.
fn call_of(base: &str, id: &str, input: Option<&ClassifyRequest>) -> Call {
    match input.and_then(|input| serde_json::to_string_pretty(input).ok()) {
        Some(body) => {
            Call { method: "POST".to_owned(), address: format!("{base}/v1/classify"), body: Some(body) }
        }
        None => Call {
            method: "GET".to_owned(),
            address: format!("{base}/v1/classifications/{}", encoded(id)),
            body: None,
        },
    }
}

/// The call as code samples, collapsed.
#[component]
pub fn Samples(
    /// The identifier of the classification.
    id: String,
    /// The request, if the service returns it.
    input: Option<ClassifyRequest>,
    /// Whether the request had pictures. The service does not return them as sent, so the samples lack
    /// them.
    has_pictures: bool,
) -> impl IntoView {
    let texts = use_texts();
    let origin = window().location().origin().unwrap_or_default();
    let call = call_of(&format!("{origin}/api"), &id, input.as_ref());
    let hint = if input.is_some() { texts.result().samples_hint } else { texts.result().samples_get_hint };
    let without = (has_pictures && input.is_some()).then_some(texts.result().samples_without_pictures);
    view! {
        <details class="fold" id="samples">
            <summary>{texts.result().samples}</summary>
            <p class="quiet">{hint} " " {without}</p>
            <Sample call />
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_the_request_the_result_is_read() {
        let call = call_of("here/api", "a b", None);
        assert_eq!((call.method.as_str(), call.body), ("GET", None));
        assert_eq!(call.address, "here/api/v1/classifications/a%20b");
        let input = serde_json::from_str(r#"{"description": "kid's shirt", "goods_value": 12.50}"#)
            .expect("a request");
        let call = call_of("here/api", "a b", Some(&input));
        assert_eq!((call.method.as_str(), call.address.as_str()), ("POST", "here/api/v1/classify"));
        assert_eq!(
            call.body.as_deref(),
            Some("{\n  \"description\": \"kid's shirt\",\n  \"goods_value\": 12.50\n}")
        );
    }
}
