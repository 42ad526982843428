//! The programs that a build needs besides Cargo, at fixed versions.
//!
//! They are installed in the user's cache, so that clones share them, and not in `~/.cargo/bin`, where they would
//! replace the versions of another project. wasm-bindgen's programs are built with the workspace, at the version of
//! `Cargo.lock`.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;

use crate::error::Error;
use crate::files;
use crate::process;
use crate::steps::{StepOutcome, Steps};

const WASM: &str = "wasm32-unknown-unknown";
const TRUNK: &str = "0.21.14";
/// The oldest major version of `wasm-opt` that knows the instructions which Rust's compiler emits.
const OLDEST_WASM_OPT: u32 = 116;
/// The version of Binaryen's npm package: WebAssembly that Node.js runs, installed in seconds.
const BINARYEN: &str = "132.0.0";
/// The checksum of that package. npm refuses a download with another one.
const BINARYEN_INTEGRITY: &str =
    "sha512-4Usg7yEvwO3FMso3Oov6qkOOHSod1IEv+boKkh77kTljM+eNBouqCTbqWswGzbG+vDNO/b/v2C4gfEh1WgB9Lg==";
/// The package of this workspace with wasm-bindgen's programs.
const WASM_BINDGEN: &str = "wasm-bindgen-programs";

/// A tool that can be requested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tool {
    /// The standard library for WebAssembly.
    Target,
    /// The source of that library, for compiling it for size. Without it the build works but is larger.
    LibrarySource,
    /// The optimizer of WebAssembly. Without it the build works but is larger.
    Binaryen,
    /// Trunk, which serves the dashboard with live reload.
    Trunk,
    /// `wasm-bindgen`, for Trunk, and `wasm-bindgen-test-runner`.
    WasmBindgen,
}

/// The installed tools.
pub(crate) struct Tools {
    folder: PathBuf,
    /// `PATH` with the tools first, so that Trunk finds wasm-bindgen there and does not download it.
    path: OsString,
}

impl Tools {
    /// Finds the tools, and installs those of `wanted` that are missing or have another version. Each is a step.
    pub(crate) fn set_up(wanted: &[Tool], steps: &mut Steps) -> Result<Self, Error> {
        let tools = Self::in_folder(folder()?);
        for tool in wanted {
            tools.provide(*tool, steps)?;
        }
        Ok(tools)
    }

    /// A command with the tools on its `PATH`.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = process::command(program);
        command.env("PATH", &self.path);
        command
    }

    /// The argument for the bundler's `--binaryen`: a recent `wasm-opt` on `PATH`, else the npm package; `None` if
    /// there is neither.
    pub(crate) fn binaryen(&self) -> Option<PathBuf> {
        let has_wasm_opt = self
            .version("wasm-opt")
            .and_then(|version| leading_number(&version))
            .is_some_and(|version| version >= OLDEST_WASM_OPT);
        let package = binaryen_root(&self.folder).join("node_modules/binaryen/index.js");
        if has_wasm_opt { Some("wasm-opt".into()) } else { Some(package).filter(|package| package.is_file()) }
    }

    /// Whether the standard library can be compiled with the dashboard. `IMPORT8_PLAIN_STD` in the environment
    /// forbids it.
    pub(crate) fn has_library_source(&self) -> bool {
        let sysroot = process::answer(process::command("rustc").args(["--print", "sysroot"]));
        let manifest = "lib/rustlib/src/rust/library/std/Cargo.toml";
        !is_plain_std() && sysroot.is_some_and(|sysroot| Path::new(sysroot.trim()).join(manifest).is_file())
    }

    /// The versions that a build depends on, as one text to compare. wasm-bindgen's version is in `Cargo.lock`.
    pub(crate) fn versions(&self) -> String {
        format!("{:?} {:?} {}", self.version("rustc"), self.binaryen(), self.has_library_source())
    }

    /// The tools in `folder`. Each tool's folder goes first on `PATH`, whether or not it exists yet.
    fn in_folder(folder: PathBuf) -> Self {
        let mut places = vec![trunk_root(&folder).join("bin"), files::target().join("debug")];
        let inherited = env::var_os("PATH").unwrap_or_default();
        places.extend(env::split_paths(&inherited));
        // This fails only if a folder's name contains the separator.
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

    fn provide_trunk(&self) -> Result<StepOutcome, Error> {
        if self.version("trunk").as_deref() == Some(TRUNK) {
            return Ok(StepOutcome::AlreadyThere);
        }
        let root = trunk_root(&self.folder);
        let target = files::scratch().join("tools");
        let mut command = process::command("cargo");
        // Without TLS, because Trunk finds on `PATH` what it would otherwise download.
        command.args(["install", "trunk", "--version", TRUNK, "--locked", "--no-default-features", "--root"]);
        // Trunk runs for seconds and compiles for minutes, so the profile is the quickest to compile.
        command
            .arg(root)
            .env("CARGO_TARGET_DIR", &target)
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "false");
        process::run_with_log(&mut command, "trunk")?;
        std::fs::remove_dir_all(&target).map_err(files::naming(&target))?;
        Ok(StepOutcome::Done("installed from source"))
    }

    fn provide_library_source(&self) -> StepOutcome {
        if is_plain_std() {
            return StepOutcome::Missing(
                "IMPORT8_PLAIN_STD is set, so the dashboard will be a twentieth larger",
            );
        }
        if self.has_library_source() {
            return StepOutcome::AlreadyThere;
        }
        let mut command = process::command("rustup");
        match process::run_with_log(command.args(["component", "add", "rust-src"]), "rustup") {
            Ok(()) if self.has_library_source() => StepOutcome::Done("added"),
            _ => StepOutcome::Missing("rustup could not add it, so the dashboard will be a twentieth larger"),
        }
    }

    fn provide_binaryen(&self) -> StepOutcome {
        if self.binaryen().is_some() {
            return StepOutcome::AlreadyThere;
        }
        // Without Binaryen the dashboard is a tenth larger, which is no reason not to start.
        match install_binaryen(&binaryen_root(&self.folder)) {
            Ok(()) if self.binaryen().is_some() => StepOutcome::Done("installed with npm"),
            _ => StepOutcome::Missing("npm could not install it, so the dashboard will be a tenth larger"),
        }
    }

    /// The version that a program prints for `--version`; `None` if it does not start.
    fn version(&self, program: &str) -> Option<String> {
        process::answer(self.command(program).arg("--version"))
            .and_then(|output| version_in(&output).map(str::to_owned))
    }
}

/// Whether the standard library is used as the compiler provides it.
fn is_plain_std() -> bool {
    env::var_os("IMPORT8_PLAIN_STD").is_some_and(|value| !value.is_empty())
}

fn trunk_root(folder: &Path) -> PathBuf {
    folder.join(format!("trunk-{TRUNK}"))
}

fn binaryen_root(folder: &Path) -> PathBuf {
    folder.join(format!("binaryen-{BINARYEN}"))
}

/// Installs the npm package if it has the known checksum. The folder `root` exists only once it is complete.
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
    process::run_with_log(&mut npm_ci(&unfinished), "binaryen")?;
    if root.is_dir() {
        std::fs::remove_dir_all(root).map_err(files::naming(root))?;
    }
    std::fs::rename(&unfinished, root).map_err(files::naming(root))
}

/// The command that installs the packages of the lock file in `folder`.
pub(crate) fn npm_ci(folder: &Path) -> Command {
    let mut command = npm();
    command.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(folder);
    command
}

/// npm's command.
pub(crate) fn npm() -> Command {
    process::command(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

fn build_wasm_bindgen() -> Result<StepOutcome, Error> {
    let mut command = process::command("cargo");
    process::run_with_log(command.args(["build", "-p", WASM_BINDGEN]), WASM_BINDGEN)?;
    Ok(StepOutcome::Done("built"))
}

fn add_target() -> Result<StepOutcome, Error> {
    // Ask the compiler, because a Linux distribution's compiler has its targets without rustup.
    let library =
        process::answer(process::command("rustc").args(["--print", "target-libdir", "--target", WASM]));
    if library.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(StepOutcome::AlreadyThere);
    }
    process::run_with_log(process::command("rustup").args(["target", "add", WASM]), "rustup")?;
    Ok(StepOutcome::Done("added"))
}

/// The folder for tools: `IMPORT8_TOOLS`, else `import8/tools` in the user's cache folder.
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

/// The version in the output of `--version`: the first word that begins with a digit.
fn version_in(output: &str) -> Option<&str> {
    output.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))
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
