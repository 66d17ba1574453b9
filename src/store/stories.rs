//! What was made of it: stories, the chain, the commentary.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use sqlx::{Any, Row, Transaction};

use super::articles::{Stored, stored};
use super::{Result, Store, StoreError, json, maybe_instant, millis, to_json};
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

/// What the store knows of a story apart from its articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryRow {
    /// 12 hex.
    pub id: String,
    /// The year in its address.
    pub year: i16,
    /// Set when it is first written about, and then frozen: words and six hex, and the time of the first edition that shows it.
    pub shown: Option<(String, Timestamp)>,
}

/// What one round of linking came to; kept all at once or not at all.
#[derive(Clone, Debug, Default)]
pub struct Linking {
    /// Articles that are linked now, with their index keys. Their former keys and memberships go.
    pub linked: Vec<(String, Vec<String>)>,
    /// Their memberships.
    pub memberships: Vec<Membership>,
    /// Stories that are new, with the year in their address.
    pub stories: Vec<(String, i16)>,
    /// Stories that turned out to be another: the id that goes, the id that stays.
    pub merged: Vec<(String, String)>,
}

/// What one round of entering and writing came to; kept all at once or not at all.
#[derive(Clone, Debug, Default)]
pub struct Writing {
    /// Lines to append to the chain, with their place from 1.
    pub lines: Vec<(u64, String)>,
    /// Stories that are shown for the first time: id and slug.
    pub slugs: Vec<(String, String)>,
    /// Commentary that is new or reworded.
    pub insights: Vec<Insight>,
    /// Stories that are up to date by it.
    pub done: Vec<String>,
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

    /// The stories of articles that are to be linked again, by article, in the order of their happenings.
    pub async fn former(&self) -> Result<BTreeMap<String, Vec<String>>> {
        let rows = sqlx::query(
            "SELECT m.article, m.story FROM membership m JOIN article a ON a.id = m.article WHERE a.linked = 0 \
             ORDER BY m.article, m.happening",
        )
        .fetch_all(&self.pool)
        .await?;
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in &rows {
            found.entry(row.try_get("article")?).or_default().push(row.try_get("story")?);
        }
        Ok(found)
    }

    /// Stories that articles tell of which are not to be linked again.
    pub async fn held_stories(&self) -> Result<BTreeSet<String>> {
        let rows = sqlx::query("SELECT DISTINCT m.story FROM membership m JOIN article a ON a.id = m.article WHERE a.linked = 1")
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(|row| Ok(row.try_get("story")?)).collect()
    }

    /// Every story, by id.
    pub async fn story_rows(&self) -> Result<BTreeMap<String, StoryRow>> {
        let rows = sqlx::query("SELECT * FROM story ORDER BY id").fetch_all(&self.pool).await?;
        rows.iter()
            .map(|row| {
                let slug: Option<String> = row.try_get("slug")?;
                let story = StoryRow {
                    id: row.try_get("id")?,
                    year: i16::try_from(row.try_get::<i64, _>("year")?).unwrap_or(0),
                    shown: slug.zip(maybe_instant(row, "shown_ms")?),
                };
                Ok((story.id.clone(), story))
            })
            .collect()
    }

    /// Stories whose articles changed since they were last entered and written about.
    pub async fn changed_stories(&self) -> Result<BTreeSet<String>> {
        let rows = sqlx::query("SELECT id FROM story WHERE changed = 1").fetch_all(&self.pool).await?;
        rows.iter().map(|row| Ok(row.try_get("id")?)).collect()
    }

    /// The articles of all stories with the happenings by which each belongs, by story and then first seen and id.
    pub async fn members(&self) -> Result<BTreeMap<String, Vec<(Stored, Vec<usize>)>>> {
        let rows = sqlx::query(
            "SELECT m.story, m.happening, a.body, a.tags FROM membership m JOIN article a ON a.id = m.article \
             ORDER BY m.story, a.first_seen_ms, a.id, m.happening",
        )
        .fetch_all(&self.pool)
        .await?;
        let mut found: BTreeMap<String, Vec<(Stored, Vec<usize>)>> = BTreeMap::new();
        for row in &rows {
            let stored = stored(row)?;
            let happening = usize::try_from(row.try_get::<i64, _>("happening")?).unwrap_or(0);
            let list = found.entry(row.try_get("story")?).or_default();
            match list.last_mut().filter(|(last, _)| last.article.id == stored.article.id) {
                Some((_, happenings)) => happenings.push(happening),
                None => list.push((stored, vec![happening])),
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

    /// Stories that turned out to be another: the id that went and the id that stands for it, by the former.
    pub async fn redirects(&self) -> Result<Vec<(String, String)>> {
        let rows = sqlx::query("SELECT old, target FROM redirect ORDER BY old").fetch_all(&self.pool).await?;
        rows.iter().map(|row| Ok((row.try_get("old")?, row.try_get("target")?))).collect()
    }

    /// Keeps what was linked. Every story that gains or loses an article is marked as changed.
    pub async fn keep_links(&self, linking: &Linking, now: Timestamp) -> Result<()> {
        let mut change = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for (article, keys) in &linking.linked {
            relink(&mut change, article, keys).await?;
        }
        for (id, year) in &linking.stories {
            sqlx::query("INSERT INTO story (id, year, changed) VALUES ($1, $2, 1) ON CONFLICT (id) DO NOTHING")
                .bind(id)
                .bind(i64::from(*year))
                .execute(&mut *change)
                .await?;
        }
        for member in &linking.memberships {
            sqlx::query("INSERT INTO membership (article, happening, story) VALUES ($1, $2, $3)")
                .bind(&member.article)
                .bind(member.happening as i64)
                .bind(&member.story)
                .execute(&mut *change)
                .await?;
            sqlx::query("UPDATE story SET changed = 1 WHERE id = $1").bind(&member.story).execute(&mut *change).await?;
        }
        for (old, target) in &linking.merged {
            merge(&mut change, old, target, now).await?;
        }
        change.commit().await?;
        Ok(())
    }

    /// Keeps what was entered and written. Refuses lines that do not follow the chain's last.
    pub async fn keep_writing(&self, writing: &Writing, now: Timestamp) -> Result<()> {
        let mut change = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        append(&mut change, &writing.lines, now).await?;
        for (id, slug) in &writing.slugs {
            sqlx::query("UPDATE story SET slug = $2, shown_ms = $3 WHERE id = $1 AND slug IS NULL")
                .bind(id)
                .bind(slug)
                .bind(millis(now))
                .execute(&mut *change)
                .await?;
        }
        for insight in &writing.insights {
            sqlx::query(
                "INSERT INTO insight (story, lang, body) VALUES ($1, $2, $3) \
                 ON CONFLICT (story, lang) DO UPDATE SET body = excluded.body",
            )
            .bind(&insight.story)
            .bind(&insight.lang)
            .bind(to_json(insight))
            .execute(&mut *change)
            .await?;
        }
        for id in &writing.done {
            sqlx::query("UPDATE story SET changed = 0 WHERE id = $1").bind(id).execute(&mut *change).await?;
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
        maybe_instant(&row, "at_ms")
    }
}

async fn relink(change: &mut Transaction<'_, Any>, article: &str, keys: &[String]) -> Result<()> {
    for statement in [
        "UPDATE story SET changed = 1 WHERE id IN (SELECT story FROM membership WHERE article = $1)",
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

/// One story becomes part of another; whoever asks for it is led on.
async fn merge(change: &mut Transaction<'_, Any>, old: &str, target: &str, now: Timestamp) -> Result<()> {
    for statement in [
        "UPDATE redirect SET target = $2 WHERE target = $1",
        "UPDATE membership SET story = $2 WHERE story = $1",
        "UPDATE story SET changed = CASE WHEN id = $1 THEN 0 ELSE 1 END WHERE id = $1 OR id = $2",
    ] {
        sqlx::query(statement).bind(old).bind(target).execute(&mut **change).await?;
    }
    sqlx::query("DELETE FROM insight WHERE story = $1").bind(old).execute(&mut **change).await?;
    sqlx::query(
        "INSERT INTO redirect (old, target, at_ms) VALUES ($1, $2, $3) ON CONFLICT (old) DO UPDATE SET target = excluded.target",
    )
    .bind(old)
    .bind(target)
    .bind(millis(now))
    .execute(&mut **change)
    .await?;
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
