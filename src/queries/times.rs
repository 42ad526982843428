//! Intervals and timeouts of requests that hold for the whole tab. Those of a single page are in its own module, and
//! the timeout of a request is [`api::TIMEOUT`].

use std::time::Duration;

use crate::api;
use crate::queries::poll::Schedule;

/// Interval of health checks while the API is reachable, and of attempts to load the account after an error.
pub const HEALTH: Duration = Duration::from_secs(60);

/// Interval of health checks while the API is unreachable. Short, so that work resumes soon.
pub const RECOVERY: Duration = Duration::from_secs(2);

/// The longest time a request may be on its way, in milliseconds. The client gives up before. A request without a
/// response after it is uncertain, whichever tab sent it.
pub const ON_ITS_WAY: u64 = api::TIMEOUT as u64 + 5_000;

/// The largest difference between the clocks of this computer and the service, in milliseconds.
pub const CLOCK_SKEW: u64 = 120_000;

/// Polling of a result that somebody waits for.
pub const RESULT: Schedule = Schedule { first: 1_000, longest: 10_000 };

/// Polling of a list with pending rows.
pub const LIST: Schedule = Schedule { first: 10_000, longest: 10_000 };

/// Polling of a batch that the batch runner has sent.
pub const BATCH: Schedule = Schedule { first: 2_000, longest: 30_000 };
