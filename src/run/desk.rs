//! Everything that a run needs, checked before the first request: sources, names, templates, settings.

use std::sync::Arc;

use crate::comment::Commentary;
use crate::inputs::{Files, Inputs};
use crate::model::mistake::Mistake;
use crate::model::site::Site;
use crate::model::source::Source;
use crate::model::taxonomy::Taxonomy;
use crate::publish::{self, Publisher, settings};
use crate::sources;
use crate::tag::{self, Tagger};

/// The checked inputs, compiled.
pub struct Desk {
    /// What is read.
    pub sources: Vec<Arc<Source>>,
    /// Places in `sources`, in the order of their ids.
    by_id: Vec<usize>,
    /// The publication's settings.
    pub site: Arc<Site>,
    /// Names.
    pub taxonomy: Arc<Taxonomy>,
    /// Tags articles.
    pub tagger: Tagger,
    /// Writes Insights.
    pub commentary: Commentary,
    /// Plans the edition.
    pub publisher: Publisher,
}

impl Desk {
    /// Checks and compiles everything; or gives every mistake in every file, by file and line.
    pub fn new(inputs: &Inputs) -> Result<Self, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let sources = sources::read(&inputs.feeds, "feeds.toml").unwrap_or_else(|found| noted(found, &mut mistakes));
        let tagging = tagging(inputs).map_err(|found| mistakes.extend(found)).ok();
        let commentary = Commentary::new(&folder("templates/commentary/", &inputs.templates, "commentary/"))
            .map_err(|found| mistakes.extend(found))
            .ok();
        let publisher = Publisher::new(publish_files(inputs)).map_err(|found| mistakes.extend(found)).ok();
        let site = settings::read(&site_text(&inputs.site), "site/site.toml").map_err(|found| mistakes.extend(found)).ok();
        mistakes.sort();
        match (tagging, commentary, publisher, site) {
            (Some((taxonomy, tagger)), Some(commentary), Some(publisher), Some(site)) if mistakes.is_empty() => {
                let sources: Vec<_> = sources.into_iter().map(Arc::new).collect();
                let mut by_id: Vec<usize> = (0..sources.len()).collect();
                by_id.sort_by_key(|place| &sources[*place].id);
                Ok(Self { sources, by_id, site: Arc::new(site), taxonomy, tagger, commentary, publisher })
            }
            _ => Err(mistakes),
        }
    }

    /// The source with an id.
    pub fn source(&self, id: &str) -> Option<&Arc<Source>> {
        let found = self.by_id.binary_search_by_key(&id, |place| &self.sources[*place].id);
        found.ok().map(|at| &self.sources[self.by_id[at]])
    }

    /// What tagged an article: the program and its names and words. A change of either tags everything again.
    pub fn tagged_by(&self) -> String {
        format!("{}-{}", env!("CARGO_PKG_VERSION"), self.taxonomy.version)
    }
}

/// The names and the tagger that knows them: all that the filters need.
pub fn tagging(inputs: &Inputs) -> Result<(Arc<Taxonomy>, Tagger), Vec<Mistake>> {
    let taxonomy = tag::taxonomy::read(&prefixed("taxonomy/", &inputs.taxonomy));
    let words = words(inputs);
    match taxonomy {
        Ok(taxonomy) => {
            let taxonomy = Arc::new(taxonomy);
            Tagger::new(Arc::clone(&taxonomy), &words).map(|tagger| (taxonomy, tagger))
        }
        // The words are checked all the same, so that no mistake waits for another to be mended.
        Err(mut mistakes) => {
            mistakes.extend(Tagger::new(Arc::default(), &words).err().into_iter().flatten());
            Err(mistakes)
        }
    }
}

/// Keeps mistakes for later and goes on with nothing, so that the other files are checked too.
fn noted<T: Default>(found: Vec<Mistake>, mistakes: &mut Vec<Mistake>) -> T {
    mistakes.extend(found);
    T::default()
}

fn prefixed(prefix: &str, files: &[(String, String)]) -> Vec<(String, String)> {
    files.iter().map(|(path, text)| (format!("{prefix}{path}"), text.clone())).collect()
}

/// Files below `inner`, with their names as mistakes carry them.
fn folder(prefix: &str, files: &[(String, String)], inner: &str) -> Vec<(String, String)> {
    files.iter().filter_map(|(path, text)| Some((format!("{prefix}{}", path.strip_prefix(inner)?), text.clone()))).collect()
}

fn words(inputs: &Inputs) -> Vec<(String, String)> {
    folder("taxonomy/words/", &inputs.taxonomy, "words/")
}

pub(super) fn site_text(site: &Files) -> String {
    site.get("site.toml").map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
}

fn publish_files(inputs: &Inputs) -> publish::Files {
    let text = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).into_owned();
    let below = |prefix: &'static str| inputs.site.iter().filter(move |(path, _)| path.starts_with(prefix));
    publish::Files {
        templates: inputs.templates.clone(),
        pages: below("pages/").map(|(path, bytes)| (path.clone(), text(bytes))).collect(),
        statics: below("static/").map(|(path, bytes)| (path["static/".len()..].to_string(), bytes.clone())).collect(),
    }
}
