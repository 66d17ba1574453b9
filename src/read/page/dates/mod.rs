//! When a page says that it was published: JSON-LD, `<meta>`, `<time>`, its address, its text, in that order.

use url::Url;

use crate::read::date::{self, Hint, Stated};
use crate::read::plain;

use super::linked::{Linked, raw_value};
use super::meta::{Head, line_of};

/// Names of `<meta>`s that hold the day of publication, most telling first.
const METAS: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "article:published",
    "datePublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publication-date",
    "published_time",
    "published-date",
    "publishedDate",
    "date_published",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "date.created",
    "citation_publication_date",
    "citation_date",
    "originalpublicationdate",
    "article.published",
    "article_date_original",
    "cxenseparse:recs:publishtime",
    "rnews:datepublished",
    "bt:pubdate",
    "displaydate",
    "ptime",
    "date",
    "dateCreated",
    "article.created",
    "weibo: article:create_at",
    "apub:time",
    "creation_date",
    "last-modified-date",
];

/// Elements whose attribute or text is the day of publication.
const PLACES: &[&str] = &[
    "[itemprop~='datePublished']",
    "time[pubdate]",
    "time.published, time.entry-date, time[class*='publish' i]",
    "[class*='publish' i] time, [class*='date' i] time",
    "article time[datetime], main time[datetime]",
    "time[datetime]",
    "time",
    "[class*='publish' i], [class*='posted-on' i], [class*='entry-date' i], [class*='post-date' i], [class*='article-date' i], [class*='article__date' i]",
    "[class*='dateline' i], [class*='timestamp' i], [class*='pubdate' i], [id*='pubtime' i], [class*='pubtime' i], [class*='byline' i]",
    "[class~='date'], [class~='time'], [class*='-date' i], [class*='date-' i], [class*='_date' i], [class*='meta' i]",
];

/// Longest text around a date, in characters.
const LONGEST: usize = 160;

/// The date and the words that state it.
pub(super) fn published(head: &Head<'_>, linked: &Linked, url: Option<&Url>, markup: &str) -> Option<(Stated, String)> {
    let language = head.attribute("html", "lang").or_else(|| head.meta(&["og:locale"]));
    let hint = Hint::of(language.as_deref());
    let read = |text: String| date::parse(&text, hint).filter(|stated| stated.is_plausible()).map(|stated| (stated, text));
    let metas = || METAS.iter().find_map(|name| head.metas(name).into_iter().find_map(read));
    let places = || PLACES.iter().find_map(|place| head.all(place).take(6).find_map(|element| in_element(element, hint)));
    let raw = || {
        ["datePublished", "date_published", "publishedAt", "published_at", "publishDate"]
            .iter()
            .find_map(|key| raw_value(markup, key).and_then(read))
    };
    let found = linked.published.clone().and_then(read).or_else(metas).or_else(places);
    found
        .or_else(|| in_address(url?))
        .or_else(|| in_text(head, hint))
        .or_else(raw)
        .or_else(|| linked.modified.clone().and_then(read))
        .or_else(|| {
            let later = ["article:modified_time", "og:updated_time", "last-modified", "dcterms.modified", "dateModified"];
            later.iter().find_map(|name| head.metas(name).into_iter().find_map(read))
        })
}

fn in_element(element: scraper::ElementRef<'_>, hint: Hint) -> Option<(Stated, String)> {
    let attributes = ["datetime", "content", "data-datetime", "data-date", "data-time", "title"]
        .into_iter()
        .filter_map(|name| element.attr(name));
    let stated = |text: &str| {
        date::parse(text, hint)
            .filter(|stated| stated.is_plausible() && stated.date.exact().is_some())
            .map(|stated| (stated, text.trim().to_string()))
    };
    attributes.filter_map(stated).next().or_else(|| {
        let line = line_of(element);
        (line.chars().count() <= LONGEST).then(|| within(&line, hint)).flatten()
    })
}

/// A date among other words: "By Ann | Published 21 November 2026 at 10:00".
fn within(line: &str, hint: Hint) -> Option<(Stated, String)> {
    let exact = |text: &str| date::parse(text, hint).filter(|stated| stated.is_plausible() && stated.date.exact().is_some());
    let words: Vec<&str> = line.split([' ', '|', '\u{A0}']).filter(|word| !word.is_empty()).collect();
    // The longest run of words that is a date, so that a time is not lost.
    for length in (1..=7).rev() {
        for run in words.windows(length) {
            let starts = run[0].starts_with(|c: char| c.is_ascii_digit())
                || run[0].chars().all(|c| c.is_alphabetic() || c == '.' || c == ',');
            let text = run.join(" ");
            if starts
                && text.chars().any(|c| c.is_ascii_digit())
                && let Some(stated) = exact(&text)
            {
                return Some((stated, text));
            }
        }
    }
    None
}

/// `/2026/11/21/`, `/2026-11-21-…`, `/20261121/`.
fn in_address(url: &Url) -> Option<(Stated, String)> {
    let path = url.path();
    let bytes = path.as_bytes();
    let digits =
        |from: usize, count: usize| path.get(from..from + count).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    for at in (0..bytes.len()).filter(|at| bytes[*at] == b'/').map(|at| at + 1) {
        let Some(year) = digits(at, 4).filter(|year| year.starts_with("20") || year.starts_with("199")) else { continue };
        let separated = bytes
            .get(at + 4)
            .filter(|byte| matches!(byte, b'/' | b'-' | b'_'))
            .and_then(|_| Some((digits(at + 5, 2)?, bytes.get(at + 7)?, digits(at + 8, 2)?)));
        let text = match separated {
            Some((month, b'/' | b'-' | b'_', day)) => format!("{year}-{month}-{day}"),
            _ => match digits(at, 8) {
                Some(_) if !bytes.get(at + 8).is_some_and(u8::is_ascii_digit) => path[at..at + 8].to_string(),
                _ => continue,
            },
        };
        if let Some(stated) =
            date::parse(&text, Hint::default()).filter(|stated| stated.is_plausible() && stated.date.exact().is_some())
        {
            return Some((stated, text));
        }
    }
    None
}

/// A date in the first short lines of the page's body or right before them.
fn in_text(head: &Head<'_>, hint: Hint) -> Option<(Stated, String)> {
    const LINES: usize = 60;
    let body = head.all("article, main, body").next()?;
    let text = plain::text(&body.inner_html());
    text.lines()
        .filter(|line| !line.is_empty())
        .take(LINES)
        .filter(|line| line.chars().count() <= 90)
        .find_map(|line| within(line, hint))
}
