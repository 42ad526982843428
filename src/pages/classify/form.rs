//! The product form: its fields as typed, and their validation into a request.

use import8_api::{ClassifyRequest, Country, Currency, Fault, Money, Quantity};
use serde::{Deserialize, Serialize};

use super::pictures::{Picture, requested};
use crate::i18n::format::{parse_amount, typed_amount};
use crate::i18n::{Language, Texts};

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The product description.
    Description,
    /// Pictures of the product.
    Pictures,
    /// The country of origin.
    Origin,
    /// The country of destination.
    Destination,
    /// The value of one unit.
    GoodsValue,
    /// The number of units.
    Quantity,
    /// The shipping cost.
    Shipping,
    /// The insurance cost.
    Insurance,
    /// The currency of all amounts.
    Currency,
}

impl Field {
    /// The `id` of the element, which is also the name of the field in the API.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Description => "description",
            Self::Pictures => "pictures",
            Self::Origin => "origin_country",
            Self::Destination => "destination_country",
            Self::GoodsValue => "goods_value",
            Self::Quantity => "quantity",
            Self::Shipping => "shipping_cost",
            Self::Insurance => "insurance_cost",
            Self::Currency => "currency",
        }
    }

    /// The `id` of the element with the field's validation message.
    #[must_use]
    pub fn problem_id(self) -> String {
        format!("{}-problem", self.id())
    }

    fn parse(name: &str) -> Self {
        if name.starts_with("image_") {
            return Self::Pictures;
        }
        let all = [Self::GoodsValue, Self::Quantity, Self::Shipping, Self::Insurance];
        all.into_iter().find(|field| field.id() == name).unwrap_or(Self::Description)
    }
}

/// A validation problem of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problem {
    /// The field.
    pub field: Field,
    kind: ProblemKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ProblemKind {
    /// A rule of the API is broken.
    Rule(Fault),
    /// The text is not an amount.
    Amount,
    /// The text is not a quantity.
    Quantity,
    /// The text is not a country.
    Country,
    /// A picture is still being reduced, or a typed picture address is invalid.
    Pictures,
    /// Another amount is given without the goods value.
    ValueNeeded,
}

impl Problem {
    /// The pictures are not ready to be sent.
    pub const PICTURES: Self = Self { field: Field::Pictures, kind: ProblemKind::Pictures };

    /// The validation message.
    #[must_use]
    pub fn sentence(&self, texts: Texts) -> String {
        let fixed = match self.kind {
            ProblemKind::Amount => texts.classify().problem_amount,
            ProblemKind::Quantity => texts.classify().problem_quantity,
            ProblemKind::Country => texts.country().unknown,
            ProblemKind::Pictures => texts.classify().problem_pictures,
            ProblemKind::ValueNeeded => texts.classify().problem_value_needed,
            ProblemKind::Rule(fault) => match fault {
                Fault::TooLong { max } | Fault::TooMany { max } => {
                    return (texts.classify().problem_description_long)(&max.to_string());
                }
                Fault::ControlCharacter => texts.classify().problem_description_control,
                Fault::Negative | Fault::TooSmall { .. } => texts.classify().problem_amount_small,
                Fault::TooLarge => texts.classify().problem_amount_large,
                Fault::TooPrecise => texts.classify().problem_amount_precise,
                Fault::Missing | Fault::Incomplete | Fault::NotAnAddress | Fault::NotAVerdict => {
                    texts.classify().problem_description_missing
                }
            },
        };
        fixed.to_owned()
    }
}

/// The fields of the form as typed. Serialized in stored drafts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProductForm {
    /// The product description.
    pub description: String,
    /// The country of origin, if known.
    pub origin: Option<Country>,
    /// The country of destination.
    pub destination: Country,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The text of the origin field while it names no country.
    origin_typed: Option<String>,
    /// The text of the destination field while it names no country.
    destination_typed: Option<String>,
    goods_value: String,
    quantity: String,
    shipping: String,
    insurance: String,
}

impl Default for ProductForm {
    fn default() -> Self {
        Self {
            description: String::new(),
            origin: None,
            destination: Country::NL,
            currency: Currency::Eur,
            origin_typed: None,
            destination_typed: None,
            goods_value: String::new(),
            quantity: String::new(),
            shipping: String::new(),
            insurance: String::new(),
        }
    }
}

impl ProductForm {
    /// The text of an amount or quantity field; empty for other fields.
    #[must_use]
    pub fn amount(&self, field: Field) -> &str {
        match field {
            Field::GoodsValue => &self.goods_value,
            Field::Quantity => &self.quantity,
            Field::Shipping => &self.shipping,
            Field::Insurance => &self.insurance,
            Field::Description | Field::Pictures | Field::Origin | Field::Destination | Field::Currency => "",
        }
    }

    /// The text of an amount or quantity field, to change.
    pub fn amount_mut(&mut self, field: Field) -> &mut String {
        match field {
            Field::Quantity => &mut self.quantity,
            Field::Shipping => &mut self.shipping,
            Field::Insurance => &mut self.insurance,
            _ => &mut self.goods_value,
        }
    }

    /// The text of a country field while it names no country.
    #[must_use]
    pub fn country_typed(&self, field: Field) -> &Option<String> {
        if field == Field::Origin { &self.origin_typed } else { &self.destination_typed }
    }

    /// The text of a country field, to change.
    pub fn country_typed_mut(&mut self, field: Field) -> &mut Option<String> {
        if field == Field::Origin { &mut self.origin_typed } else { &mut self.destination_typed }
    }

    /// Whether any amount or quantity is filled in.
    #[must_use]
    pub fn has_costs(&self) -> bool {
        [&self.goods_value, &self.quantity, &self.shipping, &self.insurance]
            .iter()
            .any(|text| !text.trim().is_empty())
    }

    /// Whether any field of the product itself is filled in: the description, an amount or the quantity.
    #[must_use]
    pub fn has_product(&self) -> bool {
        self.has_costs() || !self.description.trim().is_empty()
    }

    /// The trimmed description; `None` if it is empty.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        Some(self.description.trim()).filter(|name| !name.is_empty()).map(str::to_owned)
    }

    /// The form that makes an earlier request again.
    #[must_use]
    pub fn like(request: &ClassifyRequest, language: Language) -> Self {
        let amount = |amount: Option<Money>| amount.map(|amount| typed_amount(amount, language));
        Self {
            description: request.description.clone().unwrap_or_default(),
            origin: request.origin_country,
            destination: request.destination_country.unwrap_or(Country::NL),
            currency: request.currency.unwrap_or_default(),
            origin_typed: None,
            destination_typed: None,
            goods_value: amount(request.goods_value).unwrap_or_default(),
            quantity: request.quantity.map(|quantity| quantity.get().to_string()).unwrap_or_default(),
            shipping: amount(request.shipping_cost).unwrap_or_default(),
            insurance: amount(request.insurance_cost).unwrap_or_default(),
        }
    }

    /// Clears the fields of one product. Origin, destination and currency stay for the next.
    pub fn clear_product(&mut self) {
        let Self { origin, destination, currency, .. } = *self;
        *self = Self { origin, destination, currency, ..Self::default() };
    }

    /// Validates the form and returns its request.
    ///
    /// # Errors
    /// Every problem, in the order of the fields.
    pub fn validate(
        &self,
        pictures: &[Picture],
        language: Language,
    ) -> Result<ClassifyRequest, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut amount = |field: Field| {
            let typed = self.amount(field).trim();
            let amount = parse_amount(typed, language);
            if amount.is_none() && !typed.is_empty() {
                problems.push(Problem { field, kind: ProblemKind::Amount });
            }
            amount
        };
        let goods_value = amount(Field::GoodsValue);
        let shipping_cost = amount(Field::Shipping);
        let insurance_cost = amount(Field::Insurance);
        let quantity = self.quantity(&mut problems, language);
        let unknown = [Field::Origin, Field::Destination].into_iter();
        problems.extend(
            unknown
                .filter(|field| self.country_typed(*field).is_some())
                .map(|field| Problem { field, kind: ProblemKind::Country }),
        );
        if self.has_costs() && self.goods_value.trim().is_empty() {
            problems.push(Problem { field: Field::GoodsValue, kind: ProblemKind::ValueNeeded });
        }
        let (image_url, image_base64) = requested(pictures);
        let description = self.description.trim();
        let request = ClassifyRequest {
            // A picture suffices without a description.
            description: (!description.is_empty() || pictures.is_empty()).then(|| description.to_owned()),
            image_url,
            image_base64,
            origin_country: self.origin,
            destination_country: Some(self.destination),
            goods_value,
            quantity,
            shipping_cost,
            insurance_cost,
            // Without a goods value there is no amount in this currency.
            currency: goods_value.map(|_| self.currency),
        };
        if let Err(broken) = request.validate() {
            let broken = broken.into_iter();
            problems.extend(
                broken.map(|p| Problem { field: Field::parse(&p.field), kind: ProblemKind::Rule(p.fault) }),
            );
        }
        problems.sort_by_key(|problem| problem.field as u8);
        if problems.is_empty() { Ok(request) } else { Err(problems) }
    }

    fn quantity(&self, problems: &mut Vec<Problem>, language: Language) -> Option<Quantity> {
        let typed = self.quantity.trim();
        if typed.is_empty() {
            return None;
        }
        let quantity = parse_amount(typed, language).and_then(|Money(count)| count.to_string().parse().ok());
        if quantity.is_none() {
            problems.push(Problem { field: Field::Quantity, kind: ProblemKind::Quantity });
        }
        quantity
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(description: &str, value: &str, quantity: &str, shipping: &str) -> ProductForm {
        ProductForm {
            description: description.to_owned(),
            goods_value: value.to_owned(),
            quantity: quantity.to_owned(),
            shipping: shipping.to_owned(),
            ..ProductForm::default()
        }
    }

    fn check(form: &ProductForm, language: Language, expected: &[(Field, &str)]) {
        let problems = form.validate(&[], language).err().unwrap_or_default();
        let said: Vec<_> =
            problems.iter().map(|problem| (problem.field, problem.sentence(language.texts()))).collect();
        let expected: Vec<_> = expected.iter().map(|(field, text)| (*field, (*text).to_owned())).collect();
        assert_eq!(said, expected);
    }

    #[test]
    fn a_filled_form_is_the_documented_request() {
        let mut form = form(" Headphones ", "25,00", "100", "150,00");
        form.insurance = "12,50".to_owned();
        form.origin = "CN".parse().ok();
        let request = form.validate(&[], Language::Nl).expect("a request");
        assert_eq!(
            serde_json::to_string(&request).expect("JSON"),
            r#"{"description":"Headphones","origin_country":"CN","destination_country":"NL","goods_value":25.00,"quantity":100,"shipping_cost":150.00,"insurance_cost":12.50,"currency":"EUR"}"#
        );
    }

    #[test]
    fn words_are_enough() {
        let request = form("Mug", "", "", "").validate(&[], Language::En).expect("a request");
        assert_eq!(
            serde_json::to_string(&request).expect("JSON"),
            r#"{"description":"Mug","destination_country":"NL"}"#
        );
    }

    #[test]
    fn a_picture_is_enough() {
        let address = concat!("https:", "//example.com/mug.jpg");
        let picture = Picture::Address(address.to_owned());
        let request = form(" ", "", "", "").validate(&[picture], Language::En).expect("a request");
        assert_eq!(
            serde_json::to_string(&request).expect("JSON"),
            format!(r#"{{"image_url":"{address}","destination_country":"NL"}}"#)
        );
    }

    #[test]
    fn an_earlier_request_is_typed_again_as_it_was() {
        let mut first = form("Headphones", "1.250,5", "100", "150");
        first.origin = "CN".parse().ok();
        let request = first.validate(&[], Language::Nl).expect("a request");
        for language in Language::ALL {
            let again = ProductForm::like(&request, language).validate(&[], language);
            assert_eq!(again.as_ref(), Ok(&request), "{language:?}");
        }
    }

    #[test]
    fn each_problem_names_its_field_in_the_order_of_the_form() {
        check(&form("", "", "", ""), Language::En, &[(Field::Description, "Describe the product in words.")]);
        check(
            &form("", "ten", "1.5", ""),
            Language::En,
            &[
                (Field::Description, "Describe the product in words."),
                (Field::GoodsValue, "Enter an amount such as 1,234.56."),
                (Field::Quantity, "The quantity must be a whole number of at least 1."),
            ],
        );
        check(&form("Mug", "0", "", ""), Language::En, &[(Field::GoodsValue, "This amount is too small.")]);
        check(
            &form("Mok", "9999999999999", "0", ""),
            Language::Nl,
            &[
                (Field::GoodsValue, "Dit bedrag is te groot."),
                (Field::Quantity, "Het aantal moet een geheel getal van minstens 1 zijn."),
            ],
        );
        check(
            &form("Mug", "", "", "5"),
            Language::En,
            &[(Field::GoodsValue, "Enter the value per unit too: the landed cost needs it.")],
        );
        check(
            &form(&"a".repeat(5_001), "", "", ""),
            Language::En,
            &[(Field::Description, "The description may have at most 5000 characters.")],
        );
    }

    #[test]
    fn the_next_product_keeps_origin_and_destination() {
        let mut form = form("Mug", "1", "2", "3");
        form.origin = "CN".parse().ok();
        form.clear_product();
        assert_eq!(form, ProductForm { origin: "CN".parse().ok(), ..ProductForm::default() });
    }
}
