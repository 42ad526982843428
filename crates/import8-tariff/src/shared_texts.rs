//! Measures that are decoded with equal texts stored once: thousands of measures have the same regulation.

use std::collections::HashSet;
use std::fmt;

use serde::Deserializer;
use serde::de::{SeqAccess, Visitor};

use crate::edition::{Condition, Measure, Text};

/// Decodes a sequence of measures, for serde's `deserialize_with`.
pub(crate) fn measures<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Measure>, D::Error> {
    deserializer.deserialize_seq(Measures)
}

struct Measures;

impl<'de> Visitor<'de> for Measures {
    type Value = Vec<Measure>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence of measures")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<Measure>, A::Error> {
        let (mut measures, mut texts) = (Vec::new(), Texts::default());
        // One by one, so that the texts of only one measure are there twice.
        while let Some(mut measure) = seq.next_element()? {
            texts.share(&mut measure);
            measures.push(measure);
        }
        measures.shrink_to_fit();
        Ok(measures)
    }
}

/// The different texts so far.
#[derive(Default)]
struct Texts(HashSet<Text>);

impl Texts {
    fn share(&mut self, measure: &mut Measure) {
        let Measure { additional_code, order_number, duty, regulation, .. } = measure;
        let optional = [additional_code, order_number, duty, regulation].into_iter().flatten();
        optional.for_each(|text| self.one(text));
        let Measure { measure_type, area, excluded, footnotes, .. } = measure;
        [measure_type, area].into_iter().chain(excluded).chain(footnotes).for_each(|text| self.one(text));
        for Condition { kind, document, amount, action, duty } in &mut measure.conditions {
            let optional = [document, amount, duty].into_iter().flatten();
            [kind, action].into_iter().chain(optional).for_each(|text| self.one(text));
        }
    }

    /// Replaces a text by the equal one that is known already.
    fn one(&mut self, text: &mut Text) {
        match self.0.get(text) {
            Some(known) => text.clone_from(known),
            None => drop(self.0.insert(text.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::edition::{Condition, Measure, Text};
    use crate::{GoodsCode, shared_texts};

    fn measure(code: &str) -> Measure {
        let text = |text: &str| Some(Text::from(text));
        Measure {
            code: GoodsCode::padded(code).expect("a code"),
            additional_code: None,
            order_number: None,
            measure_type: "103".into(),
            area: "1011".into(),
            excluded: vec!["CH".into()],
            duty: text("4.700 %"),
            regulation: text("R1549/06"),
            from: None,
            to: None,
            conditions: vec![Condition {
                kind: "B".into(),
                document: text("Y155"),
                amount: None,
                action: "01".into(),
                duty: text("4.700 %"),
            }],
            footnotes: Vec::new(),
        }
    }

    #[test]
    fn equal_texts_are_one_text() {
        let measures = vec![measure("85"), measure("86")];
        let json = serde_json::to_string(&measures).expect("JSON");
        assert!(
            !json.contains("null") && !json.contains("footnotes"),
            "what is absent is not written: {json}"
        );
        let mut deserializer = serde_json::Deserializer::from_str(&json);
        let decoded = shared_texts::measures(&mut deserializer).expect("decoded");
        assert_eq!(decoded, measures);
        let places = |measure: &Measure| {
            let condition = &measure.conditions[0];
            let texts = [measure.duty.as_ref(), condition.duty.as_ref(), Some(&measure.excluded[0])];
            texts.map(|text| text.map(|text| text.as_str().as_ptr()))
        };
        assert_eq!(places(&decoded[0]), places(&decoded[1]));
        assert_eq!(places(&decoded[0])[0], places(&decoded[0])[1]);
    }
}
