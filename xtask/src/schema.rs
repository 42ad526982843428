//! `cargo xtask schema`: checks the server against its OpenAPI document, with thousands of generated requests.

use serde_json::{Value, json};

use crate::error::Error;
use crate::files;
use crate::process;
use crate::python::Environment;
use crate::server::{self, Profile};
use crate::steps::Steps;
use crate::test_server::TestServer;

/// The program that sends the requests and the library that generates them. Other versions generate other requests.
const PACKAGES: [&str; 2] = ["schemathesis==4.32.5", "hypothesis==6.170.15"];
/// The configuration of schemathesis: what an OpenAPI document cannot express, and the hooks.
const CONFIGURATION: &str = "xtask/schemathesis/schemathesis.toml";
/// The seed of the generator: any number, which always gives the same requests.
const SEED: &str = "8";
/// Products that are classified before the first request, so that no list is empty.
const PRODUCTS: [&str; 3] =
    ["Wireless bluetooth headphones", "Stainless steel water bottle", "Cotton t-shirt for men"];

/// The result of a run.
#[derive(Debug, PartialEq, Eq)]
struct SchemaReport {
    /// Requests sent.
    cases: u64,
    /// Different ways in which the server and the document disagree.
    failures: u64,
    /// Whether every case could be sent.
    is_complete: bool,
}

/// Runs all checks on all operations, with up to `cases` generated requests per operation in addition to those of the
/// document's examples. Fails if a check fails, if a case could not be sent, or if the server logged an error.
pub(crate) fn check(cases: u32) -> Result<(), Error> {
    let mut steps = Steps::new(2);
    let program = server::build(Profile::Server, &mut steps)?;
    let python = Environment::set_up(&PACKAGES, &mut steps)?;
    let server = TestServer::start(&program, "schema")?;
    let owner = server.organization("Owner")?;
    let stranger = server.organization("Stranger")?;
    for product in PRODUCTS {
        server.classify(&owner, product)?;
    }
    let organizations = server.folder.join("organizations.json");
    let users = [("owner", &owner), ("stranger", &stranger)].map(|(name, key)| {
        let header = json!({ "name": "Authorization", "value": format!("Bearer {key}") });
        json!({ "name": name, "fixedHeaders": [header] })
    });
    files::write(&organizations, json!({ "auth": users }).to_string().as_bytes())?;

    let report = files::scratch().join("schema.json");
    files::write(&report, &[])?;
    let mut command = python.command("schemathesis");
    command.args(["--config-file", CONFIGURATION, "run", &format!("{}/openapi.json", server.api)]);
    command.args(["--checks", "all", "--phases", "examples,coverage,fuzzing,stateful", "--seed", SEED]);
    command.args(["--max-examples", &cases.to_string(), "--continue-on-failure"]);
    command.args(["--report", "json", "--report-json-path"]).arg(&report);
    command
        .env("IMPORT8_ORGANIZATIONS", &organizations)
        .env("HYPOTHESIS_STORAGE_DIRECTORY", server.folder.join("hypothesis"))
        .env("NO_PROXY", "127.0.0.1");
    let ended = process::run(&mut command);

    let verdict =
        SchemaReport::from_json(&serde_json::from_slice(&files::read(&report)?).unwrap_or_default());
    let SchemaReport { cases, failures, is_complete } = verdict;
    println!("\n{cases} cases, {failures} failures");
    if failures > 0 {
        return Err(Error::Schema { failures });
    }
    ended?;
    // With a revoked key or a faulty server, checks would have passed without testing anything.
    server.ask(&owner, "GET", "/v1/me", None)?;
    server.must_be_sound()?;
    if is_complete { Ok(()) } else { Err(Error::Incomplete) }
}

impl SchemaReport {
    /// Parses the report of schemathesis. A missing field counts as 0, or as incomplete.
    fn from_json(report: &Value) -> Self {
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
            SchemaReport::from_json(&json!({ "complete": complete, "test_cases": counts, "errors": errors }))
        };
        let whole = SchemaReport { cases: 6782, failures: 2, is_complete: true };
        assert_eq!(report(true, json!([])), whole);
        assert!(!report(false, json!([])).is_complete);
        assert!(!report(true, json!([{}])).is_complete);
        assert_eq!(
            SchemaReport::from_json(&Value::Null),
            SchemaReport { cases: 0, failures: 0, is_complete: false }
        );
    }
}
