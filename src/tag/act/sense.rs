//! Who can do what: readings of an act that cannot be meant.

use crate::model::event::{Action, ActorKind};
use crate::tag::scene::Sentence;
use crate::tag::words::{Class, Cue, Frame, Mark};

use super::party::{Actor, Heard, How, Party};
use super::roles::Tech;
use super::trigger::{Trigger, after};

fn limits(action: Action) -> bool {
    matches!(action, Action::Prohibit | Action::Restrict | Action::Suspend | Action::Withhold)
}

/// Whether a party can be who does it: that a technology is not offered is its vendor's doing, whichever authority speaks of it.
pub fn may_act(trigger: &Trigger, actor: &Actor, tech: Option<&Tech>, chip: bool) -> bool {
    let state = actor.kind == ActorKind::Government;
    let speaks = state && trigger.action == Action::Withhold && trigger.frame != Frame::Does;
    // "The governor said that the model would be opened": a central bank or treasury opens nobody's model.
    let promises = state && trigger.action == Action::Allow && trigger.frame != Frame::Does && !chip && hands_out_nothing(actor);
    !((speaks || promises) && tech.is_some_and(|tech| tech.vendor.is_some()))
}

fn hands_out_nothing(actor: &Actor) -> bool {
    const HANDS_OUT_NOTHING: &[&str] = &["central-bank", "treasury"];
    actor.role.as_deref().is_some_and(|role| HANDS_OUT_NOTHING.contains(&role))
}

/// The vendor of what is limited, where another vendor was taken to limit it: nobody can keep others from what is not theirs, save
/// their own staff.
pub fn turned(trigger: &Trigger, actor: Option<&Actor>, tech: Option<&Tech>, own_staff: bool) -> Option<Actor> {
    let actor = actor.filter(|actor| actor.kind == ActorKind::Vendor && limits(trigger.action) && !own_staff)?;
    let owner = tech?.vendor.clone().filter(|owner| Some(owner) != actor.id.as_ref())?;
    Some(Actor { id: Some(owner), kind: ActorKind::Vendor, country: None, role: None })
}

/// Whether an authority only speaks of what others do: it says so, or hands out no access to anything.
pub fn only_speaks(sentence: &Sentence<'_>, party: &Party) -> bool {
    hands_out_nothing(&party.actor) || after(sentence, party.end, 14, Cue::Say).is_some()
}

/// "A judge blocks the Pentagon from labelling Anthropic": a court that stops an authority takes a limit back.
pub fn stops_an_authority(sentence: &Sentence<'_>, trigger: &Trigger, parties: &[Party]) -> bool {
    const RIGHT_BEHIND: usize = 24;
    const DECREE_BEHIND: usize = 40;
    let stopped = |party: &Party| {
        let beside = party.start >= trigger.head && party.start - trigger.head <= RIGHT_BEHIND;
        let home = party.how == How::Capital && after(sentence, party.end, 1, Cue::Home).is_some();
        beside && !home && party.actor.kind == ActorKind::Government && party.actor.role.as_deref() != Some("court")
    };
    let active = matches!(trigger.frame, Frame::Does | Frame::Done) && !trigger.passive && !trigger.negated;
    let stops = matches!(trigger.action, Action::Prohibit | Action::Suspend) && active;
    // "blocked the state's order": what is stopped is a rule.
    let decree = |mark: &&Mark| {
        let beside = mark.start >= trigger.head && mark.start - trigger.head <= DECREE_BEHIND;
        beside && mark.class == Class::Cue(Cue::Decree)
    };
    stops && (parties.iter().any(stopped) || sentence.marks.iter().copied().any(|mark| decree(&mark)))
}

/// Whoever employs people who get or lose something: named before the act and not the maker of what it is on, else whom the
/// story is about.
pub fn employer(trigger: &Trigger, parties: &[Party], tech: Option<&Tech>, heard: &Heard) -> Option<Actor> {
    let maker = tech.and_then(|tech| tech.vendor.as_ref());
    let employs = |actor: &Actor| actor.kind != ActorKind::Government && actor.id.as_ref() != maker;
    let first = |party: &&Party| party.how == How::Named && party.end <= trigger.start && employs(&party.actor);
    let told = || heard.subject.clone().filter(|actor| employs(actor)).or_else(|| heard.bank.clone());
    parties.iter().find(first).map(|party| party.actor.clone()).or_else(told)
}

/// "the order that kept it off": what a rule does, which somebody else than the court that rules on it has made.
pub fn of_a_decree(sentence: &Sentence<'_>, trigger: &Trigger) -> bool {
    const OPENING: &[&str] = &[" that ", " which ", ", which ", ", der ", ", die ", ", das ", " qui ", " que ", " che "];
    let opens = |mark: &&Mark| {
        let behind = sentence.between(mark.end, trigger.start);
        OPENING.iter().any(|word| behind.starts_with(*word)) && behind.len() <= 24
    };
    sentence.marks.iter().copied().filter(|mark| mark.class == Class::Cue(Cue::Decree)).any(|mark| opens(&mark))
}
