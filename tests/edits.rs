//! An outlet edits an article: what becomes of its story, of the record and of the page, from the store to the edition.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking anywhere")]

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use termwall::inputs;
use termwall::model::article::{Article, ArticleKind};
use termwall::model::edition::Material;
use termwall::model::fetched::Purpose;
use termwall::model::ledger::Record;
use termwall::report::Report;
use termwall::run::desk::Desk;
use termwall::run::settle::Settled;
use termwall::run::{edition, settle, understand};
use termwall::store::{Arrival, Store};

const BAN: &str = "JPMorgan bars staff in Hong Kong from Anthropic's Claude";
const BAN_TEXT: &str = "JPMorgan Chase has barred its employees in Hong Kong from using Anthropic's Claude, people familiar with the \
                        matter said. The bank cited the vendor's terms.";
const OTHER: &str = "JPMorgan opens a cafeteria in Hong Kong";
const OTHER_TEXT: &str = "JPMorgan Chase has opened a cafeteria for its employees in Hong Kong. It seats four hundred.";

struct House {
    desk: Desk,
    store: Store,
    _folder: tempfile::TempDir,
}

impl House {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk::new(&inputs::read(Path::new("nowhere")).unwrap()).unwrap();
        Self { desk, store: Store::open(&folder.path().join("store.db")).await.unwrap(), _folder: folder }
    }

    /// An outlet's article is read on a day of June 2026, and everything follows from it.
    async fn read(&self, day: i8, outlet: &str, title: &str, text: &str) -> Material {
        let at: Timestamp = format!("2026-06-{day:02}T10:00:00Z").parse().unwrap();
        let url = format!("https://{outlet}/1");
        let article = Article {
            id: termwall::ledger::hash(&url),
            version: 1,
            url: Some(url.clone()),
            source: outlet.into(),
            outlet: outlet.into(),
            kind: ArticleKind::Full,
            title: title.into(),
            text: text.into(),
            lang: "en".into(),
            claimed: Some("2026-06-01T08:00:00Z".parse().map(termwall::model::when::When::At).unwrap()),
            claimed_raw: None,
            first_seen: at,
            authors: Vec::new(),
            document: format!("{day}"),
            speaks_for: None,
            lead: false,
            has_page: false,
        };
        let arrival = Arrival {
            source: outlet.into(),
            url,
            at,
            purpose: Purpose::Feed,
            article: None,
            hash: String::new(),
            final_url: String::new(),
            content_type: None,
            body: Vec::new(),
        };
        self.store.keep_articles(&arrival, &[article]).await.unwrap();
        let mut report = Report::default();
        understand::tag_all(&self.desk, &self.store, &mut report).await.unwrap();
        let settled = settle::settle(&self.desk, &self.store, at, &mut report).await.unwrap();
        let again = Settled::of(&self.desk, &self.store, at).await.unwrap();
        assert_eq!(
            (&settled.chain, &settled.ledger.head),
            (&again.chain, &again.ledger.head),
            "what is settled is what is stored"
        );
        edition::material(&self.desk, &self.store, Arc::clone(&self.desk.site), settled, at).await.unwrap()
    }
}

/// The record about Claude at JPMorgan, standing or not.
fn record(material: &Material) -> &Record {
    material.ledger.records.iter().find(|record| record.event.actor.as_deref() == Some("jpmorgan")).unwrap()
}

#[tokio::test]
async fn an_edit_reaches_the_story_and_keeps_its_address() {
    let house = House::new().await;
    let before = house.read(2, "one.example", BAN, BAN_TEXT).await;
    let after = house.read(3, "one.example", BAN, &format!("{BAN_TEXT} Singapore is not affected.")).await;
    let (old, new) = (&before.stories[0].story, &after.stories[0].story);
    assert_eq!((&old.id, &old.slug, old.latest()), (&new.id, &new.slug, new.latest()), "an edit is no new report");
    let edit = &new.reports[0].edits[0];
    assert_eq!((edit.changes(), edit.seen.to_string().as_str()), (1, "2026-06-03T10:00:00Z"));
    assert_eq!(new.last_news(), edit.seen);
    assert!(record(&after).stands() && record(&before).n == record(&after).n, "the record says the same");
}

#[tokio::test]
async fn spaces_and_a_counter_change_neither_story_nor_record_nor_date() {
    let house = House::new().await;
    let before = house.read(2, "one.example", BAN, &format!("12 views\n\n{BAN_TEXT}")).await;
    let after = house.read(3, "one.example", BAN, &format!("978 views\n\n{}", BAN_TEXT.replace(". ", ".  "))).await;
    assert_eq!(
        (before.stories[0].story.clone(), before.time, before.chain),
        (after.stories[0].story.clone(), after.time, after.chain)
    );
}

#[tokio::test]
async fn an_edit_that_takes_the_event_back_withdraws_it_and_its_page_says_so() {
    let house = House::new().await;
    let before = house.read(2, "one.example", BAN, BAN_TEXT).await;
    let (story, n) = (before.stories[0].story.clone(), record(&before).n);
    let after = house.read(3, "one.example", OTHER, OTHER_TEXT).await;
    assert!(after.stories.is_empty());
    let withdrawn = after.ledger.record(n).unwrap();
    assert_eq!(withdrawn.superseded, Some((None, "no article is read to say so any more".into())));
    assert_eq!(after.redirects, [(termwall::publish::paths::story(&story), "/corrections/".to_string())]);
    assert_eq!(after.chain[..before.chain.len()], before.chain[..], "the past is not rewritten");

    let back = house.read(5, "one.example", BAN, BAN_TEXT).await;
    let told = &back.stories[0].story;
    assert_eq!((&told.id, &told.slug), (&story.id, &story.slug), "a story that is told again stands where it stood");
    assert!(back.redirects.is_empty() && back.ledger.standing().count() == 1);
}

#[tokio::test]
async fn a_report_that_is_taken_back_counts_no_more_while_others_stand() {
    let house = House::new().await;
    house.read(2, "one.example", BAN, BAN_TEXT).await;
    let text = "Hong Kong employees of JPMorgan Chase can no longer use Claude, made by Anthropic, a memo to them says.";
    let before = house.read(2, "two.example", "JPMorgan blocks Claude for Hong Kong staff", text).await;
    let outlets = |material: &Material| material.ledger.of_story(&material.stories[0].story.id).map(Record::outlets).max();
    assert_eq!(outlets(&before), Some(2));
    let after = house.read(4, "two.example", OTHER, OTHER_TEXT).await;
    assert_eq!((after.stories.len(), outlets(&after)), (1, Some(1)));
    assert_eq!(after.stories[0].story.id, before.stories[0].story.id);
}
