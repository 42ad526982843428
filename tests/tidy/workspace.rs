//! The workspace on the disk: its packages and the text of its Rust files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// A package and the root files of its crates. Paths are relative to the workspace, with `/`.
#[derive(Debug)]
pub(crate) struct Package {
    /// Its name in code, such as `import8_api`.
    pub(crate) name: String,
    pub(crate) library: Option<String>,
    pub(crate) programs: Vec<String>,
}

#[derive(Debug, Default)]
pub(crate) struct Workspace {
    pub(crate) packages: Vec<Package>,
    /// All Rust files by path, tests included.
    pub(crate) files: BTreeMap<String, String>,
}

impl Workspace {
    /// Reads the workspace of this test.
    pub(crate) fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
        let metadata = Command::new("cargo")
            .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
            .current_dir(root)
            .output()
            .expect("cargo starts");
        let error = String::from_utf8_lossy(&metadata.stderr);
        assert!(metadata.status.success(), "cargo metadata: {error}");
        let metadata: Value = serde_json::from_slice(&metadata.stdout).expect("JSON");
        let packages = metadata["packages"].as_array().expect("packages");
        let mut workspace = Self::default();
        workspace.packages.extend(packages.iter().map(|package| Package::from_metadata(package, root)));
        workspace.read_folder(root, root);
        workspace
    }

    fn read_folder(&mut self, folder: &Path, root: &Path) {
        let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for path in entries.map(|entry| entry.expect("an entry").path()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if path.is_dir() {
                if name != "target" && !name.starts_with('.') {
                    self.read_folder(&path, root);
                }
            } else if name.ends_with(".rs") {
                let text = fs::read_to_string(&path);
                let text = text.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                self.files.insert(relative(&path, root), text);
            }
        }
    }
}

impl Package {
    fn from_metadata(package: &Value, root: &Path) -> Self {
        let targets = package["targets"].as_array().expect("targets");
        let path = |target: &Value| relative(Path::new(target["src_path"].as_str().expect("a path")), root);
        let roots = |kind: &str| -> Vec<String> {
            targets.iter().filter(|target| target["kind"][0] == kind).map(path).collect()
        };
        Self {
            name: package["name"].as_str().expect("a name").replace('-', "_"),
            library: roots("lib").pop(),
            programs: roots("bin"),
        }
    }
}

fn relative(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).expect("in the workspace").to_string_lossy().replace('\\', "/")
}

impl Workspace {
    /// A workspace of given files. A `src/lib.rs` or `src/main.rs` makes a package with the name of its folder;
    /// without a folder it is the dashboard's.
    pub(crate) fn of_files(files: &[(&str, &str)]) -> Self {
        let mut workspace = Self::default();
        for &(path, text) in files {
            workspace.files.insert(path.to_owned(), text.to_owned());
            if let Some(folder) = path.strip_suffix("src/lib.rs") {
                workspace.package(folder).library = Some(path.to_owned());
            } else if let Some(folder) = path.strip_suffix("src/main.rs") {
                workspace.package(folder).programs.push(path.to_owned());
            }
        }
        workspace
    }

    fn package(&mut self, folder: &str) -> &mut Package {
        let name = folder.trim_end_matches('/').rsplit('/').next().filter(|name| !name.is_empty());
        let name = name.unwrap_or("import8-dashboard").replace('-', "_");
        let known = self.packages.iter().position(|package| package.name == name);
        let at = known.unwrap_or_else(|| {
            self.packages.push(Package { name, library: None, programs: Vec::new() });
            self.packages.len() - 1
        });
        &mut self.packages[at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_packages_and_files_are_read() {
        let workspace = Workspace::read();
        let package = |name: &str| workspace.packages.iter().find(|package| package.name == name);
        let dashboard = package("import8_dashboard").expect("the dashboard");
        assert_eq!(dashboard.library.as_deref(), Some("src/lib.rs"));
        assert_eq!(dashboard.programs, ["src/main.rs"]);
        let xtask = package("xtask").expect("the commands");
        assert_eq!(
            (xtask.library.as_deref(), &*xtask.programs),
            (None, &["xtask/src/main.rs".to_owned()][..])
        );
        assert!(workspace.files.contains_key("tests/tidy/workspace.rs"));
        assert!(!workspace.files.keys().any(|path| path.contains("target/")));
    }
}
