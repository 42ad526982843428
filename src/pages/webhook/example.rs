//! An example delivery, signed with a secret that belongs to nobody.

use leptos::prelude::*;

use super::listing::{Listing, Sheet};
use crate::i18n::use_texts;

/// Headers and body of the example, as sent.
const DELIVERY: &str = include_str!("../../../crates/import8-receivers/example.http");

/// The secret of the example's signature.
const SECRET: &str = include_str!("../../../crates/import8-receivers/example.secret");

/// The address at which the example receivers listen. In two parts, because no foreign address may appear
/// in the code.
const RECEIVER: (&str, &str) = ("http", "127.0.0.1:8000/");

/// The parts of the example delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// The headers, one `Name: value` per line.
    pub headers: &'static str,
    /// The body, which is signed.
    pub body: &'static str,
    /// The value of the header `X-Import8-Signature`.
    pub signature: &'static str,
    /// The secret of the signature.
    pub secret: &'static str,
}

impl Example {
    /// Parses the example.
    #[must_use]
    pub fn read() -> Self {
        let (headers, body) = DELIVERY.trim_end().split_once("\n\n").unwrap_or((DELIVERY, ""));
        let values = headers.lines().filter_map(|line| line.split_once(": "));
        let signature = values.into_iter().find(|(name, _)| *name == "X-Import8-Signature");
        let signature = signature.map_or("", |(_, value)| value);
        Self { headers, body, signature, secret: SECRET.trim_end() }
    }

    /// A `curl` command that posts the example to a receiver on this machine.
    fn command(self) -> String {
        let (scheme, rest) = RECEIVER;
        let headers: String = self.headers.lines().map(|line| format!("  -H '{line}' \\\n")).collect();
        format!("curl -i {scheme}://{rest} \\\n{headers}  --data-raw '{}'", self.body)
    }
}

/// The example as raw HTTP and as a command, to copy.
#[component]
pub fn ExampleDelivery() -> impl IntoView {
    let part = use_texts().webhook();
    let example = Example::read();
    let sheets = vec![
        Sheet { name: part.example_raw, text: DELIVERY.trim_end().to_owned() },
        Sheet { name: "cURL", text: example.command() },
    ];
    view! {
        <section class="block" id="example">
            <h2>{part.example}</h2>
            <p class="quiet">{part.example_lead}</p>
            <p class="example-secret">
                {part.example_secret} " " <code class="code">{example.secret}</code>
            </p>
            <Listing label=part.example_kind sheets is_wrapped=true />
        </section>
    }
}

#[cfg(test)]
mod tests {
    use import8_api::{WebhookEvent, decode};

    use super::*;

    #[test]
    fn the_example_is_a_delivery() {
        let example = Example::read();
        assert!(example.signature.starts_with("sha256="), "{example:?}");
        assert!(example.secret.starts_with("whsec_"));
        let event: WebhookEvent = decode(example.body).expect("a delivery");
        assert_eq!(serde_json::to_string(&event).expect("JSON"), example.body, "as the service writes it");
    }

    #[test]
    fn a_shell_takes_the_command_as_it_is() {
        let example = Example::read();
        assert!(!DELIVERY.contains('\''), "quotes would have to be escaped");
        let command = example.command();
        assert!(command.starts_with("curl -i http"), "{command}");
        assert!(command.contains(&format!("-H 'X-Import8-Signature: {}'", example.signature)), "{command}");
        assert!(command.ends_with(&format!("--data-raw '{}'", example.body)), "{command}");
    }
}
