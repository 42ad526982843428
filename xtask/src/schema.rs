//! `cargo xtask schema`: what the OpenAPI document says and what the server does, held against one
//! another by thousands of requests.

use serde_json::{Value, json};

use crate::error::Error;
use crate::files;
use crate::peer::Peer;
use crate::process;
use crate::python::Environment;
use crate::server::{self, Profile};
use crate::steps::Steps;

/// The program that makes the requests, and the library that makes them up: other versions of either
/// make others.
const PACKAGES: [&str; 2] = ["schemathesis==4.32.5", "hypothesis==6.170.15"];
/// How it is told what a document cannot say, beside the hooks that it names.
const CONFIGURATION: &str = "xtask/schemathesis/schemathesis.toml";
/// Any number: the same one makes the same requests.
const SEED: &str = "8";
/// What the server knows before the first request, so that no list is empty.
const PRODUCTS: [&str; 3] =
    ["Wireless bluetooth headphones", "Stainless steel water bottle", "Cotton t-shirt for men"];

/// How a run ended.
#[derive(Debug, PartialEq, Eq)]
struct Verdict {
    cases: u64,
    failures: u64,
    /// Whether nothing kept a case from being made.
    is_complete: bool,
}

/// Runs every check on every operation, with up to `cases` made-up requests for each beside those that
/// the document itself leads to.
pub(crate) fn check(cases: u32) -> Result<(), Error> {
    let mut steps = Steps::new(2);
    let program = server::build(Profile::Server, &mut steps)?;
    let python = Environment::set_up(&PACKAGES, &mut steps)?;
    let peer = Peer::start(&program, "schema")?;
    let owner = peer.organization("Owner")?;
    let stranger = peer.organization("Stranger")?;
    for product in PRODUCTS {
        peer.classify(&owner, product)?;
    }
    let organizations = peer.folder.join("organizations.json");
    let users = [("owner", &owner), ("stranger", &stranger)].map(|(name, key)| {
        let header = json!({ "name": "Authorization", "value": format!("Bearer {key}") });
        json!({ "name": name, "fixedHeaders": [header] })
    });
    files::write(&organizations, json!({ "auth": users }).to_string().as_bytes())?;

    let report = files::scratch().join("schema.json");
    files::write(&report, &[])?;
    let mut command = python.command("schemathesis");
    command.args(["--config-file", CONFIGURATION, "run", &format!("{}/openapi.json", peer.api)]);
    command.args(["--checks", "all", "--phases", "examples,coverage,fuzzing,stateful", "--seed", SEED]);
    command.args(["--max-examples", &cases.to_string(), "--continue-on-failure"]);
    command.args(["--report", "json", "--report-json-path"]).arg(&report);
    command
        .env("IMPORT8_ORGANIZATIONS", &organizations)
        .env("HYPOTHESIS_STORAGE_DIRECTORY", peer.folder.join("hypothesis"))
        .env("NO_PROXY", "127.0.0.1");
    let ended = process::run(&mut command);

    let verdict = Verdict::of(&serde_json::from_slice(&files::read(&report)?).unwrap_or_default());
    let Verdict { cases, failures, is_complete } = verdict;
    println!("\n{cases} cases, {failures} failures");
    if failures > 0 {
        return Err(Error::Schema { failures });
    }
    ended?;
    // Each of these would have let requests pass that were not what they were made for.
    peer.ask(&owner, "GET", "/v1/me", None)?;
    peer.must_be_sound()?;
    if is_complete { Ok(()) } else { Err(Error::Incomplete) }
}

impl Verdict {
    fn of(report: &Value) -> Self {
        let number = |value: &Value| value.as_u64().unwrap_or_default();
        let counts = &report["test_cases"];
        let has_errors = report["errors"].as_array().is_none_or(|errors| !errors.is_empty());
        Self {
            cases: number(&counts["generated"]),
            failures: number(&counts["unique_failures"]),
            is_complete: report["complete"] == true && !has_errors && number(&counts["errored"]) == 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_report_is_complete() {
        let report = |complete: bool, errors: Value| {
            let counts = json!({ "generated": 6782, "unique_failures": 2, "errored": 0 });
            Verdict::of(&json!({ "complete": complete, "test_cases": counts, "errors": errors }))
        };
        let whole = Verdict { cases: 6782, failures: 2, is_complete: true };
        assert_eq!(report(true, json!([])), whole);
        assert!(!report(false, json!([])).is_complete);
        assert!(!report(true, json!([{}])).is_complete);
        assert_eq!(Verdict::of(&Value::Null), Verdict { cases: 0, failures: 0, is_complete: false });
    }
}
