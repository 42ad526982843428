//! Which products are looked at: by what they are at, and by what their codes are good for.

use std::collections::BTreeMap;

use import8_catalogue::report::{Reason, RowState};

use super::product::{Decide, Product};
use super::state_word;
use crate::batches::Journal;
use crate::batches::state::State;
use crate::components::confidence::Band;
use crate::listing::queue;
use crate::locales::Texts;
use crate::preferences::Bands;
use crate::routes;

/// How far the code of a product goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Depth {
    /// To the ten digits of a declaration.
    Ready,
    /// Not so far.
    NeedsDigits,
    /// It is not known here: the service tells it of each product alone.
    Untold,
}

impl Depth {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Ready, Self::NeedsDigits, Self::Untold];

    fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::NeedsDigits => "needs-digits",
            Self::Untold => "untold",
        }
    }
}

/// Products that are looked at together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum View {
    /// Those at something.
    At(State),
    /// Those with a code.
    Code(Depth),
    /// The rows that are not sent.
    LeftOut,
}

impl View {
    /// All of them, those that need a person first.
    pub const ALL: [Self; 9] = [
        Self::At(State::Uncertain),
        Self::At(State::Failed),
        Self::LeftOut,
        Self::Code(Depth::NeedsDigits),
        Self::Code(Depth::Untold),
        Self::Code(Depth::Ready),
        Self::At(State::Known),
        Self::At(State::Waiting),
        Self::At(State::Pending),
    ];

    /// Its name in an address and in a style.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::At(state) => state.as_str(),
            Self::Code(depth) => depth.as_str(),
            Self::LeftOut => "left-out",
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.as_str() == name)
    }

    /// What it is called.
    #[must_use]
    pub fn word(self, texts: Texts) -> &'static str {
        match self {
            Self::At(state) => state_word(state, texts),
            Self::Code(Depth::Ready) => texts.running().state_ready,
            Self::Code(Depth::NeedsDigits) => texts.running().state_needs_digits,
            Self::Code(Depth::Untold) => texts.running().state_untold,
            Self::LeftOut => texts.running().state_left_out,
        }
    }

    /// The numbers of its products, in the order of the file.
    #[must_use]
    pub fn products(self, standings: &Standings) -> Vec<u32> {
        let is_own = |standing: &Standing| match self {
            Self::At(state) => standing.state == state,
            Self::Code(depth) => standing.depth == Some(depth),
            Self::LeftOut => false,
        };
        let all = (0..).zip(standings);
        let own = all.filter(|(_, standing)| standing.as_ref().is_some_and(is_own));
        own.map(|(number, _)| number).collect()
    }
}

/// What a product is at, and what its code is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// What it is at.
    pub state: State,
    /// How far its code goes; none before it has one.
    pub depth: Option<Depth>,
    /// Whether a person should look at the classifier's code, and none has.
    pub is_unsure: bool,
}

/// What each product of a catalogue is at; none of those that were never to be sent.
pub type Standings = Vec<Option<Standing>>;

/// What the products of a catalogue are at now.
#[must_use]
pub fn standings(journal: &Journal, decide: Decide<'_>) -> Standings {
    let standing = |place| {
        let product = Product::at(journal, place, decide);
        let is_weak = product.confidence().is_some_and(|confidence| Band::of(confidence) != Band::Strong);
        let (depth, is_unsure) = (product.depth(), is_weak && !product.is_reviewed());
        Standing { state: product.state, depth, is_unsure }
    };
    journal.places.iter().map(|place| place.map(standing)).collect()
}

/// The address of a page of a view; of all products without one.
#[must_use]
pub fn address(catalogue: &str, view: Option<View>, page: usize) -> String {
    let view = view.map(|view| format!("state={}", view.as_str()));
    let page = (page > 1).then(|| format!("page={page}"));
    let query: Vec<_> = view.into_iter().chain(page).collect();
    let path = routes::batch(catalogue);
    if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
}

/// How many rows are not sent, by the reason.
#[must_use]
pub fn left_out(journal: &Journal) -> BTreeMap<Reason, u32> {
    let mut rows = BTreeMap::new();
    for row in &journal.plan.rows {
        if let RowState::LeftOut(reason) = row.state {
            *rows.entry(reason).or_default() += 1;
        }
    }
    rows
}

/// Where all that is not strong is reviewed, of this catalogue and of others.
#[must_use]
pub fn all_unsure(bands: Bands) -> String {
    queue::address(&queue::unsure(Band::Fair.bounds_in(bands).1))
}

#[cfg(test)]
mod tests {
    use import8_api::{DecidedBy, DecidedCode, HsCode, decode};

    use super::*;
    use crate::batches::item::Item;
    use crate::batches::journal::{Batch, Plan, Progress};
    use crate::batches::state::places;
    use crate::decided::Decided;

    fn standing(item: &str, decide: Decide<'_>) -> Standing {
        let mut one = Item::accepted("1".to_owned());
        one.learn(decode(item).expect(item));
        let batch = Batch::planned("one", 0, "key".to_owned(), vec![0]);
        let batches = vec![Batch { progress: Progress::Ended, items: vec![one], ..batch }];
        let plan = Plan { products: 1, ..Plan::default() };
        let journal = Journal { places: places(&plan, &batches), plan, batches };
        standings(&journal, decide)[0].expect("a product")
    }

    #[test]
    fn a_code_is_ready_with_ten_digits_only() {
        use Depth::*;
        let check = |fields: &str, expected: Option<Depth>| {
            let item = format!(r#"{{"id": "1", {fields}}}"#);
            assert_eq!(standing(&item, &|_, told, _| told).depth, expected, "{item}");
        };
        let plain = r#""status": "completed", "hs_code": "7323.93.00""#;
        check(plain, Some(Untold));
        check(&format!(r#"{plain}, "result": {{}}"#), Some(NeedsDigits));
        check(&format!(r#"{plain}, "result": {{"hs_code": {{"code_10": "7323930000"}}}}"#), Some(Ready));
        let decided = |fields: &str, code: &str, by: &str| {
            format!(r#"{fields}, "decided": {{"code": "{code}", "by": "{by}", "open_digits": 0}}"#)
        };
        check(&decided(plain, "73239300", "classifier"), Some(NeedsDigits));
        check(&decided(plain, "7323930000", "classifier"), Some(Ready));
        let ready = format!(r#"{plain}, "result": {{"hs_code": {{"code_10": "7323930000"}}}}"#);
        check(&decided(&ready, "961700", "person"), Some(NeedsDigits));
        let failed = r#""status": "failed", "hs_code": null"#;
        check(failed, None);
        check(&decided(failed, "9617000000", "person"), Some(Ready));
    }

    #[test]
    fn a_verdict_given_here_moves_a_product() {
        let here = |_: &str, _: Option<Decided>, _: Option<HsCode>| {
            let code = "9617000000".parse().ok()?;
            Some(Decided::Code(DecidedCode::by(code, DecidedBy::Person, None)))
        };
        let at = |item: &str, decide: Decide<'_>| {
            let Standing { state, depth, is_unsure } = standing(item, decide);
            (state, depth, is_unsure)
        };
        let failed = r#"{"id": "1", "status": "failed", "hs_code": null}"#;
        assert_eq!(at(failed, &|_, told, _| told), (State::Failed, None, false));
        assert_eq!(at(failed, &here), (State::Completed, Some(Depth::Ready), false));
        let weak =
            r#"{"id": "1", "status": "completed", "hs_code": "7323.93", "result": {"confidence": 12}}"#;
        assert_eq!(at(weak, &|_, told, _| told), (State::Completed, Some(Depth::NeedsDigits), true));
        assert_eq!(at(weak, &here), (State::Completed, Some(Depth::Ready), false));
    }

    #[test]
    fn each_view_has_an_address_of_its_own() {
        for view in View::ALL {
            assert_eq!(View::of(view.as_str()), Some(view));
        }
        assert_eq!(View::of("completed"), None);
        assert_eq!(
            address("one", Some(View::Code(Depth::NeedsDigits)), 1),
            "/batches/one?state=needs-digits"
        );
        assert_eq!(address("one", None, 2), "/batches/one?page=2");
        assert_eq!(address("one", None, 1), "/batches/one");
    }

    #[test]
    fn what_is_not_sure_is_reviewed_by_the_persons_own_bands() {
        assert_eq!(all_unsure(Bands::STANDARD), "/review?max_confidence=74");
        assert_eq!(all_unsure(Bands { strong: 90, fair: 20 }), "/review?max_confidence=89");
    }
}
