//! The reader's parts, one by one, so that each can be fed bytes of its own. Documents go through `parse`, `extract`, `document`
//! and `page`, which put the parts together.

use url::Url;

use crate::model::language;
use crate::model::when::When;

use super::date::Hint;
use super::feed::Markup;
use super::xml::{self, Element, Node};
use super::{Repairs, address, charset, html, plain};

/// The tree of a document's markup, measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// Elements in it.
    pub elements: usize,
    /// Elements around the innermost one, itself included.
    pub depth: usize,
    /// All text.
    pub text: String,
    /// What the root holds, as HTML, not yet safe.
    pub markup: String,
}

/// The text of a document, by its byte order mark, what HTTP says, what it says itself, or a guess.
pub fn decoded(body: &[u8], content_type: Option<&str>, url: Option<&Url>) -> String {
    charset::decode(body, content_type, url, &mut Repairs::default())
}

/// Markup as a tree, mended; `None` where there is no element. `base` is what its addresses are relative to.
pub fn tree(text: &str, base: Option<&Url>) -> Option<Tree> {
    let root = xml::tree(text, &mut Repairs::default())?;
    let (elements, depth) = measured(&root);
    Some(Tree { elements, depth, text: root.text(), markup: root.markup(base, false) })
}

fn measured(element: &Element<'_>) -> (usize, usize) {
    let inner =
        element.nodes.iter().filter_map(|node| if let Node::Element(inner) = node { Some(measured(inner)) } else { None });
    let (elements, depth) = inner.fold((0, 0), |(elements, depth), inner| (elements + inner.0, depth.max(inner.1)));
    (elements + 1, depth + 1)
}

/// Markup made safe to show; `None` where nothing is left to show.
pub fn safe_html(html: &str, base: Option<&Url>) -> Option<String> {
    html::Cleaner::default().clean(&Markup { html: html.to_string(), base: base.cloned() })
}

/// The text of markup: paragraphs separated by an empty line.
pub fn text(html: &str) -> String {
    plain::text(html)
}

/// A title, an author or a category, which may hold markup, as one line.
pub fn line(markup: &str) -> String {
    plain::line(markup)
}

/// The date that a text states, in ISO 8601 as precise as stated, and for the model; `None` where it states none.
pub fn date(text: &str, language: Option<&str>) -> Option<(String, When)> {
    super::date::parse(text, Hint::of(language)).map(|stated| (stated.to_string(), stated.when()))
}

/// A link made absolute and canonical; `None` for what is no http or https address.
pub fn address(link: &str, base: Option<&Url>) -> Option<Url> {
    address::resolve(link, base).map(|url| address::canonical(&url))
}

/// Whether both hosts belong to one registrable domain, or are the same host where there is none.
pub fn same_site(one: &Url, other: &Url) -> bool {
    address::same_site(one, other)
}

/// The language of a text as BCP 47, of claims, best first, and letters; `und` where neither tells.
pub fn language(claims: &[Option<&str>], title: &str, text: &str) -> String {
    language::decide(claims, title, text)
}
