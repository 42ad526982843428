//! Who is signed in, and what the API said last.

use import8_api::{Account, Extension, RateLimit};
use leptos::prelude::*;

use crate::api::{ApiKey, Client, Heard};
use crate::storage;

/// The one name in session storage.
const KEY: &str = "import8.key";

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
    key: RwSignal<Option<ApiKey>>,
    account: RwSignal<Option<Account>>,
    credits: RwSignal<Option<u64>>,
    rate_limit: RwSignal<Option<RateLimit>>,
    upstream: RwSignal<Option<String>>,
    reach: RwSignal<Reach>,
    recoveries: RwSignal<u32>,
}

impl Session {
    /// The session this tab had before a reload, if it had one.
    #[must_use]
    pub fn restore() -> Self {
        let key = storage::get(storage::session(), KEY).and_then(|text| ApiKey::new(&text));
        Self {
            key: RwSignal::new(key),
            account: RwSignal::new(None),
            credits: RwSignal::new(None),
            rate_limit: RwSignal::new(None),
            upstream: RwSignal::new(None),
            reach: RwSignal::new(Reach::Unknown),
            recoveries: RwSignal::new(0),
        }
    }

    /// Takes a key that the API has accepted.
    pub fn sign_in(self, key: ApiKey, account: Account) {
        storage::set(storage::session(), KEY, Some(key.secret()));
        self.set_account(account);
        self.key.set(Some(key));
    }

    /// Forgets the key and everything learned with it.
    pub fn sign_out(self) {
        storage::set(storage::session(), KEY, None);
        self.key.set(None);
        self.account.set(None);
        self.credits.set(None);
        self.rate_limit.set(None);
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
        self.account.with(|account| account.as_ref().map(|a| a.organization.name.clone()).unwrap_or_default())
    }

    /// Whether the service offers more than is documented.
    #[must_use]
    pub fn has(self, extension: &Extension) -> bool {
        self.account
            .with(|account| account.as_ref().is_some_and(|account| account.extensions.contains(extension)))
    }

    /// Keeps the key's owner.
    pub fn set_account(self, account: Account) {
        self.credits.set(Some(account.credits.remaining));
        self.account.set(Some(account));
    }

    /// The credits left, as the last answer had them.
    #[must_use]
    pub fn credits(self) -> Option<u64> {
        self.credits.get()
    }

    /// The rate limit, as the last answer had it.
    #[must_use]
    pub fn rate_limit(self) -> Option<RateLimit> {
        self.rate_limit.get()
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
        let used = key.clone();
        Client::new(key, language, move |heard| match heard {
            // What is said to another key, or to none, is not about this session: an answer may
            // come after the person has signed out.
            Heard::RateLimit(rate) if self.has_key(used.as_ref()) => self.rate_limit.set(Some(rate)),
            Heard::Credits(credits) if self.has_key(used.as_ref()) => self.credits.set(Some(credits)),
            Heard::RateLimit(_) | Heard::Credits(_) => {}
            Heard::Upstream(upstream) => self.upstream.set(Some(upstream)),
            Heard::Answer if self.reach.get_untracked() == Reach::Unreachable => {
                self.set_reach(Reach::Operational);
            }
            Heard::Answer => {}
            Heard::Silence => self.set_reach(Reach::Unreachable),
        })
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
