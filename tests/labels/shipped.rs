//! The shipped taxonomy and its tagger, as an installed program has them.

#![allow(dead_code, reason = "each test uses its part")]

use std::path::Path;
use std::sync::{Arc, OnceLock};

use termwall::inputs;
use termwall::model::taxonomy::Taxonomy;
use termwall::tag::{self, Tagger};

/// The taxonomy, with the text of its files: those of this folder, so that an edit needs no build.
pub fn taxonomy() -> (Arc<Taxonomy>, Vec<(String, String)>) {
    let files = inputs::read(Path::new(".")).unwrap().taxonomy;
    let files: Vec<_> = files.into_iter().map(|(name, text)| (format!("taxonomy/{name}"), text)).collect();
    let read = tag::taxonomy::read(&files).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"));
    (Arc::new(read), files)
}

/// Its tagger, made once.
pub fn tagger() -> &'static Tagger {
    static TAGGER: OnceLock<Tagger> = OnceLock::new();
    TAGGER.get_or_init(|| {
        let (taxonomy, files) = taxonomy();
        Tagger::new(taxonomy, &files).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"))
    })
}
