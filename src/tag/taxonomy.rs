//! Reads and checks the files of `taxonomy/`.
//!
//! Each file holds one kind of member, one table a member, sorted by id: `[[bank]]` in `banks.toml`, and so on. Files of
//! other names are left to whoever knows them.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::model::mistake::Mistake;
use crate::model::taxonomy::{Kind, Taxonomy};

mod check;
mod entry;

/// The files that this reader knows: name, the table in it, what the table holds.
const FILES: [(&str, &str, Kind); 6] = [
    ("banks.toml", "bank", Kind::Bank),
    ("vendors.toml", "vendor", Kind::Vendor),
    ("products.toml", "product", Kind::Product),
    ("regions.toml", "region", Kind::Region),
    ("authorities.toml", "authority", Kind::Authority),
    ("companies.toml", "company", Kind::Company),
];

/// The file that members of a kind stand in.
pub fn file(kind: Kind) -> String {
    let name = FILES.iter().find(|(.., of)| *of == kind).map_or("", |(name, ..)| name);
    format!("taxonomy/{name}")
}

/// Hex digits of the version: enough to tell two taxonomies apart, short enough to print.
const VERSION_DIGITS: usize = 16;

/// The taxonomy of some files, each a path relative to the publication's folder and its text; or every mistake in them,
/// by file and line.
pub fn read(files: &[(String, String)]) -> Result<Taxonomy, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let mut entries = Vec::new();
    for (path, text) in files {
        let name = Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if let Some((_, table, kind)) = FILES.iter().find(|(file, ..)| *file == name) {
            entries.extend(entry::read(path, text, (table, *kind), &mut mistakes));
        }
    }
    check::all(&entries, &mut mistakes);
    if mistakes.is_empty() {
        return Ok(Taxonomy::new(version(files), entries.into_iter().map(|entry| entry.member)));
    }
    mistakes.sort();
    mistakes.dedup();
    Err(mistakes)
}

/// The first digits of the hash of all files, in the order of their paths, each with its length so that no text can move
/// from one file to the next unseen.
fn version(files: &[(String, String)]) -> String {
    let mut sorted: Vec<_> = files.iter().collect();
    sorted.sort();
    let mut hash = Sha256::new();
    for (path, text) in sorted {
        for part in [path, text] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
    }
    let mut digits: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    digits.truncate(VERSION_DIGITS);
    digits
}

#[cfg(test)]
mod tests;
