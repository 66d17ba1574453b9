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
    /// Unknown names that often stand where a bank, a vendor or a product would
    #[command(after_help = "Example: termwall taxonomy suggest --min 1
A table to paste for one of them: termwall taxonomy suggest | less
Names that the taxonomy/ here knows are left out, so that what was added is gone from the list. Reads everything stored, writes
nothing.")]
    Suggest(Suggesting),
    /// Which versions of the names and words have tagged what is stored
    #[command(after_help = "Example: termwall taxonomy versions")]
    Versions {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
}

/// Which names are suggested.
#[derive(Clone, Copy, Debug, Args)]
pub struct Suggesting {
    /// Only names that stand so in this many stories or more
    #[arg(long, default_value_t = 2)]
    pub min: usize,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}
