//! Tests of the bundler as a program, on a page with a worker only.

use std::path::Path;
use std::process::{Command, Output};

/// An empty module.
const WASM: &[u8] = b"\0asm\x01\0\0\0";

const PAGE: &str = r#"<head>
<link data-trunk rel="inline" href="main.css">
<link data-trunk rel="rust" data-bin="sheets" data-type="worker">
</head>"#;

fn bundle(folder: &Path, options: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bundler"));
    command.current_dir(folder).args(["--wasm", ".", "--out", "dist"]).args(options);
    command.output().expect("the bundler")
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in
        [("index.html", PAGE.as_bytes()), ("main.css", b"p { margin: 0 }"), ("sheets.wasm", WASM)]
    {
        fs_err::write(folder.path().join(name), content).expect(name);
    }
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs_err::read_dir(folder.join("dist")).expect("the bundle");
    let names = entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"));
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

#[test]
fn a_page_is_bundled_for_release_and_for_development() {
    let folder = folder();
    let output = bundle(folder.path(), &[]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let files = ["index.html", "sheets.js", "sheets_bg.wasm", "sheets_loader.js"];
    let compressed = files.map(|name| [name.to_owned(), format!("{name}.br"), format!("{name}.gz")]);
    assert_eq!(names(folder.path()), compressed.concat());
    let page = fs_err::read_to_string(folder.path().join("dist/index.html")).expect("the page");
    assert_eq!(page, "<head>\n<style>p { margin: 0 }</style>\n</head>");

    let output = bundle(folder.path(), &["--effort", "debug"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(names(folder.path()), files);
}

#[test]
fn what_fails_leaves_the_last_bundle_as_it_was() {
    let folder = folder();
    assert!(bundle(folder.path(), &["--effort", "debug"]).status.success());
    let before = names(folder.path());
    fs_err::write(folder.path().join("sheets.wasm"), "no WebAssembly").expect("a file");
    let output = bundle(folder.path(), &["--effort", "debug"]);
    assert!(!output.status.success());
    assert_eq!(names(folder.path()), before);
}
