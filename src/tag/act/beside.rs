//! Who else did the same: those listed with whoever acts, and those of whom it is said that they did it before.

use crate::model::event::{Action, ActorKind, Instrument, Status};
use crate::tag::dates::Dated;
use crate::tag::words::Cue;

use super::draft::Reading;
use super::gather::Draft;
use super::party::{How, Party};
use super::roles::Tech;
use super::why::Step;
use crate::tag::rule::Rule;

/// How far behind a name it may be said that it did the same, in characters.
const PRECEDENT_REACH: usize = 40;

impl Reading<'_> {
    /// Those named in one list with a party: "Taiwan and Australia".
    pub fn beside(&self, party: &Party) -> Vec<&Party> {
        let mut found = Vec::new();
        let twins = self.parties.iter().filter(|other| other.start == party.start && other.actor.id != party.actor.id);
        found.extend(twins);
        let mut edge = party.start;
        for other in self.parties.iter().rev().filter(|other| other.end <= party.start) {
            let joined = joins(self.sentence.between(other.end, edge));
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
            let joined = joins(self.sentence.between(edge, other.start));
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

    /// Those of whom a sentence says that they did the same before: "following Goldman in April".
    pub fn precedents(&self, drafts: &[Draft], told_before: usize) -> Vec<Draft> {
        let told = |draft: &&Draft| draft.event.actor.is_some() && draft.event.action != Action::Deny && !draft.event.recalled;
        // Of what this sentence tells the first, of what was told before it the last.
        let (before_it, here) = drafts.split_at(told_before);
        let Some(first) = here.iter().find(told).or_else(|| before_it.iter().rev().find(told)) else { return Vec::new() };
        // "ten months after a court found": what is lifted was set after something else.
        let lifts = first.event.action == Action::Restore;
        let before = |party: &Party| !lifts && super::trigger::before(self.sentence, party.start, 5, Cue::Precedent).is_some();
        // "A rival, Citigroup, did the same": a comma may stand between.
        let after = |party: &Party| {
            let edge = if self.sentence.between(party.end, party.end + 1) == "," { party.end + 1 } else { party.end };
            let between = |at: usize| {
                let inside = |other: &Party| {
                    other.start > party.start
                        && other.end <= at
                        && other.how >= How::Capital
                        && other.actor.kind == party.actor.kind
                };
                self.parties.iter().any(inside)
            };
            super::trigger::after(self.sentence, edge, PRECEDENT_REACH, Cue::PrecedentAfter)
                .is_some_and(|cue| !between(cue.start))
        };
        // "Julius Baer and Pictet followed": all of the list.
        let listed = |party: &Party| self.beside(party).into_iter().any(|other| other.how >= How::Capital && after(other));
        let others = self.parties.iter().filter(|party| {
            let same_kind = Some(party.actor.kind) == first.event.actor_kind && party.how >= How::Capital;
            same_kind && party.actor.id != first.event.actor && (before(party) || after(party) || listed(party))
        });
        let mut others: Vec<&Party> = others.flat_map(|party| self.beside(party).into_iter().chain([party])).collect();
        others.sort_by_key(|party| party.start);
        others.dedup_by(|a, b| a.actor.id == b.actor.id);
        others
            .into_iter()
            .filter(|party| here.iter().chain([first]).all(|draft| draft.event.actor != party.actor.id))
            .map(|party| self.precedent(first, party))
            .collect()
    }

    fn precedent(&self, first: &Draft, party: &Party) -> Draft {
        let mut draft = first.clone();
        let view = &self.context.views[self.sentence.view];
        let close = |dated: &&Dated| dated.start >= party.end && dated.start - party.end < 40;
        draft.event.actor.clone_from(&party.actor.id);
        draft.event.date = self.dates.iter().find(close).map(|dated| dated.date);
        // "Prag hatte dasselbe mit Kimi getan": on what its own sentence names.
        let named = |tech: &&Tech| !tech.bystander && tech.product.is_some() && tech.start >= party.end;
        if let Some(tech) = self.techs.iter().find(named) {
            draft.event.vendor.clone_from(&tech.vendor);
            draft.event.product.clone_from(&tech.product);
        }
        draft.event.recalled = true;
        draft.event.status = Status::InForce;
        if matches!(party.actor.kind, ActorKind::Bank | ActorKind::Company) {
            // Why the other did it is not said with why this one does.
            draft.event.instrument = Instrument::NoneStated;
            draft.why.instrument = Step::concluded(Rule::GroundNone);
        }
        if let Some(country) = &party.actor.country {
            draft.event.regions = vec![country.clone()];
            draft.why.regions = vec![(country.clone(), Step::concluded(Rule::PlaceOfAuthority))];
        }
        draft.why.acts = vec![Step::at(Rule::SamePrecedent, self.sentence, (party.start, party.end))];
        draft.why.actor = Some(super::why::of_named(self.sentence, party));
        draft.why.date =
            self.dates.iter().find(close).map(|dated| Step::at(Rule::DateNearest, self.sentence, (dated.start, dated.end)));
        draft.why.status = Step::concluded(Rule::StagePast);
        draft.why.recalled = Some(Step::concluded(Rule::RecalledPrecedent));
        draft.event.evidence = vec![view.evidence(party.start, party.end, "precedent")];
        draft
    }
}

/// Whether what stands between two names makes a list of them.
pub fn joins(between: &str) -> bool {
    const JOINING: &[&str] = &[
        "",
        "and",
        "nor",
        "nor the",
        "as well as",
        "as well as the",
        "along with",
        "together with",
        "und",
        "et",
        "y",
        "e",
        "or",
        "&",
        "the",
        "and the",
        "sowie",
        "和",
        "与",
        "及",
        "以及",
        "、",
        "や",
        "と",
        "및",
        "와",
        "과",
    ];
    JOINING.contains(&between.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、')))
}
