//! The program `wasm-bindgen`, which Trunk looks for on `PATH`. Building it here gives it the version of the library
//! in `Cargo.lock`.

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(std::env::args_os())
}
