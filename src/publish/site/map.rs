//! Who cannot use what, where: a tile map, and a table that says the same.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::cells::Named;
use super::chrome::{About, Chrome};
use super::desk::{Desk, Link};
use super::page::Page;
use super::says::{self, Mark, Stated};
use super::tiles::TILES;
use super::words::Words;
use crate::model::event::{Action, Audience};
use crate::model::ledger::{Layer, Record, State};
use crate::model::taxonomy::Kind;

/// Events that a row of the table names; its page has all.
const NAMED: usize = 5;

/// Distance from one tile to the next in the picture's units; a tile's side is 40.
const STEP: u16 = 44;

#[derive(Serialize)]
struct View {
    page: Chrome,
    map: Map,
}

/// The map and its table.
#[derive(Clone, Serialize)]
pub struct Map {
    pub width: u16,
    pub height: u16,
    pub tiles: Vec<Tile>,
    pub rows: Vec<Row>,
}

impl Map {
    /// The picture alone, for a page that links the table.
    pub fn without_table(&self) -> Self {
        Self { rows: Vec::new(), ..self.clone() }
    }
}

/// A place on the map.
#[derive(Clone, Serialize)]
pub struct Tile {
    pub x: u16,
    pub y: u16,
    pub code: &'static str,
    /// State, `pending`, or `none`.
    pub class: &'static str,
    /// "HK, Hong Kong: withheld".
    pub label: String,
    /// Its row in the table; `None` where nothing is on record.
    pub row: Option<String>,
    /// Stricter for government staff.
    pub notch: bool,
}

/// A place in the table.
#[derive(Clone, Serialize)]
pub struct Row {
    pub id: String,
    pub place: Link,
    pub mark: Mark,
    /// Stricter for government staff.
    pub notch: Option<Mark>,
    pub what: Vec<Link>,
    pub more: Option<String>,
    pub layers: String,
    pub since: Stated,
    #[serde(skip)]
    severity: u8,
}

/// The strictest answer for a place.
#[derive(Clone, Copy, Default)]
struct Answer<'a> {
    state: Option<State>,
    investigated: bool,
    pending: bool,
    /// The record that decides.
    by: Option<&'a Record>,
}

impl Answer<'_> {
    fn class(&self) -> &'static str {
        match self.state {
            Some(State::Allowed) if self.investigated => "investigated",
            Some(state) => state.as_str(),
            None if self.investigated => "investigated",
            None if self.pending => "pending",
            None => "none",
        }
    }

    fn severity(&self) -> u8 {
        const ORDER: [&str; 8] =
            ["none", "pending", "allowed", "investigated", "restricted", "suspended", "withheld", "prohibited"];
        ORDER.iter().zip(0..).find(|(class, _)| **class == self.class()).map_or(0, |(_, at)| at)
    }
}

/// The map's page.
pub fn pages<'a>(desk: &Desk<'a>) -> Vec<Page<'a>> {
    vec![Page::new("/map/", "site/map.html", desk.main_lang(), view)]
}

fn view(desk: &Desk<'_>) -> View {
    View {
        page: desk.chrome(About {
            title: "Map: who cannot use what, where".to_string(),
            description: "Tile map of states of access to AI by country, with a table of every place on record.".to_string(),
            path: "/map/".to_string(),
            section: "map",
            ..About::default()
        }),
        map: desk.map().clone(),
    }
}

/// The map of an edition.
pub fn map(desk: &Desk<'_>) -> Map {
    let words = desk.words(desk.main_lang());
    let deciding: Vec<&Record> = desk.material.ledger.standing().filter(|record| concerns_places(record)).collect();
    let named: BTreeSet<&str> = deciding.iter().flat_map(|record| &record.event.regions).map(String::as_str).collect();
    let mut rows: Vec<Row> = named.iter().filter_map(|region| row(desk, region, &deciding, words)).collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(row.severity), row.place.text.clone()));
    let tiles = TILES.iter().map(|&(code, column, row)| tile(desk, (code, column, row), &deciding, words)).collect();
    let most = |size: fn(&(&str, u8, u8)) -> u8| u16::from(TILES.iter().map(size).max().unwrap_or(0)) + 1;
    Map { width: most(|tile| tile.1) * STEP + 2, height: most(|tile| tile.2) * STEP + 2, tiles, rows }
}

/// A bank's own policy shuts a door in the bank and not in the place.
fn concerns_places(record: &Record) -> bool {
    record.layer != Layer::Policy && record.event.action != Action::Deny && !record.event.regions.is_empty()
}

/// The strictest of all cells that are on record for a place.
fn answer<'a>(desk: &Desk<'a>, region: &str, deciding: &[&'a Record], staff: bool) -> Answer<'a> {
    let taxonomy = &desk.material.taxonomy;
    let mut seen: BTreeSet<Named> = BTreeSet::new();
    let mut strictest = Answer::default();
    for &record in deciding {
        // What is said of the whole world stands in a row of its own: it would colour every place alike.
        let here = record
            .event
            .regions
            .iter()
            .any(|other| taxonomy.within(region, other) && (other != "worldwide" || region == "worldwide"));
        if !here || (record.event.audience == Audience::GovernmentStaff) != staff {
            continue;
        }
        for named in desk.named(record, Some(region)).into_iter().filter(|named| seen.insert(named.clone())) {
            let state = desk.state(&named, record, desk.today);
            let held = state.effect().map(|(_, held)| held.clone());
            strictest.investigated |= state.layers.iter().any(|layer| !layer.investigated.is_empty());
            strictest.pending |= state.layers.iter().any(|layer| !layer.pending.is_empty());
            let own = held.as_ref().map(|held| held.state);
            if own > strictest.state || strictest.by.is_none() {
                strictest.state = strictest.state.max(own);
                strictest.by = held.and_then(|held| desk.material.ledger.record(held.n)).or(Some(record));
            }
        }
    }
    strictest
}

fn tile(desk: &Desk<'_>, (code, column, row): (&'static str, u8, u8), deciding: &[&Record], words: &Words) -> Tile {
    let answer = answer(desk, code, deciding, false);
    let staff = self::answer(desk, code, deciding, true);
    let notch = staff.state > answer.state;
    let name = desk.material.taxonomy.name(Kind::Region, code, &words.lang);
    let class = answer.class();
    let word = words.get("state", if class == "none" { "unknown" } else { class }).to_lowercase();
    let stricter = if notch { ", stricter for government staff" } else { "" };
    let by = answer.by.or(staff.by.filter(|_| notch));
    Tile {
        x: u16::from(column) * STEP + 2,
        y: u16::from(row) * STEP + 2,
        code,
        class,
        label: format!("{code}, {name}: {word}{stricter}"),
        row: by.and_then(|record| anchor(desk, code, record)),
        notch,
    }
}

/// The row of the place itself where a record names it, else of the group that it stands in there.
fn anchor(desk: &Desk<'_>, code: &str, record: &Record) -> Option<String> {
    let regions = &record.event.regions;
    let own = regions.iter().find(|region| region.as_str() == code);
    let group = || regions.iter().find(|region| desk.material.taxonomy.within(code, region));
    own.or_else(group).map(|region| region.to_lowercase())
}

fn row(desk: &Desk<'_>, region: &str, deciding: &[&Record], words: &Words) -> Option<Row> {
    desk.material.taxonomy.get(Kind::Region, region)?;
    let answer = answer(desk, region, deciding, false);
    let staff = self::answer(desk, region, deciding, true);
    let mut own: Vec<&Record> =
        deciding.iter().copied().filter(|record| record.event.regions.iter().any(|other| other == region)).collect();
    own.sort_by_key(|record| (record.event.action.state().map(std::cmp::Reverse), std::cmp::Reverse(record.begins), record.n));
    let class = answer.class();
    let layers: BTreeMap<Layer, ()> = own.iter().map(|record| (record.layer, ())).collect();
    let layers: Vec<&str> = layers.keys().map(|layer| words.get("layer", says::layer_key(*layer))).collect();
    let by = answer.by.or(staff.by).or(own.first().copied())?;
    Some(Row {
        id: region.to_lowercase(),
        place: desk.member(Kind::Region, region, &words.lang),
        mark: says::mark(if class == "none" { "unknown" } else { class }, words),
        notch: staff.state.filter(|_| staff.state > answer.state).map(|state| says::mark(state.as_str(), words)),
        what: own.iter().take(NAMED).map(|record| event(desk, record, words)).collect(),
        more: (own.len() > NAMED).then(|| words.count("more", own.len() - NAMED)),
        layers: layers.join(", "),
        since: says::stated(by, words, false),
        severity: answer.severity(),
    })
}

fn event(desk: &Desk<'_>, record: &Record, words: &Words) -> Link {
    let audience = words.get("audience", record.event.audience.as_str());
    let mark = says::of_record(record, words).word.to_lowercase();
    Link {
        text: format!("{}, {audience}: {mark}", desk.thing(&record.event, words)),
        href: desk.story(&record.story).map(|covered| desk.story_href(covered, &words.lang)),
    }
}
