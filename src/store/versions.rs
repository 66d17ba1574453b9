//! What an article becomes when its address is read again. Every version stays as it was read; what changed between two is
//! computed from them (`model::edit`), so there is no second telling of it that could differ.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

use super::{Result, Store, instant, json, millis, to_json};
use crate::model::article::Article;
use crate::model::article::ArticleKind::{Brief, Full};
use crate::model::edit::{Seen, same_text, same_title, same_wording};

/// An earlier wording that is back within a day is a test of two titles, or a cache that lags behind.
const BACK_AFTER_MS: i64 = 86_400_000;

/// How often one wording may be the present one: the outlet takes a change back, and is not believed to do so again.
const BACK_AT_MOST: usize = 2;

/// Summaries of one article for which its page is asked again. A teaser that is new at every look is not worth more.
const SUMMARIES: usize = 8;

/// Versions before the present one that are kept: the first, and the latest. A live blog has hundreds in a day.
const MOST: u32 = 64;

impl Store {
    /// The versions of every article that is in a story and was read in more than one, the oldest first and the present one
    /// last, by article.
    pub async fn versions(&self) -> Result<BTreeMap<String, Vec<Seen>>> {
        let rows = sqlx::query(
            "SELECT v.article, v.version, v.at_ms, v.body, a.body AS present FROM version v JOIN article a ON a.id = v.article \
             WHERE v.article IN (SELECT article FROM membership) ORDER BY v.article, v.version",
        )
        .fetch_all(&self.pool)
        .await?;
        let mut found = BTreeMap::new();
        for rows in rows.chunk_by(|one, other| one.try_get::<&str, _>("article").ok() == other.try_get::<&str, _>("article").ok())
        {
            let id: String = rows[0].try_get("article")?;
            found.insert(id, of_article(rows)?);
        }
        Ok(found)
    }

    /// The versions of one article, the oldest first and the present one last; none of an article that was read in one only.
    pub async fn versions_of(&self, article: &str) -> Result<Vec<Seen>> {
        let rows = sqlx::query(
            "SELECT v.at_ms, v.body, a.body AS present FROM version v JOIN article a ON a.id = v.article WHERE v.article = $1 \
             ORDER BY v.version",
        )
        .bind(article)
        .fetch_all(&self.pool)
        .await?;
        of_article(&rows)
    }
}

/// Rows are the versions that were replaced, with the time at which they were: the time at which the next was first seen.
fn of_article(rows: &[AnyRow]) -> Result<Vec<Seen>> {
    let mut versions: Vec<Seen> = Vec::with_capacity(rows.len() + 1);
    let mut replaced: Option<(u32, Timestamp)> = None;
    let mut put = |article: Article, at: Option<Timestamp>| {
        let seen = match replaced {
            None => Some(article.first_seen),
            Some((version, at)) => (version + 1 == article.version).then_some(at),
        };
        replaced = at.map(|at| (article.version, at));
        versions.push((seen, article));
    };
    for row in rows {
        let at = instant(row, "at_ms")?;
        put(json(row, "body")?, Some(at));
    }
    if let Some(last) = rows.last() {
        put(json(last, "present")?, None);
    }
    Ok(versions)
}

/// Keeps an article as it was read at `now`: as new, as the next version of the one that is held, or not at all. Whether
/// anything was kept.
pub(super) async fn keep(change: &mut Transaction<'_, Any>, article: &Article, now: Timestamp) -> Result<bool> {
    let row = sqlx::query("SELECT body FROM article WHERE id = $1").bind(&article.id).fetch_optional(&mut **change).await?;
    let Some(row) = row else {
        insert(change, article).await?;
        return Ok(true);
    };
    let held: Article = json(&row, "body")?;
    if held.title == article.title && held.text == article.text && held.lead == article.lead {
        return Ok(false);
    }
    let earlier = earlier(change, &held.id).await?;
    let Some(step) = succeed(&held, article, &earlier, now) else { return Ok(false) };
    put_away(change, &held, now).await?;
    if let Some(summary) = &step.summary {
        put_away(change, summary, now).await?;
        sqlx::query("UPDATE article SET page = 'wanted' WHERE id = $1").bind(&held.id).execute(&mut **change).await?;
    }
    let next = &step.next;
    sqlx::query("UPDATE article SET version = $2, body = $3, source = $4, taxonomy = NULL WHERE id = $1")
        .bind(&next.id)
        .bind(i64::from(next.version))
        .bind(to_json(next))
        .bind(&next.source)
        .execute(&mut **change)
        .await?;
    sqlx::query("DELETE FROM version WHERE article = $1 AND version > 1 AND version < $2")
        .bind(&next.id)
        .bind(i64::from(next.version.saturating_sub(MOST - 1)))
        .execute(&mut **change)
        .await?;
    Ok(true)
}

/// The versions that were replaced, with when, the oldest first.
async fn earlier(change: &mut Transaction<'_, Any>, id: &str) -> Result<Vec<(Timestamp, Article)>> {
    let rows = sqlx::query("SELECT at_ms, body FROM version WHERE article = $1 ORDER BY version")
        .bind(id)
        .fetch_all(&mut **change)
        .await?;
    rows.iter().map(|row| Ok((instant(row, "at_ms")?, json(row, "body")?))).collect()
}

async fn put_away(change: &mut Transaction<'_, Any>, article: &Article, now: Timestamp) -> Result<()> {
    sqlx::query("INSERT INTO version (article, version, at_ms, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING")
        .bind(&article.id)
        .bind(i64::from(article.version))
        .bind(millis(now))
        .bind(to_json(article))
        .execute(&mut **change)
        .await?;
    Ok(())
}

/// What follows a reading.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    /// The present version from now on.
    next: Article,
    /// A feed's new summary of an article whose page we hold: kept as a version before `next`, and the page is asked again.
    summary: Option<Article>,
}

/// What an article becomes when its address is read again; `None` when it stays as it is.
///
/// Only the same source may change it, and an outlet's own feed what an aggregator led to. A feed's summary does not replace a
/// page's text, but its new title replaces the old, and its new summary says that the page is worth another look.
fn succeed(held: &Article, read: &Article, earlier: &[(Timestamp, Article)], now: Timestamp) -> Option<Step> {
    let own_word = held.lead && !read.lead;
    if held.source != read.source && !own_word {
        return None;
    }
    if held.kind == Full && read.kind == Brief && !own_word {
        return retitled(held, read, earlier);
    }
    let next = Article { version: held.version + 1, first_seen: held.first_seen, ..read.clone() };
    let is_new = own_word || !same_wording(held, &next) && !is_back(&next, earlier, now);
    is_new.then_some(Step { next, summary: None })
}

/// Whether a wording was there before, and is not to be taken for the outlet's own return to it.
fn is_back(next: &Article, earlier: &[(Timestamp, Article)], now: Timestamp) -> bool {
    let mut same = earlier.iter().filter(|(_, version)| version.kind == next.kind && same_wording(version, next));
    let Some((replaced, _)) = same.next_back() else { return false };
    millis(now) - millis(*replaced) < BACK_AFTER_MS || same.count() + 1 >= BACK_AT_MOST
}

/// A feed's item of an article whose page is held: its title may be new, or its summary.
fn retitled(held: &Article, read: &Article, earlier: &[(Timestamp, Article)]) -> Option<Step> {
    let all = || earlier.iter().map(|(_, version)| version).chain([held]);
    let is_titled = !all().any(|version| same_title(&version.title, &read.title));
    let summaries = || earlier.iter().map(|(_, version)| version).filter(|version| version.kind == Brief);
    let is_told = (1..SUMMARIES).contains(&summaries().count()) && !summaries().any(|one| same_text(&one.text, &read.text));
    if !is_titled && !is_told {
        return None;
    }
    let summary = is_told.then(|| Article { version: held.version + 1, first_seen: held.first_seen, ..read.clone() });
    let version = held.version + if is_told { 2 } else { 1 };
    let title = if is_titled { &read.title } else { &held.title };
    Some(Step { next: Article { title: title.clone(), version, ..held.clone() }, summary })
}

async fn insert(change: &mut Transaction<'_, Any>, article: &Article) -> Result<()> {
    sqlx::query(
        "INSERT INTO article (id, source, version, first_seen_ms, body, relevant, linked, page) VALUES ($1, $2, $3, $4, $5, 0, 0, $6)",
    )
    .bind(&article.id)
    .bind(&article.source)
    .bind(i64::from(article.version))
    .bind(millis(article.first_seen))
    .bind(to_json(article))
    .bind(if article.has_page { "wanted" } else { "none" })
    .execute(&mut **change)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests;
