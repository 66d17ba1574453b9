//! What is asked of the names and words.

use clap::{Args, Subcommand};

/// What is to be done with `taxonomy/`.
#[derive(Debug, Args)]
pub struct Taxonomy {
    /// What is asked
    #[command(subcommand)]
    pub command: TaxonomyCommand,
}

/// What is asked of the names and words.
#[derive(Debug, Subcommand)]
pub enum TaxonomyCommand {
    /// What the taxonomy/ here would change over everything stored, before it is applied; writes nothing
    #[command(after_help = "Example: termwall taxonomy preview
An edit that is still kept elsewhere: termwall taxonomy preview --dir ../draft --store termwall.db
Every stored article is tagged with the names and words here, linked and entered as the next run would, on a private copy that is
gone afterwards. Counts come first, then each story with what becomes of it. A run may be at work meanwhile.
With --json the first line is the summary, and each line after it one story or one entry of the ledger.
Exit status: 0 done, also where nothing would change; 1 mistakes in the files, each named, or no store")]
    Preview {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Which versions of the names and words have tagged what is stored
    #[command(after_help = "Example: termwall taxonomy versions")]
    Versions {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
}
