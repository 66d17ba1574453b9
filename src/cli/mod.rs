//! The command line: arguments go in, a command comes out.

/// What goes out to other programs, and comes in from them.
mod exchange;

/// What is asked of the sources.
mod sources;

/// What is asked of the names and words.
mod taxonomy;

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::{Parser, Subcommand};
use url::Url;

pub use exchange::{Exported, Form, Imported};
pub use sources::{Addition, Health, Sources, SourcesCommand};
pub use taxonomy::{Suggesting, Taxonomy, TaxonomyCommand};

/// Who may use which AI, where, since when, on what ground, and how we know.
#[derive(Debug, Parser)]
#[command(name = "termwall", version, about, after_help = "Without a command: run. Try first: termwall demo")]
pub struct Arguments {
    /// Folder of the publication: its feeds.toml, taxonomy/, templates/ and site/ stand for the compiled ones
    #[arg(long, global = true, default_value = ".")]
    dir: PathBuf,
    /// Folder that the site is written to [default: public, or demo/public]
    #[arg(long, global = true)]
    out: Option<PathBuf>,
    /// File of the store [default: termwall.db, or demo/store.db]
    #[arg(long, global = true, env = "TERMWALL_STORE")]
    store: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What is to be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Fetch what is due, understand it, build the site
    #[command(
        after_help = "Example: termwall run --mail\nExit status: 0 done, 1 not done, 2 bad usage, 3 done but some sources failed"
    )]
    Run {
        /// Write the letter as well
        #[arg(long)]
        mail: bool,
    },
    /// The same on the sample edition: serves it on loopback, crawls it, builds, previews; needs no network
    #[command(after_help = "Example: termwall demo --no-serve --out /tmp/insight --store /tmp/insight.db")]
    Demo {
        /// End after building
        #[arg(long)]
        no_serve: bool,
        /// Port of the preview; 0 takes any free one
        #[arg(long, default_value_t = 4400)]
        port: u16,
    },
    /// Fetch what is due and understand it; publish nothing
    #[command(
        after_help = "Example: termwall fetch\nOne source at once, due or not, gone or not: termwall fetch --source scmp-tech"
    )]
    Fetch {
        /// Ask this source alone, at once, even if it was switched off after a 410
        #[arg(long)]
        source: Option<String>,
    },
    /// Build the site from what the store holds
    #[command(after_help = "Example: termwall build --out public")]
    Build,
    /// Write the letter of what is new since the last one
    #[command(after_help = "Example: termwall mail")]
    Mail,
    /// Preview the site
    #[command(after_help = "Example: termwall serve --port 8000")]
    Serve {
        /// Port; 0 takes any free one
        #[arg(long, default_value_t = 4400)]
        port: u16,
    },
    /// Every mistake in feeds.toml, taxonomy/, templates/ and site/, at once
    #[command(after_help = "Example: termwall check")]
    Check,
    /// Health of each source, troubles first, or every look at one of them; `add`, `import` and `export` edit the list
    #[command(
        subcommand_precedence_over_arg = true,
        after_help = "Example: termwall sources\nWas it read on that day? termwall sources scmp-tech --day 2026-06-18\nExample: termwall sources export > feeds.opml"
    )]
    Sources(Sources),
    /// Names and words: what an edit would change, what they lack, which version has tagged what
    #[command(after_help = "Example: termwall taxonomy preview")]
    Taxonomy(Taxonomy),
    /// Look after the store
    #[command(after_help = "Example: termwall store backup termwall-2026-06-18.db")]
    Store {
        /// What is to be done with it
        #[command(subcommand)]
        command: StoreCommand,
    },
    /// The chain of evidence of a story, down to the stored bytes, with the words, entries and rules that made its tags
    #[command(after_help = "Example: termwall why 16c8fa1f8228 --store demo/store.db")]
    Why {
        /// The story's id, as its receipt gives it, or the beginning of it
        id: String,
        /// When to colour the words that count
        #[arg(long, value_enum, default_value_t)]
        color: Color,
    },
    /// Ask the record: who may use what where, on a day
    #[command(after_help = "Example: termwall ledger --product claude --region HK --as-of 2026-05-01 --store demo/store.db")]
    Ledger(Question),
    /// Write events, reports, ledger and stories as files for other programs, with their schema
    #[command(
        after_help = "Example: termwall export record --store demo/store.db\nOne form alone: termwall export record --format parquet"
    )]
    Export(Exported),
    /// Load articles in bulk: one JSON object a line, as `tag` reads them
    #[command(after_help = exchange::IMPORT)]
    Import(Imported),
    /// Check a published ledger offline
    #[command(
        after_help = "Example: termwall verify public --head e82d78089cef2e837c354963a3d3d9f208ffb1a87c491c4d13c35f016da1c8db"
    )]
    Verify {
        /// A site's folder, or its ledger.jsonl
        place: PathBuf,
        /// A head that somebody kept: the ledger must contain it
        #[arg(long)]
        head: Option<String>,
    },
    /// Filter: articles as JSON Lines in, their tags out
    #[command(after_help = "Example: termwall tag < stories.jsonl > tags.jsonl
Why is each tag there? termwall tag --explain < stories.jsonl
On a terminal that shows the text with the words that count in colour; elsewhere, or with --json, JSON Lines with a `why` for each
tag and each event: slot, value, rule, evidence, and the entry of taxonomy/ (file, key, term).
Exit status: 0 done, 3 done but some lines were bad (each answered in its place)")]
    Tag {
        /// Tell why each tag and each event is there
        #[arg(long)]
        explain: bool,
        /// With --explain: JSON Lines on a terminal too
        #[arg(long, requires = "explain", conflicts_with = "color")]
        json: bool,
        /// With --explain: when to show text in colour; "always" does so through a pipe as well
        #[arg(long, requires = "explain", value_enum, default_value_t)]
        color: Color,
    },
    /// Filter: articles as JSON Lines in, their stories out
    #[command(after_help = "Example: termwall link < stories.jsonl > links.jsonl")]
    Link,
    /// Filter: a feed's bytes in, JSON out
    #[command(after_help = "Example: termwall parse --url https://example.com/feed.xml < feed.xml")]
    Parse {
        /// Where it was served
        #[arg(long)]
        url: Option<Url>,
        /// The server's Content-Type
        #[arg(long)]
        content_type: Option<String>,
    },
    /// Filter: a page's bytes in, its article as JSON out
    #[command(after_help = "Example: termwall extract --url https://example.com/story < story.html")]
    Extract {
        /// Where it was served
        #[arg(long)]
        url: Option<Url>,
    },
    /// Filter: a robots.txt in, "allow" or "deny" out
    #[command(after_help = "Example: termwall robots --agent Termwall --url https://example.com/a < robots.txt")]
    Robots {
        /// Product token of the crawler
        #[arg(long)]
        agent: String,
        /// Address that it wants
        #[arg(long)]
        url: String,
    },
}

/// What is asked of the record. Ids are those of `taxonomy/`.
#[derive(Debug, Default, clap::Args)]
pub struct Question {
    /// Only entries of this bank's own decisions
    #[arg(long)]
    pub bank: Option<String>,
    /// Only entries on this vendor's technology
    #[arg(long)]
    pub vendor: Option<String>,
    /// Only entries on this product
    #[arg(long)]
    pub product: Option<String>,
    /// Only entries that concern this region
    #[arg(long)]
    pub region: Option<String>,
    /// What held on this day [default: today]
    #[arg(long)]
    pub as_of: Option<jiff::civil::Date>,
    /// By what had been seen up to this day [default: today]
    #[arg(long)]
    pub known_by: Option<jiff::civil::Date>,
}

/// What is to be done with the store.
#[derive(Debug, Subcommand)]
pub enum StoreCommand {
    /// Copy the whole store into a new file
    #[command(after_help = "Example: termwall store backup termwall-2026-06-18.db")]
    Backup {
        /// The new file
        file: PathBuf,
    },
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What standard output is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    /// A terminal.
    pub is_terminal: bool,
    /// NO_COLOR is set, to something.
    pub no_color: bool,
}

impl Color {
    /// Whether a screen is to be coloured.
    pub fn on(self, screen: Screen) -> bool {
        self == Self::Always || self == Self::Auto && screen.is_terminal && !screen.no_color
    }
}

/// What was decided from what was typed.
#[derive(Debug)]
pub struct Options {
    /// What is to be done.
    pub command: Command,
    /// The publication's folder.
    pub dir: PathBuf,
    /// The output folder, where one was named.
    pub out: Option<PathBuf>,
    /// The store, where one was named.
    pub store: Option<PathBuf>,
    /// Whether talk is read on a terminal, where a line may be written over.
    pub talks_to_terminal: bool,
    /// Where results are shown.
    pub screen: Screen,
}

impl From<Arguments> for Options {
    fn from(typed: Arguments) -> Self {
        let command = typed.command.unwrap_or(Command::Run { mail: false });
        let talks_to_terminal = std::io::stderr().is_terminal();
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let screen = Screen { is_terminal: std::io::stdout().is_terminal(), no_color };
        Self { command, dir: typed.dir, out: typed.out, store: typed.store, talks_to_terminal, screen }
    }
}

impl Options {
    /// Where the site goes.
    pub fn out(&self) -> PathBuf {
        self.out.clone().unwrap_or_else(|| self.dir.join("public"))
    }

    /// Where letters go.
    pub fn letters(&self) -> PathBuf {
        self.dir.join("letters")
    }

    /// The store's file.
    pub fn store(&self) -> PathBuf {
        self.store.clone().unwrap_or_else(|| self.dir.join("termwall.db"))
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn colour_is_for_terminals_that_want_it() {
        let screen = |is_terminal, no_color| Screen { is_terminal, no_color };
        assert!(Color::Auto.on(screen(true, false)) && Color::Always.on(screen(false, true)));
        assert!(!Color::Auto.on(screen(true, true)) && !Color::Auto.on(screen(false, false)));
        assert!(!Color::Never.on(screen(true, false)));
    }

    #[test]
    fn no_command_means_run() {
        let options = Options::from(Arguments::parse_from(["termwall"]));
        assert!(matches!(options.command, Command::Run { mail: false }));
    }

    #[test]
    fn sources_alone_means_their_health() {
        let options = Options::from(Arguments::parse_from(["termwall", "sources"]));
        assert!(matches!(options.command, Command::Sources(Sources { command: None, .. })));
    }

    #[test]
    fn every_command_on_sources_and_names_has_an_example() {
        let arguments = Arguments::command();
        for name in ["sources", "taxonomy"] {
            for command in arguments.find_subcommand(name).unwrap().get_subcommands() {
                let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
                assert!(help.contains(&format!("Example: termwall {name}")), "{} has none", command.get_name());
            }
        }
    }

    #[test]
    fn every_command_has_an_example() {
        for command in Arguments::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("Example: termwall"), "{} has none", command.get_name());
        }
    }
}
