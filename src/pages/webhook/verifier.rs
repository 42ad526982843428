//! Checks a pasted delivery in the browser, and says why its signature does not match.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::diagnosis::{Finding, Malformed, Signature, SignedForm, Verdict, cases};
use super::example::Example;
use super::signing::{can_sign, hmac};
use crate::components::review::undo::focus;
use crate::i18n::{Texts, use_texts};

/// The pasted texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Pasted {
    body: String,
    signature: String,
    secret: String,
}

/// A field that is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Body,
    Signature,
    Secret,
}

impl Field {
    const ALL: [Self; 3] = [Self::Body, Self::Signature, Self::Secret];

    fn id(self) -> &'static str {
        match self {
            Self::Body => "verify-body",
            Self::Signature => "verify-signature",
            Self::Secret => "verify-secret",
        }
    }

    fn problem_id(self) -> String {
        format!("{}-problem", self.id())
    }

    fn problem(self, texts: Texts) -> &'static str {
        match self {
            Self::Body => texts.verifier().body_missing,
            Self::Signature => texts.verifier().signature_missing,
            Self::Secret => texts.verifier().secret_missing,
        }
    }

    fn text_in(self, pasted: &Pasted) -> &str {
        match self {
            Self::Body => &pasted.body,
            Self::Signature => &pasted.signature,
            Self::Secret => &pasted.secret,
        }
    }

    fn change(self, pasted: &mut Pasted, text: String) {
        match self {
            Self::Body => pasted.body = text,
            Self::Signature => pasted.signature = text,
            Self::Secret => pasted.secret = text,
        }
    }
}

/// Computes signatures until one matches; `None` where the browser cannot compute any.
async fn judge(pasted: Pasted) -> Option<Verdict> {
    let signature = match Signature::read(&pasted.signature) {
        Ok(signature) => signature,
        Err(malformed) => return Some(Verdict::Malformed(malformed)),
    };
    for case in cases(&pasted.body, &pasted.secret) {
        if hmac(&case.secret, &case.body).await? == signature.digest {
            return Some(signature.verdict(Some(&case.findings), &pasted.body));
        }
    }
    Some(signature.verdict(None, &pasted.body))
}

/// A fault in words, with the remedy.
fn reason(finding: Finding, texts: Texts) -> String {
    let part = texts.verifier();
    let fixed = match finding {
        Finding::PrefixMissing => part.prefix_missing,
        Finding::PrefixOther => part.prefix_other,
        Finding::UpperCase => part.upper_case,
        Finding::Base64 => part.base64,
        Finding::SecretBlanks => part.secret_blanks,
        Finding::SecretQuotes => part.secret_quotes,
        Finding::SecretBeginning => part.secret_beginning,
        Finding::SecretCut => part.secret_cut,
        Finding::BlanksAdded => part.blanks_added,
        Finding::LineBreakMissing => part.line_break_missing,
        Finding::LineBreaksChanged => part.line_breaks_changed,
        Finding::ByteOrderMark => part.byte_order_mark,
        Finding::Quoted => part.quoted,
        Finding::WrongSecret => part.wrong_secret,
        Finding::Unexplained => part.unexplained,
        Finding::NotJson => part.not_json,
        Finding::Rewritten(form) => return (part.rewritten)(&form_words(form, texts)),
    };
    fixed.to_owned()
}

fn form_words(form: SignedForm, texts: Texts) -> String {
    let part = texts.verifier();
    match form {
        SignedForm::Delivered => part.form_delivered.to_owned(),
        SignedForm::Compact => part.form_compact.to_owned(),
        SignedForm::Indented(blanks) => (part.form_indented)(&blanks.to_string()),
        SignedForm::Python => part.form_python.to_owned(),
        SignedForm::Php => part.form_php.to_owned(),
        SignedForm::Sorted => part.form_sorted.to_owned(),
    }
}

/// The reason why a text is no signature, in words.
fn malformed_words(malformed: Malformed, texts: Texts) -> String {
    let part = texts.verifier();
    match malformed {
        Malformed::Length(40) => part.length_sha1.to_owned(),
        Malformed::Length(128) => part.length_sha512.to_owned(),
        Malformed::Length(length) => (part.length)(&length.to_string()),
        Malformed::Character(character) => (part.character)(&character.to_string()),
    }
}

/// The form for body, signature and secret, and its result.
#[component]
pub fn Verifier() -> impl IntoView {
    let texts = use_texts();
    let part = texts.verifier();
    let content = if can_sign() {
        view! { <Check /> }.into_any()
    } else {
        view! { <p class="notice">{part.insecure}</p> }.into_any()
    };
    view! {
        <section class="block" id="verifier">
            <h2>{part.title}</h2>
            <p class="quiet">{part.lead}</p>
            {content}
        </section>
    }
}

#[component]
fn Check() -> impl IntoView {
    let texts = use_texts();
    let part = texts.verifier();
    let pasted = RwSignal::new(Pasted::default());
    let missing = RwSignal::new(Vec::<Field>::new());
    let is_shown = RwSignal::new(false);
    let check = Action::new_local(|pasted: &Pasted| {
        let pasted = pasted.clone();
        async move { (pasted.clone(), judge(pasted).await) }
    });
    // A verdict belongs to the texts as they were checked.
    let verdict = move || {
        let (about, verdict) = check.value().get()?;
        pasted.with(|pasted| *pasted == about).then_some(verdict)
    };
    let change = move |field: Field, text: String| {
        pasted.update(|pasted| field.change(pasted, text));
        missing.update(|missing| missing.retain(|one| *one != field));
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let pasted = pasted.get_untracked();
        let empty: Vec<_> =
            Field::ALL.into_iter().filter(|field| field.text_in(&pasted).is_empty()).collect();
        if let Some(first) = empty.first() {
            // A field that cannot take the focus is still visible.
            focus(&format!("#{}", first.id()));
        } else {
            check.dispatch(pasted);
        }
        missing.set(empty);
    };
    let fill = move |_| {
        let Example { body, signature, secret, .. } = Example::read();
        for (field, text) in [(Field::Body, body), (Field::Signature, signature), (Field::Secret, secret)] {
            change(field, text.to_owned());
        }
    };
    let clear = move |_| Field::ALL.into_iter().for_each(|field| change(field, String::new()));
    let problem = move |field: Field| {
        let text = move || missing.with(|all| all.contains(&field)).then(|| field.problem(texts));
        view! {
            <p class="problem" id=field.problem_id()>
                {text}
            </p>
        }
    };
    let is_missing = move |field: Field| move || missing.with(|all| all.contains(&field)).to_string();
    let value = move |field: Field| move || pasted.with(|pasted| field.text_in(pasted).to_owned());
    view! {
        <form class="form verify" on:submit=submit novalidate>
            <div class="field">
                <label for=Field::Body.id()>{part.body}</label>
                <p class="hint" id="verify-body-hint">
                    {part.body_hint}
                </p>
                <textarea
                    id=Field::Body.id()
                    rows="5"
                    spellcheck="false"
                    autocomplete="off"
                    aria-describedby=format!("verify-body-hint {}", Field::Body.problem_id())
                    aria-invalid=is_missing(Field::Body)
                    prop:value=value(Field::Body)
                    on:input=move |event| change(Field::Body, event_target_value(&event))
                ></textarea>
                {problem(Field::Body)}
            </div>
            <div class="field">
                <label for=Field::Signature.id()>{part.signature}</label>
                <input
                    id=Field::Signature.id()
                    class="code"
                    spellcheck="false"
                    autocomplete="off"
                    autocapitalize="off"
                    aria-describedby=Field::Signature.problem_id()
                    aria-invalid=is_missing(Field::Signature)
                    prop:value=value(Field::Signature)
                    on:input=move |event| change(Field::Signature, event_target_value(&event))
                />
                {problem(Field::Signature)}
            </div>
            <div class="field">
                <label for=Field::Secret.id()>{part.secret}</label>
                <div class="with-button">
                    <input
                        id=Field::Secret.id()
                        class="code"
                        type=move || if is_shown.get() { "text" } else { "password" }
                        spellcheck="false"
                        autocomplete="off"
                        autocapitalize="off"
                        aria-describedby=Field::Secret.problem_id()
                        aria-invalid=is_missing(Field::Secret)
                        prop:value=value(Field::Secret)
                        on:input=move |event| change(Field::Secret, event_target_value(&event))
                    />
                    <button
                        type="button"
                        class="secondary"
                        aria-pressed=move || is_shown.get().to_string()
                        on:click=move |_| is_shown.update(|shown| *shown = !*shown)
                    >
                        {part.show}
                    </button>
                </div>
                {problem(Field::Secret)}
            </div>
            <div class="actions">
                <button type="submit" class="primary" id="verify">
                    {part.verify}
                </button>
                <button type="button" class="secondary" id="verify-example" on:click=fill>
                    {part.use_example}
                </button>
                <button type="button" class="secondary" on:click=clear>
                    {part.clear}
                </button>
            </div>
            <div id="judged" role="status">
                {move || verdict().map(|verdict| view! { <Judged verdict /> })}
            </div>
        </form>
    }
}

/// The verdict: whether the signature matches, and if not, why.
#[component]
fn Judged(
    /// `None` if the browser cannot compute signatures.
    verdict: Option<Verdict>,
) -> impl IntoView {
    let texts = use_texts();
    let part = texts.verifier();
    let reasons: Vec<String> = match &verdict {
        None => vec![part.not_computed.to_owned()],
        Some(Verdict::Valid) => vec![part.valid_body.to_owned()],
        Some(Verdict::Malformed(malformed)) => vec![malformed_words(*malformed, texts)],
        Some(Verdict::Invalid(findings)) => findings.iter().map(|one| reason(*one, texts)).collect(),
    };
    let is_valid = verdict == Some(Verdict::Valid);
    let title = if is_valid { part.valid } else { part.invalid };
    view! {
        <div class="judged" data-valid=is_valid.to_string()>
            <p class="word">{title}</p>
            {reasons.into_iter().map(|reason| view! { <p>{reason}</p> }).collect_view()}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::i18n::Language;

    #[test]
    fn every_reason_has_its_own_words_in_every_language() {
        let forms = [
            SignedForm::Delivered,
            SignedForm::Compact,
            SignedForm::Indented(2),
            SignedForm::Indented(4),
            SignedForm::Python,
            SignedForm::Php,
            SignedForm::Sorted,
        ];
        let findings = [
            Finding::PrefixMissing,
            Finding::PrefixOther,
            Finding::UpperCase,
            Finding::Base64,
            Finding::SecretBlanks,
            Finding::SecretQuotes,
            Finding::SecretBeginning,
            Finding::SecretCut,
            Finding::BlanksAdded,
            Finding::LineBreakMissing,
            Finding::LineBreaksChanged,
            Finding::ByteOrderMark,
            Finding::Quoted,
            Finding::WrongSecret,
            Finding::Unexplained,
            Finding::NotJson,
        ];
        for language in Language::ALL {
            let all = forms.into_iter().map(Finding::Rewritten).chain(findings);
            let said: BTreeSet<_> = all.map(|finding| reason(finding, language.texts())).collect();
            assert_eq!(said.len(), forms.len() + findings.len());
            let lengths =
                [40, 128, 12].map(|length| malformed_words(Malformed::Length(length), language.texts()));
            assert_eq!(lengths.iter().collect::<BTreeSet<_>>().len(), 3);
        }
    }

    #[test]
    fn each_field_holds_its_own() {
        let mut pasted = Pasted::default();
        for field in Field::ALL {
            field.change(&mut pasted, field.id().to_owned());
        }
        assert!(Field::ALL.into_iter().all(|field| field.text_in(&pasted) == field.id()));
    }
}
