//! What was made of it: stories, the chain, the commentary.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use sqlx::{Any, Row, Transaction};

use super::articles::{Stored, stored};
use super::{Result, Store, StoreError, instant, json, millis, to_json};
use crate::model::insight::Insight;

/// Which story an article's happening belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The article.
    pub article: String,
    /// Its happening, from 0 in the order of the text.
    pub happening: usize,
    /// The story.
    pub story: String,
}

/// What is frozen of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryRow {
    /// 12 hex.
    pub id: String,
    /// Words and six hex.
    pub slug: String,
    /// The year in its address.
    pub year: i16,
    /// When the first edition that shows it was made.
    pub first_shown: Timestamp,
    /// The article that it began with.
    pub first: String,
}

/// What one round of linking, entering and writing came to; kept all at once or not at all.
#[derive(Clone, Debug, Default)]
pub struct Settlement {
    /// Articles that are linked now, with their index keys. Their former keys and memberships go.
    pub linked: Vec<(String, Vec<String>)>,
    /// Their memberships, and those of others that moved with a merged story.
    pub memberships: Vec<Membership>,
    /// Stories that are new.
    pub stories: Vec<StoryRow>,
    /// Stories that turned out to be another: old id, id it is now, old path.
    pub merged: Vec<(String, String, String)>,
    /// Lines to append to the chain, with their place from 1.
    pub lines: Vec<(u64, String)>,
    /// Commentary that is new or reworded.
    pub insights: Vec<Insight>,
}

impl Store {
    /// Articles that were linked and share a key with somebody, with the story of each of their happenings, by id.
    pub async fn sharing(&self, keys: &[String]) -> Result<Vec<(Stored, Vec<String>, Vec<String>)>> {
        let mut ids = BTreeSet::new();
        for key in keys {
            let rows = sqlx::query("SELECT article FROM link_key WHERE key = $1").bind(key).fetch_all(&self.pool).await?;
            for row in &rows {
                ids.insert(row.try_get::<String, _>("article")?);
            }
        }
        let mut found = Vec::new();
        for id in ids {
            let row = sqlx::query("SELECT body, tags FROM article WHERE id = $1").bind(&id).fetch_one(&self.pool).await?;
            let stories = self.memberships_of(&id).await?;
            let rows =
                sqlx::query("SELECT key FROM link_key WHERE article = $1 ORDER BY key").bind(&id).fetch_all(&self.pool).await?;
            let keys = rows.iter().map(|row| Ok(row.try_get("key")?)).collect::<Result<_>>()?;
            found.push((stored(&row)?, stories, keys));
        }
        Ok(found)
    }

    async fn memberships_of(&self, article: &str) -> Result<Vec<String>> {
        let rows = sqlx::query("SELECT story FROM membership WHERE article = $1 ORDER BY happening")
            .bind(article)
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(|row| Ok(row.try_get("story")?)).collect()
    }

    /// What is frozen of every story, by id.
    pub async fn story_rows(&self) -> Result<BTreeMap<String, StoryRow>> {
        let rows = sqlx::query("SELECT * FROM story ORDER BY id").fetch_all(&self.pool).await?;
        rows.iter()
            .map(|row| {
                let story = StoryRow {
                    id: row.try_get("id")?,
                    slug: row.try_get("slug")?,
                    year: i16::try_from(row.try_get::<i64, _>("year")?).unwrap_or(0),
                    first_shown: instant(row, "shown_ms")?,
                    first: row.try_get("first")?,
                };
                Ok((story.id.clone(), story))
            })
            .collect()
    }

    /// The articles of stories, by story and then first seen and id. All stories where `only` is `None`.
    pub async fn members(&self, only: Option<&BTreeSet<String>>) -> Result<BTreeMap<String, Vec<Stored>>> {
        let rows = sqlx::query(
            "SELECT m.story, a.body, a.tags FROM membership m JOIN article a ON a.id = m.article \
             ORDER BY m.story, a.first_seen_ms, a.id, m.happening",
        )
        .fetch_all(&self.pool)
        .await?;
        let mut found: BTreeMap<String, Vec<Stored>> = BTreeMap::new();
        for row in &rows {
            let story: String = row.try_get("story")?;
            if only.is_some_and(|only| !only.contains(&story)) {
                continue;
            }
            let stored = stored(row)?;
            let list = found.entry(story).or_default();
            if list.last().is_none_or(|last| last.article.id != stored.article.id) {
                list.push(stored);
            }
        }
        Ok(found)
    }

    /// The lines of the chain, oldest first.
    pub async fn chain(&self) -> Result<Vec<String>> {
        let rows = sqlx::query("SELECT line FROM chain ORDER BY n").fetch_all(&self.pool).await?;
        rows.iter().map(|row| Ok(row.try_get("line")?)).collect()
    }

    /// All commentary, by story and language.
    pub async fn insights(&self) -> Result<BTreeMap<(String, String), Insight>> {
        let rows = sqlx::query("SELECT story, lang, body FROM insight ORDER BY story, lang").fetch_all(&self.pool).await?;
        rows.iter().map(|row| Ok(((row.try_get("story")?, row.try_get("lang")?), json(row, "body")?))).collect()
    }

    /// Stories that turned out to be another: old path and the id it is now, by old path.
    pub async fn redirects(&self) -> Result<Vec<(String, String)>> {
        let rows = sqlx::query("SELECT path, target FROM redirect ORDER BY path").fetch_all(&self.pool).await?;
        rows.iter().map(|row| Ok((row.try_get("path")?, row.try_get("target")?))).collect()
    }

    /// Keeps a settlement, all at once. Refuses lines that do not follow the chain's last.
    pub async fn settle(&self, settlement: &Settlement, now: Timestamp) -> Result<()> {
        let mut change = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for (article, keys) in &settlement.linked {
            relink(&mut change, article, keys).await?;
        }
        for member in &settlement.memberships {
            sqlx::query(
                "INSERT INTO membership (article, happening, story) VALUES ($1, $2, $3) \
                 ON CONFLICT (article, happening) DO UPDATE SET story = excluded.story",
            )
            .bind(&member.article)
            .bind(member.happening as i64)
            .bind(&member.story)
            .execute(&mut *change)
            .await?;
        }
        keep_stories(&mut change, settlement, now).await?;
        append(&mut change, &settlement.lines, now).await?;
        for insight in &settlement.insights {
            sqlx::query("INSERT INTO insight (story, lang, body) VALUES ($1, $2, $3) ON CONFLICT (story, lang) DO UPDATE SET body = excluded.body")
                .bind(&insight.story)
                .bind(&insight.lang)
                .bind(to_json(insight))
                .execute(&mut *change)
                .await?;
        }
        change.commit().await?;
        Ok(())
    }

    /// Writes a letter down before it goes out. Whether it is new.
    pub async fn keep_letter(&self, name: &str, subject: &str, now: Timestamp) -> Result<bool> {
        let done = sqlx::query("INSERT INTO letter (name, at_ms, subject) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING")
            .bind(name)
            .bind(millis(now))
            .bind(subject)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// When the last letter before `now` was written down.
    pub async fn last_letter(&self, now: Timestamp) -> Result<Option<Timestamp>> {
        let row = sqlx::query("SELECT MAX(at_ms) AS at_ms FROM letter WHERE at_ms < $1")
            .bind(millis(now))
            .fetch_one(&self.pool)
            .await?;
        super::maybe_instant(&row, "at_ms")
    }
}

async fn relink(change: &mut Transaction<'_, Any>, article: &str, keys: &[String]) -> Result<()> {
    for statement in [
        "DELETE FROM link_key WHERE article = $1",
        "DELETE FROM membership WHERE article = $1",
        "UPDATE article SET linked = 1 WHERE id = $1",
    ] {
        sqlx::query(statement).bind(article).execute(&mut **change).await?;
    }
    for key in keys {
        sqlx::query("INSERT INTO link_key (key, article) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(key)
            .bind(article)
            .execute(&mut **change)
            .await?;
    }
    Ok(())
}

async fn keep_stories(change: &mut Transaction<'_, Any>, settlement: &Settlement, now: Timestamp) -> Result<()> {
    for story in &settlement.stories {
        sqlx::query(
            "INSERT INTO story (id, slug, year, shown_ms, first) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING",
        )
        .bind(&story.id)
        .bind(&story.slug)
        .bind(i64::from(story.year))
        .bind(millis(story.first_shown))
        .bind(&story.first)
        .execute(&mut **change)
        .await?;
    }
    for (old, target, path) in &settlement.merged {
        sqlx::query("UPDATE redirect SET target = $2 WHERE target = $1").bind(old).bind(target).execute(&mut **change).await?;
        sqlx::query("INSERT INTO redirect (old, target, path, at_ms) VALUES ($1, $2, $3, $4) ON CONFLICT (old) DO UPDATE SET target = excluded.target")
            .bind(old)
            .bind(target)
            .bind(path)
            .bind(millis(now))
            .execute(&mut **change)
            .await?;
        for statement in
            ["UPDATE membership SET story = $2 WHERE story = $1", "DELETE FROM insight WHERE story = $1 AND $2 <> ''"]
        {
            sqlx::query(statement).bind(old).bind(target).execute(&mut **change).await?;
        }
    }
    Ok(())
}

async fn append(change: &mut Transaction<'_, Any>, lines: &[(u64, String)], now: Timestamp) -> Result<()> {
    let row = sqlx::query("SELECT COALESCE(MAX(n), 0) AS n FROM chain").fetch_one(&mut **change).await?;
    let mut last: i64 = row.try_get("n")?;
    for (n, line) in lines {
        last += 1;
        if i64::try_from(*n) != Ok(last) {
            return Err(StoreError::Restarted);
        }
        sqlx::query("INSERT INTO chain (n, at_ms, line) VALUES ($1, $2, $3)")
            .bind(last)
            .bind(millis(now))
            .bind(line)
            .execute(&mut **change)
            .await?;
    }
    Ok(())
}
