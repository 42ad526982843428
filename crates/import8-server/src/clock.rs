//! Points in time. [`Instant::now`] is the only place of the server that reads the clock of the day.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A point in time, in milliseconds since 1970 (UTC): the form in which the database stores times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, sqlx::Type)]
#[sqlx(transparent)]
pub struct Instant(pub i64);

impl Instant {
    /// The current time.
    #[must_use]
    pub fn now() -> Self {
        Self(Timestamp::now().as_millisecond())
    }

    /// Whole seconds since 1970.
    #[must_use]
    pub fn as_second(self) -> i64 {
        self.0.div_euclid(1_000)
    }

    /// Whole days since 1970 (UTC).
    #[must_use]
    pub fn day(self) -> i64 {
        self.0.div_euclid(24 * 60 * 60 * 1_000)
    }

    /// The first moment of a day, given in whole days since 1970 (UTC).
    #[must_use]
    pub fn from_day(day: i64) -> Self {
        Self(day.saturating_mul(24 * 60 * 60 * 1_000))
    }

    /// The calendar day in Brussels. The tariff's measures apply from 0:00 to 24:00 of its days; the zone is that of the
    /// Commission, and of most member states.
    #[must_use]
    pub fn day_in_brussels(self) -> Date {
        // Summer time ends as in Directive 2000/84/EC, so that no table of zones is needed.
        let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap_or(TimeZone::UTC);
        self.timestamp().to_zoned(zone).date()
    }

    /// The day (UTC) in the API's notation: `2026-03-03`.
    #[must_use]
    pub fn date(self) -> String {
        self.timestamp().strftime("%Y-%m-%d").to_string()
    }

    /// The time in the API's notation: `2026-03-03T12:00:00+00:00`.
    #[must_use]
    pub fn rfc3339(self) -> String {
        self.timestamp().strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string()
    }

    /// The time in a form for file names: `20260303T120030999Z`.
    #[must_use]
    pub fn compact(self) -> String {
        self.timestamp().strftime("%Y%m%dT%H%M%S%3fZ").to_string()
    }

    /// The first moment of the calendar month (UTC), which is the billing period, with its year
    /// and month.
    #[must_use]
    pub fn month(self) -> (Self, i32, u8) {
        let date = self.timestamp().to_zoned(TimeZone::UTC).date().first_of_month();
        let start = date.to_zoned(TimeZone::UTC).map_or(self.0, |zoned| zoned.timestamp().as_millisecond());
        (Self(start), i32::from(date.year()), date.month().unsigned_abs())
    }

    fn timestamp(self) -> Timestamp {
        // Times come from the clock, so they are far inside the range of a timestamp.
        Timestamp::from_millisecond(self.0).unwrap_or_default()
    }
}

impl From<Timestamp> for Instant {
    fn from(timestamp: Timestamp) -> Self {
        Self(timestamp.as_millisecond())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_the_documentation_shows() {
        let instant = Instant(1_772_539_230_999);
        assert_eq!(instant.rfc3339(), "2026-03-03T12:00:30+00:00");
        assert_eq!(instant.compact(), "20260303T120030999Z");
        assert_eq!(instant.as_second(), 1_772_539_230);
        let (start, year, month) = instant.month();
        assert_eq!(Instant(86_400_000).day() - Instant(86_399_999).day(), 1);
        assert_eq!(Instant::from_day(instant.day()).rfc3339(), "2026-03-03T00:00:00+00:00");
        assert_eq!(instant.date(), "2026-03-03");
        assert_eq!((start.rfc3339().as_str(), year, month), ("2026-03-01T00:00:00+00:00", 2026, 3));
    }

    #[test]
    fn the_day_of_the_tariff_is_that_of_brussels() {
        let check = |time: &str, day: &str| {
            let time: Timestamp = time.parse().expect(time);
            assert_eq!(Instant::from(time).day_in_brussels().to_string(), day, "{time}");
        };
        check("2026-12-31T22:59:59Z", "2026-12-31");
        check("2026-12-31T23:00:00Z", "2027-01-01");
        check("2026-06-30T21:59:59Z", "2026-06-30");
        check("2026-06-30T22:00:00Z", "2026-07-01");
        // The last Sundays of March and October.
        check("2026-03-28T23:00:00Z", "2026-03-29");
        check("2026-10-24T22:00:00Z", "2026-10-25");
        check("2026-10-25T22:30:00Z", "2026-10-25");
    }
}
