//! Test that the documents name only files and folders that exist.

use std::fs;
use std::path::{Path, PathBuf};

/// The folders whose documents are read: the root, the folder for documents, and the benchmark's.
const FOLDERS: [&str; 3] = ["", "docs", "bench"];

/// File endings: a name in backticks with one of them counts as a file, even without a folder.
const ENDINGS: [&str; 8] = [".rs", ".md", ".toml", ".lock", ".html", ".css", ".csv", ".py"];

/// Names that are not files of this tree: created at run time, or names of something else.
const ELSEWHERE: [&str; 2] = ["data/first-key", "application/json"];

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn documents() -> Vec<PathBuf> {
    let files = FOLDERS.iter().flat_map(|folder| fs::read_dir(root().join(folder)).expect("a folder"));
    files
        .map(|file| file.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect()
}

/// The text without its fenced blocks, which contain commands and code.
fn prose(text: &str) -> String {
    text.split("```").step_by(2).collect()
}

/// The spans in backticks that name a file or folder. Commands contain blanks; addresses and routes begin with a
/// slash or have a scheme.
fn paths(prose: &str) -> impl Iterator<Item = &str> {
    prose.split('`').skip(1).step_by(2).filter(|span| {
        let is_one_word = !span.contains(|c: char| c.is_whitespace() || "<>()*…".contains(c));
        let has_folder = span.contains('/') && !span.starts_with('/') && !span.contains("://");
        is_one_word
            && (has_folder || ENDINGS.iter().any(|ending| span.ends_with(ending)))
            && !ELSEWHERE.contains(span)
    })
}

/// The targets of links within this tree.
fn links(prose: &str) -> impl Iterator<Item = &str> {
    let targets = prose.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    targets.map(|(target, _)| target).filter(|target| !target.contains("://") && !target.starts_with('#'))
}

#[test]
fn every_named_path_exists() {
    let mut missing = Vec::new();
    let mut found = 0;
    for document in documents() {
        let text = fs::read_to_string(&document).expect("a document");
        let prose = prose(&text);
        let folder = document.parent().expect("a folder");
        let named = paths(&prose).map(|path| (path, root().join(path)));
        for (name, path) in named.chain(links(&prose).map(|link| (link, folder.join(link)))) {
            found += 1;
            if !path.exists() {
                missing.push(format!("{}: {name}", document.display()));
            }
        }
    }
    assert!(missing.is_empty(), "these do not exist:\n{}", missing.join("\n"));
    assert!(found > 50, "only {found} paths were found: the documents are read in another form");
}

#[test]
fn what_names_a_path_is_recognized() {
    let check = |prose: &str, expected: &[&str]| {
        assert_eq!(paths(prose).collect::<Vec<_>>(), expected, "{prose}");
    };
    check("`src/app.rs` and `Cargo.toml`", &["src/app.rs", "Cargo.toml"]);
    check("`GET /v1/me`, `/api/openapi.json`, `https://import8.nl/api`, `pending`", &[]);
    check("`12.8 % + 303.4 EUR/100 kg`, `data/first-key`", &[]);
    assert_eq!(links("[a](docs/style.md), [b](https://rustup.rs)").collect::<Vec<_>>(), ["docs/style.md"]);
    assert_eq!(prose("a ```sh\n`b`\n``` c"), "a  c");
}
