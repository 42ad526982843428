//! Chromium and its driver, for the tests that need a browser.

use std::env;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::process;

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
        if may_install() {
            println!("Installing Chromium with apt-get …");
            process::run_with_log(process::command("apt-get").arg("update"), "apt-get-update")?;
            let mut install = process::command("apt-get");
            install
                .args(["install", "-y", "chromium", "chromium-driver"])
                .env("DEBIAN_FRONTEND", "noninteractive");
            process::run_with_log(&mut install, "apt-get-install")?;
        }
        Self::find().ok_or(Error::NoBrowser)
    }

    fn find() -> Option<Self> {
        Some(Self { chrome: locate("CHROME", &CHROMES)?, driver: locate("CHROMEDRIVER", &["chromedriver"])? })
    }
}

/// A program by the variable that names its path, else by the first of its names that is on `PATH`.
fn locate(variable: &str, names: &[&str]) -> Option<PathBuf> {
    let named = env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file());
    named.or_else(|| names.iter().find_map(|name| on_path(name)))
}

fn on_path(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&file)).find(|path| path.is_file())
}

/// Whether this is a Debian where packages may be installed: a container, usually.
fn may_install() -> bool {
    let is_root = || process::answer(process::command("id").arg("-u")).as_deref() == Some("0");
    Path::new("/usr/bin/apt-get").is_file() && is_root()
}
