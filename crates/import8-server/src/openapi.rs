//! Completes the OpenAPI document of the routes with the parts that all of them share: title, key, errors and
//! headers.

use import8_api::{ErrorBody, ErrorCode};
use serde_json::{Value, json};
use utoipa::openapi::OpenApi;
use utoipa::{PartialSchema, ToSchema};

/// The completed document as JSON, for `GET /openapi.json`.
#[must_use]
pub fn describe(document: OpenApi) -> String {
    let mut document = serde_json::to_value(document).unwrap_or_default();
    document["info"] = json!({
        "title": "Import8-compatible API",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "What is tagged or described as an extension is not in the vendor's documentation.",
        "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
    });
    document["servers"] = json!([{ "url": "/api" }]);
    document["security"] = json!([{ "key": [] }]);
    document["components"]["securitySchemes"] =
        json!({ "key": { "type": "http", "scheme": "bearer", "description": "An API key: `c8_…`." } });
    let schemas = &mut document["components"]["schemas"];
    schemas[ErrorBody::name().as_ref()] = to_json(&ErrorBody::schema());
    schemas[ErrorCode::name().as_ref()] = to_json(&ErrorCode::schema());
    document["components"]["headers"] = headers();
    unlink(&mut document);
    for operation in operations(&mut document) {
        complete(operation);
    }
    document.to_string()
}

/// Removes the brackets of Rust's links, such as `[`Page`]`, from descriptions, which are the doc comments of types.
fn unlink(value: &mut Value) {
    match value {
        Value::String(text) if text.contains("[`") => *text = text.replace("[`", "`").replace("`]", "`"),
        Value::Array(values) => values.iter_mut().for_each(unlink),
        Value::Object(fields) => fields.values_mut().for_each(unlink),
        _ => {}
    }
}

fn to_json(schema: &impl serde::Serialize) -> Value {
    serde_json::to_value(schema).unwrap_or_default()
}

/// The headers of every answer.
fn headers() -> Value {
    let whole = |description: &str| json!({ "description": description, "required": true, "schema": { "type": "integer", "minimum": 0 } });
    json!({
        "X-RateLimit-Limit": whole("Requests in a window of a minute."),
        "X-RateLimit-Remaining": whole("Requests left in the window."),
        "X-RateLimit-Reset": whole("When the window ends, in seconds since 1970."),
    })
}

fn operations(document: &mut Value) -> impl Iterator<Item = &mut Value> {
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    paths.filter_map(|(_, path)| path.as_object_mut()).flatten().map(|(_, operation)| operation)
}

/// Adds the errors that any operation may answer, and the headers of every answer.
fn complete(operation: &mut Value) {
    let needs_key = operation.get("security").is_none();
    let has_body = operation.get("requestBody").is_some();
    let errors = [
        ("401", "No key, or one that opens nothing.", needs_key),
        ("404", "Nothing of that name, or not the caller's.", true),
        ("413", "The body is larger than 10 MiB.", has_body),
        ("422", "Something in the request breaks a rule; the message names it.", true),
        (
            "429",
            "The rate limit, with `Retry-After`; without it, no credits are left for what takes one.",
            true,
        ),
        ("500", "The server's fault. Nothing was charged that was not acknowledged.", true),
    ];
    for (status, description, applies) in errors {
        if applies {
            operation["responses"][status] = json!({
                "description": description,
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/ErrorBody" } } },
            });
        }
    }
    let headers: serde_json::Map<String, Value> =
        ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"]
            .into_iter()
            .map(|name| (name.to_owned(), json!({ "$ref": format!("#/components/headers/{name}") })))
            .collect();
    for (_, response) in operation["responses"].as_object_mut().into_iter().flatten() {
        response["headers"] = Value::Object(headers.clone());
    }
}
