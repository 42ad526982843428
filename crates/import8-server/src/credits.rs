//! Prepaid credits: money, so each is taken and given back in the transaction of what it pays for. And
//! the plan's usage, which is counted beside them.

use sqlx::{SqliteConnection, SqliteExecutor};

use crate::clock::Instant;
use crate::error::ApiError;

/// The credits left of organisation `$1` at the time `$2`, as an expression for a larger statement:
/// those of all balances that have not expired.
macro_rules! remaining_sql {
    () => {
        "(SELECT COALESCE(SUM(purchased - used), 0) FROM credit_balances WHERE organization_id = $1 AND expires_at > $2)"
    };
}
pub(crate) use remaining_sql;

/// The credits left of an organisation.
///
/// # Errors
/// The database.
pub async fn remaining(executor: impl SqliteExecutor<'_>, organization: i64) -> sqlx::Result<u64> {
    let remaining: i64 = sqlx::query_scalar(concat!("SELECT ", remaining_sql!()))
        .bind(organization)
        .bind(Instant::now())
        .fetch_one(executor)
        .await?;
    Ok(remaining.unsigned_abs())
}

/// Takes one credit of the balance that expires first, and answers which balance that is.
///
/// # Errors
/// [`ApiError::OutOfCredits`], or the database.
pub async fn take(tx: &mut SqliteConnection, organization: i64, now: Instant) -> Result<i64, ApiError> {
    sqlx::query_scalar(
        "UPDATE credit_balances SET used = used + 1 WHERE id = (
            SELECT id FROM credit_balances
            WHERE organization_id = $1 AND expires_at > $2 AND used < purchased
            ORDER BY expires_at, id LIMIT 1
         ) RETURNING id",
    )
    .bind(organization)
    .bind(now)
    .fetch_optional(tx)
    .await?
    .ok_or(ApiError::OutOfCredits)
}

/// Gives one credit back to the balance it was taken from.
///
/// # Errors
/// The database.
pub async fn give_back(tx: &mut SqliteConnection, balance: i64) -> sqlx::Result<()> {
    sqlx::query("UPDATE credit_balances SET used = used - 1 WHERE id = $1").bind(balance).execute(tx).await?;
    Ok(())
}

/// Counts a classification in the plan's usage of the day it is asked for.
///
/// # Errors
/// The database.
pub async fn count_usage(tx: &mut SqliteConnection, organization: i64, asked: Instant) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO daily_usage (organization_id, day, classifications) VALUES ($1, $2, 1)
         ON CONFLICT (organization_id, day) DO UPDATE SET classifications = classifications + 1",
    )
    .bind(organization)
    .bind(asked.day())
    .execute(tx)
    .await?;
    Ok(())
}

/// Counts a classification no longer, because it failed.
///
/// # Errors
/// The database.
pub async fn uncount_usage(tx: &mut SqliteConnection, organization: i64, asked: Instant) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE daily_usage SET classifications = classifications - 1 WHERE organization_id = $1 AND day = $2",
    )
    .bind(organization)
    .bind(asked.day())
    .execute(tx)
    .await?;
    Ok(())
}
