//! Stories that belong beside a story: the same actor, product, vendor or place.

use std::collections::BTreeMap;

use serde::Serialize;

use super::main_record;
use crate::model::story::Story;
use crate::model::taxonomy::Kind;
use crate::model::when::PartialDate;
use crate::publish::shown::{self, KINDS};
use crate::publish::site::desk::Desk;
use crate::publish::site::says::{self, Mark};
use crate::publish::site::words::Words;

/// How many are shown.
const SHOWN: usize = 3;

/// How far to look among a member's stories, so that a page depends on its neighbours in time and not on the whole edition.
const OLDER: usize = 24;
const NEWER: usize = 6;

/// A story beside another.
#[derive(Serialize)]
pub struct Related {
    pub headline: String,
    /// Its language, where that is not the page's.
    pub lang: Option<String>,
    pub href: String,
    pub mark: Mark,
    pub date: String,
}

/// The nearest in what they share, then in time.
pub fn related(desk: &Desk<'_>, story: &Story, words: &Words) -> Vec<Related> {
    let Some(here) = desk.place(&story.id) else { return Vec::new() };
    let mut scores: BTreeMap<usize, u32> = BTreeMap::new();
    for (kind, id) in story.event().into_iter().flat_map(shown::of_event) {
        let places = desk.places_of(kind, id);
        let own = places.partition_point(|&at| at < here);
        let near = &places[own.saturating_sub(NEWER)..places.len().min(own + OLDER + 1)];
        for &at in near.iter().filter(|&&at| at != here) {
            *scores.entry(at).or_default() += weight(kind);
        }
    }
    let mut best: Vec<(usize, u32)> = scores.into_iter().collect();
    best.sort_by_key(|&(at, score)| (std::cmp::Reverse(score), at.abs_diff(here), at));
    best.iter().take(SHOWN).map(|&(at, _)| one(desk, at, words)).collect()
}

/// A shared bank or product says more than a shared vendor or place.
fn weight(kind: Kind) -> u32 {
    debug_assert!(KINDS.contains(&kind));
    match kind {
        Kind::Bank => 3,
        Kind::Product => 2,
        _ => 1,
    }
}

fn one(desk: &Desk<'_>, at: usize, words: &Words) -> Related {
    let covered = &desk.material.stories[at];
    let record = main_record(desk, covered);
    let day = PartialDate::day(covered.story.first_seen().to_zoned(desk.zone.clone()).date());
    let insight = desk.insight(covered, &words.lang);
    Related {
        headline: desk.headline(covered, insight),
        lang: Some(insight.lang.clone()).filter(|lang| *lang != words.lang),
        href: desk.story_href(covered, &words.lang),
        mark: says::of_story(&covered.story, record, words),
        date: record.map_or_else(|| words.date(day), |record| says::stated(record, words, true).text),
    }
}
