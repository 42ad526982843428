//! Rebuilds the crate when a migration or a file of the seed is added, because that changes no Rust file.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=data");
}
