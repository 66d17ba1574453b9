//! One sentence under reading: each of its triggers becomes a draft of an event.

use crate::model::event::{AccessEvent, Action, ActorKind, Audience, Instrument, Status};
use crate::model::taxonomy::Kind;
use crate::model::when::{PartialDate, Precision};
use crate::tag::dates::Dated;
use crate::tag::scene::Sentence;
use crate::tag::words::{Class, Cue, Frame, Referent};

use super::gather::Draft;
use super::party::{Actor, Heard, How, Party};
use super::place;
use super::read::Context;
use super::roles::{self, Tech};
use super::sense;
use super::slots::{self, Question};
use super::trigger::Trigger;

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
                    bystander: false,
                    receives: false,
                    hosts: false,
                    names_maker: false,
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
        objects.iter().filter_map(|tech| self.draft(trigger, party, (Some(tech), named_tech), heard)).collect()
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
        let (actor, reversed) = self.acting(&mut trigger, party, tech, heard);
        let nobody = actor.is_none() && trigger.action == Action::Allow;
        let clarity = clarity(&trigger, party, named_tech, at_large) - if nobody { 16 } else { 0 };
        let needs_both = trigger.action == Action::Investigate || trigger.action == Action::Deny;
        let kind = actor.as_ref().map(|actor| actor.kind);
        if needs_both
            && (kind != Some(ActorKind::Government) && trigger.action == Action::Investigate || tech.is_none() && !at_large)
        {
            return None;
        }
        if tech.is_none() && !at_large && !lists || tech.is_none() && actor.is_none() {
            return None;
        }
        let chip = lists
            || tech.is_some_and(|tech| self.is_chip(tech))
            || self.marked(&trigger, |class| *class == Class::Cue(Cue::Chip));
        let question = Question {
            sentence: self.sentence,
            trigger: &trigger,
            actor: actor.as_ref(),
            product: tech.and_then(|tech| tech.product.as_deref()),
            chip,
            banks: self.banks(&trigger).next().is_some()
                || kind == Some(ActorKind::Vendor) && (heard.bank.is_some() || self.firms_shut_out(&trigger, actor.as_ref()))
                || self.marked(&trigger, |class| *class == Class::Audience(Audience::Companies)),
            offices: &self.context.words.offices,
        };
        let date = self.date(&trigger);
        let future = date.is_some_and(|date| self.context.published.is_some_and(|published| date.first() > published.last()));
        let (audience, (status, named_status)) = (slots::audience(&question), slots::status(&question, future));
        let named_audience = self.marked(&trigger, |class| matches!(class, Class::Audience(_)));
        let recalled = slots::recalled(&question) || status == Status::Ended || self.is_old(date);
        let event = AccessEvent {
            actor: actor.as_ref().and_then(|actor| actor.id.clone()),
            actor_kind: kind,
            action: trigger.action,
            vendor: tech.and_then(|tech| tech.vendor.clone()),
            product: tech.and_then(|tech| tech.product.clone()),
            regions: self.regions(&trigger, actor.as_ref(), party, chip),
            audience: if reversed { Audience::Companies } else { audience },
            instrument: slots::ground(&question, self.context.grounds, recalled),
            status,
            date,
            recalled,
            evidence: vec![self.evidence(&trigger)],
        };
        if nobody && event.product.is_none() && event.regions.is_empty() {
            return None;
        }
        let hint = trigger.action == Action::Investigate && trigger.frame == Frame::Noun;
        Some(Draft { event, clarity, named_tech, named_actor: party.is_some(), named_audience, named_status, hint })
    }

    /// Who acts, settling what the act then is; and whether somebody else had been taken to limit what is not theirs.
    fn acting(&self, trigger: &mut Trigger, party: Option<&Party>, tech: Option<&Tech>, heard: &Heard) -> (Option<Actor>, bool) {
        let named = party.map(|party| party.actor.clone()).filter(|actor| sense::may_act(trigger, actor, tech));
        let actor = named.or_else(|| self.inferred(trigger, tech, heard));
        let rules = |actor: &Actor| actor.role.as_deref() == Some("court");
        if actor.as_ref().is_some_and(rules) && sense::of_a_decree(self.sentence, trigger) {
            return (heard.authority.clone().filter(|actor| !rules(actor)), false);
        }
        let actor = actor
            .filter(|actor| actor.kind == ActorKind::Government || !self.is_sovereign(trigger))
            .or_else(|| heard.authority.clone().filter(|_| self.is_sovereign(trigger)));
        trigger.action = self.settled(trigger, actor.as_ref());
        let staff = self.marked(trigger, |class| *class == Class::Audience(Audience::Employees));
        let serves = trigger.frame != Frame::Gets
            && actor.as_ref().is_some_and(|actor| self.context.names.serves_others(actor.id.as_deref()));
        let turned = sense::turned(trigger, actor.as_ref(), tech, staff || serves);
        let reversed = turned.is_some();
        (turned.or(actor), reversed)
    }

    /// What the act is, given who does it, to whom, until when.
    fn settled(&self, trigger: &Trigger, actor: Option<&Actor>) -> Action {
        let action = fitting(trigger, actor);
        let kind = actor.map(|actor| actor.kind);
        let court = actor.is_some_and(|actor| actor.role.as_deref() == Some("court"));
        if court && sense::stops_an_authority(self.sentence, trigger, &self.parties) {
            return Action::Restore;
        }
        let owned = self.marked(trigger, |class| *class == Class::Audience(Audience::ChineseOwnedEntities));
        if owned && matches!(action, Action::Withhold | Action::Restrict) && kind == Some(ActorKind::Vendor) {
            // Whoever is shut out for who owns them was served before.
            return Action::Prohibit;
        }
        let until = self.marked(trigger, |class| *class == Class::Cue(Cue::Condition));
        if until && trigger.action == Action::Withhold && matches!(kind, Some(ActorKind::Bank | ActorKind::Company)) {
            return Action::Suspend;
        }
        // A ban until something is mended is a stop for now.
        if until && action == Action::Prohibit && kind == Some(ActorKind::Government) { Action::Suspend } else { action }
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
                let staff = self.marked(trigger, |class| *class == Class::Audience(Audience::Employees));
                let employer = || here(ActorKind::Bank, How::Referred).map(|party| party.actor.clone()).or(heard.bank.clone());
                if chip {
                    authority().or_else(|| self.grantor(trigger))
                } else {
                    let granted = grantor().filter(|_| trigger.frame == Frame::Gets);
                    granted.or_else(|| employer().filter(|_| staff))
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
                let unsaid = || heard.subject.clone().filter(|_| self.context.elliptic || trigger.frame == Frame::Gets);
                let staff = self.marked(trigger, |class| *class == Class::Audience(Audience::Employees));
                let employer = || self.employer(trigger, tech, heard);
                let state = || self.state(trigger).filter(|_| heard.bank.is_none() && trigger.passive);
                let terms = || vendor().filter(|_| heard.authority.is_none() && !staff);
                authority().or_else(unsaid).or_else(employer).or_else(state).or_else(terms)
            }
            _ => None,
        }
    }

    /// The bank or firm whose own people get or lose something.
    fn employer(&self, trigger: &Trigger, tech: Option<&Tech>, heard: &Heard) -> Option<Actor> {
        let staff = self.marked(trigger, |class| *class == Class::Audience(Audience::Employees));
        let parties: &[Party] = if self.context.elliptic { &self.parties } else { &[] };
        sense::employer(trigger, parties, tech, heard).filter(|_| staff)
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

    fn regions(&self, trigger: &Trigger, actor: Option<&Actor>, party: Option<&Party>, chip: bool) -> Vec<String> {
        // A place that was weighed as who acts, and does not, is a place.
        let acts = party.filter(|party| party.how != How::Capital || actor == Some(&party.actor));
        let taken = acts.map(|party| (party.start, party.end));
        let mut places = place::concerned(self.sentence, trigger, self.context.names, taken);
        let country = actor.filter(|actor| actor.kind == ActorKind::Government).and_then(|actor| actor.country.clone());
        if let Some(country) = country {
            let abroad: Vec<String> = places.iter().filter(|place| **place != country).cloned().collect();
            if chip && !abroad.is_empty() {
                return abroad;
            }
            let court = actor.is_some_and(|actor| actor.role.as_deref() == Some("court"));
            let within: Vec<String> = places
                .iter()
                .filter(|place| place.strip_prefix(country.as_str()).is_some_and(|rest| rest.starts_with('-')))
                .cloned()
                .collect();
            // A federal court rules on what one state ordered.
            if court && !within.is_empty() {
                return within;
            }
            if chip && country == "US" {
                let destinations = self.destinations(trigger);
                if !destinations.is_empty() {
                    return destinations;
                }
            }
            places = vec![country];
        }
        let owned = self.marked(trigger, |class| *class == Class::Audience(Audience::ChineseOwnedEntities));
        if owned && places.is_empty() {
            places.push("CN".to_string());
        }
        places
    }

    /// Where America's chips go: places named in the sentence, or the homes of those who receive them.
    fn destinations(&self, trigger: &Trigger) -> Vec<String> {
        let abroad = |place: &String| place != "US" && !place.starts_with("US-");
        let named = self.sentence.names.iter().filter(|name| place::standing(self.sentence, name) != place::Standing::Aside);
        let places = named.filter_map(|name| super::party::region(self.context.names, name)).map(ToString::to_string);
        let mut found: Vec<String> = places.filter(abroad).collect();
        if found.is_empty() {
            let names =
                self.sentence.names.iter().filter(|name| self.in_zone(trigger, name.start)).flat_map(|name| &name.members);
            let members = names.map(|index| &self.context.names.members[*index]);
            let firms = members.filter(|one| matches!(one.kind, Kind::Vendor | Kind::Company));
            found.extend(firms.filter_map(|one| one.of.clone()).filter(abroad));
        }
        found.sort();
        found.dedup();
        found
    }

    fn banks<'s>(&'s self, trigger: &'s Trigger) -> impl Iterator<Item = &'s Party> {
        self.parties.iter().filter(move |party| party.actor.kind == ActorKind::Bank && self.in_zone(trigger, party.start))
    }

    /// A state whose name stands in the words of a grant: "wins US approval".
    fn grantor(&self, trigger: &Trigger) -> Option<Actor> {
        let inside = |party: &&Party| party.start >= trigger.start && party.end <= trigger.end;
        let states = self.parties.iter().filter(inside).filter(|party| party.actor.kind == ActorKind::Government);
        states.map(|party| party.actor.clone()).next()
    }

    fn marked(&self, trigger: &Trigger, wanted: impl Fn(&Class) -> bool) -> bool {
        self.sentence.marks.iter().any(|mark| self.in_zone(trigger, mark.start) && wanted(&mark.class))
    }

    fn is_chip(&self, tech: &Tech) -> bool {
        let chips = &self.context.words.chips;
        [&tech.product, &tech.vendor].into_iter().flatten().any(|id| chips.contains(id))
    }

    /// The date in the zone nearest to the act.
    fn date(&self, trigger: &Trigger) -> Option<PartialDate> {
        let near = |dated: &&Dated| self.in_zone(trigger, dated.start);
        let gap = |dated: &&Dated| {
            let gap =
                if dated.start >= trigger.end { dated.start - trigger.end } else { trigger.start.saturating_sub(dated.end) };
            (dated.date.precision() == Precision::Year, gap)
        };
        self.dates.iter().filter(near).min_by_key(gap).map(|dated| dated.date)
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

/// What an action is called for the kind of party that does it.
fn fitting(trigger: &Trigger, actor: Option<&Actor>) -> Action {
    match (trigger.action, actor.map(|actor| actor.kind)) {
        (Action::Withhold, Some(ActorKind::Bank | ActorKind::Company | ActorKind::Government)) => Action::Prohibit,
        (action, _) => action,
    }
}

/// 0 to 100: how clearly a trigger's surroundings say that it is an act on AI.
fn clarity(trigger: &Trigger, party: Option<&Party>, named_tech: bool, at_large: bool) -> i32 {
    let frame = match trigger.frame {
        Frame::Noun => 36,
        _ => 44,
    };
    frame + if named_tech { 24 } else { 0 } + if at_large { 12 } else { 0 } + if party.is_some() { 16 } else { 0 }
}
