//! Reads an article sentence by sentence: each act becomes a draft, drafts become events.

use crate::model::event::{AccessEvent, Action, ActorKind, Audience, Instrument, Status};
use crate::model::taxonomy::Kind;
use crate::model::when::{PartialDate, Precision};
use crate::tag::dates::{self, Dated};
use crate::tag::names::Names;
use crate::tag::scene::{Sentence, View};
use crate::tag::words::{Class, Cue, Frame, Phrases, Words};

use super::gather::{Draft, gather};
use super::party::{Actor, Heard, How, Party, parties};
use super::place;
use super::roles::{self, Tech, technologies};
use super::slots::{self, Question};
use super::trigger::{Trigger, triggers};

/// What reading needs beside the sentences.
pub struct Context<'a> {
    /// Names.
    pub names: &'a Names,
    /// Words of all languages.
    pub words: &'a Words,
    /// Words of the article's language.
    pub phrases: &'a Phrases,
    /// The fields.
    pub views: &'a [View<'a>],
    /// The day, month or year of the report.
    pub published: Option<PartialDate>,
    /// The verb stands at the end (Japanese, Korean).
    pub sov: bool,
    /// Every ground that the article names anywhere.
    pub grounds: &'a [Instrument],
    /// Subjects may go unsaid (Chinese, Japanese, Korean).
    pub elliptic: bool,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// Distinct events with their clarity.
    pub drafts: Vec<Draft>,
    /// Ids of banks that stand in a part of a sentence that tells of an act, and are no bystanders.
    pub banks: Vec<String>,
    /// Products of the events' vendors in such parts.
    pub products: Vec<(String, String)>,
}

/// The events of an article.
pub fn events(context: &Context<'_>, sentences: &[Sentence<'_>]) -> Found {
    let mut heard = introduced(context.names, sentences);
    let mut drafts = Vec::new();
    let mut found = Found::default();
    for sentence in sentences {
        let reading = Reading {
            context,
            sentence,
            parties: parties(sentence, context.names, &heard),
            techs: technologies(sentence, context.names, &context.words.shops),
            dates: dates::find(sentence.text, sentence.start, sentence.end, context.published),
        };
        let mut last: Option<Party> = None;
        for trigger in triggers(sentence, &reading.techs, context.phrases, context.sov) {
            let party = reading.actor(&trigger, last.as_ref());
            let mut told = reading.drafts(&trigger, party.as_ref(), &heard);
            for other in party.iter().flat_map(|party| reading.beside(party)) {
                told.extend(reading.drafts(&trigger, Some(other), &heard));
            }
            if !told.is_empty() {
                reading.note(&trigger, &mut found);
                last = party.or(last);
                heard.subject = last.as_ref().map(|party| party.actor.clone()).or(heard.subject);
            }
            drafts.extend(told);
        }
        hear(&mut heard, &reading);
    }
    place_unplaced(context.names, sentences, &mut drafts);
    found.drafts = gather(drafts);
    found
}

/// Acts of vendors and firms of which no place is named where they are told concern the place that the story is about: the
/// one of its title, or else the only one whose access any sentence speaks of.
fn place_unplaced(names: &Names, sentences: &[Sentence<'_>], drafts: &mut [Draft]) {
    let mut places: Vec<Vec<String>> = sentences.iter().take(6).map(|sentence| place::spoken_of(sentence, names)).collect();
    places.retain(|found| !found.is_empty());
    let Some(first) = places.first().cloned() else { return };
    let unplaced = drafts.iter_mut().map(|draft| &mut draft.event).filter(|event| event.regions.is_empty() && !event.recalled);
    for event in unplaced.filter(|event| event.actor_kind != Some(ActorKind::Government)) {
        event.regions.clone_from(&first);
    }
}

/// Whom the story is about before its first sentence is read: the title may say "the Wall Street lender".
fn introduced(names: &Names, sentences: &[Sentence<'_>]) -> Heard {
    let mut heard = Heard::default();
    for sentence in sentences {
        for name in sentence.names {
            for member in name.members.iter().map(|index| &names.members[*index]) {
                match member.kind {
                    Kind::Bank if heard.bank.is_none() => heard.bank = Actor::of(member),
                    Kind::Vendor if heard.vendor.is_none() => heard.vendor = Actor::of(member),
                    Kind::Authority if heard.authority.is_none() => heard.authority = Actor::of(member),
                    Kind::Product if heard.product.is_none() => heard.product = Some((member.id.clone(), member.of.clone())),
                    _ => {}
                }
            }
        }
    }
    heard
}

/// Remembers whom a sentence named, for the nouns of the next.
fn hear(heard: &mut Heard, reading: &Reading<'_>) {
    for party in &reading.parties {
        let slot = match party.actor.kind {
            ActorKind::Bank => &mut heard.bank,
            ActorKind::Vendor => &mut heard.vendor,
            ActorKind::Government => &mut heard.authority,
            ActorKind::Company => continue,
        };
        *slot = Some(party.actor.clone());
        if party.actor.country.is_some() && party.actor.kind == ActorKind::Government {
            heard.country.clone_from(&party.actor.country);
        }
    }
    if let Some(tech) = reading.techs.iter().rev().find(|tech| tech.product.is_some() && !tech.bystander) {
        heard.product = tech.product.clone().map(|product| (product, tech.vendor.clone()));
    }
}

/// A sentence under reading.
struct Reading<'a> {
    context: &'a Context<'a>,
    sentence: &'a Sentence<'a>,
    parties: Vec<Party>,
    techs: Vec<Tech>,
    dates: Vec<Dated>,
}

impl Reading<'_> {
    /// Whoever acts: in the sentence, else whoever acted in it before.
    fn actor(&self, trigger: &Trigger, last: Option<&Party>) -> Option<Party> {
        let found = roles::actor(self.sentence, trigger, &self.parties, self.context.sov);
        found.or_else(|| last.filter(|_| !trigger.passive).cloned())
    }

    /// Those named in one list with a party: "Taiwan and Australia".
    fn beside(&self, party: &Party) -> Vec<&Party> {
        let mut found = Vec::new();
        let twins = self.parties.iter().filter(|other| other.start == party.start && other.actor.id != party.actor.id);
        found.extend(twins);
        let mut edge = party.start;
        for other in self.parties.iter().rev().filter(|other| other.end <= party.start) {
            let joined = self.sentence.text[other.end..edge].chars().count() <= 9;
            if !joined || other.actor.kind != party.actor.kind || other.how == How::Referred {
                break;
            }
            if other.actor.id != party.actor.id && other.actor.id.is_some() {
                found.push(other);
            }
            edge = other.start;
        }
        let mut edge = party.end;
        for other in self.parties.iter().filter(|other| other.start >= party.end) {
            let joined = self.sentence.text[edge..other.start].chars().count() <= 9;
            if !joined || other.actor.kind != party.actor.kind || other.how == How::Referred {
                break;
            }
            if other.actor.id != party.actor.id && other.actor.id.is_some() {
                found.push(other);
            }
            edge = other.end;
        }
        found
    }

    fn in_zone(&self, trigger: &Trigger, start: usize) -> bool {
        start >= trigger.zone.0 && start < trigger.zone.1
    }

    /// The events that a trigger tells of: one, or one for each vendor of a list.
    fn drafts(&self, trigger: &Trigger, party: Option<&Party>, heard: &Heard) -> Vec<Draft> {
        let mut objects = roles::objects(self.sentence, trigger, &self.techs, party);
        let named_tech = !objects.is_empty();
        if !named_tech {
            let own = party.filter(|party| party.actor.kind == ActorKind::Vendor);
            let fallback = match own {
                Some(party) => Some(Tech {
                    start: party.start,
                    end: party.end,
                    vendor: party.actor.id.clone(),
                    product: heard.product.clone().filter(|(_, vendor)| *vendor == party.actor.id).map(|(product, _)| product),
                    bystander: false,
                    receives: false,
                }),
                None => roles::fallback(self.sentence, trigger, heard, self.context.elliptic),
            };
            objects.extend(fallback);
        }
        if objects.is_empty() {
            return self.draft(trigger, party, (None, named_tech), heard).into_iter().collect();
        }
        objects.iter().filter_map(|tech| self.draft(trigger, party, (Some(tech), named_tech), heard)).collect()
    }

    fn draft(
        &self,
        trigger: &Trigger,
        party: Option<&Party>,
        (tech, named_tech): (Option<&Tech>, bool),
        heard: &Heard,
    ) -> Option<Draft> {
        let mut trigger = trigger.clone();
        let actor = party.map(|party| party.actor.clone()).or_else(|| self.inferred(&trigger, tech, heard));
        let actor = actor
            .filter(|actor| actor.kind == ActorKind::Government || !self.is_sovereign(&trigger))
            .or_else(|| heard.authority.clone().filter(|_| self.is_sovereign(&trigger)));
        let at_large = self.marked(&trigger, |class| matches!(class, Class::Cue(Cue::Tech | Cue::Chip)));
        trigger.action = fitting(&trigger, actor.as_ref());
        let clarity = clarity(&trigger, party, named_tech, at_large);
        let needs_both = trigger.action == Action::Investigate || trigger.action == Action::Deny;
        let kind = actor.as_ref().map(|actor| actor.kind);
        if needs_both
            && (kind != Some(ActorKind::Government) && trigger.action == Action::Investigate || tech.is_none() && !at_large)
        {
            return None;
        }
        if tech.is_none() && !at_large || tech.is_none() && actor.is_none() {
            return None;
        }
        let chip = tech.is_some_and(|tech| self.is_chip(tech)) || self.marked(&trigger, |class| *class == Class::Cue(Cue::Chip));
        let question = Question {
            sentence: self.sentence,
            trigger: &trigger,
            actor: actor.as_ref(),
            product: tech.and_then(|tech| tech.product.as_deref()),
            chip,
            banks: self.banks(&trigger).next().is_some()
                || self.marked(&trigger, |class| *class == Class::Audience(Audience::Companies)),
            offices: &self.context.words.offices,
        };
        let date = self.date(&trigger);
        let future = date.is_some_and(|date| self.context.published.is_some_and(|published| date.first() > published.last()));
        let (audience, status) = (slots::audience(&question), slots::status(&question, future));
        let named_audience = self.marked(&trigger, |class| matches!(class, Class::Audience(_)));
        let recalled = slots::recalled(&question) || status == Status::Ended || self.is_old(date);
        let event = AccessEvent {
            actor: actor.as_ref().and_then(|actor| actor.id.clone()),
            actor_kind: kind,
            action: trigger.action,
            vendor: tech.and_then(|tech| tech.vendor.clone()),
            product: tech.and_then(|tech| tech.product.clone()),
            regions: self.regions(&trigger, actor.as_ref(), party, chip),
            audience,
            instrument: slots::ground(&question, self.context.grounds, recalled),
            status,
            date,
            recalled,
            evidence: vec![self.evidence(&trigger)],
        };
        Some(Draft { event, clarity, named_tech, named_actor: party.is_some(), named_audience })
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
            Action::Allow if trigger.passive => {
                let chip = tech.is_some_and(|tech| self.is_chip(tech));
                authority().filter(|_| chip || trigger.frame == Frame::Gets).or_else(vendor)
            }
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
                authority().or_else(unsaid).or_else(|| self.state(trigger))
            }
            _ => None,
        }
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
        Some(Actor::state(self.context.names, place, None))
    }

    fn regions(&self, trigger: &Trigger, actor: Option<&Actor>, party: Option<&Party>, chip: bool) -> Vec<String> {
        let taken = party.map(|party| (party.start, party.end));
        let mut places = place::concerned(self.sentence, trigger, self.context.names, taken);
        let country = actor.filter(|actor| actor.kind == ActorKind::Government).and_then(|actor| actor.country.clone());
        if let Some(country) = country {
            let abroad: Vec<String> = places.iter().filter(|place| **place != country).cloned().collect();
            if chip && !abroad.is_empty() {
                return abroad;
            }
            places = vec![country];
        }
        let owned = self.marked(trigger, |class| *class == Class::Audience(Audience::ChineseOwnedEntities));
        if owned && places.is_empty() {
            places.push("CN".to_string());
        }
        places
    }

    fn banks<'s>(&'s self, trigger: &'s Trigger) -> impl Iterator<Item = &'s Party> {
        self.parties.iter().filter(move |party| party.actor.kind == ActorKind::Bank && self.in_zone(trigger, party.start))
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
        let text = &view.plain.text[trigger.zone.0..trigger.zone.1];
        let skipped = text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
        let length = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | ';')).len();
        let (start, end) = (trigger.zone.0 + skipped, trigger.zone.0 + length.max(skipped));
        view.evidence(start, end, self.context.phrases.name(trigger.entry))
    }

    /// Notes banks and products that play a part.
    fn note(&self, trigger: &Trigger, found: &mut Found) {
        for party in self.banks(trigger) {
            let aside = super::trigger::before(self.sentence, party.start, 12, Cue::Bystander).is_some()
                || super::trigger::after(self.sentence, party.end, 12, Cue::Bystander).is_some();
            found.banks.extend(party.actor.id.clone().filter(|_| !aside));
        }
        for tech in self.techs.iter().filter(|tech| !tech.bystander && self.in_zone(trigger, tech.start)) {
            found.products.extend(tech.product.clone().zip(tech.vendor.clone()));
        }
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
