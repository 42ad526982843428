//! The program for Node.js that measures a page once, as a child process.

use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;

use serde_json::Value;
use tokio::sync::mpsc::{self, UnboundedReceiver};

use super::results::Figure;
use crate::database::HeldRows;
use crate::error::Result;

/// A running driver. Dropping it kills the process, and its browser ends with it.
pub(crate) struct Driver {
    process: Child,
    messages: UnboundedReceiver<io::Result<String>>,
}

impl Driver {
    /// Starts the `script` with a task.
    pub(crate) fn start(script: &Path, task: &Value) -> Result<Self> {
        let mut command = Command::new("node");
        command.arg(script).arg(task.to_string()).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut process = command.spawn().map_err(|error| format!("Node.js does not start: {error}"))?;
        let output = process.stdout.take();
        let (sender, messages) = mpsc::unbounded_channel();
        // Its own thread, so that the benchmark can be stopped while it waits for a message.
        thread::spawn(move || {
            let lines = output.into_iter().flat_map(|output| BufReader::new(output).lines());
            for line in lines {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Ok(Self { process, messages })
    }

    /// The figures that it measures. Completes the rows that are `held` when it is ready for that.
    pub(crate) async fn figures(mut self, mut held: Option<HeldRows>) -> Result<Vec<Figure>> {
        let mut figures = Vec::new();
        while let Some(line) = self.messages.recv().await {
            let message: Value = serde_json::from_str(&line?)?;
            if message["ready"] == true
                && let Some(rows) = held.take()
            {
                rows.complete().await?;
            }
            for figure in message["figures"].as_array().into_iter().flatten() {
                figures.push(Figure::from_json(figure)?);
            }
        }
        let status = self.process.wait()?;
        if status.success() { Ok(figures) } else { Err(format!("the driver failed ({status})").into()) }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        #[expect(clippy::let_underscore_must_use, reason = "it may be gone already, which is what is wanted")]
        let _ = (self.process.kill(), self.process.wait());
    }
}
