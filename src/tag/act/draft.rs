//! One sentence under reading: each of its triggers becomes a draft of an event.

use crate::model::event::{AccessEvent, Action, ActorKind, Audience, Instrument, Status};
use crate::model::when::{PartialDate, Precision};
use crate::tag::dates::Dated;
use crate::tag::scene::Sentence;
use crate::tag::words::{Class, Cue, Frame, Referent};

use super::acting::Acting;
use super::gather::Draft;
use super::party::{Actor, Heard, How, Party};
use super::read::Context;
use super::roles::{self, Tech};
use super::slots::{self, Question};
use super::trigger::Trigger;
use super::why::{self, Step, Why};
use crate::tag::rule::Rule;

/// What it takes from an act's clarity that nobody is named whose access it concerns.
const FOR_EVERYBODY: i32 = 30;

/// A sentence under reading.
pub struct Reading<'a> {
    /// The article around it.
    pub context: &'a Context<'a>,
    /// The sentence.
    pub sentence: &'a Sentence<'a>,
    /// Who may act in it.
    pub parties: Vec<Party>,
    /// Technologies in it.
    pub techs: Vec<Tech>,
    /// Dates in it.
    pub dates: Vec<Dated>,
}

impl Reading<'_> {
    /// Whoever acts: in the sentence, else whoever acted in it before.
    pub fn actor(&self, trigger: &Trigger, last: Option<&Party>) -> Option<Party> {
        let found = roles::actor(self.sentence, trigger, (&self.parties, &self.techs), self.context.sov);
        found.or_else(|| last.filter(|_| !trigger.passive).cloned())
    }

    /// Whether a byte belongs to a trigger.
    pub fn in_zone(&self, trigger: &Trigger, start: usize) -> bool {
        start >= trigger.zone.0 && start < trigger.zone.1
    }

    /// The events that a trigger tells of: one, or one for each vendor of a list.
    pub fn drafts(&self, trigger: &Trigger, party: Option<&Party>, heard: &Heard) -> Vec<Draft> {
        let mut objects = roles::objects(self.sentence, trigger, &self.techs, party);
        let named_tech = !objects.is_empty();
        if !named_tech {
            let own =
                party.filter(|party| party.actor.kind == ActorKind::Vendor && !self.points_elsewhere(trigger, party, heard));
            let fallback = match own {
                Some(party) => Some(Tech {
                    start: party.start,
                    end: party.end,
                    vendor: party.actor.id.clone(),
                    product: heard.product.clone().filter(|(_, vendor)| *vendor == party.actor.id).map(|(product, _)| product),
                    ..Tech::default()
                }),
                None => {
                    let acts = party.is_some_and(|party| party.how >= How::Capital);
                    roles::fallback(self.sentence, trigger, heard, self.context.elliptic || acts)
                }
            };
            objects.extend(fallback);
        }
        if objects.is_empty() {
            return self.draft(trigger, party, (None, named_tech), heard).into_iter().collect();
        }
        let mut drafts: Vec<Draft> =
            objects.iter().filter_map(|tech| self.draft(trigger, party, (Some(tech), named_tech), heard)).collect();
        for step in drafts.iter_mut().skip(1).filter_map(|draft| draft.why.technology.as_mut()) {
            step.rule = Rule::TechnologyListed;
        }
        drafts
    }

    /// "AWS has taken the lab's models off the menu": a cloud takes away what the story speaks of, not its own.
    fn points_elsewhere(&self, trigger: &Trigger, party: &Party, heard: &Heard) -> bool {
        let of_another = heard.product.as_ref().is_some_and(|(_, vendor)| *vendor != party.actor.id);
        let points = |class: &Class| matches!(class, Class::Refers(Referent::Product | Referent::Vendor));
        let behind = self
            .sentence
            .marks
            .iter()
            .any(|mark| mark.start >= trigger.head && self.in_zone(trigger, mark.start) && points(&mark.class));
        of_another && behind && self.context.names.serves_others(party.actor.id.as_deref())
    }

    fn draft(
        &self,
        trigger: &Trigger,
        party: Option<&Party>,
        (tech, named_tech): (Option<&Tech>, bool),
        heard: &Heard,
    ) -> Option<Draft> {
        let mut trigger = trigger.clone();
        let lists = self.marked(&trigger, |class| *class == Class::Cue(Cue::Listing));
        let tech = tech.filter(|tech| !lists || tech.product.is_some());
        let at_large = self.marked(&trigger, |class| matches!(class, Class::Cue(Cue::Tech | Cue::Chip)));
        let Acting { actor, step, reversed } = self.acting(&mut trigger, party, tech, heard);
        let nobody = actor.is_none() && trigger.action == Action::Allow;
        let kind = actor.as_ref().map(|actor| actor.kind);
        if !is_event(trigger.action, kind, tech.is_some(), (at_large, lists)) || self.is_no_act(&trigger, actor.as_ref(), tech) {
            return None;
        }
        let chip = lists || self.is_on_chips(&trigger, tech);
        let product = tech.and_then(|tech| tech.product.as_deref());
        let question = self.question(&trigger, actor.as_ref(), product, (chip, heard));
        let dated = self.date(&trigger);
        let date = dated.map(|dated| dated.date);
        let future = date.is_some_and(|date| self.context.published.is_some_and(|published| date.first() > published.last()));
        let (audience, (status, named_status)) = (slots::audience(&question), slots::status(&question, future));
        let named_audience = self.marked(&trigger, |class| matches!(class, Class::Audience(_)));
        let recalled = self.recalled(&question, status.value, date);
        let instrument = slots::ground(&question, self.context.grounds, recalled.is_some());
        let regions = self.regions(&trigger, (actor.as_ref(), party), heard, chip);
        let own = party.is_some_and(|party| tech.is_some_and(|tech| tech.start == party.start));
        let why = Why {
            acts: why::of_acts(self.sentence, &trigger),
            actor: step,
            technology: tech.map(|tech| why::of_tech(self.sentence, tech, (named_tech, own))),
            regions: self.why_there(&trigger, &regions, actor.as_ref()),
            audience: if reversed { Step::concluded(Rule::AudienceFirms) } else { audience.step },
            instrument: instrument.step,
            status: status.step,
            date: dated.map(|dated| Step::at(Rule::DateNearest, self.sentence, (dated.start, dated.end))),
            recalled,
        };
        let event = AccessEvent {
            actor: actor.as_ref().and_then(|actor| actor.id.clone()),
            actor_kind: kind,
            action: trigger.action,
            vendor: tech.and_then(|tech| tech.vendor.clone()),
            product: tech.and_then(|tech| tech.product.clone()),
            regions,
            audience: if reversed { Audience::Companies } else { audience.value },
            instrument: instrument.value,
            status: status.value,
            date,
            recalled: recalled.is_some(),
            evidence: vec![self.evidence(&trigger)],
        };
        if nobody && event.product.is_none() && event.regions.is_empty() {
            return None;
        }
        let everybody = self.is_for_everybody(&event, &trigger);
        let clarity =
            clarity(&trigger, (party, event.actor.is_some()), (named_tech, at_large)) - if everybody { FOR_EVERYBODY } else { 0 };
        let hint = trigger.action == Action::Investigate && trigger.frame == Frame::Noun;
        let named_actor = party.is_some();
        let (ends, set_by) = (trigger.ends, self.set_by(&trigger, actor.as_ref()));
        Some(Draft { event, why, clarity, named_tech, named_actor, named_audience, named_status, hint, ends, set_by })
    }

    fn is_on_chips(&self, trigger: &Trigger, tech: Option<&Tech>) -> bool {
        tech.is_some_and(|tech| self.is_chip(tech)) || self.marked(trigger, |class| *class == Class::Cue(Cue::Chip))
    }

    fn question<'q>(
        &'q self,
        trigger: &'q Trigger,
        actor: Option<&'q Actor>,
        product: Option<&'q str>,
        (chip, heard): (bool, &'q Heard),
    ) -> Question<'q> {
        let (sentence, offices) = (self.sentence, &self.context.words.offices);
        let (banks, lifted) = (self.has_firms(trigger, actor, heard), self.lifted(actor, heard));
        let banks_act = self.banks(trigger).next().is_some();
        let finance = heard.bank.is_some() || self.context.grounds.contains(&Instrument::FinancialRegulation);
        Question { sentence, trigger, actor, product, chip, banks, banks_act, finance, offices, lifted }
    }

    /// Banks in the part of the sentence that belongs to a trigger.
    pub fn banks<'s>(&'s self, trigger: &'s Trigger) -> impl Iterator<Item = &'s Party> {
        self.parties.iter().filter(move |party| party.actor.kind == ActorKind::Bank && self.in_zone(trigger, party.start))
    }

    /// Whether a mark of some class stands in the part of the sentence that belongs to a trigger.
    pub fn marked(&self, trigger: &Trigger, wanted: impl Fn(&Class) -> bool) -> bool {
        self.sentence.marks.iter().any(|mark| self.in_zone(trigger, mark.start) && wanted(&mark.class))
    }

    /// Whether a technology is a chip.
    pub fn is_chip(&self, tech: &Tech) -> bool {
        let chips = &self.context.words.chips;
        [&tech.product, &tech.vendor].into_iter().flatten().any(|id| chips.contains(id))
    }

    /// The date in the zone nearest to the act.
    fn date(&self, trigger: &Trigger) -> Option<&Dated> {
        let near = |dated: &&Dated| self.in_zone(trigger, dated.start);
        let gap = |dated: &&Dated| {
            let gap =
                if dated.start >= trigger.end { dated.start - trigger.end } else { trigger.start.saturating_sub(dated.end) };
            (dated.date.precision() == Precision::Year, gap)
        };
        self.dates.iter().filter(near).min_by_key(gap)
    }

    /// Whether banks or firms that do not act stand beside an act.
    fn has_firms(&self, trigger: &Trigger, actor: Option<&Actor>, heard: &Heard) -> bool {
        let of_vendor = actor.is_some_and(|actor| actor.kind == ActorKind::Vendor);
        self.banks(trigger).next().is_some()
            || of_vendor && (heard.bank.is_some() || self.firms_shut_out(trigger, actor))
            || self.marked(trigger, |class| *class == Class::Audience(Audience::Companies))
    }

    /// Why the article only looks back at an act, if it does.
    fn recalled(&self, question: &Question<'_>, status: Status, date: Option<PartialDate>) -> Option<Step> {
        let ended = || (status == Status::Ended).then_some(Step::concluded(Rule::RecalledEnded));
        let old = || self.is_old(date).then_some(Step::concluded(Rule::RecalledOld));
        slots::recalled(question).or_else(ended).or_else(old)
    }

    /// More than two months before the report.
    fn is_old(&self, date: Option<PartialDate>) -> bool {
        const RECENT_DAYS: i32 = 62;
        let (Some(date), Some(published)) = (date, self.context.published) else { return false };
        published.first().since(date.last()).is_ok_and(|span| span.get_days() > RECENT_DAYS)
    }

    fn evidence(&self, trigger: &Trigger) -> crate::model::event::Evidence {
        let view = &self.context.views[self.sentence.view];
        // The part of the sentence that tells of the act, without the spaces and commas around it.
        let text = self.sentence.between(trigger.zone.0, trigger.zone.1);
        let skipped = text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
        let length = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | ';')).len();
        let (start, end) = (trigger.zone.0 + skipped, trigger.zone.0 + length.max(skipped));
        view.evidence(start, end, self.context.phrases.name(trigger.entry))
    }
}

/// Whether an act on something, or on AI at large, by somebody of some kind or nobody, is an event.
fn is_event(action: Action, actor: Option<ActorKind>, tech: bool, (at_large, lists): (bool, bool)) -> bool {
    let probes = action == Action::Investigate;
    let needs_tech = probes || action == Action::Deny;
    let idle = probes && actor != Some(ActorKind::Government) || needs_tech && !tech && !at_large;
    !idle && (tech || (at_large || lists) && actor.is_some())
}

/// 0 to 100: how clearly a trigger's surroundings say that it is an act on AI; whoever acts may be named, or only known.
fn clarity(trigger: &Trigger, (party, known): (Option<&Party>, bool), (named_tech, at_large): (bool, bool)) -> i32 {
    let frame = match trigger.frame {
        Frame::Noun => 36,
        _ => 44,
    };
    let actor = match (party.is_some(), known, trigger.action) {
        (true, ..) => 16,
        (false, true, Action::Allow) => 0,
        (false, true, _) => 6,
        (false, false, Action::Allow) => -16,
        (false, false, _) => 0,
    };
    frame + if named_tech { 24 } else { 0 } + if at_large { 12 } else { 0 } + actor
}
