//! Places whose access is concerned: not homes, seats, venues, datelines, places where data goes.

use std::collections::BTreeSet;

use crate::model::taxonomy::Kind;
use crate::tag::names::{Name, Names};
use crate::tag::rule::Rule;
use crate::tag::scene::Sentence;
use crate::tag::words::{Class, Cue, Mark};

use super::noun::{home_of, inside_noun};
use super::party::region;
use super::trigger::{Trigger, after, before};

/// How a place stands in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Access there is concerned.
    Concerned,
    /// Nothing says so, nothing speaks against it.
    Named,
    /// A home, a seat, a venue, a feared destination.
    Aside,
}

/// The places of a trigger's zone whose access is concerned, sorted.
pub fn concerned(sentence: &Sentence<'_>, trigger: &Trigger, names: &Names, taken: Option<(usize, usize)>) -> Vec<String> {
    let zone = |name: &&Name| name.start >= trigger.zone.0 && name.start < trigger.zone.1;
    let free = |name: &&Name| taken.is_none_or(|(start, end)| name.end <= start || name.start >= end);
    let mut found = BTreeSet::new();
    for name in sentence.names.iter().filter(zone).filter(free) {
        let Some(region) = region(names, name) else { continue };
        if standing(sentence, name) == Standing::Concerned && !is_makers_home(sentence, name, names, region) {
            found.insert(region.to_string());
        }
    }
    if found.is_empty() {
        for name in sentence.names.iter().filter(zone).filter(free) {
            let Some(region) = region(names, name) else { continue };
            if standing(sentence, name) == Standing::Named && name.start >= trigger.start {
                found.insert(region.to_string());
            }
        }
    }
    found.into_iter().collect()
}

/// The places of a sentence whose access is concerned, sorted, whatever it tells of.
pub fn spoken_of(sentence: &Sentence<'_>, names: &Names) -> Vec<String> {
    // "Colleagues in Singapore keep theirs": the places of whoever is left out.
    if sentence.marks.iter().any(|mark| matches!(mark.class, Class::Cue(Cue::LeftOut | Cue::Remains))) {
        return Vec::new();
    }
    let concerned = sentence.names.iter().filter(|name| standing(sentence, name) == Standing::Concerned);
    let places = concerned.filter_map(|name| Some((name, region(names, name)?)));
    let places = places.filter(|(name, place)| !is_makers_home(sentence, name, names, place));
    let found: BTreeSet<String> = places.map(|(_, place)| place.to_string()).collect();
    found.into_iter().collect()
}

/// The places outside America that a sentence names, homes and venues left out, sorted.
pub fn abroad(sentence: &Sentence<'_>, names: &Names) -> Vec<String> {
    let named = sentence.names.iter().filter(|name| standing(sentence, name) != Standing::Aside);
    let places = named.filter_map(|name| region(names, name)).filter(|place| *place != "US" && !place.starts_with("US-"));
    places.map(ToString::to_string).collect::<BTreeSet<_>>().into_iter().collect()
}

/// "中国のディープシーク", "중국 딥시크": a place right before a maker or product that is at home there.
fn is_makers_home(sentence: &Sentence<'_>, name: &Name, names: &Names, place: &str) -> bool {
    const LINKS: &[&str] = &["", " ", "の", "的", "의 "];
    let Some(next) = sentence.names.iter().find(|next| next.start >= name.end) else { return false };
    let home = |id: &Option<String>| {
        names
            .members
            .iter()
            .any(|one| one.kind == Kind::Vendor && Some(&one.id) == id.as_ref() && one.of.as_deref() == Some(place))
    };
    let made_there = next.members.iter().map(|index| &names.members[*index]).any(|one| match one.kind {
        Kind::Vendor => one.of.as_deref() == Some(place),
        Kind::Product => home(&one.of),
        _ => false,
    });
    made_there && LINKS.contains(&sentence.between(name.end, next.start))
}

/// How a place stands in its sentence.
pub fn standing(sentence: &Sentence<'_>, name: &Name) -> Standing {
    weighed(sentence, name).0
}

/// The same, with the rule that says so of a place that is not set aside.
pub fn weighed(sentence: &Sentence<'_>, name: &Name) -> (Standing, Rule) {
    let home = after(sentence, name.end, 1, Cue::Home).is_some();
    let away =
        before(sentence, name.start, 10, Cue::Elsewhere).is_some() || after(sentence, name.end, 3, Cue::Elsewhere).is_some();
    let feared = before(sentence, name.start, 24, Cue::Feared).is_some();
    let of_somebody = home_of(sentence, name).is_some() || inside_noun(sentence, name);
    if home || away || feared || of_somebody || is_dateline(sentence, name) || is_venue(sentence, name) {
        return (Standing::Aside, Rule::PlaceNamed);
    }
    let local = after(sentence, name.end, 12, Cue::Local).is_some();
    let at = before(sentence, name.start, 5, Cue::At).is_some() || after(sentence, name.end, 1, Cue::At).is_some();
    if at {
        (Standing::Concerned, Rule::PlaceAt)
    } else if local {
        (Standing::Concerned, Rule::PlaceLocal)
    } else if is_listed(sentence, name) {
        (Standing::Concerned, Rule::PlaceListed)
    } else {
        (Standing::Named, Rule::PlaceNamed)
    }
}

/// "in Russia, Iran and North Korea": the list's first place has the preposition, its last the noun.
pub fn is_listed(sentence: &Sentence<'_>, name: &Name) -> bool {
    let near = |from: usize, to: usize| from <= to && sentence.between(from, to).chars().count() <= 6;
    let mut edge = name.start;
    for other in sentence.names.iter().rev().filter(|other| other.end <= name.start) {
        if !near(other.end, edge) {
            break;
        }
        if before(sentence, other.start, 5, Cue::At).is_some() {
            return true;
        }
        edge = other.start;
    }
    let mut edge = name.end;
    for other in sentence.names.iter().filter(|other| other.start >= name.end) {
        if !near(edge, other.start) {
            break;
        }
        if after(sentence, other.end, 12, Cue::Local).is_some() && after(sentence, other.end, 1, Cue::Home).is_none() {
            return true;
        }
        edge = other.end;
    }
    false
}

/// "中國、俄羅斯或伊朗的企業": the noun behind the last place of a list belongs to all of them.
pub fn is_local_list(sentence: &Sentence<'_>, name: &Name) -> bool {
    let mut edge = name.end;
    for other in sentence.names.iter().filter(|other| other.start >= name.end) {
        if !other.is_place || sentence.between(edge, other.start).chars().count() > 5 {
            break;
        }
        edge = other.end;
    }
    edge > name.end && after(sentence, edge, 3, Cue::Local).is_some()
}

/// "SAN FRANCISCO - One of …": the sentence opens with the place and a dash.
fn is_dateline(sentence: &Sentence<'_>, name: &Name) -> bool {
    let opens = sentence.between(sentence.start, name.start).trim().is_empty();
    let rest = sentence.between(name.end, sentence.end).trim_start();
    opens && ["- ", "— ", "– ", "(reuters", "(afp", "(ap)"].iter().any(|dash| rest.starts_with(dash))
}

/// "In London Jensen Huang said", "told Bloomberg TV in Reykjavik".
fn is_venue(sentence: &Sentence<'_>, name: &Name) -> bool {
    // "told its people in Dubai": those who are told are there.
    let told = |mark: &&Mark| mark.class == Class::Cue(Cue::Order) && mark.end <= name.start && name.start - mark.end <= 40;
    let own = |mark: &&Mark| {
        let between = sentence.between(mark.end, name.start);
        between.contains(" its ")
            || between.contains(" their ")
            || sentence
                .marks
                .iter()
                .any(|other| matches!(other.class, Class::Audience(_)) && other.start >= mark.end && other.end <= name.start)
    };
    if sentence.marks.iter().copied().any(|mark| told(&mark) && own(&mark)) {
        return false;
    }
    before(sentence, name.start, 5, Cue::At).is_some()
        && (before(sentence, name.start, 30, Cue::Say).is_some() || after(sentence, name.end, 30, Cue::Say).is_some())
        && after(sentence, name.end, 12, Cue::Local).is_none()
}
