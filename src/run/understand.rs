//! Reads what arrived, and tags what was read.

use std::collections::BTreeSet;

use rayon::prelude::*;
use url::Url;

use super::desk::Desk;
use super::{RunError, crawl};
use crate::model::article::Article;
use crate::model::explained::Explained;
use crate::model::fetched::{Purpose, Verdict};
use crate::model::source::Source;
use crate::model::tagged::Tagged;
use crate::model::when::When;
use crate::read::{self, Bytes, Reading, Unreadable};
use crate::report::{Failure, Report};
use crate::store::{Arrival, Store};
use crate::tag::Text;

/// Documents that are unpacked and read at once: keeps all cores busy.
const BATCH: u32 = 32;

/// Bytes of documents that are unpacked at once, but for the last one: two of the largest, or hundreds of the usual.
const BATCH_BYTES: usize = 16 << 20;

/// Articles that are tagged at once, with one transaction.
const TAG_BATCH: u32 = 256;

/// Reads everything that waits. Articles come of feeds; pages add to articles that we hold.
pub async fn read_all(desk: &Desk, store: &Store, report: &mut Report) -> Result<(), RunError> {
    loop {
        let arrivals = store.unread(BATCH, BATCH_BYTES).await?;
        if arrivals.is_empty() {
            return Ok(());
        }
        let mut held = Vec::with_capacity(arrivals.len());
        for arrival in arrivals {
            let article = match (&arrival.purpose, &arrival.article) {
                (Purpose::Page, Some(id)) => store.article(id).await?,
                _ => None,
            };
            held.push((arrival, article));
        }
        let read: Vec<_> =
            held.into_par_iter().map(|(arrival, article)| (open(desk, &arrival, article.as_ref()), arrival)).collect();
        for (reading, arrival) in read {
            keep((desk, store), &arrival, reading, report).await?;
        }
    }
}

/// Tags everything that these names and words have not tagged yet. Gives the ids of articles that these find to concern access
/// where earlier ones did not.
pub async fn tag_all(desk: &Desk, store: &Store, report: &mut Report) -> Result<BTreeSet<String>, RunError> {
    tag_each(desk, store, report, &mut |_| ()).await
}

/// As [`tag_all`], and says after each batch how many articles have been tagged.
pub async fn tag_each(
    desk: &Desk,
    store: &Store,
    report: &mut Report,
    tell: &mut dyn FnMut(usize),
) -> Result<BTreeSet<String>, RunError> {
    let by = desk.tagged_by();
    let (mut found, mut after, mut done) = (BTreeSet::new(), String::new(), 0);
    loop {
        // By id, each row is looked at once, however large the archive.
        let articles = store.untagged(&by, &after, TAG_BATCH).await?;
        let Some(last) = articles.last() else { return Ok(found) };
        after.clone_from(&last.article.id);
        let tagged: Vec<(String, Tagged)> =
            articles.par_iter().map(|one| (one.article.id.clone(), tags(desk, &one.article))).collect();
        store.keep_tags(&tagged, &by).await?;
        done += tagged.len();
        tell(done);
        for (one, (id, tags)) in articles.iter().zip(&tagged) {
            note(one.was_relevant, tags.relevant, report);
            if one.was_relevant == Some(false) && tags.relevant {
                found.insert(id.clone());
            }
        }
    }
}

/// Counts an article: as new or changed, or as tagged again.
fn note(was_relevant: Option<bool>, is_relevant: bool, report: &mut Report) {
    let Some(was_relevant) = was_relevant else {
        report.relevant += usize::from(is_relevant);
        return;
    };
    report.retagged.articles += 1;
    report.retagged.gained += usize::from(is_relevant && !was_relevant);
    report.retagged.lost += usize::from(was_relevant && !is_relevant);
}

fn tags(desk: &Desk, article: &Article) -> Tagged {
    asked(article, |text| desk.tagger.tag(text))
}

/// The tags of an article, and why each is there.
pub fn explain(desk: &Desk, article: &Article) -> Explained {
    asked(article, |text| desk.tagger.explain(text))
}

fn asked<T>(article: &Article, ask: impl FnOnce(Text<'_>) -> T) -> T {
    let published = match article.published() {
        When::At(instant) => instant.to_string(),
        When::On(date) => date.to_string(),
    };
    ask(Text {
        title: &article.title,
        text: &article.text,
        lang: Some(&article.lang),
        published: Some(&published),
        outlet: Some(&article.outlet),
    })
}

fn open(desk: &Desk, arrival: &Arrival, article: Option<&Article>) -> Result<Reading, Unreadable> {
    let Some(source) = desk.source(&arrival.source) else {
        return Err(Unreadable { verdict: Verdict::Empty, detail: Some("its source is no longer in feeds.toml".to_string()) });
    };
    let Ok(url) = arrival.final_url.parse::<Url>() else {
        return Err(Unreadable { verdict: Verdict::Forbidden, detail: Some(arrival.final_url.clone()) });
    };
    let bytes = Bytes { body: &arrival.body, content_type: arrival.content_type.as_deref(), url: &url, hash: &arrival.hash };
    match (arrival.purpose, article) {
        (Purpose::Feed, _) => read::document(bytes, source, arrival.at),
        (Purpose::Page, Some(article)) => page(article, bytes, source),
        (Purpose::Page, None) => Ok(Reading::default()),
    }
}

fn page(article: &Article, bytes: Bytes<'_>, source: &Source) -> Result<Reading, Unreadable> {
    let read = read::page(article, bytes, source)?;
    Ok(Reading { articles: vec![read], ..Reading::default() })
}

async fn keep(
    (desk, store): (&Desk, &Store),
    arrival: &Arrival,
    reading: Result<Reading, Unreadable>,
    report: &mut Report,
) -> Result<(), RunError> {
    match reading {
        Ok(reading) => {
            if arrival.purpose == Purpose::Feed {
                let repaired = (!reading.repaired.is_empty()).then(|| reading.repaired.join("; "));
                store.keep_repairs(&arrival.source, repaired.as_deref()).await?;
            }
            report.articles += store.keep_articles(arrival, &reading.articles).await?.len();
            report.repaired.extend(reading.repaired.into_iter().map(|repair| (arrival.source.clone(), repair)));
        }
        Err(Unreadable { verdict, detail }) => {
            if arrival.purpose == Purpose::Feed {
                crawl::disappoint(desk, store, arrival).await?;
                report.fresh = report.fresh.saturating_sub(1);
            }
            store.unreadable(arrival, verdict, detail.as_deref()).await?;
            let (source, url) = (arrival.source.clone(), arrival.url.clone());
            report.failures.push(Failure { source, url, verdict, detail, expected: false });
        }
    }
    Ok(())
}
