//! Pages of many shapes, and what their editors would want of them.

use url::Url;

use crate::model::source::{Selectors, Source, SourceKind};
use crate::read::tests::source;
use crate::read::{Bytes, document, propose};

const TITLES: [&str; 5] = [
    "Bank bars staff from chatbots in Hong Kong",
    "Regulator opens review of cloud contracts",
    "Vendor withdraws its models from three markets",
    "Ministry lists tools that offices may use",
    "Court lifts the order against a model maker",
];

const MENU: &str = "<header><nav><ul class='menu'><li><a href='/about-the-company'>About the company and us</a></li>\
    <li><a href='/careers-at-example'>Careers at the Example group</a></li><li><a href='/press-contacts'>Contacts for the press office</a></li>\
    <li><a href='/our-many-services'>Services for our many clients</a></li></ul></nav></header>";

const FOOTER: &str = "<div class='site-footer'><ul><li><a href='/legal-terms-of-use'>Legal terms of use here</a></li>\
    <li><a href='/privacy-policy-2024'>Privacy policy of the site</a></li><li><a href='/cookie-settings-all'>Settings for all our cookies</a></li>\
    <li><a href='/sitemap-all-pages'>Map of all our pages</a></li><li><a href='/imprint-of-site'>Imprint of this whole site</a></li>\
    <li><a href='/help-and-questions'>Help and frequent questions asked</a></li></ul></div>";

fn each(item: impl Fn(usize, &str) -> String) -> String {
    TITLES.iter().enumerate().map(|(number, title)| item(number, title)).collect()
}

fn page(body: &str) -> String {
    format!("<!DOCTYPE html><html lang='en'><body>{MENU}{body}{FOOTER}</body></html>")
}

/// Title, address, and whether there is a date.
type Told = (String, String, bool);

/// The selectors for a page, and what they give.
fn read(html: &str) -> Option<(Selectors, Vec<Told>)> {
    let url = Url::parse("https://example.com/news/").unwrap();
    let bytes = Bytes { body: html.as_bytes(), content_type: Some("text/html; charset=utf-8"), url: &url, hash: "aa" };
    let selectors = propose(bytes)?;
    let source = Source { kind: SourceKind::Page(selectors.clone()), ..source() };
    let articles = document(bytes, &source, jiff::Timestamp::UNIX_EPOCH).unwrap().articles;
    let told = articles.into_iter().map(|article| (article.title, article.url.unwrap(), article.claimed.is_some()));
    Some((selectors, told.collect()))
}

/// All five articles, and nothing else; with their dates where they have some.
#[track_caller]
fn check(body: &str, dated: bool) -> Selectors {
    check_titles(body, &TITLES, dated)
}

#[track_caller]
fn check_titles(body: &str, titles: &[&str], dated: bool) -> Selectors {
    let (selectors, found) = read(&page(body)).expect("a proposal");
    let read: Vec<&str> = found.iter().map(|(title, ..)| title.as_str()).collect();
    assert_eq!(read, titles, "{selectors:?}");
    assert!(
        found.iter().all(|(_, url, has_date)| url.starts_with("https://example.com/") && *has_date == dated),
        "{selectors:?} {found:?}"
    );
    selectors
}

#[test]
fn a_list() {
    let items = each(|n, title| format!("<li><a href='/news/{n}'>{title}</a></li>"));
    let selectors = check(&format!("<ul class='news'>{items}</ul>"), false);
    assert_eq!((selectors.item.as_str(), selectors.link.as_str(), selectors.title), ("ul.news > li", "a", None));
}

#[test]
fn cards_with_picture_heading_date_and_summary() {
    let items = each(|n, title| {
        format!(
            "<article class='card post-{n}00'><a href='/news/{n}'><img src='{n}.jpg'></a><a class='cat' href='/topics/ai'>Artificial intelligence and more</a>\
            <h3><a href='/news/{n}'>{title}</a></h3><time datetime='2026-06-0{d}'>{d} June</time><p>What was said about it, in a sentence that is long enough.</p></article>",
            d = n + 1
        )
    });
    let selectors = check(&format!("<main><div class='grid'>{items}</div></main>"), true);
    assert_eq!(
        (selectors.item.as_str(), selectors.date.as_deref(), selectors.summary.as_deref()),
        ("article.card", Some("time"), Some("p"))
    );
}

#[test]
fn rows_of_a_table() {
    let items =
        each(|n, title| format!("<tr><td>0{}.06.2026</td><td>PR {n}</td><td><a href='/pr/{n}.pdf'>{title}</a></td></tr>", n + 1));
    let selectors =
        check(&format!("<table class='releases'><tr><th>Date</th><th>No</th><th>Title</th></tr>{items}</table>"), true);
    assert_eq!(selectors.date.as_deref(), Some("td"));
}

#[test]
fn a_soup_of_divisions() {
    let items = each(|n, title| {
        format!(
            "<div class='css-1x9zk3'><div class='Row_q8Zt1'><div><span>June {}, 2026</span></div><div><a href='n{n}.html'>{title}</a></div></div></div>",
            n + 1
        )
    });
    let selectors = check(&format!("<div id='content'><div>{items}</div></div>"), true);
    assert_eq!(selectors.item, "#content > div > div");
}

#[test]
fn a_list_of_definitions() {
    let items = each(|n, title| {
        format!("<dt><a href='/news/{n}'>{title}</a></dt><dd>It was said at length and with many words, as it often is.</dd>")
    });
    assert!(check(&format!("<dl>{items}</dl>"), false).item.ends_with("dt"));
}

#[test]
fn a_date_beside_the_link() {
    let items = each(|n, title| {
        format!(
            "<li><span class='date'>2026-06-0{}</span> <span class='tag'>AI</span> <a href='../news/{n}'>{title}</a></li>",
            n + 1
        )
    });
    assert_eq!(check(&format!("<ol class='list'>{items}</ol>"), true).date.as_deref(), Some("span"));
}

#[test]
fn links_laid_over_the_whole_card() {
    let items = each(|n, title| {
        format!(
            "<div class='card'><a class='overlay' href='/news/{n}' aria-label='{title}'></a><h4>{title}</h4><div class='when'>{} June 2026</div></div>",
            n + 1
        )
    });
    let selectors = check(&items, true);
    assert_eq!(
        (selectors.item.as_str(), selectors.title.as_deref(), selectors.date.as_deref()),
        ("div.card", Some("h4"), Some("div"))
    );
}

#[test]
fn links_that_say_read_more() {
    let items = each(|n, title| {
        format!(
            "<section class='entry'><h2>{title}</h2><p>Some words on it that go on for a while, then end.</p><a href='/n/{n}'>Read more</a></section>"
        )
    });
    assert_eq!(check(&items, false).title.as_deref(), Some("h2"));
}

#[test]
fn links_around_whole_cards() {
    let items = each(|n, title| {
        format!(
            "<a class='teaser' href='/news/{n}'><h3>{title}</h3><p class='teaser-text'>Some words on it that go on for a while, then end.</p><span class='d'>{} Jun 2026</span></a>",
            n + 1
        )
    });
    let selectors = check(&format!("<div>{items}</div>"), true);
    assert_eq!((selectors.item.as_str(), selectors.title.as_deref()), ("a.teaser", Some("h3")));
}

#[test]
fn rows_of_several_columns() {
    let card =
        |n: usize| format!("<div class='col-md-4'><div class='item'><h3><a href='/a-b-c-{n}'>{}</a></h3></div></div>", TITLES[n]);
    let rows = format!("<div class='row'>{}{}{}</div><div class='row'>{}{}</div>", card(0), card(1), card(2), card(3), card(4));
    check(&rows, false);
}

#[test]
fn pagers_tags_and_neighbours_are_passed_over() {
    let items = each(|n, title| format!("<li class='story'><a href='/news/{n}'>{title}</a></li>"));
    let tags: String =
        (0..30).map(|n| format!("<a href='/tag/{n}' rel='tag'>regulation of large language models {n}</a> ")).collect();
    let pager: String = (2..20).map(|n| format!("<li><a href='?page={n}'>Older stories from page number {n}</a></li>")).collect();
    let most_read: String =
        (0..9).map(|n| format!("<li><a href='/most-read-story-{n}'>A story of another kind read by many {n}</a></li>")).collect();
    check(
        &format!(
            "<div class='tag-cloud'>{tags}</div><aside><ol>{most_read}</ol></aside><div class='main'><ul>{items}</ul></div><ul class='pagination'>{pager}</ul>"
        ),
        false,
    );
}

#[test]
fn headlines_without_spaces() {
    let chinese = [
        "金管局就銀行使用生成式人工智能發出指引",
        "多家銀行禁止員工使用聊天機器人",
        "供應商撤出香港市場引發關注",
        "監管機構要求銀行匯報人工智能使用情況",
    ];
    let items: String = chinese
        .iter()
        .enumerate()
        .map(|(n, title)| format!("<li><a href='/t{n}.html'>{title}</a><span>2026年6月{}日</span></li>", n + 1))
        .collect();
    check_titles(&format!("<ul>{items}</ul>"), &chinese, true);
    let japanese =
        ["金融庁、生成AIの利用に関する指針を公表", "大手銀行が対話型AIの業務利用を制限", "クラウド契約の点検を各行に要請"];
    let items: String = japanese
        .iter()
        .enumerate()
        .map(|(n, title)| format!("<div class='news'><p class='day'>2026年6月{}日</p><a href='/j{n}'>{title}</a></div>", n + 1))
        .collect();
    check_titles(&items, &japanese, true);
}

#[test]
fn odd_and_even_rows_are_one_list() {
    let items = each(|n, title| {
        format!(
            "<div class='views-row {}'><a href='/node/{n}234'>{title}</a></div>",
            if n % 2 == 0 { "odd" } else { "even first" }
        )
    });
    assert_eq!(check(&format!("<div class='view sidebar-left'><h1>News</h1>{items}</div>"), false).item, "div.views-row");
}

#[test]
fn a_page_without_a_list_has_no_proposal() {
    let article = "<main><h1>One article</h1><p>It has a text with <a href='/one-link-only'>one link to another story</a> and no list.</p></main>";
    assert!(read(&page(article)).is_none());
    assert!(read("").is_none());
    assert!(read("<form><input type=password></form>").is_none());
}

#[test]
fn no_page_takes_long() {
    let deep = "<div class='a'><a href='/x'>A headline of some words</a>".repeat(20_000);
    read(&deep);
    let wide: String =
        (0..20_000).map(|n| format!("<li class='c{n}'><a href='/x-{n}'>A headline of some words {n}</a></li>")).collect();
    read(&format!("<ul>{wide}</ul>"));
}
