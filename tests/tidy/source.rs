//! Parser of a source file: its modules, items, imports, paths and words. Code for tests is left out.
//!
//! Paths are read from tokens instead of expressions and types, so that a path in a macro call is found too:
//! `view! { <p>{crate::i18n::texts()}</p> }` has only tokens until it is expanded.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Item, ItemUse, Lit, UseTree};

/// The content of a module: of a file, or of a `mod` with braces.
#[derive(Debug, Default)]
pub(crate) struct Body {
    pub(crate) children: Vec<Child>,
    /// The names of functions, types, constants and macros that are defined here.
    pub(crate) items: Vec<String>,
    /// The macros among `items`, which can be called without an import too.
    pub(crate) macros: Vec<String>,
    pub(crate) uses: Vec<Use>,
    /// Paths of at least two names, except those in a `use`.
    pub(crate) paths: Vec<Named>,
    /// Calls of macros by name only.
    pub(crate) calls: Vec<Named>,
    pub(crate) words: Vec<Word>,
}

/// A `mod`. Without a body, its content is in a file.
#[derive(Debug)]
pub(crate) struct Child {
    pub(crate) name: String,
    pub(crate) body: Option<Body>,
}

/// A name that a `use` imports, or `*`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Use {
    /// The name in this module; `None` for `*`.
    pub(crate) alias: Option<String>,
    pub(crate) named: Named,
}

/// A path as written, with the line on which it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) path: Vec<String>,
    pub(crate) line: usize,
}

/// A token that a rule can forbid.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) kind: WordKind,
    pub(crate) line: usize,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum WordKind {
    Identifier(String),
    /// A method or associated function: `.name()` or `Type::name`.
    Method(String),
    /// The value of a string literal.
    Text(String),
    /// A floating-point literal.
    Float,
}

impl Body {
    /// Parses a file. Panics with its `path` if it is not valid Rust.
    pub(crate) fn parse(path: &str, text: &str) -> Self {
        let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
        let file: syn::File =
            syn::parse2(without_tests(tokens)).unwrap_or_else(|error| panic!("{path}: {error}"));
        Self::from_items(file.items)
    }

    fn from_items(items: Vec<Item>) -> Self {
        let mut body = Self::default();
        for item in items {
            if let Item::Mod(module) = item {
                let content = module.content.map(|(_, items)| Self::from_items(items));
                body.children.push(Child { name: plain(&module.ident), body: content });
                continue;
            }
            if let Some(name) = defined_name(&item) {
                if matches!(item, Item::Macro(_)) {
                    body.macros.push(name.clone());
                }
                body.items.push(name);
            }
            let tokens = item.into_token_stream();
            body.read_paths(tokens.clone(), false);
            body.read_words(tokens);
        }
        body
    }

    /// Reads imports, paths and macro calls. A string in an attribute may be a path:
    /// `#[serde(with = "crate::wire")]`.
    fn read_paths(&mut self, tokens: TokenStream, in_attribute: bool) {
        let trees: Vec<_> = tokens.into_iter().collect();
        let mut at = 0;
        while let Some(tree) = trees.get(at) {
            if let Some((attribute, length)) = attribute(&trees[at..]) {
                if !is_named(attribute, "doc") {
                    self.read_paths(attribute.stream(), true);
                }
                at += length;
                continue;
            }
            match tree {
                TokenTree::Group(group) => self.read_paths(group.stream(), in_attribute),
                TokenTree::Ident(ident) if ident == "use" => at += self.read_use(&trees[at..]),
                TokenTree::Ident(ident) if ident == "crate" || begins_path(&trees[..at]) => {
                    self.read_path(&trees[at..]);
                }
                TokenTree::Literal(literal) if in_attribute => {
                    if let Lit::Str(text) = Lit::new(literal.clone())
                        && let Ok(tokens) = text.value().parse::<TokenStream>()
                    {
                        let here = tokens.into_iter().map(|mut tree| {
                            tree.set_span(literal.span());
                            tree
                        });
                        self.read_paths(here.collect(), false);
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// Reads the `use` at the start of `trees` and returns the number of its tokens after the first; 0 if it is no
    /// import, as in `impl Trait + use<>`.
    fn read_use(&mut self, trees: &[TokenTree]) -> usize {
        let Some(end) = trees.iter().position(|tree| is_punct(tree, ';')) else { return 0 };
        let Ok(item) = syn::parse2::<ItemUse>(trees[..=end].iter().cloned().collect()) else { return 0 };
        self.read_use_tree(&item.tree, &[]);
        end
    }

    fn read_use_tree(&mut self, tree: &UseTree, before: &[String]) {
        let (ident, alias) = match tree {
            UseTree::Path(path) => {
                return self.read_use_tree(&path.tree, &[before, &[plain(&path.ident)]].concat());
            }
            UseTree::Group(group) => {
                return group.items.iter().for_each(|tree| self.read_use_tree(tree, before));
            }
            UseTree::Glob(glob) => {
                let line = glob.star_token.spans[0].start().line;
                return self.uses.push(Use { alias: None, named: Named { path: before.to_vec(), line } });
            }
            UseTree::Name(name) => (&name.ident, None),
            UseTree::Rename(rename) => (&rename.ident, Some(plain(&rename.rename))),
        };
        let mut path = before.to_vec();
        // `{self}` names the module before the braces.
        if ident != "self" || path.is_empty() {
            path.push(plain(ident));
        }
        let alias = alias.or_else(|| path.last().cloned());
        self.uses.push(Use { alias, named: Named { path, line: ident.span().start().line } });
    }

    /// Reads the path at the start of `trees`, if it has several names or calls a macro.
    fn read_path(&mut self, trees: &[TokenTree]) {
        let mut path = Vec::new();
        let (mut at, mut line) = (0, 0);
        while let Some(TokenTree::Ident(ident)) = trees.get(at) {
            path.push(plain(ident));
            line = ident.span().start().line;
            at += 1;
            if !is_separator(&trees[at..]) {
                break;
            }
            at += 2;
        }
        let is_call = trees.get(at).is_some_and(|tree| is_punct(tree, '!'))
            && matches!(trees.get(at + 1), Some(TokenTree::Group(_)));
        if path.len() > 1 {
            self.paths.push(Named { path, line });
        } else if is_call {
            self.calls.push(Named { path, line });
        }
    }

    fn read_words(&mut self, tokens: TokenStream) {
        let trees: Vec<_> = tokens.into_iter().collect();
        let mut at = 0;
        while let Some(tree) = trees.get(at) {
            if let Some((doc, length)) = attribute(&trees[at..])
                && is_named(doc, "doc")
            {
                at += length;
                continue;
            }
            let kind = match tree {
                TokenTree::Group(group) => {
                    self.read_words(group.stream());
                    None
                }
                TokenTree::Ident(ident) if is_method(&trees, at) => Some(WordKind::Method(plain(ident))),
                TokenTree::Ident(ident) => Some(WordKind::Identifier(plain(ident))),
                TokenTree::Literal(literal) => match Lit::new(literal.clone()) {
                    Lit::Str(text) => Some(WordKind::Text(text.value())),
                    Lit::ByteStr(text) => {
                        Some(WordKind::Text(String::from_utf8_lossy(&text.value()).into_owned()))
                    }
                    Lit::Int(number) if matches!(number.suffix(), "f32" | "f64") => Some(WordKind::Float),
                    // `pair.0.1` has one token after its first dot.
                    Lit::Float(_) if !ends_with_dot(&trees[..at]) => Some(WordKind::Float),
                    _ => None,
                },
                TokenTree::Punct(_) => None,
            };
            let line = tree.span().start().line;
            self.words.extend(kind.map(|kind| Word { kind, line }));
            at += 1;
        }
    }
}

fn plain(ident: &proc_macro2::Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

fn defined_name(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::TraitAlias(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(plain(ident))
}

fn is_punct(tree: &TokenTree, character: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == character)
}

/// Whether a punctuation mark and the next one form one operator.
fn is_joint(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint)
}

/// Whether `trees` begin with `::`.
fn is_separator(trees: &[TokenTree]) -> bool {
    matches!(trees, [first, second, ..] if is_punct(first, ':') && is_joint(first) && is_punct(second, ':'))
}

/// The tokens before a `::` at the end of `trees`.
fn before_separator(trees: &[TokenTree]) -> Option<&[TokenTree]> {
    let (before, end) = trees.split_at(trees.len().checked_sub(2)?);
    is_separator(end).then_some(before)
}

/// Whether a path can begin after `trees`. It cannot after `name::`, nor in a macro's `$name`.
fn begins_path(trees: &[TokenTree]) -> bool {
    match before_separator(trees) {
        Some([.., TokenTree::Ident(_)]) => false,
        // In `<T as Trait>::name`, but not in `=> ::name`.
        Some([.., before, end]) => !is_punct(end, '>') || (is_joint(before) && !is_punct(before, '>')),
        Some(_) => true,
        None => !trees.last().is_some_and(|last| is_punct(last, '$')),
    }
}

/// Whether the identifier at `at` is a method that is called, or an associated function.
fn is_method(trees: &[TokenTree], at: usize) -> bool {
    let is_called = matches!(trees.get(at + 1), Some(TokenTree::Group(group))
        if group.delimiter() == Delimiter::Parenthesis);
    match before_separator(&trees[..at]) {
        Some([.., TokenTree::Ident(owner)]) => owner.to_string().starts_with(char::is_uppercase),
        Some(_) => false,
        None => is_called && ends_with_dot(&trees[..at]),
    }
}

fn ends_with_dot(trees: &[TokenTree]) -> bool {
    trees.last().is_some_and(|last| is_punct(last, '.'))
}

/// The attribute at the start of `trees`, and the number of its tokens.
fn attribute(trees: &[TokenTree]) -> Option<(&Group, usize)> {
    let (group, length) = match trees {
        [hash, TokenTree::Group(group), ..] if is_punct(hash, '#') => (group, 2),
        [hash, not, TokenTree::Group(group), ..] if is_punct(hash, '#') && is_punct(not, '!') => (group, 3),
        _ => return None,
    };
    (group.delimiter() == Delimiter::Bracket).then_some((group, length))
}

fn is_named(attribute: &Group, name: &str) -> bool {
    matches!(attribute.stream().into_iter().next(), Some(TokenTree::Ident(ident)) if ident == name)
}

/// The words that an item can begin with.
const ITEM_WORDS: [&str; 15] = [
    "async",
    "const",
    "enum",
    "extern",
    "fn",
    "impl",
    "macro_rules",
    "mod",
    "pub",
    "static",
    "struct",
    "trait",
    "type",
    "unsafe",
    "use",
];

/// Removes items that are compiled for tests only.
fn without_tests(tokens: TokenStream) -> TokenStream {
    let trees: Vec<_> = tokens.into_iter().collect();
    let mut kept = Vec::with_capacity(trees.len());
    let mut at = 0;
    while at < trees.len() {
        let (mut item, mut is_test) = (at, false);
        while let Some((attribute, length)) = attribute(&trees[item..]) {
            is_test |= is_for_tests(attribute);
            item += length;
        }
        if is_test && trees.get(item).is_some_and(begins_item) {
            at = item + item_length(&trees[item..]);
            continue;
        }
        kept.extend(trees[at..item].iter().cloned());
        kept.extend(trees.get(item).map(|tree| match tree {
            TokenTree::Group(group) => {
                let mut shorter = Group::new(group.delimiter(), without_tests(group.stream()));
                shorter.set_span(group.span());
                shorter.into()
            }
            tree => tree.clone(),
        }));
        at = item + 1;
    }
    kept.into_iter().collect()
}

fn begins_item(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Ident(word) if ITEM_WORDS.iter().any(|item| word == item))
}

/// Whether an attribute is `cfg(test)`, or `cfg(all(test, …))`.
fn is_for_tests(attribute: &Group) -> bool {
    let trees: Vec<_> = attribute.stream().into_iter().collect();
    let [TokenTree::Ident(cfg), TokenTree::Group(condition)] = &*trees else { return false };
    let condition: Vec<_> = condition.stream().into_iter().collect();
    let is_test = |tree: &TokenTree| matches!(tree, TokenTree::Ident(ident) if ident == "test");
    cfg == "cfg"
        && match &*condition {
            [only] => is_test(only),
            [TokenTree::Ident(all), TokenTree::Group(group)] if all == "all" => {
                group.stream().into_iter().any(|tree| is_test(&tree))
            }
            _ => false,
        }
}

/// The number of tokens of the item at the start of `trees`, which ends with `;` or with its braces.
fn item_length(trees: &[TokenTree]) -> usize {
    let is_end = |tree: &TokenTree| {
        is_punct(tree, ';')
            || matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
    };
    let end = trees.iter().position(is_end).map_or(trees.len(), |end| end + 1);
    // `use a::{b, c};`
    end + usize::from(trees.get(end).is_some_and(|tree| is_punct(tree, ';')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(named: &[Named]) -> Vec<String> {
        named.iter().map(|named| format!("{} {}", named.line, named.path.join("::"))).collect()
    }

    fn uses(text: &str) -> Vec<String> {
        let uses = Body::parse("planted", text).uses;
        let name = |one: &Use| one.alias.clone().unwrap_or_else(|| "*".to_owned());
        uses.iter().map(|one| format!("{} = {}", name(one), one.named.path.join("::"))).collect()
    }

    #[test]
    fn each_form_of_use_is_read() {
        let text = "
            use a::b::{self, c as d,
                e::{f, *}};
            pub(crate) use super::r#type;
            fn inner() { use g::h; i(|| { use j as _; }) }";
        let read = ["b = a::b", "d = a::b::c", "f = a::b::e::f", "* = a::b::e", "type = super::type"];
        assert_eq!(uses(text), [&read[..], &["h = g::h", "_ = j"]].concat());
    }

    #[test]
    fn paths_are_read_wherever_they_stand() {
        let text = r#"
            #[serde(with = "a::b")]
            struct S { field: c::D<e::F>, other: Vec<G> }
            fn f(x: &mut S) -> impl Fn() + use<'_> {
                view! { <p class=h::i>{crate::j::k(..super::l::M)}</p> }
                let m::N { o } = <S as p::Q<S>>::new().collect::<r::T>() else { return u!() };
                /// w::x
                match o { self::v::V => ::y::z() }
            }
            macro_rules! made { ($name:ident) => { $name::new($crate::n::o()) } }"#;
        let body = Body::parse("planted", text);
        let read = [
            "2 a::b",
            "3 c::D",
            "3 e::F",
            "5 h::i",
            "5 crate::j::k",
            "5 super::l::M",
            "6 m::N",
            "6 p::Q",
            "6 r::T",
            "8 self::v::V",
            "8 y::z",
            "10 crate::n::o",
        ];
        assert_eq!(paths(&body.paths), read);
        assert_eq!(paths(&body.calls), ["5 view", "6 u"]);
        assert_eq!(
            (body.items, body.macros),
            (vec!["S".into(), "f".into(), "made".into()], vec!["made".into()])
        );
    }

    #[test]
    fn words_are_no_comments() {
        let text = r##"
            //! https://one
            /// https://two
            fn secret(key: Key) -> u64 { // https://three
                key . secret(); map(Key::secret); self::secret::x; "https://four"; r#"five"#; key.0.1; m!(key.0.1); 6.5
            }"##;
        let words = Body::parse("planted", text).words;
        let count = |kind: &WordKind| words.iter().filter(|word| word.kind == *kind).count();
        assert_eq!(count(&WordKind::Method("secret".into())), 2);
        assert_eq!(count(&WordKind::Identifier("secret".into())), 2);
        assert_eq!(count(&WordKind::Float), 1);
        let texts = words.iter().filter(|word| matches!(word.kind, WordKind::Text(_)));
        assert_eq!(texts.map(|word| word.line).collect::<Vec<_>>(), [5, 5]);
    }

    #[test]
    fn tests_are_left_out() {
        let text = "
            /// Of tests.
            #[cfg(test)]
            #[expect(unused_imports)]
            pub(crate) use a::{b, c};
            #[cfg(all(test, unix))]
            mod tests { use d; }
            #[cfg(test)]
            mod more;
            impl S { #[cfg(test)] fn x() { e::f() } #[cfg(not(test))] fn y() { g::h() } }
            mod inner { #[cfg(test)] static S: T = T { i: j::k }; pub fn l() { m::n() } }
            fn last() { #[cfg(test)] o::p(); }";
        let body = Body::parse("planted", text);
        assert_eq!((body.uses.len(), paths(&body.paths)), (0, vec!["10 g::h".into(), "12 o::p".into()]));
        let [inner] = &*body.children else { panic!("{:?}", body.children) };
        assert_eq!(paths(&inner.body.as_ref().expect("inline").paths), ["11 m::n"]);
    }
}
