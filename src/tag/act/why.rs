//! Why an event reads as it does: for each slot a rule and a place, kept as numbers until somebody asks.

use crate::model::event::{ActorKind, Audience};
use crate::tag::names::Name;
use crate::tag::rule::Rule;
use crate::tag::scene::Sentence;
use crate::tag::words::{Class, Frame, Mark};

use super::draft::Reading;
use super::party::{Actor, How, Party, region};
use super::place;
use super::roles::Tech;
use super::trigger::Trigger;

/// A range of the folded text of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Index of the view.
    pub view: usize,
    /// First byte.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// One step of reading.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// By which rule.
    pub rule: Rule,
    /// From which words; `None` where it was concluded.
    pub at: Option<Span>,
    /// The phrase of the lexicon that stands there; `None` for names, and for what is in no lexicon.
    pub entry: Option<usize>,
}

impl Step {
    /// A conclusion from what else is known.
    pub fn concluded(rule: Rule) -> Self {
        Self { rule, at: None, entry: None }
    }

    /// A step from words of a sentence that are no phrase: a name, a date.
    pub fn at(rule: Rule, sentence: &Sentence<'_>, (start, end): (usize, usize)) -> Self {
        Self { rule, at: Some(Span { view: sentence.view, start, end }), entry: None }
    }

    /// A step from a phrase.
    pub fn mark(rule: Rule, sentence: &Sentence<'_>, mark: &Mark) -> Self {
        Self { entry: Some(mark.entry), ..Self::at(rule, sentence, (mark.start, mark.end)) }
    }
}

/// A value and the step to it.
pub struct Because<T> {
    /// What was read.
    pub value: T,
    /// Why.
    pub step: Step,
}

impl<T> Because<T> {
    /// A value that follows from what else is known.
    pub fn concluded(value: T, rule: Rule) -> Self {
        Self { value, step: Step::concluded(rule) }
    }
}

/// The steps to each slot of an event.
#[derive(Clone, Debug)]
pub struct Why {
    /// To what is done: one for each telling, and what made another act of it.
    pub acts: Vec<Step>,
    /// To whoever acts.
    pub actor: Option<Step>,
    /// To vendor and product.
    pub technology: Option<Step>,
    /// To each region.
    pub regions: Vec<(String, Step)>,
    /// To the audience.
    pub audience: Step,
    /// To the ground.
    pub instrument: Step,
    /// To the stage.
    pub status: Step,
    /// To the date.
    pub date: Option<Step>,
    /// To its being only recalled.
    pub recalled: Option<Step>,
}

/// How the words of an act show it.
pub fn of_trigger(trigger: &Trigger) -> Rule {
    match (trigger.ends, trigger.negated, trigger.frame) {
        (Some(_), true, _) => Rule::LiftNegated,
        (Some(_), false, _) => Rule::LimitLifted,
        (None, true, _) => Rule::OpeningNegated,
        (None, false, Frame::Does) if trigger.passive => Rule::PassiveMark,
        (None, false, Frame::Does) => Rule::ActiveVerb,
        (None, false, Frame::Done) if trigger.passive => Rule::PassiveParticiple,
        (None, false, Frame::Done) => Rule::PerfectParticiple,
        (None, false, Frame::Goes) => Rule::TechnologyIsSubject,
        (None, false, Frame::Gets) => Rule::UserIsSubject,
        (None, false, Frame::Noun) => Rule::ActAsNoun,
    }
}

/// The step to what is done, and the one that made another act of it.
pub fn of_acts(sentence: &Sentence<'_>, trigger: &Trigger) -> Vec<Step> {
    let words = Step::at(of_trigger(trigger), sentence, (trigger.start, trigger.end));
    let changed = trigger.changed.map(Step::concluded);
    std::iter::once(Step { entry: Some(trigger.entry), ..words }).chain(changed).collect()
}

/// The step to a party of the sentence that acts: after an act only what "by" marks is taken.
pub fn of_party(sentence: &Sentence<'_>, trigger: &Trigger, party: &Party) -> Step {
    let rule = match party.how {
        _ if party.start >= trigger.start => Rule::ActorBehindBy,
        _ if party.start < trigger.zone.0 => Rule::ActorEarlier,
        _ => return of_named(sentence, party),
    };
    Step::at(rule, sentence, (party.start, party.end))
}

/// The step to a party, by how it is named.
pub fn of_named(sentence: &Sentence<'_>, party: &Party) -> Step {
    let rule = match party.how {
        How::Named => Rule::ActorNamed,
        How::Office => Rule::ActorOffice,
        How::Capital => Rule::ActorCapital,
        How::Referred => Rule::ActorReferred,
    };
    Step::at(rule, sentence, (party.start, party.end))
}

/// The step to an actor whom no words name as acting, with the place where the sentence speaks of it.
pub fn of_inferred(sentence: &Sentence<'_>, parties: &[Party], actor: &Actor) -> Step {
    let rule = match actor.kind {
        ActorKind::Vendor => Rule::ActorVendor,
        ActorKind::Bank | ActorKind::Company => Rule::ActorEmployer,
        ActorKind::Government => Rule::ActorAuthority,
    };
    let there = parties.iter().find(|party| party.actor.id == actor.id);
    there.map_or_else(|| Step::concluded(rule), |party| Step::at(rule, sentence, (party.start, party.end)))
}

/// The step to what an act is on.
pub fn of_tech(sentence: &Sentence<'_>, tech: &Tech, (named, own): (bool, bool)) -> Step {
    let rule = match (named, own) {
        (true, _) if tech.by_noun => Rule::TechnologyNoun,
        (true, _) => Rule::TechnologyNamed,
        (false, true) => Rule::TechnologyOwn,
        (false, false) => return Step::concluded(Rule::TechnologyHeard),
    };
    Step::at(rule, sentence, (tech.start, tech.end))
}

impl Reading<'_> {
    /// The steps to the regions of an act: of those that are named in its part of the sentence, what stands around them.
    pub fn why_there(&self, trigger: &Trigger, regions: &[String], actor: Option<&Actor>) -> Vec<(String, Step)> {
        regions.iter().map(|place| (place.clone(), self.why_at(trigger, place, actor))).collect()
    }

    fn why_at(&self, trigger: &Trigger, place: &str, actor: Option<&Actor>) -> Step {
        let authority = actor.filter(|actor| actor.kind == ActorKind::Government && actor.country.as_deref() == Some(place));
        if authority.is_some() {
            return Step::concluded(Rule::PlaceOfAuthority);
        }
        let there = |name: &&Name| region(self.context.names, name) == Some(place);
        let weighed = self.sentence.names.iter().filter(there).map(|name| (place::weighed(self.sentence, name), name));
        let mut named = weighed.filter(|((standing, _), _)| *standing != place::Standing::Aside);
        let of_state = actor.is_some_and(|actor| actor.kind == ActorKind::Government);
        if let Some(((_, rule), name)) = named.find(|(_, name)| of_state || self.in_zone(trigger, name.start)) {
            return Step::at(rule, self.sentence, (name.start, name.end));
        }
        let owned = self.marked(trigger, |class| *class == Class::Audience(Audience::ChineseOwnedEntities));
        Step::concluded(if of_state || !owned { Rule::PlaceOfGoods } else { Rule::PlaceOfOwners })
    }
}
