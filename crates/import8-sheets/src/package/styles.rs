//! The styles of a workbook: adds cell formats that are like others except for their number format.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::xml::{Events, attribute, number, prefix, with_attributes};
use crate::error::Error;

/// The first identifier of a number format that is not built in.
const FIRST_OWN: u32 = 164;

/// A number format of added cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum NumberFormat {
    /// Text, so that what a person types there stays a text too.
    Text,
    /// A number with this many decimals.
    Decimals(usize),
    /// A date with the time of day.
    Time,
}

impl NumberFormat {
    /// Its identifier if it is built in.
    fn built_in(self) -> Option<u32> {
        match self {
            Self::Text => Some(49),
            Self::Decimals(0) => Some(1),
            Self::Decimals(2) => Some(2),
            Self::Decimals(_) | Self::Time => None,
        }
    }

    fn code(self) -> String {
        match self {
            Self::Text => "@".to_owned(),
            Self::Decimals(0) => "0".to_owned(),
            Self::Decimals(decimals) => format!("0.{}", "0".repeat(decimals)),
            Self::Time => "yyyy-mm-dd hh:mm".to_owned(),
        }
    }
}

/// The part with the styles.
pub(super) struct Styles {
    text: String,
    prefix: String,
    formats: List,
    cells: List,
    /// The elements of `cells`.
    elements: Vec<Element>,
    /// The identifiers of the number formats that are not built in, by their codes.
    identifiers: HashMap<String, u32>,
    added: HashMap<(u32, NumberFormat), u32>,
    new_formats: Vec<String>,
    new_cells: Vec<String>,
}

/// Where a list of elements stands in the text.
#[derive(Debug, Default)]
struct List {
    /// Its start tag.
    tag: Option<BytesStart<'static>>,
    is_empty: bool,
    /// The offsets of its start tag and of its end tag.
    begin: usize,
    inner: usize,
    end: usize,
}

struct Element {
    tag: BytesStart<'static>,
    /// What follows the start tag, to the end of the element; `None` for an empty element.
    rest: Option<String>,
}

impl Styles {
    /// Reads the part. `None` if it has no cell formats, which a workbook need not have.
    pub(super) fn read(part: &[u8]) -> Result<Option<Self>, Error> {
        let text = std::str::from_utf8(part).map_err(|error| Error::Structure(error.to_string()))?;
        let (mut formats, mut cells) = (List::default(), List::default());
        let (mut elements, mut identifiers) = (Vec::<Element>::new(), HashMap::new());
        let (mut depth, mut at, mut root_end, mut root_prefix) = (0_usize, 0, 0, String::new());
        let mut within = "";
        let mut events = Events::new(part);
        loop {
            let (event, raw) = events.next()?;
            let next = at + raw.len();
            match event {
                Event::Eof => break,
                Event::Start(ref tag) | Event::Empty(ref tag) => {
                    let is_empty = matches!(event, Event::Empty(_));
                    let local = tag.local_name();
                    let list = match local.as_ref() {
                        "numFmts" if depth == 1 => Some(("numFmts", &mut formats)),
                        "cellXfs" if depth == 1 => Some(("cellXfs", &mut cells)),
                        _ => None,
                    };
                    if let Some((name, list)) = list {
                        *list =
                            List { tag: Some(tag.to_owned()), is_empty, begin: at, inner: next, end: next };
                        within = if is_empty { "" } else { name };
                    } else if depth == 0 {
                        (root_end, root_prefix) = (next, prefix(tag));
                    } else if depth == 2 && within == "numFmts" {
                        let code = attribute(tag, "formatCode").unwrap_or_default().into_owned();
                        identifiers.extend(number(tag, "numFmtId").map(|identifier| (code, identifier)));
                    } else if depth == 2 && within == "cellXfs" {
                        let rest = (!is_empty).then(String::new);
                        elements.push(Element { tag: tag.to_owned(), rest });
                    } else if depth > 2 && within == "cellXfs" {
                        follow(&mut elements, raw);
                    }
                    depth += usize::from(!is_empty);
                }
                Event::End(_) => {
                    depth = depth.saturating_sub(1);
                    match within {
                        "numFmts" if depth == 1 => (formats.end, within) = (at, ""),
                        "cellXfs" if depth == 1 => (cells.end, within) = (at, ""),
                        "cellXfs" => follow(&mut elements, raw),
                        _ => (),
                    }
                }
                _ if depth > 2 && within == "cellXfs" => follow(&mut elements, raw),
                _ => (),
            }
            at = next;
        }
        if formats.tag.is_none() {
            // It is the first element, if there is one.
            (formats.begin, formats.inner, formats.end) = (root_end, root_end, root_end);
        }
        let is_usable = cells.tag.is_some() && !elements.is_empty();
        Ok(is_usable.then(|| Self {
            text: text.to_owned(),
            prefix: root_prefix,
            formats,
            cells,
            elements,
            identifiers,
            added: HashMap::new(),
            new_formats: Vec::new(),
            new_cells: Vec::new(),
        }))
    }

    /// The cell format that is like number `base`, with another number format.
    pub(super) fn with_format(&mut self, base: u32, format: NumberFormat) -> u32 {
        if let Some(known) = self.added.get(&(base, format)) {
            return *known;
        }
        let identifier = self.identifier(format).to_string();
        let base_at = usize::try_from(base).unwrap_or(usize::MAX);
        let Some(element) = self.elements.get(base_at).or_else(|| self.elements.first()) else { return base };
        let changes = [("numFmtId", Some(identifier)), ("applyNumberFormat", Some("1".to_owned()))];
        let end = if element.rest.is_some() { ">" } else { "/>" };
        let xml = with_attributes(&element.tag, &changes, end);
        let number = u32::try_from(self.elements.len() + self.new_cells.len()).unwrap_or(base);
        self.new_cells.push(xml + element.rest.as_deref().unwrap_or_default());
        self.added.insert((base, format), number);
        number
    }

    fn identifier(&mut self, format: NumberFormat) -> u32 {
        let code = format.code();
        let known = format.built_in().or_else(|| self.identifiers.get(&code).copied());
        known.unwrap_or_else(|| {
            let identifier =
                self.identifiers.values().max().map_or(FIRST_OWN, |last| FIRST_OWN.max(last + 1));
            let prefix = &self.prefix;
            self.new_formats
                .push(format!("<{prefix}numFmt numFmtId=\"{identifier}\" formatCode=\"{code}\"/>"));
            self.identifiers.insert(code, identifier);
            identifier
        })
    }

    /// The part with the added formats; `None` if none was added.
    pub(super) fn write(&self) -> Option<String> {
        if self.new_cells.is_empty() {
            return None;
        }
        let mut text = self.text[..self.formats.begin].to_owned();
        self.write_list(&mut text, &self.formats, "numFmts", &self.new_formats);
        text.push_str(&self.text[self.formats.end..self.cells.begin]);
        self.write_list(&mut text, &self.cells, "cellXfs", &self.new_cells);
        text.push_str(&self.text[self.cells.end..]);
        Some(text)
    }

    /// Writes a list up to its end tag, which an empty list lacks.
    fn write_list(&self, text: &mut String, list: &List, name: &str, new: &[String]) {
        let own = &self.text[list.inner..list.end];
        if new.is_empty() {
            text.push_str(&self.text[list.begin..list.end]);
            return;
        }
        let before = list.tag.as_ref().map_or(Some(0), |tag| number(tag, "count"));
        let more = u32::try_from(new.len()).unwrap_or_default();
        let changes = [("count", before.map(|before| before.saturating_add(more).to_string()))];
        match &list.tag {
            Some(tag) => text.push_str(&with_attributes(tag, &changes, ">")),
            None => {
                text.push_str(&with_attributes(&BytesStart::new(self.prefix.clone() + name), &changes, ">"))
            }
        }
        text.push_str(own);
        text.extend(new.iter().map(String::as_str));
        if list.tag.is_none() || list.is_empty {
            text.push_str(&format!("</{}{name}>", self.prefix));
        }
    }
}

/// Adds bytes to the last element, which are UTF-8 as those of the whole part.
fn follow(elements: &mut [Element], raw: &[u8]) {
    if let (Some(Element { rest: Some(rest), .. }), Ok(raw)) = (elements.last_mut(), std::str::from_utf8(raw))
    {
        rest.push_str(raw);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(part: &str, formats: &[(u32, NumberFormat)], numbers: &[u32], written: Option<&str>) {
        let mut styles = Styles::read(part.as_bytes()).expect("XML").expect("styles");
        let given: Vec<_> = formats.iter().map(|(base, format)| styles.with_format(*base, *format)).collect();
        assert_eq!(given, numbers, "{part}");
        assert_eq!(styles.write().as_deref(), written, "{part}");
    }

    #[test]
    fn formats_are_added_and_nothing_else_changes() {
        use NumberFormat::{Decimals, Text, Time};
        let plain = "<?xml version=\"1.0\"?>\n<styleSheet xmlns='u'><fonts/><cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"3\"/></cellXfs><dxfs/></styleSheet>";
        check(plain, &[], &[], None);
        check(
            plain,
            &[(0, Text), (0, Text), (0, Time)],
            &[1, 1, 2],
            Some(
                "<?xml version=\"1.0\"?>\n<styleSheet xmlns='u'><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy-mm-dd hh:mm\"/></numFmts><fonts/><cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"3\"/><xf fontId=\"3\" numFmtId=\"49\" applyNumberFormat=\"1\"/><xf fontId=\"3\" numFmtId=\"164\" applyNumberFormat=\"1\"/></cellXfs><dxfs/></styleSheet>",
            ),
        );
        // With a prefix, own formats, and elements within elements.
        check(
            "<x:styleSheet><x:numFmts count='1'><x:numFmt numFmtId='170' formatCode='0.0'/></x:numFmts><x:cellStyleXfs><x:xf/></x:cellStyleXfs><x:cellXfs><x:xf/><x:xf fontId='1'><x:alignment wrapText='1'/> </x:xf></x:cellXfs></x:styleSheet>",
            &[(1, Decimals(1)), (1, Decimals(3)), (9, Decimals(0))],
            &[2, 3, 4],
            Some(
                "<x:styleSheet><x:numFmts count=\"2\"><x:numFmt numFmtId='170' formatCode='0.0'/><x:numFmt numFmtId=\"171\" formatCode=\"0.000\"/></x:numFmts><x:cellStyleXfs><x:xf/></x:cellStyleXfs><x:cellXfs><x:xf/><x:xf fontId='1'><x:alignment wrapText='1'/> </x:xf><x:xf fontId=\"1\" numFmtId=\"170\" applyNumberFormat=\"1\"><x:alignment wrapText='1'/> </x:xf><x:xf fontId=\"1\" numFmtId=\"171\" applyNumberFormat=\"1\"><x:alignment wrapText='1'/> </x:xf><x:xf numFmtId=\"1\" applyNumberFormat=\"1\"/></x:cellXfs></x:styleSheet>",
            ),
        );
    }

    #[test]
    fn a_workbook_may_be_without_formats() {
        assert!(Styles::read(b"<styleSheet/>").expect("XML").is_none());
        assert!(Styles::read(b"<styleSheet><cellXfs/></styleSheet>").expect("XML").is_none());
    }
}
