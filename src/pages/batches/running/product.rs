//! A product of a catalogue as it counts now: what was written down of it, and what a person has decided on it
//! in this browser since.

use import8_api::{Confidence, DecidedBy, DecidedCode, HsCode, LandedCost};
use leptos::prelude::*;

use super::views::Depth;
use crate::batches::Journal;
use crate::batches::item::{DecidedCost, Detail, told_of};
use crate::batches::state::{Place, State};
use crate::decided::Decided;
use crate::reviews::Reviews;

/// Says which code counts for a classification: of what was told of it and the classifier's code.
pub type Decide<'a> = &'a dyn Fn(&str, Option<Decided>, Option<HsCode>) -> Option<Decided>;

/// What counts by the verdicts that are given in this browser. Whoever is to hear of new ones tracks these.
pub fn deciding(
    reviews: Reviews,
) -> impl Fn(&str, Option<Decided>, Option<HsCode>) -> Option<Decided> + Copy {
    move |id, told, answered| untrack(|| reviews.decided(id, told, answered))
}

/// What the verdicts have decided that this tab has sent.
pub fn sent_by(reviews: Reviews) -> impl Fn(&str, Option<Decided>, Option<HsCode>) -> Option<DecidedCode> {
    move |id, told, answered| match untrack(|| {
        reviews.is_sent(id).then(|| reviews.decided(id, told, answered))
    }) {
        Some(Some(Decided::Code(decided))) => Some(decided),
        Some(Some(Decided::NotTold) | None) | None => None,
    }
}

/// A product as it counts now.
#[derive(Debug, Clone)]
pub struct Product<'a> {
    /// What it is at.
    pub state: State,
    /// Its classification.
    pub id: Option<&'a str>,
    /// The classifier's code, with all digits that are known.
    pub answered: Option<HsCode>,
    /// What is known of the code that counts.
    decided: Option<Decided>,
    /// Whether the service has told all digits that it knows.
    is_told: bool,
    detail: Option<&'a Detail>,
    decided_cost: Option<&'a DecidedCost>,
    message: Option<&'a str>,
}

/// What a product costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost<'a> {
    /// This.
    Known(&'a LandedCost),
    /// It is not known, as the service says it.
    Unavailable(&'a str),
    /// There was a cost under the classifier's code, and that of the one that counts is not known here.
    Unknown,
    /// Nothing was ever said of it.
    None,
}

impl<'a> Product<'a> {
    /// The product at a place.
    #[must_use]
    pub fn at(journal: &'a Journal, place: Place, decide: Decide<'_>) -> Self {
        let nothing = Self {
            state: place.state,
            id: None,
            answered: None,
            decided: None,
            is_told: false,
            detail: None,
            decided_cost: None,
            message: None,
        };
        let Some(batch) = place.batch else {
            let Some((_, known)) = journal.plan.known.get(place.at) else { return nothing };
            let decided = decide(&known.id, told_of(known), known.code);
            let is_told = known.decided.is_some();
            return Self { id: Some(&known.id), answered: known.code, decided, is_told, ..nothing };
        };
        let batch = journal.batch(batch);
        let message = batch.and_then(|batch| batch.message.as_deref());
        let Some(item) = batch.and_then(|batch| batch.items.get(place.at)) else {
            return Self { message, ..nothing };
        };
        let answered = item.answered();
        let decided = decide(&item.id, item.told(), answered);
        let has_code = place.state == State::Failed && decided.is_some();
        Self {
            // A person has given a code to what the classifier had none for.
            state: if has_code { State::Completed } else { place.state },
            id: Some(&item.id),
            answered,
            decided,
            is_told: item.decided.is_some() || item.detail.is_some(),
            detail: item.detail.as_ref(),
            decided_cost: item.decided_cost.as_ref(),
            message,
        }
    }

    /// The code that counts.
    #[must_use]
    pub fn code(&self) -> Option<HsCode> {
        self.decided.as_ref().and_then(Decided::code)
    }

    /// The code that counts, who decided on it and when, where all of this is known.
    #[must_use]
    pub fn decided(&self) -> Option<&DecidedCode> {
        match &self.decided {
            Some(Decided::Code(decided)) => Some(decided),
            Some(Decided::NotTold) | None => None,
        }
    }

    /// Whether a person has decided, and to what is not known here.
    #[must_use]
    pub fn is_untold(&self) -> bool {
        self.decided == Some(Decided::NotTold)
    }

    /// Whether a person has decided on its code.
    #[must_use]
    pub fn is_reviewed(&self) -> bool {
        self.is_untold() || self.decided().is_some_and(|decided| decided.by == DecidedBy::Person)
    }

    /// Whether the code that counts is another one than the classifier's.
    #[must_use]
    pub fn is_corrected(&self) -> bool {
        self.is_reviewed() && self.code() != self.answered
    }

    /// The classifier's code where it does not count any more: not where digits were only added to it.
    #[must_use]
    pub fn overruled(&self) -> Option<HsCode> {
        self.decided.as_ref()?.replaced(self.answered)
    }

    /// How sure the classifier is of the code that counts; none of one that it has not given.
    #[must_use]
    pub fn confidence(&self) -> Option<Confidence> {
        self.detail?.confidence.filter(|_| self.code().is_some() && self.overruled().is_none())
    }

    /// What the code that counts covers, where that is known.
    #[must_use]
    pub fn description(&self) -> Option<&'a str> {
        self.detail.filter(|_| !self.is_corrected())?.description.as_deref()
    }

    /// What it costs under the code that counts.
    #[must_use]
    pub fn cost(&self) -> Cost<'a> {
        let answered = self.detail.and_then(|detail| detail.landed_cost.as_ref());
        if !self.is_corrected() {
            return answered.map_or(Cost::None, Cost::Known);
        }
        let own = self.decided_cost.filter(|cost| Some(cost.code) == self.code());
        match own.map(|cost| (&cost.landed_cost, &cost.unavailable)) {
            Some((Some(cost), _)) => Cost::Known(cost),
            Some((None, Some(reason))) => Cost::Unavailable(reason),
            Some((None, None)) | None if answered.is_some() => Cost::Unknown,
            Some((None, None)) | None => Cost::None,
        }
    }

    /// Its classification, where the service may tell what it costs under the code that counts and has not
    /// been asked.
    #[must_use]
    pub fn lacks_cost(&self) -> Option<&'a str> {
        let is_asked = self.decided_cost.is_some_and(|cost| Some(cost.code) == self.code());
        self.id.filter(|_| self.is_corrected() && !is_asked)
    }

    /// Why it has no code, as the service says it.
    #[must_use]
    pub fn reason(&self) -> Option<&'a str> {
        let reason = self.detail.and_then(|detail| detail.reason.as_deref()).or(self.message);
        reason.filter(|_| self.decided.is_none())
    }

    /// How far its code goes; none before it has one.
    #[must_use]
    pub fn depth(&self) -> Option<Depth> {
        let has_ended = matches!(self.state, State::Completed | State::Known);
        // Of a person's own code no digits are kept back.
        let is_told = self.is_told || self.is_corrected();
        has_ended.then(|| match self.code() {
            Some(code) if DecidedCode::by(code, DecidedBy::Person, None).is_declarable() => Depth::Ready,
            Some(_) if is_told => Depth::NeedsDigits,
            _ => Depth::Untold,
        })
    }
}
