//! Build script: hashes the sources of the types in the messages between page and worker.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::{fs, io};

/// The packages whose types are in a message.
const SOURCES: [&str; 3] = ["src", "../import8-sheets/src", "../import8-api/src"];

fn main() -> io::Result<()> {
    let mut hasher = DefaultHasher::new();
    for folder in SOURCES {
        println!("cargo::rerun-if-changed={folder}");
        hash(Path::new(folder), &mut hasher)?;
    }
    println!("cargo::rustc-env=MESSAGE_VERSION={:016x}", hasher.finish());
    Ok(())
}

/// Hashes the names and contents of all files below a folder, in the order of their names.
fn hash(folder: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    let mut paths: Vec<_> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            hash(&path, hasher)?;
        } else {
            (path.file_name(), fs::read(&path)?).hash(hasher);
        }
    }
    Ok(())
}
