//! The dashboard's release build: Trunk, then compression, then its size.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::error::Error;
use crate::files;
use crate::process;
use crate::split;
use crate::steps::{Outcome, Steps};
use crate::tools::Tools;

/// Where Trunk puts the dashboard and the server finds it.
pub(crate) const DIST: &str = "dist";

/// Everything that the dashboard is built from.
const SOURCES: [&str; 17] = [
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
];

/// Compressing these makes them longer.
const COMPRESSED_ALREADY: [&str; 5] = ["br", "gz", "ico", "png", "woff2"];

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

/// Builds the dashboard for release, unless it is there and nothing has changed.
pub(crate) fn build(tools: &Tools, steps: &mut Steps) -> Result<(), Error> {
    steps.run("Dashboard", "3 min", || {
        let stamp = files::scratch().join("dashboard.stamp");
        let fingerprint = fingerprint(&SOURCES.map(PathBuf::from), &tools.versions())?;
        let is_current = fs::read_to_string(&stamp).is_ok_and(|kept| kept == fingerprint);
        if is_current && is_built() {
            return Ok(Outcome::AlreadyThere);
        }
        let mut trunk = trunk(tools);
        split::prepare(trunk.args(["build", "--release"]));
        process::run_with_log(&mut trunk, "trunk")?;
        split::split(tools, Path::new(DIST))?;
        compress_all(Path::new(DIST))?;
        // Last: a build that was broken off must not look done.
        files::write(&stamp, fingerprint.as_bytes())?;
        Ok(Outcome::Done("built"))
    })
}

/// Trunk, which must not look for newer versions of itself.
pub(crate) fn trunk(tools: &Tools) -> std::process::Command {
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

/// Puts a `.br` and a `.gz` beside each file: the server sends them as they are.
fn compress_all(folder: &Path) -> Result<(), Error> {
    for path in files::below(folder)? {
        if !COMPRESSED_ALREADY.contains(&files::extension(&path)) {
            let content = files::read(&path)?;
            for (suffix, compressed) in [("br", brotli(&content)), ("gz", gzip(&content))] {
                let beside = with_suffix(&path, suffix);
                files::write(&beside, &compressed.map_err(files::naming(&beside))?)?;
            }
        }
    }
    Ok(())
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    path.with_extension(format!("{}.{suffix}", files::extension(path)))
}

fn brotli(mut content: &[u8]) -> io::Result<Vec<u8>> {
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 22, ..BrotliEncoderParams::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut content, &mut compressed, &parameters)?;
    Ok(compressed)
}

fn gzip(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    encoder.finish()
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

    #[test]
    fn text_is_compressed_beside_itself_and_pictures_are_not() {
        let folder = folder("compress");
        let text = "the same again and again. ".repeat(100);
        fs::write(folder.join("page.html"), &text).expect("a file");
        fs::write(folder.join("icon.png"), &text).expect("a file");
        compress_all(&folder).expect("compressed");

        let files = files::below(&folder).expect("files");
        let names: Vec<_> = files.iter().filter_map(|path| path.file_name()?.to_str()).collect();
        assert_eq!(names, ["icon.png", "page.html", "page.html.br", "page.html.gz"]);
        let mut plain = Vec::new();
        let sent = fs::read(folder.join("page.html.br")).expect("brotli");
        brotli::BrotliDecompress(&mut sent.as_slice(), &mut plain).expect("brotli");
        assert_eq!(plain, text.as_bytes());
        let sent = fs::read(folder.join("page.html.gz")).expect("gzip");
        assert_eq!(io::read_to_string(flate2::read::GzDecoder::new(sent.as_slice())).expect("gzip"), text);
        fs::remove_dir_all(folder).expect("cleaned up");
    }
}
