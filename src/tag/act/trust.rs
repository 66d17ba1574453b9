//! Which readings are too doubtful to be told: what speaks for and against an event, by the rules that made its slots.
//!
//! The weights are those of a logistic regression over the labelled stories, on few and general signs, so that they tell how far
//! a kind of reading can be trusted and nothing of any one story. `tests/accuracy.rs` shows what they are worth.

use crate::model::event::{Action, ActorKind, Field};
use crate::tag::rule::Rule;

use super::gather::Draft;

/// Below this an event is wrong three times in four. In hundredths of log-odds, as all weights here.
const DOUBTFUL: i32 = -110;

/// An event of which nothing else is known.
const BASE: i32 = -25;

/// Tellings beyond which more prove nothing.
const TELLINGS: usize = 3;

/// Places in the order of the text beyond which later is no worse.
const LATER: usize = 3;

/// Events that can be told, and those that are too doubtful. Of an article that has no others the least doubtful can be told.
pub fn parted(drafts: Vec<Draft>) -> (Vec<Draft>, Vec<Draft>) {
    let weights: Vec<i32> = drafts.iter().enumerate().map(|(place, draft)| weight(draft, place)).collect();
    let least = weights.iter().copied().max().unwrap_or(DOUBTFUL).min(DOUBTFUL);
    let mut weights = weights.into_iter();
    drafts.into_iter().partition(|_| weights.next().is_some_and(|weight| weight >= least))
}

/// What speaks for an event, less what speaks against it. `place` is its place among the events of the article.
fn weight(draft: &Draft, place: usize) -> i32 {
    let event = &draft.event;
    let told_again = i32::try_from(event.evidence.len().clamp(1, TELLINGS + 1) - 1).unwrap_or(0);
    let later = i32::try_from(place.min(LATER)).unwrap_or(0);
    let signs = [
        (-86, draft.why.acts.last().is_some_and(|act| is_roundabout(act.rule))),
        (81, draft.why.actor.is_some_and(|actor| is_told(actor.rule))),
        (-51, event.actor.is_none()),
        (59, draft.why.technology.is_some_and(|technology| technology.rule == Rule::TechnologyNamed)),
        (-17, event.vendor.is_none()),
        (8, event.evidence.iter().any(|evidence| evidence.field == Field::Title)),
        (97, event.actor_kind == Some(ActorKind::Bank)),
        (-48, event.actor_kind == Some(ActorKind::Vendor)),
        (-66, matches!(event.action, Action::Allow | Action::Restore)),
        (-44, event.action == Action::Restrict),
    ];
    let signs: i32 = signs.iter().filter(|(_, holds)| *holds).map(|(weight, _)| weight).sum();
    BASE + signs + of_place(draft) + 62 * told_again - 21 * later
}

fn of_place(draft: &Draft) -> i32 {
    match draft.why.regions.last().map(|(_, step)| step.rule) {
        None => -49,
        Some(Rule::PlaceAt | Rule::PlaceLocal | Rule::PlaceListed) => 122,
        Some(Rule::PlaceOfAuthority) => 44,
        Some(_) => 0,
    }
}

/// Whether an act is told by what it is not, or by what it undoes.
fn is_roundabout(rule: Rule) -> bool {
    use Rule::{ActAsNoun, LimitLifted, LimitOfRestoration, OpeningNegated, PassiveMark, ServedBefore, ToldTwice};
    matches!(rule, ActAsNoun | LimitLifted | LimitOfRestoration | ServedBefore | OpeningNegated | PassiveMark | ToldTwice)
}

/// Whether whoever acts is told as acting.
fn is_told(actor: Rule) -> bool {
    use Rule::{ActorCapital, ActorEmployer, ActorListed, ActorNamed, ActorOffice};
    matches!(actor, ActorNamed | ActorListed | ActorCapital | ActorOffice | ActorEmployer)
}
