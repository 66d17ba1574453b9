//! What a page says of itself: title, authors, language, outlet, canonical address.

use jiff::civil::Date;
use scraper::{ElementRef, Html, Selector};
use url::Url;

use crate::read::{address, plain};

use super::dates::{self, Published};
use super::linked::Linked;
use super::{byline, names};

/// A heading that shares so many words of a hundred with a stated title is that title.
const TOLD: usize = 40;

/// A page's own statements.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) published: Option<Published>,
    /// The words that state it.
    pub(super) published_raw: Option<String>,
    pub(super) language: Option<String>,
    pub(super) site: Option<String>,
    /// As stated; whether it counts is the caller's question.
    pub(super) canonical: Option<Url>,
    /// The text that the publisher gives beside the page.
    pub(super) body: Option<String>,
}

impl Page {
    /// From a page as it came, and without its scripts. No date after `latest` can be right.
    pub(super) fn of(whole: &str, lean: &str, url: Option<&Url>, latest: Option<Date>) -> Self {
        let html = Html::parse_document(lean);
        let linked = Linked::of(&html, url);
        let head = Head { html: &html };
        let site = head.meta(&["og:site_name", "application-name", "al:android:app_name"]).or_else(|| linked.publisher.clone());
        let own = html.root_element().attr("lang").map(str::to_string).filter(|lang| !lang.trim().is_empty());
        let language = own
            .or_else(|| head.meta(&["og:locale", "content-language", "language", "dc.language"]))
            .or_else(|| linked.language.clone());
        let title = title(&head, &linked, site.as_deref(), url);
        let lines = head.lines();
        let place = dates::Place { head: &head, linked: &linked, url, whole, lines: &lines, title: title.as_deref(), latest };
        let (published, published_raw) = dates::published(&place).unzip();
        let shown = byline::by_title(&lines, title.as_deref());
        Self {
            title,
            authors: names::authors(&head, &linked, site.as_deref(), shown),
            published,
            published_raw,
            language,
            canonical: canonical(&head, url),
            site,
            body: linked.body,
        }
    }
}

/// The address by which a page wants to be known.
fn canonical(head: &Head<'_>, url: Option<&Url>) -> Option<Url> {
    let link = head.attribute("link[rel~='canonical' i]", "href");
    let stated = link.or_else(|| head.meta(&["og:url"])).and_then(|href| address::resolve(&href, url))?;
    // Templates give the site's home for every page.
    let is_home = |url: &Url| url.path() == "/" && url.query().is_none();
    (!is_home(&stated) || url.is_none_or(is_home)).then_some(stated)
}

/// Asks a page by names and selectors.
pub(super) struct Head<'a> {
    pub(super) html: &'a Html,
}

impl<'a> Head<'a> {
    /// The content of the first of these `<meta>`s that has one.
    pub(super) fn meta(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.metas(name).into_iter().next())
    }

    /// The contents of all `<meta>`s of a name.
    pub(super) fn metas(&self, name: &str) -> Vec<String> {
        let selector =
            format!("meta[property='{name}' i], meta[name='{name}' i], meta[itemprop='{name}' i], meta[http-equiv='{name}' i]");
        let contents = self.all(&selector).filter_map(|element| element.attr("content")).map(plain::line);
        contents.filter(|text| !text.is_empty()).collect()
    }

    /// All elements of a selector that is written in the program.
    pub(super) fn all(&self, selector: &str) -> impl Iterator<Item = ElementRef<'a>> + use<'a> {
        let html = self.html;
        let parsed = Selector::parse(selector).ok();
        let found: Vec<ElementRef<'a>> = parsed.map(|selector| html.select(&selector).collect()).unwrap_or_default();
        found.into_iter()
    }

    /// The lines of the page's text that hold something, in order.
    pub(super) fn lines(&self) -> Vec<String> {
        let text = self.all("body").next().map(|body| plain::text(&body.inner_html())).unwrap_or_default();
        text.lines().filter(|line| !line.is_empty()).map(str::to_string).collect()
    }

    /// An attribute of the first element that has it.
    pub(super) fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        self.all(selector)
            .find_map(|element| element.attr(name))
            .map(|value| value.trim().to_string())
            .filter(|value| !value.is_empty())
    }
}

/// The plain text of an element, on one line.
pub(super) fn line_of(element: ElementRef<'_>) -> String {
    plain::line(&element.inner_html())
}

/// The heading that tells most of the page's own title; the title itself, without the outlet's name, where no heading does.
fn title(head: &Head<'_>, linked: &Linked, site: Option<&str>, url: Option<&Url>) -> Option<String> {
    let window = head.all("head title").chain(head.all("title")).map(line_of).find(|title| !title.is_empty());
    let stated = head.meta(&["og:title", "twitter:title", "dc.title", "headline"]);
    let known: Vec<&str> = [stated.as_deref(), linked.headline.as_deref(), window.as_deref()].into_iter().flatten().collect();
    let is_site = |text: &str| site.is_some_and(|site| same(site, text));
    let is_outlet =
        |text: &str| is_site(text) || window.as_deref().zip(stated.as_deref()).is_some_and(|known| is_part(text, known));
    let headings = head.all("h1").filter(|heading| !leads_home(*heading, url)).map(line_of);
    let headings: Vec<String> = headings.filter(|text| !text.is_empty() && !is_outlet(text)).collect();
    let told = |heading: &str| known.iter().map(|title| shared(heading, title)).max().unwrap_or(0);
    let words = |heading: &str| known.iter().map(|title| common(&pieces(heading), &pieces(title))).max().unwrap_or(0);
    let best = headings.iter().rev().max_by_key(|heading| (told(heading) >= TOLD, words(heading)));
    // A single heading is the title even where the page calls itself otherwise for search engines.
    let single = headings.len() == 1 && headings[0].chars().count() >= 4;
    if let Some(heading) = best.filter(|heading| told(heading) >= TOLD || single && told(heading) >= 10 || known.is_empty()) {
        let bare = stated.as_deref().map(|stated| without_site(stated, site, url));
        return bare.filter(|bare| is_behind_kicker(heading, bare)).or_else(|| Some(heading.clone()));
    }
    let headline =
        linked.headline.as_deref().filter(|headline| stated.as_deref().is_none_or(|stated| shared(headline, stated) >= 60));
    headline.map(str::to_string).or_else(|| known.first().map(|title| without_site(title, site, url)))
}

/// Whether a heading is the outlet's name: the part of the window's title that the stated title leaves out.
fn is_part(heading: &str, (window, stated): (&str, &str)) -> bool {
    let (heading, window, stated) = (pieces(heading), pieces(window), pieces(stated));
    let together = heading.len() + stated.len() == window.len() && !heading.is_empty();
    together
        && (window.starts_with(&heading) && window.ends_with(&stated)
            || window.starts_with(&stated) && window.ends_with(&heading))
}

/// Whether a heading is the title behind a word or two of its own: "News: Bank bans it".
fn is_behind_kicker(heading: &str, title: &str) -> bool {
    const LONGEST_KICKER: usize = 2;
    let (heading, title) = (pieces(heading), pieces(title));
    let more = heading.len().saturating_sub(title.len());
    title.len() > 2 * LONGEST_KICKER && (1..=LONGEST_KICKER).contains(&more) && heading.ends_with(&title)
}

/// Whether a heading is a link to the site's own home.
fn leads_home(heading: ElementRef<'_>, url: Option<&Url>) -> bool {
    let Some(url) = url.filter(|url| url.path() != "/") else { return false };
    let link = heading.descendants().filter_map(ElementRef::wrap).find_map(|element| element.attr("href"));
    let home = link.and_then(|href| address::resolve(href, Some(url)));
    home.is_some_and(|home| home.path() == "/" && home.query().is_none() && address::same_site(&home, url))
}

/// How many words of a hundred two titles share, seen from the shorter; none where it is but a word of the other.
fn shared(one: &str, other: &str) -> usize {
    const MUCH_SHORTER: usize = 5;
    let (one, other) = (pieces(one), pieces(other));
    if one.len().min(other.len()) * MUCH_SHORTER < one.len().max(other.len()) {
        return 0;
    }
    common(&one, &other) * 100 / one.len().min(other.len()).max(1)
}

fn common(one: &[String], other: &[String]) -> usize {
    one.iter().filter(|word| other.contains(word)).count()
}

/// Words, or single characters where a script knows no spaces, in lower case.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut word = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() && c < '\u{2E80}' {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            pieces.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            pieces.push(c.to_string());
        }
    }
    if !word.is_empty() {
        pieces.push(word);
    }
    pieces
}

fn same(one: &str, other: &str) -> bool {
    pieces(one) == pieces(other)
}

/// A title without ` | Outlet` at its end or start.
fn without_site(title: &str, site: Option<&str>, url: Option<&Url>) -> String {
    const BETWEEN: [&str; 9] = [" | ", " - ", " – ", " — ", " » ", " • ", " :: ", " · ", "_"];
    let host = url.and_then(Url::host_str).unwrap_or("").replace(['.', '-'], "");
    let is_site = |part: &str| {
        let letters: String = pieces(part).concat();
        site.is_some_and(|site| same(site, part)) || letters.len() >= 3 && host.contains(&letters)
    };
    for between in BETWEEN {
        if let Some((before, after)) = title.rsplit_once(between)
            && !before.trim().is_empty()
            && (is_site(after) || pieces(after).len() <= 4 && pieces(before).len() >= 2 * pieces(after).len())
        {
            return without_site(before.trim(), site, url);
        }
        if let Some((before, after)) = title.split_once(between)
            && is_site(before)
            && !after.trim().is_empty()
        {
            return after.trim().to_string();
        }
    }
    title.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://www.example.com/news/a";

    fn page(head: &str, body: &str) -> Page {
        let whole = format!("<html><head>{head}</head><body>{body}</body></html>");
        Page::of(&whole, &whole, Url::parse(URL).ok().as_ref(), None)
    }

    fn check(head: &str, body: &str, title: &str) {
        assert_eq!(page(head, body).title.as_deref().unwrap_or(""), title, "{head} {body}");
    }

    #[test]
    fn the_heading_that_tells_of_the_pages_title_is_its_title() {
        let head = "<title>Bank bans the new assistant | Example News</title>";
        check(head, "<h1>Bank bans the new assistant</h1>", "Bank bans the new assistant");
        check(
            head,
            "<h1>Example News</h1><h1>Bank bans the new assistant, staff say</h1>",
            "Bank bans the new assistant, staff say",
        );
        check(head, "", "Bank bans the new assistant");
        check("", "<h1>Bank bans it</h1>", "Bank bans it");
        check("", "", "");
    }

    #[test]
    fn the_name_of_the_outlet_is_no_title() {
        let head = "<title>Ann's Diary of Banks: Bank bans the new assistant</title><meta property='og:title' content='Bank bans the new assistant'>";
        check(head, "<h1>Ann's Diary of Banks</h1>", "Bank bans the new assistant");
        let window = "<title>Bank bans the new assistant on The Bank Diary</title>";
        check(window, "<h1><a href='/'>The Bank Diary</a></h1>", "Bank bans the new assistant on The Bank Diary");
        let site = "<meta property='og:site_name' content='Example News'><meta property='og:title' content='Bank bans it - Example News'>";
        check(site, "", "Bank bans it");
    }

    #[test]
    fn a_single_word_of_the_title_is_not_the_title() {
        let head = "<title>Your guide to the rules that banks have for assistants and planning</title>";
        check(
            head,
            "<h1>First Steps</h1><h1>Planning</h1>",
            "Your guide to the rules that banks have for assistants and planning",
        );
    }

    #[test]
    fn a_kicker_is_left_out_where_the_page_leaves_it_out() {
        let head = "<meta property='og:title' content='Bank bans the new assistant | Example News'><meta property='og:site_name' content='Example News'>";
        check(head, "<h1><b>News:</b> Bank bans the new assistant</h1>", "Bank bans the new assistant");
    }

    #[test]
    fn the_address_is_that_of_the_canonical_link_else_of_the_card() {
        let canonical = |head: &str| page(head, "").canonical.map(String::from).unwrap_or_default();
        let card = "<meta property='og:url' content='https://example.com/card'>";
        assert_eq!(canonical(&format!("{card}<link rel='canonical' href='/b'>")), "https://www.example.com/b");
        assert_eq!(canonical(card), "https://example.com/card");
        assert_eq!(canonical("<link rel='canonical' href='javascript:x'>"), "");
        assert_eq!(canonical("<link rel='canonical' href='https://www.example.com/'>"), "");
        assert_eq!(canonical(""), "");
    }

    #[test]
    fn a_reader_who_comments_is_no_author() {
        let comment = "<div class='comments'><span class='comment-author-name'>Ben Reader</span></div>";
        assert!(page("", comment).authors.is_empty());
        assert_eq!(page("<meta name='author' content='bankdiary'>", comment).authors, ["bankdiary"]);
        assert_eq!(page("", &format!("{comment}<span class='author-name'>Ann Example</span>")).authors, ["Ann Example"]);
        assert_eq!(page("", &format!("<h1>Bank bans it</h1><p>Von Anna Beispiel</p>{comment}")).authors, ["Anna Beispiel"]);
    }
}
