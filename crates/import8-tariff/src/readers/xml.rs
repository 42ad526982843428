//! XML of the parts of a package, read event by event in a bounded amount of memory.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, BufReader, Read};
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::ReadError;

/// The most bytes of one text or tag. Excel allows 32,767 characters in a cell.
const MOST_OF_AN_EVENT: u64 = 4 << 20;

/// A part may unpack to this many bytes whatever its packed size is.
const UNSUSPECTED: u64 = 64 << 20;

/// The most bytes to which one packed byte may unpack on average. Sheets unpack to 10 to 60 times their size, and
/// those made to exhaust a machine to 1,000 times.
const MOST_RATIO: u64 = 200;

/// The most bytes of a part.
const MOST_OF_A_PART: u64 = 6 << 30;

/// The events of a part.
pub(super) struct Xml<R: Read> {
    reader: Reader<BufReader<Metered<R>>>,
    buffer: Vec<u8>,
    meter: Rc<Meter>,
    file: String,
}

/// The bytes that were unpacked.
#[derive(Debug)]
struct Meter {
    total: Cell<u64>,
    event: Cell<u64>,
    most: u64,
    is_exceeded: Cell<bool>,
}

/// A source that ends with an error where more is unpacked than any real file has.
struct Metered<R> {
    source: R,
    meter: Rc<Meter>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(into)?;
        let bytes = u64::try_from(count).unwrap_or(u64::MAX);
        let Meter { total, event, most, is_exceeded } = &*self.meter;
        total.set(total.get().saturating_add(bytes));
        event.set(event.get().saturating_add(bytes));
        if total.get() > *most || event.get() > MOST_OF_AN_EVENT {
            is_exceeded.set(true);
            return Err(io::Error::other("too much is unpacked"));
        }
        Ok(count)
    }
}

impl<R: Read> Xml<R> {
    /// Reads a part of a file. `packed` is the number of bytes that it takes in the package.
    pub(super) fn new(part: R, packed: u64, file: &str) -> Self {
        let most = packed.saturating_mul(MOST_RATIO).clamp(UNSUSPECTED, MOST_OF_A_PART);
        let meter =
            Rc::new(Meter { total: Cell::new(0), event: Cell::new(0), most, is_exceeded: Cell::new(false) });
        let source = BufReader::with_capacity(64 << 10, Metered { source: part, meter: meter.clone() });
        let mut reader = Reader::from_reader(source);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Self { reader, buffer: Vec::new(), meter, file: file.to_owned() }
    }

    /// The next event; [`Event::Eof`] at the end.
    ///
    /// # Errors
    /// The part is no XML or unpacks to too much.
    pub(super) fn next(&mut self) -> Result<Event<'_>, ReadError> {
        self.buffer.clear();
        self.meter.event.set(0);
        self.reader.read_event_into(&mut self.buffer).map_err(|error| {
            if self.meter.is_exceeded.get() {
                ReadError::too_large(&self.file, "it unpacks to far more than a workbook has")
            } else {
                ReadError::unreadable(&self.file, error)
            }
        })
    }
}

/// Adds the characters of an event to a text: those of texts, entities and `CDATA`.
pub(super) fn push_text(text: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(part) => text.push_str(&part.xml10_content()),
        Event::CData(part) => text.push_str(&part.xml10_content()),
        Event::GeneralRef(entity) => {
            let written = format!("&{};", &**entity);
            text.push_str(&unescape(&written).unwrap_or(Cow::Borrowed("")));
        }
        _ => {}
    }
}

/// The value of an attribute by its name without a prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let mut readable = attributes.with_checks(false).filter_map(Result::ok);
    let found = readable.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(unescape(&found.value).map_or_else(|_| found.value.to_string(), Cow::into_owned))
}
