//! Words for the states of a product and for the faults of a row.

use import8_catalogue::report::{Fault, Reason};

use crate::i18n::Texts;
use crate::outbox::batches::state::State;

/// The name of a product state.
#[must_use]
pub fn state_word(state: State, texts: Texts) -> &'static str {
    let texts = texts.running();
    match state {
        State::Waiting => texts.state_waiting,
        State::Uncertain => texts.state_uncertain,
        State::Pending => texts.state_pending,
        State::Completed => texts.state_completed,
        State::Failed => texts.state_failed,
        State::Known => texts.state_known,
    }
}

/// A short description of a fault in a row's text.
#[must_use]
pub fn fault_words(fault: Fault, texts: Texts) -> &'static str {
    let texts = texts.row_faults();
    match fault {
        Fault::Missing => texts.missing,
        Fault::TooLong => texts.too_long,
        Fault::UnknownCountry => texts.unknown_country,
        Fault::NotAnAmount => texts.not_an_amount,
        Fault::NotPositive => texts.not_positive,
        Fault::TooLarge => texts.too_large,
        Fault::TooPrecise => texts.too_precise,
        Fault::NotAQuantity => texts.not_a_quantity,
        Fault::UnknownCurrency => texts.unknown_currency,
        Fault::NotAnAddress => texts.not_an_address,
        Fault::OtherCurrency => texts.other_currency,
        Fault::Unanswered => texts.unanswered,
        Fault::PerCent => texts.per_cent,
        Fault::Inexact => texts.inexact,
        Fault::PerOther => texts.per_other,
        Fault::Measure => texts.measure,
        Fault::Union => texts.union,
        Fault::SeveralCountries => texts.several_countries,
        Fault::CellError => texts.cell_error,
        Fault::NoResult => texts.no_result,
    }
}

/// The reason why a row is left out.
#[must_use]
pub fn reason_words(reason: Reason, texts: Texts) -> &'static str {
    let rows = texts.row_faults();
    match reason {
        Reason::Vague => texts.fill().status_vague,
        Reason::Fault(_, fault) => fault_words(fault, texts),
        Reason::Total => rows.row_total,
        Reason::PageFoot => rows.row_page_foot,
        Reason::TitlesAgain => rows.row_titles,
        Reason::Section => rows.row_section,
        Reason::Note => rows.row_note,
        Reason::Hidden => rows.row_hidden,
        Reason::Filtered => rows.row_filtered,
        Reason::MoreCells => rows.row_more_cells,
        Reason::CodeKept => rows.code_kept,
    }
}
