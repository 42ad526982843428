//! The import rules of ARCHITECTURE.md: which module may use which. Each rule is an absence.

use std::fs;
use std::path::{Path, PathBuf};

/// Files under a folder (or a file itself), the words that none of them may have, and why.
struct Rule(&'static str, &'static [&'static str], &'static str);

const RULES: [Rule; 16] = [
    Rule("src", &["crate::app", "use crate::{app"], "nothing imports `app` but `main`"),
    Rule("src", &["inner_html", "innerHTML"], "no text becomes markup"),
    Rule(
        "src",
        &["http://", "https://", "localhost"],
        "the API is on our own origin, and nothing else is called",
    ),
    Rule("src/components", &["crate::pages"], "components do not know the screens"),
    Rule("src/session.rs", &["crate::pages", "crate::components"], "the session does not know what shows it"),
    Rule(
        "src/api",
        &["crate::session", "crate::pages", "crate::components", "leptos"],
        "the client does not know its callers",
    ),
    Rule("src/pages", &[".secret()"], "no screen sees the key"),
    Rule("src/components", &[".secret()"], "no component sees the key"),
    Rule(
        "src/database.rs",
        &["crate::", "ApiKey", ".secret()"],
        "what is kept knows neither the API nor the key",
    ),
    Rule(
        "src/submissions.rs",
        &["crate::pages", "crate::components", ".secret()"],
        "what was sent does not know what shows it",
    ),
    Rule("src/load.rs", &["crate::pages", "crate::components"], "loading does not know what is loaded"),
    Rule(
        "src/format.rs",
        &["leptos", "crate::session", "crate::api", "as f64", "parse::<f64>"],
        "figures without signals or floats",
    ),
    Rule("src/routes.rs", &["crate::"], "addresses depend on nothing"),
    Rule(
        "crates/import8-api/src",
        &["std::fs", "std::net", "std::time", "f64", "f32", "web_sys", "tokio"],
        "the contract has no I/O, no clock and no floats",
    ),
    Rule(
        "crates/import8-server/src",
        &["import8_dashboard"],
        "the server does not know the dashboard's code",
    ),
    Rule(
        "crates/import8-server/src/engine",
        &["std::fs", "std::net", "std::time", "tokio", "sqlx", "axum", "crate::routes", "crate::database"],
        "the engine has no I/O",
    ),
];

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
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

fn has_any(code: &str, words: &[&str]) -> bool {
    words.iter().any(|word| code.contains(word))
}

#[test]
fn the_rules_find_what_they_look_for() {
    for Rule(folder, words, why) in RULES {
        let planted = format!("use {};", words[0]);
        assert!(has_any(&planted, words), "{why}");
        assert!(!sources(&root().join(folder)).is_empty(), "{folder} is empty");
    }
    assert!(is_import_of("use crate::pages::history::HistoryPage;", "history"));
    assert!(is_import_of("use crate::pages::{Draft, history::HistoryPage};", "history"));
    assert!(is_import_of("use super::history;", "history"));
    assert!(!is_import_of("use crate::pages::Draft;", "history"));
}

#[test]
fn imports_run_one_way() {
    let mut broken = Vec::new();
    for Rule(folder, words, why) in RULES {
        let files = sources(&root().join(folder)).into_iter().filter(|file| has_any(&code(file), words));
        broken.extend(files.map(|file| format!("{}: {why}", file.display())));
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// Whether code imports from the screen `name`.
fn is_import_of(code: &str, name: &str) -> bool {
    code.split(';')
        .filter(|statement| statement.contains("crate::pages::") || statement.contains("super::"))
        .any(|statement| statement.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name))
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
                let imports: String = code(&file).lines().filter(|line| line.starts_with("use ")).collect();
                assert!(!is_import_of(&imports, name), "{} imports the screen {name}", file.display());
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
