//! JSON Schemas of the small types, which are strings or numbers on the wire.

use utoipa::openapi::schema::{OneOfBuilder, SchemaType, Type};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::{CorrectCode, code, number, string, words};
use crate::{
    COUNTRIES, Confidence, Country, Currency, DutyExpression, Feedback, HsCode, Money, Quantity, Rate,
    WebhookSecret,
};

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
        .description(Some("ISO 3166-1 alpha-2, and XK for Kosovo.")),
    Currency => string().enum_values(Some(Currency::ALL.map(Currency::as_str))),
    WebhookSecret => string(),
    Feedback => OneOfBuilder::new()
        .item(verdict("confirmed").property("corrected_code", one_of_null(code("{1,4}"))))
        .item(verdict("corrected").property("corrected_code", CorrectCode::schema()).required("corrected_code"))
        .description(Some("A reviewer's verdict on a classification.")),
}

fn one_of_null(schema: ObjectBuilder) -> OneOfBuilder {
    OneOfBuilder::new().item(ObjectBuilder::new().schema_type(SchemaType::Type(Type::Null))).item(schema)
}

fn verdict(word: &str) -> ObjectBuilder {
    ObjectBuilder::new().property("status", words([word])).required("status")
}
