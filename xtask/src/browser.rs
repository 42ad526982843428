//! Chromium and its driver, for the tests that need a browser.

use std::env;
use std::path::PathBuf;

use crate::error::Error;
use crate::packages;

const CHROMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// A browser and the program that drives it.
pub(crate) struct Browser {
    pub(crate) chrome: PathBuf,
    pub(crate) driver: PathBuf,
}

impl Browser {
    /// Finds them, or installs them where that can be done without asking.
    pub(crate) fn set_up() -> Result<Self, Error> {
        if let Some(found) = Self::find() {
            return Ok(found);
        }
        packages::install(&["chromium", "chromium-driver"])?;
        Self::find().ok_or(Error::NoBrowser)
    }

    fn find() -> Option<Self> {
        Some(Self { chrome: locate("CHROME", &CHROMES)?, driver: locate("CHROMEDRIVER", &["chromedriver"])? })
    }
}

/// A program by the variable that names its path, else by the first of its names that is on `PATH`.
fn locate(variable: &str, names: &[&str]) -> Option<PathBuf> {
    let named = env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file());
    named.or_else(|| names.iter().find_map(|name| packages::on_path(name)))
}
