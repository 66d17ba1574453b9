//! One article read again and again: what becomes of it in the store.

use super::*;
use crate::model::article::ArticleKind;
use crate::model::edit::edits;
use crate::model::fetched::Purpose;
use crate::store::Arrival;

fn article(source: &str, title: &str, kind: ArticleKind, lead: bool) -> Article {
    Article {
        id: "a".into(),
        version: 1,
        url: Some("https://a.example/1".into()),
        source: source.into(),
        outlet: source.into(),
        kind,
        title: title.into(),
        text: if kind == Full { "all of it".into() } else { "a part".into() },
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

/// The version that follows, of what was never otherwise.
fn next(held: &Article, read: &Article) -> Option<Article> {
    succeed(held, read, &[], Timestamp::UNIX_EPOCH).map(|step| step.next)
}

#[test]
fn nobodys_feed_replaces_another_outlets_article() {
    assert_eq!(next(&article("own", "One", Brief, false), &article("other", "Two", Brief, false)), None);
    assert_eq!(next(&article("own", "One", Brief, false), &article("aggregator", "Two", Brief, true)), None);
}

#[test]
fn an_outlets_own_word_takes_the_place_of_an_aggregators_lead() {
    let next = next(&article("aggregator", "One", Brief, true), &article("own", "One", Brief, false)).unwrap();
    assert_eq!((next.source.as_str(), next.version, next.lead), ("own", 2, false));
}

#[test]
fn a_summary_does_not_replace_the_text_of_a_page_but_a_title_does() {
    let held = article("own", "One", Full, false);
    assert_eq!(next(&held, &article("own", "One", Brief, false)), None);
    let next = next(&held, &article("own", "Two", Brief, false)).unwrap();
    assert_eq!((next.title.as_str(), next.text.as_str()), ("Two", "all of it"));
}

/// Reads one article again and again in a store; the versions that it then has.
struct Shelf {
    store: Store,
    _folder: tempfile::TempDir,
}

impl Shelf {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { store: Store::open(&folder.path().join("store.db")).await.unwrap(), _folder: folder }
    }

    /// Reads the article at an hour after the beginning. Whether anything was kept.
    async fn read(&self, hour: i64, kind: ArticleKind, title: &str, text: &str) -> bool {
        let at = Timestamp::from_second(hour * 3600).unwrap();
        let document = format!("{hour}");
        let read =
            Article { title: title.into(), text: text.into(), first_seen: at, document, ..article("own", "", kind, false) };
        let arrival = Arrival {
            source: "own".into(),
            url: "https://a.example/".into(),
            at,
            purpose: Purpose::Feed,
            article: None,
            hash: String::new(),
            final_url: String::new(),
            content_type: None,
            body: Vec::new(),
        };
        !self.store.keep_articles(&arrival, &[read]).await.unwrap().is_empty()
    }

    /// "2: title | text" of the present version.
    async fn present(&self) -> String {
        let held = self.store.article("a").await.unwrap().unwrap();
        format!("{}: {} | {}", held.version, held.title, held.text)
    }

    async fn versions(&self) -> Vec<Seen> {
        let sql = "INSERT INTO membership (article, happening, story) VALUES ('a', 0, 's') ON CONFLICT DO NOTHING";
        sqlx::query(sql).execute(&self.store.pool).await.unwrap();
        self.store.versions().await.unwrap().remove("a").unwrap_or_default()
    }

    async fn page(&self) -> String {
        sqlx::query("SELECT page FROM article").fetch_one(&self.store.pool).await.unwrap().try_get("page").unwrap()
    }
}

#[tokio::test]
async fn an_edited_article_is_a_new_version_and_the_old_one_is_kept() {
    let shelf = Shelf::new().await;
    assert!(shelf.read(0, Full, "A ban", "Claude is barred.").await);
    assert!(shelf.read(5, Full, "A limit", "Claude is limited.").await);
    assert_eq!(shelf.present().await, "2: A limit | Claude is limited.");
    let versions = shelf.versions().await;
    let seen: Vec<_> =
        versions.iter().map(|(seen, article)| (seen.unwrap().as_second() / 3600, article.title.as_str())).collect();
    assert_eq!(seen, [(0, "A ban"), (5, "A limit")]);
    assert_eq!(edits(&versions).iter().map(crate::model::edit::Edit::changes).collect::<Vec<_>>(), [2]);
}

#[tokio::test]
async fn spaces_counters_and_clocks_make_no_version() {
    let shelf = Shelf::new().await;
    shelf.read(0, Full, "A ban", "12 views\n\nClaude is barred.").await;
    assert!(!shelf.read(1, Full, "A  ban", "57 views\n\nClaude is  barred.\n\nUpdated 3 minutes ago").await);
    assert_eq!(shelf.present().await, "1: A ban | 12 views\n\nClaude is barred.");
    assert_eq!(shelf.versions().await, []);
}

#[tokio::test]
async fn two_titles_in_turn_make_no_end_of_versions() {
    for kind in [Brief, Full] {
        let shelf = Shelf::new().await;
        let mut kept = 0;
        for hour in 0..400 {
            kept += usize::from(shelf.read(hour, kind, if hour % 2 == 0 { "A" } else { "B" }, "The text.").await);
        }
        assert!(kept <= 4, "{kept}");
    }
}

#[tokio::test]
async fn titles_in_turn_over_a_page_that_is_held_make_two() {
    let shelf = Shelf::new().await;
    shelf.read(0, Brief, "A", "The summary.").await;
    shelf.read(0, Full, "A", "The text.").await;
    for hour in 1..100 {
        shelf.read(hour, Brief, if hour % 2 == 0 { "A" } else { "B" }, "The summary.").await;
    }
    assert_eq!(shelf.present().await, "3: B | The text.");
}

#[tokio::test]
async fn a_lagging_cache_takes_no_edit_back_but_the_outlet_may() {
    let shelf = Shelf::new().await;
    shelf.read(0, Full, "A", "It is barred.").await;
    shelf.read(10, Full, "A", "It is allowed.").await;
    assert!(!shelf.read(11, Full, "A", "It is barred.").await, "a cache that lags");
    assert!(shelf.read(40, Full, "A", "It is barred.").await, "taken back");
    assert_eq!(shelf.present().await, "3: A | It is barred.");
}

#[tokio::test]
async fn a_new_summary_of_a_page_that_is_held_asks_for_the_page_again() {
    let shelf = Shelf::new().await;
    shelf.read(0, Brief, "A", "The summary.").await;
    shelf.read(0, Full, "A", "The text.").await;
    assert_eq!(shelf.page().await, "none");
    assert!(!shelf.read(1, Brief, "A", "The summary.").await);
    assert!(shelf.read(2, Brief, "A", "Another summary.").await);
    assert_eq!((shelf.page().await.as_str(), shelf.present().await.as_str()), ("wanted", "4: A | The text."));
    assert!(edits(&shelf.versions().await).is_empty(), "the page is not known to have changed");
    shelf.read(2, Full, "A", "The text. And more.").await;
    let edits = edits(&shelf.versions().await);
    assert_eq!(edits.iter().map(|edit| (edit.version, edit.changes())).collect::<Vec<_>>(), [(5, 1)]);
    for hour in 3..60 {
        shelf.read(hour, Brief, "A", &format!("Summary {hour}.")).await;
    }
    assert_eq!(shelf.versions().await.iter().filter(|(_, version)| version.kind == Brief).count(), SUMMARIES);
}

#[tokio::test]
async fn of_a_live_blog_the_first_versions_and_the_latest_are_kept() {
    let shelf = Shelf::new().await;
    for hour in 0..200 {
        shelf.read(hour, Full, "Live", &format!("Entry {hour}.")).await;
    }
    let versions = shelf.versions().await;
    let numbers: Vec<u32> = versions.iter().map(|(_, version)| version.version).collect();
    assert_eq!((numbers[0], numbers[1], numbers.len()), (1, 137, MOST as usize + 1));
    assert!(versions[1].0.is_none(), "when it was first seen is not known");
    assert_eq!(edits(&versions).len(), MOST as usize - 1);
}
