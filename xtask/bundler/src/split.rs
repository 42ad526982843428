//! Splits the dashboard's one file into the parts that `src/screens.rs` marks, so that a first visit downloads only
//! what it shows.

use std::path::Path;

use anyhow::{Context, anyhow};
use wasm_split_cli_support::{Options, transform};

use crate::files::Files;

/// The main file, and the parts with the script that loads them.
pub(crate) fn split(name: &str, whole: &[u8]) -> anyhow::Result<(Vec<u8>, Files)> {
    let folder = tempfile::tempdir()?;
    let main_name = format!("{name}.wasm");
    let (main, glue) = (folder.path().join(&main_name), format!("./{name}.js"));
    let mut options = Options::new(whole);
    options.output_dir = folder.path();
    options.main_out_path = &main;
    options.main_module = &glue;
    transform(options).map_err(|error| anyhow!("the dashboard could not be split: {error:#}"))?;
    let mut parts = read_folder(folder.path())?;
    let main = parts.remove(&main_name).context("splitting has left no main file")?;
    Ok((main, parts))
}

/// All files below a folder.
pub(crate) fn read_folder(folder: &Path) -> anyhow::Result<Files> {
    let mut files = Files::new();
    for entry in fs_err::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().into_string().map_err(|name| anyhow!("{name:?} is no text"))?;
        if entry.file_type()?.is_dir() {
            let below = read_folder(&entry.path())?;
            files.extend(below.into_iter().map(|(path, content)| (format!("{name}/{path}"), content)));
        } else {
            files.insert(name, fs_err::read(entry.path())?);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_read_with_all_that_is_below_it() {
        let folder = tempfile::tempdir().expect("a folder");
        fs_err::create_dir_all(folder.path().join("snippets/a")).expect("a folder");
        fs_err::write(folder.path().join("app.js"), "script").expect("a file");
        fs_err::write(folder.path().join("snippets/a/inline.js"), "snippet").expect("a file");
        let files = read_folder(folder.path()).expect("files");
        assert_eq!(files.keys().collect::<Vec<_>>(), ["app.js", "snippets/a/inline.js"]);
    }

    #[test]
    fn what_is_not_webassembly_is_an_error_that_says_so() {
        let error = split("app", b"text").expect_err("an error").to_string();
        assert!(error.starts_with("the dashboard could not be split: "), "{error}");
    }
}
