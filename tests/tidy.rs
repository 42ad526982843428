//! The import rules of ARCHITECTURE.md: which module may use which. Each rule is an absence.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::{Path, PathBuf};

/// Files under `folder` (or the file itself), and the words that none of them may have, with why.
const RULES: [(&str, &[&str], &str); 12] = [
    ("src/pages", &["crate::app"], "nothing imports `app` but `main`"),
    ("src/components", &["crate::app", "crate::pages"], "components do not know the screens"),
    (
        "src/session.rs",
        &["crate::app", "crate::pages", "crate::components"],
        "the session does not know what shows it",
    ),
    (
        "src/api.rs",
        &["crate::session", "crate::pages", "crate::components", "leptos"],
        "the API client does not know who calls it",
    ),
    ("src/load.rs", &["crate::pages", "crate::components"], "loading does not know what is loaded"),
    (
        "src/format.rs",
        &["leptos", "crate::session", "crate::api", "as f64", "parse::<f64>"],
        "figures are formatted without signals, and never as floats",
    ),
    ("src/routes.rs", &["crate::"], "addresses depend on nothing"),
    ("src/storage.rs", &["crate::"], "storage depends on nothing"),
    (
        "src",
        &["inner_html", "innerHTML", "localhost", "127.0.0.1"],
        "no text becomes markup, and the API is on our own origin",
    ),
    (
        "crates/import8-api/src",
        &["std::fs", "std::net", "std::time", "f64", "f32", "web_sys", "tokio"],
        "the contract has no I/O, no clock and no floats",
    ),
    ("crates/import8-server/src", &["import8_dashboard"], "the server does not know the dashboard's code"),
    (
        "crates/import8-server/src/engine",
        &["sqlx", "axum", "crate::routes", "crate::database"],
        "the engine is pure",
    ),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files under a path.
fn sources(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let entries = fs::read_dir(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir() || path.extension().is_some_and(|extension| extension == "rs"))
        .flat_map(|path| sources(&path))
        .collect()
}

/// The code of a file, without its comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn imports_run_one_way() {
    let mut broken = Vec::new();
    for (folder, words, why) in RULES {
        for file in sources(&root().join(folder)) {
            let code = code(&file);
            broken.extend(
                words
                    .iter()
                    .filter(|word| code.contains(**word))
                    .map(|word| format!("{}: {word}: {why}", file.display())),
            );
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn no_screen_imports_another() {
    let screens: Vec<_> = fs::read_dir(root().join("src/pages"))
        .expect("screens")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.file_name().is_some_and(|name| name != "mod.rs"))
        .collect();
    assert!(screens.len() >= 6, "the rule looks at nothing");
    for screen in &screens {
        for other in screens.iter().filter(|other| *other != screen) {
            let name = other.file_stem().and_then(|stem| stem.to_str()).expect("a name");
            for file in sources(screen) {
                let import = format!("crate::pages::{name}::");
                assert!(!code(&file).contains(&import), "{} imports the screen {name}", file.display());
            }
        }
    }
}

#[test]
fn screens_stay_readable() {
    for file in sources(&root().join("src")) {
        let lines = code(&file).lines().count();
        assert!(lines <= 420, "{} has {lines} lines: make it a folder of its parts", file.display());
    }
}
