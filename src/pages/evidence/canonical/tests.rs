use import8_api::{Account, AiUsage, Classification, Envelope, HsCode, decode};

use super::text;
use crate::i18n::Language;
use crate::pages::evidence::content::{self, Subject};
use crate::pages::evidence::sheet::{Nothing, Picture, PictureFile, Sheet};

/// The example of the API documentation.
const DOCUMENTED: &str =
    include_str!("../../../../crates/import8-api/tests/fixtures/classification_completed.json");

/// A record with its request, a picture and a verdict.
const WITH_INPUT: &str =
    include_str!("../../../../crates/import8-api/tests/fixtures/extension_classification.json");

/// A record with priced alternatives.
const WITH_DUTIES: &str =
    include_str!("../../../../crates/import8-api/tests/fixtures/extension_alternatives.json");

const PENDING: &str =
    include_str!("../../../../crates/import8-api/tests/fixtures/classification_pending.json");

fn read(json: &str) -> Classification {
    decode::<Envelope<Classification>>(json).expect("a fixture").data
}

fn account(extensions: &str) -> Account {
    let json = r#"{"organization": {"name": "Harbour Imports"}, "credits": {"remaining": 1},
        "limits": {"rate_limit_per_minute": 60}, "extensions": [EXTENSIONS]}"#;
    decode(&json.replace("EXTENSIONS", extensions)).expect("an account")
}

fn picture() -> Picture {
    let file = PictureFile { bytes: 3, sha256: Some("ba7816bf".to_owned()) };
    Picture { media_type: "image/jpeg".to_owned(), file: Some(file) }
}

fn sheet_with(
    classification: &Classification,
    pictures: &[Picture],
    chosen: Option<&str>,
    extensions: &str,
    language: Language,
) -> Result<Sheet, Nothing> {
    let chosen = chosen.map(|code| code.parse::<HsCode>().expect("a code"));
    let account = account(extensions);
    content::sheet(&Subject { classification, pictures, account: &account, chosen }, language)
}

fn sheet(json: &str, language: Language) -> Sheet {
    sheet_with(&read(json), &[], None, "", language).expect("a sheet")
}

/// A change of these texts changes the digest of every sheet: raise `FORMAT` with it.
#[test]
fn a_documented_record_gives_this_text() {
    assert_eq!(text(&sheet(DOCUMENTED, Language::En)), include_str!("documented.en.txt"));
    assert_eq!(text(&sheet(DOCUMENTED, Language::Nl)), include_str!("documented.nl.txt"));
}

#[test]
fn a_record_with_its_input_gives_this_text() {
    let check = |language, expected: &str| {
        let sheet = sheet_with(&read(WITH_INPUT), &[picture()], None, r#""input""#, language);
        assert_eq!(text(&sheet.expect("a sheet")), expected);
    };
    check(Language::En, include_str!("input.en.txt"));
    check(Language::Nl, include_str!("input.nl.txt"));
}

#[test]
fn a_record_with_duties_names_their_sources_and_dates() {
    assert_eq!(text(&sheet(WITH_DUTIES, Language::En)), include_str!("duties.en.txt"));
}

/// Checks which lines a change of the record adds to the text.
fn check(json: &str, change: impl FnOnce(&mut Classification), chosen: Option<&str>, expected: &[&str]) {
    let mut classification = read(json);
    let plain = |classification: &Classification, chosen| {
        text(&sheet_with(classification, &[], chosen, "", Language::En).expect("a sheet"))
    };
    let before = plain(&classification, None);
    change(&mut classification);
    let after = plain(&classification, chosen);
    let new: Vec<_> = after.lines().filter(|line| !before.lines().any(|old| old == *line)).collect();
    assert_eq!(new, expected);
}

#[test]
fn each_change_of_the_record_changes_the_text() {
    let input = |json: &str| decode(json).expect("input");
    let verdict = |json: &str| decode(json).expect("a verdict");
    check(DOCUMENTED, |_| {}, None, &[]);
    check(
        DOCUMENTED,
        |record| record.reasoning = Some("One.\r\nProposed code: 0101.21.00\r[Review]".to_owned()),
        None,
        &["    One.", "    Proposed code: 0101.21.00", "    [Review]"],
    );
    check(
        DOCUMENTED,
        |record| {
            record.input = Some(input(
                r#"{"description": "Headphones\nof plastic", "origin_country": "CN", "goods_value": 25.00,
                    "quantity": 100, "shipping_cost": 150, "insurance_cost": 12.50, "currency": "USD"}"#,
            ));
        },
        None,
        &[
            "Description, as sent: Headphones",
            "    of plastic",
            "Country of origin: CN",
            "Destination: not given",
            "Value per unit: USD 25.00",
            "Quantity: 100",
            "Freight: USD 150",
            "Insurance: USD 12.50",
        ],
    );
    check(
        DOCUMENTED,
        |record| {
            record.feedback =
                Some(verdict(r#"{"status": "confirmed", "created_at": "2026-03-04T09:00:00+01:00"}"#));
        },
        None,
        &["Decision: A reviewer confirmed the code.", "  Date: 2026-03-04T09:00:00+01:00"],
    );
    check(
        DOCUMENTED,
        |record| {
            record.feedback = Some(verdict(
                r#"{"status": "corrected", "corrected_code": "8518.10.00.90", "created_at": "2026-03-04T09:00:00Z"}"#,
            ));
        },
        Some("8518300090"),
        &[
            "Import8 evidence sheet, format 4, en",
            "Code after review: 8518.10.00.90",
            "Ten-digit code: 8518.10.00.90",
            "  Basis: decision of the reviewer",
            "Decision: A reviewer corrected the code to 8518.10.00.90.",
            "  Date: 2026-03-04T09:00:00Z",
            "[Confidence in the proposed code]",
            "[Classification path of the proposed code]",
            "[Why the proposed code]",
            "Not calculated: The service does not report the cost under the code after review.",
        ],
    );
    check(
        DOCUMENTED,
        |_| {},
        Some("8518300090"),
        &[
            "Ten-digit code: 8518.30.00.90",
            "  Basis: choice of the person who made this sheet; not stored by the service",
        ],
    );
    check(
        DOCUMENTED,
        |record| record.confidence = None,
        None,
        &["Estimate: not given", "  Meaning: The service gave no estimate. That does not mean 0."],
    );
    check(
        DOCUMENTED,
        |record| record.alternative_codes.clear(),
        None,
        &["Other codes: None given in the answer."],
    );
}

#[test]
fn a_language_model_is_named_only_where_one_was_used() {
    for unused in [None, Some(AiUsage::NONE)] {
        let mut record = read(DOCUMENTED);
        assert!(
            text(&sheet_with(&record, &[], None, "", Language::En).expect("a sheet"))
                .contains("Language model")
        );
        record.ai_usage = unused;
        assert!(
            !text(&sheet_with(&record, &[], None, "", Language::En).expect("a sheet"))
                .contains("Language model")
        );
    }
}

/// A classification after a verdict, with the costs under the verdict's code.
fn redecided(json: &str, code: &str, costs: &str) -> Classification {
    let mut classification = read(json);
    let verdict = format!(
        r#"{{"status": "corrected", "corrected_code": "{code}", "created_at": "2026-03-04T09:00:00Z"}}"#
    );
    classification.feedback = Some(decode(&verdict).expect("a verdict"));
    classification.decided_costs = Some(decode(costs).expect("costs"));
    classification
}

#[test]
fn costs_are_those_of_the_code_as_decided() {
    let costs = r#"{"duty": {"rate": "6.7 %"}, "landed_cost": {"cif_value": 1000, "duty": {"rate": "6.7 %", "amount": 67,
        "source": "Annex I"}, "vat": {"amount": 224.07}, "total_landed_cost": 1291.07, "currency": "EUR"}}"#;
    let record = redecided(WITH_DUTIES, "9617.00.00", costs);
    let text = text(&sheet_with(&record, &[], None, "", Language::En).expect("a sheet"));
    for line in [
        "Landed cost: EUR 1291.07",
        "Annex I: not given",
        "Code after review: 9617.00.00\n  Third-country duty: 6.7 %",
    ] {
        assert!(text.contains(&format!("\n{line}\n")), "{line}: {text}");
    }
    assert!(!text.contains("1246.30") && !text.contains("2658/87"), "{text}");
}

#[test]
fn digits_that_are_only_added_confirm_the_code() {
    let record = redecided(DOCUMENTED, "8518.30.00.90", "{}");
    let text = text(&sheet_with(&record, &[], None, "", Language::En).expect("a sheet"));
    for line in
        ["Decision: A reviewer confirmed the code as 8518.30.00.90.", "[Why this code]", "[Confidence]"]
    {
        assert!(text.contains(&format!("\n{line}\n")), "{line}: {text}");
    }
    assert!(!text.contains("3221.63"), "{text}");
}

#[test]
fn what_failed_has_a_sheet_as_soon_as_a_person_gives_it_a_code() {
    let mut record = redecided(PENDING, "8518.30.00", "{}");
    record.status = import8_api::Status::Failed;
    record.reasoning = Some("No words.".to_owned());
    let text = text(&sheet_with(&record, &[], None, "", Language::En).expect("a sheet"));
    for line in [
        "[Commodity code]\nCode after review: 8518.30.00",
        "Decision: A reviewer gave the code 8518.30.00; none was proposed.",
        "[Why no code was found]\n    No words.",
    ] {
        assert!(text.contains(&format!("\n{line}\n")), "{line}: {text}");
    }
    assert!(!text.contains("Proposed code"), "{text}");
}

#[test]
fn a_code_of_another_product_is_not_taken() {
    let refused = |json: &str, code: &str| {
        let sheet = sheet_with(&read(json), &[], Some(code), "", Language::En).expect("a sheet");
        (sheet.refuses_chosen, sheet.code.expect("a code").dotted())
    };
    assert_eq!(refused(DOCUMENTED, "8518300090"), (false, "8518.30.00.90".to_owned()));
    assert_eq!(refused(DOCUMENTED, "8518100090"), (true, "8518.30.00".to_owned()));
    // After the review, the code is below the corrected one.
    assert_eq!(refused(WITH_INPUT, "6110309100"), (false, "6110.30.91.00".to_owned()));
    assert_eq!(refused(WITH_INPUT, "6110209100"), (true, "6110.30".to_owned()));
    // A person may choose other ten digits than the service named.
    assert_eq!(refused(WITH_DUTIES, "4202310000"), (false, "4202.31.00.00".to_owned()));
    assert_eq!(refused(WITH_DUTIES, "4202310010"), (false, "4202.31.00.10".to_owned()));
}

#[test]
fn a_code_that_was_found_wrong_is_not_the_sheets_own() {
    let mut record = read(DOCUMENTED);
    record.feedback = Some(decode(r#"{"status": "corrected", "created_at": ""}"#).expect("a verdict"));
    let code = |chosen| {
        let sheet = sheet_with(&record, &[], chosen, "", Language::En).expect("a sheet");
        assert!(text(&sheet).contains("\nProposed code: 8518.30.00\n"), "{}", text(&sheet));
        sheet.code.map(|code| code.dotted())
    };
    assert_eq!(code(None), None, "the service does not say which is right");
    assert_eq!(code(Some("8518300090")), Some("8518.30.00.90".to_owned()), "whoever makes the sheet does");
}

#[test]
fn without_a_code_there_is_nothing_to_certify() {
    let why = |classification: &Classification| {
        sheet_with(classification, &[], None, "", Language::En).map(|sheet| sheet.code)
    };
    assert_eq!(why(&read(PENDING)), Err(Nothing::Pending));
    let mut failed = read(PENDING);
    failed.status = import8_api::Status::Failed;
    failed.reasoning = Some("No words.".to_owned());
    assert_eq!(why(&failed), Err(Nothing::Failed(Some("No words.".to_owned()))));
    let mut empty = read(DOCUMENTED);
    empty.hs_code = None;
    assert_eq!(why(&empty), Err(Nothing::NoCode));
}

#[test]
fn a_picture_that_is_gone_is_named() {
    let gone = Picture { media_type: "image/png".to_owned(), file: None };
    let sheet = sheet_with(&read(WITH_INPUT), &[gone], None, "", Language::Nl).expect("a sheet");
    assert!(text(&sheet).contains("\nAfbeelding 1: De dienst heeft de afbeelding niet meer.\n"));
}
