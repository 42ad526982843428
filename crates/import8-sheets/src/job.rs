//! What the page asks of the worker.

use serde::{Deserialize, Serialize};

use crate::{Column, Error, Format, Table};

/// What the page asks, as JSON. It asks again when it has had its answer: so it is never ahead of the
/// worker by more than one part of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Begin a file.
    Begin {
        /// In which form.
        format: Format,
        /// With which columns.
        columns: Vec<Column>,
    },
    /// Add rows to it: a text for each column.
    Rows(Vec<Vec<String>>),
    /// Give the file.
    Finish,
}

/// What the worker is busy with: one table, or nothing.
#[derive(Default)]
pub struct Job(Option<Table>);

impl Job {
    /// Does what is asked; answers with the file when it is finished. After an error there is no table
    /// any more.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn answer(&mut self, request: &str) -> Result<Option<Vec<u8>>, Error> {
        let request = serde_json::from_str(request).map_err(|error| Error::Request(error.to_string()))?;
        match (request, self.0.take()) {
            (Request::Begin { format, columns }, _) => self.0 = Some(Table::new(format, columns)?),
            (Request::Rows(rows), Some(mut table)) => {
                rows.into_iter().try_for_each(|row| table.push(row))?;
                self.0 = Some(table);
            }
            (Request::Finish, Some(table)) => return table.finish().map(Some),
            (Request::Rows(_) | Request::Finish, None) => {
                return Err(Error::Request("no table has been begun".to_owned()));
            }
        }
        Ok(None)
    }
}
