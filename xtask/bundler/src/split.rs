//! Splits the dashboard's one file into the parts that `src/screens.rs` marks, so that a first visit downloads only
//! what it shows.
//!
//! A part is one file. What several parts share is in two more: the splitter would write a file for each set of parts
//! that shares something, and dozens of small files compress badly.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, anyhow, ensure};
use wasm_split_cli_support::{Options, transform};

use crate::files::Files;
use crate::merge::merge;

/// The file with what several parts share.
const SHARED: &str = "split_shared.wasm";

/// The part with the history, which people open first: what other parts share is in a file that it does not load.
const FIRST: &str = "lists";
const SHARED_LATER: &str = "split_shared_later.wasm";

/// The script that loads parts, without what it says of this program. Its imports and exports are what the splitter
/// and the macro of `wasm_split_helpers` expect.
const LOADER: &str = include_str!("loader.js");

/// The main file, and the parts with the script that loads them.
pub(crate) fn split(name: &str, whole: &[u8]) -> anyhow::Result<(Vec<u8>, Files)> {
    let folder = tempfile::tempdir()?;
    let main_name = format!("{name}.wasm");
    let (main, glue) = (folder.path().join(&main_name), format!("./{name}.js"));
    let mut options = Options::new(whole);
    options.output_dir = folder.path();
    options.main_out_path = &main;
    options.main_module = &glue;
    let script = Path::new(options.link_name).file_name().and_then(|name| name.to_str());
    let script = script.context("the script of the parts has no name")?.to_owned();
    let split = transform(options).map_err(|error| anyhow!("the dashboard could not be split: {error:#}"))?;
    let mut files = read_folder(folder.path())?;
    let main = files.remove(&main_name).context("splitting has left no main file")?;
    let mut parts: BTreeMap<_, Vec<_>> = split
        .prefetch_map
        .into_iter()
        .map(|(part, files)| (part, files.into_iter().map(|stem| format!("{stem}.wasm")).collect()))
        .collect();
    share(&mut parts, &mut files)?;
    files.insert(script, loader(&glue, &parts).into_bytes());
    Ok((main, files))
}

/// Replaces the files that several parts load by one or two: [`SHARED`], and [`SHARED_LATER`] with what the part
/// [`FIRST`] does not need.
fn share(parts: &mut BTreeMap<String, Vec<String>>, files: &mut Files) -> anyhow::Result<()> {
    ensure!(parts.contains_key(FIRST), "there is no part {FIRST}");
    let mut users = BTreeMap::<_, BTreeSet<_>>::new();
    for (part, files) in &*parts {
        for file in files {
            users.entry(file.clone()).or_default().insert(part.clone());
        }
    }
    let mut shared = BTreeMap::new();
    for (file, users) in users.into_iter().filter(|(_, users)| users.len() > 1) {
        shared.insert(file, if users.contains(FIRST) { SHARED } else { SHARED_LATER });
    }
    for merged in [SHARED, SHARED_LATER] {
        let names = shared.iter().filter(|(_, into)| **into == merged).map(|(file, _)| file);
        let modules = names.map(|file| files.remove(file).with_context(|| format!("there is no {file}")));
        let modules = modules.collect::<anyhow::Result<Vec<_>>>()?;
        if !modules.is_empty() {
            let modules: Vec<_> = modules.iter().map(Vec::as_slice).collect();
            let module = merge(&modules).context("what the parts share could not be merged")?;
            ensure!(files.insert(merged.to_owned(), module).is_none(), "a part has the name {merged}");
        }
    }
    for files in parts.values_mut() {
        let loaded = files.drain(..).map(|file| shared.get(&file).map_or(file, |into| (*into).to_owned()));
        *files = loaded.collect::<BTreeSet<_>>().into_iter().collect();
    }
    Ok(())
}

/// The script that loads `parts`, each with its files. `glue` is the script of the main file.
fn loader(glue: &str, parts: &BTreeMap<String, Vec<String>>) -> String {
    let exports = parts.iter().map(|(part, files)| {
        let files: Vec<_> = files.iter().map(|file| format!("\"./{file}\"")).collect();
        format!("export const __wasm_split_load_{part} = part({});\n", files.join(", "))
    });
    format!("import {{ initSync }} from \"{glue}\";\n{LOADER}{}", exports.collect::<String>())
}

/// All files below a folder.
pub(crate) fn read_folder(folder: &Path) -> anyhow::Result<Files> {
    let mut files = Files::new();
    for entry in fs_err::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().into_string().map_err(|name| anyhow!("{name:?} is no text"))?;
        if entry.file_type()?.is_dir() {
            let below = read_folder(&entry.path())?;
            files.extend(below.into_iter().map(|(path, content)| (format!("{name}/{path}"), content)));
        } else {
            files.insert(name, fs_err::read(entry.path())?);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_read_with_all_that_is_below_it() {
        let folder = tempfile::tempdir().expect("a folder");
        fs_err::create_dir_all(folder.path().join("snippets/a")).expect("a folder");
        fs_err::write(folder.path().join("app.js"), "script").expect("a file");
        fs_err::write(folder.path().join("snippets/a/inline.js"), "snippet").expect("a file");
        let files = read_folder(folder.path()).expect("files");
        assert_eq!(files.keys().collect::<Vec<_>>(), ["app.js", "snippets/a/inline.js"]);
    }

    #[test]
    fn the_script_loads_the_files_of_each_part() {
        let parts = [("costs", vec!["split_shared.wasm", "split_costs.wasm"]), ("empty", vec![])];
        let parts = parts
            .map(|(part, files)| (part.to_owned(), files.into_iter().map(str::to_owned).collect::<Vec<_>>()));
        let script = loader("./app.js", &parts.into());
        assert!(script.starts_with("import { initSync } from \"./app.js\";\n"), "{script}");
        let exports = "export const __wasm_split_load_costs = part(\"./split_shared.wasm\", \"./split_costs.wasm\");\n\
            export const __wasm_split_load_empty = part();\n";
        assert!(script.ends_with(exports), "{script}");
    }

    #[test]
    fn what_several_parts_share_is_in_two_files() {
        let module = wasm_encoder::Module::new().finish();
        let mut parts = BTreeMap::from(
            [
                ("costs", vec!["chunk_1.wasm", "chunk_2.wasm", "split_costs.wasm"]),
                ("lists", vec!["chunk_1.wasm", "chunk_3.wasm", "split_lists.wasm"]),
                ("keys", vec!["chunk_2.wasm", "split_keys.wasm"]),
                ("review", vec!["chunk_3.wasm"]),
                ("alone", vec!["split_alone.wasm"]),
            ]
            .map(|(part, files)| (part.to_owned(), files.into_iter().map(str::to_owned).collect())),
        );
        let names: BTreeSet<_> = parts.values().flatten().cloned().collect();
        let mut files: Files = names.into_iter().map(|name| (name, module.clone())).collect();
        share(&mut parts, &mut files).expect("shared");
        assert_eq!(parts["costs"], ["split_costs.wasm", SHARED, SHARED_LATER]);
        assert_eq!(parts["lists"], ["split_lists.wasm", SHARED]);
        assert_eq!(parts["keys"], ["split_keys.wasm", SHARED_LATER]);
        assert_eq!(parts["review"], [SHARED]);
        assert_eq!(parts["alone"], ["split_alone.wasm"]);
        let own = ["alone", "costs", "keys", "lists"].map(|part| format!("split_{part}.wasm"));
        let expected: Vec<_> = own.iter().map(String::as_str).chain([SHARED, SHARED_LATER]).collect();
        assert_eq!(files.keys().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_is_not_webassembly_is_an_error_that_says_so() {
        let error = split("app", b"text").expect_err("an error").to_string();
        assert!(error.starts_with("the dashboard could not be split: "), "{error}");
    }
}
