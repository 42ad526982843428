//! Tests of duties in euros on consignments that are invoiced in another currency.

use serde_json::json;

use crate::server::{Server, program};

#[test]
fn duties_in_euros_are_converted_at_the_imported_rate_of_the_month() {
    let server = Server::start();
    let key = server.key(1);
    let beef = |currency: &str, on: &str| {
        let request = json!({
            "hs_code": "0202301000", "origin_country": "BR", "value": 1000, "currency": currency, "on": on,
            "measures": { "net_weight_kg": 100 },
        });
        server.post("/api/v1/landed-cost", &key, request.to_string())
    };
    assert_eq!(beef("USD", "2026-12-15").status, 422, "no rate is known");
    let file = server.data.path().join("rates.csv");
    std::fs::write(&file, "month,currency,per_euro\n2026-12,USD,1.0842\n").expect("written");
    let imported =
        program().args(["tariff", "rates"]).arg(&file).arg("--data").arg(server.data.path()).output();
    let imported = imported.expect("imported");
    assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));
    let cost = beef("USD", "2026-12-15").json()["data"].clone();
    // 128 dollars and 221.10 euros.
    assert_eq!(cost["duty"]["amount"], json!(367.72), "{cost}");
    assert_eq!(cost["exchange_rate"], json!({ "per_euro": 1.0842, "date": "2026-12-01" }));
    let notes = cost["notes"].as_array().expect("notes");
    assert!(notes.iter().any(|note| note.as_str().is_some_and(|note| note.contains("1 EUR = 1.0842 USD"))));
    assert_eq!(beef("USD", "2027-01-15").status, 422, "the rate is of December");
    let euros = beef("EUR", "2026-12-15").json()["data"].clone();
    assert_eq!(euros["duty"]["amount"].to_string(), "349.10");
    assert_eq!(euros["exchange_rate"], json!(null));
}
