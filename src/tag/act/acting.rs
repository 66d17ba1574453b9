//! Who acts: whoever is named, or must have acted where nobody is; and what the act then is.

use crate::model::event::{Action, ActorKind, Audience, Instrument};
use crate::tag::rule::Rule;
use crate::tag::words::{Class, Cue, Frame};

use super::draft::Reading;
use super::party::{Actor, Heard, How, Party, is_subject};
use super::place;
use super::roles::Tech;
use super::sense;
use super::trigger::{Trigger, after, is_ordered};
use super::why::{self, Step};

/// Who was found to act.
pub struct Acting {
    /// Who; `None` where nobody is known.
    pub actor: Option<Actor>,
    /// Why.
    pub step: Option<Step>,
    /// Somebody else had been taken to limit what is not theirs.
    pub reversed: bool,
}

impl Acting {
    fn of(found: Option<(Actor, Step)>, reversed: bool) -> Self {
        let (actor, step) = found.unzip();
        Self { actor, step, reversed }
    }
}

impl Reading<'_> {
    /// Who acts, settling what the act then is.
    pub fn acting(&self, trigger: &mut Trigger, party: Option<&Party>, tech: Option<&Tech>, heard: &Heard) -> Acting {
        let chip = tech.is_some_and(|tech| self.is_chip(tech));
        let by =
            |party: &Party| party.how >= How::Office && super::trigger::before(self.sentence, party.start, 5, Cue::By).is_some();
        let named = party.filter(|party| by(party) || sense::may_act(trigger, &party.actor, tech, chip));
        let by_name = named.map(|party| (party.actor.clone(), why::of_party(self.sentence, trigger, party)));
        let inferred = || self.inferred(trigger, tech, heard);
        let found =
            by_name.or_else(|| inferred().map(|actor| (actor.clone(), why::of_inferred(self.sentence, &self.parties, &actor))));
        let rules = |actor: &Actor| actor.role.as_deref() == Some("court");
        let decree = |actor: Actor| (actor, Step::concluded(Rule::ActorOfDecree));
        if found.as_ref().is_some_and(|(actor, _)| rules(actor)) && sense::of_a_decree(self.sentence, trigger) {
            return Acting::of(heard.authority.clone().filter(|actor| !rules(actor)).map(decree), false);
        }
        let found = found
            .filter(|(actor, _)| actor.kind == ActorKind::Government || !self.is_sovereign(trigger))
            .or_else(|| heard.authority.clone().filter(|_| self.is_sovereign(trigger)).map(decree));
        let actor = found.as_ref().map(|(actor, _)| actor);
        (trigger.action, trigger.changed) = self.settled(trigger, actor);
        let staff = self.marked(trigger, |class| *class == Class::Audience(Audience::Employees));
        let serves =
            trigger.frame != Frame::Gets && actor.is_some_and(|actor| self.context.names.serves_others(actor.id.as_deref()));
        let turned = sense::turned(trigger, actor, tech, staff || serves);
        let reversed = turned.is_some();
        Acting::of(turned.map(|actor| (actor, Step::concluded(Rule::ActorOwner))).or(found), reversed)
    }

    /// What the act is, given who does it, to whom, until when; and what made another act of it.
    fn settled(&self, trigger: &Trigger, actor: Option<&Actor>) -> (Action, Option<Rule>) {
        let action = fitting(trigger, actor);
        let kind = actor.map(|actor| actor.kind);
        let court = actor.is_some_and(|actor| actor.role.as_deref() == Some("court"));
        if court && sense::stops_an_authority(self.sentence, trigger, &self.parties) {
            return (Action::Restore, Some(Rule::CourtStopsAuthority));
        }
        let owned = self.marked(trigger, |class| *class == Class::Audience(Audience::ChineseOwnedEntities));
        if owned && matches!(action, Action::Withhold | Action::Restrict | Action::Suspend) && kind == Some(ActorKind::Vendor) {
            // Whoever is shut out for who owns them was served before.
            return (Action::Prohibit, Some(Rule::ServedBefore));
        }
        // "keeps it out of Europe": a vendor that has not served a place withholds.
        let words = self.sentence.between(trigger.start, trigger.head);
        if action == Action::Prohibit && kind == Some(ActorKind::Vendor) && (words.starts_with("keep") || words == "kept") {
            return (Action::Withhold, Some(Rule::ActFitsActor));
        }
        let until = self.is_until(trigger);
        if until && trigger.action == Action::Withhold && matches!(kind, Some(ActorKind::Bank | ActorKind::Company)) {
            return (Action::Suspend, Some(Rule::UntilMended));
        }
        let pending = self.marked(trigger, |class| *class == Class::Cue(Cue::Pending));
        if pending && action == Action::Prohibit && kind.is_some_and(|kind| kind != ActorKind::Vendor) {
            return (Action::Suspend, Some(Rule::UntilMended));
        }
        // A ban until something is mended is a stop for now.
        if until && action == Action::Prohibit && kind == Some(ActorKind::Government) {
            return (Action::Suspend, Some(Rule::UntilMended));
        }
        (action, (action != trigger.action).then_some(Rule::ActFitsActor))
    }

    /// Whether an act is said to last until something is done; "unless" says no such thing.
    fn is_until(&self, trigger: &Trigger) -> bool {
        let conditions = self.sentence.marks.iter().filter(|mark| mark.class == Class::Cue(Cue::Condition));
        conditions.filter(|mark| self.in_zone(trigger, mark.start)).any(|mark| {
            let words = self.sentence.between(mark.start, mark.end);
            !words.is_ascii()
                || !matches!(
                    words,
                    "unless" | "only if" | "provided" | "provided that" | "as long as" | "so long as" | "subject to"
                )
        })
    }

    /// Who must have acted where nobody is named.
    fn inferred(&self, trigger: &Trigger, tech: Option<&Tech>, heard: &Heard) -> Option<Actor> {
        let vendor = || {
            let id = tech?.vendor.clone()?;
            Some(Actor { id: Some(id), kind: ActorKind::Vendor, country: None, role: None })
        };
        let here = |kind: ActorKind, least: How| {
            let fits = |party: &&Party| party.actor.kind == kind && party.how >= least && !matches!(party.how, How::Capital);
            self.parties.iter().filter(fits).find(|party| self.in_zone(trigger, party.start) || least == How::Office)
        };
        let authority = || here(ActorKind::Government, How::Office).map(|party| party.actor.clone());
        match trigger.action {
            Action::Withhold if trigger.frame == Frame::Goes => {
                here(ActorKind::Bank, How::Named).map(|party| party.actor.clone()).or_else(vendor)
            }
            Action::Withhold => vendor(),
            Action::Allow | Action::Restore if trigger.frame == Frame::Gets && self.employer(trigger, tech, heard).is_some() => {
                self.employer(trigger, tech, heard)
            }
            Action::Allow | Action::Restore if trigger.passive => {
                let chip = tech.is_some_and(|tech| self.is_chip(tech));
                let grants = |party: &&Party| !sense::only_speaks(self.sentence, party);
                let grantor = || here(ActorKind::Government, How::Office).filter(grants).map(|party| party.actor.clone());
                // What the staff of a bank may use again, the bank gives them.
                let employer = || here(ActorKind::Bank, How::Referred).map(|party| party.actor.clone()).or(heard.bank.clone());
                if chip {
                    authority().or_else(|| self.grantor(trigger))
                } else {
                    let granted = grantor().filter(|_| trigger.frame == Frame::Gets);
                    granted.or_else(|| employer().filter(|_| self.is_on_staff(trigger)))
                }
                .or_else(vendor)
            }
            Action::Allow if tech.is_some_and(|tech| tech.end <= trigger.start) => vendor(),
            Action::Prohibit | Action::Restrict | Action::Suspend => {
                let by_terms = |class: &Class| {
                    matches!(class, Class::Ground(Instrument::VendorTerms) | Class::Audience(Audience::ChineseOwnedEntities))
                };
                if let Some(bank) = here(ActorKind::Bank, How::Referred) {
                    return Some(bank.actor.clone());
                }
                if self.marked(trigger, by_terms) {
                    return vendor();
                }
                // "Nvidia told to halt shipments": by whom, the story says.
                let ordered = is_ordered(self.sentence, trigger.head) && trigger.passive;
                if let Some(state) = heard.authority.clone().filter(|_| ordered) {
                    return Some(authority().unwrap_or(state));
                }
                let unsaid = || heard.subject.clone().filter(|_| self.context.elliptic || trigger.frame == Frame::Gets);
                let employer = || self.employer(trigger, tech, heard);
                let state = || self.state(trigger).filter(|_| heard.bank.is_none() && trigger.passive);
                let rules = || self.ruler(trigger).filter(|_| trigger.action == Action::Restrict && !self.context.elliptic);
                let terms = || vendor().filter(|_| heard.authority.is_none() && !self.is_on_staff(trigger));
                // "Suspendu en mai, l'assistant …": whoever the story is about, where that is a bank.
                let about = || {
                    let acts = |actor: &Actor| matches!(actor.kind, ActorKind::Bank | ActorKind::Company);
                    heard.subject.clone().filter(|actor| trigger.passive && acts(actor))
                };
                let found = authority().or_else(rules).or_else(|| self.ruled()).or_else(unsaid).or_else(employer).or_else(about);
                found.or_else(state).or_else(terms)
            }
            _ => None,
        }
    }

    fn is_on_staff(&self, trigger: &Trigger) -> bool {
        self.marked(trigger, |class| *class == Class::Audience(Audience::Employees))
    }

    /// The bank or firm whose own people get or lose something.
    fn employer(&self, trigger: &Trigger, tech: Option<&Tech>, heard: &Heard) -> Option<Actor> {
        let staff = self.marked(trigger, |class| *class == Class::Audience(Audience::Employees));
        // "A notice on Boeing's intranet tells its engineers": the owner stands before, however it stands.
        sense::employer(trigger, &self.parties, tech, heard).filter(|_| staff)
    }

    /// "Canberra is considering a rule under which agents would need a permit": the subject of the sentence, if it is a state.
    fn ruler(&self, trigger: &Trigger) -> Option<Actor> {
        let first = self.parties.iter().find(|party| is_subject(self.sentence, party) && party.end <= trigger.start)?;
        Some(first.actor.clone()).filter(|actor| actor.kind == ActorKind::Government)
    }

    /// "…, the supervisor ruled": a noun for the authority that the story has introduced.
    fn ruled(&self) -> Option<Actor> {
        let noun = |party: &&Party| party.actor.kind == ActorKind::Government && party.how == How::Referred;
        let speaks = |party: &&Party| after(self.sentence, party.end, 2, Cue::Say).is_some();
        self.parties.iter().filter(noun).find(speaks).map(|party| party.actor.clone())
    }

    /// Only a state has entity lists, sanctions, designations.
    fn is_sovereign(&self, trigger: &Trigger) -> bool {
        self.sentence.marks.iter().any(|mark| {
            let state = matches!(
                mark.class,
                Class::Ground(Instrument::ExportControl | Instrument::NationalSecurity | Instrument::Sanctions)
            );
            state && mark.start < trigger.end && mark.end > trigger.start
        })
    }

    /// "DeepSeek is banned in Italy": the state.
    fn state(&self, trigger: &Trigger) -> Option<Actor> {
        if !matches!(trigger.frame, Frame::Done | Frame::Does) {
            return None;
        }
        let places = place::concerned(self.sentence, trigger, self.context.names, None);
        let [place] = places.as_slice() else { return None };
        if !super::party::is_state(place) || place == "EU" {
            return None;
        }
        Some(Actor::state(self.context.names, place, None))
    }

    /// A state whose name stands in the words of a grant: "wins US approval".
    fn grantor(&self, trigger: &Trigger) -> Option<Actor> {
        let inside = |party: &&Party| party.start >= trigger.start && party.end <= trigger.end;
        let states = self.parties.iter().filter(inside).filter(|party| party.actor.kind == ActorKind::Government);
        states.map(|party| party.actor.clone()).next()
    }
}

/// What an action is called for the kind of party that does it.
fn fitting(trigger: &Trigger, actor: Option<&Actor>) -> Action {
    match (trigger.action, actor.map(|actor| actor.kind)) {
        (Action::Withhold, Some(ActorKind::Bank | ActorKind::Company | ActorKind::Government)) => Action::Prohibit,
        (action, _) => action,
    }
}
