//! Every trap that made other parsers lose a feed or invent one.

use super::*;

fn read_feed(body: &[u8], content_type: Option<&str>) -> (Result<Feed, Unreadable>, Vec<String>) {
    let mut repairs = Repairs::default();
    let url = Url::parse("https://example.com/feed.xml").unwrap();
    let feed = read(body, content_type, Some(&url), &mut repairs);
    (feed, repairs.into_words())
}

/// The titles of a feed's items, and what was said to be repaired.
fn check(text: &str, titles: &[&str], repaired: &[&str]) {
    let (feed, said) = read_feed(text.as_bytes(), None);
    let feed = feed.unwrap();
    let found: Vec<&str> = feed.entries.iter().map(|entry| entry.title.as_deref().unwrap_or("-")).collect();
    assert_eq!(found, titles, "{text}");
    assert_eq!(said, repaired, "{text}");
}

fn rss(items: &str) -> String {
    format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title>{items}</channel></rss>")
}

#[test]
fn rss_without_a_version_is_read() {
    let item = "<channel><item><title>a</title></item></channel>";
    check(&format!("<rss>{item}</rss>"), &["a"], &["rss without a version was read as 2.0"]);
    check(&format!("<rss version='2.0.1'>{item}</rss>"), &["a"], &["rss of an unknown version was read as 2.0"]);
}

#[test]
fn a_lone_ampersand_does_not_lose_the_feed() {
    let items = "<item><title>R&D at AT&T</title><link>https://example.com/?a=1&b=2</link></item>";
    check(&rss(items), &["R&D at AT&T"], &["a lone & was escaped"]);
    let (feed, _) = read_feed(rss(items).as_bytes(), None);
    assert_eq!(feed.unwrap().entries[0].link.as_ref().map(Url::as_str), Some("https://example.com/?a=1&b=2"));
}

#[test]
fn entities_of_html_are_resolved() {
    check(&rss("<item><title>caf&eacute;&nbsp;&ndash; no</title></item>"), &["café – no"], &["HTML entities were resolved"]);
    let declared = "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://my.netscape.com/publish/formats/rss-0.91.dtd'>";
    check(
        &format!("{declared}<rss version='0.91'><channel><item><title>caf&eacute;</title></item></channel></rss>"),
        &["café"],
        &[],
    );
}

#[test]
fn a_feed_that_is_cut_off_keeps_its_whole_items() {
    let whole = rss("<item><title>a</title></item><item><title>b</title></item>");
    for cut in [
        "<item><ti",
        "<item><title>c",
        "<item><title>c</title>",
        "<item><title><![CDATA[c",
        "<item><link>x</link><title>c</title><desc",
    ] {
        let text = whole.replace("</channel></rss>", cut);
        check(&text, &["a", "b"], &["the document is cut off; its whole items were kept"]);
    }
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[{"id":"1","title":"a"},{"id":"2","title":"b"},{"id":"3","ti"#;
    check(json, &["a", "b"], &["the document is cut off or broken; its whole items were kept"]);
}

#[test]
fn control_characters_do_not_lose_the_feed() {
    check(&rss("<item><title>a\u{0}\u{8}\u{1b}b</title></item>"), &["ab"], &["control characters were dropped"]);
    check(&rss("<item><title>a&#0;&#x1F;b</title></item>"), &["ab"], &[]);
}

#[test]
fn junk_before_the_declaration_is_dropped() {
    let feed = rss("<item><title>a</title></item>");
    check(&format!("\n\n  {feed}"), &["a"], &["blanks before the XML declaration were dropped"]);
    check(&format!("<br />\n<b>Warning</b>: fault in <b>x.php</b><br />{feed}"), &["a"], &["text before the feed was dropped"]);
    check(&format!("\u{FEFF}{feed}"), &["a"], &[]);
}

#[test]
fn numbers_for_ids_are_read_as_text() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[{"id":2,"title":"a"}]}"#;
    check(json, &["a"], &["numbers for ids were read as text"]);
    assert_eq!(read_feed(json.as_bytes(), None).0.unwrap().entries[0].guid.as_deref(), Some("2"));
}

#[test]
fn utf_16_is_read_whichever_end_comes_first() {
    let text = rss("<item><title>银行</title></item>");
    let big: Vec<u8> = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    assert_eq!(read_feed(&big, None).0.unwrap().entries[0].title.as_deref(), Some("银行"));
}

#[test]
fn a_page_in_a_feeds_place_tells_its_feed() {
    let page =
        "<!DOCTYPE html><html><head><link rel='alternate' type='application/rss+xml' href='/news.xml?a=1&amp;b=2'></head></html>";
    let failure = read_feed(page.as_bytes(), Some("application/rss+xml")).0.unwrap_err();
    assert_eq!(failure, Unreadable { verdict: Verdict::Html, detail: Some("https://example.com/news.xml?a=1&b=2".to_string()) });
}

#[test]
fn what_is_no_feed_is_refused_with_a_reason() {
    for (text, verdict) in [
        ("", Verdict::Empty),
        (" \n ", Verdict::Empty),
        ("Not found", Verdict::NotAFeed),
        ("<opml version='2.0'/>", Verdict::NotAFeed),
        ("{\"error\": 404}", Verdict::NotAFeed),
        ("[1, 2]", Verdict::NotAFeed),
        ("{", Verdict::NotAFeed),
        ("<html><body>Sign in</body></html>", Verdict::Html),
    ] {
        assert_eq!(read_feed(text.as_bytes(), None).0.unwrap_err().verdict, verdict, "{text}");
    }
}

#[test]
fn items_that_were_not_closed_are_told_apart() {
    check(&rss("<item><title>a</title><item><title>b</title></item>"), &["a", "b"], &["an item that was not closed was closed"]);
    check(
        &rss("<item><description><p>one<br>two</description><title>a</title></item>"),
        &["a"],
        &["elements that were not closed were closed"],
    );
    check(
        &rss("<item><title>1 < 2</title></p></item>"),
        &["1 < 2"],
        &["a lone < was escaped", "end tags without a start were dropped"],
    );
    check(&rss("<item><dc:title>a</dc:title></item>"), &["a"], &["the prefix \"dc\" was not declared"]);
}
