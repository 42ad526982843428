//! The log as an HTTP Archive (HAR 1.2), which browsers' own tools and others open. It has no header of a
//! request, so no key, and no answer.

use serde_json::{Value, json};

use crate::api::{Body, Exchange};
use crate::format;

/// The archive as text: the requests in the order in which they were sent. `base` is the API's address.
#[must_use]
pub fn har(log: &[Exchange], base: &str) -> String {
    // The log has them in the order of their answers.
    let mut sent: Vec<_> = log.iter().rev().collect();
    sent.sort_by_key(|exchange| exchange.at);
    let entries: Vec<_> = sent.into_iter().map(|exchange| entry(exchange, base)).collect();
    let archive = json!({"log": {
        "version": "1.2",
        "creator": {"name": "Import8 dashboard", "version": env!("CARGO_PKG_VERSION")},
        "entries": entries,
    }});
    // Texts and numbers cannot fail to be written.
    serde_json::to_string_pretty(&archive).unwrap_or_default()
}

fn entry(exchange: &Exchange, base: &str) -> Value {
    let sent = match &exchange.body {
        Some(Body::Kept(body)) => Some((body.as_str(), body.len())),
        Some(Body::TooLong(bytes)) => Some(("", *bytes)),
        None => None,
    };
    let mut request = json!({
        "method": exchange.method,
        "url": format!("{base}{}", exchange.path),
        "httpVersion": "",
        "cookies": [],
        "headers": [],
        "queryString": [],
        "headersSize": -1,
        "bodySize": sent.map_or(0, |(_, bytes)| bytes),
    });
    if let Some((body, _)) = sent {
        request["postData"] = json!({"mimeType": "application/json", "text": body});
    }
    let header = |name: &str, value: String| json!({"name": name, "value": value});
    let mut headers: Vec<Value> =
        exchange.request_id.iter().map(|id| header("X-Request-Id", id.clone())).collect();
    if let Some(rate) = exchange.rate {
        headers.push(header("X-RateLimit-Limit", rate.limit.to_string()));
        headers.push(header("X-RateLimit-Remaining", rate.remaining.to_string()));
        headers.push(header("X-RateLimit-Reset", rate.reset.to_string()));
    }
    json!({
        "startedDateTime": format::timestamp(exchange.at),
        "time": exchange.milliseconds,
        "request": request,
        "response": {
            "status": exchange.status.unwrap_or(0),
            "statusText": "",
            "httpVersion": "",
            "cookies": [],
            "headers": headers,
            "content": {"size": -1, "mimeType": ""},
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": -1,
        },
        "cache": {},
        "timings": {"send": 0, "wait": exchange.milliseconds, "receive": 0},
    })
}
