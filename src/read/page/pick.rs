//! Which blocks of a page are its article: those that several readings hold, with what stands among them, without the boxes
//! that stand among them as well.

use std::collections::BTreeMap;

use super::blocks::{Block, Kind, Map};
use super::trim;
use super::votes::{Reading, words};

/// So many readings must hold a block to make it a part of the article.
const ENOUGH: usize = 2;

/// The article's element holds so much of what the readings hold, in parts of a hundred.
const MAIN: usize = 70;

/// An element that holds more of the article than this is no box in it, in parts of a hundred.
const BOX: usize = 20;

/// How far a lost paragraph may stand from the article's others, in blocks.
const NEAR: usize = 3;

/// A lost paragraph has at least so many words; shorter lines are labels.
const SENTENCE: usize = 8;

/// A heading has no more words.
const HEADING: usize = 25;

/// A line of so many words does not stand twice in an article by chance.
const REPEATED: usize = 8;

/// The article's blocks, by their place in `Map::blocks`.
pub(super) fn pick(map: &Map, readings: &[Reading]) -> Vec<usize> {
    let words: Vec<Vec<u64>> = map.blocks.iter().map(|block| words(&block.text)).collect();
    let votes: Vec<usize> = words.iter().map(|words| readings.iter().filter(|reading| reading.holds(words)).count()).collect();
    let core: Vec<bool> = votes.iter().map(|votes| *votes >= ENOUGH).collect();
    let page = Page { map, words };
    let main = page.main(&core);
    let within: Vec<bool> = map.blocks.iter().map(|block| map.around(block.place).any(|place| place == main)).collect();
    let mut kept: Vec<bool> = (0..core.len()).map(|at| core[at] && (within[at] || votes[at] == readings.len())).collect();
    let anchors: Vec<bool> = (0..core.len()).map(|at| core[at] && within[at]).collect();
    if let (Some(first), Some(last)) = (anchors.iter().position(|is| *is), anchors.iter().rposition(|is| *is)) {
        for at in (first..last).filter(|at| within[*at]) {
            kept[at] |= page.is_lost(at, &anchors);
        }
        page.add_headings(&mut kept, &within, first..last);
    }
    page.drop_boxes(&mut kept);
    page.drop_repeats(&mut kept);
    (0..kept.len()).filter(|at| kept[*at]).collect()
}

struct Page<'a> {
    map: &'a Map,
    /// Of each block.
    words: Vec<Vec<u64>>,
}

impl Page<'_> {
    fn block(&self, at: usize) -> &Block {
        &self.map.blocks[at]
    }

    /// How much of some blocks each element holds.
    fn weights(&self, of: &[bool]) -> BTreeMap<usize, usize> {
        let mut weights = BTreeMap::new();
        for (block, _) in self.map.blocks.iter().zip(of).filter(|(_, is)| **is) {
            for place in self.map.around(block.place) {
                *weights.entry(place).or_default() += block.weight;
            }
        }
        weights
    }

    /// The innermost element that holds most of the article.
    fn main(&self, core: &[bool]) -> usize {
        let weights = self.weights(core);
        let most = weights.values().max().copied().unwrap_or(0) * MAIN / 100;
        weights.iter().rev().find(|(_, weight)| **weight >= most).map_or(0, |(place, _)| *place)
    }

    /// A paragraph that no reading held, among those that they did.
    fn is_lost(&self, at: usize, anchors: &[bool]) -> bool {
        let block = self.block(at);
        let is_text = !matches!(block.kind, Kind::Control | Kind::Caption)
            && !self.map.places[block.place].outside
            && block.linked * 2 <= block.weight
            && self.words[at].len() >= SENTENCE;
        let near = |mut range: std::ops::Range<usize>| range.any(|other| anchors[other]);
        is_text && near(at.saturating_sub(NEAR)..at) && near(at + 1..(at + 1 + NEAR).min(anchors.len()))
    }

    /// Headings of what is kept belong to it.
    fn add_headings(&self, kept: &mut [bool], within: &[bool], span: std::ops::Range<usize>) {
        for at in span.rev() {
            let block = self.block(at);
            let is_heading = |at: usize| self.block(at).kind == Kind::Heading;
            let next = (at + 1..kept.len()).take(NEAR).find(|next| kept[*next]);
            let leads = next.is_some_and(|next| (at + 1..next).all(is_heading));
            let fits = within[at] && !self.map.places[block.place].outside && self.words[at].len() <= HEADING;
            kept[at] |= is_heading(at) && leads && fits && !trim::is_over(&block.text);
        }
    }

    /// Menus, captions, notes about the author and the like stand in elements of their own.
    fn drop_boxes(&self, kept: &mut [bool]) {
        let weights = self.weights(kept);
        let most = weights.get(&0).copied().unwrap_or(0) * BOX / 100;
        for (block, kept) in self.map.blocks.iter().zip(kept).filter(|(_, kept)| **kept) {
            let small = |place: &usize| weights.get(place).is_some_and(|held| *held <= most);
            let mut inner = self.map.around(block.place).take_while(small).map(|place| &self.map.places[place]);
            *kept = !inner.any(|place| is_box(place.name, &place.signs));
        }
    }

    /// What stands on a page twice is an eye-catcher or a copy for small screens.
    fn drop_repeats(&self, kept: &mut [bool]) {
        let mut seen: BTreeMap<&[u64], usize> = BTreeMap::new();
        for (at, kept) in kept.iter_mut().enumerate().filter(|(_, kept)| **kept) {
            let before = seen.insert(&self.words[at], at);
            *kept = before.is_none_or(|before| self.words[at].len() < REPEATED && before + 1 != at);
        }
    }
}

/// Elements in articles that hold something else.
const BOXES: &[&str] = &["aside", "nav", "footer", "form", "figure", "figcaption"];

/// Parts of a class or id by which a box says what it is.
const SIGNS: &[&str] = &[
    "caption",
    "comment",
    "author",
    "byline",
    "footnote",
    "citation",
    "table-of-content",
    "sidebar",
    "breadcrumb",
    "advert",
    "sponsor",
    "newsletter",
    "subscribe",
    "signup",
    "sign-up",
    "disclaimer",
    "copyright",
    "popup",
    "modal",
    "paywall",
    "sticky",
];

/// Whole words of a class or id by which a box says what it is.
const WORDS: &[&str] = &["bio", "cta", "toc", "nav", "menu", "related", "recommended", "share", "sharing", "social"];

fn is_box(name: &str, signs: &str) -> bool {
    BOXES.contains(&name)
        || SIGNS.iter().any(|sign| signs.contains(sign))
        || signs.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::*;

    const ONE: &str = "The bank told its staff on Friday that the assistant may not be used at work.";
    const TWO: &str = "Two people who know of the matter said that the maker does not offer it in the city.";
    const LOST: &str = "A spokesman said that the rule holds for all branches, and that it was under review.";

    /// Two readings that hold the first and the second paragraph alone.
    fn check(page: &str, expected: &[&str]) {
        let map = Map::of(&Html::parse_document(page));
        let reading = || Reading::of(&format!("{ONE}\n\n{TWO}"));
        let picked = pick(&map, &[reading(), reading(), Reading::of("")]);
        let texts: Vec<&str> = picked.into_iter().map(|at| map.blocks[at].text.as_str()).collect();
        assert_eq!(texts, expected, "{page}");
    }

    #[test]
    fn what_two_readings_hold_is_the_article() {
        check(&format!("<p>Menu</p><article><p>{ONE}</p><p>{TWO}</p></article><p>Other news</p>"), &[ONE, TWO]);
        check("<p>Menu</p>", &[]);
        check("", &[]);
    }

    #[test]
    fn a_paragraph_that_all_lost_is_put_back() {
        check(&format!("<article><p>{ONE}</p>{LOST}<p>{TWO}</p></article>"), &[ONE, LOST, TWO]);
        check(&format!("<article><p>{ONE}</p><p>{TWO}</p></article><div>{LOST}</div>"), &[ONE, TWO]);
        check(&format!("<article><p>{ONE}</p><p><a href='/x'>{LOST}</a></p><p>{TWO}</p></article>"), &[ONE, TWO]);
        check(&format!("<article><p>{ONE}</p><form>{LOST}</form><p>{TWO}</p></article>"), &[ONE, TWO]);
    }

    #[test]
    fn a_heading_stays_with_its_paragraph() {
        check(
            &format!("<article><p>{ONE}</p><h2><a href='#2'>Who said it</a></h2><p>{TWO}</p></article>"),
            &[ONE, "Who said it", TWO],
        );
        check(&format!("<article><p>{ONE}</p><h2>Read next</h2><p>{TWO}</p><h2>More</h2></article>"), &[ONE, TWO]);
    }

    #[test]
    fn boxes_among_the_paragraphs_are_left_out() {
        let long = ONE.repeat(5);
        for open in ["<aside>", "<div class='newsletter-box'>", "<figure>", "<div id='author'>"] {
            let map = Map::of(&Html::parse_document(&format!(
                "<article><p>{long}</p>{open}{TWO}</div></aside></figure><p>{long} {LOST}</p></article>"
            )));
            let reading = || Reading::of(&format!("{long}\n\n{TWO}\n\n{long} {LOST}"));
            assert_eq!(pick(&map, &[reading(), reading()]).len(), 2, "{open}");
        }
    }

    #[test]
    fn an_element_that_holds_the_article_is_no_box_whatever_its_name() {
        check(&format!("<div class='author-comment'><p>{ONE}</p><p>{TWO}</p></div>"), &[ONE, TWO]);
    }

    #[test]
    fn what_stands_there_twice_is_said_once() {
        check(&format!("<article><p>{ONE}</p><p>{TWO}</p><blockquote>{ONE}</blockquote></article>"), &[ONE, TWO]);
    }
}
