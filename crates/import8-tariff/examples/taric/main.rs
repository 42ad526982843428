//! Writes a made-up release of TARIC's workbooks into a folder, in the size of a real one: `taric FOLDER`.
//!
//! `taric FOLDER LINES MEASURES REPEATED` writes one of another size: lines in each language, rows of measures, and
//! how many of these rows repeat another.

mod release;

use std::path::Path;
use std::process::ExitCode;

use release::Size;

/// The size of a real release.
const REAL: Size = Size { lines: 27_500, measures: 247_000, repeated: 13_700 };

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let numbers: Option<Vec<u32>> = arguments.iter().skip(1).map(|number| number.parse().ok()).collect();
    let size = match numbers.as_deref() {
        Some([]) => REAL,
        Some(&[lines, measures, repeated]) => Size { lines, measures, repeated },
        _ => return fail("usage: taric FOLDER [LINES MEASURES REPEATED]"),
    };
    let Some(folder) = arguments.first() else {
        return fail("usage: taric FOLDER [LINES MEASURES REPEATED]");
    };
    if let Err(error) = std::fs::create_dir_all(folder) {
        return fail(&format!("{folder}: {error}"));
    }
    match release::write(Path::new(folder), size) {
        Ok(written) => {
            println!("{written:?}");
            ExitCode::SUCCESS
        }
        Err(error) => fail(&error.to_string()),
    }
}

fn fail(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::FAILURE
}
