//! Pages: material goes in, a plan of files comes out. A page is a view, a small struct made for its template; the hash of
//! the view and of all templates says whether the page must be rendered again.

/// Text from outside, made fit to be shown.
mod outside;

/// What pages say, by language.
mod words;

/// Static files, named by their bytes.
mod assets;

/// Pages written in Markdown.
mod prose;

/// Templates, words, prose and static files, checked.
mod templates;

/// What the pages of one edition share.
mod desk;

/// Records in words and symbols.
mod says;

/// Cells: what holds for whom, layer by layer.
mod cells;

/// Head, nameplate, navigation, footer.
mod chrome;

/// From a view to bytes.
mod page;

/// The front page.
mod front;

/// The page of a story.
mod insight;

/// The page of a bank, vendor, product or region.
mod member;

/// The lists of banks, vendors, products and regions.
mod index;

/// Banks by products, a place at a time.
mod matrix;

/// Where a place stands on the tile map.
mod tiles;

/// The tile map and its table.
mod map;

/// Everything on record in time.
mod timeline;

/// A page a week.
mod digests;

/// Coverage, corrections, feeds, data.
mod proof;

/// Small pages, and files that programs read.
mod plain;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use rayon::prelude::*;

use crate::model::edition::{File, Material};
use desk::Desk;
pub use templates::Templates;

/// All pages and static files.
pub fn plan<'a>(templates: &'a Templates, material: &'a Material) -> Vec<File<'a>> {
    let desk = Arc::new(Desk::new(templates, material));
    let mut pages = Vec::new();
    pages.extend(front::pages(&desk));
    pages.extend(insight::pages(&desk));
    pages.extend(member::pages(&desk));
    pages.extend(index::pages(&desk));
    pages.extend(matrix::pages(&desk));
    pages.extend(map::pages(&desk));
    pages.extend(timeline::pages(&desk));
    pages.extend(digests::pages(&desk));
    pages.extend(proof::pages(&desk));
    pages.extend(plain::pages(&desk));
    let mut files: Vec<File<'a>> = pages.into_par_iter().map(|page| page.file(&desk)).collect();
    files.extend(plain::files(&desk));
    files
}
