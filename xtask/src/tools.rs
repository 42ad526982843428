//! The programs that a build needs besides Cargo, at exactly the versions that it needs.
//!
//! They go to a folder of the user, not of the repository, so that a second clone has them too, and
//! not to `~/.cargo/bin`, where they would replace the versions of another project. wasm-bindgen's programs
//! are built with the rest of the workspace, from the library's own version.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;

use crate::error::Error;
use crate::files;
use crate::process;
use crate::steps::{Outcome, Steps};

const WASM: &str = "wasm32-unknown-unknown";
const TRUNK: &str = "0.21.14";
/// Older ones do not know the instructions that Rust's compiler writes today.
const OLDEST_WASM_OPT: u32 = 116;
/// Binaryen on npm: WebAssembly that runs wherever Node.js does, installed in seconds.
const BINARYEN: &str = "132.0.0";
/// The checksum of that package, which npm holds its download against.
const BINARYEN_INTEGRITY: &str =
    "sha512-4Usg7yEvwO3FMso3Oov6qkOOHSod1IEv+boKkh77kTljM+eNBouqCTbqWswGzbG+vDNO/b/v2C4gfEh1WgB9Lg==";
/// wasm-bindgen's programs, a package of this workspace.
const WASM_BINDGEN: &str = "wasm-bindgen-programs";

/// What can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tool {
    /// The compiler's library for WebAssembly.
    Target,
    /// The source of that library, to compile it for size; a build without it is larger, and works.
    LibrarySource,
    /// What makes WebAssembly smaller; a build without it is larger, and works.
    Binaryen,
    /// What serves the dashboard while it is changed.
    Trunk,
    /// `wasm-bindgen`, for Trunk, and `wasm-bindgen-test-runner`.
    WasmBindgen,
}

/// The tools, ready to be called.
pub(crate) struct Tools {
    folder: PathBuf,
    /// `PATH` with the tools in front, so that Trunk, which looks there, finds what it would download.
    path: OsString,
}

impl Tools {
    /// Finds the tools, and installs those of `wanted` that are missing or of another version, a step each.
    pub(crate) fn set_up(wanted: &[Tool], steps: &mut Steps) -> Result<Self, Error> {
        let tools = Self::in_folder(folder()?);
        for tool in wanted {
            tools.provide(*tool, steps)?;
        }
        Ok(tools)
    }

    /// A command that finds the tools.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = process::command(program);
        command.env("PATH", &self.path);
        command
    }

    /// Binaryen, as the bundler wants to be told of it: a `wasm-opt` that is there already, else the package.
    pub(crate) fn binaryen(&self) -> Option<PathBuf> {
        let has_wasm_opt = self
            .version("wasm-opt")
            .and_then(|version| leading_number(&version))
            .is_some_and(|version| version >= OLDEST_WASM_OPT);
        let package = binaryen_root(&self.folder).join("node_modules/binaryen/index.js");
        if has_wasm_opt { Some("wasm-opt".into()) } else { Some(package).filter(|package| package.is_file()) }
    }

    /// Whether the standard library can be compiled with the dashboard. `IMPORT8_PLAIN_STD` says not to.
    pub(crate) fn has_library_source(&self) -> bool {
        let sysroot = process::answer(process::command("rustc").args(["--print", "sysroot"]));
        let manifest = "lib/rustlib/src/rust/library/std/Cargo.toml";
        !is_plain_std() && sysroot.is_some_and(|sysroot| Path::new(sysroot.trim()).join(manifest).is_file())
    }

    /// What a change of must lead to a new build. wasm-bindgen's version is in `Cargo.lock`.
    pub(crate) fn versions(&self) -> String {
        format!("{:?} {:?} {}", self.version("rustc"), self.binaryen(), self.has_library_source())
    }

    /// Puts each tool's folder in front of `PATH`, whether or not it is there yet.
    fn in_folder(folder: PathBuf) -> Self {
        let mut places = vec![trunk_root(&folder).join("bin"), files::target().join("debug")];
        let inherited = env::var_os("PATH").unwrap_or_default();
        places.extend(env::split_paths(&inherited));
        // Only a folder whose own name has the separator in it cannot be joined.
        let path = env::join_paths(places).unwrap_or(inherited);
        Self { folder, path }
    }

    fn provide(&self, tool: Tool, steps: &mut Steps) -> Result<(), Error> {
        match tool {
            Tool::Target => steps.run("WebAssembly target", "5 s", add_target),
            Tool::LibrarySource => {
                steps.run("Standard library's source", "5 s", || Ok(self.provide_library_source()))
            }
            Tool::Binaryen => steps.run("Binaryen", "5 s", || Ok(self.provide_binaryen())),
            Tool::Trunk => steps.run(&format!("Trunk {TRUNK}"), "4 min", || self.provide_trunk()),
            Tool::WasmBindgen => steps.run("wasm-bindgen", "2 min", build_wasm_bindgen),
        }
    }

    fn provide_trunk(&self) -> Result<Outcome, Error> {
        if self.version("trunk").as_deref() == Some(TRUNK) {
            return Ok(Outcome::AlreadyThere);
        }
        let root = trunk_root(&self.folder);
        let target = files::scratch().join("tools");
        let mut command = process::command("cargo");
        // Without TLS, because it finds on `PATH` what it would download.
        command.args(["install", "trunk", "--version", TRUNK, "--locked", "--no-default-features", "--root"]);
        // It runs for seconds and is compiled for minutes: the quickest profile wins.
        command
            .arg(root)
            .env("CARGO_TARGET_DIR", &target)
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "false");
        process::run_with_log(&mut command, "trunk")?;
        std::fs::remove_dir_all(&target).map_err(files::naming(&target))?;
        Ok(Outcome::Done("installed from source"))
    }

    fn provide_library_source(&self) -> Outcome {
        if is_plain_std() {
            return Outcome::Missing("IMPORT8_PLAIN_STD is set, so the dashboard will be a twentieth larger");
        }
        if self.has_library_source() {
            return Outcome::AlreadyThere;
        }
        let mut command = process::command("rustup");
        match process::run_with_log(command.args(["component", "add", "rust-src"]), "rustup") {
            Ok(()) if self.has_library_source() => Outcome::Done("added"),
            _ => Outcome::Missing("rustup could not add it, so the dashboard will be a twentieth larger"),
        }
    }

    fn provide_binaryen(&self) -> Outcome {
        if self.binaryen().is_some() {
            return Outcome::AlreadyThere;
        }
        // What cannot be had makes the dashboard a tenth larger, and is no reason not to start.
        match install_binaryen(&binaryen_root(&self.folder)) {
            Ok(()) if self.binaryen().is_some() => Outcome::Done("installed with npm"),
            _ => Outcome::Missing("npm could not install it, so the dashboard will be a tenth larger"),
        }
    }

    fn version(&self, program: &str) -> Option<String> {
        process::answer(self.command(program).arg("--version"))
            .and_then(|said| version_in(&said).map(str::to_owned))
    }
}

/// Whether the standard library is to be used as it comes with the compiler.
fn is_plain_std() -> bool {
    env::var_os("IMPORT8_PLAIN_STD").is_some_and(|value| !value.is_empty())
}

fn trunk_root(folder: &Path) -> PathBuf {
    folder.join(format!("trunk-{TRUNK}"))
}

fn binaryen_root(folder: &Path) -> PathBuf {
    folder.join(format!("binaryen-{BINARYEN}"))
}

/// Has npm download the package, and refuse it if it is not the one whose checksum is known. It is put in its
/// place when it is complete.
fn install_binaryen(root: &Path) -> Result<(), Error> {
    let unfinished = root.with_extension("unfinished");
    let dependency = json!({ "binaryen": BINARYEN });
    let locked = json!({ "version": BINARYEN, "integrity": BINARYEN_INTEGRITY });
    let lock = json!({
        "lockfileVersion": 3,
        "packages": { "": { "dependencies": dependency }, "node_modules/binaryen": locked },
    });
    let package = json!({ "private": true, "dependencies": dependency });
    for (name, content) in [("package.json", package), ("package-lock.json", lock)] {
        files::write(&unfinished.join(name), content.to_string().as_bytes())?;
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut command = process::command(npm);
    command.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(&unfinished);
    process::run_with_log(&mut command, "binaryen")?;
    if root.is_dir() {
        std::fs::remove_dir_all(root).map_err(files::naming(root))?;
    }
    std::fs::rename(&unfinished, root).map_err(files::naming(root))
}

fn build_wasm_bindgen() -> Result<Outcome, Error> {
    let mut command = process::command("cargo");
    process::run_with_log(command.args(["build", "-p", WASM_BINDGEN]), WASM_BINDGEN)?;
    Ok(Outcome::Done("built"))
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
        let tools = Tools::in_folder("/tools".into());
        let first = env::split_paths(&tools.path).next();
        assert_eq!(first, Some(trunk_root(Path::new("/tools")).join("bin")));
    }
}
