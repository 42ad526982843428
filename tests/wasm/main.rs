//! Tests that need a browser: its storage, its `Intl` and its `fetch`.
#![cfg(target_arch = "wasm32")]

mod answers;
mod code_page;
mod early;
mod kept;
mod owner;

use import8_api::{Country, Money, fold};
use import8_dashboard::browser::{storage, style};
use import8_dashboard::i18n::Language;
use import8_dashboard::i18n::format;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn style_sheets_stand_in_one_order_whatever_screen_comes_first() {
    let order = js_sys::Function::new_no_args(
        "return document.adoptedStyleSheets.map(sheet => sheet.cssRules[0].selectorText).join()",
    );
    let check = |sheet: &'static str, expected: &str| {
        style::adopt(sheet);
        let found = order.call0(&js_sys::global()).expect("an order");
        assert_eq!(found.as_string().as_deref(), Some(expected));
    };
    let [shared, component, screen] =
        ["/* All */ .shared {}", "/* Component */ .component {}", "/* Screen */ .screen {}"];
    check(screen, ".screen");
    check(shared, ".shared,.screen");
    check(component, ".shared,.component,.screen");
    check(shared, ".shared,.component,.screen");
}

/// Replaces the non-breaking spaces that `Intl` writes in numbers and units.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

#[wasm_bindgen_test]
fn money_keeps_every_digit() {
    let check = |amount: &str, language, expected: &str| {
        let amount = amount.parse().expect(amount);
        assert_eq!(plain(&format::money(amount, "EUR", language)), expected);
    };
    check("559.13", Language::En, "€559.13");
    check("3221.63", Language::Nl, "€ 3.221,63");
    check("0", Language::En, "€0.00");
    check("0.00408", Language::En, "€0.00408");
    check("1234567890123456.78", Language::Nl, "€ 1.234.567.890.123.456,78");
}

#[wasm_bindgen_test]
fn rates_are_written_in_one_way() {
    let check = |rate: &str, english: &str, dutch: &str| {
        let rate = rate.parse().expect(rate);
        assert_eq!(plain(&format::rate(&rate, Language::En)), english);
        assert_eq!(plain(&format::rate(&rate, Language::Nl)), dutch);
    };
    check("0.0%", "0 %", "0 %");
    check("0 %", "0 %", "0 %");
    check("21.00%", "21 %", "21 %");
    check("2.000 %", "2 %", "2 %");
    check("12.80%", "12.8 %", "12,8 %");
    check("12.8 % + 303.4 EUR/100 kg", "12.8 % + 303.4 EUR/100 kg", "12,8 % + 303,4 EUR/100 kg");
    check("see art. 5", "see art. 5", "see art. 5");
}

#[wasm_bindgen_test]
fn an_amount_in_what_is_no_currency_is_still_an_amount() {
    let amount: Money = "1234.50".parse().expect("an amount");
    for (currency, expected) in
        [("", "1,234.50"), ("euro", "1,234.50 euro"), ("€", "1,234.50 €"), ("XQZ", "XQZ 1,234.50")]
    {
        assert_eq!(plain(&format::money(amount, currency, Language::En)), expected);
    }
}

#[wasm_bindgen_test]
fn counts_and_times_are_written_as_the_language_does() {
    assert_eq!(format::count(12_345, Language::En), "12,345");
    assert_eq!(format::count(12_345, Language::Nl), "12.345");
    assert_eq!(format::month(2026, 3, Language::Nl), "maart 2026");
    assert_eq!(format::date("2027-03-26T12:00:00+00:00", Language::En), "26 March 2027");
    assert_eq!(format::date_time("not a time", Language::En), "not a time");
    assert_eq!(format::seconds_since("not a time"), None);
    assert_eq!(format::seconds_since("2999-01-01T00:00:00+00:00"), Some(0));
}

#[wasm_bindgen_test]
fn countries_have_names_and_are_in_their_order() {
    let names = |language| format::countries(language);
    let dutch = names(Language::Nl);
    assert_eq!(dutch.len(), Country::all().count());
    assert!(dutch.iter().any(|(country, name)| country.as_str() == "DE" && name == "Duitsland"));
    let place = |code: &str| names(Language::En).iter().position(|(country, _)| country.as_str() == code);
    // Åland is sorted under A and not after Z.
    assert!(place("AX") < place("AL").max(place("BE")));
}

#[wasm_bindgen_test]
fn a_browser_folds_as_the_server_does() {
    let cases = include_str!("../../crates/import8-api/tests/folded.tsv").lines().skip(1);
    for (written, folded) in cases.filter_map(|case| case.split_once('\t')) {
        assert_eq!(fold(written), folded, "{written}");
    }
}

#[wasm_bindgen_test]
fn storage_keeps_and_forgets() {
    storage::set(storage::session(), "test", Some("kept"));
    assert_eq!(storage::get(storage::session(), "test").as_deref(), Some("kept"));
    storage::set(storage::session(), "test", None);
    assert_eq!(storage::get(storage::session(), "test"), None);
}
