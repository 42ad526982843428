//! Compiles the test programs with Clippy's compiler, so that one pass gives both the lints and the programs.
//!
//! `cargo clippy` generates no code, and Cargo does not share its work with a build, so linting and then testing
//! would compile every crate twice.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::error::Error;
use crate::files;
use crate::process;

const WASM: &str = "wasm32-unknown-unknown";

/// The output of one call of Cargo.
#[derive(Debug, Default)]
pub(crate) struct BuildOutput {
    /// The printed warnings of the compiler and of Clippy.
    pub(crate) warnings: Vec<String>,
    /// The test programs, in the order in which Cargo finished them.
    pub(crate) tests: Vec<TestProgram>,
}

/// A compiled test program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TestProgram {
    /// Its package and its target, such as `import8-server/it`.
    pub(crate) name: String,
    /// The path of the program.
    pub(crate) program: PathBuf,
    /// The folder of its package, which is the working directory of its tests.
    pub(crate) folder: PathBuf,
}

/// Compiles all packages and their tests for this machine.
pub(crate) fn host() -> Result<BuildOutput, Error> {
    build(&["test", "--no-run", "--workspace", "--lib", "--bins", "--tests"], "host")
}

/// Compiles the dashboard, its worker and the dashboard's tests for the browser, with the features that Trunk uses.
pub(crate) fn wasm() -> Result<BuildOutput, Error> {
    let test = ["test", "--no-run", "-p", "import8-dashboard", "--target", WASM, "--test", "wasm"];
    let mut built = build(&test, "wasm")?;
    // The program itself, which a quick dashboard is bundled with: `cargo test` would compile its tests only. Alone, as
    // Trunk builds it, because together the two would share features.
    let worker = build(&["build", "-p", "import8-catalogue", "--target", WASM, "--bin", "sheets"], "worker")?;
    built.warnings.extend(worker.warnings);
    Ok(built)
}

/// Makes a Cargo command use Clippy's compiler for the crates of this workspace.
pub(crate) fn lint(command: &mut Command) {
    command.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver");
}

/// Runs Cargo with `arguments` and parses its messages. `name` names the log. After a failure, the warnings are printed.
fn build(arguments: &[&str], name: &str) -> Result<BuildOutput, Error> {
    let log = files::scratch().join(format!("test-{name}.log"));
    let messages = files::scratch().join(format!("test-{name}.json"));
    files::write(&messages, &[])?;
    let create = |path: &Path| File::create(path).map_err(files::naming(path));
    let mut command = process::command("cargo");
    command.args(arguments).args(["--message-format", "json"]);
    lint(&mut command);
    command.stdin(Stdio::null()).stdout(create(&messages)?).stderr(create(&log)?);
    let mut child = process::spawn(&mut command)?;
    let status = process::wait(&mut child, &command)?;
    let built = BuildOutput::from_messages(&files::read_text(&messages)?);
    if status.success() {
        return Ok(built);
    }
    built.warnings.iter().for_each(|warning| println!("{warning}"));
    let end = process::last_lines(&files::read_text(&log)?);
    Err(Error::FailedWithLog { command: process::describe(&command), status, log, end })
}

impl BuildOutput {
    /// Parses Cargo's messages: one JSON object per line.
    fn from_messages(messages: &str) -> Self {
        let mut built = Self::default();
        for message in messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
            match message["reason"].as_str() {
                Some("compiler-message") => {
                    built.warnings.extend(message["message"]["rendered"].as_str().map(str::to_owned));
                }
                Some("compiler-artifact") => built.tests.extend(TestProgram::from_artifact(&message)),
                _ => {}
            }
        }
        built
    }
}

impl TestProgram {
    /// The test program of a `compiler-artifact` message; `None` if the artifact is no test.
    fn from_artifact(message: &Value) -> Option<Self> {
        let program = message["executable"].as_str().filter(|_| message["profile"]["test"] == true)?;
        let folder = Path::new(message["manifest_path"].as_str()?).parent()?;
        let package = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let target = message["target"]["name"].as_str()?;
        Some(Self { name: format!("{package}/{target}"), program: program.into(), folder: folder.to_owned() })
    }

    /// The name of the target: `it` of `import8-server/it`.
    pub(crate) fn target(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_and_warnings_are_found_in_cargos_messages() {
        let messages = r#"{"reason":"compiler-artifact","manifest_path":"/r/crates/a/Cargo.toml","target":{"name":"a"},"profile":{"test":false},"executable":"/t/a"}
{"reason":"compiler-artifact","manifest_path":"/r/crates/a/Cargo.toml","target":{"name":"it"},"profile":{"test":true},"executable":"/t/it-1"}
{"reason":"compiler-artifact","manifest_path":"/r/crates/a/Cargo.toml","target":{"name":"lib"},"profile":{"test":true},"executable":null}
{"reason":"compiler-message","message":{"rendered":"warning: unused"}}
{"reason":"build-finished","success":true}"#;
        let built = BuildOutput::from_messages(messages);
        assert_eq!(built.warnings, ["warning: unused"]);
        assert_eq!(
            built.tests,
            [TestProgram { name: "a/it".into(), program: "/t/it-1".into(), folder: "/r/crates/a".into() }]
        );
        assert_eq!(built.tests[0].target(), "it");
    }
}
