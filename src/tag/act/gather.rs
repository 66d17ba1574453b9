//! One act told several times is one event: merging, and what later mentions add.

use crate::model::event::{AccessEvent, Action, ActorKind, Audience, Instrument, Status};
use crate::tag::rule::Rule;

use super::why::{Step, Why};

/// No more events than this are taken from one article.
const EVENTS: usize = 16;

/// No more places than this are kept as evidence of one event.
const EVIDENCE: usize = 16;

/// An event with what merging needs.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What was read.
    pub event: AccessEvent,
    /// Why.
    pub why: Why,
    /// 0 to 100: how clearly the words say so.
    pub clarity: i32,
    /// The vendor and product were named in the sentence, not supplied by the story.
    pub named_tech: bool,
    /// Whoever acts was named in the sentence.
    pub named_actor: bool,
    /// The audience was stated.
    pub named_audience: bool,
    /// The stage was stated.
    pub named_status: bool,
    /// Only a word of warning: no event of its own beside what the same actor does.
    pub hint: bool,
    /// What a restoration says that it ends.
    pub ends: Option<Action>,
    /// Whose limit it ends, where a court ends what somebody else has set.
    pub set_by: Option<String>,
}

impl Draft {
    /// The same, told of somebody who is named in a list with whoever acts.
    pub fn of_a_list(mut self) -> Self {
        if let Some(step) = &mut self.why.actor {
            step.rule = Rule::ActorListed;
        }
        self
    }
}

/// The distinct events of an article, in the order of the text.
pub fn gather(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut kept: Vec<Draft> = Vec::new();
    for draft in drafts {
        match kept.iter().position(|one| same(one, &draft)) {
            Some(at) => merge(&mut kept[at], draft),
            None if kept.len() < EVENTS => kept.push(draft),
            None => {}
        }
    }
    let acting: Vec<Option<String>> = kept
        .iter()
        .filter(|one| !one.hint && one.event.action != Action::Investigate)
        .map(|one| one.event.actor.clone())
        .collect();
    kept.retain(|one| !one.hint || !acting.contains(&one.event.actor));
    drop_denied(&mut kept);
    drop_other_side(&mut kept);
    end_lifted(&mut kept);
    add_lifted(&mut kept);
    kept
}

/// What is lifted had been set: a restoration of which no limit is told tells of one that is over.
fn add_lifted(kept: &mut Vec<Draft>) {
    let told = |restored: &AccessEvent, kept: &[Draft]| {
        kept.iter().map(|one| &one.event).any(|event| limits(event.action) && event.vendor == restored.vendor)
    };
    let lifting = |one: &&Draft| {
        let event = &one.event;
        let done = matches!(event.status, Status::InForce | Status::Announced);
        event.action == Action::Restore && done && event.actor.is_some() && event.vendor.is_some()
    };
    let twins: Vec<Draft> = kept.iter().filter(lifting).filter(|one| !told(&one.event, kept)).filter_map(lifted).collect();
    for twin in twins.into_iter().take(EVENTS.saturating_sub(kept.len())) {
        if !told(&twin.event, kept) {
            kept.push(twin);
        }
    }
}

/// The limit that a restoration ends.
fn lifted(restoration: &Draft) -> Option<Draft> {
    let mut twin = restoration.clone();
    let event = &mut twin.event;
    if event.instrument == Instrument::CourtOrder {
        event.actor = Some(restoration.set_by.clone()?);
        event.instrument = Instrument::NoneStated;
        twin.why.instrument = Step::concluded(Rule::GroundNone);
    }
    let state = event.actor_kind == Some(ActorKind::Government);
    event.action = restoration.ends.unwrap_or(if state { Action::Prohibit } else { Action::Suspend });
    event.status = Status::Ended;
    event.recalled = true;
    event.date = None;
    twin.why.acts.push(Step::concluded(Rule::LimitOfRestoration));
    twin.why.status = Step::concluded(Rule::StageLifted);
    twin.why.recalled = Some(Step::concluded(Rule::RecalledEnded));
    twin.why.date = None;
    Some(twin)
}

fn limits(action: Action) -> bool {
    matches!(action, Action::Prohibit | Action::Suspend | Action::Restrict | Action::Withhold)
}

/// "an agreement signed with Mistral": what a vendor lets a bank do that takes its product up is told once, as the bank's.
fn drop_other_side(kept: &mut Vec<Draft>) {
    let takers: Vec<(Option<String>, Option<String>)> = kept
        .iter()
        .map(|one| &one.event)
        .filter(|event| event.action == Action::Allow && matches!(event.actor_kind, Some(ActorKind::Bank | ActorKind::Company)))
        .map(|event| (event.vendor.clone(), event.product.clone()))
        .collect();
    kept.retain(|one| {
        let event = &one.event;
        let supplies =
            event.action == Action::Allow && event.actor_kind == Some(ActorKind::Vendor) && event.actor == event.vendor;
        let told = |(vendor, product): &(Option<String>, Option<String>)| {
            *vendor == event.vendor && (event.product.is_none() || *product == event.product)
        };
        !supplies || !takers.iter().any(told)
    });
}

/// What a party denies to have limited is not told as its limit.
fn drop_denied(kept: &mut Vec<Draft>) {
    let denials = kept.iter().map(|one| &one.event).filter(|event| event.action == Action::Deny && event.actor.is_some());
    let denied: Vec<(Option<String>, Option<String>)> =
        denials.map(|event| (event.actor.clone(), event.vendor.clone())).collect();
    kept.retain(|one| {
        let event = &one.event;
        !limits(event.action) || event.recalled || !denied.contains(&(event.actor.clone(), event.vendor.clone()))
    });
}

/// A limit that the party which set it has lifted is over.
fn end_lifted(kept: &mut [Draft]) {
    let lifted: Vec<AccessEvent> = kept
        .iter()
        .map(|one| &one.event)
        .filter(|event| event.action == Action::Restore && event.status == Status::InForce)
        .cloned()
        .collect();
    for one in kept.iter_mut().filter(|one| limits(one.event.action)) {
        let event = &mut one.event;
        let by_same = |restored: &AccessEvent| {
            let later = match (event.date, restored.date) {
                (Some(set), Some(lifted)) => set.first() <= lifted.first(),
                _ => true,
            };
            let same = event.actor.is_some() && restored.actor == event.actor && restored.vendor == event.vendor;
            same && later && places(event, restored)
        };
        if event.status == Status::InForce && lifted.iter().any(by_same) {
            event.status = Status::Ended;
            event.recalled = true;
            one.why.status = Step::concluded(Rule::StageLifted);
            one.why.recalled = Some(Step::concluded(Rule::RecalledEnded));
        }
    }
}

/// Whether two drafts tell of one act.
fn same(one: &Draft, other: &Draft) -> bool {
    let (a, b) = (&one.event, &other.event);
    let compatible = |x: &Option<String>, y: &Option<String>| x == y || x.is_none() || y.is_none();
    let actors = a.actor == b.actor
        || (a.actor.is_none() || b.actor.is_none())
            && (a.actor_kind == b.actor_kind || a.actor_kind.is_none() || b.actor_kind.is_none())
        || same_state(a, b);
    let technology = a.vendor == b.vendor && (compatible(&a.product, &b.product) || family(a, b))
        || compatible(&a.vendor, &b.vendor) && (!one.named_tech || !other.named_tech);
    actors && technology && kin(a.action, b.action) && times(a, b) && places(a, b) && audiences(one, other)
}

/// "claude" and "claude-cowork": a product and the family that introduces it.
fn family(a: &AccessEvent, b: &AccessEvent) -> bool {
    let inside = |one: &str, other: &str| other.strip_prefix(one).is_some_and(|rest| rest.starts_with('-'));
    let (Some(x), Some(y)) = (&a.product, &b.product) else { return false };
    inside(x, y) || inside(y, x)
}

/// Two bodies of one state in one story are oftenest one act told by two names, where one of them is the state at large.
fn same_state(a: &AccessEvent, b: &AccessEvent) -> bool {
    let parts = |event: &AccessEvent| {
        let id = event.actor.clone().unwrap_or_default();
        id.split_once('-').map(|(cc, body)| (cc.to_string(), body.to_string()))
    };
    let government = Some(ActorKind::Government);
    if a.actor_kind != government || b.actor_kind != government {
        return false;
    }
    match (parts(a), parts(b)) {
        (Some((ca, ba)), Some((cb, bb))) => ca == cb && (ba == "government" || bb == "government"),
        _ => false,
    }
}

/// Actions that people use for one act.
fn kin(a: Action, b: Action) -> bool {
    let limit = |one: Action| matches!(one, Action::Prohibit | Action::Suspend | Action::Restrict | Action::Withhold);
    a == b || limit(a) && limit(b) || matches!((a, b), (Action::Allow, Action::Restore) | (Action::Restore, Action::Allow))
}

/// An act that is over or recalled is not the one that is reported, unless it is the same action.
fn times(a: &AccessEvent, b: &AccessEvent) -> bool {
    let ended = |one: &AccessEvent| one.status == Status::Ended;
    let dates = match (a.date, b.date) {
        (Some(x), Some(y)) => x.overlaps(y) || x.first().year() == y.first().year() && !a.recalled && !b.recalled,
        _ => true,
    };
    ended(a) == ended(b) && dates
}

fn places(a: &AccessEvent, b: &AccessEvent) -> bool {
    let everywhere = |one: &AccessEvent, other: &AccessEvent| {
        one.regions == ["worldwide"] && other.audience == Audience::ChineseOwnedEntities && one.audience == other.audience
    };
    a.regions.is_empty()
        || b.regions.is_empty()
        || everywhere(a, b)
        || everywhere(b, a)
        || a.regions.iter().any(|region| b.regions.contains(region))
}

/// Civil servants and the public are cut off by two acts.
fn audiences(one: &Draft, other: &Draft) -> bool {
    let apart = |x: Audience, y: Audience| x == Audience::GovernmentStaff && y != Audience::GovernmentStaff;
    let (a, b) = (one.event.audience, other.event.audience);
    !(one.named_audience && other.named_audience && (apart(a, b) || apart(b, a)))
}

/// Takes from a second telling who acts and on what, where it knows better.
fn merge_parties(one: &mut Draft, other: &mut Draft) {
    let (a, b) = (&mut one.event, &mut other.event);
    let (why, told) = (&mut one.why, &other.why);
    let better_actor = a.actor.is_none() || a.actor.as_deref().is_some_and(|id| id.ends_with("-government")) && other.named_actor;
    if better_actor && b.actor.is_some() {
        a.actor = b.actor.take();
        a.actor_kind = b.actor_kind;
        why.actor = told.actor;
    }
    if a.vendor.is_none() || !one.named_tech && other.named_tech {
        why.technology = told.technology.or(why.technology);
        a.vendor = b.vendor.take().or(a.vendor.take());
        a.product = b.product.take().or(a.product.take());
        one.named_tech |= other.named_tech;
    } else if a.product.is_none() && a.vendor == b.vendor {
        why.technology = told.technology.filter(|_| b.product.is_some()).or(why.technology);
        a.product = b.product.take();
    }
}

/// Adds what a second telling knows better.
fn merge(one: &mut Draft, mut other: Draft) {
    merge_parties(one, &mut other);
    let (a, b) = (&mut one.event, other.event);
    let (why, told) = (&mut one.why, other.why);
    why.acts.extend(told.acts);
    let action = stronger(a.action, b.action, other.clarity > one.clarity + 10);
    if action != a.action {
        why.acts.push(Step::concluded(Rule::ToldTwice));
    }
    a.action = action;
    why.regions.extend(told.regions.into_iter().filter(|(region, _)| !a.regions.contains(region)));
    a.regions.extend(b.regions);
    a.regions.sort();
    a.regions.dedup();
    if !one.named_audience && other.named_audience {
        a.audience = b.audience;
        why.audience = told.audience;
        one.named_audience = true;
    }
    if a.instrument == Instrument::NoneStated {
        a.instrument = b.instrument;
        why.instrument = told.instrument;
    }
    let settled = |status: Status| matches!(status, Status::InForce | Status::Announced);
    if !one.named_status && other.named_status && b.status == Status::Announced {
        // A title's "opens Claude to all" is what its first sentence will do next month.
        a.status = b.status;
        why.status = told.status;
        one.named_status = true;
    } else if !settled(a.status)
        && b.status == Status::InForce
        && other.clarity >= one.clarity
        && (other.named_status || !one.named_status)
    {
        a.status = b.status;
        why.status = told.status;
    }
    a.date = match (a.date, b.date) {
        (Some(x), Some(y)) if y.precision() < x.precision() => {
            why.date = told.date;
            Some(y)
        }
        (x, y) => {
            why.date = why.date.or(told.date);
            x.or(y)
        }
    };
    a.recalled &= b.recalled;
    why.recalled = why.recalled.filter(|_| a.recalled);
    a.evidence.extend(b.evidence);
    a.evidence.sort();
    a.evidence.dedup();
    a.evidence.truncate(EVIDENCE);
    one.hint &= other.hint;
    one.ends = one.ends.or(other.ends);
    one.set_by = one.set_by.take().or(other.set_by);
    one.clarity = one.clarity.max(other.clarity);
    one.named_actor |= other.named_actor;
}

/// Of two words for one limit the one that says more: a stop for now is no ban, a place left out is no ban.
fn stronger(a: Action, b: Action, b_is_clearer: bool) -> Action {
    match (a, b) {
        (Action::Suspend, Action::Prohibit | Action::Restrict) | (Action::Prohibit | Action::Restrict, Action::Suspend) => {
            Action::Suspend
        }
        (Action::Allow, Action::Restore) | (Action::Restore, Action::Allow) => Action::Restore,
        _ if a == b || !b_is_clearer => a,
        _ => b,
    }
}
