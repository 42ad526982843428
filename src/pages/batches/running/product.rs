//! A catalogue product under its decided code: the journal combined with the verdicts given in this
//! browser.

use import8_api::{Confidence, DecidedBy, DecidedCode, HsCode, LandedCost};
use leptos::prelude::*;

use crate::api::decided::Decided;
use crate::outbox::batches::Journal;
use crate::outbox::batches::item::{DecidedCost, Detail, decided_known};
use crate::outbox::batches::places::Place;
use crate::outbox::batches::state::State;
use crate::outbox::reviews::Reviews;

/// Chooses the decided code of a classification. Arguments: its identifier, the decided code that the
/// service returned, and the classifier's code.
pub type Decide<'a> = &'a dyn Fn(&str, Option<Decided>, Option<HsCode>) -> Option<Decided>;

/// A [`Decide`] that applies the verdicts given in this browser. It reads untracked: callers that must
/// rerun on a new verdict track `reviews`.
pub fn deciding(
    reviews: Reviews,
) -> impl Fn(&str, Option<Decided>, Option<HsCode>) -> Option<Decided> + Copy {
    move |id, told, answered| untrack(|| reviews.decided(id, told, answered))
}

/// The decided code of a classification whose verdict this tab has sent; `None` for others.
pub fn sent_by(reviews: Reviews) -> impl Fn(&str, Option<Decided>, Option<HsCode>) -> Option<DecidedCode> {
    move |id, told, answered| match untrack(|| {
        reviews.is_sent(id).then(|| reviews.decided(id, told, answered))
    }) {
        Some(Some(Decided::Code(decided))) => Some(decided),
        Some(Some(Decided::NotTold) | None) | None => None,
    }
}

/// A product under its decided code.
#[derive(Debug, Clone)]
pub struct Product<'a> {
    /// The state of the product; completed if a person gave a code after the classifier failed.
    pub state: State,
    /// The identifier of its classification.
    pub id: Option<&'a str>,
    /// The classifier's code, with all known digits.
    pub answered: Option<HsCode>,
    /// The decided code, or that the service does not return it.
    decided: Option<Decided>,
    /// Whether the service has returned all digits that it knows.
    is_told: bool,
    detail: Option<&'a Detail>,
    decided_cost: Option<&'a DecidedCost>,
    message: Option<&'a str>,
}

/// The landed cost of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost<'a> {
    /// The landed cost under the decided code.
    Known(&'a LandedCost),
    /// No landed cost, for the reason that the service gives.
    Unavailable(&'a str),
    /// The landed cost under the classifier's code is known, but not the one under the decided code.
    Unknown,
    /// The service has never returned a landed cost.
    None,
}

/// The depth of a product's decided code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Depth {
    /// Ten digits, as an import declaration needs.
    Ready,
    /// Fewer than ten digits, and the service knows no more.
    NeedsDigits,
    /// Unknown: the service returns further digits only in a product's own response.
    Untold,
}

impl Depth {
    /// All depths.
    pub const ALL: [Self; 3] = [Self::Ready, Self::NeedsDigits, Self::Untold];

    /// Name in an address and in a style.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::NeedsDigits => "needs-digits",
            Self::Untold => "untold",
        }
    }
}

impl<'a> Product<'a> {
    /// The product at a place of the journal.
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
            let decided = decide(&known.id, decided_known(known), known.code);
            let is_told = known.decided.is_some();
            return Self { id: Some(&known.id), answered: known.code, decided, is_told, ..nothing };
        };
        let batch = journal.batch(batch);
        let message = batch.and_then(|batch| batch.message.as_deref());
        let Some(item) = batch.and_then(|batch| batch.items.get(place.at)) else {
            return Self { message, ..nothing };
        };
        let answered = item.answered();
        let decided = decide(&item.id, item.decided_now(), answered);
        let has_code = place.state == State::Failed && decided.is_some();
        Self {
            // A person gave a code where the classifier failed.
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

    /// The decided code.
    #[must_use]
    pub fn code(&self) -> Option<HsCode> {
        self.decided.as_ref().and_then(Decided::code)
    }

    /// The decided code with its author and time; `None` if the service does not return the code.
    #[must_use]
    pub fn decided(&self) -> Option<&DecidedCode> {
        match &self.decided {
            Some(Decided::Code(decided)) => Some(decided),
            Some(Decided::NotTold) | None => None,
        }
    }

    /// Whether a person has corrected the code and the service does not return the correction.
    #[must_use]
    pub fn is_untold(&self) -> bool {
        self.decided == Some(Decided::NotTold)
    }

    /// Whether a person has decided the code.
    #[must_use]
    pub fn is_reviewed(&self) -> bool {
        self.is_untold() || self.decided().is_some_and(|decided| decided.by == DecidedBy::Person)
    }

    /// Whether the decided code differs from the classifier's.
    #[must_use]
    pub fn is_corrected(&self) -> bool {
        self.is_reviewed() && self.code() != self.answered
    }

    /// The classifier's code if a person replaced it; `None` if digits were only added.
    #[must_use]
    pub fn overruled(&self) -> Option<HsCode> {
        self.decided.as_ref()?.replaced(self.answered)
    }

    /// The classifier's confidence; `None` if the decided code is not its own.
    #[must_use]
    pub fn confidence(&self) -> Option<Confidence> {
        self.detail?.confidence.filter(|_| self.code().is_some() && self.overruled().is_none())
    }

    /// The description of the decided code; `None` if only that of the classifier's code is known.
    #[must_use]
    pub fn description(&self) -> Option<&'a str> {
        self.detail.filter(|_| !self.is_corrected())?.description.as_deref()
    }

    /// The landed cost under the decided code.
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

    /// The identifier of a corrected product whose landed cost under the decided code has not been
    /// requested yet.
    #[must_use]
    pub fn lacks_cost(&self) -> Option<&'a str> {
        let is_asked = self.decided_cost.is_some_and(|cost| Some(cost.code) == self.code());
        self.id.filter(|_| self.is_corrected() && !is_asked)
    }

    /// The reason for having no code, as the service gives it.
    #[must_use]
    pub fn reason(&self) -> Option<&'a str> {
        let reason = self.detail.and_then(|detail| detail.reason.as_deref()).or(self.message);
        reason.filter(|_| self.decided.is_none())
    }

    /// The depth of the decided code; `None` while the product has not ended.
    #[must_use]
    pub fn depth(&self) -> Option<Depth> {
        let has_ended = matches!(self.state, State::Completed | State::Known);
        // A person's own code is complete as given: no digits are withheld.
        let is_told = self.is_told || self.is_corrected();
        has_ended.then(|| match self.code() {
            Some(code) if DecidedCode::by(code, DecidedBy::Person, None).is_declarable() => Depth::Ready,
            Some(_) if is_told => Depth::NeedsDigits,
            _ => Depth::Untold,
        })
    }
}
