//! A tree of a feed's markup. Faults are noted and mended on the way; nesting and number are capped, so that no document
//! exhausts stack or memory.

/// Character references.
pub(crate) mod entity;

/// The vocabularies that feeds mix.
pub(crate) mod names;

/// Tags and text.
pub(crate) mod token;

use std::borrow::Cow;

use url::Url;

use crate::read::{Repairs, address, charset, plain};

use entity::{Rules, unescape};
use names::Vocabulary;
use token::{Token, Tokens};

/// Deeper elements are flattened into their parent: no feed that means well nests so deep.
const DEEPEST: usize = 200;

/// Elements are dropped beyond this number: a feed of 10,000 items with forty elements each still fits.
const MOST_ELEMENTS: usize = 400_000;

/// Attributes of one element, and prefixes in force, beyond which the rest is dropped.
const MOST_ATTRIBUTES: usize = 100;
const MOST_PREFIXES: usize = 200;

/// Of a name that a repair quotes, so many bytes are told.
const LONGEST_SHOWN: usize = 60;

/// An element with all that it holds.
#[derive(Clone, Debug)]
pub(crate) struct Element<'a> {
    pub(crate) vocabulary: Vocabulary,
    /// Without prefix, as written.
    pub(crate) name: &'a str,
    pub(crate) attributes: Attributes<'a>,
    pub(crate) nodes: Vec<Node<'a>>,
}

/// Names with prefix as written, and values, in order.
type Attributes<'a> = Vec<(&'a str, Cow<'a, str>)>;

/// What an element holds.
#[derive(Clone, Debug)]
pub(crate) enum Node<'a> {
    Element(Element<'a>),
    Text(Cow<'a, str>),
}

impl<'a> Element<'a> {
    /// Whether it is this one of the feed's own words, in any case of letters.
    pub(crate) fn is(&self, vocabulary: Vocabulary, name: &str) -> bool {
        self.vocabulary == vocabulary && self.name.eq_ignore_ascii_case(name)
    }

    /// The value of an attribute, in any case of letters.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_ref())
    }

    /// Elements held directly.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element<'a>> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element of this name, held directly.
    pub(crate) fn element(&self, vocabulary: Vocabulary, name: &str) -> Option<&Element<'a>> {
        self.elements().find(|element| element.is(vocabulary, name))
    }

    /// All text, whatever stands around it, trimmed.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        self.gather(&mut text);
        text.trim().to_string()
    }

    fn gather(&self, text: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(piece) => text.push_str(piece),
                Node::Element(element) => element.gather(text),
            }
        }
    }

    /// The base of addresses inside, by `xml:base`.
    pub(crate) fn base(&self, outer: Option<&Url>) -> Option<Url> {
        let Some(base) = self.attribute("xml:base").map(str::trim).filter(|base| !base.is_empty()) else { return outer.cloned() };
        let joined = match outer {
            Some(outer) => outer.join(base),
            None => Url::parse(base),
        };
        let usable = |url: &Url| matches!(url.scheme(), "http" | "https") && url.as_str().len() <= address::LONGEST;
        joined.ok().filter(usable).or_else(|| outer.cloned())
    }

    /// What it holds as HTML: elements as written without prefix, text as it stands where it already is markup in disguise
    /// (`escaped`), else escaped. Addresses are made absolute, for an inner `xml:base` would be lost.
    pub(crate) fn markup(&self, base: Option<&Url>, escaped: bool) -> String {
        let mut html = String::new();
        self.write_nodes(base, escaped, &mut html);
        html
    }

    fn write_nodes(&self, base: Option<&Url>, escaped: bool, html: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(text) if escaped => html.push_str(text),
                Node::Text(text) => escape(text, html),
                Node::Element(element) => element.write(base, escaped, html),
            }
        }
    }

    fn write(&self, base: Option<&Url>, escaped: bool, html: &mut String) {
        let base = self.base(base);
        html.push('<');
        html.push_str(self.name);
        for (name, value) in &self.attributes {
            if name.starts_with("xmlns") || name.contains(':') {
                continue;
            }
            let is_address =
                matches!(name.to_ascii_lowercase().as_str(), "href" | "src" | "cite" | "longdesc" | "action" | "poster");
            let absolute = is_address.then(|| base.as_ref().and_then(|base| address::joined(base, value.trim()))).flatten();
            html.push(' ');
            html.push_str(name);
            html.push_str("=\"");
            escape(absolute.as_ref().map_or(value.as_ref(), Url::as_str), html);
            html.push('"');
        }
        html.push('>');
        self.write_nodes(base.as_ref(), escaped, html);
        if !is_void(self.name) {
            html.push_str("</");
            html.push_str(self.name);
            html.push('>');
        }
    }
}

/// Elements of HTML that hold nothing and have no end.
pub(crate) fn is_void(name: &str) -> bool {
    const VOID: &[&str] =
        &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
    VOID.iter().any(|void| name.eq_ignore_ascii_case(void))
}

/// Text made safe to stand in markup.
pub(crate) fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '&' => html.push_str("&amp;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}

/// The tree of a document, beginning with the first element; `None` where there is no element.
pub(crate) fn tree<'a>(text: &'a str, repairs: &mut Repairs) -> Option<Element<'a>> {
    let mut tokens = Tokens::new(text);
    let mut builder = Builder::default();
    while let Some(token) = tokens.next(repairs) {
        if builder.root.is_some() {
            let blank = matches!(token, Token::Text(text) if text.trim().is_empty());
            if !blank {
                repairs.note("what follows the feed was dropped");
                break;
            }
            continue;
        }
        builder.take(token, &tokens, repairs);
        if builder.elements > MOST_ELEMENTS {
            repairs.note("only the first part of an oversized document was read");
            builder.broken_off = true;
            break;
        }
    }
    builder.finish(tokens.cut_off, repairs)
}

#[derive(Default)]
struct Builder<'a> {
    /// The element under way and those around it, outermost first, with the name as written.
    open: Vec<(&'a str, Element<'a>)>,
    /// Elements opened beyond the depth that is kept.
    flattened: usize,
    /// Prefixes in force: depth, prefix, meaning.
    scopes: Vec<(usize, &'a str, Vocabulary)>,
    elements: usize,
    broken_off: bool,
    root: Option<Element<'a>>,
}

impl<'a> Builder<'a> {
    fn take(&mut self, token: Token<'a>, tokens: &Tokens<'a>, repairs: &mut Repairs) {
        match token {
            Token::Start { name, attributes, empty } => {
                self.start(name, read_attributes(attributes, tokens, repairs), empty, repairs)
            }
            Token::End(name) => self.end(name, repairs),
            Token::CData(text) => self.text(Cow::Borrowed(text), repairs),
            Token::Text(text) if self.open.is_empty() => {
                if !text.trim().is_empty() {
                    repairs.note("text before the first element was dropped");
                }
            }
            Token::Text(text) => {
                let text = unescape(text, rules(tokens), &tokens.declared, repairs);
                self.text(text, repairs);
            }
        }
    }

    fn text(&mut self, text: Cow<'a, str>, repairs: &mut Repairs) {
        let text = match charset::unmangled(&text) {
            Some(meant) => {
                repairs.note("UTF-8 that was taken for windows-1252 was read as UTF-8");
                Cow::Owned(meant)
            }
            None => text,
        };
        if let Some((_, element)) = self.open.last_mut().filter(|_| !text.is_empty()) {
            element.nodes.push(Node::Text(text));
        }
    }

    fn start(&mut self, name: &'a str, attributes: Attributes<'a>, empty: bool, repairs: &mut Repairs) {
        self.elements += 1;
        if self.open.len() >= DEEPEST {
            self.flattened += usize::from(!empty);
            return;
        }
        let depth = self.open.len();
        for (key, value) in &attributes {
            if self.scopes.len() >= MOST_PREFIXES {
                break;
            }
            if *key == "xmlns" {
                self.scopes.push((depth, "", names::by_address(value)));
            } else if let Some(prefix) = key.strip_prefix("xmlns:") {
                self.scopes.push((depth, prefix, names::by_address(value)));
            }
        }
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        if depth == 0 && is_root(local) {
            self.adopt(prefix);
        }
        let vocabulary = self.vocabulary(prefix, repairs);
        if vocabulary == Vocabulary::Feed && is_item(local) {
            self.close_item(repairs);
        }
        self.open.push((name, Element { vocabulary, name: local, attributes, nodes: Vec::new() }));
        if empty {
            self.close();
        }
    }

    /// Whatever namespace a feed's first element is in, it is the feed's own: drafts of Atom had many, and some invent one.
    fn adopt(&mut self, prefix: &str) {
        for (_, known, vocabulary) in &mut self.scopes {
            if *known == prefix && *vocabulary == Vocabulary::Other {
                *vocabulary = Vocabulary::Feed;
            }
        }
    }

    fn vocabulary(&self, prefix: &str, repairs: &mut Repairs) -> Vocabulary {
        let declared = self.scopes.iter().rev().find(|(_, known, _)| *known == prefix).map(|(_, _, vocabulary)| *vocabulary);
        declared.unwrap_or_else(|| {
            if !prefix.is_empty() && prefix != "xml" {
                let shown = plain::line(plain::cut(prefix, LONGEST_SHOWN));
                repairs.note(format!("the prefix \"{shown}\" was not declared"));
            }
            names::by_prefix(prefix)
        })
    }

    /// An item never holds an item: one that is still open was not closed.
    fn close_item(&mut self, repairs: &mut Repairs) {
        let open = self.open.iter().position(|(_, element)| element.vocabulary == Vocabulary::Feed && is_item(element.name));
        if let Some(at) = open {
            repairs.note("an item that was not closed was closed");
            self.close_down_to(at);
        }
    }

    fn end(&mut self, name: &str, repairs: &mut Repairs) {
        if self.flattened > 0 && !self.open.iter().take(DEEPEST / 2).any(|(open, _)| *open == name) {
            self.flattened -= 1;
            return;
        }
        match self.open.iter().rposition(|(open, _)| open.eq_ignore_ascii_case(name)) {
            Some(at) => {
                if self.open[at].0 != name {
                    repairs.note("end tags in other letters than their start were matched");
                }
                if at + 1 != self.open.len() {
                    repairs.note("elements that were not closed were closed");
                }
                self.flattened = 0;
                self.close_down_to(at);
            }
            None => repairs.note("end tags without a start were dropped"),
        }
    }

    fn close_down_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some((_, element)) = self.open.pop() else { return };
        let depth = self.open.len();
        while self.scopes.last().is_some_and(|(at, _, _)| *at >= depth) {
            self.scopes.pop();
        }
        match self.open.last_mut() {
            Some((_, parent)) => parent.nodes.push(Node::Element(element)),
            None => self.root = Some(element),
        }
    }

    /// Closes what is still open. An item that was open when the text ended is not whole and is dropped.
    fn finish(mut self, cut_off: bool, repairs: &mut Repairs) -> Option<Element<'a>> {
        if self.root.is_none() && (cut_off || self.broken_off || !self.open.is_empty()) {
            let item = self.open.iter().position(|(_, element)| is_item(element.name) && element.vocabulary == Vocabulary::Feed);
            if let Some(at) = item.filter(|at| *at > 0) {
                self.close_down_to(at + 1);
                self.open.pop();
            }
            if self.root.is_none() {
                repairs.note("the document is cut off; its whole items were kept");
            }
            self.close_down_to(0);
        }
        self.root
    }
}

fn read_attributes<'a>(raw: &'a str, tokens: &Tokens<'a>, repairs: &mut Repairs) -> Attributes<'a> {
    let mut attributes: Attributes<'a> = Vec::new();
    let (pairs, sound) = token::attributes(raw);
    if !sound {
        repairs.note("attributes without quotes were read");
    }
    for (key, value) in pairs.into_iter().take(MOST_ATTRIBUTES) {
        if !attributes.iter().any(|(known, _)| *known == key) {
            attributes.push((key, unescape(value, rules(tokens), &tokens.declared, repairs)));
        }
    }
    attributes
}

fn rules(tokens: &Tokens<'_>) -> Rules {
    if tokens.doctype { Rules::Doctype } else { Rules::Xml }
}

fn is_root(name: &str) -> bool {
    ["feed", "rss", "channel"].iter().any(|root| name.eq_ignore_ascii_case(root))
}

fn is_item(name: &str) -> bool {
    name.eq_ignore_ascii_case("item") || name.eq_ignore_ascii_case("entry")
}
