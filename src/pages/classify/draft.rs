//! The draft of a product: kept across screens and languages, and stored in the browser so that a closed
//! tab or a crash loses nothing.

use std::time::Duration;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::form::ProductForm;
use super::pictures::Picture;
use crate::api::random_key;
use crate::browser::database::{self, NotKept, Store};
use crate::browser::task::{effect, spawn_local};
use crate::i18n::format;
use crate::outbox::submissions::Unsent;
use crate::session::Session;

/// Debounce delay before a change is stored.
const PAUSE: Duration = Duration::from_millis(400);

/// The product being described in this tab: `Copy`, provided as context.
#[derive(Debug, Clone, Copy)]
pub struct Draft {
    /// The form fields.
    pub form: RwSignal<ProductForm>,
    /// The pictures.
    pub pictures: RwSignal<Vec<Picture>>,
    /// Whether a request is in flight. It survives leaving the page, so that no second request is sent on
    /// return.
    pub is_sending: RwSignal<bool>,
    /// The reason why the last request has no result.
    pub failure: RwSignal<Option<Unsent>>,
    offered: RwSignal<Vec<Kept>>,
    /// The storage key of this tab's draft.
    tab: StoredValue<String>,
    session: Session,
}

/// A draft as stored in the browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    tab: String,
    organization: String,
    /// Time of the last change, in milliseconds since 1970.
    pub saved_at: u64,
    /// The form fields.
    pub form: ProductForm,
}

/// The pictures of a stored draft. A separate record, because they are large and change seldom.
#[derive(Serialize, Deserialize)]
struct KeptPictures {
    tab: String,
    pictures: Vec<Picture>,
}

impl Draft {
    /// An empty draft.
    #[must_use]
    pub fn new(session: Session) -> Self {
        Self {
            form: RwSignal::default(),
            pictures: RwSignal::default(),
            is_sending: RwSignal::new(false),
            failure: RwSignal::new(None),
            offered: RwSignal::default(),
            tab: StoredValue::new(random_key().unwrap_or_default()),
            session,
        }
    }

    /// Stores the draft as it changes, clears it after a sign-out, and finds the drafts left by other tabs and
    /// earlier visits.
    pub fn follow(self) {
        let (draft, session) = (self, self.session);
        session.follow_owner(move |before, has_left| {
            if has_left {
                draft.clear(before.to_owned());
            }
            spawn_local(draft.find_others());
        });
        Effect::new(move |before: Option<(ProductForm, u64)>| {
            let (organization, form) = (session.organization(), draft.form.get());
            // The time of the change, not of storing: a request sent in between must count as later.
            let changed_at =
                before.filter(|(old, _)| *old == form).map_or_else(format::now, |(_, changed_at)| changed_at);
            let keep = form.clone();
            after_a_pause(organization, move |organization| draft.write_form(organization, keep, changed_at));
            (form, changed_at)
        });
        effect(move || {
            let (organization, pictures) = (session.organization(), draft.pictures.get());
            after_a_pause(organization, move |_| draft.write_pictures(pictures));
        });
    }

    /// Drafts left by other tabs and earlier visits, newest first.
    #[must_use]
    pub fn offered(self) -> Vec<Kept> {
        self.offered.get()
    }

    /// Continues a stored draft in this tab.
    pub fn take_up(self, kept: Kept) {
        self.offered.update(|offered| offered.retain(|other| *other != kept));
        // Before the pictures are read, so that nothing typed meanwhile is overwritten.
        self.form.set(kept.form);
        spawn_local(async move {
            let all = database::all::<KeptPictures>(Store::DraftPictures).await;
            let pictures = all.map(|all| {
                let own = all.into_iter().find(|one| one.tab == kept.tab);
                own.map(|one| one.pictures).unwrap_or_default()
            });
            // Another organisation's form must not get them; the draft is offered again.
            if untrack(|| self.session.organization()) != kept.organization {
                return;
            }
            self.pictures.set(pictures.clone().unwrap_or_default());
            // Store under this tab's key before deleting the old record, so that a crash loses nothing.
            let form = self.write_form(kept.organization, self.form.get_untracked(), format::now()).await;
            let pictures = match pictures {
                Ok(pictures) => self.write_pictures(pictures).await,
                Err(NotKept) => Err(NotKept),
            };
            // What is not kept here as a whole stays under its old name, and is offered again.
            if form.is_ok() && pictures.is_ok() {
                forget(&kept.tab).await;
            }
        });
    }

    /// Replaces the form. A product already in the form is stored and offered again.
    pub fn start_with(self, form: ProductForm) {
        let old = self.form.get_untracked();
        if old.has_product() && old != form {
            let kept = Kept {
                tab: self.tab.get_value(),
                organization: untrack(|| self.session.organization()),
                saved_at: format::now(),
                form: old,
            };
            self.tab.set_value(random_key().unwrap_or_default());
            self.offered.update(|offered| offered.insert(0, kept.clone()));
            spawn_local(async move {
                #[expect(
                    clippy::let_underscore_must_use,
                    reason = "without storage, the draft is offered until the tab is closed"
                )]
                let _ = database::put(Store::Drafts, &kept.tab, &kept).await;
            });
        }
        self.form.set(form);
        self.pictures.set(Vec::new());
    }

    /// Deletes a stored draft.
    pub fn discard(self, kept: Kept) {
        self.offered.update(|offered| offered.retain(|other| *other != kept));
        spawn_local(async move { forget(&kept.tab).await });
    }

    /// Clears the fields of one product, for the next one.
    pub fn clear_product(self) {
        self.form.update(ProductForm::clear_product);
        self.pictures.update(Vec::clear);
    }

    /// Clears the page after a sign-out or a change of organisation. The form is stored for its owner.
    fn clear(self, organization: String) {
        let form = self.form.get_untracked();
        if form.has_product() {
            let tab = self.tab.get_value();
            let kept = Kept { tab, organization, saved_at: format::now(), form };
            spawn_local(async move {
                #[expect(
                    clippy::let_underscore_must_use,
                    reason = "the form did not promise that the draft is stored"
                )]
                let _ = database::put(Store::Drafts, &kept.tab, &kept).await;
            });
        }
        // A new key: the next organisation's draft must not overwrite this one.
        self.tab.set_value(random_key().unwrap_or_default());
        self.form.set(ProductForm::default());
        self.pictures.set(Vec::new());
        self.is_sending.set(false);
        self.failure.set(None);
        self.offered.set(Vec::new());
    }

    async fn find_others(self) {
        let organization = untrack(|| self.session.organization());
        if organization.is_empty() {
            return;
        }
        // Without storage there are no drafts to offer.
        let mut kept: Vec<Kept> = database::all(Store::Drafts).await.unwrap_or_default();
        let own = self.tab.get_value();
        kept.retain(|kept| kept.organization == organization && kept.tab != own);
        kept.sort_by_key(|kept| std::cmp::Reverse(kept.saved_at));
        if untrack(|| self.session.organization()) == organization {
            self.offered.set(kept);
        }
    }

    async fn write_form(self, organization: String, form: ProductForm, saved_at: u64) -> Result<(), NotKept> {
        let tab = self.tab.get_value();
        if form.has_product() {
            let kept = Kept { tab: tab.clone(), organization, saved_at, form };
            database::put(Store::Drafts, &tab, &kept).await
        } else {
            database::remove(Store::Drafts, &tab).await
        }
    }

    async fn write_pictures(self, pictures: Vec<Picture>) -> Result<(), NotKept> {
        let tab = self.tab.get_value();
        if pictures.is_empty() {
            database::remove(Store::DraftPictures, &tab).await
        } else {
            database::put(Store::DraftPictures, &tab, &KeptPictures { tab: tab.clone(), pictures }).await
        }
    }
}

async fn forget(tab: &str) {
    for store in [Store::Drafts, Store::DraftPictures] {
        #[expect(
            clippy::let_underscore_must_use,
            reason = "a remaining draft is offered again, which does no harm"
        )]
        let _ = database::remove(store, tab).await;
    }
}

/// Runs `keep` after the debounce delay, unless the calling effect runs again first. Does nothing while no key is in
/// use.
fn after_a_pause<F: Future<Output = Result<(), NotKept>> + 'static>(
    organization: String,
    keep: impl FnOnce(String) -> F + 'static,
) {
    if organization.is_empty() {
        return;
    }
    let keep = StoredValue::new_local(Some(keep));
    let run = move || {
        if let Some(keep) = keep.try_update_value(Option::take).flatten() {
            let kept = keep(organization.clone());
            spawn_local(async move {
                #[expect(
                    clippy::let_underscore_must_use,
                    reason = "without storage, the draft is still on the screen"
                )]
                let _ = kept.await;
            });
        }
    };
    if let Ok(timer) = set_timeout_with_handle(run, PAUSE) {
        on_cleanup(move || timer.clear());
    }
}
