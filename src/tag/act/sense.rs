//! Who can do what: readings of an act that cannot be meant.

use crate::model::event::{Action, ActorKind};
use crate::tag::words::Frame;

use super::party::Actor;
use super::roles::Tech;
use super::trigger::Trigger;

fn limits(action: Action) -> bool {
    matches!(action, Action::Prohibit | Action::Restrict | Action::Suspend | Action::Withhold)
}

/// Whether a party can be who does it: that a technology is not offered is its vendor's doing, whichever authority speaks of it.
pub fn may_act(trigger: &Trigger, actor: &Actor, tech: Option<&Tech>) -> bool {
    let speaks = actor.kind == ActorKind::Government && trigger.action == Action::Withhold && trigger.frame != Frame::Does;
    !(speaks && tech.is_some_and(|tech| tech.vendor.is_some()))
}

/// The vendor of what is limited, where another vendor was taken to limit it: nobody can keep others from what is not theirs, save
/// their own staff.
pub fn turned(trigger: &Trigger, actor: Option<&Actor>, tech: Option<&Tech>, own_staff: bool) -> Option<Actor> {
    let actor = actor.filter(|actor| actor.kind == ActorKind::Vendor && limits(trigger.action) && !own_staff)?;
    let owner = tech?.vendor.clone().filter(|owner| Some(owner) != actor.id.as_ref())?;
    Some(Actor { id: Some(owner), kind: ActorKind::Vendor, country: None, role: None })
}
