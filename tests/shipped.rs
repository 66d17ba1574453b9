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
use url::Url;

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
fn every_bank_and_vendor_is_at_home_in_a_known_region() {
    let taxonomy = shipped();
    let homeless: Vec<_> = [Kind::Bank, Kind::Vendor]
        .into_iter()
        .flat_map(|kind| taxonomy.of(kind))
        .filter(|member| member.home.as_ref().is_none_or(|home| taxonomy.get(Kind::Region, home).is_none()))
        .map(|member| (&member.id, &member.home))
        .collect();
    assert!(homeless.is_empty(), "{homeless:?}");
}

#[test]
fn nearly_every_bank_and_vendor_has_a_page() {
    let taxonomy = shipped();
    for (kind, percent) in [(Kind::Bank, 90), (Kind::Vendor, 95)] {
        let without: Vec<_> = taxonomy.of(kind).filter(|member| member.page.is_none()).map(|member| &member.id).collect();
        let all = taxonomy.of(kind).count();
        assert!((all - without.len()) * 100 >= all * percent, "{kind:?}, of {all} without: {without:?}");
    }
}

#[test]
fn every_page_of_a_member_is_https_with_a_host() {
    let taxonomy = shipped();
    let paged = || taxonomy.all().filter_map(|member| member.page.as_deref().map(|page| (&member.id, page)));
    assert!(paged().count() > 0);
    let bad: Vec<_> = paged()
        .filter(|(_, page)| {
            !Url::parse(page).is_ok_and(|url| url.scheme() == "https" && url.domain().is_some_and(|host| host.contains('.')))
        })
        .collect();
    assert!(bad.is_empty(), "{bad:?}");
}

#[test]
fn whoever_a_known_person_speaks_for_is_in_the_taxonomy() {
    let (taxonomy, files) = (shipped(), compiled_in().taxonomy);
    let (_, common) = files.iter().find(|(path, _)| path == "words/common.toml").unwrap();
    let common: toml::Table = common.parse().unwrap();
    let persons = common["person"].as_array().unwrap();
    let lost: Vec<_> = persons.iter().filter(|person| taxonomy.actor(person["speaks_for"].as_str().unwrap()).is_none()).collect();
    assert!(lost.is_empty(), "{lost:?}");
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
