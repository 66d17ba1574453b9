//! The lists of banks, vendors, products and regions.

use serde::Serialize;

use super::chrome::{About, Chrome, section};
use super::desk::{Desk, Link};
use super::front::day;
use super::page::Page;
use super::says::Line;
use super::words::Words;
use crate::model::ledger::Record;
use crate::model::taxonomy::Kind;
use crate::publish::paths;
use crate::publish::shown::KINDS;

#[derive(Serialize)]
struct View {
    page: Chrome,
    heading: String,
    intro: String,
    kind: String,
    members: Vec<Entry>,
    /// Names without a record.
    rest: Vec<String>,
}

/// A member with a page.
#[derive(Serialize)]
struct Entry {
    link: Link,
    home: Option<Link>,
    records: usize,
    insights: String,
    /// Its newest record.
    line: Option<Line>,
}

/// One page a kind.
pub fn pages<'a>(desk: &Desk<'a>) -> Vec<Page<'a>> {
    let lang = desk.main_lang();
    let page = |kind: Kind| {
        let path = paths::index(kind)?;
        Some(Page::new(path, "site/index.html", lang, move |desk| view(desk, kind)))
    };
    KINDS.into_iter().filter_map(page).collect()
}

fn view(desk: &Desk<'_>, kind: Kind) -> View {
    let words = desk.words(desk.main_lang());
    let folder = section(kind);
    let heading = words.get("kind", folder).to_string();
    let mut members: Vec<Entry> =
        desk.shown.iter().filter(|(other, _)| *other == kind).map(|(_, id)| entry(desk, kind, id, words)).collect();
    members.sort_by_key(|entry| (entry.link.text.to_lowercase(), entry.link.href.clone()));
    let mut rest: Vec<String> = desk
        .material
        .taxonomy
        .of(kind)
        .filter(|member| desk.member(kind, &member.id, &words.lang).href.is_none())
        .map(|member| member.name.clone())
        .collect();
    rest.sort_by_key(|name| name.to_lowercase());
    let intro = intro(kind).to_string();
    View {
        page: desk.chrome(About {
            title: heading.clone(),
            description: intro.clone(),
            path: paths::index(kind).unwrap_or("/").to_string(),
            section: folder,
            ..About::default()
        }),
        heading,
        intro,
        kind: words.get("kind", kind_key(kind)).to_string(),
        members,
        rest,
    }
}

fn entry(desk: &Desk<'_>, kind: Kind, id: &str, words: &Words) -> Entry {
    let records: Vec<&Record> = desk.records_of(kind, id).collect();
    let newest = records.iter().max_by_key(|record| (day(record, desk.today), record.n));
    let member = desk.material.taxonomy.get(kind, id);
    let home = member.and_then(|member| match kind {
        Kind::Product => member.vendor.as_ref().map(|vendor| desk.member(Kind::Vendor, vendor, &words.lang)),
        _ => member.home.as_ref().map(|home| desk.member(Kind::Region, home, &words.lang)),
    });
    Entry {
        link: desk.member(kind, id, &words.lang),
        home,
        records: records.len(),
        insights: words.count("insights", desk.places_of(kind, id).len()),
        line: newest.map(|record| desk.line(record, words)),
    }
}

fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Bank => "bank",
        Kind::Vendor => "vendor",
        Kind::Product => "product",
        _ => "region",
    }
}

fn intro(kind: Kind) -> &'static str {
    match kind {
        Kind::Bank => "Banks that opened or shut a door to AI for their people, or whose people found one shut.",
        Kind::Vendor => "Makers and servers of AI, with the places and people that they serve, and those that they leave out.",
        Kind::Product => "Models, services and chips whose use somebody allowed, limited or ended.",
        _ => "Countries, territories and groups of them in which access to AI was opened or shut.",
    }
}
