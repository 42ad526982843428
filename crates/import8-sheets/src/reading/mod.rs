//! Reads tables from a person's files in all usual formats, and writes them again with added columns and the others
//! unchanged.

mod added;
mod delimited;
mod encoding;
mod error;
mod facts;
mod kind;
mod limits;
mod rewritten;
mod signature;
mod source;
mod workbook;

pub use self::added::Added;
pub use self::delimited::Delimiter;
pub use self::encoding::Encoding;
pub use self::error::ReadError;
pub use self::facts::{Content, Hidden, Remark, Sheet};
pub use self::kind::{FileKind, SourceKind, WorkbookKind};
pub use self::limits::{MOST_COLUMNS, MOST_ROWS};
pub use self::signature::Foreign;
pub use self::source::Source;
