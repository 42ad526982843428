//! Published examples of landed costs, computed with our arithmetic.

use import8_api::*;
use rust_decimal::Decimal;

/// Checks a consignment `goods + shipping + insurance` with its duty, anti-dumping duty and VAT (%) against the
/// source's duty, anti-dumping duty, VAT and total.
#[track_caller]
fn check(source: &str, amounts: [&str; 3], rates: [&str; 3], expected: [&str; 4]) {
    let decimal = |text: &str| text.parse::<Money>().expect(text).0;
    let [goods, shipping, insurance] = amounts.map(decimal);
    let consignment =
        Consignment { goods, shipping, insurance, currency: Currency::Eur, measures: Measures::default() };
    let [duty, anti_dumping, vat] = rates;
    let rates = AppliedRates {
        duty: &duty.parse().expect(duty),
        duty_type: DutyType::Mfn,
        anti_dumping: Some(&anti_dumping.parse().expect(anti_dumping)),
        vat_percent: decimal(vat),
    };
    let cost = landed_cost_at(&consignment, &rates, None).expect("known");
    let anti_dumping = cost.anti_dumping.as_ref().map_or(Decimal::ZERO, |charge| charge.amount.0);
    let found = [cost.duty.amount.0, anti_dumping, cost.vat.amount.0, cost.total_landed_cost.0];
    assert_eq!(found, expected.map(decimal), "{source}");
    assert_eq!(cost.recompute(&consignment), Recomputed::default(), "{source}");
}

#[test]
fn the_vendors_documentation() {
    let source = "Import8 API documentation";
    check(source, ["2500.00", "150.00", "12.50"], ["0.0%", "0 %", "21"], ["0", "0", "559.13", "3221.63"]);
    check(source, ["25", "5", "1.50"], ["0.0%", "0 %", "21"], ["0", "0", "6.62", "38.12"]);
}

#[test]
fn the_dutch_tax_administration() {
    let source = "Belastingdienst, Rekenvoorbeelden invoerrechten voor zendingen van bedrijven";
    check(source, ["149", "25", "10"], ["0 %", "0 %", "21"], ["0", "0", "38.64", "222.64"]);
    check(source, ["199", "25", "10"], ["3 %", "0 %", "21"], ["7.02", "0", "50.61", "291.63"]);
}

#[test]
fn the_irish_revenue() {
    // The source adds up: shirts of 600 at 2.5 % and a camera of 500 without duty cost 15 of duty and 256.45 of VAT.
    let source = "Revenue, Travelling from outside the EU: how to calculate what you owe";
    check(source, ["600", "0", "0"], ["2.5 %", "0 %", "23"], ["15", "0", "141.45", "756.45"]);
    check(source, ["500", "0", "0"], ["0 %", "0 %", "23"], ["0", "0", "115.00", "615.00"]);
}

#[test]
fn guides_of_carriers_and_brokers() {
    let dhl = "DHL, All you need to know about UK import tax and duty (2,000 umbrellas, duty alone)";
    check(dhl, ["10000", "500", "0"], ["4 %", "0 %", "0"], ["420", "0", "0", "10920"]);
    let zolltarifnummer =
        "zolltarifnummer-service.de, Einfuhrabgaben berechnen (leather shoes from Viet Nam)";
    check(zolltarifnummer, ["10000", "0", "0"], ["8 %", "0 %", "19"], ["800", "0", "2052", "12852"]);
    let usa_export_import = "USAExportImport.com, as quoted: duty on the CIF value";
    check(usa_export_import, ["1000", "0", "0"], ["7 %", "0 %", "18"], ["70", "0", "192.60", "1262.60"]);
    let calqoo = "calqoo.com, import and export cost";
    check(calqoo, ["1000", "100", "50"], ["20 %", "0 %", "18"], ["230", "0", "248.40", "1628.40"]);
    // The 97,300 of duties are 10 % of duty and 87.3 % of anti-dumping and countervailing duty together.
    let orcatrade = "orcatrade.pl, Chinese e-bike importer hit by 87 % combined AD+CVD (duties alone)";
    check(orcatrade, ["100000", "0", "0"], ["10 %", "87.3 %", "0"], ["10000", "87300", "0", "197300"]);
}
