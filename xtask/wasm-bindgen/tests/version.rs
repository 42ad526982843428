//! Test that the programs have the version of the dashboard's library.

use std::process::Command;

#[test]
fn the_programs_have_the_version_of_the_library() {
    let lock = concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.lock");
    let lock = std::fs::read_to_string(lock).expect("Cargo.lock");
    let (_, after) = lock.split_once("name = \"wasm-bindgen\"\nversion = \"").expect("the library");
    let (version, _) = after.split_once('"').expect("its version");
    let programs = [env!("CARGO_BIN_EXE_wasm-bindgen"), env!("CARGO_BIN_EXE_wasm-bindgen-test-runner")];
    for program in programs {
        let output = Command::new(program).arg("--version").output().expect(program);
        let told = String::from_utf8(output.stdout).expect("text");
        assert_eq!(told.split_whitespace().last(), Some(version), "{program}");
    }
}
