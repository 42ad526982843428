//! The same JSON, written as programs do that parse a body and write it anew.

use serde_json::Value;

/// How the parts of JSON stand apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spacing {
    /// Nothing between them.
    Compact,
    /// A blank after each comma and colon.
    Spaced,
    /// Each on a line of its own, so many blanks further in.
    Indented(usize),
}

/// How the texts in JSON are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letters {
    /// As they came.
    Kept,
    /// As JavaScript and Rust write them: escaped only where JSON asks for it.
    Plain,
    /// As Python writes them: ASCII alone.
    Ascii,
    /// As PHP writes them: ASCII alone, and slashes escaped.
    Php,
}

/// A way of writing JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Between its parts.
    pub spacing: Spacing,
    /// Within its texts.
    pub letters: Letters,
    /// Whether names are in the order of the alphabet.
    pub is_sorted: bool,
}

/// JSON whose numbers and texts are as they were written, and whose names are in their order: a parser for
/// values keeps neither.
#[derive(Debug)]
pub struct Json<'a>(Node<'a>);

#[derive(Debug)]
enum Node<'a> {
    /// A number, `true`, `false` or `null`.
    Word(&'a str),
    /// A text, with its quotes.
    Text(&'a str),
    List(Vec<Node<'a>>),
    Object(Vec<(&'a str, Node<'a>)>),
}

impl<'a> Json<'a> {
    /// What is written in `text`; `None` if it is no JSON.
    #[must_use]
    pub fn read(text: &'a str) -> Option<Self> {
        // It says whether this is JSON and not too deep, so what follows need not.
        serde_json::from_str::<Value>(text).ok()?;
        Reader { rest: text }.node().map(Self)
    }

    /// It, in another style.
    #[must_use]
    pub fn written(&self, style: Style) -> String {
        let mut out = String::new();
        self.0.write(style, 0, &mut out);
        out
    }
}

/// Takes JSON apart.
struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn node(&mut self) -> Option<Node<'a>> {
        if self.takes('{') {
            let mut members = Vec::new();
            while !self.takes('}') {
                self.takes(',');
                let name = self.text()?;
                self.takes(':');
                members.push((name, self.node()?));
            }
            Some(Node::Object(members))
        } else if self.takes('[') {
            let mut items = Vec::new();
            while !self.takes(']') {
                self.takes(',');
                items.push(self.node()?);
            }
            Some(Node::List(items))
        } else if self.rest.starts_with('"') {
            self.text().map(Node::Text)
        } else {
            let is_end = |c: char| c.is_ascii_whitespace() || ",]}".contains(c);
            self.token(self.rest.find(is_end).unwrap_or(self.rest.len())).map(Node::Word)
        }
    }

    /// Whether a mark comes next, after blanks; if so it is taken.
    fn takes(&mut self, mark: char) -> bool {
        self.rest = self.rest.trim_start();
        let rest = self.rest.strip_prefix(mark);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// A text, after blanks, with its quotes.
    fn text(&mut self) -> Option<&'a str> {
        self.rest = self.rest.trim_start();
        let mut is_escaped = false;
        let end = self.rest.char_indices().skip(1).find(|(_, c)| {
            let is_end = *c == '"' && !is_escaped;
            is_escaped = *c == '\\' && !is_escaped;
            is_end
        });
        self.token(end?.0 + 1)
    }

    fn token(&mut self, length: usize) -> Option<&'a str> {
        let (token, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(token)
    }
}

impl Node<'_> {
    fn write(&self, style: Style, depth: usize, out: &mut String) {
        match self {
            Self::Word(word) => out.push_str(word),
            Self::Text(text) => out.push_str(&spelled(text, style.letters)),
            Self::List(items) => {
                write_all(['[', ']'], items, style, depth, out, |item, out| {
                    item.write(style, depth + 1, out);
                });
            }
            Self::Object(members) => {
                let mut members: Vec<_> = members.iter().collect();
                if style.is_sorted {
                    members.sort_by_key(|(name, _)| *name);
                }
                write_all(['{', '}'], &members, style, depth, out, |(name, value), out| {
                    out.push_str(&spelled(name, style.letters));
                    out.push_str(if style.spacing == Spacing::Compact { ":" } else { ": " });
                    value.write(style, depth + 1, out);
                });
            }
        }
    }
}

fn write_all<T>(
    [open, close]: [char; 2],
    parts: &[T],
    style: Style,
    depth: usize,
    out: &mut String,
    write: impl Fn(&T, &mut String),
) {
    let line = |depth: usize, out: &mut String| {
        if let Spacing::Indented(blanks) = style.spacing {
            out.push('\n');
            out.push_str(&" ".repeat(blanks * depth));
        }
    };
    out.push(open);
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            out.push_str(if style.spacing == Spacing::Spaced { ", " } else { "," });
        }
        line(depth + 1, out);
        write(part, out);
    }
    if !parts.is_empty() {
        line(depth, out);
    }
    out.push(close);
}

/// A text of JSON in other letters.
fn spelled(text: &str, letters: Letters) -> String {
    let decoded = if letters == Letters::Kept { None } else { serde_json::from_str::<String>(text).ok() };
    // Half of a surrogate pair is a text for some programs, and for none of Rust's.
    let Some(decoded) = decoded else { return text.to_owned() };
    let plain = Value::from(decoded).to_string();
    let escaped = |c: char| {
        let mut units = [0; 2];
        c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>()
    };
    let ascii = |c: char| match c {
        '/' if letters == Letters::Php => r"\/".to_owned(),
        c if c.is_ascii() => c.to_string(),
        c => escaped(c),
    };
    if letters == Letters::Plain { plain } else { plain.chars().map(ascii).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(spacing: Spacing, letters: Letters) -> Style {
        Style { spacing, letters, is_sorted: false }
    }

    #[test]
    fn json_is_written_as_others_write_it() {
        let check = |text: &str, style: Style, expected: &str| {
            let json = Json::read(text).unwrap_or_else(|| panic!("no JSON: {text}"));
            assert_eq!(json.written(style), expected, "{text}");
        };
        let text = "{ \"b\" : [1.50, -0, 1e3 ,true,null],\n\"a\":{\"x\":\"a, b: \\\"c\\\" \\\\\",\"e\":[],\"o\":{ }} }\n";
        check(
            text,
            style(Spacing::Compact, Letters::Kept),
            r#"{"b":[1.50,-0,1e3,true,null],"a":{"x":"a, b: \"c\" \\","e":[],"o":{}}}"#,
        );
        check(
            text,
            style(Spacing::Spaced, Letters::Kept),
            r#"{"b": [1.50, -0, 1e3, true, null], "a": {"x": "a, b: \"c\" \\", "e": [], "o": {}}}"#,
        );
        check(
            r#"{"b":[1,{"c":2}],"a":[]}"#,
            style(Spacing::Indented(2), Letters::Kept),
            "{\n  \"b\": [\n    1,\n    {\n      \"c\": 2\n    }\n  ],\n  \"a\": []\n}",
        );
        let sorted = Style { is_sorted: true, ..style(Spacing::Compact, Letters::Kept) };
        check(r#"{"b":{"d":1,"c":2},"a":[]}"#, sorted, r#"{"a":[],"b":{"c":2,"d":1}}"#);
        check("\"x\"", style(Spacing::Compact, Letters::Kept), "\"x\"");
        check(" 12 ", style(Spacing::Compact, Letters::Kept), "12");
    }

    #[test]
    fn texts_are_spelled_as_others_spell_them() {
        let check = |text: &str, letters: Letters, expected: &str| {
            let json = Json::read(text).unwrap_or_else(|| panic!("no JSON: {text}"));
            assert_eq!(json.written(style(Spacing::Compact, letters)), expected, "{text}");
        };
        let text = "\"thé \\u00e9 a/b \\/ \u{1f600} \\n\\u0007\"";
        check(text, Letters::Kept, text);
        check(text, Letters::Plain, "\"thé é a/b / \u{1f600} \\n\\u0007\"");
        check(text, Letters::Ascii, r#""th\u00e9 \u00e9 a/b / \ud83d\ude00 \n\u0007""#);
        check(text, Letters::Php, r#""th\u00e9 \u00e9 a\/b \/ \ud83d\ude00 \n\u0007""#);
    }

    #[test]
    fn what_is_no_json_is_not_read() {
        for text in ["", "{", "{\"a\":}", "[1,]", "a=1", "\"", "{} {}", "[1 2]"] {
            assert!(Json::read(text).is_none(), "{text}");
        }
        assert!(Json::read(&"[".repeat(100_000)).is_none());
        let deep = format!("{}{}", "[".repeat(1_000), "]".repeat(1_000));
        assert!(Json::read(&deep).is_none(), "too deep to be a delivery");
    }
}
