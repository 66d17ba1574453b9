//! Who has a page, which stories it lists, and which story leads.

use std::collections::BTreeSet;

use crate::model::edition::{Covered, Material};
use crate::model::event::{AccessEvent, ActorKind};
use crate::model::ledger::{Ledger, Record};
use crate::model::story::Story;
use crate::model::tagged::Tagged;
use crate::model::taxonomy::Kind;

/// Kinds whose members have pages.
pub const KINDS: [Kind; 4] = [Kind::Bank, Kind::Vendor, Kind::Product, Kind::Region];

/// The members that have pages, by kind and id: those of the taxonomy that appear in any record that counts or any story.
pub fn shown(material: &Material) -> Vec<(Kind, String)> {
    let records = material.ledger.standing().flat_map(|record| of_event(&record.event));
    let stories = material.stories.iter().flat_map(|covered| of_story(&covered.story));
    let found: BTreeSet<(Kind, &str)> = records.chain(stories).collect();
    let known = found.into_iter().filter(|(kind, id)| material.taxonomy.get(*kind, id).is_some());
    known.map(|(kind, id)| (kind, id.to_string())).collect()
}

/// Who plays a part in a story, by kind and id.
pub fn members(story: &Story) -> BTreeSet<(Kind, &str)> {
    of_story(story).collect()
}

/// The stories that a member plays a part in, in the order of the edition.
pub fn stories<'a>(material: &'a Material, kind: Kind, id: &str) -> Vec<&'a Covered> {
    material.stories.iter().filter(|covered| concerns(&covered.story, kind, id)).collect()
}

/// Whether a member plays a part in a story.
pub fn concerns(story: &Story, kind: Kind, id: &str) -> bool {
    of_story(story).any(|member| member == (kind, id))
}

/// The story to lead with: of those with the newest report, the one that most origins tell of, then most outlets, then the
/// first in order. `None` of none.
pub fn leading<'a>(stories: &[&'a Covered]) -> Option<&'a Covered> {
    let newest = stories.iter().map(|covered| covered.story.latest()).max()?;
    let weight = |covered: &Covered| (origins(&covered.story), outlets(&covered.story));
    let newest = stories.iter().filter(|covered| covered.story.latest() == newest);
    // `max_by_key` gives the last of equals, and the first is wanted.
    newest.rev().max_by_key(|covered| weight(covered)).copied()
}

/// The record that a story is about: the one that its commentary tells of, also where it was taken from another
/// story that its articles tell as well; else, of those taken from it that stand, its own event's, else the first that is news,
/// else the first.
pub fn main_record<'a>(ledger: &'a Ledger, own: &[&'a Record], covered: &Covered) -> Option<&'a Record> {
    let story = &covered.story;
    let facts = covered.insights.iter().flat_map(|insight| &insight.facts);
    let written = facts.filter(|fact| fact.function == "event").find_map(|fact| fact.entries.first());
    let written = written.and_then(|n| ledger.record(*n)).filter(|record| record.stands());
    let key =
        |event: &AccessEvent| (event.actor.clone(), event.action, event.vendor.clone(), event.product.clone(), event.audience);
    let told = story.event().map(key);
    let tells = |record: &Record| {
        record.story == story.id
            || record.reports.iter().any(|report| story.reports.iter().any(|told| told.article.id == report.article))
    };
    written
        .filter(|record| tells(record))
        .or_else(|| own.iter().copied().find(|record| told == Some(key(&record.event))))
        .or_else(|| own.iter().copied().find(|record| !record.event.recalled))
        .or_else(|| own.first().copied())
        .or(written)
}

/// Outlets and origins by which a story's page, letter and feed say how well it is known: those of the entry that it is about,
/// which is what its text counts as well; the story's own where it is of none.
pub fn figures(record: Option<&Record>, story: &Story) -> (usize, usize) {
    record.map_or_else(|| (outlets(story), origins(story)), |record| (record.outlets(), record.origins()))
}

/// Number of distinct outlets among a story's articles.
fn outlets(story: &Story) -> usize {
    story.reports.iter().map(|told| told.article.outlet.as_str()).collect::<BTreeSet<_>>().len()
}

/// Number of distinct origins among a story's reports.
fn origins(story: &Story) -> usize {
    story.independent().map(|told| told.origin.key.as_str()).collect::<BTreeSet<_>>().len()
}

fn of_story(story: &Story) -> impl Iterator<Item = (Kind, &str)> {
    story.reports.iter().flat_map(|told| of_tags(&told.tagged).chain(told.tagged.events.iter().flat_map(of_event)))
}

fn of_tags(tagged: &Tagged) -> impl Iterator<Item = (Kind, &str)> {
    let all = [
        (Kind::Bank, &tagged.banks),
        (Kind::Vendor, &tagged.vendors),
        (Kind::Product, &tagged.products),
        (Kind::Region, &tagged.regions),
    ];
    all.into_iter().flat_map(|(kind, ids)| ids.iter().map(move |id| (kind, id.as_str())))
}

/// The members that an event names: its actor, vendor, product and regions, where their kind has pages.
pub fn of_event(event: &AccessEvent) -> impl Iterator<Item = (Kind, &str)> {
    let actor = match event.actor_kind {
        Some(ActorKind::Bank) => Some(Kind::Bank),
        Some(ActorKind::Vendor) => Some(Kind::Vendor),
        Some(ActorKind::Government | ActorKind::Company) | None => None,
    };
    let actor = actor.zip(event.actor.as_deref());
    let vendor = event.vendor.as_deref().map(|id| (Kind::Vendor, id));
    let product = event.product.as_deref().map(|id| (Kind::Product, id));
    let regions = event.regions.iter().map(|id| (Kind::Region, id.as_str()));
    actor.into_iter().chain(vendor).chain(product).chain(regions)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::fixture;

    #[test]
    fn a_member_has_a_page_when_a_record_or_a_story_names_it_and_the_taxonomy_knows_it() {
        let shown = shown(&fixture::material());
        let ids: Vec<&str> = shown.iter().map(|(_, id)| id.as_str()).collect();
        assert_eq!(ids, ["goldman-sachs", "hsbc", "jpmorgan", "anthropic", "mistral", "claude", "GB", "HK"]);
    }

    #[test]
    fn a_member_lists_the_stories_that_it_plays_a_part_in() {
        let material = fixture::material();
        let of = |kind, id| stories(&material, kind, id).iter().map(|covered| covered.story.id.as_str()).collect::<Vec<_>>();
        assert_eq!(of(Kind::Bank, "goldman-sachs"), [fixture::JPMORGAN, fixture::GOLDMAN]);
        assert_eq!(of(Kind::Region, "GB"), [fixture::HSBC]);
        assert!(of(Kind::Vendor, "GB").is_empty());
    }

    #[test]
    fn the_story_that_most_origins_tell_leads_among_the_newest() {
        let material = fixture::material();
        let all: Vec<&Covered> = material.stories.iter().collect();
        assert_eq!(leading(&all).map(|covered| covered.story.id.as_str()), Some(fixture::JPMORGAN));
        let reversed: Vec<&Covered> = material.stories.iter().rev().collect();
        assert_eq!(leading(&reversed).map(|covered| covered.story.id.as_str()), Some(fixture::JPMORGAN));
        assert!(leading(&[]).is_none());
    }
}
