//! The dashboard's release build, by Cargo and then by the bundler.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::Error;
use crate::files;
use crate::process;
use crate::steps::StepOutcome;
use crate::tools::{Tool, Tools};

/// The tools that the release build needs.
pub(crate) const TOOLS: [Tool; 3] = [Tool::Target, Tool::LibrarySource, Tool::Binaryen];
/// The folder that the bundler writes and the server serves.
pub(crate) const DIST: &str = "dist";
/// The package that turns compiled WebAssembly into the files of [`DIST`].
pub(crate) const BUNDLER: &str = "bundler";
const TARGET: &str = "wasm32-unknown-unknown";
/// The compiler flag that marks where the program is split. With it `build.rs` has the linker keep relocations.
/// Further flags are in `.cargo/config.toml`.
const SPLIT: &str = "--cfg split_screens";

/// The options that compile the standard library for size, with the dashboard. A panic then ends the program without
/// a message; `cargo xtask dev` builds with messages.
const SMALL_STD: [&str; 2] = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];
const SMALL_STD_FLAGS: &str = "-Zunstable-options -Cpanic=immediate-abort";

/// The files and folders from which the dashboard is built: a change in one of them requires a new build.
const SOURCES: [&str; 19] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "build.rs",
    "crates/import8-api/Cargo.toml",
    "crates/import8-api/src",
    "crates/import8-catalogue/Cargo.toml",
    "crates/import8-catalogue/build.rs",
    "crates/import8-catalogue/src",
    "crates/import8-receivers",
    "crates/import8-sheets/Cargo.toml",
    "crates/import8-sheets/src",
    "index.html",
    "public",
    "rust-toolchain.toml",
    "src",
    "style",
    "xtask/bundler",
];

/// A release build of the dashboard that is required. Call [`Build::compile`], then [`Build::bundle`].
pub(crate) struct Build<'a> {
    tools: &'a Tools,
    stamp: PathBuf,
    fingerprint: String,
}

impl<'a> Build<'a> {
    /// The required build; `None` if [`DIST`] was built from the same sources with the same tools.
    pub(crate) fn needed(tools: &'a Tools) -> Result<Option<Self>, Error> {
        let stamp = files::scratch().join("dashboard.stamp");
        let fingerprint = fingerprint(&SOURCES.map(PathBuf::from), &tools.versions())?;
        let is_current = is_built() && fs::read_to_string(&stamp).is_ok_and(|kept| kept == fingerprint);
        Ok((!is_current).then_some(Self { tools, stamp, fingerprint }))
    }

    /// Compiles the dashboard and the spreadsheet worker to WebAssembly.
    pub(crate) fn compile(&self) -> Result<StepOutcome, Error> {
        let mut cargo = process::command("cargo");
        cargo.args(["build", "--release", "--target", TARGET, "-p", "import8-dashboard", "--bin", "app"]);
        cargo.args(["-p", "import8-catalogue", "--bin", "sheets"]);
        let mut flags = SPLIT.to_owned();
        if self.tools.has_library_source() {
            cargo.args(SMALL_STD);
            flags = format!("{SPLIT} {SMALL_STD_FLAGS}");
            // These options are unstable; `rust-toolchain.toml` names the compiler that they belong to.
            cargo.env("RUSTC_BOOTSTRAP", "1");
        }
        cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
        process::run_with_log(&mut cargo, "dashboard")?;
        Ok(StepOutcome::Done("compiled"))
    }

    /// Writes [`DIST`] from the compiled WebAssembly. `bundler` is the path of the bundler's program.
    pub(crate) fn bundle(&self, bundler: &Path) -> Result<StepOutcome, Error> {
        let mut command = bundle(bundler, "release", Path::new(DIST))?;
        if let Some(binaryen) = self.tools.binaryen() {
            command.arg("--binaryen").arg(binaryen);
        }
        process::run_with_log(&mut command, BUNDLER)?;
        // Last, because an interrupted build must not look complete.
        files::write(&self.stamp, self.fingerprint.as_bytes())?;
        Ok(StepOutcome::Done("bundled"))
    }
}

/// Bundles the development build, in one piece, in the folder `dist`.
pub(crate) fn bundle_quickly(bundler: &Path, dist: &Path) -> Result<StepOutcome, Error> {
    process::run_with_log(bundle(bundler, "debug", dist)?.args(["--effort", "debug"]), BUNDLER)?;
    Ok(StepOutcome::Done("bundled"))
}

/// The bundler's command for the output of a Cargo `profile`.
fn bundle(bundler: &Path, profile: &str, dist: &Path) -> Result<Command, Error> {
    // A folder for its temporary files, which remain when it is killed.
    let scratch = files::scratch().join("bundle");
    if scratch.is_dir() {
        fs::remove_dir_all(&scratch).map_err(files::naming(&scratch))?;
    }
    fs::create_dir_all(&scratch).map_err(files::naming(&scratch))?;
    let mut command = process::command(bundler);
    command.env("TMPDIR", &scratch).arg("--wasm").arg(files::target().join(TARGET).join(profile));
    command.arg("--out").arg(dist);
    Ok(command)
}

/// A Trunk command that does not look for newer versions of Trunk.
pub(crate) fn trunk(tools: &Tools) -> Command {
    let mut command = tools.command("trunk");
    command.env("TRUNK_SKIP_VERSION_CHECK", "true");
    // Trunk parses this as a flag, and fails for the usual value `1`.
    if std::env::var_os("NO_COLOR").is_some() {
        command.env("NO_COLOR", "true");
    }
    command
}

/// Whether [`DIST`] has a build.
pub(crate) fn is_built() -> bool {
    Path::new(DIST).join("index.html").is_file()
}

/// A hash of the names and contents of `sources`, and of `tools`.
///
/// The standard hasher may change with the compiler, but a new compiler requires a new build anyway.
fn fingerprint(sources: &[PathBuf], tools: &str) -> Result<String, Error> {
    let mut hasher = DefaultHasher::new();
    tools.hash(&mut hasher);
    for source in sources {
        for path in files::below(source)? {
            path.hash(&mut hasher);
            files::read(&path)?.hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of its own for a test.
    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        folder
    }

    #[test]
    fn a_fingerprint_follows_content_names_and_tools() {
        let folder = folder("fingerprint");
        let sources = [folder.clone(), folder.join("not-there")];
        let print = |tools| fingerprint(&sources, tools).expect("a fingerprint");
        let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("a file");

        write("a.rs", "one");
        let first = print("trunk 1");
        assert_eq!(first, print("trunk 1"));
        assert_ne!(first, print("trunk 2"));
        write("a.rs", "two");
        assert_ne!(first, print("trunk 1"));
        write("a.rs", "one");
        assert_eq!(first, print("trunk 1"));
        fs::rename(folder.join("a.rs"), folder.join("b.rs")).expect("a new name");
        assert_ne!(first, print("trunk 1"));
        fs::remove_dir_all(folder).expect("cleaned up");
    }
}
