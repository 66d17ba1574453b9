//! Which blocks of a page are its article: those that several readings hold, with what stands among them, without the boxes
//! that stand among them as well.

use std::collections::BTreeMap;

use super::blocks::{Block, Kind, Map, Place};
use super::trim;
use super::votes::{Reading, words};

/// So many of three readings must hold a block to make it a part of the article.
const ENOUGH: usize = 2;

/// So much of the looser agreement must be left to believe the stricter one, in parts of a hundred.
const STRICT: usize = 90;

/// The article's element holds so much of what the readings hold, in parts of a hundred.
const MAIN: usize = 50;

/// An element that holds more of the article than this is no box in it, in parts of a hundred.
const BOX: usize = 20;

/// How far a lost paragraph may stand from the article's others, in blocks.
const NEAR: usize = 3;

/// A lost paragraph has at least so many words; shorter lines are labels.
const SENTENCE: usize = 8;

/// A lost paragraph before the article's first has at least so many; shorter ones are labels and slogans.
const OPENING: usize = 20;

/// A heading has no more words.
const HEADING: usize = 25;

/// A line of so many words does not stand twice in an article by chance.
const REPEATED: usize = 8;

/// A block that leads elsewhere, in parts of a hundred of its letters.
const LINK: usize = 60;

/// What the readings of a page hold.
pub(super) struct Readings {
    /// Rather too little.
    pub(super) narrow: Reading,
    /// Rather too much.
    pub(super) wide: Reading,
    /// The same, where it would not ask others for help.
    pub(super) alone: Reading,
    /// By another school.
    pub(super) other: Reading,
}

/// The article's blocks, by their place in `Map::blocks`.
pub(super) fn pick(map: &Map, readings: &Readings) -> Vec<usize> {
    let page = Page { map, words: map.blocks.iter().map(|block| words(&block.text)).collect() };
    let votes = page.votes(readings);
    let core: Vec<bool> = votes.iter().map(|votes| *votes >= ENOUGH).collect();
    let main = page.main(&core);
    let within: Vec<bool> = map.blocks.iter().map(|block| map.around(block.place).any(|place| place == main)).collect();
    let mut kept: Vec<bool> = (0..core.len()).map(|at| core[at] && (within[at] || votes[at] > ENOUGH)).collect();
    let anchors: Vec<bool> = (0..core.len()).map(|at| core[at] && within[at]).collect();
    if let (Some(first), Some(last)) = (anchors.iter().position(|is| *is), anchors.iter().rposition(|is| *is)) {
        for at in (first..last).filter(|at| within[*at]) {
            kept[at] |= page.is_lost(at, &anchors);
        }
        page.add_headings(&mut kept, &within, first..last);
    }
    page.add_opening(&mut kept);
    page.drop_boxes(&mut kept);
    page.drop_repeats(&mut kept);
    page.drop_related(&mut kept);
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

    /// How many of three readings hold each block: of three of two schools, where a page is easy enough for them to agree; of
    /// the three that keep more, where they do not.
    fn votes(&self, readings: &Readings) -> Vec<usize> {
        let held = |reading: &Reading| self.words.iter().map(|words| reading.holds(words)).collect::<Vec<bool>>();
        let (wide, other) = (held(&readings.wide), held(&readings.other));
        let votes = |third: Vec<bool>| -> Vec<usize> {
            third.iter().zip(&wide).zip(&other).map(|((a, b), c)| usize::from(*a) + usize::from(*b) + usize::from(*c)).collect()
        };
        let weight = |votes: &[usize]| -> usize {
            let agreed = self.map.blocks.iter().zip(votes).filter(|(_, votes)| **votes >= ENOUGH);
            agreed.map(|(block, _)| block.weight).sum()
        };
        let (strict, loose) = (votes(held(&readings.narrow)), votes(held(&readings.alone)));
        if weight(&strict) * 100 >= weight(&loose) * STRICT { strict } else { loose }
    }

    /// The letters of some blocks that each element holds.
    fn weights(&self, of: &[bool]) -> BTreeMap<usize, usize> {
        self.sums(of, |block| block.weight)
    }

    fn sums(&self, of: &[bool], value: impl Fn(&Block) -> usize) -> BTreeMap<usize, usize> {
        let mut sums = BTreeMap::new();
        for (block, _) in self.map.blocks.iter().zip(of).filter(|(_, is)| **is) {
            for place in self.map.around(block.place) {
                *sums.entry(place).or_default() += value(block);
            }
        }
        sums
    }

    /// The innermost element that holds most of the article; one long paragraph is no article.
    fn main(&self, core: &[bool]) -> usize {
        let (weights, counts) = (self.weights(core), self.sums(core, |_| 1));
        let most = weights.get(&0).copied().unwrap_or(0) * MAIN / 100;
        let holds = |place: usize| weights[&place] >= most && counts[&place] > 1;
        weights.keys().rev().copied().find(|place| holds(*place)).unwrap_or(0)
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

    /// The paragraphs before the first that was kept, which readings take for a teaser.
    fn add_opening(&self, kept: &mut [bool]) {
        let mut first = kept.iter().position(|is| *is).unwrap_or(0);
        while let Some(before) = (first.saturating_sub(NEAR)..first).rev().find(|at| self.is_opening(*at)) {
            kept[before] = true;
            first = before;
        }
    }

    fn is_opening(&self, at: usize) -> bool {
        let (block, place) = (self.block(at), &self.map.places[self.block(at).place]);
        block.kind == Kind::Paragraph
            && place.name == "p"
            && !place.outside
            && !self.leads_away(at)
            && self.words[at].len() >= OPENING
    }

    fn leads_away(&self, at: usize) -> bool {
        let block = self.block(at);
        block.linked * 100 >= block.weight * LINK
    }

    /// Menus, captions, notes about the author and the like stand in elements of their own.
    fn drop_boxes(&self, kept: &mut [bool]) {
        let weights = self.weights(kept);
        let most = weights.get(&0).copied().unwrap_or(0) * BOX / 100;
        for (block, kept) in self.map.blocks.iter().zip(kept).filter(|(_, kept)| **kept) {
            let small = |place: &usize| weights.get(place).is_some_and(|held| *held <= most);
            let mut inner = self.map.around(block.place).take_while(small).map(|place| &self.map.places[place]);
            *kept = !inner.any(|place| is_box(place, block.kind));
        }
    }

    /// What stands on a page twice is an eye-catcher, a copy for small screens, or a line of the table of contents.
    fn drop_repeats(&self, kept: &mut [bool]) {
        let mut seen: BTreeMap<&[u64], usize> = BTreeMap::new();
        for at in 0..kept.len() {
            let Some(before) = kept[at].then(|| seen.insert(&self.words[at], at)).flatten() else { continue };
            let links_to_it = self.leads_away(before) && !self.leads_away(at);
            let is_contents = links_to_it && self.block(at).kind == Kind::Heading;
            if is_contents || self.words[at].len() >= REPEATED || before + 1 == at {
                kept[if links_to_it { before } else { at }] = false;
            }
        }
    }

    /// Links to other articles, with the line that announces them.
    fn drop_related(&self, kept: &mut [bool]) {
        let order: Vec<usize> = (0..kept.len()).filter(|at| kept[*at]).collect();
        for (nth, at) in order.iter().enumerate() {
            let links = order[nth + 1..].iter().take_while(|at| self.leads_away(**at)).count();
            if links > 0 && trim::announces(&self.block(*at).text) {
                order[nth..=nth + links].iter().for_each(|at| kept[*at] = false);
            }
        }
    }
}

/// Elements in articles that hold something else.
const BOXES: &[&str] = &["aside", "nav", "footer", "form"];

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

fn is_box(place: &Place, kind: Kind) -> bool {
    let is_heading = matches!(place.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    let says_so = || {
        SIGNS.iter().any(|sign| place.signs.contains(sign))
            || place.signs.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.contains(&word))
    };
    let is_caption = kind == Kind::Caption && matches!(place.name, "figure" | "figcaption");
    BOXES.contains(&place.name) || is_caption || !is_heading && says_so()
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::*;

    const ONE: &str = "The bank told its staff on Friday that the assistant may not be used at work.";
    const TWO: &str = "Two people who know of the matter said that the maker does not offer it in the city.";
    const LOST: &str = "A spokesman said that the rule holds for all branches, and that it was under review.";

    /// All but one hold a text.
    fn readings(text: &str) -> Readings {
        let reading = || Reading::of(text);
        Readings { narrow: reading(), wide: reading(), alone: reading(), other: Reading::of("") }
    }

    /// Readings that hold the first and the second paragraph alone.
    fn check(page: &str, expected: &[&str]) {
        let map = Map::of(&Html::parse_document(page));
        let picked = pick(&map, &readings(&format!("{ONE}\n\n{TWO}")));
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
            assert_eq!(pick(&map, &readings(&format!("{long}\n\n{TWO}\n\n{long} {LOST}"))).len(), 2, "{open}");
        }
    }

    #[test]
    fn tables_in_figures_and_headings_that_contents_point_to_are_no_boxes() {
        let row = "<figure><table><tr><td>The maker offers it in forty countries but not in this city</table></figure>";
        let expected = [ONE, "The maker offers it in forty countries but not in this city", TWO];
        check(&format!("<article><p>{ONE}</p>{row}<p>{TWO}</p></article>"), &expected);
        check(
            &format!("<article><p>{ONE}</p><h2 class='toc'>Who said it</h2><p>{TWO}</p></article>"),
            &[ONE, "Who said it", TWO],
        );
    }

    #[test]
    fn an_opening_paragraph_that_was_taken_for_a_teaser_is_put_back() {
        let opening = format!("{LOST} It is the first of the large banks in the city to say so.");
        let page =
            format!("<p>Topics</p><header><p>{opening}</p></header><p>Photo</p><article><p>{ONE}</p><p>{TWO}</p></article>");
        check(&page, &[&opening, ONE, TWO]);
        check(&format!("<p><a href='/other'>{opening}</a></p><article><p>{ONE}</p><p>{TWO}</p></article>"), &[ONE, TWO]);
    }

    #[test]
    fn readings_that_keep_more_count_where_the_others_lost_the_article() {
        let page = format!("<article><p>{ONE}</p><p>{TWO}</p></article>");
        let map = Map::of(&Html::parse_document(&page));
        let lost = Readings { narrow: Reading::of(""), ..readings(&format!("{ONE}\n\n{TWO}")) };
        assert_eq!(pick(&map, &lost).len(), 2);
    }

    #[test]
    fn an_element_that_holds_the_article_is_no_box_whatever_its_name() {
        check(&format!("<div class='author-comment'><p>{ONE}</p><p>{TWO}</p></div>"), &[ONE, TWO]);
    }

    #[test]
    fn what_stands_there_twice_is_said_once() {
        check(&format!("<article><p>{ONE}</p><p>{TWO}</p><blockquote>{ONE}</blockquote></article>"), &[ONE, TWO]);
    }

    #[test]
    fn links_to_other_articles_go_with_the_line_that_announces_them() {
        let related = "<p>Related articles</p><ul><li><a href='/1'>Another bank bans it</a></li></ul>";
        let map = Map::of(&Html::parse_document(&format!("<article><p>{ONE}</p>{related}<p>{TWO}</p></article>")));
        let picked = pick(&map, &readings(&format!("{ONE}\n\nRelated articles\n\nAnother bank bans it\n\n{TWO}")));
        assert_eq!(picked, [0, 3]);
    }

    #[test]
    fn a_heading_is_kept_rather_than_its_line_in_the_contents() {
        let contents = "<ul><li><a href='#a'>Who said it</a></li></ul>";
        let map =
            Map::of(&Html::parse_document(&format!("<article><p>{ONE}</p>{contents}<h2>Who said it</h2><p>{TWO}</p></article>")));
        assert_eq!(pick(&map, &readings(&format!("{ONE}\n\nWho said it\n\n{TWO}"))), [0, 2, 3]);
    }
}
