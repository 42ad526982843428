//! The import graph: follows each path in the workspace, through imports and re-exports, to the file that defines the
//! item.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Body, Child, Named, Word};
use crate::workspace::Workspace;

/// The modules of all crates, with their imports.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    modules: Vec<Module>,
    /// The root modules of libraries, by the names of their packages.
    libraries: BTreeMap<String, usize>,
    pub(crate) imports: Vec<Import>,
}

#[derive(Debug)]
struct Module {
    /// Its address, such as `import8_api::money`.
    address: String,
    file: String,
    /// The root module of its crate.
    root: usize,
    parent: Option<usize>,
    children: BTreeMap<String, usize>,
    body: Body,
}

/// A path in a file that leads to another file.
#[derive(Clone, Debug)]
pub(crate) struct Import {
    pub(crate) file: String,
    pub(crate) line: usize,
    /// The path as written.
    pub(crate) path: String,
    pub(crate) target: Target,
    /// The files of the modules that the path leads through, re-exports included, without crate roots.
    pub(crate) through: BTreeSet<String>,
}

/// The target of a path. Addresses begin with the name of a crate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    /// A function, type, constant or macro that the file defines. The address is that of its module.
    Item { file: String, address: String },
    /// A module. Its items are in the paths that begin with its name.
    Module { file: String, address: String },
    /// An item of another crate, or a name of the language.
    Outside(String),
}

/// A step of following a path.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Found {
    Module(usize),
    /// An item of the module.
    Item(usize),
    Outside(Vec<String>),
}

/// The steps of a path so far.
#[derive(Default)]
struct Trail {
    entered: Vec<usize>,
    /// The modules and names that are being looked up, so that names which import each other end.
    sought: Vec<(usize, String)>,
}

impl Graph {
    /// Parses all crates of a workspace. Panics if a file does not parse or a module has no file.
    pub(crate) fn new(workspace: &Workspace) -> Self {
        let mut graph = Self::default();
        for package in &workspace.packages {
            for root in &package.programs {
                graph.add_root(&package.name, root, workspace);
            }
            if let Some(root) = &package.library {
                let module = graph.add_root(&package.name, root, workspace);
                graph.libraries.insert(package.name.clone(), module);
            }
        }
        let all = 0..graph.modules.len();
        graph.imports = all.flat_map(|module| graph.imports_of(module)).collect();
        graph
    }

    /// The files that are compiled.
    pub(crate) fn files(&self) -> impl Iterator<Item = &str> {
        self.modules.iter().map(|module| &*module.file)
    }

    /// The words of each file.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&str, &Word)> {
        let modules = self.modules.iter();
        modules.flat_map(|module| module.body.words.iter().map(|word| (&*module.file, word)))
    }

    fn add_root(&mut self, package: &str, path: &str, workspace: &Workspace) -> usize {
        let body = Body::parse(path, &workspace.files[path]);
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.add(package.to_owned(), path, folder, None, body, workspace)
    }

    /// Adds a module with its children. `folder` is the folder of the children's files.
    fn add(
        &mut self,
        address: String,
        file: &str,
        folder: &str,
        parent: Option<usize>,
        mut body: Body,
        workspace: &Workspace,
    ) -> usize {
        let children = std::mem::take(&mut body.children);
        let module = self.modules.len();
        let root = parent.map_or(module, |parent| self.modules[parent].root);
        let (file, no_children) = (file.to_owned(), BTreeMap::new());
        self.modules.push(Module { address, file: file.clone(), root, parent, children: no_children, body });
        for Child { name, body } in children {
            let address = format!("{}::{name}", self.modules[module].address);
            let below = format!("{folder}/{name}");
            let (path, body) = match body {
                Some(body) => (file.clone(), body),
                None => read_child(&below, workspace),
            };
            let child = self.add(address, &path, &below, Some(module), body, workspace);
            self.modules[module].children.insert(name, child);
        }
        module
    }

    fn imports_of(&self, module: usize) -> Vec<Import> {
        let Body { uses, paths, calls, .. } = &self.modules[module].body;
        let mut imports = Vec::new();
        for one in uses {
            let (found, trail) = self.follow(module, &one.named.path);
            let all = found.iter().flat_map(|found| match found {
                Found::Module(all) if one.alias.is_none() => self.offers(*all),
                _ => Vec::new(),
            });
            let found: Vec<_> = all.chain(found.iter().cloned()).collect();
            imports.extend(self.named_imports(module, &one.named, &found, &trail));
        }
        for named in paths {
            let (found, trail) = self.follow(module, &named.path);
            imports.extend(self.named_imports(module, named, &found, &trail));
        }
        for named in calls {
            let found = self.macro_called(module, &named.path[0]);
            imports.extend(self.named_imports(module, named, &found, &Trail::default()));
        }
        imports
    }

    /// The imports for a path of `module` that was resolved to `found`, except those within the same file.
    fn named_imports(&self, module: usize, named: &Named, found: &[Found], trail: &Trail) -> Vec<Import> {
        let file = &self.modules[module].file;
        let entered = trail.entered.iter().map(|entered| &self.modules[*entered]);
        let below = entered.filter(|module| module.parent.is_some());
        let through: BTreeSet<_> = below.map(|module| module.file.clone()).collect();
        let targets: BTreeSet<_> = found.iter().map(|found| self.target(found)).collect();
        let stays = through.iter().all(|through| through == file);
        let foreign = targets.into_iter().filter(|target| !stays || target.file() != Some(file));
        let import = |target| Import {
            file: file.clone(),
            line: named.line,
            path: named.path.join("::"),
            target,
            through: through.clone(),
        };
        foreign.map(import).collect()
    }

    fn target(&self, found: &Found) -> Target {
        let place = |module: usize| {
            let Module { file, address, .. } = &self.modules[module];
            (file.clone(), address.clone())
        };
        match found {
            Found::Item(module) => {
                let (file, address) = place(*module);
                Target::Item { file, address }
            }
            Found::Module(module) => {
                let (file, address) = place(*module);
                Target::Module { file, address }
            }
            Found::Outside(path) => Target::Outside(path.join("::")),
        }
    }

    fn follow(&self, module: usize, path: &[String]) -> (Vec<Found>, Trail) {
        let mut trail = Trail::default();
        (self.resolve(module, path, &mut trail), trail)
    }

    /// Everything that a path can name in `module`: a name may be a module, an item and an import at once.
    fn resolve(&self, module: usize, path: &[String], trail: &mut Trail) -> Vec<Found> {
        let Some((first, rest)) = path.split_first() else { return vec![Found::Module(module)] };
        match &**first {
            "crate" => self.descend(self.modules[module].root, rest, trail),
            "self" => self.descend(module, rest, trail),
            "super" => match self.modules[module].parent {
                Some(parent) if rest.first().is_some_and(|next| next == "super") => {
                    self.resolve(parent, rest, trail)
                }
                Some(parent) => self.descend(parent, rest, trail),
                None => Vec::new(),
            },
            name => {
                let found = self.look_up(module, name, trail);
                if !found.is_empty() {
                    return self.go_on(found, rest, trail);
                }
                match self.libraries.get(name) {
                    Some(library) => self.descend(*library, rest, trail),
                    None => vec![Found::Outside(path.to_vec())],
                }
            }
        }
    }

    /// Everything that a path can name within `module`. An unknown name counts as an item that a macro defines.
    fn descend(&self, module: usize, path: &[String], trail: &mut Trail) -> Vec<Found> {
        trail.entered.push(module);
        let Some((name, rest)) = path.split_first() else { return vec![Found::Module(module)] };
        let found = self.look_up(module, name, trail);
        if !found.is_empty() {
            return self.go_on(found, rest, trail);
        }
        let exported =
            if self.modules[module].parent.is_none() { self.macro_of_crate(module, name) } else { None };
        vec![Found::Item(exported.unwrap_or(module))]
    }

    /// Follows `rest` from the results `found` for the name before it. An item contains only itself.
    fn go_on(&self, found: Vec<Found>, rest: &[String], trail: &mut Trail) -> Vec<Found> {
        let is_module = |found: &Found| matches!(found, Found::Module(_));
        let only_modules = !rest.is_empty() && found.iter().any(is_module);
        let mut all = Vec::new();
        for one in found.into_iter().filter(|found| !only_modules || is_module(found)) {
            match one {
                Found::Module(module) => all.extend(self.descend(module, rest, trail)),
                Found::Item(module) => all.push(Found::Item(module)),
                Found::Outside(path) => all.push(Found::Outside([&path[..], rest].concat())),
            }
        }
        all
    }

    /// Everything that a name can be in `module`, without the names of crates and of the language.
    fn look_up(&self, module: usize, name: &str, trail: &mut Trail) -> Vec<Found> {
        let place = (module, name.to_owned());
        if trail.sought.contains(&place) {
            return Vec::new();
        }
        trail.sought.push(place);
        let Module { children, body, .. } = &self.modules[module];
        let mut found: Vec<_> = children.get(name).map(|child| Found::Module(*child)).into_iter().collect();
        if body.items.iter().any(|item| item == name) {
            found.push(Found::Item(module));
        }
        for one in body.uses.iter().filter(|one| one.alias.as_deref() == Some(name)) {
            found.extend(self.resolve(module, &one.named.path, trail));
        }
        if found.is_empty() {
            for glob in body.uses.iter().filter(|one| one.alias.is_none()) {
                for all in self.resolve(module, &glob.named.path, trail) {
                    if let Found::Module(all) = all {
                        found.extend(self.look_up(all, name, trail));
                    }
                }
            }
        }
        trail.sought.pop();
        found
    }

    /// The items that a module defines and re-exports, which `*` imports.
    fn offers(&self, module: usize) -> Vec<Found> {
        let Body { items, uses, .. } = &self.modules[module].body;
        let own = (!items.is_empty()).then_some(Found::Item(module));
        let named = uses.iter().filter_map(|one| one.alias.as_deref());
        let exported = named.flat_map(|name| self.look_up(module, name, &mut Trail::default()));
        own.into_iter().chain(exported.filter(|found| matches!(found, Found::Item(_)))).collect()
    }

    /// The macro that a module calls, unless the module defines or imports that name.
    fn macro_called(&self, module: usize, name: &str) -> Vec<Found> {
        if self.look_up(module, name, &mut Trail::default()).is_empty() {
            self.macro_of_crate(self.modules[module].root, name).map(Found::Item).into_iter().collect()
        } else {
            Vec::new()
        }
    }

    /// The module of the crate that defines a macro.
    fn macro_of_crate(&self, root: usize, name: &str) -> Option<usize> {
        let defines =
            |module: &Module| module.root == root && module.body.macros.iter().any(|known| known == name);
        self.modules.iter().position(defines)
    }
}

impl Import {
    /// The place and the path, for a message.
    pub(crate) fn place(&self) -> String {
        format!("{}:{}: `{}`", self.file, self.line, self.path)
    }
}

impl Target {
    pub(crate) fn file(&self) -> Option<&String> {
        match self {
            Self::Item { file, .. } | Self::Module { file, .. } => Some(file),
            Self::Outside(_) => None,
        }
    }

    /// The address of the module; outside the workspace, the path.
    pub(crate) fn address(&self) -> &str {
        match self {
            Self::Item { address, .. } | Self::Module { address, .. } => address,
            Self::Outside(path) => path,
        }
    }
}

/// The file of the module `path` (without extension), and its content.
fn read_child(path: &str, workspace: &Workspace) -> (String, Body) {
    let candidates = [format!("{path}.rs"), format!("{path}/mod.rs")];
    let file = candidates.into_iter().find(|file| workspace.files.contains_key(file));
    let file = file.unwrap_or_else(|| panic!("{path} has no file"));
    let body = Body::parse(&file, &workspace.files[&file]);
    (file, body)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The files whose items the file `from` imports, with the paths, when `crates/a/src` contains these `files`.
    fn imports(from: &str, files: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<_> =
            files.iter().map(|(path, text)| (format!("crates/a/src/{path}"), *text)).collect();
        let files: Vec<_> = files.iter().map(|(path, text)| (&**path, *text)).collect();
        let graph = Graph::new(&Workspace::of_files(&files));
        let of_file = graph.imports.iter().filter(|import| import.file == format!("crates/a/src/{from}"));
        let items = of_file.filter_map(|import| match &import.target {
            Target::Item { file, .. } if *file != import.file => {
                Some(format!("{} {}", file.trim_start_matches("crates/a/src/"), import.path))
            }
            _ => None,
        });
        items.collect()
    }

    const LIB: (&str, &str) = ("lib.rs", "pub mod rooms; pub mod low; pub use low::Deep as Flat;");
    const ROOMS: (&str, &str) = ("rooms/mod.rs", "mod here; mod there; pub use self::there::{Thing, make};");
    const THERE: (&str, &str) = (
        "rooms/there.rs",
        "macro_rules! made { () => {} } pub struct Thing; pub fn make() {} pub fn only() {}",
    );
    const LOW: (&str, &str) = ("low.rs", "made_of! { pub struct Deep; } pub mod inner { pub fn f() {} }");

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(imports("rooms/here.rs", &[LIB, ROOMS, THERE, LOW, ("rooms/here.rs", text)]), expected);
    }

    #[test]
    fn a_path_leads_to_the_file_with_the_item() {
        check("use super::there::Thing;", &["rooms/there.rs super::there::Thing"]);
        check("use super::{\n there::{\n only,\n },\n};", &["rooms/there.rs super::there::only"]);
        check("fn f() { super::there::only() }", &["rooms/there.rs super::there::only"]);
        check("use super::super::low::Deep as D;", &["low.rs super::super::low::Deep"]);
        check("fn f() -> crate::low::Deep { todo!() }", &["low.rs crate::low::Deep"]);
        check("fn f() { view! { <p>{crate::low::inner::f()}</p> } }", &["low.rs crate::low::inner::f"]);
        check("mod inner { use super::super::there::only; }", &["rooms/there.rs super::super::there::only"]);
    }

    #[test]
    fn re_exports_and_names_of_modules_are_followed() {
        check("use crate::rooms::Thing;", &["rooms/there.rs crate::rooms::Thing"]);
        check("use crate::Flat;", &["low.rs crate::Flat"]);
        check("use super::there as t; fn f() { t::only() }", &["rooms/there.rs t::only"]);
        check("use crate::rooms; fn f(_: rooms::Thing) {}", &["rooms/there.rs rooms::Thing"]);
        check("use a::rooms::make;", &["rooms/there.rs a::rooms::make"]);
        check("use crate::rooms::*;", &["rooms/there.rs crate::rooms"]);
        check("use crate::low;", &[]);
    }

    #[test]
    fn macros_are_found_without_an_import() {
        check("made!();", &["rooms/there.rs made"]);
        check("fn f() { vec![]; println!() }", &[]);
    }

    #[test]
    fn what_is_not_of_the_workspace_is_outside() {
        let graph = Graph::new(&Workspace::of_files(&[(
            "crates/a/src/lib.rs",
            "use std::{self as s, time as t}; use serde::Serialize as S; fn f() { s::fs::read(); t::Instant::now() }",
        )]));
        let targets: Vec<_> = graph.imports.iter().map(|import| import.target.address()).collect();
        assert_eq!(
            targets,
            ["std", "std::time", "serde::Serialize", "std::fs::read", "std::time::Instant::now"]
        );
    }

    #[test]
    fn what_imports_itself_comes_to_an_end() {
        check("pub use self::x as y; pub use self::y as x; use self::z::*; use super::here as z;", &[]);
    }

    #[test]
    fn a_module_knows_what_it_leads_through() {
        let files = [
            ("crates/a/src/lib.rs", "pub mod api; mod low;"),
            ("crates/a/src/api.rs", "pub use import8_api::Money;"),
            ("crates/a/src/low.rs", "use crate::api::Money;"),
            ("crates/import8-api/src/lib.rs", "pub struct Money;"),
        ];
        let graph = Graph::new(&Workspace::of_files(&files));
        let import =
            graph.imports.iter().find(|import| import.file == "crates/a/src/low.rs").expect("an import");
        assert_eq!(import.target.file().map(String::as_str), Some("crates/import8-api/src/lib.rs"));
        assert!(import.through.contains("crates/a/src/api.rs"));
    }
}
