//! File access whose errors name the path.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// The folder for stamps and logs: `target/xtask`.
pub(crate) fn scratch() -> PathBuf {
    target().join("xtask")
}

/// Cargo's target folder, derived from the path of this program, `target/debug/xtask`, so that it is right with any
/// setting.
pub(crate) fn target() -> PathBuf {
    let own = std::env::current_exe().unwrap_or_default();
    own.ancestors().nth(2).filter(|folder| folder.is_dir()).unwrap_or(Path::new("target")).to_owned()
}

/// Reads a file.
pub(crate) fn read(path: impl AsRef<Path>) -> Result<Vec<u8>, Error> {
    fs::read(&path).map_err(naming(path.as_ref()))
}

/// Reads a file of UTF-8 text.
pub(crate) fn read_text(path: impl AsRef<Path>) -> Result<String, Error> {
    fs::read_to_string(&path).map_err(naming(path.as_ref()))
}

/// Writes a file; creates its folder if necessary.
pub(crate) fn write(path: &Path, content: &[u8]) -> Result<(), Error> {
    path.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, content))
        .map_err(naming(path))
}

/// The file `path`, or all files below the folder `path`, in order of name. Empty if neither exists.
pub(crate) fn below(path: &Path) -> Result<Vec<PathBuf>, Error> {
    if !path.is_dir() {
        return Ok(path.is_file().then(|| path.to_owned()).into_iter().collect());
    }
    let entries = fs::read_dir(path)
        .and_then(|entries| entries.collect::<io::Result<Vec<_>>>())
        .map_err(naming(path))?;
    let mut entries: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    entries.sort();
    entries.iter().try_fold(Vec::new(), |mut found, entry| {
        found.extend(below(entry)?);
        Ok(found)
    })
}

/// Makes a path of the command line absolute, because it is relative to the caller's folder, which each command leaves.
pub(crate) fn absolute(path: &str) -> io::Result<PathBuf> {
    std::path::absolute(path)
}

/// Converts an I/O error into an [`Error::File`] for `path`; for `map_err`.
pub(crate) fn naming(path: &Path) -> impl FnOnce(io::Error) -> Error {
    move |source| Error::File { path: path.to_owned(), source }
}

/// The extension of a file name, `wasm` for `app_bg.wasm`; empty if there is none.
pub(crate) fn extension(path: &Path) -> &str {
    path.extension().and_then(|extension| extension.to_str()).unwrap_or_default()
}
