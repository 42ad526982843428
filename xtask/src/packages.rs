//! System packages that tests need: interpreters, and Chromium where it can be installed.

use std::env;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::process;

/// The interpreters of the webhook receivers in other languages than Rust: the program and its Debian package.
const INTERPRETERS: [(&str, &str); 3] = [("python3", "python3"), ("node", "nodejs"), ("php", "php-cli")];

/// Finds the interpreters of the webhook receivers, and installs missing ones where that asks no question (see
/// [`install`]).
///
/// Fails with [`Error::NoInterpreters`] if one is still missing.
pub(crate) fn provide_interpreters() -> Result<(), Error> {
    let missing = || INTERPRETERS.into_iter().filter(|(program, _)| on_path(program).is_none());
    let packages: Vec<_> = missing().map(|(_, package)| package).collect();
    install(&packages)?;
    let programs: Vec<_> = missing().map(|(program, _)| program).collect();
    if programs.is_empty() {
        return Ok(());
    }
    Err(Error::NoInterpreters { programs: programs.join(", "), packages: packages.join(" ") })
}

/// Installs packages with `apt-get` if that exists and this runs as root, as in a container. Otherwise does nothing.
pub(crate) fn install(packages: &[&str]) -> Result<(), Error> {
    if packages.is_empty() || !may_install() {
        return Ok(());
    }
    println!("Installing {} with apt-get …", packages.join(" "));
    process::run_with_log(process::command("apt-get").arg("update"), "apt-get-update")?;
    let mut install = process::command("apt-get");
    install.args(["install", "-y"]).args(packages).env("DEBIAN_FRONTEND", "noninteractive");
    process::run_with_log(&mut install, "apt-get-install")
}

/// The path of a program on `PATH`.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&file)).find(|path| path.is_file())
}

fn may_install() -> bool {
    let is_root = || process::answer(process::command("id").arg("-u")).as_deref() == Some("0");
    Path::new("/usr/bin/apt-get").is_file() && is_root()
}
