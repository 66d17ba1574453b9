//! How well unknown names are found: banks and vendors are taken out of the taxonomy, and have to come back as suggestions from the
//! labelled stories that they play a part in; whatever else is suggested is noise.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking anywhere")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use sha2::{Digest, Sha256};
use termwall::inputs;
use termwall::model::taxonomy::{Kind, Member, Taxonomy};
use termwall::tag::unknown::{Suggestion, Tally, Vocabulary};
use termwall::tag::{Tagger, Text, taxonomy};

/// Of every so many members that play a part in a story one is taken out.
const EVERY: u32 = 3;

/// Least share of those taken out that come back, and of suggestions that are right, in stories in each family of languages:
/// figures that later changes may raise and never lower.
const FLOORS: &[(&str, Kind, f64, f64)] = &[
    ("all", Kind::Bank, 0.75, 0.44),
    ("all", Kind::Vendor, 0.90, 0.39),
    ("en", Kind::Bank, 0.60, 0.26),
    ("en", Kind::Vendor, 0.80, 0.43),
    ("zh", Kind::Bank, 0.60, 0.50),
    ("zh", Kind::Vendor, 0.60, 0.65),
    ("ja+ko", Kind::Bank, 0.55, 0.55),
    ("ja+ko", Kind::Vendor, 0.15, 0.60),
    ("de+fr+es+it", Kind::Bank, 0.90, 0.44),
    ("de+fr+es+it", Kind::Vendor, 0.80, 0.43),
];

/// At most so many names are suggested of every hundred stories while every name is known; some of these are unknown in earnest.
const MOST_WITH_ALL: usize = 19;

#[derive(Deserialize)]
struct Story {
    id: String,
    title: String,
    text: String,
    lang: String,
    banks: Vec<String>,
    vendors: Vec<String>,
}

fn stories() -> Vec<Story> {
    let files = ["corpus/banks-dev", "corpus/regulation-dev", "corpus/vendors-dev", "corpus/eu-asia-dev", "corpus/zh-dev"];
    let own = ["stories/en", "stories/de-fr-es-it", "stories/zh-ja-ko"];
    let text = |name: &&str| std::fs::read_to_string(format!("tests/{name}.jsonl")).unwrap();
    let all: Vec<String> = files.iter().chain(&own).map(text).collect();
    all.iter().flat_map(|text| text.lines()).map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn family(lang: &str) -> &'static str {
    match &lang[..2] {
        "zh" => "zh",
        "ja" | "ko" => "ja+ko",
        "de" | "fr" | "es" | "it" => "de+fr+es+it",
        _ => "en",
    }
}

fn files() -> Vec<(String, String)> {
    let files = inputs::read(Path::new("no such folder")).unwrap().taxonomy;
    files.into_iter().map(|(name, text)| (format!("taxonomy/{name}"), text)).collect()
}

/// The shipped taxonomy without some members, and without their products.
fn tagger(without: &BTreeSet<(Kind, String)>) -> Tagger {
    let whole = taxonomy::read(&files()).unwrap();
    let out = |member: &Member| {
        let maker = member.vendor.as_ref().is_some_and(|vendor| without.contains(&(Kind::Vendor, vendor.clone())));
        without.contains(&(member.kind, member.id.clone())) || member.kind == Kind::Product && maker
    };
    let kept: Vec<Member> = whole.all().filter(|member| !out(member)).cloned().collect();
    Tagger::new(Arc::new(Taxonomy::new("less".into(), kept)), &files()).unwrap()
}

/// Banks or vendors of some stories, of every three one, by a hash of their names.
fn chosen(stories: &[Story], kind: Kind) -> BTreeSet<(Kind, String)> {
    let parts = stories.iter().flat_map(|story| if kind == Kind::Bank { &story.banks } else { &story.vendors });
    parts.filter(|id| u32::from(Sha256::digest(id.as_bytes())[0]) % EVERY == 0).map(|id| (kind, id.clone())).collect()
}

fn suggested(tagger: &Tagger, stories: &[Story]) -> Vec<Suggestion> {
    let (mut vocabulary, mut tally) = (Vocabulary::default(), Tally::default());
    for story in stories {
        vocabulary.add(&story.title, &story.lang);
        vocabulary.add(&story.text, &story.lang);
    }
    for story in stories {
        let text = Text { title: &story.title, text: &story.text, lang: Some(&story.lang), ..Text::default() };
        tagger.unknown(text, &vocabulary).into_iter().for_each(|one| tally.add(one, (&story.id, "example", &story.lang)));
    }
    tally.suggestions(1)
}

/// The members whose names a suggestion is: the whole name, or one that is part of the other.
fn means(suggestion: &Suggestion, names: &BTreeMap<(Kind, String), Vec<String>>) -> Vec<(Kind, String)> {
    let name = squeezed(&suggestion.name);
    let same =
        |other: &&String| **other == name || name.len() > 3 && other.contains(&name) || other.len() > 3 && name.contains(*other);
    names.iter().filter(|(_, names)| names.iter().any(|other| same(&other))).map(|(id, _)| id.clone()).collect()
}

fn squeezed(name: &str) -> String {
    name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// All names of members, of a vendor those of its products too.
fn names(of: &BTreeSet<(Kind, String)>) -> BTreeMap<(Kind, String), Vec<String>> {
    let whole = taxonomy::read(&files()).unwrap();
    let spelt = |member: &Member| -> Vec<String> {
        std::iter::once(&member.name).chain(member.aliases.iter().map(|alias| &alias.text)).map(|name| squeezed(name)).collect()
    };
    let mut found = BTreeMap::new();
    for (kind, id) in of {
        let Some(member) = whole.get(*kind, id) else { continue };
        let mut names = spelt(member);
        let own = whole.of(Kind::Product).filter(|product| *kind == Kind::Vendor && product.vendor.as_ref() == Some(id));
        names.extend(own.flat_map(spelt));
        found.insert((*kind, id.clone()), names);
    }
    found
}

/// What came of taking some members out.
struct Outcome {
    back: usize,
    out: usize,
    right: usize,
    suggested: usize,
    missed: Vec<String>,
}

fn take_out(stories: &[Story], kind: Kind) -> Outcome {
    let out = chosen(stories, kind);
    let names = names(&out);
    let found = suggested(&tagger(&out), stories);
    let right = found.iter().filter(|one| !means(one, &names).is_empty());
    let back: BTreeSet<_> = right.clone().flat_map(|one| means(one, &names)).collect();
    let missed = names.keys().filter(|id| !back.contains(*id)).map(|(_, id)| id.clone()).collect();
    Outcome { back: back.len(), out: names.len(), right: right.count(), suggested: found.len(), missed }
}

#[test]
fn banks_and_vendors_that_are_taken_out_come_back_as_suggestions() {
    let (mut table, mut failed) = (String::new(), Vec::new());
    for part in ["all", "en", "zh", "ja+ko", "de+fr+es+it"] {
        let stories: Vec<Story> = stories().into_iter().filter(|story| part == "all" || family(&story.lang) == part).collect();
        let noise = suggested(&tagger(&BTreeSet::new()), &stories);
        if noise.len() * 100 > stories.len() * MOST_WITH_ALL {
            failed.push(format!("{part}: {} suggestions with all names", noise.len()));
        }
        table.push_str(&format!("{part}: {} stories, {} suggestions with all names\n", stories.len(), noise.len()));
        for kind in [Kind::Bank, Kind::Vendor] {
            let Outcome { back, out, right, suggested, missed } = take_out(&stories, kind);
            let (recall, precision) = (back as f64 / out as f64, right as f64 / suggested as f64);
            table.push_str(&format!(
                "  {kind:?}: {back} of {out} taken out come back ({recall:.2}), {right} of {suggested} suggestions right ({precision:.2})\n"
            ));
            table.push_str(&format!("    missed {missed:?}\n"));
            for (name, of, least_recall, least_precision) in FLOORS {
                if *name == part && *of == kind && (recall < *least_recall || precision < *least_precision) {
                    failed.push(format!("{name} {kind:?}: recall {recall:.3}, precision {precision:.3}"));
                }
            }
        }
    }
    println!("{table}");
    assert!(failed.is_empty(), "{failed:#?}");
}
