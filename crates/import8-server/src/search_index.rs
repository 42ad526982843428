//! The full-text index of the history: the words of each product.
//!
//! SQLite's tokenizer folds Latin letters only, so words are folded by [`fold`] before they are stored and before
//! they are searched for.

use import8_api::{MAX_SEARCH_WORDS, fold, search_words};
use sqlx::{Acquire, SqliteConnection};

/// The number of rows that are read at once when the index is rebuilt.
const AT_ONCE: i64 = 1_000;

/// Adds a product, in the caller's transaction.
pub(crate) async fn add(
    tx: &mut SqliteConnection,
    seq: i64,
    organization: i64,
    summary: &str,
) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO classification_words (rowid, organization, words) VALUES ($1, $2, $3)")
        .bind(seq)
        .bind(organization)
        .bind(fold(summary))
        .execute(tx)
        .await?;
    Ok(())
}

/// Indexes all products if the index is empty. A migration empties it when the folding has changed.
pub(crate) async fn fill(connection: &mut SqliteConnection) -> sqlx::Result<()> {
    let is_filled: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM classification_words_docsize)")
        .fetch_one(&mut *connection)
        .await?;
    if is_filled {
        return Ok(());
    }
    let mut tx = connection.begin().await?;
    let mut last = 0;
    loop {
        let rows: Vec<(i64, i64, String)> = sqlx::query_as(
            "SELECT seq, organization_id, product_summary FROM classifications
             WHERE seq > $1 ORDER BY seq LIMIT $2",
        )
        .bind(last)
        .bind(AT_ONCE)
        .fetch_all(&mut *tx)
        .await?;
        let Some(&(seq, ..)) = rows.last() else { break };
        last = seq;
        for (seq, organization, summary) in &rows {
            add(&mut tx, *seq, *organization, summary).await?;
        }
    }
    tx.commit().await
}

/// A search in the syntax of the index: each word quoted, so that none is an operator, and open at its end. `None`
/// for a text without words, which filters nothing.
pub(crate) fn query(text: &str) -> Option<String> {
    let words = search_words(text);
    let terms: Vec<_> =
        words.iter().take(MAX_SEARCH_WORDS).map(|word| format!("words : \"{word}\" *")).collect();
    (!terms.is_empty()).then(|| terms.join(" AND "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_has_words_and_no_operators() {
        assert_eq!(query("Steel bött"), Some(r#"words : "steel" * AND words : "bott" *"#.to_owned()));
        assert_eq!(query("\"x\" OR NOT(y)").map(|terms| terms.matches("words").count()), Some(4));
        assert_eq!(query(" \"*\" "), None);
    }
}
