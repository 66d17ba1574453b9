//! Pages by which a reader can check us: coverage, corrections, feeds, data.

use serde::Serialize;

use super::chrome::{About, Chrome};
use super::desk::{Desk, Link};
use super::insight::superseded;
use super::outside;
use super::page::Page;
use super::says::Stated;
use super::words::Words;
use crate::model::edition::Looked;
use crate::model::ledger::Record;
use crate::publish::paths;
use crate::publish::shown::KINDS;

#[derive(Serialize)]
struct Coverage {
    page: Chrome,
    summary: String,
    groups: Vec<Group>,
    /// Sources that are off.
    off: Vec<Off>,
    head: String,
    entries: u64,
}

#[derive(Serialize)]
struct Group {
    name: String,
    id: String,
    sources: Vec<SourceRow>,
}

#[derive(Serialize)]
struct SourceRow {
    title: String,
    outlet: String,
    href: Option<String>,
    ok: bool,
    verdict: String,
    last: Option<Stated>,
    last_new: Option<Stated>,
    /// What else is to be known of it, the worst first.
    notes: Vec<String>,
    looks: u64,
    failures: u64,
    articles: u64,
    relevant: u64,
}

#[derive(Serialize)]
struct Off {
    title: String,
    note: Option<String>,
}

#[derive(Serialize)]
struct Corrections {
    page: Chrome,
    all: Vec<Correction>,
}

#[derive(Serialize)]
struct Correction {
    date: Option<Stated>,
    what: String,
    href: Option<String>,
    text: String,
}

#[derive(Serialize)]
struct Feeds {
    page: Chrome,
    kinds: Vec<Folder>,
}

#[derive(Serialize)]
struct Folder {
    name: String,
    id: &'static str,
    members: Vec<Link>,
}

#[derive(Serialize)]
struct Data {
    page: Chrome,
    head: String,
    entries: u64,
    records: usize,
    stories: usize,
}

/// All four.
pub fn pages<'a>(desk: &Desk<'a>) -> Vec<Page<'a>> {
    let lang = desk.main_lang();
    vec![
        Page::new("/coverage/", "site/coverage.html", lang, coverage),
        Page::new("/corrections/", "site/corrections.html", lang, corrections),
        Page::new("/feeds/", "site/feeds.html", lang, feeds),
        Page::new("/data/", "site/data.html", lang, data),
    ]
}

fn about(title: &str, description: &str, path: &str) -> About {
    About { title: title.into(), description: description.into(), path: path.into(), ..About::default() }
}

fn coverage(desk: &Desk<'_>) -> Coverage {
    let words = desk.words(desk.main_lang());
    let all = &desk.material.coverage;
    let mut groups: Vec<Group> = Vec::new();
    for looked in all.iter().filter(|looked| looked.source.enabled) {
        let row = source(desk, looked, words);
        match groups.iter_mut().find(|group| group.id == looked.source.group) {
            Some(group) => group.sources.push(row),
            None => {
                groups.push(Group { name: heading(&looked.source.group), id: looked.source.group.clone(), sources: vec![row] })
            }
        }
    }
    let off = all.iter().filter(|looked| !looked.source.enabled);
    let failed = groups.iter().flat_map(|group| &group.sources).filter(|source| !source.ok).count();
    let sum = |count: fn(&Looked) -> u64| crate::model::words::grouped(all.iter().map(count).sum());
    let on = all.iter().filter(|looked| looked.source.enabled).count();
    Coverage {
        page: desk.chrome(about("Coverage", "What we read, when, and what failed.", "/coverage/")),
        summary: format!(
            "{} read, {failed} of them failed at the last look. {} articles so far, {} of them about access to AI.",
            words.count("sources", on),
            sum(|looked| looked.articles),
            sum(|looked| looked.relevant),
        ),
        groups,
        off: off.map(|looked| Off { title: looked.source.title.clone(), note: looked.source.note.clone() }).collect(),
        head: desk.material.ledger.head.clone(),
        entries: desk.material.ledger.entries,
    }
}

fn heading(group: &str) -> String {
    let mut text = group.replace('-', " ");
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

fn source(desk: &Desk<'_>, looked: &Looked, words: &Words) -> SourceRow {
    let stamp = |at: jiff::Timestamp| Stated { text: words.instant(at, &desk.zone), iso: at.to_string() };
    SourceRow {
        title: looked.source.title.clone(),
        outlet: looked.source.outlet.clone(),
        href: outside::link(looked.source.url.as_str()),
        ok: looked.last.is_none_or(|(_, verdict)| verdict.is_success()),
        verdict: looked.last.map_or_else(|| "not looked at yet".to_string(), |(_, verdict)| verdict.words().to_string()),
        last: looked.last.map(|(at, _)| stamp(at)),
        last_new: looked.last_new.map(stamp),
        notes: looked.conditions.iter().map(|condition| outside::headline(&condition.words())).collect(),
        looks: looked.looks,
        failures: looked.failures,
        articles: looked.articles,
        relevant: looked.relevant,
    }
}

fn corrections(desk: &Desk<'_>) -> Corrections {
    let words = desk.words(desk.main_lang());
    let mut records: Vec<&Record> = desk.material.ledger.records.iter().filter(|record| !record.stands()).collect();
    records.sort_by_key(|record| std::cmp::Reverse((record.superseded_at, record.n)));
    let correction = |record: &Record| Correction {
        date: record.superseded_at.map(|at| Stated { text: words.instant(at, &desk.zone), iso: at.to_string() }),
        what: desk.who_what(&record.event, words),
        href: desk.story(&record.story).map(|covered| desk.story_href(covered, &words.lang)),
        text: superseded(record, words),
    };
    Corrections {
        page: desk.chrome(about(
            "Corrections",
            "What we got wrong and mended: each entry that another superseded.",
            "/corrections/",
        )),
        all: records.into_iter().map(correction).collect(),
    }
}

fn feeds(desk: &Desk<'_>) -> Feeds {
    let words = desk.words(desk.main_lang());
    let folder = |kind| {
        let own = desk.shown.iter().filter(|(other, _)| *other == kind);
        let mut members: Vec<Link> = own.map(|(_, id)| desk.member(kind, id, &words.lang)).collect();
        members.sort_by_key(|link| (link.text.to_lowercase(), link.href.clone()));
        let id = paths::index(kind).unwrap_or_default().trim_matches('/');
        Folder { name: words.get("kind", id).to_string(), id, members }
    };
    Feeds {
        page: desk.chrome(about(
            "Feeds",
            "Everything, or one bank, vendor, product or place, as Atom, RSS or JSON Feed.",
            "/feeds/",
        )),
        kinds: KINDS.map(folder).into_iter().filter(|folder| !folder.members.is_empty()).collect(),
    }
}

fn data(desk: &Desk<'_>) -> Data {
    let ledger = &desk.material.ledger;
    Data {
        page: desk.chrome(about("Data", "The ledger and its events to download, with what proves them.", "/data/")),
        head: ledger.head.clone(),
        entries: ledger.entries,
        records: ledger.standing().count(),
        stories: desk.material.stories.len(),
    }
}
