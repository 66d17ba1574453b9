//! The sample edition: serves `samples/` on loopback, crawls it with the real crawler in dated rounds, builds, previews.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::desk::Desk;
use super::{RunError, crawl, edition, settle, understand};
use crate::fetch::{Fetcher, Settings};
use crate::inputs::{self, Files};
use crate::model::mistake::{Mistake, line_of};
use crate::model::site::Site;
use crate::report::Report;
use crate::serve::samples::{Edition, Samples};
use crate::store::Store;

/// Where the demo puts things.
#[derive(Clone, Debug)]
pub struct Places {
    /// The publication's own folder, whose files stand for compiled ones.
    pub folder: PathBuf,
    /// Where the site goes.
    pub out: PathBuf,
    /// Where the letter goes.
    pub letters: PathBuf,
    /// The store's file.
    pub store: PathBuf,
}

/// Key under which the store remembers the last round that was completed.
const ROUND: &str = "demo.round";

/// Requests under way at once: the servers are this process.
const CONCURRENCY: usize = 16;

/// Crawls the rounds that the store has not seen, or repeats the last; then builds.
pub async fn demo(places: &Places, talk: &mut dyn Write) -> Result<Report, RunError> {
    let files = inputs::samples(&places.folder)?;
    let rounds = edition_of(&files)?;
    let desk = desk(places, &files)?;
    let site = Arc::new(Site { sample: true, ..(*desk.site).clone() });
    let store = Store::open(&places.store).await?;
    let mut report = Report::default();
    let faults: BTreeSet<String> =
        rounds.answer.iter().filter(|answer| answer.fault).map(|answer| answer.url.to_string()).collect();
    let samples = Samples::open(rounds.clone(), files).await.map_err(RunError::Loopback)?;
    let fetcher = Fetcher::new(Settings {
        hosts: samples.hosts(),
        concurrency: CONCURRENCY,
        gap: Some(Duration::ZERO),
        ..super::fetch_settings(&site)
    })?;
    let done: usize = store.meta(ROUND).await?.and_then(|round| round.parse().ok()).unwrap_or(0);
    let last = rounds.round.len();
    let mut settled = None;
    for number in (done + 1).min(last)..=last {
        samples.turn_to(number);
        let now = rounds.round[number - 1].now;
        super::tell(talk, &format!("round {number} of {last}, {now}"));
        let due = if done == last { crawl::Due::All } else { crawl::Due::Only };
        report.failures.clear();
        ingest(&desk, &store, &fetcher, (now, due), &mut report).await?;
        settled = Some(settle::settle(&desk, &store, now, &mut report).await?);
        store.set_meta(ROUND, &number.to_string()).await?;
    }
    for failure in &mut report.failures {
        failure.expected = faults.contains(&failure.url);
    }
    let now = rounds.round[last - 1].now;
    super::tell(talk, "building");
    let settled = match settled {
        Some(settled) => settled,
        None => settle::Settled::of(&desk, &store, now).await?,
    };
    let material = edition::material(&desk, &store, site, settled, now).await?;
    edition::site(&desk, &material, &places.out, &mut report)?;
    edition::letter(&desk, &store, &material, &places.letters, &mut report).await?;
    store.close().await;
    Ok(report)
}

/// Feeds, then what they say, then the pages of what concerns access, then what those say.
pub(super) async fn ingest(
    desk: &Desk,
    store: &Store,
    fetcher: &Fetcher,
    when: (jiff::Timestamp, crawl::Due<'_>),
    report: &mut Report,
) -> Result<(), RunError> {
    crawl::feeds(desk, store, fetcher, when, report).await?;
    understand::read_all(desk, store, report).await?;
    // A changed taxonomy may want a thousand old pages: they wait for the next run, so that today's news does not wait for them.
    let queued = understand::tag_all(desk, store, report).await?;
    crawl::pages(desk, store, fetcher, (when.0, &queued), report).await?;
    understand::read_all(desk, store, report).await?;
    understand::tag_all(desk, store, report).await?;
    Ok(())
}

/// The desk with the sample edition's sources in place of the publication's own.
fn desk(places: &Places, files: &Files) -> Result<Desk, RunError> {
    let mut inputs = inputs::read(&places.folder)?;
    inputs.feeds = text(files, "feeds.toml");
    Desk::new(&inputs).map_err(RunError::Mistakes)
}

fn edition_of(files: &Files) -> Result<Edition, RunError> {
    let text = text(files, "edition.toml");
    let edition: Edition = toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(0, |span| line_of(&text, span.start));
        RunError::Mistakes(vec![Mistake::new("samples/edition.toml", line, error.message())])
    })?;
    if edition.round.is_empty() {
        return Err(RunError::Mistakes(vec![Mistake::new(
            "samples/edition.toml",
            0,
            "has no round; add a [[round]] with a now",
        )]));
    }
    Ok(edition)
}

fn text(files: &Files, name: &str) -> String {
    files.get(name).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
}

impl Places {
    /// `demo/public`, `demo/letters` and `demo/store.db` below a folder, unless other places are named. Where the site goes
    /// elsewhere, the letters go beside it: `OUT-letters`.
    pub fn below(folder: &Path, out: Option<PathBuf>, store: Option<PathBuf>) -> Self {
        let demo = folder.join("demo");
        Self {
            folder: folder.to_path_buf(),
            letters: out.as_ref().map_or_else(|| demo.join("letters"), |out| beside(out, "letters")),
            out: out.unwrap_or_else(|| demo.join("public")),
            store: store.unwrap_or_else(|| demo.join("store.db")),
        }
    }
}

/// A path with a word after its last part: `/srv/insight` gives `/srv/insight-letters`.
fn beside(path: &Path, word: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push("-");
    name.push(word);
    path.with_file_name(name)
}
