//! A private copy of what a store holds of articles and of what was made of them, to try other names and words on. It lies in a
//! temporary file of the database's own that is gone when it is closed, however the process ends; the store itself is only read,
//! and may be in use by a run. Attached databases are SQLite's: of PostgreSQL a schema in a transaction that is rolled back would do.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use sqlx::any::{AnyPoolOptions, AnyRow};
use sqlx::{AnyConnection, AnyPool, AssertSqlSafe, Row};

use super::{Result, Store, StoreError, encoded, json, schema, spoilt};
use crate::model::article::Article;
use crate::model::tagged::Tagged;

/// What is left behind: the bytes that arrived and how each source fared. All the rest may be read when stories are settled.
const LEFT: &[&str] = &["document", "arrival", "look", "robots"];

/// How things were before the trial.
const BEFORE: &[&str] = &[
    "CREATE TABLE before_article (id TEXT PRIMARY KEY, tags TEXT, relevant BIGINT NOT NULL)",
    "INSERT INTO before_article SELECT id, tags, relevant FROM article",
    "CREATE TABLE before_member (story TEXT NOT NULL, article TEXT NOT NULL, PRIMARY KEY (story, article))",
    "INSERT INTO before_member SELECT DISTINCT story, article FROM membership",
];

/// A private copy, and how things were when it was made.
pub struct Trial {
    /// The copy: everything may be done with it.
    pub store: Store,
}

/// An article with what was found in it then and now.
#[derive(Clone, Debug)]
pub struct Before {
    /// What it says.
    pub article: Article,
    /// What was found in it before; `None` where it waited to be tagged.
    pub before: Option<Tagged>,
    /// What is found in it now.
    pub after: Option<Tagged>,
    /// Whether it belonged to the story before.
    pub was_in: bool,
    /// Whether it belongs to the story now.
    pub is_in: bool,
}

/// The articles of stories, by story.
type Members = BTreeMap<String, BTreeSet<String>>;

impl Trial {
    /// A copy of the store at a path, as it is at this moment.
    pub async fn of(path: &Path) -> Result<Self> {
        let path = std::path::absolute(path).map_err(|cause| StoreError::Open { path: path.to_path_buf(), cause })?;
        if !path.is_file() {
            return Err(StoreError::Absent(path));
        }
        sqlx::any::install_default_drivers();
        // The copy lives as long as its one connection, so that must never be replaced by another.
        let options = AnyPoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
        let pool = options.connect("sqlite://?mode=rwc").await?;
        copy(&pool, &path).await?;
        schema::migrate(&pool).await?;
        for statement in BEFORE {
            sqlx::query(*statement).execute(&pool).await?;
        }
        Ok(Self { store: Store { pool, _lock: None } })
    }

    /// The articles of each story before, and now.
    pub async fn members(&self) -> Result<(Members, Members)> {
        Ok((self.pairs("before_member").await?, self.pairs("membership").await?))
    }

    async fn pairs(&self, table: &str) -> Result<Members> {
        let query = AssertSqlSafe(format!("SELECT DISTINCT story, article FROM {table}"));
        let mut found = Members::new();
        for row in sqlx::query(query).fetch_all(&self.store.pool).await? {
            found.entry(row.try_get("story")?).or_default().insert(row.try_get("article")?);
        }
        Ok(found)
    }

    /// Articles that concern access, before or now, and in which something else is found now. By id.
    pub async fn otherwise(&self) -> Result<BTreeSet<String>> {
        let rows = sqlx::query(
            "SELECT a.id FROM article a JOIN before_article b ON b.id = a.id \
             WHERE a.tags IS DISTINCT FROM b.tags AND (a.relevant = 1 OR b.relevant = 1)",
        )
        .fetch_all(&self.store.pool)
        .await?;
        rows.iter().map(|row| Ok(row.try_get("id")?)).collect()
    }

    /// Articles that belong to a story, before or now, by first seen and id.
    pub async fn story(&self, id: &str) -> Result<Vec<Before>> {
        let rows = sqlx::query(
            "SELECT a.body, b.tags AS before, a.tags AS after, \
             a.id IN (SELECT article FROM before_member WHERE story = $1) AS was_in, \
             a.id IN (SELECT article FROM membership WHERE story = $1) AS is_in \
             FROM article a LEFT JOIN before_article b ON b.id = a.id WHERE a.id IN \
             (SELECT article FROM before_member WHERE story = $1 UNION SELECT article FROM membership WHERE story = $1) \
             ORDER BY a.first_seen_ms, a.id",
        )
        .bind(id)
        .fetch_all(&self.store.pool)
        .await?;
        rows.iter().map(before).collect()
    }
}

fn before(row: &AnyRow) -> Result<Before> {
    let flag = |column: &str| Ok::<_, StoreError>(row.try_get::<i64, _>(column)? != 0);
    let tags = |column: &str| {
        let text: Option<String> = row.try_get(column)?;
        text.map(|text| serde_json::from_str(&text).map_err(|cause| spoilt(column, cause))).transpose()
    };
    Ok(Before {
        article: json(row, "body")?,
        before: tags("before")?,
        after: tags("after")?,
        was_in: flag("was_in")?,
        is_in: flag("is_in")?,
    })
}

/// Takes over the tables of a store, whatever its schema, at one moment.
async fn copy(pool: &AnyPool, path: &Path) -> Result<()> {
    let mut connection = pool.acquire().await?;
    // Only read; but whoever may write as well clears away the log files that reading makes.
    let attach = format!("ATTACH DATABASE 'file:{}?mode=rw' AS held", encoded(path));
    run(&mut connection, attach).await?;
    run(&mut connection, "BEGIN".to_string()).await?;
    let done = take(&mut connection).await;
    run(&mut connection, if done.is_ok() { "COMMIT" } else { "ROLLBACK" }.to_string()).await?;
    run(&mut connection, "DETACH DATABASE held".to_string()).await?;
    done
}

async fn take(connection: &mut AnyConnection) -> Result<()> {
    run(connection, "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)".to_string()).await?;
    let held = tables(connection, "held").await?;
    if !held.contains("meta") {
        return Ok(());
    }
    run(connection, "INSERT INTO main.meta SELECT * FROM held.meta".to_string()).await?;
    let row = sqlx::query("SELECT value FROM main.meta WHERE key = 'schema'").fetch_optional(&mut *connection).await?;
    let found = row.map(|row| row.try_get::<String, _>("value")).transpose()?.unwrap_or_default();
    let found: i64 = found.parse().map_err(|cause| spoilt("schema", cause))?;
    for step in schema::steps_to(found)? {
        for statement in step.split(';').map(str::trim).filter(|statement| !statement.is_empty()) {
            run(connection, statement.to_string()).await?;
        }
    }
    for table in tables(connection, "main").await?.intersection(&held) {
        if table != "meta" && !LEFT.contains(&table.as_str()) {
            run(connection, format!("INSERT INTO main.{table} SELECT * FROM held.{table}")).await?;
        }
    }
    Ok(())
}

async fn tables(connection: &mut AnyConnection, database: &str) -> Result<BTreeSet<String>> {
    let query = format!("SELECT name FROM {database}.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'");
    let rows = sqlx::query(AssertSqlSafe(query)).fetch_all(connection).await?;
    rows.iter().map(|row| Ok(row.try_get("name")?)).collect()
}

/// Statements of our own making: their parts are names of tables in our schema and an encoded path.
async fn run(connection: &mut AnyConnection, statement: String) -> Result<()> {
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(connection).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_copy_leaves_no_trace_and_needs_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("it's a store?.db");
        assert!(matches!(Trial::of(&path).await, Err(StoreError::Absent(_))));
        let store = Store::open(&path).await.unwrap();
        store.set_meta("round", "3").await.unwrap();
        let trial = Trial::of(&path).await.unwrap();
        assert_eq!(trial.store.meta("round").await.unwrap().as_deref(), Some("3"), "a run may be at work");
        store.close().await;
        let names = || {
            let mut names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            names.sort();
            names
        };
        let (before, bytes) = (names(), std::fs::read(&path).unwrap());
        let trial = Trial::of(&path).await.unwrap();
        trial.store.set_meta("round", "4").await.unwrap();
        trial.store.close().await;
        assert_eq!((names(), std::fs::read(&path).unwrap()), (before, bytes));
    }

    #[tokio::test]
    async fn a_store_of_a_newer_program_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.db");
        let store = Store::open(&path).await.unwrap();
        store.set_meta("schema", "99").await.unwrap();
        store.close().await;
        assert!(matches!(Trial::of(&path).await, Err(StoreError::Newer { found: 99, .. })));
    }
}
