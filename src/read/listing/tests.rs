//! Pages that list articles.

use url::Url;

use crate::model::fetched::Verdict;
use crate::model::source::{Selectors, SourceKind};
use crate::model::when::When;
use crate::read::tests::source;
use crate::read::{Bytes, Reading, Unreadable, document};

const PAGE: &str = "<!DOCTYPE html><html lang='en'><body><h1>News</h1><ul>\
    <li class='news'><a href='/news/1?utm_source=x'><h2>First &amp; foremost</h2></a><time datetime='2026-11-21'>yesterday</time><p>About <b>one</b>.</p></li>\
    <li class='news'><a href='/news/2'><h2>Second</h2></a><span class='day'>21 November 2026</span></li>\
    <li class='news'><span>no link</span></li></ul></body></html>";

fn selectors() -> Selectors {
    Selectors {
        item: "li.news".into(),
        link: "a".into(),
        title: Some("h2".into()),
        date: Some("time, .day".into()),
        summary: Some("p".into()),
    }
}

fn read(page: &str, selectors: Selectors) -> Result<Reading, Unreadable> {
    let url = Url::parse("https://example.com/news/").unwrap();
    let source = crate::model::source::Source { kind: SourceKind::Page(selectors), ..source() };
    document(
        Bytes { body: page.as_bytes(), content_type: Some("text/html"), url: &url, hash: "aa" },
        &source,
        jiff::Timestamp::UNIX_EPOCH,
    )
}

#[test]
fn a_page_is_read_by_its_selectors() {
    let articles = read(PAGE, selectors()).unwrap().articles;
    let found: Vec<_> =
        articles.iter().map(|article| (article.url.as_deref().unwrap(), article.title.as_str(), article.text.as_str())).collect();
    assert_eq!(
        found,
        [("https://example.com/news/1", "First & foremost", "About one."), ("https://example.com/news/2", "Second", "")]
    );
    assert!(articles.iter().all(|article| article.claimed == Some(When::On("2026-11-21".parse().unwrap())) && article.has_page));
}

#[test]
fn a_selector_that_matches_nothing_is_named() {
    let cases: [(Selectors, &str); 4] = [
        (Selectors { item: "article".into(), ..selectors() }, "item \"article\""),
        (Selectors { link: "a.more".into(), ..selectors() }, "link \"a.more\" in none of 3 items"),
        (Selectors { title: Some("h3".into()), ..selectors() }, "title \"h3\" in none of 3 items"),
        (Selectors { date: Some("::nonsense(".into()), ..selectors() }, "date \"::nonsense(\", which is no CSS"),
    ];
    for (selectors, detail) in cases {
        let failure = read(PAGE, selectors).unwrap_err();
        assert_eq!((failure.verdict, failure.detail.as_deref()), (Verdict::SelectorFailed, Some(detail)));
    }
}

#[test]
fn an_item_may_be_its_own_link() {
    let page = "<a class='news' href='/1'>One</a><a class='news' href='/2'>Two</a>";
    let own = Selectors { item: "a.news".into(), link: "a".into(), title: None, date: None, summary: None };
    assert_eq!(read(page, own).unwrap().articles.len(), 2);
}

#[test]
fn items_without_a_link_are_told_where_they_are_most() {
    let page = "<div class='n'><a href='/1'>One</a></div><div class='n'>Two</div><div class='n'>Three</div>";
    let own = Selectors { item: "div.n".into(), link: "a".into(), title: None, date: None, summary: None };
    assert_eq!(read(page, own.clone()).unwrap().repaired, ["2 of 3 items had no link by \"a\""]);
    let nowhere = read("<div class='n'><a>One</a></div>", own).unwrap_err();
    assert_eq!(nowhere.detail.as_deref(), Some("link \"a\", without an address in all of 1 item"));
    assert!(read(PAGE, selectors()).unwrap().repaired.is_empty());
}

#[test]
fn relative_links_relate_to_what_the_page_says() {
    let page = "<base href='https://example.com/other/'><div class='n'><a href='1'>One</a></div>";
    let own = Selectors { item: "div.n".into(), link: "a".into(), title: None, date: None, summary: None };
    assert_eq!(read(page, own).unwrap().articles[0].url.as_deref(), Some("https://example.com/other/1"));
}

#[test]
fn an_empty_page_is_empty() {
    assert_eq!(read("  ", selectors()).unwrap_err().verdict, Verdict::Empty);
}
