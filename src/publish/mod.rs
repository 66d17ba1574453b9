//! Plans pages, feeds, data files and the letter: insights, ledger and templates go in, an edition comes out. Pure.

use crate::model::edition::{Edition, Material, RenderError};
use crate::model::mistake::Mistake;

/// Checks `site/site.toml`.
pub mod settings;

/// Where everything stands.
pub mod paths;

/// Who has a page, and which story leads.
pub mod shown;

/// Outside text on its way to a reader.
pub mod text;

/// Dates as readers see them.
pub mod dates;

/// What a file is made from, as one hash.
pub mod digest;

/// Pages.
pub mod site;

/// Atom, RSS, JSON Feed, OPML.
pub mod feeds;

/// The record and the events as files.
pub mod data;

/// The letter.
pub mod mail;

/// A small edition for tests.
#[cfg(test)]
pub(crate) mod fixture;

/// The files that publishing needs, read and checked once.
pub struct Publisher {
    pub(crate) site: site::Templates,
    pub(crate) mail: mail::Templates,
}

/// What `inputs` read for publishing: paths relative to `templates/` and `site/`.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// `site/insight.html` and its text.
    pub templates: Vec<(String, String)>,
    /// `pages/about.md` and its text.
    pub pages: Vec<(String, String)>,
    /// `style.css` and its bytes: the files of `site/static/`.
    pub statics: Vec<(String, Vec<u8>)>,
}

impl Publisher {
    /// Checks templates, pages and static files; or gives every mistake in them.
    pub fn new(files: Files) -> Result<Self, Vec<Mistake>> {
        let mail = mail::Templates::new(&files);
        let site = site::Templates::new(files);
        match (site, mail) {
            (Ok(site), Ok(mail)) => Ok(Self { site, mail }),
            (site, mail) => Err(site.err().into_iter().chain(mail.err()).flatten().collect()),
        }
    }

    /// The plan of the whole edition.
    pub fn edition<'a>(&'a self, material: &'a Material) -> Edition<'a> {
        let mut files = site::plan(&self.site, material);
        files.extend(feeds::plan(material));
        files.extend(data::plan(material));
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Edition { files }
    }

    /// The letter of what was first shown after `since`; `None` when nothing was. An error names the template that an editor
    /// has to mend.
    pub fn letter(&self, material: &Material, since: jiff::Timestamp) -> Result<Option<mail::Letter>, RenderError> {
        mail::letter(&self.mail, material, since)
    }
}
