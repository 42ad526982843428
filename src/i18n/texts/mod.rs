//! The texts of the dashboard: one file per part, English beside Dutch.
//!
//! Every text is a field of a part of [`Texts`], so a text that is missing in a language does not compile. A change
//! of language redraws the screens, so a text is a plain value and not a signal.

#[macro_use]
mod declare;

pub mod batches;
pub mod catalogue;
pub mod classify;
pub mod code_check;
pub mod code_page;
pub mod columns;
pub mod common;
pub mod compare;
pub mod confidence;
pub mod country;
pub mod declaration;
pub mod duties;
pub mod errors;
pub mod evidence;
pub mod export;
pub mod fill;
pub mod hint;
pub mod history;
pub mod keys;
pub mod landed;
pub mod lost;
pub mod measure;
pub mod not_found;
pub mod overview;
pub mod palette;
pub mod pictures;
pub mod question;
pub mod requests;
pub mod result;
pub mod review;
pub mod row_faults;
pub mod rows;
pub mod running;
pub mod settings;
pub mod sheet;
pub mod shell;
pub mod sign_in;
pub mod status;
pub mod tariff_changes;
pub mod tree;
pub mod undo;
pub mod usage;
pub mod waiting;
pub mod webhook;

use crate::i18n::language::{Language, use_language};
use crate::routes;

/// Every text of the dashboard in one language. Each part is reached by a method, so that the texts of a single
/// screen are downloaded with it (see `screens.rs`) and not on a first visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Texts(Language);

/// Declares the parts, each with its English and its Dutch texts.
macro_rules! parts {
    ($($(#[$about:meta])* $part:ident: $texts:path = $en:path, $nl:path;)+) => {
        impl Texts {
            /// The addresses and names of the screens for classification work.
            #[must_use]
            pub fn work_screens(self) -> [(&'static str, &'static str); 9] {
                let names = self.shell();
                [
                    (routes::OVERVIEW, names.nav_overview),
                    (routes::CLASSIFY, names.nav_classify),
                    (routes::BATCHES, names.nav_batches),
                    (routes::HISTORY, names.nav_history),
                    (routes::REVIEW, names.nav_review),
                    (routes::DUTY_RATES, names.nav_duty_rates),
                    (routes::TARIFF, names.nav_tariff),
                    (routes::TARIFF_CHANGES, names.nav_tariff_changes),
                    (routes::LANDED_COST, names.nav_landed_cost),
                ]
            }

            /// The addresses and names of the screens for the account.
            #[must_use]
            pub fn account_screens(self) -> [(&'static str, &'static str); 5] {
                let names = self.shell();
                [
                    (routes::USAGE, names.nav_usage),
                    (routes::KEYS, names.nav_keys),
                    (routes::WEBHOOK, names.nav_webhook),
                    (routes::REQUESTS, names.nav_requests),
                    (routes::SETTINGS, names.nav_settings),
                ]
            }

            $(
                $(#[$about])*
                #[must_use]
                pub fn $part(self) -> &'static $texts {
                    match self.0 {
                        Language::En => &$en,
                        Language::Nl => &$nl,
                    }
                }
            )+
        }
    };
}

parts! {
    /// Texts that every screen uses.
    common: common::Common = common::EN, common::NL;
    /// The frame around the screens.
    shell: shell::Shell = shell::EN, shell::NL;
    /// Signing in.
    sign_in: sign_in::SignIn = sign_in::EN, sign_in::NL;
    /// The overview.
    overview: overview::Overview = overview::EN, overview::NL;
    /// The form for a product.
    classify: classify::Classify = classify::EN, classify::NL;
    /// Pictures of a product.
    pictures: pictures::Pictures = pictures::EN, pictures::NL;
    /// Hints on what a description lacks.
    hint: hint::Hint = hint::EN, hint::NL;
    /// The field that searches countries.
    country: country::Country = country::EN, country::NL;
    /// A submission whose answer was lost.
    lost: lost::Lost = lost::EN, lost::NL;
    /// A result.
    result: result::Result = result::EN, result::NL;
    /// Reviews that can be undone, wait to be sent, or were refused.
    undo: undo::Undo = undo::EN, undo::NL;
    /// Confirming and correcting codes.
    review: review::Review = review::EN, review::NL;
    /// The review queue.
    queue: review::Queue = review::QUEUE_EN, review::QUEUE_NL;
    /// The accuracy by confidence.
    calibration: review::Calibration = review::CALIBRATION_EN, review::CALIBRATION_NL;
    /// Waiting for a result.
    waiting: waiting::Waiting = waiting::EN, waiting::NL;
    /// Duty rates, and a duty in words.
    duties: duties::Duties = duties::EN, duties::NL;
    /// The page of a code.
    code_page: code_page::CodePage = code_page::EN, code_page::NL;
    /// The changes of the codes in use.
    tariff_changes: tariff_changes::TariffChanges = tariff_changes::EN, tariff_changes::NL;
    /// The tariff to browse and search.
    tree: tree::Tree = tree::EN, tree::NL;
    /// Quantities on which specific duties are levied.
    measure: measure::Measure = measure::EN, measure::NL;
    /// The landed-cost calculator.
    landed: landed::Landed = landed::EN, landed::NL;
    /// The comparison of landed costs.
    compare: compare::Compare = compare::EN, compare::NL;
    /// The choice of a declarable ten-digit code.
    declaration: declaration::Declaration = declaration::EN, declaration::NL;
    /// Confidence bands.
    confidence: confidence::Confidence = confidence::EN, confidence::NL;
    /// The list of batches, and a new one.
    batches: batches::Batches = batches::EN, batches::NL;
    /// A batch that was started.
    running: running::Running = running::EN, running::NL;
    /// A batch before it is sent.
    catalogue: catalogue::Catalogue = catalogue::EN, catalogue::NL;
    /// The columns of a file of products.
    columns: columns::Columns = columns::EN, columns::NL;
    /// The faults of the rows of a batch, and the rows that are left out.
    row_faults: row_faults::RowFaults = row_faults::EN, row_faults::NL;
    /// The check of codes in a file of products.
    code_check: code_check::CodeCheck = code_check::EN, code_check::NL;
    /// The questions about a file of products.
    question: question::Question = question::EN, question::NL;
    /// The person's own file, filled with results.
    fill: fill::Fill = fill::EN, fill::NL;
    /// Rows of classifications, wherever they are listed.
    rows: rows::Rows = rows::EN, rows::NL;
    /// The history.
    history: history::History = history::EN, history::NL;
    /// The export of rows into a file.
    export: export::Export = export::EN, export::NL;
    /// The page around evidence sheets.
    evidence: evidence::Evidence = evidence::EN, evidence::NL;
    /// The evidence sheet itself.
    sheet: sheet::Sheet = sheet::EN, sheet::NL;
    /// The status of a classification.
    status: status::Status = status::EN, status::NL;
    /// An address without a screen.
    not_found: not_found::NotFound = not_found::EN, not_found::NL;
    /// API keys: those this tab holds, and those of the organisation.
    keys: keys::Keys = keys::EN, keys::NL;
    /// Credits and plan usage.
    usage: usage::Usage = usage::EN, usage::NL;
    /// The webhook.
    webhook: webhook::Webhook = webhook::EN, webhook::NL;
    /// The check of a delivery's signature.
    verifier: webhook::Verifier = webhook::VERIFIER_EN, webhook::VERIFIER_NL;
    /// The request log.
    requests: requests::Requests = requests::EN, requests::NL;
    /// The settings, and the data kept in this browser.
    settings: settings::Settings = settings::EN, settings::NL;
    /// The command palette.
    palette: palette::Palette = palette::EN, palette::NL;
    /// Errors: a title, what happened, and what to do next.
    errors: errors::Errors = errors::EN, errors::NL;
}

impl Language {
    /// The texts in this language.
    #[must_use]
    pub fn texts(self) -> Texts {
        Texts(self)
    }
}

/// The texts in the current language, from the context.
#[must_use]
pub fn use_texts() -> Texts {
    use_language().texts()
}
