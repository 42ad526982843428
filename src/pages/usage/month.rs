//! The billing period: a calendar month in UTC.

use import8_api::{DayUsage, Period};

const DAY: u64 = 24 * 60 * 60 * 1_000;

/// Days before each month in a common year.
const DAYS_BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/// Days from 1 January of year 1 to 1 January 1970.
const BEFORE_1970: i64 = 719_162;

/// A calendar month. Days count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    year: i32,
    month: u8,
    /// Days from 1 January 1970 to the first day.
    first: u64,
    length: u8,
}

impl Month {
    /// The month of a period; `None` if its numbers are no month from 1970 to 9999.
    #[must_use]
    pub fn new(Period { year, month }: Period) -> Option<Self> {
        if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) {
            return None;
        }
        let first = days_before(year, month)?;
        let (next_year, next_month) = next(year, month);
        let length = days_before(next_year, next_month)?.checked_sub(first)?.try_into().ok()?;
        Some(Self { year, month, first, length })
    }

    /// Number of days.
    #[must_use]
    pub fn length(self) -> u8 {
        self.length
    }

    /// Start of the month, in milliseconds since 1970.
    #[must_use]
    pub fn start(self) -> u64 {
        self.first * DAY
    }

    /// The day of the month at a moment in milliseconds since 1970; `None` if it is in another month.
    #[must_use]
    pub fn day_at(self, moment: u64) -> Option<u8> {
        let day = (moment / DAY).checked_sub(self.first)?.checked_add(1)?;
        u8::try_from(day).ok().filter(|day| *day <= self.length)
    }

    /// The day of the month that a daily count belongs to; `None` if it is in another month.
    #[must_use]
    pub fn day_of(self, told: &DayUsage) -> Option<u8> {
        (1..=self.length).find(|day| self.date(*day) == told.date)
    }

    /// The date of a day, such as `2026-03-03`.
    #[must_use]
    pub fn date(self, day: u8) -> String {
        format!("{:04}-{:02}-{day:02}", self.year, self.month)
    }

    /// The date of the first day of the next month.
    #[must_use]
    pub fn next_date(self) -> String {
        let (year, month) = next(self.year, self.month);
        format!("{year:04}-{month:02}-01")
    }

    /// The month as a period of the API.
    #[must_use]
    pub fn period(self) -> Period {
        Period { year: self.year, month: self.month }
    }
}

fn next(year: i32, month: u8) -> (i32, u8) {
    if month == 12 { (year + 1, 1) } else { (year, month + 1) }
}

/// Days from 1 January 1970 to the first day of a month, in the Gregorian calendar.
fn days_before(year: i32, month: u8) -> Option<u64> {
    let leap_days = |year: i64| year / 4 - year / 100 + year / 400;
    let year = i64::from(year);
    let is_leap = leap_days(year) > leap_days(year - 1);
    let in_year = DAYS_BEFORE.get(usize::from(month).checked_sub(1)?)? + i64::from(is_leap && month > 2);
    u64::try_from((year - 1) * 365 + leap_days(year - 1) + in_year - BEFORE_1970).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_its_days() {
        let check = |year, month, start, length, next: &str| {
            let found = Month::new(Period { year, month }).expect("a month");
            assert_eq!((found.start(), found.length()), (start, length), "{year}-{month}");
            assert_eq!(found.next_date(), next);
        };
        check(1970, 1, 0, 31, "1970-02-01");
        check(2026, 3, 1_772_323_200_000, 31, "2026-04-01");
        check(2026, 2, 1_769_904_000_000, 28, "2026-03-01");
        check(2024, 2, 1_706_745_600_000, 29, "2024-03-01");
        check(2000, 3, 951_868_800_000, 31, "2000-04-01");
        check(2100, 3, 4_107_542_400_000, 31, "2100-04-01");
        check(2026, 12, 1_796_083_200_000, 31, "2027-01-01");
        for (year, month) in [(2026, 0), (2026, 13), (0, 1), (-1, 1), (10_000, 1)] {
            assert_eq!(Month::new(Period { year, month }), None);
        }
    }

    #[test]
    fn a_moment_is_in_a_day_by_universal_time() {
        let november = Month::new(Period { year: 2026, month: 11 }).expect("a month");
        let check = |moment, day| assert_eq!(november.day_at(moment), day, "{moment}");
        check(november.start() - 1, None);
        check(november.start(), Some(1));
        check(november.start() + DAY - 1, Some(1));
        check(november.start() + 29 * DAY, Some(30));
        check(november.start() + 30 * DAY, None);
        check(u64::MAX, None);
        let told = |date: &str| november.day_of(&DayUsage { date: date.to_owned(), classifications: 1 });
        assert_eq!(
            [told("2026-11-09"), told("2026-10-09"), told("2026-11-31"), told("?")],
            [Some(9), None, None, None]
        );
    }
}
