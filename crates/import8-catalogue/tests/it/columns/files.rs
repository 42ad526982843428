//! Tests of the columns of whole files, as people have them.

use import8_catalogue::columns::{Mapping, Role, Why};
use import8_sheets::reading::Source;

use super::{catalogue, open, report, titles_of, values};

/// Checks the row of titles and the titles of the columns that have a role.
fn check(file: &[u8], titles: Option<usize>, expected: &[(Role, &str)]) {
    let source = Source::read(file.to_vec()).expect("a table");
    let mapping = Mapping::guess(&source);
    let found = titles_of(&mapping, &source);
    let found: Vec<_> = found.iter().map(|(role, title)| (*role, title.as_str())).collect();
    assert_eq!((mapping.titles, found), (titles, expected.to_vec()));
}

const INVOICE: [(Role, &str); 6] = [
    (Role::Description, "Description"),
    (Role::Reference, "SKU"),
    (Role::Origin, "Country of origin"),
    (Role::UnitValue, "Unit price"),
    (Role::Quantity, "Qty"),
    (Role::CurrentCode, "HS code"),
];

#[test]
fn a_unit_is_no_origin() {
    check(include_bytes!("../../files/b01-uom-kg.csv"), Some(0), &INVOICE[..5]);
    let mut file = catalogue(*include_bytes!("../../files/b01-uom-kg.csv"));
    report(&mut file);
    let origins: Vec<_> =
        file.products(0, 9).iter().filter_map(|product| product.request.origin_country).collect();
    assert_eq!(origins.iter().map(ToString::to_string).collect::<Vec<_>>(), ["CN", "BR", "TR"]);
}

#[test]
fn the_country_of_a_supplier_is_no_origin() {
    check(include_bytes!("../../files/n24b-supplier-country-en.csv"), Some(0), &INVOICE[..5]);
}

#[test]
fn the_page_of_a_product_is_no_picture() {
    check(
        include_bytes!("../../files/b02-feed.csv"),
        Some(0),
        &[
            (Role::Description, "title"),
            (Role::Description, "description"),
            (Role::Reference, "id"),
            (Role::UnitValue, "price"),
            (Role::Picture, "image_link"),
        ],
    );
}

#[test]
fn a_title_may_have_a_number() {
    check(
        include_bytes!("../../files/b09-header-digit.csv"),
        Some(0),
        &[
            (Role::Description, "Description"),
            (Role::Reference, "SKU"),
            (Role::Origin, "Country of origin"),
            (Role::UnitValue, "Unit price"),
            (Role::CurrentCode, "10-digit HS code"),
        ],
    );
}

#[test]
fn titles_are_found_in_a_wide_table() {
    check(include_bytes!("../../files/n05-300-columns.csv"), Some(0), &INVOICE[..4]);
}

#[test]
fn titles_are_found_below_the_head_of_an_invoice() {
    check(
        include_bytes!("../../files/b11b-invoice-short.xlsx"),
        Some(3),
        &[
            (Role::Description, "Description of goods"),
            (Role::Reference, "Item no"),
            (Role::Origin, "Country of origin"),
            (Role::UnitValue, "Unit price (USD)"),
            (Role::Quantity, "Qty"),
            (Role::CurrentCode, "HS code"),
        ],
    );
}

#[test]
fn german_titles_are_known() {
    check(
        include_bytes!("../../files/b25-de.csv"),
        Some(0),
        &[
            (Role::Description, "Bezeichnung"),
            (Role::Reference, "Artikelnummer"),
            (Role::Origin, "Ursprungsland"),
            (Role::UnitValue, "Stückpreis"),
            (Role::Quantity, "Menge"),
            (Role::CurrentCode, "Zolltarifnummer"),
        ],
    );
}

#[test]
fn the_export_of_a_shop_is_known() {
    check(
        include_bytes!("../../files/b10-shop-export.csv"),
        Some(0),
        &[
            (Role::Description, "Title"),
            (Role::Description, "Body (HTML)"),
            (Role::Description, "Type"),
            (Role::Reference, "Variant SKU"),
            (Role::UnitValue, "Variant Price"),
            (Role::Picture, "Image Src"),
        ],
    );
    let source = Source::read(include_bytes!("../../files/b10-shop-export.csv").to_vec()).expect("a table");
    // A type alone describes no product.
    assert_eq!(Mapping::guess(&source).main_columns().collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn a_list_needs_no_titles() {
    let mut list = catalogue(*include_bytes!("../../files/b24-list.txt"));
    let report = report(&mut list);
    assert_eq!((list.mapping().titles, report.products), (None, 5));
    assert_eq!(list.mapping().why(0), Some(Why::Content));
}

#[test]
fn commas_in_the_only_column_belong_to_its_texts() {
    let mut list = catalogue(*include_bytes!("../../files/n19-desc-commas.csv"));
    report(&mut list);
    assert_eq!(list.mapping().titles, Some(0));
    let names: Vec<_> = list.products(0, 9).iter().map(|product| product.name().to_owned()).collect();
    assert_eq!(
        names,
        ["Cotton T-shirt, men, blue", "Leather wallet, brown, men", "Steel bottle, 750 ml, blue"]
    );
}

#[test]
fn a_stock_is_no_quantity_and_a_class_of_shipping_no_freight() {
    let mut shop = catalogue(*include_bytes!("../../files/b26-stock.csv"));
    let report = report(&mut shop);
    assert_eq!((report.products, report.problems.len()), (3, 0));
    assert_eq!(values(&shop), ["25.00 EUR", "19.00 EUR", "9.00 EUR"]);
    assert_eq!(open(&shop, &report), []);
    assert_eq!(shop.mapping().column(Role::Shipping), None);
}
