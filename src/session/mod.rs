//! Who is signed in, and what the API said last.

pub mod auto_lock;
pub mod keyring;
pub mod owner;
mod pauses;

use import8_api::{Account, Extension, RateLimit};
use leptos::prelude::*;

use std::collections::VecDeque;

use crate::api::{ApiKey, Client, ClientEvent, RequestLogEntry};
use crate::session::keyring::{HeldKey, Keyring};
use crate::session::pauses::Pauses;

/// So many requests are in the log; the oldest are forgotten.
const LOGGED: usize = 500;

/// Whether the API can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Not asked yet.
    Unknown,
    /// It answers and says that it works.
    Operational,
    /// It answers and says that something is wrong.
    Degraded,
    /// It does not answer, or this computer is offline.
    Unreachable,
}

/// The session of this tab: a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Session {
    keys: RwSignal<Keyring>,
    /// The key in use, which everything learned with it hangs on.
    key: Memo<Option<ApiKey>>,
    is_locked: RwSignal<bool>,
    log: RwSignal<VecDeque<RequestLogEntry>>,
    account: RwSignal<Option<Account>>,
    organization: Memo<String>,
    credits: RwSignal<Option<u64>>,
    /// With the time at which it was received, in milliseconds since 1970.
    rate_limit: RwSignal<Option<(RateLimit, u64)>>,
    pauses: StoredValue<Pauses>,
    upstream: RwSignal<Option<String>>,
    reach: RwSignal<Reach>,
    recoveries: RwSignal<u32>,
}

impl Session {
    /// The session this tab had before a reload, if it had one.
    #[must_use]
    pub fn restore() -> Self {
        Self::new(Keyring::restore())
    }

    /// Creates a session with these keys, before any response.
    #[must_use]
    pub fn new(keys: Keyring) -> Self {
        let keys = RwSignal::new(keys);
        let account = RwSignal::new(None::<Account>);
        // Whose a key is does not change, so it is known before the API has said it again.
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
        }
    }

    /// Uses a key that the API has accepted, beside those that this tab holds already.
    pub fn sign_in(self, key: ApiKey, account: Account) {
        self.change_keys(|keys| keys.use_key(key));
        self.is_locked.set(false);
        self.keep_account(account);
    }

    /// Uses another of the keys that this tab holds.
    pub fn use_key(self, key: ApiKey) {
        self.change_keys(|keys| keys.use_key(key));
    }

    /// Holds a new key of this organisation beside the one in use.
    pub fn hold_key(self, key: ApiKey, label: String) {
        let organization = untrack(|| self.organization_name());
        self.change_keys(|keys| {
            keys.hold(key.clone());
            keys.change(&key, |held| (held.label, held.organization) = (label, organization));
        });
    }

    /// Gives a key a name.
    pub fn label_key(self, key: &ApiKey, label: String) {
        self.change_keys(|keys| keys.change(key, |held| held.label = label));
    }

    /// Forgets a key. If it was in use, the next one is used; after the last one this is [`sign_out`](Self::sign_out).
    pub fn forget_key(self, key: &ApiKey) {
        self.change_keys(|keys| keys.forget(key));
    }

    /// Forgets the key in use.
    pub fn forget_key_in_use(self) {
        if let Some(key) = self.key.get_untracked() {
            self.forget_key(&key);
        }
    }

    /// Forgets all keys and everything learned with them.
    pub fn sign_out(self) {
        self.change_keys(|keys| *keys = Keyring::default());
    }

    /// Signs out because nobody was there: see [`is_locked`](Self::is_locked).
    pub fn lock(self) {
        self.sign_out();
        self.is_locked.set(true);
    }

    /// Whether the keys were forgotten because nobody was there.
    #[must_use]
    pub fn is_locked(self) -> bool {
        self.is_locked.get()
    }

    /// Changes the keys, and forgets what the one in use has learned when it is another one now.
    fn change_keys(self, change: impl FnOnce(&mut Keyring)) {
        let before = self.key.get_untracked();
        self.keys.update(change);
        self.keys.with_untracked(Keyring::keep);
        self.forget_unless_held(before.as_ref());
    }

    /// Forgets the pauses of keys that are no longer held. If `before` is no longer the key in use, forgets all that
    /// was received with it.
    fn forget_unless_held(self, before: Option<&ApiKey>) {
        let is_held =
            |key: &ApiKey| self.keys.with_untracked(|keys| keys.held().iter().any(|held| held.key == *key));
        self.pauses.update_value(|pauses| pauses.retain(is_held));
        if self.keys.with_untracked(|keys| keys.in_use() != before) {
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

    /// Makes the effect that calls this run again when another key is in use.
    pub fn track_key(self) {
        // Read, not only tracked: the first read of a memo runs again what has tracked it before.
        self.key.with(|_| ());
    }

    /// The key in use.
    #[must_use]
    pub fn key(self) -> Option<ApiKey> {
        self.key.get()
    }

    /// The requests sent with the key in use since the page was loaded, the newest first.
    #[must_use]
    pub fn log(self) -> Vec<RequestLogEntry> {
        self.log.with(|log| log.iter().cloned().collect())
    }

    /// Forgets the requests that were sent.
    pub fn clear_log(self) {
        self.log.set(VecDeque::new());
    }

    /// Whether there is a key.
    #[must_use]
    pub fn is_signed_in(self) -> bool {
        self.key.with(Option::is_some)
    }

    /// The key as it may be shown.
    #[must_use]
    pub fn masked_key(self) -> String {
        self.key.with(|key| key.as_ref().map(ApiKey::masked).unwrap_or_default())
    }

    /// The key's owner, once known.
    #[must_use]
    pub fn account(self) -> Option<Account> {
        self.account.get()
    }

    /// Whose work this is: the name under which the browser keeps it. Empty until the owner is known.
    #[must_use]
    pub fn organization(self) -> String {
        self.organization.get()
    }

    /// What the organisation is called, which another may be too.
    #[must_use]
    pub fn organization_name(self) -> String {
        self.keys.with(|keys| keys.held_in_use().map(|held| held.organization.clone()).unwrap_or_default())
    }

    /// Keeps under which name the browser has what is of the owner of a key.
    pub fn set_owner(self, key: &ApiKey, owner: &str) {
        let is_news = self
            .keys
            .with_untracked(|keys| keys.held().iter().any(|held| held.key == *key && held.owner != owner));
        if is_news {
            self.change_keys(|keys| keys.change(key, |held| owner.clone_into(&mut held.owner)));
        }
    }

    /// Whether the service offers more than is documented.
    #[must_use]
    pub fn has(self, extension: &Extension) -> bool {
        self.account
            .with(|account| account.as_ref().is_some_and(|account| account.extensions.contains(extension)))
    }

    /// Keeps the key's owner, which `client` was told.
    pub fn set_account(self, client: &Client, account: Account) {
        // A client of another key may have its answer late.
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

    /// The credits left, as the last answer had them.
    #[must_use]
    pub fn credits(self) -> Option<u64> {
        self.credits.get()
    }

    /// The rate limit, as the last answer had it.
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

    /// The service that the server forwards the key to, if it does.
    #[must_use]
    pub fn upstream(self) -> Option<String> {
        self.upstream.get()
    }

    /// Whether the API can be reached.
    #[must_use]
    pub fn reach(self) -> Reach {
        self.reach.get()
    }

    /// The same, without following it.
    #[must_use]
    pub fn reach_now(self) -> Reach {
        self.reach.get_untracked()
    }

    /// Makes the effect that calls this run again whenever the API has come back: what failed for
    /// want of it is tried again.
    pub fn track_recoveries(self) {
        self.recoveries.track();
    }

    /// Keeps what a health check found.
    pub fn set_reach(self, reach: Reach) {
        let was_away = self.reach.get_untracked() == Reach::Unreachable;
        if self.reach.get_untracked() != reach {
            self.reach.set(reach);
        }
        if was_away && reach != Reach::Unreachable {
            self.recoveries.update(|times| *times += 1);
        }
    }

    /// A client with this session's key, whose answers keep the session up to date.
    #[must_use]
    pub fn client(self, language: &'static str) -> Client {
        self.client_with(self.key.get_untracked(), language)
    }

    /// A client with a key that is yet to be tried, or without one.
    #[must_use]
    pub fn client_with(self, key: Option<ApiKey>, language: &'static str) -> Client {
        let (used, asking) = (key.clone(), key.clone());
        let pause_left = move |now| {
            let key = asking.as_ref()?;
            self.pauses.with_value(|pauses| pauses.seconds_left(key, now))
        };
        Client::new(key, language, pause_left, move |event| self.on_event(used.as_ref(), event))
    }

    /// Takes an event of a request with the key `used`. The rate limit, credits and log entries of another key than
    /// the one in use are ignored, because a response may arrive after the person has signed out.
    pub(crate) fn on_event(self, used: Option<&ApiKey>, event: ClientEvent) {
        match event {
            ClientEvent::RateLimit { rate, at } if self.has_key(used) => {
                self.rate_limit.set(Some((rate, at)))
            }
            ClientEvent::Credits(credits) if self.has_key(used) => self.credits.set(Some(credits)),
            ClientEvent::RequestLogEntry(entry) if self.has_key(used) => self.log.update(|log| {
                let number = log.front().map_or(1, |last| last.number + 1);
                log.truncate(LOGGED - 1);
                log.push_front(RequestLogEntry { number, ..entry });
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

    /// Whether `key` is this session's.
    #[must_use]
    pub fn has_key(self, key: Option<&ApiKey>) -> bool {
        key.is_some() && self.key.with_untracked(|own| own.as_ref() == key)
    }
}

/// The session.
#[must_use]
pub fn use_session() -> Session {
    expect_context()
}

#[cfg(test)]
mod tests;
