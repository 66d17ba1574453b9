//! Asks what is due, and keeps every answer as it comes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use url::{Position, Url};

use super::RunError;
use super::desk::Desk;
use crate::fetch::pace::{self, Change};
use crate::fetch::{Fetcher, Request};
use crate::model::fetched::{Fetched, Purpose, Validators, Verdict};
use crate::model::memory::Memory;
use crate::model::source::{Source, SourceKind};
use crate::model::words::nearest;
use crate::report::{Failure, Notice, Report};
use crate::store::{Arrival, Errand, Store};

/// Which sources are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due<'a> {
    /// Those whose time has come.
    Only,
    /// All that are on.
    All,
    /// The one with this id, even if it is gone.
    Source(&'a str),
}

/// Asks the sources.
pub async fn feeds(
    desk: &Desk,
    store: &Store,
    fetcher: &Fetcher,
    when: (Timestamp, Due<'_>),
    report: &mut Report,
) -> Result<(), RunError> {
    let (now, due) = when;
    let held = Arc::new(store.memories().await?);
    let mut asked = Vec::new();
    for source in chosen(desk, due)? {
        let memory = remembered(&held, source);
        match due {
            Due::Only | Due::All if memory.gone.is_some() => report.gone += 1,
            Due::Only if memory.due.is_some_and(|due| due > now) => report.not_due += 1,
            _ => asked.push(Arc::clone(source)),
        }
    }
    let memories = Arc::clone(&held);
    let requests = asked.into_iter().map(move |source| pace::request(&source, &remembered(&memories, &source), now));
    let mut looks = fetcher.fetch(requests, now);
    while let Some(fetched) = looks.recv().await {
        let Some(source) = desk.source(&fetched.source) else { continue };
        let twin = twin(desk, &held, &fetched);
        let (memory, change) = pace::remember(remembered(&held, source), source, &fetched, twin);
        store.arrived(&fetched, Errand::Source(&memory)).await?;
        report.asked += 1;
        note(&fetched, report);
        report.notices.extend(change.map(|change| notice(source, change)));
    }
    Ok(())
}

/// What is remembered of a source, as far as it holds for the address that the file gives.
fn remembered(held: &BTreeMap<String, Memory>, source: &Source) -> Memory {
    held.get(&source.id).cloned().unwrap_or_default().at(&source.url)
}

/// The sources that may be asked: those that are on, or the one that was named.
fn chosen<'a>(desk: &'a Desk, due: Due<'_>) -> Result<Vec<&'a Arc<Source>>, RunError> {
    let on = |source: &&Arc<Source>| source.enabled && source.kind != SourceKind::Json;
    let Due::Source(id) = due else { return Ok(desk.sources.iter().filter(on).collect()) };
    let source = desk.source(id).ok_or_else(|| no_source(desk, id))?;
    if on(&source) { Ok(vec![source]) } else { Err(RunError::SourceOff(id.to_string())) }
}

/// The error for an id that `feeds.toml` does not have.
pub(super) fn no_source(desk: &Desk, id: &str) -> RunError {
    let known: Vec<&str> = desk.sources.iter().map(|source| source.id.as_str()).collect();
    RunError::NoSource(id.to_string(), nearest(id, &known).map(str::to_string))
}

/// Another source that is asked where a look was led to for good; or that is led there as well and stands before it in the file,
/// so that of two that move together the first alone arrives.
fn twin<'a>(desk: &'a Desk, held: &BTreeMap<String, Memory>, fetched: &Fetched) -> Option<&'a str> {
    let to = fetched.moved.as_ref()?;
    let own = desk.sources.iter().position(|source| source.id == fetched.source)?;
    let mut others = desk.sources.iter().enumerate().filter(|(place, other)| *place != own && other.enabled);
    let found = others.find(|(place, other)| {
        let memory = remembered(held, other);
        let moving = memory.moving.as_ref().filter(|_| *place < own);
        is_same(memory.asked().unwrap_or(&other.url), to) || moving.is_some_and(|moving| is_same(&moving.to, to))
    });
    found.map(|(_, other)| other.id.as_str())
}

/// http and https of one address serve one document.
fn is_same(one: &Url, other: &Url) -> bool {
    one[Position::BeforeHost..Position::AfterQuery] == other[Position::BeforeHost..Position::AfterQuery]
}

/// A document that came but could not be read: its source failed after all.
pub(super) async fn disappoint(desk: &Desk, store: &Store, arrival: &Arrival) -> Result<(), RunError> {
    let Some(source) = desk.source(&arrival.source) else { return Ok(()) };
    let memory = store.memories().await?.remove(&source.id).unwrap_or_default();
    Ok(store.remember(&source.id, &pace::disappoint(memory, source, arrival.at)).await?)
}

/// Fetches the pages of relevant articles of which we hold a summary, but for those that are left for the next run.
pub async fn pages(
    desk: &Desk,
    store: &Store,
    fetcher: &Fetcher,
    (now, left): (Timestamp, &BTreeSet<String>),
    report: &mut Report,
) -> Result<(), RunError> {
    let mut articles = BTreeMap::new();
    let mut requests = Vec::new();
    for article in store.pages_wanted().await? {
        let Some(url) = article.url.as_ref().and_then(|url| url.parse::<url::Url>().ok()) else { continue };
        let Some(source) = desk.source(&article.source).filter(|source| !source.paywalled) else { continue };
        if left.contains(&article.id) {
            report.retagged.pages += 1;
            continue;
        }
        articles.insert(url.to_string(), article.id);
        requests.push(Request { source: source.clone(), purpose: Purpose::Page, url, validators: Validators::default() });
    }
    fetcher.know(store.robots(now).await?).await;
    let mut looks = fetcher.fetch(requests, now);
    while let Some(fetched) = looks.recv().await {
        let article = articles.get(fetched.url.as_str()).map(String::as_str);
        store.arrived(&fetched, Errand::Page(article)).await?;
        report.pages += 1;
        if !fetched.verdict.is_success() {
            report.failures.push(failure(&fetched));
        }
    }
    Ok(store.keep_robots(&fetcher.learned().await, now).await?)
}

fn note(fetched: &Fetched, report: &mut Report) {
    match fetched.verdict {
        Verdict::Fresh => report.fresh += 1,
        Verdict::Unchanged => report.unchanged += 1,
        _ => report.failures.push(failure(fetched)),
    }
}

fn notice(source: &Source, change: Change) -> Notice {
    let id = source.id.clone();
    match change {
        Change::Moved(to) => Notice::Moved { source: id, to: to.to_string() },
        Change::Twin(to, other) => Notice::Twin { source: id, to: to.to_string(), other },
        Change::Back => Notice::Back { source: id, to: source.url.to_string() },
        Change::Gone => Notice::Gone { source: id },
    }
}

/// What the report says of a look that failed.
pub(super) fn failure(fetched: &Fetched) -> Failure {
    Failure {
        source: fetched.source.clone(),
        url: fetched.url.to_string(),
        verdict: fetched.verdict,
        detail: fetched.detail.clone(),
        expected: false,
    }
}
