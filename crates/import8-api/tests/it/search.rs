//! Tests of the comparison of words. The server's and a browser's tests use the same cases.

use import8_api::{fold, is_accent, search_words};

#[test]
fn texts_that_read_alike_fold_alike() {
    let mut cases = 0;
    for case in include_str!("../folded.tsv").lines().skip(1) {
        let (written, folded) = case.split_once('\t').expect(case);
        assert_eq!(fold(written), folded, "{written}");
        assert_eq!(fold(folded), folded, "folding again changes nothing");
        cases += 1;
    }
    assert!(cases > 15, "{cases} cases");
}

#[test]
fn folding_again_changes_nothing_of_any_letter() {
    for c in ('\0'..=char::MAX).filter(|c| c.is_alphanumeric()) {
        let folded = fold(&c.to_string());
        assert_eq!(fold(&folded), folded, "{c} {}", c.escape_unicode());
        assert!(!folded.contains(is_accent), "{c} {}", c.escape_unicode());
    }
}

#[test]
fn a_word_is_a_run_of_letters_and_digits() {
    assert_eq!(search_words("T-shirt, CRÈME (750 ml)"), ["t", "shirt", "creme", "750", "ml"]);
    // A separate combining accent does not split a word.
    assert_eq!(search_words("cre\u{300}me"), ["creme"]);
    assert!(search_words(" \"*- ").is_empty());
}
