//! Wire types of `POST /v1/classify`.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::limits::{MAX_DESCRIPTION_CHARS, MAX_IMAGES, MIN_UNIT_VALUE};
use crate::validation::{Fault, Problem, check_amount, check_picture_address};
use crate::wire::{first_of, json_object};
use crate::{Country, Currency, Money, Status};

/// A product to classify. At least one of `description`, `image_url` and `image_base64` is required. Amounts are from
/// 0 to 10¹² with at most six decimals; the documentation names no bounds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClassifyRequest {
    /// Addresses of pictures of the product: one, or a list of up to 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::schema::ImageAddresses>))]
    pub image_url: Option<Images>,
    /// Pictures of the product in base64, with or without a `data:` prefix: one, or a list of up to 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::schema::ImageFiles>))]
    pub image_base64: Option<Images>,
    /// The description of the product: at most 5,000 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::schema::Description>))]
    pub description: Option<String>,
    /// The country of origin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin_country: Option<Country>,
    /// The country of destination; NL by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination_country: Option<Country>,
    /// The price of **one unit** (FOB), above 0. If it is given, the result contains a landed cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::schema::UnitValue>))]
    pub goods_value: Option<Money>,
    /// The number of units; 1 by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// The freight for the whole consignment; 0 by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::schema::Amount>))]
    pub shipping_cost: Option<Money>,
    /// The insurance for the whole consignment; 0 by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::schema::Amount>))]
    pub insurance_cost: Option<Money>,
    /// The currency of the amounts; EUR by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
}

impl ClassifyRequest {
    /// Checks the rules that the types do not enforce.
    ///
    /// # Errors
    /// A problem for each field that breaks a rule, in the order of the documentation.
    pub fn validate(&self) -> Result<(), Vec<Problem>> {
        let problems: Vec<_> = [
            Problem::from_check("image_url", check_images(self.image_url.as_ref(), check_picture_address)),
            Problem::from_check("image_base64", check_images(self.image_base64.as_ref(), check_image)),
            Problem::from_check("description", self.check_description()),
            Problem::from_check("goods_value", check_amount(self.goods_value, MIN_UNIT_VALUE)),
            Problem::from_check("shipping_cost", check_amount(self.shipping_cost, Decimal::ZERO)),
            Problem::from_check("insurance_cost", check_amount(self.insurance_cost, Decimal::ZERO)),
        ]
        .into_iter()
        .flatten()
        .collect();
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    fn check_description(&self) -> Result<(), Fault> {
        let has_image = self.image_url.is_some() || self.image_base64.is_some();
        match self.description.as_deref() {
            None if has_image => Ok(()),
            None => Err(Fault::Missing),
            Some(text) => check_description(text),
        }
    }
}

/// Checks the number of pictures, and each picture with `check`.
fn check_images(images: Option<&Images>, check: fn(&str) -> Result<(), Fault>) -> Result<(), Fault> {
    let Some(images) = images else { return Ok(()) };
    match images.as_slice().len() {
        0 => Err(Fault::Missing),
        1..=MAX_IMAGES => images.as_slice().iter().try_for_each(|image| check(image)),
        _ => Err(Fault::TooMany { max: MAX_IMAGES }),
    }
}

/// Checks that a picture is not blank. The service checks its content.
fn check_image(base64: &str) -> Result<(), Fault> {
    if base64.trim().is_empty() { Err(Fault::Missing) } else { Ok(()) }
}

/// Checks a product's description.
pub(crate) fn check_description(text: &str) -> Result<(), Fault> {
    if text.trim().is_empty() {
        return Err(Fault::Missing);
    }
    if text.chars().count() > MAX_DESCRIPTION_CHARS {
        return Err(Fault::TooLong { max: MAX_DESCRIPTION_CHARS });
    }
    // A pasted text contains line breaks and tabs; any other control character is no part of a description.
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(Fault::ControlCharacter);
    }
    Ok(())
}

/// One picture or several: on the wire a string, or a list of strings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Images {
    /// One picture, as the documentation shows it.
    One(String),
    /// A list of pictures.
    Several(Vec<String>),
}

impl Images {
    /// All pictures, in order.
    #[must_use]
    pub fn as_slice(&self) -> &[String] {
        match self {
            Self::One(image) => std::slice::from_ref(image),
            Self::Several(images) => images,
        }
    }
}

impl<'de> Deserialize<'de> for Images {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ImagesVisitor)
    }
}

struct ImagesVisitor;

impl<'de> de::Visitor<'de> for ImagesVisitor {
    type Value = Images;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string or a list of strings")
    }

    fn visit_str<E: de::Error>(self, one: &str) -> Result<Images, E> {
        Ok(Images::One(one.to_owned()))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, list: A) -> Result<Images, A::Error> {
        first_of(list, MAX_IMAGES).map(Images::Several)
    }
}

/// A number of units: a whole number from 1 to 1,000,000,000. The documentation names no bounds.
///
/// `2.0` is read as 2, because JSON Schema counts it as an integer and spreadsheets write it so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(u32);

impl Quantity {
    /// The largest quantity accepted.
    pub const MAX: u32 = 1_000_000_000;

    /// The number.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }
}

/// A number that is no quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuantityError;

impl fmt::Display for QuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a quantity is a whole number from 1 to 1,000,000,000")
    }
}

impl std::error::Error for QuantityError {}

impl FromStr for Quantity {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = text.parse::<Money>().map_err(|_| QuantityError)?.0;
        let count = number.is_integer().then(|| number.to_u32()).flatten();
        count.filter(|n| (1..=Self::MAX).contains(n)).map(Self).ok_or(QuantityError)
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.0)
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?;
        number.as_str().parse().map_err(de::Error::custom)
    }
}

/// The answer (202) to an accepted product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Accepted {
    /// The identifier of the classification, for polling.
    pub id: String,
    /// The status: `pending`.
    pub status: Status,
    /// The next step, in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

json_object!(ClassifyRequest, Accepted);
