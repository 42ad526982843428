//! The macro that declares the texts of a part.

/// Declares the texts of a part: a `struct` with one field per text. A text with arguments is a function; its
/// arguments are formatted by the caller.
macro_rules! texts {
    ($part:ident { $($(#[$about:meta])* $name:ident $(($($argument:ident),+))?,)+ }) => {
        #[expect(missing_docs, reason = "the text of a field describes the field")]
        #[derive(Debug)]
        pub struct $part {
            $($(#[$about])* pub $name: texts!(@type $($($argument),+)?),)+
        }
    };
    (@type) => { &'static str };
    (@type $one:ident) => { fn(&str) -> String };
    (@type $one:ident, $two:ident) => { fn(&str, &str) -> String };
    (@type $one:ident, $two:ident, $three:ident) => { fn(&str, &str, &str) -> String };
}
