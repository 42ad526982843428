//! Character encodings of text files: detects, decodes and encodes them.
//!
//! Decoding goes through `encoding_rs` and detection through `chardetng`, which a browser uses for pages. A file is
//! given back with the bytes that it had, also those that are no characters: they are kept as characters of a private
//! range, three bytes each like `�`, which is shown in their place.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::error::ReadError;
use super::facts::Remark;

/// A character encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without the byte order mark that Excel writes.
    Utf8 {
        /// Whether the file has the byte order mark.
        has_mark: bool,
    },
    /// UTF-16, which Excel writes as “Unicode text” with a byte order mark.
    Utf16 {
        /// Whether the high byte comes first.
        is_big_endian: bool,
        /// Whether the file has the byte order mark.
        has_mark: bool,
    },
    /// An encoding of one language or region, by its name in the Encoding Standard.
    Regional(&'static encoding_rs::Encoding),
}

/// A text file, decoded.
pub(super) struct Decoded {
    pub(super) encoding: Encoding,
    /// The text without the byte order mark.
    pub(super) text: String,
    pub(super) remarks: Vec<Remark>,
}

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";
const UTF16_LITTLE: &[u8] = b"\xff\xfe";
const UTF16_BIG: &[u8] = b"\xfe\xff";

/// The character that stands for the byte 0. The characters for all bytes follow it.
const KEPT: u32 = 0xf700;

/// The character that is shown in place of bytes that are none.
const UNKNOWN: char = '\u{fffd}';

/// The most bytes from which an encoding is guessed.
const SAMPLE: usize = 256 * 1024;

/// Domains of regions with different encodings. A guess that is the same for all of them leaves little doubt.
const REGIONS: [&[u8]; 6] = [b"nl", b"pl", b"ru", b"gr", b"cn", b"jp"];

impl Encoding {
    /// Detects the encoding of a file and decodes its text.
    ///
    /// # Errors
    /// [`ReadError::NoTable`] for a file that is not text, [`ReadError::Undecodable`] for a text in an unknown
    /// encoding.
    pub(super) fn read(file: &[u8]) -> Result<Decoded, ReadError> {
        for (mark, is_big_endian) in [(UTF16_LITTLE, false), (UTF16_BIG, true)] {
            if let Some(rest) = file.strip_prefix(mark) {
                let encoding = Self::Utf16 { is_big_endian, has_mark: true };
                let text = utf16(rest, is_big_endian).ok_or(ReadError::Undecodable)?;
                return Ok(Decoded { encoding, text, remarks: Vec::new() });
            }
        }
        if file.contains(&0) {
            // Binary files contain many zeros, texts none, except in UTF-16.
            return unmarked_utf16(file).ok_or(ReadError::NoTable);
        }
        let rest = file.strip_prefix(UTF8_MARK);
        let has_mark = rest.is_some();
        let rest = rest.unwrap_or(file);
        match std::str::from_utf8(rest) {
            Err(_) if !has_mark && !is_mostly_utf8(rest) => regional(rest),
            _ => {
                let (text, unknown) = decoded(encoding_rs::UTF_8, rest);
                let remarks = unknown.into_iter().collect();
                Ok(Decoded { encoding: Self::Utf8 { has_mark }, text, remarks })
            }
        }
    }

    /// The usual name of the encoding.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 { .. } => "UTF-8",
            Self::Utf16 { .. } => "UTF-16",
            Self::Regional(encoding) => encoding.name(),
        }
    }

    /// Encodes a text, with the byte order mark if the encoding has one. A text with a character that the encoding
    /// lacks is encoded as UTF-8.
    pub(crate) fn write(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 { has_mark } => {
                let mark = if has_mark { UTF8_MARK } else { b"" };
                [mark, &encoded(encoding_rs::UTF_8, text).unwrap_or_default()].concat()
            }
            Self::Utf16 { is_big_endian, has_mark } => {
                let mark = if is_big_endian { UTF16_BIG } else { UTF16_LITTLE };
                let mark = if has_mark { mark } else { b"" };
                let order = if is_big_endian { u16::to_be_bytes } else { u16::to_le_bytes };
                mark.iter().copied().chain(text.encode_utf16().flat_map(order)).collect()
            }
            Self::Regional(encoding) => {
                encoded(encoding, text).unwrap_or_else(|| Self::Utf8 { has_mark: true }.write(&shown(text)))
            }
        }
    }
}

/// A text as it is shown, with the same number of bytes: `�` in the place of each byte that is no character.
pub(super) fn shown(text: &str) -> String {
    text.chars().map(|sign| if is_kept(sign) { UNKNOWN } else { sign }).collect()
}

fn is_kept(sign: char) -> bool {
    kept_byte(sign).is_some()
}

/// The byte that a character of the private range stands for.
fn kept_byte(sign: char) -> Option<u8> {
    u32::from(sign).checked_sub(KEPT).and_then(|byte| u8::try_from(byte).ok())
}

fn kept(byte: u8) -> char {
    char::from_u32(KEPT + u32::from(byte)).unwrap_or(UNKNOWN)
}

fn utf16(bytes: &[u8], is_big_endian: bool) -> Option<String> {
    let order = if is_big_endian { u16::from_be_bytes } else { u16::from_le_bytes };
    let units = bytes.chunks(2).map(|pair| Some(order(pair.try_into().ok()?)));
    let units: Vec<u16> = units.collect::<Option<_>>()?;
    String::from_utf16(&units).ok()
}

/// A text in UTF-16 without a byte order mark: nearly all its zeros are the high bytes of delimiters, digits and
/// Latin letters.
fn unmarked_utf16(file: &[u8]) -> Option<Decoded> {
    let zeros = |parity: usize| file.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let is_big_endian = first > second;
    let (most, least) = (first.max(second), first.min(second));
    // At least one of a hundred characters, and hardly any of the low bytes.
    if most * 200 < file.len() || least * 20 > most {
        return None;
    }
    let text = utf16(file, is_big_endian)?;
    let is_text = !text.chars().any(|sign| sign.is_control() && !matches!(sign, '\t' | '\r' | '\n'));
    let encoding = Encoding::Utf16 { is_big_endian, has_mark: false };
    let remark = Remark::EncodingGuessed { name: encoding.name().to_owned(), is_likely: true };
    is_text.then(|| Decoded { encoding, text, remarks: vec![remark] })
}

/// Whether a text that is not UTF-8 throughout has far more characters of several bytes than wrong bytes. Texts in
/// other encodings have hardly any.
fn is_mostly_utf8(text: &[u8]) -> bool {
    let (mut right, mut wrong) = (0_usize, 0_usize);
    for chunk in text.utf8_chunks() {
        right += chunk.valid().chars().filter(|sign| !sign.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right >= wrong * 2
}

/// A text in the encoding of a region.
fn regional(file: &[u8]) -> Result<Decoded, ReadError> {
    let (encoding, is_likely) = guess(file);
    let (text, unknown) = decoded(encoding, file);
    let count = match &unknown {
        Some(Remark::UnknownBytes { count, .. }) => usize::try_from(*count).unwrap_or(usize::MAX),
        _ => 0,
    };
    let high = file.iter().filter(|byte| !byte.is_ascii()).count();
    let control =
        |byte: &&u8| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\r' | b'\n' | 0x0c | 0x1a..=0x1f);
    if file.iter().filter(control).count() * 50 > file.len() {
        return Err(ReadError::NoTable);
    }
    if count * 5 > high {
        return Err(ReadError::Undecodable);
    }
    let guessed = Remark::EncodingGuessed { name: encoding.name().to_owned(), is_likely };
    let remarks = std::iter::once(guessed).chain(unknown).collect();
    Ok(Decoded { encoding: Encoding::Regional(encoding), text, remarks })
}

/// The likeliest encoding of a text, and whether it leaves little doubt.
fn guess(file: &[u8]) -> (&'static encoding_rs::Encoding, bool) {
    // Only programs of the old Macintosh end lines by a carriage return alone. The detector does not know their
    // encoding.
    if !file.contains(&b'\n') && file.contains(&b'\r') {
        return (encoding_rs::MACINTOSH, false);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut fed = 0;
    for line in file.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.is_ascii()) {
        let line = line.get(..line.len().min(SAMPLE - fed)).unwrap_or_default();
        detector.feed(line, false);
        fed += line.len();
    }
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let is_same = |region: &&[u8]| detector.guess(Some(region), Utf8Detection::Deny) == encoding;
    (encoding, REGIONS.iter().filter(|region| is_same(region)).count() == REGIONS.len())
}

/// The text of bytes so that [`encoded`] gives these bytes, and a remark on those that are no characters.
fn decoded(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> (String, Option<Remark>) {
    if encoding == encoding_rs::UTF_8
        && let Ok(text) = std::str::from_utf8(bytes)
        && is_exact(encoding, text, bytes)
    {
        return (text.to_owned(), None);
    }
    // Line by line, because the whole would reserve three times its size.
    let mut text = String::with_capacity(bytes.len());
    let (mut first, mut count) = (None, 0);
    for (line, bytes) in (1..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
        let (signs, has_errors) = encoding.decode_without_bom_handling(bytes);
        if !has_errors && is_exact(encoding, &signs, bytes) {
            text.push_str(&signs);
            continue;
        }
        let unknown = decode_each(encoding, bytes, &mut text);
        first = first.or((unknown > 0).then_some(line));
        count += unknown;
    }
    (text, first.map(|line| Remark::UnknownBytes { line, count }))
}

/// Whether a text is encoded as these bytes again.
fn is_exact(encoding: &'static encoding_rs::Encoding, text: &str, bytes: &[u8]) -> bool {
    // The private range begins with this byte in UTF-8, as few other characters do.
    let has_kept = text.bytes().any(|byte| byte == 0xef) && text.contains(is_kept);
    !has_kept && (encoding == encoding_rs::UTF_8 || encoding.encode(text).0 == bytes)
}

/// Decodes characters one by one, and returns the number of bytes that are none.
fn decode_each(encoding: &'static encoding_rs::Encoding, mut bytes: &[u8], text: &mut String) -> u64 {
    let mut unknown = 0;
    while let Some((&byte, after)) = bytes.split_first() {
        let character = (1..=4).find_map(|length| {
            let part = bytes.get(..length)?;
            let sign = encoding.decode_without_bom_handling_and_without_replacement(part)?;
            (sign.chars().count() == 1 && is_exact(encoding, &sign, part)).then_some((sign, length))
        });
        match character {
            Some((sign, length)) => {
                text.push_str(&sign);
                bytes = bytes.get(length..).unwrap_or_default();
            }
            None => {
                text.push(kept(byte));
                unknown += 1;
                bytes = after;
            }
        }
    }
    unknown
}

/// The bytes of a text; `None` if the encoding lacks one of its characters.
fn encoded(encoding: &'static encoding_rs::Encoding, text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    for part in text.split_inclusive(is_kept) {
        let end = part.char_indices().next_back().filter(|(_, sign)| is_kept(*sign));
        let (signs, last) = end.map_or((part, None), |(at, sign)| (&part[..at], kept_byte(sign)));
        let (signs, _, lacks_one) = encoding.encode(signs);
        if lacks_one {
            return None;
        }
        bytes.extend_from_slice(&signs);
        bytes.extend(last);
    }
    Some(bytes)
}
