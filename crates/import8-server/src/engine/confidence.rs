//! The confidence of an answer: a logistic function of the clarity of the ranking, fitted on products with known
//! codes.

/// The clarity of a ranking: the inputs of the confidence.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Clarity {
    /// The lead of the best heading over the next, as a share of its score; 0 to 1.
    pub(super) heading_margin: f64,
    /// The lead of the best row over the next one under its heading, as a share of its score; 0 to 1.
    pub(super) row_margin: f64,
    /// The share of the description, by weight and rarity of words, that is on the answer's rows; 0 to 1.
    pub(super) coverage: f64,
    /// The number of words that match the answer. A word of little meaning counts as a fraction.
    pub(super) support: f64,
    /// Whether the description is in a language that the engine does not read.
    pub(super) is_foreign: bool,
    /// Whether a note sends such goods to another place.
    pub(super) is_elsewhere: bool,
}

// The weights of a logistic, fitted on 2026-11-29 on hscodecomp-dev.jsonl (316 records) and on the single words,
// names, cells and foreign descriptions of tests/unclear.jsonl (166, of which 100 have an answer). Measured on
// 2026-11-30 with every subheading in the seed, the calibration error is 3.3 points on the first.

/// Log-odds of a right answer without any clarity.
const BASE: f64 = -1.3;
/// Log-odds that full coverage adds.
const COVERAGE: f64 = 1.9;
/// Log-odds that a full heading margin adds, if the description is covered and several words match.
const HEADING_MARGIN: f64 = 3.7;
/// Log-odds that a full row margin adds, under the same condition.
const ROW_MARGIN: f64 = 3.0;
/// The number of matching words from which margins count fully. A single word that is on one row only has the largest
/// margin and proves nothing.
const SEVERAL: f64 = 2.0;
/// Log-odds that each word below [`SEVERAL`] removes.
const MISSING: f64 = 1.2;
/// The highest log-odds of any answer, because every description leaves something open.
const MOST: f64 = 3.2;
/// The highest log-odds of an answer with one matching word, about two thirds.
const MOST_OF_ONE: f64 = 0.7;
/// The log-odds that each further word adds to this limit.
const MOST_OF_NEXT: f64 = 2.5;
/// Log-odds that a language which the engine does not read removes: its words match by chance.
const FOREIGN: f64 = 1.0;
/// Log-odds that a note which sends the goods elsewhere removes.
const ELSEWHERE: f64 = 0.5;
/// The highest log-odds of an answer whose note sends the goods elsewhere, about two thirds: a person must check it.
const MOST_OF_ELSEWHERE: f64 = 0.7;

/// The probability, in percent from 0 to 100, that the answer is right to six digits.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a logistic function is between 0 and 1"
)]
pub(super) fn percent(clarity: Clarity) -> u8 {
    let Clarity { heading_margin, row_margin, coverage, support, is_foreign, is_elsewhere } = clarity;
    let counts = (support / SEVERAL).min(1.0);
    let margins = counts * (HEADING_MARGIN * heading_margin + ROW_MARGIN * row_margin);
    let against = MISSING * (SEVERAL - support).max(0.0)
        + if is_foreign { FOREIGN } else { 0.0 }
        + if is_elsewhere { ELSEWHERE } else { 0.0 };
    let evidence = BASE + coverage * (COVERAGE + margins) - against;
    let most = if is_elsewhere { MOST_OF_ELSEWHERE } else { MOST };
    let most = most.min(MOST_OF_ONE + MOST_OF_NEXT * (support - 1.0));
    (100.0 / (1.0 + (-evidence.min(most)).exp())).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clearer_ranking_gives_more_confidence() {
        let vague = Clarity::default();
        let clear = Clarity { heading_margin: 1.0, row_margin: 1.0, coverage: 1.0, support: 3.0, ..vague };
        assert!(percent(vague) < percent(clear));
        assert!(percent(clear) <= 100);
    }

    #[test]
    fn one_word_is_no_proof_and_what_speaks_against_it_counts() {
        let clear = Clarity { heading_margin: 0.3, row_margin: 0.3, coverage: 1.0, ..Clarity::default() };
        let of = |support| percent(Clarity { support, ..clear });
        assert!(of(0.3) < 30 && of(1.0) <= 67 && of(1.0) < of(1.5) && of(1.5) < of(3.0));
        let doubted = [
            Clarity { coverage: 0.5, support: 3.0, ..clear },
            Clarity { is_foreign: true, support: 3.0, ..clear },
            Clarity { is_elsewhere: true, support: 3.0, ..clear },
        ];
        assert!(doubted.into_iter().all(|doubted| percent(doubted) < of(3.0)));
    }

    /// A note limits the confidence, however clear the ranking is.
    #[test]
    fn what_a_note_sends_elsewhere_is_never_certain() {
        let whole = Clarity { heading_margin: 1.0, row_margin: 1.0, coverage: 1.0, ..Clarity::default() };
        for support in [1.0, 2.0, 3.0, 9.0] {
            let sent = percent(Clarity { is_elsewhere: true, support, ..whole });
            assert!(sent <= 67, "{support}: {sent}");
        }
    }
}
