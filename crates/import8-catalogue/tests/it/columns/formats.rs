//! Tests of currencies that only the number formats of a workbook name.

use import8_api::Currency;
use import8_catalogue::columns::{Role, RowCurrency, Told};
use import8_catalogue::report::{Edits, RowEdit};

use super::{catalogue, open, report, values};

const FILE: &[u8] = include_bytes!("../../files/n31-usd-format.xlsx");

#[test]
fn a_number_format_names_the_currency() {
    let mut shop = catalogue(FILE);
    let report = report(&mut shop);
    let [told] = &report.currencies[..] else { panic!("{report:?}") };
    assert_eq!((told.currency, told.told, told.rows), (RowCurrency::Known(Currency::Usd), Told::Format, 2));
    assert_eq!((open(&shop, &report), values(&shop).len()), (vec![], 2));
    assert!(values(&shop).iter().all(|value| value.ends_with(" USD")));
}

#[test]
fn a_person_may_overrule_formats_and_titles() {
    let mut shop = catalogue(FILE);
    let mut mapping = shop.mapping().clone();
    mapping.set_currency(Currency::Eur);
    // A currency for products without one does not change that of the others.
    shop.check(mapping.clone(), Edits::default());
    assert!(values(&shop).iter().all(|value| value.ends_with(" USD")));
    mapping.answers.overrides_currency = true;
    shop.check(mapping, Edits::default());
    assert!(values(&shop).iter().all(|value| value.ends_with(" EUR")));
}

#[test]
fn a_corrected_text_has_its_own_currency() {
    let mut shop = catalogue(FILE);
    let mut edits = Edits::default();
    edits.set_row(RowEdit { row: 1, number: 2, role: Role::UnitValue, text: "£ 10".to_owned() });
    let mapping = shop.mapping().clone();
    shop.check(mapping, edits);
    assert_eq!(values(&shop), ["10 × 100 GBP", "3.2 × 100 USD"]);
}
