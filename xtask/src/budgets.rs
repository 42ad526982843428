//! The budgets of the dashboard's files: the most bytes that a browser may download, compressed with brotli.
//!
//! `cargo xtask size` and `cargo xtask test` fail when one is exceeded. Lower a budget when the files have become
//! smaller, so that they stay so.

use std::fmt;
use std::path::Path;

use LoadPhase::{FirstVisit, Screen, Worker};
use Subject::{Each, Files, Total};

/// The budgets. A file counts against the [`Each`] with the longest beginning that fits its name.
const BUDGETS: &[Budget] = &[
    Budget { subject: Total("a first visit", &[FirstVisit]), most: 252_000 },
    Budget { subject: Total("the dashboard without its worker", &[FirstVisit, Screen]), most: 1_213_000 },
    Budget { subject: Total("the worker", &[Worker]), most: 577_000 },
    Budget { subject: Files("the dashboard without its worker", &[FirstVisit, Screen]), most: 13 },
    Budget { subject: Each("index.html"), most: 6_900 },
    Budget { subject: Each("app_bg.wasm"), most: 238_000 },
    // A part has the code of its screens, see `src/screens.rs`.
    Budget { subject: Each("split_product"), most: 118_000 },
    Budget { subject: Each("split_lists"), most: 92_000 },
    Budget { subject: Each("split_costs"), most: 109_000 },
    Budget { subject: Each("split_tariff"), most: 40_000 },
    Budget { subject: Each("split_batches"), most: 219_000 },
    Budget { subject: Each("split_account"), most: 137_000 },
    Budget { subject: Each("split_evidence"), most: 44_000 },
    // Code that several parts share.
    Budget { subject: Each("split_shared"), most: 154_000 },
    Budget { subject: Each("split_shared_later"), most: 72_000 },
];

/// When a browser downloads a file of the dashboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LoadPhase {
    FirstVisit,
    /// When a screen is first shown, or earlier in the background.
    Screen,
    /// When the first spreadsheet is read or written.
    Worker,
}

impl LoadPhase {
    pub(crate) const ALL: [Self; 3] = [FirstVisit, Screen, Worker];

    /// Tells by the file's name.
    fn from_name(name: &str) -> Self {
        let begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| name.starts_with(beginning));
        match () {
            () if begins(&["sheets"]) => Worker,
            () if begins(&["split_"]) => Screen,
            () => FirstVisit,
        }
    }

    pub(crate) fn title(self) -> &'static str {
        match self {
            FirstVisit => "on a first visit",
            Screen => "with the screens, in the background",
            Worker => "with the first spreadsheet",
        }
    }
}

/// A file that a browser downloads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SizedFile {
    /// Its name, without a folder.
    pub(crate) name: String,
    pub(crate) phase: LoadPhase,
    /// Its size in bytes, as it is sent.
    pub(crate) bytes: u64,
}

impl SizedFile {
    /// A file of which `bytes` are sent.
    pub(crate) fn new(path: &Path, bytes: u64) -> Self {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self { phase: LoadPhase::from_name(&name), name, bytes }
    }
}

struct Budget {
    subject: Subject,
    most: u64,
}

/// The subject of a budget.
enum Subject {
    /// The bytes of all files of these phases together, by a name for them.
    Total(&'static str, &'static [LoadPhase]),
    /// The number of these files.
    Files(&'static str, &'static [LoadPhase]),
    /// The bytes of each file whose name begins with this.
    Each(&'static str),
}

/// A budget that is exceeded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Excess {
    /// The file, or the name for several files.
    what: String,
    size: u64,
    budget: u64,
    unit: &'static str,
}

impl fmt::Display for Excess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, size, budget, unit } = self;
        write!(f, "{what}: {size} {unit}, the budget is {budget}")
    }
}

/// Finds the budgets that `files` exceed.
pub(crate) fn exceeded(files: &[SizedFile]) -> Vec<Excess> {
    exceeded_of(BUDGETS, files)
}

fn exceeded_of(budgets: &[Budget], files: &[SizedFile]) -> Vec<Excess> {
    let of_all = budgets.iter().filter_map(|budget| budget.of_all(files));
    of_all.chain(files.iter().filter_map(|file| of_file(budgets, file))).collect()
}

impl Budget {
    /// The excess of several files together; none for a budget of single files.
    fn of_all(&self, files: &[SizedFile]) -> Option<Excess> {
        let among =
            |phases: &'static [LoadPhase]| files.iter().filter(move |file| phases.contains(&file.phase));
        let (name, phases, size, unit) = match self.subject {
            Total(name, phases) => (name, phases, among(phases).map(|file| file.bytes).sum(), "bytes"),
            Files(name, phases) => (name, phases, among(phases).count() as u64, "files"),
            Each(_) => return None,
        };
        let largest = among(phases).max_by_key(|file| file.bytes).filter(|_| size > self.most)?;
        let what = format!("{name} (the largest file is {})", largest.name);
        Some(Excess { what, size, budget: self.most, unit })
    }
}

/// The excess of a file over its own budget.
fn of_file(budgets: &[Budget], file: &SizedFile) -> Option<Excess> {
    let own = budgets.iter().filter_map(|budget| match budget.subject {
        Each(beginning) if file.name.starts_with(beginning) => Some((beginning.len(), budget.most)),
        _ => None,
    });
    let (_, most) = own.max_by_key(|(length, _)| *length)?;
    let excess = || Excess { what: file.name.clone(), size: file.bytes, budget: most, unit: "bytes" };
    (file.bytes > most).then(excess)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &[Budget] = &[
        Budget { subject: Total("a first visit", &[FirstVisit]), most: 300 },
        Budget { subject: Total("all but the worker", &[FirstVisit, Screen]), most: 1_000 },
        Budget { subject: Total("the worker", &[Worker]), most: 400 },
        Budget { subject: Files("all but the worker", &[FirstVisit, Screen]), most: 3 },
        Budget { subject: Each("split_lists"), most: 100 },
        Budget { subject: Each("split_"), most: 600 },
    ];

    fn check(files: &[(&str, u64)], expected: &[&str]) {
        let files: Vec<_> =
            files.iter().map(|(name, bytes)| SizedFile::new(Path::new(name), *bytes)).collect();
        let found: Vec<_> = exceeded_of(OWN, &files).iter().map(ToString::to_string).collect();
        assert_eq!(found, expected, "{files:?}");
    }

    #[test]
    fn an_exceeded_budget_is_named_with_its_file_and_sizes() {
        check(&[("dist/index.html", 20), ("dist/app/app_bg.wasm", 280), ("sheets_bg.wasm", 400)], &[]);
        check(
            &[("index.html", 20), ("app/app_bg.wasm", 281)],
            &["a first visit (the largest file is app_bg.wasm): 301 bytes, the budget is 300"],
        );
        check(
            &[("app_bg.wasm", 300), ("split_a.wasm", 200), ("split_b.wasm", 501)],
            &["all but the worker (the largest file is split_b.wasm): 1001 bytes, the budget is 1000"],
        );
        check(
            &[("sheets.js", 1), ("sheets_bg.wasm", 400)],
            &["the worker (the largest file is sheets_bg.wasm): 401 bytes, the budget is 400"],
        );
        check(
            &[("index.html", 4), ("a.js", 3), ("split_a.wasm", 2), ("split_b.wasm", 1)],
            &["all but the worker (the largest file is index.html): 4 files, the budget is 3"],
        );
    }

    #[test]
    fn a_file_has_the_budget_whose_beginning_fits_best() {
        check(&[("app/split_lists.wasm", 101)], &["split_lists.wasm: 101 bytes, the budget is 100"]);
        check(&[("app/split_other.wasm", 101)], &[]);
        check(&[("app/split_other.wasm", 601)], &["split_other.wasm: 601 bytes, the budget is 600"]);
    }

    #[test]
    fn a_first_visit_is_told_from_what_comes_later() {
        let check = |name: &str, phase| assert_eq!(LoadPhase::from_name(name), phase, "{name}");
        for name in ["index.html", "app.js", "app_bg.wasm", "__wasm_split.js"] {
            check(name, FirstVisit);
        }
        for name in ["split_lists.wasm", "split_shared.wasm"] {
            check(name, Screen);
        }
        for name in ["sheets.js", "sheets_bg.wasm", "sheets_loader.js"] {
            check(name, Worker);
        }
    }
}
