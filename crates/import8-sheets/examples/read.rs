//! Measures how long a file takes to be read, and the most memory that it needs (on Linux). Give paths of files, one
//! at a time for the memory: `cargo run --profile server --package import8-sheets --example read -- prices.xlsx`.

use std::time::Instant;

use import8_sheets::reading::Source;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for path in std::env::args().skip(1) {
        let file = std::fs::read(&path)?;
        let bytes = file.len();
        let begin = Instant::now();
        let source = Source::read(file);
        let read = begin.elapsed();
        let begin = Instant::now();
        let said = match &source {
            Ok(source) => {
                let cells =
                    (0..source.rows()).flat_map(|row| (0..source.columns()).map(move |column| (row, column)));
                let chars: usize = cells.map(|(row, column)| source.cell(row, column).len()).sum();
                format!("{} rows, {} columns, {chars} bytes of text", source.rows(), source.columns())
            }
            Err(error) => error.to_string(),
        };
        let asked = begin.elapsed();
        println!("{path}: {bytes} bytes, {said}; read in {read:.2?}, cells in {asked:.2?}, {}", peak());
    }
    Ok(())
}

/// The most memory that the program has had, as Linux tells it.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "peak memory unknown".to_owned(), |peak| format!("peak memory {}", peak.trim()))
}
