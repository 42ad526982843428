//! Reads a publication and prints the report: `read PATH`.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: read PATH");
        return ExitCode::FAILURE;
    };
    let begun = Instant::now();
    match import8_tariff::read(Path::new(&path)) {
        Ok((edition, report)) => {
            print!("{}", report.to_text());
            let (lines, measures) = (edition.lines.len(), edition.measures.len());
            println!("{lines} lines and {measures} measures in {:.1?}", begun.elapsed());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
