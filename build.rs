//! Build script: passes a linker flag when the dashboard is built to be split into parts.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // `--cfg split_screens`, see `src/screens.rs`. The splitter needs the relocations of the linked program.
    if std::env::var_os("CARGO_CFG_SPLIT_SCREENS").is_some() {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
