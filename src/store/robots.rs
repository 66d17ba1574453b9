//! `robots.txt` files, so that an hourly run does not ask for them every hour.

use jiff::{SignedDuration, Timestamp};
use sqlx::Row;

use super::{Result, Store, instant, millis, spoilt};
use crate::model::fetched::RobotsFile;

/// A file is believed for a day (RFC 9309, section 2.4).
const BELIEVED: SignedDuration = SignedDuration::from_hours(24);

/// zstd's own default, as for documents.
const LEVEL: i32 = 3;

impl Store {
    /// The files that were read within a day before `now`, by origin and agent.
    pub async fn robots(&self, now: Timestamp) -> Result<Vec<RobotsFile>> {
        let oldest = now.checked_sub(BELIEVED).unwrap_or(Timestamp::MIN);
        let rows = sqlx::query("SELECT * FROM robots WHERE at_ms > $1 AND at_ms <= $2 ORDER BY origin, agent")
            .bind(millis(oldest))
            .bind(millis(now))
            .fetch_all(&self.pool)
            .await?;
        rows.iter()
            .map(|row| {
                let packed: Option<Vec<u8>> = row.try_get("body")?;
                let body = packed.map(|packed| zstd::decode_all(packed.as_slice())).transpose();
                Ok(RobotsFile {
                    origin: row.try_get("origin")?,
                    agent: row.try_get("agent")?,
                    at: instant(row, "at_ms")?,
                    body: body.map_err(|cause| spoilt("robots", cause))?,
                })
            })
            .collect()
    }

    /// Keeps files in place of older ones, and lets go of those that nobody believes any more.
    pub async fn keep_robots(&self, files: &[RobotsFile], now: Timestamp) -> Result<()> {
        let mut change = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        for file in files {
            let packed = file.body.as_deref().map(|body| zstd::encode_all(body, LEVEL)).transpose();
            sqlx::query(
                "INSERT INTO robots (origin, agent, at_ms, body) VALUES ($1, $2, $3, $4) ON CONFLICT (origin, agent) \
                 DO UPDATE SET at_ms = excluded.at_ms, body = excluded.body",
            )
            .bind(&file.origin)
            .bind(&file.agent)
            .bind(millis(file.at))
            .bind(packed.map_err(|cause| spoilt("robots", cause))?)
            .execute(&mut *change)
            .await?;
        }
        sqlx::query("DELETE FROM robots WHERE at_ms <= $1")
            .bind(millis(now.checked_sub(BELIEVED).unwrap_or(Timestamp::MIN)))
            .execute(&mut *change)
            .await?;
        change.commit().await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_is_kept_for_a_day_and_no_longer() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("store.db")).await.unwrap();
        let at: Timestamp = "2026-06-18T12:00:00Z".parse().unwrap();
        let file = |origin: &str, body: Option<&str>| RobotsFile {
            origin: origin.to_string(),
            agent: "Termwall".to_string(),
            at,
            body: body.map(|body| body.as_bytes().to_vec()),
        };
        let files = [file("https://a.example", Some("user-agent: *\ndisallow: /\n")), file("https://b.example", None)];
        store.keep_robots(&files, at).await.unwrap();
        let later = |hours: i64| at + SignedDuration::from_hours(hours);
        assert_eq!(store.robots(later(23)).await.unwrap(), files);
        assert!(store.robots(later(24)).await.unwrap().is_empty());
        assert!(store.robots(later(-1)).await.unwrap().is_empty(), "what a wrong clock kept is not believed");
        let newer = RobotsFile { at: later(20), ..file("https://a.example", None) };
        store.keep_robots(std::slice::from_ref(&newer), later(25)).await.unwrap();
        assert_eq!(store.robots(later(25)).await.unwrap(), [newer]);
    }
}
