//! Internationalization: languages, texts, and the format of figures, dates and amounts.

pub mod format;
pub mod language;
pub mod preferences;
pub mod texts;

pub use self::language::{Language, use_language};
pub use self::texts::{Texts, use_texts};
