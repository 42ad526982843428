//! Code samples that repeat an API request. A sample reads the API key from the environment and never
//! contains it.

use leptos::prelude::*;

use crate::components::code::CopyButton;
use crate::components::switch::Switch;
use crate::i18n::use_texts;

/// Language of a code sample.
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

/// A request to the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub method: String,
    /// The full URL.
    pub address: String,
    /// The request body: JSON of texts, numbers and lists, the types that Python writes as JSON does.
    pub body: Option<String>,
}

impl Call {
    fn written_in(&self, syntax: Syntax) -> String {
        match syntax {
            Syntax::Curl => self.curl(),
            Syntax::Python => self.python(),
            Syntax::JavaScript => self.javascript(),
        }
    }

    fn curl(&self) -> String {
        let address = shell_quoted(&self.address);
        let method = if self.method == "GET" { String::new() } else { format!("-X {} ", self.method) };
        let key = r#"-H "Authorization: Bearer $IMPORT8_KEY""#;
        let body = self.body.as_ref().map(|body| {
            format!(" \\\n  -H 'Content-Type: application/json' \\\n  --data-raw {}", shell_quoted(body))
        });
        format!("curl {method}{address} \\\n  {key}{}", body.unwrap_or_default())
    }

    fn python(&self) -> String {
        let address = string_literal(&self.address);
        let method = self.method.to_lowercase();
        let key = r#"headers={"Authorization": "Bearer " + os.environ["IMPORT8_KEY"]},"#;
        // See `body`: Python writes these types as JSON does.
        let body = self.body.as_ref().map(|body| format!("    json={},\n", indented(body, 4)));
        let body = body.unwrap_or_default();
        format!(
            "import os\nimport requests\n\nresponse = requests.{method}(\n    {address},\n    {key}\n{body})\nprint(response.json())"
        )
    }

    fn javascript(&self) -> String {
        let address = string_literal(&self.address);
        let key = "Authorization: `Bearer ${process.env.IMPORT8_KEY}`";
        let method =
            if self.method == "GET" { String::new() } else { format!("  method: \"{}\",\n", self.method) };
        let (kind, body) = match &self.body {
            None => ("", String::new()),
            Some(body) => (
                ", \"Content-Type\": \"application/json\"",
                format!("  body: JSON.stringify({}),\n", indented(body, 2)),
            ),
        };
        format!(
            "const response = await fetch({address}, {{\n{method}  headers: {{ {key}{kind} }},\n{body}}});\nconsole.log(await response.json());"
        )
    }
}

/// Quotes a text for a POSIX shell.
fn shell_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A string literal of Python and JavaScript. Both accept JSON strings.
fn string_literal(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Indents all lines but the first by `spaces`.
fn indented(text: &str, spaces: usize) -> String {
    text.replace('\n', &format!("\n{}", " ".repeat(spaces)))
}

/// A request as code in three languages, with a copy button.
#[component]
pub fn Sample(
    /// The request.
    call: Call,
) -> impl IntoView {
    let texts = use_texts();
    let call = StoredValue::new(call);
    let chosen = RwSignal::new(0_usize);
    let code = Signal::derive(move || {
        let syntax = Syntax::ALL.get(chosen.get()).copied().unwrap_or(Syntax::Curl);
        call.with_value(|call| call.written_in(syntax))
    });
    let options = Syntax::ALL.map(|syntax| syntax.name().to_owned()).to_vec();
    let choose = Callback::new(move |at| chosen.set(at));
    view! {
        <div class="sample-head">
            <Switch label=texts.common().sample_language options chosen on_choose=choose />
            <CopyButton label=texts.common().copy_sample text=code />
        </div>
        <pre tabindex="0">{code}</pre>
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    const NASTY: &str = "Kid's \"T-shirt\" $HOME `id` \\ 100 % !x\n\u{e9}\u{1f600} 'a'";

    fn call(method: &str, body: Option<&str>) -> Call {
        Call {
            method: method.to_owned(),
            address: "here/api/v1/classify".to_owned(),
            body: body.map(str::to_owned),
        }
    }

    #[test]
    fn a_shell_takes_quoted_texts_as_they_are() {
        let body = string_literal(NASTY);
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
        let check = |input, syntax, expected: &str| {
            assert_eq!(call("POST", input).written_in(syntax), expected);
        };
        let input = Some("{\n  \"description\": \"kid's shirt\",\n  \"goods_value\": 12.50\n}");
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
    fn what_sends_nothing_has_no_body() {
        let check = |method, syntax, expected: &str| {
            let code = call(method, None).written_in(syntax);
            assert!(code.contains(expected), "{code}");
            assert!(!code.contains("json="), "{code}");
            assert!(!code.contains("Content-Type"), "{code}");
        };
        check(
            "GET",
            Syntax::Curl,
            "curl 'here/api/v1/classify' \\\n  -H \"Authorization: Bearer $IMPORT8_KEY\"",
        );
        check("GET", Syntax::Python, "requests.get(");
        check("DELETE", Syntax::Python, "requests.delete(");
        check("DELETE", Syntax::Curl, "curl -X DELETE 'here/");
        check("DELETE", Syntax::JavaScript, "method: \"DELETE\",");
        check(
            "GET",
            Syntax::JavaScript,
            "  headers: { Authorization: `Bearer ${process.env.IMPORT8_KEY}` },",
        );
    }
}
