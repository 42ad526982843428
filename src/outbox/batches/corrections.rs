//! Later corrections: reads from the service which codes people have decided on since a catalogue was classified, and
//! writes them into its journal. Sends read requests only.

use std::collections::HashMap;

use import8_api::{DecidedCode, HsCode};
use leptos::prelude::*;

use super::Batches;
use super::item::{DecisionUpdate, decided_known};
use super::journal::{self, Batch, Plan};
use super::open::Journal;
use crate::api::decided::Decided;
use crate::api::listing::{Filter, Listing};
use crate::api::{ApiError, Client};
use crate::browser::database::{self, Store};
use crate::i18n::format;
use crate::queries::pager::{NextPage, PageReader};

/// Up to this number of known products are requested one by one; beyond it, all reviewed rows of the history are
/// read.
const FEW: usize = 10;

/// The largest difference between the clocks and calendar days of this computer and the service, in milliseconds.
const SLACK: u64 = 2 * 24 * 60 * 60 * 1_000;

/// The number of answers that are written to the journal at a time.
const PART: usize = 10;

/// The requests that find the corrections of a catalogue.
#[derive(Debug, PartialEq, Eq)]
struct Question {
    /// A filter for the reviewed rows of the history: one page has up to 100 of them.
    filter: Option<Filter>,
    /// Identifiers of classifications that are requested one by one.
    alone: Vec<String>,
}

impl Batches {
    /// Reads which codes people have decided on for the products of a catalogue, and writes them to its journal.
    /// Reads at most `most_pages` pages of the history. Only for a service with the extension `decided`.
    ///
    /// # Errors
    /// See [`ApiError`]; answers before the error are written.
    pub async fn learn_decided(
        self,
        id: &str,
        client: &Client,
        waiting: RwSignal<u32>,
        most_pages: u64,
    ) -> Result<(), ApiError> {
        let question = self.with_journal_now(id, |journal| Question::new(journal, format::timestamp));
        let Some(Question { filter, alone }) = question else { return Ok(()) };
        if let Some(filter) = filter {
            let listing = Listing { filter, ..Listing::default() };
            let mut reader = PageReader::new(self.gate.telling(waiting), client.clone(), &listing);
            for _ in 0..most_pages {
                let NextPage::Page(page) = reader.next().await? else { break };
                let decided = page.data.into_iter().filter_map(|row| Some((row.id, row.decided?)));
                let told = decided.map(|(id, decided)| (id, DecisionUpdate::Decided(decided))).collect();
                self.apply_updates(id, &told).await;
            }
        }
        self.learn_alone(id, alone, client, waiting, |_| ()).await
    }

    /// Requests classifications of a catalogue one by one and writes their decided codes to its journal. Calls `left`
    /// with the number still to be requested.
    ///
    /// # Errors
    /// See [`ApiError`]; answers before the error are written.
    pub async fn learn_alone(
        self,
        id: &str,
        mut classifications: Vec<String>,
        client: &Client,
        waiting: RwSignal<u32>,
        left: impl Fn(usize),
    ) -> Result<(), ApiError> {
        let gate = self.gate.telling(waiting);
        while !classifications.is_empty() {
            let (mut told, mut failed) = (HashMap::new(), None);
            for _ in 0..PART {
                let Some(asked) = classifications.pop() else { break };
                left(classifications.len() + 1);
                match gate.ask(|| client.classification(&asked)).await {
                    Ok(answer) => {
                        told.insert(asked, DecisionUpdate::Alone(Box::new(answer.value.data)));
                    }
                    // The classification is gone or its answer is unreadable: the next one is requested.
                    Err(ApiError::NotFound | ApiError::Unreadable(_)) => {}
                    Err(error) => {
                        failed = Some(error);
                        break;
                    }
                }
            }
            self.apply_updates(id, &told).await;
            if let Some(error) = failed {
                return Err(error);
            }
        }
        Ok(())
    }

    /// Writes the verdicts that this tab has sent on products of a catalogue to its journal, because a service
    /// without the extension `decided` would not return them after a reload. `sent` returns the decided code of a
    /// classification.
    pub async fn keep_sent(
        self,
        id: &str,
        sent: impl Fn(&str, Option<Decided>, Option<HsCode>) -> Option<DecidedCode>,
    ) {
        let told = self.with_journal_now(id, |journal| {
            let items = journal.batches.iter().flat_map(|batch| &batch.items);
            let items = items.map(|item| (&item.id, sent(&item.id, item.decided_now(), item.answered())));
            let known = journal.plan.known.iter();
            let known = known.map(|(_, one)| (&one.id, sent(&one.id, decided_known(one), one.code)));
            let told = items
                .chain(known)
                .filter_map(|(id, told)| Some((id.clone(), DecisionUpdate::Decided(told?))));
            told.collect()
        });
        self.apply_updates(id, &told.unwrap_or_default()).await;
    }

    /// Applies updates in this tab, stores them, and informs the other tabs.
    async fn apply_updates(self, id: &str, told: &HashMap<String, DecisionUpdate>) {
        let mut changed = (Vec::new(), false);
        self.journals.maybe_update(|journals| {
            changed = journals.get_mut(id).map(|journal| journal.apply(told)).unwrap_or_default();
            !changed.0.is_empty() || changed.1
        });
        let (batches, is_known) = changed;
        // An update that cannot be stored is shown until this tab closes; the next tab requests it again.
        for number in batches {
            let apply = |batch: &mut Batch| {
                batch.apply(told);
            };
            if let Ok(Some(_)) = journal::change_batch(id, number, apply).await {
                self.tell(id, Some(number));
            }
        }
        if is_known {
            let apply = |plan: &mut Plan| {
                plan.apply(told);
            };
            #[expect(
                clippy::let_underscore_must_use,
                reason = "an update that cannot be stored is shown until this tab closes"
            )]
            let _ = database::update(Store::Plans, id, apply).await;
        }
        self.keep_done_tally(id).await;
    }

    /// Stores the tally of a finished catalogue, because a failed product may have a code now. The runner stores that
    /// of an unfinished one.
    async fn keep_done_tally(self, id: &str) {
        let Some(tally) = self.with_journal_now(id, Journal::tally).filter(|tally| tally.is_done()) else {
            return;
        };
        let is_news = self.catalogues.with_untracked(|all| {
            let kept = all.iter().flatten().find(|own| own.id == id).map(|own| own.tally);
            kept.is_some_and(|kept| kept.is_done() && kept.total() == tally.total() && kept != tally)
        });
        if is_news {
            #[expect(
                clippy::let_underscore_must_use,
                reason = "the journal has the same data and takes precedence"
            )]
            let _ = self.change(id, |catalogue| catalogue.tally = tally).await;
        }
    }
}

impl Question {
    /// Builds the requests for a catalogue; `timestamp` writes milliseconds since 1970 as RFC 3339.
    fn new(journal: &Journal, timestamp: impl Fn(u64) -> String) -> Self {
        let known: Vec<_> = journal.plan.known.iter().map(|(_, known)| known.id.clone()).collect();
        let has_many = known.len() > FEW;
        let accepted = journal.batches.iter().filter(|batch| !batch.items.is_empty());
        let spans = accepted.map(|batch| (batch.sent_at, batch.sent_at.max(batch.tried_at)));
        let span = spans.reduce(|(from, to), (first, last)| (from.min(first), to.max(last)));
        let day = |moment| timestamp(moment).get(..10).unwrap_or_default().to_owned();
        let filter = Filter { reviewed: "true".to_owned(), ..Filter::default() };
        let filter = match span {
            // Known products may be of any age, and batches of older versions have no time of sending.
            _ if has_many => Some(filter),
            Some((0, _)) => Some(filter),
            Some((from, to)) => {
                Some(Filter { from: day(from.saturating_sub(SLACK)), to: day(to + SLACK), ..filter })
            }
            None => None,
        };
        Self { filter, alone: if has_many { Vec::new() } else { known } }
    }
}

#[cfg(test)]
mod tests {
    use import8_catalogue::report::Known;

    use super::*;
    use crate::outbox::batches::item::Item;

    const DAY: u64 = 24 * 60 * 60 * 1_000;

    /// The requests for a catalogue whose batches were sent on these days (days since 1970) and that has `known`
    /// known products.
    fn question(sent: &[u64], known: u32) -> Question {
        let batch = |(number, day): (u32, &u64)| Batch {
            sent_at: day * DAY,
            items: vec![Item::accepted("id".to_owned())],
            ..Batch::planned("one", number, "key".to_owned(), vec![number])
        };
        let known = (0..known).map(|at| {
            let (id, code) = (at.to_string(), "732393".parse().ok());
            (at, Known { id, summary: "mug".to_owned(), code, decided: None, is_reviewed: false })
        });
        let plan = Plan { known: known.collect(), ..Plan::default() };
        let journal = Journal::new(plan, (0..).zip(sent).map(batch).collect());
        // Days since 1970 instead of dates.
        Question::new(&journal, |moment| format!("{:010}", moment / DAY))
    }

    #[test]
    fn no_more_is_read_than_may_have_products_of_the_catalogue() {
        let check = |sent: &[u64], known, expected: Option<(&str, &str)>, alone: usize| {
            let found = question(sent, known);
            let days = found.filter.as_ref().map(|filter| (filter.from.as_str(), filter.to.as_str()));
            assert_eq!((days, found.alone.len()), (expected, alone), "{sent:?} {known}");
            assert!(found.filter.is_none_or(|filter| filter.reviewed == "true"));
        };
        check(&[], 0, None, 0);
        check(&[], 3, None, 3);
        check(&[20, 22], 0, Some(("0000000018", "0000000024")), 0);
        check(&[20], 3, Some(("0000000018", "0000000022")), 3);
        check(&[20], 30, Some(("", "")), 0);
        check(&[0, 20], 0, Some(("", "")), 0);
    }
}
