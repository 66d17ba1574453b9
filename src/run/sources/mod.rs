//! The editor's commands on the list of sources: `termwall sources add`, `import` and `export`.

/// One source by its address.
pub mod add;

/// Lists of other programs.
mod import;

use std::path::PathBuf;

use jiff::Timestamp;
use url::Url;

use super::desk::site_text;
use super::{Outcome, RunError, Streams};
use crate::cli::{Options, SourcesCommand};
use crate::fetch::Fetcher;
use crate::model::fetched::Verdict;
use crate::model::source::Source;
use crate::model::words::count;
use crate::publish::settings;
use crate::sources::edit::Additions;
use crate::sources::{self, opml};
use crate::{deliver, inputs};

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    /// A file that was to be imported.
    #[error("\"{0}\" is no list of feeds")]
    NoOpml(String, #[source] opml::NoList),
    /// One that is larger than any list.
    #[error("\"{0}\" is larger than {1} MiB, which no list of feeds is; check that it is the right file")]
    TooLarge(String, usize),
    /// A group that does not exist.
    #[error("the group \"{0}\" cannot be given: {1}")]
    NoGroup(String, String),
    /// Its address is in the file.
    #[error("\"{0}\" is there already, as \"{1}\"; nothing was added")]
    Known(Url, String),
    /// The server's answer is nothing to read.
    #[error("\"{url}\" is not added: {}{}{}", .verdict.words(), bracketed(.detail.as_deref()), next_step(*.verdict))]
    Refused {
        /// What was asked for.
        url: Url,
        /// What it came to.
        verdict: Verdict,
        /// More of it.
        detail: Option<String>,
    },
    /// A page without feed and without a list.
    #[error(
        "\"{0}\" leads to no feed, and no list of articles can be told in it; add the outlet's feed, or write a [[source]] with kind = \"page\" and selectors"
    )]
    NoList(Url),
    /// An id or title that cannot be.
    #[error("{0}")]
    Wish(String),
    /// Selectors that nobody has looked at.
    #[error("nothing was written, for selectors are a guess; if these are the articles, say it again with --yes")]
    Guess,
    /// The file cannot be added to.
    #[error("feeds.toml cannot be added to; run `termwall check`")]
    Unsound(#[from] toml_edit::TomlError),
}

/// Does what the command line says.
pub async fn command(
    command: &SourcesCommand,
    options: &Options,
    now: Timestamp,
    streams: &mut Streams<'_>,
) -> Result<Outcome, RunError> {
    match command {
        SourcesCommand::Add(wish) => {
            let site =
                settings::read(&site_text(&inputs::read(&options.dir)?.site), "site/site.toml").map_err(RunError::Mistakes)?;
            add::add(options, wish, &Fetcher::new(super::fetch_settings(&site))?, now, streams).await
        }
        SourcesCommand::Import { file, group, dry_run } => {
            let group = sources::edit::group(group).map_err(|reason| NotDone::NoGroup(group.clone(), reason))?;
            import::import(&mut Book::open(options)?, file, &import::Wish { group, dry_run: *dry_run }, streams)
        }
        SourcesCommand::Export { all } => export(options, *all, streams),
    }
}

/// Writes the sources that are on, or all, as OPML.
fn export(options: &Options, all: bool, streams: &mut Streams<'_>) -> Result<Outcome, RunError> {
    let book = Book::open(options)?;
    let wanted: Vec<&Source> = book.sources.iter().filter(|source| all || source.enabled).collect();
    let list = opml::write(&wanted, "Termwall: sources").map_err(RunError::Output)?;
    streams.output.write_all(&list).map_err(RunError::Output)?;
    Ok(Outcome::Done)
}

fn bracketed(detail: Option<&str>) -> String {
    detail.map(|detail| format!(" ({detail})")).unwrap_or_default()
}

/// The verdict's advice, but for what would send the editor in a circle.
fn next_step(verdict: Verdict) -> String {
    let advice = match verdict {
        Verdict::NotFound => Some("check the address; the outlet's front page may lead to its feed"),
        Verdict::Forbidden => Some("use a public address, or --allow-private for a source of your own"),
        Verdict::RateLimited | Verdict::TooSlow | Verdict::ServerError | Verdict::Unreachable => Some("try again later"),
        other => other.advice(),
    };
    advice.map(|advice| format!("; {advice}")).unwrap_or_default()
}

/// A publication's `feeds.toml`, checked: its own, or the one that ships with the program.
struct Book {
    path: PathBuf,
    text: String,
    sources: Vec<Source>,
    is_own: bool,
}

impl Book {
    fn open(options: &Options) -> Result<Self, RunError> {
        let text = inputs::read(&options.dir)?.feeds;
        let sources = sources::read(&text, "feeds.toml").map_err(RunError::Mistakes)?;
        let (path, is_own) = (options.dir.join("feeds.toml"), inputs::has_own_feeds(&options.dir));
        Ok(Self { path, text, sources, is_own })
    }

    fn additions(&self) -> Additions<'_> {
        Additions::to(&self.text, &self.sources)
    }

    /// Writes the additions, unless the file would hold a mistake with them. Says where a file was begun.
    fn save(&self, additions: Additions<'_>, streams: &mut Streams<'_>) -> Result<(), RunError> {
        let text = additions.finish().map_err(NotDone::from)?;
        sources::read(&text, "feeds.toml").map_err(RunError::Mistakes)?;
        deliver::file(&self.path, text.as_bytes())?;
        if !self.is_own {
            let shipped = count(self.sources.len(), "source");
            super::tell(
                streams.talk,
                &format!("{} was not there; it begins with the {shipped} that ship with the program", self.path.display()),
            );
        }
        Ok(())
    }
}
