//! The order of the steps: the only module that knows it. The life of one datum, step by step:
//!
//! 1. [`desk::Desk::new`] checks `feeds.toml`, `taxonomy/`, `templates/` and `site/` before anything is asked.
//! 2. [`crawl::feeds`] asks each source that is due; [`Store::arrived`] keeps every look, and the bytes, before they are read.
//! 3. [`understand::read_all`] makes articles of what waits to be read, and [`understand::tag_all`] tags them.
//! 4. [`crawl::pages`] fetches the pages of those that concern access and hold only a summary; these are read and tagged again.
//! 5. [`settle::settle`] links articles into stories, appends what they say to the ledger, and writes about them.
//! 6. [`edition::material`] gathers what is published, [`edition::site`] and [`edition::letter`] deliver it.
//!
//! Every step starts from what the store holds, so a run that is cut off at any moment is completed by the next.
//!
//! [`desk::Desk::new`]: crate::run::desk::Desk::new
//! [`crawl::feeds`]: crate::run::crawl::feeds
//! [`Store::arrived`]: crate::store::Store::arrived
//! [`understand::read_all`]: crate::run::understand::read_all
//! [`understand::tag_all`]: crate::run::understand::tag_all
//! [`crawl::pages`]: crate::run::crawl::pages
//! [`settle::settle`]: crate::run::settle::settle
//! [`edition::material`]: crate::run::edition::material
//! [`edition::site`]: crate::run::edition::site
//! [`edition::letter`]: crate::run::edition::letter

/// Everything that a run needs, checked.
pub mod desk;

/// Asks what is due.
pub mod crawl;

/// Reads and tags.
pub mod understand;

/// Finds the stories of articles.
mod linking;

/// Links, enters, writes.
pub mod settle;

/// Gathers and delivers.
pub mod edition;

/// The sample edition.
pub mod demo;

/// The filters.
pub mod filters;

/// The chain of evidence of a story.
pub mod why;

/// Evidence in its place.
pub mod evidence;

/// Questions to the record.
pub mod ask;

/// The record as files.
pub mod export;

/// Articles in bulk.
pub mod import;

/// The editor's commands on the list of sources.
pub mod sources;

/// The editor's commands on names and words.
pub mod taxonomy;

/// How the sources fare.
pub mod health;

use std::io::{BufRead, Write};
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use crate::cli::{Command, Imported, Options, Sources, StoreCommand, Taxonomy};
use crate::fetch::{Fetcher, NoClient, Settings};
use crate::model::fetched::Verdict;
use crate::model::mistake::Mistake;
use crate::model::site::Site;
use crate::model::words::count;
use crate::report::{Letter, Report};
use crate::serve::preview::{Preview, Taken};
use crate::store::{Store, StoreError};
use crate::tag::Tagger;
use crate::{deliver, inputs, ledger};
use desk::Desk;
use evidence::Paint;

/// How a command ended well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Exit status 0.
    Done,
    /// Exit status 3: done, but some sources or lines failed, each named.
    SomeFailed,
}

/// Why a command was not done. Exit status 1.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Files that people edit.
    #[error("{}; nothing was asked and nothing published", count(.0.len(), "mistake"))]
    Mistakes(Vec<Mistake>),
    /// A file cannot be read.
    #[error(transparent)]
    Inputs(#[from] inputs::Unreadable),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The HTTP client.
    #[error(transparent)]
    Client(#[from] NoClient),
    /// The chain in the store.
    #[error("the ledger in the store is broken; restore the last backup")]
    Ledger(#[from] ledger::Broken),
    /// The output folder.
    #[error(transparent)]
    Deliver(#[from] deliver::DeliverError),
    /// The preview.
    #[error(transparent)]
    Preview(#[from] Taken),
    /// Loopback.
    #[error("the sample servers cannot listen on loopback; check this machine's network")]
    Loopback(#[source] std::io::Error),
    /// Standard input.
    #[error("standard input cannot be read")]
    Input(#[source] std::io::Error),
    /// Standard output.
    #[error("standard output cannot be written")]
    Output(#[source] std::io::Error),
    /// No story, or several, begin with an id.
    #[error("{1} stories begin with \"{0}\"; a page's receipt gives its id in full")]
    NoStory(String, usize),
    /// No source has an id; perhaps another was meant.
    #[error("feeds.toml has no source \"{0}\"; {hint}", hint = meant(.1.as_deref()))]
    NoSource(String, Option<String>),
    /// A source that was named is off.
    #[error("\"{0}\" is off in feeds.toml; remove `enabled = false` there to ask it")]
    SourceOff(String),
    /// Bytes that a filter cannot read.
    #[error("{}{}", .0.words(), .1.as_ref().map(|detail| format!(": {detail}")).unwrap_or_default())]
    Unreadable(Verdict, Option<String>),
    /// The list of sources was not changed.
    #[error(transparent)]
    Sources(#[from] sources::NotDone),
    /// A ledger that was to be verified.
    #[error("the ledger at \"{0}\" does not fit")]
    Verify(String, #[source] ledger::Broken),
}

fn meant(near: Option<&str>) -> String {
    near.map_or_else(|| "`termwall sources` lists them".to_string(), |near| format!("did you mean \"{near}\"?"))
}

/// Where a command reads and writes.
pub struct Streams<'a> {
    /// Standard input.
    pub input: &'a mut dyn BufRead,
    /// Results.
    pub output: &'a mut dyn Write,
    /// Talk.
    pub talk: &'a mut dyn Write,
}

/// Does what the command line says.
pub async fn command(options: &Options, now: Timestamp, mut streams: Streams<'_>) -> Result<Outcome, RunError> {
    match &options.command {
        Command::Run { mail } => run(options, now, *mail, &mut streams).await,
        Command::Fetch { source } => fetch(options, now, source.as_deref(), &mut streams).await,
        Command::Build => build(options, now, &mut streams).await,
        Command::Mail => mail(options, now, &mut streams).await,
        Command::Demo { no_serve, port } => sample_edition(options, (!no_serve).then_some(*port), &mut streams).await,
        Command::Serve { port } => {
            preview(&options.out(), *port, &mut streams).await?;
            Ok(Outcome::Done)
        }
        Command::Check => {
            desk(options)?;
            say(&mut streams, "no mistakes")?;
            Ok(Outcome::Done)
        }
        Command::Sources(Sources { command: Some(command), .. }) => sources::command(command, options, now, &mut streams).await,
        Command::Sources(Sources { command: None, health: question }) => {
            let (desk, store) = (desk(options)?, Store::open(&options.store()).await?);
            health::health(&desk, &store, question, now, &mut streams).await
        }
        Command::Taxonomy(Taxonomy { command }) => taxonomy::command(command, options, now, &mut streams).await,
        Command::Store { command: StoreCommand::Backup { file } } => {
            Store::open(&options.store()).await?.backup(file).await?;
            say(&mut streams, &format!("backup    {}", file.display()))?;
            Ok(Outcome::Done)
        }
        Command::Why { id, color } => {
            let (desk, store) = (desk(options)?, Store::open(&options.store()).await?);
            let paint = if color.on(options.screen) { Paint::Colored } else { Paint::Plain };
            why::why((&desk, &store), id, (now, paint), &mut streams).await
        }
        Command::Ledger(question) => {
            let (desk, store) = (desk(options)?, Store::open(&options.store()).await?);
            ask::ask(&desk, &store, question, now, &mut streams).await
        }
        Command::Export(wish) => {
            let (desk, store) = (desk(options)?, Store::open(&options.store()).await?);
            export::export(&desk, &store, wish, now, &mut streams).await
        }
        Command::Import(Imported { file }) => {
            import::import(&Store::open(&options.store()).await?, file, now, &mut streams).await
        }
        Command::Verify { place, head } => verify(place, head.as_deref(), &mut streams),
        Command::Tag { explain: false, .. } => filters::tag(&tagger(options)?, streams.input, streams.output),
        Command::Tag { explain: true, json, color } => {
            let shown = filters::Shown::of(*json, *color, options.screen);
            filters::explain(&tagger(options)?, shown, streams.input, streams.output)
        }
        Command::Link => filters::link(&tagger(options)?, streams.input, streams.output),
        Command::Parse { url, content_type } => {
            filters::parse(url.as_ref(), content_type.as_deref(), streams.input, streams.output)
        }
        Command::Robots { agent, url } => filters::robots(agent, url, streams.input, streams.output),
        Command::Extract { url } => filters::extract(url.as_ref(), streams.input, streams.output),
    }
}

/// Builds the sample edition, and previews it where there is a port.
async fn sample_edition(options: &Options, port: Option<u16>, streams: &mut Streams<'_>) -> Result<Outcome, RunError> {
    let places = demo::Places::below(&options.dir, options.out.clone(), options.store.clone());
    let report = demo::demo(&places, streams.talk).await?;
    show(&report, streams)?;
    say(streams, &format!("site      {}\nletter    {}", places.out.display(), places.letters.display()))?;
    if let Some(port) = port {
        preview(&places.out, port, streams).await?;
    }
    Ok(outcome(&report))
}

/// Fetches what is due, understands it, builds the site; with `mail`, writes the letter as well.
async fn run(options: &Options, now: Timestamp, mail: bool, streams: &mut Streams<'_>) -> Result<Outcome, RunError> {
    let desk = desk(options)?;
    let store = Store::open(&options.store()).await?;
    let mut report = Report::default();
    let fetcher = Fetcher::new(fetch_settings(&desk.site))?;
    let on = desk.sources.iter().filter(|source| source.enabled).count();
    tell(streams.talk, &format!("asking what is due of {}", count(on, "source")));
    demo::ingest(&desk, &store, &fetcher, (now, crawl::Due::Only), &mut report).await?;
    store.prune(now).await?;
    tell(streams.talk, "building");
    let settled = settle::settle(&desk, &store, now, &mut report).await?;
    let material = edition::material(&desk, &store, Arc::clone(&desk.site), settled, now).await?;
    edition::site(&desk, &material, &options.out(), &mut report)?;
    if mail {
        edition::letter(&desk, &store, &material, &options.letters(), &mut report).await?;
    }
    store.close().await;
    show(&report, streams)?;
    say(streams, &format!("site      {}", options.out().display()))?;
    Ok(outcome(&report))
}

/// Fetches what is due and understands it; publishes nothing.
async fn fetch(options: &Options, now: Timestamp, source: Option<&str>, streams: &mut Streams<'_>) -> Result<Outcome, RunError> {
    let desk = desk(options)?;
    let store = Store::open(&options.store()).await?;
    let mut report = Report::default();
    let fetcher = Fetcher::new(fetch_settings(&desk.site))?;
    let due = source.map_or(crawl::Due::Only, crawl::Due::Source);
    demo::ingest(&desk, &store, &fetcher, (now, due), &mut report).await?;
    store.close().await;
    show(&report, streams)?;
    Ok(outcome(&report))
}

/// Builds the site from what the store holds, without the network.
async fn build(options: &Options, now: Timestamp, streams: &mut Streams<'_>) -> Result<Outcome, RunError> {
    let desk = desk(options)?;
    let store = Store::open(&options.store()).await?;
    let mut report = Report::default();
    understand::read_all(&desk, &store, &mut report).await?;
    understand::tag_all(&desk, &store, &mut report).await?;
    let settled = settle::settle(&desk, &store, now, &mut report).await?;
    let material = edition::material(&desk, &store, Arc::clone(&desk.site), settled, now).await?;
    edition::site(&desk, &material, &options.out(), &mut report)?;
    store.close().await;
    show(&report, streams)?;
    Ok(Outcome::Done)
}

/// Writes the letter of what is new since the last one.
async fn mail(options: &Options, now: Timestamp, streams: &mut Streams<'_>) -> Result<Outcome, RunError> {
    let desk = desk(options)?;
    let store = Store::open(&options.store()).await?;
    let mut report = Report::default();
    let settled = settle::Settled::of(&desk, &store, now).await?;
    let material = edition::material(&desk, &store, Arc::clone(&desk.site), settled, now).await?;
    edition::letter(&desk, &store, &material, &options.letters(), &mut report).await?;
    store.close().await;
    match report.letter {
        Letter::Written(name) => say(streams, &options.letters().join(name).display().to_string())?,
        Letter::Nothing | Letter::NotAsked => say(streams, "nothing is new since the last letter")?,
    }
    Ok(Outcome::Done)
}

/// Checks a published ledger.
fn verify(place: &Path, head: Option<&str>, streams: &mut Streams<'_>) -> Result<Outcome, RunError> {
    let file = if place.is_dir() { place.join("data/ledger.jsonl") } else { place.to_path_buf() };
    let text = inputs::text(&file)?;
    let own = ledger::verify(text.lines(), head).map_err(|broken| RunError::Verify(file.display().to_string(), broken))?;
    say(streams, &format!("{} fit; head {own}", count(text.lines().count(), "entry")))?;
    Ok(Outcome::Done)
}

/// Shows a folder until the program is asked to stop.
async fn preview(folder: &Path, port: u16, streams: &mut Streams<'_>) -> Result<(), RunError> {
    let preview = Preview::open(folder, port).await?;
    let address = preview.address().map_err(RunError::Loopback)?;
    say(streams, &format!("preview   http://{address}/ (Ctrl-C ends it)"))?;
    streams.output.flush().map_err(RunError::Output)?;
    let stop = async {
        // Without a signal handler there is nothing to wait for, and the preview goes on until it is killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    preview.run(stop).await.map_err(RunError::Loopback)
}

fn tagger(options: &Options) -> Result<Tagger, RunError> {
    desk::tagging(&inputs::read(&options.dir)?).map(|(_, tagger)| tagger).map_err(RunError::Mistakes)
}

fn desk(options: &Options) -> Result<Desk, RunError> {
    Desk::new(&inputs::read(&options.dir)?).map_err(RunError::Mistakes)
}

/// How the crawler behaves towards the world.
pub(crate) fn fetch_settings(site: &Site) -> Settings {
    Settings {
        user_agent: format!("Termwall/{} (+{}; {})", env!("CARGO_PKG_VERSION"), site.base_url, site.contact),
        ..Settings::default()
    }
}

fn outcome(report: &Report) -> Outcome {
    if report.has_failures() { Outcome::SomeFailed } else { Outcome::Done }
}

fn show(report: &Report, streams: &mut Streams<'_>) -> Result<(), RunError> {
    write!(streams.output, "{report}").map_err(RunError::Output)
}

/// Says what is going on, where somebody listens: a closed standard error stops nothing.
fn tell(talk: &mut dyn Write, line: &str) {
    let _ = writeln!(talk, "{line}");
}

fn say(streams: &mut Streams<'_>, line: &str) -> Result<(), RunError> {
    writeln!(streams.output, "{line}").map_err(RunError::Output)
}
