//! The views of a catalogue's products: by state, and by depth of the decided code.

use std::collections::BTreeMap;

use import8_catalogue::report::{Reason, RowState};

use super::super::labels::state_word;
use super::product::{Decide, Depth, Product};
use crate::api::listing::queue;
use crate::components::confidence::Band;
use crate::i18n::preferences::Bands;
use crate::i18n::texts::Texts;
use crate::outbox::batches::Journal;
use crate::outbox::batches::state::State;
use crate::routes;

/// A filter on the products of a catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum View {
    /// Products in this state.
    At(State),
    /// Products with a code of this depth.
    Code(Depth),
    /// Rows left out of the catalogue.
    LeftOut,
}

impl View {
    /// All views, those that need a person first.
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

    /// The name in addresses and style sheets.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::At(state) => state.as_str(),
            Self::Code(depth) => depth.as_str(),
            Self::LeftOut => "left-out",
        }
    }

    /// The view with this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.as_str() == name)
    }

    /// The label of the view.
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

    /// The numbers of the products in this view, in the order of the file.
    #[must_use]
    pub fn products(self, standings: &Standings) -> Vec<u32> {
        let all = (0..).zip(standings);
        let own = all.filter(|(_, standing)| standing.as_ref().is_some_and(|standing| self.has(standing)));
        own.map(|(number, _)| number).collect()
    }

    /// How many products are in this view.
    #[must_use]
    pub fn count(self, standings: &Standings) -> u32 {
        let own = standings.iter().flatten().filter(|standing| self.has(standing));
        u32::try_from(own.count()).unwrap_or(u32::MAX)
    }

    fn has(self, standing: &Standing) -> bool {
        match self {
            Self::At(state) => standing.state == state,
            Self::Code(depth) => standing.depth == Some(depth),
            Self::LeftOut => false,
        }
    }
}

/// The state of a product, the depth of its code, and whether it needs review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The state of the product.
    pub state: State,
    /// The depth of the decided code; `None` while there is none.
    pub depth: Option<Depth>,
    /// Whether the classifier's confidence is below strong and no person has reviewed the code.
    pub is_unsure: bool,
}

/// The standing of each product, by number; `None` for products that were not planned to be sent.
pub type Standings = Vec<Option<Standing>>;

/// The current standing of each product.
#[must_use]
pub fn standings(journal: &Journal, decide: Decide<'_>) -> Standings {
    let standing = |place| {
        let product = Product::at(journal, place, decide);
        let is_weak =
            product.confidence().is_some_and(|confidence| Band::from_confidence(confidence) != Band::Strong);
        let (depth, is_unsure) = (product.depth(), is_weak && !product.is_reviewed());
        Standing { state: product.state, depth, is_unsure }
    };
    journal.places.iter().map(|place| place.map(standing)).collect()
}

/// The address of a page of a view. Without a view, all products.
#[must_use]
pub fn address(catalogue: &str, view: Option<View>, page: usize) -> String {
    let view = view.map(|view| format!("state={}", view.as_str()));
    let page = (page > 1).then(|| format!("page={page}"));
    let query: Vec<_> = view.into_iter().chain(page).collect();
    let path = routes::batch(catalogue);
    if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
}

/// The number of rows left out, by reason.
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

/// The address of the review queue with all codes below strong confidence, those of other catalogues included.
#[must_use]
pub fn all_unsure(bands: Bands) -> String {
    queue::address(&queue::unsure(Band::Fair.bounds_in(bands).1))
}

#[cfg(test)]
mod tests {
    use import8_api::{DecidedBy, DecidedCode, HsCode, decode};

    use super::*;
    use crate::api::decided::Decided;
    use crate::outbox::batches::item::Item;
    use crate::outbox::batches::journal::{Batch, BatchStatus, Plan};
    use crate::outbox::batches::places::places;

    fn standing(item: &str, decide: Decide<'_>) -> Standing {
        let mut one = Item::accepted("1".to_owned());
        one.update_from(decode(item).expect(item));
        let batch = Batch::planned("one", 0, "key".to_owned(), vec![0]);
        let batches = vec![Batch { progress: BatchStatus::Ended, items: vec![one], ..batch }];
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
            assert_eq!(View::parse(view.as_str()), Some(view));
        }
        assert_eq!(View::parse("completed"), None);
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
