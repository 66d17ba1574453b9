//! Feeds, pages, and what they are made of.

use jiff::Timestamp;
use serde_json::Value;
use termwall::model::article::Article;
use termwall::model::source::{DatePolicy, Selectors, Source, SourceKind};
use termwall::model::when::When;
use termwall::read::{self, Bytes, Reading, Unreadable, parts};
use url::Url;

use super::{assert_bounded, assert_line, assert_shown, head, stated, url};

/// Longest title in characters, with the ellipsis of one that was cut.
const LONGEST_TITLE: usize = 501;

/// Longest text in bytes.
const LONGEST_TEXT: usize = 200_000;

/// An empty item has so many bytes of names and nulls in JSON for each of its own, and a link as many of its base.
const GROWTH: usize = 150;

/// A feed: content type, address, bytes. What `parse` prints is bounded, plain where it should be, safe where it is HTML, and the
/// same twice.
pub fn feed(data: &[u8]) {
    let ([content_type, address], body) = head(data);
    check_feed(body, url(&address).as_ref(), stated(&content_type));
}

/// A feed in JSON.
pub fn json(data: &[u8]) {
    check_feed(data, Url::parse("https://example.com/feed.json").ok().as_ref(), None);
}

fn check_feed(body: &[u8], url: Option<&Url>, content_type: Option<&str>) {
    let parse = || read::parse(body, url, content_type).map(|parsed| serde_json::to_value(&parsed).expect("it serializes"));
    let (parsed, again) = (parse(), parse());
    assert_eq!(parsed.as_ref().ok(), again.as_ref().ok(), "the same bytes give something else");
    let Ok(parsed) = parsed else { return };
    assert_bounded("a feed", parsed.to_string().len(), body.len(), GROWTH);
    for key in ["title", "subtitle", "rights", "language", "authors", "repaired", "warnings"] {
        each(&parsed[key], |text| assert_shown(key, text));
    }
    for entry in parsed["entries"].as_array().expect("entries are a list") {
        check_entry(entry);
    }
    for date in [&parsed["updated"]].into_iter().chain(entries(&parsed, &["published", "updated"])) {
        each(date, assert_date);
    }
    for link in [&parsed["link"]].into_iter().chain(entries(&parsed, &["link", "links"])) {
        each(link, assert_address);
    }
}

fn entries<'a>(parsed: &'a Value, keys: &'a [&str]) -> impl Iterator<Item = &'a Value> {
    let entries = parsed["entries"].as_array().map(Vec::as_slice).unwrap_or_default();
    entries.iter().flat_map(|entry| keys.iter().map(move |key| &entry[key]))
}

fn check_entry(entry: &Value) {
    assert_hash(entry["id"].as_str().expect("every entry has an id"));
    for key in ["title", "authors", "categories"] {
        each(&entry[key], |text| assert_line(key, text));
    }
    each(&entry["title"], |title| assert!(title.chars().count() <= LONGEST_TITLE, "a title is {} bytes long", title.len()));
    each(&entry["text"], assert_text);
    for key in ["summary_html", "content_html"] {
        each(&entry[key], assert_safe);
    }
}

/// Each string of a value that is a string, a list of them, or null.
fn each(value: &Value, check: impl Fn(&str)) {
    match value {
        Value::String(text) => check(text),
        Value::Array(list) => list.iter().filter_map(Value::as_str).for_each(check),
        _ => {}
    }
}

fn assert_hash(id: &str) {
    assert!(id.len() == 64 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id:?} is no id");
}

fn assert_text(text: &str) {
    assert_shown("a text", text);
    assert!(text.len() <= LONGEST_TEXT && text.trim() == text, "a text of {} bytes is not trimmed or too long", text.len());
}

fn assert_address(link: &str) {
    let url = Url::parse(link).expect("an address that is printed can be read again");
    assert!(matches!(url.scheme(), "http" | "https") && url.has_host(), "{link:?} is no address of a page");
}

/// Dates print as ISO 8601: what is printed is read again as the same.
fn assert_date(date: &str) {
    let again = parts::date(date, None).map(|(again, _)| again);
    assert_eq!(again.as_deref(), Some(date), "a date is not read again as it was printed");
}

/// Nothing that runs, nothing that frames. Looks at tags alone: texts may speak of scripts.
fn assert_safe(html: &str) {
    for tag in html.split('<').skip(1).map(|tag| tag.split('>').next().unwrap_or(tag).to_ascii_lowercase()) {
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let bad = ["script", "style", "iframe", "object", "embed", "form", "input", "base", "meta", "link", "svg", "math"];
        assert!(!bad.contains(&name), "<{tag}> passed");
        let pieces: Vec<&str> = tag.split('"').collect();
        for pair in pieces.chunks_exact(2) {
            let (key, value) = (pair[0].trim(), pair[1]);
            let key = key.rsplit(' ').next().unwrap_or(key);
            assert!(!key.starts_with("on"), "<{tag}> passed with a handler");
            if matches!(key, "href=" | "src=" | "cite=" | "poster=") {
                // What it is to a browser, which overlooks controls before it.
                let foreign = Url::parse(value).is_ok_and(|url| !matches!(url.scheme(), "http" | "https" | "mailto"));
                assert!(!foreign, "<{tag}> passed with its scheme");
            }
        }
    }
}

/// Markup as a tree: bounded in depth and size, whatever is open, crossed or nested.
pub fn xml(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let base = Url::parse("https://example.com/a/").ok();
    let Some(tree) = parts::tree(&text, base.as_ref()) else { return };
    assert!(tree.depth <= 200, "a tree of depth {}", tree.depth);
    assert!(tree.elements <= text.matches('<').count(), "{} elements of fewer tags", tree.elements);
    assert_bounded("a tree's text", tree.text.len(), text.len(), 10);
    assert_bounded("a tree's markup", tree.markup.len(), text.len(), GROWTH);
    assert_eq!(parts::tree(&text, base.as_ref()), Some(tree), "the same text gives another tree");
}

/// Bytes to text: content type, bytes. UTF-8 that says nothing else of itself stays as it is; a byte gives three at most.
pub fn charset(data: &[u8]) {
    let ([content_type], body) = head(data);
    let text = parts::decoded(body, stated(&content_type), None);
    assert!(text.len() <= 3 * body.len(), "{} bytes gave {}", body.len(), text.len());
    assert_eq!(text, parts::decoded(body, stated(&content_type), None), "the same bytes give another text");
    let again = parts::decoded(text.as_bytes(), Some("text/xml; charset=utf-8"), None);
    let wide = text.contains('\0') || text.starts_with('\u{FEFF}');
    assert!(wide || again == text, "text in UTF-8 that is declared as such is changed");
}

/// A page: address, bytes. What `extract` prints is bounded, plain, safe and the same twice.
pub fn page(data: &[u8]) {
    let ([address], body) = head(data);
    let url = url(&address);
    let extract = || read::extract(body, url.as_ref()).map(|page| serde_json::to_value(&page).expect("it serializes"));
    let Ok(page) = extract() else { return };
    if body.len() < 4_096 {
        assert_eq!(extract().ok().as_ref(), Some(&page), "the same page gives something else");
    }
    assert_bounded("a page", page.to_string().len(), body.len(), GROWTH);
    for key in ["title", "byline", "site"] {
        each(&page[key], |text| assert_line(key, text));
    }
    each(&page["text"], assert_text);
    each(&page["html"], assert_safe);
    each(&page["published"], assert_date);
}

/// An article completed by its page: content type, the page's address, the editor's selector, bytes.
pub fn complete(data: &[u8]) {
    let ([content_type, address, selector], body) = head(data);
    let Some(url) = url(&address) else { return };
    let source = Source { text_selector: stated(&selector).map(String::from), ..source(SourceKind::Feed) };
    let known = known("https://news.example.com/a");
    let Ok(article) = read::page(&known, bytes(body, &content_type, &url), &source) else { return };
    check_article(&article);
    let site = |article: &Article| article.url.as_deref().and_then(|url| Url::parse(url).ok()).expect("it has an address");
    assert!(parts::same_site(&site(&article), &site(&known)), "a page moved the article to {:?}", article.url);
    assert!((&article.id, &article.outlet, &article.source) == (&known.id, &known.outlet, &known.source), "a page renamed it");
}

/// A source's document: content type, address, bytes. Its articles have ids of their own, canonical addresses, plain words.
pub fn document(data: &[u8]) {
    let ([content_type, address], body) = head(data);
    let Some(url) = url(&address) else { return };
    check_reading(read::document(bytes(body, &content_type, &url), &source(SourceKind::Feed), now()));
}

/// A page that lists articles: the five selectors, then bytes.
pub fn listing(data: &[u8]) {
    let ([item, link, title, date, summary], body) = head(data);
    let optional = |line: &str| stated(line).map(String::from);
    let selectors = Selectors {
        item: item.to_string(),
        link: link.to_string(),
        title: optional(&title),
        date: optional(&date),
        summary: optional(&summary),
    };
    let url = Url::parse("https://news.example.com/list/").expect("it is an address");
    let source = source(SourceKind::Page(selectors));
    check_reading(read::document(bytes(body, "text/html", &url), &source, now()));
}

fn check_reading(reading: Result<Reading, Unreadable>) {
    let Ok(reading) = reading else { return };
    reading.repaired.iter().chain(&reading.warnings).for_each(|note| assert_shown("a note", note));
    assert!(reading.articles.len() <= 200, "{} articles", reading.articles.len());
    let mut ids: Vec<&str> = reading.articles.iter().map(|article| article.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), reading.articles.len(), "two articles have one id");
    reading.articles.iter().for_each(check_article);
}

fn check_article(article: &Article) {
    assert_hash(&article.id);
    assert_line("a title", &article.title);
    assert!(article.title.chars().count() <= LONGEST_TITLE, "a title is {} bytes long", article.title.len());
    assert_text(&article.text);
    assert!(!article.title.is_empty() || !article.text.is_empty(), "an article says nothing");
    assert_line("an outlet", &article.outlet);
    article.authors.iter().for_each(|author| assert_line("an author", author));
    check_language(&article.lang);
    assert!(article.published().date().first() <= now().to_zoned(jiff::tz::TimeZone::UTC).date(), "it is of the future");
    let Some(address) = &article.url else { return };
    assert_address(address);
    assert_eq!(parts::address(address, None).map(String::from).as_ref(), Some(address), "an address is not canonical");
}

/// Outside HTML: base, markup. Safe, bounded; cleaning again leaves it safe and loses no word. It may nest otherwise: a paragraph
/// in a paragraph, or a link around a block, is what a parser makes of some markup and what no markup can say.
pub fn html(data: &[u8]) {
    let ([base], body) = head(data);
    let markup = String::from_utf8_lossy(body);
    let base = url(&base);
    let Some(safe) = parts::safe_html(&markup, base.as_ref()) else { return };
    assert_safe(&safe);
    assert_bounded("markup", safe.len(), markup.len(), GROWTH);
    let again = parts::safe_html(&safe, base.as_ref()).unwrap_or_default();
    assert_safe(&again);
    let words = |html: &str| parts::text(html).split_whitespace().collect::<String>();
    assert_eq!(words(&again), words(&safe), "cleaning again changes its words");
}

/// Markup to text and to a line: nothing hidden, nothing long, and a text without markup stays as it is.
pub fn plain(data: &[u8]) {
    let markup = String::from_utf8_lossy(data);
    let text = parts::text(&markup);
    assert_text(&text);
    assert_bounded("a text", text.len(), markup.len(), 4);
    if !text.contains(['<', '&']) {
        assert_eq!(parts::text(&text.replace('\n', "<br>")), text, "a plain text changes");
    }
    let line = parts::line(&markup);
    assert_line("a line", &line);
    assert!(line.chars().count() <= LONGEST_TITLE, "a line is {} bytes long", line.len());
    if !line.contains(['<', '&', '…']) {
        assert_eq!(parts::line(&line), line, "a plain line changes");
    }
}

/// A date: language, words. What is printed is read again as the same, and the model's day is the printed one.
pub fn date(data: &[u8]) {
    let ([language], text) = head(data);
    let text = String::from_utf8_lossy(text);
    let Some((iso, when)) = parts::date(&text, stated(&language)) else { return };
    let again = parts::date(&iso, stated(&language)).unwrap_or_else(|| panic!("{text:?} gave {iso:?}, which is no date"));
    assert_eq!((iso.as_str(), when), (again.0.as_str(), again.1), "{text:?} is read otherwise once printed");
    match when {
        When::On(date) => assert!(iso.starts_with(&date.to_string()), "{iso} and {date}"),
        When::At(instant) => assert_eq!(iso.parse::<Timestamp>().ok(), Some(instant), "{iso} and {instant}"),
    }
}

/// A link: base, link, another address. Canonical is canonical; a site is one to both sides.
pub fn address(data: &[u8]) {
    let ([base, link], other) = head(data);
    let base = url(&base);
    let Some(found) = parts::address(&link, base.as_ref()) else { return };
    assert_address(found.as_str());
    assert_bounded("an address", found.as_str().len(), link.len() + base.as_ref().map_or(0, |base| base.as_str().len()), 4);
    assert_eq!(parts::address(found.as_str(), None), Some(found.clone()), "a canonical address has another");
    assert!(found.fragment().is_none() && found.username().is_empty() && found.password().is_none(), "{found} says too much");
    assert!(parts::same_site(&found, &found), "{found} is not on its own site");
    let other = url(&String::from_utf8_lossy(other));
    let other = other.filter(|other| parts::same_site(&found, other) != parts::same_site(other, &found));
    assert!(other.is_none(), "{found} and {other:?} are one site to one of them alone");
}

/// A language: claim, title, text.
pub fn language(data: &[u8]) {
    let ([first, second, title], text) = head(data);
    let text = String::from_utf8_lossy(text);
    let language = parts::language(&[stated(&first), stated(&second)], &title, &text);
    check_language(&language);
    assert_eq!(parts::language(&[Some(&language)], &title, &text), language, "its own answer as a claim changes it");
}

fn check_language(language: &str) {
    let sound = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    assert!(language.split('-').all(sound) && language.len() <= 35, "{language:?} is no tag of a language");
}

fn bytes<'a>(body: &'a [u8], content_type: &'a str, url: &'a Url) -> Bytes<'a> {
    Bytes { body, content_type: Some(content_type).filter(|kind| !kind.is_empty()), url, hash: "0" }
}

fn now() -> Timestamp {
    Timestamp::constant(1_780_000_000, 0)
}

fn source(kind: SourceKind) -> Source {
    Source {
        id: "example".into(),
        url: Url::parse("https://news.example.com/feed").expect("it is an address"),
        title: "Example".into(),
        outlet: "Example".into(),
        lang: None,
        group: "wire".into(),
        kind,
        enabled: true,
        every: std::time::Duration::from_secs(3600),
        slowest: std::time::Duration::from_secs(8 * 3600),
        gap: std::time::Duration::ZERO,
        max_items: 200,
        user_agent: None,
        date: DatePolicy::Stated,
        paywalled: false,
        aggregator: true,
        speaks_for: None,
        allow_private: false,
        text_selector: None,
        note: None,
    }
}

/// What a feed told of an article whose page is read next.
fn known(address: &str) -> Article {
    let feed = format!("<rss><channel><item><link>{address}</link><description>Short.</description></item></channel></rss>");
    let url = Url::parse("https://news.example.com/feed").expect("it is an address");
    let reading = read::document(bytes(feed.as_bytes(), "", &url), &source(SourceKind::Feed), now());
    reading.expect("it is a feed").articles.remove(0)
}
