//! What is neat is exactly what the parser and the policy would make of it.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

use crate::read::xml::entity;

use super::super::{Base, Cleaner, policy};
use super::*;

/// Elements that are known, for putting together.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "article",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "cite",
    "code",
    "del",
    "dfn",
    "div",
    "em",
    "figcaption",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "q",
    "s",
    "samp",
    "script",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

const ATTRIBUTES: &[&str] = &[
    "href=\"/a\"",
    "href='b.html?a=1&b=2&amp;c=3#d'",
    "href=\"javascript:alert(1)\"",
    "href=\"java\nscript:x\"",
    "href=\"\"",
    "href=\"https://example.org/\u{e9} x\"",
    "href=\"mailto:a@example.com\"",
    "href=\"http://[\"",
    "src=\"//cdn.example/i.png\"",
    "src=\"https://example.org/&quot;\"",
    "alt=\"&lt;x&gt; &amp; 'y'\"",
    "alt='\"\u{a0}&nbsp;&#160;'",
    "alt=\"a > b\"",
    "title=\"&mdash;\"",
    "class=\"x y\"",
    "style=\"color: red\"",
    "onclick=\"x('y')\"",
    "onerror='x(\"y\")'",
    "width=\"5\"",
    "width=5",
    "nowrap",
    "id=\"z\"",
    "lang=\"de\"",
    "dir=\"rtl\"",
    "cite=\"/q\"",
    "HREF=\"/a\"",
    "a:b=\"c\"",
    "data-x=\"&copy=1\"",
    "alt=\"&copy\"",
    "target=\"_blank\"",
];

const TEXTS: &[&str] = &[
    "word",
    " ",
    "\n",
    "\t ",
    "\r\n",
    "\u{c}",
    "\u{0}",
    "\u{1}",
    "\u{85}",
    "\u{a0}",
    "\u{c2}",
    "\u{feff}",
    "银行",
    "😀",
    "\"",
    "'",
    ">",
    "<",
    "< 2",
    "&",
    "& ",
    "&amp;",
    "&amp",
    "&lt;p&gt;",
    "&nbsp;",
    "&mdash;",
    "&copy",
    "&notin;",
    "&notit;",
    "&lang;",
    "&#8220;",
    "&#x2014;",
    "&#150;",
    "&#0;",
    "&#10;",
    "&#13;",
    "&#xD800;",
    "&#x110000;",
    "&#38;",
    "&#x3c;",
    "&#;",
    "<!-- c -->",
    "<!-- <b>",
    "<!doctype html>",
    "<?x?>",
    "]]>",
    "</",
    "<3",
    "</br>",
    "</p>",
    "<br/>",
    "<P>",
    "<svg>",
    "<iframe>",
    "<pre>\n",
    "<dd>",
    "<nobr>",
    "<caption>",
    "<textarea>",
];

fn base() -> Option<Url> {
    Url::parse("https://example.com/news/a.html").ok()
}

/// Neat or not; what is, is as the policy makes it, with a base and without.
fn check(html: &str) -> bool {
    for base in [base(), None] {
        let Some(neat) = clean(html, base.as_ref()) else { return false };
        assert_eq!(Some(&neat), Cleaner::default().parsed(html, base.as_ref()).as_ref(), "{html:?}");
        // What was cleaned is clean.
        assert_eq!(Some(&neat), Cleaner::default().parsed(&neat, base.as_ref()).as_ref(), "{neat:?}");
    }
    true
}

fn tag() -> impl Strategy<Value = String> {
    let attributes = vec(select(ATTRIBUTES), 0..3).prop_map(|list| list.iter().map(|one| format!(" {one}")).collect::<String>());
    (select(ELEMENTS), attributes, select(&["", " ", "/", " /"][..]))
        .prop_map(|(name, attributes, end)| format!("<{name}{attributes}{end}>"))
}

/// Markup of any kind, most of it faulty.
fn soup() -> impl Strategy<Value = String> {
    let plain = select(ELEMENTS).prop_map(|name| format!("<{name}>"));
    let end = select(ELEMENTS).prop_map(|name| format!("</{name}>"));
    let piece = prop_oneof![2 => tag(), 4 => plain, 4 => end, 3 => select(TEXTS).prop_map(str::to_string)];
    vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

/// Elements inside elements, ends now and then left out, and now and then in a place that is not theirs.
fn tree() -> impl Strategy<Value = String> {
    let words = select(
        &["word", " ", "银行", "&amp;", "&nbsp;", "a > b", "<br>", "<img src=\"/i.png\" alt=''>", "<script>1 < 2</script>"][..],
    );
    let leaf = vec(words, 0..3).prop_map(|words| words.concat());
    leaf.prop_recursive(5, 40, 4, |inner| {
        let head = prop_oneof![8 => select(ELEMENTS).prop_map(|name| format!("<{name}>")), 1 => tag()];
        (head, vec(inner, 0..4), 0..9).prop_map(|(head, inner, kind)| {
            let name: String = head[1..].chars().take_while(char::is_ascii_alphanumeric).collect();
            let end = if kind == 0 || Kind::of(&name).is_some_and(Kind::is_void) { String::new() } else { format!("</{name}>") };
            format!("{head}{}{end}", inner.concat())
        })
    })
}

/// Blocks, lists and tables as people write them: always neat.
fn article() -> impl Strategy<Value = String> {
    let line = vec(
        select(
            &[
                "word ",
                "<b>x</b>",
                "<i>y <b>z</b></i>",
                "<a href='/a' class='x' target=\"_blank\">link</a>",
                "&nbsp;&mdash; ",
                "<br/>",
                "<img src=\"i.png\" alt=\"&quot;\" onerror=\"x()\">",
                "<span style=\"color: red\">银行</span>",
                "<script>a < b</script>",
            ][..],
        ),
        0..4,
    )
    .prop_map(|parts| parts.concat());
    let end = |end: &'static str| select(vec![end, ""]);
    let item = (line.clone(), end("</li>")).prop_map(|(line, end)| format!("<li>{line}{end}\n"));
    let cell = (line.clone(), end("</td>")).prop_map(|(line, end)| format!("<td align=\"left\" width='3'>{line}{end}"));
    let row = (vec(cell, 0..3), end("</tr>")).prop_map(|(cells, end)| format!("<tr>\n{}{end}", cells.concat()));
    let block = prop_oneof![
        (line.clone(), end("</p>\n")).prop_map(|(line, end)| format!("<p class=\"x\">{line}{end}")),
        line.clone().prop_map(|line| format!("<h2>{line}</h2>")),
        line.prop_map(|line| format!("<blockquote style=\"x\"><p>{line}</blockquote>")),
        vec(item, 1..4).prop_map(|items| format!("<ul> {}</ul>", items.concat())),
        vec(row, 0..3).prop_map(|rows| format!("<table border=\"1\">{}</table>", rows.concat())),
        Just("<hr>".to_string()),
    ];
    let blocks = vec(block, 0..5).prop_map(|blocks| blocks.concat());
    blocks.prop_recursive(3, 12, 3, |inner| vec(inner, 1..3).prop_map(|inner| format!("<div id='x'>{}</div>", inner.concat())))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn any_markup_is_as_the_policy_makes_it_or_is_left_to_it(html in soup()) {
        check(&html);
    }

    #[test]
    fn any_tree_is_as_the_policy_makes_it_or_is_left_to_it(html in tree()) {
        check(&html);
    }

    #[test]
    fn text_and_values_are_as_the_policy_makes_them(pieces in vec(select(TEXTS), 0..8), quote in select(&['"', '\''][..])) {
        let text = pieces.concat();
        check(&text);
        check(&format!("<p title={quote}{text}{quote}>{text}</p>"));
        check(&format!("<a href={quote}{text}{quote}>x</a>"));
    }

    #[test]
    fn an_article_is_neat(html in article()) {
        prop_assert!(check(&html), "{html}");
    }
}

#[test]
fn what_people_write_is_neat() {
    for html in [
        "",
        "plain text & more",
        "<p>One <a href=\"/topic/1\">two</a> <b>three</b>&nbsp;&mdash; &#8220;four&#8221;.</p>",
        "<p>one<p>two<ul><li>three<li>four</ul><hr/>",
        "<ul><li><p>one<li>two<ol><li>three</ol></ul>",
        "<table><tr><td>1<td>2<tr><th>3</table>",
        "<table>\n<thead><tr><th>1</th></tr></thead>\n<tbody><tr><td><p>2<table><tr><td>3</table></tbody></table>",
        "<img src='pictures/one.jpg' alt='&quot;' onerror='x()'><br/>",
        "<script type=\"text/javascript\">if (a < b) '<p>'; '</p>'</script><style>p {}</style>",
        "<b><b><b><b>four</b></b></b></b> <i>left open",
    ] {
        assert!(check(html), "{html}");
    }
}

#[test]
fn what_a_parser_mends_is_left_to_it() {
    for html in [
        "<b><i>x</b></i>",
        "<p><b>x<p>y",
        "</p>",
        "</br>",
        "<a href='/a'>x<a href='/b'>y",
        "<table>x<tr><td>y</table>",
        "<table><td>x</table>",
        "<b><p>x</p></b>",
        "<li>x",
        "<p/>",
        "<P>x</P>",
        "AT&T",
        "&copy 2026",
        "&#0;",
        "a\u{0}b",
        "\u{feff}x",
        "<!-- x -->",
        "<script>x",
        "<script>'<!--'</script>",
        "<script>x</SCRIPT>",
        "<pre>\nx</pre>",
        "<iframe src='/x'></iframe>",
        "<a href='javascript:alert(1)'>x</a>",
        "<img src=x>",
        "<img src='/x' src='/y'>",
        "<a title='a>b'>x</a>",
        "<q cite='/x'>y</q>",
        "a < b",
        "<",
    ] {
        assert!(!check(html), "{html}");
    }
    assert!(!check(&"<div>".repeat(DEEPEST + 1)));
}

#[test]
fn names_of_characters_mean_what_they_mean_in_html() {
    let known = entity::names().filter(|name| check(&format!("&{name};"))).count();
    assert!(known > 300, "{known}");
}

#[test]
fn the_policy_keeps_the_same_elements_and_attributes() {
    let policy = policy(&Base::default());
    let (tags, generic, own) = (policy.clone_tags(), policy.clone_generic_attributes(), policy.clone_tag_attributes());
    let attributes: Vec<&str> = own.values().flatten().chain(&generic).copied().collect();
    for element in ELEMENTS {
        let kind = Kind::of(element).unwrap();
        assert_eq!(tags.contains(element), kind != Kind::Silent, "{element}");
        if kind == Kind::Silent {
            continue;
        }
        let named = |attribute: &&str| own.get(element).is_some_and(|own| own.contains(attribute));
        for attribute in &attributes {
            let kept = generic.contains(attribute) || named(attribute);
            assert_eq!(names::keeps(element, attribute), kept, "{element} {attribute}");
        }
    }
}
