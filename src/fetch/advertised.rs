//! Which feeds a page leads to: by its head, by its links, by custom. Tags are read one after another, without a tree: pages are
//! as hostile as feeds, and some would keep a parser of HTML busy for minutes.

use quick_xml::escape::unescape;
use quick_xml::events::attributes::Attributes;
use url::Url;

/// Bytes of a page that are searched for what it advertises: it stands in its head.
const HEAD: usize = 256 << 10;

/// Bytes that are searched for links: they stand at the end.
const WHOLE: usize = 1 << 20;

/// Links of a page that are looked at.
const MOST_LINKS: usize = 5_000;

/// Longest tag and longest text of a link, in bytes.
const LONGEST_TAG: usize = 2048;
const LONGEST_TEXT: usize = 400;

/// Longest address of a feed, in bytes, and most feeds of one page: one long base would make each as long.
const LONGEST_ADDRESS: usize = 2_000;
const MOST: usize = 100;

/// Paths at which feeds stand by custom, the commonest first.
const CUSTOM: [&str; 6] = ["feed", "rss.xml", "atom.xml", "index.xml", "feed.xml", "rss"];

/// A feed that a page leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advertised {
    /// Where it is.
    pub url: Url,
    /// What the page calls it. Empty where it says nothing.
    pub title: String,
}

/// The feeds that a page advertises (`<link rel="alternate">`), in its order, each once. `url` is the page's address.
pub fn advertised(page: &[u8], url: &Url) -> Vec<Advertised> {
    let text = String::from_utf8_lossy(&page[..page.len().min(HEAD)]);
    let mut base = url.clone();
    let mut found = Vec::new();
    for tag in Tags(&text) {
        if tag.is("base") {
            base = based(&tag, url).unwrap_or(base);
        }
        let is_alternate =
            || tag.value("rel").is_some_and(|rel| rel.split_whitespace().any(|word| word.eq_ignore_ascii_case("alternate")));
        if tag.is("link") && is_alternate() && is_feed_type(&tag) {
            keep(&base, &tag, tag.value("title").unwrap_or_default(), &mut found);
        }
    }
    found
}

/// The feeds that a page links to in its text, in its order, each once: addresses or words that say so.
pub fn linked(page: &[u8], url: &Url) -> Vec<Advertised> {
    let text = String::from_utf8_lossy(&page[..page.len().min(WHOLE)]);
    let mut base = url.clone();
    let mut found = Vec::new();
    for tag in Tags(&text).filter(|tag| tag.is("a") || tag.is("base")).take(MOST_LINKS) {
        if tag.is("base") {
            base = based(&tag, url).unwrap_or(base);
            continue;
        }
        let words = tag.text();
        let target = tag.value("href").and_then(|href| base.join(href.trim()).ok());
        if target.is_some_and(|target| is_feed_like(&target) || says_feed(&words)) {
            keep(&base, &tag, words, &mut found);
        }
    }
    found
}

/// Where the feed of a page without any link to one may be: below the page, then at the root of its host.
pub fn likely(url: &Url) -> Vec<Url> {
    let mut folder = url.clone();
    folder.set_query(None);
    folder.set_fragment(None);
    if !folder.path().ends_with('/') && !folder.path().rsplit('/').next().unwrap_or("").contains('.') {
        folder.set_path(&format!("{}/", folder.path()));
    }
    let below = CUSTOM.iter().take(2).filter_map(|name| folder.join(name).ok());
    let root = CUSTOM.iter().filter_map(|name| url.join(&format!("/{name}")).ok());
    let mut found: Vec<Url> = Vec::new();
    for guess in below.chain(root) {
        if !found.contains(&guess) {
            found.push(guess);
        }
    }
    found
}

/// What a page calls itself, in one line. Empty where it says nothing.
pub fn page_title(page: &[u8]) -> String {
    let text = String::from_utf8_lossy(&page[..page.len().min(HEAD)]);
    let title = Tags(&text).find(|tag| tag.is("title"));
    title.map(|tag| tag.text()).unwrap_or_default()
}

fn based(tag: &Tag<'_>, url: &Url) -> Option<Url> {
    let base = url.join(&tag.value("href")?).ok()?;
    (base.as_str().len() <= LONGEST_ADDRESS).then_some(base)
}

fn keep(base: &Url, tag: &Tag<'_>, title: String, found: &mut Vec<Advertised>) {
    let Some(mut url) = tag.value("href").and_then(|href| base.join(href.trim()).ok()) else { return };
    url.set_fragment(None);
    let known = found.iter().any(|other| other.url == url);
    let fits = url.as_str().len() <= LONGEST_ADDRESS && found.len() < MOST;
    if matches!(url.scheme(), "http" | "https") && fits && !known {
        found.push(Advertised { url, title: title.trim().to_string() });
    }
}

fn is_feed_type(link: &Tag<'_>) -> bool {
    let kind = link.value("type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    match kind.as_str() {
        "application/rss+xml" | "application/atom+xml" | "application/feed+json" | "application/rdf+xml" => true,
        // JSON Feed 1.0 was advertised so; interfaces of publishing systems are too.
        "application/json" | "application/xml" | "text/xml" => {
            link.value("href").is_some_and(|href| ["feed", "rss", "atom"].iter().any(|word| href.contains(word)))
        }
        _ => false,
    }
}

/// Whether an address is named as feeds are.
fn is_feed_like(url: &Url) -> bool {
    let last = url.path_segments().and_then(|mut parts| parts.rfind(|part| !part.is_empty())).unwrap_or("").to_ascii_lowercase();
    let stem = last.split('.').next().unwrap_or("");
    let ending = last.rsplit_once('.').map_or("", |(_, ending)| ending);
    let named =
        matches!(stem, "feed" | "feeds" | "rss" | "rss2" | "atom" | "rssfeed") || matches!(ending, "rss" | "rdf" | "atom");
    let query = url.query().unwrap_or("").to_ascii_lowercase();
    named || ["feed=rss", "feed=atom", "format=rss", "format=atom", "type=rss"].iter().any(|pair| query.contains(pair))
}

fn says_feed(words: &str) -> bool {
    matches!(
        words.to_ascii_lowercase().as_str(),
        "rss" | "atom" | "rss feed" | "atom feed" | "rss 2.0" | "rss-feed" | "xml" | "feed"
    )
}

/// The opening tags of a text, in order; comments, scripts and styles are passed over.
struct Tags<'t>(&'t str);

struct Tag<'t> {
    name: &'t str,
    attributes: &'t str,
    after: &'t str,
}

impl<'t> Iterator for Tags<'t> {
    type Item = Tag<'t>;

    fn next(&mut self) -> Option<Tag<'t>> {
        loop {
            self.0 = &self.0[self.0.find('<')? + 1..];
            if let Some(comment) = self.0.strip_prefix("!--") {
                self.0 = comment.find("-->").map_or("", |end| &comment[end..]);
                continue;
            }
            let name = self.0.bytes().take_while(u8::is_ascii_alphanumeric).count();
            if name == 0 {
                continue;
            }
            let Some(end) = end_of_tag(self.0) else {
                // No tag is so long: looking at the same bytes again from the next `<` on would take hours on a hostile page.
                self.0 = &self.0[near(self.0, LONGEST_TAG).len()..];
                continue;
            };
            let tag = Tag { name: &self.0[..name], attributes: &self.0[name..end], after: &self.0[end + 1..] };
            self.0 = tag.after;
            if tag.is("script") || tag.is("style") {
                self.0 = after_close(tag.after, tag.name);
            }
            return Some(tag);
        }
    }
}

/// The offset of the `>` that ends a tag, quotes heeded.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().take(LONGEST_TAG).enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// What follows the end of an element whose content is no markup; nothing where it never ends.
fn after_close<'t>(text: &'t str, name: &str) -> &'t str {
    let close = text
        .match_indices("</")
        .find(|(at, _)| text.get(at + 2..at + 2 + name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name)));
    close.map_or("", |(at, _)| &text[at..])
}

/// The beginning of a text, at most so many bytes.
fn near(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(0)]
}

impl Tag<'_> {
    fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    fn value(&self, name: &str) -> Option<String> {
        let mut attributes = Attributes::html(self.attributes, 0);
        let mut read = attributes.with_checks(false).flatten();
        let found = read.find(|attribute| attribute.key.as_ref().eq_ignore_ascii_case(name))?;
        Some(unescape(&found.value).map_or_else(|_| found.value.to_string(), |plain| plain.into_owned()))
    }

    /// The words between a tag and its end, in one line.
    fn text(&self) -> String {
        let near = near(self.after, LONGEST_TEXT);
        let mut inner = &near[..near.len() - after_close(near, self.name).len()];
        let mut out = String::new();
        while let Some(at) = inner.find('<').filter(|_| out.len() < LONGEST_TEXT) {
            out.push_str(&inner[..at]);
            out.push(' ');
            inner = inner[at..].find('>').map_or("", |end| &inner[at + end + 1..]);
        }
        out.push_str(inner);
        let plain = unescape(&out).map_or_else(|_| out.clone(), |plain| plain.into_owned());
        let line: String = plain.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()).collect();
        line.chars().take(LONGEST_TEXT).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(found: &[Advertised]) -> Vec<&str> {
        found.iter().map(|feed| feed.url.as_str()).collect()
    }

    fn at(url: &str) -> Url {
        url.parse().unwrap()
    }

    #[test]
    fn a_page_tells_its_feeds() {
        let page = "<html><head><base href='/news/'><link rel='alternate' type='application/rss+xml' title=' All &amp; more ' href='feed.xml'>\
            <LINK REL='ALTERNATE' TYPE='application/atom+xml; charset=utf-8' href='https://b.example/atom?a=1&amp;b=2'>\
            <link rel=alternate hreflang=de href='/de'><link rel=alternate type='application/rss+xml' href='javascript:x'>\
            <link rel=alternate type=application/json href=/wp-json/><link rel=alternate type=application/json href=/feed.json>\
            <!-- <link rel=alternate type='application/rss+xml' href='/commented'> -->\
            <script>'<link rel=alternate type=\"application/rss+xml\" href=/scripted>'</script></head>";
        let found = advertised(page.as_bytes(), &at("https://a.example/x"));
        let expected = ["https://a.example/news/feed.xml", "https://b.example/atom?a=1&b=2", "https://a.example/feed.json"];
        assert_eq!(urls(&found), expected);
        assert_eq!(found[0].title, "All & more");
    }

    #[test]
    fn links_that_are_named_like_feeds_are_found() {
        let page = "<a href='/about'>About</a><a href='/blog/feed/'><img src=x>Subscribe</a><a href=/podcast?id=1>RSS</a>\
            <a href='/news.rss#x'>News</a><a href='/news?format=rss'>x</a><a href='/feedback'>Feedback</a>";
        let found = linked(page.as_bytes(), &at("https://a.example/x"));
        let expected = [
            "https://a.example/blog/feed/",
            "https://a.example/podcast?id=1",
            "https://a.example/news.rss",
            "https://a.example/news?format=rss",
        ];
        assert_eq!(urls(&found), expected);
    }

    #[test]
    fn likely_places_are_few() {
        let guesses = |url: &str| likely(&at(url)).iter().map(|url| url.path().to_string()).collect::<Vec<_>>();
        assert_eq!(guesses("https://a.example/"), ["/feed", "/rss.xml", "/atom.xml", "/index.xml", "/feed.xml", "/rss"]);
        assert_eq!(guesses("https://a.example/blog?x#y")[..3], ["/blog/feed", "/blog/rss.xml", "/feed"]);
        assert_eq!(guesses("https://a.example/blog/index.html")[..2], ["/blog/feed", "/blog/rss.xml"]);
    }

    #[test]
    fn a_page_says_its_title() {
        assert_eq!(page_title(b"<!doctype html><TITLE lang=en>\n A &amp; B\x07 </TITLE><title>c</title>"), "A & B");
        assert_eq!(page_title(b"<p>none"), "");
    }

    #[test]
    fn no_page_keeps_the_search_busy() {
        let pieces = [
            "<div>",
            "<a \"",
            "<a href=x>",
            "<link rel=alternate type=application/rss+xml href=/",
            "<title>",
            "<script>",
            "<!--",
            "</",
        ];
        for piece in pieces {
            let page = piece.repeat((2 << 20) / piece.len());
            for search in [advertised, linked] {
                assert!(search(page.as_bytes(), &at("https://a.example/")).len() <= MOST);
            }
            page_title(page.as_bytes());
        }
    }
}
