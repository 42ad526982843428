//! Chromium and chromedriver for the tests that run in a browser: finds, installs and starts them.

use std::env;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use crate::error::Error;
use crate::files;
use crate::packages;
use crate::process::{self, Running};

const CHROMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
/// The interval at which a starting driver is asked whether it is ready, and the number of times.
const POLL: Duration = Duration::from_millis(50);
const POLLS: usize = 200;

/// An installed Chromium, with the driver that starts it.
pub(crate) struct Browser {
    /// The path of Chromium.
    pub(crate) chrome: PathBuf,
    /// The path of chromedriver.
    pub(crate) driver: PathBuf,
}

/// A running chromedriver. Dropping it ends the driver and every browser that it has started.
pub(crate) struct Driver {
    port: u16,
    _process: Running,
}

impl Browser {
    /// Finds Chromium and chromedriver, or installs them where that asks no question (see [`packages::install`]).
    ///
    /// Fails with [`Error::NoBrowser`] if one of them is still missing.
    pub(crate) fn set_up() -> Result<Self, Error> {
        if let Some(found) = Self::find() {
            return Ok(found);
        }
        packages::install(&["chromium", "chromium-driver"])?;
        Self::find().ok_or(Error::NoBrowser)
    }

    /// Starts the driver on a free port and waits up to ten seconds until it is ready.
    pub(crate) fn drive(&self) -> Result<Driver, Error> {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|socket| socket.local_addr());
        let port = free.map_err(files::naming(&self.driver))?.port();
        let mut command = process::command(&self.driver);
        command.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null());
        let driver = Driver { port, _process: process::spawn(&mut command)? };
        for _ in 0..POLLS {
            if driver.get("/status").is_ok() {
                return Ok(driver);
            }
            thread::sleep(POLL);
        }
        Err(Error::NoDriver)
    }

    fn find() -> Option<Self> {
        let chrome = locate("CHROME", &CHROMES)?;
        Some(Self { chrome, driver: locate("CHROMEDRIVER", &["chromedriver"])? })
    }
}

impl Driver {
    /// The base address of the WebDriver API: `http://127.0.0.1:PORT`.
    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn get(&self, path: &str) -> io::Result<()> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        stream.read_exact(&mut [0; 9])
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        #[expect(
            clippy::let_underscore_must_use,
            reason = "a signal would end the driver but not its browsers; a driver that does not answer has no browsers"
        )]
        let _ = self.get("/shutdown");
    }
}

/// Finds a program: at the path in the environment variable `variable`, else the first of `names` on `PATH`.
fn locate(variable: &str, names: &[&str]) -> Option<PathBuf> {
    let named = env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file());
    named.or_else(|| names.iter().find_map(|name| packages::on_path(name)))
}
