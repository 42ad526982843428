//! The dashboard's release build: Cargo, then the bundler; and the size of what comes out.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::Error;
use crate::files;
use crate::process;
use crate::steps::Outcome;
use crate::tools::{Tool, Tools};

/// What its release build needs.
pub(crate) const TOOLS: [Tool; 3] = [Tool::Target, Tool::LibrarySource, Tool::Binaryen];
/// Where the bundler puts the dashboard and the server finds it.
pub(crate) const DIST: &str = "dist";
/// The package that makes it, see its first lines.
pub(crate) const BUNDLER: &str = "bundler";
const TARGET: &str = "wasm32-unknown-unknown";
/// What splitting needs of the compiler, beside what `.cargo/config.toml` says: the marks. By them
/// `build.rs` has the linker keep its relocations.
const SPLIT: &str = "--cfg split_screens";

/// Compiles the standard library for size, with the dashboard. A panic ends the program at once, as it does without
/// this, and leaves out the words that nobody reads: for those there is `cargo xtask dev`.
const SMALL_STD: [&str; 2] = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];
const SMALL_STD_FLAGS: &str = "-Zunstable-options -Cpanic=immediate-abort";

/// Everything that the dashboard is built from.
const SOURCES: [&str; 18] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "build.rs",
    "crates/import8-api/Cargo.toml",
    "crates/import8-api/src",
    "crates/import8-catalogue/Cargo.toml",
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

/// What counts when the dashboard is loaded.
const LOADED: [&str; 4] = ["css", "html", "js", "wasm"];
/// Bytes that a first visit may download before it shows anything.
const BUDGET: u64 = 300_000;

/// When a file of the dashboard is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    FirstVisit,
    /// When a screen is first shown, or before that while nobody waits.
    Screen,
    /// When a spreadsheet is written.
    Worker,
}

impl Moment {
    const ALL: [Self; 3] = [Self::FirstVisit, Self::Screen, Self::Worker];

    fn of(file: &Path) -> Self {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| name.starts_with(beginning));
        match () {
            () if begins(&["sheets"]) => Self::Worker,
            () if begins(&["split_", "chunk_"]) => Self::Screen,
            () => Self::FirstVisit,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::FirstVisit => "on a first visit",
            Self::Screen => "with the screens, in the background",
            Self::Worker => "when exporting",
        }
    }
}

/// A release build of the dashboard that is needed.
pub(crate) struct Build<'a> {
    tools: &'a Tools,
    stamp: PathBuf,
    fingerprint: String,
}

impl<'a> Build<'a> {
    /// What has to be built; `None` when it is there and nothing has changed.
    pub(crate) fn needed(tools: &'a Tools) -> Result<Option<Self>, Error> {
        let stamp = files::scratch().join("dashboard.stamp");
        let fingerprint = fingerprint(&SOURCES.map(PathBuf::from), &tools.versions())?;
        let is_current = is_built() && fs::read_to_string(&stamp).is_ok_and(|kept| kept == fingerprint);
        Ok((!is_current).then_some(Self { tools, stamp, fingerprint }))
    }

    /// Compiles the program and its worker.
    pub(crate) fn compile(&self) -> Result<Outcome, Error> {
        let mut cargo = process::command("cargo");
        cargo.args(["build", "--release", "--target", TARGET, "-p", "import8-dashboard", "--bin", "app"]);
        cargo.args(["-p", "import8-catalogue", "--bin", "sheets"]);
        let mut flags = SPLIT.to_owned();
        if self.tools.has_library_source() {
            cargo.args(SMALL_STD);
            flags = format!("{SPLIT} {SMALL_STD_FLAGS}");
            // These options are unstable: `rust-toolchain.toml` says of which compiler they are.
            cargo.env("RUSTC_BOOTSTRAP", "1");
        }
        cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
        process::run_with_log(&mut cargo, "dashboard")?;
        Ok(Outcome::Done("compiled"))
    }

    /// Makes `dist` of what was compiled.
    pub(crate) fn bundle(&self, bundler: &Path) -> Result<Outcome, Error> {
        let mut command = bundle(bundler, "release", Path::new(DIST))?;
        if let Some(binaryen) = self.tools.binaryen() {
            command.arg("--binaryen").arg(binaryen);
        }
        process::run_with_log(&mut command, BUNDLER)?;
        // Last: a build that was broken off must not look done.
        files::write(&self.stamp, self.fingerprint.as_bytes())?;
        Ok(Outcome::Done("bundled"))
    }
}

/// Makes a dashboard in one piece, in `dist`, of what was compiled for development.
pub(crate) fn bundle_quickly(bundler: &Path, dist: &Path) -> Result<Outcome, Error> {
    process::run_with_log(bundle(bundler, "debug", dist)?.args(["--effort", "debug"]), BUNDLER)?;
    Ok(Outcome::Done("bundled"))
}

/// Calls the bundler with what Cargo has put into `profile`.
fn bundle(bundler: &Path, profile: &str, dist: &Path) -> Result<Command, Error> {
    // A folder for what it leaves when it is killed.
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

/// Trunk, which must not look for newer versions of itself.
pub(crate) fn trunk(tools: &Tools) -> Command {
    let mut command = tools.command("trunk");
    command.env("TRUNK_SKIP_VERSION_CHECK", "true");
    // Trunk reads this as a flag, and ends on the `1` that is usual.
    if std::env::var_os("NO_COLOR").is_some() {
        command.env("NO_COLOR", "true");
    }
    command
}

/// Prints what is downloaded when; fails when a first visit downloads more than the budget.
pub(crate) fn check_size() -> Result<(), Error> {
    if !is_built() {
        return Err(Error::NotBuilt);
    }
    let mut files = files::below(Path::new(DIST))?;
    files.retain(|path| LOADED.contains(&files::extension(path)));
    let [total, ..] = Moment::ALL.map(|moment| -> Result<u64, Error> {
        println!("\n{:>10}  {:>10}  {}", "raw", "brotli", moment.title());
        let total = print_sizes(files.iter().filter(|path| Moment::of(path) == moment))?;
        println!("{:>10}  {total:>10}", "");
        Ok(total)
    });
    let total = total?;
    if total > BUDGET { Err(Error::OverBudget { total, budget: BUDGET }) } else { Ok(()) }
}

/// Prints a line for each file; tells how much is sent of all.
fn print_sizes<'a>(mut files: impl Iterator<Item = &'a PathBuf>) -> Result<u64, Error> {
    let length = |path: &Path| fs::metadata(path).map(|file| file.len()).map_err(|_| Error::NotBuilt);
    files.try_fold(0, |total, path| {
        let sent = length(&with_suffix(path, "br"))?;
        println!("{:>10}  {sent:>10}  {}", length(path)?, path.display());
        Ok(total + sent)
    })
}

fn is_built() -> bool {
    Path::new(DIST).join("index.html").is_file()
}

/// A hash over the names and the content of `sources` and over `tools`.
///
/// The standard hasher may change with the compiler; then everything is built anew anyway.
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

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    path.with_extension(format!("{}.{suffix}", files::extension(path)))
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

    #[test]
    fn a_first_visit_is_told_from_what_comes_later() {
        let check =
            |file: &str, moment| assert_eq!(Moment::of(&Path::new(DIST).join(file)), moment, "{file}");
        for file in ["index.html", "app-0123/app.js", "app-0123/app_bg.wasm", "app-0123/__wasm_split.js"] {
            check(file, Moment::FirstVisit);
        }
        for file in ["app-0123/split_lists.wasm", "app-0123/chunk_4.wasm"] {
            check(file, Moment::Screen);
        }
        for file in ["sheets.js", "sheets_bg.wasm", "sheets_loader.js"] {
            check(file, Moment::Worker);
        }
    }
}
