//! Asks what is due, and keeps every answer as it comes.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::RunError;
use super::desk::Desk;
use crate::fetch::pace::{self, Course};
use crate::fetch::{Fetcher, Request};
use crate::model::fetched::{Fetched, Purpose, Validators, Verdict};
use crate::model::source::{Source, SourceKind};
use crate::report::{Failure, Report};
use crate::store::{SourceState, Store};

/// Which sources are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Those whose time has come.
    Only,
    /// All that are on.
    All,
}

/// Asks the sources.
pub async fn feeds(
    desk: &Desk,
    store: &Store,
    fetcher: &Fetcher,
    when: (Timestamp, Due),
    report: &mut Report,
) -> Result<(), RunError> {
    let (now, due) = when;
    let states = store.source_states().await?;
    let on = desk.sources.iter().filter(|source| source.enabled && source.kind != SourceKind::Json);
    let (asked, waiting): (Vec<&Source>, Vec<&Source>) =
        on.partition(|source| states.get(&source.id).is_none_or(|state| is_due(state, now, due)));
    report.not_due += waiting.len();
    let requests = asked.iter().map(|source| request(source, states.get(&source.id))).collect();
    let mut looks = fetcher.fetch(requests, now);
    while let Some(fetched) = looks.recv().await {
        let Some(source) = desk.source(&fetched.source) else { continue };
        let state = states.get(&fetched.source).cloned().unwrap_or_default();
        store.arrived(&fetched, None, next_due(source, &state, &fetched)).await?;
        report.asked += 1;
        note(&fetched, report);
    }
    Ok(())
}

/// Fetches the pages of relevant articles of which we hold a summary.
pub async fn pages(desk: &Desk, store: &Store, fetcher: &Fetcher, now: Timestamp, report: &mut Report) -> Result<(), RunError> {
    let mut articles = BTreeMap::new();
    let mut requests = Vec::new();
    for article in store.pages_wanted().await? {
        let Some(url) = article.url.as_ref().and_then(|url| url.parse::<url::Url>().ok()) else { continue };
        let Some(source) = desk.source(&article.source).filter(|source| !source.paywalled) else { continue };
        articles.insert(url.to_string(), article.id);
        requests.push(Request { source: source.clone(), purpose: Purpose::Page, url, validators: Validators::default() });
    }
    let mut looks = fetcher.fetch(requests, now);
    while let Some(fetched) = looks.recv().await {
        let article = articles.get(fetched.url.as_str()).map(String::as_str);
        store.arrived(&fetched, article, now).await?;
        report.pages += 1;
        if !fetched.verdict.is_success() {
            report.failures.push(failure(&fetched));
        }
    }
    Ok(())
}

fn is_due(state: &SourceState, now: Timestamp, due: Due) -> bool {
    !state.gone && (due == Due::All || state.due.is_none_or(|due| due <= now))
}

fn request(source: &Source, state: Option<&SourceState>) -> Request {
    let validators = state.map(|state| state.validators.clone()).unwrap_or_default();
    Request { source: source.clone(), purpose: Purpose::Feed, url: source.url.clone(), validators }
}

/// When to ask again.
fn next_due(source: &Source, state: &SourceState, fetched: &Fetched) -> Timestamp {
    let course = Course {
        id: &source.id,
        every: source.every,
        failures: if fetched.verdict.is_success() { 0 } else { state.failures.saturating_add(1) },
        retry_after: fetched.retry_after,
        fresh_for: fetched.fresh_for,
        last_change: if fetched.verdict == Verdict::Fresh { Some(fetched.at) } else { state.changed },
    };
    pace::next_due(course, fetched.at)
}

fn note(fetched: &Fetched, report: &mut Report) {
    match fetched.verdict {
        Verdict::Fresh => report.fresh += 1,
        Verdict::Unchanged => report.unchanged += 1,
        _ => report.failures.push(failure(fetched)),
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
