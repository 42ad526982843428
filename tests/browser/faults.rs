//! A proxy between browser and server that loses, delays and repeats requests, and counts its faults.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A fault of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A short wait only.
    Delay,
    /// The connection ends before the server sees the request.
    LostRequest,
    /// The connection ends after the server has executed the request.
    LostAnswer,
    /// 500, without the server having received the request.
    Refused,
    /// 500, after the server has executed the request.
    Failed,
    /// 429, without the server having received the request.
    TooMany,
    /// The server receives the request twice.
    Twice,
}

impl Fault {
    pub(crate) const ALL: [Self; 7] = [
        Self::Delay,
        Self::LostRequest,
        Self::LostAnswer,
        Self::Refused,
        Self::Failed,
        Self::TooMany,
        Self::Twice,
    ];
}

/// A proxy in front of a server.
pub(crate) struct Proxy {
    pub(crate) base: String,
    counts: Arc<Mutex<[u32; Fault::ALL.len()]>>,
    fate: Arc<Fate>,
}

/// Chooses the faults: the first batches have each fault once, in order; later ones random faults.
struct Fate {
    dice: AtomicU64,
    batches: AtomicUsize,
    /// The number of batches that pass; later ones are held.
    passing: AtomicUsize,
}

impl Proxy {
    /// Starts a proxy in front of the server at `base`. `seed` determines the order of the faults.
    pub(crate) fn start(base: &str, seed: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a socket");
        let address = listener.local_addr().expect("an address").to_string();
        let server = base.trim_start_matches("http://").to_owned();
        let counts = Arc::new(Mutex::new([0; Fault::ALL.len()]));
        let fate = Arc::new(Fate {
            dice: AtomicU64::new(seed),
            batches: AtomicUsize::new(0),
            passing: AtomicUsize::new(usize::MAX),
        });
        let base = format!("http://{address}");
        let proxy = Self { base, counts: Arc::clone(&counts), fate: Arc::clone(&fate) };
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (server, counts, fate) = (server.clone(), Arc::clone(&counts), Arc::clone(&fate));
                // An error here is one of the faults under test.
                std::thread::spawn(move || pass(stream, &server, &counts, &fate));
            }
        });
        proxy
    }

    /// Number of batches sent, repetitions included.
    pub(crate) fn sent(&self) -> usize {
        self.fate.batches.load(Ordering::Relaxed)
    }

    /// Lets the first `batches` batches pass; later ones are held, as in a slow network.
    pub(crate) fn let_pass(&self, batches: usize) {
        self.fate.passing.store(batches, Ordering::Relaxed);
    }

    /// The number of times that each fault happened, in the order of [`Fault::ALL`].
    pub(crate) fn counts(&self) -> [u32; Fault::ALL.len()] {
        *self.counts.lock().expect("counts")
    }
}

/// A pseudo-random number, the same for the same seed.
fn throw(dice: &AtomicU64) -> u64 {
    let mut value = dice.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// The fault of a request. Only batches have faults.
fn fault_of(head: &str, fate: &Fate) -> Option<Fault> {
    let is_sent = head.starts_with("POST /api/v1/classify/batch");
    let is_asked = head.starts_with("GET /api/v1/classify/batch");
    let batch = if is_sent { fate.batches.fetch_add(1, Ordering::Relaxed) } else { usize::MAX };
    while is_sent && batch >= fate.passing.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(20));
    }
    if let Some(fault) = Fault::ALL.get(batch) {
        return Some(*fault);
    }
    match (is_sent, is_asked, throw(&fate.dice) % 100) {
        (true, _, 0..8) => Some(Fault::LostRequest),
        (true, _, 8..18) => Some(Fault::LostAnswer),
        (true, _, 18..24) => Some(Fault::Refused),
        (true, _, 24..32) => Some(Fault::Failed),
        (true, _, 32..40) => Some(Fault::TooMany),
        (true, _, 40..50) => Some(Fault::Twice),
        (_, true, 0..4) => Some(Fault::LostAnswer),
        (_, true, 4..8) => Some(Fault::Refused),
        (_, true, 8..12) => Some(Fault::TooMany),
        (true, ..) | (_, true, _) => Some(Fault::Delay),
        _ => None,
    }
}

/// The address of a proxy in front of the server at `base` whose connections end in the middle of the file `name`.
pub(crate) fn break_off(base: &str, name: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a socket");
    let address = listener.local_addr().expect("an address");
    let server = base.trim_start_matches("http://").to_owned();
    std::thread::spawn(move || {
        for mut browser in listener.incoming().flatten() {
            let server = server.clone();
            std::thread::spawn(move || {
                let request = read(&browser, &server)?;
                let answer = forwarded(&server, &request)?;
                let is_broken_off = request.0.lines().next()?.contains(name);
                let length = if is_broken_off { answer.len() / 2 } else { answer.len() };
                browser.write_all(answer.get(..length)?).ok()
            });
        }
    });
    format!("http://{address}")
}

fn pass(
    mut browser: TcpStream,
    server: &str,
    counts: &Mutex<[u32; Fault::ALL.len()]>,
    fate: &Fate,
) -> Option<()> {
    let request = read(&browser, server)?;
    let fault = fault_of(&request.0, fate);
    if let Some(fault) = fault {
        let at = Fault::ALL.iter().position(|other| *other == fault)?;
        counts.lock().ok()?[at] += 1;
    }
    let answer = match fault {
        None => forwarded(server, &request)?,
        Some(Fault::Delay) => {
            std::thread::sleep(Duration::from_millis(20 + throw(&fate.dice) % 180));
            forwarded(server, &request)?
        }
        Some(Fault::LostRequest) => return None,
        Some(Fault::LostAnswer) => return forwarded(server, &request).and(None),
        Some(Fault::Refused) => status("500 X", ""),
        Some(Fault::Failed) => forwarded(server, &request).map(|_| status("500 X", ""))?,
        Some(Fault::TooMany) => status("429 X", "retry-after: 1\r\n"),
        Some(Fault::Twice) => forwarded(server, &request).and_then(|_| forwarded(server, &request))?,
    };
    browser.write_all(&answer).ok()
}

fn status(status: &str, headers: &str) -> Vec<u8> {
    let body = r#"{"success": false, "message": "a fault"}"#;
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// The head of a request, addressed to the server, and its body.
fn read(browser: &TcpStream, server: &str) -> Option<(String, Vec<u8>)> {
    let mut reader = BufReader::new(browser);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
        match name.as_str() {
            "host" => head.push_str(&format!("host: {server}\r\n")),
            "origin" => head.push_str(&format!("origin: http://{server}\r\n")),
            "connection" => head.push_str("connection: close\r\n"),
            _ if line.trim().is_empty() => break,
            _ => head.push_str(&line),
        }
        if name == "content-length" {
            length = line.split_once(':')?.1.trim().parse().ok()?;
        }
    }
    head.push_str("\r\n");
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((head, body))
}

/// The complete answer of the server.
fn forwarded(server: &str, (head, body): &(String, Vec<u8>)) -> Option<Vec<u8>> {
    let mut stream = TcpStream::connect(server).ok()?;
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    // The browser opens a connection for each request, so it does not repeat any by itself.
    Some(answer)
}
