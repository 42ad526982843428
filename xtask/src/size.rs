//! `cargo xtask size`: the size of the dashboard's files, held against their budgets.

use std::fs;
use std::path::{Path, PathBuf};

use crate::budgets::{self, Excess, LoadPhase, SizedFile};
use crate::dashboard::{self, DIST};
use crate::error::Error;
use crate::files;

/// The extensions of the files that a browser loads.
const LOADED: [&str; 4] = ["css", "html", "js", "wasm"];

/// Prints the size of each file by when it is downloaded. Fails with [`Error::OverBudget`] if a budget is exceeded.
pub(crate) fn print_and_check() -> Result<(), Error> {
    let files = built_files()?;
    for phase in LoadPhase::ALL {
        println!("\n{:>10}  {:>10}  {}", "raw", "brotli", phase.title());
        let mut total = 0;
        for (path, file) in files.iter().filter(|(_, file)| file.phase == phase) {
            total += file.bytes;
            println!("{:>10}  {:>10}  {}", length(path)?, file.bytes, path.display());
        }
        println!("{:>10}  {total:>10}", "");
    }
    verdict(&files)
}

/// Fails with [`Error::OverBudget`] if a budget is exceeded, and with [`Error::NotBuilt`] without a release build.
pub(crate) fn check() -> Result<(), Error> {
    verdict(&built_files()?)
}

fn verdict(files: &[(PathBuf, SizedFile)]) -> Result<(), Error> {
    let files: Vec<_> = files.iter().map(|(_, file)| file.clone()).collect();
    let exceeded = budgets::exceeded(&files);
    if exceeded.is_empty() { Ok(()) } else { Err(Error::OverBudget(lines(&exceeded))) }
}

fn lines(exceeded: &[Excess]) -> String {
    exceeded.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The files of [`DIST`] that a browser loads.
fn built_files() -> Result<Vec<(PathBuf, SizedFile)>, Error> {
    if !dashboard::is_built() {
        return Err(Error::NotBuilt);
    }
    let mut paths = files::below(Path::new(DIST))?;
    paths.retain(|path| LOADED.contains(&files::extension(path)));
    let sized = |path: PathBuf| {
        let sent = length(&path.with_extension(format!("{}.br", files::extension(&path))))?;
        Ok((path.clone(), SizedFile::new(&path, sent)))
    };
    paths.into_iter().map(sized).collect()
}

fn length(path: &Path) -> Result<u64, Error> {
    fs::metadata(path).map(|file| file.len()).map_err(|_| Error::NotBuilt)
}
