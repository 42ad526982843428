//! The request that made a result, as code that makes it again. The key is never in it: the code reads
//! it from the environment.

use import8_api::ClassifyRequest;
use leptos::prelude::*;

use crate::components::code::CopyButton;
use crate::i18n::use_texts;
use crate::routes::encoded;

/// A language that a sample is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Syntax {
    Curl,
    Python,
    JavaScript,
}

impl Syntax {
    const ALL: [Self; 3] = [Self::Curl, Self::Python, Self::JavaScript];

    fn name(self) -> &'static str {
        match self {
            Self::Curl => "cURL",
            Self::Python => "Python",
            Self::JavaScript => "JavaScript",
        }
    }
}

/// A call of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Call {
    address: String,
    /// The body of a `POST`, as JSON; a `GET` has none.
    body: Option<String>,
}

impl Call {
    /// The call that made a result or, where the service does not tell it, the one that reads it.
    fn of(base: &str, id: &str, input: Option<&ClassifyRequest>) -> Self {
        match input.and_then(|input| serde_json::to_string_pretty(input).ok()) {
            Some(body) => Self { address: format!("{base}/v1/classify"), body: Some(body) },
            None => Self { address: format!("{base}/v1/classifications/{}", encoded(id)), body: None },
        }
    }

    fn written_in(&self, syntax: Syntax) -> String {
        match syntax {
            Syntax::Curl => self.curl(),
            Syntax::Python => self.python(),
            Syntax::JavaScript => self.javascript(),
        }
    }

    fn curl(&self) -> String {
        let address = shell_quoted(&self.address);
        let key = r#"-H "Authorization: Bearer $IMPORT8_KEY""#;
        match &self.body {
            None => format!("curl {address} \\\n  {key}"),
            Some(body) => format!(
                "curl -X POST {address} \\\n  {key} \\\n  -H 'Content-Type: application/json' \\\n  --data-raw {}",
                shell_quoted(body)
            ),
        }
    }

    fn python(&self) -> String {
        let address = string_literal(&self.address);
        let key = r#"headers={"Authorization": "Bearer " + os.environ["IMPORT8_KEY"]},"#;
        let (method, body) = match &self.body {
            None => ("get", String::new()),
            // Texts and numbers, and lists of them, are written in Python as in JSON.
            Some(body) => ("post", format!("    json={},\n", indented(body, 4))),
        };
        format!(
            "import os\nimport requests\n\nresponse = requests.{method}(\n    {address},\n    {key}\n{body})\nprint(response.json())"
        )
    }

    fn javascript(&self) -> String {
        let address = string_literal(&self.address);
        let key = "Authorization: `Bearer ${process.env.IMPORT8_KEY}`";
        let options = match &self.body {
            None => format!("  headers: {{ {key} }},\n"),
            Some(body) => format!(
                "  method: \"POST\",\n  headers: {{ {key}, \"Content-Type\": \"application/json\" }},\n  body: JSON.stringify({}),\n",
                indented(body, 2)
            ),
        };
        format!(
            "const response = await fetch({address}, {{\n{options}}});\nconsole.log(await response.json());"
        )
    }
}

/// A text that a shell takes as it is.
fn shell_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A text as Python and JavaScript write it, which is as JSON does.
fn string_literal(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Lines, all but the first so many spaces further.
fn indented(text: &str, spaces: usize) -> String {
    text.replace('\n', &format!("\n{}", " ".repeat(spaces)))
}

/// The call as code, in three languages.
#[component]
pub fn Samples(
    /// The classification.
    id: String,
    /// What it was asked with, where the service tells.
    input: Option<ClassifyRequest>,
    /// Whether pictures were sent that the service does not answer as they came.
    has_pictures: bool,
) -> impl IntoView {
    let texts = use_texts();
    let origin = window().location().origin().unwrap_or_default();
    let call = StoredValue::new(Call::of(&format!("{origin}/api"), &id, input.as_ref()));
    let syntax = RwSignal::new(Syntax::Curl);
    let code = Signal::derive(move || call.with_value(|call| call.written_in(syntax.get())));
    let hint = if input.is_some() { texts.result.samples_hint } else { texts.result.samples_get_hint };
    let without = (has_pictures && input.is_some()).then_some(texts.result.samples_without_pictures);
    let choices = Syntax::ALL
        .map(|one| {
            view! {
                <button
                    type="button"
                    aria-pressed=move || (syntax.get() == one).to_string()
                    on:click=move |_| syntax.set(one)
                >
                    {one.name()}
                </button>
            }
        })
        .collect_view();
    view! {
        <details class="fold" id="samples">
            <summary>{texts.result.samples}</summary>
            <p class="quiet">{hint} " " {without}</p>
            <div class="sample-head">
                <div class="switch" role="group" aria-label=texts.result.sample_language>
                    {choices}
                </div>
                <CopyButton label=texts.result.copy_sample text=code />
            </div>
            <pre tabindex="0">{code}</pre>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    const NASTY: &str = "Kid's \"T-shirt\" $HOME `id` \\ 100 % !x\n\u{e9}\u{1f600} 'a'";

    fn call(input: Option<&str>) -> Call {
        let input: Option<ClassifyRequest> = input.map(|json| serde_json::from_str(json).expect(json));
        Call::of("here/api", "a b", input.as_ref())
    }

    fn nasty() -> Call {
        let description = Some(NASTY.to_owned());
        let input = ClassifyRequest { description, ..ClassifyRequest::default() };
        Call::of("here/api", "1", Some(&input))
    }

    #[test]
    fn a_shell_takes_quoted_texts_as_they_are() {
        let call = nasty();
        let body = call.body.clone().expect("a body");
        for text in [NASTY, "", "'", "''", "\\", "\\'", "$(id)", "-n", body.as_str()] {
            let script = format!("printf %s {}", shell_quoted(text));
            let output = Command::new("sh").args(["-c", &script]).output().expect("a shell");
            assert_eq!(String::from_utf8_lossy(&output.stdout), text, "{script}");
        }
    }

    #[test]
    fn strings_are_json_literals() {
        let check = |text: &str, expected: &str| {
            assert_eq!(string_literal(text), expected);
            assert_eq!(serde_json::from_str::<String>(expected).expect(expected), text);
        };
        check("it's", "\"it's\"");
        check("a \"b\" \\ \n", r#""a \"b\" \\ \n""#);
        check("\u{1f600}\u{7}", "\"\u{1f600}\\u0007\"");
    }

    #[test]
    fn samples_make_the_request_again() {
        let check = |input: Option<&str>, syntax, expected: &str| {
            assert_eq!(call(input).written_in(syntax), expected);
        };
        let input = Some(r#"{"description": "kid's shirt", "goods_value": 12.50}"#);
        check(
            input,
            Syntax::Curl,
            r#"curl -X POST 'here/api/v1/classify' \
  -H "Authorization: Bearer $IMPORT8_KEY" \
  -H 'Content-Type: application/json' \
  --data-raw '{
  "description": "kid'\''s shirt",
  "goods_value": 12.50
}'"#,
        );
        check(
            input,
            Syntax::Python,
            r#"import os
import requests

response = requests.post(
    "here/api/v1/classify",
    headers={"Authorization": "Bearer " + os.environ["IMPORT8_KEY"]},
    json={
      "description": "kid's shirt",
      "goods_value": 12.50
    },
)
print(response.json())"#,
        );
        check(
            input,
            Syntax::JavaScript,
            r#"const response = await fetch("here/api/v1/classify", {
  method: "POST",
  headers: { Authorization: `Bearer ${process.env.IMPORT8_KEY}`, "Content-Type": "application/json" },
  body: JSON.stringify({
    "description": "kid's shirt",
    "goods_value": 12.50
  }),
});
console.log(await response.json());"#,
        );
    }

    #[test]
    fn without_the_request_the_result_is_read() {
        let check = |syntax, expected: &str| {
            let code = call(None).written_in(syntax);
            assert!(code.contains(expected), "{code}");
            assert!(code.contains("/v1/classifications/a%20b"), "{code}");
        };
        check(Syntax::Curl, r#"-H "Authorization: Bearer $IMPORT8_KEY""#);
        check(Syntax::Python, "requests.get(");
        check(Syntax::JavaScript, "headers: { Authorization: `Bearer ${process.env.IMPORT8_KEY}` },");
    }
}
