//! Python environments with fixed package versions, in the folder of the other tools.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::error::Error;
use crate::files;
use crate::process;
use crate::steps::{StepOutcome, Steps};
use crate::tools;

const PYTHON: &str = if cfg!(windows) { "python" } else { "python3" };
const PROGRAMS: &str = if cfg!(windows) { "Scripts" } else { "bin" };

/// A Python virtual environment.
pub(crate) struct Environment {
    folder: PathBuf,
}

impl Environment {
    /// Finds or creates the environment with `packages`, each with its version, such as `requests==2.34.2`. Its folder
    /// is named after the first of them.
    pub(crate) fn set_up(packages: &[&str], steps: &mut Steps) -> Result<Self, Error> {
        let name = packages[0].replace("==", "-");
        let environment = Self { folder: tools::folder()?.join(&name) };
        steps.run(&name, "30 s", || environment.provide(packages))?;
        Ok(environment)
    }

    fn provide(&self, packages: &[&str]) -> Result<StepOutcome, Error> {
        let stamp = self.folder.join("installed");
        let wanted = packages.join("\n");
        if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
            return Ok(StepOutcome::AlreadyThere);
        }
        let mut create = process::command(PYTHON);
        process::run_with_log(create.args(["-m", "venv", "--clear"]).arg(&self.folder), "venv")?;
        let mut install = self.command("python");
        process::run_with_log(install.args(["-m", "pip", "install"]).args(packages), "pip")?;
        // Last, because an interrupted installation must not look complete.
        files::write(&stamp, wanted.as_bytes())?;
        Ok(StepOutcome::Done("installed with pip"))
    }

    /// A command that runs one of the environment's programs. It writes no bytecode beside the sources.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = process::command(self.folder.join(PROGRAMS).join(program));
        command.env("PYTHONDONTWRITEBYTECODE", "1");
        command
    }
}
