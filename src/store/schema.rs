//! Tables, and how an older store becomes a newer one.

use sqlx::{AnyPool, Row};

use super::{Result, StoreError};

/// The steps from an empty store to this program's. A step is never edited after it was released; a change is a new step.
const STEPS: &[&str] = &["
CREATE TABLE source (
    id TEXT PRIMARY KEY, due_ms BIGINT NOT NULL, failures BIGINT NOT NULL, gone BIGINT NOT NULL,
    etag TEXT, last_modified TEXT, body_hash TEXT, changed_ms BIGINT
);
CREATE TABLE look (
    source TEXT NOT NULL, url TEXT NOT NULL, at_ms BIGINT NOT NULL, purpose TEXT NOT NULL, status BIGINT NOT NULL,
    verdict TEXT NOT NULL, bytes BIGINT NOT NULL, items_seen BIGINT NOT NULL, items_new BIGINT NOT NULL, detail TEXT,
    PRIMARY KEY (source, url, at_ms)
);
CREATE TABLE document (hash TEXT PRIMARY KEY, body BYTEA NOT NULL, bytes BIGINT NOT NULL, at_ms BIGINT NOT NULL);
CREATE TABLE arrival (
    source TEXT NOT NULL, url TEXT NOT NULL, at_ms BIGINT NOT NULL, purpose TEXT NOT NULL, hash TEXT NOT NULL,
    final_url TEXT NOT NULL, content_type TEXT, article TEXT, unread BIGINT NOT NULL,
    PRIMARY KEY (source, url, at_ms)
);
CREATE INDEX arrival_unread ON arrival (unread, at_ms, source, url);
CREATE TABLE article (
    id TEXT PRIMARY KEY, source TEXT NOT NULL, version BIGINT NOT NULL, first_seen_ms BIGINT NOT NULL, body TEXT NOT NULL,
    taxonomy TEXT, tags TEXT, relevant BIGINT NOT NULL, linked BIGINT NOT NULL, page TEXT NOT NULL
);
CREATE INDEX article_source ON article (source);
CREATE INDEX article_linked ON article (relevant, linked, first_seen_ms, id);
CREATE INDEX article_page ON article (page, relevant);
CREATE TABLE version (
    article TEXT NOT NULL, version BIGINT NOT NULL, at_ms BIGINT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (article, version)
);
CREATE TABLE link_key (key TEXT NOT NULL, article TEXT NOT NULL, PRIMARY KEY (key, article));
CREATE INDEX link_key_article ON link_key (article);
CREATE TABLE story (
    id TEXT PRIMARY KEY, slug TEXT, year BIGINT NOT NULL, shown_ms BIGINT, changed BIGINT NOT NULL
);
CREATE INDEX story_changed ON story (changed);
CREATE TABLE membership (
    article TEXT NOT NULL, happening BIGINT NOT NULL, story TEXT NOT NULL, PRIMARY KEY (article, happening)
);
CREATE INDEX membership_story ON membership (story);
CREATE TABLE redirect (old TEXT PRIMARY KEY, target TEXT NOT NULL, at_ms BIGINT NOT NULL);
CREATE TABLE chain (n BIGINT PRIMARY KEY, at_ms BIGINT NOT NULL, line TEXT NOT NULL);
CREATE TABLE insight (story TEXT NOT NULL, lang TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (story, lang));
CREATE TABLE letter (name TEXT PRIMARY KEY, at_ms BIGINT NOT NULL, subject TEXT NOT NULL)
"];

/// Brings a store up to date, all in one transaction.
pub(super) async fn migrate(pool: &AnyPool) -> Result<()> {
    let mut change = pool.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query("CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)").execute(&mut *change).await?;
    let row = sqlx::query("SELECT value FROM meta WHERE key = 'schema'").fetch_optional(&mut *change).await?;
    let found: i64 = match row {
        Some(row) => row.try_get::<String, _>("value")?.parse().map_err(|cause| super::spoilt("schema", cause))?,
        None => 0,
    };
    let known = STEPS.len() as i64;
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    for step in STEPS.iter().skip(found as usize) {
        for statement in step.split(';').map(str::trim).filter(|statement| !statement.is_empty()) {
            sqlx::query(statement).execute(&mut *change).await?;
        }
    }
    sqlx::query("INSERT INTO meta (key, value) VALUES ('schema', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value")
        .bind(known.to_string())
        .execute(&mut *change)
        .await?;
    change.commit().await?;
    Ok(())
}
