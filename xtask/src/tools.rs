//! The programs that a build needs besides Cargo, at exactly the versions that it needs.
//!
//! They go to a folder of the user, not of the repository, so that a second clone has them too, and
//! not to `~/.cargo/bin`, where they would replace the versions of another project.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::Error;
use crate::files;
use crate::process;
use crate::steps::{Outcome, Steps};

const WASM: &str = "wasm32-unknown-unknown";
const TRUNK: &str = "0.21.14";
/// Older ones do not know the instructions that Rust's compiler writes today.
const OLDEST_WASM_OPT: u32 = 116;
/// Binaryen on npm: WebAssembly that runs wherever Node.js does, installed in seconds.
const NPM_BINARYEN: &str = "132.0.0";
/// Binaryen on crates.io: C++, compiled in minutes.
const CRATE_WASM_OPT: &str = "0.116.1";

/// The tools, ready to be called.
pub(crate) struct Tools {
    folder: PathBuf,
    /// `PATH` with the tools in front, so that Trunk, which looks there, finds what it would download.
    path: OsString,
}

/// A tool that Cargo can install.
struct CargoTool<'a> {
    package: &'a str,
    version: &'a str,
    /// What it consists of; all of these must be of the version.
    programs: &'a [&'a str],
    options: &'a [&'a str],
}

impl Tools {
    /// How many steps [`Tools::set_up`] takes.
    pub(crate) const STEPS: usize = 4;

    /// Finds the tools, and installs those that are missing or of another version.
    pub(crate) fn set_up(steps: &mut Steps) -> Result<Self, Error> {
        let lock = files::read_text("Cargo.lock")?;
        // The program must be of the library's version, or it refuses the library's output.
        let bindgen =
            locked_version(&lock, "wasm-bindgen").ok_or(Error::NotLocked { package: "wasm-bindgen" })?;
        let trunk = CargoTool {
            package: "trunk",
            version: TRUNK,
            programs: &["trunk"],
            options: &["--locked", "--no-default-features", "--features", "rustls"],
        };
        let wasm_bindgen = CargoTool {
            package: "wasm-bindgen-cli",
            version: bindgen,
            programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
            options: &[],
        };
        let tools = Self::in_folder(folder()?, &[&trunk, &wasm_bindgen]);
        steps.run("WebAssembly target", "20 s", add_target)?;
        steps.run(&format!("Trunk {TRUNK}"), "4 min", || tools.provide(&trunk))?;
        steps.run(&format!("wasm-bindgen {bindgen}"), "2 min", || tools.provide(&wasm_bindgen))?;
        steps.run("wasm-opt", "5 s with npm, 10 min without", || tools.provide_wasm_opt())?;
        Ok(tools)
    }

    /// A command that finds the tools.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = process::command(program);
        command.env("PATH", &self.path);
        command
    }

    /// All versions: what a change of must lead to a new build.
    pub(crate) fn versions(&self) -> String {
        ["rustc", "trunk", "wasm-bindgen", "wasm-opt"]
            .map(|program| format!("{program} {}\n", self.version(program).unwrap_or_default()))
            .concat()
    }

    /// Puts each tool's folder in front of `PATH`, whether or not it is there yet.
    fn in_folder(folder: PathBuf, cargo_tools: &[&CargoTool<'_>]) -> Self {
        let mut places: Vec<_> = cargo_tools.iter().map(|tool| tool.root(&folder).join("bin")).collect();
        places.push(npm_root(&folder).join("node_modules/.bin"));
        places.push(wasm_opt_crate().root(&folder).join("bin"));
        let inherited = env::var_os("PATH").unwrap_or_default();
        places.extend(env::split_paths(&inherited));
        // Only a folder whose own name has the separator in it cannot be joined.
        let path = env::join_paths(places).unwrap_or(inherited);
        Self { folder, path }
    }

    fn provide(&self, tool: &CargoTool<'_>) -> Result<Outcome, Error> {
        if tool.programs.iter().all(|program| self.version(program).as_deref() == Some(tool.version)) {
            return Ok(Outcome::AlreadyThere);
        }
        let root = tool.root(&self.folder);
        // There is a binary for most systems, but nothing that must not fail hangs on it.
        if self.version("cargo-binstall").is_some() && tool.download(&root).is_ok() {
            return Ok(Outcome::Done("downloaded"));
        }
        tool.compile(&root)?;
        Ok(Outcome::Done("installed from source"))
    }

    fn provide_wasm_opt(&self) -> Result<Outcome, Error> {
        if self.has_wasm_opt() {
            return Ok(Outcome::AlreadyThere);
        }
        // An npm without a Node.js that is new enough succeeds, and is of no use.
        if npm_install(&npm_root(&self.folder)).is_ok() && self.has_wasm_opt() {
            return Ok(Outcome::Done("installed with npm"));
        }
        let tool = wasm_opt_crate();
        tool.compile(&tool.root(&self.folder))
            .map_err(|last| Error::NoWasmOpt { oldest: OLDEST_WASM_OPT, last: last.into() })?;
        Ok(Outcome::Done("installed from source"))
    }

    fn has_wasm_opt(&self) -> bool {
        self.version("wasm-opt")
            .and_then(|version| leading_number(&version))
            .is_some_and(|version| version >= OLDEST_WASM_OPT)
    }

    fn version(&self, program: &str) -> Option<String> {
        process::answer(self.command(program).arg("--version"))
            .and_then(|said| version_in(&said).map(str::to_owned))
    }
}

impl CargoTool<'_> {
    fn root(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{}-{}", self.programs[0], self.version))
    }

    fn download(&self, root: &Path) -> Result<(), Error> {
        let mut command = process::command("cargo");
        command.args(["binstall", "--no-confirm", "--root"]).arg(root);
        process::run_with_log(command.arg(format!("{}@{}", self.package, self.version)), self.package)
    }

    fn compile(&self, root: &Path) -> Result<(), Error> {
        let target = files::scratch().join("tools");
        let mut command = process::command("cargo");
        command
            .args(["install", self.package, "--version", self.version, "--root"])
            .arg(root)
            .args(self.options);
        // A tool runs for seconds and is compiled for minutes: the quickest profile wins.
        command
            .env("CARGO_TARGET_DIR", &target)
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "false");
        process::run_with_log(&mut command, self.package)?;
        std::fs::remove_dir_all(&target).map_err(files::naming(&target))
    }
}

fn wasm_opt_crate() -> CargoTool<'static> {
    CargoTool {
        package: "wasm-opt",
        version: CRATE_WASM_OPT,
        programs: &["wasm-opt"],
        options: &["--locked"],
    }
}

fn npm_root(folder: &Path) -> PathBuf {
    folder.join(format!("binaryen-{NPM_BINARYEN}"))
}

fn npm_install(root: &Path) -> Result<(), Error> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut command = process::command(npm);
    command.args(["install", "--no-audit", "--no-fund", "--prefix"]).arg(root);
    process::run_with_log(command.arg(format!("binaryen@{NPM_BINARYEN}")), "binaryen")
}

fn add_target() -> Result<Outcome, Error> {
    // Asked of the compiler, because one of a Linux distribution has its targets without rustup.
    let library =
        process::answer(process::command("rustc").args(["--print", "target-libdir", "--target", WASM]));
    if library.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(Outcome::AlreadyThere);
    }
    process::run_with_log(process::command("rustup").args(["target", "add", WASM]), "rustup")?;
    Ok(Outcome::Done("added"))
}

/// Where tools are kept between clones: the user's cache.
pub(crate) fn folder() -> Result<PathBuf, Error> {
    let variable = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = || {
        let cache = if cfg!(windows) { variable("LOCALAPPDATA") } else { variable("XDG_CACHE_HOME") };
        cache
            .or_else(|| variable("HOME").map(|home| home.join(".cache")))
            .map(|cache| cache.join("import8/tools"))
    };
    let folder = variable("IMPORT8_TOOLS").or_else(cache).ok_or(Error::NoToolFolder)?;
    std::path::absolute(&folder).map_err(files::naming(&folder))
}

/// The version of a package in a `Cargo.lock`.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

/// The version in what a program says to `--version`: its first word that begins with a digit.
fn version_in(said: &str) -> Option<&str> {
    said.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

fn leading_number(version: &str) -> Option<u32> {
    version.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locked_version_is_of_that_package_alone() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.5\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"registry\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "wasm"), None);
        assert_eq!(locked_version("name = \"wasm-bindgen\"", "wasm-bindgen"), None);
    }

    #[test]
    fn versions_are_found_in_what_the_tools_say() {
        assert_eq!(version_in("trunk 0.21.14"), Some("0.21.14"));
        assert_eq!(version_in("wasm-bindgen 0.2.130 (abc)"), Some("0.2.130"));
        assert_eq!(version_in("wasm-opt version 132 (version_132)"), Some("132"));
        assert_eq!(version_in("what?"), None);
        assert_eq!(leading_number("116-12-g0abc"), Some(116));
        assert_eq!(leading_number("main"), None);
    }

    #[test]
    fn own_tools_come_before_others() {
        let tools = Tools::in_folder("/tools".into(), &[&wasm_opt_crate()]);
        let first = env::split_paths(&tools.path).next();
        assert_eq!(first, Some(Path::new("/tools").join("wasm-opt-0.116.1/bin")));
    }
}
