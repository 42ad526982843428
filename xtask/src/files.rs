//! Files and folders, with errors that name them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// Where this program keeps stamps and logs.
pub(crate) fn scratch() -> PathBuf {
    target().join("xtask")
}

/// Cargo's target folder. This program lies in it (`target/debug/xtask`), so no setting can hide it.
pub(crate) fn target() -> PathBuf {
    let own = std::env::current_exe().unwrap_or_default();
    own.ancestors().nth(2).filter(|folder| folder.is_dir()).unwrap_or(Path::new("target")).to_owned()
}

pub(crate) fn read(path: impl AsRef<Path>) -> Result<Vec<u8>, Error> {
    fs::read(&path).map_err(naming(path.as_ref()))
}

pub(crate) fn read_text(path: impl AsRef<Path>) -> Result<String, Error> {
    fs::read_to_string(&path).map_err(naming(path.as_ref()))
}

/// Writes a file, and first the folder that it is in.
pub(crate) fn write(path: &Path, content: &[u8]) -> Result<(), Error> {
    path.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, content))
        .map_err(naming(path))
}

/// Every file at or below `path`, in order of name; none where nothing is.
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

/// For `map_err`: says which file it was.
pub(crate) fn naming(path: &Path) -> impl FnOnce(io::Error) -> Error {
    move |source| Error::File { path: path.to_owned(), source }
}

/// The end of a file's name: `wasm` of `app_bg.wasm`.
pub(crate) fn extension(path: &Path) -> &str {
    path.extension().and_then(|extension| extension.to_str()).unwrap_or_default()
}
