//! Diagnosis of a signature that does not match. Varies the pasted secret and body as programs and people do; each
//! variant is a case whose signature is computed, and the case that matches names the fault.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use import8_api::{WebhookEvent, decode};

use super::rewriting::{Json, Letters, Spacing, Style};

/// Prefix of the header's value.
const PREFIX: &str = "sha256=";

/// Prefix of a secret.
const SECRET_PREFIX: &str = "whsec_";

/// The name of the header, which is often copied with its value.
const HEADER: &str = "x-import8-signature:";

/// The length of a SHA-256 digest, in bytes.
pub const DIGEST_BYTES: usize = 32;

/// Accepts base64 with and without padding, and with any trailing bits, because programs differ in both.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The form of the JSON that was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignedForm {
    /// As the service writes it.
    Delivered,
    /// Without white space.
    Compact,
    /// On several lines, indented by this number of spaces.
    Indented(usize),
    /// As Python's `json.dumps` writes it.
    Python,
    /// As PHP's `json_encode` writes it.
    Php,
    /// With its names in alphabetical order.
    Sorted,
}

/// A fault that explains why a signature does not match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// The signature does not begin with `sha256=`.
    PrefixMissing,
    /// It has a similar prefix, such as `sha256: `.
    PrefixOther,
    /// Its hexadecimal digits are capital letters.
    UpperCase,
    /// Its digest is in base64.
    Base64,
    /// The secret has white space around it.
    SecretBlanks,
    /// The secret has quotes around it.
    SecretQuotes,
    /// The secret lacks its `whsec_`.
    SecretBeginning,
    /// It was signed without the secret's `whsec_`.
    SecretCut,
    /// The body has white space around it that was not signed.
    BlanksAdded,
    /// The body lacks a line break at its end that was signed.
    LineBreakMissing,
    /// Line breaks were signed as CR LF.
    LineBreaksChanged,
    /// A byte order mark was signed and is missing, or is there and was not signed.
    ByteOrderMark,
    /// The body is a JSON string that contains the signed body.
    Quoted,
    /// The body was parsed and serialised again. The signed body had this form.
    Rewritten(SignedForm),
    /// No variant matches, and the body is as the service writes it.
    WrongSecret,
    /// No variant matches.
    Unexplained,
    /// No variant matches, and the body is not JSON.
    NotJson,
}

/// The reason why a text is no signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Malformed {
    /// It has this number of digits instead of 64.
    Length(usize),
    /// It has a character that no digest has.
    Character(char),
}

/// The result of the diagnosis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The signature matches.
    Valid,
    /// The signature does not match, for these reasons.
    Invalid(Vec<Finding>),
    /// The text is no signature.
    Malformed(Malformed),
}

/// A parsed signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The digest: 32 bytes.
    pub digest: Vec<u8>,
    /// Faults in the notation of the signature.
    findings: Vec<Finding>,
}

impl Signature {
    /// Parses the value of the header.
    ///
    /// # Errors
    /// [`Malformed`] if the text contains no digest.
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

    /// The verdict if the case with the faults `found` matches, or if none does (`None`).
    #[must_use]
    pub fn verdict(&self, found: Option<&[Finding]>, body: &str) -> Verdict {
        let unexplained = [unexplained(body)];
        let findings: Vec<_> = self.findings.iter().chain(found.unwrap_or(&unexplained)).copied().collect();
        if findings.is_empty() { Verdict::Valid } else { Verdict::Invalid(findings) }
    }
}

/// Splits the prefix off: its fault, if it has one, and the digits.
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

/// Decodes a digest in base64, of either alphabet and with or without padding.
fn from_base64(text: &str) -> Option<Vec<u8>> {
    let text = text.replace('-', "+").replace('_', "/");
    BASE64.decode(text).ok().filter(|digest| digest.len() == DIGEST_BYTES)
}

/// The finding if no case matches. A body as the service writes it was hardly changed, so the secret must be wrong.
fn unexplained(body: &str) -> Finding {
    let as_delivered = delivered(body);
    match Json::read(body) {
        None => Finding::NotJson,
        Some(_) if as_delivered.is_some_and(|delivered| delivered == body) => Finding::WrongSecret,
        Some(_) => Finding::Unexplained,
    }
}

/// The body as the service writes it; `None` if it is no delivery.
fn delivered(body: &str) -> Option<String> {
    serde_json::to_string(&decode::<WebhookEvent>(body).ok()?).ok()
}

/// A secret and a body that may have been used for the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The secret.
    pub secret: String,
    /// The body.
    pub body: String,
    /// The faults that lead from this case to the pasted texts; empty for the pasted texts themselves.
    pub findings: Vec<Finding>,
}

/// All cases, those with fewer faults first.
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

/// Distinct variants of a text with the fault of each. The first is the pasted text.
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
    // No service signs with an empty secret.
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

/// The forms in which programs write JSON.
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
