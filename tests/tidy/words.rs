//! The rules of absence: names, calls, texts, numbers and imports that are forbidden in some places.

use crate::graph::{Graph, Import};
use crate::source::{Word, WordKind};

/// A rule that forbids something in some places.
pub(crate) struct Rule {
    /// The files and folders that the rule applies to.
    places: &'static [&'static str],
    /// Files and folders in them that are exempt.
    except: &'static [&'static str],
    never: &'static [Never],
    why: &'static str,
}

/// A forbidden element.
enum Never {
    /// An identifier.
    Name(&'static str),
    /// A call of a method or associated function.
    Call(&'static str),
    /// A text with a network address, or the beginning of one: `https://example.com`, `wss://`.
    Address,
    /// A text that contains this.
    Text(&'static str),
    /// A floating-point number or type.
    Float,
    /// An import of the module or crate with this address, or of any item in it.
    Import(&'static str),
}

use Never::{Address, Call, Float, Import as Importing, Name, Text};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        places: &["src"],
        except: &[],
        never: &[
            Name("inner_html"),
            Name("set_inner_html"),
            Name("set_outer_html"),
            Name("insert_adjacent_html"),
            Name("create_contextual_fragment"),
            Text("innerHTML"),
            Text("outerHTML"),
        ],
        why: "no text becomes markup",
    },
    Rule {
        places: &["src"],
        except: &[],
        never: &[Address, Text("localhost")],
        why: "the API is on our own origin, and nothing else is called",
    },
    Rule {
        places: &["src"],
        except: &["src/api", "src/session"],
        never: &[Call("secret")],
        why: "only the session and the client see the key",
    },
    Rule {
        places: &["src"],
        except: &["src/browser/visibility.rs"],
        never: &[Name("set_interval"), Name("set_interval_with_handle"), Importing("gloo_timers::callback")],
        why: "what repeats rests in a hidden tab",
    },
    Rule {
        places: &["src/api"],
        except: &[],
        never: &[Importing("leptos")],
        why: "the client has no signals",
    },
    Rule {
        places: &["src/i18n/format.rs"],
        except: &[],
        never: &[Importing("leptos"), Name("f32"), Name("f64")],
        why: "figures are written without signals and never pass through a float",
    },
    Rule {
        places: &["crates/import8-api/src"],
        // The bounds of a JSON Schema are floating-point numbers.
        except: &["crates/import8-api/src/schema"],
        never: &[Float],
        why: "the contract has no floats",
    },
    Rule {
        places: &["crates/import8-api/src", "crates/import8-server/src/engine"],
        except: &[],
        never: &[
            Importing("std::env"),
            Importing("std::fs"),
            Importing("std::io"),
            Importing("std::net"),
            Importing("std::process"),
            Importing("std::thread"),
            Importing("std::time"),
            Importing("tokio"),
            Importing("web_sys"),
        ],
        why: "the contract and the engine have no I/O and no clock",
    },
    Rule {
        places: &["crates/import8-server/src/engine"],
        except: &[],
        never: &[
            Importing("axum"),
            Importing("sqlx"),
            Importing("import8_server::clock"),
            Importing("import8_server::database"),
            Importing("import8_server::routes"),
        ],
        why: "the engine does not know the server around it",
    },
];

/// Finds violations of the rules, and places without files.
pub(crate) fn find(graph: &Graph, rules: &[Rule]) -> Vec<String> {
    rules.iter().flat_map(|rule| rule.find(graph)).collect()
}

impl Rule {
    fn find(&self, graph: &Graph) -> Vec<String> {
        let Self { places, never, why, .. } = self;
        let words = graph.words().filter(|(file, _)| self.holds_for(file));
        let words = words.filter(|(_, word)| never.iter().any(|never| never.is_word(word)));
        let words = words.map(|(file, word)| format!("{file}:{}: {:?}: {why}", word.line, word.kind));
        let imports = graph.imports.iter().filter(|import| self.holds_for(&import.file));
        let imports = imports.filter(|import| never.iter().any(|never| never.is_import(import)));
        let imports = imports.map(|import| format!("{}: {why}", import.place()));
        let empty = places.iter().filter(|place| !graph.files().any(|file| is_in(file, place)));
        let empty = empty.map(|place| format!("{place}: there is nothing for the rule that {why}"));
        words.chain(imports).chain(empty).collect()
    }

    fn holds_for(&self, file: &str) -> bool {
        let has = |places: &[&str]| places.iter().any(|place| is_in(file, place));
        has(self.places) && !has(self.except)
    }
}

impl Never {
    fn is_word(&self, word: &Word) -> bool {
        match (self, &word.kind) {
            (Name(unwanted), WordKind::Identifier(name) | WordKind::Method(name)) => name == unwanted,
            (Call(method), WordKind::Method(name)) => name == method,
            (Address, WordKind::Text(text)) => has_address(text),
            (Text(part), WordKind::Text(text)) => text.contains(part),
            (Float, WordKind::Float) => true,
            (Float, WordKind::Identifier(name)) => name == "f32" || name == "f64",
            _ => false,
        }
    }

    fn is_import(&self, import: &Import) -> bool {
        let Importing(unwanted) = self else { return false };
        let rest = import.target.address().strip_prefix(unwanted);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    }
}

/// Whether a text contains a network address. A mention of `https://` alone is allowed.
fn has_address(text: &str) -> bool {
    let schemes = ["http", "https", "ws", "wss"];
    let is_address = |(at, mark): (usize, &str)| {
        let (before, rest) = (&text[..at], &text[at + mark.len()..]);
        let scheme = before.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
        let begins = rest.chars().next().is_none_or(|next| next.is_alphanumeric() || "[{".contains(next));
        schemes.contains(&scheme) && begins
    };
    text.match_indices("://").any(is_address)
}

/// Whether a file is a place or lies in it.
fn is_in(file: &str, place: &str) -> bool {
    let rest = file.strip_prefix(place);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Workspace;

    const PLACES: [(&str, &str); 12] = [
        ("src/lib.rs", "mod api; mod i18n; mod pages; mod session;"),
        ("src/api/mod.rs", "mod calls;"),
        ("src/api/calls.rs", "fn f(key: Key) { key.secret() }"),
        ("src/i18n/mod.rs", "mod format;"),
        ("src/i18n/format.rs", "fn f() -> u64 { 1 }"),
        ("src/pages/mod.rs", ""),
        ("src/session/mod.rs", ""),
        ("crates/import8-api/src/lib.rs", ""),
        ("crates/import8-server/src/lib.rs", "mod database; mod engine; pub use database::Database as Rows;"),
        ("crates/import8-server/src/database.rs", "pub struct Database;"),
        ("crates/import8-server/src/engine/mod.rs", "mod text;"),
        ("crates/import8-server/src/engine/text.rs", ""),
    ];

    fn found(path: &str, text: &str) -> Vec<String> {
        let files = PLACES.map(|(known, before)| (known, if known == path { text } else { before }));
        assert!(files.contains(&(path, text)), "{path} is none of the places");
        find(&Graph::new(&Workspace::of_files(&files)), RULES)
    }

    #[track_caller]
    fn check(path: &str, texts: &[&str], why: &str) {
        for text in texts {
            let found = found(path, text);
            assert!(!found.is_empty(), "nothing found in {text}");
            for line in found {
                assert!(line.starts_with(&format!("{path}:")) && line.ends_with(why), "{text}: {line}");
            }
        }
    }

    #[test]
    fn what_says_it_only_in_a_comment_passes() {
        let clean = "
            //! No inner_html, https://example.com, f64, .secret(), std::fs, crate::database.
            /// No innerHTML, localhost, leptos.
            mod secret { pub fn secret() {} /* 1.5 */ }
            fn f() { secret::secret(); self::secret::secret() } // std::time";
        for (path, _) in PLACES.iter().filter(|(_, text)| !text.contains("mod ")) {
            assert_eq!(found(path, clean), [""; 0], "{path}");
        }
        assert_eq!(
            found("src/pages/mod.rs", "#[cfg(test)] mod tests { const A: &str = \"https://a\"; }"),
            [""; 0]
        );
    }

    #[test]
    fn text_that_becomes_markup_is_found() {
        let texts = [
            "fn f() { view! { <p inner_html=text></p> } }",
            "fn f(p: Element) { p\n.set_inner_html(\ntext) }",
            "fn f(p: Element) { Element::set_inner_html(p, text) }",
            "fn f(p: Element) { Reflect::set(p, \"innerHTML\", text) }",
        ];
        check("src/pages/mod.rs", &texts, "no text becomes markup");
    }

    #[test]
    fn other_origins_are_found() {
        let texts = [
            "const A: &str = \"https://example.com\";",
            "const A: &str = r#\"See http://example.com.\"#;",
            "const A: &str = \"wss://\";",
            "fn f() { format!(\"https://{}\", host()) }",
            "const A: &[u8] = b\"http://[::1]\";",
            "const A: &str = \"localhost:80\";",
            "fn f() { view! { <a href=\"https://example.com\"></a> } }",
            "const A: &str = \"http:\\x2f/example.com\";",
        ];
        check("src/pages/mod.rs", &texts, "and nothing else is called");
        assert_eq!(
            found("src/pages/mod.rs", "const A: &str = \"It begins with https:// or http://, and\";"),
            [""; 0]
        );
    }

    #[test]
    fn a_look_at_the_key_is_found() {
        let texts = [
            "fn f(key: Key) { key.secret() }",
            "fn f(key: Key) { key\n    .secret ( ) }",
            "fn f(key: Key) { Some(key).map(ApiKey::secret) }",
            "use crate::api::ApiKey as K; fn f(key: K) { format!(\"{}\", K::secret(&key)) }",
        ];
        check("src/pages/mod.rs", &texts, "only the session and the client see the key");
        assert_eq!(found("src/session/mod.rs", texts[0]), [""; 0]);
    }

    #[test]
    fn what_repeats_by_itself_is_found() {
        let texts = [
            "fn f() { set_interval(tick, SECOND) }",
            "fn f() { leptos::prelude::set_interval_with_handle(tick, SECOND).ok() }",
            "use gloo_timers::callback::Interval;",
        ];
        check("src/pages/mod.rs", &texts, "rests in a hidden tab");
        assert_eq!(found("src/pages/mod.rs", "fn f() { every_second(tick) }"), [""; 0]);
    }

    #[test]
    fn signals_are_found() {
        let texts =
            ["use leptos::prelude::*;", "use {\nstd::fmt,\nleptos as l};", "fn f() { leptos::view! {} }"];
        check("src/api/calls.rs", &texts, "the client has no signals");
        check("src/i18n/format.rs", &texts, "without signals and never pass through a float");
    }

    #[test]
    fn floats_are_found() {
        let texts = [
            "fn f(x: f64) {}",
            "fn f() { \"1\".parse::<f32>() }",
            "const X: u8 = 1.5 as u8;",
            "fn f() { 1f64 }",
            "fn f() { m!(2.0) }",
        ];
        check("src/i18n/format.rs", &texts[..2], "without signals and never pass through a float");
        check("crates/import8-api/src/lib.rs", &texts, "the contract has no floats");
    }

    #[test]
    fn input_output_and_clocks_are_found() {
        let texts = [
            "use std::time::Instant;",
            "use std::{\n    collections::HashMap,\n    time::{\n        Instant,\n    },\n};",
            "use std as s; fn f() { s::time::Instant::now() }",
            "use std::time as t; fn f() -> t::Instant { g() }",
            "fn f() { format!(\"{:?}\", std::time::Instant::now()) }",
            "pub use std::fs::*;",
            "fn f() { std::fs::read(\"a\") }",
        ];
        for path in ["crates/import8-api/src/lib.rs", "crates/import8-server/src/engine/text.rs"] {
            check(path, &texts, "the contract and the engine have no I/O and no clock");
        }
    }

    #[test]
    fn the_database_is_found_in_the_engine() {
        let texts = [
            "use crate::database::Database;",
            "use super::super::{\ndatabase as d};",
            "fn f(_: crate::Rows) {}",
            "use crate::*; use super::super::Rows as Other;",
        ];
        check(
            "crates/import8-server/src/engine/text.rs",
            &texts,
            "the engine does not know the server around it",
        );
    }

    #[test]
    fn a_rule_without_a_place_is_found() {
        let [first, ..] = PLACES;
        let found = find(&Graph::new(&Workspace::of_files(&[(first.0, "")])), RULES);
        assert!(
            found.iter().any(|line| line.starts_with("crates/import8-api/src: there is nothing")),
            "{found:?}"
        );
    }
}
