//! The vertical scale of a chart.

/// Height of a chart in its own units.
pub const HEIGHT: u64 = 1_000;

/// Width of a day in the same units.
pub const DAY_WIDTH: u64 = 10;

/// A limit more than this many times the highest value is not drawn: it would flatten the rest.
const TOO_HIGH: u64 = 5;

/// A linear scale from 0 to a round number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    step: u64,
    steps: u64,
}

impl Scale {
    /// The scale with at most `most_steps` (1 to 10) round steps that contains `most`.
    #[must_use]
    pub fn new(most: u64, most_steps: u64) -> Self {
        let most = most.max(1);
        let units = std::iter::successors(Some(1_u64), |unit| unit.checked_mul(10));
        let mut candidates = units.flat_map(|unit| [1, 2, 5].map(|factor| unit.saturating_mul(factor)));
        let step = candidates.find(|step| step.saturating_mul(most_steps) >= most).unwrap_or(u64::MAX);
        Self { step, steps: most.div_ceil(step) }
    }

    /// The values at the grid lines, from the bottom.
    #[must_use]
    pub fn ticks(self) -> Vec<u64> {
        (0..=self.steps).map(|at| self.step.saturating_mul(at)).collect()
    }

    /// The distance of a value from the top, in units of [`HEIGHT`].
    #[must_use]
    pub fn y(self, number: u64) -> u64 {
        let top = u128::from(self.step) * u128::from(self.steps);
        let height = u128::from(number) * u128::from(HEIGHT) / top;
        HEIGHT - u64::try_from(height).unwrap_or(HEIGHT).min(HEIGHT)
    }

    /// The SVG path through values, one per day; `from` is the day of the first.
    #[must_use]
    pub fn path(self, from: u64, numbers: &[u64]) -> String {
        let point = |(day, number): (u64, &u64)| format!("{} {}", day * DAY_WIDTH, self.y(*number));
        let points: Vec<_> = (from..).zip(numbers).map(point).collect();
        format!("M{}", points.join("L"))
    }
}

/// The upper end of a scale that shows `most`, and the limit if it is close enough.
#[must_use]
pub fn reach(most: u64, limit: Option<u64>) -> u64 {
    let limit = limit.filter(|limit| *limit <= most.max(1).saturating_mul(TOO_HIGH));
    limit.unwrap_or_default().max(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_at_round_numbers() {
        let check = |most, steps, expected: &[u64]| assert_eq!(Scale::new(most, steps).ticks(), expected);
        check(0, 4, &[0, 1]);
        check(3, 4, &[0, 1, 2, 3]);
        check(5, 4, &[0, 2, 4, 6]);
        check(42, 4, &[0, 20, 40, 60]);
        check(500, 4, &[0, 200, 400, 600]);
        check(620, 4, &[0, 200, 400, 600, 800]);
        check(34, 2, &[0, 20, 40]);
        check(1_000_000, 4, &[0, 500_000, 1_000_000]);
    }

    #[test]
    fn numbers_stand_in_proportion() {
        let scale = Scale::new(620, 4);
        assert_eq!([scale.y(0), scale.y(200), scale.y(800), scale.y(9_999)], [1_000, 750, 0, 0]);
        assert_eq!(scale.path(0, &[0, 200, 400]), "M0 1000L10 750L20 500");
        assert_eq!(scale.path(12, &[400]), "M120 500");
        let large = Scale::new(u64::MAX, 4);
        assert!(large.y(u64::MAX) < 500, "{large:?}");
    }

    #[test]
    fn a_limit_far_above_is_not_drawn() {
        let check = |most, limit, expected| assert_eq!(reach(most, limit), expected, "{most} {limit:?}");
        check(412, Some(500), 500);
        check(620, Some(500), 620);
        check(100, Some(500), 500);
        check(99, Some(500), 99);
        check(0, Some(5), 5);
        check(0, Some(500), 0);
        check(7, None, 7);
    }
}
