//! The measures of `tests/corpus/score.py`, line for line.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use termwall::model::event::AccessEvent;
use termwall::model::tagged::Tagged;

/// A labelled story.
#[derive(Deserialize)]
pub struct Story {
    /// Its id.
    pub id: String,
    /// Plain text.
    pub title: String,
    /// Plain text.
    pub text: String,
    /// BCP 47.
    pub lang: String,
    /// A date, or less, or nothing.
    #[serde(default)]
    pub published: String,
    /// Who published it.
    #[serde(default)]
    pub outlet: String,
    /// Whether access is concerned.
    pub relevant: bool,
    banks: Vec<String>,
    vendors: Vec<String>,
    products: Vec<String>,
    regions: Vec<String>,
    events: Vec<Event>,
    /// Equal for stories of one happening.
    #[serde(default)]
    pub group: Option<String>,
    #[serde(default)]
    optional: Vec<String>,
}

/// An event as labelled, or as answered; empty strings where nothing is said.
#[derive(Clone, Debug, Default, Deserialize)]
struct Event {
    #[serde(default)]
    actor: String,
    #[serde(default)]
    actor_kind: String,
    action: String,
    #[serde(default)]
    vendor: String,
    #[serde(default)]
    product: String,
    #[serde(default)]
    regions: Vec<String>,
    #[serde(default)]
    audience: String,
    #[serde(default)]
    instrument: String,
    #[serde(default)]
    status: String,
}

impl From<&AccessEvent> for Event {
    fn from(event: &AccessEvent) -> Self {
        Self {
            actor: event.actor.clone().unwrap_or_default(),
            actor_kind: event.actor_kind.map_or("", |kind| kind.as_str()).to_string(),
            action: event.action.as_str().to_string(),
            vendor: event.vendor.clone().unwrap_or_default(),
            product: event.product.clone().unwrap_or_default(),
            regions: event.regions.clone(),
            audience: event.audience.as_str().to_string(),
            instrument: event.instrument.as_str().to_string(),
            status: event.status.as_str().to_string(),
        }
    }
}

impl Event {
    /// Of an authority only its country counts.
    fn actor(&self) -> String {
        if self.actor_kind == "government" && !self.actor.is_empty() {
            format!("{}-authority", self.actor.split('-').next().unwrap_or(""))
        } else {
            self.actor.clone()
        }
    }

    fn slots(&self) -> BTreeSet<(&'static str, String)> {
        let fixed = [
            ("actor", self.actor()),
            ("action", self.action.clone()),
            ("vendor", self.vendor.clone()),
            ("product", self.product.clone()),
            ("audience", self.audience.clone()),
            ("instrument", self.instrument.clone()),
            ("status", self.status.clone()),
        ];
        let regions = self.regions.iter().map(|region| ("region", region.clone()));
        fixed.into_iter().filter(|(_, value)| !value.is_empty()).chain(regions).collect()
    }

    fn may_pair(&self, other: &Self) -> bool {
        !self.actor().is_empty() && self.actor() == other.actor() || !self.vendor.is_empty() && self.vendor == other.vendor
    }

    fn core(&self, other: &Self) -> bool {
        let regions = if self.regions.is_empty() {
            other.regions.is_empty()
        } else {
            self.regions.iter().any(|region| other.regions.contains(region))
        };
        self.actor() == other.actor() && self.action == other.action && self.vendor == other.vendor && regions
    }
}

#[derive(Default)]
struct Counts {
    right: usize,
    said: usize,
    wanted: usize,
}

impl Counts {
    fn f1(&self) -> f64 {
        if self.said + self.wanted == 0 { 1.0 } else { 2.0 * self.right as f64 / (self.said + self.wanted) as f64 }
    }

    fn show(&self) -> String {
        let share = |of: usize| if of == 0 { 1.0 } else { self.right as f64 / of as f64 };
        format!("P {:.3} R {:.3} F1 {:.3}", share(self.said), share(self.wanted), self.f1())
    }

    fn sets(&mut self, want: &BTreeSet<&String>, have: &BTreeSet<&String>) {
        self.right += want.intersection(have).count();
        self.said += have.len();
        self.wanted += want.len();
    }
}

/// Counts over some stories.
#[derive(Default)]
pub struct Measures {
    /// How many.
    pub stories: usize,
    relevance: Counts,
    tags: [Counts; 4],
    slots: Counts,
    core: Counts,
    by_slot: BTreeMap<&'static str, (usize, usize)>,
}

impl Measures {
    /// Counts one story.
    pub fn add(&mut self, story: &Story, tagged: &Tagged) {
        self.stories += 1;
        self.relevance.right += usize::from(story.relevant && tagged.relevant);
        self.relevance.said += usize::from(tagged.relevant);
        self.relevance.wanted += usize::from(story.relevant);
        let gold = [&story.banks, &story.vendors, &story.products, &story.regions];
        let guess = [&tagged.banks, &tagged.vendors, &tagged.products, &tagged.regions];
        for (at, (want, have)) in gold.into_iter().zip(guess).enumerate() {
            let want: BTreeSet<&String> = want.iter().collect();
            let have = have.iter().filter(|id| want.contains(id) || !story.optional.contains(id)).collect();
            self.tags[at].sets(&want, &have);
        }
        let guess: Vec<Event> = tagged.events.iter().map(Event::from).collect();
        self.events(&story.events, &guess);
    }

    fn events(&mut self, gold: &[Event], guess: &[Event]) {
        for (i, j) in pairs(gold, guess) {
            let (want, have) = (gold[i].slots(), guess[j].slots());
            self.slots.right += want.intersection(&have).count();
            for (name, value) in &want {
                let slot = self.by_slot.entry(name).or_default();
                slot.0 += usize::from(have.contains(&(*name, value.clone())));
                slot.1 += 1;
            }
        }
        self.slots.said += guess.iter().map(|event| event.slots().len()).sum::<usize>();
        self.slots.wanted += gold.iter().map(|event| event.slots().len()).sum::<usize>();
        let mut left: Vec<&Event> = guess.iter().collect();
        for event in gold {
            if let Some(at) = left.iter().position(|other| event.core(other)) {
                left.remove(at);
                self.core.right += 1;
            }
        }
        self.core.said += guess.len();
        self.core.wanted += gold.len();
    }

    /// F1 by measure.
    pub fn row(&self) -> BTreeMap<&'static str, f64> {
        let sum = |field: fn(&Counts) -> usize| self.tags.iter().map(field).sum();
        let tags = Counts { right: sum(|c| c.right), said: sum(|c| c.said), wanted: sum(|c| c.wanted) };
        [("relevance", self.relevance.f1()), ("tags", tags.f1()), ("slots", self.slots.f1()), ("core", self.core.f1())].into()
    }

    /// Precision and recall, and how often each slot of a paired event is right.
    pub fn detail(&self) -> String {
        let tags: Vec<String> = ["banks", "vendors", "products", "regions"]
            .iter()
            .zip(&self.tags)
            .map(|(name, counts)| format!("\n  {name:10} {}", counts.show()))
            .collect();
        let slots: Vec<String> =
            self.by_slot.iter().map(|(name, (right, all))| format!("{name} {:.2}", *right as f64 / *all as f64)).collect();
        format!(
            "relevance {}{}\n  slots      {}\n  core       {}\n  of paired events: {}",
            self.relevance.show(),
            tags.concat(),
            self.slots.show(),
            self.core.show(),
            slots.join(", ")
        )
    }
}

/// Greedy best pairing by number of shared slots.
fn pairs(gold: &[Event], guess: &[Event]) -> Vec<(usize, usize)> {
    let mut scored = Vec::new();
    for (i, want) in gold.iter().enumerate() {
        for (j, have) in guess.iter().enumerate().filter(|(_, have)| want.may_pair(have)) {
            scored.push((std::cmp::Reverse(want.slots().intersection(&have.slots()).count()), i, j));
        }
    }
    scored.sort();
    let (mut used_gold, mut used_guess, mut pairs) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for (_, i, j) in scored {
        if !used_gold.contains(&i) && !used_guess.contains(&j) {
            used_gold.insert(i);
            used_guess.insert(j);
            pairs.push((i, j));
        }
    }
    pairs
}

/// One answer as `score.py` reads it.
pub fn answer(story: &Story, tagged: &Tagged) -> String {
    let mut value = serde_json::to_value(tagged).unwrap();
    value["id"] = serde_json::Value::String(story.id.clone());
    format!("{value}\n")
}
