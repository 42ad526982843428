//! JSON in the forms in which programs write it after parsing a body.

use std::io::{self, Write};

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;
use serde_json::ser::Formatter;
use serde_json::value::RawValue;

/// The white space between the parts of JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spacing {
    /// None.
    Compact,
    /// A space after each comma and colon.
    Spaced,
    /// Each part on a line of its own, indented by this number of spaces.
    Indented(usize),
}

/// The notation of strings in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letters {
    /// As in the source.
    Kept,
    /// As JavaScript and Rust write them: escaped only where JSON requires it.
    Plain,
    /// As Python writes them: in ASCII.
    Ascii,
    /// As PHP writes them: in ASCII, with escaped slashes.
    Php,
}

/// A form of JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// The white space between its parts.
    pub spacing: Spacing,
    /// The notation of its strings.
    pub letters: Letters,
    /// Whether its names are in alphabetical order.
    pub is_sorted: bool,
}

/// JSON that keeps the source text of its numbers and strings and the order of its names. A [`Value`] keeps neither.
#[derive(Debug)]
pub enum Json<'a> {
    /// A string, a number, `true`, `false` or `null`.
    Scalar(&'a RawValue),
    /// An array.
    List(Vec<Json<'a>>),
    /// An object: names and values in the order of the source.
    Object(Vec<(String, Json<'a>)>),
}

impl<'a> Json<'a> {
    /// Parses a text; `None` if it is not JSON.
    #[must_use]
    pub fn read(text: &'a str) -> Option<Self> {
        // Refuses JSON that is nested too deeply, so `parse` may recurse.
        serde_json::from_str::<Value>(text).ok()?;
        Self::parse(serde_json::from_str(text).ok()?).ok()
    }

    fn parse(raw: &'a RawValue) -> serde_json::Result<Self> {
        match raw.get().as_bytes().first() {
            Some(b'{') => {
                let Members(members) = serde_json::from_str(raw.get())?;
                let members = members.into_iter().map(|(name, value)| Ok((name, Self::parse(value)?)));
                members.collect::<serde_json::Result<_>>().map(Self::Object)
            }
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(raw.get())?;
                items.into_iter().map(Self::parse).collect::<serde_json::Result<_>>().map(Self::List)
            }
            _ => Ok(Self::Scalar(raw)),
        }
    }

    /// The JSON in another form.
    #[must_use]
    pub fn written(&self, style: Style) -> String {
        let mut out = Vec::new();
        let layout = Layout { style, depth: 0, is_empty: false };
        let mut serializer = serde_json::Serializer::with_formatter(&mut out, layout);
        // Writing to memory cannot fail.
        let is_written = Styled(self, style).serialize(&mut serializer).is_ok();
        String::from_utf8(out).ok().filter(|_| is_written).unwrap_or_default()
    }
}

/// The members of an object, in the order of the source.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members<'de>;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}

/// JSON in a form, apart from the white space, which [`Layout`] writes.
struct Styled<'a>(&'a Json<'a>, Style);

impl Serialize for Styled<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(json, style) = *self;
        match json {
            Json::Scalar(raw) => {
                let is_kept = style.letters == Letters::Kept;
                let text = if is_kept { None } else { serde_json::from_str::<String>(raw.get()).ok() };
                match text {
                    Some(text) => serializer.serialize_str(&text),
                    None => raw.serialize(serializer),
                }
            }
            Json::List(items) => serializer.collect_seq(items.iter().map(|item| Styled(item, style))),
            Json::Object(members) => {
                let mut members: Vec<_> = members.iter().collect();
                if style.is_sorted {
                    members.sort_by(|(one, _), (other, _)| one.cmp(other));
                }
                serializer.collect_map(members.into_iter().map(|(name, value)| (name, Styled(value, style))))
            }
        }
    }
}

/// The formatter that writes white space and strings of a form.
struct Layout {
    style: Style,
    depth: usize,
    /// Whether the innermost open array or object has no part yet.
    is_empty: bool,
}

impl Layout {
    fn open<W: ?Sized + Write>(&mut self, out: &mut W, mark: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.is_empty = true;
        out.write_all(mark)
    }

    fn begin_part<W: ?Sized + Write>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        self.is_empty = false;
        match self.style.spacing {
            _ if is_first => {}
            Spacing::Spaced => out.write_all(b", ")?,
            Spacing::Compact | Spacing::Indented(_) => out.write_all(b",")?,
        }
        self.break_line(out)
    }

    fn close<W: ?Sized + Write>(&mut self, out: &mut W, mark: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if !self.is_empty {
            self.break_line(out)?;
        }
        self.is_empty = false;
        out.write_all(mark)
    }

    fn break_line<W: ?Sized + Write>(&self, out: &mut W) -> io::Result<()> {
        match self.style.spacing {
            Spacing::Indented(blanks) => write!(out, "\n{:1$}", "", blanks * self.depth),
            Spacing::Compact | Spacing::Spaced => Ok(()),
        }
    }
}

impl Formatter for Layout {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"[")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        self.begin_part(out, is_first)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"{")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        self.begin_part(out, is_first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(if self.style.spacing == Spacing::Compact { b":" } else { b": " })
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let is_php = match self.style.letters {
            Letters::Kept | Letters::Plain => return out.write_all(fragment.as_bytes()),
            Letters::Ascii => false,
            Letters::Php => true,
        };
        for c in fragment.chars() {
            match c {
                '/' if is_php => out.write_all(br"\/")?,
                c if c.is_ascii() => write!(out, "{c}")?,
                c => {
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        write!(out, "\\u{unit:04x}")?;
                    }
                }
            }
        }
        Ok(())
    }
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
