//! Calibration: the share of correct codes by confidence.

use import8_api::{Calibration, CalibrationBand, Extension};
use leptos::prelude::*;

use crate::browser::memo::Memo;
use crate::components::confidence::Band;
use crate::components::failure::Failure;
use crate::i18n::preferences::{self, Bands};
use crate::i18n::{Texts, format, use_language, use_texts};
use crate::outbox::reviews::use_reviews;
use crate::queries::load::Load;
use crate::session::use_session;

/// Minimum number of verdicts for a meaningful share.
const ENOUGH: u64 = 10;

/// The share of correct codes in percent, rounded half up; `None` with too few verdicts.
fn share(band: CalibrationBand) -> Option<u64> {
    let CalibrationBand { reviewed, right, .. } = band;
    let doubled = right.checked_mul(200)?.checked_add(reviewed)?;
    (reviewed >= ENOUGH).then(|| doubled / reviewed.saturating_mul(2))
}

/// The last percentage of a band.
fn last(band: CalibrationBand) -> u8 {
    if band.min >= 90 { 100 } else { band.min + 9 }
}

/// The labels of a band: more than one if the person's own bands split it.
fn words(band: CalibrationBand, bands: Bands, texts: Texts) -> String {
    let is_met = |own: &Band| {
        let (least, most) = own.bounds_in(bands);
        least <= last(band) && band.min <= most
    };
    let met = [Band::Weak, Band::Fair, Band::Strong].into_iter().filter(is_met);
    met.map(|own| own.word(texts)).collect::<Vec<_>>().join(", ")
}

/// The collapsible section of the calibration. Loads when opened.
#[component]
pub fn CalibrationFold() -> impl IntoView {
    let (session, reviews) = (use_session(), use_reviews());
    let (texts, language) = (use_texts(), use_language());
    let is_open = RwSignal::new(false);
    let is_told = Memo::new(move |_| session.has(&Extension::Review));
    let load = Load::new(move || {
        reviews.track_settled();
        let client = (is_open.get() && is_told.get()).then(|| session.client(language.code()));
        async move {
            match client {
                Some(client) => client.calibration().await.map(Some),
                None => Ok(None),
            }
        }
    });
    let retry = Callback::new(move |()| load.reload());
    let toggle = move |_| is_open.update(|is_open| *is_open = !*is_open);
    let content = move || match load.value().flatten() {
        _ if !is_told.get() => view! { <p class="quiet">{texts.calibration().unavailable}</p> }.into_any(),
        Some(Calibration { bands }) if bands.is_empty() => {
            view! { <p class="quiet">{texts.calibration().none}</p> }.into_any()
        }
        Some(Calibration { bands }) => view! { <Bands bands /> }.into_any(),
        None => ().into_any(),
    };
    view! {
        <details class="fold calibration" id="calibration" on:toggle=toggle>
            <summary>{texts.calibration().title}</summary>
            {move || load.error().map(|error| view! { <Failure error retry /> })}
            {content}
        </details>
    }
}

#[component]
fn Bands(bands: Vec<CalibrationBand>) -> impl IntoView {
    let (texts, language) = (use_texts(), use_language());
    let row = move |band: CalibrationBand| {
        let count = |number| format::count(number, language);
        let share = share(band);
        let in_words = match share {
            Some(share) => format::percent(share.into(), language),
            None => texts.calibration().too_few.to_owned(),
        };
        view! {
            <tr>
                <th scope="row">{(texts.calibration().range)(&band.min.to_string(), &last(band).to_string())}</th>
                <td>{words(band, preferences::now().bands, texts)}</td>
                <td class="figure-cell">{count(band.reviewed)}</td>
                <td class="figure-cell">{count(band.right)}</td>
                <td class="figure-cell" class:quiet=share.is_none()>
                    {in_words}
                </td>
                <td class="bar-cell">{share.map(|share| view! { <Bar share said=band.min + 5 /> })}</td>
            </tr>
        }
    };
    view! {
        <p class="quiet">{texts.calibration().lead} " " {(texts.calibration().bands)(&Band::Fair.bounds().0.to_string(), &Band::Strong.bounds().0.to_string())}</p>
        <table class="calibration-table">
            <thead>
                <tr>
                    <th scope="col">{texts.calibration().said}</th>
                    <th scope="col">{texts.calibration().band}</th>
                    <th scope="col" class="figure-cell">
                        {texts.calibration().reviewed}
                    </th>
                    <th scope="col" class="figure-cell">
                        {texts.calibration().right}
                    </th>
                    <th scope="col" class="figure-cell">
                        {texts.calibration().share}
                    </th>
                    <th scope="col" class="bar-cell">
                        {texts.calibration().chart}
                    </th>
                </tr>
            </thead>
            <tbody>{bands.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}

/// The share as a bar, with a mark at the confidence. The figures are beside it.
#[component]
fn Bar(share: u64, said: u8) -> impl IntoView {
    view! {
        <div class="share-bar" aria-hidden="true">
            <span class="part" style:width=format!("{share}%")></span>
            <span class="mark" style:left=format!("{said}%")></span>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    fn band(min: u8, reviewed: u64, right: u64) -> CalibrationBand {
        CalibrationBand { min, reviewed, right }
    }

    #[test]
    fn a_share_needs_enough_verdicts() {
        let check = |reviewed, right, expected| assert_eq!(share(band(90, reviewed, right)), expected);
        check(312, 297, Some(95));
        check(25, 11, Some(44));
        check(10, 10, Some(100));
        check(10, 0, Some(0));
        check(200, 1, Some(1));
        check(201, 1, Some(0));
        check(9, 9, None);
        check(0, 0, None);
        check(u64::MAX, u64::MAX, None);
    }

    #[test]
    fn a_band_has_the_words_of_its_confidences() {
        let check = |min, texts, expected: (u8, &str)| {
            let band = band(min, 10, 10);
            assert_eq!((last(band), words(band, Bands::STANDARD, texts).as_str()), expected);
        };
        check(0, Language::En.texts(), (9, "Weak"));
        check(40, Language::En.texts(), (49, "Weak, Fair"));
        check(70, Language::Nl.texts(), (79, "Redelijk, Sterk"));
        check(80, Language::En.texts(), (89, "Strong"));
        check(90, Language::En.texts(), (100, "Strong"));
        let narrow = Bands { strong: 76, fair: 72 };
        assert_eq!(words(band(70, 10, 10), narrow, Language::En.texts()), "Weak, Fair, Strong");
    }
}
