//! OPML goes in as text, outlines come out. Nothing in it is believed: no nesting, number or length is more than we can bear, and
//! entities that it declares are never expanded.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape_with};
use quick_xml::events::{BytesStart, Event};
use url::Url;

use crate::model::source::{Selectors, SourceKind};
use crate::sources::edit::{Entry, tidy};
use crate::sources::{GROUPS, values};

/// Outlines that name a feed, beyond which a list is no reading list any more.
const MOST: usize = 20_000;

/// Folders around an outline that are remembered; deeper ones are passed through.
const DEEPEST: usize = 8;

/// Elements under way that are counted; nobody nests so deep who means well.
const MOST_OPEN: usize = 1_000_000;

/// Longest name of a folder in a comment, in characters.
const LONGEST_FOLDER: usize = 60;

/// What a list holds, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Outlines that name an address.
    pub outlines: Vec<Outline>,
    /// The line and the reason where reading ended before the list did.
    pub broken: Option<(usize, String)>,
}

/// One outline that names an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// On which it begins, from 1.
    pub line: usize,
    /// What it is called, or its address as written.
    pub name: String,
    /// The source that it would make, or why it makes none and what to do.
    pub entry: Result<Entry, String>,
}

/// A text that is no list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoList {
    /// Not one outline.
    #[error("it holds no outline; check that it is an OPML file as feed readers export it")]
    NoOutline,
    /// Outlines, but no address.
    #[error("none of its outlines has an xmlUrl; check that it lists feeds")]
    NoFeed,
}

/// The outlines of a list that name an address. `group` is that of those in no folder that has a group's name.
pub fn read(text: &str, group: &str) -> Result<List, NoList> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut reading = Reading { text, group, counted: (0, 1), open: Vec::new(), seen: false, list: List::default() };
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match reader.read_event() {
            Ok(Event::Start(tag)) => reading.start(&tag, at, false),
            Ok(Event::Empty(tag)) => reading.start(&tag, at, true),
            Ok(Event::End(tag)) if is_outline(tag.name().as_ref()) => drop(reading.open.pop()),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                let line = reading.line(at);
                reading.list.broken = Some((line, tidy(&error.to_string())));
                break;
            }
        }
        if reading.list.outlines.len() > MOST || reading.open.len() > MOST_OPEN {
            reading.list.outlines.truncate(MOST);
            let line = reading.line(at);
            reading.list.broken = Some((line, format!("more than {MOST} feeds, or too many folders; split the file")));
            break;
        }
    }
    match (reading.seen, reading.list.outlines.is_empty()) {
        (false, _) => Err(NoList::NoOutline),
        (true, true) => Err(NoList::NoFeed),
        (true, false) => Ok(reading.list),
    }
}

struct Reading<'t> {
    text: &'t str,
    group: &'t str,
    /// How far lines have been counted: offset and line. Counting anew for each outline would take long in long files.
    counted: (usize, usize),
    /// The names of the outlines under way, outermost first; only the first few are kept.
    open: Vec<Option<String>>,
    seen: bool,
    list: List,
}

impl Reading<'_> {
    fn start(&mut self, tag: &BytesStart<'_>, at: usize, empty: bool) {
        if !is_outline(tag.name().as_ref()) {
            return;
        }
        self.seen = true;
        let attributes = Attributes::of(tag);
        let name = ["title", "text", "description"].iter().find_map(|name| attributes.get(name));
        let name = name.map(tidy).unwrap_or_default();
        if let Some(address) = attributes.address() {
            let line = self.line(at);
            let entry = self.entry(&attributes, &address, &name);
            let name = if name.is_empty() { tidy(&address) } else { name.clone() };
            self.list.outlines.push(Outline { line, name, entry });
        }
        if !empty {
            self.open.push((self.open.len() < DEEPEST).then_some(name));
        }
    }

    /// The line, from 1, of an offset that is not before those asked for earlier.
    fn line(&mut self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let bytes = &self.text.as_bytes()[self.counted.0.min(at)..at];
        self.counted = (at, self.counted.1 + bytes.iter().filter(|byte| **byte == b'\n').count());
        self.counted.1
    }

    fn entry(&self, attributes: &Attributes, address: &str, name: &str) -> Result<Entry, String> {
        let url = values::url(address)?;
        let own = |name: &str| attributes.own(name).map(str::to_string);
        let folders: Vec<&str> = self.open.iter().flatten().map(String::as_str).filter(|name| !name.is_empty()).collect();
        let group = folders.iter().rev().find(|name| GROUPS.contains(name)).copied();
        let kind = attributes.kind()?;
        Ok(Entry {
            id: own("id"),
            outlet: own("outlet"),
            lang: attributes.get("language").map(|lang| lang.replace('_', "-")),
            kind,
            enabled: attributes.own("enabled") != Some("false"),
            comment: comment(&folders),
            ..Entry::feed(without_fragment(url), name, group.unwrap_or(self.group))
        })
    }
}

/// Folders have no field of their own; those that are no group's name are kept where an editor sees them.
fn comment(folders: &[&str]) -> Option<String> {
    let short = |name: &&str| name.chars().take(LONGEST_FOLDER).collect::<String>();
    let named: Vec<String> = folders.iter().filter(|name| !GROUPS.contains(name)).map(short).collect();
    (!named.is_empty()).then(|| format!("From the folder \"{}\".", named.join(" / ")))
}

fn without_fragment(mut url: Url) -> Url {
    url.set_fragment(None);
    url
}

fn is_outline(name: &str) -> bool {
    name.rsplit(':').next().unwrap_or(name).eq_ignore_ascii_case("outline")
}

/// An outline's attributes: names in lower case, values unescaped.
struct Attributes(Vec<(String, String)>);

impl Attributes {
    fn of(tag: &BytesStart<'_>) -> Self {
        let mut attributes = tag.html_attributes();
        let read = attributes.with_checks(false).flatten();
        Self(read.map(|attribute| (attribute.key.as_ref().to_ascii_lowercase(), plain(&attribute.value))).collect())
    }

    /// A value that is not empty.
    fn get(&self, name: &str) -> Option<&str> {
        let value = self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.trim());
        value.filter(|value| !value.is_empty())
    }

    fn own(&self, name: &str) -> Option<&str> {
        self.get(&format!("termwall:{name}"))
    }

    /// Where it leads. A link that is no feed counts only where we wrote it ourselves.
    fn address(&self) -> Option<String> {
        let ours = self.own("item").or_else(|| self.own("kind")).and_then(|_| self.get("url"));
        // Some programs write a feed's address as `url`.
        let feed = || self.get("type").filter(|kind| is_feed_type(kind)).and_then(|_| self.get("url"));
        let address = self.get("xmlurl").or(ours).or_else(feed)?;
        // `feed:` in front is how browsers once handed feeds to readers.
        let bare = address.strip_prefix("feed:").unwrap_or(address);
        let bare = bare.strip_prefix("//").map_or_else(|| bare.to_string(), |rest| format!("http://{rest}"));
        Some(bare)
    }

    fn kind(&self) -> Result<SourceKind, String> {
        if let Some(item) = self.own("item") {
            let own = |name: &str| self.own(name).map(str::to_string);
            let link = own("link").ok_or("it has selectors, but none for links; export it again")?;
            let selectors =
                Selectors { item: item.to_string(), link, title: own("title"), date: own("date"), summary: own("summary") };
            let all = [Some(&selectors.item), Some(&selectors.link), selectors.title.as_ref(), selectors.date.as_ref()];
            for selector in all.into_iter().flatten().chain(&selectors.summary) {
                values::selector(selector)?;
            }
            return Ok(SourceKind::Page(selectors));
        }
        if self.own("kind") == Some("json") {
            return Ok(SourceKind::Json);
        }
        Ok(SourceKind::Feed)
    }
}

fn is_feed_type(kind: &str) -> bool {
    matches!(kind.to_ascii_lowercase().as_str(), "rss" | "atom" | "feed" | "jsonfeed" | "rss1" | "rdf")
}

/// A value without its escapes. Entities that are none of XML's five stay as they were written.
fn plain(value: &str) -> String {
    if let Ok(plain) = unescape_with(value, resolve_predefined_entity) {
        return plain.into_owned();
    }
    let mut out = String::new();
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let end = rest[at..].find(';').map(|end| at + end + 1).filter(|end| end - at <= 12);
        let piece = end.and_then(|end| Some((unescape_with(&rest[at..end], resolve_predefined_entity).ok()?, end)));
        let (piece, end) = piece.unwrap_or((Cow::Borrowed("&"), at + 1));
        out.push_str(&piece);
        rest = &rest[end..];
    }
    out + rest
}
