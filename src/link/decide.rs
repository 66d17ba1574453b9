//! Where an article belongs: keys under which related articles are found, the relation, and ids.

use std::collections::BTreeSet;

use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use super::digest::{Days, Digest, Fact};
use super::event::{Apart, SAME_ACTOR_DAYS, SAME_DAY_SLACK, VAGUE_DAYS, same_event};
use super::sketch::{hash, mix};
use super::{Decision, Joins, Known};
use crate::model::article::Article;
use crate::model::tagged::Tagged;

/// A text or an address that comes back later than this is used anew.
const SAME_TEXT_DAYS: i32 = 45;

pub(super) fn keys(article: &Article, tagged: &Tagged) -> Vec<String> {
    let Some(digest) = Digest::of(article, tagged) else { return Vec::new() };
    let keys: BTreeSet<String> = digest.keys().into_iter().map(|key| format!("{key:016x}")).collect();
    keys.into_iter().collect()
}

pub(super) fn decide(article: &Article, tagged: &Tagged, candidates: &[Known]) -> Decision {
    let Some(digest) = Digest::of(article, tagged) else { return Decision::default() };
    let mut joins = vec![BTreeSet::new(); digest.happenings.len()];
    for known in candidates {
        let Some(other) = Digest::of(&known.article, &known.tagged) else { continue };
        let pair = Pair::of(&digest, &other);
        for (mine, joins) in joins.iter_mut().enumerate() {
            let stories = known.stories.iter().take(other.happenings.len()).enumerate();
            joins.extend(stories.filter(|(theirs, _)| pair.related(mine, *theirs)).map(|(_, story)| story.clone()));
        }
    }
    let happenings = joins.into_iter().map(|stories| Joins { stories: stories.into_iter().collect() }).collect();
    Decision { happenings }
}

pub(super) fn story_id(article: &str, happening: usize) -> String {
    let own = article.get(..12).filter(|start| start.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')));
    match own.filter(|_| happening == 0) {
        Some(own) => own.to_string(),
        None => {
            let digest = Sha256::digest(format!("{article}#{happening}"));
            digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
        }
    }
}

/// Two articles, with what holds for all their happenings.
pub(super) struct Pair<'a> {
    one: &'a Digest,
    other: &'a Digest,
    apart: Apart,
    same_text: bool,
    shared_firm: bool,
}

impl<'a> Pair<'a> {
    pub fn of(one: &'a Digest, other: &'a Digest) -> Self {
        let apart = Apart::of(one.published, other.published);
        let texts = || one.sketch.as_ref().zip(other.sketch.as_ref()).is_some_and(|(one, other)| one.same(other));
        let undated = one.published.is_none() || other.published.is_none();
        let same_address = one.address != 0 && one.address == other.address;
        let same_text = (undated || apart.within(SAME_TEXT_DAYS)) && (same_address || texts());
        let shared_firm = one.firms.iter().any(|firm| other.firms.contains(firm));
        Self { one, other, apart, same_text, shared_firm }
    }

    /// Whether a happening of the one is a happening of the other. Of two copies the first happenings are one; the others
    /// are found by their events, since a copy may be shortened.
    pub fn related(&self, mine: usize, theirs: usize) -> bool {
        if self.same_text && mine == 0 && theirs == 0 {
            return true;
        }
        let events =
            |one: &Fact| self.other.happenings[theirs].iter().any(|other| same_event(one, other, self.apart, self.shared_firm));
        self.one.happenings[mine].iter().any(events)
    }
}

impl Digest {
    /// Every two related articles share a key: each window of days is cut into steps of its own width, and an article stands
    /// in its step and the next.
    pub fn keys(&self) -> Vec<u64> {
        let mut keys = Vec::new();
        if self.address != 0 {
            keys.push(mix(self.address));
        }
        keys.extend(self.sketch.iter().flat_map(|sketch| sketch.bands()));
        for fact in self.happenings.iter().flatten() {
            self.fact_keys(fact, &mut keys);
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn fact_keys(&self, fact: &Fact, keys: &mut Vec<u64>) {
        let family = fact.family as u64;
        let key = |tag: &str, name: u64, step: i64| mix(mix(mix(hash(tag) ^ name) ^ family) ^ step.unsigned_abs());
        let mut put = |tag: &str, name: u64, days: Option<Days>, width: i32| {
            let Some((first, last)) = days.filter(|_| name != 0) else { return };
            // A month wider than its window relates to nothing by the day of its news.
            if day_number(last) - day_number(first) <= i64::from(width) {
                let step = day_number(first).div_euclid(i64::from(width));
                keys.extend([key(tag, name, step), key(tag, name, step + 1)]);
            }
        };
        put("actor", fact.actor, self.published, SAME_ACTOR_DAYS);
        put("vendor", fact.vendor, self.published, VAGUE_DAYS);
        put("day", fact.actor, fact.date.filter(|(first, last)| first == last), SAME_DAY_SLACK);
    }
}

/// Days since the first of January of the year 0.
fn day_number(date: Date) -> i64 {
    i64::from(jiff::civil::date(0, 1, 1).until(date).map_or(0, |span| span.get_days()))
}
