//! The files that ship with the program hold no mistake.

use std::fs;

use termwall::model::taxonomy::{Kind, Taxonomy};
use termwall::tag::taxonomy;

/// The files of `taxonomy/`, as an editor's folder holds them.
fn taxonomy_files() -> Vec<(String, String)> {
    let mut paths: Vec<_> = fs::read_dir("taxonomy").unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| (path.display().to_string(), fs::read_to_string(path).unwrap())).collect()
}

fn shipped() -> Taxonomy {
    taxonomy::read(&taxonomy_files()).unwrap_or_else(|mistakes| {
        panic!("\n{}", mistakes.iter().map(|mistake| format!("{mistake}\n")).collect::<String>());
    })
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
