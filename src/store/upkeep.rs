//! What keeps the store small and safe: old feed documents go, a backup is one whole file.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::{Result, Store, StoreError, millis};

/// Feed documents are kept this long; then their hash, their looks and their items stay. A month is longer than any feed holds an
/// item, so a better reader can still be run over everything that a feed shows today. Pages of articles are kept for ever.
const FEED_DOCUMENT: SignedDuration = SignedDuration::from_hours(30 * 24);

impl Store {
    /// Lets go of feed documents that are older than 30 days and were read. Gives their number.
    pub async fn prune(&self, now: Timestamp) -> Result<u64> {
        let oldest = now.checked_sub(FEED_DOCUMENT).unwrap_or(Timestamp::MIN);
        let mut change = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let done = sqlx::query(
            "DELETE FROM document WHERE at_ms < $1 AND hash NOT IN \
             (SELECT hash FROM arrival WHERE purpose = 'page' OR unread = 1 OR at_ms >= $1)",
        )
        .bind(millis(oldest))
        .execute(&mut *change)
        .await?;
        change.commit().await?;
        Ok(done.rows_affected())
    }

    /// Writes a whole copy of the store into a new file, as it is at this moment.
    pub async fn backup(&self, file: &Path) -> Result<()> {
        if file.exists() {
            let cause = std::io::Error::from(std::io::ErrorKind::AlreadyExists);
            return Err(StoreError::Open { path: file.to_path_buf(), cause });
        }
        sqlx::query("VACUUM INTO $1").bind(file.to_string_lossy().into_owned()).execute(&self.pool).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::model::fetched::{Fetched, Purpose, Validators, Verdict};
    use crate::model::memory::Memory;
    use crate::store::Errand;

    fn look(purpose: Purpose, at: Timestamp, body: &str) -> Fetched {
        let url = Url::parse("https://a.example/feed").unwrap();
        Fetched {
            source: "a".to_string(),
            purpose,
            final_url: url.clone(),
            url,
            at,
            status: 200,
            verdict: Verdict::Fresh,
            content_type: None,
            validators: Validators::default(),
            moved: None,
            bytes: body.len() as u64,
            body: body.as_bytes().to_vec(),
            retry_after: None,
            fresh_for: None,
            detail: None,
        }
    }

    #[tokio::test]
    async fn a_feed_document_goes_after_a_month_and_a_page_never() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("store.db")).await.unwrap();
        let day = |text: &str| text.parse::<Timestamp>().unwrap();
        let (old, new) = (day("2026-01-01T00:00:00Z"), day("2026-03-01T00:00:00Z"));
        store.arrived(&look(Purpose::Feed, old, "feed"), Errand::Source(&Memory::default())).await.unwrap();
        store.arrived(&look(Purpose::Page, day("2026-01-01T01:00:00Z"), "page"), Errand::Page(Some("article"))).await.unwrap();
        assert_eq!(store.prune(new).await.unwrap(), 0, "what was not read yet must stay");
        for arrival in store.unread(9, usize::MAX).await.unwrap() {
            store.keep_articles(&arrival, &[]).await.unwrap();
        }
        assert_eq!(store.prune(new).await.unwrap(), 1);
        assert!(store.health().await.unwrap().contains_key("a"), "the look itself stays");
    }

    #[tokio::test]
    async fn documents_wait_until_those_before_them_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("store.db")).await.unwrap();
        for second in ["00", "01", "02"] {
            let at = format!("2026-01-01T00:00:{second}Z").parse().unwrap();
            store.arrived(&look(Purpose::Feed, at, "three bytes more"), Errand::Source(&Memory::default())).await.unwrap();
        }
        assert_eq!(store.unread(2, usize::MAX).await.unwrap().len(), 2);
        assert_eq!(store.unread(9, 17).await.unwrap().len(), 2, "the second fills what there is room for");
        assert_eq!(store.unread(9, 1).await.unwrap().len(), 1, "one at least");
    }

    #[tokio::test]
    async fn a_backup_is_a_whole_store_and_replaces_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("store.db")).await.unwrap();
        store.set_meta("kept", "yes").await.unwrap();
        let copy = folder.path().join("copy.db");
        store.backup(&copy).await.unwrap();
        assert!(matches!(store.backup(&copy).await, Err(StoreError::Open { .. })));
        let copy = Store::open(&copy).await.unwrap();
        assert_eq!(copy.meta("kept").await.unwrap().as_deref(), Some("yes"));
    }
}
