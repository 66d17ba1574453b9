//! Whether an article is about access to AI, and which tags it carries.

use std::collections::BTreeSet;

use crate::model::event::{AccessEvent, ActorKind};
use crate::model::tagged::Tagged;

use super::act::{Context, Found};
use super::scene::Sentence;
use super::words::{Class, Cue};

/// Relevant from here on.
const RELEVANT: f64 = 0.5;

/// What a sign of another subject takes away: in the title, and each kind in the first sentences.
const IN_TITLE: f64 = 0.3;
const IN_LEAD: f64 = 0.12;

/// Sentences that make the lead.
const LEAD: usize = 4;

/// The tags of an article.
pub fn decide(context: &Context<'_>, sentences: &[Sentence<'_>], found: &mut Found) -> Tagged {
    let score = score(context, sentences, found);
    let relevant = score >= RELEVANT && !found.drafts.is_empty();
    let mut tagged = Tagged { relevant, score, ..Tagged::default() };
    if !relevant {
        return tagged;
    }
    let drafts = std::mem::take(&mut found.drafts).into_iter();
    let events: Vec<AccessEvent>;
    (events, found.whys) = drafts.map(|draft| (draft.event, draft.why)).unzip();
    let heard = || events.iter().chain(found.doubted.iter().map(|draft| &draft.event));
    let actors = |kind: ActorKind| {
        let acting = heard().filter(move |event| event.actor_kind == Some(kind));
        acting.filter_map(|event| event.actor.clone())
    };
    let vendors: BTreeSet<String> = heard().filter_map(|event| event.vendor.clone()).chain(actors(ActorKind::Vendor)).collect();
    let products = heard().filter_map(|event| event.product.clone());
    found.products.retain(|(_, vendor, _)| vendors.contains(vendor));
    let others = found.products.iter().map(|(product, ..)| product.clone());
    let countries = actors(ActorKind::Government).filter_map(|id| country(context, &id));
    tagged.banks = sorted(actors(ActorKind::Bank).chain(found.banks.iter().map(|(bank, _)| bank.clone())));
    tagged.products = sorted(products.chain(others));
    tagged.regions = sorted(heard().flat_map(|event| event.regions.clone()).chain(countries));
    tagged.vendors = vendors.into_iter().collect();
    tagged.events = events;
    tagged
}

fn sorted(ids: impl Iterator<Item = String>) -> Vec<String> {
    ids.collect::<BTreeSet<_>>().into_iter().collect()
}

fn country(context: &Context<'_>, id: &str) -> Option<String> {
    let known = context.names.members.iter().find(|one| one.id == id && one.kind == crate::model::taxonomy::Kind::Authority);
    known.and_then(|one| one.of.clone()).or_else(|| id.split('-').next().filter(|cc| cc.len() == 2).map(str::to_uppercase))
}

/// 0 to 1: the clearest event, less what speaks for another subject.
fn score(context: &Context<'_>, sentences: &[Sentence<'_>], found: &Found) -> f64 {
    let clearest = found.drafts.iter().map(|draft| draft.clarity).max().unwrap_or(0);
    let lead = sentences.iter().take(LEAD);
    let about_ai = lead.clone().any(|sentence| is_about_ai(context, sentence));
    let mut score = f64::from(clearest.min(100)) / 100.0;
    if !about_ai {
        score -= 0.3;
    }
    let mut topics = BTreeSet::new();
    for (index, sentence) in lead.enumerate() {
        for mark in &sentence.marks {
            if let Class::Topic(topic) = &mark.class {
                topics.insert((index > 0, topic.clone()));
            }
        }
    }
    for (in_lead, _) in topics {
        score -= if in_lead { IN_LEAD } else { IN_TITLE };
    }
    (score.max(0.0) * 100.0).round() / 100.0
}

fn is_about_ai(context: &Context<'_>, sentence: &Sentence<'_>) -> bool {
    use crate::model::taxonomy::Kind;
    let named = sentence
        .names
        .iter()
        .flat_map(|name| &name.members)
        .any(|index| matches!(context.names.members[*index].kind, Kind::Vendor | Kind::Product));
    named || sentence.marks.iter().any(|mark| matches!(mark.class, Class::Cue(Cue::Tech | Cue::Chip)))
}
