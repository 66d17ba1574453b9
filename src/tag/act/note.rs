//! Firms, banks and products that play a part beside whoever acts.

use crate::model::event::{Action, ActorKind};
use crate::tag::words::Cue;

use super::draft::Reading;
use super::party::{Actor, How, Party};
use super::read::Found;
use super::trigger::{Trigger, after, before};
use super::why::Step;
use crate::tag::rule::Rule;

impl Reading<'_> {
    /// "OpenAI loses access to Claude": whoever is named beside the vendor is a firm that goes without.
    pub fn firms_shut_out(&self, trigger: &Trigger, actor: Option<&Actor>) -> bool {
        let firm = |party: &&Party| matches!(party.actor.kind, ActorKind::Vendor | ActorKind::Company) && party.how == How::Named;
        let other = |party: &Party| actor.is_some_and(|actor| actor.id != party.actor.id) && self.in_zone(trigger, party.start);
        let product = |party: &Party| self.techs.iter().any(|tech| tech.start == party.start && tech.product.is_some());
        trigger.action != Action::Allow && self.parties.iter().filter(firm).any(|party| other(party) && !product(party))
    }

    /// Notes the banks of a sentence, save those that only analyse, back or lend a room.
    pub fn note_banks(&self, found: &mut Found) {
        let mut aside_until = 0;
        for party in self.parties.iter().filter(|party| party.actor.kind == ActorKind::Bank && party.how == How::Named) {
            let near = |reach: usize| before(self.sentence, party.start, reach, Cue::Bystander).is_some();
            let after = after(self.sentence, party.end, 14, Cue::Bystander).is_some();
            let listed = aside_until > 0 && self.sentence.between(aside_until, party.start).chars().count() <= 6;
            if near(14) || after || listed {
                aside_until = party.end;
            } else {
                let step = Step::at(Rule::NamedBank, self.sentence, (party.start, party.end));
                found.banks.extend(party.actor.id.clone().map(|id| (id, step)));
            }
        }
    }

    /// Notes products that play a part.
    pub fn note(&self, trigger: &Trigger, found: &mut Found) {
        for tech in self.techs.iter().filter(|tech| !tech.bystander && self.in_zone(trigger, tech.start)) {
            let step = Step::at(Rule::NamedProduct, self.sentence, (tech.start, tech.end));
            found.products.extend(tech.product.clone().zip(tech.vendor.clone()).map(|(product, vendor)| (product, vendor, step)));
        }
    }
}
