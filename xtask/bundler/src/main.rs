//! The bundler: makes the folder that a server serves from the WebAssembly that Cargo has built.
//!
//! It reads the same directives in `index.html` as Trunk, so that `trunk serve` and `trunk build` give the same page.
//! It exists beside Trunk because the dashboard must be split before wasm-bindgen drops the linker's relocations, and
//! Trunk has no step there (trunk-rs/trunk#1022).
//!
//! The steps: split the program into its parts, generate the JavaScript, optimize and compress each file, and replace
//! the folder at once.

mod bindgen;
mod compress;
mod files;
mod glue;
mod merge;
mod optimize;
mod page;
mod parallel;
mod split;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::mem;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use clap::Parser;
use clap::builder::TypedValueParser;

use crate::files::Files;
use crate::optimize::Binaryen;
use crate::page::{Asset, Page};

/// Bundle the page of the current folder.
#[derive(Parser)]
struct Options {
    /// Page with Trunk's directives. Paths in it are relative to the current folder.
    #[arg(long, default_value = "index.html")]
    page: PathBuf,
    /// Folder of the WebAssembly that Cargo has built, such as `target/wasm32-unknown-unknown/release`.
    #[arg(long)]
    wasm: PathBuf,
    /// Folder to create. An existing one is replaced.
    #[arg(long)]
    out: PathBuf,
    /// Effort for a small bundle.
    #[arg(long, value_enum, default_value_t = Effort::Release)]
    effort: Effort,
    /// Binaryen: the program `wasm-opt`, or `index.js` of the npm package. Without it nothing is optimized.
    #[arg(long, value_parser = clap::builder::OsStringValueParser::new().map(|path| Binaryen::from(&*path)))]
    binaryen: Option<Binaryen>,
}

/// The effort for a small bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Effort {
    /// Split, optimized and compressed.
    Release,
    /// In one piece, as the compiler leaves it: takes seconds instead of minutes.
    Debug,
}

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let page = Page::parse(&fs_err::read_to_string(&options.page)?)?;
    let mut files = Files::new();
    for asset in page.assets() {
        files.extend(files_of(asset, &options)?);
    }
    if let (Some(binaryen), Effort::Release) = (&options.binaryen, options.effort) {
        stage("optimized", || binaryen.optimize_all(&mut files))?;
    }
    let html = page.render(|asset| html_of(asset, &mut files))?;
    files.insert("index.html".to_owned(), html.into_bytes());
    if options.effort == Effort::Release {
        stage("compressed", || compress::compress_all(&mut files))?;
    }
    install(&files, &options.out)
}

/// Runs a part of the work, and prints how long it took.
fn stage<T>(done: &str, work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    let start = Instant::now();
    let result = work()?;
    println!("{done} in {:.1?}", start.elapsed());
    Ok(result)
}

/// The files of an asset. Those of a program are in a folder with its name.
fn files_of(asset: &Asset, options: &Options) -> anyhow::Result<Files> {
    let compiled = |name: &str| fs_err::read(options.wasm.join(format!("{name}.wasm")));
    match asset {
        Asset::Inline(_) | Asset::Script(_) => Ok(Files::new()),
        Asset::Copy(path) => {
            let name = path.file_name().and_then(|name| name.to_str()).context("a file without a name")?;
            Ok(Files::from([(name.to_owned(), fs_err::read(path)?)]))
        }
        Asset::Program(name) => {
            let program = generate_program(name, &compiled(name)?, options.effort)?;
            Ok(program.into_iter().map(|(file, content)| (format!("{name}/{file}"), content)).collect())
        }
        Asset::Worker(name) => {
            let mut files = bindgen::generate(name, &compiled(name)?, false)?;
            files.insert(format!("{name}_loader.js"), page::load_worker(name).into_bytes());
            Ok(files)
        }
    }
}

/// The script, the main file and the parts of the dashboard.
fn generate_program(name: &str, whole: &[u8], effort: Effort) -> anyhow::Result<Files> {
    if effort == Effort::Debug {
        return bindgen::generate(name, whole, false);
    }
    let (main, parts) = stage("split", || split::split(name, whole))?;
    let mut files = stage("bound to JavaScript", || bindgen::generate(name, &main, true))?;
    glue::shorten_in(&mut files, name)?;
    files.extend(parts);
    Ok(files)
}

/// The HTML that replaces a directive. The folder of a program is renamed to its final name with a hash, so that
/// browsers may keep its files for ever.
fn html_of(asset: &Asset, files: &mut Files) -> anyhow::Result<String> {
    Ok(match asset {
        Asset::Inline(path) => format!("<style>{}</style>", fs_err::read_to_string(path)?),
        Asset::Script(path) => page::inline_script(&fs_err::read_to_string(path)?),
        Asset::Copy(_) | Asset::Worker(_) => String::new(),
        Asset::Program(name) => {
            let prefix = format!("{name}/");
            let (program, others) =
                mem::take(files).into_iter().partition(|(path, _)| path.starts_with(&prefix));
            let program: Files = program;
            *files = others;
            let folder = format!("{name}-{:016x}", hash(&program));
            files.extend(
                program.into_iter().map(|(path, content)| (path.replacen(name, &folder, 1), content)),
            );
            page::load_program(&folder, name)
        }
    })
}

/// A hash of names and contents, for a name that a browser may keep for ever.
fn hash(files: &Files) -> u64 {
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    hasher.finish()
}

/// Writes the files beside `out` and then swaps the folders, so that `out` is never incomplete.
fn install(files: &Files, out: &Path) -> anyhow::Result<()> {
    let (new, old) = (out.with_extension("new"), out.with_extension("old"));
    for left_over in [&new, &old] {
        remove(left_over)?;
    }
    for (path, content) in files {
        let path = new.join(path);
        fs_err::create_dir_all(path.parent().context("a path without a folder")?)?;
        fs_err::write(path, content)?;
    }
    if out.exists() {
        fs_err::rename(out, &old)?;
    }
    fs_err::rename(&new, out)?;
    remove(&old)
}

fn remove(folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        fs_err::remove_dir_all(folder)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_replaced_as_a_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("dist");
        let files = |name: &str| Files::from([(name.to_owned(), b"content".to_vec())]);
        // The remains of an interrupted run are no obstacle.
        fs_err::create_dir_all(out.with_extension("new").join("half")).expect("a folder");
        for name in ["app-1/app.js", "app-2/app.js"] {
            install(&files(name), &out).expect("installed");
            assert_eq!(fs_err::read(out.join(name)).expect("a file"), b"content");
        }
        assert!(!out.join("app-1").exists(), "the first one is gone");
        assert_eq!(fs_err::read_dir(folder.path()).expect("a folder").count(), 1);
    }
}
