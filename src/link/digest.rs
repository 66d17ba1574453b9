//! What the relation looks at, small enough to be held by the million: a few hundred bytes an article, names as hashes.

use jiff::Timestamp;
use jiff::civil::Date;

use super::event::of_one_act;
use super::sketch::{Sketch, hash};
use crate::model::article::Article;
use crate::model::event::{AccessEvent, Action, ActorKind, Audience, Status};
use crate::model::ledger::Family;
use crate::model::tagged::Tagged;
use crate::model::taxonomy::Kind;

/// Older than this before the article, an event that is not the first told is looked back at.
const FRESH_DAYS: i32 = 14;

/// More regions than this are a list of a world map, in which any two articles meet.
const MOST_REGIONS: usize = 16;

/// The hash of a name; 0 for none.
pub(super) type Name = u64;

/// First and last day that a date may be.
pub(super) type Days = (Date, Date);

/// An event, as far as it tells happenings apart.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fact {
    pub actor: Name,
    /// The state that an authority belongs to, else none.
    pub state: Name,
    pub kind: Option<ActorKind>,
    /// The vendor acts on its own products.
    pub own: bool,
    pub action: Action,
    pub family: Family,
    pub vendor: Name,
    pub product: Name,
    pub regions: Box<[Name]>,
    pub audience: Audience,
    pub date: Option<Days>,
}

/// An article.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Digest {
    /// Of its canonical address.
    pub address: Name,
    /// When it counts as published; `None` where nobody knows.
    pub published: Option<Days>,
    pub sketch: Option<Sketch>,
    /// Banks and companies that it names, sorted.
    pub firms: Box<[Name]>,
    /// The facts of each happening. One without facts where it is relevant and no event was found.
    pub happenings: Vec<Vec<Fact>>,
}

impl Digest {
    /// `None` where the article has no happening.
    pub fn of(article: &Article, tagged: &Tagged) -> Option<Self> {
        let published = published(article);
        let happenings = happenings(tagged, published);
        if happenings.is_empty() {
            return None;
        }
        Some(Self {
            address: article.url.as_deref().map_or(0, hash),
            published,
            sketch: Sketch::of(&article.title, &article.text),
            firms: firms(tagged),
            happenings,
        })
    }
}

/// The days on which an article may have been published. What nobody dated and nobody saw (the filter's input) has none.
fn published(article: &Article) -> Option<Days> {
    if article.claimed.is_none() && article.first_seen == Timestamp::UNIX_EPOCH {
        return None;
    }
    let date = article.published().date();
    Some((date.first(), date.last()))
}

fn firms(tagged: &Tagged) -> Box<[Name]> {
    let named = tagged.mentions.iter().filter(|mention| matches!(mention.kind, Kind::Bank | Kind::Company));
    let acting = tagged.events.iter().filter(|event| matches!(event.actor_kind, Some(ActorKind::Bank | ActorKind::Company)));
    let ids = named.map(|mention| mention.id.as_str()).chain(tagged.banks.iter().map(String::as_str));
    let mut firms: Vec<Name> = ids.chain(acting.filter_map(|event| event.actor.as_deref())).map(hash).collect();
    firms.sort_unstable();
    firms.dedup();
    firms.into()
}

/// The happenings that an article reports, as what tells them apart.
fn happenings(tagged: &Tagged, published: Option<Days>) -> Vec<Vec<Fact>> {
    let groups = grouped(tagged, published);
    groups.into_iter().map(|group| group.into_iter().map(|(_, fact)| fact).collect()).collect()
}

/// The places among the article's events of those that each of its happenings is told by.
pub(super) fn places(article: &Article, tagged: &Tagged) -> Vec<Vec<usize>> {
    let groups = grouped(tagged, published(article));
    groups.into_iter().map(|group| group.into_iter().map(|(place, _)| place).collect()).collect()
}

/// The events that are news with their places, in the order of the text, those of one act together. One empty group where the
/// article is relevant and no event was found.
fn grouped(tagged: &Tagged, published: Option<Days>) -> Vec<Vec<(usize, Fact)>> {
    if !tagged.relevant {
        return Vec::new();
    }
    if tagged.events.is_empty() {
        return vec![Vec::new()];
    }
    let mut groups: Vec<Vec<(usize, Fact)>> = Vec::new();
    for (at, place) in news(tagged, published).into_iter().enumerate() {
        let event = &tagged.events[place];
        let fact = if at == 0 { fact(&completed(event, tagged)) } else { fact(event) };
        match groups.iter_mut().find(|group| group.iter().any(|(_, other)| of_one_act(other, &fact))) {
            Some(group) => group.push((place, fact)),
            None => groups.push(vec![(place, fact)]),
        }
    }
    groups
}

/// The first event that is news, and every later one that is dated and fresh, or undated and of its act. An undated state that
/// is told beside the news ("the vendor does not list the city") is background: it has an entry on record and no story.
fn news(tagged: &Tagged, published: Option<Days>) -> Vec<usize> {
    let told: Vec<(usize, &AccessEvent)> = tagged.events.iter().enumerate().filter(|(_, event)| !event.recalled).collect();
    let standing = |event: &AccessEvent| event.status != Status::Ended;
    let main = told.iter().find(|(_, event)| standing(event) && fresh(event, published));
    let main = main.or_else(|| told.iter().find(|(_, event)| standing(event))).or(told.first());
    let Some(&(main, event)) = main else { return Vec::new() };
    let main_fact = fact(event);
    let also = |event: &AccessEvent| {
        let dated = event.date.is_some() && fresh(event, published);
        standing(event) && (dated || of_one_act(&main_fact, &fact(event)) && event.date.is_none())
    };
    let rest = told.into_iter().filter(|(place, event)| *place != main && also(event)).map(|(place, _)| place);
    [main].into_iter().chain(rest).collect()
}

/// The first event with what it leaves out, where the article as a whole leaves no choice: its vendor's only product, its only
/// place. What is said to be about entities owned from China is about China, wherever they are registered.
fn completed(event: &AccessEvent, tagged: &Tagged) -> AccessEvent {
    let only = |ids: &[String]| ids.first().filter(|_| ids.len() == 1).cloned();
    let mut event = event.clone();
    if event.product.is_none() && event.vendor.is_some() && event.vendor == only(&tagged.vendors) {
        event.product = only(&tagged.products);
    }
    if event.regions.is_empty() && event.audience == Audience::ChineseOwnedEntities {
        event.regions.push("CN".into());
    } else if event.regions.is_empty() {
        event.regions.extend(only(&tagged.regions));
    }
    event
}

fn fresh(event: &AccessEvent, published: Option<Days>) -> bool {
    let (Some(date), Some((published, _))) = (event.date, published) else { return true };
    date.last().until(published).is_ok_and(|span| span.get_days() <= FRESH_DAYS)
}

fn fact(event: &AccessEvent) -> Fact {
    let name = |id: &Option<String>| id.as_deref().map_or(0, hash);
    let state = event.actor.as_deref().filter(|_| event.actor_kind == Some(ActorKind::Government));
    let mut regions: Vec<Name> = event.regions.iter().take(MOST_REGIONS).map(|region| hash(region)).collect();
    regions.sort_unstable();
    Fact {
        actor: name(&event.actor),
        state: state.and_then(|id| id.split('-').next()).map_or(0, hash),
        kind: event.actor_kind,
        own: event.actor.is_some() && event.actor == event.vendor,
        action: event.action,
        // What has ended has been opened.
        family: if event.status == Status::Ended { Family::Opens } else { event.action.family() },
        vendor: name(&event.vendor),
        product: name(&event.product),
        regions: regions.into(),
        audience: event.audience,
        date: event.date.map(|date| (date.first(), date.last())),
    }
}
