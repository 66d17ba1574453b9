//! Bytes that mean harm, or mean nothing: reading them never panics, never hangs, never grows.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use termwall::read::{extract, parse};
use url::Url;

/// Far above what any document of these sizes takes, in a build without optimisation on a busy machine; a loop that grows with
/// the square of its input takes hours.
const PATIENCE: Duration = Duration::from_secs(60);

/// An empty item has so many bytes of names and nulls in JSON for each of its own.
const GROWTH: usize = 60;

fn check(name: &str, body: &[u8]) {
    let begun = Instant::now();
    let url = Url::parse("https://example.com/feed.xml").expect("it is an address");
    let parsed = parse(body, Some(&url), None).ok().map(|parsed| serde_json::to_value(parsed).expect("it serializes"));
    let page = extract(body, Some(&url)).ok().map(|page| serde_json::to_value(page).expect("it serializes"));
    for found in [parsed, page].into_iter().flatten() {
        let length = found.to_string().len();
        assert!(length <= GROWTH * body.len() + 10_000, "{name} grew from {} to {length} bytes", body.len());
        let entries = found["entries"].as_array().map(Vec::as_slice).unwrap_or_default();
        for html in entries.iter().flat_map(|entry| [&entry["summary_html"], &entry["content_html"]]).chain([&found["html"]]) {
            assert!(
                !html.as_str().is_some_and(|html| html.contains("<script") || html.contains("javascript:")),
                "{name} let {html} pass"
            );
        }
    }
    assert!(begun.elapsed() < PATIENCE, "{name} took {:?}", begun.elapsed());
}

fn rss(item: &str) -> String {
    format!("<rss version=\"2.0\"><channel><item>{item}</item></channel></rss>")
}

/// What grammars begin, end, or trip over.
const PIECES: &[&str] = &[
    "<",
    "<a",
    "<a ",
    "<a b=\"",
    "<a b='x' ",
    "</a",
    "</a>",
    "&",
    "&#",
    "&#x;",
    "&amp",
    "<!",
    "<!--",
    "<![CDATA[",
    "]]>",
    "<?",
    "<!DOCTYPE x [",
    "<!ENTITY a \"b\">",
    "<div>",
    "<p>",
    "<b>",
    "<table><tr><td>",
    "<svg>",
    "<font><a>",
    "<item>",
    "<x:y xmlns:x='z'>",
    "{\"a\":",
    "[",
    "\"",
    "\0",
    "\u{202E}",
    "a b ",
    "<select><option>",
];

#[test]
fn a_feed_that_repeats_itself_does_no_harm() {
    for piece in PIECES {
        let run = piece.repeat(100_000 / piece.len());
        for body in
            [run.clone(), rss(&run), rss(&format!("<description>{run}")), rss(&format!("<title><![CDATA[{run}]]></title>"))]
        {
            let begun = Instant::now();
            let _ = parse(body.as_bytes(), None, None);
            assert!(begun.elapsed() < PATIENCE, "{piece} took {:?}", begun.elapsed());
        }
    }
}

#[test]
fn a_page_that_repeats_itself_does_no_harm() {
    for piece in PIECES {
        let run = piece.repeat(12_000 / piece.len());
        check(piece, format!("<!DOCTYPE html><html><body><article><p>word</p>{run}</article></body></html>").as_bytes());
    }
}

#[test]
fn elements_nested_two_hundred_thousand_deep_do_no_harm() {
    let open = "<d>".repeat(200_000);
    check("nested elements", rss(&format!("<description>{open}x</description>")).as_bytes());
    let escaped = "&lt;div&gt;".repeat(50_000);
    check("nested markup in text", rss(&format!("<description>{escaped}</description>")).as_bytes());
    check("nested JSON", format!("{{\"items\":{}", "[".repeat(200_000)).as_bytes());
}

#[test]
fn entities_do_not_multiply() {
    let mut bomb = String::from("<!DOCTYPE rss [<!ENTITY a0 \"aaaaaaaaaa\">");
    for n in 1..30 {
        bomb.push_str(&format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10)));
    }
    bomb.push_str("]><rss version=\"2.0\"><channel><title>&a29;</title></channel></rss>");
    check("entity bomb", bomb.as_bytes());
}

#[test]
fn markup_in_titles_reaches_no_title() {
    let title =
        "&lt;script&gt;alert(1)&lt;/script&gt;]]&gt;&amp;lt;img src=x onerror=alert(1)&amp;gt;\u{202E}\u{0}Bank".repeat(200);
    let parsed = serde_json::to_value(parse(rss(&format!("<title>{title}</title>")).as_bytes(), None, None).unwrap()).unwrap();
    let found = parsed["entries"][0]["title"].as_str().unwrap();
    assert!(found.chars().count() <= 501 && !found.contains(['\u{202E}', '\0', '<', '\n']), "{found}");
}

#[test]
fn ten_thousand_items_are_enough() {
    let items = "<item><title>a</title></item>".repeat(12_000);
    let parsed = serde_json::to_value(
        parse(format!("<rss version='2.0'><channel>{items}</channel></rss>").as_bytes(), None, None).unwrap(),
    )
    .unwrap();
    assert_eq!(parsed["entries"].as_array().map(Vec::len), Some(10_000));
}

/// Words of the grammars, so that random input gets past the first sniff.
fn token() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("<rss version='2.0'>"),
        Just("<feed xmlns='http://www.w3.org/2005/Atom'>"),
        Just("<channel>"),
        Just("</channel>"),
        Just("<item>"),
        Just("</item>"),
        Just("<entry>"),
        Just("</entry>"),
        Just("<title>"),
        Just("</title>"),
        Just("<link href='"),
        Just("'/>"),
        Just("<content type='xhtml'>"),
        Just("</content>"),
        Just("<![CDATA["),
        Just("]]>"),
        Just("<!--"),
        Just("-->"),
        Just("&"),
        Just("&amp;"),
        Just("&#x"),
        Just(";"),
        Just("\""),
        Just("<pubDate>"),
        Just("2026-11-21"),
        Just("21 nov. 2026 10:"),
        Just("年11月"),
        Just("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":["),
        Just("{\"id\":"),
        Just("}"),
        Just("]"),
        Just("<html><body><article>"),
        Just("<p>"),
        Just("<script>"),
        Just("银行"),
        Just("\u{202E}"),
        Just("<?xml version='1.0' encoding='gbk'?>"),
    ]
    .prop_map(str::to_string)
    .boxed()
    .prop_union("[ -~]{0,12}".boxed())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_do_no_harm(body in proptest::collection::vec(any::<u8>(), 0..600)) {
        check("random bytes", &body);
    }

    #[test]
    fn random_grammar_does_no_harm(tokens in proptest::collection::vec(token(), 0..60)) {
        check("random grammar", tokens.concat().as_bytes());
    }

    #[test]
    fn a_feed_cut_and_bent_anywhere_does_no_harm(at in 0usize..600, with in proptest::collection::vec(any::<u8>(), 0..6), end in 0usize..600) {
        let whole = rss("<title>Bank &amp; ban</title><link>https://example.com/a</link><description><![CDATA[<p>銀行</p>]]></description><pubDate>Sat, 21 Nov 2026 10:00:00 +0800</pubDate>").into_bytes();
        let at = at.min(whole.len());
        let end = end.clamp(at, whole.len());
        check("mutated feed", &[&whole[..at], &with, &whole[end..]].concat());
    }
}
