//! Atom 1.0 (RFC 4287).

use std::collections::BTreeMap;

use atom_syndication::extension::{Extension, ExtensionMap};
use atom_syndication::{Category, Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text, WriteConfig};
use jiff::Timestamp;

use super::Cause;
use super::channel::{self, Channel};

const DUBLIN_CORE: &str = "http://purl.org/dc/elements/1.1/";

/// The document.
pub fn write(channel: &Channel) -> Result<Vec<u8>, Cause> {
    let person = Person { name: channel.publisher.clone(), ..Person::default() };
    let feed = Feed {
        title: Text::plain(channel.title.clone()),
        id: channel.id.clone(),
        updated: time(channel.updated)?,
        authors: vec![person],
        generator: Some(Generator { value: "Termwall".into(), uri: None, version: None }),
        links: vec![
            link("self", &format!("{}atom.xml", channel.home), "application/atom+xml"),
            link("alternate", &channel.home, "text/html"),
        ],
        rights: Some(Text::plain(format!("{} ({})", channel.licence.0, channel.licence.1))),
        subtitle: Some(Text::plain(channel.subtitle.clone())),
        entries: channel.entries.iter().map(entry).collect::<Result<_, _>>()?,
        extensions: source(&channel.ledger.address()),
        namespaces: BTreeMap::from([("dc".to_string(), DUBLIN_CORE.to_string())]),
        lang: Some(channel.lang.clone()),
        ..Feed::default()
    };
    let mut out = feed.write_with_config(Vec::new(), WriteConfig { indent_size: Some(1), ..WriteConfig::default() })?;
    out.push(b'\n');
    Ok(out)
}

fn entry(entry: &channel::Entry) -> Result<Entry, Cause> {
    let content = Content { value: Some(entry.html.clone()), content_type: Some("html".into()), ..Content::default() };
    Ok(Entry {
        title: Text::plain(entry.title.clone()),
        id: entry.id.clone(),
        updated: time(entry.updated)?,
        published: Some(time(entry.published)?),
        categories: entry.categories.iter().map(category).collect(),
        links: vec![link("alternate", &entry.url, "text/html")],
        summary: Some(Text::plain(entry.summary.clone())),
        content: Some(content),
        ..Entry::default()
    })
}

fn category(category: &channel::Category) -> Category {
    Category { term: category.term.clone(), scheme: Some(category.scheme.clone()), label: Some(category.label.clone()) }
}

fn link(rel: &str, href: &str, kind: &str) -> Link {
    Link { rel: rel.into(), href: href.into(), mime_type: Some(kind.into()), ..Link::default() }
}

/// `dc:source`: what the feed is derived from. Validators know the element, which they would not one of our own.
fn source(address: &str) -> ExtensionMap {
    let source = Extension { name: "dc:source".into(), value: Some(address.into()), ..Extension::default() };
    BTreeMap::from([("dc".to_string(), BTreeMap::from([("source".to_string(), vec![source])]))])
}

/// The crate speaks chrono, which we do not; RFC 3339 is common to both.
fn time(instant: Timestamp) -> Result<FixedDateTime, Cause> {
    Ok(instant.to_string().parse()?)
}
