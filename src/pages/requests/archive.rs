//! Export of the request log as an HTTP Archive (HAR 1.2). It contains no request headers, so no key, and
//! no response bodies.

use serde_json::{Value, json};

use crate::api::{Body, RequestLogEntry};
use crate::i18n::format;

/// The archive as JSON, in the order of sending. `base` is the address of the API.
#[must_use]
pub fn har(log: &[RequestLogEntry], base: &str) -> String {
    // The log is ordered by response.
    let mut sent: Vec<_> = log.iter().rev().collect();
    sent.sort_by_key(|request| request.at);
    let entries: Vec<_> = sent.into_iter().map(|request| entry(request, base)).collect();
    let archive = json!({"log": {
        "version": "1.2",
        "creator": {"name": "Import8 dashboard", "version": env!("CARGO_PKG_VERSION")},
        "entries": entries,
    }});
    // A JSON value of strings and numbers always serializes.
    serde_json::to_string_pretty(&archive).unwrap_or_default()
}

fn entry(logged: &RequestLogEntry, base: &str) -> Value {
    let sent = match &logged.body {
        Some(Body::Kept(body)) => Some((body.as_str(), body.len())),
        Some(Body::TooLong(bytes)) => Some(("", *bytes)),
        None => None,
    };
    let mut request = json!({
        "method": logged.method,
        "url": format!("{base}{}", logged.path),
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
        logged.request_id.iter().map(|id| header("X-Request-Id", id.clone())).collect();
    if let Some(rate) = logged.rate {
        headers.push(header("X-RateLimit-Limit", rate.limit.to_string()));
        headers.push(header("X-RateLimit-Remaining", rate.remaining.to_string()));
        headers.push(header("X-RateLimit-Reset", rate.reset.to_string()));
    }
    json!({
        "startedDateTime": format::timestamp(logged.at),
        "time": logged.milliseconds,
        "request": request,
        "response": {
            "status": logged.status.unwrap_or(0),
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
        "timings": {"send": 0, "wait": logged.milliseconds, "receive": 0},
    })
}
