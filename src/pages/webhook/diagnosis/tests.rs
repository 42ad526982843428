//! Tests of the diagnosis. They use a simple digest of their own, because only comparisons matter.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::*;
use crate::pages::webhook::example::Example;

const SECRET: &str = "whsec_0123456789abcdef";

fn digest(secret: &str, body: &str) -> Vec<u8> {
    let part = |part: u8| {
        let mut hasher = DefaultHasher::new();
        (secret, body, part).hash(&mut hasher);
        hasher.finish().to_be_bytes()
    };
    (0..4).flat_map(part).collect()
}

fn hex(secret: &str, body: &str) -> String {
    digest(secret, body).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn signed(secret: &str, body: &str) -> String {
    format!("sha256={}", hex(secret, body))
}

fn judge(body: &str, signature: &str, secret: &str) -> Verdict {
    let signature = match Signature::read(signature) {
        Ok(signature) => signature,
        Err(malformed) => return Verdict::Malformed(malformed),
    };
    let cases = cases(body, secret);
    let fits = cases.iter().find(|case| digest(&case.secret, &case.body) == signature.digest);
    signature.verdict(fits.map(|case| case.findings.as_slice()), body)
}

fn check(body: &str, signature: &str, secret: &str, expected: &[Finding]) {
    let verdict = if expected.is_empty() { Verdict::Valid } else { Verdict::Invalid(expected.to_vec()) };
    assert_eq!(judge(body, signature, secret), verdict, "{signature} {secret}\n{body}");
}

#[test]
fn what_was_signed_is_valid() {
    let example = Example::read();
    for body in [example.body, "", "a=1", "{\"é\": \"日本\"}\n"] {
        check(body, &signed(SECRET, body), SECRET, &[]);
        check(body, &format!("  {} \n", signed(SECRET, body)), SECRET, &[]);
        check(body, &format!("X-Import8-Signature: {}", signed(SECRET, body)), SECRET, &[]);
    }
    // A secret may be any text.
    check("x", &signed(" odd ", "x"), " odd ", &[]);
}

#[test]
fn a_signature_says_what_is_wrong_with_it() {
    let body = Example::read().body;
    let digits = hex(SECRET, body);
    check(body, &digits, SECRET, &[Finding::PrefixMissing]);
    check(body, &format!("SHA256={digits}"), SECRET, &[Finding::PrefixOther]);
    check(body, &format!("sha256: {digits}"), SECRET, &[Finding::PrefixOther]);
    check(body, &format!("sha256={}", digits.to_uppercase()), SECRET, &[Finding::UpperCase]);
    check(body, &digits.to_uppercase(), SECRET, &[Finding::PrefixMissing, Finding::UpperCase]);
    let malformed = |signature: &str, expected: Malformed| {
        assert_eq!(judge(body, signature, SECRET), Verdict::Malformed(expected), "{signature}");
    };
    malformed("sha256=", Malformed::Length(0));
    malformed(&format!("sha256={}", &digits[..40]), Malformed::Length(40));
    malformed(&format!("sha256={digits}0"), Malformed::Length(65));
    malformed(&format!("sha256={}z", &digits[..63]), Malformed::Character('z'));
    malformed("sha256=é", Malformed::Character('é'));
    malformed("sha2", Malformed::Character('s'));
}

#[test]
fn a_digest_may_be_in_base64() {
    let of_zeros = format!("{}=", "A".repeat(43));
    assert_eq!(from_base64(&of_zeros), Some(vec![0; 32]));
    // The SHA-256 digest of an empty text, in both notations.
    let empty = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    let expected = Signature::read("sha256=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    let expected = expected.expect("a digest").digest;
    let safe = empty.replace('+', "-").replace('/', "_");
    for text in [empty, empty.trim_end_matches('='), safe.as_str()] {
        let signature = Signature::read(text).expect("a digest");
        assert_eq!(signature.digest, expected);
        assert_eq!(signature.findings, [Finding::PrefixMissing, Finding::Base64]);
    }
    assert_eq!(from_base64(&"*".repeat(43)), None);
}

#[test]
fn a_secret_says_what_is_wrong_with_it() {
    let body = Example::read().body;
    let check = |pasted: &str, used: &str, finding| check(body, &signed(used, body), pasted, &[finding]);
    check(&format!("{SECRET}\n"), SECRET, Finding::SecretBlanks);
    check(&format!("\"{SECRET}\""), SECRET, Finding::SecretQuotes);
    check("0123456789abcdef", SECRET, Finding::SecretBeginning);
    check(SECRET, "0123456789abcdef", Finding::SecretCut);
    check(SECRET, "whsec_another", Finding::WrongSecret);
}

#[test]
fn a_body_says_what_became_of_it() {
    let example = Example::read().body;
    let check = |pasted: &str, sent: &str, finding| check(pasted, &signed(SECRET, sent), SECRET, &[finding]);
    check(&format!("{example}\n"), example, Finding::BlanksAdded);
    check(example, &format!("{example}\n"), Finding::LineBreakMissing);
    check("a\nb\n", "a\r\nb\r\n", Finding::LineBreaksChanged);
    check("a\nb", "a\r\nb\r\n", Finding::LineBreaksChanged);
    check("a\r\nb", "a\nb", Finding::LineBreaksChanged);
    check(&format!("\u{feff}{example}"), example, Finding::ByteOrderMark);
    check(example, &format!("\u{feff}{example}"), Finding::ByteOrderMark);
    let quoted = serde_json::to_string(example).expect("a text");
    check(&quoted, example, Finding::Quoted);
    check("a=1", "a=2", Finding::NotJson);
    check(example, &example.replace("88", "89"), Finding::WrongSecret);
    check(&format!("{{\"more\":1,{}", &example[1..]), "other", Finding::Unexplained);
}

#[test]
fn a_body_that_was_written_anew_is_recognised() {
    let example = Example::read().body;
    let json = Json::read(example).expect("JSON");
    let written = |spacing, letters, is_sorted| json.written(Style { spacing, letters, is_sorted });
    let (pretty, four) = (Spacing::Indented(2), Spacing::Indented(4));
    let anew = [
        written(pretty, Letters::Plain, false),
        written(four, Letters::Php, false),
        written(Spacing::Spaced, Letters::Ascii, false),
        written(Spacing::Compact, Letters::Php, false),
        written(Spacing::Compact, Letters::Plain, true),
        written(pretty, Letters::Ascii, true) + "\n",
    ];
    // A delivery is recognised in whatever form it is pasted, because the service's form is known.
    for anew in &anew {
        let expected = [Finding::Rewritten(SignedForm::Delivered)];
        check(anew, &signed(SECRET, example), SECRET, &expected);
    }
    // For a body that the receiver signed itself, the form of its program is recognised.
    for (sent, form) in anew.iter().zip([
        SignedForm::Indented(2),
        SignedForm::Php,
        SignedForm::Python,
        SignedForm::Php,
        SignedForm::Sorted,
    ]) {
        check(example, &signed(SECRET, sent), SECRET, &[Finding::Rewritten(form)]);
    }
    // Other JSON is recognised by its white space.
    let other = r#"{"b":1.50,"a":["é"]}"#;
    let indented = "{\n    \"b\": 1.50,\n    \"a\": [\n        \"é\"\n    ]\n}";
    check(indented, &signed(SECRET, other), SECRET, &[Finding::Rewritten(SignedForm::Compact)]);
    check(other, &signed(SECRET, indented), SECRET, &[Finding::Rewritten(SignedForm::Indented(4))]);
}

#[test]
fn several_things_may_be_wrong_at_once() {
    let example = Example::read().body;
    let spaced = example.replace("\":", "\": ");
    let findings = [Finding::PrefixMissing, Finding::SecretBlanks, Finding::Rewritten(SignedForm::Delivered)];
    check(&spaced, &hex(SECRET, example), &format!(" {SECRET}"), &findings);
}
