//! The session of a tab: the key in use, its account, and what the API reported last.

pub mod auto_lock;
pub mod keyring;
pub mod left_behind;
pub mod owner;
mod pauses;

use import8_api::{Account, Extension, RateLimit};
use leptos::prelude::*;

use std::collections::VecDeque;

use crate::api::{ApiKey, Client, ClientEvent, RequestLogEntry, early};
use crate::browser::memo::Memo;
use crate::session::keyring::{HeldKey, Keyring};
use crate::session::pauses::Pauses;

/// The number of entries in the request log; older ones are dropped.
const LOGGED: usize = 500;

/// Reads what is stored for an owner: see [`Session::follow_owner`].
type OwnerReader = Box<dyn FnMut(&str, bool)>;

/// Whether the API can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Not checked yet.
    Unknown,
    /// Reachable and operational.
    Operational,
    /// Reachable, but reports a fault.
    Degraded,
    /// No answer, or this computer is offline.
    Unreachable,
}

/// The session of this tab: a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Session {
    keys: RwSignal<Keyring>,
    /// The key in use. Everything received with it is dropped when it changes.
    key: Memo<Option<ApiKey>>,
    is_locked: RwSignal<bool>,
    log: RwSignal<VecDeque<RequestLogEntry>>,
    account: RwSignal<Option<Account>>,
    organization: Memo<String>,
    credits: RwSignal<Option<u64>>,
    /// The last rate limit, and when it was received, in milliseconds since 1970.
    rate_limit: RwSignal<Option<(RateLimit, u64)>>,
    pauses: StoredValue<Pauses>,
    upstream: RwSignal<Option<String>>,
    reach: RwSignal<Reach>,
    recoveries: RwSignal<u32>,
    moves: RwSignal<u32>,
}

impl Session {
    /// Creates a session with these keys, before any answer.
    #[must_use]
    pub fn new(keys: Keyring) -> Self {
        let keys = RwSignal::new(keys);
        let account = RwSignal::new(None::<Account>);
        let organization = Memo::new(move |_| {
            keys.with(|keys| keys.held_in_use().map(|held| held.owner.clone()).unwrap_or_default())
        });
        Self {
            keys,
            key: Memo::new(move |_| keys.with(|keys| keys.in_use().cloned())),
            organization,
            is_locked: RwSignal::new(false),
            log: RwSignal::new(VecDeque::new()),
            account,
            credits: RwSignal::new(None),
            rate_limit: RwSignal::new(None),
            pauses: StoredValue::default(),
            upstream: RwSignal::new(None),
            reach: RwSignal::new(Reach::Unknown),
            recoveries: RwSignal::new(0),
            moves: RwSignal::new(0),
        }
    }

    /// Adds a key that the API has accepted, with the owner of its data, and puts it in use.
    pub fn sign_in(self, key: ApiKey, account: Account, owner: &str) {
        self.change_keys(|keys| {
            keys.hold(key.clone(), owner);
            keys.use_key(key);
        });
        self.is_locked.set(false);
        self.keep_account(account);
    }

    /// Puts another key that this tab holds in use.
    pub fn use_key(self, key: ApiKey) {
        self.change_keys(|keys| keys.use_key(key));
    }

    /// Adds a new key of this organisation, with the owner of its data, without putting it in use.
    pub fn hold_key(self, key: ApiKey, label: String, owner: &str) {
        let organization = untrack(|| self.organization_name());
        self.change_keys(|keys| {
            keys.hold(key.clone(), owner);
            keys.change(&key, |held| (held.label, held.organization) = (label, organization));
        });
    }

    /// Sets the label of a key.
    pub fn label_key(self, key: &ApiKey, label: String) {
        self.change_keys(|keys| keys.change(key, |held| held.label = label));
    }

    /// Removes a key. If it was in use, the next one is put in use; after the last one this is
    /// [`sign_out`](Self::sign_out).
    pub fn forget_key(self, key: &ApiKey) {
        self.change_keys(|keys| keys.forget(key));
    }

    /// Removes the key in use.
    pub fn forget_key_in_use(self) {
        if let Some(key) = self.key.get_untracked() {
            self.forget_key(&key);
        }
    }

    /// Removes all keys and everything received with them.
    pub fn sign_out(self) {
        self.change_keys(|keys| *keys = Keyring::default());
    }

    /// Signs out after inactivity: see [`is_locked`](Self::is_locked).
    pub fn lock(self) {
        self.sign_out();
        self.is_locked.set(true);
    }

    /// Whether the keys were removed after inactivity.
    #[must_use]
    pub fn is_locked(self) -> bool {
        self.is_locked.get()
    }

    /// Changes the keys. If another one is in use afterwards, drops everything received with the former.
    fn change_keys(self, change: impl FnOnce(&mut Keyring)) {
        let before = self.key.get_untracked();
        self.keys.update(change);
        self.keys.with_untracked(Keyring::keep);
        self.forget_unless_held(before.as_ref());
    }

    /// Drops the pauses of keys that are no longer held. If `before` is no longer the key in use, drops everything
    /// received with it.
    fn forget_unless_held(self, before: Option<&ApiKey>) {
        let is_held =
            |key: &ApiKey| self.keys.with_untracked(|keys| keys.held().iter().any(|held| held.key == *key));
        self.pauses.update_value(|pauses| pauses.retain(is_held));
        if self.keys.with_untracked(|keys| keys.in_use() != before) {
            early::forget();
            self.account.set(None);
            self.credits.set(None);
            self.rate_limit.set(None);
            self.log.set(VecDeque::new());
        }
    }

    /// The keys that this tab holds.
    #[must_use]
    pub fn held_keys(self) -> Vec<HeldKey> {
        self.keys.with(|keys| keys.held().to_vec())
    }

    /// Runs the calling effect again when another key is in use.
    pub fn track_key(self) {
        self.key.track();
    }

    /// The key in use.
    #[must_use]
    pub fn key(self) -> Option<ApiKey> {
        self.key.get()
    }

    /// The requests sent with the key in use since the page was loaded, newest first.
    #[must_use]
    pub fn log(self) -> Vec<RequestLogEntry> {
        self.log.with(|log| log.iter().cloned().collect())
    }

    /// Clears the request log.
    pub fn clear_log(self) {
        self.log.set(VecDeque::new());
    }

    /// Whether a key is in use.
    #[must_use]
    pub fn is_signed_in(self) -> bool {
        self.key.with(Option::is_some)
    }

    /// The key in use with its secret part masked.
    #[must_use]
    pub fn masked_key(self) -> String {
        self.key.with(|key| key.as_ref().map(ApiKey::masked).unwrap_or_default())
    }

    /// The account of the key in use, once known.
    #[must_use]
    pub fn account(self) -> Option<Account> {
        self.account.get()
    }

    /// The owner under which this browser stores the data of the key in use; empty while none is in use. See
    /// [`owner`].
    #[must_use]
    pub fn organization(self) -> String {
        self.organization.get()
    }

    /// The name of the organisation. Two organisations may share a name.
    #[must_use]
    pub fn organization_name(self) -> String {
        self.keys.with(|keys| keys.held_in_use().map(|held| held.organization.clone()).unwrap_or_default())
    }

    /// Whether another organisation, or none, uses this tab than when `key` was in use and `owner` was its owner. An
    /// organisation may have several keys. A key has one organisation, whose owner may get another name.
    fn has_left(self, key: Option<&ApiKey>, owner: &str) -> bool {
        self.key.with_untracked(|own| own.as_ref() != key)
            && self.organization.with_untracked(|own| own != owner)
    }

    /// Returns a test of whether another organisation uses this tab than now.
    pub fn remember_organization(self) -> impl Fn() -> bool {
        let (key, owner) = untrack(|| (self.key(), self.organization()));
        move || self.has_left(key.as_ref(), &owner)
    }

    /// Calls `read` soon, and again whenever what is stored for the organisation has to be read: after a change of the
    /// key or of the owner, and after data was moved to the owner. `read` gets the owner before, and whether the tab has
    /// left it: then nothing of it may be shown any longer. Otherwise both are names of the same organisation.
    pub fn follow_owner(self, read: impl FnMut(&str, bool) + 'static) {
        self.follow_owner_with(Box::new(read));
    }

    fn follow_owner_with(self, mut read: OwnerReader) {
        Effect::new(move |before: Option<(Option<ApiKey>, String)>| {
            self.track_moves();
            let now = (self.key(), self.organization());
            let (key, owner) = before.unwrap_or_default();
            let has_left = !owner.is_empty() && self.has_left(key.as_ref(), &owner);
            untrack(|| read(&owner, has_left));
            now
        });
    }

    /// Runs the calling effect again when data was moved to the owner, so that it can be read.
    pub fn track_moves(self) {
        self.moves.track();
    }

    /// Notes that data was moved to the owner.
    pub fn note_moved(self) {
        self.moves.update(|times| *times += 1);
    }

    /// Sets the owner under which this browser stores the data of a key.
    pub fn set_owner(self, key: &ApiKey, owner: &str) {
        let is_news = self
            .keys
            .with_untracked(|keys| keys.held().iter().any(|held| held.key == *key && held.owner != owner));
        if is_news {
            self.change_keys(|keys| keys.change(key, |held| owner.clone_into(&mut held.owner)));
        }
    }

    /// Whether the service offers an extension of the documented API.
    #[must_use]
    pub fn has(self, extension: &Extension) -> bool {
        self.account
            .with(|account| account.as_ref().is_some_and(|account| account.extensions.contains(extension)))
    }

    /// Sets the account that `client` has received.
    pub fn set_account(self, client: &Client, account: Account) {
        // The answer may arrive after another key was put in use.
        if self.has_key(client.key()) {
            self.keep_account(account);
        }
    }

    fn keep_account(self, account: Account) {
        let organization = account.organization.name.clone();
        self.credits.set(Some(account.credits.remaining));
        self.account.set(Some(account));
        if let Some(key) = self.key.get_untracked() {
            self.change_keys(|keys| keys.change(&key, |held| held.organization = organization));
        }
    }

    /// The credits left, from the last answer.
    #[must_use]
    pub fn credits(self) -> Option<u64> {
        self.credits.get()
    }

    /// The rate limit, from the last answer.
    #[must_use]
    pub fn rate_limit(self) -> Option<RateLimit> {
        self.last_rate_limit().map(|(rate, _)| rate)
    }

    /// The last rate limit of the key in use, and when it was received, in milliseconds since 1970.
    #[must_use]
    pub fn last_rate_limit(self) -> Option<(RateLimit, u64)> {
        self.rate_limit.get()
    }

    /// End of the last pause that the service asked for with the key in use, in milliseconds since 1970. It may be
    /// over. `None` if there was no pause.
    #[must_use]
    pub fn pause_end(self) -> Option<u64> {
        let key = self.key.get_untracked()?;
        self.pauses.with_value(|pauses| pauses.end_of(&key))
    }

    /// Ends all pauses at time `now`, at the person's request.
    pub fn end_pauses(self, now: u64) {
        self.pauses.update_value(|pauses| pauses.end_all(now));
    }

    /// The address of the service that the server forwards to; `None` if it answers itself.
    #[must_use]
    pub fn upstream(self) -> Option<String> {
        self.upstream.get()
    }

    /// Whether the API can be reached.
    #[must_use]
    pub fn reach(self) -> Reach {
        self.reach.get()
    }

    /// Whether the API can be reached, without tracking the signal.
    #[must_use]
    pub fn reach_now(self) -> Reach {
        self.reach.get_untracked()
    }

    /// Runs the calling effect again whenever the API is reachable again, to repeat requests that failed meanwhile.
    pub fn track_recoveries(self) {
        self.recoveries.track();
    }

    /// Sets the result of a health check.
    pub fn set_reach(self, reach: Reach) {
        let was_away = self.reach.get_untracked() == Reach::Unreachable;
        if self.reach.get_untracked() != reach {
            self.reach.set(reach);
        }
        if was_away && reach != Reach::Unreachable {
            self.recoveries.update(|times| *times += 1);
        }
    }

    /// A client with the key in use. Its answers update the session.
    #[must_use]
    pub fn client(self, language: &'static str) -> Client {
        self.client_with(self.key.get_untracked(), language)
    }

    /// A client with a key that is yet to be checked, or without one.
    #[must_use]
    pub fn client_with(self, key: Option<ApiKey>, language: &'static str) -> Client {
        let (used, asking) = (key.clone(), key.clone());
        let pause_left = move |now| {
            let key = asking.as_ref()?;
            self.pauses.with_value(|pauses| pauses.seconds_left(key, now))
        };
        Client::new(key, language, pause_left, move |event| self.on_event(used.as_ref(), event))
    }

    /// Applies an event of a request that was sent with the key `used`. The rate limit, credits and log entries of
    /// another key than the one in use are ignored, because an answer may arrive after the person has signed out.
    pub(crate) fn on_event(self, used: Option<&ApiKey>, event: ClientEvent) {
        match event {
            ClientEvent::RateLimit { rate, at } if self.has_key(used) => self.note_rate_limit(rate, at),
            ClientEvent::Credits(credits) if self.has_key(used) => self.credits.set(Some(credits)),
            ClientEvent::RequestLogEntry(entry) if self.has_key(used) => self.log.update(|log| {
                let number = log.front().map_or(1, |last| last.number + 1);
                log.truncate(LOGGED - 1);
                log.push_front(RequestLogEntry { number, ..*entry });
            }),
            ClientEvent::RateLimit { .. } | ClientEvent::Credits(_) | ClientEvent::RequestLogEntry(_) => {}
            ClientEvent::Paused { until } => {
                if let Some(key) = used {
                    self.pauses.update_value(|pauses| pauses.begin(key, until));
                }
            }
            ClientEvent::Upstream(upstream) => self.upstream.set(Some(upstream)),
            ClientEvent::Answer if self.reach.get_untracked() == Reach::Unreachable => {
                self.set_reach(Reach::Operational);
            }
            ClientEvent::Answer => {}
            ClientEvent::Silence => self.set_reach(Reach::Unreachable),
        }
    }

    /// Sets the rate limit of a response that arrived at time `at`. Responses to the page's early requests may be read
    /// in another order than they arrived: an older one does not give back requests of the same window.
    fn note_rate_limit(self, rate: RateLimit, at: u64) {
        let is_newer = |(last, last_at): (RateLimit, u64)| {
            last.reset == rate.reset && last_at >= at && last.remaining < rate.remaining
        };
        if !self.rate_limit.get_untracked().is_some_and(is_newer) {
            self.rate_limit.set(Some((rate, at)));
        }
    }

    /// Whether `key` is the key in use.
    #[must_use]
    pub fn has_key(self, key: Option<&ApiKey>) -> bool {
        key.is_some() && self.key.with_untracked(|own| own.as_ref() == key)
    }
}

/// The session, from the context.
#[must_use]
pub fn use_session() -> Session {
    expect_context()
}

#[cfg(test)]
mod tests;
