//! The cache of duty rates and landed costs: each question is asked once while the page is open, so that comparisons
//! cost few requests.

use std::collections::HashMap;
use std::hash::Hash;

use import8_api::{Country, DutyRates, HsCode, LandedCost, LandedCostRequest, Measures, Money};
use leptos::prelude::*;

use crate::api::{ApiError, ApiKey, Client};
use crate::browser::task::effect;
use crate::session::Session;

/// The number of answers of each kind that are stored. When it is reached, all of that kind are dropped.
const MOST: usize = 500;

/// Code, country of origin, country of destination, and language of the notes.
type RatesQuestion = (HsCode, Option<Country>, Country, &'static str);

/// Responses to one key, by request. Another key does not see them.
#[derive(Debug)]
struct Answers<Q, A> {
    key: Option<ApiKey>,
    known: HashMap<Q, A>,
}

impl<Q, A> Default for Answers<Q, A> {
    fn default() -> Self {
        Self { key: None, known: HashMap::new() }
    }
}

impl<Q: Eq + Hash, A: Clone> Answers<Q, A> {
    fn get(&self, key: Option<&ApiKey>, question: &Q) -> Option<A> {
        (self.key.as_ref() == key).then(|| self.known.get(question).cloned()).flatten()
    }

    fn keep(&mut self, key: Option<&ApiKey>, question: Q, answer: A) {
        if self.key.as_ref() != key || self.known.len() >= MOST {
            *self = Self { key: key.cloned(), known: HashMap::new() };
        }
        self.known.insert(question, answer);
    }
}

/// The answers for the key in use: a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct PriceCache {
    rates: StoredValue<Answers<RatesQuestion, DutyRates>>,
    /// Landed costs by request (as JSON) and language of the notes.
    costs: StoredValue<Answers<(String, &'static str), LandedCost>>,
    /// The last query of the landed cost calculator, as in its address.
    asked_last: StoredValue<String>,
}

impl PriceCache {
    /// Creates the cache for the keys of a session.
    #[must_use]
    pub fn new(session: Session) -> Self {
        let prices = Self {
            rates: StoredValue::default(),
            costs: StoredValue::default(),
            asked_last: StoredValue::default(),
        };
        effect(move || {
            // Answers to one key are not shown to another.
            session.track_key();
            prices.forget();
            prices.asked_last.set_value(String::new());
        });
        prices
    }

    /// Drops all answers, so that they are requested again.
    pub fn forget(self) {
        self.rates.set_value(Answers::default());
        self.costs.set_value(Answers::default());
    }

    /// The duty rates of a code.
    ///
    /// # Errors
    /// As [`Client::duty_rates`].
    pub async fn rates(
        self,
        client: &Client,
        language: &'static str,
        code: HsCode,
        origin: Option<Country>,
        destination: Country,
    ) -> Result<DutyRates, ApiError> {
        let question = (code, origin, destination, language);
        if let Some(known) = self.rates.with_value(|known| known.get(client.key(), &question)) {
            return Ok(known);
        }
        let answer = client.duty_rates(code, origin, Some(destination), None).await?;
        self.rates.update_value(|known| known.keep(client.key(), question, answer.clone()));
        Ok(answer)
    }

    /// The landed cost of a consignment.
    ///
    /// # Errors
    /// As [`Client::landed_cost`].
    pub async fn cost(
        self,
        client: &Client,
        language: &'static str,
        request: &LandedCostRequest,
    ) -> Result<LandedCost, ApiError> {
        let question = (name_of(request), language);
        if let Some(known) = self.costs.with_value(|known| known.get(client.key(), &question)) {
            return Ok(known);
        }
        let answer = client.landed_cost(request).await?;
        self.costs.update_value(|known| known.keep(client.key(), question, answer.clone()));
        Ok(answer)
    }

    /// The last query of the landed cost calculator, as in its address; empty if there was none.
    #[must_use]
    pub fn asked_last(self) -> String {
        self.asked_last.get_value()
    }

    /// Stores the query of the landed cost calculator.
    pub fn keep_asked(self, query: String) {
        self.asked_last.set_value(query);
    }
}

/// The cache key of a request. Equal amounts give equal keys, however they are written.
#[must_use]
pub fn name_of(request: &LandedCostRequest) -> String {
    let by_value = |amount: Option<Money>| amount.map(Money::normalized);
    let request = LandedCostRequest {
        value: request.value.normalized(),
        shipping: by_value(request.shipping),
        insurance: by_value(request.insurance),
        measures: request.measures.map(Measures::normalized),
        ..request.clone()
    };
    serde_json::to_string(&request).unwrap_or_default()
}

/// The price cache, from the context.
#[must_use]
pub fn use_price_cache() -> PriceCache {
    expect_context()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Option<ApiKey> {
        ApiKey::new(text)
    }

    #[test]
    fn a_question_is_asked_once() {
        let (own, mut answers) = (key("c8_first"), Answers::default());
        assert_eq!(answers.get(own.as_ref(), &"mugs"), None);
        answers.keep(own.as_ref(), "mugs", 12);
        assert_eq!(answers.get(own.as_ref(), &"mugs"), Some(12));
        assert_eq!(answers.get(own.as_ref(), &"cups"), None, "another question");
        answers.keep(own.as_ref(), "mugs", 13);
        assert_eq!(answers.get(own.as_ref(), &"mugs"), Some(13), "the newer answer");
    }

    #[test]
    fn what_one_key_is_told_is_not_the_next_ones() {
        let (own, other, mut answers) = (key("c8_first"), key("c8_second"), Answers::default());
        answers.keep(own.as_ref(), "mugs", 12);
        for not_told in [&other, &None] {
            assert_eq!(answers.get(not_told.as_ref(), &"mugs"), None);
        }
        answers.keep(other.as_ref(), "cups", 7);
        assert_eq!(
            (answers.get(other.as_ref(), &"cups"), answers.get(other.as_ref(), &"mugs")),
            (Some(7), None)
        );
        // An answer to the first key arrives late.
        answers.keep(own.as_ref(), "mugs", 12);
        assert_eq!(answers.get(other.as_ref(), &"mugs"), None);
    }

    #[test]
    fn no_more_than_so_many_answers_are_kept() {
        let (own, mut answers) = (key("c8_first"), Answers::default());
        for question in 0..MOST {
            answers.keep(own.as_ref(), question, question);
        }
        assert_eq!(answers.get(own.as_ref(), &0), Some(0));
        answers.keep(own.as_ref(), MOST, MOST);
        assert_eq!((answers.get(own.as_ref(), &0), answers.get(own.as_ref(), &MOST)), (None, Some(MOST)));
    }

    #[test]
    fn amounts_and_measures_of_one_value_are_one_question() {
        let name = |value: &str, shipping: &str, weight: &str| {
            let text = format!(
                r#"{{"hs_code": "0202301000", "origin_country": "BR", "destination_country": "NL", "currency": "EUR",
                "value": {value}, "shipping": {shipping}, "measures": {{"net_weight_kg": {weight}, "items": 3}}}}"#
            );
            name_of(&import8_api::decode(&text).expect(&text))
        };
        let one = name("100", "2", "40");
        for (value, shipping, weight) in [("100.00", "2", "40"), ("100", "2.0", "40"), ("100", "2", "40.000")]
        {
            assert_eq!(name(value, shipping, weight), one, "{value} {shipping} {weight}");
        }
        for (value, shipping, weight) in [("100.01", "2", "40"), ("100", "2.5", "40"), ("100", "2", "40.001")]
        {
            assert_ne!(name(value, shipping, weight), one, "{value} {shipping} {weight}");
        }
    }
}
