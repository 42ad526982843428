//! What the service has said of duties and landed costs: asked once for each question, and kept while the
//! page is open, so that comparing costs few requests.

use std::collections::HashMap;
use std::hash::Hash;

use import8_api::{Country, DutyRates, HsCode, LandedCost, LandedCostRequest, Measures, Money};
use leptos::prelude::*;

use crate::api::{ApiError, ApiKey, Client};
use crate::browser::task::effect;
use crate::session::Session;

/// So many answers are kept of a kind; then they are forgotten and asked for again.
const MOST: usize = 500;

/// A code, whose goods, where they go, and the language of the notes.
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

/// The answers to this key's questions: a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct PriceCache {
    rates: StoredValue<Answers<RatesQuestion, DutyRates>>,
    /// By the request as JSON, and the language of the notes.
    costs: StoredValue<Answers<(String, &'static str), LandedCost>>,
    /// What the calculator was asked last, as its address has it.
    asked_last: StoredValue<String>,
}

impl PriceCache {
    /// Those of the session's key.
    #[must_use]
    pub fn new(session: Session) -> Self {
        let prices = Self {
            rates: StoredValue::default(),
            costs: StoredValue::default(),
            asked_last: StoredValue::default(),
        };
        effect(move || {
            // What one key is told is not the next one's.
            session.track_key();
            prices.forget();
            prices.asked_last.set_value(String::new());
        });
        prices
    }

    /// Forgets the answers, so that they are asked for again.
    pub fn forget(self) {
        self.rates.set_value(Answers::default());
        self.costs.set_value(Answers::default());
    }

    /// The rates of a code.
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
        let answer = client.duty_rates(code, origin, Some(destination)).await?;
        self.rates.update_value(|known| known.keep(client.key(), question, answer.clone()));
        Ok(answer)
    }

    /// What a consignment costs.
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

    /// What the calculator was asked last, as its address has it; empty when nothing was.
    #[must_use]
    pub fn asked_last(self) -> String {
        self.asked_last.get_value()
    }

    /// Keeps what the calculator is asked.
    pub fn keep_asked(self, query: String) {
        self.asked_last.set_value(query);
    }
}

/// What tells a question from all others: its amounts count by their value, however they are written.
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

/// The answers to this key's questions.
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
        // An answer to the first key comes late.
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
