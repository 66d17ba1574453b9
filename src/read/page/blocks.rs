//! A page as a list of its blocks: paragraphs, headings, items and rows in their order, each with the element that it stands in.

use scraper::node::Element;
use scraper::{Html, Node};

use crate::read::xml::escape;
use crate::read::{article, plain};

/// Blocks of a page that are looked at; a page of more is a list of thousands.
const MOST_BLOCKS: usize = 20_000;

/// Elements that hold blocks and are looked at.
const MOST_PLACES: usize = 100_000;

/// Longest page in text that is looked at, in bytes.
const LONGEST: usize = 4 * plain::LONGEST_TEXT;

/// Longest class, id and role of an element that are looked at, in bytes.
const LONGEST_SIGNS: usize = 300;

/// What a block is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Paragraph,
    Heading,
    Item,
    Row,
    Caption,
    /// On a button, or the label of a field.
    Control,
}

/// A piece of text that stands for itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    pub(super) text: String,
    /// The same with links and emphasis. Not yet safe.
    pub(super) html: String,
    pub(super) kind: Kind,
    /// The element that it stands in, in `Map::places`.
    pub(super) place: usize,
    /// Letters in all, a Han character for three.
    pub(super) weight: usize,
    /// Letters in links.
    pub(super) linked: usize,
}

/// An element that holds blocks.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Its parent in `Map::places`; that of the first is itself.
    pub(super) parent: usize,
    pub(super) name: &'static str,
    /// Its class, id and role, lower case.
    pub(super) signs: String,
    /// It, or an element around it, is not shown or is no part of any article.
    pub(super) outside: bool,
}

/// The blocks of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Map {
    pub(super) blocks: Vec<Block>,
    pub(super) places: Vec<Place>,
}

impl Map {
    pub(super) fn of(page: &Html) -> Self {
        let mut writer = Writer::default();
        let root = *page.root_element();
        let mut node = root;
        loop {
            let inner = if writer.open(node.value()) { node.first_child() } else { None };
            if let Some(child) = inner {
                node = child;
                continue;
            }
            loop {
                writer.close(node.value());
                if node.id() == root.id() || writer.is_full() {
                    return writer.finish();
                }
                if let Some(next) = node.next_sibling() {
                    node = next;
                    break;
                }
                let Some(parent) = node.parent() else { return writer.finish() };
                node = parent;
            }
        }
    }

    /// An element and those around it, inner first.
    pub(super) fn around(&self, place: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(place), |at| Some(self.places[*at].parent).filter(|parent| parent != at))
    }
}

/// Elements whose content is no text.
const SILENT: &[&str] = &[
    "script", "style", "template", "svg", "math", "iframe", "object", "noscript", "select", "textarea", "title", "audio",
    "video", "canvas", "head",
];

/// Elements that begin and end a block, and what their text is. A paragraph takes its kind from what it stands in.
const PLACES: &[(&str, Kind)] = &[
    ("p", Kind::Paragraph),
    ("div", Kind::Paragraph),
    ("li", Kind::Item),
    ("ul", Kind::Paragraph),
    ("ol", Kind::Paragraph),
    ("h1", Kind::Heading),
    ("h2", Kind::Heading),
    ("h3", Kind::Heading),
    ("h4", Kind::Heading),
    ("h5", Kind::Heading),
    ("h6", Kind::Heading),
    ("blockquote", Kind::Paragraph),
    ("pre", Kind::Paragraph),
    ("table", Kind::Paragraph),
    ("tr", Kind::Row),
    ("section", Kind::Paragraph),
    ("article", Kind::Paragraph),
    ("header", Kind::Paragraph),
    ("footer", Kind::Paragraph),
    ("figure", Kind::Caption),
    ("figcaption", Kind::Caption),
    ("caption", Kind::Caption),
    ("dl", Kind::Paragraph),
    ("dt", Kind::Item),
    ("dd", Kind::Item),
    ("hr", Kind::Paragraph),
    ("main", Kind::Paragraph),
    ("aside", Kind::Paragraph),
    ("nav", Kind::Paragraph),
    ("address", Kind::Paragraph),
    ("center", Kind::Paragraph),
    ("thead", Kind::Row),
    ("tbody", Kind::Row),
    ("form", Kind::Paragraph),
    ("fieldset", Kind::Control),
    ("label", Kind::Control),
    ("button", Kind::Control),
    ("details", Kind::Paragraph),
    ("summary", Kind::Heading),
    ("body", Kind::Paragraph),
    ("html", Kind::Paragraph),
];

/// Inline elements that the safe markup keeps.
const KEPT: &[&str] = &["b", "strong", "i", "em", "code", "sub", "sup", "q", "cite", "abbr", "mark", "del", "ins"];

fn place_of(name: &str) -> Option<&'static (&'static str, Kind)> {
    PLACES.iter().find(|(known, _)| *known == name)
}

/// Walks over a page and cuts it into blocks.
#[derive(Default)]
struct Writer {
    map: Map,
    /// The element that the walk is in.
    place: usize,
    /// The kinds of the elements that are open, outer first.
    kinds: Vec<Kind>,
    block: Block,
    /// Line breaks since the last word.
    breaks: usize,
    /// How many links are open.
    links: usize,
    /// The inline elements that are open in the block.
    open: Vec<&'static str>,
    bytes: usize,
}

impl Writer {
    /// Begins a node; whether to look inside.
    fn open(&mut self, node: &Node) -> bool {
        match node {
            Node::Text(text) => self.text(text),
            Node::Element(element) if SILENT.contains(&element.name()) => return false,
            Node::Element(element) => self.element(element),
            _ => {}
        }
        true
    }

    fn element(&mut self, element: &Element) {
        match element.name() {
            "a" => {
                self.links += 1;
                let href = element.attr("href").unwrap_or("");
                self.block.html.push_str("<a href=\"");
                escape(href, &mut self.block.html);
                self.block.html.push_str("\">");
                self.open.push("a");
            }
            "br" => self.line_break(),
            "td" | "th" => self.space(),
            name => {
                if let Some((name, kind)) = place_of(name) {
                    self.enter(name, *kind, element);
                } else if let Some(name) = KEPT.iter().find(|known| **known == name) {
                    self.block.html.push_str(&format!("<{name}>"));
                    self.open.push(name);
                }
            }
        }
    }

    fn enter(&mut self, name: &'static str, kind: Kind, element: &Element) {
        self.end_block();
        let value = |key: &str| element.attr(key).unwrap_or("");
        let signs = format!("{} {} {}", value("class"), value("id"), value("role")).to_lowercase();
        let hidden = element.attr("hidden").is_some() || value("style").replace(' ', "").contains("display:none");
        let outside = hidden
            || value("aria-hidden") == "true"
            || matches!(name, "nav" | "footer" | "form")
            || self.map.places.get(self.place).is_some_and(|around| around.outside);
        self.map.places.push(Place { parent: self.place, name, signs: plain::cut(&signs, LONGEST_SIGNS).to_string(), outside });
        self.place = self.map.places.len() - 1;
        self.kinds.push(kind);
    }

    fn close(&mut self, node: &Node) {
        let Node::Element(element) = node else { return };
        let name = element.name();
        if SILENT.contains(&name) {
            return;
        }
        if place_of(name).is_some() {
            self.end_block();
            self.place = self.map.places[self.place].parent;
            self.kinds.pop();
        } else if name == "a" || KEPT.contains(&name) {
            self.links -= usize::from(name == "a" && self.links > 0);
            if self.open.last().is_some_and(|open| *open == name) {
                self.open.pop();
                self.block.html.push_str(&format!("</{name}>"));
            }
        }
    }

    fn text(&mut self, text: &str) {
        let from = self.block.text.len();
        for c in text.chars() {
            if c.is_whitespace() {
                self.space();
            } else if plain::is_shown(c) {
                self.breaks = 0;
                self.block.text.push(c);
                escape(c.encode_utf8(&mut [0; 4]), &mut self.block.html);
            }
        }
        if self.links > 0 {
            self.block.linked += article::weight(self.block.text[from..].trim());
        }
    }

    fn space(&mut self) {
        if !self.block.text.is_empty() && !self.block.text.ends_with([' ', '\n']) {
            self.block.text.push(' ');
            self.block.html.push(' ');
        }
    }

    /// One break is a new line, two are a new block.
    fn line_break(&mut self) {
        self.breaks += 1;
        if self.breaks > 1 {
            return self.end_block();
        }
        self.block.text.truncate(self.block.text.trim_end().len());
        self.block.text.push('\n');
        self.block.html.push_str("<br>");
    }

    fn end_block(&mut self) {
        self.breaks = 0;
        let mut block = std::mem::take(&mut self.block);
        let open = std::mem::take(&mut self.open);
        block.text = block.text.trim().to_string();
        if !block.text.chars().any(char::is_alphanumeric) || self.kinds.is_empty() {
            return;
        }
        open.iter().rev().for_each(|name| block.html.push_str(&format!("</{name}>")));
        self.bytes += block.text.len();
        block.weight = article::weight(&block.text);
        block.place = self.place;
        block.kind = self.kind();
        self.map.blocks.push(block);
    }

    /// A paragraph in an item is an item, and so on.
    fn kind(&self) -> Kind {
        let inner = self.kinds.last().copied().unwrap_or_default();
        let telling = self.kinds.iter().rev().find(|kind| !matches!(kind, Kind::Paragraph | Kind::Row));
        if inner == Kind::Paragraph { telling.copied().unwrap_or_default() } else { inner }
    }

    fn is_full(&self) -> bool {
        self.map.blocks.len() >= MOST_BLOCKS || self.map.places.len() >= MOST_PLACES || self.bytes > LONGEST
    }

    fn finish(mut self) -> Map {
        self.end_block();
        self.map
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, expected: &[(&str, Kind)]) {
        let map = Map::of(&Html::parse_document(page));
        let blocks: Vec<(&str, Kind)> = map.blocks.iter().map(|block| (block.text.as_str(), block.kind)).collect();
        assert_eq!(blocks, expected, "{page}");
    }

    #[test]
    fn blocks_are_what_a_reader_sees_apart() {
        check(
            "<h2>One</h2>two <b>and</b>\n three<ul><li><p>four</p><li>five</ul><tr><td>not in a table</table><p>six<br>seven<br><br>eight",
            &[
                ("One", Kind::Heading),
                ("two and three", Kind::Paragraph),
                ("four", Kind::Item),
                ("five", Kind::Item),
                ("not in a table", Kind::Paragraph),
                ("six\nseven", Kind::Paragraph),
                ("eight", Kind::Paragraph),
            ],
        );
        check("<table><tr><td>a</td><td>b</td></tr></table>", &[("a b", Kind::Row)]);
        check("<script>x()</script><p>&nbsp;—</p><style>y</style>", &[]);
    }

    #[test]
    fn letters_in_links_are_counted() {
        let map = Map::of(&Html::parse_document("<p>one <a href='/2'>two</a> three</p>"));
        assert_eq!((map.blocks[0].linked, map.blocks[0].weight), (3, 13));
        assert_eq!(map.blocks[0].html, "one <a href=\"/2\">two</a> three");
    }

    #[test]
    fn what_is_not_shown_stands_outside() {
        let map =
            Map::of(&Html::parse_document("<p>a</p><nav><p>b</p></nav><div style='display: none'><p>c</p></div><p hidden>d</p>"));
        let outside: Vec<bool> = map.blocks.iter().map(|block| map.places[block.place].outside).collect();
        assert_eq!(outside, [false, true, true, true]);
    }

    #[test]
    fn a_page_without_end_is_cut() {
        assert!(Map::of(&Html::parse_document(&"<p>word".repeat(30_000))).blocks.len() <= MOST_BLOCKS);
    }
}
