//! The scenarios: what is done in a browser, and with how many rows.

use clap::ValueEnum;
use serde_json::{Value, json};

/// The names of the sites, the dashboard first.
pub(crate) const SITES: [&str; 3] = ["ours", "React", "Solid"];

/// Something that a person does in a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Scenario {
    /// The overview on a slow phone.
    OverviewPhone,
    /// The overview, nothing throttled.
    OverviewDesk,
    /// The history on a slow phone.
    HistoryPhone,
    /// The history, nothing throttled.
    HistoryDesk,
    /// A batch of 1,000 products, and 100 of them changed, with a phone's processor.
    Batch,
    /// Typing into the search of 100,000 products, with a phone's processor.
    Search,
    /// The same where the service cannot search: the dashboard reads all rows.
    Scan,
    /// The memory after an hour of work.
    Session,
}

/// The rows in the databases of the sites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rows {
    /// The number of classifications.
    pub(crate) stored: u64,
    /// How many of them, the newest, are in a batch.
    pub(crate) in_batch: u32,
}

const FEW: Rows = Rows { stored: 1_300, in_batch: 1_000 };
const MANY: Rows = Rows { stored: 100_000, in_batch: 1_000 };

impl Scenario {
    /// The rows that it needs.
    pub(crate) fn rows(self) -> Rows {
        match self {
            Self::Search | Self::Scan => MANY,
            _ => FEW,
        }
    }

    /// Whether a site is measured. Only the dashboard reads rows to search in them.
    pub(crate) fn is_of(self, site: &str) -> bool {
        self != Self::Scan || site == SITES[0]
    }

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::OverviewPhone => "overview, slow phone",
            Self::OverviewDesk => "overview, not throttled",
            Self::HistoryPhone => "history, slow phone",
            Self::HistoryDesk => "history, not throttled",
            Self::Batch => "batch of 1,000, a phone's processor",
            Self::Search => "search of 100,000 by the service, a phone's processor",
            Self::Scan => "search of 100,000 in the browser, a phone's processor",
            Self::Session => "an hour of work, not throttled",
        }
    }

    /// The task for the driver. `batch` is the identifier of the batch.
    pub(crate) fn task(self, batch: &str) -> Value {
        let (measurement, path) = match self {
            Self::OverviewPhone | Self::OverviewDesk => ("visit", "/".to_owned()),
            Self::HistoryPhone | Self::HistoryDesk => ("visit", "/classifications".to_owned()),
            Self::Batch => ("batch", format!("/batches/{batch}")),
            Self::Search => ("search", String::new()),
            Self::Scan => ("scan", String::new()),
            Self::Session => ("session", String::new()),
        };
        let slow: &[&str] = match self {
            Self::OverviewPhone | Self::HistoryPhone => &["line", "cpu"],
            Self::Batch | Self::Search | Self::Scan => &["cpu"],
            Self::OverviewDesk | Self::HistoryDesk | Self::Session => &[],
        };
        json!({ "measurement": measurement, "path": path, "slow": slow, "phone": !slow.is_empty() })
    }
}
