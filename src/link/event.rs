//! Whether two events are of one happening. Symmetric, and a matter of the two alone.

use jiff::civil::Date;

use super::digest::{Days, Fact, Name};
use crate::model::event::{Action, ActorKind, Audience};
use crate::model::ledger::Family;

/// News of one act by one named actor on one product comes within so many days; a plan becomes a decision within them.
pub(super) const SAME_ACTOR_DAYS: i32 = 10;

/// Where the actor is named differently, or the action is, only the first days count.
pub(super) const VAGUE_DAYS: i32 = 3;

/// Where the actor is not named at all.
const UNNAMED_DAYS: i32 = 2;

/// An act dated to the day is recognised for so long after ("the rule that was withdrawn on 13 May").
const DATED_DAYS: i32 = 60;

/// Two stated days of one act differ by no more: time zones, and the day of the news for the day of the act.
pub(super) const SAME_DAY_SLACK: i32 = 1;

/// The day on which, at most, two articles' news lie apart; large where a date is missing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Apart(i32);

impl Apart {
    /// Of two articles, at worst: "July" and "3 July" are up to 28 days apart.
    pub fn of(one: Option<Days>, other: Option<Days>) -> Self {
        let (Some(one), Some(other)) = (one, other) else { return Self(i32::MAX) };
        Self(days(one.0, other.1).abs().max(days(other.0, one.1).abs()))
    }

    pub fn within(self, days: i32) -> bool {
        self.0 <= days
    }
}

/// Whether events of two articles are of one happening.
pub(super) fn same_event(one: &Fact, other: &Fact, apart: Apart, shared_firm: bool) -> bool {
    if one.family != other.family || !same_people(one, other, apart) {
        return false;
    }
    let named = one.actor != 0 && other.actor != 0;
    if named && one.actor == other.actor {
        return same_actor(one, other, apart);
    }
    if one.vendor == 0 || one.vendor != other.vendor || !same_time(one, other, apart) || !apart.within(VAGUE_DAYS) {
        return false;
    }
    if named {
        return kin(one, other) && fits(one.product, other.product) && meet(&one.regions, &other.regions);
    }
    unnamed(one, other, apart, shared_firm)
}

/// One named actor: the same product and place, or one of the two left open.
fn same_actor(one: &Fact, other: &Fact, apart: Apart) -> bool {
    if !same_place(one, other) || !products(one, other, apart) {
        return false;
    }
    if same_day(one, other) && apart.within(DATED_DAYS) {
        return true;
    }
    // What a vendor opens without naming a place is a launch, and vendors launch every week.
    let launch = one.own && one.family == Family::Opens && one.regions.is_empty();
    let exact = one.vendor == other.vendor && one.action == other.action && !launch;
    same_time(one, other, apart) && apart.within(if exact { SAME_ACTOR_DAYS } else { VAGUE_DAYS })
}

/// A shared place, or none in both. A report that leaves the place out may be of any of the places in which a vendor acts in
/// one week, so it must not tie them together; a bank or an authority acts in one.
fn same_place(one: &Fact, other: &Fact) -> bool {
    let (mine, theirs) = (&one.regions, &other.regions);
    let left_out = mine.is_empty() || theirs.is_empty();
    meet(mine, theirs) || mine.is_empty() && theirs.is_empty() || left_out && !one.own && !other.own
}

/// Products of one actor's act: equal, one left open, or, as newsrooms pick different names for what an order covers, two of
/// one vendor on one day. What a vendor does to two of its own products is two acts.
fn products(one: &Fact, other: &Fact, apart: Apart) -> bool {
    if one.vendor != other.vendor {
        return (one.vendor == 0 || other.vendor == 0) && one.action == other.action && apart.within(VAGUE_DAYS);
    }
    let one_order = !one.own && one.vendor != 0 && one.action == other.action && one.regions == other.regions;
    fits(one.product, other.product) || one_order && apart.within(1)
}

/// Bodies of one state, or a state and the vendor that obeys.
fn kin(one: &Fact, other: &Fact) -> bool {
    let obeys = |state: &Fact, vendor: &Fact| state.state != 0 && vendor.own && vendor.kind == Some(ActorKind::Vendor);
    one.state != 0 && one.state == other.state || obeys(one, other) || obeys(other, one)
}

/// At least one does not say who acts: then all else must agree, and of firms another that both name.
fn unnamed(one: &Fact, other: &Fact, apart: Apart, shared_firm: bool) -> bool {
    let kinds = one.kind.is_none() || other.kind.is_none() || one.kind == other.kind;
    let firms = [one, other].iter().any(|fact| matches!(fact.kind, Some(ActorKind::Bank | ActorKind::Company)));
    let placed = meet(&one.regions, &other.regions);
    let places = if firms { shared_firm && (placed || one.regions.is_empty() || other.regions.is_empty()) } else { placed };
    let product = one.product != 0 && one.product == other.product;
    kinds && product && places && apart.within(UNNAMED_DAYS)
}

/// Civil servants are told apart from everybody else, unless actor, action and product are the same within a day or two.
fn same_people(one: &Fact, other: &Fact, apart: Apart) -> bool {
    let civil = |fact: &Fact| fact.audience == Audience::GovernmentStaff;
    let open = |fact: &Fact| fact.audience == Audience::Other;
    let same_act = one.actor != 0 && (one.actor, one.action, one.product) == (other.actor, other.action, other.product);
    civil(one) == civil(other) || open(one) || open(other) || same_act && apart.within(UNNAMED_DAYS)
}

/// Whether the stated dates may be of one act; where one is not stated, the news decides.
fn same_time(one: &Fact, other: &Fact, apart: Apart) -> bool {
    let (Some(a), Some(b)) = (one.date, other.date) else { return true };
    let gap = if a.0 > b.1 { days(b.1, a.0) } else { days(a.1, b.0) };
    gap <= 0 || gap <= VAGUE_DAYS && apart.within(VAGUE_DAYS)
}

fn same_day(one: &Fact, other: &Fact) -> bool {
    let (Some(a), Some(b)) = (one.date, other.date) else { return false };
    a.0 == a.1 && b.0 == b.1 && days(a.0, b.0).abs() <= SAME_DAY_SLACK
}

/// Whether events of one article are of one act: one actor's, or those of a state's bodies and of the vendor that obeys. A
/// release to partners is one act, though it opens for some and not for others.
pub(super) fn of_one_act(one: &Fact, other: &Fact) -> bool {
    let partners = one.own
        && one.actor == other.actor
        && matches!((one.action, other.action), (Action::Allow, Action::Withhold) | (Action::Withhold, Action::Allow))
        && one.regions == other.regions;
    let civil = |fact: &Fact| fact.audience == Audience::GovernmentStaff;
    let actors = one.actor == other.actor || kin(one, other) && civil(one) == civil(other);
    let places = meet(&one.regions, &other.regions) || one.regions.is_empty() || other.regions.is_empty();
    (one.family == other.family || partners) && one.vendor == other.vendor && fits(one.product, other.product) && actors && places
}

fn fits(one: Name, other: Name) -> bool {
    one == other || one == 0 || other == 0
}

fn meet(one: &[Name], other: &[Name]) -> bool {
    one.iter().any(|region| other.contains(region))
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}
