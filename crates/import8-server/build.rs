//! Rebuilds when a migration is added, which changes no Rust file.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
