//! A daily series of classifications, and its projection to the end of the period.

use import8_api::DayUsage;
use rust_decimal::{Decimal, RoundingStrategy};

use super::month::Month;

/// The classifications per day of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DailySeries {
    /// The period.
    pub month: Month,
    /// The current day of the month; `None` in another period.
    pub today: Option<u8>,
    /// The count of each day from the first to the last known; `None` for an unknown day.
    counts: Vec<Option<u64>>,
}

/// A day of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The day of the month, from 1.
    pub number: u8,
    /// The classifications on this day; `None` if unknown.
    pub made: Option<u64>,
    /// The cumulative count to the end of this day; `None` if any of these days is unknown.
    pub total: Option<u64>,
}

/// A projection of the period at its average pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Projection {
    /// Number of full days so far.
    pub full_days: u8,
    /// Classifications per full day, rounded to one decimal.
    pub average: Decimal,
    /// The projected count at the end of the period.
    pub end: u64,
    /// The first day that ends above the limit; `None` if there is none.
    pub over_on: Option<u8>,
}

impl DailySeries {
    /// The series from the service's own counts; days that it omits count as 0. `now` is in milliseconds
    /// since 1970.
    #[must_use]
    pub fn from_service(month: Month, days: &[DayUsage], now: u64) -> Self {
        let known = days.iter().filter_map(|day| Some((month.day_of(day)?, day.classifications)));
        let known: Vec<_> = known.collect();
        let last = known.iter().map(|(day, _)| *day).chain(month.day_at(now)).max().unwrap_or_default();
        let mut counts = vec![0_u64; usize::from(last)];
        for (day, made) in known {
            if let Some(count) = counts.get_mut(usize::from(day) - 1) {
                *count = count.saturating_add(made);
            }
        }
        Self { month, today: month.day_at(now), counts: counts.into_iter().map(Some).collect() }
    }

    /// The series from counts of the history: `counts` per day of the month, complete from day `from` on.
    #[must_use]
    pub fn counted(month: Month, counts: &[u64], from: u8, now: u64) -> Self {
        let today = month.day_at(now);
        let last_made = (1..).zip(counts).filter(|(_, made)| **made > 0).map(|(day, _)| day).max();
        let last = today.into_iter().chain(last_made).max().unwrap_or_default();
        let day = |(number, made): (u8, &u64)| (number >= from).then_some(*made);
        Self { month, today, counts: (1..=last).zip(counts).map(day).collect() }
    }

    /// The days, from the first to the last known.
    #[must_use]
    pub fn days(&self) -> Vec<Day> {
        let mut total = Some(0_u64);
        let day = |(number, made): (u8, &Option<u64>)| {
            total = total.zip(*made).map(|(total, made)| total.saturating_add(made));
            Day { number, made: *made, total }
        };
        (1..).zip(&self.counts).map(day).collect()
    }

    /// The sum over the known days.
    #[must_use]
    pub fn sum(&self) -> u64 {
        self.counts.iter().flatten().fold(0, |sum: u64, made| sum.saturating_add(*made))
    }

    /// The highest count of a day.
    #[must_use]
    pub fn most(&self) -> u64 {
        self.counts.iter().flatten().copied().max().unwrap_or_default()
    }

    /// The projection if each remaining day equals the average of the full days, and today at least that.
    /// `None` on the first day, without classifications before today, or if a day is unknown.
    #[must_use]
    pub fn projection(&self, limit: Option<u64>) -> Option<Projection> {
        let today = self.today?;
        let full_days = today.checked_sub(1).filter(|days| *days > 0)?;
        let (before, rest) = self.counts.split_at_checked(usize::from(full_days))?;
        let before = before.iter().try_fold(0_u64, |sum, made| sum.checked_add((*made)?))?;
        let before = Some(before).filter(|made| *made > 0)?;
        let made_today = u128::from(rest.first().copied().flatten()?);
        // All values are scaled by the number of full days, so that only the result is rounded.
        let times = u128::from(full_days);
        let each = u128::from(before);
        let at_end_of =
            |day: u8| each * times + (made_today * times).max(each) + each * u128::from(day - today);
        let last = self.month.length();
        let end = (2 * at_end_of(last) + times) / (2 * times);
        let is_over = |day: &u8| limit.is_some_and(|limit| at_end_of(*day) > u128::from(limit) * times);
        let average = Decimal::from(before).checked_div(Decimal::from(full_days))?;
        Some(Projection {
            full_days,
            average: average.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero).normalize(),
            end: end.try_into().unwrap_or(u64::MAX),
            over_on: (today..=last).find(is_over),
        })
    }

    /// The days as CSV for a spreadsheet.
    #[must_use]
    pub fn csv(&self) -> String {
        let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
        let line = |day: Day| {
            format!("{},{},{}\n", self.month.date(day.number), number(day.made), number(day.total))
        };
        let lines: String = self.days().into_iter().map(line).collect();
        format!("date,classifications,total\n{lines}")
    }
}

#[cfg(test)]
mod tests {
    use import8_api::Period;

    use super::*;

    const DAY: u64 = 24 * 60 * 60 * 1_000;

    fn november() -> Month {
        Month::new(Period { year: 2026, month: 11 }).expect("a month")
    }

    /// A moment on a day of November, in milliseconds since 1970.
    fn on(day: u64) -> u64 {
        november().start() + (day - 1) * DAY + DAY / 2
    }

    fn series(days: &[(u8, u64)], today: u64) -> DailySeries {
        let told = |(day, made): &(u8, u64)| DayUsage { date: november().date(*day), classifications: *made };
        DailySeries::from_service(november(), &days.iter().map(told).collect::<Vec<_>>(), on(today))
    }

    #[test]
    fn days_that_are_not_told_of_have_none() {
        let series = series(&[(2, 30), (4, 12)], 5);
        let totals: Vec<_> = series.days().into_iter().map(|day| (day.made, day.total)).collect();
        assert_eq!(
            totals,
            [(0, 0), (30, 30), (0, 30), (12, 42), (0, 42)].map(|(made, total)| (Some(made), Some(total)))
        );
        assert_eq!((series.sum(), series.most(), series.today), (42, 30, Some(5)));
    }

    #[test]
    fn a_clock_that_is_behind_hides_no_day() {
        assert_eq!(series(&[(7, 3)], 5).days().len(), 7);
        let before = DailySeries::from_service(november(), &[], november().start() - 1);
        assert_eq!((before.days(), before.today), (Vec::new(), None));
        let counted = DailySeries::counted(november(), &[0, 0, 4], 1, november().start() - 1);
        assert_eq!((counted.days().len(), counted.sum()), (3, 4));
    }

    #[test]
    fn the_projection_is_the_pace_of_the_full_days() {
        let check = |days: &[(u8, u64)], today, expected: Option<(u64, &str, Option<u8>)>| {
            let found = series(days, today).projection(Some(500));
            let found = found.map(|one| (one.end, one.average.to_string(), one.over_on));
            assert_eq!(
                found,
                expected.map(|(end, average, over)| (end, average.to_owned(), over)),
                "{days:?}"
            );
        };
        // Ten a day, and today no less than that.
        check(&[(1, 10), (2, 10)], 3, Some((300, "10", None)));
        check(&[(1, 10), (2, 10), (3, 4)], 3, Some((300, "10", None)));
        check(&[(1, 10), (2, 10), (3, 40)], 3, Some((330, "10", None)));
        // The fraction is kept: 20 + 6.67 × 27 = 200, rounded half up.
        check(&[(1, 20)], 4, Some((200, "6.7", None)));
        check(&[(1, 1)], 5, Some((8, "0.3", None)));
        // At 20 a day, day 25 ends with 500, which is not above the limit; day 26 is.
        check(&[(1, 20)], 2, Some((600, "20", Some(26))));
        check(&[(1, 20), (2, 21)], 2, Some((601, "20", Some(25))));
        check(&[(1, 600)], 2, Some((18_000, "600", Some(2))));
        check(&[(1, 30)], 30, Some((31, "1", None)));
        // No full day to average.
        check(&[(1, 30)], 1, None);
        check(&[(4, 30)], 4, None);
        check(&[], 20, None);
    }

    #[test]
    fn large_numbers_are_no_trouble() {
        let found = series(&[(1, u64::MAX / 2)], 2).projection(None).expect("a projection");
        assert_eq!((found.end, found.over_on), (u64::MAX, None));
        let sum = series(&[(1, u64::MAX), (2, u64::MAX)], 3);
        assert_eq!((sum.sum(), sum.projection(None)), (u64::MAX, None));
    }

    #[test]
    fn what_was_not_read_is_not_made_up() {
        let mut counts = vec![0; 30];
        (counts[2], counts[3]) = (5, 7);
        let part = DailySeries::counted(november(), &counts, 4, on(5));
        let days: Vec<_> = part.days().into_iter().map(|day| (day.made, day.total)).collect();
        assert_eq!(days, [(None, None), (None, None), (None, None), (Some(7), None), (Some(0), None)]);
        assert_eq!((part.sum(), part.projection(None)), (7, None));
        let whole = DailySeries::counted(november(), &counts, 1, on(5));
        assert_eq!(whole, series(&[(3, 5), (4, 7)], 5));
    }

    #[test]
    fn a_spreadsheet_gets_the_days() {
        let csv = series(&[(1, 30)], 2).csv();
        assert_eq!(csv, "date,classifications,total\n2026-11-01,30,30\n2026-11-02,0,30\n");
    }
}
