//! The sites, each with its server and its database.

use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;

use super::scenario::{Rows, SITES};
use crate::database;
use crate::error::Result;
use crate::server::{self, Cores, Server};
use crate::stored;

/// Longer than any run: a row that the benchmark has made pending stays so until it says otherwise.
const HELD_BACK: Duration = Duration::from_secs(86_400);

/// Running sites with the same rows.
pub(crate) struct Stage {
    pub(crate) sites: Vec<Site>,
    /// The key that all of them know.
    pub(crate) key: String,
    /// The identifier of the batch that all of them have.
    pub(crate) batch: String,
    _folder: TempDir,
}

/// A site: a server of built pages.
pub(crate) struct Site {
    pub(crate) name: &'static str,
    pub(crate) server: Server,
    /// The folder with its database.
    pub(crate) data: PathBuf,
}

impl Stage {
    /// Makes a database with `rows`, and starts a server of each of `dists` on a copy of it.
    pub(crate) async fn set(rows: Rows, dists: [&Path; 3]) -> Result<Self> {
        let program = server::program()?;
        let folder = TempDir::new()?;
        let made = folder.path().join("made");
        let key = stored::make(&program, &made, Cores::Shared, rows.stored).await?;
        let batch = database::make_batch(&made, rows.in_batch).await?;
        let mut sites = Vec::new();
        for (name, dist) in SITES.into_iter().zip(dists) {
            let data = folder.path().join(name);
            copy_files(&made, &data)?;
            let server = Server::start(&program, &data, Cores::Shared, HELD_BACK, Some(dist))?;
            sites.push(Site { name, server, data });
        }
        Ok(Self { sites, key, batch, _folder: folder })
    }
}

fn copy_files(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let file = entry?.path();
        if let Some(name) = file.file_name().filter(|_| file.is_file()) {
            std::fs::copy(&file, to.join(name))?;
        }
    }
    Ok(())
}
