//! The JavaScript beside a WebAssembly file, made by wasm-bindgen's own library. It is of the same version
//! as the library in the dashboard, because Cargo links only one.

use wasm_bindgen_cli_support::Bindgen;

use crate::files::Files;
use crate::split;

/// `NAME.js`, `NAME_bg.wasm`, and what they import. A file `has_parts` that take the table of functions
/// from it.
pub(crate) fn generate(name: &str, wasm: &[u8], has_parts: bool) -> anyhow::Result<Files> {
    let out = tempfile::tempdir()?;
    Bindgen::new()
        .web(true)?
        .input_bytes(name, wasm.to_vec())
        .typescript(false)
        .keep_lld_exports(has_parts)
        .generate(out.path())?;
    split::read_folder(out.path())
}
