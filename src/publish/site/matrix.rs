//! Banks by products, a place at a time: each cell is the strictest layer on record, with its name.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::chrome::{About, Chrome};
use super::desk::{Desk, Link};
use super::page::Page;
use super::says::{self, Mark};
use super::words::Words;
use crate::model::event::{ActorKind, Audience};
use crate::model::ledger::{Cell, Held, Layer};
use crate::model::taxonomy::Kind;
use crate::model::when::PartialDate;

/// Rows and columns of the board on the front page.
const BOARD: (usize, usize) = (6, 5);

/// Columns of a whole table: wider ones are no longer read.
const COLUMNS: usize = 16;

#[derive(Serialize)]
struct View {
    page: Chrome,
    place: Option<String>,
    /// The day of the newest entry that the table rests on.
    as_of: Option<String>,
    board: Option<Board>,
    others: Vec<Link>,
}

/// A table of banks and products.
#[derive(Serialize)]
pub struct Board {
    pub place: String,
    pub href: String,
    pub vendors: Vec<Vendor>,
    pub products: Vec<Link>,
    pub rows: Vec<Line>,
    /// There are more banks or products than shown.
    pub cut: bool,
}

/// A vendor above its products.
#[derive(Serialize)]
pub struct Vendor {
    pub name: String,
    pub span: usize,
}

/// A bank.
#[derive(Serialize)]
pub struct Line {
    pub bank: Link,
    pub cells: Vec<Square>,
}

/// A cell.
#[derive(Serialize)]
pub struct Square {
    pub mark: Mark,
    /// The layer that decides.
    pub layer: Option<String>,
    pub href: Option<String>,
    /// Something is pending beside it.
    pub pending: Option<Mark>,
}

/// Who and what a place's table has.
struct Grid {
    region: String,
    banks: Vec<String>,
    products: Vec<String>,
}

/// One page a place, and the busiest at `/matrix/`.
pub fn pages<'a>(desk: &Desk<'a>) -> Vec<Page<'a>> {
    let lang = desk.main_lang();
    let regions = regions(desk);
    let all = regions.clone();
    let mut pages = vec![Page::new("/matrix/", "site/matrix.html", lang, move |desk| view(desk, all.first(), &all))];
    for region in regions.iter().skip(1) {
        let (own, all) = (region.clone(), regions.clone());
        pages.push(Page::new(&path(region), "site/matrix.html", lang, move |desk| view(desk, Some(&own), &all)));
    }
    pages
}

/// The paths of all tables.
pub fn addresses(desk: &Desk<'_>) -> Vec<String> {
    let others = regions(desk).into_iter().skip(1).map(|region| path(&region));
    std::iter::once("/matrix/".to_string()).chain(others).collect()
}

/// The board of the busiest place, and the tables of others.
pub fn busiest(desk: &Desk<'_>, words: &Words) -> (Option<Board>, Vec<Link>) {
    const NEXT: usize = 4;
    let regions = regions(desk);
    let board = regions.first().map(|region| board(desk, region, Some(BOARD), words));
    let links = regions.iter().skip(1).take(NEXT).map(|region| link(desk, region, words)).collect();
    (board, links)
}

fn view(desk: &Desk<'_>, region: Option<&String>, all: &[String]) -> View {
    let words = desk.words(desk.main_lang());
    let place = region.map(|region| desk.member(Kind::Region, region, &words.lang).text);
    let title = place.as_ref().map_or_else(|| "Banks and products".to_string(), |place| format!("Banks and products in {place}"));
    let own = region.filter(|region| all.first() != Some(region));
    View {
        page: desk.chrome(About {
            title: title.clone(),
            description: format!("{title}: the strictest layer on record for the employees of each bank, with its evidence."),
            path: own.map_or_else(|| "/matrix/".to_string(), |region| path(region)),
            section: "matrix",
            ..About::default()
        }),
        as_of: region.and_then(|region| as_of(desk, region, words)),
        board: region.map(|region| board(desk, region, None, words)),
        others: all.iter().filter(|other| Some(*other) != region).map(|other| link(desk, other, words)).collect(),
        place,
    }
}

fn path(region: &str) -> String {
    format!("/matrix/{}/", region.to_lowercase())
}

fn link(desk: &Desk<'_>, region: &str, words: &Words) -> Link {
    let first = regions(desk).first().is_some_and(|first| first == region);
    let path = if first { "/matrix/".to_string() } else { path(region) };
    Link { text: desk.member(Kind::Region, region, &words.lang).text, href: Some(desk.href(&path)) }
}

/// Places in which banks have records of their own, busiest first.
fn regions(desk: &Desk<'_>) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for record in desk.material.ledger.standing().filter(|record| record.event.actor_kind == Some(ActorKind::Bank)) {
        for region in record.event.regions.iter().filter(|_| record.event.actor.is_some()) {
            *counts.entry(region).or_default() += 1;
        }
    }
    let mut regions: Vec<(&str, usize)> = counts.into_iter().collect();
    regions.sort_by_key(|(region, count)| (std::cmp::Reverse(*count), *region));
    regions.into_iter().map(|(region, _)| region.to_string()).collect()
}

/// Banks with a record in the place, and the products that any record there is about, grouped by vendor.
fn grid(desk: &Desk<'_>, region: &str) -> Grid {
    let taxonomy = &desk.material.taxonomy;
    let mut banks: BTreeMap<&str, usize> = BTreeMap::new();
    let mut products: BTreeMap<&str, usize> = BTreeMap::new();
    let mut vendors: BTreeSet<&str> = BTreeSet::new();
    for record in desk.material.ledger.standing() {
        let event = &record.event;
        let here = event.regions.iter().any(|other| taxonomy.within(region, other));
        if !here && !event.regions.is_empty() {
            continue;
        }
        if let Some(bank) = event.actor.as_deref().filter(|_| event.actor_kind == Some(ActorKind::Bank) && here) {
            *banks.entry(bank).or_default() += 1;
        }
        match (&event.product, &event.vendor) {
            (Some(product), _) => *products.entry(product).or_default() += 1 + usize::from(here),
            (None, Some(vendor)) if here => drop(vendors.insert(vendor)),
            _ => {}
        }
    }
    let of_vendor = |product: &str| taxonomy.get(Kind::Product, product).and_then(|product| product.vendor.as_deref());
    for vendor in vendors {
        let first =
            taxonomy.of(Kind::Product).find(|product| product.vendor.as_deref() == Some(vendor) && product.parent.is_none());
        if let Some(product) = first.filter(|_| !products.keys().any(|product| of_vendor(product) == Some(vendor))) {
            products.insert(&product.id, 1);
        }
    }
    let products = ranked(products).into_iter().filter(|product| taxonomy.get(Kind::Product, product).is_some()).collect();
    Grid { region: region.to_string(), banks: ranked(banks), products }
}

fn ranked(counts: BTreeMap<&str, usize>) -> Vec<String> {
    let mut all: Vec<(&str, usize)> = counts.into_iter().collect();
    all.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
    all.into_iter().map(|(id, _)| id.to_string()).collect()
}

fn board(desk: &Desk<'_>, region: &str, most: Option<(usize, usize)>, words: &Words) -> Board {
    let mut grid = grid(desk, region);
    let (rows, columns) = most.unwrap_or((usize::MAX, COLUMNS));
    let cut = grid.banks.len() > rows || grid.products.len() > columns;
    grid.banks.truncate(rows);
    grid.products.truncate(columns);
    let taxonomy = &desk.material.taxonomy;
    let vendor = |product: &str| taxonomy.get(Kind::Product, product).and_then(|product| product.vendor.clone());
    // Products of one vendor stand together, the vendor with the busiest product first.
    let order: Vec<Option<String>> = grid.products.iter().map(|product| vendor(product)).collect();
    grid.products.sort_by_key(|product| order.iter().position(|other| *other == vendor(product)));
    let mut vendors: Vec<Vendor> = Vec::new();
    for product in &grid.products {
        let name = vendor(product).map(|id| desk.member(Kind::Vendor, &id, &words.lang).text).unwrap_or_default();
        match vendors.last_mut().filter(|last| last.name == name) {
            Some(last) => last.span += 1,
            None => vendors.push(Vendor { name, span: 1 }),
        }
    }
    let row = |bank: &String| Line {
        bank: desk.member(Kind::Bank, bank, &words.lang),
        cells: grid.products.iter().map(|product| square(desk, bank, product, &grid.region, words)).collect(),
    };
    Board {
        place: desk.member(Kind::Region, region, &words.lang).text,
        href: link(desk, region, words).href.unwrap_or_default(),
        vendors,
        products: grid.products.iter().map(|product| desk.member(Kind::Product, product, &words.lang)).collect(),
        rows: grid.banks.iter().map(row).collect(),
        cut,
    }
}

fn square(desk: &Desk<'_>, bank: &str, product: &str, region: &str, words: &Words) -> Square {
    let cell = Cell {
        organisation: Some(bank.to_string()),
        product: product.to_string(),
        region: region.to_string(),
        audience: Audience::Employees,
    };
    let state = desk.cell(&cell, desk.today);
    let effect: Option<(Layer, &Held)> = state.effect();
    let record = effect.and_then(|(_, held)| desk.material.ledger.record(held.n));
    let pending = state.layers.iter().any(|layer| !layer.pending.is_empty());
    Square {
        mark: says::state(effect.map(|(_, held)| held.state), words),
        layer: effect.map(|(layer, _)| words.get("layer", says::layer_key(layer)).to_lowercase()),
        href: record.and_then(|record| desk.story(&record.story)).map(|covered| desk.story_href(covered, &words.lang)),
        pending: pending.then(|| says::mark("pending", words)),
    }
}

/// The day of the newest report of any record in a place.
fn as_of(desk: &Desk<'_>, region: &str, words: &Words) -> Option<String> {
    let taxonomy = &desk.material.taxonomy;
    let here = desk.material.ledger.standing().filter(|record| {
        record.event.regions.is_empty() || record.event.regions.iter().any(|other| taxonomy.within(region, other))
    });
    here.map(|record| record.first_reported()).max().map(|day| words.date(PartialDate::day(day)))
}
