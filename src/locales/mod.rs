//! The texts: a file for each part of the dashboard, with every language of it side by side.

pub mod classify;
pub mod common;
pub mod confidence;
pub mod country;
pub mod declaration;
pub mod errors;
pub mod evidence;
pub mod export;
pub mod hint;
pub mod history;
pub mod lost;
pub mod not_found;
pub mod overview;
pub mod pictures;
pub mod result;
pub mod review;
pub mod sheet;
pub mod shell;
pub mod sign_in;
pub mod status;
pub mod waiting;

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
    /// Pictures of a product.
    pub pictures: pictures::Pictures,
    /// What a description lacks.
    pub hint: hint::Hint,
    /// Countries, chosen by typing.
    pub country: country::Country,
    /// A product whose answer was lost.
    pub lost: lost::Lost,
    /// A result.
    pub result: result::Result,
    /// Verdicts on codes.
    pub review: review::Review,
    /// What has no verdict yet.
    pub queue: review::Queue,
    /// How well the confidence has done.
    pub calibration: review::Calibration,
    /// Waiting for a result.
    pub waiting: waiting::Waiting,
    /// From a code to one that can be declared.
    pub declaration: declaration::Declaration,
    /// How sure a code is.
    pub confidence: confidence::Confidence,
    /// The history.
    pub history: history::History,
    /// The export of rows into a file.
    pub export: export::Export,
    /// Evidence sheets, and what goes with them.
    pub evidence: evidence::Evidence,
    /// What an evidence sheet itself says.
    pub sheet: sheet::Sheet,
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
    pictures: pictures::EN,
    hint: hint::EN,
    country: country::EN,
    lost: lost::EN,
    result: result::EN,
    review: review::EN,
    queue: review::QUEUE_EN,
    calibration: review::CALIBRATION_EN,
    waiting: waiting::EN,
    declaration: declaration::EN,
    confidence: confidence::EN,
    history: history::EN,
    export: export::EN,
    evidence: evidence::EN,
    sheet: sheet::EN,
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
    pictures: pictures::NL,
    hint: hint::NL,
    country: country::NL,
    lost: lost::NL,
    result: result::NL,
    review: review::NL,
    queue: review::QUEUE_NL,
    calibration: review::CALIBRATION_NL,
    waiting: waiting::NL,
    declaration: declaration::NL,
    confidence: confidence::NL,
    history: history::NL,
    export: export::NL,
    evidence: evidence::NL,
    sheet: sheet::NL,
    status: status::NL,
    not_found: not_found::NL,
    errors: errors::NL,
};
