//! Atom, RSS 2.0 and JSON Feed for everything and for each member; OPML of them all.

use crate::model::edition::{File, Material};

/// All feeds.
pub fn plan(material: &Material) -> Vec<File<'_>> {
    let _ = material;
    Vec::new()
}
