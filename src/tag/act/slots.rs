//! Audience, ground and stage of an act: what its words say, else what follows from who acts.

use crate::model::event::{Action, ActorKind, Audience, Instrument, Status};
use crate::tag::scene::Sentence;
use crate::tag::words::{Class, Cue, Frame, Office};

use super::party::Actor;
use super::trigger::{Trigger, after, before};

/// What is known of an act when its audience, ground and stage are asked for.
pub struct Question<'a> {
    /// Its sentence.
    pub sentence: &'a Sentence<'a>,
    /// Its words.
    pub trigger: &'a Trigger,
    /// Whoever acts.
    pub actor: Option<&'a Actor>,
    /// The product.
    pub product: Option<&'a str>,
    /// Whether the product is a chip.
    pub chip: bool,
    /// Banks that are no actors stand in the zone.
    pub banks: bool,
    /// What authorities do.
    pub offices: &'a [Office],
}

impl Question<'_> {
    fn office(&self) -> Option<&Office> {
        let role = self.actor?.role.as_deref()?;
        self.offices.iter().find(|office| office.role == role)
    }

    fn kind(&self) -> Option<ActorKind> {
        self.actor.map(|actor| actor.kind)
    }

    fn in_zone(&self, start: usize) -> bool {
        start >= self.trigger.zone.0 && start < self.trigger.zone.1
    }
}

/// Whose access it is.
pub fn audience(question: &Question<'_>) -> Audience {
    let stated = question.sentence.marks.iter().filter(|mark| question.in_zone(mark.start)).filter_map(|mark| {
        let Class::Audience(audience) = mark.class else { return None };
        let gap = if mark.start >= question.trigger.start {
            mark.start.saturating_sub(question.trigger.end)
        } else {
            // What stands before the act is oftener its subject than its object.
            (question.trigger.start - mark.end.min(question.trigger.start)) + 20
        };
        // A user is anybody, an employee is somebody.
        let vague = matches!(audience, Audience::Public | Audience::Companies | Audience::Customers);
        Some((vague, gap, audience))
    });
    let best = stated.min_by_key(|(vague, gap, _)| (*vague, *gap)).map(|(.., audience)| audience);
    let customers = matches!(best, Some(Audience::Customers | Audience::Public | Audience::Developers));
    match (best, question.kind()) {
        (Some(Audience::Customers), Some(ActorKind::Bank | ActorKind::Company)) => Audience::Customers,
        (_, Some(ActorKind::Bank | ActorKind::Company)) if !customers || question.trigger.action != Action::Deny => {
            Audience::Employees
        }
        (Some(Audience::Employees), Some(ActorKind::Government)) if !question.banks => Audience::GovernmentStaff,
        (Some(audience), _) => audience,
        (None, Some(ActorKind::Bank | ActorKind::Company)) => Audience::Employees,
        (None, Some(ActorKind::Government)) if question.chip => Audience::Companies,
        (None, Some(ActorKind::Government)) if own_forces(question) => Audience::GovernmentStaff,
        (None, Some(ActorKind::Government)) => question.office().map_or(Audience::Public, |office| office.audience),
        (None, _) if question.banks || question.chip => Audience::Companies,
        (None, _) if question.product.is_some_and(|product| product.ends_with("-api")) => Audience::Developers,
        (None, Some(ActorKind::Vendor)) => of_vendor(question),
        (None, None) => Audience::Public,
    }
}

/// What a ministry of defence stops without naming anybody it stops in its own ranks; only a designation reaches firms.
fn own_forces(question: &Question<'_>) -> bool {
    let trigger = question.trigger;
    let designates = question.sentence.marks.iter().any(|mark| {
        mark.class == Class::Ground(Instrument::NationalSecurity) && mark.start < trigger.end && mark.end > trigger.start
    });
    question.office().is_some_and(|office| office.role == "defence") && !designates
}

/// Whom a vendor means where nobody is named: a product that is not there is missed by anybody who would use it.
fn of_vendor(question: &Question<'_>) -> Audience {
    match (question.trigger.action, question.product) {
        (Action::Withhold | Action::Suspend, Some(_)) => Audience::Public,
        _ => Audience::Customers,
    }
}

/// The ground: of the zone, then of the sentence, then what follows from who acts, then of the article.
pub fn ground(question: &Question<'_>, article: &[Instrument], recalled: bool) -> Instrument {
    // What civil servants may not use rests on security, or on nothing that is said; privacy is the public's ground.
    let own_staff = question.kind() == Some(ActorKind::Government) && audience(question) == Audience::GovernmentStaff;
    let stated = |inside: bool| {
        question.sentence.marks.iter().filter(|mark| question.in_zone(mark.start) == inside).find_map(|mark| match mark.class {
            Class::Ground(Instrument::DataProtection) if own_staff => None,
            Class::Ground(ground) if fits(ground, question.kind()) => Some(ground),
            _ => None,
        })
    };
    let stated = stated(true).or_else(|| stated(false).filter(|_| !recalled));
    if question.trigger.action == Action::Deny {
        return Instrument::NoneStated;
    }
    let anywhere = |ground: Instrument| article.contains(&ground) && !recalled;
    match question.kind() {
        Some(ActorKind::Government) => of_state(question, stated),
        Some(ActorKind::Bank | ActorKind::Company) => {
            let opens = matches!(question.trigger.action, Action::Allow | Action::Restore);
            // A firm that stops because of what it signed stops on its supplier's terms.
            let signed = anywhere(Instrument::VendorTerms) || anywhere(Instrument::Procurement);
            let denies = question.trigger.action == Action::Deny;
            let terms = Some(Instrument::VendorTerms).filter(|_| !opens && !denies && signed);
            let fallback = match question.trigger.action {
                Action::Deny => Instrument::NoneStated,
                Action::Allow if anywhere(Instrument::Procurement) => Instrument::Procurement,
                _ => Instrument::InternalPolicy,
            };
            stated.filter(|ground| opens || *ground != Instrument::Procurement).or(terms).unwrap_or(fallback)
        }
        Some(ActorKind::Vendor) => {
            if matches!(question.trigger.action, Action::Allow | Action::Restore) {
                return Instrument::NoneStated;
            }
            let limits = matches!(question.trigger.action, Action::Prohibit | Action::Restrict);
            let by_owner = audience(question) == Audience::ChineseOwnedEntities;
            let terms = Some(Instrument::VendorTerms).filter(|ground| limits && (by_owner || anywhere(*ground)));
            // That a place is not on the list says no more than that it is left out.
            let listed = question.trigger.action == Action::Withhold || recalled;
            stated.filter(|ground| !listed || *ground != Instrument::VendorTerms).or(terms).unwrap_or(Instrument::NoneStated)
        }
        None => stated.filter(|ground| *ground != Instrument::DataProtection).unwrap_or(Instrument::NoneStated),
    }
}

fn of_state(question: &Question<'_>, stated: Option<Instrument>) -> Instrument {
    let office = question.office();
    if let Some(office) = office.filter(|office| office.ground == Instrument::CourtOrder) {
        return office.ground;
    }
    if question.chip && question.actor.is_some_and(|actor| actor.country.as_deref() != Some("CN")) {
        return stated.filter(|ground| *ground == Instrument::Sanctions).unwrap_or(Instrument::ExportControl);
    }
    let by_office = office.map(|office| office.ground).filter(|ground| *ground != Instrument::NoneStated);
    stated.or(by_office).unwrap_or(Instrument::NoneStated)
}

/// Grounds that a kind of actor can have.
fn fits(ground: Instrument, kind: Option<ActorKind>) -> bool {
    match kind {
        Some(ActorKind::Government) => !matches!(ground, Instrument::VendorTerms | Instrument::InternalPolicy),
        Some(ActorKind::Vendor) => !matches!(ground, Instrument::CourtOrder | Instrument::Procurement),
        Some(ActorKind::Bank | ActorKind::Company) => {
            matches!(ground, Instrument::VendorTerms | Instrument::InternalPolicy | Instrument::Procurement)
        }
        None => true,
    }
}

/// How far the act has come, and whether the words say so.
pub fn status(question: &Question<'_>, future: bool) -> (Status, bool) {
    let trigger = question.trigger;
    let stated = question
        .sentence
        .marks
        .iter()
        .filter(|mark| question.in_zone(mark.start))
        .filter_map(|mark| match mark.class {
            Class::Status(status) if near(question, mark.start, mark.end) => Some(status),
            _ => None,
        })
        .max_by_key(|status| weight(*status));
    let past = before(question.sentence, trigger.start, 40, Cue::Past).is_some();
    let contract = question.sentence.marks.iter().any(|mark| mark.class == Class::Ground(Instrument::Procurement));
    let signs = question.kind() == Some(ActorKind::Bank) && trigger.action == Action::Allow && contract;
    match stated {
        None | Some(Status::InForce) if signs => (Status::Announced, false),
        Some(Status::Announced) if past && !future => (Status::InForce, false),
        Some(status) => (status, true),
        None if future => (Status::Announced, true),
        None => (Status::InForce, false),
    }
}

/// A sign of a stage counts before the act, or close behind it.
fn near(question: &Question<'_>, start: usize, end: usize) -> bool {
    let trigger = question.trigger;
    if end <= trigger.start {
        return trigger.start - end < 70;
    }
    start < trigger.end + 60 || trigger.frame == Frame::Noun
}

/// Of two signs the weaker claim holds: "could ban from July" is only considered.
fn weight(status: Status) -> u8 {
    match status {
        Status::InForce => 0,
        Status::Announced => 1,
        Status::Proposed => 2,
        Status::Considered => 3,
        Status::Rumoured => 4,
        Status::Ended => 5,
    }
}

/// Whether the article only looks back at the act.
pub fn recalled(question: &Question<'_>) -> bool {
    let sentence = question.sentence;
    before(sentence, question.trigger.start, 60, Cue::Past).is_some()
        || after(sentence, question.trigger.end, 30, Cue::Past).is_some()
}
