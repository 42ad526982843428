//! Prepaid credits, and the monthly usage of the plan, which is counted separately.
//!
//! Credits are money: each is taken, or given back, in the transaction of the classification that it pays for.

use sqlx::{SqliteConnection, SqliteExecutor};

use crate::clock::Instant;
use crate::error::ApiError;

/// The SQL expression for the credits left of organisation `$1` at time `$2`: those of all balances that have not
/// expired.
macro_rules! remaining_sql {
    () => {
        "(SELECT COALESCE(SUM(purchased - used), 0) FROM credit_balances WHERE organization_id = $1 AND expires_at > $2)"
    };
}
pub(crate) use remaining_sql;

/// The credits that an organisation has left now.
///
/// # Errors
/// The database cannot be read or written.
pub async fn remaining(executor: impl SqliteExecutor<'_>, organization: i64) -> sqlx::Result<u64> {
    let remaining: i64 = sqlx::query_scalar(concat!("SELECT ", remaining_sql!()))
        .bind(organization)
        .bind(Instant::now())
        .fetch_one(executor)
        .await?;
    Ok(remaining.unsigned_abs())
}

/// Takes one credit of the balance that expires first and returns the identifier of that balance.
///
/// # Errors
/// [`ApiError::OutOfCredits`] if no credit is left, or a database error.
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

/// Returns one credit to the balance that it was taken from.
///
/// # Errors
/// The database cannot be read or written.
pub async fn give_back(tx: &mut SqliteConnection, balance: i64) -> sqlx::Result<()> {
    sqlx::query("UPDATE credit_balances SET used = used - 1 WHERE id = $1").bind(balance).execute(tx).await?;
    Ok(())
}

/// Adds a classification to the plan's usage of the day on which it was requested.
///
/// # Errors
/// The database cannot be read or written.
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

/// Removes a failed classification from the plan's usage of the day on which it was requested.
///
/// # Errors
/// The database cannot be read or written.
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
