//! Work beside the screens: reading what this browser has stored, sending verdicts, waiting for results.
//!
//! The first screen does not need it. Its code is downloaded once the account is known, or with the first
//! screen that is not the overview, whichever comes first.

use std::mem;

use leptos::prelude::*;

use crate::components::left_behind::LeftBehindBanner;
use crate::components::review::undo::UndoBar;
use crate::components::shell::Notices;
use crate::components::watch::Watch;
use crate::outbox::reviews::Reviews;
use crate::outbox::submissions::Submissions;
use crate::pages::classify::draft::Draft;
use crate::queries::rate_limit::RateLimitGate;
use crate::session::Session;
use crate::session::owner::LeftBehind;

/// The handles of the work beside the screens: cheap to copy.
#[derive(Clone, Copy)]
pub struct Background {
    left_behind: LeftBehind,
    submissions: Submissions,
    draft: Draft,
    reviews: Reviews,
    notices: RwSignal<Option<Notices>>,
    has_begun: StoredValue<bool>,
    /// The owner of its effects, which last as long as the tab.
    owner: StoredValue<Owner>,
}

impl Background {
    /// Makes the handles and provides them as contexts. Call it once, in the root component.
    #[must_use]
    pub fn provide(session: Session, gate: RateLimitGate) -> Self {
        let background = Self {
            left_behind: LeftBehind::new(session),
            submissions: Submissions::new(session),
            draft: Draft::new(session),
            reviews: Reviews::new(session, gate),
            notices: RwSignal::new(None),
            has_begun: StoredValue::new(false),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        };
        provide_context(background.left_behind);
        provide_context(background.submissions);
        provide_context(background.draft);
        provide_context(background.reviews);
        provide_context(background);
        background
    }

    /// The notices around the screens; `None` until the work has begun.
    #[must_use]
    pub fn notices(self) -> RwSignal<Option<Notices>> {
        self.notices
    }

    /// Begins the work, unless it has begun.
    pub fn begin(self) {
        if self.has_begun.try_update_value(|has_begun| mem::replace(has_begun, true)) != Some(false) {
            return;
        }
        self.owner.get_value().with(|| {
            self.left_behind.follow();
            self.submissions.follow();
            self.draft.follow();
            self.reviews.follow();
        });
        self.notices.set(Some(Notices { above, below }));
    }
}

fn above() -> AnyView {
    view! {
        <LeftBehindBanner />
        <Watch />
    }
    .into_any()
}

fn below() -> AnyView {
    UndoBar().into_any()
}
