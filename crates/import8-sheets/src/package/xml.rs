//! XML events with the exact bytes that each was read from, so that what is not changed is copied as it is.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use crate::error::Error;

/// Reads a part of a package event by event. The bytes of all events together are the part.
pub(super) struct Events<R> {
    reader: Reader<Recorder<R>>,
    content: Vec<u8>,
    raw: Vec<u8>,
}

impl<R: BufRead> Events<R> {
    pub(super) fn new(source: R) -> Self {
        let mut reader = Reader::from_reader(Recorder { source, taken: Vec::new() });
        // As tolerant as the reader of cells: its programs accept such files too.
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Self { reader, content: Vec::new(), raw: Vec::new() }
    }

    /// The next event and its bytes; [`Event::Eof`] at the end.
    ///
    /// # Errors
    /// [`Error::Structure`] if the part is no XML in UTF-8, or cannot be unpacked.
    pub(super) fn next(&mut self) -> Result<(Event<'_>, &[u8]), Error> {
        self.content.clear();
        let event = self.reader.read_event_into(&mut self.content);
        self.raw.clear();
        std::mem::swap(&mut self.raw, &mut self.reader.get_mut().taken);
        Ok((event.map_err(|error| Error::Structure(error.to_string()))?, &self.raw))
    }
}

/// Keeps the bytes that are taken from a source.
struct Recorder<R> {
    source: R,
    taken: Vec<u8>,
}

impl<R: BufRead> Read for Recorder<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(into)?;
        self.taken.extend_from_slice(into.get(..read).unwrap_or(into));
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Recorder<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.source.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        // The buffer is filled already, so this neither reads nor fails.
        if let Ok(bytes) = self.source.fill_buf() {
            self.taken.extend_from_slice(bytes.get(..count).unwrap_or(bytes));
        }
        self.source.consume(count);
    }
}

/// The value of an attribute, by its name without a prefix.
pub(super) fn attribute<'a>(tag: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    let mut attributes = tag.attributes();
    let mut readable = attributes.with_checks(false).filter_map(Result::ok);
    let found = readable.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(match found.value {
        Cow::Borrowed(value) => unescape(value).unwrap_or(Cow::Borrowed(value)),
        Cow::Owned(value) => unescape(&value).map(|value| Cow::Owned(value.into_owned())).unwrap_or_default(),
    })
}

/// The number in an attribute.
pub(super) fn number(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(tag, name)?.trim().parse().ok()
}

/// Whether an attribute is true in the notation of XML Schema.
pub(super) fn is_true(tag: &BytesStart<'_>, name: &str) -> bool {
    attribute(tag, name).is_some_and(|value| matches!(&*value, "1" | "true"))
}

/// The prefix of a name with its colon: `x:` of `x:row`; empty without one.
pub(super) fn prefix(tag: &BytesStart<'_>) -> String {
    let name = tag.name();
    let (prefix, _) = name.as_ref().split_once(':').unwrap_or_default();
    if prefix.is_empty() { String::new() } else { format!("{prefix}:") }
}

/// A start tag, written again with other attributes. `None` removes one. The names have no prefix.
pub(super) fn with_attributes(tag: &BytesStart<'_>, changes: &[(&str, Option<String>)], end: &str) -> String {
    let mut text = format!("<{}", tag.name().as_ref());
    let mut push = |name: &str, value: &str| {
        let quote = if value.contains('"') { '\'' } else { '"' };
        text.extend([" ", name, "="]);
        text.push(quote);
        text.push_str(value);
        text.push(quote);
    };
    for attribute in tag.attributes().with_checks(false).filter_map(Result::ok) {
        let name = attribute.key.as_ref();
        if !changes.iter().any(|(changed, _)| *changed == name) {
            push(name, &attribute.value);
        }
    }
    for (name, value) in changes {
        if let Some(value) = value {
            push(name, value);
        }
    }
    text + end
}
