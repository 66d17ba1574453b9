//! What stands on an article's page and speaks of something else: comments, teasers, footers.

use scraper::ElementRef;

/// Elements beside the article itself.
const ELEMENTS: &[&str] = &["aside", "footer", "nav", "dialog", "figcaption", "blockquote"];

/// Pieces of classes and ids of blocks beside the article. Each is long enough not to hide in another word.
const BESIDE: &[&str] = &["sidebar", "footer", "newsletter", "copyright", "navigation", "testimonial"];

/// The same of blocks that hold other people's words, or other articles.
const OF_OTHERS: &[&str] = &[
    "comment",
    "related",
    "recommend",
    "popular",
    "trending",
    "most-read",
    "mostread",
    "read-next",
    "readnext",
    "more-from",
    "more-stories",
    "latest-posts",
    "recent-posts",
    "recentposts",
    "teaser",
    "prev-next",
    "post-nav",
    "similar",
    "further-reading",
    "read-more",
];

/// Blocks around whole pages are marked with all that a page has: "has-sidebar", "comments-open".
const WHOLE_PAGE: &[&str] = &["html", "body", "main"];

/// Whether the element lies beside the article.
pub(super) fn is_aside(element: ElementRef<'_>) -> bool {
    let mut blocks = blocks(element);
    blocks.any(|block| ELEMENTS.contains(&block.value().name()) || is_marked(block, BESIDE) || is_marked(block, OF_OTHERS))
}

/// Whether the element belongs to another article, or to a reader's words.
pub(super) fn is_of_others(element: ElementRef<'_>) -> bool {
    blocks(element).any(|block| is_marked(block, OF_OTHERS))
}

/// Whether the element lies in the page's foot or menus.
pub(super) fn is_frame(element: ElementRef<'_>) -> bool {
    blocks(element).any(|block| matches!(block.value().name(), "footer" | "nav") || is_marked(block, &["footer"]))
}

/// The element and what it lies in, up to the page itself.
fn blocks(element: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    let above = element.ancestors().filter_map(ElementRef::wrap);
    std::iter::once(element).chain(above).filter(|block| !WHOLE_PAGE.contains(&block.value().name()))
}

fn is_marked(block: ElementRef<'_>, marks: &[&str]) -> bool {
    let names = [block.attr("class"), block.attr("id")];
    names.into_iter().flatten().flat_map(str::split_ascii_whitespace).any(|name| {
        let name = name.to_ascii_lowercase();
        let says_absence = ["no-", "has-", "with-", "without-"].iter().any(|start| name.starts_with(start));
        !says_absence && marks.iter().any(|mark| name.contains(mark))
    })
}

#[cfg(test)]
mod tests {
    use scraper::{Html, Selector};

    use super::*;

    #[test]
    fn what_speaks_of_something_else_is_known_by_its_block() {
        let check = |html: &str, expected: bool| {
            let page = Html::parse_document(html);
            let time = page.select(&Selector::parse("time").unwrap()).next().unwrap();
            assert_eq!(is_aside(time), expected, "{html}");
            assert!(!is_of_others(time) || expected, "{html}");
        };
        check("<body class='has-sidebar comments-open'><article><header><time>x</time></header></article>", false);
        check("<div class='no-sidebar'><time>x</time></div>", false);
        check("<ol class='comment-list'><li><time>x</time></li></ol>", true);
        check("<div id='related-posts'><time>x</time></div>", true);
        check("<footer><time>x</time></footer>", true);
        check("<aside><time>x</time></aside>", true);
    }
}
