//! Which stories the articles belong to whose tags are new. A story keeps its id: what told of it before goes on telling of it,
//! whatever names and words read it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::RunError;
use crate::link;
use crate::model::event::AccessEvent;
use crate::model::ledger::{Ledger, Record};
use crate::store::{Linking, Membership, Store, Stored, StoryRow};

/// Values of five in which a happening must agree with what a story was of to be taken for it.
const ALIKE: usize = 3;

/// Articles that are linked already, or are being linked now, by id and by key.
#[derive(Default)]
struct Shelf {
    known: BTreeMap<String, link::Known>,
    by_key: BTreeMap<String, BTreeSet<String>>,
}

impl Shelf {
    fn put(&mut self, stored: Stored, stories: Vec<String>, keys: &[String]) {
        let id = stored.article.id.clone();
        for key in keys {
            self.by_key.entry(key.clone()).or_default().insert(id.clone());
        }
        self.known.insert(id, link::Known { article: stored.article, tagged: stored.tagged, stories });
    }

    fn sharing(&self, keys: &[String]) -> Vec<link::Known> {
        let ids: BTreeSet<&String> = keys.iter().filter_map(|key| self.by_key.get(key)).flatten().collect();
        ids.into_iter().filter_map(|id| self.known.get(id)).cloned().collect()
    }

    fn rename(&mut self, old: &str, new: &str) {
        for known in self.known.values_mut() {
            for story in known.stories.iter_mut().filter(|story| *story == old) {
                *story = new.to_string();
            }
        }
    }
}

/// Links every article whose tags are new, given the record of what stories were of.
pub async fn link_all(store: &Store, record: &Ledger) -> Result<Linking, RunError> {
    let unlinked = store.unlinked().await?;
    let rows = store.story_rows().await?;
    let mut past = Past::of(store, record).await?;
    let mut keyed: Vec<(Stored, Vec<String>)> = unlinked
        .into_iter()
        .map(|stored| {
            let keys = link::keys(&stored.article, &stored.tagged);
            (stored, keys)
        })
        .collect();
    let own: BTreeSet<&str> = keyed.iter().map(|(stored, _)| stored.article.id.as_str()).collect();
    let keys: Vec<String> =
        keyed.iter().flat_map(|(_, keys)| keys.iter().cloned()).collect::<BTreeSet<_>>().into_iter().collect();
    let mut shelf = Shelf::default();
    for (stored, stories, keys) in store.sharing(&keys).await? {
        if !own.contains(stored.article.id.as_str()) {
            shelf.put(stored, stories, &keys);
        }
    }
    // Whoever told of a story before keeps its id; whoever is new joins them.
    keyed.sort_by_key(|(stored, _)| !past.stories.contains_key(&stored.article.id));
    let mut linking = Linking::default();
    for (stored, keys) in keyed {
        one((stored, keys), (&rows, &mut past), &mut shelf, &mut linking);
    }
    past.lead_on(&rows, &mut linking);
    Ok(linking)
}

/// Links one article: each of its happenings joins a story, opens one, or shows that several are one.
fn one(
    (stored, keys): (Stored, Vec<String>),
    (rows, past): (&BTreeMap<String, StoryRow>, &mut Past<'_>),
    shelf: &mut Shelf,
    linking: &mut Linking,
) {
    let article = stored.article.id.clone();
    let former = past.of_article(&stored);
    let decision = link::decide(&stored.article, &stored.tagged, &shelf.sharing(&keys));
    let mut stories = Vec::new();
    for (happening, joins) in decision.happenings.iter().enumerate() {
        let story = match joins.stories.as_slice() {
            [] => {
                let id = past.free(former.get(happening).cloned().flatten(), &article, happening);
                if !rows.contains_key(&id) && !linking.stories.iter().any(|(other, _)| *other == id) {
                    linking.stories.push((id.clone(), year(&stored)));
                }
                id
            }
            [one] => one.clone(),
            several => join(several, rows, shelf, linking),
        };
        for known in &mut stories {
            if joins.stories.contains(known) {
                known.clone_from(&story);
            }
        }
        past.taken.insert(story.clone());
        past.moved.extend(former.get(happening).cloned().flatten().filter(|old| *old != story).map(|old| (old, story.clone())));
        linking.memberships.push(Membership { article: article.clone(), happening, story: story.clone() });
        stories.push(story);
    }
    linking.linked.push((article, keys.clone()));
    shelf.put(stored, stories, &keys);
}

/// What was, before articles are linked again.
struct Past<'a> {
    /// The stories of articles that are linked again, in the order of their former happenings.
    stories: BTreeMap<String, Vec<String>>,
    /// What each of these stories was of.
    records: BTreeMap<&'a str, Vec<&'a Record>>,
    /// Stories that somebody tells of: articles that are not linked again, or were by now.
    taken: BTreeSet<String>,
    /// Stories of which a happening went to another.
    moved: Vec<(String, String)>,
}

impl<'a> Past<'a> {
    async fn of(store: &Store, record: &'a Ledger) -> Result<Self, RunError> {
        let (stories, taken) = (store.former().await?, store.held_stories().await?);
        let mut records: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
        if !stories.is_empty() {
            record.records.iter().for_each(|record| records.entry(&record.story).or_default().push(record));
        }
        Ok(Self { stories, records, taken, moved: Vec::new() })
    }

    /// The story that told of each happening of an article before: the one that was of an event most like it. The last one
    /// that is left belongs to the last happening that is left, however it is read now.
    fn of_article(&self, stored: &Stored) -> Vec<Option<String>> {
        let happenings = link::happenings(&stored.article, &stored.tagged);
        let mut open: Vec<&String> = self.stories.get(&stored.article.id).into_iter().flatten().collect();
        open.sort();
        open.dedup();
        let mut found: Vec<Option<String>> = vec![None; happenings.len()];
        let likeness = |happening: &[usize], story: &str| {
            let told = self.records.get(story).into_iter().flatten();
            let by_it = told.filter(|record| record.reports.iter().any(|report| report.article == stored.article.id));
            let events = || happening.iter().filter_map(|place| stored.tagged.events.get(*place));
            by_it.flat_map(|record| events().map(|event| alike(event, &record.event))).max().unwrap_or(0)
        };
        let mut pairs: Vec<(usize, usize, &String)> = Vec::new();
        for (at, happening) in happenings.iter().enumerate() {
            pairs.extend(open.iter().map(|story| (likeness(happening, story), at, *story)));
        }
        pairs.sort_by(|one, other| (other.0, one.1, one.2).cmp(&(one.0, other.1, other.2)));
        for (_, at, story) in pairs.into_iter().filter(|(likeness, ..)| *likeness >= ALIKE) {
            if found[at].is_none() && open.contains(&story) {
                found[at] = Some(story.clone());
                open.retain(|other| *other != story);
            }
        }
        let mut left = found.iter_mut().filter(|story| story.is_none());
        if let (Some(happening), None, [story]) = (left.next(), left.next(), open.as_slice()) {
            *happening = Some((*story).clone());
        }
        found
    }

    /// The id of a story that a happening of an article opens: the one that told of it before, unless somebody else tells of
    /// that one.
    fn free(&self, former: Option<String>, article: &str, happening: usize) -> String {
        let minted = (happening..).map(|number| link::story_id(article, number));
        former.into_iter().chain(minted).find(|id| !self.taken.contains(id)).expect("the numbers do not end")
    }

    /// Readers of a story that nobody tells of any more are led to the one that its happening went to.
    fn lead_on(&self, rows: &BTreeMap<String, StoryRow>, linking: &mut Linking) {
        for (old, new) in &self.moved {
            let is_done = linking.merged.iter().any(|(other, _)| other == old);
            if !self.taken.contains(old) && rows.contains_key(old) && !is_done {
                linking.merged.push((old.clone(), new.clone()));
            }
        }
    }
}

/// In how many of five values two events agree.
fn alike(one: &AccessEvent, other: &AccessEvent) -> usize {
    let equal = [
        one.actor == other.actor,
        one.action.family() == other.action.family(),
        one.vendor == other.vendor,
        one.product == other.product,
        one.regions == other.regions,
    ];
    equal.iter().filter(|equal| **equal).count()
}

/// Several stories turn out to be one: the one that was shown first stays, of equals the one with the smaller id.
fn join(several: &[String], rows: &BTreeMap<String, StoryRow>, shelf: &mut Shelf, linking: &mut Linking) -> String {
    let age = |id: &String| {
        let shown = rows.get(id).and_then(|row| row.shown.as_ref().map(|(_, at)| *at));
        (shown.unwrap_or(Timestamp::MAX), id.clone())
    };
    let mut sorted: Vec<&String> = several.iter().collect();
    sorted.sort_by_key(|id| age(id));
    let kept = sorted[0].clone();
    for old in &sorted[1..] {
        shelf.rename(old, &kept);
        for member in linking.memberships.iter_mut().filter(|member| member.story == **old) {
            member.story.clone_from(&kept);
        }
        if rows.contains_key(*old) {
            linking.merged.push(((*old).clone(), kept.clone()));
        } else {
            linking.stories.retain(|(id, _)| id != *old);
        }
    }
    kept
}

fn year(stored: &Stored) -> i16 {
    stored.article.published().date().first().year()
}
