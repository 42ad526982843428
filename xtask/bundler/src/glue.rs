//! Shortens the names of the functions that the dashboard imports from its JavaScript.
//!
//! wasm-bindgen ends each name with a hash, and hashes cannot be compressed: in both files together they take 8 kB of
//! a first visit.

use std::convert::Infallible;

use anyhow::Context;
use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{ImportSection, Module};
use wasmparser::{Import, Imports, Parser};

use crate::files::Files;

/// The number of digits of a hash.
const HASH: usize = 16;

/// Shortens the names of the imports in the main file of the program `name`, and in its script.
pub(crate) fn shorten_in(files: &mut Files, name: &str) -> anyhow::Result<()> {
    let (module, script) = (format!("{name}_bg.wasm"), format!("{name}.js"));
    let content = |file: &str| files.get(file).with_context(|| format!("wasm-bindgen has made no {file}"));
    let short = shorten(content(&module)?, std::str::from_utf8(content(&script)?)?)?;
    files.insert(module, short.0);
    files.insert(script, short.1.into_bytes());
    Ok(())
}

/// The same module and the same JavaScript with short names for the imports.
fn shorten(module: &[u8], script: &str) -> anyhow::Result<(Vec<u8>, String)> {
    let mut shortener = Shortener::default();
    let mut short = Module::new();
    shortener.parse_core_module(&mut short, Parser::new(0), module)?;
    let renamed = shortener.renamed.iter();
    let script = renamed.fold(script.to_owned(), |script, (long, short)| script.replace(long, short));
    Ok((short.finish(), script))
}

/// Copies a module and renames its imports.
#[derive(Default)]
struct Shortener {
    /// The long names with the short ones.
    renamed: Vec<(String, String)>,
}

impl Reencode for Shortener {
    type Error = Infallible;

    fn parse_imports(
        &mut self,
        section: &mut ImportSection,
        imports: Imports<'_>,
    ) -> Result<(), reencode::Error<Infallible>> {
        match imports {
            Imports::Single(place, import) if ends_with_hash(import.name) => {
                let short = format!("i{}", self.renamed.len());
                self.renamed.push((import.name.to_owned(), short.clone()));
                let import = Import { name: &short, ..import };
                reencode::utils::parse_imports(self, section, Imports::Single(place, import))
            }
            other => reencode::utils::parse_imports(self, section, other),
        }
    }
}

/// Whether a name has the form of wasm-bindgen's own: `__wbg_fetch_0123456789abcdef`.
fn ends_with_hash(name: &str) -> bool {
    let hash = name.strip_prefix("__wbg_").and_then(|name| name.rsplit_once('_')).map(|(_, hash)| hash);
    hash.is_some_and(|hash| hash.len() == HASH && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{EntityType, MemoryType};
    use wasmparser::Payload;

    use super::*;

    #[test]
    fn only_names_with_a_hash_are_shortened_on_both_sides() {
        let memory =
            MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None };
        let mut imports = ImportSection::new();
        for name in ["__wbg_fetch_0123456789abcdef", "__wbindgen_throw", "__wbg_new_fedcba9876543210"] {
            imports.import("./app_bg.js", name, EntityType::Memory(memory));
        }
        let mut module = Module::new();
        module.section(&imports);
        let script =
            "({__wbg_new_fedcba9876543210: a, __wbindgen_throw: b, __wbg_fetch_0123456789abcdef: c})";
        let (module, script) = shorten(&module.finish(), script).expect("shortened");
        assert_eq!(script, "({i1: a, __wbindgen_throw: b, i0: c})");
        let mut names = Vec::new();
        for payload in Parser::new(0).parse_all(&module) {
            if let Payload::ImportSection(section) = payload.expect("a module") {
                let imports = section.into_imports().map(|import| import.expect("an import").name.to_owned());
                names.extend(imports);
            }
        }
        assert_eq!(names, ["i0", "__wbindgen_throw", "i1"]);
    }
}
