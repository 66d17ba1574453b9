//! Pages of articles.

use jiff::Timestamp;
use url::Url;

use crate::model::article::{Article, ArticleKind};
use crate::model::fetched::Verdict;
use crate::model::source::Source;
use crate::model::when::When;
use crate::read::tests::source;
use crate::read::{Bytes, Unreadable, document, extract, page};

const PARAGRAPH: &str = "The bank told its staff on Friday that they may no longer use the assistant at work, \
    two people who know of the matter said, because its maker does not offer it in the city.";

fn brief() -> Article {
    let feed = "<rss version='2.0'><channel><item><title>Bank bans it</title><link>https://www.example.com/a</link><description>Short.</description></item></channel></rss>";
    let source = source();
    let now: Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
    document(Bytes { body: feed.as_bytes(), content_type: None, url: &source.url, hash: "aa" }, &source, now)
        .unwrap()
        .articles
        .remove(0)
}

fn article_page() -> String {
    let body: String = (1..8).map(|n| format!("<p>{n}. {PARAGRAPH}</p>")).collect();
    format!(
        "<!DOCTYPE html><html lang='en'><head><title>Bank bans it - Example News</title><meta name='author' content='Ann Example'>\
        <meta property='article:published_time' content='2026-11-21T10:00:00+08:00'><link rel='canonical' href='https://example.com/news/a?utm_source=x'></head>\
        <body><nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li></ul></nav><article><h1>Bank bans it</h1>{body}\
        <script>track()</script></article><footer>All rights reserved</footer></body></html>"
    )
}

fn read(body: &[u8], url: &str, source: &Source) -> Result<Article, Unreadable> {
    let url = Url::parse(url).unwrap();
    page(&brief(), Bytes { body, content_type: Some("text/html"), url: &url, hash: "bb" }, source)
}

#[test]
fn a_page_completes_its_article() {
    let article = read(article_page().as_bytes(), "https://www.example.com/a", &source()).unwrap();
    assert_eq!(article.id, brief().id);
    assert_eq!((article.kind, article.version, article.document.as_str(), article.has_page), (ArticleKind::Full, 1, "bb", false));
    assert!(article.text.contains("7. The bank told") && !article.text.contains("track()") && !article.text.contains("World"));
    assert_eq!(article.authors, ["Ann Example"]);
    assert_eq!(article.claimed, Some(When::At("2026-11-21T02:00:00Z".parse().unwrap())));
    assert_eq!(article.url.as_deref(), Some("https://example.com/news/a"));
}

#[test]
fn a_page_of_another_site_changes_nothing() {
    assert_eq!(read(article_page().as_bytes(), "https://elsewhere.example/a", &source()).unwrap(), brief());
    let foreign = article_page().replace("https://example.com/news/a", "https://elsewhere.example/a");
    assert_eq!(read(foreign.as_bytes(), "https://www.example.com/a", &source()).unwrap().url, brief().url);
}

#[test]
fn variants_of_a_page_are_joined_where_the_page_says_so() {
    let known = |url: &str| Article { url: Some(url.to_string()), ..brief() };
    let read = |url: &str, html: &str| {
        let served = Url::parse(url).unwrap();
        page(&known(url), Bytes { body: html.as_bytes(), content_type: None, url: &served, hash: "bb" }, &source()).unwrap()
    };
    let html =
        article_page().replace("https://example.com/news/a?utm_source=x", "https://www.example.com:443/news/a?utm_source=x#top");
    for variant in [
        "https://m.example.com/news/a",
        "https://amp.example.com/a",
        "https://www.example.com/amp/a",
        "https://example.com/a?amp=1",
    ] {
        let article = read(variant, &html);
        assert_eq!(article.url.as_deref(), Some("https://www.example.com/news/a"), "{variant}");
        assert_eq!(article.id, brief().id, "{variant}");
    }
    let silent = html.replace("rel='canonical'", "rel='alternate'");
    assert_eq!(read("https://m.example.com/news/a", &silent).url.as_deref(), Some("https://m.example.com/news/a"));
    let card = silent.replace("<head>", "<head><meta property='og:url' content='https://www.example.com/card'>");
    assert_eq!(read("https://m.example.com/news/a", &card).url.as_deref(), Some("https://www.example.com/card"));
    let foreign = silent.replace("<head>", "<head><meta property='og:url' content='https://elsewhere.example/card'>");
    assert_eq!(read("https://m.example.com/news/a", &foreign).url.as_deref(), Some("https://m.example.com/news/a"));
}

#[test]
fn a_date_after_the_article_was_seen_gives_way_to_another() {
    let future = article_page().replace("2026-11-21T10:00:00+08:00", "2027-11-21T10:00:00+08:00");
    let read_page = |html: &str| read(html.as_bytes(), "https://www.example.com/a", &source()).unwrap();
    let dated = future.replace("<h1>Bank bans it</h1>", "<h1>Bank bans it</h1><p>Published 20 November 2026</p>");
    assert_eq!(read_page(&dated).claimed, Some(When::On("2026-11-20".parse().unwrap())));
    let alone = read_page(&future);
    assert!(alone.claims_future());
    assert_eq!(alone.claimed_raw.as_deref(), Some("2027-11-21T10:00:00+08:00"));
    assert_eq!(alone.published(), When::At(alone.first_seen));
}

#[test]
fn an_editors_selector_overrides_everything() {
    let chosen = Source { text_selector: Some("footer".to_string()), ..source() };
    assert_eq!(read(article_page().as_bytes(), "https://www.example.com/a", &chosen).unwrap().text, "All rights reserved");
    let stale = Source { text_selector: Some(".gone".to_string()), ..source() };
    let failure = read(article_page().as_bytes(), "https://www.example.com/a", &stale).unwrap_err();
    assert_eq!((failure.verdict, failure.detail.as_deref()), (Verdict::SelectorFailed, Some("text_selector \".gone\"")));
}

#[test]
fn an_empty_page_is_said_to_be_empty() {
    assert_eq!(read(b" ", "https://www.example.com/a", &source()).unwrap_err().verdict, Verdict::Empty);
}

#[test]
fn a_page_in_big5_is_read() {
    let text = "銀行週五通知員工，即日起不得在工作中使用該人工智能模型，兩名知情人士說，因為開發商並未在該市提供服務。";
    let body: String = (0..8).map(|_| format!("<p>{text}</p>")).collect();
    let html =
        format!("<html><head><meta charset='big5'><title>銀行禁用</title></head><body><article>{body}</article></body></html>");
    let article = read(&encoding_rs::BIG5.encode(&html).0, "https://www.example.com/a", &source()).unwrap();
    assert!(article.text.contains(text));
    assert_eq!(article.lang, "zh-Hant");
}

#[test]
fn what_is_no_page_is_said_to_hold_no_html() {
    let compressed: Vec<u8> = (0..20_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let hidden = [compressed.as_slice(), b"<p>word</p>"].concat();
    for body in [br#"{"a": 1}"#.as_slice(), b"Mere words, 1 < 2.", &compressed, &hidden] {
        let failure = extract(body, None).unwrap_err();
        assert_eq!((failure.verdict, failure.detail.as_deref()), (Verdict::Empty, Some("no HTML in it")));
    }
    assert!(extract(b"<p>A page, if a short one.</p>", None).is_ok());
}

#[test]
fn pages_made_to_break_readers_are_answered() {
    let nested =
        ["<div>", "<b>", "<a href=x>", "<table><tr><td>", "<ul><li>", "<font><p>"].map(|tag| tag.repeat(20_000) + "word");
    for page in nested.iter().chain(&["<br>".repeat(20_000), "<p>".to_string() + &"\0".repeat(1_000) + "word"]) {
        assert!(extract(page.as_bytes(), None).is_ok(), "{}", &page[..20]);
    }
    let wide: Vec<u8> = format!("\u{FEFF}{}", article_page()).encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(extract(&wide, None).unwrap().text.unwrap().contains("7. The bank told"));
}
