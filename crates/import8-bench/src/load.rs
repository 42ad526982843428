//! The load: clients that each send a request, wait for its answer, and then send the next one.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Method, Request, StatusCode, header};
use hyper_util::rt::TokioIo;
use serde_json::json;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::database::PRODUCTS;
use crate::error::Result;
use crate::report::{self, RequestKind};

const WARM_UP: Duration = Duration::from_secs(1);

/// The time after the end within which the last answers must arrive.
const PATIENCE: Duration = Duration::from_secs(120);

/// The requests of a measurement, sent in turns.
pub(crate) enum Load {
    /// `GET` requests of these paths, answered with 200.
    Read(Vec<String>),
    /// `POST` requests with these bodies to `classify`, answered with 202.
    Write(Vec<Bytes>),
}

impl Load {
    /// The writes that classify [`PRODUCTS`].
    pub(crate) fn products() -> Self {
        let request = |description| {
            json!({
                "description": description,
                "origin_country": "CN",
                "destination_country": "NL",
                "goods_value": 25,
                "quantity": 100,
                "shipping_cost": 150,
                "currency": "EUR",
            })
        };
        Self::Write(PRODUCTS.map(|product| request(product).to_string().into()).to_vec())
    }

    pub(crate) fn kind(&self) -> RequestKind {
        match self {
            Self::Read(_) => RequestKind::Read,
            Self::Write(_) => RequestKind::Write,
        }
    }
}

/// The result of a measurement.
#[derive(Default)]
pub(crate) struct Measured {
    /// The duration of each answer that arrived in time, in microseconds.
    pub(crate) microseconds: Vec<u64>,
    /// The body of every 202, in time or not.
    pub(crate) accepted: Vec<Bytes>,
}

/// A client with one connection, kept alive.
pub(crate) struct Client {
    sender: SendRequest<Full<Bytes>>,
    host: String,
    authorization: String,
}

impl Client {
    pub(crate) async fn connect(address: SocketAddr, key: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        // A failing connection fails the request that waits for it.
        tokio::spawn(connection);
        Ok(Self { sender, host: address.to_string(), authorization: format!("Bearer {key}") })
    }

    /// Sends request number `turn` of a load. Any status but the expected one is an error.
    pub(crate) async fn ask(&mut self, load: &Load, turn: usize) -> Result<Bytes> {
        let request = Request::builder()
            .header(header::HOST, &self.host)
            .header(header::AUTHORIZATION, &self.authorization);
        let (request, expected) = match load {
            Load::Read(targets) => {
                (request.uri(&targets[turn % targets.len()]).body(Full::default())?, StatusCode::OK)
            }
            Load::Write(bodies) => {
                let request = request.method(Method::POST).uri("/api/v1/classify");
                let request = request.header(header::CONTENT_TYPE, "application/json");
                (request.body(Full::new(bodies[turn % bodies.len()].clone()))?, StatusCode::ACCEPTED)
            }
        };
        self.sender.ready().await?;
        let answer = self.sender.send_request(request).await?;
        let status = answer.status();
        let body = answer.into_body().collect().await?.to_bytes();
        if status != expected {
            return Err(format!("answered {status}: {}", String::from_utf8_lossy(&body)).into());
        }
        Ok(body)
    }
}

/// Measures a load with `clients` clients: the answers within `duration` after the warm-up.
pub(crate) async fn measure(
    address: SocketAddr,
    key: &str,
    load: &Arc<Load>,
    clients: u64,
    duration: Duration,
) -> Result<Measured> {
    let mut connected = Vec::new();
    for _ in 0..clients {
        connected.push(Client::connect(address, key).await?);
    }
    let from = Instant::now() + WARM_UP;
    let end = from + duration;
    let turns = Arc::new(AtomicUsize::new(0));
    let mut running = JoinSet::new();
    for client in connected {
        running.spawn(repeat(client, Arc::clone(load), Arc::clone(&turns), from, end));
    }
    let all = async {
        let mut all = Measured::default();
        while let Some(one) = running.join_next().await {
            let one = one??;
            all.microseconds.extend(one.microseconds);
            all.accepted.extend(one.accepted);
        }
        Ok(all)
    };
    tokio::time::timeout(WARM_UP + duration + PATIENCE, all).await?
}

async fn repeat(
    mut client: Client,
    load: Arc<Load>,
    turns: Arc<AtomicUsize>,
    from: Instant,
    end: Instant,
) -> Result<Measured> {
    let mut measured = Measured::default();
    loop {
        let asked = Instant::now();
        if asked >= end {
            return Ok(measured);
        }
        let body = client.ask(&load, turns.fetch_add(1, Ordering::Relaxed)).await?;
        let answered = Instant::now();
        if (from..end).contains(&answered) {
            measured.microseconds.push(report::microseconds(answered - asked));
        }
        if load.kind() == RequestKind::Write {
            measured.accepted.push(body);
        }
    }
}

/// The identifier in an answer of 202.
pub(crate) fn id(answer: &[u8]) -> Result<String> {
    let answer: serde_json::Value = serde_json::from_slice(answer)?;
    Ok(answer["data"]["id"].as_str().ok_or("an answer without an id")?.to_owned())
}
