//! The texts: a file for each part of the dashboard, with every language of it side by side.

pub mod classify;
pub mod common;
pub mod confidence;
pub mod errors;
pub mod history;
pub mod not_found;
pub mod overview;
pub mod result;
pub mod shell;
pub mod sign_in;
pub mod status;

/// Every text of the dashboard.
#[derive(Debug)]
pub struct Texts {
    /// Words that every screen uses.
    pub common: common::Common,
    /// The frame around the screens.
    pub shell: shell::Shell,
    /// Signing in.
    pub sign_in: sign_in::SignIn,
    /// The overview.
    pub overview: overview::Overview,
    /// The form for a product.
    pub classify: classify::Classify,
    /// A result.
    pub result: result::Result,
    /// How sure a code is.
    pub confidence: confidence::Confidence,
    /// The history.
    pub history: history::History,
    /// How far a classification is.
    pub status: status::Status,
    /// An address without a screen.
    pub not_found: not_found::NotFound,
    /// What went wrong, what was done, and what to do next.
    pub errors: errors::Errors,
}

/// In English.
pub const EN: Texts = Texts {
    common: common::EN,
    shell: shell::EN,
    sign_in: sign_in::EN,
    overview: overview::EN,
    classify: classify::EN,
    result: result::EN,
    confidence: confidence::EN,
    history: history::EN,
    status: status::EN,
    not_found: not_found::EN,
    errors: errors::EN,
};

/// In Dutch.
pub const NL: Texts = Texts {
    common: common::NL,
    shell: shell::NL,
    sign_in: sign_in::NL,
    overview: overview::NL,
    classify: classify::NL,
    result: result::NL,
    confidence: confidence::NL,
    history: history::NL,
    status: status::NL,
    not_found: not_found::NL,
    errors: errors::NL,
};
