//! RSS 2.0, with full text in `content:encoded`.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rss::extension::dublincore::DublinCoreExtension;
use rss::extension::{Extension, ExtensionMap};
use rss::{Category, Guid, Item};

use super::Cause;
use super::channel::{self, Channel};
use crate::publish::text;

/// Minutes that a reader may wait; the site is built once an hour at most.
const MINUTES_TO_LIVE: u32 = 60;

const NAMESPACES: [(&str, &str); 3] = [
    ("atom", "http://www.w3.org/2005/Atom"),
    ("content", "http://purl.org/rss/1.0/modules/content/"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
];

/// The document.
pub fn write(channel: &Channel) -> Result<Vec<u8>, Cause> {
    let document = rss::Channel {
        title: channel.title.clone(),
        link: channel.home.clone(),
        description: channel.subtitle.clone(),
        language: Some(channel.lang.to_lowercase()),
        copyright: Some(format!("{} ({})", channel.licence.0, channel.licence.1)),
        last_build_date: Some(time(channel.updated)),
        generator: Some("Termwall".into()),
        ttl: Some(MINUTES_TO_LIVE.to_string()),
        items: channel.entries.iter().map(|entry| item(channel, entry)).collect(),
        extensions: own(&format!("{}rss.xml", channel.home)),
        dublin_core_ext: Some(DublinCoreExtension { sources: vec![channel.ledger.address()], ..Default::default() }),
        namespaces: NAMESPACES.map(|(prefix, uri)| (prefix.to_string(), uri.to_string())).into_iter().collect::<BTreeMap<_, _>>(),
        ..rss::Channel::default()
    };
    let mut out = document.pretty_write_to(Vec::new(), b' ', 1)?;
    out.push(b'\n');
    Ok(out)
}

/// `atom:link` to the feed itself, which validators ask for.
fn own(address: &str) -> ExtensionMap {
    let attrs = [("rel", "self"), ("href", address), ("type", "application/rss+xml")];
    let attrs = attrs.map(|(name, value)| (name.to_string(), value.to_string())).into();
    let link = Extension { name: "atom:link".into(), attrs, ..Extension::default() };
    BTreeMap::from([("atom".to_string(), BTreeMap::from([("link".to_string(), vec![link])]))])
}

fn item(channel: &Channel, entry: &channel::Entry) -> Item {
    Item {
        title: Some(entry.title.clone()),
        link: Some(entry.url.clone()),
        // A description is HTML, whatever stands in it.
        description: Some(text::escape(&entry.summary)),
        categories: entry.categories.iter().map(category).collect(),
        guid: Some(Guid { value: entry.id.clone(), permalink: false }),
        pub_date: Some(time(entry.published)),
        content: Some(entry.html.clone()),
        dublin_core_ext: Some(DublinCoreExtension { creators: vec![channel.publisher.clone()], ..Default::default() }),
        ..Item::default()
    }
}

fn category(category: &channel::Category) -> Category {
    Category { name: category.label.clone(), domain: Some(category.scheme.clone()) }
}

/// RFC 822 with a year of four digits.
fn time(instant: Timestamp) -> String {
    instant.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
