//! JSON Schemas for an OpenAPI document: the rules of requests here, the small types in `types`.
//!
//! A schema accepts what the type and its rules accept, no more and no less, as far as JSON Schema can say it.
//! `cargo xtask schema` checks a server against the document.

use utoipa::openapi::schema::{AllOfBuilder, AnyOfBuilder, ArrayBuilder, OneOfBuilder, SchemaType, Type};
use utoipa::openapi::{ObjectBuilder, Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::limits::{
    MAX_ADDRESS_CHARS, MAX_DESCRIPTION_CHARS, MAX_IMAGES, MAX_KEY_NAME_CHARS, MAX_SCHEME_CHARS,
};

/// The control characters, and those that a text of several lines must not contain, as content of a pattern's
/// brackets.
const CONTROLS: &str = r"\u0000-\u001f\u007f-\u009f";
const CONTROLS_BUT_LINES: &str = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f";
/// White space other than control characters. Spelt out, because implementations of patterns differ about `\s`.
const BLANKS: &str = r" \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000";
/// An optional separator between two pairs of a code's digits.
const SEPARATOR: &str = r"[. \u00a0]?";

/// A string that is one of these words.
pub(crate) fn words<const N: usize>(words: [&str; N]) -> RefOr<Schema> {
    string().enum_values(Some(words)).into()
}

fn string() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::Type(Type::String))
}

fn number() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::Type(Type::Number))
}

/// An exact amount of at least `least`, by the rules of `check_amount`.
fn amount(least: impl Into<utoipa::Number>) -> ObjectBuilder {
    number().minimum(Some(least)).maximum(Some(1_000_000_000_000_u64)).multiple_of(Some(0.000_001))
}

/// A text that is not blank and contains none of `controls`.
fn text(controls: &str, max_chars: usize) -> ObjectBuilder {
    let pattern = format!("^[^{controls}]*[^{CONTROLS}{BLANKS}][^{controls}]*$");
    string().pattern(Some(pattern)).max_length(Some(max_chars))
}

/// A code with this number of digit pairs, with optional separators and blanks around it.
fn code(pairs: &str) -> ObjectBuilder {
    let around = format!(r"[\t-\r\u0085{BLANKS}]*");
    string().pattern(Some(format!("^{around}[0-9]{{2}}({SEPARATOR}[0-9]{{2}}){pairs}{around}$")))
}

/// One `item`, or a list of up to five.
fn one_or_several(item: fn() -> ObjectBuilder) -> OneOfBuilder {
    let several = ArrayBuilder::new().items(item()).min_items(Some(1)).max_items(Some(MAX_IMAGES));
    OneOfBuilder::new().item(item()).item(several)
}

fn address() -> ObjectBuilder {
    string()
        .pattern(Some("^[Hh][Tt][Tt][Pp][Ss]?://[-A-Za-z0-9._~!$&'()*+,;=:@%]+([/?#][!-~]*)?$"))
        .max_length(Some(MAX_ADDRESS_CHARS))
        .examples(["https://example.com/product.jpg"])
}

/// The base64 of a JPEG, PNG, GIF or WebP file by its first bytes, with or without padding.
fn picture() -> ObjectBuilder {
    const ONE: &str = "[A-Za-z0-9+/]";
    let rest = format!("({ONE}{{4}})*({ONE}{{2}}={{0,2}}|{ONE}{{3}}=?)?");
    let jpeg = format!("/9j/{rest}");
    let png = format!("iVBORw0KGg[o-r](=?|{ONE}{rest})");
    let gif = format!("R0lGO[A-P](={{0,2}}|{ONE}=?|{ONE}{{2}}{rest})");
    let webp = format!("UklGR[g-v]{ONE}{{4}}[BFJNRVZdhlptx159]XRUJQ{rest}");
    string()
        .pattern(Some(format!("^(data:[^,]*;base64,)?({jpeg}|{png}|{gif}|{webp})$")))
        .examples(["R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"])
}

/// An object whose `field` has one of these types.
fn having<const N: usize>(field: &str, types: [Type; N]) -> ObjectBuilder {
    let value = ObjectBuilder::new().schema_type(SchemaType::from_iter(types));
    ObjectBuilder::new().property(field, value).required(field)
}

macro_rules! schemas {
    ($($type:ty => $schema:expr),+ $(,)?) => {$(
        impl PartialSchema for $type {
            fn schema() -> RefOr<Schema> {
                $schema.into()
            }
        }

        impl ToSchema for $type {}
    )+};
}

/// Declares types for descriptions only: the rule of a request field whose Rust type accepts more.
macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $name:ident => $schema:expr),+ $(,)?) => {$(
        $(#[doc = $doc])+
        #[derive(Debug)]
        pub struct $name;

        schemas! { $name => $schema.description(Some(concat!($($doc),+).trim())) }
    )+};
}

mod types;

rules! {
    /// A product to classify: at least one of a description, addresses of pictures, and pictures.
    Product => AllOfBuilder::new().item(Ref::from_schema_name("ClassifyRequest")).item(
        AnyOfBuilder::new()
            .item(having("description", [Type::String]))
            .item(having("image_url", [Type::String, Type::Array]))
            .item(having("image_base64", [Type::String, Type::Array]))
    ),
    /// The description of a product: at most 5,000 characters.
    Description => text(CONTROLS_BUT_LINES, MAX_DESCRIPTION_CHARS)
        .examples(["Wireless over-ear headphones with noise cancellation"]),
    /// The address of a picture, or a list of up to five.
    ImageAddresses => one_or_several(address),
    /// A JPEG, PNG, GIF or WebP picture of at most 5 MiB in base64, or a list of up to five.
    ImageFiles => one_or_several(picture),
    /// An exact amount with at most six decimals.
    Amount => amount(0_u64),
    /// The value of one unit, with at most six decimals.
    UnitValue => amount(0.000_001),
    /// The value of all the goods, with at most six decimals.
    GoodsValue => amount(0.01),
    /// Ten digits, bare or with dots or spaces between pairs.
    DeclarableCode => code("{4}").examples(["8518300090"]),
    /// Four, six, eight or ten digits, bare or with dots or spaces between pairs.
    AnyCode => code("{1,4}").examples(["8518.30.00"]),
    /// Six, eight or ten digits, bare or with dots or spaces between pairs.
    CorrectCode => code("{2,4}").examples(["8518.10.00"]),
    /// A member state of the European Union.
    MemberState => string().enum_values(Some(MEMBER_STATES.split(' '))),
    /// The name of a preference: at most 100 characters.
    SchemeName => text(CONTROLS, MAX_SCHEME_CHARS),
    /// A day (ISO 8601). The server knows the leap days too.
    Day => string()
        .pattern(Some(
            "^[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))$",
        ))
        .examples(["2026-12-01"]),
    /// The name of a key: at most 80 characters.
    KeyName => text(CONTROLS, MAX_KEY_NAME_CHARS).examples(["Web shop"]),
    /// A public `http` or `https` address. Its host may be an IP address, or have letters beyond ASCII, which are
    /// answered in their ASCII form (Punycode).
    ReceiverAddress => string()
        .pattern(Some(r"^[Hh][Tt][Tt][Pp][Ss]?://([A-Za-z0-9]+(-[A-Za-z0-9]+)*\.)+[A-Za-z]{2,63}(:[1-9][0-9]{0,3})?([/?#][!-~]*)?$"))
        .max_length(Some(MAX_ADDRESS_CHARS))
        .examples(["https://example.com/webhook"]),
    /// A picture file.
    File => string().format(Some(utoipa::openapi::SchemaFormat::Custom("binary".to_owned()))),
}

/// The member states of the European Union.
pub const MEMBER_STATES: &str =
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";
