//! The rule that a style sheet is there wherever something that it styles is drawn, and needed nowhere else.
//!
//! The page has some sheets from the start, the others are adopted: by a screen that names them in `src/screens.rs`,
//! or by the file of a component with `include_str!`. A rule of an adopted sheet would show on other screens only
//! after a visit to its own; so it needs a class, an id or a `data-` attribute that only adopting files draw.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::graph::{Graph, Target};
use crate::workspace::Workspace;

const PAGE: &str = "index.html";
/// A script that the page contains.
const SCRIPT: &str = "src/api/early.js";
/// The file that names the sheets of each screen, and adopts the one that all of them share.
const SCREENS: &str = "src/screens.rs";
/// The file that the first download begins with.
const FIRST: &str = "src/app.rs";
/// First words of an adopted sheet. Sheets stand in the page in the order of their texts, hence of these.
const KINDS: [&str; 3] = ["/* All downloaded screens", "/* Component: ", "/* Screen: "];

/// The sheets of a dashboard, and the files that draw what they style.
pub(crate) struct Styles {
    /// The texts of the sheets, by their names.
    sheets: BTreeMap<String, String>,
    /// The texts of the dashboard's files and of `index.html`, without tests and comments.
    files: BTreeMap<String, String>,
    /// The files of the first download.
    first: BTreeSet<String>,
    /// The files of the screens, each with the sheets that are named for it.
    screens: BTreeMap<String, Vec<String>>,
}

impl Styles {
    /// Reads the sheets and the page of the workspace that this test is part of.
    pub(crate) fn read(workspace: &Workspace, graph: &Graph) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
        let text = |path: &Path| fs::read_to_string(path).expect("a text");
        let sheets = fs::read_dir(root.join("style")).expect("a folder").map(|file| {
            let path = file.expect("a file").path();
            (path.file_stem().expect("a name").to_string_lossy().into_owned(), text(&path))
        });
        let page = text(&root.join(PAGE)) + &text(&root.join(SCRIPT));
        Self::new(sheets.collect(), page, workspace, graph)
    }

    fn new(sheets: BTreeMap<String, String>, page: String, workspace: &Workspace, graph: &Graph) -> Self {
        let files = graph.files().filter(|path| path.starts_with("src/"));
        let files = files.map(|path| (path.to_owned(), code(&workspace.files[path])));
        let files: BTreeMap<_, _> = files.chain([(PAGE.to_owned(), page)]).collect();
        Self { screens: screens(&files), first: reached_from(FIRST, graph), sheets, files }
    }

    /// Finds sheets that nothing adopts, names that nothing draws, rules that may style what does not adopt their
    /// sheet, and drawn classes whose styles are not adopted.
    pub(crate) fn find(&self) -> Vec<String> {
        let mut broken = self.misplaced();
        let classes: BTreeMap<_, _> = self.files.iter().map(|(path, text)| (path, classes(text))).collect();
        let draws = |file: &String, name: &str| match name.strip_prefix('.') {
            Some(class) => classes[file].contains(class),
            None => draws(&self.files[file], name),
        };
        let mut styled = BTreeMap::<_, BTreeSet<&str>>::new();
        for (sheet, text) in &self.sheets {
            let adopts: BTreeSet<_> = self.files.keys().filter(|file| self.adopts(file, sheet)).collect();
            for selector in selectors(text) {
                let names = names(&selector);
                let drawn: Vec<Vec<_>> = names
                    .iter()
                    .map(|name| self.files.keys().filter(|file| draws(file, name)).collect())
                    .collect();
                for (name, _) in names.iter().zip(&drawn).filter(|(_, drawn)| drawn.is_empty()) {
                    broken.push(format!("style/{sheet}.css: `{selector}` names {name}, which nothing draws"));
                }
                let outside = drawn.iter().map(|drawn| drawn.iter().find(|file| !adopts.contains(**file)));
                let outside: Option<Vec<_>> =
                    if adopts.len() < self.files.len() { outside.collect() } else { None };
                if let Some(files) = outside {
                    let file = files.first().map_or("any file", |file| file.as_str());
                    broken.push(format!("style/{sheet}.css: `{selector}` may style what {file} draws"));
                }
                for (name, drawn) in names.into_iter().zip(drawn).filter(|(name, _)| name.starts_with('.')) {
                    styled.entry((name, drawn)).or_default().insert(sheet);
                }
            }
        }
        for ((name, drawn), sheets) in styled {
            let unstyled =
                drawn.into_iter().filter(|file| !sheets.iter().any(|sheet| self.adopts(file, sheet)));
            broken.extend(unstyled.map(|file| format!("{file} draws {name} and adopts none of {sheets:?}")));
        }
        broken
    }

    /// Whether a sheet is in the page before the file draws anything.
    fn adopts(&self, file: &str, sheet: &str) -> bool {
        let includes = |file: &str| self.files.get(file).is_some_and(|text| includes(text, sheet));
        let is_later = file != PAGE && !self.first.contains(file);
        if includes(PAGE) || (includes(SCREENS) && is_later) || (file != SCREENS && includes(file)) {
            return true;
        }
        // A screen does not get the sheets of the one beside it in the same folder.
        let of_screen = |file: &str| Some(self.screens.get(file)?.iter().any(|own| own == sheet));
        of_screen(file).unwrap_or_else(|| {
            let folders = file.match_indices('/').map(|(at, _)| format!("{}/mod.rs", &file[..at]));
            folders.filter_map(|module| of_screen(&module)).any(|adopts| adopts)
        })
    }

    /// Sheets that nothing adopts, and those whose first words are not those of their kind.
    fn misplaced(&self) -> Vec<String> {
        let adopted = self.sheets.iter().filter(|(sheet, _)| !includes(&self.files[PAGE], sheet));
        let misplaced = |(sheet, text): (&String, &String)| {
            let mut files = self.files.iter().filter(|(_, text)| includes(text, sheet)).map(|(path, _)| path);
            let kind = match files.next() {
                Some(file) if file == SCREENS => KINDS[0],
                Some(_) => KINDS[1],
                None if self.screens.values().flatten().any(|own| own == sheet) => KINDS[2],
                None => return Some(format!("style/{sheet}.css is adopted by nothing")),
            };
            (!text.starts_with(kind)).then(|| format!("style/{sheet}.css does not begin with `{kind}`"))
        };
        adopted.filter_map(misplaced).collect()
    }
}

/// The files of the screens that `src/screens.rs` declares, each with the sheets that are named for it.
fn screens(files: &BTreeMap<String, String>) -> BTreeMap<String, Vec<String>> {
    let calls = files[SCREENS].split("\nscreen!(").skip(1).filter_map(|rest| rest.split_once(");"));
    let screen = |(call, _): (&str, &str)| {
        let (page, sheets) = (call.split(',').next()?.trim(), call.split_once('[')?.1);
        let component = format!("pub fn {page}(");
        let (file, _) = files.iter().find(|(_, text)| text.contains(&component))?;
        Some((file.clone(), sheets.split('"').skip(1).step_by(2).map(str::to_owned).collect()))
    };
    calls
        .map(|call| screen(call).unwrap_or_else(|| panic!("{SCREENS}: {} is not understood", call.0)))
        .collect()
}

/// The files that a file leads to without the screens that are downloaded later.
fn reached_from(start: &str, graph: &Graph) -> BTreeSet<String> {
    let (mut reached, mut waiting) = (BTreeSet::from([start.to_owned()]), vec![start]);
    while let Some(file) = waiting.pop() {
        let imports = graph.imports.iter().filter(|import| import.file == file && file != SCREENS);
        for import in imports {
            if let Target::Item { file, .. } = &import.target
                && reached.insert(file.clone())
            {
                waiting.push(file);
            }
        }
    }
    reached
}

/// The text of a file without its tests, which stand at its end, and without comments.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .fold(String::new(), |all, line| all + line + "\n")
}

/// Whether a file has a sheet in it.
fn includes(text: &str, sheet: &str) -> bool {
    let path = format!("style/{sheet}.css\"");
    let before = |at: usize| text[..at].rsplit_once('"').map_or("", |(before, _)| before);
    text.match_indices(&path)
        .any(|(at, _)| before(at).ends_with("include_str!(") || before(at).ends_with("href="))
}

/// The classes that the views of a file draw.
fn classes(text: &str) -> BTreeSet<&str> {
    let fixed = text.split("class=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let set = text.split(" class:").skip(1).filter_map(|rest| rest.split('=').next());
    fixed.flat_map(str::split_whitespace).chain(set).collect()
}

/// Whether the views of a file draw an id, written there or as a constant, or a `data-` attribute.
fn draws(text: &str, name: &str) -> bool {
    let (begins, name, ends) = match name.strip_prefix('#') {
        Some(id) => (["id=\"", "&str = \""], id, ["\"", "\""]),
        None => ([" ", "\""], &name[1..], ["=", "\""]),
    };
    begins.iter().zip(ends).any(|(begin, end)| text.contains(&format!("{begin}{name}{end}")))
}

/// The selectors of a sheet, one for each alternative. `@keyframes` and `@page` have none.
fn selectors(sheet: &str) -> Vec<String> {
    let mut text = sheet.to_owned();
    while let Some(start) = text.find("/*") {
        let end = text[start..].find("*/").expect("the end of a comment");
        text.replace_range(start..start + end + 2, "");
    }
    let (mut found, mut rest) = (Vec::new(), text.as_str());
    while let Some((head, body)) = rest.split_once('{') {
        let head = head.trim_matches(|c: char| c.is_whitespace() || c == '}');
        if head.starts_with("@media") {
            rest = body;
        } else {
            let end = end_of(body, '{', '}');
            if !head.starts_with('@') {
                found.extend(alternatives(head));
            }
            rest = &body[end..];
        }
    }
    found
}

/// Where the bracket that is open before `text` is closed.
fn end_of(text: &str, open: char, close: char) -> usize {
    let mut depth = 1;
    let end = text.char_indices().find(|(_, c)| {
        depth += i32::from(*c == open) - i32::from(*c == close);
        depth == 0
    });
    end.map_or(text.len(), |(at, _)| at)
}

/// A list of selectors, one by one. What is in `:is()` makes one of each.
fn alternatives(list: &str) -> Vec<String> {
    if let Some((before, rest)) = list.split_once(":is(") {
        let (inner, after) = rest.split_at(end_of(rest, '(', ')'));
        let start = before.rfind(',').map_or(0, |at| at + 1);
        let stop = after.find(',').unwrap_or(after.len());
        let own =
            inner.split(',').map(|one| format!("{}{}{}", &before[start..], one.trim(), &after[1..stop]));
        let others = [before[..start].to_owned(), after[stop..].to_owned()];
        return own.chain(others).flat_map(|one| alternatives(&one)).collect();
    }
    let mut depth = 0;
    let parts = list.split(|c: char| {
        depth += i32::from("([".contains(c)) - i32::from(")]".contains(c));
        c == ',' && depth == 0
    });
    parts
        .map(|one| one.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|one| !one.is_empty())
        .collect()
}

/// The classes, ids and `data-` attributes that something must have for a selector to match.
fn names(selector: &str) -> Vec<String> {
    let mut text = selector.to_owned();
    while let Some(start) = text.find(":not(") {
        let end = end_of(&text[start + 5..], '(', ')');
        text.replace_range(start..start + 6 + end, "");
    }
    let starts = text.match_indices(['.', '#']).map(|(at, _)| at);
    let starts = starts.chain(text.match_indices("[data-").map(|(at, _)| at));
    let name = |at: usize| {
        let first = text[at..].strip_prefix("[data-").map_or(1, |_| 6);
        let rest = &text[at + first..];
        let end = rest.find(|c: char| !(c.is_alphanumeric() || "-_".contains(c))).unwrap_or(rest.len());
        text[at..at + first + end].to_owned()
    };
    starts.map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found when `sheet` is the style of the history, and `screen` draws `view`.
    fn found(sheet: &str, view: &str) -> Vec<String> {
        let screens = "use crate::pages::history::HistoryPage;\n\
            fn shared() { adopt(include_str!(\"../style/parts.css\")); }\n\
            screen!(HistoryPage, lists, [\"history\"]);\n\
            screen!(ReviewPage, lists, []);\n";
        let history = format!("pub fn HistoryPage() {{ view! {{ {view} }} }}");
        let files = [
            ("src/main.rs", "mod app; mod screens; mod pages; mod components;"),
            ("src/app.rs", "use crate::components::Shell; use crate::screens::shared; pub fn App() {}"),
            ("src/screens.rs", screens),
            ("src/components.rs", "pub fn Shell() { view! { <p class=\"frame\" id=\"content\"></p> } }"),
            ("src/pages/mod.rs", "pub mod history; pub mod review;"),
            ("src/pages/history/mod.rs", &history),
            ("src/pages/review.rs", "pub fn ReviewPage() { view! { <p class=\"shared own\"></p> } }"),
        ];
        let workspace = Workspace::of_files(&files);
        let sheets = [
            ("main", ".frame { color: red; }"),
            ("parts", "/* All downloaded screens. */ .shared { color: red; }"),
            ("history", sheet),
        ];
        let sheets = sheets.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let page = "<link data-trunk rel=\"inline\" href=\"style/main.css\">".to_owned();
        Styles::new(sheets.into(), page, &workspace, &Graph::new(&workspace)).find()
    }

    #[test]
    fn a_rule_for_what_only_its_screen_draws_is_in_its_place() {
        let clean = [
            ".rows { color: red; }",
            "#list > p:not(.frame), .frame .rows { color: red; }",
            "@media print { :root:has(.rows) { color: red; } } @keyframes a { from { color: red; } }",
            ":is(.rows, .cells) [data-kind=\"frame\"], [data-kind] { color: red; }",
            "/* .frame */ .cells.rows:hover::before { color: red; }",
        ];
        let view = "<p class=\"rows\" class:cells=true id=\"list\" data-kind=kind></p>";
        for rule in clean {
            assert_eq!(found(&format!("/* Screen: it. */ {rule}"), view), [""; 0], "{rule}");
        }
    }

    #[test]
    fn a_planted_rule_is_found() {
        let check = |rule: &str, view: &str, expected: &str| {
            assert_eq!(found(&format!("/* Screen: it. */ {rule}"), view), [expected], "{rule}");
        };
        let view = "<p class=\"rows\"></p>";
        check(".rows .gone { }", view, "style/history.css: `.rows .gone` names .gone, which nothing draws");
        check("#gone, .rows { }", view, "style/history.css: `#gone` names #gone, which nothing draws");
        check(".rows, p { }", view, "style/history.css: `p` may style what any file draws");
        let of_shell = "style/history.css: `.frame` may style what src/components.rs draws";
        check(".rows, .frame { }", view, of_shell);
        check(
            "@media print { .frame:not(.rows) { } }",
            view,
            &of_shell.replace("frame`", "frame:not(.rows)`"),
        );
        check(
            ":is(.frame, .rows) p { }",
            view,
            "style/history.css: `.frame p` may style what src/components.rs draws",
        );
        let of_review = "style/history.css: `.shared` may style what src/pages/review.rs draws";
        check(".shared { }", "<p class=\"shared\"></p>", of_review);
    }

    #[test]
    fn a_class_that_is_styled_elsewhere_only_is_found() {
        let view = "<p class=\"rows own\"></p>";
        let missing = "src/pages/review.rs draws .own and adopts none of {\"history\"}";
        assert_eq!(found("/* Screen: it. */ .rows .own { }", view), [missing]);
    }

    #[test]
    fn a_sheet_says_its_kind() {
        let broken = "style/history.css does not begin with `/* Screen: `";
        assert_eq!(found(".rows { }", "<p class=\"rows\"></p>"), [broken]);
    }
}
