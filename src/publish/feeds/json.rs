//! JSON Feed 1.1.

use serde::Serialize;

use super::Cause;
use super::channel::{self, Channel};

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: String,
    description: &'a str,
    language: &'a str,
    authors: [Author<'a>; 1],
    /// Extensions begin with an underscore.
    _ledger: Ledger<'a>,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Ledger<'a> {
    about: &'static str,
    url: &'a str,
    head: &'a str,
    entries: u64,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    summary: &'a str,
    content_html: &'a str,
    date_published: String,
    date_modified: String,
    tags: Vec<&'a str>,
}

/// The document.
pub fn write(channel: &Channel) -> Result<Vec<u8>, Cause> {
    let document = Document {
        version: "https://jsonfeed.org/version/1.1",
        title: &channel.title,
        home_page_url: &channel.home,
        feed_url: format!("{}feed.json", channel.home),
        description: &channel.subtitle,
        language: &channel.lang,
        authors: [Author { name: &channel.publisher }],
        _ledger: Ledger {
            about: "lower hex SHA-256 of the last line of the ledger that this feed was made from",
            url: &channel.ledger.url,
            head: &channel.ledger.head,
            entries: channel.ledger.entries,
        },
        items: channel.entries.iter().map(item).collect(),
    };
    let mut out = serde_json::to_vec_pretty(&document)?;
    out.push(b'\n');
    Ok(out)
}

fn item(entry: &channel::Entry) -> Item<'_> {
    Item {
        id: &entry.id,
        url: &entry.url,
        title: &entry.title,
        summary: &entry.summary,
        content_html: &entry.html,
        date_published: entry.published.to_string(),
        date_modified: entry.updated.to_string(),
        tags: entry.categories.iter().map(|category| category.label.as_str()).collect(),
    }
}
