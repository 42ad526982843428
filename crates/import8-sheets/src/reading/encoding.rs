//! Character encodings of text files: detects, decodes and encodes them.

/// A character encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without the byte order mark that Excel writes.
    Utf8 {
        /// Whether the file has the byte order mark.
        has_mark: bool,
    },
    /// UTF-16 with a byte order mark, which Excel writes as “Unicode text”.
    Utf16 {
        /// Whether the high byte comes first.
        is_big_endian: bool,
    },
    /// Windows-1252, the former encoding of Windows in western Europe, in which every byte is a character.
    Windows1252,
}

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";
const UTF16_LITTLE: &[u8] = b"\xff\xfe";
const UTF16_BIG: &[u8] = b"\xfe\xff";

/// The characters of the bytes 0x80 to 0x9F, by the Encoding Standard's index of windows-1252. Every other byte is
/// the character of the same number.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

impl Encoding {
    /// Detects the encoding of a file and decodes its text, without the byte order mark; `None` for a file that is
    /// not text.
    pub(crate) fn read(file: Vec<u8>) -> Option<(Self, String)> {
        for (mark, is_big_endian) in [(UTF16_LITTLE, false), (UTF16_BIG, true)] {
            if let Some(rest) = file.strip_prefix(mark) {
                return Some((Self::Utf16 { is_big_endian }, utf16(rest, is_big_endian)?));
            }
        }
        // Texts never contain NUL, and binary files contain many.
        if file.contains(&0) {
            return None;
        }
        let has_mark = file.starts_with(UTF8_MARK);
        Some(match String::from_utf8(file) {
            Ok(text) if has_mark => (Self::Utf8 { has_mark }, text[UTF8_MARK.len()..].to_owned()),
            Ok(text) => (Self::Utf8 { has_mark }, text),
            Err(error) => (Self::Windows1252, error.as_bytes().iter().map(|&byte| windows(byte)).collect()),
        })
    }

    /// Encodes a text, with the byte order mark if the encoding has one. A text with a character that the encoding
    /// lacks is encoded as UTF-8.
    pub(crate) fn write(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 { has_mark } => {
                let mark = if has_mark { UTF8_MARK } else { b"" };
                [mark, text.as_bytes()].concat()
            }
            Self::Utf16 { is_big_endian } => {
                let mark = if is_big_endian { UTF16_BIG } else { UTF16_LITTLE };
                let order = if is_big_endian { u16::to_be_bytes } else { u16::to_le_bytes };
                mark.iter().copied().chain(text.encode_utf16().flat_map(order)).collect()
            }
            Self::Windows1252 => {
                let bytes: Option<Vec<u8>> = text.chars().map(windows_byte).collect();
                bytes.unwrap_or_else(|| Self::Utf8 { has_mark: true }.write(text))
            }
        }
    }
}

fn utf16(bytes: &[u8], is_big_endian: bool) -> Option<String> {
    let order = if is_big_endian { u16::from_be_bytes } else { u16::from_le_bytes };
    let units = bytes.chunks(2).map(|pair| Some(order(pair.try_into().ok()?)));
    let units: Vec<u16> = units.collect::<Option<_>>()?;
    String::from_utf16(&units).ok()
}

fn windows(byte: u8) -> char {
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        byte => char::from(byte),
    }
}

fn windows_byte(character: char) -> Option<u8> {
    let high = || HIGH.iter().position(|&high| high == character).and_then(|at| u8::try_from(at + 0x80).ok());
    match u8::try_from(character) {
        Ok(byte) if !(0x80..=0x9f).contains(&byte) => Some(byte),
        _ => high(),
    }
}
