//! Keeps what arrived before anybody reads it, and everything that was made of it. One SQL text for SQLite and PostgreSQL:
//! columns are `BIGINT`, `TEXT` and `BYTEA`, times epoch milliseconds, flags 0 and 1, structures JSON in `TEXT`, ids made by
//! the program, and every writer's transaction is immediate.

/// Tables, and how an older store becomes a newer one.
mod schema;

/// What arrived: looks, documents, and what waits to be read.
mod arrivals;

/// What is remembered of each source.
mod memories;

/// `robots.txt` files.
mod robots;

/// What was read: articles and their tags.
mod articles;

/// What an article becomes when it is read again.
mod versions;

/// What was made of it: stories, the chain, the commentary.
mod stories;

/// A private copy, to try things on.
mod trial;

/// Pruning and backup.
mod upkeep;

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use sqlx::any::{AnyPoolOptions, AnyRow};
use sqlx::{AnyPool, Row};

pub use arrivals::{Arrival, Errand};
pub use articles::{Stored, TaggedBy, Untagged};
pub use memories::{Health, Look};
pub use stories::{Linking, Membership, StoryRow, Writing};
pub use trial::{Before, Trial};

/// How long a writer waits for another before it gives up. One run holds the lock, so only an editor's tool can be in the way.
const BUSY: Duration = Duration::from_secs(10);

/// Why the store did not do as asked. Each says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another run is at work.
    #[error("\"{}\" is in use by another run; wait for it to end", .0.display())]
    Busy(PathBuf),
    /// The file cannot be opened or made.
    #[error("\"{}\" cannot be opened; check that its folder exists and can be written", .path.display())]
    Open {
        /// The store's file.
        path: PathBuf,
        /// What the system says.
        #[source]
        cause: std::io::Error,
    },
    /// There is none.
    #[error("there is no store at \"{}\"; name one with --store, or make one with `termwall run`", .0.display())]
    Absent(PathBuf),
    /// Made by a newer program.
    #[error("the store has schema {found}, this program knows {known}; use the newer program")]
    Newer {
        /// The store's.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// The database refused.
    #[error("the database refused; if it repeats, restore the last backup")]
    Database(#[from] sqlx::Error),
    /// Something stored cannot be read back.
    #[error("{what} in the store cannot be read back; restore the last backup")]
    Spoilt {
        /// Which thing.
        what: String,
        /// Why.
        #[source]
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The published chain is not a prefix of the one in the store.
    #[error(
        "the ledger in the store does not continue the published one; restore the store that made it, or publish into an empty folder"
    )]
    Restarted,
}

/// What a store gives, or why not.
pub type Result<T> = std::result::Result<T, StoreError>;

/// The database, and the lock that one run holds.
pub struct Store {
    pool: AnyPool,
    /// Held as long as the store is open; the system lets go of it however the process ends. `None` for a private copy.
    _lock: Option<File>,
}

impl Store {
    /// Opens a store, makes it where there is none, and brings an older one up to date. Fails at once when another run has it.
    pub async fn open(path: &Path) -> Result<Self> {
        let path = std::path::absolute(path).map_err(|cause| StoreError::Open { path: path.to_path_buf(), cause })?;
        let lock = lock(&path)?;
        sqlx::any::install_default_drivers();
        let pool = AnyPoolOptions::new()
            .max_connections(1)
            .after_connect(|connection, _| {
                Box::pin(async move {
                    let pragmas = format!(
                        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout={}; PRAGMA foreign_keys=ON",
                        BUSY.as_millis()
                    );
                    sqlx::raw_sql(sqlx::AssertSqlSafe(pragmas)).execute(connection).await.map(|_| ())
                })
            })
            .connect(&address(&path))
            .await?;
        schema::migrate(&pool).await?;
        Ok(Self { pool, _lock: Some(lock) })
    }

    /// Writes everything to the file and closes it.
    pub async fn close(self) {
        self.pool.close().await;
    }

    /// A value that the program keeps for itself.
    pub async fn meta(&self, key: &str) -> Result<Option<String>> {
        let row = sqlx::query("SELECT value FROM meta WHERE key = $1").bind(key).fetch_optional(&self.pool).await?;
        Ok(row.map(|row| row.try_get("value")).transpose()?)
    }

    /// Keeps a value.
    pub async fn set_meta(&self, key: &str, value: &str) -> Result<()> {
        sqlx::query("INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value")
            .bind(key)
            .bind(value)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}

/// Takes the lock beside the store.
fn lock(path: &Path) -> Result<File> {
    let beside = path.with_added_extension("lock");
    let failed = |cause| StoreError::Open { path: path.to_path_buf(), cause };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(beside).map_err(failed)?;
    file.try_lock().map_err(|_| StoreError::Busy(path.to_path_buf()))?;
    Ok(file)
}

/// The address of an SQLite file, created where missing.
fn address(path: &Path) -> String {
    format!("sqlite://{}?mode=rwc", encoded(path))
}

/// A path with its odd characters percent-encoded.
fn encoded(path: &Path) -> String {
    let mut out = String::new();
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'~' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Epoch milliseconds, as the store keeps times.
fn millis(instant: Timestamp) -> i64 {
    instant.as_millisecond()
}

/// An instant of a column of epoch milliseconds.
fn instant(row: &AnyRow, column: &str) -> Result<Timestamp> {
    let value: i64 = row.try_get(column)?;
    Timestamp::from_millisecond(value).map_err(|cause| spoilt(column, cause))
}

/// An instant of a column that may be null.
fn maybe_instant(row: &AnyRow, column: &str) -> Result<Option<Timestamp>> {
    let value: Option<i64> = row.try_get(column)?;
    value.map(|value| Timestamp::from_millisecond(value).map_err(|cause| spoilt(column, cause))).transpose()
}

/// A structure of a column of JSON.
fn json<T: serde::de::DeserializeOwned>(row: &AnyRow, column: &str) -> Result<T> {
    let text: String = row.try_get(column)?;
    serde_json::from_str(&text).map_err(|cause| spoilt(column, cause))
}

/// JSON for a column.
fn to_json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("our nouns have string keys and no failing serializer")
}

fn spoilt(what: &str, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> StoreError {
    StoreError::Spoilt { what: format!("\"{what}\""), cause: cause.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_run_at_a_time_holds_the_store() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a store?.db");
        let first = Store::open(&path).await.unwrap();
        assert!(matches!(Store::open(&path).await, Err(StoreError::Busy(_))));
        first.set_meta("round", "3").await.unwrap();
        first.close().await;
        let again = Store::open(&path).await.unwrap();
        assert_eq!(again.meta("round").await.unwrap().as_deref(), Some("3"));
        assert!(path.exists());
    }

    #[tokio::test]
    async fn a_store_of_a_newer_program_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.db");
        let store = Store::open(&path).await.unwrap();
        store.set_meta("schema", "99").await.unwrap();
        store.close().await;
        assert!(matches!(Store::open(&path).await, Err(StoreError::Newer { found: 99, .. })));
    }
}
