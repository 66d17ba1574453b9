//! Which observations are of one event: by actor, product, region, action and time.
//!
//! Dated observations come together by what they say, two by two, so that the order of arrival does not matter. Undated ones
//! then join the latest dated event that they can mean, or one another.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::observe::{Observation, same_people};
use crate::model::taxonomy::{Kind, Taxonomy};

/// Two stated days of one event differ by no more: time zones, and the day of the news for the day of the act.
const SAME_DAY_SLACK: i32 = 3;

/// Within one story stated dates may differ by so much: newsrooms date an act by its order, its effect or its news.
const SAME_STORY_SLACK: i32 = 7;

/// An undated state that is told again after so long is taken for the same as long as nobody says that it ended.
const UNDATED_DAYS: i32 = 180;

/// An undated recollection means a dated event no older than this.
const RECALL_DAYS: i32 = 800;

/// Groups of observations, each of one event, each in the given order; the groups by their first member.
pub(super) fn merge<'a>(seen: &'a [Observation], taxonomy: &Taxonomy) -> Vec<Vec<&'a Observation>> {
    let mut buckets: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (place, observation) in seen.iter().enumerate() {
        buckets.entry(observation.bucket()).or_default().push(place);
    }
    let mut groups: Vec<Vec<usize>> = buckets.values().flat_map(|bucket| of_bucket(bucket, seen, taxonomy)).collect();
    groups.sort();
    groups.into_iter().map(|group| group.into_iter().map(|place| &seen[place]).collect()).collect()
}

fn of_bucket(bucket: &[usize], seen: &[Observation], taxonomy: &Taxonomy) -> Vec<Vec<usize>> {
    let (dated, undated): (Vec<usize>, Vec<usize>) = bucket.iter().partition(|&&place| seen[place].event.date.is_some());
    let mut groups = components(&dated, |a, b| alike(&seen[a], &seen[b], taxonomy) && same_time(&seen[a], &seen[b]));
    let mut left = Vec::new();
    let mut joined: Vec<Vec<usize>> = vec![Vec::new(); groups.len()];
    for place in undated {
        match meant(&seen[place], &groups, seen, taxonomy) {
            Some(group) => joined[group].push(place),
            None => left.push(place),
        }
    }
    for (group, more) in groups.iter_mut().zip(joined) {
        group.extend(more);
        group.sort_unstable();
    }
    groups.extend(components(&left, |a, b| alike(&seen[a], &seen[b], taxonomy) && both_undated(&seen[a], &seen[b])));
    groups
}

/// The dated event that an undated observation means: one of its own story first, then the latest that began before it.
fn meant(undated: &Observation, groups: &[Vec<usize>], seen: &[Observation], taxonomy: &Taxonomy) -> Option<usize> {
    let told = day(undated);
    let fits = |group: &&(usize, &Vec<usize>)| {
        let members = || group.1.iter().map(|&place| &seen[place]);
        let near = |dated: &Observation| {
            let began = dated.event.date.map_or(told, |date| date.first());
            (-SAME_STORY_SLACK..=RECALL_DAYS).contains(&days(began, told)) || dated.story == undated.story
        };
        members().any(|dated| alike(undated, dated, taxonomy) && near(dated))
            && !members().any(|dated| dated.report.article == undated.report.article)
    };
    let order = |group: &(usize, &Vec<usize>)| {
        let members = || group.1.iter().map(|&place| &seen[place]);
        (members().any(|dated| dated.story == undated.story), members().filter_map(|dated| dated.event.date).max())
    };
    groups.iter().enumerate().filter(|group| fits(&group)).max_by_key(order).map(|(at, _)| at)
}

/// Whether two observations of a bucket may be of one event, time aside.
fn alike(one: &Observation, other: &Observation, taxonomy: &Taxonomy) -> bool {
    let (a, b) = (&one.event, &other.event);
    if one.report.article == other.report.article {
        // An article tells of an act once, so its two events are two unless they say the same.
        return (a.action, &a.vendor, &a.product, &a.regions, a.audience)
            == (b.action, &b.vendor, &b.product, &b.regions, b.audience);
    }
    let one_story = one.story == other.story;
    let recalled = one.recalled || other.recalled;
    let open = |x: &Option<String>, y: &Option<String>| x == y || one_story && (x.is_none() || y.is_none());
    // A recollection may leave the place out, but a vendor acts in many places.
    let vague =
        |x: &Observation| x.recalled && x.event.regions.is_empty() && x.event.actor.is_some() && x.event.actor != x.event.vendor;
    let places = if a.regions.is_empty() || b.regions.is_empty() {
        a.regions == b.regions || one_story && !recalled || vague(one) || vague(other)
    } else {
        // A wider place told elsewhere, or only recalled, is a claim of its own: it must not vanish in the narrower one.
        let meets = |x: &String, y: &String| x == y || one_story && !recalled && (taxonomy.within(x, y) || taxonomy.within(y, x));
        a.regions.iter().any(|x| b.regions.iter().any(|y| meets(x, y)))
    };
    (a.action == b.action || one_story || recalled)
        && same_people(a.audience, b.audience)
        && open(&a.vendor, &b.vendor)
        && (open(&a.product, &b.product) || kin(a.product.as_deref(), b.product.as_deref(), taxonomy))
        && places
}

/// Whether one product is part of the other.
fn kin(one: Option<&str>, other: Option<&str>, taxonomy: &Taxonomy) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return false };
    let parent = |id: &str| taxonomy.get(Kind::Product, id).and_then(|product| product.parent.clone());
    parent(one).as_deref() == Some(other) || parent(other).as_deref() == Some(one)
}

/// Whether two stated dates may be of one event.
fn same_time(one: &Observation, other: &Observation) -> bool {
    let (Some(a), Some(b)) = (one.event.date, other.event.date) else { return false };
    let apart = if a.first() > b.last() { days(b.last(), a.first()) } else { days(a.last(), b.first()).max(0) };
    let told_together = one.story == other.story && days(day(one), day(other)).abs() <= SAME_STORY_SLACK;
    a.overlaps(b)
        || apart <= SAME_DAY_SLACK && a.exact().is_some() && b.exact().is_some()
        || told_together && apart <= SAME_STORY_SLACK
}

fn both_undated(one: &Observation, other: &Observation) -> bool {
    one.story == other.story || days(day(one), day(other)).abs() <= UNDATED_DAYS
}

/// The day of the news.
fn day(observation: &Observation) -> Date {
    observation.report.published.last()
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

/// The connected components of a symmetric relation, members in the given order.
fn components(members: &[usize], related: impl Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for &member in members {
        let (mut joined, apart): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group| group.iter().any(|&other| related(member, other)));
        joined.push(vec![member]);
        let mut group = joined.concat();
        group.sort_unstable();
        groups = apart;
        groups.push(group);
    }
    groups
}
