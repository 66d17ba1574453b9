//! Records in words and symbols, in the language of the page.

use serde::Serialize;

use super::desk::{Desk, Link};
use super::words::Words;
use crate::model::event::{AccessEvent, Action, ActorKind, Instrument, Status};
use crate::model::ledger::{Layer, Record, Standing, State};
use crate::model::story::Story;
use crate::model::taxonomy::Kind;
use crate::model::when::PartialDate;
use crate::publish::shown;

/// Places that a line names one by one; more are counted.
const NAMED_PLACES: usize = 4;

/// A state: symbol and word, never one alone.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Mark {
    /// Class and symbol; empty where the word has no symbol.
    pub class: &'static str,
    /// The state's own word.
    pub word: String,
}

/// A date as stated.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Stated {
    /// "18 June 2026", "June 2026", "by 18 June 2026".
    pub text: String,
    /// ISO 8601, as precise as known.
    pub iso: String,
}

/// One record as a line of a table, river or timeline.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    pub n: u64,
    pub mark: Mark,
    /// Who acts.
    pub who: Link,
    /// What, for whom, where.
    pub what: String,
    /// The page of its story.
    pub href: Option<String>,
    pub date: Stated,
    /// When its first report was seen: "22:00".
    pub time: String,
    /// Layer and ground.
    pub ground: String,
    /// Standing and counts.
    pub standing: String,
    /// Counts alone.
    pub counts: String,
    /// Stage, where it is not in force.
    pub status: Option<String>,
}

/// A mark by its class.
pub fn mark(class: &'static str, words: &Words) -> Mark {
    Mark { class, word: words.get("state", class).to_string() }
}

/// The mark of a state; "no record" where there is none.
pub fn state(state: Option<State>, words: &Words) -> Mark {
    mark(state.map_or("unknown", State::as_str), words)
}

/// The mark of what an event does. A denial has no state and no symbol.
pub fn of_event(event: &AccessEvent, pending: bool, words: &Words) -> Mark {
    match (event.action, event.action.state()) {
        (Action::Deny, _) => Mark { class: "", word: words.say("deny", &[]) },
        (Action::Investigate, _) => mark("investigated", words),
        _ if pending => mark("pending", words),
        (_, held) => state(held, words),
    }
}

/// The mark of a record.
pub fn of_record(record: &Record, words: &Words) -> Mark {
    of_event(&record.event, record.pending, words)
}

/// The mark of a story: of its record, else of its own event, else none.
pub fn of_story(story: &Story, record: Option<&Record>, words: &Words) -> Mark {
    match (record, story.event()) {
        (Some(record), _) => of_record(record, words),
        (None, Some(event)) => of_event(event, event.status != Status::InForce, words),
        (None, None) => mark("unknown", words),
    }
}

impl Desk<'_> {
    /// Whoever acts; "A bank" where it is not named.
    pub fn actor(&self, event: &AccessEvent, words: &Words) -> Link {
        let Some(id) = &event.actor else {
            let kind = event.actor_kind.map_or("unknown", ActorKind::as_str);
            return Link { text: words.get("actor", kind).to_string(), href: None };
        };
        let kind = self.material.taxonomy.actor(id).map_or(Kind::Company, |member| member.kind);
        self.member(kind, id, &words.lang)
    }

    /// The product, else the vendor's AI, else AI at large.
    pub fn thing(&self, event: &AccessEvent, words: &Words) -> String {
        match (&event.product, &event.vendor) {
            (Some(product), _) => self.member(Kind::Product, product, &words.lang).text,
            (None, Some(vendor)) => {
                let vendor = self.member(Kind::Vendor, vendor, &words.lang).text;
                words.say("any_product", &[("vendor", &vendor)])
            }
            (None, None) => words.say("any_ai", &[]),
        }
    }

    /// The places, by name where they are few; `None` where none is stated.
    pub fn places(&self, regions: &[String], words: &Words) -> Option<String> {
        match regions.len() {
            0 => None,
            1..=NAMED_PLACES => {
                let names: Vec<String> = regions.iter().map(|id| self.member(Kind::Region, id, &words.lang).text).collect();
                Some(words.list(&names))
            }
            many => Some(words.count("places", many)),
        }
    }

    /// "Claude, employees, Hong Kong".
    pub fn what(&self, event: &AccessEvent, words: &Words) -> String {
        let audience = words.get("audience", event.audience.as_str()).to_string();
        let parts = [Some(self.thing(event, words)), Some(audience), self.places(&event.regions, words)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(words.get("say", "comma"))
    }

    /// "JPMorgan: Claude, employees, Hong Kong".
    pub fn who_what(&self, event: &AccessEvent, words: &Words) -> String {
        words.say("who_what", &[("who", &self.actor(event, words).text), ("what", &self.what(event, words))])
    }

    /// A record as a line.
    pub fn line(&self, record: &Record, words: &Words) -> Line {
        let event = &record.event;
        let status = event.status.as_str();
        Line {
            n: record.n,
            mark: of_record(record, words),
            who: self.actor(event, words),
            what: self.what(event, words),
            href: self.story(&record.story).map(|covered| self.story_href(covered, &words.lang)),
            date: stated(record, words, false),
            time: record.first_seen().to_zoned(self.zone.clone()).strftime("%H:%M").to_string(),
            ground: ground(record, words),
            standing: standing(record, words),
            counts: counts(record, words),
            status: (status != "in-force").then(|| words.get("status", status).to_string()),
        }
    }
}

/// When it began, as precisely as that was stated; "by" the day of the first report where no date was.
pub fn stated(record: &Record, words: &Words, long: bool) -> Stated {
    let print = |date: PartialDate| if long { words.date(date) } else { words.short_date(date) };
    match record.event.date {
        Some(date) => Stated { text: print(date), iso: date.to_string() },
        None => {
            let date = PartialDate::day(record.begins);
            let text = words.get("date", "by").replace("{date}", &print(date));
            Stated { text, iso: date.to_string() }
        }
    }
}

/// The layer alone where the ground says no more than it does: "Policy", "Law, national security".
pub fn ground(record: &Record, words: &Words) -> String {
    let layer = words.get("layer", layer_key(record.layer));
    let told = match (record.layer, record.event.instrument) {
        (_, Instrument::NoneStated) => false,
        (Layer::Terms, instrument) => instrument != Instrument::VendorTerms,
        (Layer::Policy, instrument) => instrument != Instrument::InternalPolicy,
        (Layer::Law, _) => true,
    };
    if !told {
        return layer.to_string();
    }
    let ground = words.get("ground", record.event.instrument.as_str());
    words.say("layer_ground", &[("layer", layer), ("ground", ground)])
}

/// "3 origins, 9 outlets"; outlets alone where all of them only look back or copy.
pub fn counts(record: &Record, words: &Words) -> String {
    if record.origins() == 0 {
        return words.say("recalled", &[("counts", &words.count("outlets", record.outlets()))]);
    }
    let parts = [words.count("origins", record.origins()), words.count("outlets", record.outlets())];
    parts.join(words.get("say", "comma"))
}

/// "3 origins, 9 outlets" of the record that a story's page is about; the story's own where it is about none.
pub fn known(record: Option<&Record>, story: &Story, words: &Words) -> String {
    if let Some(record) = record {
        return counts(record, words);
    }
    let (outlets, origins) = shown::figures(None, story);
    [words.count("origins", origins), words.count("outlets", outlets)].join(words.get("say", "comma"))
}

/// "Corroborated: 3 origins, 9 outlets".
pub fn standing(record: &Record, words: &Words) -> String {
    let key = match record.standing {
        Standing::SingleSource => "single-source",
        Standing::Corroborated => "corroborated",
        Standing::Official => "official",
    };
    words.say("standing_counts", &[("standing", words.get("standing", key)), ("counts", &counts(record, words))])
}

/// A layer's key in the words.
pub fn layer_key(layer: Layer) -> &'static str {
    match layer {
        Layer::Terms => "terms",
        Layer::Law => "law",
        Layer::Policy => "policy",
    }
}
