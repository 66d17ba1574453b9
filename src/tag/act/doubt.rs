//! Words for an act that tell of none: hopes, trade between makers, what is kept from everybody alike.

use crate::model::event::{AccessEvent, Action, ActorKind, Status};
use crate::tag::words::{Class, Cue, Frame, Mark};

use super::draft::Reading;
use super::party::{Actor, Heard};
use super::roles::Tech;
use super::trigger::Trigger;

impl Reading<'_> {
    /// Whether the words of an act, by whoever is thought to act, tell of none.
    pub fn is_no_act(&self, trigger: &Trigger, actor: Option<&Actor>, tech: Option<&Tech>) -> bool {
        self.is_an_absence(trigger, actor)
            || self.is_only_hoped_for(trigger)
            || self.is_asked_for(trigger, actor)
            || self.is_trade(trigger, actor, tech)
    }

    /// A vendor that delays or retires a product keeps it from nobody in particular.
    pub fn is_for_everybody(&self, event: &AccessEvent, trigger: &Trigger) -> bool {
        let somebody = |class: &Class| matches!(class, Class::Audience(_) | Class::Cue(Cue::Partners));
        let limits = !matches!(event.action, Action::Allow | Action::Restore | Action::Investigate | Action::Deny);
        let whom = self.marked(trigger, somebody) || self.banks(trigger).next().is_some();
        event.actor_kind == Some(ActorKind::Vendor) && event.actor == event.vendor && limits && event.regions.is_empty() && !whom
    }

    /// "Amazon and OpenAI sign a deal": of two makers neither opens what is the other's to anybody.
    fn is_trade(&self, trigger: &Trigger, actor: Option<&Actor>, tech: Option<&Tech>) -> bool {
        let maker = actor.filter(|actor| actor.kind == ActorKind::Vendor && trigger.action == Action::Allow);
        let another = maker.is_some_and(|actor| tech.is_some_and(|tech| tech.vendor.is_some() && tech.vendor != actor.id));
        another && trigger.frame == Frame::Does && !self.marked(trigger, |class| matches!(class, Class::Audience(_)))
    }

    /// "They never allowed such tools": what a firm has never let in, it takes from nobody.
    fn is_an_absence(&self, trigger: &Trigger, actor: Option<&Actor>) -> bool {
        let firm = actor.is_some_and(|actor| matches!(actor.kind, ActorKind::Bank | ActorKind::Company));
        firm && trigger.negated && self.sentence.between(trigger.start, trigger.end).starts_with("never ")
    }

    /// "Service will resume once the defects are cured": what comes back under a condition has not come back.
    fn is_only_hoped_for(&self, trigger: &Trigger) -> bool {
        let conditional = self.marked(trigger, |class| *class == Class::Cue(Cue::Condition));
        let ahead = self.marked(trigger, |class| matches!(class, Class::Status(Status::Announced | Status::Considered)));
        let will = || self.sentence.between(trigger.zone.0, trigger.start).ends_with("will ");
        trigger.action == Action::Restore && conditional && (ahead || will())
    }

    /// "Anthropic has asked a judge to void the designation": what a vendor asks others to take back still stands.
    fn is_asked_for(&self, trigger: &Trigger, actor: Option<&Actor>) -> bool {
        let vendor = actor.is_some_and(|actor| actor.kind == ActorKind::Vendor);
        let asks =
            |mark: &&Mark| mark.class == Class::Cue(Cue::Order) && mark.end <= trigger.start && self.in_zone(trigger, mark.start);
        let asked = self.sentence.marks.iter().copied().any(|mark| asks(&mark));
        trigger.action == Action::Restore && trigger.ends.is_some() && vendor && asked
    }

    /// The office of whoever set what a court ends: named in the sentence, else the authority that the story spoke of.
    pub fn lifted<'a>(&'a self, actor: Option<&Actor>, heard: &'a Heard) -> Option<&'a str> {
        let rules = |actor: &Actor| actor.role.as_deref() == Some("court");
        actor.filter(|actor| rules(actor))?;
        let state = |actor: &&Actor| actor.kind == ActorKind::Government && !rules(actor);
        let here = self.parties.iter().map(|party| &party.actor).find(state);
        here.or_else(|| heard.authority.as_ref().filter(state)).and_then(|actor| actor.role.as_deref())
    }

    /// Whose limit a court ends: the authority that its sentence names beside it.
    pub fn set_by(&self, trigger: &Trigger, actor: Option<&Actor>) -> Option<String> {
        let rules = |actor: &Actor| actor.role.as_deref() == Some("court");
        actor.filter(|actor| trigger.action == Action::Restore && rules(actor))?;
        let state = |actor: &Actor| actor.kind == ActorKind::Government && !rules(actor);
        let sets = self.parties.iter().filter(|party| state(&party.actor) && party.start >= trigger.start);
        sets.max_by_key(|party| party.how).and_then(|party| party.actor.id.clone())
    }
}
