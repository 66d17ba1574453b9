//! Feeds of every format, folded into one form. Past this point nobody asks what format a thing came in.

/// RSS of any version, Atom, CDF.
mod markup;

/// The elements that a channel and an item share: text, persons, links.
mod parts;

/// JSON Feed.
mod json;

use url::Url;

use crate::model::fetched::Verdict;

use super::xml::names::Vocabulary;
use super::xml::token::{Token, Tokens};
use super::{Repairs, Unreadable, charset, plain};

/// Most items that are taken of one document.
const MOST_ENTRIES: usize = 10_000;

/// Larger documents are not read, in bytes.
const LARGEST: usize = 32 * 1024 * 1024;

/// A feed as stated. Titles are plain, markup is raw, dates are words.
#[derive(Debug, Default)]
pub(super) struct Feed {
    /// "rss-2.0", "atom-1.0", "json-feed-1.1".
    pub(super) format: String,
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    pub(super) subtitle: Option<String>,
    pub(super) link: Option<Url>,
    pub(super) language: Option<String>,
    pub(super) updated: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) rights: Option<String>,
    pub(super) entries: Vec<Entry>,
}

/// An item as stated.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) guid: Option<String>,
    pub(super) title: Option<String>,
    pub(super) link: Option<Url>,
    /// The address that a redirecting link hides.
    pub(super) original: Option<Url>,
    pub(super) links: Vec<Url>,
    pub(super) published: Option<String>,
    pub(super) updated: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) categories: Vec<String>,
    pub(super) enclosures: Vec<Enclosure>,
    pub(super) summary: Option<Markup>,
    pub(super) content: Option<Markup>,
    /// Whom an aggregator had it from.
    pub(super) outlet: Option<String>,
    pub(super) language: Option<String>,
}

/// A file that comes with an item.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub(super) struct Enclosure {
    pub(super) url: String,
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    /// In bytes.
    pub(super) length: Option<u64>,
}

/// HTML as it came, not yet safe.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Markup {
    pub(super) html: String,
    /// What relative addresses in it are relative to.
    pub(super) base: Option<Url>,
}

/// Reads a feed of any format, told apart by its content alone.
pub(super) fn read(
    body: &[u8],
    content_type: Option<&str>,
    url: Option<&Url>,
    repairs: &mut Repairs,
) -> Result<Feed, Unreadable> {
    if body.len() > LARGEST {
        return Err(Unreadable { verdict: Verdict::TooLarge, detail: None });
    }
    let text = charset::decode(body, content_type, url, repairs);
    let text = clean(text, repairs);
    if text.trim().is_empty() {
        return Err(Unreadable { verdict: Verdict::Empty, detail: None });
    }
    let start = text.trim_start();
    let mut feed = match start.as_bytes().first() {
        Some(b'{' | b'[') => json::read(start, url, repairs)?,
        _ => markup::read(root(&text, url, repairs)?, url, repairs)?,
    };
    if feed.entries.len() >= MOST_ENTRIES {
        feed.entries.truncate(MOST_ENTRIES);
        repairs.note("only the first 10,000 items were read");
    }
    Ok(feed)
}

/// Without the characters that XML and JSON forbid, and with those that were meant by windows-1252's numbers for them.
fn clean(text: String, repairs: &mut Repairs) -> String {
    let text = charset::without_controls(text, repairs);
    let forbidden = |c: char| matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    let text = match text.strip_prefix('\u{FEFF}') {
        Some(rest) => rest.to_string(),
        None => text,
    };
    // Bytes are looked at first, for nearly no document has any.
    let suspect = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r') || byte == 0xEF;
    // Many at once, as processors like it.
    let mut parts = text.as_bytes().chunks(256);
    if !parts.any(|part| part.iter().fold(false, |found, byte| found | suspect(*byte))) || !text.contains(forbidden) {
        return text;
    }
    repairs.note("control characters were dropped");
    text.replace(forbidden, "")
}

/// The text from the feed's first element on. Warnings of a broken server may stand before it.
fn root<'a>(text: &'a str, url: Option<&Url>, repairs: &mut Repairs) -> Result<&'a str, Unreadable> {
    // A feed begins within its first tags; what opens with more than these is something else.
    const WITHIN: usize = 60;
    let mut tokens = Tokens::new(text);
    let mut scratch = Repairs::default();
    let mut html = false;
    for _ in 0..WITHIN * 2 {
        let from = tokens.position();
        let Some(token) = tokens.next(&mut scratch) else { break };
        let Token::Start { name, .. } = token else { continue };
        let local = name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase();
        match local.as_str() {
            "rss" | "rdf" | "feed" | "channel" => {
                let before = &text[..from + text[from..].find(&format!("<{name}")).unwrap_or(0)];
                return Ok(begin(text, before, repairs));
            }
            "html" | "head" | "body" => html = true,
            "script" | "style" => tokens.skip_element(name),
            _ => {}
        }
    }
    let markup = html || text.trim_start().get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype"));
    if markup {
        return Err(Unreadable { verdict: Verdict::Html, detail: super::page::advertised_feed(text, url) });
    }
    let begins: String = plain::line(plain::cut(text.trim_start(), 200)).chars().take(60).collect();
    Err(Unreadable { verdict: Verdict::NotAFeed, detail: Some(format!("it begins with \"{begins}\"")) })
}

/// From the declaration on where one stands before the root, else from the root.
fn begin<'a>(text: &'a str, before: &'a str, repairs: &mut Repairs) -> &'a str {
    let from = before.rfind("<?xml ").unwrap_or_else(|| before.rfind("<!DOCTYPE").unwrap_or(before.len()));
    let junk = before[..from].trim();
    let harmless = junk.is_empty() || junk.starts_with("<?") || junk.starts_with("<!");
    if !harmless {
        repairs.note("text before the feed was dropped");
    } else if from > 0 && junk.is_empty() && before[from..].starts_with("<?xml ") {
        repairs.note("blanks before the XML declaration were dropped");
    }
    if harmless && junk.starts_with("<!DOCTYPE") { text } else { &text[from..] }
}

/// Keeps the value that ranks first, and the first of equals.
#[derive(Debug)]
struct Best<T> {
    found: Option<(u8, T)>,
}

impl<T> Default for Best<T> {
    fn default() -> Self {
        Self { found: None }
    }
}

impl<T> Best<T> {
    /// Whether a value of this rank is held.
    fn has(&self, rank: u8) -> bool {
        self.found.as_ref().is_some_and(|(held, _)| *held == rank)
    }

    fn offer(&mut self, rank: u8, value: Option<T>) {
        if let Some(value) = value
            && self.found.as_ref().is_none_or(|(held, _)| rank < *held)
        {
            self.found = Some((rank, value));
        }
    }

    /// As `offer`, but the last of equals is kept: whoever states a date twice has corrected it.
    fn offer_last(&mut self, rank: u8, value: Option<T>) {
        if let Some(value) = value
            && self.found.as_ref().is_none_or(|(held, _)| rank <= *held)
        {
            self.found = Some((rank, value));
        }
    }

    fn take(self) -> Option<T> {
        self.found.map(|(_, value)| value)
    }
}

/// Short for matching elements by vocabulary and lower-case name.
fn key<'a>(vocabulary: Vocabulary, name: &'a str, lower: &'a mut String) -> (Vocabulary, &'a str) {
    lower.clear();
    lower.push_str(name);
    lower.make_ascii_lowercase();
    (vocabulary, lower.as_str())
}

#[cfg(test)]
mod tests;
