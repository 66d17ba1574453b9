//! What was read: articles and their tags.

use sqlx::Row;
use sqlx::any::AnyRow;

use super::arrivals::Arrival;
use super::memories::{was_read, was_unreadable};
use super::versions::keep;
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

/// An article that waits for tags.
#[derive(Clone, Debug)]
pub struct Untagged {
    /// What it says.
    pub article: Article,
    /// Whether it concerned access by other names and words than those of now; `None` where it is new or its wording changed.
    pub was_relevant: Option<bool>,
}

/// Articles that one version of names and words has tagged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaggedBy {
    /// The program's version and the taxonomy's; `None` for articles that wait to be tagged.
    pub by: Option<String>,
    /// Articles.
    pub articles: u64,
    /// Those of them that concern access.
    pub relevant: u64,
}

impl Store {
    /// Keeps the articles of an arrival and marks it as read, at once. A shared address becomes the next version of the same
    /// article if its wording differs and the words come from the same source or the article's own host; who was first seen
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

    /// One article with its tags; `None` where it is not held or was never tagged.
    pub async fn tagged(&self, id: &str) -> Result<Option<Stored>> {
        let row = sqlx::query("SELECT body, tags FROM article WHERE id = $1 AND tags IS NOT NULL")
            .bind(id)
            .fetch_optional(&self.pool)
            .await?;
        row.as_ref().map(stored).transpose()
    }

    /// What tagged an article in its present version; `None` where that is still to be done.
    pub async fn tagged_by(&self, id: &str) -> Result<Option<String>> {
        let row = sqlx::query("SELECT taxonomy FROM article WHERE id = $1").bind(id).fetch_optional(&self.pool).await?;
        Ok(row.map(|row| row.try_get("taxonomy")).transpose()?.flatten())
    }

    /// How many articles each version of names and words has tagged, by version; those that wait come first.
    pub async fn tagged_bys(&self) -> Result<Vec<TaggedBy>> {
        let rows = sqlx::query(
            "SELECT taxonomy, COUNT(*) AS articles, CAST(SUM(relevant) AS BIGINT) AS relevant FROM article \
             GROUP BY taxonomy ORDER BY taxonomy IS NOT NULL, taxonomy",
        )
        .fetch_all(&self.pool)
        .await?;
        let number = |row: &AnyRow, column: &str| Ok::<_, super::StoreError>(row.try_get::<i64, _>(column)? as u64);
        let of_row = |row: &AnyRow| {
            Ok(TaggedBy { by: row.try_get("taxonomy")?, articles: number(row, "articles")?, relevant: number(row, "relevant")? })
        };
        rows.iter().map(of_row).collect()
    }

    /// Articles that this taxonomy has not tagged in their present version, by id, from the one after `after`, at most `limit`.
    pub async fn untagged(&self, taxonomy: &str, after: &str, limit: u32) -> Result<Vec<Untagged>> {
        let rows = sqlx::query(
            "SELECT body, taxonomy, relevant FROM article WHERE id > $2 AND (taxonomy IS NULL OR taxonomy <> $1) \
             ORDER BY id LIMIT $3",
        )
        .bind(taxonomy)
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        let of_row = |row: &AnyRow| {
            let by: Option<String> = row.try_get("taxonomy")?;
            let relevant: i64 = row.try_get("relevant")?;
            Ok(Untagged { article: json(row, "body")?, was_relevant: by.map(|_| relevant == 1) })
        };
        rows.iter().map(of_row).collect()
    }

    /// Everything that was read, by id, from the one after `after`, at most `limit`.
    pub async fn articles_after(&self, after: &str, limit: u32) -> Result<Vec<Article>> {
        let rows = sqlx::query("SELECT body FROM article WHERE id > $1 ORDER BY id LIMIT $2")
            .bind(after)
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
