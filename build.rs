//! Tells the linker to keep what splitting needs to know, when the dashboard is built to be split.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // `--cfg split_screens`, see `src/screens.rs`. Only the dashboard's file has marks to be split at.
    if std::env::var_os("CARGO_CFG_SPLIT_SCREENS").is_some() {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
