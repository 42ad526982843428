//! Languages and texts.
//!
//! Every text is a field of [`Texts`], so one that is missing in a language does not compile.
//! Changing the language draws the screens anew, so a text is plain and not a signal.

use leptos::prelude::*;

use crate::{locales, storage};

/// The name under which the choice is kept.
const CHOICE: &str = "import8.language";

/// A language of the dashboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    En,
    /// Dutch.
    Nl,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::En, Self::Nl];

    /// The chosen one, else the first of the browser's that there is, else English.
    #[must_use]
    pub fn preferred() -> Self {
        let chosen = storage::get(storage::local(), CHOICE);
        let browser = web_sys::window().map(|window| window.navigator().languages());
        let wished = browser.iter().flat_map(|list| list.iter()).filter_map(|language| language.as_string());
        chosen.into_iter().chain(wished).find_map(|code| Self::of(&code)).unwrap_or(Self::En)
    }

    /// Keeps this language as the chosen one.
    pub fn choose(self) {
        storage::set(storage::local(), CHOICE, Some(self.code()));
    }

    /// The ISO 639 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Nl => "nl",
        }
    }

    /// Whose conventions figures and dates follow. English is read by traders all over Europe, so
    /// it has the day before the month.
    #[must_use]
    pub fn locale(self) -> &'static str {
        match self {
            Self::En => "en-GB",
            Self::Nl => "nl-NL",
        }
    }

    /// Its own name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Nl => "Nederlands",
        }
    }

    /// Its texts.
    #[must_use]
    pub fn texts(self) -> &'static Texts {
        match self {
            Self::En => &locales::en::TEXTS,
            Self::Nl => &locales::nl::TEXTS,
        }
    }

    fn of(code: &str) -> Option<Self> {
        let primary = code.split('-').next()?;
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(primary))
    }
}

/// The language being read.
#[must_use]
pub fn use_language() -> Language {
    expect_context()
}

/// The texts being read.
#[must_use]
pub fn use_texts() -> &'static Texts {
    use_language().texts()
}

macro_rules! texts {
    ($($(#[$group:meta])* $name:ident $(($($argument:ident),+))?,)+) => {
        /// Every text of the dashboard. Names go from the screen to the thing; a function takes
        /// what the text speaks of, already formatted.
        #[expect(missing_docs, reason = "a text says what it is for in its own words")]
        #[derive(Debug)]
        pub struct Texts {
            $(pub $name: texts!(@type $($($argument),+)?),)+
        }
    };
    (@type) => { &'static str };
    (@type $one:ident) => { fn(&str) -> String };
    (@type $one:ident, $two:ident) => { fn(&str, &str) -> String };
    (@type $one:ident, $two:ident, $three:ident) => { fn(&str, &str, &str) -> String };
}

texts! {
    brand,
    skip_to_content,
    nav_label,
    nav_overview,
    nav_classify,
    nav_history,
    language_label,
    sign_out,
    credits_left(credits),
    credits_unknown,
    api_operational,
    api_degraded,
    api_unreachable,
    api_unknown,
    offline_title,
    offline_body,
    forwarded_to(service),
    loading,
    try_again,
    copied,
    none_given,

    sign_in_title,
    sign_in_lead,
    sign_in_key,
    sign_in_key_hint,
    sign_in_show,
    sign_in_hide,
    sign_in_submit,
    sign_in_trying,
    sign_in_missing,
    sign_in_malformed,
    sign_in_refused,
    sign_in_again,
    sign_in_kept,
    sign_in_forwarded(service),

    overview_title,
    overview_credits,
    overview_credits_of(used, purchased),
    overview_credits_expire(date),
    overview_credits_low,
    overview_plan(plan),
    overview_plan_used(used, limit),
    overview_plan_explained(month),
    overview_rate,
    overview_rate_left(left, limit),
    overview_rate_explained,
    overview_recent,
    overview_all,
    overview_attention,
    overview_attention_none,
    overview_attention_explained,
    overview_start_title,
    overview_start_body,
    overview_start_action,

    classify_title,
    classify_lead,
    classify_description,
    classify_description_hint,
    classify_description_example,
    classify_origin,
    classify_origin_none,
    classify_destination,
    classify_costs,
    classify_costs_hint,
    classify_goods_value,
    classify_quantity,
    classify_shipping,
    classify_insurance,
    classify_currency,
    classify_optional,
    classify_submit,
    classify_sending,
    classify_credits_after(credits),
    classify_no_credits,
    classify_problems,
    classify_not_charged,
    classify_uncertain,
    classify_see_history,
    problem_description_missing,
    problem_description_long(max),
    problem_description_control,
    problem_amount,
    problem_amount_small,
    problem_amount_large,
    problem_amount_precise,
    problem_quantity,
    problem_value_needed,

    result_title,
    result_pending,
    result_pending_body,
    result_elapsed(seconds),
    result_paused_offline,
    result_failed,
    result_failed_body,
    result_unknown_status(status),
    result_code,
    result_copy_dotted,
    result_copy_bare,
    result_heading,
    result_subheading,
    result_cn,
    result_taric,
    result_cn_open,
    result_confidence,
    confidence_strong,
    confidence_fair,
    confidence_weak,
    confidence_weak_advice,
    result_reasoning,
    result_path,
    level_section,
    level_chapter,
    level_heading,
    level_subheading,
    level_cn_code,
    level_taric_code,
    result_alternatives,
    result_landed_cost,
    cost_customs_value,
    cost_duty,
    cost_duty_preferential,
    cost_anti_dumping,
    cost_vat,
    cost_total,
    result_details,
    result_product,
    result_source,
    result_created,
    result_completed,
    result_model,
    result_model_used(input, output, cost),
    result_identifier,
    result_raw,
    result_not_binding,
    result_again,

    history_title,
    history_lead(total),
    history_product,
    history_code,
    history_confidence,
    history_status,
    history_date,
    history_empty_title,
    history_empty_body,
    history_beyond,
    history_page_of(page, last),
    history_pages_label,
    history_previous,
    history_next,
    history_first,
    history_page_ignored(asked, shown),
    history_unnamed,
    status_pending,
    status_completed,
    status_failed,

    not_found_title,
    not_found_body,
    not_found_back,

    error_unauthorized_title,
    error_unauthorized_body,
    error_unauthorized_next,
    error_not_found_title,
    error_not_found_body,
    error_not_found_next,
    error_invalid_title,
    error_invalid_body(message),
    error_invalid_next,
    error_rate_title,
    error_rate_body,
    error_rate_wait(seconds),
    error_rate_ready,
    error_credits_title,
    error_credits_body,
    error_credits_next,
    error_server_title,
    error_server_body(status),
    error_server_next,
    error_unreachable_title,
    error_unreachable_body,
    error_unreachable_next,
    error_timeout_title,
    error_timeout_body,
    error_timeout_next,
    error_unreadable_title,
    error_unreadable_body(detail),
    error_unreadable_next,
    error_unexpected_title,
    error_unexpected_body(status),
    error_unexpected_next,
}
