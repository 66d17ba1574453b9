//! Dates of pages, one rule a test.

use scraper::Html;

use super::*;

const URL: &str = "https://www.example.de/news/a";

/// What is printed of a page's date, and the words that state it.
fn found(head: &str, body: &str, url: &str, latest: Option<&str>) -> (String, String) {
    let whole = format!("<html lang='en-GB'><head>{head}</head><body>{body}</body></html>");
    let html = Html::parse_document(&whole);
    let url = Url::parse(url).unwrap();
    let linked = Linked::of(&html, Some(&url));
    let head = Head { html: &html };
    let place = Place {
        head: &head,
        linked: &linked,
        url: Some(&url),
        whole: &whole,
        lines: &head.lines(),
        title: Some("Bank bans the assistant"),
        latest: latest.map(|day| day.parse().unwrap()),
    };
    published(&place).map(|(published, raw)| (published.to_string(), raw)).unwrap_or_default()
}

fn check(head: &str, body: &str, expected: &str) {
    assert_eq!(found(head, body, URL, None).0, expected, "{head} {body}");
}

const TITLE: &str = "<h1>Bank bans the assistant</h1>";

fn json(text: &str) -> String {
    format!("<script type='application/ld+json'>{text}</script>")
}

#[test]
fn json_ld_goes_before_meta_and_meta_before_what_is_shown() {
    let linked = json(r#"{"@type":"NewsArticle","datePublished":"2026-06-18"}"#);
    let meta = "<meta property='article:published_time' content='2026-06-17'>";
    let time = "<time class='published' datetime='2026-06-16'>x</time>";
    check(&format!("{meta}{linked}"), time, "2026-06-18");
    check(meta, time, "2026-06-17");
    check("", time, "2026-06-16");
}

#[test]
fn many_names_of_meta_are_known() {
    for name in [
        "article:published_time",
        "parsely-pub-date",
        "sailthru.date",
        "DC.date.issued",
        "dcterms.issued",
        "citation_publication_date",
        "cXenseParse:recs:publishtime",
        "datePublished",
        "pubdate",
        "date",
        "weibo: article:create_at",
        "prism.publicationDate",
    ] {
        check(&format!("<meta name='{name}' content='2026-06-18'>"), "", "2026-06-18");
    }
    check("", "<meta itemprop='datePublished' content='2026-06-18T10:00:00+02:00'>", "2026-06-18T10:00:00+02:00");
}

#[test]
fn the_day_of_the_last_change_is_the_last_resort() {
    let changed = "<meta property='article:modified_time' content='2026-06-20'>";
    check(changed, "<p>Published on 18 June 2026</p>", "2026-06-18");
    check(changed, "", "2026-06-20");
    check("", &format!("{TITLE}<p>Updated: 20 June 2026</p><p>18 June 2026</p>"), "2026-06-18");
    check("", &format!("{TITLE}<p>Updated: 20 June 2026</p>"), "2026-06-20");
    check("", "<time class='modified' datetime='2026-06-20'></time><time datetime='2026-06-18'></time>", "2026-06-18");
}

#[test]
fn a_doubtful_meta_gives_way_to_what_stands_by_the_title() {
    let doubtful = "<meta name='DC.date' content='2026-07-05'>";
    let time = "<header><time datetime='2026-03-01'>1 March 2026</time></header>";
    check(doubtful, time, "2026-03-01");
    check(doubtful, "", "2026-07-05");
}

#[test]
fn a_template_that_knows_one_day_only_is_corrected_by_the_page() {
    let linked = json(r#"{"@type":"Article","datePublished":"Jun 24, 2026","dateModified":"Jun 24, 2026"}"#);
    let shown = format!("{TITLE}<div>Ann Example</div><div>August 25, 2025</div>");
    check(&linked, &shown, "2025-08-25");
    check(&linked.replace(r#""dateModified":"Jun 24, 2026""#, r#""dateModified":"Jun 25, 2026""#), &shown, "2026-06-24");
    check(&linked, &shown.replace("2025", "2027"), "2026-06-24");
}

#[test]
fn other_articles_and_comments_give_no_date() {
    let comment = "<ol class='comments'><li><time pubdate datetime='2026-07-01'></time></li></ol>";
    let related = "<div class='related-posts'><time datetime='2020-01-01'></time></div><footer><time datetime='2019-01-01'></time></footer>";
    check("", &format!("{comment}{related}"), "");
    check("", &format!("{comment}{related}<p><time datetime='2026-06-18'></time></p>"), "2026-06-18");
    let linked = json(
        r#"{"@graph":[{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","datePublished":"2020-01-01"}]},{"@type":"NewsArticle","datePublished":"2026-06-18"}]}"#,
    );
    check(&linked, "", "2026-06-18");
}

#[test]
fn of_several_articles_that_of_the_address_counts() {
    let linked = json(
        r#"[{"@type":"NewsArticle","url":"https://www.example.de/news/b","datePublished":"2020-01-01"},{"@type":"NewsArticle","mainEntityOfPage":{"@id":"https://example.de/news/a/"},"datePublished":"2026-06-18"}]"#,
    );
    check(&linked, "", "2026-06-18");
}

#[test]
fn a_copyright_notice_is_no_date() {
    check("", "<p>© 2026-06-18 Example News</p>", "");
    check("", "<p>Copyright 18 June 2026 Example. All rights reserved</p>", "");
}

#[test]
fn a_column_beside_the_article_may_hold_its_day_if_it_is_one() {
    let side =
        |more: &str| format!("<aside><h3>Published</h3><p><time datetime='2026-06-18T12:00:00Z'></time></p>{more}</aside>");
    check("", &side(""), "2026-06-18T12:00:00Z");
    check("", &side("<time datetime='2025-06-18'></time>"), "");
}

#[test]
fn a_date_is_found_in_the_address() {
    for (path, expected) in [
        ("2026/06/18/bank-bans", "2026-06-18"),
        ("news/2026-06-18-bank-bans", "2026-06-18"),
        ("news/20260618/a", "2026-06-18"),
        ("news/bank-bans-2026-06-18", "2026-06-18"),
        ("world/2026/jun/18/bank-bans", "2026-06-18"),
        ("2026/june/18/bank-bans", "2026-06-18"),
        ("news/2026061812345", ""),
        ("2026/06/bank-bans", ""),
        ("news/2026-06-1812", ""),
        ("2026/99/99/a", ""),
    ] {
        assert_eq!(found("", "", &format!("https://example.com/{path}"), None).0, expected, "{path}");
    }
}

#[test]
fn a_moment_in_utc_is_printed_as_the_day_that_readers_see() {
    let meta = |when: &str| format!("<meta property='article:published_time' content='{when}'>");
    let of = |when: &str, path: &str| found(&meta(when), "", &format!("https://example.com/{path}"), None).0;
    assert_eq!(of("2026-06-19T02:41:41Z", "2026/06/18/a"), "2026-06-18");
    assert_eq!(of("2026-06-18T22:41:41+00:00", "2026/06/19/a"), "2026-06-19");
    assert_eq!(of("2026-06-19T02:41:41+02:00", "2026/06/18/a"), "2026-06-19T02:41:41+02:00");
    assert_eq!(of("2026-06-21T02:41:41Z", "2026/06/18/a"), "2026-06-21T02:41:41Z");
    assert_eq!(of("2026-06-19T02:41:41Z", "a"), "2026-06-19T02:41:41Z");
}

#[test]
fn a_day_by_the_title_is_read_in_the_languages_of_our_sources() {
    for line in [
        "By Ann Example on 18-Jun-2026 5:11",
        "Von Ann Beispiel | 18. Juni 2026",
        "Publié le 18 juin 2026 à 10h30",
        "18 de junio de 2026 | Ana Ejemplo",
        "Pubblicato il 18 giugno 2026",
        "2026年6月18日 10:30 来源：例子",
        "2026年6月18日 公開",
        "입력 2026.06.18 10:30",
    ] {
        assert!(found("", &format!("{TITLE}<p>{line}</p>"), URL, None).0.starts_with("2026-06-18"), "{line}");
    }
    check("", &format!("{TITLE}<p>Book for 12–14 October or 2 weeks</p>"), "");
}

#[test]
fn days_with_slashes_follow_the_country() {
    let of = |lang: &str, url: &str| {
        let whole = format!("<html lang='{lang}'><body><h1>Bank bans the assistant</h1><p>03/04/2026</p></body></html>");
        let html = Html::parse_document(&whole);
        let url = Url::parse(url).unwrap();
        let head = Head { html: &html };
        let place = Place {
            head: &head,
            linked: &Linked::default(),
            url: Some(&url),
            whole: &whole,
            lines: &head.lines(),
            title: Some("Bank bans the assistant"),
            latest: None,
        };
        published(&place).unwrap().0.to_string()
    };
    assert_eq!(of("en-US", "https://example.de/"), "2026-03-04");
    assert_eq!(of("en", "https://example.com/"), "2026-03-04");
    assert_eq!(of("en", "https://example.co.uk/"), "2026-04-03");
    assert_eq!(of("en-GB", "https://example.com/"), "2026-04-03");
    assert_eq!(of("fr", "https://example.com/"), "2026-04-03");
}

#[test]
fn the_data_of_scripts_is_read_where_nothing_is_shown() {
    check("<script>window.state={\"publishedAt\":1781795100000}</script>", "", "2026-06-18T15:05:00Z");
    check(
        "<script id='__NEXT_DATA__'>{\"props\":{\"datePublished\":\"2026-06-18T10:00:00+08:00\"}}</script>",
        "",
        "2026-06-18T10:00:00+08:00",
    );
    check("<script>self.push(\"{\\\"datePublished\\\":\\\"2026-06-18\\\"}\")</script>", "", "2026-06-18");
}

#[test]
fn a_day_after_the_page_was_read_counts_only_where_no_other_is_stated() {
    let future = "<meta property='article:published_time' content='2027-01-01'>";
    assert_eq!(found(future, "<time datetime='2026-06-18'></time>", URL, Some("2026-06-19")).0, "2026-06-18");
    assert_eq!(found(future, "", URL, Some("2026-06-19")).0, "2027-01-01");
}

#[test]
fn what_cannot_be_is_no_date() {
    for when in ["0001-01-01T00:00:00Z", "1970-01-01", "2026-02-30", "soon", "yesterday", ""] {
        check(&format!("<meta property='article:published_time' content='{when}'>"), "", "");
    }
}
