//! The packages and tests that a change can have broken, for `cargo xtask test --quick`.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::error::Error;
use crate::process;

/// The tests that visit every screen, for a change that all screens share.
const EVERY_SCREEN: [&str; 4] = ["languages", "layout", "session", "shell"];

/// The tests in Chromium for a folder of the dashboard. The longest matching path counts.
const TESTS: [(&str, &[&str]); 23] = [
    ("src/api/early", &["early", "shell"]),
    ("src/components/palette", &["palette"]),
    ("src/components/review", &["queue", "review"]),
    ("src/outbox/batches", &["again", "batches", "corrections", "lost"]),
    ("src/outbox/reviews", &["lists", "review"]),
    ("src/pages/batches", &["again", "batches", "corrections", "lost"]),
    ("src/pages/classification", &["result", "review"]),
    ("src/pages/classify", &["classify", "drafts", "fields", "lost", "pictures"]),
    ("src/pages/duty_rates", &["code_page", "costs"]),
    ("src/pages/evidence", &["evidence"]),
    ("src/pages/history", &["exports", "files", "history", "lists"]),
    ("src/pages/keys", &["keys"]),
    ("src/pages/landed_cost", &["costs"]),
    ("src/pages/not_found", &["shell"]),
    ("src/pages/overview", &["lists", "shell"]),
    ("src/pages/requests", &["requests"]),
    ("src/pages/review", &["queue", "review"]),
    ("src/pages/settings", &["settings"]),
    ("src/pages/sign_in", &["session"]),
    ("src/pages/tariff_changes", &["tariff_changes"]),
    ("src/pages/tariff", &["tariff_tree"]),
    ("src/pages/usage", &["usage"]),
    ("src/pages/webhook", &["webhook"]),
];

/// The packages and test modules that a change touches.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Touched {
    /// Packages by folder, such as `crates/import8-api`; the dashboard is the empty name.
    pub(crate) packages: BTreeSet<String>,
    /// Modules of the tests in Chromium.
    pub(crate) scenes: BTreeSet<String>,
}

impl Touched {
    /// Finds the changes since `commit` with Git, uncommitted ones included.
    pub(crate) fn since(commit: &str) -> Result<Self, Error> {
        let git = |arguments: &[&str]| {
            let mut command = process::command("git");
            process::answer(command.args(arguments)).ok_or_else(|| Error::NoCommit(commit.to_owned()))
        };
        let changed = git(&["diff", "--name-only", commit, "--"])?;
        let new = git(&["ls-files", "--others", "--exclude-standard"])?;
        let mut metadata = process::command("cargo");
        metadata.args(["metadata", "--format-version", "1", "--no-deps", "--offline"]);
        let packages = process::answer(&mut metadata).ok_or(Error::NoPackages)?;
        let packages = packages_of(&serde_json::from_str(&packages).map_err(|_| Error::NoPackages)?);
        Ok(Self::from_files(changed.lines().chain(new.lines()), &packages))
    }

    fn from_files<'a>(files: impl Iterator<Item = &'a str>, packages: &[Package]) -> Self {
        let mut touched = Self::default();
        for file in files {
            touched.scenes.extend(scenes_of(file).into_iter().map(str::to_owned));
            match packages
                .iter()
                .filter(|package| package.has(file))
                .max_by_key(|package| package.folder.len())
            {
                // The tests of the whole may depend on files outside all packages, such as `Cargo.lock`.
                Some(package) if package.folder.is_empty() && !is_of_dashboard(file) => {
                    touched.packages.extend(packages.iter().map(|package| package.folder.clone()));
                }
                Some(package) => {
                    touched.packages.insert(package.folder.clone());
                }
                None => {}
            }
        }
        touched.add_dependents(packages);
        touched
    }

    /// Adds the packages that depend on those found so far.
    fn add_dependents(&mut self, packages: &[Package]) {
        loop {
            let before = self.packages.len();
            for package in packages {
                if package.dependencies.iter().any(|folder| self.packages.contains(folder)) {
                    self.packages.insert(package.folder.clone());
                }
            }
            if self.packages.len() == before {
                return;
            }
        }
    }
}

/// A package of this workspace.
#[derive(Debug, PartialEq, Eq)]
struct Package {
    folder: String,
    /// The folders of the packages of this workspace that it depends on.
    dependencies: Vec<String>,
}

impl Package {
    fn has(&self, file: &str) -> bool {
        self.folder.is_empty() || file.starts_with(&format!("{}/", self.folder))
    }
}

/// Parses the packages in the output of `cargo metadata`.
fn packages_of(metadata: &Value) -> Vec<Package> {
    let root = metadata["workspace_root"].as_str().unwrap_or_default();
    let below = |path: &str| {
        path.strip_prefix(root).map(|folder| folder.trim_matches(['/', '\\']).replace('\\', "/"))
    };
    let folder_of = |package: &Value| below(package["manifest_path"].as_str()?.strip_suffix("Cargo.toml")?);
    let packages = metadata["packages"].as_array().into_iter().flatten();
    packages
        .filter_map(|package| {
            let dependencies = package["dependencies"].as_array().into_iter().flatten();
            let dependencies = dependencies.filter_map(|dependency| below(dependency["path"].as_str()?));
            Some(Package { folder: folder_of(package)?, dependencies: dependencies.collect() })
        })
        .collect()
}

/// Whether a file outside all other packages belongs to the dashboard.
fn is_of_dashboard(file: &str) -> bool {
    ["src/", "style/", "public/", "docs/", "index.html"].iter().any(|begin| file.starts_with(begin))
        || file.ends_with(".md")
}

/// The tests in Chromium for a file.
fn scenes_of(file: &str) -> Vec<&str> {
    if let Some(test) = file.strip_prefix("tests/browser/").and_then(|name| name.strip_suffix(".rs")) {
        return vec![test];
    }
    let of_folder = TESTS.iter().filter(|(path, _)| is_below(file, path));
    if let Some((_, tests)) = of_folder.max_by_key(|(path, _)| path.len()) {
        return tests.to_vec();
    }
    let is_seen = is_of_dashboard(file) && !file.ends_with(".md") && !file.starts_with("docs/");
    if is_seen { EVERY_SCREEN.to_vec() } else { Vec::new() }
}

/// Whether a file is `path`, its module, or in its folder.
fn is_below(file: &str, path: &str) -> bool {
    file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.']))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::json;

    use super::*;

    fn packages() -> Vec<Package> {
        packages_of(&json!({
            "workspace_root": "/r",
            "packages": [
                { "manifest_path": "/r/Cargo.toml", "dependencies": [{ "path": "/r/crates/api" }, {}] },
                { "manifest_path": "/r/crates/api/Cargo.toml", "dependencies": [] },
                { "manifest_path": "/r/crates/server/Cargo.toml", "dependencies": [{ "path": "/r/crates/api" }] },
                { "manifest_path": "/r/xtask/Cargo.toml", "dependencies": [] },
                { "manifest_path": "/r/xtask/bundler/Cargo.toml", "dependencies": [] },
            ],
        }))
    }

    fn check(file: &str, folders: &[&str], scenes: &[&str]) {
        let touched = Touched::from_files([file].into_iter(), &packages());
        assert_eq!(touched.packages.iter().map(String::as_str).collect::<Vec<_>>(), folders, "{file}");
        assert_eq!(touched.scenes.iter().map(String::as_str).collect::<Vec<_>>(), scenes, "{file}");
    }

    #[test]
    fn a_file_touches_its_package_and_what_is_built_on_it() {
        check("crates/api/src/lib.rs", &["", "crates/api", "crates/server"], &[]);
        check("crates/server/src/main.rs", &["crates/server"], &[]);
        check("xtask/bundler/src/main.rs", &["xtask/bundler"], &[]);
        check("Cargo.lock", &["", "crates/api", "crates/server", "xtask", "xtask/bundler"], &[]);
    }

    #[test]
    fn a_screen_is_tried_by_its_own_tests_and_what_all_share_by_a_visit_to_each() {
        check("src/pages/usage/mod.rs", &[""], &["usage"]);
        check("src/pages/landed_cost/form.rs", &[""], &["costs"]);
        check("src/pages/overview.rs", &[""], &["lists", "shell"]);
        check("src/pages/mod.rs", &[""], &EVERY_SCREEN);
        check("style/main.css", &[""], &EVERY_SCREEN);
        check("README.md", &[""], &[]);
    }

    #[test]
    fn each_page_has_tests_and_each_test_and_folder_is_there() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for (path, tests) in TESTS {
            let is_there = root.join(path).is_dir() || root.join(path).with_extension("rs").is_file();
            assert!(is_there, "{path}");
            for test in tests {
                assert!(root.join(format!("tests/browser/{test}.rs")).is_file(), "{path}: {test}");
            }
        }
        for page in std::fs::read_dir(root.join("src/pages")).expect("pages") {
            let page = page.expect("a page").file_name().into_string().expect("a name");
            let file = format!("src/pages/{page}");
            assert!(page == "mod.rs" || TESTS.iter().any(|(path, _)| is_below(&file, path)), "{file}");
        }
    }
}
