//! What is remembered of each source, and how it fared.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

use super::arrivals::{Arrival, name};
use super::{Result, Store, instant, maybe_instant, millis, spoilt, to_json};
use crate::model::fetched::{Fetched, Purpose, Validators, Verdict};
use crate::model::memory::Memory;
use crate::model::pace::Pace;

/// News from which the pace of a source is learned that an older program kept: more than a pace remembers.
const HISTORY: i64 = 64;

/// How a source fared over all looks at its own document.
#[derive(Clone, Debug, Default)]
pub struct Health {
    /// What is remembered of it, its pace included.
    pub memory: Memory,
    /// Looks.
    pub looks: u64,
    /// Those that failed.
    pub failures: u64,
    /// The last look.
    pub last: Option<(Timestamp, Verdict)>,
    /// The last that succeeded and was read.
    pub last_success: Option<Timestamp>,
    /// What had to be repaired in the document that was read last.
    pub repaired: Option<String>,
    /// Articles read so far.
    pub articles: u64,
    /// Those that concern access.
    pub relevant: u64,
}

/// One look, as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: Timestamp,
    /// The source's own document or an article's page.
    pub purpose: Purpose,
    /// What was asked for.
    pub url: String,
    /// HTTP status; 0 where there was none.
    pub status: u16,
    /// What it came to.
    pub verdict: Verdict,
    /// Decoded bytes that came.
    pub bytes: u64,
    /// Items in it.
    pub items_seen: u64,
    /// Those that were new or changed.
    pub items_new: u64,
    /// More.
    pub detail: Option<String>,
}

impl Store {
    /// What is remembered of each source that was ever asked.
    pub async fn memories(&self) -> Result<BTreeMap<String, Memory>> {
        Ok(self.rows().await?.into_iter().map(|(id, health)| (id, health.memory)).collect())
    }

    /// How each source fared that was ever asked or gave an article.
    pub async fn health(&self) -> Result<BTreeMap<String, Health>> {
        let mut found = self.rows().await?;
        let rows = sqlx::query(
            "SELECT source, COUNT(*) AS articles, CAST(SUM(relevant) AS BIGINT) AS relevant FROM article GROUP BY source",
        )
        .fetch_all(&self.pool)
        .await?;
        for row in &rows {
            let health = found.entry(row.try_get("source")?).or_default();
            health.articles = count(row, "articles")?;
            health.relevant = count(row, "relevant")?;
        }
        Ok(found)
    }

    /// Every look for a source, of one day (UTC) or of all, oldest first: its own document and the pages of its articles.
    pub async fn looks(&self, source: &str, day: Option<Date>) -> Result<Vec<Look>> {
        let (first, end) = day.map_or((Timestamp::MIN, Timestamp::MAX), bounds);
        let rows =
            sqlx::query("SELECT * FROM look WHERE source = $1 AND at_ms >= $2 AND at_ms < $3 ORDER BY at_ms, purpose, url")
                .bind(source)
                .bind(millis(first))
                .bind(millis(end))
                .fetch_all(&self.pool)
                .await?;
        rows.iter().map(look).collect()
    }

    /// Keeps what is remembered of a source beside a look.
    pub async fn remember(&self, source: &str, memory: &Memory) -> Result<()> {
        let mut change = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        keep_memory(&mut change, source, memory).await?;
        change.commit().await?;
        Ok(())
    }

    /// Keeps what had to be repaired in a source's document. `None` where it is well-formed.
    pub async fn keep_repairs(&self, source: &str, repaired: Option<&str>) -> Result<()> {
        sqlx::query("UPDATE source SET repaired = $2 WHERE id = $1 AND repaired IS DISTINCT FROM $2")
            .bind(source)
            .bind(repaired)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// The rows of `source`, without what is counted elsewhere.
    async fn rows(&self) -> Result<BTreeMap<String, Health>> {
        let rows = sqlx::query("SELECT * FROM source").fetch_all(&self.pool).await?;
        let mut found = BTreeMap::new();
        for row in &rows {
            let id: String = row.try_get("id")?;
            let pace = match structure(row, "pace")? {
                Some(pace) => pace,
                None => self.learned(&id).await?,
            };
            found.insert(id, health(row, pace)?);
        }
        Ok(found)
    }

    /// The pace of a source of which an older program kept only looks.
    async fn learned(&self, source: &str) -> Result<Pace> {
        let rows = sqlx::query(
            "SELECT at_ms FROM look WHERE source = $1 AND purpose = 'feed' AND items_new > 0 ORDER BY at_ms DESC LIMIT $2",
        )
        .bind(source)
        .bind(HISTORY)
        .fetch_all(&self.pool)
        .await?;
        let times: Result<Vec<Timestamp>> = rows.iter().rev().map(|row| instant(row, "at_ms")).collect();
        Ok(Pace::of(times?))
    }
}

/// A day's first instant, and the next one's. Nothing lies between them on the calendar's last day, of which no look can be.
fn bounds(day: Date) -> (Timestamp, Timestamp) {
    let start = |day: Date| day.to_zoned(TimeZone::UTC).map_or(Timestamp::MAX, |start| start.timestamp());
    (start(day), day.tomorrow().map_or(Timestamp::MAX, start))
}

fn health(row: &AnyRow, pace: Pace) -> Result<Health> {
    let address: Option<String> = row.try_get("address")?;
    let gone = row.try_get::<i64, _>("gone")? == 1;
    let (last, verdict): (_, Option<String>) = (maybe_instant(row, "last_ms")?, row.try_get("verdict")?);
    let memory = Memory {
        address: address.map(|url| url.parse()).transpose().map_err(|cause| spoilt("address", cause))?,
        validators: Validators {
            etag: row.try_get("etag")?,
            last_modified: row.try_get("last_modified")?,
            body_hash: row.try_get("body_hash")?,
        },
        due: Some(instant(row, "due_ms")?),
        failures: u32::try_from(row.try_get::<i64, _>("failures")?).unwrap_or(u32::MAX),
        failing_since: maybe_instant(row, "failing_ms")?,
        gone: if gone { maybe_instant(row, "gone_ms")?.or(last).or(Some(Timestamp::UNIX_EPOCH)) } else { None },
        changed: maybe_instant(row, "changed_ms")?,
        whole: maybe_instant(row, "whole_ms")?,
        moving: structure(row, "moving")?,
        moved: structure(row, "moved")?,
        pace,
    };
    Ok(Health {
        memory,
        looks: count(row, "looks")?,
        failures: count(row, "failed")?,
        last: last.zip(verdict.map(|name| verdict_of(&name)).transpose()?),
        last_success: maybe_instant(row, "success_ms")?,
        repaired: row.try_get("repaired")?,
        ..Health::default()
    })
}

fn look(row: &AnyRow) -> Result<Look> {
    Ok(Look {
        at: instant(row, "at_ms")?,
        purpose: if row.try_get::<String, _>("purpose")? == "page" { Purpose::Page } else { Purpose::Feed },
        url: row.try_get("url")?,
        status: u16::try_from(row.try_get::<i64, _>("status")?).unwrap_or(0),
        verdict: verdict_of(&row.try_get::<String, _>("verdict")?)?,
        bytes: count(row, "bytes")?,
        items_seen: count(row, "items_seen")?,
        items_new: count(row, "items_new")?,
        detail: row.try_get("detail")?,
    })
}

fn verdict_of(name: &str) -> Result<Verdict> {
    serde_json::from_value(serde_json::Value::String(name.to_string())).map_err(|cause| spoilt("verdict", cause))
}

fn count(row: &AnyRow, column: &str) -> Result<u64> {
    Ok(u64::try_from(row.try_get::<i64, _>(column)?).unwrap_or(0))
}

/// A structure of a column of JSON that may be null.
fn structure<T: serde::de::DeserializeOwned>(row: &AnyRow, column: &str) -> Result<Option<T>> {
    let text: Option<String> = row.try_get(column)?;
    text.map(|text| serde_json::from_str(&text).map_err(|cause| spoilt(column, cause))).transpose()
}

/// Writes what is remembered, whole. What looks add up to stays.
pub(super) async fn keep_memory(change: &mut Transaction<'_, Any>, source: &str, memory: &Memory) -> Result<()> {
    sqlx::query(
        "INSERT INTO source (id, due_ms, failures, gone, etag, last_modified, body_hash, changed_ms, address, gone_ms, failing_ms, \
         whole_ms, moving, moved, pace) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) \
         ON CONFLICT (id) DO UPDATE SET due_ms = excluded.due_ms, failures = excluded.failures, gone = excluded.gone, \
         etag = excluded.etag, last_modified = excluded.last_modified, body_hash = excluded.body_hash, \
         changed_ms = excluded.changed_ms, address = excluded.address, gone_ms = excluded.gone_ms, \
         failing_ms = excluded.failing_ms, whole_ms = excluded.whole_ms, moving = excluded.moving, moved = excluded.moved, \
         pace = excluded.pace",
    )
    .bind(source)
    .bind(millis(memory.due.unwrap_or(Timestamp::UNIX_EPOCH)))
    .bind(i64::from(memory.failures))
    .bind(i64::from(memory.gone.is_some()))
    .bind(&memory.validators.etag)
    .bind(&memory.validators.last_modified)
    .bind(&memory.validators.body_hash)
    .bind(memory.changed.map(millis))
    .bind(memory.address.as_ref().map(|url| url.as_str().to_string()))
    .bind(memory.gone.map(millis))
    .bind(memory.failing_since.map(millis))
    .bind(memory.whole.map(millis))
    .bind(memory.moving.as_ref().map(to_json))
    .bind(memory.moved.as_ref().map(to_json))
    .bind(to_json(&memory.pace))
    .execute(&mut **change)
    .await?;
    Ok(())
}

/// Adds a look to what its source's looks add up to. A fresh one succeeds when it is read.
pub(super) async fn add_look(change: &mut Transaction<'_, Any>, fetched: &Fetched) -> Result<()> {
    sqlx::query(
        "UPDATE source SET looks = looks + 1, failed = failed + $2, last_ms = $3, verdict = $4, \
         success_ms = CASE WHEN $5 = 1 THEN $3 ELSE success_ms END WHERE id = $1",
    )
    .bind(&fetched.source)
    .bind(i64::from(!fetched.verdict.is_success()))
    .bind(millis(fetched.at))
    .bind(name(fetched.verdict))
    .bind(i64::from(fetched.verdict == Verdict::Unchanged))
    .execute(&mut **change)
    .await?;
    Ok(())
}

/// A source's document was read: it does not fail any more, and what was new in it teaches its pace.
pub(super) async fn was_read(change: &mut Transaction<'_, Any>, arrival: &Arrival, new: usize) -> Result<()> {
    if arrival.purpose != Purpose::Feed {
        return Ok(());
    }
    sqlx::query("UPDATE source SET failures = 0, failing_ms = NULL, success_ms = $2 WHERE id = $1")
        .bind(&arrival.source)
        .bind(millis(arrival.at))
        .execute(&mut **change)
        .await?;
    let row = sqlx::query("SELECT pace FROM source WHERE id = $1").bind(&arrival.source).fetch_optional(&mut **change).await?;
    let Some(row) = row.filter(|_| new > 0) else { return Ok(()) };
    let pace = structure::<Pace>(&row, "pace")?.unwrap_or_default().after(arrival.at);
    sqlx::query("UPDATE source SET pace = $2 WHERE id = $1")
        .bind(&arrival.source)
        .bind(to_json(&pace))
        .execute(&mut **change)
        .await?;
    Ok(())
}

/// A source's document could not be read: the look that brought it failed after all.
pub(super) async fn was_unreadable(change: &mut Transaction<'_, Any>, arrival: &Arrival, verdict: &str) -> Result<()> {
    if arrival.purpose != Purpose::Feed {
        return Ok(());
    }
    sqlx::query("UPDATE source SET failed = failed + 1, verdict = $3 WHERE id = $1 AND last_ms = $2")
        .bind(&arrival.source)
        .bind(millis(arrival.at))
        .bind(verdict)
        .execute(&mut **change)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use url::Url;

    use super::*;
    use crate::model::memory::{Moved, Moving};
    use crate::store::Errand;

    async fn open(folder: &tempfile::TempDir) -> Store {
        Store::open(&folder.path().join("store.db")).await.unwrap()
    }

    fn hour(hours: i64) -> Timestamp {
        "2026-06-18T00:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_hours(hours)
    }

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    fn look(at: Timestamp, verdict: Verdict, body: &str) -> Fetched {
        Fetched {
            source: "a".into(),
            purpose: Purpose::Feed,
            url: url("https://a.example/feed"),
            final_url: url("https://a.example/feed"),
            at,
            status: 200,
            verdict,
            content_type: None,
            validators: Validators::default(),
            moved: None,
            bytes: 700,
            body: body.as_bytes().to_vec(),
            retry_after: None,
            fresh_for: None,
            detail: None,
        }
    }

    #[tokio::test]
    async fn what_is_remembered_comes_back_whole() {
        let folder = tempfile::tempdir().unwrap();
        let store = open(&folder).await;
        let memory = Memory {
            address: Some(url("https://a.example/feed")),
            validators: Validators { etag: Some("e".into()), last_modified: Some("l".into()), body_hash: Some("b".into()) },
            due: Some(hour(1)),
            failures: 3,
            failing_since: Some(hour(2)),
            gone: Some(hour(3)),
            changed: Some(hour(4)),
            whole: Some(hour(5)),
            moving: Some(Moving { to: url("https://b.example/"), days: vec!["2026-06-18".parse().unwrap()] }),
            moved: Some(Moved { to: url("https://c.example/"), since: hour(6) }),
            pace: Pace::of([hour(0), hour(1), hour(3), hour(6)]),
        };
        store.remember("a", &memory).await.unwrap();
        assert_eq!(store.memories().await.unwrap()["a"], memory);
        let empty = Memory { due: Some(hour(1)), ..Memory::default() };
        store.remember("a", &empty).await.unwrap();
        assert_eq!(store.memories().await.unwrap()["a"], empty);
    }

    #[tokio::test]
    async fn health_is_what_the_looks_add_up_to_and_a_fresh_one_succeeds_when_it_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let store = open(&folder).await;
        let failing = Memory { failures: 2, failing_since: Some(hour(0)), ..Memory::default() };
        for (at, verdict) in [(0, Verdict::TooSlow), (1, Verdict::Fresh)] {
            store.arrived(&look(hour(at), verdict, "feed"), Errand::Source(&failing)).await.unwrap();
        }
        let before = store.health().await.unwrap().remove("a").unwrap();
        assert_eq!((before.looks, before.failures, before.last_success), (2, 1, None));
        assert_eq!(before.memory.failing_since, Some(hour(0)));
        let arrival = store.unread(9, usize::MAX).await.unwrap().remove(0);
        store.keep_repairs("a", Some("a lone & was escaped")).await.unwrap();
        store.keep_articles(&arrival, &[]).await.unwrap();
        let after = store.health().await.unwrap().remove("a").unwrap();
        assert_eq!((after.last_success, after.last), (Some(hour(1)), Some((hour(1), Verdict::Fresh))));
        assert_eq!((after.memory.failures, after.memory.failing_since), (0, None));
        assert_eq!(after.repaired.as_deref(), Some("a lone & was escaped"));
        assert_eq!(after.memory.pace, Pace::default(), "nothing in it was new");
    }

    #[tokio::test]
    async fn a_document_that_cannot_be_read_is_a_failure_of_its_look() {
        let folder = tempfile::tempdir().unwrap();
        let store = open(&folder).await;
        store.arrived(&look(hour(0), Verdict::Fresh, "<li>"), Errand::Source(&Memory::default())).await.unwrap();
        let arrival = store.unread(9, usize::MAX).await.unwrap().remove(0);
        store.unreadable(&arrival, Verdict::SelectorFailed, Some("\"li a\" matches nothing")).await.unwrap();
        let health = store.health().await.unwrap().remove("a").unwrap();
        assert_eq!((health.failures, health.last, health.last_success), (1, Some((hour(0), Verdict::SelectorFailed)), None));
        assert_eq!(store.looks("a", None).await.unwrap()[0].verdict, Verdict::SelectorFailed);
    }

    #[tokio::test]
    async fn every_look_of_a_day_can_be_shown_even_if_it_brought_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = open(&folder).await;
        for hours in [-1, 0, 23, 24] {
            store.arrived(&look(hour(hours), Verdict::Unchanged, ""), Errand::Source(&Memory::default())).await.unwrap();
        }
        let day = store.looks("a", Some("2026-06-18".parse().unwrap())).await.unwrap();
        assert_eq!(day.iter().map(|look| look.at).collect::<Vec<_>>(), [hour(0), hour(23)]);
        assert_eq!((day[0].bytes, day[0].items_seen, day[0].status), (700, 0, 200), "what came is told though it was no news");
        assert_eq!(store.looks("a", None).await.unwrap().len(), 4);
        assert!(
            store.looks("a", Some(Date::MAX)).await.unwrap().is_empty()
                && store.looks("a", Some(Date::MIN)).await.unwrap().is_empty()
        );
        assert!(store.looks("b", None).await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn the_same_look_twice_counts_once_and_is_remembered_once() {
        let folder = tempfile::tempdir().unwrap();
        let store = open(&folder).await;
        for failures in [1, 2] {
            let memory = Memory { failures, failing_since: Some(hour(0)), ..Memory::default() };
            store.arrived(&look(hour(0), Verdict::NotFound, ""), Errand::Source(&memory)).await.unwrap();
        }
        let health = store.health().await.unwrap().remove("a").unwrap();
        assert_eq!((health.looks, health.failures, health.memory.failures), (1, 1, 1));
        for _ in 0..2 {
            store.arrived(&look(hour(1), Verdict::Fresh, "feed"), Errand::Source(&Memory::default())).await.unwrap();
        }
        assert_eq!(store.health().await.unwrap()["a"].looks, 2);
        assert_eq!(store.unread(9, usize::MAX).await.unwrap().len(), 1);
    }
}
