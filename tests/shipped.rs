//! The files that ship with the program hold no mistake.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking anywhere")]

use std::collections::BTreeSet;
use std::path::Path;

use termwall::inputs::{self, Inputs};
use termwall::model::mistake::Mistake;
use termwall::model::source::Source;
use termwall::model::taxonomy::{Kind, Taxonomy};
use termwall::sources;
use termwall::tag::taxonomy;

fn compiled_in() -> Inputs {
    inputs::read(Path::new("no such folder")).unwrap()
}

fn or_tell<T>(read: Result<T, Vec<Mistake>>) -> T {
    read.unwrap_or_else(|mistakes| panic!("\n{}", mistakes.iter().map(|mistake| format!("{mistake}\n")).collect::<String>()))
}

fn shipped() -> Taxonomy {
    or_tell(taxonomy::read(&compiled_in().taxonomy))
}

fn shipped_sources() -> Vec<Source> {
    or_tell(sources::read(&compiled_in().feeds, "feeds.toml"))
}

#[test]
fn the_shipped_taxonomy_holds_no_mistake_and_covers_the_field() {
    let taxonomy = shipped();
    let least = [
        (Kind::Bank, 250),
        (Kind::Vendor, 90),
        (Kind::Product, 200),
        (Kind::Region, 250),
        (Kind::Authority, 200),
        (Kind::Company, 120),
    ];
    for (kind, number) in least {
        assert!(taxonomy.of(kind).count() >= number, "{kind:?}: {}", taxonomy.of(kind).count());
    }
}

#[test]
fn the_shipped_feeds_hold_no_mistake_and_fill_every_group() {
    let feeds = shipped_sources();
    assert!(feeds.iter().filter(|source| source.enabled).count() >= 100);
    for group in sources::GROUPS {
        assert!(feeds.iter().any(|source| source.group == group && source.enabled), "nothing is on in {group}");
    }
}

#[test]
fn whoever_a_shipped_feed_speaks_for_is_in_the_taxonomy() {
    let taxonomy = shipped();
    let unknown: BTreeSet<_> =
        shipped_sources().into_iter().filter_map(|source| source.speaks_for).filter(|id| taxonomy.actor(id).is_none()).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn a_feed_that_is_off_says_why() {
    let silent: Vec<_> =
        shipped_sources().into_iter().filter(|source| !source.enabled && source.note.is_none()).map(|source| source.id).collect();
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn no_aggregator_speaks_for_anyone() {
    let both: Vec<_> = shipped_sources()
        .into_iter()
        .filter(|source| source.aggregator && source.speaks_for.is_some())
        .map(|source| source.id)
        .collect();
    assert!(both.is_empty(), "{both:?}");
}
