//! Small pages, and files that programs read: prose, the 404 page, redirects, the sitemap, `robots.txt`, static files.

use quick_xml::escape::escape;
use serde::Serialize;

use super::chrome::{About, Chrome};
use super::desk::Desk;
use super::page::{self, Page};
use super::{digests, front, matrix, timeline};
use crate::model::edition::File;
use crate::model::when::PartialDate;
use crate::publish::paths;
use crate::publish::shown::KINDS;

#[derive(Serialize)]
struct Text {
    page: Chrome,
    title: String,
    html: String,
}

#[derive(Serialize)]
struct Missing {
    page: Chrome,
}

#[derive(Serialize)]
struct Moved {
    page: Chrome,
    to: String,
    /// No article tells the story any more.
    withdrawn: bool,
}

/// Prose, the 404 page, and what moved.
pub fn pages<'a>(desk: &Desk<'a>) -> Vec<Page<'a>> {
    let lang = desk.main_lang();
    let mut pages = vec![Page::new("/404.html", "site/missing.html", lang, missing)];
    for prose in &desk.templates.prose {
        let path = format!("/{}/", prose.name);
        pages.push(Page::new(&path.clone(), "site/prose.html", lang, move |desk| Text {
            page: desk.chrome(About {
                title: prose.title.clone(),
                description: prose.description.clone(),
                path: path.clone(),
                ..About::default()
            }),
            title: prose.title.clone(),
            html: prose.html.replace("href=\"/", &format!("href=\"{}/", desk.root)),
        }));
    }
    for (from, to) in &desk.material.redirects {
        let langs = if to == paths::CORRECTIONS { &desk.material.site.languages[..] } else { &[] };
        let langs = if langs.is_empty() { vec![lang] } else { langs.iter().map(String::as_str).collect() };
        for lang in langs {
            let from = desk.in_language(from, lang);
            pages.push(Page::new(&from, "site/moved.html", lang, move |desk| moved(desk, to, lang)));
        }
    }
    pages
}

fn missing(desk: &Desk<'_>) -> Missing {
    let about = About { title: "Not here".to_string(), path: "/404.html".to_string(), nowhere: true, ..About::default() };
    Missing { page: desk.chrome(about) }
}

fn moved(desk: &Desk<'_>, to: &str, lang: &str) -> Moved {
    let withdrawn = to == paths::CORRECTIONS;
    let title = desk.words(lang).get("ui", if withdrawn { "withdrawn" } else { "moved" }).to_string();
    let about = About { title, path: to.to_string(), lang: lang.to_string(), ..About::default() };
    let mut page = desk.chrome(about);
    page.noindex = true;
    Moved { page, to: desk.href(to), withdrawn }
}

/// Static files, the sitemap and `robots.txt`.
pub fn files<'a>(desk: &Desk<'a>) -> Vec<File<'a>> {
    let assets = desk.templates.assets.0.values();
    let mut files: Vec<File<'a>> = assets
        .map(|asset| File { path: asset.path.clone(), inputs: asset.hash, render: Box::new(move || Ok(asset.bytes.clone())) })
        .collect();
    files.push(page::bytes("sitemap.xml", sitemap(desk).into_bytes()));
    files.push(page::bytes("robots.txt", robots(desk).into_bytes()));
    files
}

fn robots(desk: &Desk<'_>) -> String {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", desk.absolute("/sitemap.xml"))
}

/// Every page that is to be found, with the day of its newest report where it has one.
fn sitemap(desk: &Desk<'_>) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for (path, day) in addresses(desk) {
        let modified = day.map(|day| format!("<lastmod>{day}</lastmod>")).unwrap_or_default();
        out.push_str(&format!("<url><loc>{}</loc>{modified}</url>\n", escape(desk.absolute(&path).as_str())));
    }
    out.push_str("</urlset>\n");
    out
}

fn addresses(desk: &Desk<'_>) -> Vec<(String, Option<PartialDate>)> {
    let day = |covered: &crate::model::edition::Covered| PartialDate::day(crate::model::when::day_of(covered.story.last_news()));
    let newest = desk.material.stories.first().map(day);
    let fronts = front::languages(desk).into_iter().map(|lang| (desk.in_language("/", &lang), newest));
    let mut all: Vec<(String, Option<PartialDate>)> = fronts.collect();
    all.extend(KINDS.into_iter().filter_map(paths::index).map(|path| (path.to_string(), newest)));
    all.extend(["/map/", "/timeline/", "/digests/"].map(|path| (path.to_string(), newest)));
    all.extend(matrix::addresses(desk).into_iter().map(|path| (path, newest)));
    all.extend(timeline::years(desk).into_keys().map(|year| (timeline::path(year), None)));
    all.extend(
        digests::weeks(desk).into_iter().map(|(week, stories)| (digests::path(week), stories.first().map(|story| day(story)))),
    );
    all.extend(["/coverage/", "/corrections/", "/feeds/", "/data/"].map(|path| (path.to_string(), None)));
    all.extend(desk.templates.prose.iter().map(|prose| (format!("/{}/", prose.name), None)));
    for (kind, id) in &desk.shown {
        let latest = desk.stories_of(*kind, id).next().map(day);
        all.extend(paths::member(*kind, id).map(|path| (path, latest)));
    }
    for covered in &desk.material.stories {
        for insight in &covered.insights {
            all.push((desk.story_path(covered, &insight.lang), Some(day(covered))));
        }
    }
    all
}
