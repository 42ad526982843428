//! `cargo xtask examples`: runs the examples of the vendor's documentation against our server.
//!
//! The documentation is not part of the repository. In its plain text, nothing marks where a program begins and ends,
//! and the programs have lost their indentation.

use std::path::Path;
use std::process::Command;

use crate::error::Error;
use crate::files;
use crate::process;
use crate::python::Environment;
use crate::server::{self, Profile};
use crate::steps::Steps;
use crate::test_server::TestServer;

const DOCUMENTATION: &str = "../shared/contract/api-documentation.nl.txt";
const REQUESTS: [&str; 1] = ["requests==2.34.2"];

/// The placeholders of the examples for the address, the key and the identifier of a caller.
const VENDOR: &str = "https://import8.nl/api";
const KEY: &str = "c8_your_api_key";
const ID_START: &str = "550e8400-";
const ID_REST: &str = "0123456789abcdef-.";

/// A product that is classified with eight digits, which the examples print.
const PRODUCT: &str = "Wireless bluetooth headphones";

/// The secret of a published signature (RFC 4231, test case 2), so that the examples are not checked against our own
/// code. `FLIPPED` differs from the signed body in its last bit.
const SECRET: &str = "Jefe";
const SIGNED: &str = "what do ya want for nothing?";
const FLIPPED: &str = "what do ya want for nothing>";
const SIGNATURE: &str = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

/// The language of an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Curl,
    Python,
    JavaScript,
    Php,
}

/// An example: a program in the documentation.
#[derive(Debug, PartialEq, Eq)]
struct Example<'a> {
    /// The heading above it.
    section: &'a str,
    language: Language,
    lines: Vec<&'a str>,
}

/// Runs examples against one server, with one key.
struct ExampleRunner<'a> {
    server: &'a TestServer,
    python: &'a Environment,
    key: &'a str,
    /// The identifier of a completed classification.
    id: &'a str,
}

/// Runs every example. Succeeds if all of them do, or if the documentation does not exist here.
pub(crate) fn run() -> Result<(), Error> {
    if !Path::new(DOCUMENTATION).is_file() {
        println!("skipped: {DOCUMENTATION} is not there");
        return Ok(());
    }
    let documentation = files::read_text(DOCUMENTATION)?;
    let mut steps = Steps::new(2);
    let program = server::build(Profile::Server, &mut steps)?;
    let python = Environment::set_up(&REQUESTS, &mut steps)?;
    let server = TestServer::start(&program, "examples")?;
    let key = server.organization("Examples")?;
    let id = server.classify(&key, PRODUCT)?;
    let runner = ExampleRunner { server: &server, python: &python, key: &key, id: &id };

    let (mut passed, mut failed) = (0, 0);
    for (number, example) in extract(&documentation).iter().enumerate() {
        let result = if example.language.is_here() { Some(runner.run(number, example)?) } else { None };
        let verdict = match &result {
            None => "skipped",
            Some(Ok(())) => "ok",
            Some(Err(_)) => "FAILED",
        };
        println!("{verdict:<8} {:<12} {}", example.language.name(), example.section);
        match result {
            None => {}
            Some(Ok(())) => passed += 1,
            Some(Err(output)) => {
                println!("{output}");
                failed += 1;
            }
        }
    }
    println!("\n{passed} examples passed, {failed} failed");
    server.must_be_sound()?;
    // A documentation in another form would give no examples, which proves nothing.
    if failed > 0 || passed == 0 { Err(Error::Examples { passed, failed }) } else { Ok(()) }
}

/// Extracts the examples of a documentation, in order.
fn extract(text: &str) -> Vec<Example<'_>> {
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    let mut examples = Vec::new();
    let (mut section, mut rest) = ("", lines.as_slice());
    while let Some((first, others)) = rest.split_first() {
        let taken = if let Some(language) = Language::from_first_line(first) {
            let length = language.length(rest);
            examples.push(Example { section, language, lines: rest[..length].to_vec() });
            length
        } else {
            if is_heading(first, others.first()) {
                section = first;
            }
            1
        };
        rest = &rest[taken..];
    }
    examples
}

/// Whether a line is a heading: it is no sentence, and the next line is one.
fn is_heading(line: &str, next: Option<&&str>) -> bool {
    let ends_as_title = line.ends_with(|c: char| c.is_alphanumeric() || c == '}');
    line.len() > 1 && ends_as_title && next.is_some_and(|next| next.ends_with('.'))
}

impl Language {
    fn name(self) -> &'static str {
        match self {
            Self::Curl => "curl",
            Self::Python => "Python",
            Self::JavaScript => "JavaScript",
            Self::Php => "PHP",
        }
    }

    /// Whether its interpreter is installed. Only PHP may be missing.
    fn is_here(self) -> bool {
        self != Self::Php || process::answer(process::command("php").arg("--version")).is_some()
    }

    /// The language of the program that begins with `line`; `None` if it begins no program.
    fn from_first_line(line: &str) -> Option<Self> {
        if line.starts_with("curl ") {
            Some(Self::Curl)
        } else if line.starts_with("import ") || line.starts_with("response = requests.") {
            Some(Self::Python)
        } else if line.starts_with("const ") {
            Some(Self::JavaScript)
        } else if line.starts_with("function ") && line.contains('$') {
            Some(Self::Php)
        } else {
            None
        }
    }

    /// The number of `lines` that belong to the program that begins with the first of them.
    fn length(self, lines: &[&str]) -> usize {
        let mut state = 0;
        for (i, line) in lines.iter().enumerate() {
            if self == Self::Curl {
                // A command ends with its line, unless a quote is open or the line ends with `\`.
                state += line.matches('\'').count();
                if state % 2 == 0 && !line.ends_with('\\') {
                    return i + 1;
                }
            } else {
                let begins_another = Self::from_first_line(line).is_some_and(|other| other != self);
                if state == 0 && (begins_another || is_prose(line)) {
                    return i;
                }
                state = depth_after(state, line);
            }
        }
        lines.len()
    }
}

/// Whether a line outside of brackets is prose or an address rather than a statement.
fn is_prose(line: &str) -> bool {
    line.starts_with(char::is_uppercase) || (line.starts_with('/') && !line.starts_with("//"))
}

/// The number of open brackets after `line`, given the number before it. Strings in these programs have balanced
/// brackets, so they need no special case.
fn depth_after(before: usize, line: &str) -> usize {
    line.chars().fold(before, |depth, c| match c {
        '(' | '[' | '{' => depth + 1,
        ')' | ']' | '}' => depth.saturating_sub(1),
        _ => depth,
    })
}

/// Restores the indentation of a Python program: a colon at the end of a line opens a block, and `break`, `continue`,
/// `raise` or `return` closes it. These programs need no other rule.
fn indented(lines: &[&str]) -> String {
    let (mut program, mut depth, mut level) = (String::new(), 0, 0_usize);
    for line in lines {
        program.push_str(&"    ".repeat(level));
        program.push_str(line);
        program.push('\n');
        let begins_statement = depth == 0;
        depth = depth_after(depth, line);
        let leaves = ["break", "continue", "raise", "return"].iter().any(|word| line.starts_with(word));
        if depth == 0 && line.ends_with(':') {
            level += 1;
        } else if begins_statement && leaves {
            level = level.saturating_sub(1);
        }
    }
    program
}

/// Replaces every example identifier in `code` with `id`, including those shortened with dots.
fn with_id(code: &str, id: &str) -> String {
    let mut parts = code.split(ID_START);
    let mut adapted = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        adapted.push_str(id);
        adapted.push_str(part.trim_start_matches(|c| ID_REST.contains(c)));
    }
    adapted
}

impl Example<'_> {
    /// The program to run: the example, followed by a check that makes it fail unless the example succeeded.
    fn program(&self) -> String {
        let code = self.lines.join("\n");
        let verified = |body: &str| format!("(b\"{body}\", \"{SIGNATURE}\", \"{SECRET}\")");
        match self.language {
            Language::Curl => code.replacen("curl ", "curl --fail-with-body ", 1),
            Language::Python => {
                // An example may continue the previous one, which imports `requests`.
                let import = if code.contains("import ") { "" } else { "import requests\n" };
                let check = if code.contains("def verify_webhook(") {
                    let (signed, flipped) = (verified(SIGNED), verified(FLIPPED));
                    format!("assert verify_webhook{signed}\nassert not verify_webhook{flipped}\n")
                } else {
                    "assert 200 <= response.status_code < 300, response.text\n".to_owned()
                };
                format!("{import}{}{check}", indented(&self.lines))
            }
            Language::JavaScript => {
                let check = if code.contains("function verifyWebhook(") {
                    verify("verifyWebhook", "throw new Error(\"wrong\")")
                } else if code.contains("async function pollResult()") {
                    // The example only declares the function, which returns only when there is a result.
                    "await pollResult();".to_owned()
                } else {
                    "if (!response.ok) throw new Error(`status ${response.status}`);".to_owned()
                };
                // A module permits `await` outside functions, but does not define `require`.
                let require = "import { createRequire } from \"node:module\";\n\
                               const require = createRequire(import.meta.url);\n";
                format!("{require}{code}\n{check}\n")
            }
            Language::Php => format!("<?php\n{code}\n{}\n", verify("verifyWebhook", "exit(1);")),
        }
    }
}

/// A statement that runs `otherwise` unless `function` accepts the signed body and rejects the changed one.
fn verify(function: &str, otherwise: &str) -> String {
    let call = |body: &str| format!("{function}(\"{body}\", \"{SIGNATURE}\", \"{SECRET}\")");
    format!("if (!{} || {}) {otherwise}", call(SIGNED), call(FLIPPED))
}

impl ExampleRunner<'_> {
    /// Runs an example. The inner error is the output of an example that failed.
    fn run(&self, number: usize, example: &Example<'_>) -> Result<Result<(), String>, Error> {
        let code = example.program().replace(VENDOR, &self.server.api).replace(KEY, self.key);
        let code = with_id(&code, self.id);
        let (mut command, name) = match example.language {
            Language::Curl => (process::command("sh"), "sh"),
            Language::Python => (self.python.command("python"), "py"),
            Language::JavaScript => (process::command("node"), "mjs"),
            Language::Php => (process::command("php"), "php"),
        };
        let file = self.server.folder.join(format!("example-{number}.{name}"));
        files::write(&file, code.as_bytes())?;
        command.arg(&file).env("NO_PROXY", "127.0.0.1");
        succeed(&mut command)
    }
}

/// Runs a command. The inner error is its output if it failed.
fn succeed(command: &mut Command) -> Result<Result<(), String>, Error> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|source| Error::Start { program, source })?;
    let printed = [output.stdout, output.stderr].concat();
    Ok(if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&printed).into_owned()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"Our API
It has two addresses.
Greeting
Say who you are.
Example
curl -X POST https://import8.nl/api/hello \
-d '{
"name": "You"
}'
import requests
response = requests.post(
"https://import8.nl/api/hello",
headers={"Authorization": "Bearer c8_your_api_key"}
)
const response = await fetch('https://import8.nl/api/hello', {
Accept: 'text',
});
Response 200 OK
{
"hello": "You"
}
/v1/things/{id}
A thing.
| Field | Type |
response = requests.get("https://import8.nl/api/v1/things/550e8400-e29b-41d4")
/health
Whether it is there.
curl https://import8.nl/api/health
# Response:
{"status": "well"}
function sign(string $body): bool
{
return true;
}
Limits
"#;

    #[test]
    fn programs_are_told_from_words_and_from_one_another() {
        let examples = extract(TEXT);
        let found: Vec<_> = examples.iter().map(|e| (e.section, e.language.name(), e.lines.len())).collect();
        assert_eq!(
            found,
            [
                ("Greeting", "curl", 4),
                ("Greeting", "Python", 5),
                ("Greeting", "JavaScript", 3),
                ("/v1/things/{id}", "Python", 1),
                ("/health", "curl", 1),
                ("/health", "PHP", 4),
            ]
        );
    }

    #[test]
    fn a_program_fails_when_its_request_does() {
        let examples = extract(TEXT);
        let program = |i: usize| examples[i].program();
        assert!(program(0).starts_with("curl --fail-with-body -X POST "));
        assert!(program(1).starts_with("import requests\nresponse = "));
        assert!(program(1).ends_with("\nassert 200 <= response.status_code < 300, response.text\n"));
        assert!(program(2).contains("\nif (!response.ok) throw "));
        assert!(program(3).starts_with("import requests\nresponse = "));
    }

    #[test]
    fn python_gets_its_indentation_back() {
        let lines = [
            "while True:",
            "answer = ask(",
            "{\"a\": 1}",
            ")",
            "if answer:",
            "print(answer)",
            "break",
            "elif late:",
            "break",
            "sleep(5)",
        ];
        let expected = "while True:\n    answer = ask(\n    {\"a\": 1}\n    )\n    if answer:\n        \
                        print(answer)\n        break\n    elif late:\n        break\n    sleep(5)\n";
        assert_eq!(indented(&lines), expected);
    }

    #[test]
    fn identifiers_are_replaced_whole_or_cut_off() {
        assert_eq!(with_id("/550e8400-e29b-41d4-a716-446655440000\" \\", "7"), "/7\" \\");
        assert_eq!(with_id("/550e8400-.../feedback 550e8400-1", "7"), "/7/feedback 7");
        assert_eq!(with_id("none", "7"), "none");
    }
}
