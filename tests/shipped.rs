//! The files that ship with the program hold no mistake.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking anywhere")]

use std::collections::BTreeSet;
use std::path::Path;

use termwall::inputs::{self, Inputs};
use termwall::model::mistake::Mistake;
use termwall::model::source::Source;
use termwall::model::taxonomy::{Kind, Member, Taxonomy};
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

/// Every name of the shipped taxonomy that somebody of a kind goes by, in lower case.
fn names(taxonomy: &Taxonomy, kind: Kind) -> BTreeSet<String> {
    let all = |member: &Member| {
        let aliases = member.aliases.iter().map(|alias| alias.text.to_lowercase());
        std::iter::once(member.name.to_lowercase()).chain(aliases).collect::<Vec<_>>()
    };
    taxonomy.of(kind).flat_map(all).collect()
}

#[test]
fn the_banks_exchanges_insurers_and_vendors_of_nine_markets_are_known_by_the_names_they_have_there() {
    let taxonomy = shipped();
    let known = |kind: &str| names(&taxonomy, if kind == "bank" { Kind::Bank } else { Kind::Vendor });
    let mut lists = 0;
    let mut missing = Vec::new();
    for line in include_str!("shipped/field.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut parts = line.split(" | ");
        let (kind, market) = (parts.next().unwrap(), parts.next().unwrap());
        let known = known(kind);
        missing.extend(parts.filter(|name| !known.contains(&name.to_lowercase())).map(|name| format!("{market}: {name}")));
        lists += 1;
    }
    assert_eq!(lists, 11);
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn eighty_vendors_are_known_with_what_they_make() {
    let taxonomy = shipped();
    let makers: BTreeSet<_> = taxonomy.of(Kind::Product).filter_map(|product| product.vendor.as_deref()).collect();
    let vendors = makers.into_iter().filter(|id| taxonomy.get(Kind::Vendor, id).is_some()).count();
    assert!(vendors >= 80, "{vendors}");
}

#[test]
fn the_authorities_of_our_languages_countries_are_known_by_their_names_there() {
    let taxonomy = shipped();
    let own = [("zh", &["CN", "HK", "TW", "MO"][..]), ("ja", &["JP"]), ("ko", &["KR"]), ("de", &["DE", "AT", "CH"])];
    let others = [("fr", &["FR", "BE", "LU"][..]), ("es", &["ES", "MX", "AR", "CL", "CO", "PE"]), ("it", &["IT"])];
    let mut all = 0;
    let mut foreign = Vec::new();
    for (lang, countries) in own.into_iter().chain(others) {
        for member in taxonomy.of(Kind::Authority).filter(|one| countries.contains(&one.home.as_deref().unwrap_or_default())) {
            all += 1;
            // Some go by one name in every language (CSSF, Consob, Bundestag), courts at large by their office.
            let native = |alias: &termwall::model::taxonomy::Alias| alias.lang.starts_with(lang) || alias.lang == "*";
            if !member.aliases.iter().any(native) {
                foreign.push(&member.id);
            }
        }
    }
    assert!(all >= 150, "{all}");
    assert!(foreign.len() * 100 <= all * 15, "{} of {all}: {foreign:?}", foreign.len());
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
