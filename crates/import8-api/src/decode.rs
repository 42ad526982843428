//! JSON decoding with errors that name the field.

use std::fmt;

use serde::de::DeserializeOwned;

/// The error for a text that is not JSON of the expected shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    /// The path of the field, such as `data.credits.remaining` or `items[3].quantity`; empty if the document itself
    /// is faulty.
    pub field: String,
    /// The fault, in English.
    pub message: String,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.field.is_empty() {
            f.write_str(&self.message)
        } else {
            write!(f, "{}: {}", self.field, self.message)
        }
    }
}

impl std::error::Error for DecodeError {}

/// A value with the JSON text that it was read from. The text also has the fields that the types do not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document<T> {
    /// The value.
    pub value: T,
    /// The text, unchanged.
    pub text: String,
}

impl<T: DeserializeOwned> Document<T> {
    /// Reads a value and keeps its text.
    ///
    /// # Errors
    /// As [`decode`].
    pub fn read(text: String) -> Result<Self, DecodeError> {
        Ok(Self { value: decode(&text)?, text })
    }
}

/// Reads a value from a JSON text.
///
/// Only after an error is the text scanned for the path of the field. Tracking the path in every deserializer would
/// double their code in the browser.
///
/// # Errors
/// The first field that is missing, of the wrong type or out of range; or the place at which the text is not JSON.
pub fn decode<T: DeserializeOwned>(text: &str) -> Result<T, DecodeError> {
    serde_json::from_str(text).map_err(|error| describe(text, &error))
}

fn describe(text: &str, error: &serde_json::Error) -> DecodeError {
    let full = error.to_string();
    let message = full.rsplit_once(" at line ").map_or(full.as_str(), |(message, _)| message);
    // The parser reports a number that fits no type, such as 1e400, as a syntax error.
    if !error.is_data() && message != "number out of range" {
        let place = format!("not valid JSON at line {}, column {}: {message}", error.line(), error.column());
        return DecodeError { field: String::new(), message: place };
    }
    let mut path = path_at(text, offset(text, error.line(), error.column()));
    match message.strip_prefix("missing field `").and_then(|rest| rest.split_once('`')) {
        Some((name, _)) => {
            path.pop();
            path.push(Step::Key(name.to_owned()));
            DecodeError { field: written(&path), message: "is required".to_owned() }
        }
        None => DecodeError { field: written(&path), message: message.to_owned() },
    }
}

/// The offset at which a faulty value ends, by the parser's line and column, both counted from 1. The parser stops
/// after a faulty scalar but before an unwanted bracket, which is then included.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let stop = (before + column).min(text.len());
    let rest = text.as_bytes().get(stop..).unwrap_or_default();
    match rest.iter().position(|byte| !byte.is_ascii_whitespace()) {
        Some(blanks) if matches!(rest[blanks], b'[' | b'{') => stop + blanks + 1,
        _ => stop,
    }
}

enum Step {
    Key(String),
    Index(usize),
}

/// The path of the value in which `text[..end]` ends. A bracket as the last byte belongs to the value that it opens or
/// closes, not to one inside.
fn path_at(text: &str, end: usize) -> Vec<Step> {
    let bytes = text.as_bytes();
    let mut path = Vec::new();
    let mut at = 0;
    while at < end {
        let last = at + 1 == end;
        match bytes[at] {
            b'{' if !last => path.push(Step::Key(String::new())),
            b'[' if !last => path.push(Step::Index(0)),
            b'}' | b']' if !last => drop(path.pop()),
            b',' => match path.last_mut() {
                Some(Step::Index(index)) => *index += 1,
                Some(Step::Key(key)) => key.clear(),
                None => {}
            },
            b'"' => {
                let close = string_end(bytes, at);
                if let Some(Step::Key(key)) = path.last_mut()
                    && key.is_empty()
                {
                    // Keys with escapes are shown as written; the contract has none.
                    text.get(at + 1..close).unwrap_or_default().clone_into(key);
                }
                at = close;
            }
            _ => {}
        }
        at += 1;
    }
    path
}

/// The offset of the quote that closes the string opened at `open`.
fn string_end(bytes: &[u8], open: usize) -> usize {
    let mut at = open + 1;
    while at < bytes.len() && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at
}

fn written(path: &[Step]) -> String {
    let mut written = String::new();
    for step in path {
        match step {
            Step::Key(key) => {
                if !written.is_empty() {
                    written.push('.');
                }
                written.push_str(key);
            }
            Step::Index(index) => {
                written.push('[');
                written.push_str(&index.to_string());
                written.push(']');
            }
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Account, BatchRequest, Classification, ClassifyRequest, Envelope};

    fn check<T: DeserializeOwned + fmt::Debug>(text: &str, field: &str, message: &str) {
        let error = decode::<T>(text).expect_err(text);
        assert_eq!(error.field, field, "{text}: {error}");
        assert!(error.message.contains(message), "{text}: {error}");
    }

    #[test]
    fn names_the_field() {
        check::<ClassifyRequest>(r#"{"goods_value": "abc"}"#, "goods_value", "expected a JSON number");
        check::<ClassifyRequest>(r#"{"goods_value": 1e400}"#, "goods_value", "held exactly");
        check::<ClassifyRequest>(r#"{"description": ["x"]}"#, "description", "invalid type: sequence");
        check::<ClassifyRequest>(
            r#"{"description": {"a": 1}, "quantity": 2}"#,
            "description",
            "invalid type: map",
        );
        check::<ClassifyRequest>(
            r#"{"description": "a \"q\" {", "quantity": 0}"#,
            "quantity",
            "whole number",
        );
        check::<ClassifyRequest>(
            r#"{"other": [{"a": [1, 2]}], "origin_country": "XX"}"#,
            "origin_country",
            "two-letter",
        );
        check::<BatchRequest>(
            "{\"items\": [\n {\"quantity\": 1},\n {\"quantity\": 1.5}]}",
            "items[1].quantity",
            "whole",
        );
        check::<BatchRequest>("{}", "items", "is required");
        check::<Envelope<Account>>(
            r#"{"success": true, "data": {"organization": {"name": "A"}, "credits": {"total_used": 3}}}"#,
            "data.credits.remaining",
            "is required",
        );
        check::<Envelope<Classification>>(
            r#"{"success": true, "data": {"id": "1", "status": "completed", "hs_code": {"code_6": "85.1"}}}"#,
            "data.hs_code.code_6",
            "",
        );
    }

    #[test]
    fn says_where_the_text_stops_being_json() {
        check::<ClassifyRequest>("{\"description\": ", "", "not valid JSON at line 1");
        check::<ClassifyRequest>("<html>", "", "not valid JSON");
        check::<ClassifyRequest>(&"[".repeat(200_000), "", "");
    }
}
