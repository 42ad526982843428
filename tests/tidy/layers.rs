//! The rule that imports run down: which packages a package may import, and which rooms a room of the dashboard may
//! import.

use std::collections::BTreeSet;

use crate::graph::{Graph, Import};
use crate::workspace::Workspace;

/// A package with its layers.
struct Layers {
    package: &'static str,
    /// Its folder, ending with `/`.
    folder: &'static str,
    imports: &'static [&'static str],
    /// Its rooms, which are the files and folders in `src`, from the top down. Rooms in one layer do not import each
    /// other. Empty if the rule does not apply within the package.
    rooms: &'static [&'static [&'static str]],
    /// The rooms whose parts do not import each other.
    apart: &'static [&'static str],
}

static LAYERS: [Layers; 12] = [
    Layers {
        imports: &["import8_catalogue", "import8_sheets", "import8_api"],
        rooms: &[
            &["main"],
            &["lib"],
            &["app"],
            &["route_table"],
            &["screens"],
            &["background"],
            &["pages"],
            &["components"],
            &["outbox"],
            &["queries"],
            &["session"],
            &["api"],
            &["i18n"],
            &["browser"],
            &["routes"],
        ],
        apart: &["pages"],
        ..package("import8_dashboard", "")
    },
    package("import8_tests", "tests/"),
    package("import8_bench", "crates/import8-bench/"),
    package("import8_receivers", "crates/import8-receivers/"),
    Layers {
        imports: &["import8_sheets", "import8_tariff", "import8_api"],
        ..package("import8_server", "crates/import8-server/")
    },
    Layers {
        imports: &["import8_sheets", "import8_api"],
        ..package("import8_tariff", "crates/import8-tariff/")
    },
    Layers {
        imports: &["import8_sheets", "import8_api"],
        ..package("import8_catalogue", "crates/import8-catalogue/")
    },
    package("import8_sheets", "crates/import8-sheets/"),
    package("import8_api", "crates/import8-api/"),
    package("xtask", "xtask/"),
    package("bundler", "xtask/bundler/"),
    package("wasm_bindgen_programs", "xtask/wasm-bindgen/"),
];

/// A package that imports no other package.
const fn package(package: &'static str, folder: &'static str) -> Layers {
    Layers { package, folder, imports: &[], rooms: &[], apart: &[] }
}

/// The place of a file in the layers.
#[derive(Clone, Copy)]
struct Place<'a> {
    layers: &'static Layers,
    /// The path in `src`, without its extension.
    path: &'a str,
}

impl<'a> Place<'a> {
    /// The place of a file that is compiled into a package's library or programs.
    fn find(file: &'a str) -> Option<Self> {
        LAYERS.iter().find_map(|layers| {
            let path = file.strip_prefix(layers.folder)?.strip_prefix("src/")?;
            Some(Self { layers, path: path.trim_end_matches(".rs") })
        })
    }

    fn room(self) -> &'a str {
        self.path.split('/').next().unwrap_or_default()
    }

    /// The part of the room, such as a page; `None` for the file of the room itself.
    fn part(self) -> Option<&'a str> {
        self.path.split('/').nth(1).filter(|part| *part != "mod")
    }

    /// The index of the room's layer, from the top.
    fn depth(self) -> Option<usize> {
        self.layers.rooms.iter().position(|layer| layer.contains(&self.room()))
    }
}

/// Finds packages and rooms without a layer, and layers without a package or room.
pub(crate) fn unnamed(workspace: &Workspace) -> Vec<String> {
    let packages: BTreeSet<_> = workspace.packages.iter().map(|package| &*package.name).collect();
    let known: BTreeSet<_> = LAYERS.iter().map(|layers| layers.package).collect();
    let mut broken: Vec<_> = packages
        .symmetric_difference(&known)
        .map(|name| format!("{name}: a package or its layer is missing"))
        .collect();
    for layers in LAYERS.iter().filter(|layers| !layers.rooms.is_empty()) {
        let places = workspace.files.keys().filter_map(|file| Place::find(file));
        let rooms: BTreeSet<_> =
            places.filter(|place| place.layers.package == layers.package).map(Place::room).collect();
        let known: BTreeSet<_> = layers.rooms.iter().copied().flatten().copied().collect();
        broken.extend(
            rooms
                .difference(&known)
                .map(|room| format!("{}src/{room}: a room that no layer names", layers.folder)),
        );
        broken.extend(
            known
                .difference(&rooms)
                .map(|room| format!("{}src/{room}: a layer without its room", layers.folder)),
        );
    }
    broken
}

/// Finds imports that do not run down.
pub(crate) fn upward(graph: &Graph) -> Vec<String> {
    graph
        .imports
        .iter()
        .filter_map(|import| why_not(import).map(|why| format!("{} {why}", import.place())))
        .collect()
}

/// The reason why an import is not allowed.
fn why_not(import: &Import) -> Option<String> {
    let from = Place::find(&import.file)?;
    let files = import.through.iter().chain(import.target.file());
    files.filter_map(|file| Place::find(file)).find_map(|to| why_not_from(from, to))
}

fn why_not_from(from: Place<'_>, to: Place<'_>) -> Option<String> {
    let Layers { package, imports, rooms, apart, .. } = from.layers;
    if to.layers.package != *package {
        let is_allowed = imports.contains(&to.layers.package);
        return (!is_allowed)
            .then(|| format!("is of {}, which {package} does not import", to.layers.package));
    }
    if rooms.is_empty() {
        return None;
    }
    if from.room() != to.room() {
        let is_down = from.depth() < to.depth();
        return (!is_down).then(|| format!("is of {}, which is not below {}", to.room(), from.room()));
    }
    let is_other = from.part().zip(to.part()).is_some_and(|(from, to)| from != to);
    (apart.contains(&from.room()) && is_other).then(|| format!("is of another part of {}", from.room()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A dashboard with one file per room and `text` in the file `path`, and the other packages.
    fn workspace(path: &str, text: &str) -> Workspace {
        let mut files = vec![
            ("src/main.rs", "fn main() { import8_dashboard::app::mount() }"),
            (
                "src/lib.rs",
                "pub mod app; mod screens; mod background; mod pages; mod components; mod outbox; mod queries; mod session;\n\
             mod api; mod i18n; mod browser; mod route_table; mod routes;",
            ),
            ("src/app.rs", "use crate::screens::screen; pub fn mount() {}"),
            ("src/screens.rs", "use crate::pages::{history::page as history, usage}; pub fn screen() {}"),
            ("src/background.rs", ""),
            ("src/pages/mod.rs", "pub mod history; pub mod usage; pub struct Draft;"),
            ("src/pages/history/mod.rs", "mod rows; use super::Draft; pub fn page() {}"),
            ("src/pages/history/rows.rs", "use super::super::super::components::part;"),
            (
                "src/pages/usage.rs",
                "use crate::{components::part, routes}; use import8_api::HsCode as Code; pub fn page() {}",
            ),
            ("src/components/mod.rs", "mod part; pub use part::part; pub use crate::outbox as beneath;"),
            ("src/components/part.rs", "pub fn part() { view! { <a href=crate::routes::HOME></a> } }"),
            ("src/outbox/mod.rs", "pub fn send() {}"),
            ("src/queries.rs", "use crate::{api::get, session::Session};"),
            ("src/session.rs", "pub struct Session;"),
            ("src/api.rs", "pub fn get() {}"),
            ("src/i18n.rs", ""),
            ("src/browser.rs", ""),
            ("src/route_table.rs", ""),
            ("src/routes.rs", "pub const HOME: &str = \"/\";"),
            ("crates/import8-api/src/lib.rs", "pub struct HsCode;"),
            ("crates/import8-server/src/lib.rs", "pub fn serve(_: import8_api::HsCode) {}"),
        ];
        files.retain(|(known, _)| *known != path);
        files.push((path, text));
        Workspace::of_files(&files)
    }

    #[track_caller]
    fn check(path: &str, text: &str, expected: Option<&str>) {
        let found = upward(&Graph::new(&workspace(path, text)));
        match expected {
            None => assert_eq!(found, [""; 0]),
            Some(expected) => {
                assert!(!found.is_empty(), "nothing was found");
                for line in &found {
                    assert!(line.starts_with(&format!("{path}:")) && line.ends_with(expected), "{line}");
                }
            }
        }
    }

    #[test]
    fn imports_that_run_down_pass() {
        check("src/browser.rs", "/// See crate::pages.\nfn f() { \"crate::pages\" }", None);
        check("src/browser.rs", "#[cfg(test)] mod tests { use crate::session::Session; }", None);
    }

    #[test]
    fn an_import_that_runs_up_is_found_in_each_disguise() {
        let disguises = [
            "use crate::session::Session;",
            "use crate::{\n    i18n,\n    session::{\n        Session,\n    },\n};",
            "use crate::session as low;",
            "use crate::session::*;",
            "use super::session;",
            "fn f() -> crate::session::Session { g() }",
            "mod inner { fn f() { super::super::session::f() } }",
            "fn f() { view! { <p>{crate::session::text()}</p> } }",
            "fn f() { format!(\"{}\", crate::session::text()) }",
            "macro_rules! made { () => { $crate::session::Session } }",
        ];
        for text in disguises {
            check(
                "src/api.rs",
                &format!("pub fn get() {{}} {text}"),
                Some("is of session, which is not below api"),
            );
        }
    }

    #[test]
    fn a_re_export_hides_nothing() {
        check("src/outbox/mod.rs", "pub use crate::components::part;", Some("is not below outbox"));
        check("src/outbox/mod.rs", "use crate::components::beneath::send as f;", Some("is not below outbox"));
    }

    #[test]
    fn nothing_imports_the_application_but_the_program() {
        check(
            "src/screens.rs",
            "use crate::app::mount; pub fn screen() {}",
            Some("is of app, which is not below screens"),
        );
        check(
            "src/routes.rs",
            "use crate::route_table::Table; pub const HOME: u8 = 1;",
            Some("is not below routes"),
        );
    }

    #[test]
    fn no_page_imports_another_page() {
        let expected = Some("is of another part of pages");
        check("src/pages/history/rows.rs", "use crate::pages::{\nusage::{page},\n};", expected);
        check("src/pages/history/rows.rs", "use super::super::usage as other;", expected);
        check("src/pages/history/rows.rs", "fn f() { crate::pages::usage::page() }", expected);
        check("src/pages/history/rows.rs", "use super::page; use crate::pages::Draft;", None);
    }

    #[test]
    fn a_package_imports_those_that_it_may() {
        let server = "crates/import8-server/src/lib.rs";
        check(
            server,
            "fn f() { import8_dashboard::app::mount() }",
            Some("which import8_server does not import"),
        );
        check(server, "use import8_dashboard as other;", Some("which import8_server does not import"));
        check(
            "crates/import8-api/src/lib.rs",
            "pub struct HsCode; pub use import8_server::serve;",
            Some("does not import"),
        );
        check(
            "src/api.rs",
            "pub fn get() {} use ::import8_server::serve;",
            Some("import8_dashboard does not import"),
        );
    }

    #[test]
    fn a_room_without_a_layer_is_found() {
        let missing = |workspace: &Workspace| {
            let broken = unnamed(workspace);
            broken.into_iter().filter(|line| line.contains("src/")).collect::<Vec<_>>()
        };
        assert_eq!(missing(&workspace("src/browser.rs", "")), [""; 0]);
        assert_eq!(missing(&workspace("src/hooks/timer.rs", "")), ["src/hooks: a room that no layer names"]);
        let mut one_less = workspace("src/browser.rs", "");
        one_less.files.remove("src/browser.rs");
        assert_eq!(missing(&one_less), ["src/browser: a layer without its room"]);
        one_less.packages.retain(|package| package.name != "import8_api");
        assert!(unnamed(&one_less).contains(&"import8_api: a package or its layer is missing".to_owned()));
    }
}
