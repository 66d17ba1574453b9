//! Everything that the pages of one edition share: the material, words, addresses, and who plays a part where.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::map::{self, Map};
use super::words::Words;
use super::{Templates, outside};
use crate::model::edition::{Covered, Material};
use crate::model::insight::Insight;
use crate::model::ledger::{Cell, CellState, Reached, Record};
use crate::model::taxonomy::Kind;
use crate::publish::{paths, shown};

/// A member's kind and id.
pub type Who = (Kind, String);

/// What pages are made from, with what is looked up often.
pub struct Desk<'a> {
    pub templates: &'a Templates,
    pub material: &'a Material,
    /// The zone in which times are shown.
    pub zone: TimeZone,
    /// Path of the site on its host without a final slash: empty at the root, else `/project`.
    pub root: String,
    /// The edition's day in its zone.
    pub today: Date,
    /// Members that have pages.
    pub shown: Vec<Who>,
    /// Places in `material.stories` by member, newest first.
    stories: BTreeMap<Who, Vec<usize>>,
    /// Entry numbers of standing records by member, in the order of the chain.
    records: BTreeMap<Who, Vec<u64>>,
    /// Places in `material.stories` by story id.
    by_id: BTreeMap<&'a str, usize>,
    /// Entry numbers of all records, superseded ones too, by story id.
    of_story: BTreeMap<&'a str, Vec<u64>>,
    /// Made when first asked for: two pages show it.
    map: OnceLock<Map>,
    /// By cell, found when first asked for.
    reached: Mutex<BTreeMap<Cell, Arc<Reached>>>,
}

/// Somewhere to go.
#[derive(Clone, Debug, Serialize, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// What it says.
    pub text: String,
    /// Where it leads; `None` where there is no page.
    pub href: Option<String>,
}

impl<'a> Desk<'a> {
    /// Looks everything up once.
    pub fn new(templates: &'a Templates, material: &'a Material) -> Self {
        let zone = TimeZone::get(&material.site.zone).unwrap_or(TimeZone::UTC);
        let shown = shown::shown(material);
        let root = material.site.base_url.path().trim_end_matches('/').to_string();
        let mut stories: BTreeMap<Who, Vec<usize>> = BTreeMap::new();
        for (at, covered) in material.stories.iter().enumerate() {
            for (kind, id) in shown::members(&covered.story) {
                stories.entry((kind, id.to_string())).or_default().push(at);
            }
        }
        let mut records: BTreeMap<Who, Vec<u64>> = BTreeMap::new();
        for record in material.ledger.standing() {
            for (kind, id) in shown::of_event(&record.event) {
                records.entry((kind, id.to_string())).or_default().push(record.n);
            }
        }
        let mut of_story: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
        for record in &material.ledger.records {
            of_story.entry(&record.story).or_default().push(record.n);
        }
        let by_id = material.stories.iter().enumerate().map(|(at, covered)| (covered.story.id.as_str(), at)).collect();
        let today = material.time.to_zoned(zone.clone()).date();
        Self {
            templates,
            material,
            zone,
            root,
            today,
            shown,
            stories,
            records,
            by_id,
            of_story,
            map: OnceLock::new(),
            reached: Mutex::default(),
        }
    }

    /// The words of a language, English where there are none.
    pub fn words(&self, lang: &str) -> &'a Words {
        self.templates.words(lang)
    }

    /// The main language.
    pub fn main_lang(&self) -> &'a str {
        self.material.site.languages.first().map_or("en", String::as_str)
    }

    /// What a page writes for a path of this site.
    pub fn href(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }

    /// The whole address of a path of this site.
    pub fn absolute(&self, path: &str) -> String {
        let base = self.material.site.base_url.as_str().trim_end_matches('/');
        format!("{base}{path}")
    }

    /// A member's name in a language, with its page where it has one.
    pub fn member(&self, kind: Kind, id: &str, lang: &str) -> Link {
        let text = match self.material.taxonomy.get(kind, id) {
            Some(_) => self.material.taxonomy.name(kind, id, lang).to_string(),
            None => self.spelled(id, lang),
        };
        let has = self.shown.binary_search_by(|(other, name)| (*other, name.as_str()).cmp(&(kind, id))).is_ok();
        let href = has.then(|| paths::member(kind, id)).flatten().map(|path| self.href(&path));
        Link { text, href }
    }

    /// A name for an id that the taxonomy does not know: "New York government" for `us-ny-government`.
    fn spelled(&self, id: &str, lang: &str) -> String {
        let region = id.strip_suffix("-government").and_then(|place| {
            let ids = [place.to_uppercase(), place.to_string()];
            ids.into_iter().find(|id| self.material.taxonomy.get(Kind::Region, id).is_some())
        });
        match region {
            Some(region) => format!("{} government", self.material.taxonomy.name(Kind::Region, &region, lang)),
            None => outside::capital(&id.replace('-', " ")),
        }
    }

    /// Stories that a member plays a part in, newest first.
    pub fn stories_of(&self, kind: Kind, id: &str) -> impl Iterator<Item = &'a Covered> {
        let places = self.stories.get(&(kind, id.to_string())).map_or(&[][..], Vec::as_slice);
        let material = self.material;
        places.iter().map(|&at| &material.stories[at])
    }

    /// Places in the edition of the stories of a member, newest first.
    pub fn places_of(&self, kind: Kind, id: &str) -> &[usize] {
        self.stories.get(&(kind, id.to_string())).map_or(&[], Vec::as_slice)
    }

    /// Standing records that name a member, in the order of the chain.
    pub fn records_of(&self, kind: Kind, id: &str) -> impl Iterator<Item = &'a Record> {
        let numbers = self.records.get(&(kind, id.to_string())).map_or(&[][..], Vec::as_slice);
        let ledger = &self.material.ledger;
        numbers.iter().filter_map(|&n| ledger.record(n))
    }

    /// All records taken from a story, superseded ones too, in the order of the chain.
    pub fn records_of_story(&self, story: &str) -> impl Iterator<Item = &'a Record> {
        let numbers = self.of_story.get(story).map_or(&[][..], Vec::as_slice);
        let ledger = &self.material.ledger;
        numbers.iter().filter_map(|&n| ledger.record(n))
    }

    /// A story by its id.
    pub fn story(&self, id: &str) -> Option<&'a Covered> {
        self.by_id.get(id).map(|&at| &self.material.stories[at])
    }

    /// The place of a story in the edition, newest first.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The Insight of a story in a language, else in its first.
    pub fn insight(&self, covered: &'a Covered, lang: &str) -> &'a Insight {
        covered.insights.iter().find(|insight| insight.lang == lang).unwrap_or(&covered.insights[0])
    }

    /// A headline with the names of its places held together.
    pub fn headline(&self, covered: &Covered, insight: &Insight) -> String {
        let mut text = outside::headline(&insight.headline.text);
        let regions = covered.story.event().map_or(&[][..], |event| event.regions.as_slice());
        for name in regions.iter().map(|id| self.material.taxonomy.name(Kind::Region, id, &insight.lang)) {
            if name.contains(' ') {
                text = text.replace(name, &name.replace(' ', "\u{a0}"));
            }
        }
        text
    }

    /// The page of a story in a language that it is written in; the main one's where it is not.
    pub fn story_href(&self, covered: &Covered, lang: &str) -> String {
        let written = covered.insights.iter().any(|insight| insight.lang == lang);
        let lang = if written { lang } else { covered.insights[0].lang.as_str() };
        self.href(&self.story_path(covered, lang))
    }

    /// The path of a story in a language.
    pub fn story_path(&self, covered: &Covered, lang: &str) -> String {
        self.in_language(&paths::story(&covered.story), lang)
    }

    /// A path in a language: the main one's stand at the root, others in a folder of their own.
    pub fn in_language(&self, path: &str, lang: &str) -> String {
        if lang == self.main_lang() { path.to_string() } else { format!("/{}{path}", lang.to_lowercase()) }
    }

    /// The tile map.
    pub fn map(&self) -> &Map {
        self.map.get_or_init(|| map::map(self))
    }

    /// The records that reach a cell: many pages ask about the same one.
    pub fn reached(&self, cell: &Cell) -> Arc<Reached> {
        // A poisoned lock means that another page's thread panicked; what it held is whole all the same.
        let mut reached = self.reached.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = reached.get(cell) {
            return Arc::clone(found);
        }
        let found = Arc::new(self.material.ledger.reached(cell));
        reached.insert(cell.clone(), Arc::clone(&found));
        found
    }

    /// What held in a cell on a day, by all that is known.
    pub fn cell(&self, cell: &Cell, held: Date) -> CellState {
        self.material.ledger.state_on(&self.reached(cell), held)
    }
}
