//! RSS of any version, Atom and CDF in one reader: feeds mix their vocabularies freely, so each element is taken for what it
//! says, wherever it stands, and the better source of a value wins.

use url::Url;

use crate::model::fetched::Verdict;
use crate::read::address::resolve;
use crate::read::xml::names::Vocabulary::{Content, DublinCore, Feed as Own, FeedBurner, Itunes, Media, Rdf, Xhtml};
use crate::read::xml::{self, Element};
use crate::read::{Repairs, Unreadable, plain};

use super::parts::{
    Dialect, Link, MOST_AUTHORS, MOST_CATEGORIES, MOST_LINKS, add, categories, enclosure, line, link, markup, name_of, person,
    rank, some,
};
use super::{Best, Entry, Feed, key};

/// Reads markup that begins with a feed's first element.
pub(super) fn read(text: &str, url: Option<&Url>, repairs: &mut Repairs) -> Result<Feed, Unreadable> {
    let no_feed = || Unreadable { verdict: Verdict::NotAFeed, detail: Some("it holds no element".to_string()) };
    let root = xml::tree(text, repairs).ok_or_else(no_feed)?;
    let format = format(&root, repairs);
    let dialect = match format.as_str() {
        "atom-0.3" => Dialect::EarlyAtom,
        "atom-1.0" => Dialect::Atom,
        _ => Dialect::Rss,
    };
    let channel =
        if dialect.is_atom() { None } else { root.elements().find(|element| element.name.eq_ignore_ascii_case("channel")) };
    let outer = root.base(url);
    let channel = channel.unwrap_or(&root);
    let base = if std::ptr::eq(channel, &root) { outer.clone() } else { channel.base(outer.as_ref()) };
    let (mut feed, stated_base) = head(channel, dialect, base.as_ref());
    let explicit = root.attribute("xml:base").is_some() || channel.attribute("xml:base").is_some();
    let base = if dialect == Dialect::Rss && !explicit { stated_base.or(base) } else { base };
    feed.format = format;
    let language = channel.attribute("xml:lang").or_else(|| root.attribute("xml:lang"));
    let language = feed.language.or_else(|| language.map(plain::line)).and_then(some);
    feed.language = language.map(|language| language.trim().replace('_', "-"));
    let items = entries(&root, channel);
    feed.entries = items.take(super::MOST_ENTRIES).map(|item| entry(item, dialect, base.as_ref())).collect();
    Ok(feed)
}

/// The items of a channel, in document order. RSS 1.0 puts them beside the channel, and so do some that should not; a few
/// wrap them in a list.
fn entries<'a, 'b>(root: &'b Element<'a>, channel: &'b Element<'a>) -> impl Iterator<Item = &'b Element<'a>> {
    let is_item = |element: &&Element<'_>| {
        element.vocabulary == Own && (element.name.eq_ignore_ascii_case("item") || element.name.eq_ignore_ascii_case("entry"))
    };
    let beside = (!std::ptr::eq(root, channel)).then(|| root.elements().filter(is_item)).into_iter().flatten();
    let wrapped = channel.elements().filter(|element| element.is(Own, "items")).flat_map(Element::elements).filter(is_item);
    channel.elements().filter(is_item).chain(wrapped).chain(beside)
}

/// "rss-2.0" and its like, from the root's name, version and namespace.
fn format(root: &Element<'_>, repairs: &mut Repairs) -> String {
    let declared = |part: &str| {
        root.attributes.iter().any(|(name, value)| name.starts_with("xmlns") && value.to_ascii_lowercase().contains(part))
    };
    let version = root.attribute("version").unwrap_or("").trim();
    match root.name.to_ascii_lowercase().as_str() {
        "rdf" if declared("netscape.com/rdf/simple/0.9") => "rss-0.90".to_string(),
        "rdf" if declared("rss1.1") => "rss-1.1".to_string(),
        "rdf" => "rss-1.0".to_string(),
        "feed" if version == "0.3" || declared("purl.org/atom/ns") && !declared("2005/atom") => "atom-0.3".to_string(),
        "feed" => "atom-1.0".to_string(),
        "channel" if root.attribute("href").is_some() || root.name == "CHANNEL" => "cdf".to_string(),
        "channel" => {
            repairs.note("the rss element is missing");
            "rss-2.0".to_string()
        }
        _ => match version {
            "2.0" | "0.90" | "0.91" | "0.92" | "0.93" | "0.94" | "1.0" => format!("rss-{version}"),
            "2" => "rss-2.0".to_string(),
            "" => {
                repairs.note("rss without a version was read as 2.0");
                "rss-2.0".to_string()
            }
            _ => {
                repairs.note("rss of an unknown version was read as 2.0");
                "rss-2.0".to_string()
            }
        },
    }
}

/// What a channel says of itself, and the base that its link gives its items.
fn head(channel: &Element<'_>, dialect: Dialect, base: Option<&Url>) -> (Feed, Option<Url>) {
    let mut title = Best::default();
    let mut subtitle = Best::default();
    let mut rights = Best::default();
    let mut updated = Best::default();
    let mut language = Best::default();
    let mut address = Best::default();
    let mut authors: Best<Vec<String>> = Best::default();
    let mut feed = Feed::default();
    let mut lower = String::new();
    for element in channel.elements() {
        let read_line = || line(element, dialect);
        let words = || some(plain::line(&element.text()));
        match key(element.vocabulary, element.name, &mut lower) {
            (Own, "title") => title.offer(0, read_line()),
            (DublinCore, "title") => title.offer(1, read_line()),
            (Own, "description" | "subtitle" | "tagline" | "abstract") => subtitle.offer(0, read_line()),
            (DublinCore, "description") => subtitle.offer(1, read_line()),
            (Itunes, "subtitle") => subtitle.offer(2, read_line()),
            (Itunes, "summary") => subtitle.offer(3, read_line()),
            (Own, "copyright" | "rights") => rights.offer(0, read_line()),
            (DublinCore, "rights") => rights.offer(1, read_line()),
            (Own, "updated" | "modified" | "lastbuilddate") => updated.offer(0, words()),
            (DublinCore, "modified") => updated.offer(1, words()),
            (DublinCore, "date") => updated.offer(2, words()),
            (Own, "pubdate" | "published" | "issued") => updated.offer(3, words()),
            (Own, "language") => language.offer(0, words()),
            (DublinCore, "language") => language.offer(1, words()),
            (Own, "id") => feed.id = feed.id.or_else(|| id(element, base)),
            (Own, "link") => offer_link(&mut address, link(element, base)),
            (Own, "author" | "managingeditor") => several(&mut authors, 0, person(element)),
            (DublinCore, "creator" | "author") => several(&mut authors, 1, person(element)),
            (Itunes, "author") => several(&mut authors, 2, person(element)),
            _ => {}
        }
    }
    address.offer(9, channel.attribute("href").and_then(|href| resolve(href, base)));
    updated.offer(9, channel.attribute("lastmod").map(str::to_string));
    let link = address.take();
    feed.title = title.take();
    feed.subtitle = subtitle.take();
    feed.rights = rights.take();
    feed.updated = updated.take();
    feed.language = language.take();
    feed.authors = authors.take().unwrap_or_default();
    feed.link = link.clone();
    (feed, link)
}

fn offer_link(best: &mut Best<Url>, link: Option<Link>) {
    if let Some(link) = link
        && let Some(rank) = rank(&link)
    {
        best.offer(rank, Some(link.url));
    }
}

/// Several of the same kind stand together; a better kind replaces them.
fn several(best: &mut Best<Vec<String>>, rank: u8, value: Option<String>) {
    match (&mut best.found, value) {
        (Some((held, list)), value) if *held == rank => add(list, value, MOST_AUTHORS),
        (_, Some(value)) => best.offer(rank, Some(vec![value])),
        _ => {}
    }
}

/// The values of an item that more than one element may state.
#[derive(Default)]
struct Found {
    title: Best<String>,
    guid: Best<String>,
    link: Best<Url>,
    published: Best<String>,
    updated: Best<String>,
    authors: Best<Vec<String>>,
    summary: Best<super::Markup>,
    /// Whether the summary is the item's `description`, not its `summary`.
    described: bool,
    content: Best<super::Markup>,
}

fn entry(item: &Element<'_>, dialect: Dialect, outer: Option<&Url>) -> Entry {
    let base = item.base(outer);
    let base = base.as_ref();
    let mut found = Found::default();
    let mut entry = Entry { language: item.attribute("xml:lang").map(plain::line).and_then(some), ..Entry::default() };
    for element in item.elements() {
        texts(element, dialect, base, &mut found);
        dates_and_names(element, &mut found);
        addresses(element, base, &mut found, &mut entry);
        labels(element, &mut entry);
    }
    // RSS 1.0 names an item by its address, CDF states address and date as attributes.
    found.guid.offer(1, item.attribute("rdf:about").map(str::to_string).and_then(some));
    found.link.offer(8, item.attribute("href").and_then(|href| resolve(href, base)));
    found.updated.offer(9, item.attribute("lastmod").map(str::to_string));
    entry.link = found.link.take();
    if let Some(link) = entry.link.clone().filter(|link| !entry.links.contains(link)) {
        entry.links.insert(0, link);
    }
    entry.guid = found.guid.take();
    entry.title = found.title.take();
    entry.published = found.published.take();
    entry.updated = found.updated.take();
    entry.authors = found.authors.take().unwrap_or_default();
    entry.summary = found.summary.take();
    entry.content = found.content.take();
    entry
}

fn texts(element: &Element<'_>, dialect: Dialect, base: Option<&Url>, found: &mut Found) {
    let mut lower = String::new();
    match key(element.vocabulary, element.name, &mut lower) {
        (Own, "title") => found.title.offer(0, line(element, dialect)),
        (DublinCore, "title") => found.title.offer(1, line(element, dialect)),
        (Media, "title") => found.title.offer(2, line(element, dialect)),
        (Itunes, "title") => found.title.offer(3, line(element, dialect)),
        (Own, name @ ("description" | "summary" | "abstract")) => {
            let described = name == "description";
            let text = markup(element, dialect, base);
            // Whoever states both puts the short one first.
            if dialect == Dialect::Rss && found.summary.has(0) && found.described != described {
                found.content.offer(4, text);
            } else {
                found.described = described;
                found.summary.offer(0, text);
            }
        }
        (DublinCore, "description" | "abstract") => found.summary.offer(1, markup(element, Dialect::Rss, base)),
        (Itunes, "summary") => found.summary.offer(2, markup(element, Dialect::Rss, base)),
        (Media, "description") => found.summary.offer(3, markup(element, Dialect::Rss, base)),
        (Itunes, "subtitle") => found.summary.offer(4, markup(element, Dialect::Rss, base)),
        (Content, "encoded") => found.content.offer(0, markup(element, Dialect::Rss, base)),
        (Own, "content") => found.content.offer(1, markup(element, dialect, base)),
        (Xhtml, "body" | "div") => {
            let html = element.markup(element.base(base).as_ref(), false);
            let markup = super::Markup { html: html.trim().to_string(), base: element.base(base) };
            found.content.offer(2, (!markup.html.is_empty()).then_some(markup));
        }
        (Own, "body" | "fulltext" | "fullitem") => found.content.offer(3, markup(element, Dialect::Rss, base)),
        (Media, "group" | "content") => element.elements().for_each(|inner| media_texts(inner, base, found)),
        _ => {}
    }
}

fn media_texts(element: &Element<'_>, base: Option<&Url>, found: &mut Found) {
    if element.is(Media, "title") {
        found.title.offer(4, line(element, Dialect::Rss));
    } else if element.is(Media, "description") {
        found.summary.offer(5, markup(element, Dialect::Rss, base));
    }
}

fn dates_and_names(element: &Element<'_>, found: &mut Found) {
    let words = || some(plain::line(&element.text()));
    let mut lower = String::new();
    match key(element.vocabulary, element.name, &mut lower) {
        (Own, "pubdate" | "published") => found.published.offer_last(0, words()),
        (Own, "issued") => found.published.offer_last(1, words()),
        (DublinCore, "issued" | "available") => found.published.offer(2, words()),
        (DublinCore, "date") => {
            found.published.offer(3, words());
            found.updated.offer(2, words());
        }
        (Own | DublinCore, "created") => found.published.offer(4, words()),
        (Own, "updated" | "modified" | "lastbuilddate") => found.updated.offer_last(0, words()),
        (DublinCore, "modified") => found.updated.offer(1, words()),
        (Own, "author") => several(&mut found.authors, 0, person(element)),
        (DublinCore, "creator" | "author") => several(&mut found.authors, 1, person(element)),
        (Itunes, "author") => several(&mut found.authors, 2, person(element)),
        (Media, "credit") if element.attribute("role").is_some_and(|role| role.eq_ignore_ascii_case("author")) => {
            several(&mut found.authors, 3, words().map(|text| name_of(&text)));
        }
        _ => {}
    }
}

fn addresses(element: &Element<'_>, base: Option<&Url>, found: &mut Found, entry: &mut Entry) {
    let mut lower = String::new();
    match key(element.vocabulary, element.name, &mut lower) {
        (Own, "link") => {
            let Some(link) = link(element, base) else { return };
            add(&mut entry.links, Some(link.url.clone()), MOST_LINKS);
            if link.rel == "enclosure" {
                let file = super::Enclosure { url: link.url.to_string(), kind: link.kind.clone(), length: link.length };
                add(&mut entry.enclosures, Some(file), MOST_LINKS);
            }
            offer_link(&mut found.link, Some(link));
        }
        (Own, "guid" | "id") => {
            let text = id(element, base).unwrap_or_default();
            let permanent = element.is(Own, "guid")
                && element.attribute("ispermalink").is_none_or(|value| !value.trim().eq_ignore_ascii_case("false"));
            // Only an address is a permanent link, whatever the attribute's default says.
            let address = permanent.then(|| resolve(&text, None)).flatten();
            found.link.offer(5, address);
            found.guid.offer(0, some(plain::cut(&text, 2_000).to_string()));
        }
        (FeedBurner, "origlink") => entry.original = resolve(&element.text(), base),
        (Own, "enclosure") | (Media, "content") => add(&mut entry.enclosures, enclosure(element, base), MOST_LINKS),
        (Media, "group") => {
            for inner in element.elements().filter(|inner| inner.is(Media, "content")) {
                add(&mut entry.enclosures, enclosure(inner, base), MOST_LINKS);
            }
        }
        _ => {}
    }
}

/// An id. One that is a relative address, which neither Atom nor RSS allows, is made absolute.
fn id(element: &Element<'_>, base: Option<&Url>) -> Option<String> {
    let text = some(element.text())?;
    let relative = element.is(Own, "id") && text.starts_with(['/', '.', '?', '#']);
    let absolute = relative.then(|| resolve(&text, element.base(base).as_ref())).flatten();
    Some(absolute.map_or(text, String::from))
}

fn labels(element: &Element<'_>, entry: &mut Entry) {
    let mut lower = String::new();
    let vocabulary = element.vocabulary;
    match key(vocabulary, element.name, &mut lower) {
        (Own | Itunes | Media, "category" | "keywords" | "tags") | (DublinCore, "subject") => {
            for category in categories(element, vocabulary) {
                add(&mut entry.categories, Some(category), MOST_CATEGORIES);
            }
        }
        (Rdf, "about") => {}
        (Own, "source") => {
            let title = element.element(Own, "title").map_or_else(|| element.text(), Element::text);
            entry.outlet = some(plain::line(&title));
        }
        (DublinCore, "language") => entry.language = some(plain::line(&element.text())),
        _ => {}
    }
}
