//! Takes the parts that `src/screens.rs` marks out of the dashboard's one file, so that a first visit
//! downloads what it shows.
//!
//! They must be taken out before wasm-bindgen has dropped what the linker knew, and Trunk has no step
//! there (trunk-rs/trunk#1022). So this does anew what Trunk did with the linker's file, and puts the
//! result in its place.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use wasm_split_cli_support::{Options, transform};

use crate::error::Error;
use crate::files;
use crate::glue;
use crate::process;
use crate::tools::Tools;

/// What the dashboard's binary is called, and so its files.
const APP: &str = "app";
const WASM: &str = "wasm32-unknown-unknown";
/// What splitting needs of the compiler, beside what `.cargo/config.toml` says: the marks. By them
/// `build.rs` has the linker keep its knowledge of what refers to what.
const FLAGS: &str = "--cfg split_screens";
/// What every browser has that runs the dashboard; a part does not say it of itself, as the main file does.
const FEATURES: [&str; 6] = [
    "bulk-memory",
    "multivalue",
    "mutable-globals",
    "nontrapping-float-to-int",
    "reference-types",
    "sign-ext",
];

/// Makes a build one that can be split.
pub(crate) fn prepare(build: &mut Command) {
    build.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", FLAGS);
}

/// Puts the parts of the last build into `dist`, where Trunk has put the whole.
pub(crate) fn split(tools: &Tools, dist: &Path) -> Result<(), Error> {
    let scratch = files::scratch().join("split");
    let (parts, out) = (scratch.join("parts"), scratch.join("out"));
    if scratch.is_dir() {
        fs::remove_dir_all(&scratch).map_err(files::naming(&scratch))?;
    }
    let main = parts.join(format!("{APP}.wasm"));
    take_apart(&files::target().join(WASM).join("release").join(format!("{APP}.wasm")), &parts, &main)?;
    let mut bindgen = tools.command("wasm-bindgen");
    bindgen.args(["--target", "web", "--no-typescript", "--out-name", APP, "--out-dir"]).arg(&out);
    // The parts take the table of functions from the main file.
    bindgen.arg("--keep-lld-exports");
    process::run_with_log(bindgen.arg(&main), "wasm-bindgen")?;
    shorten_names(&out)?;
    for part in files::below(&parts)?.iter().filter(|path| **path != main) {
        files::write(&out.join(name(part)), &files::read(part)?)?;
    }
    for file in files::below(&out)?.iter().filter(|path| files::extension(path) == "wasm") {
        let mut optimize = tools.command("wasm-opt");
        optimize.arg("-Oz").args(FEATURES.map(|feature| format!("--enable-{feature}")));
        process::run_with_log(optimize.arg(file).arg("-o").arg(file), "wasm-opt")?;
    }
    install(&out, dist)
}

/// Gives short names to what the main file takes from its glue.
fn shorten_names(out: &Path) -> Result<(), Error> {
    let (main, script) = (out.join(format!("{APP}_bg.wasm")), out.join(format!("{APP}.js")));
    let (short, short_script) = glue::shorten(&files::read(&main)?, &files::read_text(&script)?)?;
    files::write(&main, &short)?;
    files::write(&script, short_script.as_bytes())
}

/// Writes the main file and the parts, which name one another.
fn take_apart(whole: &Path, parts: &Path, main: &Path) -> Result<(), Error> {
    let input = files::read(whole)?;
    let glue = format!("./{APP}.js");
    let mut options = Options::new(&input);
    options.output_dir = parts;
    options.main_out_path = main;
    options.main_module = &glue;
    fs::create_dir_all(parts).map_err(files::naming(parts))?;
    transform(options).map(drop).map_err(|error| Error::Split(format!("{error:#}")))
}

/// Puts all files into one folder of `dist`, which is named after their content and so can be kept by
/// browsers for ever, and lets the page load them instead of Trunk's.
fn install(out: &Path, dist: &Path) -> Result<(), Error> {
    let mut hasher = DefaultHasher::new();
    let files = files::below(out)?;
    for file in &files {
        name(file).hash(&mut hasher);
        files::read(file)?.hash(&mut hasher);
    }
    let folder = format!("{APP}-{:016x}", hasher.finish());
    for file in &files {
        files::write(&dist.join(&folder).join(name(file)), &files::read(file)?)?;
    }
    let index = dist.join("index.html");
    let mut page = files::read_text(&index)?;
    for whole in of_trunk(dist)? {
        let part =
            if files::extension(&whole) == "js" { format!("{APP}.js") } else { format!("{APP}_bg.wasm") };
        page = page.replace(&format!("/{}", name(&whole)), &format!("/{folder}/{part}"));
        fs::remove_file(&whole).map_err(files::naming(&whole))?;
    }
    files::write(&index, page.as_bytes())
}

/// What Trunk has made of the whole: `app-0123456789abcdef.js` and `app-0123456789abcdef_bg.wasm`.
fn of_trunk(dist: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut files = files::below(dist)?;
    files.retain(|path| path.parent() == Some(dist) && name(path).starts_with(&format!("{APP}-")));
    Ok(files)
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_loads_the_parts_and_the_whole_is_gone() {
        let folder = std::env::temp_dir().join(format!("xtask-split-{}", std::process::id()));
        let (out, dist) = (folder.join("out"), folder.join("dist"));
        let write = |path: PathBuf, text: &str| files::write(&path, text.as_bytes()).expect("a file");
        write(out.join("app.js"), "glue");
        write(out.join("app_bg.wasm"), "main");
        write(out.join("split_lists.wasm"), "part");
        write(dist.join("app-0123.js"), "whole glue");
        write(dist.join("app-0123_bg.wasm"), "whole");
        write(dist.join("sheets.js"), "worker");
        write(dist.join("index.html"), "import '/app-0123.js'; fetch('/app-0123_bg.wasm')");
        install(&out, &dist).expect("installed");

        let files = files::below(&dist).expect("files");
        let [glue, main, part] = ["app.js", "app_bg.wasm", "split_lists.wasm"]
            .map(|wanted| files.iter().find(|path| path.ends_with(wanted)).expect(wanted));
        let folder_name = name(main.parent().expect("a folder"));
        assert_eq!([glue.parent(), part.parent()], [main.parent(), main.parent()]);
        assert_eq!(folder_name.len(), "app-".len() + 16);
        assert_eq!(files.len(), 5, "{files:?}");
        let page = files::read_text(dist.join("index.html")).expect("a page");
        assert_eq!(page, format!("import '/{folder_name}/app.js'; fetch('/{folder_name}/app_bg.wasm')"));
        fs::remove_dir_all(folder).expect("cleaned up");
    }
}
