//! The article among menus, teasers and notices. Three readings of the page are compared: one that prefers to leave out, one
//! that prefers to keep, and one of another school; what two of them hold is believed.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use scraper::{Html, Selector};

use crate::model::fetched::Verdict;
use crate::read::{Unreadable, article, plain};

use super::meta::Page;
use super::trim;

/// A reading this much shorter than the middle one has lost a part of the article, in parts of a hundred.
const SHORT: usize = 80;

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
    use trafilatura::ExtractionFocus::{FavorPrecision, FavorRecall};
    let narrow = careful(markup, FavorPrecision);
    let wide = careful(markup, FavorRecall);
    let other = readable(markup);
    let chosen = choose(narrow, wide, other);
    let chosen = match page.body.as_deref() {
        Some(stated) => checked(chosen, stated),
        None => chosen,
    };
    Body { text: trim::trim(&chosen.text, page), html: chosen.html }
}

fn careful(markup: &str, focus: trafilatura::ExtractionFocus) -> Body {
    let options = trafilatura::Options::default().with_fallback(true).with_exclude_comments(true).with_focus(focus);
    let found = catch_unwind(AssertUnwindSafe(|| trafilatura::extract(markup, &options)));
    let Ok(Ok(found)) = found else { return Body::default() };
    Body { text: plain::text(&found.content_html), html: found.content_html }
}

fn readable(markup: &str) -> Body {
    use dom_smoothie::{Config, Readability, TextMode};
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let found = catch_unwind(AssertUnwindSafe(|| Readability::new(markup, None, Some(config)).ok()?.parse().ok()));
    let Ok(Some(found)) = found else { return Body::default() };
    let html = found.content.to_string();
    Body { text: plain::text(&html), html }
}

/// The narrow reading with what it left out between its paragraphs, if the two others hold it; the reading of middle length
/// where even that is short.
fn choose(narrow: Body, wide: Body, other: Body) -> Body {
    let joined = between(&narrow, &wide, &other);
    let mut all = [narrow, wide, other];
    all.sort_by_key(|body| article::weight(&body.text));
    let [_, middle, _] = all;
    let long_enough = article::weight(&joined.text) * 100 >= article::weight(&middle.text) * SHORT;
    if long_enough && !joined.text.is_empty() { joined } else { middle }
}

fn between(narrow: &Body, wide: &Body, other: &Body) -> Body {
    let (in_narrow, in_other) = (Paragraphs::of(&narrow.text), Paragraphs::of(&other.text));
    let lines: Vec<&str> = paragraphs(&wide.text).collect();
    let held: Vec<bool> = lines.iter().map(|line| in_narrow.hold(line)).collect();
    let (Some(first), Some(last)) = (held.iter().position(|held| *held), held.iter().rposition(|held| *held)) else {
        return Body::default();
    };
    let kept = lines.iter().enumerate().filter(|(at, line)| held[*at] || (first..last).contains(at) && in_other.hold(line));
    let text = kept.map(|(_, line)| *line).collect::<Vec<_>>().join("\n\n");
    Body { text, html: if held.iter().all(|held| *held) { narrow.html.clone() } else { wide.html.clone() } }
}

/// A reading checked against the text that the publisher states beside the page: what that does not hold is left out, if the
/// rest is nearly all of it.
fn checked(body: Body, stated: &str) -> Body {
    /// A stated text much shorter than what the page shows is a teaser.
    const TEASER: usize = 60;
    /// So much of the stated text must be found to trust the page's paragraphs, in parts of a hundred.
    const FOUND: usize = 85;
    if article::weight(stated) * 100 < article::weight(&body.text) * TEASER || article::weight(stated) < 600 {
        return body;
    }
    let whole = words(stated);
    let kept: Vec<&str> = paragraphs(&body.text).filter(|line| whole.contains(&words(line))).collect();
    let text = kept.join("\n\n");
    if article::weight(&text) * 100 >= article::weight(stated) * FOUND { Body { text, html: body.html } } else { body }
}

fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').filter(|line| !words(line).trim().is_empty())
}

/// Lower-case words between single spaces, with one before and after, so that one text can be looked for in another.
fn words(text: &str) -> String {
    let mut words = String::from(" ");
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        words.extend(word.chars().flat_map(char::to_lowercase));
        words.push(' ');
    }
    words
}

/// The paragraphs of a reading, to look up those of another.
struct Paragraphs {
    lines: BTreeSet<String>,
    whole: String,
}

impl Paragraphs {
    fn of(text: &str) -> Self {
        Self { lines: paragraphs(text).map(words).collect(), whole: words(text) }
    }

    /// Whether it holds a paragraph, on its own or as a part of a longer one.
    fn hold(&self, line: &str) -> bool {
        let line = words(line);
        self.lines.contains(&line) || self.whole.contains(&line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(lines: &[&str]) -> Body {
        Body { text: lines.join("\n\n"), html: String::new() }
    }

    fn check(narrow: &[&str], wide: &[&str], other: &[&str], expected: &[&str]) {
        assert_eq!(choose(body(narrow), body(wide), body(other)).text, expected.join("\n\n"));
    }

    const ONE: &str = "The first paragraph of a report says what happened to whom.";
    const TWO: &str = "The second paragraph of a report says who told it and when.";
    const TEASER: &str = "Read how others dealt with it";

    #[test]
    fn readings_that_agree_are_believed() {
        check(&[ONE, TWO], &[ONE, TWO], &[ONE, TWO], &[ONE, TWO]);
    }

    #[test]
    fn what_one_reading_left_out_is_put_back_if_two_hold_it() {
        check(&[ONE, TWO], &[ONE, "A list item", TWO, TEASER], &[ONE, "A list item", TWO], &[ONE, "A list item", TWO]);
        check(&[ONE, TWO], &[ONE, TEASER, TWO], &[ONE, TWO], &[ONE, TWO]);
    }

    #[test]
    fn a_reading_that_lost_the_article_is_not_believed() {
        check(&[], &[ONE, TWO], &[ONE, TWO, TEASER], &[ONE, TWO]);
        check(&[], &[], &[], &[]);
    }

    #[test]
    fn a_stated_text_decides_what_belongs_to_the_article() {
        let stated = [ONE, TWO].join(" ").repeat(6);
        let shown = body(&[&[ONE, TWO].join(" ").repeat(6), TEASER]);
        assert!(!checked(shown.clone(), &stated).text.contains(TEASER));
        assert!(checked(shown, "A teaser.").text.contains(TEASER));
    }
}
