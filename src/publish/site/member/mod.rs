//! The page of a bank, vendor, product or region: state now, history, who else, Insights.

/// History as a picture.
mod chart;

use serde::Serialize;

use super::cells::Row;
use super::chrome::{About, Chrome, section};
use super::desk::{Desk, Link};
use super::front::{Card, card, day};
use super::outside;
use super::page::Page;
use super::says::Line;
use super::words::Words;
use crate::model::event::ActorKind;
use crate::model::ledger::Record;
use crate::model::taxonomy::{Kind, Member};
use crate::model::words;
use crate::publish::paths;
use chart::Chart;

/// Rows of the state table: past these a page is no longer read.
const ROWS: usize = 80;

/// Lines of the history; the data files have all.
const LINES: usize = 120;

/// Insights listed.
const CARDS: usize = 12;

/// Others listed.
const OTHERS: usize = 12;

#[derive(Serialize)]
struct View {
    page: Chrome,
    kind: String,
    index: String,
    name: String,
    /// What it is, where it is at home, its own page.
    what: Option<String>,
    home: Option<Link>,
    own_page: Option<Link>,
    intro: String,
    feeds: String,
    /// Show who has access in the table: not on a bank's own page.
    by_whom: bool,
    rows: Vec<Row>,
    rows_left: usize,
    chart: Option<Chart>,
    lines: Vec<Line>,
    lines_left: usize,
    others: Vec<Other>,
    cards: Vec<Card>,
    cards_left: usize,
}

/// Somebody else with a record on the same.
#[derive(Serialize)]
struct Other {
    link: Link,
    line: Line,
}

/// A page for each member that appears in a record or story.
pub fn pages<'a>(desk: &Desk<'a>) -> Vec<Page<'a>> {
    let lang = desk.main_lang();
    let page = |(kind, id): &(Kind, String)| {
        let path = paths::member(*kind, id)?;
        let (kind, id) = (*kind, id.clone());
        Some(Page::new(&path, "site/member.html", lang, move |desk| view(desk, kind, &id)))
    };
    desk.shown.iter().filter_map(page).collect()
}

fn view(desk: &Desk<'_>, kind: Kind, id: &str) -> View {
    let words = desk.words(desk.main_lang());
    let name = desk.material.taxonomy.name(kind, id, &words.lang).to_string();
    let member = desk.material.taxonomy.get(kind, id);
    let mut records: Vec<&Record> = desk.records_of(kind, id).collect();
    records.sort_by_key(|record| std::cmp::Reverse((day(record, desk.today), record.n)));
    let mut rows = desk.rows(records.iter().copied(), (kind == Kind::Region).then_some(id), words);
    let intro = intro(kind, &rows, &records);
    let path = paths::member(kind, id).unwrap_or_default();
    let folder = section(kind);
    let chart = chart::chart(desk, &name, &records, kind, words);
    let rows_left = rows.len().saturating_sub(ROWS);
    rows.truncate(ROWS);
    View {
        page: desk.chrome(About {
            title: format!("{name}: {}", question(kind)),
            description: format!("{name}: {intro}"),
            path: path.clone(),
            section: folder,
            feeds: Some((path.clone(), format!("{} · {name}", desk.material.site.name))),
            ..About::default()
        }),
        kind: words.get("kind", folder).to_string(),
        index: desk.href(paths::index(kind).unwrap_or("/")),
        what: member.and_then(|member| member.what.as_deref()).map(outside::capital),
        home: member.and_then(|member| home(desk, member, words)),
        own_page: member.and_then(own_page),
        intro,
        feeds: desk.href(&path),
        by_whom: kind != Kind::Bank,
        rows,
        rows_left,
        chart,
        lines: records.iter().take(LINES).map(|record| desk.line(record, words)).collect(),
        lines_left: records.len().saturating_sub(LINES),
        others: others(desk, kind, id, &records, words),
        cards: desk.stories_of(kind, id).take(CARDS).map(|covered| card(desk, covered, words)).collect(),
        cards_left: desk.stories_of(kind, id).count().saturating_sub(CARDS),
        name,
    }
}

fn question(kind: Kind) -> &'static str {
    match kind {
        Kind::Bank => "which AI its people may use",
        Kind::Vendor => "who may use its AI, and where",
        Kind::Product => "who may use it, and where",
        _ => "which AI may be used there",
    }
}

/// "Two doors shut or held shut, three open, on record."
fn intro(kind: Kind, rows: &[Row], records: &[&Record]) -> String {
    let effect =
        |wanted: &[&str]| rows.iter().filter(|row| row.effect.first().is_some_and(|mark| wanted.contains(&mark.class))).count();
    let shut = effect(&["prohibited", "withheld", "suspended"]);
    let (limited, open) = (effect(&["restricted"]), effect(&["allowed"]));
    let pending = records.iter().filter(|record| record.pending).count();
    let mut parts = Vec::new();
    for (number, text) in [(shut, "shut"), (limited, "half shut"), (open, "open"), (pending, "pending")] {
        if number > 0 {
            let noun = match (parts.is_empty(), number) {
                (true, 1) => " door",
                (true, _) => " doors",
                _ => "",
            };
            parts.push(format!("{}{noun} {text}", words::number(number as u64)));
        }
    }
    if parts.is_empty() {
        let what = if kind == Kind::Region { "this place" } else { "it" };
        return format!("Nothing on record shuts or opens a door for {what}, which is not the same as allowed.");
    }
    let first = records.iter().map(|record| record.begins).min();
    let since = first.map(|first| format!(" since {}", first.year())).unwrap_or_default();
    outside::capital(&format!("{}, on record{since}.", words::list(&parts)))
}

fn home(desk: &Desk<'_>, member: &Member, words: &Words) -> Option<Link> {
    match member.kind {
        Kind::Product => member.vendor.as_ref().map(|vendor| desk.member(Kind::Vendor, vendor, &words.lang)),
        _ => member.home.as_ref().map(|home| desk.member(Kind::Region, home, &words.lang)),
    }
}

fn own_page(member: &Member) -> Option<Link> {
    let href = outside::link(member.page.as_ref()?)?;
    let text = url::Url::parse(&href).ok()?.host_str()?.trim_start_matches("www.").to_string();
    Some(Link { text, href: Some(href) })
}

/// Banks and companies with a record on the same products or vendor, by their latest.
fn others(desk: &Desk<'_>, kind: Kind, id: &str, records: &[&Record], words: &Words) -> Vec<Other> {
    let mut candidates: Vec<&Record> = Vec::new();
    if kind == Kind::Bank {
        for record in records {
            let event = &record.event;
            let product = event.product.iter().flat_map(|product| desk.records_of(Kind::Product, product));
            let vendor = event.vendor.iter().filter(|_| event.product.is_none());
            candidates.extend(product.chain(vendor.flat_map(|vendor| desk.records_of(Kind::Vendor, vendor))));
        }
    } else {
        candidates.extend(records);
    }
    candidates.retain(|record| matches!(record.event.actor_kind, Some(ActorKind::Bank | ActorKind::Company)));
    candidates.retain(|record| record.event.actor.as_deref().is_some_and(|actor| actor != id));
    candidates.sort_by_key(|record| std::cmp::Reverse((day(record, desk.today), record.n)));
    let mut others: Vec<Other> = Vec::new();
    for record in candidates {
        let link = desk.actor(&record.event, words);
        if others.len() < OTHERS && !others.iter().any(|other| other.link == link) {
            others.push(Other { link, line: desk.line(record, words) });
        }
    }
    others
}
