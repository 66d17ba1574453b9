//! What is about to be published: a plan of files, each rendered when it is pulled.

use std::sync::Arc;

use jiff::Timestamp;

use super::condition::Condition;
use super::fetched::Verdict;
use super::insight::Insight;
use super::ledger::Ledger;
use super::site::Site;
use super::source::Source;
use super::story::Story;
use super::taxonomy::Taxonomy;

/// Everything that pages, feeds and letters are made from.
#[derive(Clone, Debug)]
pub struct Material {
    /// The publication's settings.
    pub site: Arc<Site>,
    /// Names.
    pub taxonomy: Arc<Taxonomy>,
    /// The record.
    pub ledger: Arc<Ledger>,
    /// The exact lines of the chain, oldest first, without line ends.
    pub chain: Vec<String>,
    /// What is shown, newest first (by latest report, then id).
    pub stories: Vec<Covered>,
    /// What was read, by source id.
    pub coverage: Vec<Looked>,
    /// The edition's time: the first-shown time of the newest thing in it.
    pub time: Timestamp,
    /// Redirects: old story path to new (`/insights/2026/a/` to `/insights/2026/b/`).
    pub redirects: Vec<(String, String)>,
}

/// A story with what we write about it.
#[derive(Clone, Debug)]
pub struct Covered {
    /// The story.
    pub story: Story,
    /// One a language of the site that it has commentary in, the main language first. Never empty.
    pub insights: Vec<Insight>,
}

/// How a source fared.
#[derive(Clone, Debug)]
pub struct Looked {
    /// The source.
    pub source: Source,
    /// Looks so far.
    pub looks: u64,
    /// Those that failed.
    pub failures: u64,
    /// The last look and its verdict.
    pub last: Option<(Timestamp, Verdict)>,
    /// The last that succeeded.
    pub last_success: Option<Timestamp>,
    /// The last that brought a new item.
    pub last_new: Option<Timestamp>,
    /// What is wrong or odd about it, the worst first.
    pub conditions: Vec<Condition>,
    /// Articles read from it so far.
    pub articles: u64,
    /// Those of them that concern access.
    pub relevant: u64,
}

/// A plan of files.
pub struct Edition<'a> {
    /// By path; paths are unique, relative, with `/`.
    pub files: Vec<File<'a>>,
}

/// One file of the plan.
pub struct File<'a> {
    /// Where it goes, relative to the output folder: `banks/jpmorgan/index.html`.
    pub path: String,
    /// SHA-256 of everything that its bytes are made from; equal hash, equal bytes.
    pub inputs: [u8; 32],
    /// Makes the bytes.
    pub render: Render<'a>,
}

/// Makes a file's bytes; called on any thread, at most once a delivery.
pub type Render<'a> = Box<dyn Fn() -> Result<Vec<u8>, RenderError> + Send + Sync + 'a>;

/// A template that could not be rendered.
#[derive(Debug, thiserror::Error)]
#[error("\"{path}\" cannot be rendered: {cause}; run `termwall check`")]
pub struct RenderError {
    /// The file of the edition.
    pub path: String,
    /// The template engine's words, with its own causes.
    pub cause: String,
}
