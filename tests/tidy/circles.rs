//! The rule that imports between files form no circle: the imports of a file never lead back to it.
//!
//! A re-export is an import of the file that defines the item. `mod child;` is no import, and neither is an import of
//! a module: the paths that begin with its name are.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{Graph, Target};

/// An import that may be part of a circle.
pub(crate) struct Exception {
    pub(crate) from: &'static str,
    pub(crate) to: &'static str,
    /// Why the circle is better than the alternative.
    pub(crate) why: &'static str,
}

pub(crate) const EXCEPTIONS: &[Exception] = &[];

/// The imports between two files, each with the first place where it occurs.
type Arrows<'a> = BTreeMap<(&'a str, &'a str), String>;

/// Finds imports that are part of a circle, and exceptions that no circle needs.
pub(crate) fn find(graph: &Graph, exceptions: &[Exception]) -> Vec<String> {
    let mut arrows = Arrows::new();
    for import in &graph.imports {
        if let Target::Item { file, .. } = &import.target
            && *file != import.file
        {
            arrows.entry((import.file.as_str(), file.as_str())).or_insert_with(|| import.place());
        }
    }
    let excepted = |from: &str, to: &str| exceptions.iter().any(|known| (known.from, known.to) == (from, to));
    let others: Vec<_> = arrows.keys().copied().filter(|(from, to)| !excepted(from, to)).collect();
    let reached = reached_by_each(&others);
    let leads_back = |from: &str, to: &str| reached.get(to).is_some_and(|reached| reached.contains(from));
    let circles = others.iter().filter(|(from, to)| leads_back(from, to));
    let circles =
        circles.map(|&(from, to)| format!("{} leads to {to}, which leads back", arrows[&(from, to)]));
    let needless = exceptions
        .iter()
        .filter(|Exception { from, to, .. }| !arrows.contains_key(&(*from, *to)) || !leads_back(from, to));
    let needless =
        needless.map(|Exception { from, to, why }| format!("{from} → {to} needs no exception ({why})"));
    circles.chain(needless).collect()
}

/// The files that can be reached from each file.
fn reached_by_each<'a>(arrows: &[(&'a str, &'a str)]) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
    let mut next = BTreeMap::<_, Vec<_>>::new();
    for &(from, to) in arrows {
        next.entry(from).or_default().push(to);
    }
    let reached_by = |start: &'a str| {
        let mut reached = BTreeSet::new();
        let mut waiting = vec![start];
        while let Some(file) = waiting.pop() {
            let unseen = next.get(file).into_iter().flatten().filter(|file| reached.insert(**file));
            waiting.extend(unseen.copied().collect::<Vec<_>>());
        }
        reached
    };
    let files: BTreeSet<_> = arrows.iter().flat_map(|&(from, to)| [from, to]).collect();
    files.into_iter().map(|file| (file, reached_by(file))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Workspace;

    /// The result when `upper.rs` imports `room/lower.rs`, which contains this `text`.
    fn found(text: &str, exceptions: &[Exception]) -> Vec<String> {
        let files = [
            ("crates/a/src/lib.rs", "mod upper; mod room; mod other; pub use upper::Upper;"),
            (
                "crates/a/src/upper.rs",
                "use crate::room::Lower; pub struct Upper; pub mod inner { pub fn f() {} }",
            ),
            ("crates/a/src/room/mod.rs", "mod lower; pub use lower::Lower;"),
            ("crates/a/src/room/lower.rs", text),
            ("crates/a/src/other.rs", "pub use crate::upper::inner as again; pub fn alone() {}"),
        ];
        find(&Graph::new(&Workspace::of_files(&files)), exceptions)
    }

    const DISGUISES: [&str; 10] = [
        "use crate::upper::Upper; pub struct Lower;",
        "use crate::{\n    other::alone,\n    upper::{\n        Upper,\n    },\n};\npub struct Lower;",
        "use crate::Upper as Down; pub struct Lower;",
        "use crate::upper::*; pub struct Lower;",
        "use super::super::upper::inner::f; pub struct Lower;",
        "pub struct Lower(crate::upper::Upper);",
        "use super::super::upper as low; pub struct Lower(low::Upper);",
        "pub fn Lower() { view! { <p on:click=move |_| { crate::upper::inner::f() }></p> } }",
        "pub fn Lower() { crate::other::again::f() }",
        "#[serde(with = \"crate::upper::inner\", default = \"crate::upper::inner::f\")] pub struct Lower;",
    ];

    #[test]
    fn a_circle_is_found_in_each_disguise() {
        for text in DISGUISES {
            let found = found(text, &[]);
            assert!(
                found.iter().any(|line| line.starts_with("crates/a/src/room/lower.rs:")),
                "{text}: {found:?}"
            );
            assert!(found.iter().any(|line| line.starts_with("crates/a/src/upper.rs:")), "{text}: {found:?}");
        }
    }

    #[test]
    fn no_circle_is_found_where_there_is_none() {
        let clean = [
            "pub struct Lower;",
            "/// See crate::upper::Upper.\npub struct Lower(&'static str); // crate::upper::Upper",
            "pub struct Lower; fn f() { \"crate::upper::Upper\"; }",
            "pub struct Lower; #[cfg(test)] mod tests { use super::*; use crate::upper::Upper; }",
            "use crate::other::alone; pub struct Lower;",
        ];
        for text in clean {
            assert_eq!(found(text, &[]), [""; 0], "{text}");
        }
    }

    #[test]
    fn an_exception_ends_a_circle_and_is_needless_without_one() {
        let exception = || Exception {
            from: "crates/a/src/room/lower.rs",
            to: "crates/a/src/upper.rs",
            why: "of the planted",
        };
        assert_eq!(found(DISGUISES[0], &[exception()]), [""; 0]);
        let needless =
            "crates/a/src/room/lower.rs → crates/a/src/upper.rs needs no exception (of the planted)";
        assert_eq!(found("pub struct Lower;", &[exception()]), [needless]);
        let twice = [exception(), Exception { from: exception().to, to: exception().from, ..exception() }];
        assert_eq!(found(DISGUISES[0], &twice).len(), 2, "one of the two is enough");
    }
}
