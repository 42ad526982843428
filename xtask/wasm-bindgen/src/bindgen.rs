//! The program `wasm-bindgen`, which Trunk looks for on `PATH`. It is built here, and so is always of the
//! version that `Cargo.lock` has for the library.

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(std::env::args_os())
}
