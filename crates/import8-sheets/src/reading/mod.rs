//! Reads tables from a person's own files, in any usual format, and writes them again with columns added and the
//! others unchanged.

mod added;
mod delimited;
mod encoding;
mod error;
mod source;
mod workbook;

pub use self::added::Added;
pub use self::delimited::Delimiter;
pub use self::encoding::Encoding;
pub use self::error::ReadError;
pub use self::source::{MOST_COLUMNS, MOST_ROWS, Source, SourceKind};
