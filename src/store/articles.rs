//! What was read: articles, their versions and tags.

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

use super::arrivals::Arrival;
use super::memories::{was_read, was_unreadable};
use super::{Result, Store, json, millis, to_json};
use crate::model::article::Article;
use crate::model::fetched::Verdict;
use crate::model::tagged::Tagged;

/// An article with its tags.
#[derive(Clone, Debug)]
pub struct Stored {
    /// What it says.
    pub article: Article,
    /// What was found in it.
    pub tagged: Tagged,
}

impl Store {
    /// Keeps the articles of an arrival and marks it as read, at once. A shared address becomes the next version of the same
    /// article if title or text differ and the words come from the same source or the article's own host; who was first seen
    /// keeps its day. Gives the ids of articles that are new or changed.
    pub async fn keep_articles(&self, arrival: &Arrival, articles: &[Article]) -> Result<Vec<String>> {
        let mut change = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let mut touched = Vec::new();
        for article in articles {
            if keep(&mut change, article, arrival.at).await? {
                touched.push(article.id.clone());
            }
        }
        sqlx::query("UPDATE arrival SET unread = 0 WHERE source = $1 AND url = $2 AND at_ms = $3")
            .bind(&arrival.source)
            .bind(&arrival.url)
            .bind(millis(arrival.at))
            .execute(&mut *change)
            .await?;
        sqlx::query("UPDATE look SET items_seen = $4, items_new = $5 WHERE source = $1 AND url = $2 AND at_ms = $3")
            .bind(&arrival.source)
            .bind(&arrival.url)
            .bind(millis(arrival.at))
            .bind(articles.len() as i64)
            .bind(touched.len() as i64)
            .execute(&mut *change)
            .await?;
        was_read(&mut change, arrival, touched.len()).await?;
        change.commit().await?;
        Ok(touched)
    }

    /// Marks an arrival as read that gave nothing, and corrects the verdict of its look.
    pub async fn unreadable(&self, arrival: &Arrival, verdict: Verdict, detail: Option<&str>) -> Result<()> {
        let mut change = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("UPDATE arrival SET unread = 0 WHERE source = $1 AND url = $2 AND at_ms = $3")
            .bind(&arrival.source)
            .bind(&arrival.url)
            .bind(millis(arrival.at))
            .execute(&mut *change)
            .await?;
        let verdict = to_json(&verdict);
        sqlx::query("UPDATE look SET verdict = $4, detail = $5 WHERE source = $1 AND url = $2 AND at_ms = $3")
            .bind(&arrival.source)
            .bind(&arrival.url)
            .bind(millis(arrival.at))
            .bind(verdict.trim_matches('"'))
            .bind(detail)
            .execute(&mut *change)
            .await?;
        was_unreadable(&mut change, arrival, verdict.trim_matches('"')).await?;
        change.commit().await?;
        Ok(())
    }

    /// One article.
    pub async fn article(&self, id: &str) -> Result<Option<Article>> {
        let row = sqlx::query("SELECT body FROM article WHERE id = $1").bind(id).fetch_optional(&self.pool).await?;
        row.map(|row| json(&row, "body")).transpose()
    }

    /// Articles that this taxonomy has not tagged in their present version, by first seen and id, at most `limit`.
    pub async fn untagged(&self, taxonomy: &str, limit: u32) -> Result<Vec<Article>> {
        let rows =
            sqlx::query("SELECT body FROM article WHERE taxonomy IS NULL OR taxonomy <> $1 ORDER BY first_seen_ms, id LIMIT $2")
                .bind(taxonomy)
                .bind(i64::from(limit))
                .fetch_all(&self.pool)
                .await?;
        rows.iter().map(|row| json(row, "body")).collect()
    }

    /// Keeps tags. What was linked by other tags is linked again.
    pub async fn keep_tags(&self, tagged: &[(String, Tagged)], taxonomy: &str) -> Result<()> {
        let mut change = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for (id, tags) in tagged {
            let text = to_json(tags);
            sqlx::query(
                "UPDATE article SET taxonomy = $2, relevant = $4, \
                 linked = CASE WHEN tags IS NOT DISTINCT FROM $3 THEN linked ELSE 0 END, tags = $3 WHERE id = $1",
            )
            .bind(id)
            .bind(taxonomy)
            .bind(text)
            .bind(i64::from(tags.relevant))
            .execute(&mut *change)
            .await?;
        }
        change.commit().await?;
        Ok(())
    }

    /// Relevant articles whose page was never asked for, by first seen and id.
    pub async fn pages_wanted(&self) -> Result<Vec<Article>> {
        let rows = sqlx::query("SELECT body FROM article WHERE page = 'wanted' AND relevant = 1 ORDER BY first_seen_ms, id")
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(|row| json(row, "body")).collect()
    }

    /// Articles whose tags were not linked yet: relevant ones, and ones that were relevant before, by first seen and id.
    pub async fn unlinked(&self) -> Result<Vec<Stored>> {
        let rows = sqlx::query(
            "SELECT body, tags FROM article WHERE linked = 0 AND tags IS NOT NULL AND (relevant = 1 OR id IN \
             (SELECT article FROM membership)) ORDER BY first_seen_ms, id",
        )
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(stored).collect()
    }

    /// Counts articles: all, and relevant ones.
    pub async fn counts(&self) -> Result<(u64, u64)> {
        let row = sqlx::query("SELECT COUNT(*) AS articles, CAST(COALESCE(SUM(relevant), 0) AS BIGINT) AS relevant FROM article")
            .fetch_one(&self.pool)
            .await?;
        Ok((row.try_get::<i64, _>("articles")? as u64, row.try_get::<i64, _>("relevant")? as u64))
    }
}

pub(super) fn stored(row: &AnyRow) -> Result<Stored> {
    Ok(Stored { article: json(row, "body")?, tagged: json(row, "tags")? })
}

/// Whether the article is new, or a version that differs.
async fn keep(change: &mut Transaction<'_, Any>, article: &Article, now: Timestamp) -> Result<bool> {
    let row = sqlx::query("SELECT body FROM article WHERE id = $1").bind(&article.id).fetch_optional(&mut **change).await?;
    let Some(row) = row else {
        insert(change, article).await?;
        return Ok(true);
    };
    let held: Article = json(&row, "body")?;
    let Some(next) = succeed(&held, article) else { return Ok(false) };
    sqlx::query("INSERT INTO version (article, version, at_ms, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING")
        .bind(&held.id)
        .bind(i64::from(held.version))
        .bind(millis(now))
        .bind(to_json(&held))
        .execute(&mut **change)
        .await?;
    sqlx::query("UPDATE article SET version = $2, body = $3, source = $4, taxonomy = NULL WHERE id = $1")
        .bind(&next.id)
        .bind(i64::from(next.version))
        .bind(to_json(&next))
        .bind(&next.source)
        .execute(&mut **change)
        .await?;
    Ok(true)
}

/// What an article becomes when its address is read again; `None` when it stays as it is.
///
/// Only the same source may change it, and an outlet's own feed what an aggregator led to. A feed's summary does not replace a
/// page's text, but a new title does replace the old.
fn succeed(held: &Article, read: &Article) -> Option<Article> {
    use crate::model::article::ArticleKind::{Brief, Full};
    let own_word = held.lead && !read.lead;
    if held.source != read.source && !own_word {
        return None;
    }
    let mut next = Article { version: held.version + 1, first_seen: held.first_seen, ..read.clone() };
    if held.kind == Full && read.kind == Brief {
        next = Article { title: read.title.clone(), version: held.version + 1, ..held.clone() };
    }
    (own_word || next.title != held.title || next.text != held.text).then_some(next)
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
mod tests {
    use super::*;
    use crate::model::article::ArticleKind;

    fn article(source: &str, title: &str, kind: ArticleKind, lead: bool) -> Article {
        Article {
            id: "a".into(),
            version: 1,
            url: Some("https://a.example/1".into()),
            source: source.into(),
            outlet: source.into(),
            kind,
            title: title.into(),
            text: if kind == ArticleKind::Full { "all of it".into() } else { "a part".into() },
            lang: "en".into(),
            claimed: None,
            claimed_raw: None,
            first_seen: Timestamp::UNIX_EPOCH,
            authors: Vec::new(),
            document: String::new(),
            speaks_for: None,
            lead,
            has_page: false,
        }
    }

    use ArticleKind::{Brief, Full};

    #[test]
    fn nobodys_feed_replaces_another_outlets_article() {
        assert_eq!(succeed(&article("own", "One", Brief, false), &article("other", "Two", Brief, false)), None);
        assert_eq!(succeed(&article("own", "One", Brief, false), &article("aggregator", "Two", Brief, true)), None);
    }

    #[test]
    fn an_outlets_own_word_takes_the_place_of_an_aggregators_lead() {
        let next = succeed(&article("aggregator", "One", Brief, true), &article("own", "One", Brief, false)).unwrap();
        assert_eq!((next.source.as_str(), next.version, next.lead), ("own", 2, false));
    }

    #[test]
    fn a_summary_does_not_replace_the_text_of_a_page_but_a_title_does() {
        let held = article("own", "One", Full, false);
        assert_eq!(succeed(&held, &article("own", "One", Brief, false)), None);
        let next = succeed(&held, &article("own", "Two", Brief, false)).unwrap();
        assert_eq!((next.title.as_str(), next.text.as_str()), ("Two", "all of it"));
    }
}
