//! Which products are looked at: by what they are at, and by what their codes are good for.

use std::collections::BTreeMap;

use import8_api::HsCode;
use import8_catalogue::report::{Reason, RowState};

use super::state_word;
use crate::batches::Journal;
use crate::batches::journal::Detail;
use crate::batches::state::{Place, State};
use crate::locales::Texts;
use crate::routes;

/// How many digits a declaration needs.
const TEN: usize = 10;

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

    /// That of a code, and of what else was told of it; none before there is one.
    fn of(state: State, code: Option<HsCode>, detail: Option<&Detail>) -> Option<Self> {
        let has_ended = matches!(state, State::Completed | State::Known);
        let deepest = detail.and_then(|detail| detail.code_10).or(code);
        has_ended.then(|| match deepest.as_ref().map(HsCode::digit_count) {
            Some(TEN) => Self::Ready,
            Some(_) if detail.is_some() => Self::NeedsDigits,
            _ => Self::Untold,
        })
    }

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
    pub fn products(self, journal: &Journal) -> Vec<u32> {
        match self {
            Self::At(state) => journal.products_in(Some(state)),
            Self::LeftOut => Vec::new(),
            Self::Code(depth) => {
                let all = (0..).zip(&journal.places);
                let own =
                    all.filter(|(_, place)| place.and_then(|place| depth_of(journal, place)) == Some(depth));
                own.map(|(number, _)| number).collect()
            }
        }
    }

    /// How many products, or rows, it has.
    #[must_use]
    pub fn count(self, journal: &Journal) -> u32 {
        match self {
            Self::LeftOut => left_out(journal).values().sum(),
            view => u32::try_from(view.products(journal).len()).unwrap_or(u32::MAX),
        }
    }
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

/// How far the code of a product goes; none before it has one.
#[must_use]
pub fn depth_of(journal: &Journal, place: Place) -> Option<Depth> {
    let Some(batch) = place.batch else {
        let code = journal.plan.known.get(place.at).map(|(_, known)| known.code);
        return Depth::of(place.state, code, None);
    };
    let item = journal.batch(batch).and_then(|batch| batch.items.get(place.at));
    Depth::of(place.state, item.and_then(|item| item.code), item.and_then(|item| item.detail.as_ref()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_ready_with_ten_digits_only() {
        let code = |text: &str| text.parse::<HsCode>().ok();
        let check = |state, own: &str, detail: Option<&str>, expected| {
            let detail = detail.map(|ten| Detail { code_10: code(ten), ..Detail::default() });
            assert_eq!(Depth::of(state, code(own), detail.as_ref()), expected, "{own} {detail:?}");
        };
        use Depth::*;
        check(State::Completed, "73239300", Some("7323930000"), Some(Ready));
        check(State::Completed, "73239300", Some(""), Some(NeedsDigits));
        check(State::Completed, "732393", Some(""), Some(NeedsDigits));
        check(State::Completed, "73239300", None, Some(Untold));
        check(State::Completed, "", None, Some(Untold));
        check(State::Known, "73239300", None, Some(Untold));
        check(State::Known, "7323930000", None, Some(Ready));
        for state in [State::Failed, State::Pending, State::Waiting, State::Uncertain] {
            check(state, "7323930000", None, None);
        }
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
}
