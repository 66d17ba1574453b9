//! What a channel and an item share: texts of any type, persons, links, files.

use url::Url;

use crate::read::address::resolve;
use crate::read::xml::names::Vocabulary;
use crate::read::xml::{Element, Node, escape};
use crate::read::{base64, plain};

use super::{Enclosure, Markup};

/// Caps on lists, beyond which an item is no item.
pub(super) const MOST_AUTHORS: usize = 20;
pub(super) const MOST_CATEGORIES: usize = 60;
pub(super) const MOST_LINKS: usize = 30;

/// How a text without a type is to be read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// As HTML.
    Rss,
    /// As plain text; the `div` around markup in place is no part of it.
    Atom,
    /// As plain text; a `div` is an element like any other.
    EarlyAtom,
}

impl Dialect {
    pub(super) fn is_atom(self) -> bool {
        self != Self::Rss
    }
}

/// A text of any type as HTML. `None` where it is empty, elsewhere, or no text.
pub(super) fn markup(element: &Element<'_>, dialect: Dialect, base: Option<&Url>) -> Option<Markup> {
    let base = element.base(base);
    let kind = element.attribute("type").unwrap_or("").trim().to_ascii_lowercase();
    let mode = element.attribute("mode").unwrap_or("").trim().to_ascii_lowercase();
    let kind = kind.split(';').next().unwrap_or("").trim_end();
    let has_elements = element.elements().next().is_some();
    let html = match (mode.as_str(), kind) {
        ("base64", "" | "text" | "text/plain") => escaped(&base64::text(&element.text())?),
        ("base64", _) => base64::text(&element.text())?,
        ("escaped", "" | "text" | "text/plain") | ("", "text" | "text/plain") if !has_elements => escaped(&element.text()),
        ("xml", _) | (_, "xhtml" | "application/xhtml+xml") => in_place(element, dialect, base.as_ref(), false),
        ("escaped", _) | (_, "html" | "text/html") => in_place(element, dialect, base.as_ref(), true),
        (_, "text" | "text/plain" | "") if has_elements => element.markup(base.as_ref(), dialect == Dialect::Rss),
        (_, "") if dialect == Dialect::Rss => element.markup(base.as_ref(), true),
        (_, "" | "text" | "text/plain") => escaped(&element.text()),
        (_, kind) if kind.starts_with("text/") => escaped(&element.text()),
        (_, kind) if kind.ends_with("+xml") || kind.ends_with("/xml") => element.markup(base.as_ref(), false),
        _ if dialect == Dialect::Rss => element.markup(base.as_ref(), true),
        // Atom says that every other type is base64.
        _ => base64::text(&element.text())?,
    };
    let html = html.trim().to_string();
    (!html.is_empty()).then_some(Markup { html, base })
}

/// Markup in place, without the `div` that Atom wraps it in; `escaped` where its text is markup in disguise.
fn in_place(element: &Element<'_>, dialect: Dialect, base: Option<&Url>, escaped: bool) -> String {
    let blank = |node: &Node<'_>| matches!(node, Node::Text(text) if text.trim().is_empty());
    let mut solid = element.nodes.iter().filter(|node| !blank(node));
    match (solid.next(), solid.next()) {
        (Some(Node::Element(div)), None) if dialect == Dialect::Atom && div.name.eq_ignore_ascii_case("div") => {
            div.markup(div.base(base).as_ref(), escaped)
        }
        // Markup that was both put in place and escaped.
        (Some(Node::Text(text)), None) if plain::has_markup(text) => text.to_string(),
        _ => element.markup(base, escaped),
    }
}

/// Plain text as HTML; empty lines stay visible.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape(text.trim(), &mut html);
    html.replace("\r\n", "\n").replace("\n\n", "<br><br>")
}

/// A title and its like: one line of plain text.
pub(super) fn line(element: &Element<'_>, dialect: Dialect) -> Option<String> {
    let kind = element.attribute("type").unwrap_or("").to_ascii_lowercase();
    let plain = kind.is_empty() && dialect.is_atom() || kind == "text" || kind == "text/plain";
    let encoded = element.attribute("mode").is_some_and(|mode| mode.eq_ignore_ascii_case("base64"));
    if plain && !encoded {
        return some(plain::line_of_text(&element.text()));
    }
    let html = markup(element, dialect, None)?.html;
    let sure = encoded || dialect.is_atom();
    some(if sure { plain::line_of_html(&html) } else { plain::line(&html) })
}

/// Unless empty.
pub(super) fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// An author: a person's name, else the address or page.
pub(super) fn person(element: &Element<'_>) -> Option<String> {
    let part = |name: &str| {
        let found = element.elements().find(|part| part.name.eq_ignore_ascii_case(name))?;
        some(plain::line(&found.text()))
    };
    let stated = || some(plain::line(&element.text())).map(|text| name_of(&text));
    part("name").or_else(|| part("email")).or_else(|| part("uri")).or_else(|| part("url")).or_else(stated)
}

/// The name in `me@example.com (My Name)` or `My Name <me@example.com>`; the text itself where it holds no address.
pub(super) fn name_of(text: &str) -> String {
    let bare = |name: &str| name.trim().trim_matches(['"', '\'']).trim().to_string();
    if let Some((before, rest)) = text.split_once('(')
        && before.contains('@')
        && let Some((name, _)) = rest.rsplit_once(')')
        && !bare(name).is_empty()
    {
        return bare(name);
    }
    for (open, close) in [('<', '>'), ('[', ']'), ('(', ')')] {
        if let Some((name, rest)) = text.split_once(open)
            && rest.contains('@')
            && rest.trim_end().ends_with(close)
        {
            return if bare(name).is_empty() { bare(rest.trim_end().trim_end_matches(close)) } else { bare(name) };
        }
    }
    bare(text.strip_prefix("mailto:").unwrap_or(text))
}

/// A link of either kind: `<link>address</link>` or `<link href="address" rel="…">`.
pub(super) struct Link {
    pub(super) url: Url,
    /// Lower case; "alternate" where none is stated.
    pub(super) rel: String,
    /// Lower case media type, where stated.
    pub(super) kind: Option<String>,
    /// Written as an attribute.
    pub(super) attribute: bool,
    /// In bytes.
    pub(super) length: Option<u64>,
}

/// Reads a link; `None` where it leads nowhere that we follow.
pub(super) fn link(element: &Element<'_>, base: Option<&Url>) -> Option<Link> {
    let base = element.base(base);
    let attribute = element.attribute("href").or_else(|| element.attribute("rdf:resource")).map(str::to_string);
    let rel = element.attribute("rel").unwrap_or("alternate").trim().to_ascii_lowercase();
    let kind = element.attribute("type").map(|kind| kind.trim().to_ascii_lowercase()).filter(|kind| !kind.is_empty());
    let written = attribute.clone().unwrap_or_else(|| element.text());
    Some(Link {
        url: resolve(&written, base.as_ref())?,
        rel: rel.rsplit('/').next().unwrap_or("alternate").to_string(),
        kind,
        attribute: attribute.is_some(),
        length: element.attribute("length").and_then(|length| length.trim().parse().ok()),
    })
}

/// How good a link is as *the* link: an RSS link first, then an Atom one to a page, then one to another format.
pub(super) fn rank(link: &Link) -> Option<u8> {
    if link.rel != "alternate" {
        return None;
    }
    let page = link.kind.as_deref().is_none_or(|kind| kind.contains("html"));
    Some(match (link.attribute, page) {
        (false, _) => 0,
        (true, true) => 1,
        (true, false) => 2,
    })
}

/// A file: `<enclosure url>`, `<media:content url>`.
pub(super) fn enclosure(element: &Element<'_>, base: Option<&Url>) -> Option<Enclosure> {
    let url = element.attribute("url").or_else(|| element.attribute("href"))?;
    let length = element.attribute("length").or_else(|| element.attribute("fileSize"));
    Some(Enclosure {
        url: resolve(url, element.base(base).as_ref())?.to_string(),
        kind: element.attribute("type").map(|kind| kind.trim().to_string()).filter(|kind| !kind.is_empty()),
        length: length.and_then(|length| length.trim().parse().ok()),
    })
}

/// The categories of an element: of one, or of a list in it.
pub(super) fn categories(element: &Element<'_>, vocabulary: Vocabulary) -> Vec<String> {
    let listed = ["keywords", "tags"].iter().any(|list| element.name.eq_ignore_ascii_case(list));
    let attribute = if vocabulary == Vocabulary::Itunes { "text" } else { "term" };
    let stated = element.attribute(attribute).map(str::to_string).and_then(some);
    let text =
        stated.or_else(|| some(own_text(element))).or_else(|| element.attribute("label").map(str::to_string)).unwrap_or_default();
    let lines: Vec<&str> = if listed { text.split(',').collect() } else { vec![text.as_str()] };
    let mut found: Vec<String> = lines.into_iter().map(plain::line).filter(|line| !line.is_empty()).collect();
    for inner in element.elements().filter(|inner| inner.is(vocabulary, "category")).take(MOST_CATEGORIES) {
        found.extend(inner.attribute(attribute).map(plain::line));
    }
    found
}

fn own_text(element: &Element<'_>) -> String {
    let pieces = element.nodes.iter().filter_map(|node| match node {
        Node::Text(text) => Some(text.as_ref()),
        Node::Element(_) => None,
    });
    pieces.collect::<String>().trim().to_string()
}

/// Adds what is not yet in a list, up to a cap.
pub(super) fn add<T: PartialEq>(list: &mut Vec<T>, value: Option<T>, most: usize) {
    if let Some(value) = value.filter(|value| list.len() < most && !list.contains(value)) {
        list.push(value);
    }
}
