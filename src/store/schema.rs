//! Tables, and how an older store becomes a newer one.

use sqlx::{AnyPool, Row};

use super::{Result, StoreError};

/// The steps from an empty store to this program's. A step is never edited after it was released; a change is a new step.
const STEPS: &[&str] = &[
    "
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
",
    "
ALTER TABLE source ADD COLUMN address TEXT;
ALTER TABLE source ADD COLUMN gone_ms BIGINT;
ALTER TABLE source ADD COLUMN failing_ms BIGINT;
ALTER TABLE source ADD COLUMN success_ms BIGINT;
ALTER TABLE source ADD COLUMN whole_ms BIGINT;
ALTER TABLE source ADD COLUMN moving TEXT;
ALTER TABLE source ADD COLUMN moved TEXT;
ALTER TABLE source ADD COLUMN pace TEXT;
ALTER TABLE source ADD COLUMN repaired TEXT;
ALTER TABLE source ADD COLUMN last_ms BIGINT;
ALTER TABLE source ADD COLUMN verdict TEXT;
ALTER TABLE source ADD COLUMN looks BIGINT NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN failed BIGINT NOT NULL DEFAULT 0;
CREATE INDEX look_time ON look (source, at_ms);
UPDATE source SET
    address = (SELECT l.url FROM look l WHERE l.source = source.id AND l.purpose = 'feed' ORDER BY l.at_ms DESC LIMIT 1),
    verdict = (SELECT l.verdict FROM look l WHERE l.source = source.id AND l.purpose = 'feed' ORDER BY l.at_ms DESC LIMIT 1),
    last_ms = (SELECT MAX(l.at_ms) FROM look l WHERE l.source = source.id AND l.purpose = 'feed'),
    looks = (SELECT COUNT(*) FROM look l WHERE l.source = source.id AND l.purpose = 'feed'),
    failed = (SELECT COUNT(*) FROM look l WHERE l.source = source.id AND l.purpose = 'feed'
        AND l.verdict NOT IN ('fresh', 'unchanged')),
    success_ms = (SELECT MAX(l.at_ms) FROM look l WHERE l.source = source.id AND l.purpose = 'feed'
        AND l.verdict IN ('fresh', 'unchanged'));
UPDATE source SET gone_ms = last_ms WHERE gone = 1;
UPDATE source SET failing_ms = (SELECT MIN(l.at_ms) FROM look l WHERE l.source = source.id AND l.purpose = 'feed'
    AND l.at_ms > COALESCE(source.success_ms, 0)) WHERE failures > 0;
DROP INDEX article_source;
CREATE INDEX article_source ON article (source, relevant)
",
    "
CREATE TABLE robots (
    origin TEXT NOT NULL, agent TEXT NOT NULL, at_ms BIGINT NOT NULL, body BYTEA, PRIMARY KEY (origin, agent)
)
",
];

/// The steps that lead to a store of schema `found`; or why this program cannot read it.
pub(super) fn steps_to(found: i64) -> Result<&'static [&'static str]> {
    let known = STEPS.len() as i64;
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    Ok(&STEPS[..usize::try_from(found).unwrap_or(0)])
}

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
    for step in STEPS.iter().skip(steps_to(found)?.len()) {
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

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};
    use sqlx::any::AnyPoolOptions;

    use super::*;
    use crate::model::fetched::Verdict;
    use crate::store::{Store, address};

    /// A store as the first release made it, with what three sources left in it.
    async fn first_release(path: &std::path::Path) {
        sqlx::any::install_default_drivers();
        let pool = AnyPoolOptions::new().max_connections(1).connect(&address(path)).await.unwrap();
        let filled = "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL); INSERT INTO meta VALUES ('schema', '1');
            INSERT INTO source VALUES ('wire', 4000000, 0, 0, '\"e\"', 'Mon', 'abc', 3600000);
            INSERT INTO source VALUES ('lost', 9000000, 2, 0, NULL, NULL, NULL, NULL);
            INSERT INTO source VALUES ('gone', 1000, 1, 1, NULL, NULL, NULL, NULL);
            INSERT INTO look VALUES ('lost', 'https://l.example/', 0, 'feed', 200, 'unchanged', 0, 0, 0, NULL);
            INSERT INTO look VALUES ('lost', 'https://l.example/', 1000, 'feed', 404, 'not-found', 0, 0, 0, 'status 404');
            INSERT INTO look VALUES ('lost', 'https://l.example/', 2000, 'feed', 0, 'too-slow', 0, 0, 0, NULL);
            INSERT INTO look VALUES ('gone', 'https://g.example/', 1000, 'feed', 410, 'gone', 0, 0, 0, NULL);
            INSERT INTO look VALUES ('wire', 'https://w.example/page', 9000000, 'page', 200, 'fresh', 9, 0, 0, NULL)";
        for statement in STEPS[0].split(';').chain(filled.split(';')).map(str::trim).filter(|text| !text.is_empty()) {
            sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&pool).await.unwrap();
        }
        for hour in 0..6 {
            sqlx::query("INSERT INTO look VALUES ('wire', 'https://w.example/', $1, 'feed', 200, 'fresh', 9, 20, $2, NULL)")
                .bind(hour * 3_600_000)
                .bind(i64::from(hour != 3))
                .execute(&pool)
                .await
                .unwrap();
        }
        pool.close().await;
    }

    #[tokio::test]
    async fn a_store_of_the_first_release_is_brought_up_to_date_and_loses_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.db");
        first_release(&path).await;
        let store = Store::open(&path).await.unwrap();
        assert_eq!(store.meta("schema").await.unwrap().as_deref(), Some("3"));
        let health = store.health().await.unwrap();
        let at = |seconds: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds);
        let (wire, lost, gone) = (&health["wire"], &health["lost"], &health["gone"]);
        assert_eq!((wire.looks, wire.failures, wire.last), (6, 0, Some((at(5 * 3600), Verdict::Fresh))), "pages do not count");
        assert_eq!(wire.memory.validators.etag.as_deref(), Some("\"e\""));
        assert_eq!(wire.memory.address.as_ref().unwrap().as_str(), "https://w.example/");
        assert_eq!((wire.memory.due, wire.memory.changed), (Some(at(4000)), Some(at(3600))));
        assert_eq!(wire.memory.pace.last(), Some(at(5 * 3600)), "the pace is learned from the looks");
        assert_eq!(wire.memory.pace.usual(), Some(std::time::Duration::from_secs(3600)));
        assert_eq!((lost.looks, lost.failures, lost.last_success), (3, 2, Some(at(0))));
        assert_eq!((lost.memory.failures, lost.memory.failing_since), (2, Some(at(1))));
        assert_eq!((gone.memory.gone, gone.last), (Some(at(1)), Some((at(1), Verdict::Gone))));
        assert_eq!(store.looks("lost", None).await.unwrap().len(), 3);
    }
}
