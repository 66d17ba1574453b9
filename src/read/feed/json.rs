//! JSON Feed 1.0 and 1.1, numbers for ids and cut-off documents included.

use serde_json::{Deserializer, Map, Value};
use url::Url;

use crate::model::fetched::Verdict;
use crate::read::address::resolve;
use crate::read::xml::escape;
use crate::read::{Repairs, Unreadable, plain};

use super::parts::{MOST_AUTHORS, MOST_CATEGORIES, MOST_LINKS, add, some};
use super::{Enclosure, Entry, Feed, Markup};

/// Reads a text that begins with a brace.
pub(super) fn read(text: &str, url: Option<&Url>, repairs: &mut Repairs) -> Result<Feed, Unreadable> {
    let wrong = |detail: &str| Unreadable { verdict: Verdict::NotAFeed, detail: Some(detail.to_string()) };
    let value = match serde_json::from_str::<Value>(text) {
        Ok(value) => value,
        Err(error) => mended(text, repairs).ok_or_else(|| wrong(&format!("JSON that cannot be read: {error}")))?,
    };
    let Value::Object(head) = value else { return Err(wrong("JSON that is no feed")) };
    let version = head.get("version").map(words).unwrap_or_default();
    let Some(Value::Array(items)) = head.get("items") else { return Err(wrong("JSON without a list of items")) };
    let known = version.contains("jsonfeed.org/version/");
    if !known {
        repairs.note("JSON Feed without a version was read as 1.1");
    }
    let home = head.get("home_page_url").and_then(Value::as_str).and_then(|home| resolve(home, url));
    let base = home.clone().or_else(|| url.cloned());
    if items.iter().any(|item| item.get("id").is_some_and(Value::is_number)) {
        repairs.note("numbers for ids were read as text");
    }
    Ok(Feed {
        format: if version.trim_end_matches('/').ends_with("/1") { "json-feed-1.0" } else { "json-feed-1.1" }.to_string(),
        id: text_of(&head, "feed_url"),
        title: line_of(&head, "title"),
        subtitle: line_of(&head, "description"),
        link: home,
        language: line_of(&head, "language"),
        updated: None,
        authors: authors(&head),
        rights: None,
        entries: items
            .iter()
            .take(super::MOST_ENTRIES)
            .filter_map(Value::as_object)
            .map(|item| entry(item, base.as_ref()))
            .collect(),
    })
}

/// A document with raw line breaks in its strings, or one that ends too soon: what stands before the items, and the whole items.
fn mended(text: &str, repairs: &mut Repairs) -> Option<Value> {
    let smooth = text.replace(|c: char| c.is_control(), " ");
    if let Ok(value) = serde_json::from_str(&smooth) {
        repairs.note("line breaks inside strings were escaped");
        return Some(value);
    }
    let at = smooth.find("\"items\"")?;
    let open = at + smooth[at..].find('[')? + 1;
    let mut head: Map<String, Value> = serde_json::from_str(&format!("{}]}}", &smooth[..open])).ok()?;
    let mut items = Vec::new();
    let mut rest = &smooth[open..];
    while items.len() < super::MOST_ENTRIES {
        rest = rest.trim_start_matches([',', ' ']);
        let mut stream = Deserializer::from_str(rest).into_iter::<Value>();
        let Some(Ok(item @ Value::Object(_))) = stream.next() else { break };
        items.push(item);
        rest = &rest[stream.byte_offset()..];
    }
    repairs.note("the document is cut off or broken; its whole items were kept");
    head.insert("items".to_string(), Value::Array(items));
    Some(Value::Object(head))
}

fn entry(item: &Map<String, Value>, base: Option<&Url>) -> Entry {
    let address = |key: &str| item.get(key).and_then(Value::as_str).and_then(|link| resolve(link, base));
    let guid = item.get("id").map(words).and_then(some);
    let link = address("url").or_else(|| address("external_url"));
    // An id that is an address is the link as well, as the specification recommends.
    let link = link.or_else(|| guid.as_deref().and_then(|guid| resolve(guid, None)));
    let mut links = Vec::new();
    for url in [link.clone(), address("external_url")] {
        add(&mut links, url, MOST_LINKS);
    }
    let markup = |html: Option<String>| html.map(|html| Markup { html, base: base.cloned() });
    let html = text_of(item, "content_html").or_else(|| text_of(item, "content_text").map(|text| escaped(&text)));
    let mut categories = Vec::new();
    for tag in item.get("tags").and_then(Value::as_array).into_iter().flatten() {
        add(&mut categories, some(plain::line(&words(tag))), MOST_CATEGORIES);
    }
    Entry {
        guid,
        title: line_of(item, "title"),
        link,
        original: None,
        links,
        published: item.get("date_published").map(words).and_then(some),
        updated: item.get("date_modified").map(words).and_then(some),
        authors: authors(item),
        categories,
        enclosures: enclosures(item, base),
        summary: markup(text_of(item, "summary").map(|text| escaped(&text))),
        content: markup(html),
        outlet: None,
        language: line_of(item, "language"),
    }
}

fn enclosures(item: &Map<String, Value>, base: Option<&Url>) -> Vec<Enclosure> {
    let mut files = Vec::new();
    for file in item.get("attachments").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object) {
        let Some(url) = file.get("url").and_then(Value::as_str).and_then(|url| resolve(url, base)) else { continue };
        let length = file.get("size_in_bytes").and_then(|size| size.as_u64().or_else(|| words(size).parse().ok()));
        add(&mut files, Some(Enclosure { url: url.to_string(), kind: text_of(file, "mime_type"), length }), MOST_LINKS);
    }
    files
}

/// 1.1 lists authors, 1.0 names one.
fn authors(holder: &Map<String, Value>) -> Vec<String> {
    let mut names = Vec::new();
    let listed = holder.get("authors").and_then(Value::as_array).into_iter().flatten();
    for author in listed.chain(holder.get("author")) {
        let name = match author {
            Value::Object(person) => line_of(person, "name").or_else(|| line_of(person, "url")),
            other => some(plain::line(&words(other))),
        };
        add(&mut names, name, MOST_AUTHORS);
    }
    names
}

/// A string, or what stands for one.
fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_string(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn text_of(holder: &Map<String, Value>, key: &str) -> Option<String> {
    holder.get(key).map(words).and_then(some)
}

fn line_of(holder: &Map<String, Value>, key: &str) -> Option<String> {
    text_of(holder, key).map(|text| plain::line(&text)).and_then(some)
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape(text, &mut html);
    html.replace("\r\n", "\n").replace("\n\n", "<br><br>").replace('\n', "<br>")
}
