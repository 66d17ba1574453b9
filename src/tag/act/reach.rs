//! Where an act reaches: the places that its part of the sentence names, else what follows from who acts on what.

use crate::model::event::{ActorKind, Audience};
use crate::model::taxonomy::Kind;
use crate::tag::words::{Class, Referent};

use super::draft::Reading;
use super::party::{Actor, Heard, How, Party};
use super::place;
use super::trigger::Trigger;

impl Reading<'_> {
    /// The places whose access an act concerns, sorted.
    pub fn regions(
        &self,
        trigger: &Trigger,
        (actor, party): (Option<&Actor>, Option<&Party>),
        heard: &Heard,
        chip: bool,
    ) -> Vec<String> {
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
                let here = self.destinations(trigger);
                let destinations = if here.is_empty() { heard.abroad.clone() } else { here };
                if !destinations.is_empty() {
                    return destinations;
                }
            }
            places = vec![country];
        }
        // "their people in the city": the one that was spoken of before.
        if places.is_empty() && self.marked(trigger, |class| *class == Class::Refers(Referent::Place)) {
            places.clone_from(&heard.places);
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
        let mut found = place::abroad(self.sentence, self.context.names);
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
}
