//! Why a signature does not fit. What was pasted is varied as programs and people vary it, and each variant
//! is a case to compute; the one that fits tells what has gone wrong.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use import8_api::{WebhookEvent, decode};

use super::rewriting::{Json, Letters, Spacing, Style};

/// What the value of the header begins with.
const PREFIX: &str = "sha256=";

/// What a secret begins with.
const SECRET_PREFIX: &str = "whsec_";

/// The name of the header, which is often copied with its value.
const HEADER: &str = "x-import8-signature:";

/// A SHA-256.
pub const DIGEST_BYTES: usize = 32;

/// Programs differ in padding and in the bits that do not count.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// How JSON was written that was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignedForm {
    /// As the service writes it.
    Delivered,
    /// Without blanks.
    Compact,
    /// Over lines, indented by so many blanks.
    Indented(usize),
    /// As Python's `json.dumps` does.
    Python,
    /// As PHP's `json_encode` does.
    Php,
    /// With its names in the order of the alphabet.
    Sorted,
}

/// Something that has gone wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// The signature does not begin with `sha256=`.
    PrefixMissing,
    /// It begins with something like it.
    PrefixOther,
    /// Its digits are capital letters.
    UpperCase,
    /// It is in base64.
    Base64,
    /// The secret has blanks around it.
    SecretBlanks,
    /// The secret has quotes around it.
    SecretQuotes,
    /// The secret lacks its `whsec_`.
    SecretBeginning,
    /// It was signed without the secret's `whsec_`.
    SecretCut,
    /// The body has blanks or line breaks around it that were not signed.
    BlanksAdded,
    /// The body lacks a line break at its end that was signed.
    LineBreakMissing,
    /// Line breaks were signed as CR LF.
    LineBreaksChanged,
    /// A byte order mark was signed and is not there, or the other way round.
    ByteOrderMark,
    /// The body is a text in quotes.
    Quoted,
    /// The body was parsed and written anew; this is how it was signed.
    Rewritten(SignedForm),
    /// Nothing explains it, and the body is as the service writes it.
    WrongSecret,
    /// Nothing explains it.
    Unexplained,
    /// Nothing explains it, and the body is no JSON.
    NotJson,
}

/// Why there is nothing to compare with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Malformed {
    /// So many digits instead of 64.
    Length(usize),
    /// A character that no digest has.
    Character(char),
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It fits.
    Valid,
    /// It does not, for these reasons.
    Invalid(Vec<Finding>),
    /// The signature is none.
    Malformed(Malformed),
}

/// A signature that can be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// What it comes to.
    pub digest: Vec<u8>,
    /// What is wrong with how it is written.
    findings: Vec<Finding>,
}

impl Signature {
    /// Reads the value of the header.
    ///
    /// # Errors
    /// There is no digest in it.
    pub fn read(text: &str) -> Result<Self, Malformed> {
        let text = text.trim();
        let named = text.get(..HEADER.len()).is_some_and(|start| start.eq_ignore_ascii_case(HEADER));
        let text = if named { text.get(HEADER.len()..).unwrap_or_default().trim() } else { text };
        let (prefix, digits) = split_prefix(text);
        let mut findings = Vec::from_iter(prefix);
        if let Some(digest) = from_base64(digits) {
            findings.push(Finding::Base64);
            return Ok(Self { digest, findings });
        }
        if let Some(strange) = digits.chars().find(|c| !c.is_ascii_hexdigit()) {
            return Err(Malformed::Character(strange));
        }
        if digits.len() != 2 * DIGEST_BYTES {
            return Err(Malformed::Length(digits.len()));
        }
        if digits.contains(|c: char| c.is_ascii_uppercase()) {
            findings.push(Finding::UpperCase);
        }
        let pair = |at: usize| digits.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
        let digest = (0..digits.len()).step_by(2).filter_map(pair).collect();
        Ok(Self { digest, findings })
    }

    /// What is to be said when it fits what was pasted but for `found`, or nothing at all.
    #[must_use]
    pub fn verdict(&self, found: Option<&[Finding]>, body: &str) -> Verdict {
        let unexplained = [unexplained(body)];
        let findings: Vec<_> = self.findings.iter().chain(found.unwrap_or(&unexplained)).copied().collect();
        if findings.is_empty() { Verdict::Valid } else { Verdict::Invalid(findings) }
    }
}

/// What is wrong with how a signature begins, and its digits.
fn split_prefix(text: &str) -> (Option<Finding>, &str) {
    if let Some(digits) = text.strip_prefix(PREFIX) {
        return (None, digits);
    }
    let name = PREFIX.trim_end_matches('=');
    match text.split_at_checked(name.len()) {
        Some((start, digits)) if start.eq_ignore_ascii_case(name) => {
            (Some(Finding::PrefixOther), digits.trim_start_matches([':', '=', ' ']))
        }
        _ => (Some(Finding::PrefixMissing), text),
    }
}

/// The bytes of a digest in base64, of either alphabet and with or without padding.
fn from_base64(text: &str) -> Option<Vec<u8>> {
    let text = text.replace('-', "+").replace('_', "/");
    BASE64.decode(text).ok().filter(|digest| digest.len() == DIGEST_BYTES)
}

/// What may be said when nothing fits: a body that is as the service writes it was hardly changed.
fn unexplained(body: &str) -> Finding {
    let as_delivered = delivered(body);
    match Json::read(body) {
        None => Finding::NotJson,
        Some(_) if as_delivered.is_some_and(|delivered| delivered == body) => Finding::WrongSecret,
        Some(_) => Finding::Unexplained,
    }
}

/// The body as the service would write it.
fn delivered(body: &str) -> Option<String> {
    serde_json::to_string(&decode::<WebhookEvent>(body).ok()?).ok()
}

/// What may have been signed, with which secret, and what has then gone wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The key.
    pub secret: String,
    /// What is signed.
    pub body: String,
    /// Nothing in the first case, which is what was pasted.
    pub findings: Vec<Finding>,
}

/// All cases, the likely ones first.
#[must_use]
pub fn cases(body: &str, secret: &str) -> Vec<Case> {
    let (bodies, secrets) = (bodies(body), secrets(secret));
    let mut cases = Vec::with_capacity(bodies.len() * secrets.len());
    for (secret, about_secret) in &secrets {
        for (body, about_body) in &bodies {
            let findings = about_secret.iter().chain(about_body).copied().collect();
            cases.push(Case { secret: secret.clone(), body: body.clone(), findings });
        }
    }
    cases.sort_by_key(|case| case.findings.len());
    cases
}

/// Variants, each once, the first of them what was pasted.
type Variants = Vec<(String, Option<Finding>)>;

fn add(variants: &mut Variants, text: String, finding: Finding) {
    if variants.iter().all(|(known, _)| *known != text) {
        variants.push((text, Some(finding)));
    }
}

fn secrets(secret: &str) -> Variants {
    let mut variants = vec![(secret.to_owned(), None)];
    let trimmed = secret.trim();
    add(&mut variants, trimmed.to_owned(), Finding::SecretBlanks);
    add(&mut variants, trimmed.trim_matches(['"', '\'']).to_owned(), Finding::SecretQuotes);
    match trimmed.strip_prefix(SECRET_PREFIX) {
        Some(rest) => add(&mut variants, rest.to_owned(), Finding::SecretCut),
        None => add(&mut variants, format!("{SECRET_PREFIX}{trimmed}"), Finding::SecretBeginning),
    }
    // Nothing signs with nothing.
    variants.retain(|(secret, _)| !secret.is_empty());
    variants
}

fn bodies(body: &str) -> Variants {
    let mut variants = vec![(body.to_owned(), None)];
    let unmarked = body.trim_start_matches('\u{feff}');
    let trimmed = unmarked.trim();
    let unix = unmarked.replace("\r\n", "\n");
    let windows = unix.replace('\n', "\r\n");
    add(&mut variants, unmarked.to_owned(), Finding::ByteOrderMark);
    add(&mut variants, trimmed.to_owned(), Finding::BlanksAdded);
    add(&mut variants, format!("{body}\n"), Finding::LineBreakMissing);
    add(&mut variants, windows.clone(), Finding::LineBreaksChanged);
    add(&mut variants, format!("{windows}\r\n"), Finding::LineBreaksChanged);
    add(&mut variants, unix, Finding::LineBreaksChanged);
    add(&mut variants, format!("\u{feff}{body}"), Finding::ByteOrderMark);
    if let Ok(text) = serde_json::from_str::<String>(trimmed) {
        add(&mut variants, text, Finding::Quoted);
    }
    if let Some(delivered) = delivered(trimmed) {
        add(&mut variants, delivered, Finding::Rewritten(SignedForm::Delivered));
    }
    if let Some(json) = Json::read(trimmed) {
        for (form, style) in styles() {
            add(&mut variants, json.written(style), Finding::Rewritten(form));
        }
    }
    variants
}

/// How programs write JSON.
fn styles() -> impl Iterator<Item = (SignedForm, Style)> {
    use Letters::{Ascii, Kept, Php, Plain};
    use Spacing::{Compact, Indented, Spaced};
    let unsorted = [
        (SignedForm::Compact, Compact, [Kept, Plain, Ascii]),
        (SignedForm::Php, Compact, [Php, Php, Php]),
        (SignedForm::Python, Spaced, [Ascii, Plain, Kept]),
        (SignedForm::Indented(2), Indented(2), [Kept, Plain, Ascii]),
        (SignedForm::Indented(4), Indented(4), [Kept, Plain, Ascii]),
        (SignedForm::Php, Indented(4), [Php, Php, Php]),
    ];
    let all = move |is_sorted| {
        unsorted.into_iter().flat_map(move |(form, spacing, letters)| {
            let form = if is_sorted { SignedForm::Sorted } else { form };
            letters.map(|letters| (form, Style { spacing, letters, is_sorted }))
        })
    };
    all(false).chain(all(true))
}

#[cfg(test)]
mod tests;
