//! What is asked of the sources, and what is to be done with their list.

use std::path::PathBuf;

use clap::Subcommand;
use url::Url;

/// What is asked of the sources: their health, unless a command is named.
#[derive(Debug, Default, clap::Args)]
pub struct Sources {
    /// What is to be done with them
    #[command(subcommand)]
    pub command: Option<SourcesCommand>,
    /// What is asked where nothing is to be edited
    #[command(flatten)]
    pub health: Health,
}

/// What is to be done with the list of sources.
#[derive(Debug, Subcommand)]
pub enum SourcesCommand {
    /// Add the feed at an address, or the one that the page there leads to
    #[command(after_help = "Example: termwall sources add https://www.example.com/news
A page that advertises feeds gives the best of them, and the others are named; one that does not is searched for links to feeds,
and then a few usual addresses are tried. For a page without any feed, CSS selectors are proposed with the first items that they
give; being a guess, they are written with --yes alone.
Where the publication has no feeds.toml, one is started with the sources that ship with the program.
Exit status: 0 added, 1 not added")]
    Add(Addition),
    /// Add what an OPML file lists and feeds.toml has not: the export of any feed reader
    #[command(after_help = "Example: termwall sources import subscriptions.opml --dry-run
Example: termwall sources import - < subscriptions.opml
A folder that is named like a group gives its feeds that group; any other folder is kept as a comment. Where the publication has
no feeds.toml, one is started with the sources that ship with the program.
Exit status: 0 done, 1 nothing added, 3 added but some refused (each named with its line)")]
    Import {
        /// The file; "-" is standard input
        file: PathBuf,
        /// Group of the feeds that are in no folder with a group's name
        #[arg(long, default_value = "tech-press")]
        group: String,
        /// Print what would be added, and write nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// The sources as OPML 2.0, for any feed reader; `import` reads it back
    #[command(after_help = "Example: termwall sources export --all > feeds.opml")]
    Export {
        /// Those that are off as well
        #[arg(long)]
        all: bool,
    },
}

/// A source that is to be added.
#[derive(Clone, Debug, clap::Args)]
pub struct Addition {
    /// Address of a feed, or of a page
    pub url: Url,
    /// Its group [default: that of a source of the same outlet, or else tech-press]
    #[arg(long)]
    pub group: Option<String>,
    /// Its title [default: what the feed or page calls itself]
    #[arg(long)]
    pub title: Option<String>,
    /// Its id, which never changes [default: made of host and title]
    #[arg(long)]
    pub id: Option<String>,
    /// The exact host and port of the address may be on a private network
    #[arg(long)]
    pub allow_private: bool,
    /// Write selectors that were proposed
    #[arg(long)]
    pub yes: bool,
    /// Print what would be added, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// What is asked about sources.
#[derive(Debug, Default, clap::Args)]
pub struct Health {
    /// Every look at this source instead
    pub id: Option<String>,
    /// Only looks of this day (UTC)
    #[arg(long, requires = "id")]
    pub day: Option<jiff::civil::Date>,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}
