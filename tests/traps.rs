//! The traps in which feed parsers are caught, each with a test that names it: a feed lost, an item invented, an id that
//! changes, a word in the wrong charset.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking anywhere")]

use encoding_rs::{Encoding, GBK, WINDOWS_1252};
use serde_json::{Value, json};
use termwall::model::fetched::Verdict;
use termwall::read::parse;
use url::Url;

fn read(body: &[u8], content_type: Option<&str>) -> Value {
    let url = Url::parse("https://served.example/feeds/all.xml").unwrap();
    serde_json::to_value(parse(body, Some(&url), content_type).unwrap()).unwrap()
}

fn rss(items: &str) -> String {
    format!("<rss version=\"2.0\"><channel><title>t</title>{items}</channel></rss>")
}

fn titles(feed: &Value) -> Vec<&str> {
    feed["entries"].as_array().unwrap().iter().map(|entry| entry["title"].as_str().unwrap_or("-")).collect()
}

/// The first item of a feed in RSS.
fn item(markup: &str) -> Value {
    read(rss(&format!("<item>{markup}</item>")).as_bytes(), None)["entries"][0].clone()
}

/// The ids of the items, which have to be the same at every look.
fn ids(items: &str) -> Vec<String> {
    let look = || {
        let feed = read(rss(items).as_bytes(), None);
        let ids = feed["entries"].as_array().unwrap().iter().map(|entry| entry["id"].as_str().unwrap().to_string());
        ids.collect::<Vec<_>>()
    };
    assert_eq!(look(), look());
    look()
}

#[test]
fn rss_without_a_version_or_with_an_odd_one_is_read() {
    for version in ["", " version=''", " version='2.0.1'", " version='2.0.11'", " version='two'"] {
        let feed = read(format!("<rss{version}><channel><item><title>a</title></item></channel></rss>").as_bytes(), None);
        assert_eq!(titles(&feed), ["a"], "{version}");
        assert!(feed["repaired"][0].as_str().unwrap().contains("read as 2.0"), "{version}");
    }
}

#[test]
fn a_lone_ampersand_in_a_link_costs_nothing_and_is_said() {
    let feed = read(rss("<item><link>https://example.com/?a=1&b=2</link></item><item/>").as_bytes(), None);
    assert_eq!(feed["entries"][0]["link"], "https://example.com/?a=1&b=2");
    assert_eq!(feed["entries"].as_array().unwrap().len(), 2);
    assert_eq!(feed["repaired"], json!(["a lone & was escaped"]));
}

#[test]
fn a_feed_cut_off_at_any_byte_keeps_its_whole_items() {
    let items: String =
        (0..4).map(|n| format!("<item><title>titre {n} é</title><link>https://example.com/{n}</link></item>")).collect();
    let whole = rss(&items);
    let first = whole.find("<item>").unwrap();
    for cut in first..whole.len() {
        let body = &whole.as_bytes()[..cut];
        let feed = read(body, None);
        let kept = String::from_utf8_lossy(body).matches("</item>").count();
        assert_eq!(titles(&feed).len(), kept, "cut at {cut}");
    }
}

#[test]
fn an_item_without_guid_link_and_title_has_a_lasting_id() {
    let found = ids("<item><description>one</description></item><item><description>two</description></item>");
    assert_ne!(found[0], found[1]);
}

#[test]
fn a_link_with_a_token_of_the_day_gives_the_same_id_as_yesterday() {
    let of = |token: &str| ids(&format!("<item><title>a</title><link>https://example.com/a?utm_campaign={token}</link></item>"));
    assert_eq!(of("monday"), of("tuesday"));
}

#[test]
fn two_items_with_one_guid_stay_two() {
    let found = ids("<item><guid isPermaLink='false'>1</guid><title>a</title><link>https://example.com/a</link></item>\
         <item><guid isPermaLink='false'>1</guid><title>b</title><link>https://example.com/b</link></item>\
         <item><guid isPermaLink='false'>1</guid><title>c</title></item><item><guid isPermaLink='false'>1</guid><title>d</title></item>");
    let mut distinct = found.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), found.len());
}

#[test]
fn numbers_for_the_ids_of_a_json_feed_are_read() {
    let feed = read(
        br#"{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[{"id":2,"title":"a"},{"id":3.5,"title":"b"}]}"#,
        None,
    );
    assert_eq!(titles(&feed), ["a", "b"]);
    assert_eq!(feed["entries"][0]["guid"], "2");
}

#[test]
fn dates_that_break_the_rules_are_read() {
    for (stated, published) in [
        ("2026-11-21 10:00:00", "2026-11-21T10:00:00"),
        ("21/11/2026", "2026-11-21"),
        ("Sa, 21 Nov 2026 10:00:00 +0100", "2026-11-21T10:00:00+01:00"),
        ("21 nov. 2026", "2026-11-21"),
        ("Sat, 21 Nov 2026 10:00:00 CET", "2026-11-21T10:00:00+01:00"),
        ("Sat, 21 Nov 2026 10:00:00 JST", "2026-11-21T10:00:00+09:00"),
        ("Sat, 21 Nov 2026 10:00:00 EST", "2026-11-21T10:00:00-05:00"),
        ("2026年11月21日", "2026-11-21"),
        ("2026-11-21T10:00:00", "2026-11-21T10:00:00"),
        ("2026-11-21T10:00:00+0800", "2026-11-21T10:00:00+08:00"),
        ("Saturday, November 21, 2026", "2026-11-21"),
    ] {
        assert_eq!(item(&format!("<pubDate>{stated}</pubDate>"))["published"], published, "{stated}");
    }
}

#[test]
fn a_date_of_publication_is_no_date_of_change() {
    let found = item("<pubDate>Sat, 21 Nov 2026 10:00:00 GMT</pubDate>");
    assert_eq!((&found["published"], &found["updated"]), (&json!("2026-11-21T10:00:00Z"), &Value::Null));
}

#[test]
fn relative_addresses_in_bodies_are_made_absolute() {
    let body = "&lt;a href='/a'&gt;a&lt;/a&gt;&lt;img src='b.png'&gt;";
    let absolute = "<a href=\"https://served.example/a\">a</a><img src=\"https://served.example/feeds/b.png\">";
    assert_eq!(item(&format!("<description>{body}</description>"))["summary_html"], absolute);
    let feed =
        read(br#"{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","content_html":"<a href='/a'>a</a>"}]}"#, None);
    assert_eq!(feed["entries"][0]["content_html"], "<a href=\"https://served.example/a\">a</a>");
}

#[test]
fn titles_that_were_escaped_twice_are_plain() {
    for title in [
        "<![CDATA[<b>Bank</b> says]]>",
        "&lt;b&gt;Bank&lt;/b&gt; says",
        "&amp;lt;b&amp;gt;Bank&amp;lt;/b&amp;gt; says",
        "<b>Bank</b> says",
    ] {
        assert_eq!(item(&format!("<title>{title}</title>"))["title"], "Bank says", "{title}");
    }
    assert_eq!(item("<title>AT&amp;amp;T</title>")["title"], "AT&T");
}

#[test]
fn nothing_that_runs_comes_through_in_any_field() {
    let evil = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src='https://example.com/i.png' onerror='alert(1)'&gt;safe";
    let feed = read(rss(&format!("<item><title>{evil}</title><author>{evil}</author><category>{evil}</category><description>{evil}</description></item>")).as_bytes(), None);
    let text = feed["entries"].to_string();
    assert!(!text.contains("alert") && !text.contains("script"), "{text}");
    assert_eq!(feed["entries"][0]["title"], "safe");
}

/// A feed in a charset, declared as another.
fn declared(encoding: &'static Encoding, label: Option<&str>, title: &str) -> Vec<u8> {
    let declaration = label.map_or(String::new(), |label| format!("<?xml version=\"1.0\" encoding=\"{label}\"?>"));
    encoding.encode(&format!("{declaration}{}", rss(&format!("<item><title>{title}</title></item>")))).0.into_owned()
}

#[test]
fn a_charset_that_is_declared_falsely_or_not_at_all_is_seen_through() {
    let title = "摩根大通限制香港员工使用人工智能模型";
    let utf_8 = declared(encoding_rs::UTF_8, Some("gbk"), title);
    assert_eq!(titles(&read(&utf_8, None)), [title]);
    assert_eq!(titles(&read(&declared(GBK, None, title), None)), [title]);
    assert_eq!(titles(&read(&declared(GBK, Some("utf-8"), title), None)), [title]);
    assert_eq!(titles(&read(&declared(GBK, Some("utf-8"), title), Some("text/xml; charset=gb2312"))), [title]);
}

#[test]
fn curly_quotes_of_windows_1252_survive() {
    let title = "“Bank’s” café – 5 €";
    for label in ["iso-8859-1", "windows-1252", "latin1"] {
        assert_eq!(titles(&read(&declared(WINDOWS_1252, Some(label), title), None)), [title], "{label}");
    }
    // As their numbers, and as the controls that UTF-8 makes of them.
    assert_eq!(item("<title>&#147;Bank&#146;s&#148;</title>")["title"], "“Bank’s”");
    assert_eq!(item("<title>\u{93}Bank\u{92}s\u{94}</title>")["title"], "“Bank’s”");
}

#[test]
fn utf_16_is_read_from_either_end() {
    let text = format!("<?xml version=\"1.0\" encoding=\"utf-16\"?>{}", rss("<item><title>银行</title></item>"));
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for body in
        [big.clone(), little.clone(), [&[0xFE, 0xFF], big.as_slice()].concat(), [&[0xFF, 0xFE], little.as_slice()].concat()]
    {
        assert_eq!(titles(&read(&body, None)), ["银行"]);
        // Cut in the middle of a character.
        assert!(parse(&body[..body.len() - 1], None, None).is_ok());
    }
}

#[test]
fn a_page_served_as_the_feed_tells_its_feed() {
    let page = b"<!doctype html><html><head><link rel='alternate' type='application/atom+xml' href='/atom.xml'></head><body>Hello</body></html>";
    let url = Url::parse("https://served.example/").unwrap();
    let failure = parse(page, Some(&url), Some("application/rss+xml")).unwrap_err();
    assert_eq!(failure.verdict, Verdict::Html);
    assert_eq!(failure.detail.as_deref(), Some("https://served.example/atom.xml"));
}

#[test]
fn content_in_base64_is_read() {
    let atom = |kind: &str, body: &str| {
        format!("<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='{kind}'>{body}</content></entry></feed>")
    };
    let feed = read(atom("application/octet-stream", "PHA+6ZO26KGMPC9wPg==").as_bytes(), None);
    assert_eq!(feed["entries"][0]["content_html"], "<p>银行</p>");
}

#[test]
fn two_hundred_thousand_nested_elements_are_borne() {
    for (open, close) in [("<a>", "</a>"), ("<div>", ""), ("<item>", ""), ("&lt;div&gt;", "")] {
        let nested = format!("<item><description>{}word{}</description></item>", open.repeat(200_000), close.repeat(200_000));
        assert!(parse(rss(&nested).as_bytes(), None, None).is_ok(), "{open}");
    }
}

#[test]
fn a_bomb_of_entities_stays_small() {
    let mut subset = String::from("<!ENTITY a0 \"lol\">");
    for level in 1..20 {
        let inner = format!("&a{};", level - 1).repeat(10);
        subset.push_str(&format!("<!ENTITY a{level} \"{inner}\">"));
    }
    let feed = read(format!("<!DOCTYPE rss [{subset}]>{}", rss("<item><title>&a19;</title></item>")).as_bytes(), None);
    assert!(feed.to_string().len() < 2_000);
}
