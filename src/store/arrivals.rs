//! What arrived: looks, documents, and what waits to be read.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::{Any, Row, Transaction};

use super::{Result, Store, instant, maybe_instant, millis, spoilt};
use crate::model::fetched::{Fetched, Purpose, Validators, Verdict};

/// zstd's own default: feeds shrink to a fifth at 400 MB/s, and higher levels gain little on small texts.
const LEVEL: i32 = 3;

/// What the store holds about fetching one source.
#[derive(Clone, Debug, Default)]
pub struct SourceState {
    /// For the next request.
    pub validators: Validators,
    /// Not before this; `None` for a source never asked.
    pub due: Option<Timestamp>,
    /// Failures since the last success.
    pub failures: u32,
    /// It answered 410 and is not asked again.
    pub gone: bool,
    /// When it last brought new bytes.
    pub changed: Option<Timestamp>,
}

/// Bytes that wait to be read.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The source that they were fetched for.
    pub source: String,
    /// The address that was asked.
    pub url: String,
    /// When.
    pub at: Timestamp,
    /// A feed or an article's page.
    pub purpose: Purpose,
    /// The article whose page it is.
    pub article: Option<String>,
    /// Lower hex SHA-256 of the bytes.
    pub hash: String,
    /// Where the last redirect led.
    pub final_url: String,
    /// `Content-Type`, verbatim.
    pub content_type: Option<String>,
    /// The bytes.
    pub body: Vec<u8>,
}

/// How a source fared over all looks at its own document.
#[derive(Clone, Debug, Default)]
pub struct Health {
    /// Looks.
    pub looks: u64,
    /// Those that failed.
    pub failures: u64,
    /// The last look.
    pub last: Option<(Timestamp, Verdict)>,
    /// The last that succeeded.
    pub last_success: Option<Timestamp>,
    /// The last that brought a new item.
    pub last_new: Option<Timestamp>,
    /// Articles read so far.
    pub articles: u64,
    /// Those that concern access.
    pub relevant: u64,
}

impl Store {
    /// What we hold about each source that was ever asked.
    pub async fn source_states(&self) -> Result<BTreeMap<String, SourceState>> {
        let rows = sqlx::query("SELECT * FROM source").fetch_all(&self.pool).await?;
        rows.iter()
            .map(|row| {
                let state = SourceState {
                    validators: Validators {
                        etag: row.try_get("etag")?,
                        last_modified: row.try_get("last_modified")?,
                        body_hash: row.try_get("body_hash")?,
                    },
                    due: Some(instant(row, "due_ms")?),
                    failures: u32::try_from(row.try_get::<i64, _>("failures")?).unwrap_or(u32::MAX),
                    gone: row.try_get::<i64, _>("gone")? == 1,
                    changed: maybe_instant(row, "changed_ms")?,
                };
                Ok((row.try_get("id")?, state))
            })
            .collect()
    }

    /// Keeps a look, and the bytes that it brought, before anybody reads them. A second look at one address in one run keeps
    /// the first. `article` is whose page was asked for; `due` is when a source may be asked again.
    pub async fn arrived(&self, fetched: &Fetched, article: Option<&str>, due: Timestamp) -> Result<()> {
        let mut change = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let new = keep_look(&mut change, fetched).await?;
        if new && fetched.verdict == Verdict::Fresh {
            keep_bytes(&mut change, fetched, article).await?;
        }
        match article {
            None => keep_state(&mut change, fetched, due).await?,
            Some(article) => {
                sqlx::query("UPDATE article SET page = $2 WHERE id = $1")
                    .bind(article)
                    .bind(if fetched.verdict == Verdict::Fresh { "held" } else { "failed" })
                    .execute(&mut *change)
                    .await?;
            }
        }
        change.commit().await?;
        Ok(())
    }

    /// What waits to be read, in order of arrival, at most `limit`.
    pub async fn unread(&self, limit: u32) -> Result<Vec<Arrival>> {
        let rows = sqlx::query(
            "SELECT a.*, d.body FROM arrival a JOIN document d ON d.hash = a.hash WHERE a.unread = 1 \
             ORDER BY a.at_ms, a.source, a.url LIMIT $1",
        )
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .map(|row| {
                let packed: Vec<u8> = row.try_get("body")?;
                Ok(Arrival {
                    source: row.try_get("source")?,
                    url: row.try_get("url")?,
                    at: instant(row, "at_ms")?,
                    purpose: if row.try_get::<String, _>("purpose")? == "page" { Purpose::Page } else { Purpose::Feed },
                    article: row.try_get("article")?,
                    hash: row.try_get("hash")?,
                    final_url: row.try_get("final_url")?,
                    content_type: row.try_get("content_type")?,
                    body: zstd::decode_all(packed.as_slice()).map_err(|cause| spoilt("document", cause))?,
                })
            })
            .collect()
    }

    /// The bytes with a hash, where they are still held.
    pub async fn document(&self, hash: &str) -> Result<Option<Vec<u8>>> {
        let row = sqlx::query("SELECT body FROM document WHERE hash = $1").bind(hash).fetch_optional(&self.pool).await?;
        let Some(row) = row else { return Ok(None) };
        let packed: Vec<u8> = row.try_get("body")?;
        zstd::decode_all(packed.as_slice()).map(Some).map_err(|cause| spoilt("document", cause))
    }

    /// How each source fared.
    pub async fn health(&self) -> Result<BTreeMap<String, Health>> {
        let mut found: BTreeMap<String, Health> = BTreeMap::new();
        let rows = sqlx::query("SELECT source, at_ms, verdict, items_new FROM look WHERE purpose = 'feed' ORDER BY at_ms")
            .fetch_all(&self.pool)
            .await?;
        for row in &rows {
            let at = instant(row, "at_ms")?;
            let verdict: Verdict = serde_json::from_value(serde_json::Value::String(row.try_get("verdict")?))
                .map_err(|cause| spoilt("verdict", cause))?;
            let health = found.entry(row.try_get("source")?).or_default();
            health.looks += 1;
            health.last = Some((at, verdict));
            if verdict.is_success() {
                health.last_success = Some(at);
            } else {
                health.failures += 1;
            }
            if row.try_get::<i64, _>("items_new")? > 0 {
                health.last_new = Some(at);
            }
        }
        let rows = sqlx::query(
            "SELECT source, COUNT(*) AS articles, CAST(SUM(relevant) AS BIGINT) AS relevant FROM article GROUP BY source",
        )
        .fetch_all(&self.pool)
        .await?;
        for row in &rows {
            let health = found.entry(row.try_get("source")?).or_default();
            health.articles = u64::try_from(row.try_get::<i64, _>("articles")?).unwrap_or(0);
            health.relevant = u64::try_from(row.try_get::<i64, _>("relevant")?).unwrap_or(0);
        }
        Ok(found)
    }
}

/// A verdict's or purpose's name in the store.
fn name<T: serde::Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// Whether the look is new.
async fn keep_look(change: &mut Transaction<'_, Any>, fetched: &Fetched) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO look (source, url, at_ms, purpose, status, verdict, bytes, items_seen, items_new, detail) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, $8) ON CONFLICT (source, url, at_ms) DO NOTHING",
    )
    .bind(&fetched.source)
    .bind(fetched.url.as_str())
    .bind(millis(fetched.at))
    .bind(name(fetched.purpose))
    .bind(i64::from(fetched.status))
    .bind(name(fetched.verdict))
    .bind(fetched.body.len() as i64)
    .bind(&fetched.detail)
    .execute(&mut **change)
    .await?;
    Ok(done.rows_affected() > 0)
}

async fn keep_bytes(change: &mut Transaction<'_, Any>, fetched: &Fetched, article: Option<&str>) -> Result<()> {
    let hash = hex(&Sha256::digest(&fetched.body));
    let packed = zstd::encode_all(fetched.body.as_slice(), LEVEL).map_err(|cause| spoilt("document", cause))?;
    sqlx::query("INSERT INTO document (hash, body, bytes, at_ms) VALUES ($1, $2, $3, $4) ON CONFLICT (hash) DO NOTHING")
        .bind(&hash)
        .bind(packed)
        .bind(fetched.body.len() as i64)
        .bind(millis(fetched.at))
        .execute(&mut **change)
        .await?;
    sqlx::query(
        "INSERT INTO arrival (source, url, at_ms, purpose, hash, final_url, content_type, article, unread) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)",
    )
    .bind(&fetched.source)
    .bind(fetched.url.as_str())
    .bind(millis(fetched.at))
    .bind(name(fetched.purpose))
    .bind(hash)
    .bind(fetched.final_url.as_str())
    .bind(&fetched.content_type)
    .bind(article)
    .execute(&mut **change)
    .await?;
    Ok(())
}

/// Validators are taken over from an answer alone: a failure keeps the old ones.
async fn keep_state(change: &mut Transaction<'_, Any>, fetched: &Fetched, due: Timestamp) -> Result<()> {
    let good = i64::from(fetched.verdict.is_success());
    sqlx::query(
        "INSERT INTO source (id, due_ms, failures, gone, etag, last_modified, body_hash, changed_ms) \
         VALUES ($1, $2, 1 - $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO UPDATE SET due_ms = excluded.due_ms, \
         failures = CASE WHEN $3 = 1 THEN 0 ELSE source.failures + 1 END, gone = excluded.gone, \
         etag = CASE WHEN $3 = 1 THEN excluded.etag ELSE source.etag END, \
         last_modified = CASE WHEN $3 = 1 THEN excluded.last_modified ELSE source.last_modified END, \
         body_hash = CASE WHEN $3 = 1 THEN excluded.body_hash ELSE source.body_hash END, \
         changed_ms = COALESCE(excluded.changed_ms, source.changed_ms)",
    )
    .bind(&fetched.source)
    .bind(millis(due))
    .bind(good)
    .bind(i64::from(fetched.verdict == Verdict::Gone))
    .bind(&fetched.validators.etag)
    .bind(&fetched.validators.last_modified)
    .bind(&fetched.validators.body_hash)
    .bind((fetched.verdict == Verdict::Fresh).then(|| millis(fetched.at)))
    .execute(&mut **change)
    .await?;
    Ok(())
}

/// Lower hex.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
