//! Tests of titles: what they mean, and in which row they are.

use import8_catalogue::columns::{Mapping, Role, Why};
use import8_sheets::reading::Source;

use super::{check_titles, titles_of};

use Role::{
    Currency, CurrentCode, Description, Destination, Insurance, Origin, PackSize, Picture, Quantity,
    Reference, Shipping, UnitValue,
};

fn guessed(file: &str) -> Mapping {
    Mapping::guess(&Source::read(file.as_bytes().to_vec()).expect("a table"))
}

#[test]
fn titles_are_known_however_they_are_written() {
    let cells = "A1,Steel bottle,CN,4.20,10";
    let expected = |titles: [&'static str; 5]| {
        [Reference, Description, Origin, UnitValue, Quantity].into_iter().zip(titles).collect::<Vec<_>>()
    };
    for titles in [
        ["SKU", "Product name", "Country of origin", "Unit price", "Quantity"],
        ["item_no", "item_description", "country_of_origin", "unit_price_eur", "qty_ordered"],
        ["itemNo", "productDescription", "countryOfOrigin", "unitPrice", "orderQuantity"],
        ["ITEM NO.", "DESCRIPTION OF GOODS", "COUNTRY OF ORIGIN", "UNIT PRICE (EUR)", "QTY (PCS)"],
        ["Art.-Nr.", "Artikelbezeichnung", "Ursprungsland", "Einzelpreis netto", "Menge"],
        ["Artikelnr.", "Omschrijving NL", "Land v. oorsprong", "Prijs excl. btw", "Aantal stuks"],
        ["Réf. article", "Désignation", "Pays d'origine", "Prix unitaire HT", "Quantité"],
    ] {
        check_titles(&titles.join(","), cells, &expected(titles));
    }
    // A line break in a title.
    let source = Source::read(b"SKU,\"Unit\nprice\n(EUR)\",Description\nA1,4.20,Steel bottle\n".to_vec());
    let source = source.expect("a table");
    assert_eq!(Mapping::guess(&source).roles, [Some(Reference), Some(UnitValue), Some(Description)]);
}

#[test]
fn words_rule_a_role_out() {
    check_titles(
        "SKU,Description,Supplier country,Ship from,UOM,Net weight,Stock qty,Line total,HS description,RRP",
        "A1,Steel bottle,DE,NL,KG,1.2,10,42.00,Bottles of steel,9.95",
        &[(Reference, "SKU"), (Description, "Description")],
    );
    check_titles(
        "Artikel;Omschrijving;Land leverancier;Voorraad;Eenheid;Totaalprijs;Adviesprijs;Brutogewicht;Verzendklasse",
        "A1;Stalen fles;DE;10;KG;42,00;9,95;1,2;pakket",
        // `Artikel` is a description, too.
        &[(Description, "Artikel"), (Description, "Omschrijving")],
    );
    check_titles(
        "Artikelnummer;Bezeichnung;Lieferland;Lagerbestand;Mengeneinheit;Gesamtpreis;UVP;Versandart",
        "1;Trinkflasche;NL;10;KG;42,00;9,95;DHL",
        &[(Reference, "Artikelnummer"), (Description, "Bezeichnung")],
    );
    check_titles(
        "sku,name,price,compare_at_price,inventory_quantity,min_order_qty,requires_shipping,link,image alt text",
        "A1,Steel bottle,25.00,30.00,7,1,true,https://a.example/p/1,bottle",
        &[(Reference, "sku"), (Description, "name"), (UnitValue, "price")],
    );
    // Tax is no part of the value, and the better of two prices is what was paid.
    check_titles(
        "sku,name,Price incl. VAT,Selling price,Purchase price",
        "A1,Steel bottle,12.10,10.00,4.20",
        &[(Reference, "sku"), (Description, "name"), (UnitValue, "Purchase price")],
    );
    check_titles(
        "sku,name,Price incl. VAT",
        "A1,Steel bottle,12.10",
        &[(Reference, "sku"), (Description, "name")],
    );
}

#[test]
fn content_guesses_only_what_no_title_claims() {
    // Two letters under a unit, or under anything that is known, are no origin.
    check_titles("sku,name,UOM", "A1,Steel bottle,KG", &[(Reference, "sku"), (Description, "name")]);
    check_titles("sku,name,Language", "A1,Steel bottle,NL", &[(Reference, "sku"), (Description, "name")]);
    check_titles(
        "sku,name,measure code",
        "A1,Steel bottle,KG\nA2,Paper,GR",
        &[(Reference, "sku"), (Description, "name")],
    );
    // Under a title that says nothing, they may be one.
    let mapping = guessed("sku,name,xx\nA1,Steel bottle,CN\nA2,Cotton shirt,TR\n");
    assert_eq!((mapping.column(Origin), mapping.why(2)), (Some(2), Some(Why::Content)));
    // The origin that a title claims stays empty.
    let mapping = guessed("sku,name,Country of origin,xx\nA1,Steel bottle,,CN\nA2,Cotton shirt,,TR\n");
    assert_eq!((mapping.column(Origin), mapping.why(2)), (Some(2), Some(Why::Title)));
    let mapping = guessed("sku,name,link\nA1,Steel bottle,https://a.example/1.jpg\n");
    assert_eq!(mapping.column(Picture), None);
    let mapping = guessed("sku,name,xx\nA1,Steel bottle,https://a.example/p/1\n");
    assert_eq!(mapping.column(Picture), None);
    let mapping = guessed("sku,name,xx\nA1,Steel bottle,https://a.example/p/1.jpg\n");
    assert_eq!(mapping.column(Picture), Some(2));
}

#[test]
fn exports_of_shops_are_known() {
    // WooCommerce
    check_titles(
        "ID,Type,SKU,Name,Published,Short description,Description,Tax status,In stock?,Stock,Low stock amount,\
         Weight (kg),Sale price,Regular price,Categories,Shipping class,Images,External URL,Position",
        "1,simple,A1,Bottle,1,A bottle,A steel bottle,taxable,1,7,,0.3,,25.00,Bottles,Bulky,https://a.example/1.jpg,,0",
        &[
            (Reference, "SKU"),
            (Description, "Type"),
            (Description, "Name"),
            (Description, "Short description"),
            (Description, "Description"),
            (Description, "Categories"),
            (UnitValue, "Regular price"),
            (Picture, "Images"),
        ],
    );
    // Magento
    check_titles(
        "sku,attribute_set_code,product_type,categories,name,description,weight,price,special_price,url_key,\
         base_image,qty,out_of_stock_qty,is_in_stock,country_of_manufacture,tax_class_name",
        "A1,Default,simple,Root,Bottle,A steel bottle,0.3,25.0,,bottle,https://a.example/1.jpg,0.0000,0,1,CN,Taxable",
        &[
            (Reference, "sku"),
            (Description, "product_type"),
            (Description, "categories"),
            (Description, "name"),
            (Description, "description"),
            (UnitValue, "price"),
            (Picture, "base_image"),
            (Origin, "country_of_manufacture"),
        ],
    );
    // PrestaShop
    check_titles(
        "Product ID;Active (0/1);Name*;Price tax included;Wholesale price;On sale (0/1);Reference #;EAN-13;Quantity;\
         Minimal quantity;Summary;Image URLs (x,y,z...)",
        "1;1;Steel bottle;30.25;12.50;0;A1;4006381333931;5;1;A bottle;https://a.example/1.jpg",
        &[
            (Reference, "Product ID"),
            (Description, "Name*"),
            (UnitValue, "Wholesale price"),
            (Quantity, "Quantity"),
            (Picture, "Image URLs (x,y,z...)"),
        ],
    );
    // Google Merchant
    check_titles(
        "id,title,description,link,image_link,additional_image_link,availability,price,sale_price,gtin,mpn,brand,\
         google_product_category,shipping,shipping_weight,condition",
        "1,Bottle,A steel bottle,https://a.example/p,https://a.example/1.jpg,,in stock,25.00 EUR,,400,M1,Demo,\
         Home,NL:::4.95 EUR,0.3 kg,new",
        &[
            (Reference, "mpn"),
            (Description, "title"),
            (Description, "description"),
            (Description, "google_product_category"),
            (UnitValue, "price"),
            (Picture, "image_link"),
        ],
    );
    // bol.com
    check_titles(
        "Referentie;EAN;Conditie;Voorraad;Prijs;Levertijd;Producttitel;Verzendwijze",
        "A1;4006381333931;nieuw;7;25,00;24uurs;Stalen fles;FBR",
        &[(Reference, "Referentie"), (Description, "Producttitel"), (UnitValue, "Prijs")],
    );
    // Exact
    check_titles(
        "Artikelcode;Artikelomschrijving;Artikelgroep;Eenheid;Inkoopprijs;Verkoopprijs;Statistieknummer;Land van herkomst;\
         Nettogewicht",
        "A1;Stalen fles;Flessen;stuk;12,50;25,00;73239300;CN;0,3",
        &[
            (Reference, "Artikelcode"),
            (Description, "Artikelomschrijving"),
            (Description, "Artikelgroep"),
            (UnitValue, "Inkoopprijs"),
            (CurrentCode, "Statistieknummer"),
            (Origin, "Land van herkomst"),
        ],
    );
    // Business Central
    check_titles(
        "No.,Description,Inventory,Base Unit of Measure,Unit Cost,Unit Price,Vendor No.,Tariff No.,\
         Country/Region of Origin Code,Net Weight",
        "1000,Steel bottle,7,PCS,12.50,25.00,V1,73239300,CN,0.3",
        &[
            (Reference, "No."),
            (Description, "Description"),
            (UnitValue, "Unit Cost"),
            (CurrentCode, "Tariff No."),
            (Origin, "Country/Region of Origin Code"),
        ],
    );
}

#[test]
fn all_roles_have_titles() {
    check_titles(
        "Ref,Goods,COO,Ship to country,FOB price,Pcs,Pcs/ctn,Ccy,Freight,Insurance,Photo URL,HTS",
        "A1,Steel bottle,CN,NL,4.20,10,24,USD,5,1,https://a.example/1.jpg,7323930000",
        &[
            (Reference, "Ref"),
            (Description, "Goods"),
            (Origin, "COO"),
            (Destination, "Ship to country"),
            (UnitValue, "FOB price"),
            (Quantity, "Pcs"),
            (PackSize, "Pcs/ctn"),
            (Currency, "Ccy"),
            (Shipping, "Freight"),
            (Insurance, "Insurance"),
            (Picture, "Photo URL"),
            (CurrentCode, "HTS"),
        ],
    );
}

#[test]
fn titles_may_come_after_other_rows() {
    let above = "\"Example Trading, Ltd\"\nInvoice no,2026-17,,\nCurrency,USD,,\nCountry of origin,China,,\n";
    let mapping = guessed(&format!("{above},,,\nItem,Description,Qty,Unit price\n1,Steel bottle,10,4.20\n"));
    assert_eq!(mapping.titles, Some(5));
    let many = "note,,\n".repeat(40);
    let mapping = guessed(&format!("{many}SKU,Description,Price\nA1,Steel bottle,4.20\n"));
    assert_eq!(mapping.titles, Some(40));
    // Another table below does not count.
    let mapping = guessed(
        "SKU,Description,Price\nA1,Steel bottle,4.20\n,,\nHS code,Country of origin,Quantity\n7323,CN,10\n",
    );
    assert_eq!(mapping.titles, Some(0));
}

#[test]
fn a_product_is_no_title() {
    for file in [
        "Leather wallet for men\nPhoto frame oak wood\nProduct box of cardboard\n",
        "A1,Photo frame oak wood,CN,4.20,EUR\nA2,Steel bottle,CN,3.10,EUR\n",
        "1;Drinkfles roestvrij staal;stuks;CN\n2;Mok keramiek;stuks;TR\n",
        "Steel bottle,4.20\nImage frame,3.10\n",
    ] {
        assert_eq!(guessed(file).titles, None, "{file}");
    }
    for file in ["Description\nSteel bottle\n", "Omschrijving;\nStalen fles;\n", "produktname\nFlasche\n"] {
        assert_eq!(guessed(file).titles, Some(0), "{file}");
    }
}

#[test]
fn titles_may_have_two_lines() {
    let check = |file: &str, expected: &[(Role, &str)]| {
        let source = Source::read(file.as_bytes().to_vec()).expect("a table");
        let mapping = Mapping::guess(&source);
        let found = titles_of(&mapping, &source);
        let found: Vec<_> = found.iter().map(|(role, title)| (*role, title.as_str())).collect();
        assert_eq!((mapping.first_row(), found), (2, expected.to_vec()), "{file}");
    };
    check(
        "SKU,Description,Unit price,Qty,Weight\n,,(USD),(pcs),(kg)\nA1,Steel bottle,4.20,10,0.3\n",
        &[
            (Description, "Description"),
            (Reference, "SKU"),
            (UnitValue, "Unit price (USD)"),
            (Quantity, "Qty (pcs)"),
        ],
    );
    check(
        "Item,Description,Country of,Unit,HS\nno,of goods,origin,price,code\n1,Steel bottle,CN,4.20,7323\n",
        &[
            (Description, "Description of goods"),
            (Reference, "Item no"),
            (Origin, "Country of origin"),
            (UnitValue, "Unit price"),
            (CurrentCode, "HS code"),
        ],
    );
    check(
        "SKU,Description,Quantity\nArtikelnr,Omschrijving,Aantal\nA1,Steel bottle,10\n",
        &[
            (Description, "Description Omschrijving"),
            (Reference, "SKU Artikelnr"),
            (Quantity, "Quantity Aantal"),
        ],
    );
    // A product is no second line.
    assert_eq!(guessed("SKU,Description,Origin\nA1,Steel bottle,CN\nA2,Cotton shirt,TR\n").first_row(), 1);
}

#[test]
fn a_row_of_titles_that_a_person_chooses_is_read_anew() {
    let file = "List of June,x\nSKU,Description\nArtikel,Omschrijving\nA1,Steel bottle\n";
    let source = Source::read(file.as_bytes().to_vec()).expect("a table");
    let mapping = Mapping::guess_with_titles(&source, Some(2));
    assert_eq!((mapping.titles, &mapping.roles), (Some(2), &vec![Some(Description), Some(Description)]));
    let mapping = Mapping::guess_with_titles(&source, Some(1));
    assert_eq!(mapping.roles, [Some(Reference), Some(Description)]);
    let mapping = Mapping::guess_with_titles(&source, None);
    assert_eq!((mapping.titles, mapping.first_row()), (None, 0));
    // A row beyond the end of the file has no titles.
    assert_eq!(Mapping::guess_with_titles(&source, Some(99)).titles, None);
}

#[test]
fn a_detail_is_no_main_description() {
    let main = |file: &str| guessed(file).main_columns().collect::<Vec<_>>();
    assert_eq!(main("sku,name,material\nA1,Steel bottle,steel\n"), [1]);
    assert_eq!(main("sku,Materiaal,Omschrijving,Categorie\nA1,staal,fles,flessen\n"), [2]);
    assert_eq!(main("sku,title,description,type\nA1,Bottle,A steel bottle,x\n"), [1, 2]);
    // With nothing else, a detail is all that there is.
    assert_eq!(main("sku,material\nA1,steel\n"), [1]);
    let mut mapping = guessed("sku,name,material,x\nA1,Steel bottle,steel,y\n");
    mapping.assign(1, None);
    assert_eq!(mapping.main_columns().collect::<Vec<_>>(), [2]);
    // What the person chooses as a description is one.
    mapping.assign(3, Some(Description));
    assert_eq!(mapping.main_columns().collect::<Vec<_>>(), [3]);
}

#[test]
fn a_supplier_writes_in_two_languages() {
    check_titles(
        "货号 Item no,品名 Description,原产国,数量 Qty,单价 Unit price(USD),总价 Amount(USD),每箱数量,海关编码 HS code,毛重 G.W.",
        "A1,Steel bottle,CN,100,4.20,420.00,24,7323930000,12.5",
        &[
            (Reference, "货号 Item no"),
            (Description, "品名 Description"),
            (Origin, "原产国"),
            (Quantity, "数量 Qty"),
            (UnitValue, "单价 Unit price(USD)"),
            (PackSize, "每箱数量"),
            (CurrentCode, "海关编码 HS code"),
        ],
    );
    check_titles(
        "Art.Nr.;Bezeichnung DE;Description EN;Pays d'origine;Prix unitaire (EUR);Qté;Désignation;Poids net",
        "1;Trinkflasche;Steel bottle;CN;4,20;10;Bouteille;0,3",
        &[
            (Reference, "Art.Nr."),
            (Description, "Bezeichnung DE"),
            (Description, "Description EN"),
            (Description, "Désignation"),
            (Origin, "Pays d'origine"),
            (UnitValue, "Prix unitaire (EUR)"),
            (Quantity, "Qté"),
        ],
    );
    // The country where it is bought or sent from, beside that of origin.
    check_titles(
        "Item,Description,Ship from country,Country of purchase,Manufacturer,Made in,Dest. country",
        "1,Steel bottle,NL,DE,Acme,CN,BE",
        &[(Description, "Item"), (Description, "Description"), (Origin, "Made in")],
    );
}
