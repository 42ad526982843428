//! Optimizes WebAssembly with Binaryen, with the passes of `wasm-opt -Oz`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use anyhow::{Context, ensure};

use crate::files::Files;
use crate::parallel;

/// Features of all supported browsers. Given to Binaryen, because a part does not declare them itself, as the main
/// file does.
const FEATURES: [&str; 6] = [
    "bulk-memory",
    "multivalue",
    "mutable-globals",
    "nontrapping-float-to-int",
    "reference-types",
    "sign-ext",
];

/// The script that runs Binaryen from npm, with the same features.
const SCRIPT: &str = include_str!("optimize.mjs");

/// The Binaryen to use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Binaryen {
    /// The program `wasm-opt`, by name or path.
    Program(PathBuf),
    /// The script `index.js` of the npm package, run by Node.js.
    Package(PathBuf),
}

impl From<&OsStr> for Binaryen {
    fn from(path: &OsStr) -> Self {
        let path = PathBuf::from(path);
        if path.extension().is_some_and(|extension| extension == "js") {
            Self::Package(path)
        } else {
            Self::Program(path)
        }
    }
}

impl Binaryen {
    /// Optimizes the WebAssembly among `files`; the others are not changed.
    pub(crate) fn optimize_all(&self, files: &mut Files) -> anyhow::Result<()> {
        let wasm = files.iter().filter(|(name, _)| name.ends_with(".wasm"));
        let wasm = wasm.map(|(name, content)| (name.clone(), content.clone())).collect();
        files.extend(match self {
            Self::Program(program) => parallel::map_files(wasm, |name, content| {
                optimize(program, &content).with_context(|| name.to_owned())
            }),
            Self::Package(index) => optimize_in_one_process(index, &wasm),
        }?);
        Ok(())
    }
}

fn optimize(program: &Path, wasm: &[u8]) -> anyhow::Result<Vec<u8>> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("file.wasm");
    fs_err::write(&file, wasm)?;
    let mut command = Command::new(program);
    command.arg("-Oz").args(FEATURES.map(|feature| format!("--enable-{feature}")));
    run(command.arg(&file).arg("-o").arg(&file))?;
    Ok(fs_err::read(&file)?)
}

fn optimize_in_one_process(index: &Path, wasm: &Files) -> anyhow::Result<Files> {
    let folder = tempfile::tempdir()?;
    let script = folder.path().join("optimize.mjs");
    fs_err::write(&script, SCRIPT)?;
    // Longest first, so that no thread is left with the longest file at the end.
    let mut longest_first: Vec<_> = wasm.iter().collect();
    longest_first.sort_by_key(|(_, content)| std::cmp::Reverse(content.len()));
    let numbered = longest_first.into_iter().enumerate();
    let named: Vec<_> =
        numbered.map(|(number, file)| (folder.path().join(format!("{number}.wasm")), file)).collect();
    for (path, (_, content)) in &named {
        fs_err::write(path, content)?;
    }
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut command = Command::new("node");
    command.arg(script).arg(index).arg(threads.to_string()).args(named.iter().map(|(path, _)| path));
    run(&mut command)?;
    named.iter().map(|(path, (name, _))| Ok(((*name).clone(), fs_err::read(path)?))).collect()
}

fn run(command: &mut Command) -> anyhow::Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("{program} does not start"))?;
    ensure!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_run_by_node_and_anything_else_by_itself() {
        let binaryen = |path: &str| Binaryen::from(OsStr::new(path));
        assert_eq!(binaryen("b/index.js"), Binaryen::Package("b/index.js".into()));
        assert_eq!(binaryen("wasm-opt"), Binaryen::Program("wasm-opt".into()));
    }

    #[test]
    #[cfg(unix)]
    fn an_optimizer_that_fails_is_told_with_the_file_and_its_words() {
        let folder = tempfile::tempdir().expect("a folder");
        let program = folder.path().join("wasm-opt");
        fs_err::write(&program, "#!/bin/sh\necho bad magic >&2\nexit 1\n").expect("a file");
        let executable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs_err::set_permissions(&program, executable).expect("executable");
        let mut files =
            Files::from([("a.js".to_owned(), vec![1]), ("a.wasm".to_owned(), b"not wasm".to_vec())]);
        let error = Binaryen::Program(program).optimize_all(&mut files).expect_err("an error");
        let told = format!("{error:#}");
        assert!(told.starts_with("a.wasm: ") && told.contains("bad magic"), "{told}");
    }
}
