//! The rule on the length of files.

use crate::workspace::Workspace;

/// The most lines of code in a file of the dashboard. A longer file becomes a folder of its parts.
const DASHBOARD: usize = 420;
/// The most lines of code in any other file.
const ANY: usize = 600;

/// Finds the files that are too long.
pub(crate) fn find(workspace: &Workspace) -> Vec<String> {
    let lengths = workspace.files.iter().map(|(path, text)| (path, code_lines(text)));
    let most = |path: &str| if path.starts_with("src/") { DASHBOARD } else { ANY };
    let long = lengths.filter(|(path, lines)| *lines > most(path));
    long.map(|(path, lines)| format!("{path} has {lines} lines, {} are allowed", most(path))).collect()
}

/// The number of lines in a file that are not comments.
fn code_lines(text: &str) -> usize {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_files_are_found() {
        let long = "f();\n".repeat(ANY + 1);
        let longer_by_comments = "f();\n".repeat(DASHBOARD) + &"    // a comment\n".repeat(50);
        let mut workspace = Workspace::default();
        let mut found = |path: &str, text: &str| {
            workspace.files = [(path.to_owned(), text.to_owned())].into();
            find(&workspace)
        };
        assert_eq!(found("src/pages/a.rs", &longer_by_comments), [""; 0]);
        assert_eq!(found("src/pages/a.rs", &long[5..]), ["src/pages/a.rs has 600 lines, 420 are allowed"]);
        assert_eq!(found("tests/browser/a.rs", &long[5..]), [""; 0]);
        assert_eq!(found("tests/browser/a.rs", &long), ["tests/browser/a.rs has 601 lines, 600 are allowed"]);
    }
}
