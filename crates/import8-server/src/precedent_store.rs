//! The precedents of each organisation, read from the verdicts of its reviewers.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use import8_api::HsCode;

use crate::database::Database;
use crate::engine::Precedents;

/// The precedents read so far. Call [`update`](Self::update) before use: it reads the verdicts given since.
#[derive(Debug, Default)]
pub struct PrecedentStore(Mutex<ReadVerdicts>);

#[derive(Debug, Default)]
struct ReadVerdicts {
    /// The number of the newest verdict read so far.
    newest: i64,
    by_organization: HashMap<i64, Precedents>,
}

#[derive(Debug, sqlx::FromRow)]
struct VerdictRow {
    seq: i64,
    classification_seq: i64,
    organization_id: i64,
    description: Option<String>,
    code: Option<String>,
}

impl PrecedentStore {
    /// Reads the verdicts that are newer than the last one read.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn update(&self, database: &Database) -> sqlx::Result<()> {
        let newest = self.read().newest;
        let rows: Vec<VerdictRow> = sqlx::query_as(
            "SELECT feedback.seq, classification_seq, organization_id,
                json_extract(request, '$.description') AS description,
                COALESCE(corrected_code, hs_code) AS code
             FROM feedback JOIN classifications ON classifications.seq = classification_seq
             WHERE feedback.seq > $1 ORDER BY feedback.seq",
        )
        .bind(newest)
        .fetch_all(database.readers())
        .await?;
        let mut read = self.read();
        // Another caller may have read the same verdicts meanwhile.
        let before = read.newest;
        for row in rows.into_iter().filter(|row| row.seq > before) {
            read.newest = row.seq;
            let code = row.code.and_then(|code| code.parse::<HsCode>().ok());
            if let (Some(description), Some(code)) = (row.description, code) {
                let precedents = read.by_organization.entry(row.organization_id).or_default();
                precedents.insert(row.classification_seq, &description, code);
            }
        }
        Ok(())
    }

    /// Calls `use_them` with the precedents of an organisation, while no other caller can use or update any.
    pub fn with<T>(&self, organization: i64, use_them: impl FnOnce(&Precedents) -> T) -> T {
        let none = Precedents::default();
        use_them(self.read().by_organization.get(&organization).unwrap_or(&none))
    }

    fn read(&self) -> MutexGuard<'_, ReadVerdicts> {
        // A panic of the engine leaves the precedents as they were.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
