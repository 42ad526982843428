//! The content of a sheet, computed from a record alone. The page shows it, and the digest covers it.

use import8_api::{
    Account, AiUsage, AlternativeCode, Classification, ClassifyRequest, CodeDetail, DecidedBy, DecidedCosts,
    DecisionStep, DutyRate, Extension, FeedbackStatus, HsCode, Level, Status,
};

use super::confidence;
use super::cost;
use super::sheet::{Body, Entry, Nothing, Picture, Section, Sheet, section};
use super::value::Value;
use crate::api::decided::Decided;
use crate::i18n::Language;
use crate::i18n::texts::sheet::Sheet as Words;

/// A classification with the data that its sheet needs.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The classification.
    pub classification: &'a Classification,
    /// Its pictures, in their order.
    pub pictures: &'a [Picture],
    /// The account of the organisation.
    pub account: &'a Account,
    /// The ten-digit code that the person chose.
    pub chosen: Option<HsCode>,
}

/// The sheet of a classification.
///
/// # Errors
/// [`Nothing`] if there is no code to certify.
pub fn sheet(subject: &Subject<'_>, language: Language) -> Result<Sheet, Nothing> {
    let words = &language.texts().sheet();
    let classification = subject.classification;
    let codes = match (&classification.status, Codes::new(subject)) {
        (Status::Pending, _) => return Err(Nothing::Pending),
        (_, Some(codes)) => codes,
        (Status::Failed, None) => return Err(Nothing::Failed(classification.reasoning.clone())),
        (Status::Completed | Status::Other(_), None) => return Err(Nothing::NoCode),
    };
    let (product, costs) = (product(classification), codes.costs(classification));
    let verdict = verdict(subject, &codes, words);
    let is_elsewhere = codes.is_elsewhere();
    let of_answer = |own, answered| if is_elsewhere { answered } else { own };
    let reasons = match codes.answered {
        Some(_) => of_answer(words.reasoning, words.reasoning_answered),
        None => words.reasoning_failed,
    };
    let sections = [
        Some(head(subject, &product, words)),
        Some(section(
            "code",
            words.code,
            Body::Entries(codes.entries(classification, costs.as_ref(), words)),
        )),
        Some(decision(subject, &verdict, words)),
        Some(confidence::part(classification, of_answer(words.confidence, words.confidence_answered), words)),
        Some(section("asked", words.asked, Body::Entries(asked(classification, words)))),
        pictures(subject.pictures, words),
        Some(path(&classification.decision_tree, of_answer(words.path, words.path_answered), words)),
        Some(section("reasoning", reasons, reasoning(classification, words))),
        Some(alternatives(&classification.alternative_codes, words)),
        cost::landed_cost(costs.as_ref(), words),
        Some(cost::tariff(costs.as_ref(), words)),
        Some(record(classification, words)),
        Some(section("legal", words.legal, Body::Prose(words.legal_body.to_owned()))),
    ];
    Ok(Sheet {
        language,
        product,
        code: codes.counted(),
        verdict,
        sections: sections.into_iter().flatten().collect(),
        refuses_chosen: codes.refuses_chosen,
        is_redecided: codes.is_redecided,
    })
}

/// The product in one line: its summary, else the first line of its description, else its identifier.
#[must_use]
pub fn product(classification: &Classification) -> String {
    let description = classification.input.as_ref().and_then(|input| input.description.as_deref());
    let first_line = description.and_then(|text| text.lines().find(|line| !line.trim().is_empty()));
    let summary = classification.product_summary.as_deref();
    summary.or(first_line).unwrap_or(&classification.id).to_owned()
}

fn head(subject: &Subject<'_>, product: &str, words: &Words) -> Section {
    let entries = vec![
        Entry::text(words.product, product),
        Entry::text(words.organisation, &subject.account.organization.name),
        Entry::text(words.identifier, &subject.classification.id),
    ];
    section("head", words.title, Body::Entries(entries))
}

/// Who chose the last two digits.
#[derive(Debug, Clone, Copy)]
enum Basis {
    Verdict,
    Service,
    Person,
}

/// The codes of a classification.
struct Codes {
    /// The classifier's code; `None` where it failed.
    answered: Option<HsCode>,
    corrected: Option<HsCode>,
    decided: HsCode,
    ten: Option<(HsCode, Basis)>,
    refuses_chosen: bool,
    /// Whether a person decided on another code than the classifier's, even one that only adds digits.
    is_redecided: bool,
    /// Whether a person corrected the code and the service does not return the corrected one.
    is_untold: bool,
}

impl Codes {
    /// The codes of a record; `None` if it has no code. A verdict that the service does not have yet is not part of
    /// the record.
    fn new(subject: &Subject<'_>) -> Option<Self> {
        let classification = subject.classification;
        let detail = classification.hs_code.as_ref();
        let answered = detail.and_then(|detail| detail.deepest().or(detail.code_10));
        let verdict = classification.feedback.as_ref();
        let told = Decided::from_classification(classification)?;
        let is_untold = told == Decided::NotTold;
        let by_person = match told {
            Decided::Code(decided) if decided.by == DecidedBy::Person => Some(decided.code),
            Decided::Code(_) | Decided::NotTold => None,
        };
        let is_redecided = by_person.is_some() && by_person != detail.and_then(CodeDetail::all_digits);
        let is_corrected = verdict.is_some_and(|verdict| verdict.status == FeedbackStatus::Corrected);
        let corrected = by_person.filter(|_| is_redecided || is_corrected);
        let decided = corrected.or(answered)?;
        let of_verdict = corrected.filter(|code| code.digit_count() == 10);
        let may_stand = |code: &HsCode| code.bare().starts_with(of_verdict.unwrap_or(decided).bare());
        let chosen = subject.chosen.filter(may_stand);
        let of_service = detail.and_then(|detail| detail.code_10).filter(|_| corrected.is_none());
        let ten = of_verdict
            .map(|code| (code, Basis::Verdict))
            .or(of_service
                .filter(|code| chosen.is_none_or(|chosen| chosen == *code))
                .map(|code| (code, Basis::Service)))
            .or(chosen.map(|code| (code, Basis::Person)));
        let refuses_chosen = subject.chosen.is_some() && chosen.is_none();
        Some(Self { answered, corrected, decided, ten, refuses_chosen, is_redecided, is_untold })
    }

    /// The decided code, where it is known. Ten digits chosen for the sheet take precedence.
    fn counted(&self) -> Option<HsCode> {
        match self.ten {
            Some((code, Basis::Person)) => Some(code),
            _ if self.is_untold => None,
            Some((code, _)) => Some(code),
            None => Some(self.decided),
        }
    }

    /// Whether the decided code does more than add digits to the classifier's code.
    fn is_elsewhere(&self) -> bool {
        let answered = self.answered.filter(|_| self.is_redecided);
        answered.is_some_and(|answered| !self.decided.bare().starts_with(answered.bare()))
    }

    /// Duty and landed cost of the decided code, never those of another one; `None` if the service does not return
    /// them.
    fn costs(&self, classification: &Classification) -> Option<DecidedCosts> {
        let answered = classification.answered_costs();
        if !self.is_redecided {
            return Some(answered);
        }
        let has_value = answered.landed_cost.is_some()
            || answered.landed_cost_unavailable.is_some()
            || classification.input.as_ref().is_some_and(|input| input.goods_value.is_some());
        let untold = || (!has_value).then(DecidedCosts::default);
        classification.decided_costs.clone().or_else(untold)
    }

    fn entries(
        &self,
        classification: &Classification,
        costs: Option<&DecidedCosts>,
        words: &Words,
    ) -> Vec<Entry> {
        let answered = self.answered.zip(classification.hs_code.as_ref()).map(|(code, detail)| {
            Entry::new(words.code_answered, Value::Code(code))
                .with_text(words.code_covers, detail.description.clone())
                .with(words.duty, detail.duty.as_ref().and_then(duty))
        });
        let own_duty = costs.filter(|_| self.is_redecided).and_then(|costs| costs.duty.as_ref());
        let corrected = self.corrected.map(|code| {
            Entry::new(words.code_corrected, Value::Code(code)).with(words.duty, own_duty.and_then(duty))
        });
        let detail = classification.hs_code.clone().unwrap_or_default();
        [answered, corrected, self.ten_digits(&detail, words)].into_iter().flatten().collect()
    }

    fn ten_digits(&self, detail: &CodeDetail, words: &Words) -> Option<Entry> {
        let candidates = &detail.code_10_candidates;
        let Some((code, basis)) = self.ten else {
            let codes: Vec<_> = candidates.iter().map(|choice| choice.code.dotted()).collect();
            let is_open = self.corrected.is_none() && !codes.is_empty();
            return is_open.then(|| {
                Entry::text(words.code_ten, words.code_open)
                    .with_text(words.code_candidates, Some(codes.join(", ")))
            });
        };
        let basis = match basis {
            Basis::Verdict => words.code_by_verdict,
            Basis::Service => words.code_by_service,
            Basis::Person => words.code_by_person,
        };
        let covers = candidates.iter().find(|choice| choice.code == code);
        Some(
            Entry::new(words.code_ten, Value::Code(code))
                .with_text(words.code_covers, covers.and_then(|choice| choice.description.clone()))
                .with_text(words.code_basis, Some(basis.to_owned())),
        )
    }
}

/// A duty in the tariff's notation.
fn duty(duty: &DutyRate) -> Option<Value> {
    duty.expression.as_ref().or(duty.rate.as_ref()).cloned().map(Value::Rate)
}

fn verdict(subject: &Subject<'_>, codes: &Codes, words: &Words) -> String {
    let Some(verdict) = &subject.classification.feedback else {
        let can_tell = subject.account.extensions.contains(&Extension::Input);
        return if can_tell { words.not_reviewed } else { words.review_unknown }.to_owned();
    };
    match (&verdict.status, verdict.corrected_code) {
        (FeedbackStatus::Confirmed, _) => words.confirmed.to_owned(),
        (FeedbackStatus::Corrected, Some(code)) => {
            let said = match codes.answered {
                None => words.given,
                Some(_) if codes.is_redecided && !codes.is_elsewhere() => words.confirmed_as,
                Some(_) => words.corrected,
            };
            said(&code.dotted())
        }
        (FeedbackStatus::Corrected, None) => words.corrected_unnamed.to_owned(),
        (FeedbackStatus::Other(word), _) => (words.other_verdict)(word),
    }
}

fn decision(subject: &Subject<'_>, verdict: &str, words: &Words) -> Section {
    let given = subject.classification.feedback.as_ref().map(|verdict| verdict.created_at.clone());
    let entry = Entry::text(words.verdict, verdict).with(words.reviewed_at, given.map(Value::Moment));
    section("decision", words.decision, Body::Entries(vec![entry]))
}

/// The request, or its substitute if the service does not return it.
fn asked(classification: &Classification, words: &Words) -> Vec<Entry> {
    let Some(input) = &classification.input else {
        let summary = classification.product_summary.clone();
        let missing = Entry::text(words.not_repeated_label, words.not_repeated);
        return summary
            .map(|summary| Entry::text(words.summary, summary))
            .into_iter()
            .chain([missing])
            .collect();
    };
    let given = |value: Option<Value>| value.unwrap_or_else(|| Value::Text(words.not_given.to_owned()));
    let mut entries = vec![
        Entry::new(words.description, given(input.description.clone().map(Value::Text))),
        Entry::new(words.origin, given(input.origin_country.map(Value::Country))),
        Entry::new(words.destination, given(input.destination_country.map(Value::Country))),
    ];
    entries.extend(values(input, words));
    let addresses = input.image_url.iter().flat_map(|images| images.as_slice()).zip(1_usize..);
    entries.extend(
        addresses.map(|(address, number)| Entry::text((words.picture_address)(&number.to_string()), address)),
    );
    entries
}

fn values(input: &ClassifyRequest, words: &Words) -> Vec<Entry> {
    let currency = input.currency.unwrap_or_default().to_string();
    let amount = |amount| Value::Amount(amount, currency.clone());
    let lines = [
        (words.unit_value, input.goods_value.map(amount)),
        (words.quantity, input.quantity.map(|quantity| Value::Count(quantity.get().into()))),
        (words.freight, input.shipping_cost.map(amount)),
        (words.insurance, input.insurance_cost.map(amount)),
    ];
    lines.into_iter().filter_map(|(label, value)| Some(Entry::new(label, value?))).collect()
}

fn pictures(pictures: &[Picture], words: &Words) -> Option<Section> {
    let entry = |(picture, number): (&Picture, usize)| {
        let label = (words.picture)(&number.to_string());
        let Some(file) = &picture.file else {
            return Entry::text(label, words.picture_gone);
        };
        let digest = file.sha256.clone().unwrap_or_else(|| words.picture_undigested.to_owned());
        Entry::text(label, &picture.media_type)
            .with(words.picture_bytes, Some(Value::Count(file.bytes)))
            .with_text(words.picture_digest, Some(digest))
    };
    let entries: Vec<_> = pictures.iter().zip(1_usize..).map(entry).collect();
    (!entries.is_empty()).then(|| section("pictures", words.pictures, Body::Entries(entries)))
}

fn path(steps: &[DecisionStep], heading: &'static str, words: &Words) -> Section {
    let entry = |step: &DecisionStep| {
        let level = match &step.level {
            Level::Section => words.level_section,
            Level::Chapter => words.level_chapter,
            Level::Heading => words.level_heading,
            Level::Subheading => words.level_subheading,
            Level::CnCode => words.level_cn_code,
            Level::TaricCode => words.level_taric_code,
            Level::Other(word) => word,
        };
        // Section numerals and chapters do not parse as codes.
        let code = step.code.parse().map_or_else(|_| step.code.clone(), |code: HsCode| code.dotted());
        Entry::text(format!("{level} {code}"), step.description.as_deref().unwrap_or(words.not_given))
    };
    let body = match steps {
        [] => Body::Prose(words.no_path.to_owned()),
        steps => Body::Entries(steps.iter().map(entry).collect()),
    };
    section("path", heading, body)
}

fn reasoning(classification: &Classification, words: &Words) -> Body {
    Body::Prose(classification.reasoning.as_deref().unwrap_or(words.no_reasoning).to_owned())
}

fn alternatives(codes: &[AlternativeCode], words: &Words) -> Section {
    let entry = |alternative: &AlternativeCode| {
        let covers = alternative.description.as_deref().unwrap_or(words.not_given);
        Entry::text(alternative.code.dotted(), covers)
            .with_text(words.consideration, alternative.reasoning.clone())
            .with(words.duty, alternative.duty.as_ref().and_then(duty))
    };
    let entries = match codes {
        [] => vec![Entry::text(words.no_alternatives_label, words.no_alternatives)],
        codes => codes.iter().map(entry).collect(),
    };
    section("alternatives", words.alternatives, Body::Entries(entries))
}

fn record(classification: &Classification, words: &Words) -> Section {
    let moment = |time: &Option<String>| time.clone().map(Value::Moment);
    let lines = [
        (words.asked_at, moment(&classification.created_at)),
        (words.answered_at, moment(&classification.completed_at)),
        (words.asked_through, classification.source.clone().map(Value::Text)),
        (words.status, Some(Value::Text(classification.status.as_str().to_owned()))),
    ];
    let usage = classification.ai_usage.as_ref().filter(|usage| **usage != AiUsage::NONE);
    let model = usage.map(|usage| {
        Entry::text(words.model, words.model_used)
            .with(words.tokens_read, usage.input_tokens.map(Value::Count))
            .with(words.tokens_written, usage.output_tokens.map(Value::Count))
            .with(words.model_cost, usage.cost_usd.map(|cost| Value::Amount(cost, "USD".to_owned())))
    });
    let entries = lines.into_iter().filter_map(|(label, value)| Some(Entry::new(label, value?)));
    section("record", words.record, Body::Entries(entries.chain(model).collect()))
}
