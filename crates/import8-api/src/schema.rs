//! How the small types are described in an OpenAPI document.

use utoipa::openapi::schema::{ArrayBuilder, OneOfBuilder, SchemaType, Type};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::{
    COUNTRIES, Confidence, Country, Currency, DutyExpression, HsCode, Images, MAX_IMAGES, Money, Quantity,
    Rate, WebhookSecret,
};

/// A string that is one of some words.
pub(crate) fn words<const N: usize>(words: [&str; N]) -> RefOr<Schema> {
    string().enum_values(Some(words)).into()
}

fn string() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::Type(Type::String))
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

schemas! {
    HsCode => string()
        .pattern(Some(r"^[0-9]{4}(\.?[0-9]{2}){0,3}$"))
        .description(Some("A commodity code of 4, 6, 8 or 10 digits, dotted or bare.")),
    Money => number().description(Some("An exact decimal, in the currency beside it.")),
    Confidence => number().minimum(Some(0)).maximum(Some(100)),
    Quantity => ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::Integer))
        .minimum(Some(1))
        .maximum(Some(Quantity::MAX)),
    Rate => string()
        .min_length(Some(1))
        .description(Some("A rate as text: `21.00%`, `12.8 % + 303.4 EUR/100 kg`.")),
    DutyExpression => string().description(Some("A duty as the tariff writes it.")),
    Country => string()
        .enum_values(Some(COUNTRIES.split(' ')))
        .description(Some("ISO 3166-1 alpha-2.")),
    Currency => string().enum_values(Some(Currency::ALL.map(Currency::as_str))),
    WebhookSecret => string(),
    Images => OneOfBuilder::new()
        .item(image())
        .item(ArrayBuilder::new().items(image()).min_items(Some(1)).max_items(Some(MAX_IMAGES))),
}

fn number() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::Type(Type::Number))
}

fn image() -> ObjectBuilder {
    string().min_length(Some(1))
}
