//! Programs of the system's own packages, which tests need.

use std::env;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::process;

/// What runs the webhook receivers that are not in Rust: a program, and the package that has it.
const INTERPRETERS: [(&str, &str); 3] = [("python3", "python3"), ("node", "nodejs"), ("php", "php-cli")];

/// Finds what runs the webhook receivers, and installs what is missing where that can be done without
/// asking.
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

/// Installs packages on a Debian where that may be done: in a container, usually. Elsewhere it does nothing.
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

/// Where a program is, if `PATH` has it.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&file)).find(|path| path.is_file())
}

fn may_install() -> bool {
    let is_root = || process::answer(process::command("id").arg("-u")).as_deref() == Some("0");
    Path::new("/usr/bin/apt-get").is_file() && is_root()
}
