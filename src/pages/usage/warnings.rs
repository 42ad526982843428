//! The conditions of credit warnings: low balance, coming expiry, too few for waiting catalogues.

use crate::outbox::batches::journal::{Catalogue, Stage};

const DAY: u64 = 24 * 60 * 60 * 1_000;

/// Days before the expiry of credits from which a warning is shown.
pub const SOON: u64 = 30;

/// Whether less than a fifth of the bought credits is left.
#[must_use]
pub fn is_low(left: u64, bought: u64) -> bool {
    u128::from(left) * 5 < u128::from(bought)
}

/// The time until credits first expire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expiry {
    /// They have expired.
    Past,
    /// Full days left, at most [`SOON`].
    Soon(u64),
    /// Full days left, more than [`SOON`].
    Later(u64),
}

impl Expiry {
    /// The time from `now` to `at`, both in milliseconds since 1970.
    #[must_use]
    pub fn new(at: u64, now: u64) -> Self {
        match at.checked_sub(now).filter(|left| *left > 0) {
            None => Self::Past,
            Some(left) if left <= SOON * DAY => Self::Soon(left / DAY),
            Some(left) => Self::Later(left / DAY),
        }
    }
}

/// A started catalogue with products that are not sent yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The identifier of the catalogue in this browser.
    pub id: String,
    /// The name of the file.
    pub name: String,
    /// Number of products not sent yet. Each takes a credit.
    pub products: u64,
}

/// The started catalogues with products that are not sent yet.
#[must_use]
pub fn waiting(catalogues: &[Catalogue]) -> Vec<Waiting> {
    let is_begun = |one: &&Catalogue| one.stage != Stage::Draft && one.tally.waiting > 0;
    let waiting = |one: &Catalogue| Waiting {
        id: one.id.clone(),
        name: one.name.clone(),
        products: one.tally.waiting.into(),
    };
    catalogues.iter().filter(is_begun).map(waiting).collect()
}

/// The credits that waiting products need beyond the balance; `None` if it suffices.
#[must_use]
pub fn missing(left: u64, waiting: &[Waiting]) -> Option<u64> {
    let needed = waiting.iter().fold(0, |sum: u64, one| sum.saturating_add(one.products));
    needed.checked_sub(left).filter(|missing| *missing > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::batches::state::Tally;

    #[test]
    fn less_than_a_fifth_is_low() {
        let check = |left, bought, expected| assert_eq!(is_low(left, bought), expected, "{left} of {bought}");
        check(50, 250, false);
        check(49, 250, true);
        check(250, 250, false);
        check(0, 1, true);
        check(0, 0, false);
        check(1, 6, true);
        check(1, 5, false);
        check(u64::MAX, u64::MAX, false);
        check(u64::MAX / 5, u64::MAX, false);
        check(u64::MAX / 5 - 1, u64::MAX, true);
    }

    #[test]
    fn an_expiry_is_soon_within_thirty_days() {
        let now = 1_800_000_000_000;
        let check = |at, expected| assert_eq!(Expiry::new(at, now), expected, "{at}");
        check(now + 30 * DAY + 1, Expiry::Later(30));
        check(now + 30 * DAY, Expiry::Soon(30));
        check(now + 30 * DAY - 1, Expiry::Soon(29));
        check(now + DAY, Expiry::Soon(1));
        check(now + DAY - 1, Expiry::Soon(0));
        check(now + 1, Expiry::Soon(0));
        check(now, Expiry::Past);
        check(now - 1, Expiry::Past);
        check(0, Expiry::Past);
        check(now + 365 * DAY, Expiry::Later(365));
    }

    fn catalogue(name: &str, stage: Stage, waiting: u32) -> Catalogue {
        let tally = Tally { waiting, pending: 9, uncertain: 9, completed: 9, ..Tally::default() };
        Catalogue {
            id: name.to_uppercase(),
            organization: String::new(),
            name: name.to_owned(),
            kind: None,
            created_at: 0,
            sheet: None,
            mapping: None,
            edits: Default::default(),
            ignores_known: false,
            stage,
            wants_details: false,
            tally,
        }
    }

    #[test]
    fn what_was_begun_and_not_sent_takes_credits() {
        let all = [
            catalogue("a", Stage::Running, 40),
            catalogue("b", Stage::Draft, 7),
            catalogue("c", Stage::Paused, 2),
            catalogue("d", Stage::Running, 0),
        ];
        let waiting = waiting(&all);
        let named: Vec<_> = waiting.iter().map(|one| (one.id.as_str(), one.products)).collect();
        assert_eq!(named, [("A", 40), ("C", 2)]);
        let check = |left, expected| assert_eq!(missing(left, &waiting), expected, "{left}");
        check(43, None);
        check(42, None);
        check(41, Some(1));
        check(0, Some(42));
        assert_eq!(missing(0, &[]), None);
    }
}
