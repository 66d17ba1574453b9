//! The article among menus, teasers and notices. Several readings of the page, of two schools, say which of its blocks they
//! hold; what they agree on is the article, with what stands among it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use scraper::{Html, Selector};
use trafilatura::ExtractionFocus::{self, FavorPrecision, FavorRecall};

use crate::model::fetched::Verdict;
use crate::read::{Unreadable, article, plain};

use super::blocks::{Block, Kind, Map};
use super::meta::Page;
use super::pick::{Readings, pick};
use super::trim;
use super::votes::{Reading, words};

/// Blocks so much shorter than the middle reading are not where its text is from, in parts of a hundred: it may repeat itself,
/// which they do not.
const SHORT: usize = 20;

/// The article's own text and markup. Both empty where none was found.
#[derive(Clone, Debug, Default)]
pub(super) struct Body {
    pub(super) text: String,
    /// Not yet safe.
    pub(super) html: String,
}

/// Finds the article: by an editor's selector where there is one, else by what its markup looks like.
pub(super) fn find(markup: &str, page: &Page, selector: Option<&str>) -> Result<Body, Unreadable> {
    match selector {
        Some(selector) => selected(markup, selector),
        None => Ok(recognised(markup, page)),
    }
}

fn selected(markup: &str, selector: &str) -> Result<Body, Unreadable> {
    let failed = || Unreadable { verdict: Verdict::SelectorFailed, detail: Some(format!("text_selector \"{selector}\"")) };
    let parsed = Selector::parse(selector).map_err(|_| failed())?;
    let page = Html::parse_document(markup);
    let html = page.select(&parsed).map(|element| element.html()).collect::<Vec<_>>().join("\n");
    let text = plain::text(&html);
    if text.is_empty() { Err(failed()) } else { Ok(Body { text, html }) }
}

fn recognised(markup: &str, page: &Page) -> Body {
    let narrow = careful(markup, FavorPrecision, true);
    let wide = careful(markup, FavorRecall, true);
    let alone = careful(markup, FavorRecall, false);
    let other = readable(markup);
    let map = Map::of(&Html::parse_document(markup));
    let held = |body: &Body| Reading::of(&body.text);
    let readings = Readings { narrow: held(&narrow), wide: held(&wide), alone: held(&alone), other: held(&other) };
    let picked = pick(&map, &readings);
    let mut readings = [narrow, wide, alone, other];
    let mut blocks: Vec<&Block> = picked.into_iter().map(|at| &map.blocks[at]).collect();
    readings.sort_by_key(|body| article::weight(&body.text));
    let middle = &readings[(readings.len() - 1) / 2];
    let held: usize = blocks.iter().map(|block| block.weight).sum();
    if held * 100 < article::weight(&middle.text) * SHORT {
        return trimmed(middle, page);
    }
    if let Some(stated) = page.body.as_deref() {
        blocks = checked(blocks, stated);
    }
    let lines: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
    written(trim::trim(&lines, page).into_iter().map(|at| blocks[at]))
}

fn careful(markup: &str, focus: ExtractionFocus, fallback: bool) -> Body {
    let options = trafilatura::Options::default().with_fallback(fallback).with_exclude_comments(true).with_focus(focus);
    let found = catch_unwind(AssertUnwindSafe(|| trafilatura::extract(markup, &options)));
    let Ok(Ok(found)) = found else { return Body::default() };
    Body { text: plain::text(&found.content_html), html: found.content_html }
}

fn readable(markup: &str) -> Body {
    use dom_smoothie::Readability;
    let found = catch_unwind(AssertUnwindSafe(|| Readability::new(markup, None, None).ok()?.parse().ok()));
    let Ok(Some(found)) = found else { return Body::default() };
    let html = found.content.to_string();
    Body { text: plain::text(&html), html }
}

/// A reading as it is, where the page's own blocks do not show it.
fn trimmed(reading: &Body, page: &Page) -> Body {
    let lines: Vec<&str> = reading.text.split("\n\n").collect();
    let kept = trim::trim(&lines, page).into_iter().map(|at| lines[at]);
    Body { text: kept.collect::<Vec<_>>().join("\n\n"), html: reading.html.clone() }
}

/// Blocks checked against the text that the publisher states beside the page: what that does not hold is left out, if the
/// rest is nearly all of it.
fn checked<'a>(blocks: Vec<&'a Block>, stated: &str) -> Vec<&'a Block> {
    /// A stated text much shorter than what the page shows is a teaser.
    const TEASER: usize = 60;
    /// So much of the stated text must be found to trust the page's blocks, in parts of a hundred.
    const FOUND: usize = 85;
    let weight = |blocks: &[&Block]| blocks.iter().map(|block| block.weight).sum::<usize>();
    let whole = article::weight(stated);
    if whole * 100 < weight(&blocks) * TEASER || whole < 600 {
        return blocks;
    }
    let stated = Reading::of(stated);
    let held: Vec<&Block> = blocks.iter().copied().filter(|block| stated.holds(&words(&block.text))).collect();
    if weight(&held) * 100 >= whole * FOUND { held } else { blocks }
}

fn written<'a>(blocks: impl Iterator<Item = &'a Block>) -> Body {
    let (mut text, mut html) = (String::new(), String::new());
    let mut in_list = false;
    for block in blocks {
        if text.len() + block.text.len() > plain::LONGEST_TEXT {
            break;
        }
        let is_item = block.kind == Kind::Item;
        if is_item != in_list {
            html.push_str(if is_item { "<ul>" } else { "</ul>" });
            in_list = is_item;
        }
        let tag = match block.kind {
            Kind::Item => "li",
            Kind::Heading => "h2",
            _ => "p",
        };
        html.push_str(&format!("<{tag}>{}</{tag}>\n", block.html.trim()));
        text.push_str(if text.is_empty() { "" } else { "\n\n" });
        text.push_str(&block.text);
    }
    Body { text, html }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "The first paragraph of a report says what happened to whom, and it says so in one sentence.";
    const TWO: &str = "The second paragraph of a report says who told it and when, and why they were not named.";
    const TEASER: &str = "Read how others dealt with it";

    fn blocks(lines: &[&str]) -> Vec<Block> {
        lines.iter().map(|line| Block { text: line.to_string(), weight: line.len(), ..Block::default() }).collect()
    }

    fn texts(lines: &[&str], stated: &str) -> Vec<String> {
        let blocks = blocks(lines);
        checked(blocks.iter().collect(), stated).into_iter().map(|block| block.text.clone()).collect()
    }

    #[test]
    fn a_stated_text_decides_what_belongs_to_the_article() {
        let lines = [ONE, TWO, ONE, TWO, ONE, TWO, ONE, TWO, TEASER];
        let stated = lines[..8].join(" ");
        assert_eq!(texts(&lines, &stated), lines[..8]);
        assert_eq!(texts(&lines, "A teaser."), lines);
    }

    #[test]
    fn text_and_markup_say_the_same() {
        let mut found = blocks(&[ONE, "an item", TWO]);
        found[0].html = "The <em>first</em> paragraph".to_string();
        found[1].kind = Kind::Item;
        found[1].html = "an item".to_string();
        found[2].html = "The second".to_string();
        let body = written(found.iter());
        assert_eq!(body.text, format!("{ONE}\n\nan item\n\n{TWO}"));
        assert_eq!(body.html, "<p>The <em>first</em> paragraph</p>\n<ul><li>an item</li>\n</ul><p>The second</p>\n");
    }
}
