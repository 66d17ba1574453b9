//! Atom, RSS 2.0 and JSON Feed for everything and for each member; OPML of them all; a calendar of days of effect.
//!
//! A feed says the same in its three forms: `channel` gathers it once, and a thin writer a form puts it into words.

/// What a feed says, whatever its form.
mod channel;

/// An entry's full text.
mod content;

/// Atom 1.0.
mod atom;

/// RSS 2.0.
mod rss;

/// JSON Feed 1.1.
mod json;

/// The list of all feeds.
mod opml;

/// Days of effect.
mod calendar;

use crate::model::edition::{File, Material, RenderError};
use channel::{Address, Channel};

/// Why a writer could not write; it writes into memory, so this stands for a defect.
type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Puts a feed into one form.
type Write = fn(&Channel) -> Result<Vec<u8>, Cause>;

/// The three forms of a feed: file name and writer.
const FORMS: [(&str, Write); 3] = [("atom.xml", atom::write), ("rss.xml", rss::write), ("feed.json", json::write)];

/// All feeds.
pub fn plan(material: &Material) -> Vec<File<'_>> {
    let addresses = Address::all(material);
    let mut files: Vec<File<'_>> = addresses.iter().flat_map(|address| forms(material, address)).collect();
    files.push(opml::file(material, addresses));
    files.push(calendar::file(material));
    files
}

fn forms<'a>(material: &'a Material, address: &Address) -> Vec<File<'a>> {
    let inputs = channel::inputs(material, address);
    FORMS
        .into_iter()
        .map(|(name, write)| {
            let path = format!("{}{name}", address.folder.trim_start_matches('/'));
            let (address, at) = (address.clone(), path.clone());
            let render = move || write(&Channel::new(material, &address)).map_err(|cause| failed(&at, &cause));
            File { inputs: channel::inputs_of(&path, &inputs), path, render: Box::new(render) }
        })
        .collect()
}

fn failed(path: &str, cause: &Cause) -> RenderError {
    RenderError { path: path.to_string(), cause: cause.to_string() }
}

#[cfg(test)]
mod tests;
