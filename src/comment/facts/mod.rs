//! What is known of a story: functions over its reports and the record, each giving a value, its dates and what it rests on, or
//! nothing. A function without an answer leaves its sentence out; no weaker one takes its place.

use super::Brief;
use super::value::Value;
use crate::model::event::{Action, Status};
use crate::model::insight::Cited;

/// Short exact pieces of articles.
mod cite;

/// What the reports themselves say.
mod told;

/// What articles say beside their events.
mod stated;

/// Earlier acts: order, pace, precedents.
mod before;

/// How things stand: shares, layers, reversals, what is pending.
mod standing;

/// Who and what is concerned.
mod scene;

pub use scene::Scene;
pub use stated::is_hosted;

/// One fact: typed values for the holes of templates.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The function that gave it, as templates name it: `days_between`.
    pub function: &'static str,
    /// What templates may say of it.
    pub holes: Vec<(&'static str, Value)>,
    /// Ledger entries that it rests on.
    pub entries: Vec<u64>,
    /// Places in articles that it rests on.
    pub sources: Vec<Cited>,
    /// What it says to have been done, and how far: a sentence may tell no other.
    pub claims: Vec<(Action, Status)>,
}

impl Found {
    /// A fact without support yet.
    pub fn new(function: &'static str, holes: Vec<(&'static str, Value)>) -> Self {
        Self { function, holes, entries: Vec::new(), sources: Vec::new(), claims: Vec::new() }
    }

    /// With the entries that it rests on.
    pub fn on(mut self, entries: impl IntoIterator<Item = u64>) -> Self {
        self.entries.extend(entries);
        self.entries.sort_unstable();
        self.entries.dedup();
        self
    }

    /// With the places that it rests on.
    pub fn from(mut self, sources: impl IntoIterator<Item = Cited>) -> Self {
        self.sources.extend(sources);
        self
    }

    /// With what it claims.
    pub fn claims(mut self, claims: impl IntoIterator<Item = (Action, Status)>) -> Self {
        self.claims.extend(claims);
        self
    }

    /// The value of a hole.
    pub fn hole(&self, name: &str) -> Option<&Value> {
        self.holes.iter().find(|(hole, _)| *hole == name).map(|(_, value)| value)
    }
}

/// Everything known of a story, in the order of the functions. Empty without an event.
pub fn collect(brief: Brief<'_>) -> Vec<Found> {
    let Some(scene) = Scene::of(brief) else { return Vec::new() };
    [told::all(&scene), stated::all(&scene), before::all(&scene), standing::all(&scene)].concat()
}
