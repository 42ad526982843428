//! Generates the JavaScript for a WebAssembly file with wasm-bindgen's library. Cargo links only one version of it,
//! so it is the version in the dashboard.

use wasm_bindgen_cli_support::Bindgen;

use crate::files::Files;
use crate::split;

/// Generates `NAME.js`, `NAME_bg.wasm`, and the files that they import. A file with `has_parts` exports the function
/// table for its parts.
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
