//! What arrived: looks, documents, and what waits to be read.

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

use super::memories::{add_look, keep_memory};
use super::versions::keep;
use super::{Result, Store, instant, millis, spoilt};
use crate::model::article::Article;
use crate::model::fetched::{Fetched, Purpose, Verdict};
use crate::model::memory::Memory;

/// zstd's own default: feeds shrink to a fifth at 400 MB/s, and higher levels gain little on small texts.
const LEVEL: i32 = 3;

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

/// What a look was for.
#[derive(Clone, Copy, Debug)]
pub enum Errand<'a> {
    /// A source's own document, with what is remembered of the source from now on.
    Source(&'a Memory),
    /// The page of an article, by the article's id. `None` where it is not known whose page it is.
    Page(Option<&'a str>),
}

impl Store {
    /// Keeps a look, and the bytes that it brought, before anybody reads them. A second look at one address in one run keeps
    /// the first, and what is remembered by it: a run that is repeated at its own time leaves the same behind.
    pub async fn arrived(&self, fetched: &Fetched, errand: Errand<'_>) -> Result<()> {
        let mut change = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let new = keep_look(&mut change, fetched).await?;
        let article = match errand {
            Errand::Source(_) => None,
            Errand::Page(article) => article,
        };
        if new && fetched.verdict == Verdict::Fresh {
            keep_bytes(&mut change, fetched, article).await?;
        }
        if let Errand::Source(memory) = errand
            && new
        {
            keep_memory(&mut change, &fetched.source, memory).await?;
            add_look(&mut change, fetched).await?;
        }
        if let Some(article) = article {
            sqlx::query("UPDATE article SET page = $2 WHERE id = $1")
                .bind(article)
                .bind(if fetched.verdict == Verdict::Fresh { "held" } else { "failed" })
                .execute(&mut *change)
                .await?;
        }
        change.commit().await?;
        Ok(())
    }

    /// Keeps articles that came as values, each with the bytes that it came in, at once. Gives how many are new or changed.
    pub async fn keep_imported(&self, imported: &[(Article, Vec<u8>)], now: Timestamp) -> Result<usize> {
        let mut change = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let mut touched = 0;
        for (article, bytes) in imported {
            if !keep(&mut change, article, now).await? {
                continue;
            }
            touched += 1;
            keep_document(&mut change, &article.document, bytes, now).await?;
            let url = article.url.as_deref().unwrap_or(&article.id);
            sqlx::query(
                "INSERT INTO arrival (source, url, at_ms, purpose, hash, final_url, content_type, article, unread) \
                 VALUES ($1, $2, $3, $4, $5, $2, 'application/json', $6, 0) ON CONFLICT (source, url, at_ms) DO NOTHING",
            )
            .bind(&article.source)
            .bind(url)
            .bind(millis(now))
            .bind(name(Purpose::Page))
            .bind(&article.document)
            .bind(&article.id)
            .execute(&mut *change)
            .await?;
        }
        change.commit().await?;
        Ok(touched)
    }

    /// What waits to be read, in order of arrival: at most `limit` documents, and none after those that have filled `most` bytes.
    pub async fn unread(&self, limit: u32, most: usize) -> Result<Vec<Arrival>> {
        let rows = sqlx::query(
            "SELECT a.*, d.body FROM arrival a JOIN document d ON d.hash = a.hash WHERE a.unread = 1 \
             ORDER BY a.at_ms, a.source, a.url LIMIT $1",
        )
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        let mut found = Vec::with_capacity(rows.len());
        let mut filled = 0;
        for row in &rows {
            if filled >= most {
                break;
            }
            let arrival = arrival(row)?;
            filled += arrival.body.len();
            found.push(arrival);
        }
        Ok(found)
    }

    /// The bytes with a hash, where they are still held.
    pub async fn document(&self, hash: &str) -> Result<Option<Vec<u8>>> {
        let row = sqlx::query("SELECT body FROM document WHERE hash = $1").bind(hash).fetch_optional(&self.pool).await?;
        let Some(row) = row else { return Ok(None) };
        let packed: Vec<u8> = row.try_get("body")?;
        zstd::decode_all(packed.as_slice()).map(Some).map_err(|cause| spoilt("document", cause))
    }
}

fn arrival(row: &AnyRow) -> Result<Arrival> {
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
}

/// A verdict's or purpose's name in the store.
pub(super) fn name<T: serde::Serialize>(value: T) -> String {
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
    .bind(i64::try_from(fetched.bytes).unwrap_or(i64::MAX))
    .bind(&fetched.detail)
    .execute(&mut **change)
    .await?;
    Ok(done.rows_affected() > 0)
}

async fn keep_bytes(change: &mut Transaction<'_, Any>, fetched: &Fetched, article: Option<&str>) -> Result<()> {
    let hash = hex(&Sha256::digest(&fetched.body));
    keep_document(change, &hash, &fetched.body, fetched.at).await?;
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

async fn keep_document(change: &mut Transaction<'_, Any>, hash: &str, body: &[u8], at: Timestamp) -> Result<()> {
    let packed = zstd::encode_all(body, LEVEL).map_err(|cause| spoilt("document", cause))?;
    sqlx::query("INSERT INTO document (hash, body, bytes, at_ms) VALUES ($1, $2, $3, $4) ON CONFLICT (hash) DO NOTHING")
        .bind(hash)
        .bind(packed)
        .bind(body.len() as i64)
        .bind(millis(at))
        .execute(&mut **change)
        .await?;
    Ok(())
}

/// Lower hex.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
