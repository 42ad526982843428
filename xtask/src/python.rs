//! Python packages, each in an environment of its own beside the other tools.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::error::Error;
use crate::files;
use crate::process;
use crate::steps::{Outcome, Steps};
use crate::tools;

const PYTHON: &str = if cfg!(windows) { "python" } else { "python3" };
const PROGRAMS: &str = if cfg!(windows) { "Scripts" } else { "bin" };

/// A Python with some packages, each at one version.
pub(crate) struct Environment {
    folder: PathBuf,
}

impl Environment {
    /// Finds the environment for `packages`, such as `requests==2.34.2`, or makes it. It is named after
    /// the first of them.
    pub(crate) fn set_up(packages: &[&str], steps: &mut Steps) -> Result<Self, Error> {
        let name = packages[0].replace("==", "-");
        let environment = Self { folder: tools::folder()?.join(&name) };
        steps.run(&name, "30 s", || environment.provide(packages))?;
        Ok(environment)
    }

    fn provide(&self, packages: &[&str]) -> Result<Outcome, Error> {
        let stamp = self.folder.join("installed");
        let wanted = packages.join("\n");
        if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
            return Ok(Outcome::AlreadyThere);
        }
        let mut create = process::command(PYTHON);
        process::run_with_log(create.args(["-m", "venv", "--clear"]).arg(&self.folder), "venv")?;
        let mut install = self.command("python");
        process::run_with_log(install.args(["-m", "pip", "install"]).args(packages), "pip")?;
        // Last: an installation that was broken off must not look done.
        files::write(&stamp, wanted.as_bytes())?;
        Ok(Outcome::Done("installed with pip"))
    }

    /// A command of one of its programs, which leaves nothing beside the sources that it reads.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = process::command(self.folder.join(PROGRAMS).join(program));
        command.env("PYTHONDONTWRITEBYTECODE", "1");
        command
    }
}
