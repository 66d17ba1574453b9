//! Lines that stand in an article's text and do not belong to it: its own title, credits, invitations, lists of other articles.

use crate::read::{article, plain};

use super::meta::Page;

/// Longer lines are sentences of the article, whatever they begin with. In letters, a Han character for three.
const LONGEST_NOTICE: usize = 160;

/// The last part of a text in which a heading can begin what is no longer the article, in parts of a hundred.
const TAIL: usize = 20;

/// Headings after which an article is over: the whole line, lower case, without signs at its end; set apart by bars.
const OVER: &str = "related|related articles|related stories|related posts|related content|related news|related topics|related links|\
related reading|related coverage|read next|read more|read also|more stories|more news|you may also like|\
you might also like|you may like|recommended|recommended reading|recommended for you|recommended stories|most read|\
most popular|popular posts|trending|trending now|latest news|latest stories|about the author|about the authors|share|\
share this|share this article|share this post|share this story|tags|topics|newsletter|sign up|subscribe|subscribe now|\
comments|leave a comment|leave a reply|further reading|see also|follow us|contact us|up next|what to read next|\
editor's picks|editors' picks|sponsored|more on this story|mehr zum thema|das könnte sie auch interessieren|\
weitere artikel|lesen sie auch|kommentare|à lire aussi|lire aussi|sur le même sujet|articles liés|commentaires|\
te puede interesar|noticias relacionadas|más noticias|lee también|comentarios|leggi anche|articoli correlati|\
potrebbe interessarti|相关阅读|相关新闻|相关文章|延伸阅读|推荐阅读|热门文章|相關新聞|相關文章|延伸閱讀|推薦閱讀|熱門文章|看更多|関連記事|あわせて読みたい|おすすめ記事|관련기사|관련 기사|\
많이 본 뉴스";

/// Beginnings of short lines that are notices wherever they stand, lower case, set apart by bars.
const NOTICES: &str = "related:|related story:|related stories:|related article:|related articles:|read more:|read also:|read next:|also read:|\
see also:|more:|watch:|don't miss:|don’t miss:|advertisement|sign up for|sign up to|sign up here|subscribe to|\
subscribe now|subscribe here|click here to|follow us on|share this|share on|photo:|photo credit|photo by|image:|\
image credit|image source|picture:|credit:|getty images|last updated|last modified|last reviewed|updated on|updated:|\
published on|published:|posted on|posted in|filed under|copyright ©|© |all rights reserved|download the app|\
download our app|join our newsletter|we may earn|this post may contain affiliate|this article may contain affiliate|\
lesen sie auch:|lesen sie mehr:|mehr dazu:|anzeige|à lire aussi|lire aussi|publicité|lee también|le puede interesar|\
publicidad|leggi anche|pubblicità|相关阅读：|延伸阅读：|延伸閱讀：|責任編輯|责任编辑|（责任编辑|広告|廣告|广告|関連記事：|저작권자|무단전재|[ad|[cta";

/// Which lines of an article remain, by their place among all, without what does not belong to it.
pub(super) fn trim(lines: &[&str], page: &Page) -> Vec<usize> {
    let title = page.title.as_deref().map(letters).filter(|title| !title.is_empty());
    let belongs = |at: usize| {
        let line = lines[at];
        let is_title = at < 3 && title.as_deref() == Some(letters(line).as_str());
        !(is_title || is_notice(line) || at < 4 && is_byline(line, page))
    };
    let kept: Vec<usize> = (0..lines.len()).filter(|at| belongs(*at)).collect();
    let end = end(&kept.iter().map(|at| lines[*at]).collect::<Vec<_>>());
    kept[..end].to_vec()
}

/// Where the article is over: at the first heading in its last part that begins something else.
fn end(blocks: &[&str]) -> usize {
    let weights: Vec<usize> = blocks.iter().map(|block| article::weight(block)).collect();
    let most = weights.iter().sum::<usize>() * TAIL / 100;
    let (mut end, mut tail) = (blocks.len(), 0);
    for at in (1..blocks.len()).rev() {
        tail += weights[at];
        if tail > most {
            break;
        }
        if is_over(blocks[at]) {
            end = at;
        }
    }
    end
}

/// Whether a line begins what is no longer the article.
pub(super) fn is_over(block: &str) -> bool {
    let line = block.trim().trim_end_matches([':', '：', '.', '!', '…', '»', '>', '→']).trim().to_lowercase();
    OVER.split('|').any(|heading| heading == line.replace('’', "'"))
        || line.starts_with("more from ")
        || line.starts_with("more on ") && line.len() < 40
}

/// Whether links to other articles may follow a line.
pub(super) fn announces(line: &str) -> bool {
    is_over(line) || is_notice(line)
}

fn is_notice(block: &str) -> bool {
    let line = block.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '[' | '（')).to_lowercase();
    article::weight(&line) <= LONGEST_NOTICE && NOTICES.split('|').any(|start| line.starts_with(start))
}

/// The author's name or the day, alone on a line at the beginning.
fn is_byline(block: &str, page: &Page) -> bool {
    let line = block.trim();
    if article::weight(line) > LONGEST_NOTICE / 2 {
        return false;
    }
    let bare = letters(line.strip_prefix("By ").or_else(|| line.strip_prefix("by ")).unwrap_or(line));
    let is_name = page.authors.iter().any(|author| letters(author) == bare);
    let is_date = page.published_raw.as_deref().is_some_and(|raw| letters(raw) == bare);
    is_name || is_date || crate::read::date::parse(line, crate::read::date::Hint::default()).is_some()
}

/// Letters and digits alone, lower case.
fn letters(text: &str) -> String {
    plain::line(text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let page =
            Page { title: Some("A bank’s ban".to_string()), authors: vec!["Ann Example".to_string()], ..Page::default() };
        let lines: Vec<&str> = text.split("\n\n").collect();
        let kept: Vec<&str> = trim(&lines, &page).into_iter().map(|at| lines[at]).collect();
        assert_eq!(kept.join("\n\n"), expected);
    }

    const BODY: &str = "A paragraph of the article that is long enough to be most of it, as the paragraphs of articles are in general, and that ends here.";

    #[test]
    fn title_byline_and_date_are_no_text() {
        check(&format!("A bank's ban\n\nBy Ann Example\n\n21 November 2026\n\n{BODY}"), BODY);
    }

    #[test]
    fn notices_go_wherever_they_stand() {
        check(
            &format!("{BODY}\n\nAdvertisement\n\n{BODY}\n\nRelated: another story\n\n延伸閱讀：另一篇"),
            &format!("{BODY}\n\n{BODY}"),
        );
    }

    #[test]
    fn lists_of_other_articles_end_the_text() {
        check(&format!("{BODY}\n\n{BODY}\n\nRead next\n\nAnother bank\n\nA third"), &format!("{BODY}\n\n{BODY}"));
        check(&format!("Related\n\n{BODY}"), &format!("Related\n\n{BODY}"));
    }
}
