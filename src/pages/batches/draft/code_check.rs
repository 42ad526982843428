//! Check of the codes that a file has so far, without a credit: which are none, which cannot be declared, and which the
//! classifier doubts. Only the rows that the person chooses are then classified.

use std::collections::HashMap;

use import8_api::{
    Agreement, CheckedCode, CodeCheckRequest, CodeInUse, CodeStanding, Confidence, Extension, MAX_CODE_CHECKS,
};
use import8_catalogue::code::CurrentCode;
use import8_catalogue::columns::Role;
use import8_catalogue::report::CodeRows;
use leptos::prelude::*;

use super::editor::DraftEditor;
use crate::api::ApiError;
use crate::browser::memo::Memo;
use crate::browser::task::{effect, spawn_while_shown};
use crate::components::failure::Failure;
use crate::components::show::Show;
use crate::i18n::{Language, Texts, format, use_language, use_texts};
use crate::queries::rate_limit::use_gate;
use crate::session::use_session;

/// Number of codes listed for a finding; the rest are only counted.
const SHOWN: usize = 10;

/// The result for a code and its goods, the most serious first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Finding {
    /// The text is no code.
    NotACode,
    /// A spreadsheet has rounded it.
    Damaged,
    /// Its heading does not exist.
    NoHeading,
    /// Its heading exists, but the service does not know the code.
    Unknown,
    /// The classifier finds another code for the goods.
    Different,
    /// It has fewer than ten digits.
    Incomplete,
    /// The service cannot tell whether its last two digits exist.
    Unverified,
    /// Nothing speaks against it.
    Fine,
}

impl Finding {
    const ALL: [Self; 8] = [
        Self::NotACode,
        Self::Damaged,
        Self::NoHeading,
        Self::Unknown,
        Self::Different,
        Self::Incomplete,
        Self::Unverified,
        Self::Fine,
    ];

    /// The result for a code, given the service's answer. An opinion below [`Confidence::FAIR`] does not count.
    fn new(code: CurrentCode, answer: Option<&CheckedCode>) -> Self {
        let Some(answer) = answer else {
            return if code == CurrentCode::Damaged { Self::Damaged } else { Self::NotACode };
        };
        let is_doubted = answer.opinion.as_ref().is_some_and(|opinion| {
            opinion.agreement == Agreement::Different && opinion.confidence.percent() >= Confidence::FAIR
        });
        match answer.standing {
            CodeStanding::NoHeading => Self::NoHeading,
            CodeStanding::Unknown => Self::Unknown,
            _ if is_doubted => Self::Different,
            CodeStanding::Incomplete => Self::Incomplete,
            CodeStanding::Declarable => Self::Fine,
            CodeStanding::Unverified | CodeStanding::Other(_) => Self::Unverified,
        }
    }

    /// Whether rows with this result are classified unless the person decides otherwise.
    fn is_doubtful(self) -> bool {
        self <= Self::Different
    }

    fn words(self, texts: Texts) -> &'static str {
        let part = texts.code_check();
        match self {
            Self::NotACode => part.not_a_code,
            Self::Damaged => part.damaged,
            Self::NoHeading => part.no_heading,
            Self::Unknown => part.unknown,
            Self::Different => part.different,
            Self::Incomplete => part.incomplete,
            Self::Unverified => part.unverified,
            Self::Fine => part.fine,
        }
    }
}

/// A code of the file with its result.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Checked {
    code: CodeRows,
    answer: Option<CheckedCode>,
}

impl Checked {
    fn finding(&self) -> Finding {
        Finding::new(self.code.code, self.answer.as_ref())
    }
}

/// Progress of the check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    NotYet,
    Going { done: usize, total: usize },
    Done,
}

/// The section that checks the codes of the file.
#[component]
pub fn CodeCheck(
    /// The editor of the draft.
    editor: DraftEditor,
) -> impl IntoView {
    let (session, texts, language, gate) = (use_session(), use_texts(), use_language(), use_gate());
    let part = texts.code_check();
    let progress = RwSignal::new(Progress::NotYet);
    let (waiting, error) = (RwSignal::new(0), RwSignal::new(None::<ApiError>));
    let found = RwSignal::new(Vec::<Checked>::new());
    let has_codes = Memo::new(move |_| {
        editor
            .mapping
            .with(|mapping| mapping.as_ref().is_some_and(|one| one.column(Role::CurrentCode).is_some()))
    });
    // Under another mapping the rows have other codes and goods.
    effect(move || {
        editor.mapping.track();
        editor.sheet.track();
        progress.set(Progress::NotYet);
        editor.codes.set(None);
    });
    let start = move || {
        error.set(None);
        progress.set(Progress::Going { done: 0, total: 0 });
        editor.want_codes();
    };
    effect(move || {
        let Some(codes) = editor.codes.get() else { return };
        let client = session.client(language.code());
        let gate = gate.telling(waiting);
        spawn_while_shown(async move {
            let requests: Vec<_> = codes.iter().filter_map(in_use).collect();
            let total = requests.len();
            let mut answers = Vec::with_capacity(total);
            for items in requests.chunks(MAX_CODE_CHECKS) {
                progress.set(Progress::Going { done: answers.len(), total });
                let request = CodeCheckRequest { items: items.to_vec() };
                match gate.ask(|| client.check_codes(&request)).await {
                    Ok(some) => answers.extend(some),
                    Err(problem) => {
                        error.set(Some(problem));
                        return progress.set(Progress::NotYet);
                    }
                }
            }
            found.set(paired(codes, answers));
            progress.set(Progress::Done);
        });
    });
    let state = move || match progress.get() {
        Progress::NotYet => view! {
            <button type="button" class="secondary" id="check-codes" on:click=move |_| start()>
                {part.check}
            </button>
        }
        .into_any(),
        Progress::Going { done, total } => {
            let count = |number: usize| format::count(number as u64, language);
            view! { <p>{(part.checking)(&count(done), &count(total))}</p> }.into_any()
        }
        Progress::Done => ().into_any(),
    };
    let paused = move || {
        let seconds = waiting.get();
        (seconds > 0).then(|| (texts.running().is_waiting)(&seconds.to_string()))
    };
    let is_offered = Memo::new(move |_| session.has(&Extension::CodeChecks));
    let retry = Callback::new(move |()| start());
    view! {
        <Show when=move || has_codes.get() && is_offered.get()>
            <section class="block" id="code-check">
                <h2>{part.title}</h2>
                <p class="quiet">{part.lead}</p>
                {move || error.get().map(|error| view! { <Failure error retry /> })}
                <div role="status">{state}</div>
                <p class="hint">{paused}</p>
                <Show when=move || progress.get() == Progress::Done>
                    <Findings editor found />
                </Show>
            </section>
        </Show>
    }
}

/// The item of a request to check a code; `None` for a text that is no code. Goods that the service would refuse to
/// read are left out.
fn in_use(code: &CodeRows) -> Option<CodeInUse> {
    let description = code.description.trim();
    let item = |description: Option<String>| Some(CodeInUse { code: code.code.code()?, description });
    let with_goods = CodeCheckRequest { items: vec![item(Some(description.to_owned()))?] };
    if with_goods.validate().is_ok() { with_goods.items.into_iter().next() } else { item(None) }
}

/// The codes with their answers, which are in the order of the codes that are any.
fn paired(codes: Vec<CodeRows>, answers: Vec<CheckedCode>) -> Vec<Checked> {
    let mut answers = answers.into_iter();
    let paired = codes.into_iter().map(|code| {
        let answer = code.code.code().and_then(|_| answers.next());
        Checked { code, answer }
    });
    paired.collect()
}

/// The results, and the choice of rows to classify.
#[component]
fn Findings(editor: DraftEditor, found: RwSignal<Vec<Checked>>) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.code_check();
    let chosen = RwSignal::new(Finding::ALL.into_iter().filter(|one| one.is_doubtful()).collect::<Vec<_>>());
    let groups = Memo::new(move |_| {
        found.with(|found| {
            let mut groups: HashMap<Finding, usize> = HashMap::new();
            found.iter().for_each(|one| *groups.entry(one.finding()).or_default() += one.code.rows.len());
            Finding::ALL.into_iter().filter_map(|one| Some((one, *groups.get(&one)?))).collect::<Vec<_>>()
        })
    });
    let lists = move || {
        let groups = groups.get().into_iter();
        groups.map(|(finding, rows)| view! { <Group found finding rows chosen /> }).collect_view()
    };
    let kept = move |chosen: &[Finding]| {
        found.with(|found| {
            let kept = found.iter().filter(|one| !chosen.contains(&one.finding()));
            kept.flat_map(|one| one.code.rows.iter().filter_map(|row| usize::try_from(*row).ok()))
                .collect::<Vec<_>>()
        })
    };
    let rows = move || {
        let (groups, chosen) = (groups.get(), chosen.get());
        groups.iter().filter(|(one, _)| chosen.contains(one)).map(|(_, rows)| *rows).sum::<usize>()
    };
    let apply = move |_| {
        let kept = untrack(|| kept(&chosen.get()));
        editor.change_edits(|edits| edits.codes_kept = kept);
    };
    let undo = move |_| editor.change_edits(|edits| edits.codes_kept.clear());
    let is_applied = Memo::new(move |_| editor.edits.with(|edits| !edits.codes_kept.is_empty()));
    view! {
        {lists}
        <div class="submit">
            <button type="button" class="secondary" id="keep-codes" on:click=apply>
                {move || (part.only)(&format::count(rows() as u64, language))}
            </button>
            <Show when=move || is_applied.get()>
                <button type="button" class="link" on:click=undo>
                    {part.all}
                </button>
            </Show>
        </div>
    }
}

/// The codes with one result, and whether their rows are classified.
#[component]
fn Group(
    found: RwSignal<Vec<Checked>>,
    finding: Finding,
    rows: usize,
    chosen: RwSignal<Vec<Finding>>,
) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let part = texts.code_check();
    let own = found.with_untracked(|found| {
        found.iter().filter(|one| one.finding() == finding).cloned().collect::<Vec<_>>()
    });
    let more = own.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| (texts.catalogue().more_texts)(&format::count(more as u64, language)));
    let line = |one: Checked| {
        let note = note(&one, texts, language);
        view! {
            <li>
                <span class="code">{one.code.text}</span>
                " "
                {one.code.description}
                <span class="hint">{note}</span>
            </li>
        }
    };
    let lines = own.into_iter().take(SHOWN).map(line).collect_view();
    let is_chosen = move || chosen.with(|chosen| chosen.contains(&finding));
    let toggle = move |_| {
        chosen.update(|chosen| match chosen.iter().position(|one| *one == finding) {
            Some(at) => {
                chosen.remove(at);
            }
            None => chosen.push(finding),
        });
    };
    let id = format!("finding-{finding:?}").to_lowercase();
    let count = (texts.catalogue().rows)(&format::count(rows as u64, language));
    view! {
        <details class="problem-group" open=finding.is_doubtful()>
            <summary>{(texts.catalogue().problem)(finding.words(texts), &count)}</summary>
            <label class="export-option">
                <input type="checkbox" id=id prop:checked=is_chosen on:change=toggle />
                <span>{part.classify_these}</span>
            </label>
            <ul class="checked-codes">{lines}</ul>
            <p class="hint">{more}</p>
        </details>
    }
}

/// What the service adds to a result: the nearest code, or the one that the classifier finds.
fn note(checked: &Checked, texts: Texts, language: Language) -> Option<String> {
    let part = texts.code_check();
    let answer = checked.answer.as_ref()?;
    match checked.finding() {
        Finding::Unknown => {
            let nearest = answer.nearest_code.as_ref()?;
            Some((part.nearest)(&nearest.code.spaced(), nearest.description.as_deref().unwrap_or_default()))
        }
        Finding::Different => {
            let opinion = answer.opinion.as_ref()?;
            let percent = format::percent(opinion.confidence.percent().into(), language);
            Some((part.opinion)(&opinion.code.spaced(), &percent))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use import8_api::CodeOpinion;

    use super::*;

    #[test]
    fn the_most_serious_result_counts() {
        let check =
            |code: &str, standing: Option<CodeStanding>, opinion: Option<(u8, Agreement)>, expected| {
                let code: CurrentCode = code.parse().expect(code);
                let opinion = opinion.map(|(percent, agreement)| CodeOpinion {
                    code: "9617.00".parse().expect("a code"),
                    confidence: Confidence::try_from(rust_decimal::Decimal::from(percent))
                        .expect("a confidence"),
                    agreement,
                });
                let answer = standing.map(|standing| CheckedCode {
                    code: code.code().expect("a code"),
                    standing,
                    nearest_code: None,
                    ended: None,
                    opinion,
                });
                assert_eq!(Finding::new(code, answer.as_ref()), expected, "{code} {answer:?}");
            };
        check("none", None, None, Finding::NotACode);
        check("damaged", None, None, Finding::Damaged);
        let declarable = || Some(CodeStanding::Declarable);
        check("8518300090", declarable(), None, Finding::Fine);
        check("8518300090", declarable(), Some((80, Agreement::Same)), Finding::Fine);
        check("8518300090", declarable(), Some((80, Agreement::Possible)), Finding::Fine);
        check("8518300090", declarable(), Some((45, Agreement::Different)), Finding::Different);
        // An opinion that is weak says nothing.
        check("8518300090", declarable(), Some((44, Agreement::Different)), Finding::Fine);
        let doubted = Some((80, Agreement::Different));
        check("8518390000", Some(CodeStanding::Unknown), doubted.clone(), Finding::Unknown);
        check("8599000000", Some(CodeStanding::NoHeading), doubted.clone(), Finding::NoHeading);
        check("85183000", Some(CodeStanding::Incomplete), doubted, Finding::Different);
        check("85183000", Some(CodeStanding::Incomplete), None, Finding::Incomplete);
        check("8518300000", Some(CodeStanding::Unverified), None, Finding::Unverified);
    }

    #[test]
    fn goods_that_the_service_would_refuse_are_left_out() {
        let check = |code: &str, description: &str, expected: Option<Option<&str>>| {
            let code = CodeRows {
                code: code.parse().expect(code),
                text: String::new(),
                description: description.to_owned(),
                rows: vec![1],
            };
            let item = in_use(&code);
            assert_eq!(item.as_ref().map(|item| item.description.as_deref()), expected, "{description:?}");
        };
        check("8518", " Headphones ", Some(Some("Headphones")));
        check("8518", " ", Some(None));
        check("8518", &"x".repeat(5_001), Some(None));
        check("none", "Headphones", None);
    }
}
